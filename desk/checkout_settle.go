package desk

import (
	"slices"
	"time"
)

// JobSettle is the job that brings a day up to date; its subject is the building
// and the day.
const JobSettle = "slots_settle"

func settleJob(building string, day Date, due time.Time) Job {
	return Job{Key: JobSettle + "/" + building + "/" + day.String(), Kind: JobSettle, Subject: building + "/" + day.String(), Due: due}
}

// settleDay brings a day up to date with what is offered on it: bookings for which
// there is no place any more lose it, and places that are free are held for who
// waits, in order. It changes each ticket concerned in the same transaction. self
// is the ticket that is being acted on, and is changed itself.
//
// Nobody is offered anything at night, nor so late that the hold would reach into
// it: then the places wait for the morning with those who wait for them.
func settleDay(w World, d SlotDay, self *Ticket) Effects {
	var out Effects
	plan := planOf(w, d.Building, d.Day)
	d, lost, unheld := d.cut(plan, func(at ClockTime) bool { return slotPast(w, d.Day, at) })
	for _, id := range unheld {
		out.Add(changeOther(w, id, self, Displace, nil, func(t *Ticket, c *Checkout) Effects {
			c.Offer, c.OfferBy = 0, zeroTime
			return gently(w, *t, T("checkout.offer_withdrawn", "number", t.Number), nil)
		}))
	}
	for _, id := range lost {
		out.Add(changeOther(w, id, self, Displace, map[string]string{"lost": "1"}, func(t *Ticket, c *Checkout) Effects {
			was := t.From
			c.fresh(w.Now())
			c.Lost = w.Now()
			t.From, t.To = zeroTime, zeroTime
			return gently(w, *t, T("checkout.displaced", "number", t.Number, "at", was), rebookButtons(*t))
		}))
	}
	if at := offersFrom(w.Site(), w.Now()); at.After(w.Now()) {
		if len(d.Waiting) > 0 && at.Before(w.Now().Add(48*time.Hour)) {
			out.Jobs = append(out.Jobs, settleJob(d.Building, d.Day, at))
		}
	} else {
		var offers []SlotOffer
		d, offers = d.moveUp(plan, w.Now(), func(at ClockTime) bool { return offerShut(w, d.Day, at) })
		for _, o := range offers {
			details := map[string]string{"day": d.Day.String(), "slot": o.At.String()}
			out.Add(changeOther(w, o.Ticket, self, MoveUp, details, func(t *Ticket, c *Checkout) Effects {
				c.Offer, c.OfferBy = o.At, w.Now().Add(w.Site().Checkout.Hold)
				return offerMessage(w, *t)
			}))
		}
	}
	d.Seq++
	out.House.Slots.Days = append(out.House.Slots.Days, d)
	return out
}

// changeOther changes the ticket of somebody whom what was done concerns too, by
// the rule of the day. For the ticket that is being acted on itself there is one
// event, of what was done.
func changeOther(w World, id string, self *Ticket, a Action, details map[string]string, change func(*Ticket, *Checkout) Effects) Effects {
	if self != nil && self.ID == id {
		c := *self.Checkout
		self.Checkout = &c
		return change(self, self.Checkout)
	}
	t, ok := w.Ticket(id)
	if !ok || t.Checkout == nil {
		return Effects{}
	}
	c := *t.Checkout
	t.Checkout, t.Last = &c, nil
	t.Seq++
	out := change(&t, t.Checkout)
	out.Tickets = append(out.Tickets, t)
	out.Events = append(out.Events, Event{Ticket: t.ID, Seq: t.Seq, At: w.Now(), Action: a, From: t.State, To: t.State, Details: details})
	return out
}

// gently says something to whose booking it is that they have not asked for: not
// at night. Who cannot be written to is phoned by who answers for the ticket.
func gently(w World, t Ticket, text Text, rows [][]Button) Effects {
	var out Effects
	s := w.Site()
	m := Message{
		Person: t.Requester, Ticket: t.ID, Class: ClassRegistration, Lane: LaneInteractive, Text: text, Buttons: rows,
		NotBefore: s.Quiet.Release(w.Now(), s.Zone),
	}
	if !writable(w, t.Requester) {
		m.Person = Answerable(w, t)
		m.Text = Lines(T("checkout.phone", "number", t.Number, "name", nameOf(w, t.Requester)), text)
	}
	out.Say(m)
	return out
}

// writable tells whether a message reaches a person.
func writable(w World, person string) bool {
	p, ok := w.Person(person)
	return ok && !p.Address().IsZero() && p.Unreachable == ""
}

// offerMessage offers the hour that is held.
func offerMessage(w World, t Ticket) Effects {
	c := t.Checkout
	from, _ := SlotTimes(w.Site(), c.Day, c.Offer)
	return gently(w, t, T("checkout.offer", "number", t.Number, "at", from, "by", c.OfferBy), [][]Button{Row(
		Button{Label: T("button.checkout_take"), Data: PressData(t.ID, BookSlot, "")},
		Button{Label: T("button.checkout_not"), Data: PressData(t.ID, NotThen, "")})})
}

// rebookButtons let somebody choose another hour, or leave it.
func rebookButtons(t Ticket) [][]Button {
	return [][]Button{Row(
		Button{Label: T("button.checkout_move"), Data: StartData("checkout_move", t.ID)},
		Button{Label: T("button.checkout_cancel"), Data: StartData("checkout_cancel", t.ID)})}
}

// jobSettle brings one day up to date: in the morning after a night in which
// places came free, or when what is offered was changed.
var jobSettle = JobKind{
	Name: JobSettle,
	Run: func(r Reader, j Job) (Effects, error) {
		building, day, ok := settleSubject(j.Subject)
		if !ok {
			return Effects{}, nil
		}
		d := r.SlotDay(building, day)
		if d.Seq == 0 {
			return Effects{}, nil
		}
		return settleDay(r, d, nil), nil
	},
}

func settleSubject(subject string) (building string, day Date, ok bool) {
	i := len(subject) - len("/2026-01-01")
	if i < 1 {
		return "", Date{}, false
	}
	day, err := ParseDate(subject[i+1:])
	return subject[:i], day, err == nil
}

// jobSettleAll looks at all days ahead each morning: a change of the configuration
// reaches what was booked before it.
var jobSettleAll = JobKind{
	Name:   "slots_morning",
	Gather: true,
	Cron:   func(*Site) string { return "0 8 * * *" },
	Run: func(r Reader, _ Job) (Effects, error) {
		today := DateOf(r.Now(), r.Site().Zone)
		return settleJobs(r, "", DateRange{From: today, To: today.AddDays(400)}, r.Now()), nil
	},
}

// jobSlotsChanged settles the days that a rule entered in chat touches.
var jobSlotsChanged = JobKind{
	Name:   "slots_changed",
	Gather: true,
	Run: func(r Reader, j Job) (Effects, error) {
		rule, ok := r.SlotRule(j.Subject)
		if !ok {
			return Effects{}, nil
		}
		buildings := rule.Buildings
		if len(buildings) == 0 {
			buildings = []string{""}
		}
		var out Effects
		for _, b := range buildings {
			out.Add(settleJobs(r, b, DateRange{From: rule.Dates.From, To: rule.Last()}, r.Now()))
		}
		return out, nil
	},
}

func settleJobs(r Reader, building string, dates DateRange, due time.Time) Effects {
	var out Effects
	today := DateOf(r.Now(), r.Site().Zone)
	for _, d := range r.SlotDays(building, dates) {
		if d.Day.Compare(today) >= 0 && len(d.Places)+len(d.Waiting) > 0 {
			out.Jobs = append(out.Jobs, settleJob(d.Building, d.Day, due))
		}
	}
	slices.SortFunc(out.Jobs, func(a, b Job) int { return slices.Compare([]byte(a.Key), []byte(b.Key)) })
	return out
}
