package wecom

import (
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frontdesk/bot"
	"frontdesk/desk"
)

// A member and the desk, over the API one way and callbacks the other.
func TestChat(t *testing.T) {
	l := newLine(t)
	li := l.server.Member("lijie", "李杰", l.Callbacks)
	app := l.corp.App()
	to := desk.Address{Channel: Name, ID: "lijie"}
	// heard is what the desk heard last.
	heard := func() desk.Input {
		t.Helper()
		got := l.receiver.take()
		if len(got) != 1 {
			t.Fatalf("%d inputs", len(got))
		}
		return got[0]
	}
	send := func(m desk.Drawn) string {
		t.Helper()
		ref, err := app.Send(t.Context(), to, m)
		if err != nil {
			t.Fatal(err)
		}
		return ref
	}
	if err := app.Commands(t.Context(), bot.CommandScope{Commands: []bot.CommandLine{{Name: "repair", Description: "报修"}, {Name: "my", Description: "我的单"}}}); err != nil {
		t.Fatal(err)
	}
	li.Menu("报修")
	if in := heard(); in.Command != "repair" || in.Text != "/repair" {
		t.Errorf("menu: %+v", in)
	}

	// A button of a card: its data and the card's name come back, and each press
	// allows one more change of the card.
	ref := send(desk.Drawn{Text: "请核对", Buttons: buttons("提交", "修改")})
	for range 3 {
		li.Press("提交")
		if in := heard(); in.Press == nil || in.Press.Data != "do|提交" || in.Press.Ref != ref || in.Ref != ref {
			t.Errorf("press: %+v", in)
		}
	}
	for i, text := range []string{"一", "二", "三", "四"} {
		if got := send(desk.Drawn{Text: "改" + text, Buttons: buttons("提交"), Edit: ref}); got != ref {
			t.Errorf("change %d: %s", i, got)
		}
	}
	if _, err := app.Send(t.Context(), to, desk.Drawn{Text: "改五", Buttons: buttons("提交"), Edit: ref}); why(err) != bot.NoMessage {
		t.Errorf("a fifth change with four codes: %v", err)
	}
	// Words and numbers do the same.
	li.Say("提交")
	if in := heard(); in.Press == nil || in.Press.Data != "do|提交" || in.Press.Ref != ref {
		t.Errorf("label: %+v", in)
	}
	list := send(desk.Drawn{Text: "选一个", Buttons: buttons("一", "二", "三", "四", "五", "六", "七")})
	li.Say("7")
	if in := heard(); in.Press == nil || in.Press.Data != "do|七" || in.Press.Ref != list {
		t.Errorf("number: %+v", in)
	}

	// Who pressed is told in an ordinary message.
	li.PressCard(ref, "button_interaction", "do|提交", "CODE-X")
	if err := app.Answer(t.Context(), heard().Press.ID, "已有人接单", "", false); err != nil {
		t.Fatal(err)
	}
	if last, _ := li.Last(); last.Text != "已有人接单" {
		t.Errorf("the member reads %q", last)
	}

	// A settled card has nothing to press any more.
	done := send(desk.Drawn{Text: "请核对", Buttons: buttons("提交")})
	send(desk.Drawn{Text: "已提交", Edit: done})
	if told, pressed := li.TryPress("do|提交"); pressed && strings.Contains(told.Plain, done) {
		t.Errorf("pressed: %s", told.Plain)
	}
	l.receiver.take()
	li.PressCard(done, "button_interaction", settledKey, "CODE-Y")
	if got := l.receiver.take(); len(got) != 0 {
		t.Errorf("the grey button: %+v", got)
	}

	// The bytes of a photo can be fetched.
	li.Photo([]byte("\xff\xd8\xffphoto"))
	file, err := app.Fetch(t.Context(), heard().Files[0])
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	if body, err := io.ReadAll(file); err != nil || string(body) != "\xff\xd8\xffphoto" {
		t.Errorf("%q, %v", body, err)
	}
	if diff := cmp.Diff([]string(nil), l.server.Violations()); diff != "" {
		t.Errorf("violations:\n%s", diff)
	}
}
