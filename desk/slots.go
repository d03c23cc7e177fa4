package desk

import (
	"cmp"
	"slices"
	"time"
)

// SlotDay is what is booked in a building on a date, and who waits for it. It is
// one row, so that whatever happens on that day happens in one order: a place is
// taken, given back and passed on in the same transaction.
//
// A place of an hour is a room: all who leave the same room in the same hour are
// one visit, and take one place between them.
type SlotDay struct {
	Building string `json:"building"`
	Day      Date   `json:"day"`
	// Places are the bookings, held ones too, in the order in which they were made.
	Places []SlotPlace `json:"places,omitempty"`
	// Waiting is the waiting list; who comes first is first.
	Waiting []SlotWaiter `json:"waiting,omitempty"`
	// Express are tickets of the day that need no hour.
	Express []string `json:"express,omitempty"`
	// Seq counts the changes.
	Seq int `json:"seq"`
}

// SlotPlace is a bed that is booked, or held for somebody.
type SlotPlace struct {
	Ticket string    `json:"ticket"`
	Room   string    `json:"room"`
	At     ClockTime `json:"at"`
	Since  time.Time `json:"since"`
	// Held says that it was offered to who waits, and is not booked yet.
	Held bool `json:"held,omitempty"`
}

// SlotWaiter is somebody on the waiting list. One to whom a place is held stays on
// it until they take the place.
type SlotWaiter struct {
	Ticket string    `json:"ticket"`
	Room   string    `json:"room"`
	Since  time.Time `json:"since"`
	// Hours are those that suit, none means any; Not are those that were offered and
	// not taken.
	Hours []ClockTime `json:"hours,omitempty"`
	Not   []ClockTime `json:"not,omitempty"`
	// Missed counts the offers that they let go by.
	Missed int `json:"missed,omitempty"`
}

func (x SlotWaiter) suits(at ClockTime) bool {
	return (len(x.Hours) == 0 || slices.Contains(x.Hours, at)) && !slices.Contains(x.Not, at)
}

// Rooms lists the rooms that have a place in an hour, in the order in which they
// got it.
func (d SlotDay) Rooms(at ClockTime) []string {
	var rooms []string
	for _, p := range d.Places {
		if p.At == at && !slices.Contains(rooms, p.Room) {
			rooms = append(rooms, p.Room)
		}
	}
	return rooms
}

// HourOf lists the hours in which somebody of a room leaves, but for one ticket.
func (d SlotDay) HourOf(room, but string) []ClockTime {
	var hours []ClockTime
	for _, p := range d.Places {
		if p.Room == room && p.Ticket != but && !slices.Contains(hours, p.At) {
			hours = append(hours, p.At)
		}
	}
	slices.Sort(hours)
	return hours
}

// place finds what a ticket has.
func (d SlotDay) place(ticket string) (SlotPlace, bool) {
	i := slices.IndexFunc(d.Places, func(p SlotPlace) bool { return p.Ticket == ticket })
	if i < 0 {
		return SlotPlace{}, false
	}
	return d.Places[i], true
}

// offered tells whether a place is held for a ticket.
func (d SlotDay) offered(ticket string) bool { p, ok := d.place(ticket); return ok && p.Held }

// left is how many places of an hour nobody has. It is less than zero when the
// hour was cut after it had been booked.
func (d SlotDay) left(plan SlotPlan, at ClockTime) int { return plan.Places(at) - len(d.Rooms(at)) }

// Free is how many places of an hour whoever comes now can book: those that nobody
// has and for which nobody waits. A room that has a place already needs none.
func (d SlotDay) Free(plan SlotPlan, at ClockTime, room string) int {
	if plan.Places(at) > 0 && slices.Contains(d.Rooms(at), room) {
		return max(1, d.left(plan, at))
	}
	free := d.left(plan, at)
	for _, x := range d.Waiting {
		if x.suits(at) && !d.offered(x.Ticket) {
			free--
		}
	}
	return max(free, 0)
}

// take books a place for a ticket, if there is one, in place of whatever the
// ticket had on that day. An hour that is shut to residents is kept for nobody who
// waits: they can no longer have it.
func (d SlotDay) take(plan SlotPlan, p SlotPlace, shut bool) (SlotDay, bool) {
	rest := d.drop(p.Ticket)
	if rest.Free(plan, p.At, p.Room) < 1 && !(shut && rest.left(plan, p.At) > 0) {
		return d, false
	}
	rest.Places = append(rest.Places, p)
	return rest, true
}

// drop gives back whatever a ticket has on the day.
func (d SlotDay) drop(ticket string) SlotDay {
	d.Places = slices.DeleteFunc(slices.Clone(d.Places), func(p SlotPlace) bool { return p.Ticket == ticket })
	d.Waiting = slices.DeleteFunc(slices.Clone(d.Waiting), func(x SlotWaiter) bool { return x.Ticket == ticket })
	d.Express = slices.DeleteFunc(slices.Clone(d.Express), func(id string) bool { return id == ticket })
	return d
}

// unhold gives back a place that was held; whoever it was for still waits.
func (d SlotDay) unhold(ticket string) SlotDay {
	d.Places = slices.DeleteFunc(slices.Clone(d.Places), func(p SlotPlace) bool { return p.Ticket == ticket && p.Held })
	return d
}

// accept books the place that is held for a ticket.
func (d SlotDay) accept(ticket string, now time.Time) (SlotDay, bool) {
	p, ok := d.place(ticket)
	if !ok || !p.Held {
		return d, false
	}
	d = d.drop(ticket)
	d.Places = append(d.Places, SlotPlace{Ticket: ticket, Room: p.Room, At: p.At, Since: now})
	return d, true
}

// wait puts somebody at the end of the waiting list.
func (d SlotDay) wait(x SlotWaiter) SlotDay {
	d = d.drop(x.Ticket)
	d.Waiting = append(d.Waiting, x)
	return d
}

// pass is the end of an offer that was not taken: who declines keeps the place on
// the list, who says nothing goes to its end. Neither is offered that hour again.
func (d SlotDay) pass(ticket string, silent bool) (SlotDay, SlotWaiter) {
	p, _ := d.place(ticket)
	d = d.unhold(ticket)
	i := slices.IndexFunc(d.Waiting, func(x SlotWaiter) bool { return x.Ticket == ticket })
	if i < 0 {
		return d, SlotWaiter{}
	}
	x := d.Waiting[i]
	x.Not = append(slices.Clone(x.Not), p.At)
	d.Waiting = slices.Clone(d.Waiting)
	d.Waiting[i] = x
	if silent {
		x.Missed++
		d.Waiting = append(slices.Delete(d.Waiting, i, i+1), x)
	}
	return d, x
}

// cut takes away what the plan no longer has: first what is only held, then what
// was booked last, a whole room at a time. Hours that shut says are over stay.
// It returns the tickets whose place is gone; those that were held wait on.
func (d SlotDay) cut(plan SlotPlan, over func(ClockTime) bool) (rest SlotDay, lost, unheld []string) {
	hours := map[ClockTime]bool{}
	for _, p := range d.Places {
		hours[p.At] = true
	}
	for at := range hours {
		if over(at) {
			continue
		}
		for d.left(plan, at) < 0 {
			room := d.last(at)
			for _, p := range d.Places {
				switch {
				case p.At != at || p.Room != room:
				case p.Held:
					unheld = append(unheld, p.Ticket)
				default:
					lost = append(lost, p.Ticket)
				}
			}
			d.Places = slices.DeleteFunc(slices.Clone(d.Places), func(p SlotPlace) bool { return p.At == at && p.Room == room })
		}
	}
	slices.Sort(lost)
	slices.Sort(unheld)
	return d, lost, unheld
}

// last is the room that goes first when an hour is cut.
func (d SlotDay) last(at ClockTime) string {
	type claim struct {
		room  string
		held  bool
		since time.Time
	}
	var claims []claim
	for _, room := range d.Rooms(at) {
		c := claim{room: room, held: true}
		for _, p := range d.Places {
			if p.At == at && p.Room == room {
				c.held = c.held && p.Held
				if c.since.IsZero() || p.Since.Before(c.since) {
					c.since = p.Since
				}
			}
		}
		claims = append(claims, c)
	}
	slices.SortStableFunc(claims, func(a, b claim) int {
		if a.held != b.held {
			if a.held {
				return -1
			}
			return 1
		}
		return cmp.Or(b.since.Compare(a.since), -cmp.Compare(a.room, b.room))
	})
	return claims[0].room
}

// SlotOffer is a place that came free and is held for somebody.
type SlotOffer struct {
	Ticket string
	At     ClockTime
}

// moveUp holds the places that are free for those who wait, in the order of the
// list; shut says which hours cannot be booked any more. Who waits and has a
// room-mate in an hour goes with them.
func (d SlotDay) moveUp(plan SlotPlan, now time.Time, shut func(ClockTime) bool) (SlotDay, []SlotOffer) {
	var offers []SlotOffer
	d.Places = slices.Clone(d.Places)
	for _, x := range d.Waiting {
		if d.offered(x.Ticket) {
			continue
		}
		for _, h := range plan.Hours {
			together := slices.Contains(d.Rooms(h.At), x.Room)
			if !x.suits(h.At) || shut(h.At) || !together && d.left(plan, h.At) < 1 {
				continue
			}
			d.Places = append(d.Places, SlotPlace{Ticket: x.Ticket, Room: x.Room, At: h.At, Since: now, Held: true})
			offers = append(offers, SlotOffer{Ticket: x.Ticket, At: h.At})
			break
		}
	}
	return d, offers
}
