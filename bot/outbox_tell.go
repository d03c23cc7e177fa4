package bot

import (
	"slices"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// tellFollower asks whoever follows a ticket to phone somebody whom messages no
// longer reach. It is said once for a ticket and a person.
func (m *marking) tellFollower(ticket string, p desk.Person) desk.Effects {
	t, ok := m.w.Ticket(ticket)
	if !ok || !t.State.Open() && t.State != desk.StateDone {
		return desk.Effects{}
	}
	message := desk.Message{
		Person: t.Follower, Ticket: t.ID, Class: desk.ClassNotice, Lane: desk.LaneInteractive,
		Key: "unreachable/" + t.ID + "/" + p.ID,
		Text: desk.T("outbox.unreachable", "name", p.Called(), "number", t.Number, "title", desk.Title(m.w.Site(), t),
			"place", desk.Where(m.w.Site(), t)),
		Buttons: look(t),
	}
	follower, ok := m.w.Person(t.Follower)
	if ok && follower.ID != p.ID && (t.Case == nil || t.Confides(follower)) && follower.Unreachable == "" && !follower.Address().IsZero() {
		return desk.Effects{Messages: []desk.Message{message}}
	}
	people := desk.Managers(m.w, 0)
	if t.Case != nil {
		people = desk.CaseHandlers(m.w, t)
	}
	return m.toAll(people, message)
}

// toAll says something to several people, each once for the message's key.
func (m *marking) toAll(people []desk.Person, message desk.Message) desk.Effects {
	var out desk.Effects
	key := message.Key
	for _, p := range people {
		message.Person, message.Key = p.ID, key+"/"+p.ID
		out.Say(message)
	}
	return out
}

// emergencyLost tells the managers that something about an emergency did not
// arrive. When one of them cannot be reached either, the next is told.
func (m *marking) emergencyLost(row storage.Outgoing) desk.Effects {
	t, ok := m.w.Ticket(row.Ticket)
	if !ok || !t.State.Open() {
		return desk.Effects{}
	}
	var people []desk.Person
	for _, p := range desk.Managers(m.w, 0) {
		if p.ID != row.Person {
			people = append(people, p)
		}
	}
	if len(people) == 0 {
		people = desk.Managers(m.w, 1)
	}
	return m.toAll(people, desk.Message{
		Ticket: t.ID, Class: desk.ClassEmergency, Lane: desk.LaneEmergency, Key: "lost/" + t.ID,
		Text: desk.T("outbox.lost", "number", t.Number, "title", desk.Title(m.w.Site(), t),
			"place", m.w.Site().PlaceLabel(t.Place)),
		Buttons: look(t),
	})
}

// passOn gives a card that never reached its group to the members on duty who do
// not see it elsewhere.
func (m *marking) passOn(row storage.Outgoing) desk.Effects {
	post, ok := m.w.Post(row.Post)
	if !ok || post.Kind != desk.PostGroup || post.Stands() {
		return desk.Effects{}
	}
	t, ok := m.w.Ticket(post.Ticket)
	if !ok || t.State != desk.StateNew || t.Department != post.Department {
		return desk.Effects{}
	}
	return desk.ShowMembers(m.w, t)
}

// tellGroupDead tells the administrators and the duty manager, once, that
// nothing can be posted in a group.
func (m *marking) tellGroupDead(g desk.Group) desk.Effects {
	department, _ := m.w.Site().Department(g.Department)
	text := desk.T("outbox.group_gone", "group", g.Title, "department", department.Label)
	if g.Dead == string(TopicClosed) {
		text = desk.T("outbox.topic_closed", "group", g.Title, "department", department.Label)
	}
	people := m.w.Holders(desk.RoleAdministrator)
	for _, p := range desk.Managers(m.w, 0) {
		if !slices.ContainsFunc(people, func(q desk.Person) bool { return q.ID == p.ID }) {
			people = append(people, p)
		}
	}
	return m.toAll(people, desk.Message{
		Class: desk.ClassNotice, Lane: desk.LaneInteractive, Text: text,
		Key: "group_dead/" + g.Address.String() + "/" + m.tx.Now().Format(time.RFC3339Nano),
	})
}

func look(t desk.Ticket) [][]desk.Button {
	return [][]desk.Button{desk.Row(desk.Button{Label: desk.T("button.look"), Data: desk.LookData(t.ID)})}
}

func takeOrLook(t desk.Ticket) [][]desk.Button {
	return [][]desk.Button{desk.Row(
		desk.Button{Label: desk.T("button.take"), Data: desk.PressData(t.ID, desk.Take, "")},
		desk.Button{Label: desk.T("button.look"), Data: desk.LookData(t.ID)},
	)}
}
