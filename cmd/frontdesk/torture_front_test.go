package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"strconv"
	"strings"
	"sync"

	"frontdesk/bot/telegram/telegramtest"
)

// front stands between the program and the fake server, on the wire. It writes
// down what the server accepted, and from which life of the program; and it can
// kill the program at a named point of the conversation. So the program itself
// needs no hooks.
type front struct {
	server *telegramtest.Server

	mu      sync.Mutex
	changed chan struct{} // closed and renewed whenever something was said
	seq     int
	chats   map[int64][]said
	lives   map[int]*life
	current *life
	given   map[int64]gift // what was given and not confirmed, by update
	broken  map[int64]bool
	// unacked are the lives that had committed a press and were killed before they
	// could confirm it: it came again, and had been answered already.
	unacked map[int]bool
	regiven int
}

// gift is an update that a life was given.
type gift struct {
	life  int
	press bool
}

// said is a message, or a change of one, that the server accepted.
type said struct {
	seq, life int
	chat      int64
	id        int
	text      string
	labels    []string
	edit      bool
}

func (m said) has(labels ...string) (string, bool) {
	for _, have := range m.labels {
		for _, want := range labels {
			if have == want {
				return have, true
			}
		}
	}
	return "", false
}

func newFront(server *telegramtest.Server) *front {
	return &front{
		server: server, changed: make(chan struct{}), chats: map[int64][]said{}, lives: map[int]*life{},
		given: map[int64]gift{}, broken: map[int64]bool{}, unacked: map[int]bool{},
	}
}

// ServeHTTP takes the calls of all lives: each has an address of its own.
func (f *front) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	number, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/life/"), "/")
	n, _ := strconv.Atoi(number)
	f.mu.Lock()
	l := f.lives[n]
	f.mu.Unlock()
	if l == nil {
		http.NotFound(rw, r)
		return
	}
	r.URL.Path = "/" + rest
	if path.Base(rest) == "getUpdates" {
		f.poll(rw, r, l)
		return
	}
	// What has arrived happens, also when the caller is dead by then.
	rec := httptest.NewRecorder()
	f.server.ServeHTTP(rec, r.WithContext(context.WithoutCancel(r.Context())))
	if path.Base(rest) == "setWebhook" && rec.Code == http.StatusOK {
		l.isReady()
	}
	if m, ok := f.note(l, rec); ok && (l.trips(atSend) || isTicketMessage(m) && l.trips(atCard)) {
		l.kill()
		panic(http.ErrAbortHandler) // It happened, and nobody knows.
	}
	copyAnswer(rw, rec)
}

func copyAnswer(rw http.ResponseWriter, rec *httptest.ResponseRecorder) {
	for name, values := range rec.Header() {
		rw.Header()[name] = values
	}
	rw.WriteHeader(rec.Code)
	_, _ = rw.Write(rec.Body.Bytes())
}

// note keeps what the server accepted.
func (f *front) note(l *life, rec *httptest.ResponseRecorder) (said, bool) {
	var reply struct {
		OK     bool
		Result json.RawMessage
	}
	var message struct {
		ID       int64 `json:"message_id"`
		EditDate int64 `json:"edit_date"`
		Chat     struct{ ID int64 }
		Text     string
		Markup   struct {
			Rows [][]struct{ Text string } `json:"inline_keyboard"`
		} `json:"reply_markup"`
	}
	if json.Unmarshal(rec.Body.Bytes(), &reply) != nil || !reply.OK ||
		json.Unmarshal(reply.Result, &message) != nil || message.ID == 0 {
		return said{}, false
	}
	m := said{life: l.number, chat: message.Chat.ID, id: int(message.ID), text: message.Text, edit: message.EditDate != 0}
	for _, row := range message.Markup.Rows {
		for _, b := range row {
			m.labels = append(m.labels, b.Text)
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.seq++
	m.seq = f.seq
	f.chats[m.chat] = append(f.chats[m.chat], m)
	close(f.changed)
	f.changed = make(chan struct{})
	return m, true
}

// now is the number of the newest thing said: what comes later is newer.
func (f *front) now() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.seq
}

// all is what was said in a chat so far.
func (f *front) all(chat int64) []said {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.chats[chat][:len(f.chats[chat]):len(f.chats[chat])]
}

// await waits until something is said in a chat after a moment.
func (f *front) await(ctx context.Context, chat int64, after int, match func(said) bool) (said, bool) {
	for {
		f.mu.Lock()
		list, changed := f.chats[chat], f.changed
		f.mu.Unlock()
		from := len(list)
		for from > 0 && list[from-1].seq > after {
			from--
		}
		for _, m := range list[from:] {
			if match(m) {
				return m, true
			}
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return said{}, false
		}
	}
}

// poll is getUpdates: its offset confirms what was given before.
func (f *front) poll(rw http.ResponseWriter, r *http.Request, l *life) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	var call struct{ Offset int64 }
	_ = json.Unmarshal(body, &call)
	ask := func(body []byte) *httptest.ResponseRecorder {
		r := r.Clone(r.Context())
		r.Body = io.NopCloser(bytes.NewReader(body))
		rec := httptest.NewRecorder()
		f.server.ServeHTTP(rec, r)
		return rec
	}
	if call.Offset > 0 {
		if f.confirmsPress(call.Offset) && l.trips(atLostAck) {
			l.kill()
			panic(http.ErrAbortHandler) // The confirmation never arrived.
		}
		if l.trips(atAck) {
			ask(fmt.Appendf(nil, `{"offset":%d,"timeout":0,"limit":1}`, call.Offset))
			l.kill()
			panic(http.ErrAbortHandler) // It did, and was the last thing that the program did.
		}
		f.confirm(func(id int64) bool { return id < call.Offset })
	}
	if !l.polled.Swap(true) {
		// What an earlier life has committed is said now, before updates come again:
		// so it can be seen whether it was.
		wait(r.Context(), againAfter)
	}
	l.isReady()
	rec := ask(body)
	var reply struct{ Result []json.RawMessage }
	_ = json.Unmarshal(rec.Body.Bytes(), &reply)
	for _, raw := range reply.Result {
		f.give(l, raw)
	}
	copyAnswer(rw, rec)
	if len(reply.Result) > 0 && l.trips(atReceive) {
		_ = http.NewResponseController(rw).Flush()
		l.killSoon()
	}
}

// confirmsPress tells whether a press is among what is to be confirmed.
func (f *front) confirmsPress(offset int64) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for id, g := range f.given {
		if id < offset && g.press {
			return true
		}
	}
	return false
}

// confirm notes that updates will not come again.
func (f *front) confirm(which func(id int64) bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for id := range f.given {
		if which(id) {
			delete(f.given, id)
		}
	}
}

// give notes that an update is given to a life. One that an earlier life did not
// confirm although its effect can be seen was committed by it: it must be
// recognised now.
func (f *front) give(l *life, raw []byte) {
	var u struct {
		ID    int64                `json:"update_id"`
		Press *struct{ ID string } `json:"callback_query"`
	}
	_ = json.Unmarshal(raw, &u)
	f.mu.Lock()
	before, again := f.given[u.ID]
	f.given[u.ID] = gift{l.number, u.Press != nil}
	f.mu.Unlock()
	if !again || before.life == l.number || u.Press == nil {
		return
	}
	answered := false
	for _, p := range f.server.Presses() {
		answered = answered || p.ID == u.Press.ID && p.Answered
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.regiven++
	if answered {
		f.unacked[before.life] = true
	}
}
