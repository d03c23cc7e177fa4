package desk

import (
	"slices"
	"strings"
)

// ListedPlace is a place of an imported list. Which fields are set says what it
// is:
//
//	Building                  a building
//	Building, Floor, Room     a room; Room is the number within the floor
//	Building, (Floor,) Area   an area or a piece of equipment there
//	Area                      an area of the whole site
type ListedPlace struct {
	Building string   `json:"building,omitempty"`
	Floor    string   `json:"floor,omitempty"`
	Room     string   `json:"room,omitempty"`
	Area     string   `json:"area,omitempty"`
	Label    Label    `json:"label,omitempty"`
	Aliases  []string `json:"aliases,omitempty"`
	Note     Label    `json:"note,omitempty"`
	// Retired places are no longer on the list: they keep their name on old
	// tickets, and are neither offered nor found.
	Retired bool `json:"retired,omitempty"`
}

// ID is the normal form of the place: 3-502, 3-5-corridor, canteen, 3.
func (p ListedPlace) ID() string {
	switch {
	case p.Room != "":
		return p.Building + "-" + p.Floor + p.Room
	case p.Area != "" && p.Building == "":
		return p.Area
	case p.Area != "" && p.Floor == "":
		return p.Building + "-" + p.Area
	case p.Area != "":
		return p.Building + "-" + p.Floor + "-" + p.Area
	}
	return p.Building
}

// With adds an imported list to the places. These places are the base: a
// building, room or area of the list that they have already adds nothing to it
// (the rooms of a listed building are added to the building of the same id). The
// error is that of NewPlaces.
func (p *Places) With(list []ListedPlace) (*Places, error) {
	if len(list) == 0 {
		return p, nil
	}
	m := merger{at: map[string]int{}}
	if p != nil {
		m.areas = slices.Clone(p.public)
		for _, b := range p.buildings {
			m.base(b)
		}
	}
	for _, l := range list {
		if !l.Retired {
			m.add(l)
		}
	}
	merged, err := NewPlaces(m.buildings, m.areas)
	if err != nil {
		return nil, err
	}
	for _, l := range list {
		if l.Retired {
			merged.retire(l)
		}
	}
	return merged, nil
}

// merger builds up the buildings of a longer list.
type merger struct {
	buildings []Building
	at        map[string]int // buildings by folded id
	areas     []Area
	// floors and known rooms and areas, so that a long list takes no long time.
	floors map[string]int
	known  map[string]bool
}

// base takes over a building as it is; its parts may grow, so they are copied.
func (m *merger) base(b Building) {
	m.at[Fold(b.ID)] = len(m.buildings)
	b.Floors, b.Areas = slices.Clone(b.Floors), slices.Clone(b.Areas)
	for i := range b.Floors {
		b.Floors[i].Rooms, b.Floors[i].Areas = slices.Clip(b.Floors[i].Rooms), slices.Clip(b.Floors[i].Areas)
	}
	m.buildings = append(m.buildings, b)
	m.learn(len(m.buildings) - 1)
}

func (m *merger) learn(i int) {
	if m.floors == nil {
		m.floors, m.known = map[string]int{}, map[string]bool{}
	}
	b := m.buildings[i]
	for _, a := range b.Areas {
		m.known[Fold(b.ID+"-"+a.ID)] = true
	}
	for at, f := range b.Floors {
		m.floors[Fold(b.ID+"/"+f.ID)] = at
		for _, r := range f.Rooms {
			m.known[Fold(b.ID+"-"+f.ID+r)] = true
		}
		for _, a := range f.Areas {
			m.known[Fold(b.ID+"-"+f.ID+"-"+a.ID)] = true
		}
	}
}

func (m *merger) add(l ListedPlace) {
	area := Area{ID: l.Area, Label: l.Label, Aliases: l.Aliases}
	if l.Building == "" {
		if !slices.ContainsFunc(m.areas, func(a Area) bool { return Fold(a.ID) == Fold(l.Area) }) {
			m.areas = append(m.areas, area)
		}
		return
	}
	i, ok := m.at[Fold(l.Building)]
	if !ok {
		i = len(m.buildings)
		m.at[Fold(l.Building)] = i
		m.buildings = append(m.buildings, Building{ID: l.Building})
		m.learn(i)
	}
	b := &m.buildings[i]
	if l.Room == "" && l.Area == "" {
		// The base wins: what the list says of a building fills only what is open.
		if len(b.Label) == 0 {
			b.Label = l.Label
		}
		if len(b.Aliases) == 0 {
			b.Aliases = l.Aliases
		}
		if len(b.Note) == 0 {
			b.Note = l.Note
		}
		return
	}
	if m.known[Fold(l.ID())] {
		return
	}
	m.known[Fold(l.ID())] = true
	if l.Floor == "" {
		b.Areas = append(b.Areas, area)
		return
	}
	key := Fold(b.ID + "/" + l.Floor)
	at, ok := m.floors[key]
	if !ok {
		at = len(b.Floors)
		m.floors[key] = at
		b.Floors = append(b.Floors, Floor{ID: l.Floor})
	}
	if f := &b.Floors[at]; l.Room != "" {
		f.Rooms = append(f.Rooms, l.Room)
	} else {
		f.Areas = append(f.Areas, area)
	}
}

// retire keeps a place that is on no list any more, for Get alone.
func (p *Places) retire(l ListedPlace) {
	key := Fold(l.ID())
	if p.ids[key] != nil {
		return
	}
	if p.gone == nil {
		p.gone = map[string]*Place{}
	}
	b := Building{ID: l.Building}
	if h := p.house(l.Building); h != nil {
		b = h.Building
	} else if l.Room == "" && l.Area == "" {
		b.Label = l.Label
	}
	place := &Place{ID: l.ID(), Building: l.Building, Floor: l.Floor, Area: l.Area}
	area := Area{ID: l.Area, Label: l.Label}
	switch {
	case l.Room != "":
		place.Room = l.Floor + l.Room
		place.Label = roomLabel(b, place.Room)
	case l.Area != "" && l.Building == "":
		place.Label = publicLabel(area)
	case l.Area != "":
		place.Label = areaLabel(b, l.Floor, area)
	default:
		place.Label = buildingLabel(b)
	}
	p.gone[key] = place
}

// SplitDoor reads the number on a door as floor and number within the floor:
// 502 is 5 and 02, 1203 is 12 and 03, B102 is B1 and 02. With a floor given, the
// number may be said with it or without.
func SplitDoor(floor, number string) (f, room string, ok bool) {
	if floor == "" {
		if len(number) < 3 {
			return "", "", false
		}
		// A letter behind belongs to the number: 502a is 5 and 02a.
		digits := strings.TrimRight(number, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
		if len(digits) < 3 {
			return "", "", false
		}
		cut := len(digits) - 2
		return number[:cut], number[cut:], true
	}
	if rest, has := strings.CutPrefix(Fold(number), Fold(floor)); has && len(rest) >= 2 {
		return floor, number[len(number)-len(rest):], true
	}
	if len(number) <= 2 {
		return floor, number, number != ""
	}
	return "", "", false
}
