package bot

import "frontdesk/desk"

// emergencyOwn is an emergency for whoever reported it: who comes, and what can be
// said about it. It is not called off like a repair, nor chased or put off: it is one
// or it is none.
func (c *card) emergencyOwn() (desk.Text, [][]desk.Button) {
	t := c.t
	add, none := c.start("button.add", "add"), c.act("button.no_danger", desk.FalseAlarm)
	open := [][]desk.Button{desk.Row(add, none)}
	if t.Incident != "" && t.State.Open() {
		return c.withIncident(add, none)
	}
	switch t.State {
	case desk.StateArrived:
		return c.mine("mine.arrived", "taker", c.name(t.Taker), "at", t.ArriveAt), open
	case desk.StateDone:
		return c.mine("mine.sos_done", "taker", c.name(t.Taker), "at", t.DoneAt), [][]desk.Button{desk.Row(add)}
	case desk.StateClosed:
		return c.mine("mine.sos_closed"), nil
	case desk.StateReworked:
		next, _ := c.w.Ticket(t.Rework)
		return c.mine("mine.sos_goes_on", "next", next.Number), nil
	case desk.StateCancelled:
		return c.mine("mine.sos_false"), nil
	}
	if name, _ := c.going(); name != "" {
		return c.mine("mine.sos_coming", "name", name), open
	}
	d, _ := c.s.Department(t.Department)
	return c.mine("mine.sos_told", "department", d.Label), open
}

// going is who said that they go there, and until when they should be there; empty
// while nobody did.
func (c *card) going() (name string, said desk.Text) {
	if t := c.t; t.Taker != "" {
		name = c.name(t.Taker)
		return name, desk.T("card.going_by", "name", name, "at", t.TakenAt, "by", t.Clocks.Arrive)
	}
	l, ok := c.w.LadderOf(c.t.ID)
	if !ok || len(l.Answers) == 0 {
		return "", desk.Text{}
	}
	name = c.name(l.Answers[0].Person)
	return name, desk.T("card.going", "name", name, "at", l.Answers[0].At)
}

// emergencyProgress is where an emergency stands, for employees; nothing where the
// words of any ticket say it.
func (c *card) emergencyProgress() desk.Text {
	switch c.t.State {
	case desk.StateNew, desk.StateTaken:
		if name, said := c.going(); name != "" {
			return said
		}
		return desk.T("card.calling", "said", c.t.SaidAt)
	case desk.StateCancelled:
		return desk.T("card.false_alarm")
	}
	return desk.Text{}
}

// emergencyButtons are what whoever goes there can do next: nothing about it waits for
// parts or for another day.
func (c *card) emergencyButtons() [][]desk.Button {
	more, none := c.menu("button.more", "more"), c.act("button.no_danger", desk.FalseAlarm)
	back, undo := c.act("button.give_back", desk.GiveBack), c.act("button.undo", desk.Undo)
	open := c.p.Menu == "more"
	var rows [][]desk.Button
	switch c.t.State {
	case desk.StateNew:
		return [][]desk.Button{desk.Row(c.act("button.going", desk.Take))}
	case desk.StateTaken, desk.StateNoAccess:
		rows = [][]desk.Button{desk.Row(c.act("button.arrived", desk.Arrive), more)}
		if open {
			rows = [][]desk.Button{desk.Row(c.start("button.done", "done"), none), desk.Row(back, undo)}
		}
	case desk.StateArrived:
		rows = [][]desk.Button{desk.Row(c.start("button.done", "done"), none, more)}
		if open {
			rows = [][]desk.Button{desk.Row(c.start("button.parts", "parts")), desk.Row(back, undo)}
		}
	case desk.StatePaused:
		rows = [][]desk.Button{desk.Row(c.act("button.resume", desk.Resume), back)}
	}
	if open && rows != nil {
		rows = append(rows, desk.Row(c.menu("button.back", "")))
	}
	return rows
}
