package desk

import (
	"time"
)

// timerCallbackAsk asks the resident, some time after the work was done and in
// the hours when people may be asked, whether it is good. Everybody is asked;
// who has no account, or cannot be written to any more, is phoned.
var timerCallbackAsk = TicketTimer{
	Kind: "callback_ask",
	Due: func(s *Site, t Ticket) time.Time {
		if t.State != StateDone || t.Nudges.Callback > 0 {
			return zeroTime
		}
		return askAt(s, t)
	},
	Fire: func(w World, t Ticket) (Effects, error) {
		p, _ := w.Person(whoseCase(w, t))
		ask := func() (Effects, error) { return askCallback(w, t, 1, t.Spoken("callback.ask"), ClassCallback) }
		if (p.Address().IsZero() || p.Unreachable != "" || w.Site().Shut(p, w.Now())) && !t.Anonymous() {
			ask = func() (Effects, error) { return callTask(w, t) }
		}
		out, err := ask()
		if err == nil {
			out.Add(joinedDone(w, t))
		}
		return out, err
	},
}

// timerCallbackRemind asks a second and last time.
var timerCallbackRemind = TicketTimer{
	Kind: "callback_remind",
	Due: func(s *Site, t Ticket) time.Time {
		if t.State != StateDone || t.Nudges.Callback != 1 {
			return zeroTime
		}
		return s.callbackWindow(s.Calendar.After(t.AskedAt, s.Callback.RemindAfter))
	},
	Fire: func(w World, t Ticket) (Effects, error) {
		return askCallback(w, t, 2, t.Spoken("callback.remind"), ClassReminder)
	},
}

// timerCallbackCall makes a call task of silence, for reworks and for the
// categories that the site names.
var timerCallbackCall = TicketTimer{
	Kind: "callback_call",
	Due: func(s *Site, t Ticket) time.Time {
		c, _ := s.Category(t.Category)
		if t.State != StateDone || t.Nudges.Callback != 2 || t.Anonymous() || !c.Call && t.ReworkNo == 0 && t.Kind != KindComplaint {
			return zeroTime
		}
		return s.callbackWindow(s.Calendar.After(t.AskedAt, s.Callback.CallAfter))
	},
	Fire: callTask,
}

// timerCallbackClose closes by rule; the resident can still say that it is back.
var timerCallbackClose = TicketTimer{
	Kind: "callback_close",
	Due: func(s *Site, t Ticket) time.Time {
		if t.State != StateDone {
			return zeroTime
		}
		return s.Calendar.After(t.DoneAt, s.Callback.CloseAfter)
	},
	Fire: func(w World, t Ticket) (Effects, error) { return Act(w, t, Closed, Actor{}, Args{}) },
}

func (s *Site) callbackWindow(t time.Time) time.Time {
	return Window(t, s.Callback.From, s.Callback.To, s.Zone)
}

// CallbackButtons are the three answers to the callback question.
func CallbackButtons(t Ticket) [][]Button {
	if t.Case != nil {
		return [][]Button{
			Row(Button{Label: T("button.call_good"), Data: PressData(t.ID, Rate, "good")},
				Button{Label: T("button.call_fair"), Data: PressData(t.ID, Rate, "fair")}),
			Row(Button{Label: T(t.Spoken("button.not_fixed")), Data: PressData(t.ID, NotFixed, "")}),
		}
	}
	return [][]Button{
		Row(Button{Label: T("button.good"), Data: PressData(t.ID, Rate, "good")},
			Button{Label: T("button.fair"), Data: PressData(t.ID, Rate, "fair")}),
		Row(Button{Label: T(t.Spoken("button.not_fixed")), Data: PressData(t.ID, NotFixed, "")}),
	}
}

func askCallback(w World, t Ticket, level int, key string, class Class) (Effects, error) {
	s := w.Site()
	told := Effects{}
	told.Say(Message{
		Person: whoseCase(w, t), Ticket: t.ID, Class: class, Lane: LaneInteractive,
		Text: T(key, "number", t.Number, "title", Title(s, t), "taker", nameOf(w, t.Taker), "at", t.DoneAt,
			"close", s.Calendar.After(t.DoneAt, s.Callback.CloseAfter)),
		Buttons: CallbackButtons(t),
	})
	asked := []Person{{ID: t.Requester}}
	if t.Anonymous() {
		asked = nil // The history does not tell who it is.
	}
	out, err := nudge(w, t, "callback", level, asked, func(n *Nudges) { n.Callback = level }, told)
	if err == nil {
		out.Tickets[0].AskedAt = w.Now()
	}
	return out, err
}

// callTask asks the follower, or whoever operates the desk, to phone: with the
// number, a sentence to say, and buttons for the result.
func callTask(w World, t Ticket) (Effects, error) {
	p, _ := w.Person(t.Requester)
	phone := Text{}
	if p.Phone != "" {
		phone = T("call.phone", "phone", p.Phone)
	}
	script := T("call.script", "taker", nameOf(w, t.Taker), "at", t.DoneAt, "title", Title(w.Site(), t))
	if t.Case != nil {
		script = T("call.script_complaint", "number", t.Number, "at", t.DoneAt)
	}
	told := Effects{}
	m := Message{
		Ticket: t.ID, Class: ClassNotice, Lane: LaneInteractive,
		Text: Lines(T("call.task", "number", t.Number, "title", Title(w.Site(), t),
			"place", Where(w.Site(), t), "name", p.Called()), phone,
			script),
		Buttons: [][]Button{
			Row(Button{Label: T("button.call_good"), Data: PressData(t.ID, CallDone, "good")},
				Button{Label: T("button.call_fair"), Data: PressData(t.ID, CallDone, "fair")}),
			Row(Button{Label: T(t.Spoken("button.not_fixed")), Data: PressData(t.ID, NotFixed, "")},
				Button{Label: T("button.no_answer"), Data: PressData(t.ID, CallDone, "no_answer")}),
		},
	}
	whom := whoPhones(w)
	if t.Case != nil {
		whom = caseHeads(w, t) // A complaint is the manager's own call.
	}
	for _, c := range whom {
		m.Person = c.ID
		told.Say(m)
	}
	told.CallTasks = append(told.CallTasks, CallTask{Ticket: t.ID, Person: t.Requester, Created: w.Now()})
	out, err := nudge(w, t, "call", 3, whom, func(n *Nudges) { n.Callback = 3 }, told)
	if err == nil {
		out.Tickets[0].Call = &Call{At: w.Now()}
	}
	return out, err
}
