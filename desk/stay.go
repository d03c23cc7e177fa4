package desk

import (
	"slices"
	"strings"
	"time"
)

// StayState says how far a stay has got.
type StayState string

// The states of a stay. Their names are stored and never reused.
const (
	StayExpected StayState = "expected" // on the roster, not here yet
	StayIn       StayState = "in"
	StayLeaving  StayState = "leaving" // here, and the checkout is booked
	StayOut      StayState = "out"     // left, or never came
)

// Here tells whether the person has the bed now.
func (s StayState) Here() bool { return s == StayIn || s == StayLeaving }

// Stay is somebody who lives or works in a room from a day on.
type Stay struct {
	ID string `json:"id"`
	// Person is the account; empty while nobody is known to be the one of the
	// roster, whose name and student or staff number are Name and Number.
	Person string `json:"person,omitempty"`
	Name   string `json:"name"`
	Number string `json:"number,omitempty"`
	Kind   string `json:"kind"` // one of ResidentKinds
	// Place is the id of the room's place, Bed the bed in it ("A", "1"); empty where
	// beds have no names.
	Place string `json:"place"`
	Bed   string `json:"bed,omitempty"`
	// From and To are the first and the last day, each as its midnight at the site.
	// A zero To is an open end.
	From time.Time `json:"from"`
	To   time.Time `json:"to,omitzero"`
	// Undated says that nobody wrote down when they moved in: From is the day on which
	// the desk first heard of them.
	Undated bool      `json:"undated,omitempty"`
	State   StayState `json:"state"`
	InAt    time.Time `json:"in_at,omitzero"`
	OutAt   time.Time `json:"out_at,omitzero"`
	// Ticket is the ticket of the check-in, if there is one.
	Ticket string `json:"ticket,omitempty"`
	// Unlisted says that no roster had them: the desk wrote them down at the door.
	Unlisted bool `json:"unlisted,omitempty"`
	// Agreed are the texts that the person confirmed.
	Agreed []Agreed `json:"agreed,omitempty"`
	// Keys are the keys that were handed over last.
	Keys *KeysGiven `json:"keys,omitempty"`
	// Condition is what the resident found wrong on arrival; what is not in it
	// counts as sound. It can be added to until ConditionBy; ConditionAt is when they
	// said that this is all, or the time was over. Reminded says that they were.
	Condition   []Condition `json:"condition,omitempty"`
	ConditionBy time.Time   `json:"condition_by,omitzero"`
	ConditionAt time.Time   `json:"condition_at,omitzero"`
	Reminded    bool        `json:"reminded,omitempty"`
	// Moved is the stay that goes on in another room, MovedFrom the one that this goes
	// on with.
	Moved     string `json:"moved,omitempty"`
	MovedFrom string `json:"moved_from,omitempty"`
	// Owes is what is still to be paid of rooms in which the person lived before.
	Owes []StayDebt `json:"owes,omitempty"`
	// Seq counts the events; the next has Seq+1.
	Seq int `json:"seq"`
}

// Agreed is a text that somebody confirmed, in which version and when. By is who of
// the desk has it on paper, empty for the person's own press.
type Agreed struct {
	Text    string    `json:"text"` // agreement | safety
	Version string    `json:"version"`
	At      time.Time `json:"at"`
	By      string    `json:"by,omitempty"`
}

// KeysGiven are keys that were handed over: by whom and when, after comparing the card
// with the person, and when the person pressed that they have them.
type KeysGiven struct {
	Kinds []string  `json:"kinds,omitempty"`
	By    string    `json:"by"`
	At    time.Time `json:"at"`
	Taken time.Time `json:"taken,omitzero"`
	// Paper says that the person signed on paper, and pressed nothing.
	Paper bool `json:"paper,omitempty"`
}

// Condition is a defect that was there when somebody moved in.
type Condition struct {
	// Item is the id of an item of the room's inventory.
	Item  string    `json:"item"`
	Words string    `json:"words,omitempty"`
	Files []File    `json:"files,omitempty"`
	At    time.Time `json:"at"`
	// Ticket is the repair that it became.
	Ticket string `json:"ticket,omitempty"`
}

// StayEvent is one entry of a stay's history; the order is Seq.
type StayEvent struct {
	Stay    string            `json:"stay"`
	Seq     int               `json:"seq"`
	At      time.Time         `json:"at"`
	By      string            `json:"by,omitempty"`
	What    string            `json:"what"`
	From    StayState         `json:"from,omitempty"`
	To      StayState         `json:"to"`
	Details map[string]string `json:"details,omitempty"`
}

// Over tells whether the last day has passed.
func (s Stay) Over(w World) bool {
	zone := w.Site().Zone
	return !s.To.IsZero() && DateOf(w.Now(), zone).Compare(DateOf(s.To, zone)) > 0
}

// Due tells whether the first day has come.
func (s Stay) Due(w World) bool {
	zone := w.Site().Zone
	return DateOf(w.Now(), zone).Compare(DateOf(s.From, zone)) >= 0
}

// Overlaps tells whether two stays share a day. On the day on which one ends another
// may begin.
func (s Stay) Overlaps(o Stay) bool {
	ends := func(a, b Stay) bool { return !a.To.IsZero() && !a.To.After(b.From) }
	return !ends(s, o) && !ends(o, s)
}

// Text is the state in words.
//
//locale:prefix stays.state.
func (s StayState) Text() Text { return T("stays.state." + string(s)) }

// BedText is the bed in words; nothing where beds have no names.
func (s Stay) BedText() Text {
	if s.Bed == "" {
		return Text{}
	}
	return T("stays.bed", "bed", s.Bed)
}

// PutStay is the only way in which a stay changes: it gives the stay with its event,
// and the jobs that it should have as it is then.
func PutStay(w World, before, s Stay, what, by string, details map[string]string) (Effects, Stay) {
	s.Seq = before.Seq + 1
	out := Effects{House: HouseEntries{Stays: []Stay{s}, StayEvents: []StayEvent{{
		Stay: s.ID, Seq: s.Seq, At: w.Now(), By: by, What: what, From: before.State, To: s.State, Details: details,
	}}}}
	out.Jobs = stayJobs(w.Site(), s)
	for _, job := range stayJobs(w.Site(), before) {
		if !slices.ContainsFunc(out.Jobs, func(j Job) bool { return j.Key == job.Key }) {
			out.Cancel = append(out.Cancel, job.Key)
		}
	}
	return out, s
}

// NewStay writes down somebody who is expected, and that it is to be looked the day
// after whether they came. It is refused with a *UserError when somebody else has the
// bed then, or when the room cannot be lived in.
func NewStay(w World, s Stay, by string) (Effects, Stay, error) {
	if err := bedFree(w, s); err != nil {
		return Effects{}, s, err
	}
	s.ID, s.State = w.NewID(), StayExpected
	if p, ok := w.PersonByNumber(s.Number); ok && s.Person == "" && NameKey(p.Name) == NameKey(s.Name) {
		s.Person = p.ID
	}
	out, s := PutStay(w, Stay{}, s, "expected", by, nil)
	out.Jobs = append(out.Jobs, arrivalsJob(w.Site(), s.From))
	return out, s, nil
}

// bedFree refuses a bed that another has, or will have, on a day of the stay.
func bedFree(w World, s Stay) error {
	p, ok := w.Site().Places.Get(s.Place)
	if !ok || p.Public() {
		return Refuse("rooms.no_room")
	}
	for _, other := range w.StaysAt(p.ID) {
		if s.Bed != "" && other.Bed == s.Bed && other.ID != s.ID && other.Overlaps(s) {
			return Refuse("stays.bed_taken", "place", p.Label, "bed", s.BedText(), "name", other.Name)
		}
	}
	return nil
}

// seeing is a world as it is after some effects.
type seeing struct {
	World
	e Effects
}

// Ticket implements World.
func (w seeing) Ticket(id string) (Ticket, bool) {
	for _, t := range slices.Backward(w.e.Tickets) {
		if t.ID == id {
			return t, true
		}
	}
	return w.World.Ticket(id)
}

// Room implements HouseBook.
func (w seeing) Room(place string) Room {
	for _, r := range slices.Backward(w.e.House.Rooms) {
		if r.Place == place {
			return r
		}
	}
	r := w.World.Room(place)
	if r.Since.IsZero() {
		return DerivedRoom(place, w.StaysAt(place))
	}
	return r
}

// StaysAt implements HouseBook.
func (w seeing) StaysAt(place string) []Stay {
	list := w.World.StaysAt(place)
	for _, s := range w.e.House.Stays {
		list = slices.DeleteFunc(list, func(o Stay) bool { return o.ID == s.ID })
		if s.Place == place && s.State != StayOut {
			list = append(list, s)
		}
	}
	return list
}

// BedKey is a bed as it is written and compared: without spaces and the word, and
// letters as capitals ("a床" is "A").
func BedKey(bed string) string {
	bed = strings.ToUpper(strings.Join(strings.Fields(Fold(bed)), ""))
	for _, word := range []string{"BED", "床位", "床", "号"} {
		bed = strings.ReplaceAll(bed, word, "")
	}
	return bed
}
