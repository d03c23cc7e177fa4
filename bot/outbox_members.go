package bot

import (
	"frontdesk/desk"
	"frontdesk/storage"
)

// onlooker tells whether a message about a ticket went to somebody who could
// have taken it, and is no party to it: that it is lost concerns nobody as long
// as others see the ticket.
func (m *marking) onlooker(ticket string, p desk.Person) bool {
	t, ok := m.w.Ticket(ticket)
	if !ok || p.Is(t.Taker) || p.Is(t.Requester) || p.Is(t.FiledBy) || p.Is(t.Follower) {
		return false
	}
	for _, post := range m.w.Posts(ticket) {
		if post.Kind == desk.PostMember && p.Is(post.Person) {
			return true
		}
	}
	return false
}

// forget deletes a row that is lost like one that is noted already.
func (m *marking) forget(row storage.Outgoing, err *SendError) error {
	m.fates = append(m.fates, fate{row: row, reason: string(err.Reason), err: err})
	if post, ok := m.w.Post(row.Post); ok {
		release(&post, row)
		if post.Ref == "" {
			post.Gone = string(err.Reason)
		}
		if err := storage.Posts.Put(m.tx, post); err != nil {
			return err
		}
	}
	return storage.Outbox.Delete(m.tx, row.ID)
}

// unserved tells the duty manager of the tickets that somebody was the last of
// their department to see, when they cannot be reached any more.
func (m *marking) unserved(p desk.Person) desk.Effects {
	var out desk.Effects
	for _, d := range m.w.Site().Departments {
		if !p.WorksFor(d.ID) {
			continue
		}
		var list []desk.Ticket
		for _, t := range openTickets(m.w, d.ID, cutOffMost) {
			if t.State == desk.StateNew && !t.Announced.IsZero() && m.onlooker(t.ID, p) && !m.seen(t) {
				list = append(list, t)
			}
		}
		if len(list) > 0 {
			out.Add(desk.Nobody(m.w, d.ID, list))
		}
	}
	return out
}

// memberLost tells the duty manager, once, of a ticket whose last card in private
// could not be sent.
func (m *marking) memberLost(row storage.Outgoing) desk.Effects {
	post, ok := m.w.Post(row.Post)
	if !ok || post.Kind != desk.PostMember || post.Ref != "" {
		return desk.Effects{}
	}
	t, ok := m.w.Ticket(post.Ticket)
	if !ok || t.State != desk.StateNew || t.Department != post.Department || m.seen(t) {
		return desk.Effects{}
	}
	out := desk.Nobody(m.w, t.Department, []desk.Ticket{t})
	for i := range out.Messages {
		out.Messages[i].Key = "nobody/" + t.ID + "/" + out.Messages[i].Person
	}
	return out
}

// seen tells whether anybody of the department has the ticket before them, or
// soon, where they can take it.
func (m *marking) seen(t desk.Ticket) bool {
	s := m.w.Site()
	for _, post := range m.w.Posts(t.ID) {
		stands := post.Gone == "" && !post.Superseded && (post.Ref != "" || post.Queued != "")
		if !stands || post.Department != t.Department {
			continue
		}
		if post.Person != "" && post.Kind != desk.PostTaker {
			if p, ok := m.w.Person(post.Person); ok && p.Unreachable == "" && p.WorksFor(t.Department) {
				return true
			}
			continue
		}
		if g, ok := m.w.GroupAt(post.Chat); ok && g.Dead == "" && s.Can(post.Chat).GroupButtons {
			return true
		}
	}
	return false
}
