package telegram

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"frontdesk/desk"
)

var me = Identity{ID: 1000001, Name: "frontdesk_bot"}

const (
	fromAlice = `"from":{"id":7,"is_bot":false,"first_name":"Alice","last_name":"Wang","language_code":"zh-Hans"}`
	private   = `"chat":{"id":7,"type":"private","first_name":"Alice"}`
	group     = `"chat":{"id":-1001,"type":"supergroup","title":"Repairs","is_forum":true}`
	when      = `"date":1767225600`
)

func alice() desk.Sender { return desk.Sender{ID: "7", Name: "Alice Wang", Lang: "zh-hans"} }

func said(kind desk.InputKind, change func(*desk.Input)) *desk.Input {
	in := &desk.Input{
		Channel: "telegram", Bot: "1000001", UpdateID: "5", Kind: kind, At: time.Unix(1767225600, 0).UTC(),
		From: alice(), Chat: desk.InputChat{ID: "7", Kind: desk.ChatPrivate}, Ref: "9",
	}
	if change != nil {
		change(in)
	}
	return in
}

func inGroup(in *desk.Input) {
	in.Chat = desk.InputChat{ID: "-1001", Kind: desk.ChatGroup, Title: "Repairs", Forum: true}
}

func message(fields string) string {
	return `{"update_id":5,"message":{"message_id":9,` + when + `,` + fromAlice + `,` + private + fields + `}}`
}

func groupMessage(fields string) string {
	return `{"update_id":5,"message":{"message_id":9,` + when + `,` + fromAlice + `,` + group + fields + `}}`
}

// A nil want means that there is nothing in it for the desk.
var decodeTests = []struct {
	name, raw string
	want      *desk.Input
}{
	{"text", message(`,"text":"tap drips"`), said(desk.InputText, func(in *desk.Input) { in.Text = "tap drips" })},
	{"command", message(`,"text":"/start r_x","entities":[{"type":"bot_command","offset":0,"length":6}]`),
		said(desk.InputText, func(in *desk.Input) { in.Text, in.Command, in.Arg = "/start r_x", "start", "r_x" })},
	{"command of this bot", groupMessage(`,"text":"/link@FrontDesk_Bot eng"`), said(desk.InputText, func(in *desk.Input) {
		inGroup(in)
		in.Text, in.Command, in.Arg = "/link@FrontDesk_Bot eng", "link", "eng"
	})},
	{"command of another bot", groupMessage(`,"text":"/link@other_bot eng"`), nil},
	{"command of another bot in private", message(`,"text":"/help@other_bot"`), said(desk.InputText, func(in *desk.Input) {
		in.Text, in.Command = "/help@other_bot", "help"
	})},
	{"topic", groupMessage(`,"is_topic_message":true,"message_thread_id":4,"text":"hi","reply_to_message":{"message_id":4,` +
		when + `,"from":{"id":1000001,"is_bot":true},` + group + `}`), said(desk.InputText, func(in *desk.Input) {
		inGroup(in)
		in.Chat.Thread, in.Text = "4", "hi"
	})},
	{"thread that is no topic", groupMessage(`,"message_thread_id":4,"text":"hi"`), said(desk.InputText, func(in *desk.Input) {
		inGroup(in)
		in.Text = "hi"
	})},
	{"reply to the bot", groupMessage(`,"text":"note","reply_to_message":{"message_id":3,` + when + `,"from":{"id":1000001,"is_bot":true},` + group + `}`),
		said(desk.InputText, func(in *desk.Input) {
			inGroup(in)
			in.Text, in.ReplyTo = "note", "3"
		})},
	{"reply to somebody else", message(`,"text":"note","reply_to_message":{"message_id":3,` + when + `,"from":{"id":8},` + private + `}`),
		said(desk.InputText, func(in *desk.Input) { in.Text = "note" })},
	{"photo of an album", message(`,"media_group_id":"al","caption":"/repair sink","photo":[{"file_id":"s","file_unique_id":"us","width":90,"height":90,"file_size":900},{"file_id":"l","file_unique_id":"ul","width":1280,"height":960,"file_size":90000},{"file_id":"m","file_unique_id":"um","width":320,"height":240,"file_size":9000}]`),
		said(desk.InputPhoto, func(in *desk.Input) {
			in.Album, in.Text, in.Command, in.Arg = "al", "/repair sink", "repair", "sink"
			in.Files = []desk.File{{Kind: desk.FilePhoto, Channel: "telegram", ID: "l", Unique: "ul", MIME: "image/jpeg", Size: 90000}}
		})},
	{"voice", message(`,"voice":{"file_id":"v","file_unique_id":"uv","duration":3,"mime_type":"audio/ogg","file_size":44}`),
		said(desk.InputFile, func(in *desk.Input) {
			in.Files = []desk.File{{Kind: desk.FileVoice, Channel: "telegram", ID: "v", Unique: "uv", MIME: "audio/ogg", Size: 44}}
		})},
	{"video note", message(`,"video_note":{"file_id":"v","file_unique_id":"uv","length":240,"duration":3,"file_size":44}`),
		said(desk.InputFile, func(in *desk.Input) {
			in.Files = []desk.File{{Kind: desk.FileVideo, Channel: "telegram", ID: "v", Unique: "uv", MIME: "video/mp4", Size: 44}}
		})},
	{"document", message(`,"document":{"file_id":"d","file_unique_id":"ud","file_name":"plan.pdf","mime_type":"application/pdf","file_size":44}`),
		said(desk.InputFile, func(in *desk.Input) {
			in.Files = []desk.File{{Kind: desk.FileOther, Channel: "telegram", ID: "d", Unique: "ud", Name: "plan.pdf", MIME: "application/pdf", Size: 44}}
		})},
	{"animation", message(`,"animation":{"file_id":"a","file_unique_id":"ua"},"document":{"file_id":"a","file_unique_id":"ua"}`), said(desk.InputSticker, nil)},
	{"sticker", message(`,"sticker":{"file_id":"a","type":"some_new_type"}`), said(desk.InputSticker, nil)},
	{"poll", message(`,"poll":{"id":"1","question":"?"}`), said(desk.InputSticker, nil)},
	{"location", message(`,"location":{"latitude":1,"longitude":2}`), said(desk.InputLocation, nil)},
	{"venue", message(`,"location":{"latitude":1,"longitude":2},"venue":{"title":"Gate 3","address":"North Road"}`),
		said(desk.InputLocation, func(in *desk.Input) { in.Text = "Gate 3 North Road" })},
	{"own contact", message(`,"contact":{"phone_number":"+8613800138000","first_name":"A","user_id":7}`),
		said(desk.InputContact, func(in *desk.Input) { in.Phone = "+8613800138000" })},
	{"contact of another", message(`,"contact":{"phone_number":"+8613800138000","first_name":"B","user_id":8}`), said(desk.InputContact, nil)},
	{"contact of nobody", message(`,"contact":{"phone_number":"+8613800138000","first_name":"B"}`), said(desk.InputContact, nil)},
	{"something new", message(`,"hologram":{"id":1}`), said(desk.InputOther, nil)},
	{"forward from a new kind of origin", message(`,"forward_origin":{"type":"martian"},"text":"x"`),
		said(desk.InputText, func(in *desk.Input) { in.Text, in.Forwarded = "x", true })},
	{"U+0000", message(`,"text":"a\u0000b"`), said(desk.InputText, func(in *desk.Input) { in.Text = "a\uFFFDb" })},
	{"edited", `{"update_id":5,"edited_message":{"message_id":9,` + when + `,"edit_date":1767225660,` + fromAlice + `,` + private + `,"text":"new"}}`,
		said(desk.InputText, func(in *desk.Input) {
			in.Text, in.Edited, in.At = "new", true, time.Unix(1767225660, 0).UTC()
		})},
	{"anonymous administrator", `{"update_id":5,"message":{"message_id":9,` + when + `,"from":{"id":1087968824,"is_bot":true,"first_name":"Group","username":"GroupAnonymousBot"},"sender_chat":{"id":-1001,"type":"supergroup","title":"Repairs"},` + group + `,"text":"/link eng"}}`,
		said(desk.InputText, func(in *desk.Input) {
			inGroup(in)
			in.From = desk.Sender{ID: "1087968824", Name: "Repairs", Anonymous: true}
			in.Text, in.Command, in.Arg = "/link eng", "link", "eng"
		})},
	{"linked channel", `{"update_id":5,"message":{"message_id":9,` + when + `,"from":{"id":777000,"is_bot":false,"first_name":"Telegram"},"is_automatic_forward":true,` + group + `,"text":"news"}}`,
		said(desk.InputText, func(in *desk.Input) {
			inGroup(in)
			in.From = desk.Sender{ID: "777000", Name: "Telegram", Anonymous: true}
			in.Text, in.Forwarded = "news", true
		})},
	{"another bot", `{"update_id":5,"message":{"message_id":9,` + when + `,"from":{"id":55,"is_bot":true,"first_name":"Robot"},` + group + `,"text":"beep"}}`,
		said(desk.InputText, func(in *desk.Input) {
			inGroup(in)
			in.From, in.Text = desk.Sender{ID: "55", Name: "Robot", Bot: true}, "beep"
		})},
	{"public group", `{"update_id":5,"message":{"message_id":9,` + when + `,` + fromAlice + `,"chat":{"id":-1001,"type":"supergroup","title":"Repairs","username":"repairs"},"text":"hi"}}`,
		said(desk.InputText, func(in *desk.Input) {
			in.Chat = desk.InputChat{ID: "-1001", Kind: desk.ChatGroup, Title: "Repairs", Public: true}
			in.Text = "hi"
		})},
	{"press", `{"update_id":5,"callback_query":{"id":"cb","chat_instance":"1","data":"k1",` + fromAlice + `,"message":{"message_id":9,` + when + `,"from":{"id":1000001,"is_bot":true},` + group + `,"is_topic_message":true,"message_thread_id":4,"text":"card","reply_markup":{"inline_keyboard":[[{"text":"Take","callback_data":"k1"},{"text":"Map","url":"https://x"}]]}}}}`,
		said(desk.InputPress, func(in *desk.Input) {
			inGroup(in)
			in.Chat.Thread, in.At, in.Text = "4", time.Time{}, "Take"
			in.Press = &desk.Press{ID: "cb", Data: "k1", Ref: "9"}
		})},
	{"press on a message that is too old", `{"update_id":5,"callback_query":{"id":"cb","data":"k1",` + fromAlice + `,"message":{"message_id":9,"date":0,` + private + `}}}`,
		said(desk.InputPress, func(in *desk.Input) {
			in.At, in.Press = time.Time{}, &desk.Press{ID: "cb", Data: "k1", Ref: "9"}
		})},
	{"press without a message", `{"update_id":5,"callback_query":{"id":"cb","data":"k1",` + fromAlice + `}}`,
		said(desk.InputPress, func(in *desk.Input) {
			in.At, in.Ref, in.Press = time.Time{}, "", &desk.Press{ID: "cb", Data: "k1"}
		})},
	{"blocked", member(private, "member", "kicked"), said(desk.InputBlocked, func(in *desk.Input) { in.Ref = "" })},
	{"returned", member(private, "kicked", "member"), said(desk.InputReturned, func(in *desk.Input) { in.Ref = "" })},
	{"added", member(group, "left", "administrator"), said(desk.InputAdded, func(in *desk.Input) { inGroup(in); in.Ref = "" })},
	{"removed", member(group, "administrator", "kicked"), said(desk.InputRemoved, func(in *desk.Input) { inGroup(in); in.Ref = "" })},
	{"promoted", member(group, "member", "administrator"), nil},
	{"unknown status", member(group, "member", "emperor"), nil},
	{"migrated, told by the old group", `{"update_id":5,"message":{"message_id":9,` + when + `,` + fromAlice + `,"chat":{"id":-9,"type":"group","title":"Repairs"},"migrate_to_chat_id":-1001}}`,
		said(desk.InputMigrated, func(in *desk.Input) {
			in.Chat, in.MigratedTo = desk.InputChat{ID: "-9", Kind: desk.ChatGroup, Title: "Repairs"}, "-1001"
		})},
	{"migrated, told by the new group", groupMessage(`,"migrate_from_chat_id":-9`), said(desk.InputMigrated, func(in *desk.Input) {
		inGroup(in)
		in.Chat.ID, in.MigratedTo = "-9", "-1001"
	})},
	{"topic closed", groupMessage(`,"message_thread_id":4,"is_topic_message":true,"forum_topic_closed":{}`), said(desk.InputTopic, func(in *desk.Input) {
		inGroup(in)
		in.Chat.Thread, in.TopicClosed = "4", true
	})},
	{"topic reopened", groupMessage(`,"message_thread_id":4,"is_topic_message":true,"forum_topic_reopened":{}`), said(desk.InputTopic, func(in *desk.Input) {
		inGroup(in)
		in.Chat.Thread = "4"
	})},
	{"somebody joined", groupMessage(`,"new_chat_members":[{"id":8,"is_bot":false}]`), nil},
	{"pinned", groupMessage(`,"pinned_message":{"message_id":3,` + when + `,` + group + `}`), nil},
	{"channel", `{"update_id":5,"my_chat_member":{"chat":{"id":-5,"type":"channel"},` + fromAlice + `,` + when + `,"old_chat_member":{"status":"left"},"new_chat_member":{"status":"member"}}}`, nil},
	{"kind of update that was not asked for", `{"update_id":5,"message_reaction":{"chat":{"id":1}}}`, nil},
	{"empty", `{"update_id":5}`, nil},
	{"no update", `[]`, nil},
	{"no JSON", `<html>`, nil},
}

func member(chat, was, is string) string {
	return `{"update_id":5,"my_chat_member":{` + chat + `,` + fromAlice + `,` + when +
		`,"old_chat_member":{"status":"` + was + `","user":{"id":1000001}},"new_chat_member":{"status":"` + is + `","user":{"id":1000001}}}}`
}

func TestDecode(t *testing.T) {
	for _, tt := range decodeTests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := Decode([]byte(tt.raw), me)
			if ok != (tt.want != nil) {
				t.Fatalf("ok = %v: %+v", ok, got)
			}
			if !ok {
				return
			}
			if string(got.Raw) != tt.raw {
				t.Errorf("Raw = %s", got.Raw)
			}
			if diff := cmp.Diff(*tt.want, got, cmpopts.IgnoreFields(desk.Input{}, "Raw")); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestOrderKey(t *testing.T) {
	for raw, want := range map[string]string{
		message(`,"text":"x"`):                      "telegram:7",
		groupMessage(`,"text":"x"`):                 "telegram:7",
		groupMessage(`,"migrate_from_chat_id":-9`):  "telegram:-9",
		groupMessage(`,"sender_chat":{"id":-1001}`): "telegram:-1001",
		groupMessage(`,"forum_topic_closed":{}`):    "telegram:-1001",
		member(private, "member", "kicked"):         "telegram:7",
	} {
		in, ok := Decode([]byte(raw), me)
		if got := OrderKey(in); !ok || got != want {
			t.Errorf("OrderKey(%s) = %q, want %q", raw, got, want)
		}
	}
}

// Any bytes are decoded without a panic, and what is decoded has an identity.
func FuzzDecode(f *testing.F) {
	for _, tt := range decodeTests {
		f.Add([]byte(tt.raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		in, ok := Decode(raw, me)
		if !ok {
			return
		}
		if in.Kind == "" || in.Chat.ID == "" || in.From.ID == "" || in.UpdateID == "" {
			t.Errorf("incomplete: %+v", in)
		}
		if OrderKey(in) == "" {
			t.Error("no order key")
		}
	})
}
