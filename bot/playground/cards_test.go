package playground_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// marks are n buttons, one a row.
func marks(n int) (rows [][]desk.DrawnMark) {
	for i := 1; i <= n; i++ {
		rows = append(rows, []desk.DrawnMark{{Label: fmt.Sprintf("%d号楼", i), Data: fmt.Sprintf("b%d", i)}})
	}
	return rows
}

func TestManyChoicesAreAnsweredByNumber(t *testing.T) {
	w := newWorld(t)
	fang := w.CardsPerson("fang", "方同学", "zh-hans")
	if _, err := w.Cards().Send(t.Context(), fang.Private(), desk.Drawn{Text: "选楼", Buttons: marks(7)}); err != nil {
		t.Fatal(err) // A member is written to first.
	}
	m := w.Screen(fang.Private())[0]
	if len(m.Buttons) != 0 || !strings.Contains(m.Text, "\n7  7号楼") {
		t.Fatalf("seven choices are shown as %+v", m)
	}
	in := fang.Say(fang.Private(), "7")
	if in.Kind != desk.InputPress || in.Press.Data != "b7" || in.Press.Ref != m.Ref || in.Channel != playground.CardsName {
		t.Errorf("7 is %+v", in)
	}
	for _, said := range []string{"8", "0", "07", "七"} {
		if in := fang.Say(fang.Private(), said); in.Kind != desk.InputText || in.Text != said {
			t.Errorf("%s is %+v, want the words", said, in)
		}
	}
	// The list is not the newest message any more.
	if _, err := w.Cards().Send(t.Context(), fang.Private(), desk.Drawn{Text: "几号?"}); err != nil {
		t.Fatal(err)
	}
	if in := fang.Say(fang.Private(), "7"); in.Kind != desk.InputText {
		t.Errorf("7 answers an old list: %+v", in)
	}
}

func TestACardIsReplacedAsOftenAsItHasCodes(t *testing.T) {
	w := newWorld(t)
	gu := w.CardsPerson("gu", "顾师傅", "zh-hans")
	cards := w.Cards()
	ref, err := cards.Send(t.Context(), gu.Private(), desk.Drawn{Text: "R-1042", Buttons: marks(2)})
	if err != nil {
		t.Fatal(err)
	}
	edit := func(text string) error {
		_, err := cards.Send(t.Context(), gu.Private(), desk.Drawn{Text: text, Buttons: marks(1), Edit: ref})
		return err
	}
	if err := edit("once"); err != nil {
		t.Fatal(err)
	}
	reason(t, edit("twice"), bot.NoMessage)
	if _, err := gu.Press(gu.Private(), "1号楼"); err != nil {
		t.Fatal(err)
	}
	if err := edit("after a press"); err != nil {
		t.Fatal(err)
	}
	if m := w.Screen(gu.Private())[0]; m.Text != "after a press" || m.Codes != 0 {
		t.Errorf("the card stands as %+v", m)
	}
	if _, err := gu.Press(gu.Private(), "1号楼"); err != nil {
		t.Fatal(err)
	}
	w.now = w.now.Add(72 * time.Hour)
	reason(t, edit("three days later"), bot.NoMessage)
	if len(w.Refused()) != 0 {
		t.Errorf("an end of its codes is no fault: %+v", w.Refused())
	}
}

func TestCardsHaveTheirLimits(t *testing.T) {
	w := newWorld(t)
	gu := w.CardsPerson("gu", "顾师傅", "zh-hans")
	for _, m := range []desk.Drawn{
		{Text: strings.Repeat("水", 683)},
		{Text: "x", Buttons: [][]desk.DrawnMark{{{Label: "一二三四五六七八九十多", Data: "d"}}}},
	} {
		_, err := w.Cards().Send(t.Context(), gu.Private(), m)
		reason(t, err, bot.Refused)
	}
	ref, err := w.Cards().Send(t.Context(), gu.Private(), desk.Drawn{Text: strings.Repeat("水", 682)})
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.Cards().Send(t.Context(), gu.Private(), desk.Drawn{Text: "新", Edit: ref})
	reason(t, err, bot.NoMessage) // Words are no card.
	// The answer to a press is a message of its own.
	if _, err := w.Cards().Send(t.Context(), gu.Private(), desk.Drawn{Text: "卡", Buttons: marks(1)}); err != nil {
		t.Fatal(err)
	}
	in, err := gu.Press(gu.Private(), "1号楼")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Cards().Answer(t.Context(), in.Press.ID, "王师傅 10:40 已接。", "", false); err != nil {
		t.Fatal(err)
	}
	screen := w.Screen(gu.Private())
	if last := screen[len(screen)-1]; last.Text != "王师傅 10:40 已接。" {
		t.Errorf("the answer is %+v", last)
	}
}
