package playground_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// world is a playground with two people and a group.
type world struct {
	*playground.Channel
	now         time.Time
	zhang, wang *playground.Person
	group       desk.Address
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{now: time.Date(2026, 11, 24, 10, 20, 0, 0, time.UTC)}
	w.Channel = playground.New(func() time.Time { return w.now })
	w.zhang = w.Person("zhang", "张同学", "zh-hans")
	w.wang = w.Person("wang", "王师傅", "zh-hans")
	w.group = w.Group("g1", "工程部群", w.wang)
	return w
}

func (w *world) send(t *testing.T, to desk.Address, m desk.Drawn) string {
	t.Helper()
	ref, err := w.Send(context.Background(), to, m)
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

// wants the reason of a failure.
func reason(t *testing.T, err error, want bot.Reason) {
	t.Helper()
	var e *bot.SendError
	if !errors.As(err, &e) || e.Reason != want {
		t.Errorf("got %v, want the reason %s", err, want)
	}
}

func TestNobodyIsWrittenToFirst(t *testing.T) {
	w := newWorld(t)
	_, err := w.Send(t.Context(), w.zhang.Private(), desk.Drawn{Text: "您好"})
	reason(t, err, bot.Blocked)
	_, err = w.Send(t.Context(), w.group, desk.Drawn{Text: "大家好"})
	reason(t, err, bot.Gone)
	_, err = w.Send(t.Context(), desk.Address{Channel: playground.Name, ID: "nobody"}, desk.Drawn{Text: "?"})
	reason(t, err, bot.Gone)

	w.zhang.Say(w.zhang.Private(), "在吗")
	w.wang.AddDesk(w.group)
	w.send(t, w.zhang.Private(), desk.Drawn{Text: "您好"})
	w.send(t, w.group, desk.Drawn{Text: "大家好"})
	if n := len(w.Refused()); n != 3 {
		t.Errorf("%d refusals, want 3", n)
	}
}

func TestWhatIsSaidBecomesAnInput(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct{ text, command, arg string }{
		{"没热水", "", ""},
		{"/repair", "repair", ""},
		{"/Ticket  R-1042 ", "ticket", "R-1042"},
		{"/start iabc", "start", "iabc"},
		{"/3栋", "", ""},
		{"24/7", "", ""},
	} {
		in := w.zhang.Say(w.zhang.Private(), c.text)
		if in.Command != c.command || in.Arg != c.arg || in.Text != c.text {
			t.Errorf("%q: command %q, argument %q", c.text, in.Command, in.Arg)
		}
		if in.Kind != desk.InputText || in.From.ID != "zhang" || in.Chat.Kind != desk.ChatPrivate || !in.At.Equal(w.now) {
			t.Errorf("%q: %+v", c.text, in)
		}
	}
	first := w.zhang.Open(playground.Link + "iabc")
	second := w.zhang.Open(playground.Link + "iabc")
	if first.Arg != "iabc" || first.DedupeKey() == second.DedupeKey() {
		t.Errorf("links: %+v, %+v", first, second)
	}
	if in := w.wang.Say(w.group, "/link"); in.Chat.Title != "工程部群" || in.Chat.Kind != desk.ChatGroup {
		t.Errorf("in a group: %+v", in.Chat)
	}
}

func TestAPressIsAnsweredOnce(t *testing.T) {
	w := newWorld(t)
	w.wang.AddDesk(w.group)
	card := func(number string) desk.Drawn {
		return desk.Drawn{Text: number + " 没热水", Buttons: [][]desk.DrawnMark{{{Label: "接单", Data: "t|" + number}}}}
	}
	older := w.send(t, w.group, card("R-1001"))
	newer := w.send(t, w.group, card("R-1002"))
	in, err := w.wang.Press(w.group, "接单")
	if err != nil || in.Press.Ref != newer || in.Press.Data != "t|R-1002" {
		t.Errorf("the newest: %+v, %v", in.Press, err)
	}
	in, err = w.wang.Press(w.group, "接单", "R-1001")
	if err != nil || in.Press.Ref != older {
		t.Errorf("the one it is about: %+v, %v", in.Press, err)
	}
	if _, err := w.wang.Press(w.group, "完成"); err == nil {
		t.Error("a button that is not there was pressed")
	}
	if err := w.Answer(t.Context(), in.Press.ID, "R-1001 归您。", "", false); err != nil {
		t.Error(err)
	}
	reason(t, w.Answer(t.Context(), in.Press.ID, "再一次", "", false), bot.Refused)
	reason(t, w.Answer(t.Context(), "p999", "?", "", false), bot.Refused)

	// Who saw the card before it changed presses what is no longer there.
	seen, _ := w.Find(w.group, "接单", "R-1001")
	w.send(t, w.group, desk.Drawn{Text: "R-1001 王师傅 10:20 接", Edit: older})
	button, _ := seen.Button("接单")
	late := w.wang.PressButton(seen, button)
	w.now = w.now.Add(time.Hour)
	if err := w.Answer(t.Context(), late.Press.ID, "晚了", "", false); err != nil {
		t.Errorf("an answer that is too late: %v", err)
	}
	log := w.Log()
	if last := log[len(log)-1]; last.Kind != playground.Pressed {
		t.Errorf("an answer that is too late was shown: %+v", last)
	}
}

func TestAMessageIsEditedInPlace(t *testing.T) {
	w := newWorld(t)
	w.zhang.Say(w.zhang.Private(), "报修")
	ref := w.send(t, w.zhang.Private(), desk.Drawn{Text: "几层?"})
	w.now = w.now.Add(time.Minute)
	w.send(t, w.zhang.Private(), desk.Drawn{Text: "哪间?", Edit: ref})
	screen := w.Screen(w.zhang.Private())
	if len(screen) != 2 || screen[1].Text != "哪间?" || screen[1].Edits != 1 || !screen[1].EditedAt.Equal(w.now) {
		t.Errorf("the screen: %+v", screen)
	}
	var kinds []string
	for _, e := range w.Log() {
		kinds = append(kinds, string(e.Kind))
	}
	if got := strings.Join(kinds, " "); got != "said sent edited" {
		t.Errorf("the log: %s", got)
	}
	_, err := w.Send(t.Context(), w.zhang.Private(), desk.Drawn{Text: "?", Edit: "999"})
	reason(t, err, bot.NoMessage)
	_, err = w.Send(t.Context(), w.zhang.Private(), desk.Drawn{Text: "?", Edit: screen[0].Ref}) // of the person
	reason(t, err, bot.NoMessage)
}

func TestWhatNobodyCouldReadIsRefused(t *testing.T) {
	w := newWorld(t)
	w.zhang.Say(w.zhang.Private(), "报修")
	for name, m := range map[string]desk.Drawn{
		"empty":    {},
		"too long": {Text: strings.Repeat("长", 4097)},
		"no label": {Text: "x", Buttons: [][]desk.DrawnMark{{{Data: "d"}}}},
		"no data":  {Text: "x", Buttons: [][]desk.DrawnMark{{{Label: "l"}}}},
		"much":     {Text: "x", Buttons: [][]desk.DrawnMark{{{Label: "l", Data: strings.Repeat("d", 65)}}}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := w.Send(t.Context(), w.zhang.Private(), m)
			reason(t, err, bot.Refused)
		})
	}
}

func TestAPhotoCanBeFetched(t *testing.T) {
	w := newWorld(t)
	w.wang.AddDesk(w.group)
	w.send(t, w.group, desk.Drawn{Text: "R-1001"})
	card, _ := w.Find(w.group, "", "R-1001")
	in := w.wang.ReplyPhoto(card, "好了", []byte("photo"))
	if in.Kind != desk.InputPhoto || in.ReplyTo != card.Ref || in.Text != "好了" || len(in.Files) != 1 {
		t.Fatalf("the photo: %+v", in)
	}
	body, err := w.Fetch(t.Context(), in.Files[0])
	if err != nil {
		t.Fatal(err)
	}
	if data, err := io.ReadAll(body); string(data) != "photo" || err != nil {
		t.Errorf("%q, %v", data, err)
	}
	_, err = w.Fetch(t.Context(), desk.File{ID: "none"})
	reason(t, err, bot.Gone)
}

func TestAMenuFollowsThePerson(t *testing.T) {
	w := newWorld(t)
	set := func(scope bot.CommandScope, names ...string) {
		for _, name := range names {
			scope.Commands = append(scope.Commands, bot.CommandLine{Name: name})
		}
		if err := w.Commands(t.Context(), scope); err != nil {
			t.Fatal(err)
		}
	}
	set(bot.CommandScope{}, "repair")
	set(bot.CommandScope{Groups: true}, "link")
	set(bot.CommandScope{Chat: w.wang.Private()}, "old")
	set(bot.CommandScope{Chat: w.wang.Private()}, "repair", "open")
	if got := w.Menu(w.zhang); len(got) != 1 || got[0].Name != "repair" {
		t.Errorf("a resident's menu: %v", got)
	}
	if got := w.Menu(w.wang); len(got) != 2 || got[1].Name != "open" {
		t.Errorf("an employee's menu: %v", got)
	}
	info, err := w.Chat(t.Context(), w.group)
	reason(t, err, bot.Gone)
	w.wang.AddDesk(w.group)
	if info, err = w.Chat(t.Context(), w.group); err != nil || info.Title != "工程部群" || info.Members != 2 {
		t.Errorf("the group: %+v, %v", info, err)
	}
}
