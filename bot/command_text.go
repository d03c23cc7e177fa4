package bot

import (
	"strings"
	"unicode"
)

// CommandText is a command as somebody wrote it.
type CommandText struct {
	Name string // In lower case, without slash.
	Bot  string // The bot that it names behind an @, or empty.
	Arg  string // The rest of the text.
}

// maxCommand is the longest name of a command: that of the strictest channel.
// https://core.telegram.org/bots/api#botcommand
const maxCommand = 32

// CommandIn finds the first command of a text. It does not rely on the marks of
// a channel, because people of a Chinese site write commands in ways that no
// channel marks:
//
//   - with the full-width signs of a Chinese keyboard: ／repair, /repair　x;
//   - in capitals: /REPAIR;
//   - behind words: 请看 /repair x is the command repair;
//   - without a space before Chinese words: /repair水管漏水.
//
// The slash must stand at the start, behind a space, or behind a Chinese
// punctuation mark or an opening bracket, and no path may follow: and/or, 24/7,
// /home/x and https://t.me/x hold no command. quoted, if not nil, marks the
// characters that a channel shows as a link, code or a quotation: they begin
// none.
func CommandIn(text string, quoted []bool) (CommandText, bool) {
	runes := []rune(text)
	for i, r := range runes {
		if narrow(r) != '/' || i < len(quoted) && quoted[i] || i > 0 && !mayPrecede(runes[i-1]) {
			continue
		}
		if c, ok := commandAt(runes[i+1:]); ok {
			return c, true
		}
	}
	return CommandText{}, false
}

// commandAt reads a command behind its slash.
func commandAt(runes []rune) (CommandText, bool) {
	name, rest := word(runes)
	if name == "" || len(name) > maxCommand {
		return CommandText{}, false
	}
	c := CommandText{Name: strings.ToLower(name)}
	if len(rest) > 0 && narrow(rest[0]) == '@' {
		c.Bot, rest = word(rest[1:])
	}
	if len(rest) > 0 {
		switch narrow(rest[0]) {
		case '/', '\\', '-', '=', '<', '>', '@':
			return CommandText{}, false
		case '.':
			if len(rest) > 1 && !unicode.IsSpace(rest[1]) {
				return CommandText{}, false
			}
		}
	}
	c.Arg = strings.TrimSpace(string(rest))
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
