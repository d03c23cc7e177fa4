package flows

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"frontdesk/desk"
)

// houseBook is the house book of a fakeWorld.
type houseBook struct {
	rooms        map[string]desk.Room
	roomEvents   []desk.RoomEvent
	stays        map[string]desk.Stay
	certificates map[string]desk.Certificate
	damageBook
}

func (b *houseBook) write(e desk.HouseEntries) {
	if b.rooms == nil {
		*b = houseBook{rooms: map[string]desk.Room{}, stays: map[string]desk.Stay{}, certificates: map[string]desk.Certificate{}}
	}
	for _, r := range e.Rooms {
		b.rooms[r.Place] = r
	}
	b.roomEvents = append(b.roomEvents, e.RoomEvents...)
	for _, s := range e.Stays {
		b.stays[s.ID] = s
	}
	b.keep(e.Damages)
	for _, c := range e.Certificates {
		b.certificates[c.Code] = c
	}
}

func (b *houseBook) Room(place string) desk.Room {
	if r, ok := b.rooms[place]; ok {
		return r
	}
	return desk.DerivedRoom(place, b.StaysAt(place))
}

func (b *houseBook) RoomEvents(place string, n int) []desk.RoomEvent {
	var list []desk.RoomEvent
	for _, e := range slices.Backward(b.roomEvents) {
		if e.Place == place && len(list) < n {
			list = append(list, e)
		}
	}
	return list
}

func (b *houseBook) some(is func(desk.Stay) bool) []desk.Stay {
	var list []desk.Stay
	for _, id := range slices.Sorted(maps.Keys(b.stays)) {
		if is(b.stays[id]) {
			list = append(list, b.stays[id])
		}
	}
	slices.SortStableFunc(list, func(a, b desk.Stay) int { return b.From.Compare(a.From) })
	return list
}

func (b *houseBook) Stay(id string) (desk.Stay, bool) { s, ok := b.stays[id]; return s, ok }

func (b *houseBook) StaysAt(place string) []desk.Stay {
	list := b.some(func(s desk.Stay) bool { return s.Place == place && s.State != desk.StayOut })
	slices.SortStableFunc(list, func(a, b desk.Stay) int { return cmp.Compare(a.Bed, b.Bed) })
	return list
}

func (b *houseBook) StaysOf(person string) []desk.Stay {
	return b.some(func(s desk.Stay) bool { return person != "" && s.Person == person })
}

func (b *houseBook) StaysByNumber(number string) []desk.Stay {
	return b.some(func(s desk.Stay) bool { return s.Number != "" && desk.NumberKey(s.Number) == desk.NumberKey(number) })
}

func (b *houseBook) StayEvents(string) []desk.StayEvent { return nil }

func (b *houseBook) Certificate(code string) (desk.Certificate, bool) {
	c, ok := b.certificates[code]
	return c, ok
}

func (b *houseBook) Rooms(string) []desk.Room { return slices.Collect(maps.Values(b.rooms)) }

func (b *houseBook) StaysBetween(from, to time.Time) []desk.Stay {
	return b.some(func(s desk.Stay) bool { return !s.From.Before(from) && s.From.Before(to) })
}

func (b *houseBook) StaysHere(string) []desk.Stay {
	return b.some(func(s desk.Stay) bool { return s.State != desk.StayOut })
}

// arrivals is a roster of two who arrive today in 3-502, A for the person, B another's.
func (w *fakeWorld) arrivals(person string, in bool) {
	today := desk.ClockTime(0).On(desk.DateOf(w.now, w.site.Zone), w.site.Zone)
	stay := func(id, name, number, bed string) desk.Stay {
		return desk.Stay{ID: id, Name: name, Number: number, Kind: desk.ResidentStudent, Place: "3-502", Bed: bed, From: today, State: desk.StayExpected, Seq: 1}
	}
	mine, other := stay("s1", "王五", "20260001", "A"), stay("s2", "赵六", "20260002", "B")
	other.Person = "other"
	if in {
		mine.Person, mine.State, mine.InAt, mine.ConditionBy = person, desk.StayIn, w.now, w.now.Add(24*time.Hour)
	}
	w.write(desk.HouseEntries{Stays: []desk.Stay{mine, other}})
}
