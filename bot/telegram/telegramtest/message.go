package telegramtest

import (
	"slices"
	"strings"
	"time"
)

// Message is a message as somebody sees it at one moment.
type Message struct {
	Chat    int64
	ID      int
	Thread  int // The topic; 0 outside topics.
	From    int64
	ByBot   bool
	Who     string
	At      time.Time
	Text    string // Also the caption.
	File    string // The id of its photo or other file.
	Kind    string // text, photo, voice, sticker and so on: the field of the Bot API.
	Album   string
	Buttons [][]Button
	ReplyTo int
	Silent  bool
	Edits   int
	Past    []string // The texts before its edits.
	Deleted bool
	// ParseMode is what the program asked for; an honest text has none.
	ParseMode string
}

// Button is a button below a message.
type Button struct{ Label, Data, URL string }

// Labels are the labels of all buttons, in order.
func (m Message) Labels() []string {
	var out []string
	for _, row := range m.Buttons {
		for _, b := range row {
			out = append(out, b.Label)
		}
	}
	return out
}

// Button finds a button by its label or its data.
func (m Message) Button(what string) (Button, bool) {
	for _, row := range m.Buttons {
		for _, b := range row {
			if b.Label == what || b.Data != "" && b.Data == what {
				return b, true
			}
		}
	}
	return Button{}, false
}

// message is the one that the server keeps.
type message struct {
	Message
	extra object // Further fields of its wire form.
}

func (m *message) snapshot() Message {
	out := m.Message
	out.Past = slices.Clone(m.Past)
	out.Buttons = make([][]Button, len(m.Buttons))
	for i, row := range m.Buttons {
		out.Buttons[i] = slices.Clone(row)
	}
	return out
}

// wire is the message as the Bot API gives it.
func (s *Server) wire(c *chat, m *message) object {
	o := object{"message_id": m.ID, "date": m.At.Unix(), "chat": s.wireChat(c)}
	switch {
	case m.ByBot:
		o["from"] = s.bot()
	case s.people[m.From] != nil:
		o["from"] = s.people[m.From].wire()
	}
	if m.Thread != 0 {
		o["message_thread_id"], o["is_topic_message"] = m.Thread, true
	}
	if m.Album != "" {
		o["media_group_id"] = m.Album
	}
	if m.Edits > 0 {
		o["edit_date"] = s.now().Unix()
	}
	if m.Text != "" {
		if m.Kind == "text" {
			o["text"] = m.Text
		} else {
			o["caption"] = m.Text
		}
	}
	if f := s.files[m.File]; f != nil {
		o[m.Kind] = f.wire()
	}
	if len(m.Buttons) > 0 {
		o["reply_markup"] = object{"inline_keyboard": wireButtons(m.Buttons)}
	}
	if r := c.message(m.ReplyTo); m.ReplyTo != 0 && r != nil {
		o["reply_to_message"] = s.wire(c, &message{Message: Message{
			ID: r.ID, At: r.At, ByBot: r.ByBot, From: r.From, Text: r.Text, Kind: r.Kind, File: r.File,
		}})
	}
	for k, v := range m.extra {
		o[k] = v
	}
	return o
}

func wireButtons(rows [][]Button) [][]object {
	out := [][]object{}
	for _, row := range rows {
		line := []object{}
		for _, b := range row {
			o := object{"text": b.Label}
			if b.URL != "" {
				o["url"] = b.URL
			} else {
				o["callback_data"] = b.Data
			}
			line = append(line, o)
		}
		out = append(out, line)
	}
	return out
}

// line is the message in a transcript.
func (m Message) line() string {
	var b strings.Builder
	if m.Kind != "text" {
		b.WriteString("<" + m.Kind + "> ")
	}
	b.WriteString(strings.ReplaceAll(m.Text, "\n", "\n    "))
	for _, row := range m.Buttons {
		b.WriteString("\n   ")
		for _, button := range row {
			b.WriteString(" [" + button.Label + "]")
		}
	}
	return strings.TrimRight(b.String(), " ")
}
