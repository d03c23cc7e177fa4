package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/desk"
)

// TestSendFilesOfAnotherChannel uploads what Telegram does not have, beside what
// it has, and leaves out what cannot be had.
func TestSendFilesOfAnotherChannel(t *testing.T) {
	w := newWorld(t, telegramtest.Options{NoLimits: true}, Config{})
	alice := w.Person(7, "Alice", "en")
	own := desk.File{Kind: desk.FilePhoto, Channel: Name, ID: alice.Photo("", "").File}
	photo := func(id string) desk.File { return desk.File{Kind: desk.FilePhoto, Channel: "wecom", ID: id} }
	voice := desk.File{Kind: desk.FileVoice, Channel: "wecom", ID: "voice", Name: "voice.amr"}
	opened := 0
	w.channel.SetFiles(func(_ context.Context, f desk.File) (io.ReadCloser, error) {
		opened++
		switch f.ID {
		case "gone":
			return nil, errors.New("it is gone")
		case "huge":
			return io.NopCloser(strings.NewReader(strings.Repeat("x", maxPhoto+1))), nil
		}
		return io.NopCloser(strings.NewReader("the bytes of " + f.ID)), nil
	})
	for _, c := range []struct {
		files []desk.File
		want  string
		bytes []string
	}{
		{[]desk.File{photo("a")}, "photo", []string{"the bytes of a"}},
		{[]desk.File{photo("a"), own, photo("b")}, "photo photo photo", []string{"the bytes of a", "", "the bytes of b"}},
		{[]desk.File{photo("gone")}, "text", nil},
		{[]desk.File{photo("gone"), own}, "photo", nil},
		{[]desk.File{photo("huge")}, "document text", nil},
		{[]desk.File{voice}, "document text", []string{"the bytes of voice"}},
	} {
		before := len(w.Messages(7))
		if _, err := w.channel.Send(t.Context(), at("7"), desk.Drawn{Text: "R-1", Photos: c.files}); err != nil {
			t.Fatal(err)
		}
		var kinds []string
		for i, m := range w.Messages(7)[before:] {
			kinds = append(kinds, m.Kind)
			if i < len(c.bytes) && c.bytes[i] != "" && string(w.FileData(m.File)) != c.bytes[i] {
				t.Errorf("%v: %q was sent", c.files, w.FileData(m.File))
			}
		}
		if got := fmt.Sprint(strings.Join(kinds, " ")); got != c.want {
			t.Errorf("%v: got %s, want %s", c.files, got, c.want)
		}
	}
	// An edit shows no photos: nothing is read for it.
	opened = 0
	ref, err := w.channel.Send(t.Context(), at("7"), desk.Drawn{Text: "R-1"})
	if err == nil {
		_, err = w.channel.Send(t.Context(), at("7"), desk.Drawn{Text: "R-2", Edit: ref, Photos: []desk.File{photo("a")}})
	}
	if err != nil || opened > 0 {
		t.Errorf("%d files were read for an edit: %v", opened, err)
	}
	w.obedient(t)
}
