package playground

import (
	"unicode/utf16"

	"frontdesk/bot"
	"frontdesk/desk"
)

// Refusal is a message or an answer that the playground did not take.
type Refusal struct {
	Chat desk.Address
	Text string
	Err  error
}

// Refused lists what the playground did not take, in order.
func (c *Channel) Refused() []Refusal {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Refusal(nil), c.refused...)
}

func (c *Channel) refuse(chat desk.Address, text string, err error) error {
	c.refused = append(c.refused, Refusal{Chat: chat, Text: text, Err: err})
	return err
}

// check refuses a message that Telegram would refuse.
// https://core.telegram.org/bots/api#sendmessage
func check(m desk.Drawn) error {
	switch {
	case m.Text == "" && len(m.Photos) == 0:
		return failure(bot.Refused, "the message is empty")
	case len(utf16.Encode([]rune(m.Text))) > maxText:
		return failure(bot.Refused, "the message has more than %d units", maxText)
	}
	for _, row := range m.Buttons {
		for _, b := range row {
			switch {
			case b.Label == "":
				return failure(bot.Refused, "a button has no label")
			case b.Data == "" && b.URL == "":
				return failure(bot.Refused, "the button %q does nothing", b.Label)
			case len(b.Data) > desk.MaxButtonData:
				return failure(bot.Refused, "the button %q has more than %d bytes of data", b.Label, desk.MaxButtonData)
			}
		}
	}
	return nil
}
