package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"time"
)

// againAfter is how long after a start an update comes again whose delivery
// broke. Telegram waits longer.
const againAfter = 150 * time.Millisecond

// pusher hands the pushes of the fake server to the life that runs. While none
// does it waits, so that the pauses of the server do not grow to minutes.
func (f *front) pusher(target string) http.Handler {
	client := &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			rw.WriteHeader(http.StatusBadRequest)
			return
		}
		l := f.running(r.Context())
		if l == nil {
			rw.WriteHeader(http.StatusBadGateway)
			return
		}
		id := updateID(body)
		f.mu.Lock()
		broken := f.broken[id]
		f.mu.Unlock()
		if broken && !wait(r.Context(), againAfter) {
			rw.WriteHeader(http.StatusBadGateway)
			return
		}
		f.give(l, body)
		if l.trips(atReceive) {
			l.killSoon()
		}
		// The request outlives the push: an answer counts when it came.
		req, err := http.NewRequestWithContext(context.WithoutCancel(r.Context()), http.MethodPost, target, bytes.NewReader(body))
		if err != nil {
			rw.WriteHeader(http.StatusBadGateway)
			return
		}
		req.Header = r.Header.Clone()
		resp, err := client.Do(req)
		if err != nil {
			f.lost(id)
			rw.WriteHeader(http.StatusBadGateway)
			return
		}
		_ = resp.Body.Close()
		if resp.StatusCode/100 != 2 {
			rw.WriteHeader(resp.StatusCode)
			return
		}
		if bytes.Contains(body, []byte(`"callback_query"`)) && l.trips(atLostAck) {
			l.kill()
			f.lost(id)
			rw.WriteHeader(http.StatusBadGateway)
			return
		}
		if l.trips(atAck) {
			l.kill()
		}
		f.confirm(func(given int64) bool { return given == id })
		rw.WriteHeader(resp.StatusCode)
	})
}

func updateID(raw []byte) int64 {
	var u struct {
		ID int64 `json:"update_id"`
	}
	_ = json.Unmarshal(raw, &u)
	return u.ID
}

// lost notes that a delivery had no answer.
func (f *front) lost(id int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.broken[id] = true
}

// running waits for a life that is ready.
func (f *front) running(ctx context.Context) *life {
	for {
		f.mu.Lock()
		l, changed := f.current, f.changed
		f.mu.Unlock()
		if l != nil {
			select {
			case <-l.ready:
				if !l.over() {
					return l
				}
			default:
			}
		}
		select {
		case <-changed:
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return nil
		}
	}
}

// wait waits for a while; it is false when the context ended first.
func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
