package desk

import "time"

// InspectionNudged says how often somebody was reminded of what is unfinished: the
// first time who has to do it, the second time a manager.
type InspectionNudged struct {
	Inspector int `json:"inspector,omitempty"`
	Resident  int `json:"resident,omitempty"`
	// Fees counts the reminders of managers to confirm.
	Fees int `json:"fees,omitempty"`
}

// touched is when something was last entered into a list that is not closed.
func (i *Inspection) touched() time.Time {
	last := i.Started
	for _, m := range i.Marks {
		if m.At.After(last) {
			last = m.At
		}
	}
	for _, g := range i.Goods {
		if g.At.After(last) {
			last = g.At
		}
	}
	return last
}

// NextMorning is nine o'clock, or when people may be called, on the next working day
// after a time.
func (s *Site) NextMorning(t time.Time) time.Time {
	date := DateOf(t, s.Zone).AddDays(1)
	for range 60 { // No holidays are longer.
		if s.Calendar.WorkdayOn(date) {
			break
		}
		date = date.AddDays(1)
	}
	return s.Quiet.Release(Window(ClockTime(9*60).On(date, s.Zone), s.Callback.From, s.Callback.To, s.Zone), s.Zone)
}

// timerInspectOpen reminds of an inspection that was begun and not finished: its
// inspector when nothing was entered for a while, but not at night, and the managers
// on the next working morning.
var timerInspectOpen = TicketTimer{
	Kind: "inspect_open", Of: KindCheckout,
	Due: func(s *Site, t Ticket) time.Time {
		if s.Inspection.RemindInspector <= 0 || t.State != StateArrived || t.Checkout.Inspection == nil || t.Checkout.Inspection.Nudged.Inspector > 1 {
			return zeroTime
		}
		i := t.Checkout.Inspection
		due := s.Quiet.Release(i.touched().Add(s.Inspection.RemindInspector), s.Zone)
		if i.Nudged.Inspector == 0 {
			return due
		}
		return s.NextMorning(due)
	},
	Fire: func(w World, t Ticket) (Effects, error) {
		i := t.Checkout.Inspection
		args := []any{"number", t.Number, "place", BedText(w.Site(), t.Place, t.Checkout.Bed), "at", i.Started, "name", nameOf(w, i.By)}
		if i.Nudged.Inspector > 0 {
			told := ToManagers(w, Message{
				Ticket: t.ID, Class: ClassReminder, Lane: LaneInteractive, Text: T("inspect.open_manager", args...), Buttons: lookButtons(t),
			})
			return nudgeInspection(w, t, "inspect_open", 2, Managers(w, 0), told, func(n *InspectionNudged) { n.Inspector = 2 })
		}
		told := tellInspectors(w, t, T("inspect.open", args...), Row(Button{Label: T("button.inspect_on"), Data: StartData("inspect", t.ID)}))
		var whom []Person
		for n, m := range told.Messages {
			told.Messages[n].Class, told.Messages[n].Silent = ClassReminder, OffShift(w, m.Person)
			whom = append(whom, Person{ID: m.Person})
		}
		return nudgeInspection(w, t, "inspect_open", 1, whom, told, func(n *InspectionNudged) { n.Inspector = 1 })
	},
}

// timerInspectUnsigned reminds a resident of the list that waits for their signature,
// and on the next working morning the managers, who can phone. After a dropped key
// silence means yes, and only the resident is reminded.
var timerInspectUnsigned = TicketTimer{
	Kind: "inspect_unsigned", Of: KindCheckout,
	Due: func(s *Site, t Ticket) time.Time {
		i := underInspection(t)
		if s.Inspection.RemindResident <= 0 || i == nil || i.Signed.IsZero() || i.Object != nil || i.Settled() || i.Nudged.Resident > 1 || i.Nudged.Resident > 0 && t.Checkout.Express {
			return zeroTime
		}
		due := s.Quiet.Release(i.Signed.Add(s.Inspection.RemindResident), s.Zone)
		if i.Nudged.Resident > 0 {
			due = s.NextMorning(due)
		}
		if !due.Before(i.AnswerBy) {
			return zeroTime // Then it is decided without them.
		}
		return due
	},
	Fire: func(w World, t Ticket) (Effects, error) {
		i := t.Checkout.Inspection
		if i.Nudged.Resident > 0 {
			told := ToManagers(w, Message{
				Ticket: t.ID, Class: ClassReminder, Lane: LaneInteractive, Buttons: lookButtons(t),
				Text: T("inspect.unsigned_manager", "number", t.Number, "place", BedText(w.Site(), t.Place, t.Checkout.Bed), "name", nameOf(w, t.Requester),
					"at", i.Signed, "by", i.AnswerBy),
			})
			return nudgeInspection(w, t, "inspect_unsigned", 2, Managers(w, 0), told, func(n *InspectionNudged) { n.Resident = 2 })
		}
		told := gently(w, t, Lines(T("inspect.unsigned", "number", t.Number), AnswerText(t)), SignButtons(t))
		return nudgeInspection(w, t, "inspect_unsigned", 1, []Person{{ID: t.Requester}}, told, func(n *InspectionNudged) { n.Resident = 1 })
	},
}

// timerInspectUnconfirmed reminds the managers of fees that nobody has confirmed: on
// the next working morning, and each working morning after it the next level, three
// times. A department that confirms has its own time, see timerInspectFees.
var timerInspectUnconfirmed = TicketTimer{
	Kind: "inspect_unconfirmed", Of: KindCheckout,
	Due: func(s *Site, t Ticket) time.Time {
		i := underInspection(t)
		if s.Inspection.RemindResident <= 0 || i == nil || !i.Settled() || i.Finance != "" || i.Nudged.Fees >= len(escalation) {
			return zeroTime
		}
		due := s.NextMorning(i.settledAt())
		for range i.Nudged.Fees {
			due = s.NextMorning(due)
		}
		return due
	},
	Fire: func(w World, t Ticket) (Effects, error) {
		level := t.Checkout.Inspection.Nudged.Fees
		told := ToLevel(w, level, Message{
			Ticket: t.ID, Class: ClassReminder, Lane: LaneInteractive, Text: FeesText(w, t), Buttons: feesButtons(t),
		})
		return nudgeInspection(w, t, "inspect_unconfirmed", level+1, Managers(w, level), told, func(n *InspectionNudged) { n.Fees = level + 1 })
	},
}

// nudgeInspection notes on the inspection that somebody was reminded.
func nudgeInspection(w World, t Ticket, what string, level int, whom []Person, told Effects, mark func(*InspectionNudged)) (Effects, error) {
	out, err := nudge(w, t, what, level, whom, func(*Nudges) {}, told)
	if err == nil {
		c := *out.Tickets[0].Checkout
		i := *c.Inspection
		mark(&i.Nudged)
		c.Inspection, out.Tickets[0].Checkout = &i, &c
	}
	return out, err
}
