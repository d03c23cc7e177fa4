package telegram

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"

	"frontdesk/desk"
)

// Identity is who the bot is, which decides what is addressed to it.
type Identity struct {
	ID   int64
	Name string // Without @; empty while unknown.
}

// AllowedUpdates are the kinds of update that the channel asks for.
var AllowedUpdates = []string{"message", "edited_message", "callback_query", "my_chat_member"}

// Accounts of Telegram itself behind which somebody writes without saying who.
// https://core.telegram.org/bots/api#message (field from)
const (
	anonymousAdmin = 1087968824 // GroupAnonymousBot: an administrator as the group
	channelAsUser  = 136817688  // Channel_Bot: somebody as a channel
	linkedChannel  = 777000     // Telegram: a post of the linked channel
)

// Decode turns one update, as Telegram sent it, into the desk's own words. It
// is pure and accepts any bytes. ok is false when there is nothing for the desk
// in it: a service message, a command for another bot, a kind of update that was
// not asked for, or no update at all. Such an update must be acknowledged all
// the same.
func Decode(raw []byte, me Identity) (in desk.Input, ok bool) {
	in, ok, _ = decode(raw, me)
	return in, ok
}

// decode also tells why it could not read an update.
func decode(raw []byte, me Identity) (in desk.Input, ok bool, err error) {
	var u wireUpdate
	// The store keeps no U+0000, and no person can type it.
	clean := bytes.ReplaceAll(raw, []byte(`\u0000`), []byte(`\ufffd`))
	if err := json.Unmarshal(clean, &u); err != nil {
		return desk.Input{}, false, err
	}
	in = desk.Input{
		Channel: Name, Bot: strconv.FormatInt(me.ID, 10), UpdateID: strconv.FormatInt(u.ID, 10), Raw: raw,
	}
	switch {
	case u.Message != nil:
		ok = decodeMessage(&in, u.Message, me)
	case u.Edited != nil:
		in.Edited = true
		ok = decodeMessage(&in, u.Edited, me)
		if at := unix(u.Edited.EditDate); !at.IsZero() {
			in.At = at
		}
	case u.Callback != nil:
		ok = decodePress(&in, u.Callback)
	case u.Member != nil:
		ok = decodeMember(&in, u.Member)
	}
	if !ok {
		return desk.Input{}, false, nil
	}
	return in, true, nil
}

func decodeMessage(in *desk.Input, m *wireMessage, me Identity) bool {
	if !decodeChat(in, &m.Chat) {
		return false
	}
	in.At, in.Ref, in.Album = unix(m.Date), strconv.Itoa(m.ID), m.Album
	in.From = sender(m)
	in.Forwarded = m.has("forward_origin", "forward_date") || m.has("is_automatic_forward")
	// Only is_topic_message makes the thread a topic: replies in groups without
	// topics have a thread id too, and the General topic must get none.
	if m.InTopic && m.Thread != 0 {
		in.Chat.Thread = strconv.Itoa(m.Thread)
	}
	// Every message in a topic formally replies to the message that opened it.
	if r := m.ReplyTo; r != nil && r.From != nil && r.From.ID == me.ID && !(m.InTopic && r.ID == m.Thread) {
		in.ReplyTo = strconv.Itoa(r.ID)
	}
	if decodeMove(in, m) {
		return true
	}
	if m.has(serviceFields...) {
		return false
	}
	in.Text = m.Text
	entities := m.Entities
	if in.Text == "" {
		in.Text, entities = m.Caption, m.CaptionEnt
	}
	decodeContent(in, m)
	command, found := findCommand(in.Text, entities)
	if found && in.Chat.Kind == desk.ChatGroup && command.Bot != "" && !strings.EqualFold(command.Bot, me.Name) {
		return false
	}
	if found {
		in.Command, in.Arg = command.Name, command.Arg
	}
	return true
}

// decodeMove reads what happens to a group itself.
func decodeMove(in *desk.Input, m *wireMessage) bool {
	switch {
	case m.MigrateTo != 0:
		in.Kind, in.MigratedTo = desk.InputMigrated, strconv.FormatInt(m.MigrateTo, 10)
	case m.MigrateOff != 0:
		// The new group tells of the old one: said the same way round as above.
		in.Kind, in.MigratedTo = desk.InputMigrated, in.Chat.ID
		in.Chat.ID = strconv.FormatInt(m.MigrateOff, 10)
	case m.has("forum_topic_closed", "forum_topic_reopened"):
		in.Kind, in.TopicClosed = desk.InputTopic, m.has("forum_topic_closed")
		if m.Thread != 0 {
			in.Chat.Thread = strconv.Itoa(m.Thread)
		}
	default:
		return false
	}
	return true
}

func decodePress(in *desk.Input, p *wirePress) bool {
	if p.ID == "" || p.Data == "" || p.From.ID == 0 {
		return false // A game's button has no data; this bot has no games.
	}
	in.Kind = desk.InputPress
	in.Press = &desk.Press{ID: p.ID, Data: p.Data}
	in.From = user(&p.From)
	if p.Message == nil {
		// The message is gone. The press can still be answered, in private.
		in.Chat = desk.InputChat{ID: in.From.ID, Kind: desk.ChatPrivate}
		return true
	}
	if !decodeChat(in, &p.Message.Chat) {
		return false
	}
	in.Ref = strconv.Itoa(p.Message.ID)
	in.Press.Ref = in.Ref
	if p.Message.InTopic && p.Message.Thread != 0 {
		in.Chat.Thread = strconv.Itoa(p.Message.Thread)
	}
	if p.Message.Markup != nil {
		for _, row := range p.Message.Markup.Rows {
			for _, b := range row {
				if b.Data == p.Data {
					in.Text = b.Text
				}
			}
		}
	}
	return true
}

func decodeMember(in *desk.Input, m *wireMember) bool {
	if !decodeChat(in, &m.Chat) {
		return false
	}
	in.At, in.From = unix(m.Date), user(&m.From)
	was, is := m.Old.presence(), m.New.presence()
	switch {
	case in.Chat.Kind == desk.ChatPrivate && m.New.Status == "kicked":
		in.Kind = desk.InputBlocked
	case in.Chat.Kind == desk.ChatPrivate && m.Old.Status == "kicked" && is == present:
		in.Kind = desk.InputReturned
	case in.Chat.Kind == desk.ChatGroup && is == present && was == absent:
		in.Kind = desk.InputAdded
	case in.Chat.Kind == desk.ChatGroup && was == present && is == absent:
		in.Kind = desk.InputRemoved
	default:
		return false // A promotion, other rights, or a status that is not known.
	}
	return true
}

// decodeChat reads the chat; it refuses channels, where nobody can answer.
func decodeChat(in *desk.Input, c *models.Chat) bool {
	in.Chat = desk.InputChat{ID: strconv.FormatInt(c.ID, 10), Title: c.Title}
	switch c.Type {
	case models.ChatTypePrivate:
		in.Chat.Kind = desk.ChatPrivate
	case models.ChatTypeGroup, models.ChatTypeSupergroup:
		in.Chat.Kind = desk.ChatGroup
		in.Chat.Public, in.Chat.Forum = c.Username != "", c.IsForum
	default:
		return false
	}
	return c.ID != 0
}

func unix(seconds int64) time.Time {
	if seconds <= 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}
