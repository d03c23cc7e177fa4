package desk

import "slices"

// Places is the site's list of places. It never changes once made, so that many
// may read it at once. A nil Places is an empty list.
type Places struct {
	buildings []Building
	list      map[string]*house // by folded building id
	called    map[string]*house // by id, and by the number or letter in a usual name
	order     []*house
	areas     []Place           // public areas of the site
	ids       map[string]*Place // every place by folded id
	names     map[rune][]*name  // what buildings and areas are called, by first rune, longest first
	numbers   map[string]bool   // every room number of the site
	public    []Area            // the areas of the site as they were given
	gone      map[string]*Place // by folded id: on no list any more, known to Get alone
}

// house is a building with its places.
type house struct {
	Building
	place  Place
	levels []*level
	rooms  map[string]*Place // by folded number on the door
	areas  []Place
}

// level is a floor with its places.
type level struct {
	Floor
	place Place
	rooms []Place
	areas []Place
}

// Get returns the place with an id, without regard to case; retired areas too.
func (p *Places) Get(id string) (Place, bool) {
	if p == nil {
		return Place{}, false
	}
	if place := p.ids[Fold(id)]; place != nil {
		return *place, true
	}
	if place := p.gone[Fold(id)]; place != nil {
		return *place, true
	}
	return Place{}, false
}

// Buildings lists the buildings in the order of the configuration.
func (p *Places) Buildings() []Building {
	if p == nil {
		return nil
	}
	return slices.Clone(p.buildings)
}

// Building returns a building by its id, without regard to case.
func (p *Places) Building(id string) (Building, bool) {
	if h := p.house(id); h != nil {
		return h.Building, true
	}
	return Building{}, false
}

// Floors lists the floors of a building in the order of the configuration.
func (p *Places) Floors(building string) []Floor {
	if h := p.house(building); h != nil {
		return slices.Clone(h.Floors)
	}
	return nil
}

// Rooms lists the rooms of a floor in the order of the configuration.
func (p *Places) Rooms(building, floor string) []Place {
	if l := p.house(building).level(floor); l != nil {
		return slices.Clone(l.rooms)
	}
	return nil
}

// Areas lists the areas of a floor, or those of the building as a whole if the
// floor is empty; retired ones not.
func (p *Places) Areas(building, floor string) []Place {
	h := p.house(building)
	if h == nil {
		return nil
	}
	if floor == "" {
		return slices.Clone(h.areas)
	}
	if l := h.level(floor); l != nil {
		return slices.Clone(l.areas)
	}
	return nil
}

// PublicAreas lists the areas of the site as a whole; retired ones not.
func (p *Places) PublicAreas() []Place {
	if p == nil {
		return nil
	}
	return slices.Clone(p.areas)
}

func (p *Places) house(id string) *house {
	if p == nil {
		return nil
	}
	return p.list[Fold(id)]
}

// level returns a floor of the building by what people call it: its id, or the id
// without leading zeros.
func (h *house) level(id string) *level {
	if h == nil || id == "" {
		return nil
	}
	id = Fold(id)
	for _, l := range h.levels {
		if Fold(l.ID) == id {
			return l
		}
	}
	return nil
}
