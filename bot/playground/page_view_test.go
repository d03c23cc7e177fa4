package playground_test

import (
	"net/http"
	"strings"
	"testing"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

func TestTimesAreThoseOfTheSite(t *testing.T) {
	w := newPageWorld(t)
	next := w.follows(t, "")
	next() // The snapshot.
	w.zhang.Say(w.zhang.Private(), "在吗")
	for {
		e := next()
		if e.Name != "entry" {
			continue
		}
		if !strings.Contains(e.Data, `"at":"2026-11-24T18:20:00+08:00"`) {
			t.Errorf("at 10:20 UTC, 18:20 at the site: %s", e.Data)
		}
		break
	}
	if first := w.follows(t, "")(); !strings.Contains(first.Data, `"at":"2026-11-24T18:20:00+08:00"`) {
		t.Errorf("the snapshot: %s", first.Data)
	}
}

// TestAPressMayLeadSomewhere: who made the press is told, and only they, so that
// a second window does not open the chat once more.
func TestAPressMayLeadSomewhere(t *testing.T) {
	w := newPageWorld(t)
	ref := w.send(t, w.group, desk.Drawn{Text: "R-1001", Buttons: [][]desk.DrawnMark{{{Label: "接单", Data: "take"}}}})
	w.stage.leads = playground.Link + "t1"
	body := `{"person":"wang","chat":"g1","ref":"` + ref + `","data":"take"}`
	if text := w.posts(t, "/press", body, http.StatusOK); !strings.Contains(text, `"url":"`+w.stage.leads+`"`) {
		t.Errorf("the answer is %s", text)
	}
	w.stage.leads = ""
	w.posts(t, "/press", body, http.StatusNoContent)
}

func TestTheMenuOfCommands(t *testing.T) {
	w := newPageWorld(t)
	status, text := w.do(t, http.MethodGet, "/menu/zhang", "", nil)
	if status != http.StatusOK || strings.TrimSpace(text) != "[]" {
		t.Errorf("no menu was set: %d %s", status, text)
	}
}
