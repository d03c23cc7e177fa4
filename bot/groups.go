package bot

import "frontdesk/desk"

// chatEvent handles what happens to a chat rather than in it. Each ends in a
// defined state that staff can see.
func (t *turn) chatEvent() bool {
	switch t.in.Kind {
	case desk.InputBlocked:
		if p, ok := t.w.PersonAt(t.in.Private()); ok {
			p = p.Leaves(t.in.Private(), "blocked")
			t.out.People = append(t.out.People, p)
			if p.Unreachable != "" {
				t.tellFollowers(p)
			}
		}
	case desk.InputReturned:
		if p, ok := t.w.PersonAt(t.in.Private()); ok && p.AwayAt(t.in.Private()) != "" {
			p = p.Returns(t.in.Private())
			t.out.People = append(t.out.People, p)
		}
	case desk.InputRemoved:
		t.groupDead("removed", true)
	case desk.InputAdded:
		t.groupDead("", false)
		t.out.Say(desk.Message{Chat: t.in.Address(), Text: desk.T("group.hello"), Lane: desk.LaneInteractive, Class: desk.ClassNotice})
	case desk.InputTopic:
		why := ""
		if t.in.TopicClosed {
			why = "topic_closed"
		}
		t.topic(why)
	case desk.InputMigrated:
		t.migrated()
	default:
		return false
	}
	return true
}

// tellFollowers tells who answers for the open tickets of somebody who cannot be
// written to any more.
func (t *turn) tellFollowers(p desk.Person) {
	for _, ticket := range t.w.TicketsOf(p.ID, 20) {
		if ticket.State.Open() || ticket.State == desk.StateDone {
			t.out.Say(desk.Message{
				Person: ticket.Follower, Ticket: ticket.ID, Lane: desk.LaneInteractive, Class: desk.ClassNotice,
				Text:    desk.T("blocked.follower", "name", p.Called(), "number", ticket.Number),
				Buttons: [][]desk.Button{desk.Row(desk.Button{Label: desk.T("button.look"), Data: desk.LookData(ticket.ID)})},
			})
		}
	}
}

// groupDead marks all bindings of the chat, or revives them.
func (t *turn) groupDead(why string, tell bool) {
	for _, g := range t.w.GroupsIn(t.in.Address()) {
		if g.Dead == why {
			continue
		}
		g.Dead = why
		t.out.Groups = append(t.out.Groups, g)
		if tell {
			t.tellAdministrators(desk.T("group.dead."+why, "title", g.Title, "department", t.departmentLabel(g.Department)))
		}
	}
}

func (t *turn) topic(why string) {
	g, ok := t.w.GroupAt(t.in.Address())
	if !ok || g.Dead == why {
		return
	}
	g.Dead = why
	t.out.Groups = append(t.out.Groups, g)
	key := "group.dead.topic_closed"
	if why == "" {
		key = "group.topic_open"
	}
	t.tellAdministrators(desk.T(key, "title", g.Title, "department", t.departmentLabel(g.Department)))
}

// migrated moves a group to its new id.
func (t *turn) migrated() {
	old := t.in.Address().Chat()
	t.out.Moves = append(t.out.Moves, desk.Move{From: old, To: desk.Address{Channel: old.Channel, ID: t.in.MigratedTo}})
}

func (t *turn) departmentLabel(id string) desk.Label {
	d, _ := t.site().Department(id)
	return d.Label
}

// tellAdministrators tells all administrators and the duty manager.
func (t *turn) tellAdministrators(text desk.Text) {
	told := map[string]bool{}
	for _, p := range append(t.w.Holders(desk.RoleAdministrator), desk.Managers(t.w, 0)...) {
		if !told[p.ID] {
			told[p.ID] = true
			t.out.Say(desk.Message{Person: p.ID, Text: text, Lane: desk.LaneInteractive, Class: desk.ClassNotice})
		}
	}
}
