package bot

import (
	"frontdesk/desk"
	"frontdesk/storage"
)

// answered tells whether a row calls somebody to an emergency for which somebody
// comes already: whatever is claimed after that commit is not sent.
func (c *claiming) answered(row storage.Outgoing) bool {
	if row.Ladder == "" {
		return false
	}
	l, ok := c.w.Ladder(row.Ladder)
	return ok && !l.Running()
}

// ladderOf is the ladder that a row belongs to: that of a call, or of the card of
// an emergency for those who are to come.
func (m *marking) ladderOf(row storage.Outgoing) (desk.Ladder, bool) {
	if row.Ladder != "" {
		return m.w.Ladder(row.Ladder)
	}
	if row.Lane != desk.LaneEmergency || row.Post == "" {
		return desk.Ladder{}, false
	}
	return m.w.LadderOf(row.Ticket)
}

// called writes that a call has arrived somewhere.
func (m *marking) called(row storage.Outgoing) error {
	l, ok := m.ladderOf(row)
	if !ok || !l.Running() {
		return nil
	}
	hook := row.Chat == m.w.Site().Escalation.Webhook
	switch {
	case hook && l.Hooked.IsZero():
		l.Hooked, l.HookWhy = m.now, ""
	case !l.Heard.IsZero():
		return nil
	}
	if l.Heard.IsZero() {
		l.Heard = m.now
	}
	return m.wr.Apply(m.tx, desk.Effects{Emergency: desk.EmergencyEntries{Ladders: []desk.Ladder{l}}})
}

// uncalled writes that a call did not arrive and will not; others are called.
func (m *marking) uncalled(row storage.Outgoing, reason Reason) error {
	l, ok := m.ladderOf(row)
	if !ok || !l.Running() {
		return nil
	}
	return m.wr.Apply(m.tx, desk.LadderLost(m.w, l.ID, row.Person, string(reason)))
}
