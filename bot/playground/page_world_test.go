package playground_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// stage is a desk that repeats what it hears.
type stage struct {
	world *world
	mu    sync.Mutex
	acts  []desk.Input
	moved []playground.Move
	busy  bool
	speed int
	leads string // where the answer to a press leads
}

func (s *stage) Act(_ context.Context, act func() desk.Input) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	in := act()
	s.acts = append(s.acts, in)
	if in.Press != nil {
		return s.world.Answer(context.Background(), in.Press.ID, "好", s.leads, false)
	}
	if len(in.Text) > 1000 {
		return nil
	}
	_, err := s.world.Send(context.Background(), in.Address(), desk.Drawn{Text: "收到:" + in.Text})
	return err
}

func (s *stage) Move(_ context.Context, m playground.Move) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.busy {
		return playground.ErrBusy
	}
	s.moved = append(s.moved, m)
	s.world.Wake()
	return nil
}

func (s *stage) Play(_ context.Context, on bool, speed int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.busy, s.speed = on, speed
	s.world.Wake()
	return nil
}

func (s *stage) State() playground.State {
	s.mu.Lock()
	defer s.mu.Unlock()
	return playground.State{Now: s.world.now.Add(time.Duration(len(s.moved)) * time.Hour), Playing: s.busy, Speed: s.speed}
}

func (s *stage) Scene() playground.Scene {
	return playground.Scene{
		Site: desk.Label{"zh": "校区", "en": "Campus"}, Langs: []string{"zh", "en"}, Zone: time.FixedZone("", 8*60*60),
		Panes:  []playground.Pane{{ID: "student", Title: desk.T("page.pane.student"), People: []string{"zhang"}, Try: []desk.Text{desk.T("page.try.leak")}}},
		People: []playground.Role{{Person: s.world.zhang, Note: desk.T("page.note.you")}},
	}
}

func (s *stage) Text(lang string, t desk.Text) string { return lang + ":" + t.Key }

// heard is what the desk was handed so far.
func (s *stage) heard() []desk.Input {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]desk.Input(nil), s.acts...)
}

// pageWorld is a playground whose page is served.
type pageWorld struct {
	*world
	stage *stage
	url   string
}

func newPageWorld(t *testing.T) *pageWorld {
	t.Helper()
	w := newWorld(t)
	w.wang.AddDesk(w.group)
	s := &stage{world: w, speed: 1}
	server := httptest.NewServer(playground.NewPage(w.Channel, s).Handler())
	t.Cleanup(server.Close)
	t.Cleanup(server.CloseClientConnections)
	return &pageWorld{world: w, stage: s, url: server.URL}
}

// do sends a request with some headers; Host is one of them.
func (w *pageWorld) do(t *testing.T, method, path, body string, headers map[string]string) (status int, text string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, w.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
	}
	for name, value := range headers {
		r.Header.Set(name, value)
		if name == "Host" {
			r.Host = value
		}
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer.Header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("%s %s may be read by other sites", method, path)
	}
	return answer.StatusCode, string(data)
}

func (w *pageWorld) posts(t *testing.T, path, body string, want int) string {
	t.Helper()
	status, text := w.do(t, http.MethodPost, path, body, nil)
	if status != want {
		t.Errorf("POST %s %.200s: %d %s, want %d", path, body, status, text, want)
	}
	return text
}

// event is one event of a stream.
type event struct{ Name, ID, Data string }

// follows opens a stream; next reads its next event.
func (w *pageWorld) follows(t *testing.T, last string) (next func() event) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	if last != "" {
		r.Header.Set("Last-Event-ID", last)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	if kind := answer.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Errorf("a stream of %s", kind)
	}
	lines := bufio.NewReader(answer.Body)
	return func() event {
		t.Helper()
		var e event
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				t.Fatal(err)
			}
			field, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
			switch {
			case field == "event":
				e.Name = value
			case field == "id":
				e.ID = value
			case field == "data":
				e.Data = value
			case field == "" && e.Name != "":
				return e
			}
		}
	}
}

// entries reads a stream until n entries came, leaving out the clock.
func entries(next func() event, n int) (texts []string, last string) {
	for len(texts) < n {
		e := next()
		if e.Name != "entry" {
			continue
		}
		var entry struct {
			Kind    string
			Message struct{ Text string }
		}
		json.Unmarshal([]byte(e.Data), &entry) //nolint:errcheck // An empty text is found.
		texts = append(texts, entry.Kind+" "+entry.Message.Text)
		last = e.ID
	}
	return texts, last
}

func say(text string) string {
	return fmt.Sprintf(`{"person":"zhang","chat":"zhang","text":%q}`, text)
}
