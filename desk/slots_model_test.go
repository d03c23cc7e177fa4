package desk

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// queue is the model's own waiting list of a day: who waits, since which turn, and
// what suits them. It is kept by what people do, not by what the desk writes.
type queue struct {
	ticket, room string
	suits        func(ClockTime) bool
	offered      bool
}

// TestSlotsModel lets people book, change, cancel, wait, accept, decline and say
// nothing, managers cut and open hours, and time pass by day and by night, in any
// order. After each step: nobody is booked where there is no place, no booking and
// no place is lost, and who waits first is served first.
func TestSlotsModel(t *testing.T) {
	begin := leavers(t, 5, 2)
	begin.site.Checkout.Usual.Rooms = 1
	rapid.Check(t, func(t *rapid.T) {
		w := begin.again()
		m := &slotModel{w: w, line: map[Date][]queue{}, lapsed: map[string]bool{}}
		person := rapid.SampledFrom([]string{"s00", "s01", "s02", "s03", "s04", "s05", "s06", "s07", "s08", "s09"})
		day := rapid.IntRange(1, 2)
		hour := rapid.SampledFrom([]ClockTime{9 * 60, 10 * 60})
		date := func() Date { return DateOf(w.now, w.site.Zone).AddDays(day.Draw(t, "day")) }
		t.Repeat(map[string]func(*rapid.T){
			"book": func(t *rapid.T) {
				d, at, who := date(), hour.Draw(t, "hour"), person.Draw(t, "who")
				m.before()
				spare := m.spare(d, at, w.house.stays["stay-"+who].Place, "")
				if id, refused := w.book(CheckoutDraft{Day: d, At: at}, who); refused == "" {
					m.booked(t, id, d, at, spare)
				}
				m.after(t, "book")
			},
			"wait": func(t *rapid.T) {
				who, d := person.Draw(t, "who"), date()
				var hours []ClockTime
				if rapid.Bool().Draw(t, "one hour") {
					hours = []ClockTime{hour.Draw(t, "hour")}
				}
				m.before()
				id, refused := w.book(CheckoutDraft{Day: d, Wait: true, Hours: hours}, who)
				if refused == "" {
					m.joins(d, id, w.tickets[id].Place, hours)
				}
				m.after(t, "wait")
			},
			"go and wait": func(t *rapid.T) {
				id, d := m.some(t), date()
				m.before()
				if id != "" && w.does(id, w.tickets[id].Requester, WaitFor, "day", d.String()) == "" {
					m.leaves(id)
					m.joins(d, id, w.tickets[id].Place, nil)
				}
				m.after(t, "go and wait")
			},
			"move": func(t *rapid.T) {
				id, d, at := m.some(t), date(), hour.Draw(t, "hour")
				m.before()
				spare := m.spare(d, at, w.tickets[id].Place, id)
				if id != "" && w.does(id, w.tickets[id].Requester, MoveSlot, "day", d.String(), "slot", at.String()) == "" {
					m.leaves(id)
					m.booked(t, id, d, at, spare)
				}
				m.after(t, "move")
			},
			"express": func(t *rapid.T) {
				id, d := m.some(t), date()
				m.before()
				if id != "" && w.does(id, w.tickets[id].Requester, MoveSlot, "day", d.String(), "express", "1") == "" {
					m.leaves(id)
				}
				m.after(t, "express")
			},
			"cancel": func(t *rapid.T) {
				id := m.some(t)
				m.before()
				if id != "" && w.does(id, w.tickets[id].Requester, Cancel) == "" {
					m.leaves(id)
				}
				m.after(t, "cancel")
			},
			"accept": func(t *rapid.T) {
				id := m.some(t)
				m.before()
				if id != "" && w.does(id, w.tickets[id].Requester, BookSlot) == "" {
					m.leaves(id)
				}
				m.after(t, "accept")
			},
			"decline": func(t *rapid.T) {
				id := m.some(t)
				at := w.tickets[id].offerOf()
				m.before()
				if id != "" && w.does(id, w.tickets[id].Requester, NotThen) == "" {
					m.refuses(id, at, false)
				}
				m.after(t, "decline")
			},
			"nobody there": func(t *rapid.T) {
				id := m.some(t)
				m.before()
				if id != "" {
					w.does(id, "lou", NoShow)
				}
				m.after(t, "nobody there")
			},
			"cut or open": func(t *rapid.T) {
				r := SlotRule{Dates: DateRange{From: date()}, Rooms: rapid.IntRange(1, 3).Draw(t, "rooms")}
				if rapid.IntRange(0, 3).Draw(t, "close") == 0 {
					r = SlotRule{Dates: r.Dates, Closed: true}
				} else if rapid.Bool().Draw(t, "hours") {
					r.Hours = Hours{{From: 9 * 60, To: 10 * 60}}
				}
				m.before()
				if e, _, err := EnterSlots(w, r, w.people["dm"]); err == nil {
					w.happen(e)
				}
				m.settles(w.now)
				m.after(t, "cut or open")
			},
			"time": func(t *rapid.T) {
				m.before()
				m.settles(w.now.Add(time.Duration(rapid.IntRange(5, 600).Draw(t, "minutes")) * time.Minute))
				m.after(t, "time")
			},
			"": m.holds,
		})
	})
}

func (t Ticket) offerOf() ClockTime {
	if t.Checkout == nil {
		return 0
	}
	return t.Checkout.Offer
}

type slotModel struct {
	w      *town
	line   map[Date][]queue
	lapsed map[string]bool
	was    map[string]ClockTime // what was offered to whom before the step
	seen   int                  // events
}

func (m *slotModel) some(t *rapid.T) string {
	ids := slices.Sorted(maps.Keys(m.w.tickets))
	if len(ids) == 0 {
		return ""
	}
	return rapid.SampledFrom(ids).Draw(t, "ticket")
}

func (m *slotModel) joins(d Date, ticket, room string, hours []ClockTime) {
	m.line[d] = append(m.line[d], queue{ticket: ticket, room: room, suits: func(at ClockTime) bool { return len(hours) == 0 || slices.Contains(hours, at) }})
}

func (m *slotModel) leaves(ticket string) {
	for d := range m.line {
		m.line[d] = slices.DeleteFunc(m.line[d], func(q queue) bool { return q.ticket == ticket })
	}
}

// refuses notes that an hour no longer suits somebody; who said nothing goes to the
// end.
func (m *slotModel) refuses(ticket string, at ClockTime, silent bool) {
	for d := range m.line {
		i := slices.IndexFunc(m.line[d], func(q queue) bool { return q.ticket == ticket })
		if i < 0 {
			continue
		}
		q := m.line[d][i]
		suits := q.suits
		q.suits = func(h ClockTime) bool { return h != at && suits(h) }
		m.line[d][i] = q
		if silent {
			m.line[d] = append(slices.Delete(m.line[d], i, i+1), q)
		}
	}
}

// spare is how many places of an hour are left when all who wait for it have had
// theirs; a room that has one needs none.
func (m *slotModel) spare(d Date, at ClockTime, room, but string) int {
	day := m.w.SlotDay("3", d)
	rooms := map[string]bool{}
	for _, p := range day.Places {
		if p.At == at && p.Ticket != but {
			rooms[p.Room] = true
		}
	}
	if rooms[room] {
		return 1
	}
	n := planOf(m.w, "3", d).Places(at) - len(rooms)
	for _, q := range m.line[d] {
		if q.ticket != but && q.suits(at) && m.w.tickets[q.ticket].offerOf() == 0 {
			n--
		}
	}
	return n
}

// booked checks a booking that the desk has accepted: there was a place for it, and
// nobody lost theirs.
func (m *slotModel) booked(t *rapid.T, id string, d Date, at ClockTime, spare int) {
	if c := m.w.tickets[id].Checkout; !c.HasSlot() || c.Day != d || c.Slot != at || spare < 1 {
		t.Fatalf("%s booked %s %s with %d places to spare, and has %+v", id, d, at, spare, c)
	}
	for _, e := range m.w.events[m.seen:] {
		if e.Action == Displace {
			t.Fatalf("%s lost its place to a booking of %s", e.Ticket, id)
		}
	}
}

func (m *slotModel) before() {
	m.was = map[string]ClockTime{}
	for id, t := range m.w.tickets {
		m.was[id] = t.offerOf()
	}
	m.seen = len(m.w.events)
}

// settles lets time pass and follows each lapse and each offer in the order in
// which they happened.
func (m *slotModel) settles(at time.Time) {
	for range 1000 {
		next := at
		for _, t := range m.w.tickets {
			for _, j := range TicketJobs(m.w.site, t) {
				if j.Due.Before(next) {
					next = j.Due
				}
			}
		}
		for _, j := range m.w.due {
			if j.Due.Before(next) {
				next = j.Due
			}
		}
		for _, id := range slices.Sorted(maps.Keys(m.w.tickets)) {
			m.was[id] = m.w.tickets[id].offerOf()
		}
		m.w.until(next.Add(1))
		m.lapses()
		if !next.Before(at) {
			return
		}
	}
}

// lapses brings the model's line up to date with the holds and waits that ran out.
func (m *slotModel) lapses() {
	for _, e := range m.w.events[m.seen:] {
		if e.Action != Lapse {
			continue
		}
		t := m.w.tickets[e.Ticket]
		if !t.Checkout.Lost.IsZero() {
			m.leaves(e.Ticket)
		} else {
			m.refuses(e.Ticket, m.was[e.Ticket], true)
		}
	}
	m.seen = len(m.w.events)
}

// after checks the offers that a step led to: nobody who stood before in the line,
// and whom the hour suits, was passed over.
func (m *slotModel) after(t *rapid.T, what string) {
	for d, line := range m.line {
		day := m.w.SlotDay("3", d)
		for i, q := range line {
			at := m.w.tickets[q.ticket].offerOf()
			if at == 0 || at == m.was[q.ticket] {
				continue
			}
			if len(slices.DeleteFunc(slices.Clone(day.Places), func(p SlotPlace) bool { return p.At != at || p.Room != q.room || p.Ticket == q.ticket })) > 0 {
				continue // With a room-mate: it takes no place from anybody.
			}
			for _, before := range line[:i] {
				if before.suits(at) && m.w.tickets[before.ticket].offerOf() == 0 {
					t.Fatalf("%s: %s was offered %s on %s before %s, who waits longer", what, q.ticket, at, d, before.ticket)
				}
			}
		}
	}
}

// holds is what is true after each step.
func (m *slotModel) holds(t *rapid.T) {
	w := m.w
	has := map[string]string{}
	for key, d := range w.slots.days {
		plan := planOf(w, d.Building, d.Day)
		for _, h := range []ClockTime{9 * 60, 10 * 60} {
			if n, most := len(d.Rooms(h)), plan.Places(h); n > most && !slotPast(w, d.Day, h) {
				t.Fatalf("%s at %s: %d rooms for %d places: %+v", key, h, n, most, d.Places)
			}
		}
		for _, p := range d.Places {
			if has[p.Ticket] != "" && !p.Held {
				t.Fatalf("%s has two places: %s and %s", p.Ticket, has[p.Ticket], key)
			}
			has[p.Ticket] = fmt.Sprintf("%s %s %v", d.Day, p.At, p.Held)
		}
		m.idle(t, d, plan)
	}
	for id, ticket := range w.tickets {
		c := ticket.Checkout
		want := ""
		switch {
		case ticket.State == StateCancelled:
		case c.HasSlot():
			want = fmt.Sprintf("%s %s %v", c.Day, c.Slot, false)
		case c.Waiting && c.Offer != 0:
			want = fmt.Sprintf("%s %s %v", c.Day, c.Offer, true)
		}
		if has[id] != want {
			t.Fatalf("%s (%s): the ticket says %q, the day %q", id, ticket.State, want, has[id])
		}
		delete(has, id)
		if d := w.SlotDay("3", c.Day); c.Waiting != slices.ContainsFunc(d.Waiting, func(x SlotWaiter) bool { return x.Ticket == id }) {
			t.Fatalf("%s: waiting is %v, and the list of %s says otherwise", id, c.Waiting, c.Day)
		}
	}
	if len(has) > 0 {
		t.Fatalf("places of no ticket: %v", has)
	}
}

// idle fails when by day a place is free that somebody waits for.
func (m *slotModel) idle(t *rapid.T, d SlotDay, plan SlotPlan) {
	clock := DateOf(m.w.now, m.w.site.Zone)
	asks := !m.w.now.Before(ClockTime(8*60).On(clock, m.w.site.Zone)) && m.w.now.Before(ClockTime(21*60+30).On(clock, m.w.site.Zone))
	if !asks {
		return
	}
	// An hour is shut twelve hours before it; that at ten, at which nobody is asked any
	// more then, in the morning after one hold.
	until := map[ClockTime]time.Time{
		9 * 60: ClockTime(21*60).On(d.Day.AddDays(-1), m.w.site.Zone), 10 * 60: ClockTime(8*60+30).On(d.Day, m.w.site.Zone),
	}
	for _, q := range m.line[d.Day] {
		if m.w.tickets[q.ticket].offerOf() != 0 {
			continue
		}
		for _, h := range plan.Hours {
			if q.suits(h.At) && !until[h.At].Before(m.w.now) && len(d.Rooms(h.At)) < h.Places {
				t.Fatalf("%s at %s: a place is free, and %s waits for it", d.Day, h.At, q.ticket)
			}
		}
	}
}
