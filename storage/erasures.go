package storage

import (
	"encoding/hex"
	"slices"
	"time"

	"frontdesk/desk"
)

// Erasures is the ledger of what people had erased. It is kept for ever.
var Erasures = NewTable("erasures", func(e desk.Erasure) string { return e.ID },
	Index[desk.Erasure]{"person", func(e desk.Erasure) []string { return some(e.Person != "", Key(e.Person, TimeKey(e.At))) }},
	Index[desk.Erasure]{"hashes", func(e desk.Erasure) []string { return some(len(e.Hashes) > 0, TimeKey(e.At)) }},
)

// Erasure implements desk.ErasureBook.
func (w *World) Erasure(id string) (desk.Erasure, bool) {
	if id == "" {
		return desk.Erasure{}, false
	}
	return read(w, Erasures, id)
}

// ErasuresOf implements desk.ErasureBook.
func (w *World) ErasuresOf(person string) []desk.Erasure {
	return list(w, Erasures, "person", Range{Prefix: Key(person)})
}

// erasures writes the ledger and erases.
func (a *applying) erasures(e desk.ErasureEntries) error {
	for _, record := range e.Records {
		if err := Erasures.Put(a.tx, record); err != nil {
			return err
		}
	}
	for _, x := range e.Erase {
		if err := a.erase(x); err != nil {
			return err
		}
	}
	return nil
}

// eraser is one person while something of them is erased.
type eraser struct {
	*applying
	ids    []string
	chats  []string
	record desk.Erasure
	err    error
}

func (a *applying) erase(x desk.Erasing) error {
	p, ok := a.w.Person(x.Person)
	record, found, err := Erasures.Get(a.tx, x.Erasure)
	if err != nil || !ok || !found || !record.Pending() || p.Employee() {
		return err
	}
	e := &eraser{applying: a, ids: p.IDs(), record: record}
	for _, address := range p.Addresses {
		e.chats = append(e.chats, address.Chat().String())
	}
	for _, id := range x.Tickets {
		e.ticket(id)
	}
	for _, id := range x.Stays {
		e.stay(id)
	}
	for _, id := range x.Alarms {
		e.check(Alarms.Delete(a.tx, id))
		e.record.Alarms++
	}
	if x.Identity {
		e.identity(p)
		e.record.Done = a.tx.Now()
	}
	e.check(Erasures.Put(a.tx, e.record))
	return e.err
}

func (e *eraser) check(err error) {
	if e.err == nil {
		e.err = err
	}
}

func (e *eraser) is(person string) bool { return person != "" && slices.Contains(e.ids, person) }

// each gathers what a walk finds and then does something to each: rows must not go
// while they are walked.
func each[T any](e *eraser, walk func(func(T) error) error, wanted func(T) bool, do func(T) error) {
	var found []T
	e.check(walk(func(row T) error {
		if wanted(row) {
			found = append(found, row)
		}
		return nil
	}))
	for _, row := range found {
		e.check(do(row))
	}
}

// files erases files of a ticket or a stay; what another one brought stays known.
func (e *eraser) files(of string, list []desk.File) {
	for _, f := range list {
		if f.Hash != "" && !slices.Contains(e.record.Hashes, f.Hash) {
			e.record.Hashes = append(e.record.Hashes, f.Hash)
		}
		row, ok, err := Files.Get(e.tx, FileKey(f))
		if e.check(err); ok && row.Ticket == of {
			e.check(Files.Delete(e.tx, FileKey(f)))
		}
		e.record.Files++
	}
}

// ticket erases the words and files of a ticket, what its events and calls say, and
// what was sent to the person about it.
func (e *eraser) ticket(id string) {
	t, ok, err := Tickets.Get(e.tx, id)
	if e.check(err); err != nil || !ok || !t.Erased.IsZero() {
		return
	}
	for _, list := range t.FileLists() {
		e.files(t.ID, list)
	}
	e.record.Tickets, e.record.Words = e.record.Tickets+1, e.record.Words+len(t.Words)
	for _, job := range desk.TicketJobs(e.Site, t) {
		e.check(Jobs.Delete(e.tx, job.Key)) // Nobody is asked about it any more.
	}
	if t.Anonymous() {
		e.check(Seals.Delete(e.tx, hex.EncodeToString(e.w.sealing().mac("ticket", t.ID))))
	}
	if c := t.Checkout; c != nil && c.Inspection != nil && c.Inspection.Certificate != "" {
		e.check(Certificates.Delete(e.tx, c.Inspection.Certificate)) // It counts no longer.
	}
	e.check(Tickets.Put(e.tx, t.Forget(e.tx.Now())))
	e.check(CallTasks.Delete(e.tx, t.ID))
	each(e, func(fn func(desk.Event) error) error { return Events.Scan(e.tx, Range{Prefix: Key(t.ID)}, fn) },
		func(event desk.Event) bool { return len(event.Details) > 0 },
		func(event desk.Event) error { return Events.Put(e.tx, event.Forget()) })
	each(e, func(fn func(desk.Post) error) error { return Posts.By(e.tx, "ticket", Range{Equal: Key(t.ID)}, fn) },
		func(p desk.Post) bool { return e.is(p.Person) && p.Ticket == t.ID },
		func(p desk.Post) error { return Posts.Delete(e.tx, p.ID) })
	each(e, func(fn func(Delivery) error) error {
		return Deliveries.By(e.tx, "ticket", Range{Prefix: Key(t.ID)}, fn)
	}, func(d Delivery) bool { return e.mine(d.Person, d.Chat) }, func(d Delivery) error { return Deliveries.Delete(e.tx, d.ID) })
}

func (e *eraser) mine(person string, chat desk.Address) bool {
	return e.is(person) || slices.Contains(e.chats, chat.Chat().String())
}

func (e *eraser) stay(id string) {
	s, ok, err := Stays.Get(e.tx, id)
	if e.check(err); err != nil || !ok {
		return
	}
	for _, c := range s.Condition {
		e.files(s.ID, c.Files)
	}
	e.record.Stays++
	e.check(Stays.Put(e.tx, s.Forget()))
	each(e, func(fn func(desk.StayEvent) error) error {
		return StayEvents.Scan(e.tx, Range{Prefix: Key(s.ID)}, fn)
	}, func(event desk.StayEvent) bool { return len(event.Details) > 0 },
		func(event desk.StayEvent) error {
			event.Details = nil
			return StayEvents.Put(e.tx, event)
		})
}

// identity erases who the person is: their records, accounts and conversations, and
// what waits to be said to them or was said.
func (e *eraser) identity(p desk.Person) {
	for _, id := range e.ids {
		record, ok, err := People.Get(e.tx, id)
		if e.check(err); ok {
			e.check(People.Put(e.tx, record.Forget(e.tx.Now())))
		}
		each(e, func(fn func(AddressRow) error) error { return Addresses.By(e.tx, "person", Range{Equal: Key(id)}, fn) },
			func(AddressRow) bool { return true }, func(a AddressRow) error { return Addresses.Delete(e.tx, a.Address) })
	}
	for _, chat := range e.chats {
		each(e, func(fn func(Delivery) error) error { return Deliveries.By(e.tx, "ref", Range{Prefix: Key(chat)}, fn) },
			func(d Delivery) bool { return true }, func(d Delivery) error { return Deliveries.Delete(e.tx, d.ID) })
	}
	each(e, func(fn func(desk.Conversation) error) error { return Conversations.Scan(e.tx, Range{}, fn) },
		func(c desk.Conversation) bool { return e.mine(c.Person, c.Chat) },
		func(c desk.Conversation) error { return Conversations.Delete(e.tx, c.Key) })
	each(e, func(fn func(Outgoing) error) error { return Outbox.Scan(e.tx, Range{}, fn) },
		func(o Outgoing) bool { return e.mine(o.Person, o.Chat) && o.State != OutClaimed },
		func(o Outgoing) error { return Outbox.Delete(e.tx, o.ID) })
	each(e, func(fn func(desk.Note) error) error { return Notes.Scan(e.tx, Range{}, fn) },
		func(n desk.Note) bool { return e.is(n.Person) },
		func(n desk.Note) error { return Notes.Delete(e.tx, Key(TimeKey(n.At), n.ID)) })
}

// FileKey is how a file that came in is known.
func FileKey(file desk.File) string {
	if file.Unique != "" {
		return file.Channel + "/" + file.Unique
	}
	return file.Channel + "/" + file.ID
}

// RetireStays makes stays that ended before a time nobody's, some of them at once, and
// writes in the ledger how many; it returns that number.
func RetireStays(tx *Tx, before time.Time, most int) (int, error) {
	var ids []string
	err := Stays.By(tx, "from", Range{To: TimeKey(before)}, func(s desk.Stay) error {
		over := s.State == desk.StayOut && !s.OutAt.After(before) && (s.Person != "" || s.Name != "" || s.Number != "")
		if over {
			ids = append(ids, s.ID)
		}
		if len(ids) == most {
			return Stop
		}
		return nil
	})
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	e := &eraser{applying: &applying{tx: tx}, record: desk.Erasure{ID: tx.NewID(), At: tx.Now(), Via: "retention", Done: tx.Now()}}
	for _, id := range ids {
		e.stay(id)
	}
	e.check(Erasures.Put(tx, e.record))
	return len(ids), e.err
}
