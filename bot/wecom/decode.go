package wecom

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"frontdesk/bot"
	"frontdesk/desk"
)

// notice is an opened callback in the desk's own words.
type notice struct {
	// in is what is for the desk; say is false when there is nothing.
	in  desk.Input
	say bool
	// taskID and code are of a press: the code allows to replace the card once.
	taskID, code string
	// kfID says that there is something to fetch for this account of 微信客服, and
	// kfToken is good for fetching it, for ten minutes.
	kfID, kfToken string
}

// msgIDForm is how the id of a message may be written to be its name here.
var msgIDForm = regexp.MustCompile(`^[0-9A-Za-z_-]{1,64}$`)

// decodeNotice turns an opened callback into the desk's own words. It is pure
// and accepts any bytes. It returns errXML or errForm for what WeCom cannot have
// meant, and errAddress for what is for another corp or application. A kind of
// message that it does not know becomes an InputOther; a kind of event that it
// does not know is nothing for the desk.
func decodeNotice(raw []byte, corp string, agent int64) (notice, error) {
	root, err := readXML(legible(raw), maxDepth)
	if err != nil {
		return notice{}, err
	}
	if root.holds("Encrypt") {
		return notice{}, errForm // An envelope in an envelope.
	}
	if root.at("ToUserName") != corp {
		return notice{}, errAddress
	}
	kind, event := root.at("MsgType"), strings.ToLower(root.at("Event"))
	if kind == "event" && event == "kf_msg_or_event" {
		// It is for the corp: no member sent it, and no application is named.
		return notice{kfID: root.at("OpenKfId"), kfToken: root.at("Token")}, nil
	}
	if named := root.at("AgentID"); named != "" && named != strconv.FormatInt(agent, 10) {
		return notice{}, errAddress
	}
	user := root.at("FromUserName")
	if kind == "" || !userForm.MatchString(user) {
		return notice{}, errForm
	}
	n := notice{in: desk.Input{
		Channel: Name, Bot: strconv.FormatInt(agent, 10), UpdateID: updateID(root, raw), Raw: raw,
		At: createTime(root), From: desk.Sender{ID: user}, Chat: desk.InputChat{ID: user, Kind: desk.ChatPrivate},
	}}
	if kind == "event" {
		n.say = n.event(event, root)
		return n, nil
	}
	n.say, n.in.Ref = true, root.at("MsgId")
	decodeMessage(&n.in, kind, root)
	return n, nil
}

// updateID is what the callback is recognised by when it comes again: the id of
// a message, or for an event, which has none, a hash of all that it says. Less
// than all would not do: two presses within a second differ in little.
func updateID(root *element, raw []byte) string {
	if id := root.at("MsgId"); msgIDForm.MatchString(id) {
		return id
	}
	sum := sha256.Sum256(raw)
	return "h" + hex.EncodeToString(sum[:])
}

// createTime is WeCom's time of the message, in seconds.
func createTime(root *element) time.Time {
	seconds, err := strconv.ParseInt(root.at("CreateTime"), 10, 64)
	if err != nil || seconds <= 0 || seconds > 1<<40 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

// decodeMessage reads what a member sent.
// https://developer.work.weixin.qq.com/document/path/90239
func decodeMessage(in *desk.Input, kind string, root *element) {
	media := func(as desk.InputKind, file desk.FileKind, name, mime string) {
		id := root.at("MediaId")
		if id == "" {
			in.Kind = desk.InputOther
			return
		}
		// The picture's address in PicUrl is never followed: the bytes come from the
		// API alone.
		in.Kind, in.Files = as, []desk.File{{Kind: file, Channel: Name, ID: id, Name: name, MIME: mime}}
	}
	switch kind {
	case "text":
		say(in, root.at("Content"))
	case "image":
		media(desk.InputPhoto, desk.FilePhoto, "", "image/jpeg")
	case "voice":
		mime := ""
		if strings.EqualFold(root.at("Format"), "amr") {
			mime = "audio/amr"
		}
		media(desk.InputFile, desk.FileVoice, "", mime)
	case "video":
		media(desk.InputFile, desk.FileVideo, "", "video/mp4")
	case "file":
		media(desk.InputFile, desk.FileOther, root.at("FileName"), "")
	case "location":
		in.Kind, in.Text = desk.InputLocation, strings.TrimSpace(root.at("Label"))
	case "link":
		in.Kind, in.Text = desk.InputText, lines(root.at("Title"), root.at("Description"), root.at("Url"))
		if in.Text == "" {
			in.Kind = desk.InputOther
		}
	default:
		in.Kind = desk.InputOther
	}
}

// say makes the input one of words, with the command in them.
func say(in *desk.Input, text string) {
	in.Kind, in.Text = desk.InputText, text
	if strings.TrimSpace(text) == "" {
		in.Kind, in.Text = desk.InputOther, ""
		return
	}
	if c, ok := bot.CommandIn(text, nil); ok {
		in.Command, in.Arg = c.Name, c.Arg
		return
	}
	in.From.Lang = languageOf(text)
}

// languageOf tells in which language somebody wrote, as a code, or nothing: WeCom
// does not say which language they use. A few letters may be anything.
func languageOf(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return "zh"
	}
	words := 0
	for _, word := range strings.Fields(text) {
		if len(word) > 1 && strings.Trim(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.,!?'") == "" {
			words++
		}
	}
	if words > 1 {
		return "en"
	}
	return ""
}

// lines puts what is not empty below one another.
func lines(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "\n")
}
