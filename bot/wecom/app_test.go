package wecom

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"frontdesk/bot"
	"frontdesk/bot/wecom/wecomtest"
	"frontdesk/desk"
	"frontdesk/storage"
)

func TestCard(t *testing.T) {
	w := newWorld(t, wecomtest.Options{})
	ref := w.send(desk.Drawn{
		Text: "R-1042 水龙头漏水\n3栋502,随时可以进\n已等 12 分钟", Key: "row1",
		Buttons: [][]desk.DrawnMark{{{Label: "接单", Data: "t|take"}, {Label: "转走", Data: "t|move"}}, {{Label: "地图", URL: "https://map.example/3"}}},
	})
	if ref != "row1" {
		t.Errorf("the card is named %q", ref)
	}
	want := "【R-1042 水龙头漏水】\n3栋502,随时可以进\n已等 12 分钟\n[接单] [转走] [地图]"
	if got := w.last(); got != want {
		t.Errorf("shown:\n%s\nwant:\n%s", got, want)
	}
	if key := w.Seen("LiJie")[0].Card.Buttons[0].Key; key != "t|take" {
		t.Errorf("the button carries %q", key)
	}
	w.obedient()
}

// TestWhereWordsGo sends texts and buttons of every size and looks at what is
// shown: nothing is lost, nothing is cut.
func TestWhereWordsGo(t *testing.T) {
	long := strings.Repeat("走廊的灯不亮了。", 40)
	for _, c := range []struct {
		name    string
		text    string
		buttons [][]desk.DrawnMark
		want    []string
	}{
		{"words", "您好", nil, []string{"您好"}},
		{"one line", "哪里坏了?", buttons("返回"), []string{"【哪里坏了?】\n[返回]"}},
		{"a long first line", "您好,这里是大学城服务中心。什么坏了、需要什么,直接说就行,说一句就够了,也可以发照片。", buttons("报修"),
			[]string{"【您好,这里是大学城服务中心。】\n什么坏了、需要什么,直接说就行,说一句就够了,也可以发照片。\n[报修]"}},
		{"below the title", "标题\n第二行\n" + strings.Repeat("字", 158), buttons("好"), []string{"【标题】\n第二行\n" + strings.Repeat("字", 158) + "\n[好]"}},
		{"too long for a card", "标题\n" + long, buttons("好", "不好"), []string{"标题\n" + long, "【请选择】\n[好] [不好]"}},
		{"seven buttons", "选一个", buttons("一", "二", "三", "四", "五", "六", "七"),
			[]string{"选一个\n\n回复数字选择:\n1. 一\n2. 二\n3. 三\n4. 四\n5. 五\n6. 六\n7. 七"}},
		{"a long label", "选一个", buttons("学生宿舍三栋五楼东侧公共浴室", "返回"), []string{"选一个\n\n回复数字选择:\n1. 学生宿舍三栋五楼东侧公共浴室\n2. 返回"}},
		{"a link has no number", "看一看", [][]desk.DrawnMark{{{Label: "打开这个非常长的网页的标签", URL: "https://a.example"}, {Label: "好", Data: "x"}}},
			[]string{"看一看\n\n回复数字选择:\n1. 好\n\n打开这个非常长的网页的标签 https://a.example"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, wecomtest.Options{})
			w.send(desk.Drawn{Text: c.text, Buttons: c.buttons, Key: "k"})
			var got []string
			for _, m := range w.Seen("LiJie") {
				got = append(got, m.String())
			}
			if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", c.want) {
				t.Errorf("shown:\n%q\nwant:\n%q", got, c.want)
			}
			w.obedient()
		})
	}
}

// TestLongText splits by bytes, between lines, never within a character.
func TestLongText(t *testing.T) {
	w := newWorld(t, wecomtest.Options{})
	line := strings.Repeat("水管漏水", 50) + "。"
	text := strings.TrimSpace(strings.Repeat(line+"\n", 9)) // 603 bytes a line.
	w.send(desk.Drawn{Text: text, Key: "k"})
	var parts []string
	for _, m := range w.Seen("LiJie") {
		if len(m.Text) > MaxText || !utf8.ValidString(m.Text) || !strings.HasSuffix(m.Text, "。") {
			t.Errorf("a part of %d bytes ends with %q", len(m.Text), m.Text[len(m.Text)-6:])
		}
		parts = append(parts, m.Text)
	}
	if len(parts) != 3 || strings.Join(parts, "\n") != text {
		t.Errorf("%d parts", len(parts))
	}
	unbroken := strings.Repeat("字𠮷", 600)
	w.send(desk.Drawn{Text: unbroken, Key: "k2"})
	got := ""
	for _, m := range w.Seen("LiJie")[3:] {
		got += m.Text
	}
	if got != unbroken {
		t.Error("a text without breaks was damaged")
	}
	w.obedient()
}

// TestNumbers: what a number means is remembered, and a card's options have no
// numbers.
func TestNumbers(t *testing.T) {
	w := newWorld(t, wecomtest.Options{})
	options := func() (row Asked) {
		t.Helper()
		if err := w.store.View(t.Context(), func(tx *storage.Tx) (err error) {
			row, _, err = asked.Get(tx, "wecom:LiJie")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return row
	}
	ref := w.send(desk.Drawn{Text: "选一个", Buttons: buttons("一", "二", "三", "四", "五", "六", "七")})
	row := options()
	if !row.Numbered || len(row.Options) != 7 || row.Options[6] != (Option{"七", "do|七"}) || row.Ref != ref {
		t.Errorf("remembered: %+v", row)
	}
	for said, want := range map[string]int{"1": 0, "7": 6, "0": -1, "8": -1} {
		if i, ok := pick(row, said); ok != (want >= 0) || ok && i != want {
			t.Errorf("%s means %d %v", said, i, ok)
		}
	}
	w.send(desk.Drawn{Text: "几间?", Buttons: buttons("返回")})
	if row := options(); row.Numbered || len(row.Options) != 1 {
		t.Errorf("remembered of a card: %+v", row)
	} else if i, ok := pick(row, "1"); ok {
		t.Errorf("a number chooses button %d that has none", i)
	}
}

// TestRepeated: nobody knows whether a message arrived; it is sent again and
// seen once. Two messages with the same words are both seen.
func TestRepeated(t *testing.T) {
	for name, m := range map[string]desk.Drawn{
		"text":  {Text: "您的单已登记。"},
		"card":  {Text: "哪里坏了?", Buttons: buttons("返回")},
		"both":  {Text: "标题\n" + strings.Repeat("字", 300), Buttons: buttons("好")},
		"parts": {Text: strings.Repeat("走廊的灯不亮了。\n", 200)},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, wecomtest.Options{})
			m.Key = "row1"
			w.Lose("message/send", 1)
			if _, err := w.corp.App().Send(t.Context(), to("LiJie"), m); why(err) != bot.Unknown {
				t.Fatalf("%v", err)
			}
			w.send(m)
			once := len(w.Seen("LiJie"))
			w.clock.Advance(time.Minute)
			w.send(m)
			if n := len(w.Seen("LiJie")); n != once {
				t.Errorf("a repetition was shown: %d messages, then %d", once, n)
			}
			m.Key = "row2"
			w.send(m)
			if n := len(w.Seen("LiJie")); n != 2*once {
				t.Errorf("another message with the same words was lost: %d, want %d", n, 2*once)
			}
			w.obedient()
		})
	}
}

// TestCardRepeatedLate: hours later WeCom no longer looks for the same message,
// but it never accepts a task id twice.
func TestCardRepeatedLate(t *testing.T) {
	w := newWorld(t, wecomtest.Options{})
	m := desk.Drawn{Text: "哪里坏了?", Buttons: buttons("返回"), Key: "row1"}
	w.Lose("message/send", 1)
	if _, err := w.corp.App().Send(t.Context(), to("LiJie"), m); why(err) != bot.Unknown {
		t.Fatalf("%v", err)
	}
	w.clock.Advance(5 * time.Hour)
	if ref := w.send(m); ref != "row1" || len(w.Seen("LiJie")) != 1 {
		t.Errorf("named %q, shown %d times", ref, len(w.Seen("LiJie")))
	}
}

// TestPace: nobody gets more than WeCom delivers; the excess waits instead of
// being dropped.
func TestPace(t *testing.T) {
	w := newWorld(t, wecomtest.Options{})
	sent, waits := 0, 0
	for hour := w.clock.Now().Add(time.Hour); w.clock.Now().Before(hour); {
		_, err := w.corp.App().Send(t.Context(), to("LiJie"), desk.Drawn{Text: fmt.Sprint("第 ", sent)})
		var wait time.Duration
		if send := (*bot.SendError)(nil); err != nil {
			send = err.(*bot.SendError)
			if send.Reason != bot.Limited || send.RetryAfter <= 0 {
				t.Fatal(err)
			}
			wait, waits = send.RetryAfter, waits+1
		} else {
			sent++
		}
		w.clock.Advance(wait)
	}
	if sent != len(w.Seen("LiJie")) || sent > 1000 || sent < 990 || waits == 0 {
		t.Errorf("%d sent, %d arrived, %d waits", sent, len(w.Seen("LiJie")), waits)
	}
	if _, err := w.corp.App().Send(t.Context(), to("wang"), desk.Drawn{Text: "您好"}); err != nil {
		t.Errorf("somebody else had to wait: %v", err)
	}
	w.obedient()
}

func TestAnswer(t *testing.T) {
	w := newWorld(t, wecomtest.Options{})
	answer := func(text, url string) {
		t.Helper()
		if err := w.corp.App().Answer(t.Context(), "LiJie/press-1", text, url, true); err != nil {
			t.Error(err)
		}
	}
	answer("", "")
	if n := len(w.Seen("LiJie")); n != 0 {
		t.Errorf("%d messages without words", n)
	}
	answer("李师傅已接单。", "")
	answer("李师傅已接单。", "") // The same press once more.
	if n := len(w.Seen("LiJie")); n != 1 || w.last() != "李师傅已接单。" {
		t.Errorf("%d messages: %s", n, w.last())
	}
	if err := w.corp.App().Answer(t.Context(), "nobody", "?", "", false); why(err) != bot.Refused {
		t.Errorf("a press without a name: %v", err)
	}
	w.obedient()
}

func TestNotSent(t *testing.T) {
	w := newWorld(t, wecomtest.Options{})
	for name, c := range map[string]struct {
		to desk.Address
		m  desk.Drawn
	}{
		"another channel": {desk.Address{Channel: "telegram", ID: "7"}, desk.Drawn{Text: "您好"}},
		"everybody":       {to("@all"), desk.Drawn{Text: "您好"}},
		"two people":      {to("LiJie|wang"), desk.Drawn{Text: "您好"}},
		"nothing":         {to("LiJie"), desk.Drawn{Text: " \n"}},
		"no label":        {to("LiJie"), desk.Drawn{Text: "您好", Buttons: [][]desk.DrawnMark{{{Data: "x"}}}}},
		"nothing to do":   {to("LiJie"), desk.Drawn{Text: "您好", Buttons: [][]desk.DrawnMark{{{Label: "好"}}}}},
		"too much data":   {to("LiJie"), desk.Drawn{Text: "您好", Buttons: [][]desk.DrawnMark{{{Label: "好", Data: strings.Repeat("x", 65)}}}}},
	} {
		if _, err := w.corp.App().Send(t.Context(), c.to, c.m); why(err) != bot.Refused {
			t.Errorf("%s: %v, want refused", name, err)
		}
	}
	if n := len(w.Calls("message/send")); n != 0 {
		t.Errorf("%d calls", n)
	}
}
