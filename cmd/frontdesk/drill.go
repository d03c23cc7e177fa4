package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// EmergencyDrillCmd tries the ladder of an emergency, as /drill does in chat.
type EmergencyDrillCmd struct {
	Running
	Kind string `arg:"" optional:"" help:"The kind of danger: fire, gas, flood, injury and so on." default:"fire"`
}

// lookAtDrill is how often it is asked whether a drill is over.
const lookAtDrill = 2 * time.Second

// drillState is how far a drill is.
type drillState struct {
	ID     string `json:"id"`
	Called int    `json:"called"`
	Over   bool   `json:"over"`
	// Text is the report once it is over; Failed what an emergency would have failed by.
	Text   string   `json:"text,omitempty"`
	Failed []string `json:"failed,omitempty"`
}

// Run starts the drill, waits until it is over and prints who answered after how
// long, who did not and who was not reached. It fails when an emergency would have
// reached nobody, or when the webhook did not answer.
func (cmd *EmergencyDrillCmd) Run(ctx context.Context, out io.Writer) error {
	socket, err := cmd.socket()
	if err != nil {
		return err
	}
	state, err := askDrill(ctx, socket, http.MethodPost, url.Values{"kind": {cmd.Kind}})
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(out, "%d people are called; waiting for their answers, at most %s\n", state.Called, desk.DrillFor); err != nil {
		return err
	}
	tick := time.NewTicker(lookAtDrill)
	defer tick.Stop()
	for !state.Over {
		select {
		case <-ctx.Done():
			return ctx.Err() // The drill goes on.
		case <-tick.C:
		}
		if state, err = askDrill(ctx, socket, http.MethodGet, url.Values{"id": {state.ID}}); err != nil {
			return err
		}
	}
	if _, err := fmt.Fprintln(out, state.Text); err != nil {
		return err
	}
	if len(state.Failed) > 0 {
		return errors.New("the drill failed: " + strings.Join(state.Failed, "; "))
	}
	return nil
}

func askDrill(ctx context.Context, socket, method string, query url.Values) (state drillState, err error) {
	code, text, err := callAdmin(ctx, socket, method, "/drill?"+query.Encode(), "")
	switch {
	case err != nil:
		return state, err
	case code != http.StatusOK:
		return state, errors.New("the desk answered: " + text)
	}
	return state, json.Unmarshal([]byte(text), &state)
}

// adminStartDrill starts a drill; whoever may open the socket may.
func (s *server) adminStartDrill(rw http.ResponseWriter, r *http.Request) {
	var l desk.Ladder
	err := s.app.Store.Update(r.Context(), func(tx *storage.Tx) error {
		out, err := desk.StartDrill(storage.NewWorld(tx, s.app.Site()), r.URL.Query().Get("kind"), desk.Person{})
		if err != nil {
			return err
		}
		l = out.Emergency.Ladders[0]
		return s.app.writer().Apply(tx, out)
	})
	if user, refused := desk.AsUserError(err); refused {
		http.Error(rw, s.say(user.Text), http.StatusConflict)
		return
	}
	s.answerDrill(r.Context(), rw, l, err)
}

// adminDrill says how far a drill is.
func (s *server) adminDrill(rw http.ResponseWriter, r *http.Request) {
	var l desk.Ladder
	found := false
	err := s.app.Store.View(r.Context(), func(tx *storage.Tx) error {
		w := storage.NewWorld(tx, s.app.Site())
		l, found = w.Ladder(r.URL.Query().Get("id"))
		return w.Err()
	})
	if err == nil && (!found || !l.Drill) {
		http.Error(rw, "there is no such drill", http.StatusNotFound)
		return
	}
	s.answerDrill(r.Context(), rw, l, err)
}

func (s *server) answerDrill(ctx context.Context, rw http.ResponseWriter, l desk.Ladder, err error) {
	state := drillState{ID: l.ID, Called: len(l.Called), Over: !l.Running()}
	if err == nil && state.Over {
		err = s.app.Store.View(ctx, func(tx *storage.Tx) error {
			w := storage.NewWorld(tx, s.app.Site())
			state.Text, state.Failed = s.say(desk.DrillReport(w, l)), drillFailed(w, l)
			return w.Err()
		})
	}
	if err != nil {
		http.Error(rw, err.Error(), http.StatusInternalServerError)
		return
	}
	rw.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(rw).Encode(state)
}

// drillFailed is what an emergency would have failed by.
func drillFailed(w desk.World, l desk.Ladder) (failed []string) {
	if l.Reached(w) == 0 {
		failed = append(failed, "nobody would be reached")
	}
	if !w.Site().Escalation.Webhook.IsZero() && l.Hooked.IsZero() {
		failed = append(failed, "escalation.webhook did not answer")
	}
	return failed
}

// say is a text in the site's first language.
func (s *server) say(text desk.Text) string {
	return s.app.Config().Texts.Render(s.app.Site().Languages[0], text, s.app.now())
}
