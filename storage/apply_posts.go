package storage

import (
	"reflect"
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
// longer has the ticket is shown a last time, without buttons. When it only passed
// on to another follower, only those who are told that name see it: a handover
// must not stir every card of the desk.
func (a *applying) redraw(old, t desk.Ticket) error {
	passed := old.Follower != t.Follower && sameButFollower(old, t)
	for _, p := range a.w.Posts(t.ID) {
		if p.Superseded || p.Gone != "" {
			continue
		}
		if passed && p.Kind != desk.PostDesk && (p.Kind != desk.PostRequester || t.State != desk.StateNew) {
			continue
		}
		switch p.Kind {
		case desk.PostTaker:
			p.Superseded = t.Taker != p.Person && t.State != desk.StateDone
		case desk.PostJoined:
			p.Superseded = !slices.Contains(t.Joined, p.Person)
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

// sameButFollower tells whether two forms of a ticket differ only in who follows
// it.
func sameButFollower(a, b desk.Ticket) bool {
	a.Follower, a.Seq, a.Last = b.Follower, b.Seq, b.Last
	return reflect.DeepEqual(a, b)
}

// show puts a post and, unless one is already waiting, an outgoing row that
// will draw it in its newest state.
func (a *applying) show(p desk.Post) error {
	p.Want++
	if p.Queued == "" {
		class := desk.ClassCard
		lane := p.Lane
		if p.Ref != "" {
			class = desk.ClassEdit
		}
		if p.Kind == desk.PostRequester && p.Ref == "" {
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
