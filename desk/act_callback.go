package desk

import "slices"

// rate is the resident's "yes, it is good" or "so-so".
func rate(x *turn) error {
	rating := x.args.Get("rating")
	if rating != "good" && rating != "fair" {
		return Refuse("refuse.which")
	}
	x.close("resident")
	x.t.Rating = rating
	x.finishCall(rating)
	return nil
}

// wanting keeps what could have been better.
func wanting(x *turn) error {
	what := x.args.Get("what")
	if !slices.Contains([]string{"speed", "quality", "manner"}, what) || slices.Contains(x.t.Wanting, what) {
		return Refuse("refuse.which")
	}
	x.t.Wanting = append(x.t.Wanting, what)
	return nil
}

// notFixed opens a linked rework with a clock of its own; a "done" that the
// resident denies was not in time. Within the period that the site sets it also
// answers "it's back" on a closed ticket.
func notFixed(x *turn) error {
	s := x.site()
	if x.before.State == StateClosed && x.now().After(s.Calendar.After(x.t.DoneAt, s.Callback.ReopenFor)) {
		return Refuse("refuse.old", "number", x.t.Number)
	}
	again := Draft{
		Kind: x.t.Kind, Category: x.t.Category, Summary: x.t.Summary, Place: x.t.Place, Entry: x.t.Entry,
		Urgent: x.t.Urgency.Rings(), Requester: x.t.Requester, FiledBy: x.t.FiledBy, SaidAt: x.actor.SaidAt,
		Files: x.t.Files, Reworks: &x.before, Via: x.actor.Via,
	}
	if !x.actor.Person.Is(x.t.Requester) {
		again.FiledBy = x.actor.Person.ID
	}
	effects, next := Open(x.w, again)
	x.t.Rework = next.ID
	x.t.ClosedAt, x.t.ClosedBy = x.now(), "resident"
	if x.before.State == StateDone {
		x.t.Rating = "not_fixed"
	}
	x.finishCall("not_fixed")
	x.out.Add(effects)
	x.out.Add(ToManagers(x.w, Message{
		Ticket: next.ID, Class: ClassNotice, Lane: LaneInteractive,
		Text: T("rework.manager", "number", x.t.Number, "next", next.Number, "title", Title(s, next),
			"place", x.place(), "taker", x.takerName(), "times", next.ReworkNo),
		Buttons: lookButtons(next),
	}))
	return nil
}

// callDone keeps the result of a call task. A good or so-so answer closes as if
// the resident had pressed; "not fixed" is an action of its own.
func callDone(x *turn) error {
	result := x.args.Get("result")
	switch result {
	case "good", "fair":
		if x.t.State == StateDone {
			x.enter(StateClosed)
			x.t.ClosedAt, x.t.ClosedBy = x.now(), "desk"
		}
		x.t.Rating = result
	case "no_answer":
	default:
		return Refuse("refuse.which")
	}
	if x.t.Call == nil || x.t.Call.Result != "" && x.t.Call.Result != "no_answer" {
		return Refuse("call.closed", "number", x.t.Number)
	}
	x.finishCall(result)
	return nil
}

// finishCall settles an open call task, whoever answered it and how.
func (x *turn) finishCall(result string) {
	if x.t.Call == nil || x.t.Call.Result != "" && x.t.Call.Result != "no_answer" {
		return
	}
	call := *x.t.Call
	call.Result, call.By = result, x.actor.Person.ID
	x.t.Call = &call
	x.out.CallTasks = append(x.out.CallTasks, CallTask{
		Ticket: x.t.ID, Person: x.t.Requester, Created: call.At, Done: x.now(), Result: result, By: call.By,
	})
}

func closeByRule(x *turn) error {
	x.close("rule")
	return nil
}

func (x *turn) close(by string) { x.t.ClosedAt, x.t.ClosedBy = x.now(), by }
