package storage

import "frontdesk/desk"

// resend tries messages that were given up once more, each as a new row at the
// end, to where its reader is now. One that is not given up any more, or whose
// reader cannot be reached, is left as it is: pressing twice sends once.
func (a *applying) resend(ids []string) error {
	for _, id := range ids {
		row, found, err := Outbox.Get(a.tx, id)
		if err != nil {
			return err
		}
		chat, ok := a.w.ResendTo(row)
		if !found || !ok {
			continue
		}
		if err := Outbox.Delete(a.tx, id); err != nil {
			return err
		}
		if post, isPost := a.w.Post(row.Post); isPost {
			if post.Gone = ""; post.Chat != chat {
				post.Chat = chat
				post.Lose() // The old message is in another chat.
			}
			if err := a.show(post); err != nil {
				return err
			}
			continue
		}
		row.State, row.Chat, row.Attempts, row.Reason, row.Unknown = "", chat, 0, "", false
		row.NotBefore = a.tx.Now()
		if _, err := a.queue(row); err != nil {
			return err
		}
	}
	return a.w.err
}

// ResendTo tells whether a message that was given up can be tried again, and
// where: not when its reader is still out of reach, nor a reminder of something
// that has gone on since.
func (w *World) ResendTo(row Outgoing) (desk.Address, bool) {
	if row.State != OutDead || row.PressID != "" {
		return desk.Address{}, false
	}
	if t, ok := w.Ticket(row.Ticket); ok && row.Outdated(t) {
		return desk.Address{}, false
	}
	if p, ok := w.Post(row.Post); row.Post != "" && (!ok || p.Superseded) {
		return desk.Address{}, false
	}
	if row.Person != "" {
		p, ok := w.Person(row.Person)
		return p.Address(), ok && p.Unreachable == "" && !p.Address().IsZero()
	}
	g, bound := w.GroupAt(row.Chat)
	if bound {
		return row.Chat, g.Dead == ""
	}
	p, ok := w.PersonAt(row.Chat)
	return row.Chat, ok && p.AwayAt(row.Chat) == ""
}
