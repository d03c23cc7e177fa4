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
	x.out.Add(enrol(x.w, &x.t, &x.event)) // Who answers unasked is in the frame like all others.
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
	if x.before.State == StateClosed && !x.t.Call.Open() && x.now().After(s.Calendar.After(x.t.DoneAt, s.Callback.ReopenFor)) {
		return Refuse("refuse.old", "number", x.t.Number)
	}
	if next, ok := x.w.Ticket(x.t.Rework); ok && next.State.Open() {
		x.denied() // The same was reported again already.
		return nil
	}
	again := Draft{
		Kind: x.t.Kind, Category: x.t.Category, Summary: x.t.Summary, Place: x.t.Place, Entry: x.t.Entry,
		Urgent: x.t.Urgency.Rings(), Requester: x.t.Requester, FiledBy: x.t.FiledBy, SaidAt: x.actor.SaidAt,
		Files: x.t.Files, Reworks: &x.before, Via: x.actor.Via, Words: x.args.Get("note"),
	}
	if !x.actor.Person.Is(x.t.Requester) {
		again.FiledBy = x.actor.Person.ID
	}
	effects, next := Open(x.w, again)
	x.t.Rework = next.ID
	x.denied()
	x.out.Add(effects)
	x.out.Add(ToManagers(x.w, Message{
		Ticket: next.ID, Class: ClassNotice, Lane: LaneInteractive,
		Text: T("rework.manager", "number", x.t.Number, "next", next.Number, "title", Title(s, next),
			"place", x.place(), "taker", x.takerName(), "times", next.ReworkNo),
		Buttons: lookButtons(next),
	}))
	return nil
}

// denied ends a ticket whose work did not hold. Only who is asked about the work
// and says no denies that it was done; later it is back.
func (x *turn) denied() {
	x.event.Details = nil // What was said stands on the ticket that goes on.
	x.close("resident")
	if x.before.State == StateDone {
		x.t.Rating = "not_fixed"
	}
	x.finishCall("not_fixed")
}

func closeByRule(x *turn) error {
	x.close("rule")
	x.finishCall("lapsed")
	x.out.Add(enrol(x.w, &x.t, &x.event))
	return nil
}

func (x *turn) close(by string) { x.t.ClosedAt, x.t.ClosedBy = x.now(), by }
