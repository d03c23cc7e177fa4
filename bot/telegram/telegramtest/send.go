package telegramtest

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Limits of one message. https://core.telegram.org/bots/api#sendmessage
const (
	maxText    = 4096
	maxCaption = 1024
)

func length(s string) int { return len(utf16.Encode([]rune(s))) }

// text checks words and gives them as Telegram keeps them.
func (s *Server) text(words string, most int) (string, *failure) {
	if !utf8.ValidString(words) {
		s.violate("text is not UTF-8")
		return "", bad("strings must be encoded in UTF-8")
	}
	if length(words) > most {
		s.violate("text of %d units, at most %d", length(words), most)
		if most == maxCaption {
			return "", bad("message caption is too long")
		}
		return "", bad("message is too long")
	}
	return strings.TrimSpace(words), nil
}

// draft reads what all kinds of new message have in common.
func (s *Server) draft(p params, words string, most int) (*chat, *message, *failure) {
	c, thread, f := s.sendTarget(p)
	if f != nil {
		return nil, nil, f
	}
	m := &message{Message: Message{
		Thread: thread, ByBot: true, From: s.BotID(), Who: "bot", At: s.at(), Kind: "text",
		Silent: p.yes("disable_notification"), ParseMode: p.get("parse_mode"),
	}}
	if m.Text, f = s.text(words, most); f != nil {
		return nil, nil, f
	}
	if m.Buttons, f = s.markup(p.get("reply_markup")); f != nil {
		return nil, nil, f
	}
	if raw := p.get("reply_parameters"); raw != "" {
		var reply struct {
			ID    int  `json:"message_id"`
			Allow bool `json:"allow_sending_without_reply"`
		}
		if json.Unmarshal([]byte(raw), &reply) != nil {
			return nil, nil, bad("can't parse reply parameters")
		}
		if r := c.message(reply.ID); r != nil && !r.Deleted {
			m.ReplyTo = reply.ID
		} else if !reply.Allow {
			return nil, nil, bad("message to be replied not found")
		}
	}
	return c, m, nil
}

func (s *Server) sendMessage(p params) (any, *failure) {
	c, m, f := s.draft(p, p.get("text"), maxText)
	if f != nil {
		return nil, f
	}
	if m.Text == "" {
		s.violate("empty text")
		return nil, bad("message text is empty")
	}
	if f := s.admit(c, 1); f != nil {
		return nil, f
	}
	return s.wire(c, c.add(m)), nil
}

func (s *Server) sendFile(p params, kind string) (any, *failure) {
	c, m, f := s.draft(p, p.get("caption"), maxCaption)
	if f != nil {
		return nil, f
	}
	m.Kind = kind
	if m.File, f = s.fileOf(p, kind, p.get(kind), kind); f != nil {
		return nil, f
	}
	if f := s.admit(c, 1); f != nil {
		return nil, f
	}
	return s.wire(c, c.add(m)), nil
}

func (s *Server) sendMediaGroup(p params) (any, *failure) {
	var media []struct {
		Type    string `json:"type"`
		Media   string `json:"media"`
		Caption string `json:"caption"`
	}
	if json.Unmarshal([]byte(p.get("media")), &media) != nil {
		return nil, bad("can't parse media JSON object")
	}
	if len(media) < 2 || len(media) > 10 {
		s.violate("album of %d", len(media))
		return nil, bad("invalid number of items in the album: must be 2-10")
	}
	var c *chat
	var album []*message
	s.counter++
	name := "album-" + strconv.Itoa(s.counter)
	for _, item := range media {
		chat, m, f := s.draft(p, item.Caption, maxCaption)
		if f != nil {
			return nil, f
		}
		m.Kind, m.Album = item.Type, name
		if m.File, f = s.fileOf(p, item.Type, item.Media, strings.TrimPrefix(item.Media, "attach://")); f != nil {
			return nil, f
		}
		c, album = chat, append(album, m)
	}
	if f := s.admit(c, len(album)); f != nil {
		return nil, f
	}
	out := []object{}
	for _, m := range album {
		out = append(out, s.wire(c, c.add(m)))
	}
	return out, nil
}
