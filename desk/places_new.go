package desk

import (
	"errors"
	"fmt"
	"strings"
)

// floorWord makes the id of a floor: 3-5-floor. No area may be called so.
const floorWord = "floor"

// NewPlaces makes the list of places from the buildings and from the areas of the
// site as a whole. The error names every id that is malformed or comes twice, and
// every name that two buildings share.
func NewPlaces(buildings []Building, areas []Area) (*Places, error) {
	m := placeMaker{Places: &Places{
		buildings: append([]Building(nil), buildings...),
		list:      map[string]*house{},
		called:    map[string]*house{},
		ids:       map[string]*Place{},
		names:     map[rune][]*name{},
		numbers:   map[string]bool{},
		public:    areas,
	}}
	for _, b := range buildings {
		m.building(b)
	}
	for _, a := range areas {
		place := Place{ID: a.ID, Area: a.ID, Label: publicLabel(a)}
		m.area(place, a, &m.areas)
	}
	m.nameBuildings()
	m.sortNames()
	if len(m.errs) > 0 {
		return nil, errors.Join(m.errs...)
	}
	return m.Places, nil
}

// placeMaker collects the places and what is wrong with them.
type placeMaker struct {
	*Places
	errs []error
}

func (m *placeMaker) fail(format string, args ...any) {
	m.errs = append(m.errs, fmt.Errorf(format, args...))
}

// add enters a place under its id.
func (m *placeMaker) add(p Place) *Place {
	key := Fold(p.ID)
	if m.ids[key] != nil {
		m.fail("place %q comes twice: want ids that differ, also without regard to case", p.ID)
	}
	m.ids[key] = &p
	return &p
}

func (m *placeMaker) building(b Building) {
	if !isWord(b.ID, false) {
		m.fail("building %q: want an id of letters and digits, such as 3 or A3", b.ID)
		return
	}
	h := &house{Building: b, rooms: map[string]*Place{}}
	h.place = *m.add(Place{ID: b.ID, Building: b.ID, Label: buildingLabel(b)})
	m.list[Fold(b.ID)] = h
	m.order = append(m.order, h)
	for _, floor := range b.Floors {
		m.floor(h, floor)
	}
	for _, a := range b.Areas {
		place := Place{ID: b.ID + "-" + a.ID, Building: b.ID, Area: a.ID, Label: areaLabel(b, "", a)}
		m.area(place, a, &h.areas)
	}
}

func (m *placeMaker) floor(h *house, f Floor) {
	if !isWord(f.ID, false) {
		m.fail("building %s, floor %q: want an id of letters and digits, such as 5 or B1", h.ID, f.ID)
		return
	}
	prefix := h.ID + "-" + f.ID + "-"
	l := &level{Floor: f}
	l.place = *m.add(Place{ID: prefix + floorWord, Building: h.ID, Floor: f.ID, Label: floorLabel(h.Building, f.ID)})
	h.levels = append(h.levels, l)
	for _, room := range f.Rooms {
		if !isWord(room, false) {
			m.fail("building %s, floor %s, room %q: want the number within the floor in letters and digits, such as 02", h.ID, f.ID, room)
			continue
		}
		number := f.ID + room
		place := m.add(Place{ID: h.ID + "-" + number, Building: h.ID, Floor: f.ID, Room: number, Label: roomLabel(h.Building, number)})
		l.rooms = append(l.rooms, *place)
		h.rooms[Fold(number)] = place
		m.numbers[Fold(number)] = true
	}
	for _, a := range f.Areas {
		place := Place{ID: prefix + a.ID, Building: h.ID, Floor: f.ID, Area: a.ID, Label: areaLabel(h.Building, f.ID, a)}
		m.area(place, a, &l.areas)
	}
}

// area enters an area, and unless it is retired lists it and learns its names.
func (m *placeMaker) area(p Place, a Area, list *[]Place) {
	if !isWord(a.ID, true) || Fold(a.ID) == floorWord {
		m.fail("area %q: want an id of letters, digits and inner hyphens, such as lift-b, and not %q", p.ID, floorWord)
		return
	}
	place := m.add(p)
	if a.Retired {
		return
	}
	*list = append(*list, *place)
	m.nameArea(place, a)
}

// isWord says whether an id is ASCII letters and digits, with hyphens inside if
// they are allowed.
func isWord(id string, hyphens bool) bool {
	for _, r := range Fold(id) {
		if !latin(r) && (!hyphens || r != '-') {
			return false
		}
	}
	// Full-width signs fold to allowed ones, but an id is also part of links.
	ascii := strings.IndexFunc(id, func(r rune) bool { return r > '~' }) < 0
	return id != "" && len(id) <= 24 && ascii && id[0] != '-' && id[len(id)-1] != '-'
}
