package bot

import (
	"strings"

	"frontdesk/desk"
)

// cmdLink offers to bind a group, or one topic of it, to a department. It shows
// who reads there and what will be posted; the press decides, by whoever
// presses.
func (t *turn) cmdLink(string) error {
	if t.in.Chat.Kind == desk.ChatPrivate {
		t.offerMaking()
		return nil
	}
	t.offerBinding()
	return nil
}

func (t *turn) offerBinding() {
	if t.in.Chat.Public {
		t.reply(desk.T("link.public"))
		return
	}
	key := "link.offer"
	if t.in.Chat.Thread != "" {
		key = "link.offer_topic"
	}
	var rows [][]desk.Button
	for _, d := range t.site().Departments {
		if !d.Retired {
			rows = append(rows, desk.Row(desk.Button{Label: desk.T("label", "label", d.Label), Data: "l|" + d.ID}))
		}
	}
	t.reply(desk.T(key, "title", t.in.Chat.Title, "n", t.in.Chat.Members), rows...)
}

// pressStaff carries out the buttons of administration.
func (t *turn) pressStaff(kind, arg, more string) error {
	switch kind {
	case "l":
		return t.bind(arg)
	case "u":
		return t.unbind(arg)
	case "x":
		return t.suspend(arg, true)
	}
	return t.suspend(arg, false)
}

// bind binds the chat to the department, shows a test card there and tells all
// administrators: nobody takes over a department's cards unnoticed.
func (t *turn) bind(department string) error {
	d, ok := t.site().Department(department)
	switch {
	case !administers(t.p):
		return desk.Refuse("refuse.administrator")
	case !ok || d.Retired:
		return desk.Refuse("press.unknown")
	case t.in.Chat.Kind == desk.ChatPrivate && makesGroups(t.site()):
		t.make(d)
		return nil
	case t.in.Chat.Kind != desk.ChatGroup:
		return desk.Refuse("press.unknown")
	case t.in.Chat.Public:
		return desk.Refuse("link.public")
	}
	g := desk.Group{
		Address: t.in.Address(), Department: d.ID, Title: t.in.Chat.Title, Lang: t.groupLang(), By: t.p.ID, At: t.w.Now(),
	}
	t.out.Groups = append(t.out.Groups, g)
	t.byHand(desk.HandLink, "", "department", d.ID, "title", g.Title)
	t.answer(desk.T("link.done", "department", d.Label))
	t.replace(desk.T("link.bound", "title", g.Title, "n", t.in.Chat.Members, "department", d.Label, "name", t.p.Called()))
	t.out.Say(desk.Message{
		Chat: g.Address, Lang: g.Lang, Lane: desk.LaneInteractive, Class: desk.ClassNotice,
		Text: desk.T("link.test", "department", d.Label),
	})
	for _, p := range t.w.Holders(desk.RoleAdministrator) {
		t.out.Say(desk.Message{
			Person: p.ID, Lane: desk.LaneInteractive, Class: desk.ClassNotice,
			Text: desk.T("link.tell", "title", g.Title, "n", t.in.Chat.Members, "department", d.Label, "name", t.p.Called()),
		})
	}
	t.out.Add(t.waitingCards(g))
	return nil
}

// groupLang is the language of a group: the site's first, or that of the
// person who binds it when the group has no other.
func (t *turn) groupLang() string { return t.site().Languages[0] }

// waitingCards posts the cards of the department's waiting tickets in a group
// that was bound just now, at most 20 of them. Where nothing can be pressed they
// would be 20 notices of what the members have before them already.
func (t *turn) waitingCards(g desk.Group) desk.Effects {
	var out desk.Effects
	if !t.site().Can(g.Address).GroupButtons {
		return out
	}
	for _, ticket := range t.w.Open(g.Department) {
		if ticket.Announced.IsZero() || len(out.Posts) >= 20 {
			continue
		}
		out.Posts = append(out.Posts, desk.Post{
			ID: t.w.NewID(), Kind: desk.PostGroup, Ticket: ticket.ID, Department: g.Department, Chat: g.Address,
			Lang: g.Lang, Created: t.w.Now(), Lane: desk.LaneInteractive,
		})
	}
	return out
}

// cmdUnlink ends a binding: of this group, or of one that is chosen in private.
func (t *turn) cmdUnlink(string) error {
	t.offerUnbinding()
	return nil
}

func (t *turn) offerUnbinding() {
	var groups []desk.Group
	if t.in.Chat.Kind == desk.ChatGroup {
		groups = t.w.GroupsIn(t.in.Address())
	} else {
		groups = t.w.AllGroups()
	}
	if len(groups) == 0 {
		t.reply(desk.T("unlink.none"))
		return
	}
	lines := []desk.Text{desk.T("unlink.which")}
	var rows [][]desk.Button
	for i, g := range groups {
		lines = append(lines, desk.T("unlink.line", "n", i+1, "title", g.Title, "department", t.departmentLabel(g.Department)))
		rows = append(rows, desk.Row(desk.Button{
			Label: desk.T("unlink.button", "n", i+1, "department", t.departmentLabel(g.Department)), Data: "u|" + g.Address.String(),
		}))
	}
	t.reply(desk.Lines(lines...), rows...)
}

func (t *turn) unbind(address string) error {
	if !administers(t.p) {
		return desk.Refuse("refuse.administrator")
	}
	a, ok := desk.ParseAddress(address)
	if !ok {
		return desk.Refuse("press.unknown")
	}
	g, ok := t.w.GroupAt(a)
	if !ok {
		return desk.Refuse("unlink.gone")
	}
	t.out.Unbound = append(t.out.Unbound, g.Address.String())
	t.byHand(desk.HandUnlink, "", "department", g.Department, "title", g.Title)
	text := desk.T("unlink.done", "title", g.Title, "department", t.departmentLabel(g.Department), "name", t.p.Called())
	t.answer(desk.Text{})
	t.replace(text)
	for _, p := range t.w.Holders(desk.RoleAdministrator) {
		if p.ID != t.p.ID {
			t.out.Say(desk.Message{Person: p.ID, Text: text, Lane: desk.LaneInteractive, Class: desk.ClassNotice})
		}
	}
	return nil
}

// cmdSuspend takes every role from somebody at once, or gives them back.
func (t *turn) cmdSuspend(arg string) error {
	name := strings.TrimSpace(arg)
	var rows [][]desk.Button
	for _, p := range t.w.Employees() {
		if name != "" && !strings.Contains(desk.Fold(p.Called()), desk.Fold(name)) || p.ID == t.p.ID || len(rows) >= 20 {
			continue
		}
		if p.Suspended {
			rows = append(rows, desk.Row(desk.Button{Label: desk.T("suspend.restore", "name", p.Called()), Data: "r|" + p.ID}))
		} else {
			rows = append(rows, desk.Row(desk.Button{Label: desk.T("suspend.button", "name", p.Called()), Data: "x|" + p.ID}))
		}
	}
	if len(rows) == 0 {
		return desk.Refuse("suspend.none", "name", name)
	}
	t.reply(desk.T("suspend.which"), rows...)
	return nil
}

// suspend refuses somebody from their next update on. What they had taken goes
// back to the department at once.
func (t *turn) suspend(id string, on bool) error {
	if !t.p.Manages() {
		return desk.Refuse("refuse.manager")
	}
	p, ok := t.w.Person(id)
	if !ok || p.ID == t.p.ID {
		return desk.Refuse("press.unknown")
	}
	// Whoever is suspended holds no role until restored: ask for the one they would hold.
	restored := p
	restored.Suspended = false
	if restored.Has(desk.RoleAdministrator) && !administers(t.p) {
		return desk.Refuse("refuse.administrator")
	}
	p.Suspended = on
	t.byHand(map[bool]string{true: desk.HandSuspend, false: desk.HandRestore}[on], p.ID)
	t.out.People = append(t.out.People, p)
	t.out.Jobs = append(t.out.Jobs, commandsJob(t.w, p))
	key := "suspend.done"
	if !on {
		key = "suspend.restored"
	} else {
		for _, ticket := range t.w.TicketsTaken(p.ID) {
			out, err := desk.Act(t.w, ticket, desk.GiveBack, t.actor(), desk.Args{})
			if err != nil {
				continue // not given back from this state: it stays in the open list
			}
			t.out.Add(out)
		}
	}
	t.answer(desk.Text{})
	t.replace(desk.T(key, "name", p.Called(), "by", t.p.Called()))
	for _, a := range t.w.Holders(desk.RoleAdministrator) {
		if a.ID != t.p.ID {
			t.out.Say(desk.Message{Person: a.ID, Text: desk.T(key, "name", p.Called(), "by", t.p.Called()),
				Lane: desk.LaneInteractive, Class: desk.ClassNotice})
		}
	}
	return nil
}
