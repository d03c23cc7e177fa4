package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"text/tabwriter"
	"time"
)

// webHandler serves what networks call and what tells whether the desk is well.
func (s *server) webHandler() (http.Handler, error) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(rw http.ResponseWriter, _ *http.Request) { fmt.Fprintln(rw, "ok") })
	mux.HandleFunc("GET /readyz", s.serveReady)
	mux.HandleFunc("GET "+verifyPath+"{code}", s.serveVerify)
	for _, n := range s.networks {
		if err := n.Serve(mux); err != nil {
			return nil, err
		}
	}
	return mux, nil
}

// serveReady answers 200 when every part goes on, and 503 when one has stalled,
// with one line a part; or in JSON, if that is asked for.
func (s *server) serveReady(rw http.ResponseWriter, r *http.Request) {
	parts := s.readyNow(r.Context())
	asJSON := strings.Contains(r.Header.Get("Accept"), "application/json")
	rw.Header().Set("Cache-Control", "no-store")
	if asJSON {
		rw.Header().Set("Content-Type", "application/json")
	}
	if !allOK(parts) {
		rw.WriteHeader(http.StatusServiceUnavailable)
	}
	if asJSON {
		_ = json.NewEncoder(rw).Encode(map[string]any{"ready": allOK(parts), "parts": parts})
		return
	}
	table := tabwriter.NewWriter(rw, 0, 0, 2, ' ', 0)
	writeParts(table, parts)
	table.Flush() //nolint:errcheck // The caller has gone.
}

// readyCache keeps the parts for a second: the address is open to whoever
// reaches it, and looking costs reads.
type readyCache struct {
	mu    sync.Mutex
	at    time.Time
	parts []Part
}

func (s *server) readyNow(ctx context.Context) []Part {
	s.last.mu.Lock()
	defer s.last.mu.Unlock()
	now := s.app.now()
	if age := now.Sub(s.last.at); s.last.parts == nil || age < 0 || age >= time.Second {
		// A caller who leaves must not make it look bad for the next.
		s.last.at, s.last.parts = now, s.parts(context.WithoutCancel(ctx), now)
	}
	return s.last.parts
}

// parts are all parts of the desk.
func (s *server) parts(ctx context.Context, now time.Time) []Part {
	var list []Part
	for _, n := range s.networks {
		parts := n.Parts(now, s.app.started)
		for i := range parts {
			for _, c := range n.Channels() {
				parts[i].past = append(parts[i].past, c.Name())
			}
		}
		list = append(list, parts...)
	}
	return append(list, s.app.ready(ctx, now)...)
}
