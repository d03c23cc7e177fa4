package wecom

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"frontdesk/desk"
)

const testAgent = 1000002

// inner is an opened callback with the head that all have.
func inner(kind, more string) string {
	return fmt.Sprintf("<xml><ToUserName><![CDATA[%s]]></ToUserName><FromUserName><![CDATA[lijie]]></FromUserName>"+
		"<CreateTime>1772438400</CreateTime><MsgType><![CDATA[%s]]></MsgType>%s<AgentID>%d</AgentID></xml>", testCorp, kind, more, testAgent)
}

func sent(kind, more string) string {
	return inner(kind, more+"<MsgId>7000000000000000001</MsgId>")
}

func happened(event, more string) string {
	return inner("event", "<Event><![CDATA["+event+"]]></Event>"+more)
}

func said(kind desk.InputKind, change func(*desk.Input)) *desk.Input {
	in := &desk.Input{
		Channel: Name, Bot: "1000002", UpdateID: "7000000000000000001", Kind: kind,
		At: time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC), From: desk.Sender{ID: "lijie"},
		Chat: desk.InputChat{ID: "lijie", Kind: desk.ChatPrivate}, Ref: "7000000000000000001",
	}
	if change != nil {
		change(in)
	}
	return in
}

// did is an input of an event: its id is a hash, which the test looks at
// elsewhere.
func did(kind desk.InputKind, change func(*desk.Input)) *desk.Input {
	return said(kind, func(in *desk.Input) {
		in.UpdateID, in.Ref = "h", ""
		if change != nil {
			change(in)
		}
	})
}

func text(words, command, arg string) func(*desk.Input) {
	return func(in *desk.Input) { in.Text, in.Command, in.Arg = words, command, arg }
}

func file(kind desk.FileKind, id, name, mime string) func(*desk.Input) {
	return func(in *desk.Input) {
		in.Files = []desk.File{{Kind: kind, Channel: Name, ID: id, Name: name, MIME: mime}}
	}
}

func pressing(data, task string) func(*desk.Input) {
	return func(in *desk.Input) {
		in.Ref, in.Press = task, &desk.Press{ID: "lijie/h", Data: data, Ref: task}
	}
}

const cardPress = `<EventKey><![CDATA[k1]]></EventKey><TaskId><![CDATA[T9-1]]></TaskId><CardType><![CDATA[button_interaction]]></CardType><ResponseCode><![CDATA[CODE]]></ResponseCode>`

func selected(ids ...string) string {
	s := "<SelectedItems><SelectedItem><QuestionKey><![CDATA[q]]></QuestionKey><OptionIds>"
	for _, id := range ids {
		s += "<OptionId><![CDATA[" + id + "]]></OptionId>"
	}
	return s + "</OptionIds></SelectedItem></SelectedItems>"
}

var decodeTests = []struct {
	name, raw string
	want      *desk.Input // nil: nothing for the desk
}{
	{"text", sent("text", `<Content><![CDATA[水管漏水]]></Content>`), said(desk.InputText, func(in *desk.Input) { in.Text, in.From.Lang = "水管漏水", "zh" })},
	{"command", sent("text", `<Content><![CDATA[/repair 水管]]></Content>`), said(desk.InputText, text("/repair 水管", "repair", "水管"))},
	{"command of a Chinese keyboard", sent("text", `<Content><![CDATA[／Ｒｅｐａｉｒ　水管]]></Content>`), said(desk.InputText, text("／Ｒｅｐａｉｒ　水管", "repair", "水管"))},
	{"marked text", sent("text", `<Content><![CDATA[<b>1 & 2</b>]]></Content>`), said(desk.InputText, text("<b>1 & 2</b>", "", ""))},
	{"control characters", sent("text", "<Content><![CDATA[a\x0bb]]></Content>"), said(desk.InputText, text("a\uFFFDb", "", ""))},
	{"empty text", sent("text", `<Content><![CDATA[ ]]></Content>`), said(desk.InputOther, nil)},
	{"image", sent("image", `<PicUrl><![CDATA[https://x.example/]]></PicUrl><MediaId><![CDATA[M1]]></MediaId>`), said(desk.InputPhoto, file(desk.FilePhoto, "M1", "", "image/jpeg"))},
	{"image without id", sent("image", `<PicUrl><![CDATA[https://x.example/]]></PicUrl>`), said(desk.InputOther, nil)},
	{"voice", sent("voice", `<MediaId><![CDATA[M2]]></MediaId><Format><![CDATA[amr]]></Format>`), said(desk.InputFile, file(desk.FileVoice, "M2", "", "audio/amr"))},
	{"voice of another format", sent("voice", `<MediaId><![CDATA[M2]]></MediaId><Format><![CDATA[speex]]></Format>`), said(desk.InputFile, file(desk.FileVoice, "M2", "", ""))},
	{"video", sent("video", `<MediaId><![CDATA[M3]]></MediaId><ThumbMediaId><![CDATA[M4]]></ThumbMediaId>`), said(desk.InputFile, file(desk.FileVideo, "M3", "", "video/mp4"))},
	{"file", sent("file", `<MediaId><![CDATA[M5]]></MediaId><FileName><![CDATA[报价.pdf]]></FileName>`), said(desk.InputFile, file(desk.FileOther, "M5", "报价.pdf", ""))},
	{"location", sent("location", `<Location_X>23.1</Location_X><Location_Y>113.3</Location_Y><Scale>20</Scale><Label><![CDATA[3号楼 ]]></Label>`), said(desk.InputLocation, text("3号楼", "", ""))},
	{"link", sent("link", `<Title><![CDATA[/repair]]></Title><Description><![CDATA[d]]></Description><Url><![CDATA[https://x.example/]]></Url>`), said(desk.InputText, text("/repair\nd\nhttps://x.example/", "", ""))},
	{"empty link", sent("link", ``), said(desk.InputOther, nil)},
	{"unknown kind", sent("hologram", `<Content><![CDATA[x]]></Content>`), said(desk.InputOther, nil)},
	{"menu", happened("click", `<EventKey><![CDATA[/repair]]></EventKey>`), did(desk.InputText, text("/repair", "repair", ""))},
	{"menu in capitals", happened("CLICK", `<EventKey><![CDATA[/open]]></EventKey>`), did(desk.InputText, text("/open", "open", ""))},
	{"menu without key", happened("click", `<EventKey><![CDATA[]]></EventKey>`), nil},
	{"menu that opens a page", happened("view", `<EventKey><![CDATA[https://x.example/]]></EventKey>`), nil},
	{"press", happened("template_card_event", cardPress), did(desk.InputPress, pressing("k1", "T9-1"))},
	{"press with a choice", happened("template_card_event", cardPress+selected("o2")), did(desk.InputPress, pressing("o2", "T9-1"))},
	{"press with choices", happened("template_card_event", cardPress+selected("o1", "o2")), did(desk.InputPress, pressing("k1", "T9-1"))},
	{"press with an empty choice", happened("template_card_event", cardPress+`<SelectedItems></SelectedItems>`), did(desk.InputPress, pressing("k1", "T9-1"))},
	{"press without key", happened("template_card_event", `<EventKey></EventKey><TaskId><![CDATA[T9-1]]></TaskId>`), nil},
	{"press in the corner", happened("template_card_menu_event", cardPress), did(desk.InputPress, pressing("k1", "T9-1"))},
	{"entered", happened("enter_agent", `<EventKey><![CDATA[]]></EventKey>`), did(desk.InputEntered, nil)},
	{"subscribed", happened("subscribe", ``), did(desk.InputReturned, nil)},
	{"unsubscribed", happened("unsubscribe", ``), did(desk.InputBlocked, nil)},
	{"where somebody is", happened("LOCATION", `<Latitude>23.1</Latitude><Longitude>113.3</Longitude>`), nil},
	{"unknown event", happened("moon_landing", ``), nil},
	{"event without a name", inner("event", ``), nil},
}

func TestDecode(t *testing.T) {
	for _, tt := range decodeTests {
		t.Run(tt.name, func(t *testing.T) {
			n, err := decodeNotice([]byte(tt.raw), testCorp, testAgent)
			if err != nil || n.say != (tt.want != nil) {
				t.Fatalf("say %v, %v: %+v", n.say, err, n.in)
			}
			if !n.say {
				return
			}
			got := n.in
			if string(got.Raw) != tt.raw {
				t.Errorf("Raw = %s", got.Raw)
			}
			if tt.want.UpdateID == "h" {
				if len(got.UpdateID) != 65 || got.UpdateID[0] != 'h' {
					t.Errorf("UpdateID = %q", got.UpdateID)
				}
				if got.Press != nil && got.Press.ID == "lijie/"+got.UpdateID {
					got.Press.ID = "lijie/h"
				}
				got.UpdateID = "h"
			}
			if diff := cmp.Diff(*tt.want, got, cmpopts.IgnoreFields(desk.Input{}, "Raw")); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// What WeCom cannot have meant is refused.
func TestDecodeRefused(t *testing.T) {
	words := `<Content><![CDATA[hi]]></Content>`
	good := sent("text", words)
	for name, tt := range map[string]struct {
		raw  string
		want error
	}{
		"no XML":              {"hi", errXML},
		"an echo":             {"1616140317555161061", errXML},
		"another corp":        {strings.Replace(good, testCorp, "wwffff", 1), errAddress},
		"another application": {strings.Replace(good, "1000002", "1000779", 1), errAddress},
		"nobody":              {strings.Replace(good, "lijie", "", 1), errForm},
		"a path as somebody":  {strings.Replace(good, "lijie", "../lijie", 1), errForm},
		"a long somebody":     {strings.Replace(good, "lijie", strings.Repeat("a", 65), 1), errForm},
		"no kind":             {strings.Replace(good, "[text]", "[]", 1), errForm},
		"in an envelope":      {sent("text", words+`<Encrypt><![CDATA[x]]></Encrypt>`), errForm},
		"in a deep envelope":  {sent("text", words+`<A><Encrypt><![CDATA[x]]></Encrypt></A>`), errForm},
		"an envelope":         {sealer().Envelope(sealer().Encrypt(good)), errForm},
		"twice":               {sent("text", words+words), errXML},
		"two senders":         {sent("text", words+`<FromUserName><![CDATA[x]]></FromUserName>`), errXML},
		"something behind":    {good + good, errXML},
	} {
		if n, err := decodeNotice([]byte(tt.raw), testCorp, testAgent); err != tt.want {
			t.Errorf("%s: %+v, %v, want %v", name, n.in, err, tt.want)
		}
	}
}

// Two events of one second that differ in anything are two; the same one is the
// same, and a message is known by its id.
func TestUpdateID(t *testing.T) {
	id := func(raw string) string {
		n, err := decodeNotice([]byte(raw), testCorp, testAgent)
		if err != nil {
			t.Fatal(err)
		}
		return n.in.DedupeKey()
	}
	press := happened("template_card_event", cardPress)
	if id(press) != id(press) {
		t.Error("one press is two")
	}
	for _, change := range []string{"k1", "T9-1", "CODE", "1772438400", "lijie"} {
		if id(press) == id(strings.Replace(press, change, change[:len(change)-1]+"2", 1)) {
			t.Errorf("another %s is the same press", change)
		}
	}
	message := sent("text", `<Content><![CDATA[hi]]></Content>`)
	if id(message) != id(strings.Replace(message, "1772438400", "1772438405", 1)) {
		t.Error("a message told again is another")
	}
	if odd := id(strings.Replace(message, "7000000000000000001", strings.Repeat("/", 2000), 1)); len(odd) > 100 {
		t.Errorf("a key of %d bytes", len(odd))
	}
}

func TestDecodeKF(t *testing.T) {
	raw := `<xml><ToUserName><![CDATA[` + testCorp + `]]></ToUserName><CreateTime>1772438400</CreateTime><MsgType><![CDATA[event]]></MsgType>` +
		`<Event><![CDATA[kf_msg_or_event]]></Event><Token><![CDATA[ENC1]]></Token><OpenKfId><![CDATA[wk1]]></OpenKfId></xml>`
	n, err := decodeNotice([]byte(raw), testCorp, testAgent)
	if err != nil || n.say || n.kfID != "wk1" || n.kfToken != "ENC1" {
		t.Errorf("%+v, %v", n, err)
	}
}

// Any bytes are decoded without a panic, and what is decoded has an identity
// that the store takes.
func FuzzDecode(f *testing.F) {
	for _, tt := range decodeTests {
		f.Add([]byte(tt.raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		n, err := decodeNotice(raw, testCorp, testAgent)
		if err != nil || !n.say {
			return
		}
		in := n.in
		if in.Kind == "" || in.From.ID == "" || in.From.ID != in.Chat.ID || in.UpdateID == "" || len(in.DedupeKey()) > 128 {
			t.Errorf("incomplete: %+v", in)
		}
		if (in.Kind == desk.InputPress) != (in.Press != nil) || in.Press != nil && (in.Press.Data == "" || in.Press.ID == "") {
			t.Errorf("a press that is none: %+v", in)
		}
		if _, err := json.Marshal(in); err != nil {
			t.Error(err)
		}
	})
}

func TestLanguageOf(t *testing.T) {
	for text, want := range map[string]string{
		"水管漏水": "zh", "3-502 没热水 please": "zh", "No hot water in 3-502": "en", "It's broken.": "en",
		"3-502": "", "ok": "", "B1 a": "", "": "", "горячей воды нет": "",
	} {
		if got := languageOf(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
