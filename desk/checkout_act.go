package desk

import (
	"slices"
	"strings"
	"time"
)

// seat begins a change of the booking by whoever acts.
func (x *turn) seat() *seat {
	return &seat{w: x.w, t: &x.t, desk: x.actor.Person.Desk() || x.actor.rule()}
}

// seated keeps what a change of the booking led to.
func (x *turn) seated(b *seat, err error) error {
	if err == nil {
		x.out.Add(b.out)
	}
	return err
}

// changeable refuses a change that comes too late: the resident's own up to the
// lead time, and after a second time at which nobody was there.
func (x *turn) changeable() error {
	c := x.t.Checkout
	switch {
	case x.actor.Person.Desk() || x.actor.rule():
		return nil
	case c.NoShows > 1:
		return Refuse("checkout.no_more", "number", x.t.Number)
	case x.before.State == StateNew && c.HasSlot() && slotShut(x.w, c.Day, c.Slot):
		return Refuse("checkout.late", "number", x.t.Number, "lead", x.site().Checkout.Lead)
	}
	return nil
}

// bookSlot takes the place that is held. Whether it still is says the row of the
// day and not the clock: a desk that was down does not make anybody miss it.
func bookSlot(x *turn) error {
	b, c := x.seat(), x.t.Checkout
	at := c.Offer
	d, ok := x.w.SlotDay(c.Building, c.Day).accept(x.t.ID, x.now())
	if !ok || !c.Waiting || slotPast(x.w, c.Day, at) {
		return Refuse("checkout.offer_gone", "number", x.t.Number)
	}
	x.event.Details = map[string]string{"day": c.Day.String(), "slot": at.String()}
	b.seated(c.Day, at)
	b.settle(d)
	b.today(c.Day)
	return x.seated(b, nil)
}

// notThen gives the place that is held to the next; whoever declines keeps theirs
// on the list.
func notThen(x *turn) error {
	b, c := x.seat(), x.t.Checkout
	day := x.w.SlotDay(c.Building, c.Day)
	if !c.Waiting || !day.offered(x.t.ID) {
		return Refuse("checkout.offer_gone", "number", x.t.Number)
	}
	day, _ = day.pass(x.t.ID, false)
	c = b.own()
	c.Offer, c.OfferBy = 0, zeroTime
	b.settle(day)
	return x.seated(b, nil)
}

// moveSlot books another hour, or none at all.
func moveSlot(x *turn) error {
	if err := x.changeable(); err != nil {
		return err
	}
	day, err := ParseDate(x.args.Get("day"))
	if err != nil {
		return Refuse("refuse.which")
	}
	b := x.seat()
	if x.args.Get("express") != "" {
		return x.seated(b, b.express(day))
	}
	at, err := ParseClockTime(x.args.Get("slot"))
	if err != nil {
		return Refuse("refuse.which")
	}
	return x.seated(b, b.book(day, at))
}

// waitFor goes on the waiting list of a day instead of what there was.
func waitFor(x *turn) error {
	if err := x.changeable(); err != nil {
		return err
	}
	day, err := ParseDate(x.args.Get("day"))
	if err != nil {
		return Refuse("refuse.which")
	}
	hours, err := parseSlots(x.args.Get("hours"))
	if err != nil {
		return Refuse("refuse.which")
	}
	b := x.seat()
	return x.seated(b, b.wait(day, hours))
}

// parseSlots reads the beginnings of hours with commas between.
func parseSlots(text string) ([]ClockTime, error) {
	var list []ClockTime
	for part := range strings.SplitSeq(text, ",") {
		if part == "" {
			continue
		}
		at, err := ParseClockTime(part)
		if err != nil {
			return nil, err
		}
		list = append(list, at)
	}
	return list, nil
}

// missedMost is how many offers somebody may let go by before they are taken off
// the waiting list.
const missedMost = 2

// lapse ends a hold that ran out, or a wait that was in vain.
func lapse(x *turn) error {
	b, c := x.seat(), x.t.Checkout
	day := x.w.SlotDay(c.Building, c.Day)
	over := !c.WaitEnd.After(x.now().Add(time.Minute))
	var waiter SlotWaiter
	day, waiter = day.pass(x.t.ID, true)
	at := c.Offer
	c = b.own()
	c.Offer, c.OfferBy = 0, zeroTime
	from, _ := SlotTimes(x.site(), c.Day, at)
	switch {
	case over || waiter.Missed >= missedMost:
		day = day.drop(x.t.ID)
		waited := ClockTime(0).On(c.Day, x.site().Zone)
		c.fresh(x.now())
		c.Lost = x.now()
		x.event.Details = map[string]string{"lost": "1"}
		key := "checkout.missed_twice"
		switch {
		case over && at != 0:
			key = "checkout.missed_last"
		case over:
			key = "checkout.in_vain"
		}
		//locale:key checkout.missed_twice checkout.in_vain checkout.missed_last
		x.out.Add(gently(x.w, x.t, T(key, "number", x.t.Number, "day", waited, "at", from), rebookButtons(x.t)))
	default:
		x.out.Add(gently(x.w, x.t, T("checkout.missed", "number", x.t.Number, "at", from), nil))
	}
	b.settle(day)
	return x.seated(b, nil)
}

// noShow says that the inspector found nobody: one new visit is offered, and after
// a second time a manager hears of it.
func noShow(x *turn) error {
	c := *x.t.Checkout
	earliest := x.t.From.Add(x.site().Checkout.NoShow)
	switch {
	case !c.HasSlot():
		return Refuse("checkout.no_slot", "number", x.t.Number)
	case x.now().Before(earliest):
		return Refuse("checkout.soon", "at", earliest)
	}
	c.NoShows++
	c.Reminded.Past = true
	x.t.Checkout = &c
	was := x.t.From
	if c.NoShows < 2 {
		x.tellOwner(T("checkout.no_show", "number", x.t.Number, "at", was), rebookButtons(x.t))
		return nil
	}
	x.tellOwner(T("checkout.no_show_again", "number", x.t.Number, "at", was), nil)
	x.out.Add(ToManagers(x.w, Message{
		Ticket: x.t.ID, Class: ClassNotice, Lane: LaneInteractive, Buttons: lookButtons(x.t),
		Text: T("checkout.no_show_manager", "number", x.t.Number, "name", x.stayName(), "place", x.place(), "n", c.NoShows),
	}))
	return nil
}

// tellOwner says something to whose booking it is, unless they did it themselves.
func (x *turn) tellOwner(text Text, rows [][]Button) {
	if !x.actor.Person.Is(x.t.Requester) {
		x.out.Add(gently(x.w, x.t, text, rows))
	}
}

// stayName is who leaves.
func (x *turn) stayName() string {
	if s, ok := x.w.Stay(x.t.Checkout.Stay); ok && s.Name != "" {
		return s.Name
	}
	return nameOf(x.w, x.t.Requester)
}

// cancelCheckout ends the booking: its place is free at once.
func cancelCheckout(x *turn) error {
	if err := x.changeable(); err != nil && x.t.Checkout.NoShows < 2 {
		return err
	}
	b := x.seat()
	b.leave(Date{})
	b.own().fresh(x.now())
	x.t.From, x.t.To = zeroTime, zeroTime
	x.t.ClosedAt, x.t.ClosedBy = x.now(), "resident"
	if !x.actor.Person.Is(x.t.Requester) {
		x.t.ClosedBy = "desk"
		x.out.Add(gently(x.w, x.t, T("checkout.cancelled_for_you", "number", x.t.Number, "name", x.actor.Person.Called()), nil))
	}
	if s, ok := x.w.Stay(x.t.Checkout.Stay); ok && s.State == StayLeaving {
		before := s
		s.State = StayIn
		put, _ := PutStay(x.w, before, s, "stays", x.actor.Person.ID, map[string]string{"ticket": x.t.ID})
		b.out.Add(put)
	}
	return x.seated(b, nil)
}

// openCheckout is the checkout of a stay that has not ended yet.
func openCheckout(w World, stay string) (Ticket, bool) {
	list := w.CheckoutsOf(stay)
	i := slices.IndexFunc(list, func(t Ticket) bool { return t.State.Open() || t.State == StateDone })
	if i < 0 {
		return Ticket{}, false
	}
	return list[i], true
}
