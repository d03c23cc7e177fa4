package bot

import (
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// moved goes on with a row in the chat that its group became.
func (m *marking) moved(row storage.Outgoing, out outcome) error {
	// The row may have followed its chat already: what counts is where it went.
	from, err := out.row.Chat, out.err
	to := desk.Address{Channel: from.Channel, ID: err.MovedTo, Thread: from.Thread}
	if err.MovedTo == "" || err.MovedTo == from.ID || row.Attempts >= attemptsMost {
		return m.dead(row, Gone, err)
	}
	if failure := MoveChat(m.tx, m.wr, from, to); failure != nil {
		return failure
	}
	row.Chat = to
	if post, ok := m.w.Post(row.Post); ok {
		if post.Stands() && !m.open(post) {
			// The message is in the old chat, and of no use in the new one.
			post.Gone = string(Moved)
			release(&post, row)
			if err := storage.Posts.Put(m.tx, post); err != nil {
				return err
			}
			m.fates = append(m.fates, fate{row: row, reason: string(Moved), err: err})
			return storage.Outbox.Delete(m.tx, row.ID)
		}
		if post.Chat != to {
			post.Chat = to
			post.Lose()
		}
		if post.Queued != "" {
			// MoveChat queued it at the end; this row has the older place.
			if err := storage.Outbox.Delete(m.tx, post.Queued); err != nil {
				return err
			}
			post.Queued = ""
		}
		if err := storage.Posts.Put(m.tx, post); err != nil {
			return err
		}
	}
	return m.again(row, time.Time{}, Moved, err)
}

// MoveChat lets everything that points to a chat follow it to its new id. It
// does nothing the second time.
func MoveChat(tx *storage.Tx, wr storage.Writer, from, to desk.Address) error {
	return wr.Apply(tx, desk.Effects{Moves: []desk.Move{{From: from, To: to}}})
}
