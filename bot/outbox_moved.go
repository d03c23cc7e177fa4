package bot

import (
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// movedMost bounds how many waiting rows of a lane move in one transaction, and
// how many cards are posted anew. A row that is left moves when its turn comes.
const movedMost = 500

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
		if post.Ref != "" && !m.open(post) {
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
			post.Chat, post.Ref, post.Hash = to, "", ""
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

// MoveChat follows a group whose chat has a new id: its bindings, waiting rows
// and the posts of open tickets. The old names of messages are not valid in the
// new chat, so these posts are posted anew there, oldest ticket first. It does
// nothing the second time.
func MoveChat(tx *storage.Tx, wr storage.Writer, from, to desk.Address) error {
	w := storage.NewWorld(tx, wr.Site)
	move := func(a desk.Address) desk.Address {
		return desk.Address{Channel: a.Channel, ID: to.ID, Thread: a.Thread}
	}
	rows, err := waitingIn(tx, from, movedMost)
	if err != nil {
		return err
	}
	// What is under way at this moment goes along, so that the order is kept: the
	// outbox sends nothing to the new chat before it knows how that ended.
	err = storage.Outbox.By(tx, "claimed", storage.Range{}, func(row storage.Outgoing) error {
		if row.Chat.Chat() == from.Chat() {
			rows = append(rows, row)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, row := range rows {
		row.Chat, row.NotBefore = move(row.Chat), time.Time{}
		if err := storage.Outbox.Put(tx, row); err != nil {
			return err
		}
		if post, ok := w.Post(row.Post); ok && post.Chat.Chat() == from.Chat() {
			if !postOpen(w, post) && post.Ref != "" {
				post.Gone = string(Moved) // Its row is dropped at its turn.
			}
			post.Chat, post.Ref, post.Hash = row.Chat, "", ""
			if err := storage.Posts.Put(tx, post); err != nil {
				return err
			}
		}
	}
	var out desk.Effects
	for _, g := range w.GroupsIn(from) {
		out.Unbound = append(out.Unbound, g.Address.String())
		g.Address = move(g.Address)
		if _, bound := w.GroupAt(g.Address); !bound {
			g.Dead = ""
			out.Groups = append(out.Groups, g)
		}
		for _, t := range openTickets(w, g.Department, movedMost) {
			if err := repost(tx, w, t, from, move); err != nil {
				return err
			}
		}
	}
	tx.Wake(storage.WakeOutbox)
	return wr.Apply(tx, out)
}

// repost posts the cards of a ticket anew that stood in a chat which has moved.
// They go behind what is new: a card that is only posted again can wait.
func repost(tx *storage.Tx, w *storage.World, t desk.Ticket, from desk.Address, move func(desk.Address) desk.Address) error {
	for _, post := range w.Posts(t.ID) {
		if post.Chat.Chat() != from.Chat() || post.Gone != "" {
			continue
		}
		post.Chat, post.Ref, post.Hash = move(post.Chat), "", ""
		if post.Lane != desk.LaneEmergency {
			post.Lane = desk.LaneRoutine
		}
		if post.Superseded {
			post.Gone = string(Moved)
			if err := storage.Posts.Put(tx, post); err != nil {
				return err
			}
			continue
		}
		if err := storage.Redraw(tx, post); err != nil {
			return err
		}
	}
	return w.Err()
}
