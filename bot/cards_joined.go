package bot

import "frontdesk/desk"

// joined is the view of somebody who joined: fault, place and state; never words,
// a photo or a name.
//
//locale:prefix joined.state.
func (c *card) joined() (desk.Text, [][]desk.Button) {
	t := c.t
	state := desk.T("joined.state."+string(t.State), "by", t.Clocks.Done)
	switch t.State {
	case desk.StateReworked:
		next, _ := c.w.Ticket(t.Rework)
		state = desk.T("joined.reworked", "next", next.Number)
	case desk.StateNew, desk.StateOffered:
		state = desk.T("joined.state.new")
	}
	text := desk.Lines(desk.T("joined.head", "number", t.Number, "category", c.category(), "place", c.place()), state)
	switch {
	case t.State.Open():
		return text, [][]desk.Button{desk.Row(c.act("button.leave", desk.Leave))}
	case t.State == desk.StateDone, t.State == desk.StateClosed:
		return text, [][]desk.Button{desk.Row(c.act("button.still_bad", desk.StillBad))}
	}
	return text, nil
}

// others says on the cards of those who work on it how many more wait.
func (c *card) others() desk.Text {
	if len(c.t.Joined) == 0 {
		return desk.Text{}
	}
	return desk.T("card.joined", "n", len(c.t.Joined))
}
