package bot

import (
	"slices"

	"frontdesk/desk"
)

// callsShown is how many calls one list has.
const callsShown = 20

// cmdCalls lists what should still be phoned today, oldest first: what was handed
// out, and what of the rest the day's number allows.
func (t *turn) cmdCalls(string) error {
	var list []desk.Ticket
	waiting := 0
	left := map[desk.RoleName]int{}
	for _, task := range t.w.CallTasks() {
		ticket, ok := t.w.Ticket(task.Ticket)
		if !ok || !ticket.Call.Open() || !t.calls(ticket) {
			continue
		}
		role := ticket.Call.Role
		if _, known := left[role]; !known {
			left[role], _ = desk.CallsLeft(t.w, role)
		}
		given := slices.ContainsFunc(t.w.CallsGiven(role, callsMost), func(c desk.CallTask) bool { return c.Ticket == ticket.ID })
		switch {
		case ticket.Call.NotBefore.After(t.w.Now()) || !given && left[role] == 0 || len(list) == callsShown:
			waiting++
			continue
		case !given:
			left[role]--
		}
		list = append(list, ticket)
	}
	if len(list) == 0 {
		t.reply(desk.Lines(desk.T("calls.none"), later(waiting)))
		return nil
	}
	lines := []desk.Text{desk.T("calls.head", "n", len(list))}
	var rows [][]desk.Button
	for _, ticket := range list {
		lines = append(lines, t.callLine(ticket))
		rows = append(rows, desk.Row(desk.Button{Label: desk.Literal(ticket.Number), Data: desk.CallData(ticket.ID)}))
	}
	t.reply(desk.Lines(append(lines, later(waiting))...), pairs(rows)...)
	return nil
}

// callsMost bounds the calls of a day that are looked at.
const callsMost = 200

// calls tells whether the person may make a call: what is a manager's is theirs.
func (t *turn) calls(ticket desk.Ticket) bool {
	own := ticket.Call.Role == "" || ticket.Call.Role == desk.RoleOperator || t.p.Manages()
	return own && t.p.Desk() && t.site().Serves(t.p, ticket)
}

func (t *turn) callLine(ticket desk.Ticket) desk.Text {
	line := desk.T("calls.line", "number", ticket.Number, "title", desk.Title(t.site(), ticket),
		"place", desk.Where(t.site(), ticket), "why", desk.CallReason(t.site(), ticket))
	if holder, ok := t.w.Person(ticket.Call.Holder); ok && holder.ID != t.p.ID {
		return desk.T("calls.held", "line", line, "name", holder.Called())
	}
	return line
}

func later(n int) desk.Text {
	if n == 0 {
		return desk.Text{}
	}
	return desk.T("calls.later", "n", n)
}

// cmdWhy says whether somebody phones about a ticket when nobody answers, and how
// that was drawn, so that it can be worked out again.
func (t *turn) cmdWhy(arg string) error {
	ticket, ok := t.w.TicketByNumber(ticketNumber(arg))
	if !ok || !t.site().Serves(t.p, ticket) {
		return desk.Refuse("why.which")
	}
	why := desk.Why(t.site(), ticket)
	if why.IsZero() {
		why = desk.T("sample.not_yet")
	}
	drawn := desk.Text{}
	if t.p.Manages() { // Who phones could work out the rest of the month by the seed.
		drawn = desk.WhyDrawn(t.w, ticket)
	}
	t.reply(desk.Lines(desk.T("why.head", "number", ticket.Number, "title", desk.Title(t.site(), ticket)), why, drawn))
	return nil
}

// complaintOf offers to complain of somebody's manner on a ticket, where the desk takes
// complaints.
func complaintOf(ticket desk.Ticket) [][]desk.Button {
	if _, ok := findCommand("complain"); !ok {
		return nil
	}
	return [][]desk.Button{desk.Row(desk.Button{Label: desk.T("button.complain_manner"), Data: desk.StartData(desk.KindComplaint, ticket.ID)})}
}
