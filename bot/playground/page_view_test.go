package playground_test

import (
	"io"
	"net/http"
	"net/url"
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

// TestAFileOpens: what came with a message can be opened by its name. A page is shown,
// anything else is saved, whatever it is called.
func TestAFileOpens(t *testing.T) {
	w := newPageWorld(t)
	w.zhang.Say(w.zhang.Private(), "在吗")
	for _, c := range []struct{ name, kind, how string }{
		{"证明 1.pdf", "application/pdf", "inline; "},
		{"周报.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "attachment; "},
		{"a.html", "text/html", "attachment; "},
	} {
		ref := w.send(t, w.zhang.Private(), desk.Drawn{Text: "给您", File: &desk.Attachment{Name: c.name, MIME: c.kind, Body: []byte("<b>" + c.name)}})
		if first := w.follows(t, "")(); !strings.Contains(first.Data, `"file":"`+c.name+`"`) {
			t.Errorf("%s is not shown: %s", c.name, first.Data)
		}
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+"/file/"+ref+"/"+url.PathEscape(c.name), nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(answer.Body)
		answer.Body.Close() //nolint:errcheck // It was read.
		h := answer.Header
		if string(body) != "<b>"+c.name || h.Get("Content-Type") != c.kind || !strings.HasPrefix(h.Get("Content-Disposition"), c.how) || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %q, %v", c.name, body, h)
		}
	}
	words := w.send(t, w.zhang.Private(), desk.Drawn{Text: "没有文件"})
	for _, ref := range []string{words, "999"} {
		if status, _ := w.do(t, http.MethodGet, "/file/"+ref+"/a.pdf", "", nil); status != http.StatusNotFound {
			t.Errorf("the file of message %s: %d", ref, status)
		}
	}
}

func TestTheMenuOfCommands(t *testing.T) {
	w := newPageWorld(t)
	status, text := w.do(t, http.MethodGet, "/menu/zhang", "", nil)
	if status != http.StatusOK || strings.TrimSpace(text) != "[]" {
		t.Errorf("no menu was set: %d %s", status, text)
	}
}
