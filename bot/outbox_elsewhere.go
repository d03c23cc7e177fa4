package bot

import (
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// elsewhere sends a row to another address of its reader, because the one it was
// for cannot be written to any more. What only made sense in the old chat (the
// next question of a conversation there, the change of a card that is over) is
// dropped.
func (m *marking) elsewhere(row storage.Outgoing, to desk.Address, cause *SendError) error {
	// A call to an emergency has a row for each of its reader's addresses already.
	if row.PressID != "" || row.Ladder != "" || row.Person == "" && row.Post == "" {
		m.fates = append(m.fates, fate{row: row, reason: string(cause.Reason), err: cause})
		return storage.Outbox.Delete(m.tx, row.ID)
	}
	if post, ok := m.w.Post(row.Post); ok {
		if post.Superseded || post.Ref != "" && !m.open(post) || m.shownAt(post, to) {
			post.Gone = string(cause.Reason)
			release(&post, row)
			if err := storage.Posts.Put(m.tx, post); err != nil {
				return err
			}
			m.fates = append(m.fates, fate{row: row, reason: string(cause.Reason), err: cause})
			return storage.Outbox.Delete(m.tx, row.ID)
		}
		post.Chat, post.Ref, post.Hash, post.Created = to, "", "", m.tx.Now()
		if err := storage.Posts.Put(m.tx, post); err != nil {
			return err
		}
	}
	row.Chat, row.Attempts, row.Unknown = to, 0, false
	row.Drawn.Edit, row.Drawn.ReplyTo = "", ""
	return m.again(row, time.Time{}, cause.Reason, cause)
}

// shownAt tells whether the same person is shown the same card at an address
// already: an emergency goes to all of them.
func (m *marking) shownAt(post desk.Post, to desk.Address) bool {
	for _, p := range m.w.Posts(post.Ticket) {
		if p.ID != post.ID && p.Kind == post.Kind && p.Chat == to && p.Gone == "" && !p.Superseded && sameRecord(m.w, p.Person, post.Person) {
			return true
		}
	}
	return false
}
