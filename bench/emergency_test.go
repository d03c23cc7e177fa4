//go:build unix

package bench

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/desk"
	"frontdesk/locale"
	"frontdesk/storage"
	"frontdesk/storage/bolt"
)

// wire is a network that takes everything at once, within Telegram's limits as the
// outbox keeps them, and says when a call of an emergency came.
type wire struct{ called chan time.Time }

func (*wire) Name() string                                               { return "telegram" }
func (*wire) Capabilities() desk.Capabilities                            { return desk.Capabilities{EditAnytime: true} }
func (*wire) Limits() bot.LimitNumbers                                   { return bot.TelegramLimits }
func (*wire) Answer(context.Context, string, string, string, bool) error { return nil }
func (*wire) Fetch(context.Context, desk.File) (io.ReadCloser, error)    { return nil, io.EOF }
func (*wire) Chat(context.Context, desk.Address) (bot.ChatInfo, error)   { return bot.ChatInfo{}, nil }
func (*wire) Commands(context.Context, bot.CommandScope) error           { return nil }
func (w *wire) Send(_ context.Context, _ desk.Address, m desk.Drawn) (string, error) {
	if m.Text == "fire" {
		w.called <- time.Now()
	}
	return "1", nil
}

// BenchmarkEmergency measures how long after its commit a call of an emergency is
// handed to the network, while a thousand ordinary messages wait and the group is at
// its limit. What it must be at most is two seconds.
func BenchmarkEmergency(b *testing.B) {
	site, err := benchSite()
	if err != nil {
		b.Fatal(err)
	}
	texts, err := locale.Load(time.UTC, nil)
	if err != nil {
		b.Fatal(err)
	}
	engine, err := bolt.Open(filepath.Join(b.TempDir(), "bench.db"), bolt.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer engine.Close()
	store, err := storage.Open(engine, site.ID, storage.Options{Migrations: storage.Migrations})
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	writer := func() storage.Writer { return storage.Writer{Texts: texts, Site: site} }
	network := &wire{called: make(chan time.Time, 1)}
	outbox := bot.NewOutbox(store, writer, bot.DrawPost, []bot.Channel{network}, bot.OutboxOptions{Workers: bot.DefaultWorkers, Logger: quiet()})
	say := func(messages ...desk.Message) {
		err := store.Update(b.Context(), func(tx *storage.Tx) error { return writer().Apply(tx, desk.Effects{Messages: messages}) })
		if err != nil {
			b.Fatal(err)
		}
	}
	ctx, stop := context.WithCancel(b.Context())
	var running sync.WaitGroup
	running.Go(func() { _ = outbox.Run(ctx) })
	defer running.Wait()
	defer stop()
	backlog := func() {
		var list []desk.Message
		for i := range 1000 {
			chat := desk.Address{Channel: "telegram", ID: fmt.Sprint(firstPerson + i%crowd)}
			if i%20 == 0 {
				chat.ID = fmt.Sprint(group(1))
			}
			list = append(list, desk.Message{Chat: chat, Text: desk.Literal("words"), Lane: desk.LaneInteractive, Class: desk.ClassPrompt})
		}
		say(list...)
	}
	backlog()
	var worst, sum time.Duration
	b.ResetTimer()
	for i := range b.N {
		if i%200 == 199 {
			backlog()
		}
		to := desk.Address{Channel: "telegram", ID: fmt.Sprint(900_000 + i)}
		say(desk.Message{Chat: to, Text: desk.Literal("fire"), Lane: desk.LaneEmergency, Class: desk.ClassEmergency})
		committed := time.Now()
		took := max((<-network.called).Sub(committed), 0)
		worst, sum = max(worst, took), sum+took
		<-time.After(50 * time.Millisecond) // Below the 30 a second that the network takes at all.
	}
	b.StopTimer()
	b.ReportMetric(float64(worst.Microseconds())/1e3, "worst-ms")
	b.ReportMetric(float64(sum.Microseconds())/1e3/float64(b.N), "mean-ms")
}
