package desk

// How much a group of mentions settles. Find takes the highest.
const (
	scoreRoom     = 90
	scoreArea     = 80 // of a building
	scoreNear     = 75
	scorePublic   = 70 // an area of the site
	scoreFloor    = 50
	scoreBuilding = 40
	scoreUnknown  = 20 // a building that the site has not
	scoreHint     = 10 // a floor of no building
)

// resolve looks up what a group names. A score of 0 is no place at all. home is
// the building that is meant if none is named, nil if there is none.
func (p *Places) resolve(g *group, home *house) (Found, int) {
	if g.weakBuilding && !g.place() && g.floor == "" {
		return Found{}, 0
	}
	h := g.house
	if !g.building {
		h = home
	}
	found := Found{Named: true}
	if h != nil {
		found.Building = h.ID
	}
	if l := h.floorCalled(g.floor); l != nil {
		found.Floor = l.ID
	} else if h == nil {
		found.Floor = g.floor
	}
	switch {
	case g.room != "":
		return p.resolveRoom(g, h, found)
	case g.area != nil:
		return p.resolveArea(g, h, found)
	case !g.building && (g.weakFloor || h != nil && found.Floor == ""):
		return Found{}, 0
	case h == nil && g.building:
		found.Floor = ""
		return found, scoreUnknown
	case h == nil:
		return found, scoreHint
	case found.Floor != "":
		return found, scoreFloor
	}
	return found, scoreBuilding
}

func (p *Places) resolveRoom(g *group, h *house, found Found) (Found, int) {
	if !g.building && g.amount {
		return Found{}, 0
	}
	if !g.building && h == nil {
		return p.resolveLoose(g, found)
	}
	room := h.room(g.room)
	if l := h.floorCalled(g.floor); l != nil {
		// Within a floor the number may be short: 3楼02室.
		if short := h.room(l.ID + g.room); len(g.room) <= 2 && short != nil {
			room = short
		}
	}
	if room != nil && (found.Floor == "" || room.Floor == found.Floor) && (g.floor == "" || found.Floor != "") {
		return exactly(room), scoreRoom
	}
	if len(g.room) < 3 || g.weakRoom && (g.before || !g.building) {
		// The number says nothing about rooms; the building still stands.
		return p.resolveWay(g, h)
	}
	found.Suggestions = p.near(h, g.said, found.Floor, g.room)
	if len(found.Suggestions) == 0 && h != nil {
		return found, scoreBuilding
	}
	return found, scoreNear
}

// resolveWay resolves a group without the room or area that came to nothing.
func (p *Places) resolveWay(g *group, home *house) (Found, int) {
	*g = *g.way()
	if len(g.parts) == 0 {
		return Found{}, 0
	}
	return p.resolve(g, home)
}

// resolveLoose looks for a room whose building nobody said. If only one building
// has the number that is the place, and two or three are suggested; of more the
// person is asked for the building. A bare number in a sentence is none.
func (p *Places) resolveLoose(g *group, found Found) (Found, int) {
	if g.weakRoom && g.floor == "" {
		return Found{}, 0
	}
	var rooms []Place
	for _, h := range p.order {
		room := h.room(g.room)
		if l := h.floorCalled(g.floor); g.floor != "" && (room == nil || l == nil || room.Floor != l.ID) {
			room = nil
			if l != nil && len(g.room) <= 2 {
				room = h.room(l.ID + g.room)
			}
		}
		if room != nil {
			rooms = append(rooms, *room)
		}
	}
	if len(rooms) == 1 {
		return exactly(&rooms[0]), scoreRoom
	}
	if room := p.call(g.floor).room(g.room); len(rooms) == 0 && room != nil {
		rooms = append(rooms, *room) // 3楼502 is 3号楼502 to some
	}
	switch {
	case len(rooms) == 0:
		return found, scoreUnknown
	case len(rooms) <= 3:
		found.Suggestions = rooms
	}
	return found, scoreNear
}

// resolveArea looks for the area among those of its name that fit the building
// and the floor. Several give suggestions, if they are few enough to choose from.
func (p *Places) resolveArea(g *group, h *house, found Found) (Found, int) {
	fit := fitting(g.area.areas, h, found.Floor)
	if len(fit) == 0 || h == nil && len(public(fit)) == 0 {
		// Within a building its 电梯 is not its B电梯; of the whole site either may be
		// meant.
		fit = append(fit, fitting(g.area.stems, h, found.Floor)...)
	}
	if len(fit) == 0 && (!g.building || h != nil) {
		// The canteen stays the canteen, whatever building it is beside.
		fit = fitting(g.area.areas, nil, "")
		fit = public(fit)
	}
	switch {
	case len(fit) == 1:
		exact := exactly(&fit[0])
		if exact.Building == "" {
			// 图书馆二楼: the floor is part of what was said, though the site does not
			// list it.
			exact.Floor = g.floor
			return exact, scorePublic
		}
		return exact, scoreArea
	case g.building && h == nil:
		return found, scoreUnknown
	case len(fit) == 0 && g.building:
		return p.resolveWay(g, h)
	case len(fit) > 0 && (h != nil || len(fit) <= 3):
		found.Suggestions = fit[:min(3, len(fit))]
		return found, scoreNear
	case g.floor != "" && !g.weakFloor:
		return found, scoreHint
	}
	return Found{}, 0
}

// fitting returns the areas of a building and floor. Without a floor those of the
// whole building come alone, if there are any; with a floor that has none of
// them, too. Without a building all of the floor fit.
func fitting(areas []*Place, h *house, floor string) []Place {
	var here, whole []Place
	for _, a := range areas {
		if h != nil && a.Building != h.ID {
			continue
		}
		if a.Floor == "" {
			whole = append(whole, *a)
		}
		if floor == "" || Fold(a.Floor) == Fold(floor) {
			here = append(here, *a)
		}
	}
	if floor != "" && len(here) > 0 || len(whole) == 0 {
		return here
	}
	if h == nil {
		if site := public(whole); len(site) > 0 {
			return site
		}
		if floor == "" {
			return here
		}
	}
	return whole
}

// public keeps the areas of the site as a whole.
func public(areas []Place) []Place {
	var list []Place
	for _, a := range areas {
		if a.Building == "" {
			list = append(list, a)
		}
	}
	return list
}

func exactly(p *Place) Found {
	return Found{Place: new(*p), Building: p.Building, Floor: p.Floor, Named: true}
}
