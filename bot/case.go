package bot

import (
	"slices"

	"frontdesk/desk"
)

// owns tells whether the person filed the ticket: also one that keeps it secret.
func (t *turn) owns(ticket desk.Ticket) bool {
	return t.p.ID != "" && (t.p.Is(ticket.Requester) || ticket.Anonymous() && t.p.Is(t.w.Sealed(ticket.ID)))
}

// hidden tells whether the ticket must be to the person as if there were none.
func (t *turn) hidden(ticket desk.Ticket) bool {
	return ticket.Case != nil && !t.owns(ticket) && !t.site().Sees(t.p, ticket)
}

// byNumber finds a ticket by its number, if the person may know that there is one.
func (t *turn) byNumber(number string) (desk.Ticket, bool) {
	ticket, ok := t.w.TicketByNumber(number)
	return ticket, ok && !t.hidden(ticket)
}

// mine lists the person's own tickets, newest first, the anonymous too; at most n.
func (t *turn) mine(n int) []desk.Ticket {
	list := t.w.TicketsOf(t.p.ID, n)
	secret := t.w.SealedOf(t.p.ID)
	if len(secret) == 0 {
		return list
	}
	list = append(list, secret...)
	slices.SortStableFunc(list, func(a, b desk.Ticket) int { return b.Created.Compare(a.Created) })
	return list[:min(len(list), n)]
}

// caseLine is a case on one line of a list.
//
//locale:key case.state.new case.state.taken case.state.done case.state.closed case.state.cancelled
func caseLine(s *desk.Site, ticket desk.Ticket) desk.Text {
	return desk.T("case.line", "number", ticket.Number, "title", desk.Title(s, ticket), "filed", ticket.Created,
		"state", desk.T("case.state."+string(ticket.State)))
}

// lookSecret shows an anonymous ticket to whoever filed it: as a message, because
// a card would be kept with its chat.
func (t *turn) lookSecret(ticket desk.Ticket) {
	c := card{w: t.w, s: t.site(), t: ticket}
	text, rows := c.caseOwn()
	t.reply(text, rows...)
}

// mayBegin tells whether a conversation that leads to an action is open to the
// person.
func (t *turn) mayBegin(ticket desk.Ticket, a desk.Action) bool {
	if desk.MayAct(ticket, a, t.p) {
		return true
	}
	if !ticket.Anonymous() || !t.owns(ticket) {
		return false
	}
	ticket.Requester = t.p.ID // As if it were not a secret, for this look alone.
	return desk.MayAct(ticket, a, t.p)
}

// afterCase says what a press on a case led to; handled is false for what is the
// same as on any ticket.
func (t *turn) afterCase(now desk.Ticket, a desk.Action) (handled bool) {
	switch a {
	case desk.Rate:
		t.answer(desk.Text{})
		t.replace(desk.T("case.rated", "number", now.Number, "days", t.site().Callback.ReopenFor), itsBack(now))
		return true
	case desk.NotFixed:
		t.answer(desk.Text{})
		t.replace(desk.T("case.back", "number", now.Number), desk.CaseOwnButtons(now)...)
		return true
	}
	return false
}
