package telegram

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frontdesk/bot"
	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/desk"
)

func TestSendAndEdit(t *testing.T) {
	w := newWorld(t, telegramtest.Options{NoLimits: true}, Config{})
	alice := w.Person(7, "Alice", "en")
	alice.Start("")
	card := desk.Drawn{
		Text:    "<b>R-1</b> *tap* [x](http://evil.example) https://a.example",
		Buttons: [][]desk.DrawnMark{{{Label: "Take", Data: "t1"}, {Label: "Map", URL: "https://map.example"}}},
		ReplyTo: "1", Silent: true,
	}
	ref, err := w.channel.Send(t.Context(), at("7"), card)
	if err != nil {
		t.Fatal(err)
	}
	m, _ := alice.Last()
	want := telegramtest.Message{
		Chat: 7, ID: 2, From: 1000001, ByBot: true, Who: "bot", At: m.At, Text: card.Text, Kind: "text",
		Buttons: [][]telegramtest.Button{{{Label: "Take", Data: "t1"}, {Label: "Map", URL: "https://map.example"}}},
		ReplyTo: 1, Silent: true,
	}
	if diff := cmp.Diff(want, m); diff != "" || ref != "2" {
		t.Errorf("ref %s, -want +got:\n%s", ref, diff)
	}
	if call := w.Calls("sendMessage")[0]; call.Params["link_preview_options"] != `{"is_disabled":true}` {
		t.Errorf("params %v", call.Params)
	}

	card.Edit, card.Text = ref, "R-1 taken"
	for range 2 { // The second changes nothing, which is a success.
		if got, err := w.channel.Send(t.Context(), at("7"), card); err != nil || got != ref {
			t.Fatal(got, err)
		}
	}
	card.Buttons = nil
	if _, err := w.channel.Send(t.Context(), at("7"), card); err != nil {
		t.Fatal(err)
	}
	m, _ = alice.Last()
	if m.Text != "R-1 taken" || m.Edits != 2 || len(m.Buttons) != 0 {
		t.Errorf("after edits: %+v", m)
	}

	w.Erase(m)
	if _, err := w.channel.Send(t.Context(), at("7"), card); reasonOf(err) != bot.NoMessage {
		t.Errorf("edit of an erased message: %v", err)
	}
	card.Edit = "nonsense"
	if _, err := w.channel.Send(t.Context(), at("7"), card); reasonOf(err) != bot.NoMessage {
		t.Errorf("edit of no message: %v", err)
	}
	w.obedient(t)
}

func TestSendPhotos(t *testing.T) {
	w := newWorld(t, telegramtest.Options{NoLimits: true}, Config{})
	alice := w.Person(7, "Alice", "en")
	var photos []desk.File
	for range 11 {
		m := alice.Photo("", "album")
		photos = append(photos, desk.File{Kind: desk.FilePhoto, Channel: Name, ID: m.File})
	}
	send := func(d desk.Drawn) string {
		t.Helper()
		before := len(w.Messages(7))
		ref, err := w.channel.Send(t.Context(), at("7"), d)
		if err != nil {
			t.Fatal(err)
		}
		var kinds []string
		for _, m := range w.Messages(7)[before:] {
			kinds = append(kinds, fmt.Sprintf("%s/%d/%d", m.Kind, len(m.Text), len(m.Buttons)))
		}
		if last, _ := alice.Last(); fmt.Sprint(last.ID) != ref {
			t.Errorf("ref %s is not of the last message", ref)
		}
		return strings.Join(kinds, " ")
	}
	buttons := [][]desk.DrawnMark{{{Label: "Take", Data: "t"}}}
	short, long := "R-1", strings.Repeat("x", 1025)
	if got := send(desk.Drawn{Text: short, Photos: photos[:1], Buttons: buttons}); got != "photo/3/1" {
		t.Error(got)
	}
	if got := send(desk.Drawn{Text: long, Photos: photos[:1], Buttons: buttons}); got != "photo/0/0 text/1025/1" {
		t.Error(got)
	}
	if got := send(desk.Drawn{Text: short, Photos: photos[:2], Buttons: buttons}); got != "photo/0/0 photo/0/0 text/3/1" {
		t.Error(got)
	}
	if got := send(desk.Drawn{Text: short, Photos: photos}); got != strings.Repeat("photo/0/0 ", 11)+"text/3/0" {
		t.Error(got)
	}
	// Photos of another channel cannot be sent here.
	if got := send(desk.Drawn{Text: short, Photos: []desk.File{{Kind: desk.FilePhoto, Channel: "wecom", ID: "m"}}}); got != "text/3/0" {
		t.Error(got)
	}
	// A photo that is not there any more does not stop the words.
	w.DropFile(photos[0].ID)
	if got := send(desk.Drawn{Text: short, Photos: photos[:1], Buttons: buttons}); got != "text/3/1" {
		t.Error(got)
	}
	if got := send(desk.Drawn{Text: short, Photos: photos[:3], Buttons: buttons}); got != "text/3/1" {
		t.Error(got)
	}
	voice := alice.Voice()
	if got := send(desk.Drawn{Text: short, Photos: []desk.File{{Kind: desk.FileVoice, Channel: Name, ID: voice.File}}}); got != "voice/0/0 text/3/0" {
		t.Error(got)
	}
	w.obedient(t)
}

func TestEditOfPhotoChangesCaption(t *testing.T) {
	w := newWorld(t, telegramtest.Options{NoLimits: true}, Config{})
	alice := w.Person(7, "Alice", "en")
	photo := []desk.File{{Kind: desk.FilePhoto, Channel: Name, ID: alice.Photo("", "").File}}
	ref, err := w.channel.Send(t.Context(), at("7"), desk.Drawn{Text: "before", Photos: photo})
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range []desk.Drawn{{Text: "one", Edit: ref}, {Text: "two", Edit: ref, Photos: photo}, {Text: strings.Repeat("水", 2000), Edit: ref}} {
		if _, err := w.channel.Send(t.Context(), at("7"), d); err != nil {
			t.Fatal(i, err)
		}
	}
	m, _ := alice.Last()
	if diff := cmp.Diff([]string{"before", "one", "two"}, m.Past); diff != "" || textLength(m.Text) != 1024 {
		t.Errorf("%d units, -want +got:\n%s", textLength(m.Text), diff)
	}
}

func TestSendLongText(t *testing.T) {
	w := newWorld(t, telegramtest.Options{NoLimits: true}, Config{})
	alice := w.Person(7, "Alice", "en")
	alice.Start("")
	text := strings.Repeat(strings.Repeat("水", 99)+"\n", 100)
	ref, err := w.channel.Send(t.Context(), at("7"), desk.Drawn{Text: text, Buttons: [][]desk.DrawnMark{{{Label: "OK", Data: "k"}}}})
	if err != nil {
		t.Fatal(err)
	}
	screen := alice.Screen()[1:]
	if len(screen) != 3 || ref != "4" || len(screen[0].Buttons) != 0 || len(screen[2].Buttons) != 1 {
		t.Errorf("%d messages, ref %s", len(screen), ref)
	}
	if _, err := w.channel.Send(t.Context(), at("7"), desk.Drawn{Text: text, Edit: ref}); err != nil {
		t.Error(err)
	}
	w.obedient(t)
}

func TestTopics(t *testing.T) {
	w := newWorld(t, telegramtest.Options{NoLimits: true}, Config{})
	bob := w.Person(8, "Bob", "en")
	g := w.Group(-1001234567890, "Repairs", bob)
	topic := g.Topic("Water")
	address := desk.Address{Channel: Name, ID: "-1001234567890", Thread: fmt.Sprint(topic.ID())}
	if _, err := w.channel.Send(t.Context(), address, desk.Drawn{Text: "in the topic"}); err != nil {
		t.Fatal(err)
	}
	address.Thread = "1" // General.
	topic.Close(bob)
	for thread, want := range map[string]bot.Reason{"1": "", "": "", fmt.Sprint(topic.ID()): bot.TopicClosed, "99": bot.TopicClosed, "x": bot.TopicClosed} {
		address.Thread = thread
		if _, err := w.channel.Send(t.Context(), address, desk.Drawn{Text: "hi"}); reasonOf(err) != want {
			t.Errorf("thread %q: %v, want %s", thread, err, want)
		}
	}
	if s := topic.Screen(); len(s) != 1 || s[0].Text != "in the topic" {
		t.Errorf("topic: %+v", s)
	}
}

// What Telegram would refuse is refused here, without a call.
func TestRefusedWithoutCall(t *testing.T) {
	w := newWorld(t, telegramtest.Options{}, Config{})
	many := make([][]desk.DrawnMark, 101)
	for i := range many {
		many[i] = []desk.DrawnMark{{Label: "x", Data: "y"}}
	}
	row := func(b desk.DrawnMark) [][]desk.DrawnMark { return [][]desk.DrawnMark{{b}} }
	for name, d := range map[string]desk.Drawn{
		"empty":         {},
		"spaces":        {Text: " \n\t\u3000"},
		"empty edit":    {Edit: "3"},
		"no label":      {Text: "x", Buttons: row(desk.DrawnMark{Label: " ", Data: "d"})},
		"no data":       {Text: "x", Buttons: row(desk.DrawnMark{Label: "x"})},
		"long data":     {Text: "x", Buttons: row(desk.DrawnMark{Label: "x", Data: strings.Repeat("d", 65)})},
		"many buttons":  {Text: "x", Buttons: many},
		"data no UTF-8": {Text: "x", Buttons: row(desk.DrawnMark{Label: "x", Data: "\xff"})},
	} {
		if _, err := w.channel.Send(t.Context(), at("7"), d); reasonOf(err) != bot.Refused {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := w.channel.Send(t.Context(), desk.Address{Channel: "wecom", ID: "7"}, desk.Drawn{Text: "x"}); reasonOf(err) != bot.Refused {
		t.Errorf("address of another channel: %v", err)
	}
	if n := len(w.Calls("")); n != 0 {
		t.Errorf("%d calls", n)
	}
	wide := [][]desk.DrawnMark{make([]desk.DrawnMark, 9), {}}
	for i := range wide[0] {
		wide[0][i] = desk.DrawnMark{Label: "x", Data: "y"}
	}
	if rows, err := drawButtons(wide); err != nil || len(rows) != 2 || len(rows[0]) != 8 {
		t.Errorf("nine in a row: %v, %v", rows, err)
	}
}
