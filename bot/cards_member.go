package bot

import "frontdesk/desk"

// inGroup is the card in the department's group. Where a group's message has no
// buttons it is a notice that leads to the private chat.
func (c *card) inGroup() (desk.Text, [][]desk.Button) {
	text, buttons := c.group()
	if c.s.Can(c.p.Chat).GroupButtons {
		return text, buttons
	}
	switch {
	case c.t.State == desk.StateNew && c.t.Department == c.p.Department:
		text = desk.Lines(text, desk.T("card.in_private"))
	case c.t.State == desk.StateOffered && c.t.Offered == c.p.Department:
		text = desk.Lines(text, desk.T("card.in_private_offer"))
	}
	return text, nil
}

// member is the card in private for somebody on duty who can take the ticket:
// what the group would see, and nothing about the person. Once somebody has it,
// it says who, and changes again only when it is anybody's (desk.SameForMembers):
// who has it goes on with a card of their own. A menu that was opened on an older
// state of it still works.
func (c *card) member() (desk.Text, [][]desk.Button) {
	t := c.t
	switch {
	case t.Taker != "":
		text := desk.Lines(c.head(c.category()), c.place(), desk.T("card.has", "taker", c.name(t.Taker), "at", t.TakenAt))
		if c.p.Menu != "" && sameRecord(c.w, t.Taker, c.p.Person) && t.State.Open() {
			return text, c.workButtons()
		}
		return text, nil
	case t.Department != c.p.Department && t.Offered != c.p.Department:
		d, _ := c.s.Department(t.Department)
		return desk.Lines(c.head(c.category()), c.place(), desk.T("card.moved", "department", d.Label)), nil
	}
	return c.group()
}

// listFor is a list for its readers: without buttons where a group has none.
func (c *card) listFor() (desk.Text, [][]desk.Button) {
	text, buttons := c.list()
	if c.p.Person != "" || c.s.Can(c.p.Chat).GroupButtons {
		return text, buttons
	}
	for _, id := range c.p.Tickets {
		if t, ok := c.w.Ticket(id); ok && t.State == desk.StateNew {
			return desk.Lines(text, desk.T("card.in_private")), nil
		}
	}
	return text, nil
}

// listHead is the first line of a list of n tickets: of those that were filed in
// the night, or for somebody who came on duty, of those that wait.
func (c *card) listHead(n int) desk.Text {
	if t, ok := c.w.Ticket(c.p.Tickets[0]); ok && t.Announced.Before(c.p.Created) {
		return desk.T("waiting.head", "n", n)
	}
	return desk.T("morning.head", "n", n)
}
