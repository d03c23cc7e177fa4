package bot

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/memory"
)

// plainTexts says a text by its key and its most telling arguments.
type plainTexts struct{}

func (plainTexts) Render(lang string, t desk.Text, _ time.Time) string {
	if len(t.Lines) > 0 {
		var lines []string
		for _, line := range t.Lines {
			lines = append(lines, plainTexts{}.Render(lang, line, time.Time{}))
		}
		return strings.Join(lines, "; ")
	}
	if t.Key == "" {
		return t.Literal
	}
	s := lang + ":" + t.Key
	for _, name := range []string{"number", "name", "group", "text"} {
		if v, ok := t.Args[name]; ok {
			s += fmt.Sprintf(" %v", v)
		}
	}
	return s
}

// outboxDesk is a desk with an outbox, on a clock that the test turns.
type outboxDesk struct {
	t      *testing.T
	clock  time.Time
	engine *memory.Engine
	store  *storage.Store
	net    *outboxNet
	box    *Outbox
	site   *desk.Site
	draw   DrawFunc
	opts   OutboxOptions
	// others are channels beside net.
	others []Channel
	inputs int
}

// newOutboxDesk makes a desk whose clock stands still, with an outbox that
// sends inline.
func newOutboxDesk(t *testing.T) *outboxDesk {
	d := &outboxDesk{t: t, clock: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), engine: memory.New()}
	d.opts.Now = func() time.Time { return d.clock }
	d.prepare()
	return d
}

// newRunningDesk makes a desk on the clock of a synctest bubble, and runs its
// outbox until the test calls stop.
func newRunningDesk(t *testing.T, setup func(*outboxDesk)) (d *outboxDesk, stop func()) {
	d = &outboxDesk{t: t, engine: memory.New()}
	d.opts = OutboxOptions{Workers: DefaultWorkers, Now: time.Now}
	d.prepare()
	if setup != nil {
		setup(d)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- d.box.Run(ctx) }()
	return d, func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		d.store.Close()
	}
}

func (d *outboxDesk) prepare() {
	d.opts.Logger = slog.New(slog.DiscardHandler)
	d.net = newOutboxNet(d.t, d.opts.Now)
	d.site = &desk.Site{
		ID: "test", Zone: time.UTC, Languages: []string{"zh", "en"},
		Departments: []desk.Department{{ID: "eng", Label: desk.Label{"zh": "工程"}}},
	}
	d.draw = func(w *storage.World, _ storage.Writer, p desk.Post) desk.Drawn {
		if p.Kind == desk.PostCall {
			return desk.Drawn{Text: "call R-" + p.Ticket}
		}
		ticket, _ := w.Ticket(p.Ticket)
		m := desk.Drawn{Text: ticket.Number + " " + ticket.Summary}
		if !p.Superseded {
			m.Buttons = [][]desk.DrawnMark{{{Label: "x", Data: "x"}}}
		}
		return m
	}
	d.open()
}

// open opens the store and makes a new outbox, as a start of the program does.
func (d *outboxDesk) open() {
	store, err := storage.Open(d.engine, "test", storage.Options{Now: d.opts.Now})
	if err != nil {
		d.t.Fatal(err)
	}
	d.store = store
	d.box = NewOutbox(store, d.writer, func(w *storage.World, wr storage.Writer, p desk.Post) desk.Drawn {
		return d.draw(w, wr, p)
	}, append([]Channel{d.net}, d.others...), d.opts)
	if d.clock.IsZero() {
		return // A running desk closes its store within its bubble.
	}
	d.t.Cleanup(func() { store.Close() })
}

func (d *outboxDesk) writer() storage.Writer {
	return storage.Writer{Texts: plainTexts{}, Site: d.site}
}

func (d *outboxDesk) update(fn func(tx *storage.Tx) error) {
	d.t.Helper()
	if err := d.store.Update(d.t.Context(), fn); err != nil {
		d.t.Fatal(err)
	}
}

func (d *outboxDesk) view(fn func(tx *storage.Tx) error) {
	d.t.Helper()
	if err := d.store.View(d.t.Context(), fn); err != nil {
		d.t.Fatal(err)
	}
}

func (d *outboxDesk) apply(e desk.Effects) {
	d.t.Helper()
	d.update(func(tx *storage.Tx) error { return d.writer().Apply(tx, e) })
}

func (d *outboxDesk) say(m desk.Message) {
	d.t.Helper()
	m.Class, m.Lane = cmp.Or(m.Class, desk.ClassNotice), max(m.Lane, 0)
	d.apply(desk.Effects{Messages: []desk.Message{m}})
}

// interactive says words in a chat.
func (d *outboxDesk) interactive(chat desk.Address, words string, class desk.Class) {
	d.t.Helper()
	d.say(desk.Message{Chat: chat, Text: desk.Literal(words), Lane: desk.LaneInteractive, Class: class})
}

// person adds somebody with a private chat.
func (d *outboxDesk) person(id string, roles ...desk.Role) desk.Address {
	d.t.Helper()
	a := desk.Address{Channel: "net", ID: id}
	d.apply(desk.Effects{People: []desk.Person{{ID: id, Name: "N" + id, Addresses: []desk.Address{a}, Roles: roles}}})
	return a
}

// group binds a group to the department eng.
func (d *outboxDesk) group(id, thread string) desk.Address {
	d.t.Helper()
	a := desk.Address{Channel: "net", ID: id, Thread: thread}
	d.apply(desk.Effects{Groups: []desk.Group{{Address: a, Department: "eng", Title: "G" + id, Lang: "zh"}}})
	return a
}

// ticket puts a ticket with posts of its card in the given chats.
func (d *outboxDesk) ticket(id string, lane desk.Lane, change func(*desk.Ticket), chats ...desk.Address) desk.Ticket {
	d.t.Helper()
	now := d.opts.Now()
	t := desk.Ticket{
		ID: id, Number: "R-" + id, Kind: desk.KindRepair, Summary: "first", State: desk.StateNew, Since: now,
		Created: now, Department: "eng", Follower: "follower",
	}
	if change != nil {
		change(&t)
	}
	e := desk.Effects{}
	for i, chat := range chats {
		kind, department := desk.PostGroup, "eng"
		person := ""
		if !strings.HasPrefix(chat.ID, "-") {
			kind, department, person = desk.PostDesk, "", chat.ID
		}
		e.Posts = append(e.Posts, desk.Post{
			ID: fmt.Sprintf("p%s-%d", id, i), Kind: kind, Ticket: id, Department: department, Person: person,
			Chat: chat, Lang: "zh", Lane: lane, Created: now,
		})
	}
	d.update(func(tx *storage.Tx) error {
		if err := storage.Tickets.Put(tx, t); err != nil {
			return err
		}
		return d.writer().Apply(tx, e)
	})
	return t
}

// change changes a ticket's words, and so its cards.
func (d *outboxDesk) change(id, summary string) {
	d.t.Helper()
	d.update(func(tx *storage.Tx) error {
		t, _, err := storage.Tickets.Get(tx, id)
		if err != nil {
			return err
		}
		t.Summary = summary
		return d.writer().Apply(tx, desk.Effects{Tickets: []desk.Ticket{t}})
	})
}

// step makes one step of the outbox.
func (d *outboxDesk) step() time.Time {
	d.t.Helper()
	next, err := d.box.Step(d.t.Context(), d.clock)
	if err != nil {
		d.t.Fatal(err)
	}
	return next
}

// pass steps at each time that the outbox names, for a length of time.
func (d *outboxDesk) pass(length time.Duration) {
	d.t.Helper()
	end := d.clock.Add(length)
	for {
		next := d.step()
		if next.IsZero() || next.After(end) {
			d.clock = end
			return
		}
		if !next.After(d.clock) {
			d.t.Fatalf("the outbox wants to be called at %v, which is not after %v", next, d.clock)
		}
		d.clock = next
	}
}

// rows returns all outgoing rows.
func (d *outboxDesk) rows() []storage.Outgoing {
	d.t.Helper()
	var rows []storage.Outgoing
	d.view(func(tx *storage.Tx) error {
		return storage.Outbox.Scan(tx, storage.Range{}, func(row storage.Outgoing) error {
			rows = append(rows, row)
			return nil
		})
	})
	return rows
}

// states says where the remaining rows stand, and why.
func (d *outboxDesk) states() []string {
	d.t.Helper()
	var list []string
	for _, row := range d.rows() {
		list = append(list, string(row.State)+" "+row.Reason)
	}
	return list
}

func (d *outboxDesk) post(id string) desk.Post {
	d.t.Helper()
	var post desk.Post
	d.view(func(tx *storage.Tx) (err error) {
		post, _, err = storage.Posts.Get(tx, id)
		return err
	})
	return post
}
