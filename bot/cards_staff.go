package bot

import (
	"slices"
	"strings"

	"frontdesk/desk"
)

// group is the card in the department's group: place, fault, time and state,
// and nothing about the person.
func (c *card) group() (desk.Text, [][]desk.Button) {
	where := c.where()
	text := desk.Lines(c.head(c.category()), where, c.progress(), c.rework(), c.others(), c.overdue())
	if c.t.State == desk.StateOffered {
		return c.offered()
	}
	if c.t.State == desk.StateNew && c.t.Department != c.p.Department {
		return text, nil
	}
	return text, c.workButtons()
}

// rework says that this goes on with another ticket.
func (c *card) rework() desk.Text {
	if c.t.Reworks == "" {
		return desk.Text{}
	}
	old, _ := c.w.Ticket(c.t.Reworks)
	if c.t.Recurs {
		return desk.T("card.recurs", "old", old.Number, "at", old.DoneAt)
	}
	return desk.T("card.rework_of", "old", old.Number)
}

// offered is the card while another department is asked: that one sees the
// question, the first one that it was asked.
func (c *card) offered() (desk.Text, [][]desk.Button) {
	where := c.where()
	if c.p.Department != c.t.Offered {
		return desk.Lines(c.head(c.category()), where, c.progress()), nil
	}
	from, _ := c.s.Department(c.t.Department)
	return desk.Lines(c.head(c.category()), where, desk.T("card.offer", "from", from.Label)),
		[][]desk.Button{desk.Row(c.act("button.accept", desk.Accept), c.act("button.decline", desk.Decline))}
}

// workButtons are what the department, or the taker, can do next. An open menu
// takes their place until something is chosen.
func (c *card) workButtons() [][]desk.Button {
	if c.t.Kind == desk.KindEmergency {
		return c.emergencyButtons()
	}
	if c.p.Menu != "" {
		if rows := c.menuButtons(); rows != nil {
			return append(rows, desk.Row(c.menu("button.back", "")))
		}
	}
	if c.t.Upkeep != nil && c.t.State != desk.StateNew {
		return c.upkeepButtons()
	}
	more := c.menu("button.more", "more")
	switch c.t.State {
	case desk.StateNew:
		return [][]desk.Button{desk.Row(c.act("button.take", desk.Take), c.menu("button.not_ours", "not_ours"))}
	case desk.StateTaken, desk.StateNoAccess:
		return [][]desk.Button{desk.Row(c.act("button.arrived", desk.Arrive), more)}
	case desk.StateArrived:
		return [][]desk.Button{
			desk.Row(c.start("button.done", "done"), c.act("button.no_access", desk.NoAccess)),
			desk.Row(c.menu("button.pause", "pause"), more),
		}
	case desk.StatePaused:
		return [][]desk.Button{desk.Row(c.act("button.resume", desk.Resume), more)}
	}
	return nil
}

// menuButtons are those of the post's open menu.
func (c *card) menuButtons() [][]desk.Button {
	menu, reason, _ := strings.Cut(c.p.Menu, ".")
	switch menu {
	case "not_ours":
		return desk.DepartmentButtons(c.s, c.t)
	case "more":
		return c.moreButtons()
	case "pause":
		if reason != "" {
			return c.limitButtons(reason)
		}
		var rows [][]desk.Button
		for _, r := range c.s.Pauses {
			rows = append(rows, desk.Row(desk.Button{
				Label: desk.T("label", "label", r.Label), Data: desk.MenuData(c.t.ID, "pause."+r.ID),
			}))
		}
		return rows
	}
	return nil
}

// moreButtons are the rarer actions of the present state.
func (c *card) moreButtons() [][]desk.Button {
	undo := c.act("button.undo", desk.Undo)
	back := c.act("button.give_back", desk.GiveBack)
	parts := c.start("button.parts", "parts")
	switch c.t.State {
	case desk.StateTaken, desk.StateNoAccess:
		rows := [][]desk.Button{
			desk.Row(c.start("button.done", "done"), c.menu("button.pause", "pause")),
			desk.Row(back, undo),
		}
		if c.t.State == desk.StateTaken {
			rows = append([][]desk.Button{desk.Row(c.act("button.no_access", desk.NoAccess), c.menu("button.not_ours", "not_ours"))}, rows...)
		}
		return rows
	case desk.StateArrived:
		return [][]desk.Button{desk.Row(parts, back), desk.Row(undo)}
	case desk.StatePaused:
		return [][]desk.Button{desk.Row(parts, back), desk.Row(undo)}
	}
	return nil
}

// limitButtons are how long the work may wait for a reason. A contractor's
// name and day are asked for in private.
func (c *card) limitButtons(reason string) [][]desk.Button {
	r, ok := c.s.PauseReason(reason)
	if !ok {
		return nil
	}
	var row []desk.Button
	for _, limit := range r.Limits {
		row = append(row, desk.Button{
			Label: desk.T("button.limit", "limit", limit),
			Data:  desk.PressData(c.t.ID, desk.PauseWork, r.ID+"."+limit.String()),
		})
	}
	return [][]desk.Button{row}
}

// taker is the card in private for who has the ticket: with what the group must
// not see.
func (c *card) taker() (desk.Text, [][]desk.Button) {
	t := c.t
	if !sameRecord(c.w, t.Taker, c.p.Person) {
		return desk.Lines(c.head(c.category()), desk.T("card.not_yours")), nil
	}
	if t.State == desk.StateDone {
		var rows [][]desk.Button
		if t.Undoable(c.p.Person, c.s, c.w) {
			rows = append(rows, desk.Row(c.act("button.undo", desk.Undo)))
		}
		return desk.T("card.finished", "head", c.head(desk.Title(c.s, t))), rows
	}
	if !t.State.Open() {
		return desk.T("card.over", "head", c.head(desk.Title(c.s, t)), "progress", c.progress()), nil
	}
	if t.Upkeep != nil {
		return c.upkeepTaker()
	}
	where := c.where()
	who := desk.T("card.who", "name", c.name(t.Requester))
	if t.After != "" { // The resident has left; the inspector knows what is to be done.
		who = desk.T("card.who_inspector", "name", c.name(t.Requester))
	}
	if t.Discreet {
		who = desk.T("card.who_discreet")
	}
	held := desk.EntryHeld(c.w, t)
	if entry := c.entry(); !entry.IsZero() && !held && !t.Discreet {
		who = desk.T("card.who_entry", "who", who, "entry", entry)
	}
	lines := []desk.Text{desk.T("card.yours", "head", c.head(desk.Title(c.s, t))), where, who, c.unverified(), c.note()}
	for _, words := range t.Words {
		if !t.Discreet {
			lines = append(lines, desk.T("quote", "text", words.Text))
		}
	}
	lines = append(lines, c.progress(), c.rework(), c.others(), c.overdue())
	rows := c.workButtons()
	if requester, _ := c.w.Person(t.Requester); requester.Phone != "" && !t.Discreet {
		rows = append(rows, desk.Row(c.act("button.phone", desk.ShowPhone)))
	}
	return desk.Lines(lines...), rows
}

// note is what one should know about the building before going in.
func (c *card) note() desk.Text {
	place, ok := c.s.Places.Get(c.t.Place)
	if !ok {
		return desk.Text{}
	}
	for _, b := range c.s.Places.Buildings() {
		if b.ID == place.Building && len(b.Note) > 0 {
			return desk.T("label", "label", b.Note)
		}
	}
	return desk.Text{}
}

// desk is the card for an operator or manager who looked it up: everything.
func (c *card) desk() (desk.Text, [][]desk.Button) {
	t := c.t
	p, _ := c.w.Person(t.Requester)
	viewer, _ := c.w.Person(c.p.Person)
	if t.Case != nil && !c.s.Serves(viewer, t) {
		return desk.T("card.not_shown"), nil
	}
	if t.Case != nil {
		return c.caseDesk(viewer)
	}
	if !mayStillSee(c.s, t, viewer) {
		return desk.Lines(c.head(c.category()), desk.T("card.not_shown")), nil
	}
	if t.Checkout != nil {
		return c.checkoutDesk(viewer)
	}
	d, _ := c.s.Department(t.Department)
	who := desk.T("card.requester", "name", p.Called())
	if p.Phone != "" && viewer.Desk() {
		who = desk.T("card.requester_phone", "name", p.Called(), "phone", p.Phone)
	}
	if !viewer.Desk() || t.Upkeep != nil {
		who = c.upkeepLine()
	}
	lines := []desk.Text{
		c.head(c.title(viewer)), c.where(), c.progress(), c.rework(), c.others(), c.overdue(), who,
		c.unverified(), c.sampled(viewer),
		desk.T("card.people", "department", d.Label, "follower", c.name(t.Follower)),
	}
	if viewer.Desk() {
		for _, words := range t.Words {
			lines = append(lines, desk.T("card.words", "name", c.name(words.By), "at", words.At, "text", words.Text))
		}
	}
	lines = append(lines, waited(c.w, t)...)
	return desk.Lines(append(lines, c.history(viewer)...)...), c.deskButtons(viewer)
}

func (c *card) title(viewer desk.Person) desk.Text {
	if viewer.Desk() {
		return desk.Title(c.s, c.t)
	}
	return c.category()
}

// history is the last events of the ticket, one a line. Who may not know for whom
// it is reads that it was a resident.
func (c *card) history(viewer desk.Person) []desk.Text {
	// What was looked at in an inspection stands on its list.
	events := slices.DeleteFunc(slices.Clone(c.w.History(c.t.ID)), func(e desk.Event) bool {
		return e.Action == desk.MarkItem || e.Action == desk.MarkPhotos
	})
	if len(events) > 8 {
		events = events[len(events)-8:]
	}
	var lines []desk.Text
	for _, e := range events {
		name := desk.T("card.by_desk")
		if e.By != "" {
			name = desk.Literal(c.name(e.By))
		}
		if p, _ := c.w.Person(e.By); e.By != "" && !viewer.ReadsWords(c.t) && (e.By == c.t.Requester || !p.Employee()) {
			name = desk.T("card.by_resident")
		}
		if c.t.Anonymous() && e.By == "" && e.Action.Residents() {
			name = desk.T("card.by_resident")
		}
		lines = append(lines, desk.T("card.event", "at", e.At, "what", desk.T("event."+string(e.Action)), "name", name))
	}
	return lines
}

// deskButtons are what the viewer may do, from the transition table.
func (c *card) deskButtons(viewer desk.Person) [][]desk.Button {
	if c.p.Menu == "assign" {
		return append(desk.AssignButtons(c.s, c.t), desk.Row(c.menu("button.back", "")))
	}
	rows := [][]desk.Button{}
	may := func(a desk.Action) bool { return desk.MayAct(c.t, a, viewer) }
	if may(desk.Take) || may(desk.Arrive) || may(desk.Resume) || may(desk.Finish) {
		rows = append(rows, c.workButtons()...)
		if c.p.Menu != "" {
			return rows
		}
	}
	var row []desk.Button
	if may(desk.Assign) {
		row = append(row, c.menu("button.assign", "assign"))
	}
	if may(desk.ConfirmEntry) && desk.EntryHeld(c.w, c.t) {
		rows = append(rows, desk.Row(c.act("button.confirm_entry", desk.ConfirmEntry)))
	}
	if viewer.Desk() && c.mayVerify() {
		row = append(row, desk.Button{Label: desk.T("button.verify_hand"), Data: "verify|hand|" + c.t.Requester})
	}
	if may(desk.AddWords) {
		row = append(row, c.start("button.add", "add"))
	}
	if c.t.Kind == desk.KindEmergency && may(desk.FalseAlarm) && !drawn(rows, desk.FalseAlarm) {
		row = append(row, c.act("button.no_danger", desk.FalseAlarm))
	} else if may(desk.Cancel) && c.t.Kind != desk.KindEmergency {
		row = append(row, c.start("button.cancel_ticket", "cancel_ticket"))
	}
	rows = append(rows, row)
	if c.t.Recurs && may(desk.NotSame) {
		rows = append(rows, desk.Row(c.act("button.not_same", desk.NotSame)))
	}
	if may(desk.NotFixed) && viewer.Desk() && c.t.Kind != desk.KindEmergency {
		rows = append(rows, desk.Row(c.act(c.t.Spoken("button.not_fixed"), desk.NotFixed)))
	}
	return rows
}

// drawn tells whether a button for the action is among the rows.
func drawn(rows [][]desk.Button, a desk.Action) bool {
	return slices.ContainsFunc(rows, func(row []desk.Button) bool {
		return slices.ContainsFunc(row, func(b desk.Button) bool {
			kind, parts := desk.SplitData(b.Data)
			return kind == "t" && desk.Action(parts[1]) == a
		})
	})
}
