package storage

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"frontdesk/desk"
)

// Writer writes Effects. Apply is the only way in which a rule's wishes reach
// the store.
type Writer struct {
	Texts desk.Texts
	Site  *desk.Site
}

// PressFor is how long the answer to a press is worth sending; later nobody
// looks at the button any more.
const PressFor = 60 * time.Second

// Apply writes all of the effects in the transaction: the tickets with their
// jobs and the posts to be edited, events, people, messages as outgoing rows in
// the recipient's language, and everything else that the rule wants.
func (wr Writer) Apply(tx *Tx, e desk.Effects) error {
	a := &applying{Writer: wr, tx: tx, w: NewWorld(tx, wr.Site)}
	steps := []func(desk.Effects) error{
		a.people, a.groups, a.moves, a.held, a.lost, a.tickets, a.seals, a.posts, a.menus, a.messages, a.answers, a.jobs,
		a.conversations, a.records,
	}
	for _, step := range steps {
		if err := step(e); err != nil {
			return err
		}
		if a.w.err != nil {
			return a.w.err
		}
	}
	return nil
}

type applying struct {
	Writer
	tx *Tx
	w  *World
}

func (a *applying) people(e desk.Effects) error {
	for _, p := range e.People {
		// Roles of the configuration are not the record's.
		p.Roles = slices.DeleteFunc(slices.Clone(p.Roles), func(r desk.Role) bool { return r.By == "config" })
		if err := People.Put(a.tx, p); err != nil {
			return err
		}
		for _, address := range p.Addresses {
			row := AddressRow{Address: address.Chat().String(), Person: p.ID}
			if err := Addresses.Put(a.tx, row); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *applying) groups(e desk.Effects) error {
	for _, g := range e.Groups {
		if err := Groups.Put(a.tx, g); err != nil {
			return err
		}
	}
	for _, address := range e.Unbound {
		if err := Groups.Delete(a.tx, address); err != nil {
			return err
		}
	}
	return nil
}

// tickets puts each ticket and brings its jobs up to date: those that follow
// from its state now are set, the others removed.
func (a *applying) tickets(e desk.Effects) error {
	for _, t := range e.Tickets {
		old, existed, err := Tickets.Get(a.tx, t.ID)
		if err != nil {
			return err
		}
		if err := Tickets.Put(a.tx, t); err != nil {
			return err
		}
		wanted := desk.TicketJobs(a.Site, t)
		for _, job := range wanted {
			if err := a.setJob(job); err != nil {
				return err
			}
		}
		if !existed {
			continue
		}
		for _, job := range desk.TicketJobs(a.Site, old) {
			if !slices.ContainsFunc(wanted, func(j desk.Job) bool { return j.Key == job.Key }) {
				if err := Jobs.Delete(a.tx, job.Key); err != nil {
					return err
				}
			}
		}
		if err := a.redraw(old, t); err != nil {
			return err
		}
		if c := t.Checkout; c != nil {
			if err := a.visitLists(c.Building, c.Day); err != nil {
				return err
			}
		}
	}
	for _, event := range e.Events {
		if err := Events.Put(a.tx, event); err != nil {
			return err
		}
	}
	return nil
}

// seals writes who filed anonymous tickets.
func (a *applying) seals(e desk.Effects) error {
	for _, seal := range e.Sealed {
		if err := Seals.Put(a.tx, a.w.sealing().row(seal)); err != nil {
			return err
		}
	}
	return nil
}

// setJob sets a job; one that is set for the same time keeps its attempts.
func (a *applying) setJob(job desk.Job) error {
	old, ok, err := Jobs.Get(a.tx, job.Key)
	if err != nil {
		return err
	}
	if ok && (old.Due.Equal(job.Due) || old.Spread && !job.Due.After(old.Due)) {
		return nil
	}
	a.tx.Wake(WakeJobs)
	return Jobs.Put(a.tx, job)
}

func (a *applying) jobs(e desk.Effects) error {
	for _, job := range e.Jobs {
		if err := a.setJob(job); err != nil {
			return err
		}
	}
	for _, key := range e.Cancel {
		if err := Jobs.Delete(a.tx, key); err != nil {
			return err
		}
	}
	return nil
}

func (a *applying) conversations(e desk.Effects) error {
	for _, c := range e.Conversations {
		if id := c.Answers["ticket"]; len(id) == 1 && a.w.secretOf(id[0], c.Person, c.Chat) {
			t, _ := a.w.Ticket(id[0])
			c.Answers = maps.Clone(c.Answers)
			c.Answers["ticket"] = []string{a.w.handle(t.ID)}
		}
		if err := Conversations.Put(a.tx, c); err != nil {
			return err
		}
	}
	for _, key := range e.Ended {
		if err := Conversations.Delete(a.tx, key); err != nil {
			return err
		}
	}
	return nil
}

func (a *applying) records(e desk.Effects) error {
	for _, i := range e.Invites {
		if err := Invites.Put(a.tx, i); err != nil {
			return err
		}
	}
	for _, c := range e.CallTasks {
		if err := CallTasks.Put(a.tx, c); err != nil {
			return err
		}
	}
	for _, f := range e.Frames {
		if err := Frames.Put(a.tx, f); err != nil {
			return err
		}
	}
	for _, entry := range e.Entries {
		if err := FrameEntries.Put(a.tx, entry); err != nil {
			return err
		}
	}
	for _, n := range e.Notes {
		if n.ID == "" {
			n.ID = a.tx.NewID()
		}
		if n.At.IsZero() {
			n.At = a.tx.Now()
		}
		if err := Notes.Put(a.tx, n); err != nil {
			return err
		}
	}
	for _, alarm := range e.Alarms {
		if err := Alarms.Put(a.tx, alarm); err != nil {
			return err
		}
	}
	for _, c := range e.Counted {
		if _, kept, err := Digests.Get(a.tx, TimeKey(c.To)); kept || err != nil {
			if err != nil {
				return err
			}
			continue
		}
		if err := Digests.Put(a.tx, c); err != nil {
			return err
		}
	}
	for _, q := range e.Queries {
		if err := Queries.Put(a.tx, q); err != nil {
			return err
		}
	}
	if err := a.teaching(e); err != nil {
		return err
	}
	if err := a.dutyBook(e.Duty); err != nil {
		return err
	}
	if err := a.slotBook(e.House.Slots); err != nil {
		return err
	}
	if err := a.morningBook(e.Morning); err != nil {
		return err
	}
	if err := a.meetingBook(e.Meetings); err != nil {
		return err
	}
	if err := a.workBook(e.Works); err != nil {
		return err
	}
	if err := a.emergencyBook(e.Emergency); err != nil {
		return err
	}
	if err := a.roundBook(e.Rounds); err != nil {
		return err
	}
	if err := a.houseBook(e.House); err != nil {
		return err
	}
	if err := a.erasures(e.Erasures); err != nil {
		return err
	}
	return a.resend(e.Resend)
}

// queue puts an outgoing row at the end, to wait for its turn unless it has another
// state.
func (a *applying) queue(o Outgoing) (id string, err error) {
	n, err := a.tx.Next("outbox")
	if err != nil {
		return "", err
	}
	o.ID = fmt.Sprintf("%012s", strconv.FormatInt(n, 36))
	if o.Created = a.tx.Now(); o.State == "" {
		o.State = OutWaiting
	}
	a.tx.Wake(WakeOutbox)
	return o.ID, Outbox.Put(a.tx, o)
}
