package desk

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// houseInMemory is the house book of a town.
type houseInMemory struct {
	rooms        map[string]Room
	events       []RoomEvent
	stays        map[string]Stay
	stayEvents   []StayEvent
	certificates map[string]Certificate
	damages      damagesInMemory
}

func (b *houseInMemory) apply(e HouseEntries) {
	if b.rooms == nil {
		*b = houseInMemory{rooms: map[string]Room{}, stays: map[string]Stay{}, certificates: map[string]Certificate{}}
	}
	for _, r := range e.Rooms {
		b.rooms[r.Place] = r
	}
	b.events = append(b.events, e.RoomEvents...)
	b.stayEvents = append(b.stayEvents, e.StayEvents...)
	for _, s := range e.Stays {
		b.stays[s.ID] = s
	}
	b.damages.apply(e.Damages)
	for _, c := range e.Certificates {
		b.certificates[c.Code] = c
	}
}

func (b *houseInMemory) some(is func(Stay) bool) []Stay {
	var list []Stay
	for _, id := range slices.Sorted(maps.Keys(b.stays)) {
		if is(b.stays[id]) {
			list = append(list, b.stays[id])
		}
	}
	slices.SortStableFunc(list, func(a, b Stay) int { return b.From.Compare(a.From) })
	return list
}

func (w *town) Room(place string) Room {
	if r, ok := w.house.rooms[place]; ok {
		return r
	}
	return DerivedRoom(place, w.StaysAt(place))
}

func (w *town) RoomEvents(place string, n int) []RoomEvent {
	var list []RoomEvent
	for _, e := range slices.Backward(w.house.events) {
		if e.Place == place && len(list) < n {
			list = append(list, e)
		}
	}
	return list
}

func (w *town) Stay(id string) (Stay, bool) { s, ok := w.house.stays[id]; return s, ok }

func (w *town) StaysAt(place string) []Stay {
	list := w.house.some(func(s Stay) bool { return s.Place == place && s.State != StayOut })
	slices.SortStableFunc(list, func(a, b Stay) int { return cmp.Compare(a.Bed, b.Bed) })
	return list
}

func (w *town) StaysOf(person string) []Stay {
	p := w.people[person]
	return w.house.some(func(s Stay) bool { return p.Is(s.Person) })
}

func (w *town) StaysByNumber(number string) []Stay {
	return w.house.some(func(s Stay) bool { return s.Number != "" && NumberKey(s.Number) == NumberKey(number) })
}

func (w *town) StayEvents(stay string) []StayEvent {
	return slices.DeleteFunc(slices.Clone(w.house.stayEvents), func(e StayEvent) bool { return e.Stay != stay })
}

func (w *town) Certificate(code string) (Certificate, bool) {
	c, ok := w.house.certificates[code]
	return c, ok
}

func (w *town) Rooms(string) []Room { return slices.Collect(maps.Values(w.house.rooms)) }

func (w *town) StaysBetween(from, to time.Time) []Stay {
	return w.house.some(func(s Stay) bool { return !s.From.Before(from) && s.From.Before(to) })
}

func (w *town) StaysHere(string) []Stay {
	return w.house.some(func(s Stay) bool { return s.State != StayOut })
}
