package desk

import (
	"slices"
	"time"
)

// Morning is what a department has before it when its day begins, beside what
// was filed in the night: ids of tickets as they were counted then, the most
// urgent first. A button opens each of them.
type Morning struct {
	// At is when it was counted.
	At time.Time `json:"at"`
	// Due are to be done today, Overdue should have been done; what is paused is
	// neither, because its clock stands. Open are all, these and the new ones too.
	Due     []string `json:"due,omitempty"`
	Overdue []string `json:"overdue,omitempty"`
	Open    []string `json:"open,omitempty"`
}

// List gives one of the lists by its name in a button.
func (m *Morning) List(name string) []string {
	switch {
	case m == nil:
	case name == "due":
		return m.Due
	case name == "overdue":
		return m.Overdue
	case name == "open":
		return m.Open
	}
	return nil
}

// morningOf counts the open tickets of a department. Those that are shown as new
// beside it are counted as open only: they were not anybody's yet.
func morningOf(r Reader, open, shown []Ticket) *Morning {
	s := r.Site()
	m := &Morning{At: r.Now()}
	tonight := EndOfDay.On(DateOf(r.Now(), s.Zone), s.Zone)
	byDone := slices.Clone(open)
	slices.SortStableFunc(byDone, func(a, b Ticket) int { return a.Clocks.Done.Compare(b.Clocks.Done) })
	for _, t := range byDone {
		m.Open = append(m.Open, t.ID)
		isShown := slices.ContainsFunc(shown, func(o Ticket) bool { return o.ID == t.ID })
		switch done := t.Clocks.Done; {
		case isShown || t.State == StatePaused || done.IsZero():
		case !done.After(r.Now()):
			m.Overdue = append(m.Overdue, t.ID)
		case done.Before(tonight):
			m.Due = append(m.Due, t.ID)
		}
	}
	return m
}
