package storage

import (
	"slices"
	"strconv"
	"time"

	"frontdesk/desk"
)

// moves lets everything that points to a chat follow it to its new id: the
// bindings, what waits to be sent, and the cards of open tickets, which are
// posted anew.
func (a *applying) moves(e desk.Effects) error {
	for _, m := range e.Moves {
		if m.To.ID == "" || m.From.Chat() == m.To.Chat() {
			continue
		}
		for _, step := range []func(desk.Move) error{a.moveBindings, a.moveWaiting, a.movePosts} {
			if err := step(m); err != nil {
				return err
			}
		}
	}
	return nil
}

// movedMost bounds how many posts are moved: the newest ones.
const movedMost = 500

// moved is an address after the move; its topic stays.
func moved(a desk.Address, m desk.Move) desk.Address {
	return desk.Address{Channel: m.To.Channel, ID: m.To.ID, Thread: a.Thread}
}

func (a *applying) moveBindings(m desk.Move) error {
	for _, g := range a.w.GroupsIn(m.From) {
		if err := Groups.Delete(a.tx, g.Address.String()); err != nil {
			return err
		}
		g.Address, g.Dead = moved(g.Address, m), ""
		if err := Groups.Put(a.tx, g); err != nil {
			return err
		}
	}
	return nil
}

// moveWaiting also moves what is under way at this moment, so that the order is
// kept: the outbox sends nothing to the new chat before it knows how that ended.
func (a *applying) moveWaiting(m desk.Move) error {
	for _, o := range list(a.w, Outbox, "claimed", Range{}) {
		if o.Chat.Chat() != m.From.Chat() {
			continue
		}
		o.Chat = moved(o.Chat, m)
		if err := Outbox.Put(a.tx, o); err != nil {
			return err
		}
	}
	for lane := desk.LaneEmergency; lane <= desk.LaneRoutine; lane++ {
		prefix := Key(strconv.Itoa(int(lane)), m.From.Chat().String())
		for _, o := range list(a.w, Outbox, "waiting", Range{Prefix: prefix}) {
			o.Chat, o.NotBefore = moved(o.Chat, m), time.Time{}
			if err := Outbox.Put(a.tx, o); err != nil {
				return err
			}
		}
	}
	a.tx.Wake(WakeOutbox)
	return nil
}

func (a *applying) movePosts(m desk.Move) error {
	prefix := Key(m.From.Chat().String())
	newest := list(a.w, Posts, "group", Range{Prefix: prefix, Reverse: true, Limit: movedMost})
	slices.Reverse(newest)
	for _, p := range newest {
		wasShown := p.Stands()
		p.Chat = moved(p.Chat, m)
		p.Lose()
		t, ok := a.w.Ticket(p.Ticket)
		if !wasShown || !ok || !t.State.Open() || p.Superseded {
			if wasShown {
				p.Gone = "moved"
			}
			if err := Posts.Put(a.tx, p); err != nil {
				return err
			}
			continue
		}
		if p.Lane != desk.LaneEmergency {
			// A card that is only posted again goes behind what is new.
			p.Lane = desk.LaneRoutine
		}
		if err := a.show(p); err != nil {
			return err
		}
	}
	return nil
}
