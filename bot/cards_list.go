package bot

import "frontdesk/desk"

// list is the morning list of a department: one message with every ticket of
// the night, each with a button to take it.
func (c *card) list() (desk.Text, [][]desk.Button) {
	lines := []desk.Text{desk.T("morning.head", "n", len(c.p.Tickets))}
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
	return desk.Lines(lines...), rows
}
