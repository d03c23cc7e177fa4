package bot

import (
	"context"
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
			"place", m.w.Site().PlaceLabel(t.Place)),
		Buttons: look(t),
	}
	follower, ok := m.w.Person(t.Follower)
	if ok && follower.ID != p.ID && follower.Unreachable == "" && !follower.Address().IsZero() {
		return desk.Effects{Messages: []desk.Message{message}}
	}
	return m.toAll(desk.Managers(m.w, 0), message)
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

// passOn gives a card that never reached its group to the people on duty, when
// the department has no other group.
func (m *marking) passOn(row storage.Outgoing) desk.Effects {
	post, ok := m.w.Post(row.Post)
	if !ok || post.Kind != desk.PostGroup || post.Ref != "" || len(m.w.Groups(post.Department)) > 0 {
		return desk.Effects{}
	}
	t, ok := m.w.Ticket(post.Ticket)
	if !ok || t.State != desk.StateNew {
		return desk.Effects{}
	}
	return m.toAll(desk.OnDuty(m.w, post.Department), desk.Message{
		Ticket: t.ID, Class: desk.ClassCard, Lane: post.Lane, Key: "nogroup/" + t.ID,
		Text: desk.T("nogroup.card", "number", t.Number, "title", desk.Title(m.w.Site(), t),
			"place", m.w.Site().PlaceLabel(t.Place)),
		Buttons: takeOrLook(t),
	})
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

const (
	// lateAfter is how long an emergency may wait for its group before the people
	// on duty are told in private instead.
	lateAfter = 5 * time.Second
	// loudAfter is when an emergency that is still waiting is an error.
	loudAfter = time.Minute
	// lateMost is how many waiting emergencies of one chat are told.
	lateMost = 50
)

// waits notes that a row waits until a time. Emergencies that a group cannot
// take for a while are late.
func (o *Outbox) waits(tx *storage.Tx, c *choice, now time.Time, p pick, until time.Time) error {
	c.wait(until)
	if p.row.Lane != desk.LaneEmergency {
		return nil
	}
	if now.Sub(p.row.Created) >= loudAfter {
		c.loud = append(c.loud, p.row)
	}
	if !p.chat.Group || until.Sub(now) <= lateAfter {
		return nil
	}
	rows, err := chatRows(tx, p.row.Lane, p.row.Chat, lateMost)
	for _, row := range rows {
		if !o.alarmed[row.ID] {
			c.late = append(c.late, row)
		}
	}
	return err
}

// alarm says loudly which emergencies are still not sent, and tells the people
// on duty in private of those that their group cannot be told of at the moment,
// once for a ticket.
func (o *Outbox) alarm(ctx context.Context, now time.Time, c choice) error {
	for _, row := range c.loud {
		if key := loudKey(row); !o.alarmed[key] {
			o.alarmed[key] = true
			o.logger.Error("an emergency message could not be sent for a minute", "row", row.ID, "ticket", row.Ticket)
		}
	}
	if len(c.late) == 0 {
		return nil
	}
	wr := o.writer()
	err := o.store.Update(ctx, func(tx *storage.Tx) error {
		m := &marking{tx: tx, wr: wr, w: storage.NewWorld(tx, wr.Site), now: now}
		var out desk.Effects
		for _, row := range c.late {
			out.Add(m.late(row))
		}
		if err := m.w.Err(); err != nil {
			return err
		}
		return wr.Apply(tx, out)
	})
	if err != nil {
		return err
	}
	for _, row := range c.late {
		o.alarmed[row.ID] = true
	}
	return nil
}

func loudKey(row storage.Outgoing) string { return "loud/" + row.ID }

func (m *marking) late(row storage.Outgoing) desk.Effects {
	t, ok := m.w.Ticket(row.Ticket)
	if !ok || !t.State.Open() {
		return desk.Effects{}
	}
	department := t.Department
	if post, ok := m.w.Post(row.Post); ok && post.Department != "" {
		department = post.Department
	}
	return m.toAll(desk.OnDuty(m.w, department), desk.Message{
		Ticket: t.ID, Class: desk.ClassEmergency, Lane: desk.LaneEmergency, Key: "late/" + t.ID,
		Text: desk.T("outbox.late", "number", t.Number, "title", desk.Title(m.w.Site(), t),
			"place", m.w.Site().PlaceLabel(t.Place)),
		Buttons: takeOrLook(t),
	})
}
