package telegram

import (
	"strconv"
	"strings"

	"github.com/go-telegram/bot/models"

	"frontdesk/desk"
)

// sender tells who wrote a message. Somebody who writes as a group or a channel
// is anonymous; Telegram then names an account of its own, which is formally a
// bot, as the writer.
func sender(m *wireMessage) desk.Sender {
	var s desk.Sender
	if m.From != nil {
		s = user(m.From)
		switch m.From.ID {
		case anonymousAdmin, channelAsUser, linkedChannel:
			s.Anonymous = true
		}
	}
	if m.SenderChat != nil {
		s.Anonymous = true
		if s.ID == "" {
			s.ID = strconv.FormatInt(m.SenderChat.ID, 10)
		}
		s.Name = m.SenderChat.Title
	}
	if s.ID == "" {
		// A message without any sender: nobody in particular.
		s.ID, s.Anonymous = strconv.FormatInt(m.Chat.ID, 10), true
	}
	if s.Anonymous {
		s.Bot = false
		if m.Signature != "" {
			s.Name = m.Signature
		}
	}
	return s
}

func user(u *models.User) desk.Sender {
	return desk.Sender{
		ID:   strconv.FormatInt(u.ID, 10),
		Name: strings.TrimSpace(u.FirstName + " " + u.LastName),
		Lang: strings.ToLower(u.LanguageCode),
		Bot:  u.IsBot,
	}
}

// OrderKey names the queue in which an input keeps its order: one for each
// person, and one for each group for what happens to the group itself and for
// those who write as the group.
func OrderKey(in desk.Input) string {
	switch in.Kind {
	case desk.InputMigrated, desk.InputTopic:
		return in.Address().Chat().String()
	}
	if in.From.Anonymous || in.From.ID == "" {
		return in.Address().Chat().String()
	}
	return in.Private().String()
}
