package wecom

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"frontdesk/bot"
	"frontdesk/desk"
)

// Whatever the desk wants to say, WeCom takes it as it is sent.
func TestWeixinDrawsWhatWeComTakes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newChat(t)
		m := desk.Drawn{Text: rapid.StringN(1, 1500, 5000).Draw(t, "text"), Key: rapid.StringN(0, 20, 40).Draw(t, "key")}
		for range rapid.IntRange(0, 14).Draw(t, "rows") {
			mark := desk.DrawnMark{Label: rapid.StringN(1, 60, 180).Draw(t, "label"), Data: rapid.StringN(1, 20, 64).Draw(t, "data")}
			if rapid.IntRange(0, 5).Draw(t, "link") == 0 {
				mark.URL = "https://example.invalid/" + strings.Repeat("x", rapid.SampledFrom([]int{1, 100, 2100}).Draw(t, "url"))
			}
			m.Buttons = append(m.Buttons, []desk.DrawnMark{mark})
		}
		_, err := w.send(zhang, m)
		if reason := reasonOf(err); err != nil && reason != bot.Closed && reason != bot.Refused {
			t.Fatal(err)
		}
		w.obedient(t)
	})
}

func TestWeixinMistakes(t *testing.T) {
	w := newChat(t)
	for name, c := range map[string]struct {
		to     desk.Address
		m      desk.Drawn
		reason bot.Reason
	}{
		"another network": {desk.Address{Channel: "wecom", ID: zhang}, desk.Drawn{Text: "x"}, bot.Refused},
		"empty":           {kfAt(zhang), desk.Drawn{Text: " \x00 "}, bot.Refused},
		"an edit":         {kfAt(zhang), desk.Drawn{Text: "x", Edit: "abc"}, bot.NoMessage},
		"a dead button":   {kfAt(zhang), desk.Drawn{Text: "x", Buttons: [][]desk.DrawnMark{{{Label: "x"}}}}, bot.Refused},
		"long data":       {kfAt(zhang), desk.Drawn{Text: "x", Buttons: [][]desk.DrawnMark{{{Label: "x", Data: strings.Repeat("x", 65)}}}}, bot.Refused},
		"no words":        {kfAt(zhang), desk.Drawn{Buttons: items("x")}, bot.Refused},
		"a tiny file":     {kfAt(zhang), desk.Drawn{File: &desk.Attachment{Name: "x", Body: []byte("12345")}}, bot.Refused},
	} {
		if _, err := w.weixin.Send(t.Context(), c.to, c.m); reasonOf(err) != c.reason {
			t.Errorf("%s: %v, want %s", name, err, c.reason)
		}
	}
	if n := len(w.Calls("kf/send_msg")); n != 0 {
		t.Errorf("%d calls", n)
	}
	if corp, err := New(Config{CorpID: "ww1", AgentID: 1, Secret: "s"}, Options{}); err != nil || corp.Weixin() != nil {
		t.Errorf("a corp without an account: %v, %v", corp.Weixin(), err)
	}
}

func TestSplitBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom([]rune("字a。 \n😀"))).Draw(t, "s")
		limit := rapid.IntRange(8, 64).Draw(t, "limit")
		var joined string
		for _, part := range splitBytes(s, limit) {
			if len(part) > limit || !utf8.ValidString(part) {
				t.Fatalf("%q", part)
			}
			joined += part
		}
		bare := strings.NewReplacer(" ", "", "\n", "")
		if bare.Replace(joined) != bare.Replace(s) {
			t.Fatalf("%q became %q", s, joined)
		}
	})
}
