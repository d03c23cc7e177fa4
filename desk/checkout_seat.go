package desk

import (
	"slices"
	"time"
)

// seat is a booking while it is changed: its ticket, and what the rows of the days
// make of it.
type seat struct {
	w World
	t *Ticket
	// desk books what a resident can no longer: up to the hour itself.
	desk bool
	out  Effects
}

// own makes the checkout of the ticket its own: the ticket as it was keeps another.
func (b *seat) own() *Checkout {
	c := *b.t.Checkout
	b.t.Checkout = &c
	return b.t.Checkout
}

func (b *seat) shut(day Date, at ClockTime) bool {
	if b.desk {
		return slotPast(b.w, day, at)
	}
	return slotShut(b.w, day, at)
}

// within refuses a day that is past or too far ahead.
func (b *seat) within(day Date) error {
	today := DateOf(b.w.Now(), b.w.Site().Zone)
	if day.Compare(today) < 0 || day.Compare(today.AddDays(b.w.Site().Checkout.Ahead)) > 0 {
		return Refuse("checkout.day_far", "n", b.w.Site().Checkout.Ahead)
	}
	return nil
}

// leave gives back what the booking has on a day other than the given one.
func (b *seat) leave(but Date) {
	c := b.t.Checkout
	if c.Day.IsZero() || c.Day == but {
		return
	}
	b.settle(b.w.SlotDay(c.Building, c.Day).drop(b.t.ID))
}

// settle brings a day up to date after a change, and keeps it.
func (b *seat) settle(d SlotDay) { b.out.Add(settleDay(b.w, d, b.t)) }

// fresh is the booking without an hour, a wait or an offer.
func (c *Checkout) fresh(now time.Time) {
	c.Day, c.Slot, c.At, c.Express, c.Waiting, c.Lost = Date{}, 0, now, false, false, zeroTime
	c.WaitEnd, c.Offer, c.OfferBy, c.Reminded = zeroTime, 0, zeroTime, CheckoutReminded{}
}

// seated notes the hour on the ticket.
func (b *seat) seated(day Date, at ClockTime) {
	c := b.own()
	c.fresh(b.w.Now())
	c.Day, c.Slot = day, at
	b.t.From, b.t.To = SlotTimes(b.w.Site(), day, at)
}

// book takes an hour; what the booking had before it gives back in the same
// transaction.
func (b *seat) book(day Date, at ClockTime) error {
	c := *b.t.Checkout
	switch {
	case c.HasSlot() && c.Day == day && c.Slot == at && b.t.State == StateNew:
		return Refuse("checkout.same", "number", b.t.Number)
	case b.shut(day, at):
		return Refuse("checkout.shut")
	}
	if err := b.within(day); err != nil {
		return err
	}
	d, ok := b.w.SlotDay(c.Building, day).take(planOf(b.w, c.Building, day), SlotPlace{
		Ticket: b.t.ID, Room: b.t.Place, At: at, Since: b.w.Now(),
	}, offerShut(b.w, day, at))
	if !ok {
		return Refuse("checkout.taken", "at", at.On(day, b.w.Site().Zone))
	}
	b.leave(day)
	b.seated(day, at)
	b.settle(d)
	b.today(day)
	return nil
}

// wait goes on the waiting list of a day; none of the hours means any.
func (b *seat) wait(day Date, hours []ClockTime) error {
	c := b.t.Checkout
	if err := b.within(day); err != nil {
		return err
	}
	end := time.Time{}
	for _, h := range planOf(b.w, c.Building, day).Hours {
		if (len(hours) == 0 || slices.Contains(hours, h.At)) && !slotShut(b.w, day, h.At) {
			if last := waitEnds(b.w.Site(), day, h.At); last.After(end) {
				end = last
			}
		}
	}
	if end.IsZero() {
		return Refuse("checkout.shut")
	}
	b.leave(day)
	d := b.w.SlotDay(c.Building, day).wait(SlotWaiter{Ticket: b.t.ID, Room: b.t.Place, Since: b.w.Now(), Hours: hours})
	c = b.own()
	c.fresh(b.w.Now())
	c.Day, c.Waiting, c.WaitEnd = day, true, end
	b.t.From, b.t.To = zeroTime, zeroTime
	b.settle(d)
	return nil
}

// express needs no hour: the key is dropped on the day.
func (b *seat) express(day Date) error {
	if err := b.within(day); err != nil {
		return err
	}
	c := b.t.Checkout
	b.leave(day)
	d := b.w.SlotDay(c.Building, day).drop(b.t.ID)
	d.Express = append(d.Express, b.t.ID)
	c = b.own()
	c.fresh(b.w.Now())
	c.Day, c.Express = day, true
	b.t.From, b.t.To = zeroTime, zeroTime
	b.settle(d)
	b.today(day)
	return nil
}

// today tells the inspectors of what is booked for the day on which it is booked:
// their list of the day may have been read.
func (b *seat) today(day Date) {
	s := b.w.Site()
	if day != DateOf(b.w.Now(), s.Zone) {
		return
	}
	key := "checkout.today_slot"
	if b.t.Checkout.Express {
		key = "checkout.today_express"
	}
	for _, p := range Inspectors(b.w, b.t.Checkout.Building) {
		b.out.Say(Message{
			Person: p.ID, Ticket: b.t.ID, Class: ClassNotice, Lane: LaneInteractive, Buttons: lookButtons(*b.t),
			Text: T(key, "number", b.t.Number, "place", Where(s, *b.t), "at", b.t.From), //locale:key checkout.today_slot checkout.today_express
		})
	}
}
