package bot

import (
	"slices"

	"frontdesk/desk"
	"frontdesk/storage"
)

// cutOffMost bounds how much one transaction touches when a recipient is cut
// off. What is left is found cut off when its turn comes.
const cutOffMost = 200

// cutOff writes that somebody, or a group, cannot be reached: everything that
// waits for them is given up at once, and those who should know are told.
func (m *marking) cutOff(row storage.Outgoing, err *SendError) error {
	if p, ok := m.reader(row); ok {
		return m.unreachable(row, p, err)
	}
	return m.groupDead(row, err)
}

// reader is the person whose private chat a row goes to.
func (m *marking) reader(row storage.Outgoing) (desk.Person, bool) {
	if p, ok := m.w.Person(row.Person); ok {
		return p, true
	}
	return m.w.PersonAt(row.Chat)
}

// unreachable gives up a person's address. What waits for it goes to the next
// one. Only when that was the last are the messages given up, and for each of
// the tickets that they were about the follower is told, once, to phone.
func (m *marking) unreachable(row storage.Outgoing, p desk.Person, err *SendError) error {
	lostNow := false
	here := slices.ContainsFunc(p.Addresses, func(a desk.Address) bool { return a.Chat() == row.Chat.Chat() })
	if here && p.AwayAt(row.Chat) == "" {
		p = p.Leaves(row.Chat, string(err.Reason))
		lostNow = p.Unreachable != ""
		if err := m.wr.Apply(m.tx, desk.Effects{People: []desk.Person{p}}); err != nil {
			return err
		}
	}
	rows, failure := waitingIn(m.tx, row.Chat, cutOffMost)
	if failure != nil {
		return failure
	}
	if to := p.Address(); p.Unreachable == "" && !to.IsZero() && to.Chat() != row.Chat.Chat() {
		for _, other := range append([]storage.Outgoing{row}, rows...) {
			if err := m.elsewhere(other, to, err); err != nil {
				return err
			}
		}
		return nil
	}
	var tickets []string
	noted := false // One note is enough of cards that others see as well.
	for _, lost := range append([]storage.Outgoing{row}, rows...) {
		onlooker := m.onlooker(lost.Ticket, p)
		if onlooker && noted {
			if err := m.forget(lost, err); err != nil {
				return err
			}
			continue
		}
		if err := m.dead(lost, err.Reason, err); err != nil {
			return err
		}
		if onlooker {
			noted = true
			continue
		}
		if lost.Ticket != "" && !lost.Secret && !slices.Contains(tickets, lost.Ticket) {
			tickets = append(tickets, lost.Ticket)
		}
	}
	var out desk.Effects
	for _, id := range tickets {
		out.Add(m.tellFollower(id, p))
	}
	if lostNow {
		out.Add(m.unserved(p))
	}
	return m.wr.Apply(m.tx, out)
}

// groupDead gives up a group, or one topic of it. The cards of its open tickets
// are noted, and what had not arrived is passed to the people on duty.
func (m *marking) groupDead(row storage.Outgoing, err *SendError) error {
	if err.Reason == Blocked {
		err = &SendError{Reason: Gone, Err: err.Err}
	}
	whole := err.Reason != TopicClosed
	lost, failure := m.deadGroups(row.Chat, whole, err.Reason)
	if failure != nil {
		return failure
	}
	rows, failure := waitingIn(m.tx, row.Chat, cutOffMost)
	if failure != nil {
		return failure
	}
	var out desk.Effects
	for _, other := range append([]storage.Outgoing{row}, rows...) {
		if !whole && other.Chat != row.Chat {
			continue
		}
		if err := m.dead(other, err.Reason, err); err != nil {
			return err
		}
		out.Add(m.passOn(other))
	}
	for _, g := range lost {
		if err := m.loseCards(g, err.Reason); err != nil {
			return err
		}
		out.Add(m.tellGroupDead(g))
	}
	return m.wr.Apply(m.tx, out)
}

// deadGroups writes the reason on the bindings of a chat and returns those that
// were alive.
func (m *marking) deadGroups(chat desk.Address, whole bool, reason Reason) ([]desk.Group, error) {
	var groups []desk.Group
	for _, g := range m.w.GroupsIn(chat) {
		if g.Dead == "" && (whole || g.Address == chat) {
			g.Dead = string(reason)
			groups = append(groups, g)
		}
	}
	return groups, m.wr.Apply(m.tx, desk.Effects{Groups: groups})
}

// loseCards notes the open tickets whose cards stand in a dead group.
func (m *marking) loseCards(g desk.Group, reason Reason) error {
	var out desk.Effects
	for _, t := range openTickets(m.w, g.Department, cutOffMost) {
		for _, post := range m.w.Posts(t.ID) {
			if post.Chat != g.Address || post.Gone != "" {
				continue
			}
			post.Gone = string(reason)
			if err := storage.Posts.Put(m.tx, post); err != nil {
				return err
			}
			out.Notes = append(out.Notes, desk.Note{
				ID: m.tx.NewID(), At: m.tx.Now(), Kind: "card_lost", Ticket: t.ID,
				Facts: map[string]string{"why": string(reason), "chat": g.Address.String()},
			})
		}
	}
	return m.wr.Apply(m.tx, out)
}

// openTickets lists the oldest open tickets of a department.
func openTickets(w *storage.World, department string, most int) []desk.Ticket {
	list := w.Open(department)
	return list[:min(len(list), most)]
}
