package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"frontdesk/storage"
	"frontdesk/storage/memory"
)

// readyz is what the desk answers to whoever asks whether it is ready.
func (w *town) readyz() (code int, text string) {
	rec := httptest.NewRecorder()
	w.server.serveReady(rec, httptest.NewRequest(http.MethodGet, "/readyz", nil))
	return rec.Code, rec.Body.String()
}

// ready wants the desk to be ready.
func (w *town) ready() {
	w.t.Helper()
	if code, text := w.readyz(); code != http.StatusOK || strings.Contains(text, "STALLED") {
		w.t.Fatalf("%d, want ready:\n%s", code, text)
	}
}

// stalled wants exactly one line to say that its part has stalled, and why.
func (w *town) stalled(part, why string) {
	w.t.Helper()
	code, text := w.readyz()
	for line := range strings.Lines(text) {
		has := strings.Contains(line, "STALLED")
		if own := strings.HasPrefix(line, part+" "); has != own || own && !strings.Contains(line, why) {
			w.t.Fatalf("%d, want %s to have stalled alone, because of %q:\n%s", code, part, why, text)
		}
	}
	if code != http.StatusServiceUnavailable {
		w.t.Errorf("answered %d", code)
	}
}

// TestReadyPolling loses the way to getUpdates for some minutes.
func TestReadyPolling(t *testing.T) {
	visit(t, townOptions{}, func(w *town) {
		w.wait(10 * time.Minute)
		w.ready()
		w.Refuse("getUpdates", http.StatusUnauthorized, "Unauthorized", 1<<20)
		w.wait(30 * time.Second) // The poll under way ends.
		w.ready()
		w.wait(time.Minute + 10*time.Second)
		w.stalled("polling", "Unauthorized")
		w.Heal()
		w.wait(time.Minute)
		w.ready()
		w.log.errors() // That the token is refused.
	})
}

// TestReadyWebhook loses the way from Telegram to the desk, and then the other.
func TestReadyWebhook(t *testing.T) {
	visit(t, townOptions{webhook: true}, func(w *town) {
		zhang := w.Person(5001, "张同学", "zh")
		w.wait(5 * time.Minute)
		w.ready()
		hook, err := w.channel.Webhook(w.app.Handler)
		if err != nil {
			t.Fatal(err)
		}
		w.PushTo(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(http.StatusBadGateway) }))
		zhang.Say("/help")
		w.wait(2 * time.Minute)
		w.stalled("webhook", "1 updates wait at telegram")
		w.PushTo(hook)
		w.wait(3 * time.Minute)
		w.ready()
		w.Outage(true)
		w.wait(4 * time.Minute)
		w.stalled("webhook", "nothing heard for")
		w.Outage(false)
		w.wait(2 * time.Minute)
		w.ready()
	})
}

// TestReadySending lets messages be refused while updates still come in.
func TestReadySending(t *testing.T) {
	visit(t, townOptions{}, func(w *town) {
		zhang := w.Person(5001, "张同学", "zh")
		w.says(zhang, "/help")
		w.ready()
		w.Fail("sendMessage", http.StatusBadGateway, 1<<20)
		w.says(zhang, "/help")
		w.wait(50 * time.Second)
		w.ready()
		w.wait(time.Minute)
		w.stalled("sending", "a message has waited for")
		w.Heal()
		w.wait(2 * time.Minute)
		w.ready()
		w.told(zhang, "直接说一句就行")
	})
}

// TestReadyThroughA429 keeps ready while one group may not be written to: the
// desk goes on for everybody else, and nobody could do anything.
func TestReadyThroughA429(t *testing.T) {
	visit(t, townOptions{}, func(w *town) {
		zhang := w.Person(5001, "张同学", "zh")
		w.says(zhang, "/help")
		w.Fail("sendMessage", http.StatusTooManyRequests, 200)
		zhang.Say("/help")
		w.wait(3 * time.Minute)
		w.ready()
		w.Heal()
	})
}

// stuck is a store whose commits hang while it is locked.
type stuck struct {
	*memory.Engine
	free chan struct{}
}

func (s *stuck) Apply(ops []storage.Op) error {
	<-s.free
	return s.Engine.Apply(ops)
}

// TestReadyCommitting lets commits hang, and then the disk be full.
func TestReadyCommitting(t *testing.T) {
	engine := &stingy{Engine: memory.New()}
	visit(t, townOptions{engine: engine}, func(w *town) {
		w.ready()
		engine.full.Store(true)
		w.wait(61 * time.Second) // Until the heartbeat finds out.
		w.stalled("committing", "the disk is full")
		engine.full.Store(false)
		w.wait(time.Minute)
		w.ready()
		w.log.errors() // The alarm.
	})
	hanging := &stuck{Engine: memory.New(), free: make(chan struct{})}
	close(hanging.free)
	visit(t, townOptions{engine: hanging}, func(w *town) {
		w.ready()
		hanging.free = make(chan struct{})
		w.wait(4 * time.Minute)
		code, text := w.readyz()
		if code != http.StatusServiceUnavailable || !strings.Contains(text, "no commit of the heartbeat for") {
			t.Errorf("%d:\n%s", code, text)
		}
		if w.app.live(w.t.Context(), time.Now()) {
			t.Error("the service manager is told that a desk goes on whose commits hang")
		}
		close(hanging.free)
		w.wait(2 * time.Minute)
		w.ready()
		if !w.app.live(w.t.Context(), time.Now()) {
			t.Error("the service manager is not told that the desk goes on again")
		}
	})
}

// TestReadyAtTheStart gives what waited through a downtime some time.
func TestReadyAtTheStart(t *testing.T) {
	visit(t, townOptions{webhook: true}, func(w *town) {
		sending := func() Part { return w.app.sending(w.t.Context(), time.Now()) }
		zhang := w.Person(5001, "张同学", "zh")
		w.Outage(true)
		w.says(zhang, "/help")
		w.halt()
		w.wait(40 * time.Minute)
		w.run()
		w.wait(50 * time.Second)
		if p := sending(); !p.OK {
			t.Errorf("just after the start: %+v", p)
		}
		w.wait(70 * time.Second)
		if p := sending(); p.OK {
			t.Errorf("two minutes after the start: %+v", p)
		}
		w.Outage(false)
		w.wait(2 * time.Minute)
		w.ready()
		w.told(zhang, "直接说一句就行")
	})
}
