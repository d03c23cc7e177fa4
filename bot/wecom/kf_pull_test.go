package wecom

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"frontdesk/bot"
	"frontdesk/desk"
)

const zhang = "wmZHANG01"

// A resident scans the code on a door, is greeted, sends a photo and taps.
func TestKFFromTheDoor(t *testing.T) {
	w := newKFWorld(t, nil)
	w.AddCustomer(zhang, "张敏")
	w.KFEnter(zhang, "rA3-402_x")
	w.pull(t)
	in := w.last(t)
	want := desk.Input{
		Channel: "weixin", Bot: w.KFID(), UpdateID: in.UpdateID, Kind: desk.InputEntered, At: kfStart,
		From: desk.Sender{ID: zhang, Name: "张敏"}, Chat: desk.InputChat{ID: zhang, Kind: desk.ChatPrivate}, Arg: "rA3-402_x",
	}
	if diff := cmp.Diff(want, in); diff != "" {
		t.Errorf("entered: -want +got:\n%s", diff)
	}
	// Nobody who only entered can be written to, but for one welcome.
	if got := w.window(t, zhang); got != (bot.Window{Until: kfStart.Add(20 * time.Second), Left: 2}) {
		t.Errorf("window after entering: %v", got)
	}
	ref, err := w.send(zhang, desk.Drawn{Text: "A3-402 哪里坏了？", Buttons: items("水电", "空调"), Key: "abcdefghijkl"})
	if err != nil || ref != "abcdefghijkl" {
		t.Fatalf("welcome: %q, %v", ref, err)
	}
	if _, err := w.send(zhang, desk.Drawn{Text: "还在吗？", Key: "abcdefghijk2"}); reasonOf(err) != bot.Closed || w.window(t, zhang).Left != 0 {
		t.Errorf("a second message without a word from them: %v", err)
	}
	w.clock.Advance(5 * time.Second)
	if !w.KFTap(zhang, "空调") {
		t.Fatal("no such item")
	}
	w.pull(t)
	in = w.last(t)
	if in.Kind != desk.InputPress || in.Press.Data != "s|空调|" || in.Press.Ref != ref || in.Text != "空调" {
		t.Errorf("tapped: %+v", in)
	}
	w.KFPhoto(zhang, []byte("\xff\xd8\xffleak"))
	w.pull(t)
	in = w.last(t)
	if in.Kind != desk.InputPhoto || len(in.Files) != 1 || in.Files[0].Kind != desk.FilePhoto || in.From.Name != "张敏" {
		t.Fatalf("photo: %+v", in)
	}
	body, err := w.weixin.Fetch(context.Background(), in.Files[0])
	if err != nil {
		t.Fatal(err)
	}
	if data, err := io.ReadAll(body); string(data) != "\xff\xd8\xffleak" || err != nil {
		t.Errorf("fetched %q, %v", data, err)
	}
	_ = body.Close()
	if diff := cmp.Diff([]string{"A3-402 哪里坏了？\n[水电]\n[空调]"}, w.told(zhang)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if n := len(w.Calls("kf/customer/batchget")); n != 1 {
		t.Errorf("the name was asked for %d times", n)
	}
	w.obedient(t)
}

func TestKFKindsOfMessage(t *testing.T) {
	w := newKFWorld(t, nil)
	w.AddCustomer(zhang, "张敏")
	w.KFSay(zhang, " ／Find 空调 ")
	w.KFFile(zhang, "voice", "a.amr", []byte("#!AMR\nhello"))
	w.KFFile(zhang, "video", "a.mp4", []byte("video-bytes"))
	w.KFFile(zhang, "file", "a.pdf", []byte("%PDF-1.7"))
	w.KFLocation(zhang, "图书馆", "学院路1号")
	w.KFTapOld(zhang, "旧按钮", "t|gone|take|")
	w.KFInject(map[string]any{"origin": 3, "msgtype": "hologram", "external_userid": zhang, "open_kfid": w.KFID()})
	// Nothing for the desk: an employee's words, a message taken back, a change of
	// the session, another account, an entry that is no message.
	w.KFInject(map[string]any{"origin": 5, "msgtype": "text", "external_userid": zhang, "open_kfid": w.KFID(), "text": map[string]any{"content": "员工"}})
	w.KFInject(map[string]any{"origin": 3, "msgtype": "text", "external_userid": zhang, "open_kfid": "wkOther", "text": map[string]any{"content": "别的"}})
	w.KFInject(map[string]any{"origin": "x"})
	w.KFRecall(zhang, "kfmsg000001")
	w.KFMove(zhang, 1)
	w.pull(t)
	var got []string
	for _, in := range w.inputs(t) {
		s := string(in.Kind) + " " + in.Text
		if in.Command != "" {
			s += " =" + in.Command + "(" + in.Arg + ")"
		}
		for _, f := range in.Files {
			s += " " + string(f.Kind)
		}
		if in.Press != nil {
			s += " " + in.Press.Data
		}
		got = append(got, s)
	}
	want := []string{
		"text  ／Find 空调  =find(空调)", "file  voice", "file  video", "file  file",
		"location 图书馆 学院路1号", "press 旧按钮 t|gone|take|", "other ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if strings.Contains(w.log.String(), "员工") || !strings.Contains(w.log.String(), "passed over") {
		t.Errorf("log:\n%s", w.log)
	}
}

// A label that is written, and a number where numbers were shown, means what it
// says on the message with buttons that came last.
func TestKFNumbersAndLabels(t *testing.T) {
	w := newKFWorld(t, nil)
	w.AddCustomer(zhang, "张敏")
	w.KFSay(zhang, "2")
	w.pull(t)
	if in := w.last(t); in.Kind != desk.InputText {
		t.Errorf("a number when nothing was asked: %+v", in)
	}
	for _, labels := range [][]string{
		{"水电", "空调", "其他"},
		{"1号楼", "空调", "其他", "d", "e", "f", "g", "h", "i", "j", "k"}, // beyond a menu: numbered
	} {
		ref, err := w.send(zhang, desk.Drawn{Text: "哪里？", Buttons: items(labels...), Key: "key" + fmt.Sprint(len(labels))})
		if err != nil {
			t.Fatal(err)
		}
		chooses, words := []string{"空调", " 空调 "}, []string{"0", "12", "2号楼", "空调坏了", "402"}
		if numbers := []string{"2", " 2。", "２"}; len(labels) > kfMaxItems {
			chooses = append(chooses, numbers...)
		} else {
			words = append(words, numbers...) // A menu shows none: they answer something else.
		}
		for _, words := range chooses {
			w.KFSay(zhang, words)
			w.pull(t)
			in := w.last(t)
			if in.Press == nil || in.Press.Data != "s|空调|" || in.Press.Ref != ref || in.Kind != desk.InputPress {
				t.Errorf("%q: %+v", words, in)
			}
		}
		for _, words := range words {
			w.KFSay(zhang, words)
			w.pull(t)
			if in := w.last(t); in.Kind != desk.InputText || in.Press != nil {
				t.Errorf("%q: %+v", words, in)
			}
		}
	}
	if got := w.told(zhang)[1]; !strings.HasPrefix(got, "哪里？\n\n请回复数字：\n1. 1号楼\n2. 空调\n") {
		t.Errorf("numbered:\n%s", got)
	}
	w.obedient(t)
}

// Whatever fails and wherever the program is killed: everything that people
// wrote is handled once, in their order.
func TestKFNothingLostNothingDoubled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newKFWorld(t, nil)
		people := []string{"wmA", "wmB", "wmC"}
		want := map[string][]string{}
		for _, id := range people {
			w.AddCustomer(id, "n"+id)
		}
		w.pull(t) // the first start leaves out what is old
		count := 0
		t.Repeat(map[string]func(*rapid.T){
			"say": func(t *rapid.T) {
				count++
				id, text := rapid.SampledFrom(people).Draw(t, "who"), fmt.Sprint("words ", count)
				w.KFSay(id, text)
				want[id] = append(want[id], text)
			},
			"pages": func(t *rapid.T) {
				w.KFPages(rapid.IntRange(1, 4).Draw(t, "page"), rapid.IntRange(0, 2).Draw(t, "empty"))
			},
			"time": func(t *rapid.T) {
				w.clock.Advance(time.Duration(rapid.IntRange(1, 3600).Draw(t, "seconds")) * time.Second)
			},
			"pull": func(t *rapid.T) {
				switch rapid.IntRange(0, 5).Draw(t, "fault") {
				case 0:
					w.desk.before = rapid.IntRange(1, 4).Draw(t, "commit")
				case 1:
					w.desk.after = rapid.IntRange(1, 4).Draw(t, "commit")
				case 2:
					w.Lose("kf/sync_msg", 1)
				case 3:
					w.EndTokens()
				case 4:
					w.Fail("kf/sync_msg", 502, 1)
				}
				if _, err := w.puller.Step(context.Background()); err != nil && rapid.Bool().Draw(t, "killed") {
					w.start(t)
				}
				w.desk.before, w.desk.after = 0, 0
			},
			"": func(*rapid.T) {},
		})
		w.Heal()
		w.clock.Advance(2 * time.Minute)
		w.pull(t)
		got := map[string][]string{}
		for _, in := range w.inputs(t) {
			got[in.From.ID] = append(got[in.From.ID], in.Text)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("-want +got:\n%s", diff)
		}
		w.obedient(t)
	})
}

// When WeCom no longer knows the place, the last three days are read again: what
// was handled is recognised, and no used window opens again.
func TestKFReadAgainFromTheBeginning(t *testing.T) {
	w := newKFWorld(t, nil)
	w.AddCustomer(zhang, "张敏")
	w.KFSay(zhang, "one")
	w.KFSay(zhang, "two") // in the same second
	w.pull(t)
	w.clock.Advance(time.Second)
	for i := range 5 {
		if _, err := w.send(zhang, desk.Drawn{Text: "x", Key: fmt.Sprint("k", i)}); err != nil {
			t.Fatal(err)
		}
	}
	w.KFForgetCursors()
	w.KFWake()
	w.pull(t)
	if n := len(w.inputs(t)); n != 2 {
		t.Errorf("%d handled, want 2", n)
	}
	if left := w.window(t, zhang).Left; left != 0 {
		t.Errorf("%d left after reading again", left)
	}
	w.clock.Advance(time.Second)
	w.KFSay(zhang, "three")
	w.pull(t)
	if n, left := len(w.inputs(t)), w.window(t, zhang).Left; n != 3 || left != 5 {
		t.Errorf("%d handled, %d left", n, left)
	}
	if n := strings.Count(w.log.String(), "read again"); n != 1 {
		t.Errorf("said %d times that all is read again", n)
	}
}

// The first start ever does not answer what is older than an hour, on however
// many pages it comes; a later start answers everything.
func TestKFFirstStart(t *testing.T) {
	w := newKFWorld(t, nil)
	w.AddCustomer(zhang, "张敏")
	for range 3 {
		w.KFSay(zhang, "from before the desk")
	}
	w.clock.Advance(61 * time.Minute)
	w.KFSay(zhang, "is anybody there")
	w.KFPages(1, 1)
	w.pull(t)
	w.clock.Advance(20 * time.Hour)
	w.KFSay(zhang, "at night")
	w.clock.Advance(30 * time.Hour)
	w.start(t)
	w.pull(t)
	var got []string
	for _, in := range w.inputs(t) {
		got = append(got, in.Text)
	}
	if diff := cmp.Diff([]string{"is anybody there", "at night"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if until := w.window(t, zhang).Until; !until.Equal(kfStart.Add(61*time.Minute + 68*time.Hour)) {
		t.Errorf("window until %v", until)
	}
}

func TestKFTokensAndWaits(t *testing.T) {
	w := newKFWorld(t, nil)
	w.AddCustomer(zhang, "张敏")
	w.pull(t) // the first start asks without being told
	w.KFSay(zhang, "hi")
	w.pull(t)
	w.clock.Advance(10 * time.Minute)
	w.pull(t) // the token is too old by now
	var tokens []bool
	for _, c := range w.Calls("kf/sync_msg") {
		tokens = append(tokens, strings.Contains(c.Body, `"token":"KFTOKEN-`))
		if c.Code != 0 {
			t.Errorf("code %d", c.Code)
		}
	}
	if diff := cmp.Diff([]bool{false, true, false}, tokens); diff != "" {
		t.Errorf("tokens: -want +got:\n%s", diff)
	}
	// A token that WeCom does not take is left out.
	w.corp.onKF("KFTOKEN-forged", w.KFID())
	if _, err := w.puller.Step(context.Background()); err != nil {
		t.Error(err)
	}
	select {
	case <-w.weixin.Woken():
	default:
		t.Error("the callback did not wake")
	}
	w.corp.onKF("KFTOKEN-other", "wkOtherAccount")
	select {
	case <-w.weixin.Woken():
		t.Error("woken for another account")
	default:
	}
	w.Fail("kf/sync_msg", 500, 3)
	var waits []time.Duration
	for range 3 {
		wait, err := w.puller.Step(context.Background())
		if err == nil || w.puller.Problem() == "" {
			t.Error("no error, or no problem")
		}
		waits = append(waits, wait)
	}
	if diff := cmp.Diff([]time.Duration{time.Second, 2 * time.Second, 4 * time.Second}, waits); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	wait, err := w.puller.Step(context.Background())
	if wait != kfEvery || err != nil || w.puller.Problem() != "" || !w.puller.LastSuccess().Equal(w.clock.Now()) {
		t.Errorf("well again: %v, %v, %q, %v", wait, err, w.puller.Problem(), w.puller.LastSuccess())
	}
	if strings.Contains(w.log.String(), w.Secret()) || strings.Contains(w.log.String(), "KFTOKEN") || strings.Contains(w.log.String(), "access_token") {
		t.Errorf("a secret in the log:\n%s", w.log)
	}
}

// FuzzKFDecode: any bytes give an input that the desk can take, or none.
func FuzzKFDecode(f *testing.F) {
	for _, seed := range []string{
		`{"msgid":"a","send_time":1700000000,"origin":3,"msgtype":"text","external_userid":"wm","text":{"content":"hi","menu_id":"x"}}`,
		`{"msgid":"a","origin":4,"msgtype":"event","event":{"event_type":"enter_session","external_userid":"wm","scene_param":"%41","welcome_code":"c"}}`,
		`{"msgid":"a","origin":4,"msgtype":"event","event":{"event_type":"msg_send_fail","external_userid":"wm","fail_msgid":"abc__p0","fail_type":10}}`,
		`{"msgid":"a","origin":3,"msgtype":"image","external_userid":"wm","image":{"media_id":"m"}}`,
		`{"msgid":"a","origin":3,"msgtype":"event","external_userid":"wm","event":{}}`, `null`, `[]`,
		`{"msgid":"a","send_time":999999999999,"origin":3,"msgtype":"text","external_userid":"wm","text":{"content":"hi"}}`, `{"send_time":9e99}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		it, ok, err := decodeKF(raw, "wkX")
		if err != nil && ok {
			t.Fatal("an error and an input")
		}
		if !ok {
			return
		}
		in := it.in
		if in.From.ID == "" || in.UpdateID == "" || in.Channel != WeixinName || in.Chat.ID != in.From.ID {
			t.Fatalf("%+v", in)
		}
		if it.say && in.Kind == "" || (in.Kind == desk.InputPress) != (in.Press != nil) {
			t.Fatalf("%+v", in)
		}
		in.Raw = nil
		if _, err := json.Marshal(in); err != nil || len(in.UpdateID)+len(in.From.ID) > 256 {
			t.Fatalf("cannot be stored: %v", err)
		}
		if strings.Contains(in.Text+in.Arg, "\x00") {
			t.Fatalf("U+0000 in %q %q", in.Text, in.Arg)
		}
	})
}
