package storage

import (
	"time"

	"frontdesk/desk"
)

// Unseen lists the notes that nobody has dealt with, newest first, behind the
// first skip, at most n, and tells whether there are more.
func (w *World) Unseen(skip, n int) (notes []desk.Note, more bool) {
	at := 0
	w.fail(Notes.Keys(w.tx, "unseen", Range{Reverse: true, Limit: skip + n + 1}, func(_, id string) error {
		if at++; at <= skip {
			return nil
		}
		if len(notes) == n {
			more = true
			return Stop
		}
		note, ok, err := Notes.Get(w.tx, id)
		if ok {
			notes = append(notes, note)
		}
		return err
	}))
	return notes, more
}

// UnseenCount counts the notes that nobody has dealt with, as far as most.
func (w *World) UnseenCount(most int) int {
	n, err := Notes.Count(w.tx, "unseen", Range{Limit: most})
	w.fail(err)
	return n
}

// UnseenBetween lists the notes of [from, until] that nobody has dealt with,
// newest first, at most n.
func (w *World) UnseenBetween(from, until time.Time, n int) []desk.Note {
	return list(w, Notes, "unseen", Range{From: TimeKey(from), To: TimeKey(until.Add(1)), Reverse: true, Limit: n})
}

// Note finds a note by its id and time.
func (w *World) Note(id string, at time.Time) (desk.Note, bool) {
	return read(w, Notes, Key(TimeKey(at), id))
}

// Outgoing finds a message that was not sent, or not yet.
func (w *World) Outgoing(id string) (Outgoing, bool) { return read(w, Outbox, id) }
