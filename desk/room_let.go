package desk

import (
	"slices"
	"strconv"
	"time"
)

// Letting is to whom a room is let, and from which day to which.
type Letting struct {
	Tenant, Contact string
	From, To        Date
}

// LetRoom lets a room, or changes to whom and until when it is let. It is refused
// with a *UserError when the last day is over or before the first.
func LetRoom(w World, place string, l Letting, reason, by string) (Effects, error) {
	zone := w.Site().Zone
	switch today := DateOf(w.Now(), zone); {
	case l.Tenant == "":
		return Effects{}, Refuse("rooms.no_tenant")
	case l.To.Compare(l.From) < 0, l.To.Compare(today) < 0:
		return Effects{}, Refuse("rooms.let_over")
	}
	return changeRoom(w, place, Room{
		State: RoomLet, Reason: reason, By: by, Tenant: l.Tenant, Contact: l.Contact,
		From: ClockTime(0).On(l.From, zone), To: ClockTime(0).On(l.To, zone),
	}, "")
}

// daysUntil is how many days of the site's calendar are left until the date of t:
// negative once it is over.
func daysUntil(s *Site, now, t time.Time) int {
	return int(DateOf(t, s.Zone).noon().Sub(DateOf(now, s.Zone).noon()) / (24 * time.Hour))
}

// askLetting asks who answers for a letting what comes after it, once for each of the
// site's days before its end, and once when it is over and nobody has said. After a
// downtime over several of these days there is one question.
func askLetting(w World, r Room) (Effects, Room) {
	s := w.Site()
	if r.State != RoomLet || r.To.IsZero() {
		return Effects{}, r
	}
	left := daysUntil(s, w.Now(), r.To)
	if left < 0 {
		if r.AskedEnd {
			return Effects{}, r
		}
		r.AskedEnd = true
		return lettingQuestion(w, r, T("rooms.let_ended", "place", s.PlaceLabel(r.Place), "tenant", r.Tenant, "to", r.To), "end"), r
	}
	due := false
	for _, days := range s.Rooms.Ask {
		if left <= days && !slices.Contains(r.Asked, days) {
			due = true
			r.Asked = append(slices.Clone(r.Asked), days)
		}
	}
	if !due || r.Ends {
		return Effects{}, r
	}
	return lettingQuestion(w, r,
		T("rooms.let_ask", "place", s.PlaceLabel(r.Place), "tenant", r.Tenant, "contact", r.Contact, "to", r.To, "n", left), strconv.Itoa(left)), r
}

// lettingQuestion asks who wrote the letting down, while they are a manager who can be
// reached; else the duty manager.
func lettingQuestion(w World, r Room, text Text, which string) Effects {
	out := Effects{House: HouseEntries{Rooms: []Room{r}}}
	m := Message{
		Class: ClassReminder, Lane: LaneRoutine, Text: text,
		Buttons: [][]Button{Row(
			Button{Label: T("button.room_extend"), Data: RoomsData("w." + r.Place + ".let")},
			Button{Label: T("button.room_ends"), Data: RoomsData("e." + r.Place + "." + strconv.Itoa(r.Seq))},
			Button{Label: T("button.room_look"), Data: RoomsData("r." + r.Place)})},
	}
	people := Managers(w, 0)
	if p, ok := w.Person(r.By); ok && p.MayChangeRooms() && reachable(p) {
		people = []Person{p}
	}
	for _, p := range people {
		m.Person, m.Key = p.ID, "let/"+r.Place+"/"+strconv.Itoa(r.Seq)+"/"+which+"/"+p.ID
		out.Say(m)
	}
	return out
}

// EndLetting is the word of who was asked that the letting ends on its last day: they
// are asked no more before it.
func EndLetting(w World, place string, seq int, by Person) (Effects, Room, error) {
	r := w.Room(place)
	switch {
	case !by.MayChangeRooms():
		return Effects{}, r, Refuse("rooms.may_not")
	case r.State != RoomLet || r.Seq != seq:
		return Effects{}, r, Refuse("rooms.changed")
	case r.Ends:
		return Effects{}, r, nil
	}
	r.Ends = true
	r.Seq++
	return Effects{House: HouseEntries{Rooms: []Room{r}, RoomEvents: []RoomEvent{{
		Place: r.Place, Seq: r.Seq, At: w.Now(), By: by.ID, From: RoomLet, To: RoomLet, Reason: reasonEnds,
	}}}}, r, nil
}

// RoomsData is the button that does what /rooms does with an argument.
func RoomsData(arg string) string { return CommandData("rooms|" + arg) }
