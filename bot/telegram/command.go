package telegram

import (
	"unicode/utf16"

	"github.com/go-telegram/bot/models"

	"frontdesk/bot"
)

// findCommand finds the first command of a text that is not inside a link, code
// or a quotation. It does not rely on Telegram's own marks (bot_command).
func findCommand(text string, entities []models.MessageEntity) (bot.CommandText, bool) {
	return bot.CommandIn(text, quotedRunes([]rune(text), entities))
}

// quotedRunes marks what stands in a link, in code or in a quotation. Telegram
// counts offsets in UTF-16 units, not in bytes or characters.
// https://core.telegram.org/bots/api#messageentity
func quotedRunes(runes []rune, entities []models.MessageEntity) []bool {
	quoted := make([]bool, len(runes))
	for _, e := range entities {
		switch e.Type {
		case models.MessageEntityTypeURL, models.MessageEntityTypeTextLink, models.MessageEntityTypeEmail,
			models.MessageEntityTypeCode, models.MessageEntityTypePre,
			models.MessageEntityTypeBlockquote, models.MessageEntityTypeExpandableBlockquote:
		default:
			continue
		}
		at := 0
		for i, r := range runes {
			if at >= e.Offset && at-e.Offset < e.Length {
				quoted[i] = true
			}
			at += utf16Width(r)
		}
	}
	return quoted
}

func utf16Width(r rune) int {
	if n := utf16.RuneLen(r); n > 0 {
		return n
	}
	return 1
}
