package bot

import (
	"frontdesk/desk"
	"frontdesk/flows"
)

// cmdVerify confirms a certificate by its code; without one it is the verifying of
// who somebody is.
func (t *turn) cmdVerify(arg string) error {
	code, ok := desk.ParseCode(arg)
	if !ok {
		return t.start(flows.Verify.Name, nil)
	}
	c, _ := t.w.Certificate(code)
	t.reply(desk.CertificateAnswer(t.site(), c, t.w.Now()))
	return nil
}

// inspectOwn is the resident's view of a checkout from the visit on.
func (c *card) inspectOwn() (desk.Text, [][]desk.Button) {
	t, i := c.t, c.t.Checkout.Inspection
	switch {
	case t.State == desk.StateArrived:
		return desk.T("mine.inspecting", "number", t.Number, "name", c.name(i.By), "at", i.Started), nil
	case t.State == desk.StateClosed:
		cert, ok := c.w.Certificate(i.Certificate)
		if !ok || !cert.Valid(c.w.Now()) {
			return desk.T("mine.checked_out", "number", t.Number), nil
		}
		return desk.T("mine.checked_out_paper", "number", t.Number, "code", desk.ShownCode(cert.Code), "until", cert.ValidUntil),
			[][]desk.Button{desk.Row(c.act("button.certificate", desk.FetchCertificate))}
	case i.Object.Open():
		return desk.T("mine.objected", "number", t.Number), nil
	case i.Settled():
		return desk.T("mine.settled", "number", t.Number, "sum", desk.Yuan(i.Owed())), nil
	case i.Signed.IsZero() || c.p.Created.Before(i.Signed):
		// The list has a message of its own; a card that is asked for later has it too.
		return desk.T("mine.inspected", "number", t.Number), nil
	}
	return desk.Lines(desk.InspectionText(c.w, t), desk.AnswerText(t)), desk.SignButtons(t)
}

// inspectDesk is what employees see of the visit, below the rest of the card.
func (c *card) inspectDesk() []desk.Text {
	i := c.t.Checkout.Inspection
	if i == nil {
		return nil
	}
	lines := []desk.Text{desk.InspectionText(c.w, c.t), desk.InspectionStanding(c.w, c.t)}
	if o := i.Object; o != nil && o.Words != "" {
		lines = append(lines, desk.T("inspect.objection_words", "text", o.Words))
	}
	if o := i.Object; o != nil && o.Why != "" {
		lines = append(lines, desk.T("inspect.decision_words", "name", c.name(o.DecidedBy), "text", o.Why))
	}
	var follow []desk.Text
	for _, id := range i.Follow {
		if next, ok := c.w.Ticket(id); ok {
			follow = append(follow, desk.T("inspect.followed", "number", next.Number, "title", desk.Title(c.s, next)))
		}
	}
	if len(follow) > 0 {
		lines = append(lines, desk.T("inspect.follow_list", "list", follow))
	}
	return lines
}

// inspectButtons are what an employee can do about the visit now.
func (c *card) inspectButtons(viewer desk.Person) [][]desk.Button {
	t := c.t
	may := func(a desk.Action) bool { return desk.MayAct(t, a, viewer) && !viewer.Is(t.Requester) }
	var row []desk.Button
	switch {
	case may(desk.StartInspection):
		row = append(row, c.start("button.inspect", flows.Inspect.Name))
	case may(desk.MarkItem):
		row = append(row, c.start("button.inspect_on", flows.Inspect.Name))
	}
	i := t.Checkout.Inspection
	if i == nil {
		return [][]desk.Button{row}
	}
	if may(desk.ConfirmFees) && i.Settled() {
		row = append(row, c.act("button.fees", desk.ConfirmFees))
	}
	if may(desk.FetchCertificate) {
		row = append(row, c.act("button.certificate", desk.FetchCertificate))
	}
	rows := [][]desk.Button{row}
	if may(desk.DecideObjection) && i.Object.Open() && !viewer.Is(i.By) {
		rows = append(rows, desk.DecideButtons(t)...)
	}
	return rows
}

// startAction is the action that a conversation about a ticket leads to.
func startAction(flow string, ticket desk.Ticket) (desk.Action, bool) {
	a, ok := flowActions[flow]
	if flow == flows.Inspect.Name && ticket.State == desk.StateArrived {
		a = desk.MarkItem
	}
	return a, ok
}

// afterInspection says what a press about a checkout led to; handled is false for
// what is the same as on any ticket.
func (t *turn) afterInspection(now desk.Ticket, a desk.Action) (handled bool) {
	switch a {
	case desk.SignResident:
		t.answer(desk.Text{})
		t.replace(desk.Lines(desk.InspectionText(t.w, now), desk.T("inspect.you_agreed", "at", t.w.Now())))
	case desk.ConfirmFees:
		t.answer(desk.Text{})
		t.replace(desk.Lines(desk.FeesText(t.w, now), desk.T("inspect.you_confirmed", "at", t.w.Now())))
	case desk.FetchCertificate:
		t.answer(desk.Text{})
	default:
		return false
	}
	return true
}
