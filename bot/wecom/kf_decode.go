package wecom

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strings"
	"time"

	"frontdesk/bot"
	"frontdesk/desk"
)

// kfItem is one entry of sync_msg in the desk's own words.
type kfItem struct {
	in desk.Input
	// say tells that in is for the desk; otherwise the entry only changes a window,
	// or nothing.
	say bool
	// wrote tells that the person themselves wrote, or with tapped, tapped an item
	// of a menu: that opens their window.
	wrote, tapped bool
	// shut tells that WeCom itself says that the window is shut, because the message
	// failed did not arrive.
	shut   bool
	failed string
	// welcome allows one message on the person's entering.
	welcome string
	// asked tells that WeCom was asked for the person's name.
	asked bool
}

// maxKFName is the most bytes of a name that WeCom gives, with much room: longer
// ones are no names, and would be no keys of the store.
const maxKFName = 128

// decodeKF turns one entry of sync_msg into the desk's own words. It is pure and
// accepts any bytes; ok is false when there is nothing in it for the desk of this
// account. The error tells why an entry cannot be read, without quoting it.
func decodeKF(raw []byte, account string) (it kfItem, ok bool, err error) {
	var m kfMessage
	// The store keeps no U+0000, and no person can type it.
	if err := json.Unmarshal(bytes.ReplaceAll(raw, []byte(`\u0000`), []byte(`\ufffd`)), &m); err != nil {
		return kfItem{}, false, err
	}
	it.in = desk.Input{Channel: WeixinName, Bot: account, UpdateID: m.ID, Ref: m.ID, Raw: raw, At: unixSeconds(m.Sent)}
	if m.ID == "" || len(m.ID) > maxKFName {
		sum := sha256.Sum256(raw)
		it.in.UpdateID = "h" + hex.EncodeToString(sum[:16])
	}
	kf, person := m.OpenKFID, m.Person
	if m.Event != nil {
		// https://developer.work.weixin.qq.com/document/path/94670: an event names
		// them inside of itself.
		kf, person = m.Event.OpenKFID, m.Event.Person
	}
	if person == "" || len(person) > maxKFName || kf != "" && kf != account {
		return kfItem{}, false, nil
	}
	it.in.From = desk.Sender{ID: person}
	it.in.Chat = desk.InputChat{ID: person, Kind: desk.ChatPrivate}
	switch {
	case m.Type == "event" && m.Event != nil && m.Origin != originCustomer:
		ok = it.event(m.Event)
	case m.Origin == originCustomer:
		it.message(&m)
		ok = true
	}
	if !ok {
		return kfItem{}, false, nil
	}
	return it, true, nil
}

// message reads what a customer sent.
func (it *kfItem) message(m *kfMessage) {
	in := &it.in
	it.say, it.wrote = true, true
	switch {
	case m.Type == "text" && m.Text != nil && m.Text.MenuID != "":
		it.tapped = true
		in.Kind, in.Text = desk.InputPress, m.Text.Content
		in.Press = &desk.Press{ID: pressName(*in), Data: m.Text.MenuID}
	case m.Type == "text" && m.Text != nil:
		say(in, m.Text.Content)
	case m.Type == "image" && m.Image.there():
		in.Kind = desk.InputPhoto
		in.Files = []desk.File{m.Image.file(desk.FilePhoto)}
	case m.Type == "voice" && m.Voice.there():
		in.Kind = desk.InputFile
		in.Files = []desk.File{m.Voice.file(desk.FileVoice)}
	case m.Type == "video" && m.Video.there():
		in.Kind = desk.InputFile
		in.Files = []desk.File{m.Video.file(desk.FileVideo)}
	case m.Type == "file" && m.File.there():
		in.Kind = desk.InputFile
		in.Files = []desk.File{m.File.file(desk.FileOther)}
	case m.Type == "location" && m.Location != nil:
		in.Kind = desk.InputLocation
		in.Text = strings.TrimSpace(m.Location.Name + " " + m.Location.Address)
	default:
		in.Kind = desk.InputOther
	}
}

// event reads what WeCom tells. That somebody took a message back
// (user_recall_msg) changes nothing: what was asked was read and may be under
// way, and the resident can cancel it in words. Changes of the session show
// themselves when something is sent.
func (it *kfItem) event(e *kfEvent) bool {
	in := &it.in
	switch e.Type {
	case "enter_session":
		it.say, it.welcome = true, e.WelcomeCode
		in.Kind, in.Ref, in.Arg = desk.InputEntered, "", unescaped(e.SceneParam)
		return true
	case "msg_send_fail":
		reason := failReason(e.FailType)
		it.failed = e.FailID
		it.say, it.shut = e.FailID != "", reason == bot.Closed || reason == bot.Blocked
		in.Kind, in.Ref, in.Text = desk.InputFailed, wholeID(e.FailID), string(reason)
		return true
	}
	return false
}

// failReason says why a message that was taken did not arrive. The numbers are
// those of https://developer.work.weixin.qq.com/document/path/94670: 4 the 48
// hours are over, 5 the session was ended, 6 there were five, 10 the person
// refuses the account.
func failReason(failType int) bot.Reason {
	switch failType {
	case 4, 5, 6:
		return bot.Closed
	case 10:
		return bot.Blocked
	}
	return bot.Refused
}

func (m *mediaPart) there() bool { return m != nil && m.MediaID != "" }

func (m *mediaPart) file(kind desk.FileKind) desk.File {
	return desk.File{Kind: kind, Channel: WeixinName, ID: m.MediaID}
}

// unescaped is what a link carried, whether WeCom gives it back as it stood in
// the link or as it was meant.
func unescaped(param string) string {
	if plain, err := url.QueryUnescape(param); err == nil && strings.Contains(param, "%") {
		return plain
	}
	return param
}

func unixSeconds(n int64) time.Time {
	if n <= 0 || n >= 253402300800 { // The year 10000, which JSON does not know.
		return time.Time{}
	}
	return time.Unix(n, 0).UTC()
}
