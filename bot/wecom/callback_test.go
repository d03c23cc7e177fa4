package wecom

import (
	"bytes"
	"context"
	"crypto/cipher"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"frontdesk/bot/wecom/wecomtest"
	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/memory"
)

// receiver commits inputs as the handler does, each once, or fails when told
// to.
type receiver struct {
	store *storage.Store

	mu      sync.Mutex
	handled []desk.Input
	fail    int
}

var errFull = errors.New("the store is full; the token is " + testToken)

func (r *receiver) Handle(ctx context.Context, inputs []desk.Input, rows func(*storage.Tx) error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fail > 0 {
		r.fail--
		return errFull
	}
	var fresh []desk.Input
	err := r.store.Update(ctx, func(tx *storage.Tx) error {
		fresh = nil // It may run again.
		for _, in := range inputs {
			_, seen, err := storage.Seen.Get(tx, in.DedupeKey())
			if err != nil {
				return err
			}
			if !seen {
				fresh = append(fresh, in)
				if err := storage.Seen.Put(tx, storage.SeenRow{Key: in.DedupeKey(), At: tx.Now()}); err != nil {
					return err
				}
			}
		}
		if rows != nil {
			return rows(tx)
		}
		return nil
	})
	if err == nil {
		r.handled = append(r.handled, fresh...)
	}
	return err
}

func (r *receiver) take() []desk.Input {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := r.handled
	r.handled = nil
	return out
}

// line is a corp with a receiver behind its callbacks, and WeCom in front.
type line struct {
	*wecomtest.Callbacks
	clock    *wecomtest.Clock
	server   *wecomtest.Server
	corp     *Corp
	store    *storage.Store
	receiver *receiver
	aes      *counting
	log      *bytes.Buffer
}

// counting counts the blocks that are deciphered.
type counting struct {
	cipher.Block
	blocks atomic.Int64
}

func (c *counting) Decrypt(dst, src []byte) {
	c.blocks.Add(1)
	c.Block.Decrypt(dst, src)
}

func newLine(t testing.TB) *line {
	t.Helper()
	l := &line{clock: wecomtest.NewClock(noon), log: &bytes.Buffer{}}
	l.server = wecomtest.New(wecomtest.Options{Now: l.clock.Now})
	var err error
	l.corp, err = New(Config{CorpID: l.server.CorpID(), AgentID: l.server.AgentID(), Secret: l.server.Secret(), Token: testToken, AESKey: testKey},
		Options{Now: l.clock.Now, Log: slog.New(slog.NewTextHandler(l.log, nil)), Transport: l.server.Transport(), Words: testWords})
	if err != nil {
		t.Fatal(err)
	}
	if l.store, err = storage.Open(memory.New(), "test", storage.Options{Now: l.clock.Now}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.store.Close() })
	l.corp.Bind(l.store)
	l.receiver = &receiver{store: l.store}
	h, err := l.corp.Callback(l.receiver)
	if err != nil {
		t.Fatal(err)
	}
	l.aes = &counting{Block: h.(*callback).vault.block}
	h.(*callback).vault.block = l.aes
	l.Callbacks = l.server.Callbacks(testToken, testKey, CallbackPath, h)
	return l
}

func (l *line) update(t testing.TB, do func(*storage.Tx) error) {
	t.Helper()
	if err := l.store.Update(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}

func (l *line) texts() []string {
	var out []string
	for _, in := range l.receiver.take() {
		out = append(out, string(in.Kind)+" "+in.Text)
	}
	return out
}

func TestCallback(t *testing.T) {
	l := newLine(t)
	li := l.server.Member("lijie", "李杰", l.Callbacks)
	for _, do := range []func() wecomtest.Told{
		func() wecomtest.Told { return li.Enter() },
		func() wecomtest.Told { return li.Say("水管漏水]]>") },
		func() wecomtest.Told { return li.Photo([]byte("photo")) },
		func() wecomtest.Told { return li.Voice([]byte("voice")) },
		func() wecomtest.Told { return li.Video([]byte("video")) },
		func() wecomtest.Told { return li.Location("3号楼") },
		func() wecomtest.Told { return li.Link("a", "b", "https://x.example/") },
		func() wecomtest.Told { return li.Unsubscribe() },
		func() wecomtest.Told { return li.Subscribe() },
		func() wecomtest.Told { return l.Event("lijie", "moon_landing") },
		func() wecomtest.Told { return li.PressCard("T1-1", "button_interaction", "k", "CODE") },
	} {
		if told := do(); len(told.Statuses) != 1 || !told.Taken() {
			t.Errorf("%s: %v", told.Plain, told.Statuses)
		}
	}
	want := []string{"entered ", "text 水管漏水]]>", "photo ", "file ", "file ", "location 3号楼", "text a\nb\nhttps://x.example/", "blocked ", "returned ", "press "}
	if diff := cmp.Diff(want, l.texts()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// The address is verified; a GET tells nobody what was in a POST, and what is
// told to be verified is no message.
func TestVerify(t *testing.T) {
	l := newLine(t)
	for range 50 { // Base64 has signs that a query must hide.
		if err := l.Verify(); err != nil {
			t.Fatal(err)
		}
	}
	echo := l.Encrypt("1616140317555161061")
	other := l.EncryptFor("12", "wwx")
	message := l.Encrypt(sent("text", "<Content>hi</Content>"))
	for name, w := range map[string]*httptest.ResponseRecorder{
		"without echostr":    l.Get(l.Sign(echo)),
		"forged":             l.Get("msg_signature=" + strings.Repeat("a", 40) + "&timestamp=1772452800&nonce=1&echostr=" + query(echo)),
		"stale":              l.Get(l.SignAt(echo, noon.Add(-11*time.Minute)) + "&echostr=" + query(echo)),
		"for another corp":   l.Get(l.Sign(other) + "&echostr=" + query(other)),
		"a message":          l.Get(l.Sign(message) + "&echostr=" + query(message)),
		"an echo as message": l.Post(l.Sign(echo), l.Envelope(echo)),
	} {
		if w.Code != http.StatusForbidden || w.Body.Len() != 0 {
			t.Errorf("%s: %d %q", name, w.Code, w.Body)
		}
	}
}

// Nothing is acknowledged that was not committed: WeCom tells it again, and it
// happens once.
func TestNotCommitted(t *testing.T) {
	l := newLine(t)
	li := l.server.Member("lijie", "李杰", l.Callbacks)
	l.receiver.fail = 2
	if diff := cmp.Diff([]int{503, 503, 200}, li.Say("水管漏水").Statuses); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	l.receiver.fail = 9
	if told := li.Say("灯坏了"); told.Taken() || len(told.Statuses) != 4 {
		t.Errorf("%v", told.Statuses)
	}
	l.receiver.fail = 0
	if diff := cmp.Diff([]string{"text 水管漏水"}, l.texts()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	// A store that is shut takes nothing either.
	l.store.Close()
	if told := li.Say("门坏了"); told.Taken() || told.Statuses[0] != 503 {
		t.Errorf("%v", told.Statuses)
	}
	if strings.Contains(l.log.String(), testToken) || strings.Contains(l.log.String(), "水管") {
		t.Errorf("the log tells too much:\n%s", l.log)
	}
}

// A receiver that takes too long is not waited for: the answer is 503 while
// WeCom still listens.
func TestSlowStore(t *testing.T) {
	l := newLine(t)
	h, err := l.corp.Callback(slow{})
	if err != nil {
		t.Fatal(err)
	}
	l.To = h
	query, body := l.Seal(sent("text", "<Content>hi</Content>"))
	r := httptest.NewRequest(http.MethodPost, CallbackPath+"?"+query, strings.NewReader(body))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r.WithContext(ctx))
	if w.Code != http.StatusServiceUnavailable {
		t.Errorf("%d", w.Code)
	}
	w = httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, CallbackPath+"?"+query, strings.NewReader(body)))
	if w.Code != http.StatusServiceUnavailable {
		t.Errorf("%d", w.Code)
	}
}

// slow ends when it is told to, at the latest after the time for a callback.
type slow struct{}

func (slow) Handle(ctx context.Context, _ []desk.Input, _ func(*storage.Tx) error) error {
	deadline, ok := ctx.Deadline()
	if !ok || time.Until(deadline) > 5*time.Second {
		return nil // A 200 fails the test.
	}
	return context.DeadlineExceeded
}

func TestMethods(t *testing.T) {
	l := newLine(t)
	query, body := l.Seal(sent("text", "<Content>hi</Content>"))
	for _, method := range []string{http.MethodHead, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		if w := l.Request(method, query, body); w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") == "" {
			t.Errorf("%s: %d", method, w.Code)
		}
	}
	if w := l.Request(http.MethodPost, query, ""); w.Code != http.StatusForbidden {
		t.Errorf("an empty body: %d", w.Code)
	}
	broken := httptest.NewRequest(http.MethodPost, CallbackPath+"?"+query, io.MultiReader(strings.NewReader(body[:20]), brokenBody{}))
	w := httptest.NewRecorder()
	l.To.ServeHTTP(w, broken)
	if got := l.receiver.take(); w.Code != http.StatusForbidden || len(got) != 0 {
		t.Errorf("a broken body: %d, %v", w.Code, got)
	}
}

type brokenBody struct{}

func (brokenBody) Read([]byte) (int, error) { return 0, errors.New("i/o timeout") }

// Without a token and a key anybody could tell anything.
func TestCallbackNeedsKeys(t *testing.T) {
	corp, err := New(Config{CorpID: testCorp, AgentID: testAgent, Secret: "s"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if h, err := corp.Callback(&receiver{}); err == nil || h != nil {
		t.Error("a callback without a token")
	}
}

// 微信客服 only says that there is something to fetch.
func TestWaiting(t *testing.T) {
	l := newLine(t)
	if told := l.Waiting("wk1", "ENC1"); !told.Taken() {
		t.Errorf("with nobody to fetch: %v", told.Statuses)
	}
	var got []string
	l.corp.onKF = func(token, kf string) { got = append(got, token+" "+kf) }
	if told := l.Waiting("wk1", "ENC2"); !told.Taken() || len(told.Statuses) != 1 {
		t.Errorf("%v", told.Statuses)
	}
	if diff := cmp.Diff([]string{"ENC2 wk1"}, got); diff != "" || len(l.receiver.take()) != 0 {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func query(s string) string { return url.QueryEscape(s) }
