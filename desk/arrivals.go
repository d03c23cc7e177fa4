package desk

import (
	"fmt"
	"slices"
	"time"
)

// RosterTaken is what became of a roster of arrivals, row by row.
type RosterTaken struct {
	// Wrong says what is wrong with a row; while there is any, nothing is to be written.
	Wrong map[int]string
	// New, Changed and Unchanged count the rows, Left the expected ones whom the
	// roster does not name any more, Kept those who stay expected although it does not.
	New, Changed, Unchanged, Left, Kept int
	Notes                               []string
}

// TakeRoster works a roster of arrivals into the stays: who is new is expected, who was
// is changed, and a row in the state StayIn lives here already. With whole, the roster is all
// that is expected on its days: who is not on it any more will not come. It is all or
// nothing: the caller writes the effects only when no row is wrong.
func TakeRoster(w World, rows []Stay, whole bool, expected []Stay) (Effects, RosterTaken) {
	var out Effects
	taken := RosterTaken{Wrong: map[int]string{}}
	wrong := func(i int, format string, args ...any) { taken.Wrong[i] = fmt.Sprintf(format, args...) }
	before := make([]Stay, len(rows))
	named := map[string]bool{}
	for i, row := range rows {
		old, ok := current(w.StaysByNumber(row.Number))
		if ok {
			before[i] = old
			// Who lives in another bed does not leave it by a roster.
			named[old.ID] = !old.State.Here() || old.Place == row.Place && old.Bed == row.Bed
		}
	}
	left := someStays(expected, func(s Stay) bool { return s.State == StayExpected && !named[s.ID] })
	if !whole {
		taken.Kept, left = len(left), nil
	}
	for _, s := range left {
		named[s.ID] = true
	}
	beds := map[string][]Stay{} // who has or will have a bed, as it will be
	for i, row := range rows {
		key := row.Place + "/" + row.Bed
		if row.Bed == "" {
			continue
		}
		if _, seen := beds[key]; !seen {
			beds[key] = someStays(w.StaysAt(row.Place), func(s Stay) bool { return s.Bed == row.Bed && !named[s.ID] })
		}
		for _, other := range beds[key] {
			if other.Overlaps(row) {
				wrong(i, "the bed is %s's then", other.Number)
			}
		}
		beds[key] = append(beds[key], row)
	}
	for i, row := range rows {
		old := before[i]
		switch {
		case taken.Wrong[i] != "":
		case old.State.Here() && (old.Place != row.Place || old.Bed != row.Bed):
			wrong(i, "lives in %s now: move them with /checkin", old.Place+old.Bed)
		case old.ID == "":
			taken.New++
			out.Add(takeNew(w, row))
		case same(old, row):
			taken.Unchanged++
		default:
			taken.Changed++
			taken.Notes = append(taken.Notes, fmt.Sprintf("%s: %s -> %s", row.Number, old.where(w), row.where(w)))
			out.Add(takeChanged(w, old, row))
		}
	}
	for _, s := range left {
		taken.Left++
		taken.Notes = append(taken.Notes, s.Number+" is not expected any more")
		gone := s
		gone.State, gone.OutAt = StayOut, w.Now()
		effects, _ := PutStay(w, s, gone, "not_on_roster", "", nil)
		out.Add(effects)
	}
	return out, taken
}

// same tells whether a row says of a stay what it is.
func same(old, row Stay) bool {
	return old.Place == row.Place && old.Bed == row.Bed && old.Name == row.Name && old.Kind == row.Kind && old.To.Equal(row.To) &&
		(old.State.Here() || old.From.Equal(row.From) && old.State == row.State)
}

func (s Stay) where(w World) string {
	text := s.Place + s.Bed + " " + DateOf(s.From, w.Site().Zone).String()
	if !s.To.IsZero() {
		text += " to " + DateOf(s.To, w.Site().Zone).String()
	}
	return text
}

func takeNew(w World, row Stay) Effects {
	row.ID = w.NewID()
	if p, ok := w.PersonByNumber(row.Number); ok && NameKey(p.Name) == NameKey(row.Name) {
		row.Person = p.ID
	}
	if row.State == StayIn {
		return livesAlready(w, Stay{}, row)
	}
	row.State = StayExpected
	out, row := PutStay(w, Stay{}, row, "expected", "", nil)
	out.Jobs = append(out.Jobs, arrivalsJob(w.Site(), row.From))
	return out
}

// takeChanged changes what a roster says of somebody; what they have confirmed stays.
func takeChanged(w World, old, row Stay) Effects {
	now := old
	now.Name, now.Kind, now.To = row.Name, row.Kind, row.To
	if old.State.Here() {
		out, _ := PutStay(w, old, now, "changed", "", nil)
		return out
	}
	now.Place, now.Bed, now.From = row.Place, row.Bed, row.From
	if row.State == StayIn {
		now.State = StayIn
		return livesAlready(w, old, now)
	}
	out, now := PutStay(w, old, now, "changed", "", nil)
	out.Jobs = append(out.Jobs, arrivalsJob(w.Site(), now.From))
	return out
}

// livesAlready writes down somebody who lived here before the desk knew: they are not
// asked for the condition of the room.
func livesAlready(w World, before, s Stay) Effects {
	s.State, s.InAt, s.ConditionAt = StayIn, s.From, w.Now()
	if s.From.After(w.Now()) {
		s.InAt = w.Now()
	}
	out, s := PutStay(w, before, s, "lives_here", "", nil)
	after := seeing{w, out}
	if r := w.Room(s.Place); r.State != RoomOccupied && r.State != RoomLet && r.Since.IsZero() {
		if room, err := ChangeRoom(after, s.Place, RoomOccupied, reasonMovedIn, "", ""); err == nil {
			out.Add(room)
		}
	}
	if p, ok := w.Person(s.Person); ok && s.Person != "" {
		p.Home = s.Place
		out.People = append(out.People, p)
	}
	return out
}

// RosterDays are the first and the day after the last first day of rows.
func RosterDays(rows []Stay) (from, to time.Time) {
	if len(rows) == 0 {
		return from, to
	}
	first := slices.MinFunc(rows, func(a, b Stay) int { return a.From.Compare(b.From) })
	last := slices.MaxFunc(rows, func(a, b Stay) int { return a.From.Compare(b.From) })
	return first.From, last.From.Add(time.Hour)
}
