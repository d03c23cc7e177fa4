package desk

import "slices"

// Places are all places that a work touches.
func (x Work) Places() []string { return append([]string{x.Place}, x.More...) }

// touches tells whether a work touches a place.
func (x Work) touches(s *Site, place string) bool {
	return slices.ContainsFunc(x.Places(), func(p string) bool { return Covers(s, p, place) })
}

// meet lists where two works touch the same: the smaller of the two places.
func (x Work) meet(s *Site, other Work) []string {
	var list []string
	for _, mine := range x.Places() {
		for _, theirs := range other.Places() {
			switch {
			case Covers(s, theirs, mine):
				list = append(list, mine)
			case Covers(s, mine, theirs):
				list = append(list, theirs)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// PlacesText is where something is, in several places: floors of a building that
// follow each other are one.
func PlacesText(s *Site, ids []string) Text {
	var list []Text
	for n := 0; n < len(ids); n++ {
		from := n
		for n+1 < len(ids) && s.nextFloor(ids[n], ids[n+1]) {
			n++
		}
		if from == n {
			list = append(list, T("label", "label", s.PlaceLabel(ids[n])))
			continue
		}
		first, _ := s.Places.Get(ids[from])
		last, _ := s.Places.Get(ids[n])
		list = append(list, T("works.floors", "building", s.PlaceLabel(first.Building), "from", first.Floor, "to", last.Floor))
	}
	if len(list) == 1 {
		return list[0]
	}
	return T("works.places", "places", list[:len(list)-1], "last", list[len(list)-1])
}

// nextFloor tells whether two places are floors of a building, the second next to
// the first in the site's list.
func (s *Site) nextFloor(id, next string) bool {
	a, ok := s.Places.Get(id)
	b, known := s.Places.Get(next)
	if !ok || !known || a.Building == "" || a.Building != b.Building || !a.wholeFloor() || !b.wholeFloor() {
		return false
	}
	floors := s.Places.Floors(a.Building)
	at := slices.IndexFunc(floors, func(f Floor) bool { return f.ID == a.Floor })
	return at >= 0 && at+1 < len(floors) && floors[at+1].ID == b.Floor
}

// wholeFloor tells whether a place is a floor as such.
func (p Place) wholeFloor() bool { return p.ID == p.Building+"-"+p.Floor+"-"+floorWord }
