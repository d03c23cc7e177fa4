package desk

import "time"

// checkoutTimers are the timers of bookings. Each reminder is sent once for each
// hour that was booked, and not at all when its sense is gone: to somebody who has
// just booked, or when the hour has come.
var checkoutTimers = []TicketTimer{
	timerCheckoutDay, timerCheckoutHour, timerCheckoutHold, timerCheckoutPast, timerCheckoutLost, timerCheckoutExpress,
}

// visit is when somebody has to be there; of an express checkout the morning of
// the day on which the key is dropped.
func (t Ticket) visit(s *Site) time.Time {
	c := t.Checkout
	switch {
	case c.HasSlot():
		return t.From
	case c.Express:
		return ClockTime(9*60).On(c.Day, s.Zone)
	}
	return zeroTime
}

// timerCheckoutDay reminds a day before: at the same time of day, but not at
// night.
var timerCheckoutDay = TicketTimer{
	Kind: "checkout_day", Of: KindCheckout,
	Due: func(s *Site, t Ticket) time.Time {
		visit := t.visit(s)
		if t.State != StateNew || visit.IsZero() || t.Checkout.Reminded.Day {
			return zeroTime
		}
		due := s.Quiet.Release(s.Calendar.After(visit, Term{Days: -1}), s.Zone)
		if !t.Checkout.At.Before(due) || !due.Before(visit) {
			return zeroTime
		}
		return due
	},
	Fire: func(w World, t Ticket) (Effects, error) {
		key := "checkout.remind_day"
		if t.Checkout.Express {
			key = "checkout.remind_express"
		}
		//locale:key checkout.remind_day checkout.remind_express
		visit := t.visit(w.Site())
		if visit.Sub(w.Now()) < 2*time.Hour {
			return remindVisit(w, t, "checkout_day", "", func(r *CheckoutReminded) { r.Day = true }) // The desk was down; the next reminder is near.
		}
		return remindVisit(w, t, "checkout_day", key, func(r *CheckoutReminded) { r.Day = true })
	},
}

// timerCheckoutHour reminds an hour before, unless that is at night: then the
// reminder of the day before has to do.
var timerCheckoutHour = TicketTimer{
	Kind: "checkout_hour", Of: KindCheckout,
	Due: func(s *Site, t Ticket) time.Time {
		if t.State != StateNew || !t.Checkout.HasSlot() || t.Checkout.Reminded.Hour {
			return zeroTime
		}
		due := t.From.Add(-time.Hour)
		if !t.Checkout.At.Before(due) || s.Quiet.Quiet(due, s.Zone) {
			return zeroTime
		}
		return due
	},
	Fire: func(w World, t Ticket) (Effects, error) {
		key := "checkout.remind_hour"
		if !w.Now().Before(t.From) {
			key = ""
		}
		return remindVisit(w, t, "checkout_hour", key, func(r *CheckoutReminded) { r.Hour = true })
	},
}

// remindVisit reminds whose booking it is, or notes that it was too late for it.
func remindVisit(w World, t Ticket, what, key string, mark func(*CheckoutReminded)) (Effects, error) {
	var told Effects
	var whom []Person
	if key != "" && writable(w, t.Requester) {
		whom = []Person{{ID: t.Requester}}
		told.Say(Message{
			Person: t.Requester, Ticket: t.ID, Class: ClassReminder, Lane: LaneInteractive,
			Text:    T(key, "number", t.Number, "place", Where(w.Site(), t), "at", t.visit(w.Site()), "name", inspectorNames(w, t)),
			Buttons: lookButtons(t),
		})
	}
	return nudgeVisit(w, t, what, whom, mark, told)
}

func nudgeVisit(w World, t Ticket, what string, whom []Person, mark func(*CheckoutReminded), told Effects) (Effects, error) {
	out, err := nudge(w, t, what, 1, whom, func(*Nudges) {}, told)
	if err == nil {
		c := *out.Tickets[0].Checkout
		mark(&c.Reminded)
		out.Tickets[0].Checkout = &c
	}
	return out, err
}

// inspectorNames are those who inspect there, or that it is the desk.
func inspectorNames(w World, t Ticket) []Text {
	var list []Text
	for _, p := range Inspectors(w, t.Checkout.Building) {
		if p.Called() != "" && len(list) < 3 {
			list = append(list, Literal(p.Called()))
		}
	}
	return list
}

// timerCheckoutHold ends a hold, or a wait, that ran out.
var timerCheckoutHold = TicketTimer{
	Kind: "checkout_hold", Of: KindCheckout,
	Due: func(_ *Site, t Ticket) time.Time {
		c := t.Checkout
		if t.State != StateNew || !c.Waiting {
			return zeroTime
		}
		if !c.OfferBy.IsZero() {
			return c.OfferBy
		}
		return c.WaitEnd
	},
	Fire: func(w World, t Ticket) (Effects, error) { return Act(w, t, Lapse, Actor{}, Args{}) },
}

// timerCheckoutPast asks the inspectors about a visit of which nothing was entered,
// half an hour after its end.
var timerCheckoutPast = TicketTimer{
	Kind: "checkout_past", Of: KindCheckout,
	Due: func(_ *Site, t Ticket) time.Time {
		if t.State != StateNew || !t.Checkout.HasSlot() || t.Checkout.Reminded.Past {
			return zeroTime
		}
		return t.To.Add(30 * time.Minute)
	},
	Fire: func(w World, t Ticket) (Effects, error) {
		var told Effects
		people := Inspectors(w, t.Checkout.Building)
		for _, p := range people {
			told.Say(Message{
				Person: p.ID, Ticket: t.ID, Class: ClassReminder, Lane: LaneInteractive,
				Text: T("checkout.past", "number", t.Number, "place", Where(w.Site(), t), "at", t.From),
				Buttons: [][]Button{Row(Button{Label: T("button.checkout_no_show"), Data: PressData(t.ID, NoShow, "")},
					Button{Label: T("button.look"), Data: LookData(t.ID)})},
			})
		}
		return nudgeVisit(w, t, "checkout_past", people, func(r *CheckoutReminded) { r.Past = true }, told)
	},
}

// timerCheckoutLost asks once more, a day later, for a new day; then somebody of
// the desk hears of it, who can phone. So it does after a visit at which nobody
// was there.
var timerCheckoutLost = TicketTimer{
	Kind: "checkout_lost", Of: KindCheckout,
	Due: func(s *Site, t Ticket) time.Time {
		c := t.Checkout
		since := c.Lost
		if t.State == StateNoAccess && c.NoShows < 2 {
			since = t.Since
		}
		if since.IsZero() || c.Reminded.Lost || t.State != StateNew && t.State != StateNoAccess {
			return zeroTime
		}
		return s.Quiet.Release(s.Calendar.After(since, Term{Days: 1}), s.Zone)
	},
	Fire: func(w World, t Ticket) (Effects, error) {
		told := gently(w, t, T("checkout.lost_again", "number", t.Number), rebookButtons(t))
		who := Answerable(w, t)
		told.Say(Message{
			Person: who, Ticket: t.ID, Class: ClassReminder, Lane: LaneInteractive, Buttons: lookButtons(t),
			Text: T("checkout.lost_desk", "number", t.Number, "place", Where(w.Site(), t), "name", nameOf(w, t.Requester)),
		})
		return nudgeVisit(w, t, "checkout_lost", []Person{{ID: who}}, func(r *CheckoutReminded) { r.Lost = true }, told)
	},
}

// timerCheckoutExpress tells the inspectors and the duty manager of an express
// checkout that nobody has looked at in time.
var timerCheckoutExpress = TicketTimer{
	Kind: "checkout_express", Of: KindCheckout,
	Due: func(s *Site, t Ticket) time.Time {
		if t.State != StateNew || !t.Checkout.Express || t.Checkout.Reminded.Past {
			return zeroTime
		}
		return s.Quiet.Release(EndOfDay.On(t.Checkout.Day, s.Zone).Add(s.Checkout.Express), s.Zone)
	},
	Fire: func(w World, t Ticket) (Effects, error) {
		m := Message{
			Ticket: t.ID, Class: ClassReminder, Lane: LaneInteractive, Buttons: lookButtons(t),
			Text: T("checkout.express_late", "number", t.Number, "place", Where(w.Site(), t), "day", t.visit(w.Site())),
		}
		people, told := Inspectors(w, t.Checkout.Building), ToManagers(w, m)
		managers := Managers(w, 0)
		for _, p := range people {
			if !isAmong(managers, p.ID) {
				m.Person = p.ID
				told.Say(m)
			}
		}
		return nudgeVisit(w, t, "checkout_express", people, func(r *CheckoutReminded) { r.Past = true }, told)
	},
}
