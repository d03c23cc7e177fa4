package storage

import (
	"time"

	"frontdesk/desk"
)

const (
	// heldMost bounds how many held rows one input lets go.
	heldMost = 50
	// heldFor is how long a message that is no card is still worth saying; what a
	// person must know is as long as its ticket has not moved on.
	heldFor = 24 * time.Hour
)

// held lets go what waited until somebody wrote. A card goes in its newest state;
// an old message has lost its sense, and so have a question that was asked before
// the person wrote, because they get another one, and a reminder.
func (a *applying) held(e desk.Effects) error {
	for _, chat := range e.Wrote {
		for _, o := range list(a.w, Outbox, "held", Range{Prefix: Key(chat.Chat().String()), Limit: heldMost}) {
			passed := o.Class == desk.ClassPrompt || o.Class == desk.ClassReminder || !o.Class.MustKnow() && a.tx.Now().Sub(o.Created) > heldFor
			if t, ok := a.w.Ticket(o.Ticket); ok && o.Outdated(t) {
				passed = true
			}
			if o.Post == "" && passed {
				if err := Outbox.Delete(a.tx, o.ID); err != nil {
					return err
				}
				continue
			}
			// Its patience begins now, and its place is the old one.
			o.State, o.Created, o.NotBefore = OutWaiting, a.tx.Now(), time.Time{}
			if err := Outbox.Put(a.tx, o); err != nil {
				return err
			}
			a.tx.Wake(WakeOutbox)
		}
	}
	return nil
}

// lost forgets messages that did not arrive after all. Where the reader has to
// write first, the card is shown when they do.
func (a *applying) lost(e desk.Effects) error {
	for _, id := range e.Lost {
		p, ok := a.w.Post(id)
		if !ok {
			continue
		}
		p.Lose()
		if p.Queued == "" && !p.Superseded && a.Site.Can(p.Chat).PushWindow > 0 {
			p.Want++
			queued, err := a.queue(Outgoing{
				State: OutHeld, Lane: p.Lane, Class: desk.ClassCard, Chat: p.Chat, Person: p.Person, Ticket: p.Ticket, Post: p.ID,
			})
			if err != nil {
				return err
			}
			p.Queued = queued
		}
		if err := Posts.Put(a.tx, p); err != nil {
			return err
		}
	}
	return nil
}

// Hold lets a row wait until its reader writes. It returns an error of the store.
func Hold(tx *Tx, o Outgoing) error {
	o.State, o.Reason = OutHeld, ""
	return Outbox.Put(tx, o)
}

// DropHeld deletes a row that was held in vain; its card is queued again when it
// changes. It returns an error of the store.
func DropHeld(tx *Tx, o Outgoing) error {
	p, ok, err := Posts.Get(tx, o.Post)
	if ok && err == nil && p.Queued == o.ID {
		p.Queued = ""
		err = Posts.Put(tx, p)
	}
	if err != nil {
		return err
	}
	return Outbox.Delete(tx, o.ID)
}
