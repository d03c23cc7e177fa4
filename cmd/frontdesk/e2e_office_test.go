package main

import (
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/memory"
)

// office is the desk without a channel: inputs go into its handler as a channel
// decodes them, and what it would send stands in the outbox.
type office struct {
	t       *testing.T
	app     *App
	log     *errorLog
	now     time.Time
	updates atomic.Int64
}

// newOffice opens an office on a Tuesday morning; the clock stands still.
func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, log: &errorLog{}}
	config := exampleTown(t)
	o.now = time.Date(2026, 11, 24, 9, 0, 0, 0, config.Site.Zone)
	var err error
	o.app, err = NewApp(config, memory.New(), nil, AppOptions{Now: func() time.Time { return o.now }, Log: slog.New(o.log)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := o.app.Close(); err != nil {
			t.Error(err)
		}
		for _, line := range o.log.errors() {
			t.Error("logged as an error:", line)
		}
	})
	return o
}

// input is the frame of an input of somebody, with a number of its own.
func (o *office) input(from string, chat desk.ChatKind) desk.Input {
	in := desk.Input{
		Channel: "test", Bot: "1", UpdateID: strconv.FormatInt(o.updates.Add(1), 10), At: o.now,
		From: desk.Sender{ID: from, Name: "N" + from, Lang: "zh"},
		Chat: desk.InputChat{ID: from, Kind: desk.ChatPrivate},
	}
	if chat == desk.ChatGroup {
		in.Chat = desk.InputChat{ID: "-1", Kind: desk.ChatGroup, Title: "工程群"}
	}
	return in
}

// press is somebody pressing a button that carries data; it returns the press.
func (o *office) press(from string, chat desk.ChatKind, data string) string {
	o.t.Helper()
	in := o.input(from, chat)
	in.Kind, in.At = desk.InputPress, time.Time{}
	in.Press = &desk.Press{ID: "press" + in.UpdateID, Data: data, Ref: "1"}
	o.handle(in)
	return in.Press.ID
}

func (o *office) handle(in desk.Input) {
	o.t.Helper()
	if err := o.app.Handler.Handle(o.t.Context(), []desk.Input{in}, nil); err != nil {
		o.t.Error(err)
	}
}

// answer is what the press was answered, and ok whether it was at all.
func (o *office) answer(press string) (row storage.Outgoing, ok bool) {
	o.t.Helper()
	o.view(func(tx *storage.Tx) error {
		return storage.Outbox.Scan(tx, storage.Range{Reverse: true}, func(r storage.Outgoing) error {
			if r.PressID == press {
				row, ok = r, true
				return storage.Stop
			}
			return nil
		})
	})
	return row, ok
}

func (o *office) view(fn func(*storage.Tx) error) {
	o.t.Helper()
	if err := o.app.Store.View(o.t.Context(), fn); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) update(fn func(*storage.Tx) error) {
	o.t.Helper()
	if err := o.app.Store.Update(o.t.Context(), fn); err != nil {
		o.t.Fatal(err)
	}
}

// person makes somebody whose id is also their address.
func (o *office) person(id string, roles ...desk.Role) desk.Person {
	o.t.Helper()
	p := desk.Person{
		ID: id, Name: "Name " + id, Lang: "zh", Phone: "1380000", NameAsked: true, Created: o.now, Roles: roles,
		Addresses: []desk.Address{{Channel: "test", ID: id}},
	}
	o.update(func(tx *storage.Tx) error {
		return o.app.writer().Apply(tx, desk.Effects{People: []desk.Person{p}})
	})
	return p
}

// reset puts a ticket as it is given, and forgets its history, what would be
// sent and all conversations.
func (o *office) reset(ticket desk.Ticket) {
	o.t.Helper()
	o.update(func(tx *storage.Tx) error {
		if err := storage.Tickets.Put(tx, ticket); err != nil {
			return err
		}
		return errors.Join(wipe(tx, storage.Outbox, func(r storage.Outgoing) string { return r.ID }),
			wipe(tx, storage.Conversations, func(c desk.Conversation) string { return c.Key }),
			wipe(tx, storage.Events, func(e desk.Event) string { return storage.Key(e.Ticket, fmt.Sprintf("%08d", e.Seq)) }),
			wipe(tx, storage.Posts, func(p desk.Post) string { return p.ID }),
			wipe(tx, storage.Jobs, func(j desk.Job) string { return j.Key }),
			wipe(tx, storage.Seen, func(s storage.SeenRow) string { return s.Key }),
			wipe(tx, storage.Tickets, func(t desk.Ticket) string {
				if t.ID == ticket.ID {
					return ""
				}
				return t.ID
			}))
	})
}

// wipe deletes the records of a table of which key gives a key.
func wipe[T any](tx *storage.Tx, table storage.Table[T], key func(T) string) error {
	var keys []string
	err := table.Scan(tx, storage.Range{}, func(record T) error {
		if k := key(record); k != "" {
			keys = append(keys, k)
		}
		return nil
	})
	for _, k := range keys {
		err = errors.Join(err, table.Delete(tx, k))
	}
	return err
}
