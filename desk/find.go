package desk

import (
	"slices"
	"strings"
	"time"
)

// Search is what somebody looks for. All terms hold together, and so do the
// period and the state.
type Search struct {
	// By is who looks: what they may not see is not found and not counted.
	By    Person
	Terms []Sought
	// From and To bound when the ticket was filed, To exclusive; zero is open.
	From, To time.Time
	// State is open, overdue, rework, or a State; empty is any.
	State string
}

// Sought is one thing that was said, with everything it may mean: a ticket fits
// if one of the meanings does.
type Sought struct {
	// Text is the words as they are compared, Grams their pieces.
	Text  string
	Grams []string

	Numbers, Categories, Places, Buildings, Departments, Kinds []string
	// People are requesters or takers.
	People []string
}

// The states that can be looked for beside those of a ticket.
const (
	FindOpen    = "open"
	FindOverdue = "overdue"
	FindRework  = "rework"
)

// Hits are what was found, newest first.
type Hits struct {
	Tickets []Ticket
	// Count is how many there are, as far as they were counted; More says that
	// there are more.
	Count int
	More  bool
	// Older is set when the search stopped before its end, because it had looked
	// at enough: what was filed before it was not looked through.
	Older time.Time
}

// Empty tells whether nothing was said that can be looked for.
func (s Search) Empty() bool {
	return len(s.Terms) == 0 && s.From.IsZero() && s.To.IsZero() && s.State == ""
}

// Fits tells whether a ticket is what is looked for and may be seen.
func (s Search) Fits(site *Site, t Ticket, now time.Time) bool {
	if !site.Serves(s.By, t) || !s.From.IsZero() && t.Created.Before(s.From) || !s.To.IsZero() && !t.Created.Before(s.To) {
		return false
	}
	switch s.State {
	case "":
	case FindOpen:
		if !t.State.Open() {
			return false
		}
	case FindOverdue:
		if !t.Overdue(now) {
			return false
		}
	case FindRework:
		if t.ReworkNo == 0 {
			return false
		}
	default:
		if t.State != State(s.State) {
			return false
		}
	}
	return !slices.ContainsFunc(s.Terms, func(m Sought) bool { return !m.fits(s.By, t) })
}

func (m Sought) fits(by Person, t Ticket) bool {
	switch {
	case slices.Contains(m.Numbers, t.Number), slices.Contains(m.Categories, t.Category), slices.Contains(m.Kinds, t.Kind),
		slices.Contains(m.Places, t.Place), slices.Contains(m.Buildings, PlaceHead(t.Place)),
		slices.Contains(m.Departments, t.Department), t.Offered != "" && slices.Contains(m.Departments, t.Offered):
		return true
	case !by.ReadsWords(t):
		return false
	case t.Requester != "" && slices.Contains(m.People, t.Requester), t.Taker != "" && slices.Contains(m.People, t.Taker):
		return true
	}
	return hasWords(strings.Join(t.texts(by.Desk()), "\n"), m.Text, m.Grams)
}

// texts are what was written about a ticket; internal notes are the desk's.
func (t Ticket) texts(internal bool) []string {
	list := []string{t.Summary}
	for _, w := range t.Words {
		if internal || !w.Internal {
			list = append(list, w.Text)
		}
	}
	return list
}

// Overdue tells whether the ticket should have been done by now. One that is
// paused is not late: its clock stands.
func (t Ticket) Overdue(now time.Time) bool {
	due := t.Owed()
	return t.State.Open() && t.State != StatePaused && !due.IsZero() && now.After(due)
}

// FindKeys are the keys by which a ticket is found, each with its letter first.
// Their number is bounded, however much is written about it.
func (t Ticket) FindKeys() []string {
	keys := []string{"p" + t.Place, "b" + PlaceHead(t.Place), "c" + t.Category, "d" + t.Department}
	if t.Case != nil {
		keys = append(keys, "k"+t.Kind)
	}
	if t.Offered != "" && t.Offered != t.Department {
		keys = append(keys, "d"+t.Offered)
	}
	if t.Taker != "" {
		keys = append(keys, "t"+t.Taker)
	}
	for _, gram := range Grams(t.texts(true)...) {
		keys = append(keys, "w"+gram)
	}
	return keys
}

// scope is the term that holds a search to what an employee serves; the desk
// needs none.
func scope(s *Site, p Person) (Sought, bool) {
	if p.Desk() || p.Has(RoleSupervisor) {
		return Sought{}, false
	}
	var m Sought
	for _, d := range s.Departments {
		if p.WorksFor(d.ID) {
			m.Departments = append(m.Departments, d.ID)
		}
	}
	for _, b := range s.Places.Buildings() {
		if p.CaresFor(b.ID) {
			m.Buildings = append(m.Buildings, b.ID)
		}
	}
	return m, true
}
