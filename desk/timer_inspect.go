package desk

import "time"

// PassFeesAfter is how long the department that confirms fees has; then a manager is
// asked.
var PassFeesAfter = Term{Workdays: 2}

// underInspection gives the inspection of a ticket that is being signed, or nil.
func underInspection(t Ticket) *Inspection {
	if t.Checkout == nil || t.State != StateDone {
		return nil
	}
	return t.Checkout.Inspection
}

// timerInspectAnswer waits for the resident to answer the list.
var timerInspectAnswer = TicketTimer{
	Kind: "inspect_answer", Of: KindCheckout,
	Due: func(s *Site, t Ticket) time.Time {
		i := underInspection(t)
		if i == nil || i.Signed.IsZero() || i.Object != nil || i.Settled() {
			return zeroTime
		}
		return Window(i.AnswerBy, s.Callback.From, s.Callback.To, s.Zone)
	},
	Fire: func(w World, t Ticket) (Effects, error) { return Act(w, t, NoAnswer, Actor{}, Args{}) },
}

// timerInspectDecide reminds of an objection that nobody decides: a day later the
// managers, and each day the next level, three times.
var timerInspectDecide = TicketTimer{
	Kind: "inspect_decide", Of: KindCheckout,
	Due: func(s *Site, t Ticket) time.Time {
		i := underInspection(t)
		if i == nil || !i.Object.Open() || t.Nudges.Done >= len(escalation) {
			return zeroTime
		}
		return Window(s.Calendar.After(i.Object.At, Term{Days: t.Nudges.Done + 1}), s.Callback.From, s.Callback.To, s.Zone)
	},
	Fire: func(w World, t Ticket) (Effects, error) {
		level := t.Nudges.Done
		told := ToLevel(w, level, Message{
			Ticket: t.ID, Class: ClassReminder, Lane: LaneInteractive, Buttons: DecideButtons(t),
			Text: T("inspect.undecided", "number", t.Number, "at", t.Checkout.Inspection.Object.At),
		})
		return nudge(w, t, "objection", level, Managers(w, level), func(n *Nudges) { n.Done = level + 1 }, told)
	},
}

// timerInspectFees passes the confirming on when the department has not answered.
var timerInspectFees = TicketTimer{
	Kind: "inspect_fees", Of: KindCheckout,
	Due: func(s *Site, t Ticket) time.Time {
		i := underInspection(t)
		if i == nil || !i.Settled() || i.Finance == "" {
			return zeroTime
		}
		return Window(s.Calendar.After(i.settledAt(), PassFeesAfter), s.Callback.From, s.Callback.To, s.Zone)
	},
	Fire: func(w World, t Ticket) (Effects, error) { return Act(w, t, PassFees, Actor{}, Args{}) },
}

// settledAt is since when the list stands.
func (i *Inspection) settledAt() time.Time {
	switch {
	case i.Object != nil && !i.Object.DecidedAt.IsZero():
		return i.Object.DecidedAt
	case !i.Agreed.IsZero():
		return i.Agreed
	}
	return i.AnswerBy
}

// timerInspectGoods reminds the office of what was left behind.
var timerInspectGoods = TicketTimer{
	Kind: "inspect_goods", Of: KindCheckout,
	Due: func(s *Site, t Ticket) time.Time {
		if t.Checkout == nil || t.Checkout.Inspection == nil || t.State != StateDone && t.State != StateClosed {
			return zeroTime
		}
		var due time.Time
		for _, g := range t.Checkout.Inspection.Goods {
			if g.Told.IsZero() && g.Gone.IsZero() && (due.IsZero() || g.Until.Before(due)) {
				due = g.Until
			}
		}
		if due.IsZero() {
			return zeroTime
		}
		return Window(due, s.Callback.From, s.Callback.To, s.Zone)
	},
	Fire: func(w World, t Ticket) (Effects, error) { return Act(w, t, GoodsDue, Actor{}, Args{}) },
}
