package desk

import "time"

// timerArrive asks the taker in private whether they are there; once more, a
// quarter of an hour later, it goes to the follower. Of a taker who is off shift
// the follower hears at once.
var timerArrive = TicketTimer{
	Kind: "arrive",
	Due: func(_ *Site, t Ticket) time.Time {
		if t.State != StateTaken || t.Clocks.Arrive.IsZero() || t.Nudges.Arrive > 1 {
			return zeroTime
		}
		return t.Clocks.Arrive.Add(time.Duration(t.Nudges.Arrive) * 15 * time.Minute)
	},
	Fire: func(w World, t Ticket) (Effects, error) {
		told, whom := Effects{}, Disturbed(w, t)
		text := T("arrive.ask", "number", t.Number, "title", Title(w.Site(), t), "place", Where(w.Site(), t))
		buttons := [][]Button{Row(
			Button{Label: T("button.arrived"), Data: PressData(t.ID, Arrive, "")},
			Button{Label: T("button.look"), Data: LookData(t.ID)})}
		if t.Nudges.Arrive == 1 || whom != t.Taker {
			whom = Answerable(w, t)
			text = T("arrive.late", "number", t.Number, "title", Title(w.Site(), t),
				"place", Where(w.Site(), t), "taker", nameOf(w, t.Taker))
			buttons = lookButtons(t)
		}
		told.Say(Message{Person: whom, Ticket: t.ID, Class: classOf(t), Lane: laneOf(t), Text: text, Buttons: buttons})
		level := t.Nudges.Arrive + 1
		if whom != t.Taker {
			level = 2 // It has reached who answers for it; once is enough.
		}
		return nudge(w, t, "arrive", level, []Person{{ID: whom}}, func(n *Nudges) { n.Arrive = level }, told)
	},
}

// timerOverdue tells the follower and the duty manager, once, that a ticket is
// not done in time.
var timerOverdue = TicketTimer{
	Kind: "overdue",
	Due: func(_ *Site, t Ticket) time.Time {
		if t.Case != nil || !t.State.Open() || t.State == StatePaused || t.Nudges.Done > 0 {
			return zeroTime
		}
		return t.Clocks.Done
	},
	Fire: func(w World, t Ticket) (Effects, error) {
		m := Message{
			Ticket: t.ID, Class: ClassReminder, Lane: LaneInteractive, Buttons: lookButtons(t),
			Text: T("overdue.manager", "number", t.Number, "title", Title(w.Site(), t),
				"place", Where(w.Site(), t), "by", t.Clocks.Done, "state", Standing(w, t)),
		}
		managers := Managers(w, 0)
		told := ToManagers(w, m)
		if who := Answerable(w, t); who != "" && !isAmong(managers, who) {
			m.Person = who
			told.Say(m)
		}
		return nudge(w, t, "overdue", 1, managers, func(n *Nudges) { n.Done = 1 }, told)
	},
}

func isAmong(list []Person, id string) bool {
	for _, p := range list {
		if p.Is(id) {
			return true
		}
	}
	return false
}

// timerPause ends a pause at its limit.
var timerPause = TicketTimer{
	Kind: "pause",
	Due: func(_ *Site, t Ticket) time.Time {
		if t.State != StatePaused || t.Pause == nil {
			return zeroTime
		}
		return t.Pause.Until
	},
	Fire: func(w World, t Ticket) (Effects, error) { return Act(w, t, Resume, Actor{}, Args{}) },
}

// timerOffer lets the duty manager decide when the other department says
// nothing.
var timerOffer = TicketTimer{
	Kind: "offer",
	Due: func(s *Site, t Ticket) time.Time {
		if t.State != StateOffered || t.Nudges.Offer > 0 {
			return zeroTime
		}
		return t.Since.Add(s.Limits.OfferFor)
	},
	Fire: func(w World, t Ticket) (Effects, error) {
		x := &turn{w: w, t: t, before: t}
		x.askManager("offer.silent")
		return nudge(w, t, "offer", 1, Managers(w, 0), func(n *Nudges) { n.Offer = 1 }, x.out)
	},
}

// timerNoAccess tells the follower when the resident names no new time within a
// day: somebody should phone.
var timerNoAccess = TicketTimer{
	Kind: "no_access",
	Due: func(_ *Site, t Ticket) time.Time {
		if t.State != StateNoAccess || t.Nudges.Pause > 0 {
			return zeroTime
		}
		return t.Since.Add(24 * time.Hour)
	},
	Fire: func(w World, t Ticket) (Effects, error) {
		told, who := Effects{}, Answerable(w, t)
		told.Say(Message{
			Person: who, Ticket: t.ID, Class: ClassReminder, Lane: LaneInteractive, Buttons: lookButtons(t),
			Text: T("noaccess.silent", "number", t.Number, "title", Title(w.Site(), t), "place", Where(w.Site(), t)),
		})
		return nudge(w, t, "no_access", 1, []Person{{ID: who}}, func(n *Nudges) { n.Pause = 1 }, told)
	},
}
