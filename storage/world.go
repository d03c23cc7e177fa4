package storage

import (
	"slices"
	"strconv"
	"time"

	"frontdesk/desk"
)

// World is a desk.World, and in a View a desk.Reader, over one transaction. A
// read that fails is kept and makes Err return it, so that rules need not ask
// at every step; Apply refuses to write for a World that failed.
type World struct {
	tx   *Tx
	site *desk.Site
	err  error
}

var _ desk.Reader = (*World)(nil)

// NewWorld looks at the desk through a transaction.
func NewWorld(tx *Tx, site *desk.Site) *World { return &World{tx: tx, site: site} }

// Err is the first error of a read.
func (w *World) Err() error { return w.err }

// Now implements desk.World.
func (w *World) Now() time.Time { return w.tx.Now() }

// NewID implements desk.World.
func (w *World) NewID() string { return w.tx.NewID() }

// Site implements desk.World.
func (w *World) Site() *desk.Site { return w.site }

// firstNumber is before the first number of each letter: R-1001 comes first,
// so that every number has four digits on the phone.
const firstNumber = 1000

// Number implements desk.World.
func (w *World) Number(letter string) string {
	n, err := w.tx.Next("number_" + letter)
	w.fail(err)
	return letter + "-" + strconv.FormatInt(firstNumber+n, 10)
}

func (w *World) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

// read gets a record and keeps an error.
func read[T any](w *World, t Table[T], id string) (T, bool) {
	if id == "" {
		var none T
		return none, false
	}
	record, ok, err := t.Get(w.tx, id)
	w.fail(err)
	return record, ok
}

// list collects records of an index and keeps an error.
func list[T any](w *World, t Table[T], index string, r Range) []T {
	var all []T
	w.fail(t.By(w.tx, index, r, func(record T) error {
		all = append(all, record)
		return nil
	}))
	return all
}

// Ticket implements desk.World.
func (w *World) Ticket(id string) (desk.Ticket, bool) { return read(w, Tickets, w.unhandled(id)) }

// TicketByNumber implements desk.World.
func (w *World) TicketByNumber(number string) (desk.Ticket, bool) {
	t, ok, err := Tickets.First(w.tx, "number", Range{Equal: Key(number)})
	w.fail(err)
	return t, ok
}

// Person implements desk.World. A record that was joined into another leads
// there; the roles that the configuration grants are added.
func (w *World) Person(id string) (desk.Person, bool) {
	p, ok := read(w, People, id)
	for hops := 0; ok && p.Joined != "" && hops < 8; hops++ {
		p, ok = read(w, People, p.Joined)
	}
	if ok {
		p.Roles = append(slices.Clip(p.Roles), w.site.ConfiguredRoles(p.Addresses)...)
	}
	return p, ok
}

// PersonAt implements desk.World.
func (w *World) PersonAt(a desk.Address) (desk.Person, bool) {
	row, ok := read(w, Addresses, a.Chat().String())
	if !ok {
		return desk.Person{}, false
	}
	return w.Person(row.Person)
}

// PersonByPhone implements desk.World.
func (w *World) PersonByPhone(phone string) (desk.Person, bool) {
	for _, digits := range desk.PhoneKeys(phone) {
		row, ok, err := People.First(w.tx, "phone", Range{Equal: Key(digits)})
		w.fail(err)
		if ok {
			return w.Person(row.ID)
		}
	}
	return desk.Person{}, false
}

// PersonByJoinCode finds who has asked for a code that can still be entered.
func (w *World) PersonByJoinCode(code string) (desk.Person, bool) {
	for _, row := range list(w, People, "join", Range{Equal: Key(code)}) {
		if row.Joining != nil && w.Now().Before(row.Joining.Expires) {
			return w.Person(row.ID)
		}
	}
	return desk.Person{}, false
}

// Holders implements desk.World.
func (w *World) Holders(role desk.RoleName) []desk.Person {
	var people []desk.Person
	add := func(p desk.Person, ok bool) {
		same := func(q desk.Person) bool { return q.ID == p.ID }
		if ok && p.Has(role) && !slices.ContainsFunc(people, same) {
			people = append(people, p)
		}
	}
	for _, row := range list(w, People, "role", Range{Equal: Key(string(role))}) {
		add(w.Person(row.ID))
	}
	for _, a := range w.site.ConfiguredHolders(role) {
		add(w.PersonAt(a))
	}
	return people
}

// Groups implements desk.World.
func (w *World) Groups(department string) []desk.Group {
	var alive []desk.Group
	for _, g := range list(w, Groups, "department", Range{Equal: Key(department)}) {
		if g.Dead == "" {
			alive = append(alive, g)
		}
	}
	return alive
}

// GroupAt implements desk.World.
func (w *World) GroupAt(a desk.Address) (desk.Group, bool) { return read(w, Groups, a.String()) }

// GroupsIn lists the bindings of a chat, in all its topics.
func (w *World) GroupsIn(chat desk.Address) []desk.Group {
	return list(w, Groups, "chat", Range{Equal: Key(chat.Chat().String())})
}

// Conversation implements desk.World.
func (w *World) Conversation(key string) (desk.Conversation, bool) {
	return read(w, Conversations, key)
}

// TicketsOf implements desk.World.
func (w *World) TicketsOf(person string, n int) []desk.Ticket {
	return list(w, Tickets, "requester", Range{Prefix: Key(person), Reverse: true, Limit: n})
}

// TicketsTaken implements desk.World.
func (w *World) TicketsTaken(person string) []desk.Ticket {
	return list(w, Tickets, "taken", Range{Prefix: Key(person)})
}

// Posts implements desk.World.
func (w *World) Posts(ticket string) []desk.Post {
	return list(w, Posts, "ticket", Range{Equal: Key(ticket)})
}

// Post implements desk.World.
func (w *World) Post(id string) (desk.Post, bool) { return read(w, Posts, id) }

// PostAt finds the post that a message of a chat shows.
func (w *World) PostAt(chat desk.Address, ref string) (desk.Post, bool) {
	if ref == "" {
		return desk.Post{}, false
	}
	p, ok, err := Posts.First(w.tx, "ref", Range{Equal: Key(chat.Chat().String(), ref)})
	w.fail(err)
	return p, ok
}

// DeliveryAt finds what a message of a chat told.
func (w *World) DeliveryAt(chat desk.Address, ref string) (Delivery, bool) {
	if ref == "" {
		return Delivery{}, false
	}
	d, ok, err := Deliveries.First(w.tx, "ref", Range{Equal: Key(chat.Chat().String(), ref)})
	w.fail(err)
	return d, ok
}

// DeliveriesAt finds everything that a message of a chat told: several may have
// gone as one.
func (w *World) DeliveriesAt(chat desk.Address, ref string) []Delivery {
	if ref == "" {
		return nil
	}
	return list(w, Deliveries, "ref", Range{Equal: Key(chat.Chat().String(), ref)})
}

// Invite implements desk.World.
func (w *World) Invite(code string) (desk.Invite, bool) { return read(w, Invites, code) }

// Alarm implements desk.World.
func (w *World) Alarm(id string) (desk.Alarm, bool) { return read(w, Alarms, id) }

// AlarmsOf lists a person's alarms since a time, oldest first.
func (w *World) AlarmsOf(person string, since time.Time) []desk.Alarm {
	return list(w, Alarms, "person", Range{From: Key(person, TimeKey(since)), To: Key(person, TimeKey(w.Now().Add(time.Hour)))})
}

// Unclear finds a sentence that was not understood, NextUnclear the newest of
// them; n is how many there are, as far as 100.
func (w *World) Unclear(id string) (desk.Unclear, bool) { return read(w, Unclear, id) }

// NextUnclear is the newest sentence that was not understood, and how many there
// are, as far as 100.
func (w *World) NextUnclear() (next desk.Unclear, n int) {
	all := list(w, Unclear, "at", Range{Reverse: true, Limit: 100})
	if len(all) == 0 {
		return next, 0
	}
	return all[0], len(all)
}

// TaughtExample finds an example that was taught.
func (w *World) TaughtExample(id string) (desk.Taught, bool) { return read(w, Taught, id) }

// Taught lists what was taught, newest first.
func (w *World) Taught() []desk.Taught {
	return list(w, Taught, "at", Range{Reverse: true, Limit: MaxTaught})
}

// Open implements desk.Reader.
func (w *World) Open(department string) []desk.Ticket {
	r := Range{}
	if department != "" {
		r.Prefix = Key(department)
	}
	return list(w, Tickets, "open", r)
}

// Between implements desk.Reader.
func (w *World) Between(from, to time.Time) []desk.Ticket {
	return list(w, Tickets, "created", Range{From: TimeKey(from), To: TimeKey(to)})
}

// EventsBetween implements desk.Reader.
func (w *World) EventsBetween(from, to time.Time) []desk.Event {
	return list(w, Events, "at", Range{From: TimeKey(from), To: TimeKey(to)})
}

// CallTasks implements desk.Reader.
func (w *World) CallTasks() []desk.CallTask { return list(w, CallTasks, "open", Range{}) }

// History implements desk.Reader.
func (w *World) History(ticket string) []desk.Event {
	var all []desk.Event
	w.fail(Events.Scan(w.tx, Range{Prefix: Key(ticket)}, func(e desk.Event) error {
		all = append(all, e)
		return nil
	}))
	return all
}

// AllGroups lists every binding.
func (w *World) AllGroups() []desk.Group {
	var all []desk.Group
	w.fail(Groups.Scan(w.tx, Range{Limit: 100}, func(g desk.Group) error {
		all = append(all, g)
		return nil
	}))
	return all
}

// Employees lists everybody who holds, or held until suspended, a role.
func (w *World) Employees() []desk.Person {
	var people []desk.Person
	add := func(p desk.Person, ok bool) {
		same := func(q desk.Person) bool { return q.ID == p.ID }
		if ok && len(p.Roles) > 0 && !slices.ContainsFunc(people, same) {
			people = append(people, p)
		}
	}
	for _, role := range desk.RoleNames {
		for _, row := range list(w, People, "role", Range{Equal: Key(string(role)), Limit: 200}) {
			add(w.Person(row.ID))
		}
		for _, a := range w.site.ConfiguredHolders(role) {
			add(w.PersonAt(a))
		}
	}
	return people
}

// Counted implements desk.Reader.
func (w *World) Counted(to time.Time) (desk.Counts, bool) { return read(w, Digests, TimeKey(to)) }

// Undelivered implements desk.Reader.
func (w *World) Undelivered(from, to time.Time) int {
	n := 0
	for _, row := range list(w, Outbox, "dead", Range{From: TimeKey(from), To: TimeKey(to)}) {
		// Those about a case are for those who may know of it: not counted for everybody.
		if t, ok := w.Ticket(row.Ticket); !ok || t.Case == nil {
			n++
		}
	}
	return n
}
