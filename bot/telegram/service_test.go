package telegram

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"frontdesk/bot"
	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/desk"
)

func TestAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, telegramtest.Options{}, Config{})
		w.start(t)
		alice := w.Person(7, "Alice", "en")
		alice.Start("")
		if _, err := w.channel.Send(t.Context(), at("7"), desk.Drawn{Text: "card", Buttons: [][]desk.DrawnMark{{{Label: "Take", Data: "t"}}}}); err != nil {
			t.Fatal(err)
		}
		press := alice.Press("Take")
		if err := w.channel.Answer(t.Context(), press.ID, strings.Repeat("好", 300), "", true); err != nil {
			t.Fatal(err)
		}
		press = alice.Press("t")
		if err := w.channel.Answer(t.Context(), press.ID, "", w.channel.Link()+"p_x", false); err != nil {
			t.Fatal(err)
		}
		press = alice.Press("t")
		time.Sleep(PressLife + time.Second)
		if err := w.channel.Answer(t.Context(), press.ID, "late", "", false); err != nil {
			t.Errorf("late answer: %v", err)
		}
		if got := alice.Toasts(); len(got) != 1 || textLength(got[0]) != 200 {
			t.Errorf("toasts %q", got)
		}
		if got := w.Presses(); !got[0].Alert || got[1].URL == "" || got[2].Answered {
			t.Errorf("presses %+v", got)
		}
		w.obedient(t)
	})
}

func TestCommands(t *testing.T) {
	w := newWorld(t, telegramtest.Options{}, Config{})
	lines := []bot.CommandLine{{Name: "repair", Description: "Report a fault"}}
	for _, scope := range []bot.CommandScope{
		{Lang: "zh-hans", Commands: lines}, {Groups: true, Commands: lines}, {Chat: at("7"), Lang: "en", Commands: lines},
		{Lang: "", Commands: []bot.CommandLine{{Name: "Help", Description: strings.Repeat("x", 300)}}},
	} {
		if err := w.channel.Commands(t.Context(), scope); err != nil {
			t.Fatal(err)
		}
	}
	want := []telegramtest.Command{{Command: "repair", Description: "Report a fault"}}
	for _, key := range []string{"all_private_chats/zh", "all_group_chats/", "chat 7/en"} {
		if diff := cmp.Diff(want, w.Menu(key)); diff != "" {
			t.Errorf("%s: -want +got:\n%s", key, diff)
		}
	}
	if err := w.channel.Commands(t.Context(), bot.CommandScope{Groups: true}); err != nil || w.Menu("all_group_chats/") != nil {
		t.Errorf("menu not removed: %v", err)
	}
	w.obedient(t)
}

func TestChat(t *testing.T) {
	w := newWorld(t, telegramtest.Options{}, Config{})
	g := w.Group(-1001234567890, "Repairs", w.Person(7, "Alice", "en"), w.Person(8, "Bob", "en"))
	g.Publish("repairs")
	g.Topic("Water")
	got, err := w.channel.Chat(t.Context(), at("-1001234567890"))
	if diff := cmp.Diff(bot.ChatInfo{Title: "Repairs", Members: 3, Public: true, Forum: true}, got); diff != "" || err != nil {
		t.Errorf("%v -want +got:\n%s", err, diff)
	}
	g.RemoveBot(w.Person(7, "", ""))
	if _, err := w.channel.Chat(t.Context(), at("-1001234567890")); reasonOf(err) != bot.Gone {
		t.Errorf("removed: %v", err)
	}
}

func TestFetch(t *testing.T) {
	w := newWorld(t, telegramtest.Options{}, Config{})
	m := w.Person(7, "Alice", "en").Photo("", "")
	f := desk.File{Kind: desk.FilePhoto, Channel: Name, ID: m.File}
	read := func() (string, error) {
		body, err := w.channel.Fetch(t.Context(), f)
		if err != nil {
			return "", err
		}
		data, err := io.ReadAll(body)
		if closeErr := body.Close(); closeErr != nil {
			t.Error(closeErr)
		}
		return string(data), err
	}
	if got, err := read(); err != nil || got != "bytes of "+m.File {
		t.Errorf("%q, %v", got, err)
	}
	w.Fail("file", 404, 1)
	if _, err := read(); reasonOf(err) != bot.Server {
		t.Errorf("address expired: %v", err)
	}
	w.Lose("file", 1)
	if _, err := read(); reasonOf(err) != bot.Unknown {
		t.Errorf("connection lost: %v", err)
	}
	w.Garble("file", 200, strings.Repeat("x", MaxFile+1), 1)
	if got, err := read(); reasonOf(err) != bot.Refused {
		t.Errorf("a body beyond the limit: %d bytes, %v", len(got), err)
	}
	w.SetFile(m.File, bytes.Repeat([]byte("x"), MaxFile+1))
	if _, err := read(); reasonOf(err) != bot.Refused {
		t.Errorf("large: %v", err)
	}
	w.DropFile(m.File)
	if _, err := read(); reasonOf(err) != bot.Refused {
		t.Errorf("gone: %v", err)
	}
	for _, path := range []string{"", "/etc/passwd", "../../bot/getMe"} {
		if _, err := w.channel.download(t.Context(), path); reasonOf(err) != bot.Refused {
			t.Errorf("path %q: %v", path, err)
		}
	}
	if _, err := w.channel.Fetch(t.Context(), desk.File{Channel: "wecom", ID: "x"}); reasonOf(err) != bot.Refused {
		t.Errorf("another channel: %v", err)
	}
}

func TestCapabilities(t *testing.T) {
	w := newWorld(t, telegramtest.Options{}, Config{})
	want := desk.Capabilities{EditAnytime: true, GroupButtons: true, MaxText: 4096, MaxButtons: 100, ButtonsPerRow: 8, PressLife: 150 * time.Second}
	if diff := cmp.Diff(want, w.channel.Capabilities()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got := fmt.Sprint(w.channel.Name(), w.channel.Link()); got != "telegram" {
		t.Errorf("name and link before Start: %q", got)
	}
}
