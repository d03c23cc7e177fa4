package bot

import (
	"frontdesk/desk"
	"frontdesk/storage"
)

// closing deals with what cannot be said before a person writes, in the caller's
// transaction.
type closing struct {
	tx *storage.Tx
	wr storage.Writer
	w  *storage.World
}

// mustWrite is the outcome that the window is shut, whatever the desk had counted.
func (m *marking) mustWrite(row storage.Outgoing, out outcome) error {
	why, err := closing{m.tx, m.wr, m.w}.shut(row, out.said)
	m.fates = append(m.fates, fate{row: row, state: heldState(why), reason: string(Closed), err: out.err})
	return err
}

func heldState(why string) storage.OutState {
	if why == whyHeld {
		return storage.OutHeld
	}
	return ""
}

// shut lets somebody phone where the row was the callback question or something
// that the person must know; if it is to be answered it is held too, with its photos.
// A card is held, and shown when they write; a message is dropped, with a note if it was more than a reminder. It returns why the row is
// not sent, and an error of the store.
func (c closing) shut(row storage.Outgoing, said string) (why string, err error) {
	ticket, _ := c.w.Ticket(row.Ticket)
	reader := c.reader(row)
	effects, err := desk.WindowShut(c.w, ticket, reader, row.Class, said, row.ID)
	if err != nil {
		return "", err
	}
	why = string(Closed)
	post, isPost := c.w.Post(row.Post)
	switch {
	case isPost && (post.Queued == "" || post.Queued == row.ID):
		post.Queued, why = row.ID, whyHeld
		if err := storage.Posts.Put(c.tx, post); err != nil {
			return why, err
		}
		err = storage.Hold(c.tx, row)
	case row.Class == desk.ClassRegistration && len(row.Drawn.Buttons) > 0, row.Ticket != "" && len(row.Drawn.Photos) > 0:
		// Somebody phones, who cannot say a picture; and who writes after all can answer
		// by themselves.
		why, err = whyHeld, storage.Hold(c.tx, row)
	default:
		if noted(row, effects) {
			effects.Notes = append(effects.Notes, desk.Note{
				Kind: "undelivered", Ticket: row.Ticket, Person: reader.ID,
				Facts: map[string]string{"class": string(row.Class), "why": string(Closed), "chat": row.Chat.String()},
			})
		}
		err = storage.Outbox.Delete(c.tx, row.ID)
	}
	if err != nil {
		return why, err
	}
	return why, c.wr.Apply(c.tx, effects)
}

// noted tells whether staff should see that a message was not said: not when
// somebody phones, and not when nobody misses it.
func noted(row storage.Outgoing, phoned desk.Effects) bool {
	if row.Post != "" || row.PressID != "" || len(phoned.Messages) > 0 {
		return false
	}
	switch row.Class {
	case desk.ClassReminder, desk.ClassPrompt, desk.ClassToast, desk.ClassCallback:
		return false
	}
	return true
}

// reader is the person to whom a row goes.
func (c closing) reader(row storage.Outgoing) desk.Person {
	p, ok := c.w.Person(row.Person)
	if !ok {
		p, _ = c.w.PersonAt(row.Chat)
	}
	return p
}
