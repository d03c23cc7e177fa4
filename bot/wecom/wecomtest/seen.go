package wecomtest

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Message is a message as one person, or a group, sees it now.
type Message struct {
	ID   string
	At   time.Time
	Kind string // text, markdown, image, file, template_card
	// Text is the words; of a file its kind and name.
	Text string
	File *Media
	// Card is the card as it looks now.
	Card *Card
	// Recalled messages are gone from the chat.
	Recalled bool
}

// String writes a message as a person reads it.
func (m Message) String() string {
	if m.Recalled {
		return "(recalled)"
	}
	if m.Card == nil {
		return m.Text
	}
	parts := []string{"【" + m.Card.Title.Title + "】"}
	for _, s := range []string{m.Card.Title.Desc, m.Card.Text} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if m.Card.ReplaceText != "" {
		return strings.Join(append(parts, "("+m.Card.ReplaceText+")"), "\n")
	}
	var labels []string
	for _, b := range m.Card.Buttons {
		labels = append(labels, "["+b.Text+"]")
	}
	if len(labels) > 0 {
		parts = append(parts, strings.Join(labels, " "))
	}
	return strings.Join(parts, "\n")
}

// Seen is what a person sees in the chat of the application, oldest first.
func (s *Server) Seen(user string) []Message {
	return s.collect(func(m *stored) bool { return m.chat == "" && slices.Contains(m.to, user) }, user)
}

// SeenIn is what a group chat shows.
func (s *Server) SeenIn(chatID string) []Message {
	return s.collect(func(m *stored) bool { return m.chat == chatID && chatID != "" }, "")
}

// SeenRobot is what the robot with a key posted.
func (s *Server) SeenRobot(key string) []Message { return s.SeenIn("robot/" + key) }

func (s *Server) collect(is func(*stored) bool, user string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Message
	for _, m := range s.messages {
		if !is(m) {
			continue
		}
		seen := Message{ID: m.id, At: m.at, Kind: m.kind, Text: m.text, File: m.file, Recalled: m.recalled}
		if card := m.cards[user]; card != nil {
			own := *card
			seen.Card = &own
		}
		out = append(out, seen)
	}
	return out
}

// Transcript is all that a person sees, as text.
func (s *Server) Transcript(user string) string {
	var b strings.Builder
	for _, m := range s.Seen(user) {
		fmt.Fprintf(&b, "%s\n---\n", m)
	}
	return b.String()
}
