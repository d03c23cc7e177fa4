package playground

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"frontdesk/bot"
	"frontdesk/desk"
)

// CardsName is the name in addresses of the second network of the playground: a
// work messenger whose messages are cards with limits.
const CardsName = "playground-cards"

// The limits of the second network: those of an application's cards in a work
// messenger, where they are tighter than Telegram's.
// https://developer.work.weixin.qq.com/document/path/90236
const (
	maxBytes     = 2048           // of a text
	maxKeys      = 6              // buttons of a card; more become a numbered list
	maxLabel     = 10             // characters of a button
	cardLife     = 72 * time.Hour // how long a card can be replaced
	codesSent    = 1              // how often a card can be replaced that nobody pressed
	codesPressed = 1              // and how often more with each press
)

// Cards is the second network as a channel. People are on one of the two; what
// everybody sees stands in one log.
type Cards struct{ *Channel }

var _ bot.Channel = Cards{}

// Cards gives the second network.
func (c *Channel) Cards() Cards { return Cards{c} }

// Name implements bot.Channel.
func (Cards) Name() string { return CardsName }

// Capabilities implements bot.Channel.
func (Cards) Capabilities() desk.Capabilities {
	return desk.Capabilities{
		EditFor: cardLife, EditsLimited: true, NoReply: true, MaxText: maxBytes, TextInBytes: true,
		MaxButtons: maxKeys, ButtonsPerRow: 2, PressLife: pressLife, AnswerIsMessage: true, WriteFirst: true,
	}
}

// Limits implements bot.Channel.
func (Cards) Limits() bot.LimitNumbers {
	n := bot.TelegramLimits
	n.PrivateEvery, n.PrivateBurst = time.Second, 6
	n.PrivateWindow, n.PrivateMost, n.PrivateBelow = 61*time.Second, 30, 24
	return n
}

// CardsPerson makes somebody with a private chat on the second network, or finds
// them.
func (c *Channel) CardsPerson(id, name, lang string) *Person {
	return c.join(CardsName, id, name, lang)
}

// checkCard refuses what does not fit, as the network would cut it silently.
func checkCard(m desk.Drawn) error {
	if len(m.Text) > maxBytes {
		return failure(bot.Refused, "the text has more than %d bytes", maxBytes)
	}
	for _, row := range m.Buttons {
		for _, b := range row {
			if utf8.RuneCountInString(b.Label) > maxLabel {
				return failure(bot.Refused, "the button %q has more than %d characters", b.Label, maxLabel)
			}
		}
	}
	return nil
}

// card is how the second network shows a message: few buttons on a card, many as
// a list of numbers to answer with.
func card(m Message) Message {
	n := 0
	for _, row := range m.Buttons {
		n += len(row)
	}
	if n <= maxKeys {
		m.Card, m.Codes = n > 0, codesSent
		return m
	}
	var text strings.Builder
	text.WriteString(m.Text)
	for _, row := range m.Buttons {
		for _, b := range row {
			m.Numbered = append(m.Numbered, b)
			fmt.Fprintf(&text, "\n%d  %s", len(m.Numbered), b.Label)
			if b.URL != "" {
				text.WriteString(" " + b.URL)
			}
		}
	}
	m.Text, m.Buttons = text.String(), nil
	return m
}

// replace replaces a card, which takes one of its codes.
func (c *Channel) replace(chat *chat, message *Message, m desk.Drawn) error {
	switch {
	case !message.Card || message.Codes == 0:
		return failure(bot.NoMessage, "the message %s cannot be replaced any more", message.Ref)
	case c.now().Sub(message.At) >= cardLife:
		return failure(bot.NoMessage, "the card %s is too old to be replaced", message.Ref)
	}
	next := *message
	next.Text, next.Buttons = m.Text, m.Buttons
	next.Codes--
	if card(next).Numbered != nil {
		return failure(bot.NoMessage, "a card has %d buttons at most", maxKeys)
	}
	*message = next
	return nil
}

// chosen is the option that a number means: one of the newest message, when that
// is a list.
func (ch *chat) chosen(text string) (*Message, desk.DrawnMark, bool) {
	n := 0
	if _, err := fmt.Sscanf(text, "%d", &n); err != nil || fmt.Sprint(n) != text {
		return nil, desk.DrawnMark{}, false
	}
	for i := len(ch.messages) - 1; i >= 0; i-- {
		m := ch.messages[i]
		if m.Person != "" {
			continue
		}
		if n < 1 || n > len(m.Numbered) || m.Numbered[n-1].Data == "" {
			return nil, desk.DrawnMark{}, false
		}
		return m, m.Numbered[n-1], true
	}
	return nil, desk.DrawnMark{}, false
}
