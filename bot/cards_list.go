package bot

import (
	"strconv"
	"time"

	"frontdesk/desk"
)

// list is the morning list of a department: one message with every ticket of
// the night, each with a button to take it, and what is due and overdue.
func (c *card) list() (desk.Text, [][]desk.Button) {
	if len(c.p.Tickets) == 0 && c.p.Morning != nil && len(c.p.Morning.Due)+len(c.p.Morning.Overdue) == 0 {
		if n := len(c.p.Morning.Open); n > 0 {
			return desk.T("morning.quiet_open", "at", c.p.Morning.At, "n", n), c.morningButtons()
		}
		return desk.T("morning.quiet", "at", c.p.Morning.At), nil
	}
	var lines []desk.Text
	if n := len(c.p.Tickets); n > 0 {
		lines = append(lines, c.listHead(n))
	}
	var rows [][]desk.Button
	var row []desk.Button
	for _, id := range c.p.Tickets {
		t, ok := c.w.Ticket(id)
		if !ok {
			continue
		}
		c.t = t
		state := desk.Text{}
		if t.State != desk.StateNew {
			state = c.progress()
		} else {
			row = append(row, desk.Button{
				Label: desk.T("button.take_number", "number", t.Number), Data: desk.PressData(t.ID, desk.Take, ""),
			})
		}
		if len(row) == 2 {
			rows, row = append(rows, row), nil
		}
		if state.IsZero() {
			lines = append(lines, desk.T("morning.line", "number", t.Number, "title", c.category(), "place", c.place(), "when", c.when()))
		} else {
			lines = append(lines, desk.T("morning.line_state", "number", t.Number, "title", c.category(), "place", c.place(), "state", state))
		}
	}
	if len(row) > 0 {
		rows = append(rows, row)
	}
	return desk.Lines(append(lines, c.morning()...)...), append(rows, c.morningButtons()...)
}

// morningLines is how many tickets of each kind a group is told; the button
// opens all.
const morningLines = 8

// morning says what is overdue and due today, as it was counted: the message
// stays true although it is not changed with these tickets.
func (c *card) morning() []desk.Text {
	m := c.p.Morning
	if m == nil {
		return nil
	}
	var lines []desk.Text
	add := func(head, key string, ids []string, value func(desk.Ticket) any) {
		if len(ids) == 0 {
			return
		}
		lines = append(lines, desk.T(head, "n", len(ids)))
		for _, id := range ids[:min(len(ids), morningLines)] {
			if t, ok := c.w.Ticket(id); ok {
				c.t = t
				lines = append(lines, desk.T(key, "number", t.Number, "title", c.category(), "place", c.place(), "when", value(t)))
			}
		}
		if more := len(ids) - morningLines; more > 0 {
			lines = append(lines, desk.T("open.more", "n", more))
		}
	}
	//locale:key morning.overdue morning.overdue_line morning.due morning.due_line
	add("morning.overdue", "morning.overdue_line", m.Overdue, func(t desk.Ticket) any { return max(m.At.Sub(t.Clocks.Done), time.Minute) })
	add("morning.due", "morning.due_line", m.Due, func(t desk.Ticket) any { return t.Clocks.Done })
	return append(lines, desk.T("morning.open", "n", len(m.Open)))
}

func (c *card) morningButtons() [][]desk.Button {
	m := c.p.Morning
	if m == nil {
		return nil
	}
	var row []desk.Button
	add := func(label desk.Text, name string) {
		if len(m.List(name)) > 0 {
			row = append(row, desk.Button{Label: label, Data: morningData(c.p.ID, name, 0)})
		}
	}
	add(desk.T("button.digest_overdue", "n", len(m.Overdue)), "overdue")
	add(desk.T("button.morning_due", "n", len(m.Due)), "due")
	add(desk.T("button.digest_open", "n", len(m.Open)), "open")
	if row == nil {
		return nil
	}
	return [][]desk.Button{row}
}

// morningData is the button that opens a page of a list of a post.
func morningData(post, name string, page int) string {
	return desk.CommandData("list|" + post + "." + name + "." + strconv.Itoa(page))
}
