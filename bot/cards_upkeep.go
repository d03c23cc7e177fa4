package bot

import "frontdesk/desk"

// upkeepShown is how many rooms of a upkeep are shown at once; when one is done, the
// next comes up.
const upkeepShown = 12

// upkeepTaker is the card of a upkeep for who has it: the rooms, which no group sees,
// each with what is to be done there and a button.
func (c *card) upkeepTaker() (desk.Text, [][]desk.Button) {
	lines := []desk.Text{
		desk.T("card.yours", "head", c.head(c.category())), c.place(), c.note(),
		desk.T("upkeep.left", "left", c.t.Upkeep.Left(), "of", len(c.t.Upkeep.Rooms)),
	}
	var rows [][]desk.Button
	shown := 0
	for _, room := range c.t.Upkeep.Rooms {
		if !room.Waits() {
			continue
		}
		if shown++; shown > upkeepShown {
			continue
		}
		var what []desk.Text
		for _, id := range room.Tasks {
			what = append(what, c.task(id))
		}
		lines = append(lines, desk.T("upkeep.line", "place", c.roomName(room.Place), "what", what))
		b := c.act("button.round_room", desk.RoomDone, room.Place)
		b.Label = desk.T("button.round_room", "room", c.roomName(room.Place))
		rows = append(rows, desk.Row(b))
	}
	if more := shown - upkeepShown; more > 0 {
		lines = append(lines, desk.T("open.more", "n", more))
	}
	return desk.Lines(append(lines, c.overdue())...), append(pairs(rows), c.upkeepButtons()...)
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

// upkeepButtons are what the taker of a upkeep can do with the whole of it.
func (c *card) upkeepButtons() [][]desk.Button {
	if c.t.State != desk.StateTaken {
		return nil
	}
	if c.p.Kind == desk.PostGroup {
		return [][]desk.Button{desk.Row(c.act("button.give_back", desk.GiveBack))}
	}
	return [][]desk.Button{desk.Row(c.act("button.round_end", desk.RestLeft), c.act("button.give_back", desk.GiveBack))}
}

// upkeepLine is how far a upkeep is, for the desk.
func (c *card) upkeepLine() desk.Text {
	if c.t.Upkeep == nil {
		return desk.Text{}
	}
	return desk.T("upkeep.left", "left", c.t.Upkeep.Left(), "of", len(c.t.Upkeep.Rooms))
}
