package storage

import (
	"slices"
	"strings"
	"time"

	"frontdesk/desk"
)

// The house book: how rooms stand, what happened to them, who lives in them, and
// the certificates of who left.
var (
	Rooms      = NewTable("rooms", func(r desk.Room) string { return Key(r.Place) })
	RoomEvents = NewTable("room_events", func(e desk.RoomEvent) string { return Key(e.Place, width(e.Seq)) },
		Index[desk.RoomEvent]{"at", func(e desk.RoomEvent) []string { return []string{TimeKey(e.At)} }},
	)
	Stays = NewTable("stays", func(s desk.Stay) string { return s.ID },
		// Who has, or will have, a bed.
		Index[desk.Stay]{"place", func(s desk.Stay) []string { return some(s.State != desk.StayOut, Key(s.Place, s.Bed)) }},
		Index[desk.Stay]{"person", func(s desk.Stay) []string { return some(s.Person != "", Key(s.Person, TimeKey(s.From))) }},
		Index[desk.Stay]{"number", func(s desk.Stay) []string {
			return some(s.Number != "", Key(desk.NumberKey(s.Number), TimeKey(s.From)))
		}},
		Index[desk.Stay]{"from", func(s desk.Stay) []string { return []string{TimeKey(s.From)} }},
		Index[desk.Stay]{"to", func(s desk.Stay) []string {
			return some(s.State != desk.StayOut && !s.To.IsZero(), TimeKey(s.To))
		}},
	)
	StayEvents   = NewTable("stay_events", func(e desk.StayEvent) string { return Key(e.Stay, width(e.Seq)) })
	Certificates = NewTable("certificates", func(c desk.Certificate) string { return c.Code })
)

// Room implements desk.HouseBook.
func (w *World) Room(place string) desk.Room {
	place = w.roomID(place)
	if r, ok := read(w, Rooms, Key(place)); ok {
		return r
	}
	return desk.DerivedRoom(place, w.StaysAt(place))
}

// roomID is the id of a place as the site writes it.
func (w *World) roomID(place string) string {
	if p, ok := w.site.Places.Get(place); ok {
		return p.ID
	}
	return place
}

// RoomEvents implements desk.HouseBook.
func (w *World) RoomEvents(place string, n int) []desk.RoomEvent {
	var all []desk.RoomEvent
	r := Range{Prefix: Key(w.roomID(place)), Reverse: true, Limit: n}
	w.fail(RoomEvents.Scan(w.tx, r, func(e desk.RoomEvent) error {
		all = append(all, e)
		return nil
	}))
	return all
}

// Stay implements desk.HouseBook.
func (w *World) Stay(id string) (desk.Stay, bool) { return read(w, Stays, id) }

// StaysAt implements desk.HouseBook.
func (w *World) StaysAt(place string) []desk.Stay {
	return list(w, Stays, "place", Range{Prefix: Key(w.roomID(place))})
}

// StaysOf implements desk.HouseBook.
func (w *World) StaysOf(person string) []desk.Stay {
	if person == "" {
		return nil
	}
	ids := []string{person}
	if p, ok := w.Person(person); ok {
		ids = p.IDs()
	}
	var all []desk.Stay
	for _, id := range ids {
		all = append(all, list(w, Stays, "person", Range{Prefix: Key(id)})...)
	}
	return newestFirst(all)
}

// StaysByNumber implements desk.HouseBook.
func (w *World) StaysByNumber(number string) []desk.Stay {
	number = desk.NumberKey(number)
	if number == "" {
		return nil
	}
	return newestFirst(list(w, Stays, "number", Range{Prefix: Key(number)}))
}

func newestFirst(stays []desk.Stay) []desk.Stay {
	slices.SortStableFunc(stays, func(a, b desk.Stay) int { return b.From.Compare(a.From) })
	return stays
}

// StayEvents implements desk.HouseBook.
func (w *World) StayEvents(stay string) []desk.StayEvent {
	var all []desk.StayEvent
	w.fail(StayEvents.Scan(w.tx, Range{Prefix: Key(stay)}, func(e desk.StayEvent) error {
		all = append(all, e)
		return nil
	}))
	return all
}

// Certificate implements desk.HouseBook.
func (w *World) Certificate(code string) (desk.Certificate, bool) { return read(w, Certificates, code) }

// Rooms implements desk.HouseLists.
func (w *World) Rooms(building string) []desk.Room {
	var all []desk.Room
	w.fail(Rooms.Scan(w.tx, Range{}, func(r desk.Room) error {
		if building == "" || w.inBuilding(r.Place, building) {
			all = append(all, r)
		}
		return nil
	}))
	return all
}

// inBuilding tells whether a place is in a building. One that is on no list any
// more is in none.
func (w *World) inBuilding(place, building string) bool {
	p, ok := w.site.Places.Get(place)
	return ok && strings.EqualFold(p.Building, building)
}

// StaysBetween implements desk.HouseLists.
func (w *World) StaysBetween(from, to time.Time) []desk.Stay {
	return list(w, Stays, "from", Range{From: TimeKey(from), To: TimeKey(to)})
}

// StaysHere implements desk.HouseLists.
func (w *World) StaysHere(building string) []desk.Stay {
	var all []desk.Stay
	w.fail(Stays.By(w.tx, "place", Range{}, func(s desk.Stay) error {
		if building == "" || w.inBuilding(s.Place, building) {
			all = append(all, s)
		}
		return nil
	}))
	return all
}

// houseBook writes into the house book.
func (a *applying) houseBook(e desk.HouseEntries) error {
	for _, r := range e.Rooms {
		if err := Rooms.Put(a.tx, r); err != nil {
			return err
		}
	}
	for _, event := range e.RoomEvents {
		if err := RoomEvents.Put(a.tx, event); err != nil {
			return err
		}
	}
	for _, s := range e.Stays {
		if err := Stays.Put(a.tx, s); err != nil {
			return err
		}
	}
	for _, event := range e.StayEvents {
		if err := StayEvents.Put(a.tx, event); err != nil {
			return err
		}
	}
	for _, c := range e.Certificates {
		if err := Certificates.Put(a.tx, c); err != nil {
			return err
		}
	}
	for _, d := range e.Damages {
		if err := Damages.Put(a.tx, d); err != nil {
			return err
		}
	}
	return nil
}
