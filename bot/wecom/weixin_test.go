package wecom

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"frontdesk/bot"
	"frontdesk/desk"
	"frontdesk/storage"
)

// wrote opens a person's window.
func (w *kfWorld) wrote(t tester, person, text string) {
	t.Helper()
	w.KFSay(person, text)
	w.pull(t)
	w.clock.Advance(time.Second)
}

func newChat(t tester) *kfWorld {
	t.Helper()
	w := newKFWorld(t, nil)
	w.AddCustomer(zhang, "张敏")
	w.wrote(t, zhang, "你好")
	return w
}

// The desk never sends what WeCom would refuse: not a sixth message, nothing
// after 48 hours. It never counts fewer than were sent, and exactly as many when
// it is known what became of each.
func TestWeixinWindowModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		quiet := rapid.Bool().Draw(t, "taps do not count")
		w := newKFWorld(t, func(c *Config) { c.KFTapsAreSilent = quiet })
		if quiet {
			w.KFQuietTaps()
		}
		w.AddCustomer(zhang, "张敏")
		w.pull(t)
		var last time.Time
		sent, unclear, key := 0, false, 0
		wrote := func() {
			last, sent, unclear = w.clock.Now(), 0, false
			w.pull(t)
			w.clock.Advance(time.Second)
		}
		t.Repeat(map[string]func(*rapid.T){
			"say": func(*rapid.T) { w.KFSay(zhang, "hi"); wrote() },
			"tap": func(*rapid.T) {
				w.KFTapOld(zhang, "x", "t|x|take|")
				if !quiet {
					wrote()
				}
				w.pull(t)
			},
			"again":   func(*rapid.T) { w.KFForgetCursors(); w.KFWake(); w.pull(t) },
			"restart": func(*rapid.T) { w.start(t) },
			"time": func(t *rapid.T) {
				w.clock.Advance(time.Duration(rapid.SampledFrom([]int{60, 3600, 86400, 172799}).Draw(t, "s")) * time.Second)
			},
			"send": func(t *rapid.T) {
				key++
				parts := rapid.IntRange(1, 3).Draw(t, "parts")
				m := desk.Drawn{Text: strings.Repeat("字", 600*parts), Key: fmt.Sprint("key", key)}
				fault := rapid.IntRange(0, 5).Draw(t, "fault")
				switch fault {
				case 0:
					w.Fail("kf/send_msg", 502, 1)
				case 1:
					w.Lose("kf/send_msg", 1)
				case 2:
					w.Refuse("kf/send_msg", 45009, "api freq out of limit", 1)
				}
				seen := len(w.KFTold(zhang))
				_, err := w.send(zhang, m)
				sent += len(w.KFTold(zhang)) - seen
				w.Heal()
				w.clock.Advance(time.Second)
				unclear = unclear || reasonOf(err) == bot.Unknown
				fits := !last.IsZero() && !w.clock.Now().After(last.Add(48*time.Hour)) && sent+parts <= 5
				if fault > 2 && err == nil && len(w.KFTold(zhang)) != seen+parts {
					t.Fatalf("%d of %d parts arrived", len(w.KFTold(zhang))-seen, parts)
				}
				if fault > 2 && err != nil && reasonOf(err) != bot.Closed || fault <= 2 && err == nil {
					t.Fatalf("fault %d: %v", fault, err)
				}
				if fault > 2 && err != nil && fits && !unclear {
					t.Fatalf("not sent although %d of 5 were: %v", sent, err)
				}
			},
			"": func(t *rapid.T) {
				open := !last.IsZero() && w.clock.Now().Before(last.Add(48*time.Hour))
				got, left := w.window(t, zhang), 0
				if open {
					left = 5 - sent
				}
				if got.Left > left || !unclear && got.Left != left {
					t.Fatalf("the desk thinks that %d are left, WeCom %d", got.Left, left)
				}
			},
		})
		for _, c := range w.Calls("kf/send_msg") {
			switch c.Code {
			case 0, 45009:
			default:
				t.Fatalf("WeCom refused with %d", c.Code)
			}
		}
		w.obedient(t)
	})
}

// A lost answer: the second attempt arrives once and costs nothing.
func TestWeixinSendsOnce(t *testing.T) {
	w := newChat(t)
	w.SetPhoto(t)
	long := strings.Repeat("很长的通知。", 150) // two messages
	m := desk.Drawn{Text: long, Key: "abc"}
	for i := range 3 {
		w.Lose("kf/send_msg", 1)
		if _, err := w.send(zhang, m); reasonOf(err) != bot.Unknown && i < 2 {
			t.Fatalf("attempt %d: %v", i, err)
		}
		w.Heal()
	}
	for range 2 { // The same again after it was known to be sent is a success too.
		if ref, err := w.send(zhang, m); err != nil || ref != "abc" {
			t.Fatalf("%q, %v", ref, err)
		}
	}
	told := w.KFTold(zhang)
	if len(told) != 2 || told[0].Text+told[1].Text != long {
		t.Errorf("%d messages: %v", len(told), w.told(zhang))
	}
	if left := w.window(t, zhang).Left; left != 3 {
		t.Errorf("%d left", left)
	}
	// A photo of which nobody knows does not stop the words, and is not sent twice.
	m = desk.Drawn{Text: "修好了", Photos: []desk.File{{Kind: desk.FilePhoto, Channel: "telegram", ID: "p1", Hash: "h"}}, Key: "abd"}
	w.Lose("kf/send_msg", 1)
	for range 2 {
		if _, err := w.send(zhang, m); err != nil {
			t.Fatal(err)
		}
	}
	if told := w.told(zhang)[2:]; !cmp.Equal(told, []string{"(image photo.jpg)", "修好了"}) || w.window(t, zhang).Left != 1 {
		t.Errorf("%q, %v", told, w.window(t, zhang))
	}
	w.obedient(t)
}

// SetPhoto gives the corp a photo that the desk keeps.
func (w *kfWorld) SetPhoto(t tester) {
	w.corp.SetFiles(func(_ context.Context, f desk.File) (io.ReadCloser, error) {
		if f.Hash == "" {
			return nil, errors.New("no bytes")
		}
		return io.NopCloser(strings.NewReader("\xff\xd8\xff photo")), nil
	})
}

// Photos come before the words, and are left out rather than the words.
func TestWeixinPhotos(t *testing.T) {
	w := newChat(t)
	w.SetPhoto(t)
	photo := desk.File{Kind: desk.FilePhoto, Channel: "telegram", ID: "p", Hash: "h"}
	m := desk.Drawn{Text: "修好了", Photos: []desk.File{photo, {Kind: desk.FilePhoto, Channel: "telegram", ID: "lost"}, photo, photo, photo}, Key: "abc"}
	if _, err := w.send(zhang, m); err != nil {
		t.Fatal(err)
	}
	// Of four places beside the words one is left for words to come, and the photo
	// that could not be read has given its own back.
	want := []string{"(image photo.jpg)", "(image photo.jpg)", "修好了"}
	if diff := cmp.Diff(want, w.told(zhang)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if left := w.window(t, zhang).Left; left != 2 {
		t.Errorf("%d left", left)
	}
	if _, err := w.send(zhang, desk.Drawn{Photos: []desk.File{{Kind: desk.FilePhoto, Channel: "telegram", ID: "lost"}}, Key: "abd"}); reasonOf(err) != bot.Refused {
		t.Errorf("only a photo that cannot be read: %v", err)
	}
	pdf := &desk.Attachment{Name: "我的资料.pdf", MIME: "application/pdf", Body: []byte("%PDF-1.7 data")}
	if ref, err := w.send(zhang, desk.Drawn{Text: "您的资料", File: pdf, Key: "abe"}); err != nil || ref != "abe" {
		t.Fatalf("%q, %v", ref, err)
	}
	told := w.KFTold(zhang)
	if file := told[len(told)-1].File; file == nil || file.Name != "我的资料.pdf" || !bytes.Equal(file.Body, pdf.Body) {
		t.Errorf("%v", w.told(zhang))
	}
	w.obedient(t)
}

// What was taken and did not arrive comes back as an input, and shuts the window.
func TestWeixinDidNotArrive(t *testing.T) {
	for failType, reason := range map[int]string{4: "closed", 5: "closed", 6: "closed", 10: "blocked", 1: "refused", 99: "refused"} {
		w := newChat(t)
		w.KFLose(failType)
		ref, err := w.send(zhang, desk.Drawn{Text: strings.Repeat("字", 1000), Key: "abc"})
		if err != nil {
			t.Fatal(err)
		}
		w.KFWake()
		w.pull(t)
		in := w.last(t)
		if in.Kind != desk.InputFailed || in.Ref != ref || in.Text != reason || in.Address() != kfAt(zhang) {
			t.Errorf("fail_type %d: %+v", failType, in)
		}
		if shut := w.window(t, zhang) == (bot.Window{}); shut != (reason != "refused") {
			t.Errorf("fail_type %d: window %v", failType, w.window(t, zhang))
		}
		w.clock.Advance(time.Second)
		w.wrote(t, zhang, "在吗")
		if left := w.window(t, zhang).Left; left != 5 {
			t.Errorf("fail_type %d: %d left after they wrote", failType, left)
		}
	}
}

// An employee has the session at WeCom's own customer service: nothing can be
// sent until the person writes again to the desk.
func TestWeixinOtherSession(t *testing.T) {
	w := newChat(t)
	w.KFMove(zhang, 3)
	if _, err := w.send(zhang, desk.Drawn{Text: "好", Key: "a"}); reasonOf(err) != bot.Closed {
		t.Errorf("%v", err)
	}
	calls := len(w.Calls("kf/send_msg"))
	_, err := w.send(zhang, desk.Drawn{Text: "好", Key: "a"})
	if reasonOf(err) != bot.Closed || errors.Unwrap(err) == nil || len(w.Calls("kf/send_msg")) != calls {
		t.Errorf("asked again although WeCom had said no: %v", err)
	}
	if _, err := w.send("wmNOBODY", desk.Drawn{Text: "好", Key: "b"}); reasonOf(err) != bot.Closed {
		t.Errorf("somebody unknown: %v", err)
	}
}

func TestWeixinWelcomeTooLate(t *testing.T) {
	w := newKFWorld(t, nil)
	w.AddCustomer(zhang, "张敏")
	w.KFEnter(zhang, "x")
	w.pull(t)
	w.Fail("kf/send_msg_on_event", 502, 1)
	m := desk.Drawn{Text: "欢迎", Buttons: items("报修"), Key: "a"}
	if _, err := w.send(zhang, m); reasonOf(err) != bot.Server {
		t.Fatal(err)
	}
	w.clock.Advance(19 * time.Second)
	if _, err := w.send(zhang, m); err != nil {
		t.Errorf("the code was not used again after a failure: %v", err)
	}
	w.clock.Advance(49 * time.Hour)
	w.KFEnter(zhang, "x")
	w.pull(t)
	w.clock.Advance(20 * time.Second)
	if _, err := w.send(zhang, desk.Drawn{Text: "欢迎", Key: "b"}); reasonOf(err) != bot.Closed || w.window(t, zhang).Left != 0 {
		t.Errorf("after 20 s: %v", err)
	}
	// A code that WeCom refuses: then as any message.
	w.wrote(t, zhang, "hi")
	if err := w.store.Update(t.Context(), func(tx *storage.Tx) error {
		p, err := person(tx, zhang)
		p.Welcome, p.WelcomeUntil = "WELCOME-forged", tx.Now().Add(time.Minute)
		return errors.Join(err, kfPeople.Put(tx, p))
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.send(zhang, desk.Drawn{Text: "好", Key: "c"}); err != nil || w.window(t, zhang).Left != 4 {
		t.Errorf("a refused code: %v, %v", err, w.window(t, zhang))
	}
	w.obedient(t)
}

func TestWeixinAnswers(t *testing.T) {
	w := newChat(t)
	w.KFTapOld(zhang, "旧", "t|x|take|")
	w.pull(t)
	press := w.last(t).Press.ID
	answer := func(text, url string, alert bool) {
		t.Helper()
		if err := w.weixin.Answer(t.Context(), press, text, url, alert); err != nil {
			t.Error(err)
		}
	}
	w.clock.Advance(time.Second)
	answer("", "", false)
	answer("这个按钮已经失效。", "", false)
	answer("这个按钮已经失效。", "", false) // the same press: once
	press = zhang + "/third"
	answer("电话 110", "https://example.invalid/x", true)
	want := []string{"这个按钮已经失效。", "电话 110\nhttps://example.invalid/x"}
	if diff := cmp.Diff(want, w.told(zhang)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if err := w.weixin.Answer(t.Context(), "forged", "x", "", true); reasonOf(err) != bot.Refused {
		t.Errorf("%v", err)
	}
	w.obedient(t)
}

func TestWeixinLink(t *testing.T) {
	w := newKFWorld(t, nil)
	for param, want := range map[string]string{
		"":     "https://work.weixin.qq.com/kf/kfc" + w.KFID() + "?enc_scene=ENCdoor",
		"r1_x": "https://work.weixin.qq.com/kf/kfc" + w.KFID() + "?enc_scene=ENCdoor&scene_param=r1_x",
		"a b&": "https://work.weixin.qq.com/kf/kfc" + w.KFID() + "?enc_scene=ENCdoor&scene_param=a+b%26",
	} {
		if got, err := w.weixin.Link(t.Context(), "door", param); got != want || err != nil {
			t.Errorf("%q: %s, %v", param, got, err)
		}
	}
	if got, err := w.weixin.Link(t.Context(), "", "x"); !strings.HasSuffix(got, "?scene_param=x") || err != nil {
		t.Errorf("%s, %v", got, err)
	}
	if _, err := w.weixin.Link(t.Context(), "door", strings.Repeat("字", 20)); reasonOf(err) != bot.Refused {
		t.Errorf("too long: %v", err)
	}
}
