package main

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"frontdesk/desk"
	"frontdesk/storage/memory"
)

// TestWatcher plays what the parts say, and reads what people are told and when
// the sign of life comes.
func TestWatcher(t *testing.T) {
	start := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	var said []string
	stalled := map[string]bool{}
	reached := 1
	var beats []time.Duration
	now := start
	outside := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		beats = append(beats, now.Sub(start))
		if r.URL.Path != "/ping/secret-code" || r.Method != http.MethodGet {
			t.Errorf("%s %s", r.Method, r.URL)
		}
	}))
	defer outside.Close()
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, nil))
	w := &watcher{
		look: func(context.Context, time.Time) []Part {
			var parts []Part
			for _, name := range []string{"polling", "sending"} {
				parts = append(parts, Part{Name: name, OK: !stalled[name], past: []string{name}})
			}
			return parts
		},
		tell: func(_ context.Context, text desk.Text, past []string) int {
			said = append(said, strings.Join(append([]string{now.Sub(start).String(), text.Key}, past...), " "))
			return reached
		},
		pulse: newPulse(HeartbeatConfig{URL: outside.URL + "/ping/secret-code", Every: time.Minute}, logger), log: logger,
	}
	until := func(at time.Duration) {
		for ; now.Sub(start) < at; now = w.Step(t.Context(), now) {
		}
	}
	until(2 * time.Minute)
	stalled["polling"] = true
	until(10 * time.Minute)
	stalled["sending"] = true
	until(35 * time.Minute)
	stalled["polling"] = false
	until(36 * time.Minute)
	reached, stalled["sending"] = 0, false
	until(37 * time.Minute)
	stalled["sending"] = true
	until(38 * time.Minute)
	want := []string{
		"2m0s stalled.polling polling", "10m0s stalled.sending sending",
		"32m0s stalled.polling polling", "35m0s stalled.over.polling",
		"36m0s stalled.over.sending", "37m0s stalled.sending sending",
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Error("said (-want +got):\n", diff)
	}
	if want := []time.Duration{0, time.Minute, 36 * time.Minute}; !slices.Equal(beats, want) {
		t.Errorf("signs of life at %v, want %v", beats, want)
	}
	if n := strings.Count(log.String(), "nobody could be told"); n != 1 {
		t.Errorf("logged %d times that nobody was told:\n%s", n, log.String())
	}
}

// TestWatcherOfAHangingDesk looks at a desk that does not answer.
func TestWatcherOfAHangingDesk(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	w := &watcher{look: func(ctx context.Context, _ time.Time) []Part {
		<-t.Context().Done()
		return nil
	}}
	parts := w.parts(ctx, time.Time{})
	if len(parts) != 1 || parts[0].Name != partWatch || parts[0].OK {
		t.Errorf("%+v", parts)
	}
}

// TestPulseKeepsItsAddress lets the sign of life fail in every way: the address,
// which is a secret, is in no line.
func TestPulseKeepsItsAddress(t *testing.T) {
	outside := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(http.StatusNotFound) }))
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	defer outside.Close()
	for _, url := range []string{outside.URL + "/secret-code", gone.URL + "/secret-code", "http://\x7f/secret-code"} {
		var log bytes.Buffer
		p := newPulse(HeartbeatConfig{URL: url, Every: time.Minute}, slog.New(slog.NewTextHandler(&log, nil)))
		now := time.Unix(0, 0)
		for range 3 {
			p.Step(t.Context(), now)
			now = now.Add(time.Minute)
		}
		if n := strings.Count(log.String(), "did not arrive"); n != 1 || strings.Contains(log.String(), "secret-code") {
			t.Errorf("logged:\n%s", log.String())
		}
	}
	if newPulse(HeartbeatConfig{}, nil) != nil {
		t.Error("a sign of life without an address")
	}
}

// TestEveryPartHasWords wants words for each part that can stall.
func TestEveryPartHasWords(t *testing.T) {
	config := exampleTown(t)
	for _, part := range []string{"polling", "webhook", "wecom", "weixin", "sending", "committing", "scheduler", partWatch} {
		for _, lang := range config.Site.Languages {
			for _, key := range []string{"stalled.", "stalled.over."} {
				if text := config.Texts.Render(lang, desk.T(key+part), time.Time{}); text == "" || strings.Contains(text, "stalled.") {
					t.Errorf("%s %s: %q", lang, key+part, text)
				}
			}
		}
	}
}

// TestTheDeskSaysThatItHasStalled lets commits hang at three in the morning: the
// manager on duty and the administrator are told past the store, and again when
// all goes on.
func TestTheDeskSaysThatItHasStalled(t *testing.T) {
	hanging := &stuck{Engine: memory.New(), free: make(chan struct{})}
	close(hanging.free)
	visit(t, townOptions{engine: hanging, start: "2026-11-24 03:00", watch: true}, func(w *town) {
		admin := w.Person(1000, "管理员", "zh")
		w.says(admin, "/start")
		w.ready()
		hanging.free = make(chan struct{})
		w.wait(55 * time.Second)
		if m, _ := admin.Last(); includes(m.Text, "记不下任何东西") {
			t.Error("told too early")
		}
		w.wait(45 * time.Second)
		w.told(admin, "服务台已有一分钟记不下任何东西")
		close(hanging.free)
		w.wait(time.Minute)
		w.told(admin, "服务台又能记录了")
		w.ready()
		w.log.errors() // That it had stalled.
	})
}

// TestTheDeskSaysThatNothingComesIn loses the way to getUpdates; messages still
// go out.
func TestTheDeskSaysThatNothingComesIn(t *testing.T) {
	visit(t, townOptions{watch: true}, func(w *town) {
		admin := w.Person(1000, "管理员", "zh")
		w.says(admin, "/start")
		w.Refuse("getUpdates", http.StatusUnauthorized, "Unauthorized", 1<<20)
		w.wait(2 * time.Minute)
		w.told(admin, "已有一分钟收不到 Telegram 的消息")
		w.Heal()
		w.wait(time.Minute)
		w.told(admin, "又能收到 Telegram 的消息了")
		w.log.errors()
	})
}
