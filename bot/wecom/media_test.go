package wecom

import (
	"io"
	"strings"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/wecom/wecomtest"
	"frontdesk/desk"
)

const (
	jpg = "\xff\xd8\xff\xe0 a photo of a leak"
	gif = "GIF89a a moving picture"
)

func TestPhotosAndFiles(t *testing.T) {
	w := newWorld(t, wecomtest.Options{})
	w.corp.SetFiles(files(map[string]string{"h1": jpg, "h2": gif}))
	photo := func(hash string) desk.File {
		return desk.File{Kind: desk.FilePhoto, Channel: "telegram", ID: "AgAC", Hash: hash}
	}
	ref := w.send(desk.Drawn{
		Text: "R-1 漏水", Key: "row1", Buttons: buttons("接单"),
		Photos: []desk.File{photo("h1"), photo("h2"), photo("lost")},
	})
	var got []string
	for _, m := range w.Seen("LiJie") {
		got = append(got, m.Kind)
		if m.Kind == "image" && string(m.File.Body) != jpg {
			t.Errorf("the image is %q", m.File.Body)
		}
	}
	// WeCom takes no GIF as an image, and a photo that is lost stops nothing.
	if strings.Join(got, " ") != "image file template_card" || ref != "row1" {
		t.Errorf("shown: %v, named %s", got, ref)
	}
	w.send(desk.Drawn{File: &desk.Attachment{Name: `../报表"1".csv`, MIME: "text/csv", Body: []byte("单号,状态\n")}})
	seen := w.Seen("LiJie")
	if f := seen[len(seen)-1].File; f == nil || f.Name != ".._报表_1_.csv" || string(f.Body) != "单号,状态\n" {
		t.Errorf("the file is %+v", f)
	}
	w.send(desk.Drawn{Text: "日报", File: &desk.Attachment{Name: "chart.png", MIME: "image/png", Body: []byte("\x89PNG\r\n\x1a\n a chart")}})
	if seen = w.Seen("LiJie"); seen[len(seen)-2].Kind != "image" {
		t.Errorf("a chart is shown as %s", seen[len(seen)-2].Kind)
	}
	if _, err := w.corp.App().Send(t.Context(), to("LiJie"), desk.Drawn{Photos: []desk.File{photo("lost")}}); why(err) != bot.Refused {
		t.Errorf("nothing but a lost photo: %v", err)
	}
	w.obedient()
}

// TestUploadThatFails: an upload whose answer is lost was no message: the whole
// can be sent again.
func TestUploadThatFails(t *testing.T) {
	w := newWorld(t, wecomtest.Options{})
	w.corp.SetFiles(files(map[string]string{"h1": jpg}))
	m := desk.Drawn{Text: "R-1", Key: "row1", Photos: []desk.File{{Kind: desk.FilePhoto, Hash: "h1"}}}
	w.Lose("media/upload", 1)
	if _, err := w.corp.App().Send(t.Context(), to("LiJie"), m); why(err) != bot.Server {
		t.Errorf("%v, want server", err)
	}
	if n := len(w.Seen("LiJie")); n != 0 {
		t.Errorf("%d messages before the photo", n)
	}
	w.send(m)
	if n := len(w.Seen("LiJie")); n != 2 {
		t.Errorf("%d messages, want 2", n)
	}
}

func TestFetch(t *testing.T) {
	w := newWorld(t, wecomtest.Options{})
	id := w.AddMedia("image", "IMG_1.jpg", "image/jpeg", []byte(jpg))
	fetch := func(f desk.File) (string, error) {
		body, err := w.corp.App().Fetch(t.Context(), f)
		if err != nil {
			return "", err
		}
		defer func() { _ = body.Close() }()
		data, err := io.ReadAll(body)
		return string(data), err
	}
	file := desk.File{Channel: Name, ID: id}
	if got, err := fetch(file); err != nil || got != jpg {
		t.Errorf("%q %v", got, err)
	}
	w.ForgetTokens()
	if got, err := fetch(file); err != nil || got != jpg {
		t.Errorf("with a new token: %q %v", got, err)
	}
	json := w.AddMedia("file", "a.json", "application/json", []byte(`{"errcode":0,"mine":true}`))
	if got, err := fetch(desk.File{Channel: Name, ID: json}); err != nil || !strings.Contains(got, "mine") {
		t.Errorf("a file in JSON: %q %v", got, err)
	}
	large := w.AddMedia("file", "large.bin", "application/octet-stream", make([]byte, MaxFile+1))
	if _, err := fetch(desk.File{Channel: Name, ID: large}); why(err) != bot.Refused {
		t.Errorf("too large: %v", err)
	}
	if _, err := fetch(desk.File{Channel: "telegram", ID: id}); why(err) != bot.Refused {
		t.Errorf("another channel's: %v", err)
	}
	w.Outage(true)
	if _, err := fetch(file); why(err) != bot.Network {
		t.Errorf("outage: %v", err)
	}
	w.Heal()
	w.clock.Advance(72*time.Hour + time.Second)
	if _, err := fetch(file); why(err) != bot.Refused {
		t.Errorf("after three days: %v", err)
	}
	w.obedient()
}
