package desk

import "time"

// HouseBook is what is written down about rooms and who lives in them.
type HouseBook interface {
	// Room is how a room stands. One of which nothing is written is occupied while
	// somebody is in, and else vacant, since the zero time.
	Room(place string) Room
	// RoomEvents lists what happened to a room, newest first, at most n.
	RoomEvents(place string, n int) []RoomEvent
	Stay(id string) (Stay, bool)
	// StaysAt lists the stays of a room that are not out, by bed.
	StaysAt(place string) []Stay
	// StaysOf lists the stays of a person, under whatever record, newest first.
	StaysOf(person string) []Stay
	// StaysByNumber lists the stays of a student or staff number, newest first.
	StaysByNumber(number string) []Stay
	// StayEvents lists what happened to a stay, oldest first.
	StayEvents(stay string) []StayEvent
	Certificate(code string) (Certificate, bool)
	DamageBook
	SlotBook
}

// HouseLists are the lists of the house book, for reads only.
type HouseLists interface {
	// Rooms lists the rooms of a building (empty: of all) of which something is
	// written, by place.
	Rooms(building string) []Room
	// StaysBetween lists the stays whose first day begins in [from, to), oldest
	// first.
	StaysBetween(from, to time.Time) []Stay
	// StaysHere lists the stays of a building (empty: of all) that are not out, by
	// place and bed.
	StaysHere(building string) []Stay
	SlotLists
}

// HouseEntries are what a rule wants written into the house book.
type HouseEntries struct {
	Rooms        []Room
	RoomEvents   []RoomEvent
	Stays        []Stay
	StayEvents   []StayEvent
	Certificates []Certificate
	Damages      []Damage
	Slots        SlotEntries
}

func (e *HouseEntries) add(b HouseEntries) {
	e.Rooms = append(e.Rooms, b.Rooms...)
	e.RoomEvents = append(e.RoomEvents, b.RoomEvents...)
	e.Stays = append(e.Stays, b.Stays...)
	e.StayEvents = append(e.StayEvents, b.StayEvents...)
	e.Certificates = append(e.Certificates, b.Certificates...)
	e.Damages = append(e.Damages, b.Damages...)
	e.Slots.add(b.Slots)
}

// DerivedRoom is a room of which nothing is written: what its stays make of it.
func DerivedRoom(place string, stays []Stay) Room {
	r := Room{Place: place, State: RoomVacant}
	for _, s := range stays {
		if s.State.Here() {
			r.State = RoomOccupied
		}
	}
	return r
}
