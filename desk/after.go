package desk

import "slices"

// After is a Reader in which the tickets, their history and the decisions of the effects
// count already: to say how things stand before anything is written.
func After(r Reader, e Effects) Reader { return after{r, e} }

type after struct {
	Reader
	e Effects
}

// Ticket implements World.
func (a after) Ticket(id string) (Ticket, bool) {
	for _, t := range slices.Backward(a.e.Tickets) {
		if t.ID == id {
			return t, true
		}
	}
	return a.Reader.Ticket(id)
}

// History implements Reader.
func (a after) History(ticket string) []Event {
	list := slices.Clone(a.Reader.History(ticket))
	for _, e := range a.e.Events {
		if e.Ticket == ticket {
			list = append(list, e)
		}
	}
	return list
}

// Decided implements MorningBook.
func (a after) Decided(issue string) (Decision, bool) {
	for _, d := range slices.Backward(a.e.Morning.Decisions) {
		if d.Issue.Key() == issue {
			return d, true
		}
	}
	return a.Reader.Decided(issue)
}
