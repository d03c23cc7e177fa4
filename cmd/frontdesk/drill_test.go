package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/telegram/telegramtest"
)

// drills asks the running desk about a drill as the command does.
func (w *town) drills(method, query string) (int, drillState) {
	w.t.Helper()
	s := &server{app: w.app, config: w.config}
	rec := httptest.NewRecorder()
	s.adminHandler().ServeHTTP(rec, httptest.NewRequest(method, "/drill?"+query, nil))
	var state drillState
	if rec.Code == http.StatusOK {
		must(w.t, json.Unmarshal(rec.Body.Bytes(), &state))
	}
	return rec.Code, state
}

// TestDrillFromTheCommandLine: the same as /drill, with nobody to report to in chat;
// it fails when nobody would be reached, or nothing rang.
func TestDrillFromTheCommandLine(t *testing.T) {
	t.Parallel()
	options, ring := withSiren("2026-11-24 10:00")
	visit(t, options, func(w *town) {
		c := w.hire()
		if code, _ := w.drills(http.MethodPost, "kind=dragons"); code != http.StatusConflict {
			t.Errorf("a drill of dragons: %d", code)
		}
		code, state := w.drills(http.MethodPost, "kind=gas")
		if code != http.StatusOK || state.Over || state.Called == 0 {
			t.Fatalf("%d %+v", code, state)
		}
		w.rest()
		w.must(c.manager.Screen(), "【演练】如果现在是真的:燃气泄漏。")
		if code, _ := w.drills(http.MethodPost, "kind=gas"); code != http.StatusConflict {
			t.Errorf("a second drill: %d", code)
		}
		w.presses(c.manager, "我去(演练)")
		w.wait(6 * time.Minute)
		if _, state = w.drills(http.MethodGet, "id="+state.ID); !state.Over || len(state.Failed) != 0 {
			t.Errorf("%+v", state)
		}
		for _, want := range []string{"陈刚", "钱总:没有应答", "接通"} {
			if !includes(state.Text, want) {
				t.Errorf("the report is %q, without %q", state.Text, want)
			}
		}
		ring.mu.Lock()
		ring.status = http.StatusInternalServerError
		ring.mu.Unlock()
		for _, p := range []*telegramtest.Person{c.admin, c.operator, c.manager, c.centre, c.property, c.night, c.wang, c.zhou} {
			p.Block()
		}
		_, state = w.drills(http.MethodPost, "kind=gas")
		w.wait(6 * time.Minute)
		_, state = w.drills(http.MethodGet, "id="+state.ID)
		if want := []string{"nobody would be reached", "escalation.webhook did not answer"}; !state.Over || !slices.Equal(state.Failed, want) {
			t.Errorf("%+v", state)
		}
		if lines := w.log.errors(); len(lines) != 1 || !strings.Contains(lines[0], "could not be sent for a minute") {
			t.Errorf("what does not ring is logged as %q", lines)
		}
		if code, _ := w.drills(http.MethodGet, "id=x"); code != http.StatusNotFound {
			t.Errorf("a drill that never was: %d", code)
		}
	})
}

// TestDrillCommand: it prints the report, and its error is the exit code.
func TestDrillCommand(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "s")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	var failed []string
	desk := &http.Server{Handler: http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if kind := r.URL.Query().Get("kind"); kind == "risk" {
			http.Error(rw, "no such drill", http.StatusConflict)
			return
		}
		_ = json.NewEncoder(rw).Encode(drillState{ID: "d1", Called: 3, Over: true, Text: "three answered", Failed: failed})
	})}
	go desk.Serve(l) //nolint:errcheck // Closed at the end.
	defer desk.Close()
	run := func(kind string) (string, error) {
		var out bytes.Buffer
		err := (&EmergencyDrillCmd{Running: Running{Socket: socket}, Kind: kind}).Run(t.Context(), &out)
		return out.String(), err
	}
	if out, err := run("fire"); err != nil || !strings.Contains(out, "3 people are called") || !strings.Contains(out, "three answered") {
		t.Errorf("%q, %v", out, err)
	}
	failed = []string{"nobody would be reached"}
	if out, err := run("fire"); err == nil || !strings.Contains(fmt.Sprint(err), "nobody would be reached") || !strings.Contains(out, "three answered") {
		t.Errorf("%q, %v", out, err)
	}
	if _, err := run("risk"); err == nil || !strings.Contains(err.Error(), "no such drill") {
		t.Errorf("refused: %v", err)
	}
}
