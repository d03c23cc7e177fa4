package desk

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// WalkingOrder puts tickets in the order in which one goes to them: what is urgent
// first, then from building to building, upwards, from room to room, and within a place
// by when it is due. What lies in no building comes last.
func WalkingOrder(s *Site, list []Ticket) []Ticket {
	list = slices.Clone(list)
	buildings := map[string]int{}
	for i, b := range s.Places.Buildings() {
		buildings[b.ID] = i
	}
	at := func(t Ticket) (building, floor int, room string) {
		p, ok := s.Places.Get(t.Place)
		n, known := buildings[buildingOf(s, t.Place)]
		if !known {
			n = len(buildings)
		}
		if !ok {
			return n, 0, t.Place
		}
		return n, storey(p.Floor), cmp.Or(p.Room, p.Area)
	}
	slices.SortStableFunc(list, func(a, b Ticket) int {
		if a.Urgency.Rings() != b.Urgency.Rings() {
			if a.Urgency.Rings() {
				return -1
			}
			return 1
		}
		ab, af, ar := at(a)
		bb, bf, br := at(b)
		return cmp.Or(cmp.Compare(ab, bb), cmp.Compare(af, bf), cmp.Compare(len(ar), len(br)), cmp.Compare(ar, br),
			a.Owed().Compare(b.Owed()), cmp.Compare(a.Number, b.Number))
	})
	return list
}

// storey is how high a floor is: B2 below B1, both below the first. What is of a whole
// building is at its door.
func storey(floor string) int {
	if below, ok := strings.CutPrefix(strings.ToUpper(floor), "B"); ok {
		n, _ := strconv.Atoi(below)
		return -n
	}
	n, _ := strconv.Atoi(floor)
	return n
}

// NextNear is the next of a person's tickets in the building of one that is done, in
// walking order; false if there is none.
func NextNear(w World, person string, done Ticket) (Ticket, bool) {
	s := w.Site()
	building := buildingOf(s, done.Place)
	if building == "" {
		return Ticket{}, false
	}
	near := slices.DeleteFunc(w.TicketsTaken(person), func(t Ticket) bool {
		return t.ID == done.ID || t.State != StateTaken && t.State != StateNoAccess || t.Case != nil || buildingOf(s, t.Place) != building
	})
	if len(near) == 0 {
		return Ticket{}, false
	}
	return WalkingOrder(s, near)[0], true
}
