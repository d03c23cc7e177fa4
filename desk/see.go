package desk

import "slices"

// Sees tells whether a person may see a ticket at all. It is the one rule that
// /find, /open, the lists and a look at a ticket share; what is shown of it is
// the matter of the card. A kind of ticket that not everybody of the desk may
// see is refused here and nowhere else.
func (s *Site) Sees(p Person, t Ticket) bool {
	if p.Is(t.Requester) || p.Is(t.FiledBy) && t.Case == nil {
		return true
	}
	if slices.ContainsFunc(t.Joined, p.Is) {
		return true
	}
	return s.Serves(p, t)
}

// Serves tells whether a person sees a ticket as an employee: the desk and
// supervisors all, employees those of their own department or that it is asked to have,
// caretakers those of their buildings.
func (s *Site) Serves(p Person, t Ticket) bool {
	switch {
	case t.Case != nil:
		return t.Confides(p)
	case p.Suspended:
		return false
	case t.Checkout != nil:
		return p.Desk() || p.Has(RoleSupervisor) || t.inspects(p) || p.Is(t.Taker) || t.confirms(p)
	case p.Desk(), p.Has(RoleSupervisor), p.WorksFor(t.Department), t.Offered != "" && p.WorksFor(t.Offered):
		return true
	}
	return p.CaresFor(buildingOf(s, t.Place))
}

// ReadsWords tells whether a person may read what was written about a ticket
// and for whom it is: the desk, and who has it.
func (p Person) ReadsWords(t Ticket) bool {
	if t.Case != nil {
		return t.Confides(p)
	}
	return p.Desk() || !t.Discreet && p.Is(t.Taker) && p.WorksFor(t.Department)
}

// buildingOf is the building of a place, also of one that is no longer on the
// list: the first part of its id.
func buildingOf(s *Site, place string) string {
	if p, ok := s.Places.Get(place); ok {
		return p.Building
	}
	return PlaceHead(place)
}

// PlaceHead is the first part of a place's id: the building, where it is in
// one.
func PlaceHead(place string) string {
	for i := range len(place) {
		if place[i] == '-' {
			return place[:i]
		}
	}
	return place
}
