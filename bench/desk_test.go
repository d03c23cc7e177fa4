//go:build unix

package bench

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/telegram"
	"frontdesk/desk"
	"frontdesk/flows"
	"frontdesk/flows/examples"
	"frontdesk/locale"
	"frontdesk/scheduler"
	"frontdesk/storage"
	"frontdesk/storage/bolt"
)

// quiet logs nothing but what should not happen.
func quiet() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
}

// counting counts commits. bbolt syncs its file twice for each: the changed
// pages, then the page that makes them count.
type counting struct {
	*bolt.Engine
	commits *atomic.Int64
}

func (c counting) Apply(ops []storage.Op) error {
	c.commits.Add(1)
	return c.Engine.Apply(ops)
}

var _ storage.Reopener = counting{}

// unlimited are limits that nothing reaches.
var unlimited = bot.LimitNumbers{
	PrivateEvery: time.Nanosecond, PrivateBurst: 1 << 30, GroupWindow: time.Nanosecond, GroupMost: 1 << 30, GroupBelow: 1 << 30,
	Window: time.Nanosecond, Most: 1 << 30, Below: 1 << 30,
}

// runDesk wires the desk as the program does, over a store in a file, without
// the limits of Telegram.
func runDesk(ctx context.Context, channel *telegram.Channel, commits *atomic.Int64) (http.Handler, func(), error) {
	engine, err := bolt.Open(os.Getenv(storeEnv), bolt.Options{})
	if err != nil {
		return nil, nil, err
	}
	site, err := benchSite()
	if err != nil {
		return nil, nil, err
	}
	texts, err := locale.Load(site.Zone, nil)
	if err != nil {
		return nil, nil, err
	}
	store, err := storage.Open(counting{engine, commits}, site.ID, storage.Options{Migrations: storage.Migrations})
	if err != nil {
		return nil, nil, err
	}
	people, _ := strconv.Atoi(os.Getenv(peopleEnv))
	if err := settle(ctx, store, people); err != nil {
		return nil, nil, err
	}
	writer := func() storage.Writer { return storage.Writer{Texts: texts, Site: site} }
	channels := []bot.Channel{channel}
	set, err := examples.Load(nil)
	if err != nil {
		return nil, nil, err
	}
	words := flows.NewListener(site, set)
	handler := bot.NewHandler(store, writer, func(*storage.Tx) (flows.Understander, error) { return words, nil }, channels, quiet())
	outbox := bot.NewOutbox(store, writer, bot.DrawPost, channels, bot.OutboxOptions{
		Workers: bot.DefaultWorkers, Logger: quiet(), Limits: map[string]bot.LimitNumbers{telegram.Name: unlimited},
	})
	kinds := append(append([]desk.JobKind{}, desk.JobKinds...), flows.JobKinds...)
	jobs := scheduler.New(store, writer, kinds, []scheduler.Task{scheduler.Cleanup(store)}, scheduler.Options{Log: quiet()})
	hook, err := channel.Webhook(handler)
	if err != nil {
		return nil, nil, err
	}
	var loops sync.WaitGroup
	for _, run := range []func(context.Context) error{outbox.Run, jobs.Run} {
		loops.Go(func() {
			if err := run(ctx); err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
		})
	}
	end := func() {
		loops.Wait()
		store.Close()
		engine.Close()
	}
	return hook, end, nil
}

// settle fills the store: people with a room of their own, and the groups of
// the departments.
func settle(ctx context.Context, store *storage.Store, people int) error {
	return store.Update(ctx, func(tx *storage.Tx) error {
		for i := range people {
			address := desk.Address{Channel: telegram.Name, ID: strconv.Itoa(firstPerson + i)}
			p := desk.Person{
				ID: tx.NewID(), Name: name(i), Shown: name(i), Lang: "zh", NameAsked: true, Created: tx.Now(),
				Home: home(i), Addresses: []desk.Address{address},
			}
			if err := storage.People.Put(tx, p); err != nil {
				return err
			}
			if err := storage.Addresses.Put(tx, storage.AddressRow{Address: address.String(), Person: p.ID}); err != nil {
				return err
			}
		}
		for b := 1; b <= buildings; b++ {
			g := desk.Group{
				Address:    desk.Address{Channel: telegram.Name, ID: strconv.FormatInt(group(b), 10)},
				Department: fmt.Sprintf("d%d", b), Title: fmt.Sprintf("%d部", b), Lang: "zh", At: tx.Now(),
			}
			if err := storage.Groups.Put(tx, g); err != nil {
				return err
			}
		}
		return nil
	})
}
