package desk

import (
	"cmp"
	"slices"
	"time"
)

// jobVisits tells every caretaker in the morning who comes into their buildings and
// when, in one quiet message; without a visit there is none. That nobody is in a room is
// never said.
var jobVisits = JobKind{
	Name:   "visits",
	Gather: true,
	Cron:   func(s *Site) string { return s.Schedules.Visits },
	Run: func(r Reader, j Job) (Effects, error) {
		var out Effects
		s := r.Site()
		if late := r.Now().Sub(j.Due) > 4*time.Hour; late {
			return out, nil // By then who wanted to come has come.
		}
		all := visitsToday(r)
		for _, p := range r.Holders(RoleCaretaker) {
			own := slices.DeleteFunc(slices.Clone(all), func(t Ticket) bool { return !p.CaresFor(buildingOf(s, t.Place)) })
			if len(own) == 0 || OffShift(r, p.ID) {
				continue
			}
			text, rows := visitsText(r, own)
			out.Say(Message{
				Person: p.ID, Class: ClassNotice, Lane: LaneRoutine, Silent: true, Text: text, Buttons: rows,
				Key: "visits/" + DateOf(j.Due, s.Zone).String() + "/" + p.ID,
			})
		}
		return out, nil
	},
}

// visitsToday are the open tickets with a visit that was agreed for today, and those
// that somebody has and of which no time was agreed, if the first visit is due today.
// Of what is told to nobody who goes there, nothing is told here either.
func visitsToday(r Reader) []Ticket {
	s := r.Site()
	today := s.Calendar.Date(r.Now())
	list := slices.DeleteFunc(r.Open(""), func(t Ticket) bool {
		switch {
		case !t.Wished() || t.Discreet || t.Kind == KindEmergency || t.State == StatePaused || t.Place == "":
			return true
		case !t.From.IsZero():
			return s.Calendar.Date(t.From) != today || !t.To.After(r.Now())
		}
		return t.Taker == "" || t.State == StateNoAccess || s.Calendar.Date(t.Clocks.Visit).Compare(today) > 0
	})
	slices.SortStableFunc(list, func(a, b Ticket) int {
		if a.From.IsZero() != b.From.IsZero() { // Those without a time come last.
			if a.From.IsZero() {
				return 1
			}
			return -1
		}
		return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To))
	})
	return list
}

// visitsMost is how many visits one message names.
const visitsMost = 20

// visitsText is one line a visit: the window, the room, and who comes.
func visitsText(w World, list []Ticket) (Text, [][]Button) {
	s := w.Site()
	lines := []Text{T("visits.head", "n", len(list))}
	for _, t := range list[:min(len(list), visitsMost)] {
		d, _ := s.Department(t.Department)
		who := T("label", "label", d.Label)
		if t.Taker != "" {
			who = T("visits.who", "department", d.Label, "name", nameOf(w, t.Taker))
		}
		when := T("visits.any_time")
		if !t.From.IsZero() {
			when = T("visits.window", "from", t.From, "to", t.To)
		}
		lines = append(lines, T("visits.line", "when", when, "place", s.PlaceLabel(t.Place), "who", who))
	}
	if more := len(list) - visitsMost; more > 0 {
		lines = append(lines, T("open.more", "n", more))
	}
	return Lines(lines...), nil
}
