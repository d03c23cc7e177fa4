package telegramtest

import (
	"encoding/json"
	"reflect"
	"strings"
)

// own finds the bot's message that a call changes.
func (s *Server) own(p params) (*chat, *message, *failure) {
	c, f := s.target(p)
	if f != nil {
		return nil, nil, f
	}
	m := c.message(int(p.number("message_id")))
	switch {
	case m == nil || m.Deleted:
		return nil, nil, bad("message to edit not found")
	case !m.ByBot:
		return nil, nil, bad("message can't be edited")
	}
	return c, m, nil
}

// apply changes a message; what changes nothing is refused, as Telegram does.
func (s *Server) apply(c *chat, m *message, text, file string, buttons [][]Button) (any, *failure) {
	if text == m.Text && file == m.File && (len(buttons)+len(m.Buttons) == 0 || reflect.DeepEqual(buttons, m.Buttons)) {
		return nil, bad("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	}
	if !s.opts.FreeEdits {
		if f := s.admit(c, 1); f != nil {
			return nil, f
		}
	}
	if text != m.Text {
		m.Past = append(m.Past, m.Text)
	}
	m.Text, m.File, m.Buttons, m.Edits = text, file, buttons, m.Edits+1
	c.note("bot edits %d: %s", m.ID, m.line())
	return s.wire(c, m), nil
}

func (s *Server) editText(p params) (any, *failure) {
	c, m, f := s.own(p)
	if f != nil {
		return nil, f
	}
	if m.Kind != "text" {
		return nil, bad("there is no text in the message to edit")
	}
	text, f := s.text(p.get("text"), maxText)
	if f != nil {
		return nil, f
	}
	if text == "" {
		s.violate("edit to an empty text")
		return nil, bad("message text is empty")
	}
	buttons, f := s.markup(p.get("reply_markup"))
	if f != nil {
		return nil, f
	}
	return s.apply(c, m, text, m.File, buttons)
}

func (s *Server) editCaption(p params) (any, *failure) {
	c, m, f := s.own(p)
	if f != nil {
		return nil, f
	}
	if m.Kind == "text" {
		return nil, bad("there is no caption in the message to edit")
	}
	text, f := s.text(p.get("caption"), maxCaption)
	if f != nil {
		return nil, f
	}
	buttons, f := s.markup(p.get("reply_markup"))
	if f != nil {
		return nil, f
	}
	return s.apply(c, m, text, m.File, buttons)
}

func (s *Server) editMarkup(p params) (any, *failure) {
	c, m, f := s.own(p)
	if f != nil {
		return nil, f
	}
	buttons, f := s.markup(p.get("reply_markup"))
	if f != nil {
		return nil, f
	}
	return s.apply(c, m, m.Text, m.File, buttons)
}

func (s *Server) editMedia(p params) (any, *failure) {
	c, m, f := s.own(p)
	if f != nil {
		return nil, f
	}
	var media struct{ Type, Media, Caption string }
	if json.Unmarshal([]byte(p.get("media")), &media) != nil {
		return nil, bad("can't parse input media")
	}
	text, f := s.text(media.Caption, maxCaption)
	if f != nil {
		return nil, f
	}
	file, f := s.fileOf(p, media.Type, media.Media, strings.TrimPrefix(media.Media, "attach://"))
	if f != nil {
		return nil, f
	}
	buttons, f := s.markup(p.get("reply_markup"))
	if f != nil {
		return nil, f
	}
	result, f := s.apply(c, m, text, file, buttons)
	if f == nil {
		m.Kind = media.Type
	}
	return result, f
}

func (s *Server) deleteMessage(p params) (any, *failure) {
	c, f := s.target(p)
	if f != nil {
		return nil, f
	}
	m := c.message(int(p.number("message_id")))
	if m == nil || m.Deleted {
		return nil, bad("message to delete not found")
	}
	m.Deleted = true
	c.note("bot deletes %d", m.ID)
	return true, nil
}

// Erase takes a message away as an administrator of the group does: edits of it
// are refused from now on.
func (s *Server) Erase(m Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.chats[m.Chat]; c != nil {
		if kept := c.message(m.ID); kept != nil {
			kept.Deleted = true
		}
	}
}
