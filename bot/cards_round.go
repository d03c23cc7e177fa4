package bot

import "frontdesk/desk"

// roundShown is how many rooms of a round are shown at once; when one is done, the
// next comes up.
const roundShown = 12

// roundTaker is the card of a round for who has it: the rooms, which no group sees,
// each with what is to be done there and a button.
func (c *card) roundTaker() (desk.Text, [][]desk.Button) {
	lines := []desk.Text{
		desk.T("card.yours", "head", c.head(c.category())), c.place(), c.note(),
		desk.T("round.left", "left", c.t.Round.Left(), "of", len(c.t.Round.Rooms)),
	}
	var rows [][]desk.Button
	shown := 0
	for _, room := range c.t.Round.Rooms {
		if !room.Waits() {
			continue
		}
		if shown++; shown > roundShown {
			continue
		}
		var what []desk.Text
		for _, id := range room.Tasks {
			what = append(what, c.task(id))
		}
		lines = append(lines, desk.T("round.line", "place", c.roomName(room.Place), "what", what))
		b := c.act("button.round_room", desk.RoomDone, room.Place)
		b.Label = desk.T("button.round_room", "room", c.roomName(room.Place))
		rows = append(rows, desk.Row(b))
	}
	if more := shown - roundShown; more > 0 {
		lines = append(lines, desk.T("open.more", "n", more))
	}
	return desk.Lines(append(lines, c.overdue())...), append(pairs(rows), c.roundButtons()...)
}

// roomName is the number on the door: the building stands above.
func (c *card) roomName(id string) string {
	if p, ok := c.s.Places.Get(id); ok && p.Room != "" {
		return p.Room
	}
	return id
}

func (c *card) task(id string) desk.Text {
	for _, task := range c.s.Rooms.Routine {
		if task.ID == id {
			return desk.T("label", "label", task.Label)
		}
	}
	return desk.Literal(id)
}

// roundButtons are what the taker of a round can do with the whole of it.
func (c *card) roundButtons() [][]desk.Button {
	if c.t.State != desk.StateTaken {
		return nil
	}
	if c.p.Kind == desk.PostGroup {
		return [][]desk.Button{desk.Row(c.act("button.give_back", desk.GiveBack))}
	}
	return [][]desk.Button{desk.Row(c.act("button.round_end", desk.RestLeft), c.act("button.give_back", desk.GiveBack))}
}

// roundLine is how far a round is, for the desk.
func (c *card) roundLine() desk.Text {
	if c.t.Round == nil {
		return desk.Text{}
	}
	return desk.T("round.left", "left", c.t.Round.Left(), "of", len(c.t.Round.Rooms))
}
