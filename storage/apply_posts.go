package storage

import (
	"slices"

	"frontdesk/desk"
)

// posts adds posts of cards. A person's older posts of the same ticket and
// kind lose their buttons: there is one place to press.
func (a *applying) posts(e desk.Effects) error {
	for _, p := range e.Posts {
		if p.Kind != desk.PostGroup && p.Kind != desk.PostList {
			if err := a.supersede(p); err != nil {
				return err
			}
		}
		if err := a.show(p); err != nil {
			return err
		}
	}
	return nil
}

func (a *applying) supersede(by desk.Post) error {
	for _, p := range a.w.Posts(by.Ticket) {
		if p.ID == by.ID || p.Person != by.Person || p.Kind != by.Kind || p.Superseded {
			continue
		}
		p.Superseded = true
		if err := a.show(p); err != nil {
			return err
		}
	}
	return nil
}

// redraw lets every post of a ticket be shown anew. A post for somebody who no
// longer has the ticket is shown a last time, without buttons. Who could take it
// is shown only what matters to them.
func (a *applying) redraw(old, t desk.Ticket) error {
	for _, p := range a.w.Posts(t.ID) {
		if p.Superseded || p.Gone != "" {
			continue
		}
		switch p.Kind {
		case desk.PostTaker:
			p.Superseded = t.Taker != p.Person && t.State != desk.StateDone
		case desk.PostJoined:
			p.Superseded = !slices.Contains(t.Joined, p.Person)
		case desk.PostCall:
			p.Superseded = !t.Call.Open() || t.Call.Holder != "" && t.Call.Holder != p.Person
		case desk.PostMember:
			if p.Superseded = p.Department != t.Department && p.Department != t.Offered; !p.Superseded && desk.SameForMembers(old, t) {
				continue
			}
		case desk.PostGroup:
			p.Superseded = p.Department != t.Department && p.Department != t.Offered
		}
		p.Menu = ""
		if err := a.show(p); err != nil {
			return err
		}
	}
	return nil
}

// show puts a post and, unless one is already waiting, an outgoing row that
// will draw it in its newest state.
func (a *applying) show(p desk.Post) error {
	p.Want++
	if p.Queued == "" {
		class := desk.ClassCard
		lane := p.Lane
		if p.Stands() {
			class = desk.ClassEdit
		}
		if p.Kind == desk.PostRequester && !p.Stands() {
			class = desk.ClassRegistration
		}
		id, err := a.queue(Outgoing{
			Lane: lane, Class: class, Chat: p.Chat, Person: p.Person, Ticket: p.Ticket, Post: p.ID,
		})
		if err != nil {
			return err
		}
		p.Queued = id
	}
	return Posts.Put(a.tx, p)
}

func (a *applying) menus(e desk.Effects) error {
	for _, m := range e.Menus {
		p, ok := a.w.Post(m.Post)
		if !ok || p.Menu == m.Menu {
			continue
		}
		p.Menu = m.Menu
		if err := a.show(p); err != nil {
			return err
		}
	}
	return nil
}

// Redraw lets a post be shown anew, outside of any rule: after the outbox found
// that it changed while it was being sent, or that its message is gone.
func Redraw(tx *Tx, p desk.Post) error {
	a := &applying{tx: tx}
	return a.show(p)
}
