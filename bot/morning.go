package bot

import (
	"strings"

	"frontdesk/desk"
)

// cmdList opens, in private, a list that a number of a department's morning post
// was counted from: post.name.page. It is for those who work there, and for the
// desk.
func (t *turn) cmdList(arg string) error {
	id, rest, _ := strings.Cut(arg, ".")
	name, page, _ := strings.Cut(rest, ".")
	post, ok := t.w.Post(id)
	if !ok || post.Morning == nil {
		return desk.Refuse("press.unknown")
	}
	if !t.p.WorksFor(post.Department) && !t.p.Desk() {
		return desk.Refuse("command.refused", "command", "list")
	}
	if t.in.Press != nil && t.in.Chat.Kind == desk.ChatGroup && t.p.Unreachable != "" {
		t.open("")
		return nil
	}
	ids := post.Morning.List(name)
	d, _ := t.site().Department(post.Department)
	//locale:prefix morning.list.
	head := desk.T("morning.list."+name, "department", d.Label, "at", post.Morning.At, "n", len(ids))
	text, rows, err := t.pageOf(ids, page, head, t.morningLine, func(page int) string { return morningData(id, name, page) })
	if err != nil {
		return err
	}
	if t.in.Press != nil && t.in.Chat.Kind == desk.ChatGroup {
		t.answer(desk.T("press.in_private"))
	}
	t.private(text, rows...)
	return nil
}

// morningLine is a ticket in its present state, in the words of the group's
// card: not those of the resident.
func (t *turn) morningLine(ticket desk.Ticket) desk.Text {
	c, _ := t.site().Category(ticket.Category)
	title := desk.T("label", "label", c.Called())
	if p, ok := t.w.Person(ticket.Taker); ok {
		return desk.T("digest.line_taker", "number", ticket.Number, "title", title,
			"place", t.site().PlaceLabel(ticket.Place), "state", desk.T("state."+string(ticket.State)), "taker", p.Called())
	}
	return t.line(ticket, title)
}
