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
		if a.w.secretOf(p.Ticket, p.Person, p.Chat) && p.Kind != desk.PostDesk {
			continue // A card of theirs would tell who they are: they get messages.
		}
		if p.Kind != desk.PostGroup && p.Kind != desk.PostList && p.Kind != desk.PostLeavers {
			if err := a.supersede(p); err != nil {
				return err
			}
		}
		if err := a.show(p); err != nil {
			return err
		}
		if err := a.elsewhere(p); err != nil {
			return err
		}
	}
	return nil
}

// elsewhere shows a new card of an emergency at the person's other addresses too:
// nobody knows where they look first.
func (a *applying) elsewhere(p desk.Post) error {
	person, ok := a.w.Person(p.Person)
	if !ok || p.Lane != desk.LaneEmergency || p.Ref != "" || !slices.Contains(person.Addresses, p.Chat) {
		return nil
	}
	for _, address := range person.Reached() {
		if address == p.Chat {
			continue
		}
		copied := p
		copied.ID, copied.Chat, copied.Queued = a.tx.NewID(), address, ""
		if err := a.show(copied); err != nil {
			return err
		}
	}
	return nil
}

// same tells whether two ids are of one person: records that were joined lead to
// the same.
func (a *applying) same(one, other string) bool {
	if one == other || one == "" || other == "" {
		return one == other
	}
	p, ok := a.w.Person(one)
	return ok && p.Is(other)
}

func (a *applying) supersede(by desk.Post) error {
	for _, p := range a.w.Posts(by.Ticket) {
		if p.ID == by.ID || p.Kind != by.Kind || p.Superseded || !a.same(p.Person, by.Person) {
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
// is shown only what matters to them. When it only passed on to another follower,
// only those who are told that name see it: a handover must not stir every card of
// the desk.
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
			p.Superseded = !a.same(t.Taker, p.Person) && t.State != desk.StateDone
		case desk.PostJoined:
			p.Superseded = !slices.ContainsFunc(t.Joined, func(id string) bool { return a.same(id, p.Person) })
		case desk.PostCall:
			p.Superseded = !t.Call.Open() || t.Call.Holder != "" && !a.same(t.Call.Holder, p.Person)
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
