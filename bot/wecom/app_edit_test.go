package wecom

import (
	"strings"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/wecom/wecomtest"
	"frontdesk/desk"
	"frontdesk/storage"
)

// TestEdits spends codes: those of presses first, the one that came with sending
// last, and each once.
func TestEdits(t *testing.T) {
	w := newWorld(t, wecomtest.Options{})
	ref := w.send(desk.Drawn{Text: "R-1 漏水", Buttons: buttons("接单"), Key: "row1"})
	edit := func(text string, b [][]desk.DrawnMark) error {
		t.Helper()
		got, err := w.corp.App().Send(t.Context(), to("LiJie"), desk.Drawn{Text: text, Buttons: b, Edit: ref})
		if err == nil && got != ref {
			t.Errorf("the card is named %q now", got)
		}
		return err
	}
	codes := func() (used []string) {
		for _, c := range w.Calls("message/update_template_card") {
			_, rest, _ := strings.Cut(c.Body, `"response_code":"`)
			code, _, _ := strings.Cut(rest, `"`)
			used = append(used, code)
		}
		return used
	}
	w.press(ref)
	w.press(ref)
	for i, text := range []string{"R-1 漏水\n您已接单", "R-1 漏水\n您已到场", "R-1 漏水\n住户取消了"} {
		var b [][]desk.DrawnMark
		if i < 2 {
			b = buttons("完成")
		}
		if err := edit(text, b); err != nil {
			t.Fatalf("edit %d: %v", i, err)
		}
	}
	if got, want := w.last(), "【R-1 漏水】\n住户取消了\n(无需操作)"; got != want {
		t.Errorf("shown:\n%s\nwant:\n%s", got, want)
	}
	used := codes()
	if len(used) != 3 || used[2] >= used[0] {
		t.Errorf("the codes were spent in the order %v: that of sending is the oldest and goes last", used)
	}
	if err := edit("R-1 又变了", nil); why(err) != bot.NoMessage {
		t.Errorf("without codes: %v", err)
	}
	if len(codes()) != 3 {
		t.Error("a call was made without a code")
	}
	if len(w.Seen("LiJie")) != 1 {
		t.Error("an edit became a message")
	}
	w.obedient()
}

func TestWhenACardStays(t *testing.T) {
	card := desk.Drawn{Text: "R-1 漏水", Buttons: buttons("接单"), Key: "row1"}
	for _, c := range []struct {
		name string
		sent desk.Drawn
		then func(*world, string)
		edit desk.Drawn
		want bot.Reason
		show string
	}{
		{"a plain text", desk.Drawn{Text: "您好"}, nil, desk.Drawn{Text: "再见"}, bot.NoMessage, "您好"},
		{"72 hours", card, func(w *world, _ string) { w.clock.Advance(72*time.Hour + time.Minute) }, desk.Drawn{Text: "R-1 好了"}, bot.NoMessage, "【R-1 漏水】\n[接单]"},
		{"71 hours", card, func(w *world, _ string) { w.clock.Advance(71 * time.Hour) }, desk.Drawn{Text: "R-1 好了"}, "", "【R-1 好了】\n(无需操作)"},
		{"a press after three days", card, func(w *world, ref string) { w.clock.Advance(80 * time.Hour); w.press(ref) }, desk.Drawn{Text: "R-1 好了"}, "", "【R-1 好了】\n(无需操作)"},
		{"recalled", card, func(w *world, ref string) {
			if err := w.corp.App().Recall(w.t.Context(), ref); err != nil {
				w.t.Error(err)
			}
		}, desk.Drawn{Text: "R-1 好了"}, bot.NoMessage, "(recalled)"},
		{"more buttons than fit", card, nil, desk.Drawn{Text: "选一个", Buttons: buttons("一", "二", "三", "四", "五", "六", "七")}, bot.NoMessage, "【R-1 漏水】\n(见下方新消息)"},
		{"more words than fit", card, nil, desk.Drawn{Text: "R-1\n" + strings.Repeat("字", 300), Buttons: buttons("好")}, bot.NoMessage, "【R-1 漏水】\n(见下方新消息)"},
		{"an answer that is lost", card, func(w *world, _ string) { w.Lose("message/update_template_card", 1) }, desk.Drawn{Text: "R-1 好了"}, bot.Unknown, "【R-1 好了】\n(无需操作)"},
		{"no connection", card, func(w *world, _ string) { w.Outage(true) }, desk.Drawn{Text: "R-1 好了"}, bot.Network, "【R-1 漏水】\n[接单]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, wecomtest.Options{})
			ref := w.send(c.sent)
			if c.then != nil {
				c.then(w, ref)
			}
			c.edit.Edit = ref
			_, err := w.corp.App().Send(t.Context(), to("LiJie"), c.edit)
			if why(err) != c.want {
				t.Errorf("%v, want %q", err, c.want)
			}
			if got := w.last(); got != c.show {
				t.Errorf("shown:\n%s\nwant:\n%s", got, c.show)
			}
			if c.want == bot.Network { // The code was not used: it is still there.
				w.Heal()
				if _, err := w.corp.App().Send(t.Context(), to("LiJie"), c.edit); err != nil {
					t.Errorf("after the outage: %v", err)
				}
			}
			if c.want == bot.Unknown { // The code may have been used: it is not used again.
				if _, err := w.corp.App().Send(t.Context(), to("LiJie"), c.edit); why(err) != bot.NoMessage {
					t.Errorf("after the lost answer: %v", err)
				}
			}
			w.obedient()
		})
	}
}

// TestPressOnUnknownCard: the desk crashed between sending a card and
// remembering it. The code of a press still replaces it.
func TestPressOnUnknownCard(t *testing.T) {
	w := newWorld(t, wecomtest.Options{})
	ref := w.send(desk.Drawn{Text: "R-1", Buttons: buttons("接单"), Key: "row1"})
	if err := w.store.Update(t.Context(), func(tx *storage.Tx) error { return cards.Delete(tx, ref) }); err != nil {
		t.Fatal(err)
	}
	edit := desk.Drawn{Text: "R-1 您已接单", Edit: ref}
	if _, err := w.corp.App().Send(t.Context(), to("LiJie"), edit); why(err) != bot.NoMessage {
		t.Errorf("an unknown card: %v", err)
	}
	w.press(ref)
	if _, err := w.corp.App().Send(t.Context(), to("wang"), edit); why(err) != bot.NoMessage {
		t.Errorf("somebody else's card: %v", err)
	}
	if _, err := w.corp.App().Send(t.Context(), to("LiJie"), edit); err != nil || w.last() != "【R-1 您已接单】\n(无需操作)" {
		t.Errorf("%v: %s", err, w.last())
	}
	w.obedient()
}

// TestCodesThatEndedElsewhere: WeCom refuses a code that the desk thought good;
// the next one is tried.
func TestCodesThatEndedElsewhere(t *testing.T) {
	w := newWorld(t, wecomtest.Options{})
	ref := w.send(desk.Drawn{Text: "R-1", Buttons: buttons("接单"), Key: "row1"})
	w.press(ref)
	w.Refuse("message/update_template_card", 42022, "code has been used", 1)
	if _, err := w.corp.App().Send(t.Context(), to("LiJie"), desk.Drawn{Text: "R-1 好了", Edit: ref}); err != nil {
		t.Fatal(err)
	}
	if got := w.last(); got != "【R-1 好了】\n(无需操作)" {
		t.Errorf("shown: %s", got)
	}
}
