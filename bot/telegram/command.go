package telegram

import (
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/go-telegram/bot/models"
)

// A command in a text.
type command struct {
	name string // In lower case, without slash.
	bot  string // The bot that it names behind an @, or empty.
	arg  string // The rest of the text.
}

// maxCommand is the longest name of a command.
// https://core.telegram.org/bots/api#botcommand
const maxCommand = 32

// findCommand finds the first command of a text. It does not rely on
// Telegram's own marks (bot_command), because people of a Chinese site write
// commands in ways that Telegram does not mark:
//
//   - with the full-width signs of a Chinese keyboard: ／repair, /repair　x;
//   - in capitals: /REPAIR;
//   - behind words: 请看 /repair x is the command repair;
//   - without a space before Chinese words: /repair水管漏水.
//
// The slash must stand at the start, behind a space, or behind a Chinese
// punctuation mark or an opening bracket, and no path may follow: and/or, 24/7,
// /home/x and https://t.me/x hold no command. Nothing inside a link, code or a
// quotation is a command.
func findCommand(text string, entities []models.MessageEntity) (command, bool) {
	runes := []rune(text)
	quoted := quotedRunes(runes, entities)
	for i, r := range runes {
		if narrow(r) != '/' || quoted[i] || i > 0 && !mayPrecede(runes[i-1]) {
			continue
		}
		if c, ok := commandAt(runes[i+1:]); ok {
			return c, true
		}
	}
	return command{}, false
}

// commandAt reads a command behind its slash.
func commandAt(runes []rune) (command, bool) {
	name, rest := word(runes)
	if name == "" || len(name) > maxCommand {
		return command{}, false
	}
	c := command{name: strings.ToLower(name)}
	if len(rest) > 0 && narrow(rest[0]) == '@' {
		c.bot, rest = word(rest[1:])
	}
	if len(rest) > 0 {
		switch narrow(rest[0]) {
		case '/', '\\', '-', '=', '<', '>', '@':
			return command{}, false
		case '.':
			if len(rest) > 1 && !unicode.IsSpace(rest[1]) {
				return command{}, false
			}
		}
	}
	c.arg = strings.TrimSpace(string(rest))
	return c, true
}

// word reads A-Z, a-z, 0-9 and _, also in their full-width forms.
func word(runes []rune) (string, []rune) {
	var b strings.Builder
	for i, r := range runes {
		r = narrow(r)
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_') {
			return b.String(), runes[i:]
		}
		b.WriteRune(r)
	}
	return b.String(), nil
}

// narrow gives the ordinary form of a full-width sign.
func narrow(r rune) rune {
	if r >= 0xFF01 && r <= 0xFF5E {
		return r - 0xFEE0
	}
	return r
}

func mayPrecede(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("([{（【「『《，。、；：！？…“‘,;!?", r)
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
