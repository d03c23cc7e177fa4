package telegram

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"testing"

	"frontdesk/bot"
	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/desk"
	"frontdesk/storage"
)

// secret is the canary: it must never be printed anywhere.
const secret = "CANARY-secret_of_the_token"

const token = "1000001:" + secret

// world is a fake Telegram with a channel to it.
type world struct {
	*telegramtest.Server
	channel *Channel
	log     *lockedBuffer
}

func newWorld(t *testing.T, opts telegramtest.Options, config Config) *world {
	t.Helper()
	opts.Token = token
	w := &world{Server: telegramtest.New(opts), log: &lockedBuffer{}}
	config.Token = token
	w.channel = newChannel(t, config, w.log, w.Transport())
	return w
}

func newChannel(t *testing.T, config Config, log *lockedBuffer, rt http.RoundTripper) *Channel {
	t.Helper()
	logger := slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	c, err := New(config, logger, WithTransport(rt))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (w *world) start(t *testing.T) {
	t.Helper()
	if err := w.channel.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// obedient fails when the program did something against Telegram's rules.
func (w *world) obedient(t *testing.T) {
	t.Helper()
	for _, v := range w.Violations() {
		t.Error("violation:", v)
	}
}

func at(id string) desk.Address { return desk.Address{Channel: Name, ID: id} }

func reasonOf(err error) bot.Reason {
	var send *bot.SendError
	if errors.As(err, &send) {
		return send.Reason
	}
	if err != nil {
		return "no SendError"
	}
	return ""
}

// receiver commits inputs, or fails when told to.
type receiver struct {
	mu       sync.Mutex
	handled  []desk.Input
	fail     int
	failWith error
}

func (r *receiver) Handle(_ context.Context, inputs []desk.Input, _ func(*storage.Tx) error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fail > 0 {
		r.fail--
		if r.failWith != nil {
			return r.failWith
		}
		return errors.New("the store is full")
	}
	r.handled = append(r.handled, inputs...)
	return nil
}

func (r *receiver) texts() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []string
	for _, in := range r.handled {
		out = append(out, in.Text)
	}
	return out
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}
