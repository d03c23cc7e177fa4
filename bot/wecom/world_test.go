package wecom

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/wecom/wecomtest"
	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/memory"
)

// The canaries: they must never be printed anywhere.
const (
	secret = "CANARY-secret-of-the-app"
	robot  = "canary00-1111-2222-3333-robotkey"
)

var testWords = Words{
	Choose: "回复数字选择:", Below: "请选择", Settled: "无需操作", Newer: "见下方新消息",
	Report: "报修需求", Mine: "我的单", Help: "帮助",
}

// world is a fake WeCom with a corp that talks to it.
type world struct {
	*wecomtest.Server
	t     *testing.T
	clock *wecomtest.Clock
	ticks atomic.Int64
	store *storage.Store
	corp  *Corp
	log   *lockedBuffer
}

func newWorld(t *testing.T, opts wecomtest.Options) *world {
	t.Helper()
	w := &world{t: t, clock: wecomtest.NewClock(time.Date(2026, 3, 2, 1, 3, 0, 0, time.UTC)), log: &lockedBuffer{}}
	opts.Now, opts.Secret = w.clock.Now, secret
	w.Server = wecomtest.New(opts)
	w.AddPerson("LiJie", "李杰")
	w.AddPerson("wang", "王芳")
	w.AddPerson("zhao", "赵强")
	store, err := storage.Open(memory.New(), "test", storage.Options{Now: w.clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	w.store = store
	w.corp = w.another()
	return w
}

// another is another process with the same store.
func (w *world) another() *Corp {
	w.t.Helper()
	corp, err := New(Config{
		CorpID: w.CorpID(), AgentID: w.AgentID(), Secret: secret,
		Groups: map[string]GroupConfig{"elec": {ChatID: "elecchat"}, "water": {RobotKey: robot}, "clean": {}},
	}, Options{
		// It never shows the same time twice, so that a transaction that looks at it
		// instead of its own time is found not to be repeatable.
		Now:       func() time.Time { return w.clock.Now().Add(time.Duration(w.ticks.Add(1))) },
		Log:       slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Transport: w.Transport(), Words: testWords,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	corp.Bind(w.store)
	return corp
}

// send sends to LiJie and fails the test when it does not arrive.
func (w *world) send(m desk.Drawn) string {
	w.t.Helper()
	ref, err := w.corp.App().Send(w.t.Context(), to("LiJie"), m)
	if err != nil {
		w.t.Fatalf("send %q: %v", m.Text, err)
	}
	return ref
}

// last is what LiJie sees at the bottom of the chat.
func (w *world) last() string {
	w.t.Helper()
	seen := w.Seen("LiJie")
	if len(seen) == 0 {
		return ""
	}
	return seen[len(seen)-1].String()
}

// press keeps the code of a press by LiJie, as receiving does.
func (w *world) press(ref string) {
	w.t.Helper()
	responseCode := w.PressCode(ref)
	err := w.store.Update(w.t.Context(), func(tx *storage.Tx) error {
		return w.corp.keepCode(tx, "LiJie", ref, responseCode, w.clock.Now())
	})
	if err != nil || responseCode == "" {
		w.t.Fatalf("press: %q %v", responseCode, err)
	}
}

// obedient fails when the program did something against WeCom's rules, or
// printed a secret.
func (w *world) obedient() {
	w.t.Helper()
	for _, v := range w.Violations() {
		w.t.Error("violation:", v)
	}
	w.silent(w.log.String())
}

// silent fails when a text has a secret.
func (w *world) silent(text string) {
	w.t.Helper()
	for _, s := range []string{secret, robot, "TOKEN-", "access_token="} {
		if strings.Contains(text, s) {
			w.t.Errorf("%q is in: %s", s, text)
		}
	}
}

func to(user string) desk.Address { return desk.Address{Channel: Name, ID: user} }

func group(department string) desk.Address { return desk.Address{Channel: GroupsName, ID: department} }

func buttons(labels ...string) [][]desk.DrawnMark {
	var row []desk.DrawnMark
	for _, label := range labels {
		row = append(row, desk.DrawnMark{Label: label, Data: "do|" + label})
	}
	return [][]desk.DrawnMark{row}
}

func why(err error) bot.Reason {
	var send *bot.SendError
	if errors.As(err, &send) {
		return send.Reason
	}
	if err != nil {
		return "no SendError"
	}
	return ""
}

// lockedBuffer is a log that several goroutines write.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// files opens files of other channels by their hash.
func files(bodies map[string]string) func(context.Context, desk.File) (io.ReadCloser, error) {
	return func(_ context.Context, f desk.File) (io.ReadCloser, error) {
		body, known := bodies[f.Hash]
		if !known {
			return nil, errors.New("no such file")
		}
		return io.NopCloser(strings.NewReader(body)), nil
	}
}
