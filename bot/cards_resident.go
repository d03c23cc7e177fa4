package bot

import (
	"time"

	"frontdesk/desk"
)

// requester is the resident's own view: who has it and when, and what can be
// done about it. It is one message that changes in place.
func (c *card) requester() (desk.Text, [][]desk.Button) {
	t := c.t
	if t.Case != nil {
		return c.caseOwn()
	}
	if t.Checkout != nil && t.Checkout.Inspection != nil && !t.Checkout.Inspection.Started.IsZero() {
		return c.inspectOwn()
	}
	if t.Checkout != nil {
		return c.checkoutOwn()
	}
	if t.Kind == desk.KindEmergency {
		return c.emergencyOwn()
	}
	add, cancel := c.start("button.add", "add"), c.start("button.cancel_ticket", "cancel_ticket")
	chase := c.act("button.chase", desk.Chase)
	working := [][]desk.Button{desk.Row(chase, add), desk.Row(cancel)}
	if t.Incident != "" && t.State.Open() {
		return c.withIncident(add, cancel)
	}
	switch t.State {
	case desk.StateNew:
		return c.registered(add, cancel)
	case desk.StateOffered:
		return c.mine("mine.offered"), working
	case desk.StateTaken:
		if !t.Clocks.Arrive.IsZero() && c.passed(t.Clocks.Arrive.Add(comesLate)) {
			return c.mine("mine.taken_late", "taker", c.name(t.Taker)), working
		}
		if !t.From.IsZero() {
			return c.mine("mine.taken_slot", "taker", c.name(t.Taker), "slot", c.when()), working
		}
		return c.mine("mine.taken", "taker", c.name(t.Taker), "by", t.Clocks.Arrive), working
	case desk.StateArrived:
		return c.mine("mine.arrived", "taker", c.name(t.Taker), "at", t.ArriveAt), [][]desk.Button{desk.Row(add)}
	case desk.StatePaused:
		reason, _ := c.s.PauseReason(t.Pause.Reason)
		if reason.ID == desk.PauseResident {
			working = append(working, desk.Row(c.act("button.not_me", desk.NotMe)))
		}
		return c.mine("mine.paused", "reason", reason.Label, "until", t.Pause.Until), working
	case desk.StateNoAccess:
		return c.mine("mine.no_access", "taker", c.name(t.Taker), "at", t.Since),
			[][]desk.Button{desk.Row(c.start("button.when", "when"), add), desk.Row(cancel)}
	case desk.StateDone:
		return c.mine(t.Spoken("mine.done"), "taker", c.name(t.Taker), "at", t.DoneAt), [][]desk.Button{desk.Row(add)}
	case desk.StateClosed:
		return c.mine(t.Spoken("mine.closed_" + t.ClosedBy)), c.itsBack()
	case desk.StateReworked:
		next, _ := c.w.Ticket(t.Rework)
		return c.mine("mine.reworked", "next", next.Number), nil
	}
	return c.mine("mine.cancelled"), nil
}

// comesLate is how long after the time that was said a taker is late to the resident:
// some come and press later.
const comesLate = time.Hour

// mine says a line about the resident's own ticket.
func (c *card) mine(key string, pairs ...any) desk.Text {
	pairs = append(pairs, "number", c.t.Number, "title", desk.Title(c.s, c.t))
	return desk.Lines(desk.T(key, pairs...), c.late())
}

// late admits that it takes longer than was aimed at.
func (c *card) late() desk.Text {
	if c.overdue().IsZero() {
		return desk.Text{}
	}
	return desk.T("mine.late")
}

// itsBack offers to open the ticket again, as long as the site allows.
func (c *card) itsBack() [][]desk.Button {
	if c.w.Now().After(c.s.Calendar.After(c.t.DoneAt, c.s.Callback.ReopenFor)) {
		return nil
	}
	return [][]desk.Button{desk.Row(c.act(c.t.Spoken("button.its_back"), desk.NotFixed))}
}

// registered is the answer to the filing itself: a number, a person and a time.
func (c *card) registered(add, cancel desk.Button) (desk.Text, [][]desk.Button) {
	t := c.t
	d, _ := c.s.Department(t.Department)
	if t.ReworkNo > 0 && !t.Recurs {
		return desk.T("mine.rework", "number", t.Number, "due", t.Clocks.Done), [][]desk.Button{
			desk.Row(desk.Button{Label: desk.T("button.any_time"), Data: desk.PressData(t.ID, desk.Reschedule, desk.AnyTime)}, c.start("button.when", "when")),
			desk.Row(add, cancel),
		}
	}
	if t.Announced.IsZero() {
		opens := c.s.Calendar.NextOpen(d.Hours, t.Created)
		return desk.Lines(desk.T("mine.night", "number", t.Number, "department", d.Label, "opens", opens), c.danger()),
			[][]desk.Button{desk.Row(c.act("button.urgent", desk.MakeUrge), add), desk.Row(cancel)}
	}
	follower := desk.Text{}
	if name := c.name(t.Follower); name != "" {
		follower = desk.T("mine.follower", "follower", name)
	}
	key := t.Spoken("mine.registered")
	if t.Urgency.Rings() {
		key = "mine.registered_urgent"
	} else if !t.From.IsZero() {
		key = "mine.registered_slot"
	}
	if c.passed(t.Clocks.Visit) {
		return desk.Lines(desk.T("mine.registered_late", "number", t.Number, "department", d.Label), follower),
			[][]desk.Button{desk.Row(c.act("button.chase", desk.Chase), add), desk.Row(cancel)}
	}
	wait := desk.Text{}
	if desk.EntryHeld(c.w, t) {
		wait = desk.T("mine.unverified")
	}
	text := desk.Lines(desk.T(key, "number", t.Number, "department", d.Label, "take", c.takeWithin(),
		"visit", t.Clocks.Visit, "done", t.Clocks.Done, "slot", c.when(), "within", c.onSite()), follower, wait, c.late())
	last := desk.Row(cancel)
	if !wait.IsZero() {
		last = desk.Row(desk.Button{Label: desk.T("button.cmd_verify"), Data: desk.CommandData("verify")}, cancel)
	}
	return text, [][]desk.Button{
		desk.Row(desk.Button{Label: desk.T("button.progress"), Data: desk.LookData(t.ID)}, add), last,
	}
}

// takeWithin is in how long somebody should have it: the site's aim as a span,
// or by when, if the department is not always there.
func (c *card) takeWithin() desk.Text {
	span := c.t.Clocks.Take.Sub(c.t.SaidAt)
	if span > 0 && span.Hours() < 1 {
		return desk.T("mine.within", "span", span)
	}
	return desk.T("mine.before", "by", c.t.Clocks.Take)
}

func (c *card) onSite() desk.Text {
	return desk.T("mine.within", "span", c.t.Clocks.Visit.Sub(c.t.SaidAt))
}

func (c *card) danger() desk.Text { return desk.T("mine.night_danger") }
