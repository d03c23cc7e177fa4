package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"frontdesk"
	"frontdesk/bot"
	"frontdesk/bot/telegram"
	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/desk"
	"frontdesk/flows"
	"frontdesk/storage"
	"frontdesk/storage/memory"
)

// town is the program as it runs, over a fake Telegram with people in it, in a
// bubble where time passes only when everything rests. What is checked is what
// Telegram received.
type town struct {
	*telegramtest.Server
	t       *testing.T
	config  *Config
	engine  storage.Engine
	app     *App
	channel *telegram.Channel
	server  *server
	log     *errorLog
	hook    http.RoundTripper
	halt    func() // stops the program
	watch   bool
}

// townOptions say how the town differs from the example site on polling.
type townOptions struct {
	telegram telegramtest.Options
	webhook  bool
	engine   storage.Engine // nil: memory
	start    string         // local time; empty: 2026-11-24 08:00, a Tuesday
	config   func(*Config)
	hook     http.RoundTripper // where the webhook is called
	watch    bool              // the watcher runs too
}

// visit runs a story in a town of its own, and checks at the end that nothing
// was done against the rules of Telegram and nothing was logged as an error.
func visit(t *testing.T, o townOptions, story func(w *town)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := &town{t: t, config: exampleTown(t), engine: o.engine, log: &errorLog{}, hook: o.hook, watch: o.watch}
		if o.config != nil {
			o.config(w.config)
		}
		w.config.Telegram.Mode = ModePolling
		if o.webhook {
			w.config.Telegram.Mode, w.config.Telegram.WebhookSecret = ModeWebhook, "a-secret"
			w.config.PublicURL = "https://desk.example.edu"
		}
		if w.engine == nil {
			w.engine = memory.New()
		}
		begin := o.start
		if begin == "" {
			begin = "2026-11-24 08:00"
		}
		at, err := time.ParseInLocation("2006-01-02 15:04", begin, w.config.Site.Zone)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Until(at))
		o.telegram.Token = w.config.Telegram.Token
		w.Server = telegramtest.New(o.telegram)
		w.run()
		defer func() { w.halt() }()
		story(w)
		w.halt()
		for _, v := range w.Violations() {
			t.Error("against the rules of Telegram:", v)
		}
		for _, line := range w.log.errors() {
			t.Error("logged as an error:", line)
		}
	})
}

// exampleTown is the example's configuration.
func exampleTown(t *testing.T) *Config {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "config.yaml")
	if err := os.WriteFile(path, frontdesk.ExampleConfig, 0o600); err != nil {
		t.Fatal(err)
	}
	config, err := LoadConfig(path, func(string) (string, bool) { return "1000001:TEST-token", true })
	if err != nil {
		t.Fatal(err)
	}
	config.FilesDir = filepath.Join(dir, "files")
	config.Site.Rounds = nil       // Nobody walks in most stories; TestNight has the plan.
	config.Site.Meeting.On = false // Its agenda would come into every story; those of the meeting turn it on.
	return config
}

// exampleListener understands for the example's site; one is enough for all towns.
var exampleListener = sync.OnceValue(func() flows.Understander {
	dir, err := os.MkdirTemp("", "frontdesk")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "config.yaml")
	if err := os.WriteFile(path, frontdesk.ExampleConfig, 0o600); err != nil {
		panic(err)
	}
	config, err := LoadConfig(path, func(string) (string, bool) { return "1000001:TEST-token", true })
	if err != nil {
		panic(err)
	}
	return flows.NewListener(config.Site, config.Examples)
})

// run starts the program: the same loops as serve, without sockets.
func (w *town) run() {
	w.t.Helper()
	log := slog.New(w.log)
	var err error
	w.channel, err = telegram.New(telegram.Config{
		Token: w.config.Telegram.Token, APIURL: w.config.Telegram.APIURL, Mode: w.config.Telegram.Mode,
		PublicURL: w.config.PublicURL, WebhookSecret: w.config.Telegram.WebhookSecret,
	}, log, telegram.WithTransport(w.Transport()))
	if err != nil {
		w.t.Fatal(err)
	}
	w.app, err = NewApp(w.config, w.engine, []bot.Channel{w.channel}, AppOptions{
		Workers: bot.DefaultWorkers, Log: log, Understand: exampleListener(), Transport: w.hook,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	last, err := bot.LastAlive(w.t.Context(), w.app.Store)
	if err != nil {
		w.t.Fatal(err)
	}
	n := &telegramNetwork{channel: w.channel, mode: w.config.Telegram.Mode}
	n.Bind(w.app)
	s := &server{app: w.app, networks: []network{n}, config: w.config, log: log}
	w.server = s
	ctx, cancel := context.WithCancel(w.t.Context())
	var loops sync.WaitGroup
	loops.Go(func() {
		if err := w.app.Run(ctx); err != nil {
			w.t.Error("the program ended:", err)
		}
	})
	loops.Go(func() {
		if err := s.receive(ctx, last); err != nil {
			w.t.Error("receiving ended:", err)
		}
	})
	if w.watch {
		loops.Go(func() { s.watch(ctx) })
	}
	if w.config.Telegram.Mode == ModeWebhook {
		hook, err := w.channel.Webhook(w.app.Handler)
		if err != nil {
			w.t.Fatal(err)
		}
		w.PushTo(hook)
		loops.Go(func() { w.RunPush(ctx) })
	}
	w.halt = func() {
		cancel()
		loops.Wait()
		if err := w.app.Close(); err != nil {
			w.t.Error(err)
		}
		w.halt = func() {}
	}
	w.rest()
}

// rest lets everything happen that happens within some seconds.
func (w *town) rest() { w.wait(5 * time.Second) }

// wait lets time pass.
func (w *town) wait(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// until lets time pass to a local time of day, today or else tomorrow.
func (w *town) until(clock string) {
	w.t.Helper()
	at, err := desk.ParseClockTime(clock)
	if err != nil {
		w.t.Fatal(err)
	}
	zone := w.config.Site.Zone
	day := desk.DateOf(time.Now(), zone)
	if !at.On(day, zone).After(time.Now()) {
		day = day.AddDays(1)
	}
	w.wait(time.Until(at.On(day, zone)))
}

// presses presses buttons one after another, with time for each to work.
func (w *town) presses(p *telegramtest.Person, labels ...string) {
	w.t.Helper()
	for _, label := range labels {
		if _, ok := p.TryPress(label); !ok {
			w.t.Fatalf("%s sees no button %q:\n%s", p.Name(), label, p.Transcript())
		}
		w.rest()
	}
}

// says says sentences one after another.
func (w *town) says(p *telegramtest.Person, texts ...string) {
	for _, text := range texts {
		p.Say(text)
		w.rest()
	}
}

// told wants the person's newest message of the bot to say something.
func (w *town) told(p *telegramtest.Person, words string) telegramtest.Message {
	w.t.Helper()
	m, _ := p.Last()
	if !includes(m.Text, words) {
		w.t.Fatalf("%s was told %q, want %q in it:\n%s", p.Name(), m.Text, words, p.Transcript())
	}
	return m
}

// find is the newest message of the bot on a screen with these words.
func find(screen []telegramtest.Message, words string) (telegramtest.Message, bool) {
	for _, m := range slices.Backward(screen) {
		if m.ByBot && includes(m.Text, words) {
			return m, true
		}
	}
	return telegramtest.Message{}, false
}

// must is find, where it must be.
func (w *town) must(screen []telegramtest.Message, words string) telegramtest.Message {
	w.t.Helper()
	m, ok := find(screen, words)
	if !ok {
		w.t.Fatalf("nobody was told %q:\n%s", words, screenText(screen))
	}
	return m
}

// shows wants the newest message with these words to have these buttons.
func (w *town) shows(screen []telegramtest.Message, words string, labels ...string) telegramtest.Message {
	w.t.Helper()
	m := w.must(screen, words)
	if !slices.Equal(m.Labels(), labels) {
		w.t.Fatalf("%q has the buttons %q, want %q", m.Text, m.Labels(), labels)
	}
	return m
}

// includes tells whether a text has the words, wherever the catalogue puts spaces.
func includes(text, words string) bool {
	narrow := strings.NewReplacer(" ", "")
	return strings.Contains(narrow.Replace(text), narrow.Replace(words))
}

// count is how many messages of the bot on a screen have these words, now or
// before an edit.
func count(screen []telegramtest.Message, words string) int {
	n := 0
	for _, m := range screen {
		if m.ByBot && includes(strings.Join(append(m.Past, m.Text), "\n"), words) {
			n++
		}
	}
	return n
}

func screenText(screen []telegramtest.Message) string {
	var b strings.Builder
	for _, m := range screen {
		fmt.Fprintf(&b, "%d %s: %s %q\n", m.ID, m.Who, m.Text, m.Labels())
	}
	return b.String()
}

// number is the first ticket number in a text.
func number(text string) string {
	i := strings.Index(text, "R-")
	if i < 0 {
		return ""
	}
	end := i + 2
	for end < len(text) && text[end] >= '0' && text[end] <= '9' {
		end++
	}
	return text[i:end]
}

// ticket reads a ticket from the store: only to set things up and to explain a
// failure, never as the proof of something.
func (w *town) ticket(number string) desk.Ticket {
	w.t.Helper()
	var t desk.Ticket
	err := w.app.Store.View(w.t.Context(), func(tx *storage.Tx) error {
		t, _ = storage.NewWorld(tx, w.config.Site).TicketByNumber(number)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return t
}

// errorLog keeps what is logged as an error.
type errorLog struct {
	mu    sync.Mutex
	lines []string
}

func (l *errorLog) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelWarn }
func (l *errorLog) WithAttrs([]slog.Attr) slog.Handler               { return l }
func (l *errorLog) WithGroup(string) slog.Handler                    { return l }

func (l *errorLog) Handle(_ context.Context, r slog.Record) error {
	if r.Level < slog.LevelError {
		return nil
	}
	line := r.Message
	r.Attrs(func(a slog.Attr) bool {
		line += " " + a.String()
		return true
	})
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, line)
	return nil
}

// errors are the lines so far; they are forgotten then.
func (l *errorLog) errors() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	lines := l.lines
	l.lines = nil
	return lines
}
