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
		if t.State != StateDone || t.Nudges.Callback > 0 || t.Round != "" {
			return zeroTime
		}
		return askAt(s, t)
	},
	Fire: func(w World, t Ticket) (Effects, error) {
		p, _ := w.Person(whoseCase(w, t))
		ask := func() (Effects, error) { return askCallback(w, t, 1, t.Spoken("callback.ask"), ClassCallback) }
		if (p.Address().IsZero() || p.Unreachable != "" || w.Site().Shut(p, w.Now())) && !t.Anonymous() {
			ask = func() (Effects, error) { return callTask(w, t, false) }
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

// timerCallbackCall lets somebody phone when nobody answers, if the policy says so:
// about all of its kind, or about the sample.
var timerCallbackCall = TicketTimer{
	Kind: "callback_call",
	Due: func(s *Site, t Ticket) time.Time {
		if t.State != StateDone || t.Nudges.Callback != 2 || t.Anonymous() {
			return zeroTime
		}
		p, ok := s.phoned(t)
		if !ok || !p.Done {
			return zeroTime
		}
		return s.callAt(t, p)
	},
	Fire: func(w World, t Ticket) (Effects, error) { return callTask(w, t, false) },
}

// timerCallbackLook lets somebody phone once more some weeks after the work,
// whoever answered how: whether it still holds.
var timerCallbackLook = TicketTimer{
	Kind: "callback_look",
	Due: func(s *Site, t Ticket) time.Time {
		if t.State != StateClosed || t.DoneAt.IsZero() || t.Nudges.Look || t.Call.Open() {
			return zeroTime
		}
		p, ok := s.phoned(t)
		if !ok || p.Later.IsZero() {
			return zeroTime
		}
		return s.callbackWindow(s.Calendar.After(t.DoneAt, p.Later))
	},
	Fire: func(w World, t Ticket) (Effects, error) {
		out, err := callTask(w, t, true)
		if err == nil {
			out.Tickets[0].Nudges.Look = true
		}
		return out, err
	},
}

// timerCallbackLapse ends a call about a closed ticket that nobody made in time.
var timerCallbackLapse = TicketTimer{
	Kind: "callback_lapse",
	Due: func(s *Site, t Ticket) time.Time {
		if t.State != StateClosed || !t.Call.Open() {
			return zeroTime
		}
		return s.Calendar.After(t.Call.At, s.Callback.CloseAfter)
	},
	Fire: func(w World, t Ticket) (Effects, error) {
		return Act(w, t, CallDone, Actor{}, With("result", "lapsed"))
	},
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
		out.Add(enrol(w, &out.Tickets[0], &out.Events[0]))
	}
	return out, err
}
