package bot

import (
	"slices"

	"frontdesk/desk"
)

// openLimit is how many tickets a list shows at once; it says how many more
// there are.
const openLimit = 20

// cmdOpen lists the open tickets of the departments that a person works for and
// of the buildings they care for, those of all for the desk. The late ones come
// first.
func (t *turn) cmdOpen(arg string) error {
	var list []desk.Ticket
	for _, ticket := range t.w.Open("") {
		if t.site().Serves(t.p, ticket) && wanted(ticket, arg, t.w) {
			list = append(list, ticket)
		}
	}
	if len(list) == 0 {
		t.reply(desk.T("open.none"))
		return nil
	}
	slices.SortStableFunc(list, func(a, b desk.Ticket) int { return a.Clocks.Done.Compare(b.Clocks.Done) })
	lines := []desk.Text{desk.T("open.head", "n", len(list))}
	var rows [][]desk.Button
	for _, ticket := range list[:min(len(list), openLimit)] {
		lines = append(lines, t.openLine(ticket))
		rows = append(rows, desk.Row(desk.Button{Label: desk.Literal(ticket.Number), Data: desk.LookData(ticket.ID)}))
	}
	if more := len(list) - openLimit; more > 0 {
		lines = append(lines, desk.T("open.more", "n", more))
	}
	t.reply(desk.Lines(lines...), pairs(rows)...)
	return nil
}

func (t *turn) openLine(ticket desk.Ticket) desk.Text {
	if ticket.Case != nil {
		return caseLine(t.site(), ticket)
	}
	key, taker := "open.line", ""
	if p, ok := t.w.Person(ticket.Taker); ok {
		key, taker = "open.line_taker", p.Called()
	}
	return desk.T(key, "number", ticket.Number, "title", desk.Title(t.site(), ticket), "taker", taker,
		"place", desk.Where(t.site(), ticket), "state", desk.T("state."+string(ticket.State)), "due", ticket.Clocks.Done)
}

func wanted(ticket desk.Ticket, arg string, w desk.World) bool {
	switch arg {
	case "overdue":
		return ticket.Overdue(w.Now())
	case "rework":
		return ticket.ReworkNo > 0
	case "":
		return true
	}
	return ticket.Department == arg
}
