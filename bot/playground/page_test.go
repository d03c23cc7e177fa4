package playground_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

func TestEveryReaderSeesTheSameInTheSameOrder(t *testing.T) {
	w := newPageWorld(t)
	one, two := w.follows(t, ""), w.follows(t, "")
	for _, next := range []func() event{one, two} {
		if first := next(); first.Name != "snapshot" {
			t.Fatalf("a stream begins with %s", first.Name)
		}
	}
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() { w.posts(t, "/say", say(fmt.Sprint("第", i)), http.StatusNoContent) })
	}
	group.Wait()
	first, _ := entries(one, 16)
	second, _ := entries(two, 16)
	if diff := cmp.Diff(first, second); diff != "" {
		t.Error(diff)
	}
	for i := 0; i < len(first); i += 2 {
		if want := strings.Replace(first[i], "said ", "sent 收到:", 1); first[i+1] != want {
			t.Errorf("after %q came %q, want %q: nothing may come between", first[i], first[i+1], want)
		}
	}
}

func TestAStreamGoesOnWhereItBroke(t *testing.T) {
	w := newPageWorld(t)
	next := w.follows(t, "")
	next() // The snapshot.
	w.posts(t, "/say", say("一"), http.StatusNoContent)
	_, last := entries(next, 2)
	w.posts(t, "/say", say("二"), http.StatusNoContent)
	w.posts(t, "/say", say("三"), http.StatusNoContent)

	again, _ := entries(w.follows(t, last), 4)
	if diff := cmp.Diff([]string{"said 二", "sent 收到:二", "said 三", "sent 收到:三"}, again); diff != "" {
		t.Error(diff)
	}
	_, number, _ := strings.Cut(last, "-")
	for name, id := range map[string]string{
		"of another run": "ABCDEFGH-" + number, "of the future": last + "99", "nonsense": "x", "negative": strings.Replace(last, "-", "--", 1),
	} {
		if first := w.follows(t, id)(); first.Name != "snapshot" {
			t.Errorf("an id %s is answered by %s", name, first.Name)
		}
	}
	var all struct {
		Chats []struct {
			ID       string
			Messages []struct{ Text string }
		}
		Texts map[string]map[string]string
	}
	if err := json.Unmarshal([]byte(w.follows(t, "")().Data), &all); err != nil {
		t.Fatal(err)
	}
	for _, chat := range all.Chats {
		if chat.ID == "zhang" && len(chat.Messages) != 6 {
			t.Errorf("a snapshot holds %d messages, want 6", len(chat.Messages))
		}
	}
	if all.Texts["en"]["page.send"] != "en:page.send" {
		t.Error("a snapshot lacks the page's words")
	}
}

func TestTheClockIsTold(t *testing.T) {
	w := newPageWorld(t)
	next := w.follows(t, "")
	next() // The snapshot.
	if e := next(); e.Name != "state" {
		t.Fatalf("after the snapshot comes %s", e.Name)
	}
	answer := w.posts(t, "/clock", `{"move":"hour"}`, http.StatusOK)
	e := next()
	for _, data := range []string{e.Data, answer} {
		if !strings.Contains(data, `"2026-11-24T11:20:00Z"`) {
			t.Errorf("the clock was moved, and %s was told", data)
		}
	}
	w.posts(t, "/play", `{"on":true,"speed":4}`, http.StatusNoContent)
	if e := next(); !strings.Contains(e.Data, `"playing":true,"speed":4`) {
		t.Errorf("the day plays, and %s was told", e.Data)
	}
	w.posts(t, "/clock", `{"move":"hour"}`, http.StatusConflict)
	w.posts(t, "/clock", `{"move":"back"}`, http.StatusBadRequest)
	w.posts(t, "/play", `{"on":true,"speed":0}`, http.StatusBadRequest)
	if len(w.stage.moved) != 1 {
		t.Errorf("the clock was moved %d times", len(w.stage.moved))
	}
}

func TestWhatPeopleDoOnThePage(t *testing.T) {
	w := newPageWorld(t)
	w.zhang.Say(w.zhang.Private(), "在吗")
	ref := w.send(t, w.zhang.Private(), desk.Drawn{Text: "R-1001", Buttons: [][]desk.DrawnMark{{{Label: "催一下", Data: "a|chase|1"}}}})
	w.send(t, w.zhang.Private(), desk.Drawn{Text: "R-1001 已接单", Edit: ref})

	w.posts(t, "/say", `{"person":"zhang","chat":"zhang","text":" 好的 ","replyTo":"`+ref+`"}`, http.StatusNoContent)
	// The button went away with the edit: whoever saw it may still press it.
	w.posts(t, "/press", `{"person":"zhang","chat":"zhang","ref":"`+ref+`","data":"a|chase|1"}`, http.StatusNoContent)
	w.posts(t, "/say", `{"person":"zhang","chat":"zhang","link":"`+playground.Link+`iabc"}`, http.StatusNoContent)
	w.posts(t, "/photo?person=wang&chat=g1&caption=ok&sample=mended", "", http.StatusNoContent)

	acts := w.stage.heard()
	if len(acts) != 4 {
		t.Fatalf("the desk was handed %d inputs", len(acts))
	}
	if acts[0].Text != "好的" || acts[0].ReplyTo != ref {
		t.Errorf("a reply: %+v", acts[0])
	}
	if p := acts[1].Press; p == nil || p.Data != "a|chase|1" || p.Ref != ref {
		t.Errorf("a press: %+v", p)
	}
	if acts[2].Command != "start" || acts[2].Arg != "iabc" {
		t.Errorf("a link: %+v", acts[2])
	}
	if photo := acts[3]; photo.Text != "ok" || photo.Chat.ID != "g1" || len(photo.Files) != 1 || photo.Files[0].MIME != "image/png" {
		t.Errorf("a photo: %+v", photo)
	}
	status, data := w.do(t, http.MethodGet, "/photo/"+acts[3].Files[0].ID, "", nil)
	if sample, err := playground.Sample("mended"); err != nil || status != http.StatusOK || !bytes.Equal([]byte(data), sample) {
		t.Errorf("the photo comes back with %d and %d bytes: %v", status, len(data), err)
	}
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	w := newPageWorld(t)
	w.zhang.Say(w.zhang.Private(), "在吗")
	ref := w.send(t, w.zhang.Private(), desk.Drawn{Text: "?", Buttons: [][]desk.DrawnMark{{{Label: "是", Data: "yes"}}}})
	card := w.send(t, w.group, desk.Drawn{Text: "R-1001", Buttons: [][]desk.DrawnMark{{{Label: "接单", Data: "take"}}}})
	for path, bodies := range map[string][]string{
		"/say": {
			`{"person":"nobody","chat":"zhang","text":"x"}`,
			`{"person":"zhang","chat":"nowhere","text":"x"}`,
			`{"person":"zhang","chat":"wang","text":"x"}`, // the chat of somebody else
			`{"person":"zhang","chat":"g1","text":"x"}`,   // a group without them
			`{"person":"zhang","chat":"zhang","text":"x","replyTo":"999"}`,
			`{"person":"zhang","chat":"zhang","text":"x","replyTo":"` + card + `"}`, // of another chat
		},
		"/press": {
			`{"person":"zhang","chat":"zhang","ref":"999","data":"yes"}`,
			`{"person":"zhang","chat":"zhang","ref":"` + ref + `","data":"no"}`,    // no such button
			`{"person":"zhang","chat":"zhang","ref":"` + card + `","data":"take"}`, // of another chat
			`{"person":"zhang","chat":"zhang","ref":"` + ref + `","data":""}`,
		},
		"/photo?person=zhang&chat=g1&sample=broken":               {""},
		"/photo?person=zhang&chat=zhang&sample=other":             {""},
		"/photo?person=zhang&chat=zhang&sample=broken&replyTo=99": {""},
	} {
		for _, body := range bodies {
			w.posts(t, path, body, http.StatusNotFound)
		}
	}
	for _, path := range []string{"/photo/none", "/menu/nobody", "/none.js", "/" + url.PathEscape("../page.go")} {
		if status, _ := w.do(t, http.MethodGet, path, "", nil); status != http.StatusNotFound {
			t.Errorf("GET %s: %d", path, status)
		}
	}
	if acts := w.stage.heard(); len(acts) != 0 {
		t.Errorf("the desk was handed %+v", acts)
	}
}

func TestARequestHasLimits(t *testing.T) {
	w := newPageWorld(t)
	w.posts(t, "/say", say(strings.Repeat("长", 4096)), http.StatusNoContent)
	w.posts(t, "/say", say(strings.Repeat("长", 4097)), http.StatusRequestEntityTooLarge)
	w.posts(t, "/say", say(strings.Repeat("x", 70_000)), http.StatusRequestEntityTooLarge)
	w.posts(t, "/say", say("  "), http.StatusBadRequest)
	w.posts(t, "/say", `{"person":"zhang","chat":"zhang","text":"x","more":1}`, http.StatusBadRequest)
	w.posts(t, "/say", `person=zhang`, http.StatusBadRequest)
	w.posts(t, "/say", `{"person":"zhang","chat":"zhang","link":"https://elsewhere.example/?start=x"}`, http.StatusBadRequest)

	photo := "/photo?person=zhang&chat=zhang"
	png := "\x89PNG\r\n\x1a\n" + strings.Repeat("0", 100)
	w.posts(t, photo, png, http.StatusNoContent)
	w.posts(t, photo, "\x89PNG\r\n\x1a\n"+strings.Repeat("0", 10<<20), http.StatusRequestEntityTooLarge)
	w.posts(t, photo, `<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`, http.StatusUnsupportedMediaType)
	w.posts(t, photo, "<html>", http.StatusUnsupportedMediaType)
	w.posts(t, photo+"&caption="+strings.Repeat("x", 1025), png, http.StatusRequestEntityTooLarge)
	if n := len(w.stage.heard()); n != 2 {
		t.Errorf("the desk was handed %d inputs, want 2", n)
	}
}
