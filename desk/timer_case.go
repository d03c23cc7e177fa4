package desk

import "time"

// timerCaseReply watches that a person answers a case in time: those who answer
// for it are reminded shortly before, at the time the next level is told, and a
// term later the one after it. Then it is silent: it stands in every list.
var timerCaseReply = TicketTimer{
	Kind: "case_reply",
	Due: func(s *Site, t Ticket) time.Time {
		c := t.Case
		if c == nil || !t.State.Open() || !c.RepliedAt.IsZero() || c.ReplyBy.IsZero() || c.Back > 0 {
			return zeroTime
		}
		before, after := s.replyMargin(t)
		switch c.Reminded {
		case 0:
			return c.ReplyBy.Add(-before)
		case 1:
			return c.ReplyBy
		case 2:
			return c.ReplyBy.Add(after)
		}
		return zeroTime
	},
	Fire: func(w World, t Ticket) (Effects, error) {
		step := t.Case.Reminded + 1
		told, whom := Effects{}, caseHeads(w, t)
		raised := t
		if step == 1 {
			for _, p := range whom {
				told.Say(Message{
					Person: p.ID, Ticket: t.ID, Class: ClassReminder, Lane: LaneInteractive, Buttons: lookButtons(t),
					Text: T("case.remind_reply", "number", t.Number, "by", t.Case.ReplyBy),
				})
			}
		} else {
			told = levelUp(w, &raised, T("case.up_reply", "number", t.Number, "by", t.Case.ReplyBy))
			whom = answering(w, raised)
		}
		out, err := nudge(w, raised, "reply", step, whom, func(*Nudges) {}, told)
		if err == nil {
			c := *out.Tickets[0].Case
			c.Reminded = step
			out.Tickets[0].Case = &c
		}
		return out, err
	},
}

// replyMargin is how long before its time a reminder comes, and how long after it
// the level after the next is told.
func (s *Site) replyMargin(t Ticket) (before, after time.Duration) {
	if t.Kind != KindComplaint {
		return 24 * time.Hour, 24 * time.Hour
	}
	term := s.Complaints.Reply.Duration
	return term / 3, term
}

// timerCaseDone watches that a complaint is settled: a reminder a day before, and
// a level up when it is late, again a day later.
var timerCaseDone = TicketTimer{
	Kind: "case_done",
	Due: func(s *Site, t Ticket) time.Time {
		if t.Kind != KindComplaint || t.Case == nil || !t.State.Open() || t.Clocks.Done.IsZero() || t.Nudges.Done > 2 {
			return zeroTime
		}
		due := t.Clocks.Done.Add(time.Duration(t.Nudges.Done-1) * 24 * time.Hour)
		return Window(due, s.Complaints.ReplyFrom, s.Complaints.ReplyTo, s.Zone)
	},
	Fire: func(w World, t Ticket) (Effects, error) {
		step := t.Nudges.Done + 1
		told, whom := Effects{}, caseHeads(w, t)
		raised := t
		if step == 1 {
			for _, p := range whom {
				told.Say(Message{
					Person: p.ID, Ticket: t.ID, Class: ClassReminder, Lane: LaneInteractive, Buttons: lookButtons(t),
					Text: T("case.remind_done", "number", t.Number, "by", t.Clocks.Done),
				})
			}
		} else {
			told = levelUp(w, &raised, T("case.up_done", "number", t.Number, "by", t.Clocks.Done))
			whom = answering(w, raised)
		}
		return nudge(w, raised, "done", step, whom, func(n *Nudges) { n.Done = step }, told)
	},
}
