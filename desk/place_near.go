package desk

import (
	"cmp"
	"slices"
	"strconv"
)

// candidate is a room that may have been meant. Lower ranks come first, then
// nearer numbers.
type candidate struct {
	place    *Place
	rank     int
	distance int
	order    int
}

// near returns up to three existing rooms that may have been meant by a number
// that is not there (3-520 -> 3-502, 3-510, 3-512): two figures swapped; one
// figure different, first on the same floor (and before that the last two figures
// on the floor that was said, if it contradicts the number); one figure too many
// or too few; the same number in another building, those with a similar name
// first; a neighbour on the same floor. h is the building that was said, nil if
// there is none called so.
func (p *Places) near(h *house, said, floor, number string) []Place {
	var list []candidate
	add := func(place *Place, rank, distance int) {
		list = append(list, candidate{place, rank, distance, len(list)})
	}
	if h != nil {
		for _, l := range h.levels {
			for i := range l.rooms {
				room := &l.rooms[i]
				rank := unlike(Fold(room.Room), number, Fold(l.ID))
				if l.ID == floor && len(number) > 2 && Fold(room.Room) == Fold(l.ID)+number[len(number)-2:] {
					rank = 0
				}
				if rank >= 0 {
					add(room, rank, gap(room.Room, number))
				}
			}
		}
	}
	for _, other := range p.order {
		if room := other.room(number); room != nil && other != h {
			rank := 4
			if h == nil && !oneApart(Fold(other.ID), said) && !swapped(Fold(other.ID), said) {
				rank = 5
			}
			add(room, rank, gap(other.ID, said))
		}
	}
	slices.SortFunc(list, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.distance, b.distance), cmp.Compare(a.order, b.order))
	})
	var best []Place
	for _, c := range list[:min(3, len(list))] {
		best = append(best, *c.place)
	}
	return best
}

// unlike ranks how a room's number may have become the one that was written; -1
// if it hardly can have.
func unlike(room, number, floor string) int {
	onFloor := len(number) == len(room) && len(number) >= len(floor) && number[:len(floor)] == floor
	switch {
	case room == number, swapped(room, number):
		return 0
	case onFloor && oneApart(room, number):
		return 1
	case len(room) == len(number) && oneApart(room, number):
		return 2
	case oneApart(room, number):
		return 3
	case onFloor:
		return 6
	}
	return -1
}

// swapped says whether two neighbouring figures changed places.
func swapped(a, b string) bool {
	if len(a) != len(b) || a == b {
		return false
	}
	i := 0
	for a[i] == b[i] {
		i++
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// oneApart says whether a single figure is different, missing or too many.
func oneApart(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if a == b || len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}

// gap is the difference of two numbers; what is no number is far away.
func gap(a, b string) int {
	x, errX := strconv.Atoi(a)
	y, errY := strconv.Atoi(b)
	if errX != nil || errY != nil {
		return 1 << 20
	}
	return max(x-y, y-x)
}
