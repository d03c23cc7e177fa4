package playground

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// beatEvery is how often a silent stream shows that it lives.
const beatEvery = 20 * time.Second

// retryAfter is when a browser connects again, in milliseconds.
const retryAfter = 1000

// events streams what happens: first everything as it stands (snapshot), then
// every entry of the log (entry), and the clock whenever it changed (state).
//
// An event's id is its place in the log. A browser that comes back names the
// last one that it had, and goes on after it; if that was in another run of the
// program it starts anew. Every reader has the same log, so all of them see the
// same things in the same order.
func (p *Page) events(w http.ResponseWriter, r *http.Request) {
	s := stream{w: w, flush: http.NewResponseController(w).Flush, run: p.run}
	w.Header().Set("Content-Type", "text/event-stream")
	fmt.Fprintf(w, "retry: %d\n\n", retryAfter) //nolint:errcheck // Flush says it.
	next, resumed := p.resume(r.Header.Get("Last-Event-ID"))
	if !resumed {
		var all viewSnapshot
		all, next = p.snapshot()
		s.send("snapshot", next, all)
	}
	zone := p.stage.Scene().Zone
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	var shown State
	for s.err == nil {
		entries, news := p.channel.since(next)
		for _, e := range entries {
			next++
			s.send("entry", next, viewEntryOf(e, zone))
		}
		// The state is read after the entries that it led to, and sent after them.
		if state := p.stage.State(); state != shown {
			shown = state
			s.send("state", next, state)
		}
		if s.err == nil {
			s.err = s.flush()
		}
		select {
		case <-news:
		case <-beat.C:
			_, s.err = fmt.Fprint(w, ": \n\n")
		case <-r.Context().Done():
			return
		}
	}
}

// resume reads the id of the last event that a browser had.
func (p *Page) resume(id string) (next int, ok bool) {
	run, place, _ := strings.Cut(id, "-")
	n, err := strconv.Atoi(place)
	return n, err == nil && run == p.run && n >= 0 && n <= p.channel.length()
}

// stream writes events until one fails.
type stream struct {
	w     http.ResponseWriter
	flush func() error
	run   string
	err   error
}

func (s *stream) send(event string, place int, data any) {
	if s.err != nil {
		return
	}
	body, err := json.Marshal(data) // One line: JSON holds no line break of its own.
	if err == nil {
		_, err = fmt.Fprintf(s.w, "event: %s\nid: %s-%d\ndata: %s\n\n", event, s.run, place, body)
	}
	s.err = err
}
