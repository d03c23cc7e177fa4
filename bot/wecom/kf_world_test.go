package wecom

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/wecom/wecomtest"
	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/memory"
)

// testing is what *testing.T and *rapid.T have in common.
type tester interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
	Errorf(string, ...any)
}

// kfWorld is a fake WeCom with customers, the channel to it, and a receiver that
// commits as the desk does.
type kfWorld struct {
	*wecomtest.Server
	clock  *wecomtest.Clock
	engine *memory.Engine
	log    *strings.Builder
	config Config

	store  *storage.Store
	corp   *Corp
	weixin *Weixin
	desk   *kfReceiver
	puller *Puller
}

var kfStart = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

func newKFWorld(t tester, change func(*Config)) *kfWorld {
	t.Helper()
	clock := wecomtest.NewClock(kfStart)
	server := wecomtest.New(wecomtest.Options{Now: clock.Now})
	w := &kfWorld{Server: server, clock: clock, engine: memory.New(), log: &strings.Builder{}}
	w.config = Config{CorpID: server.CorpID(), AgentID: server.AgentID(), Secret: server.Secret(), KFID: server.KFID()}
	if change != nil {
		change(&w.config)
	}
	w.start(t)
	return w
}

// start starts the program, anew over the same data if it ran before.
func (w *kfWorld) start(t tester) {
	t.Helper()
	if w.store != nil {
		_ = w.store.Close()
	}
	var err error
	if w.store, err = storage.Open(w.engine, "campus", storage.Options{Now: w.clock.Now}); err != nil {
		t.Fatal(err)
	}
	logger := slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	w.corp, err = New(w.config, Options{
		Now: w.clock.Now, Log: logger, Transport: w.Transport(), Words: Words{Choose: "请回复数字："},
	})
	if err != nil {
		t.Fatal(err)
	}
	w.corp.Bind(w.store)
	w.weixin = w.corp.Weixin()
	w.OnKF(w.corp.onKF)
	w.desk = &kfReceiver{store: w.store}
	w.puller = w.weixin.Puller(w.desk)
}

// pull reads what there is; every fault must be one that was asked for.
func (w *kfWorld) pull(t tester) {
	t.Helper()
	if _, err := w.puller.Step(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func (w *kfWorld) send(person string, m desk.Drawn) (string, error) {
	return w.weixin.Send(context.Background(), kfAt(person), m)
}

// window is how the desk thinks a person's window stands.
func (w *kfWorld) window(t tester, person string) (out bot.Window) {
	t.Helper()
	if err := w.store.View(context.Background(), func(tx *storage.Tx) (err error) {
		out, err = w.weixin.Window(tx, kfAt(person))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func (w *kfWorld) obedient(t tester) {
	t.Helper()
	for _, v := range w.Violations() {
		t.Errorf("violation: %s", v)
	}
}

// told is what the desk told a person.
func (w *kfWorld) told(person string) (out []string) {
	for _, m := range w.KFTold(person) {
		out = append(out, m.String())
	}
	return out
}

func kfAt(id string) desk.Address { return desk.Address{Channel: WeixinName, ID: id} }

func items(labels ...string) (rows [][]desk.DrawnMark) {
	for _, l := range labels {
		rows = append(rows, []desk.DrawnMark{{Label: l, Data: "s|" + l + "|"}})
	}
	return rows
}

// kfReceiver commits inputs as the desk does: each once, in a transaction with the
// rows; or fails when told to.
type kfReceiver struct {
	store *storage.Store
	mu    sync.Mutex
	// before and after count down: the commit that makes one 0 fails before it, or
	// happens and is then not known, as when the program is killed.
	before, after int
}

var errKilled = errors.New("killed")

// kfSaid is what was handled, in order of the commits.
var kfSaid = storage.NewTable("test_said", func(r kfSaidRow) string { return storage.TimeKey(time.Unix(r.Number, 0)) })

type kfSaidRow struct {
	Number int64      `json:"number"`
	In     desk.Input `json:"in"`
}

func (r *kfReceiver) Handle(ctx context.Context, inputs []desk.Input, rows func(*storage.Tx) error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(inputs) == 0 && rows != nil {
		return r.commit(ctx, nil, rows)
	}
	for i := range inputs {
		with := rows
		if i < len(inputs)-1 {
			with = nil
		}
		if err := r.commit(ctx, &inputs[i], with); err != nil {
			return err
		}
	}
	return nil
}

func (r *kfReceiver) commit(ctx context.Context, in *desk.Input, rows func(*storage.Tx) error) error {
	if r.before--; r.before == 0 {
		return errKilled
	}
	err := r.store.Update(ctx, func(tx *storage.Tx) error {
		if in != nil {
			if err := handle(tx, *in); err != nil {
				return err
			}
		}
		if rows == nil {
			return nil
		}
		return rows(tx)
	})
	if r.after--; r.after == 0 {
		return errKilled
	}
	return err
}

func handle(tx *storage.Tx, in desk.Input) error {
	_, seen, err := storage.Seen.Get(tx, in.DedupeKey())
	if seen || err != nil {
		return err
	}
	if err := storage.Seen.Put(tx, storage.SeenRow{Key: in.DedupeKey(), At: tx.Now()}); err != nil {
		return err
	}
	n, err := tx.Next("said")
	if err != nil {
		return err
	}
	in.Raw = nil
	return kfSaid.Put(tx, kfSaidRow{Number: n, In: in})
}

// inputs are all that was ever handled.
func (w *kfWorld) inputs(t tester) (out []desk.Input) {
	t.Helper()
	if err := w.store.View(context.Background(), func(tx *storage.Tx) error {
		return kfSaid.Scan(tx, storage.Range{}, func(r kfSaidRow) error {
			out = append(out, r.In)
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// last is what was handled last.
func (w *kfWorld) last(t tester) desk.Input {
	t.Helper()
	all := w.inputs(t)
	if len(all) == 0 {
		t.Fatal("nothing was handled")
	}
	return all[len(all)-1]
}

var _ tester = (*testing.T)(nil)
