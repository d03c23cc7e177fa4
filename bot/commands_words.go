package bot

import (
	"strings"

	"frontdesk/desk"
)

// reads tells whether the input asks for an answer that reads much.
func reads(in desk.Input) bool {
	if in.Press != nil && strings.HasPrefix(in.Press.Data, "q|") || in.Press != nil && strings.HasPrefix(in.Press.Data, "n|page|") {
		return true // another page
	}
	name, arg := commandOf(in)
	if name == "" && in.Chat.Kind == desk.ChatPrivate {
		name = wordCommand(in.Text)
	}
	c, ok := findCommand(name)
	return ok && c.Reads && (c.Writes == nil || !c.Writes(arg))
}

// wordCommand is the command whose word the whole text is.
func wordCommand(text string) string {
	// A slash before a Chinese word is no command to a channel, but it is meant as one.
	word := strings.Trim(desk.Fold(strings.TrimSpace(text)), " ./!。~")
	for _, c := range Commands {
		for _, w := range c.Words {
			if word == w {
				return c.Name
			}
		}
	}
	return ""
}

// spelled reads a command that was given by one of its words with what it is
// about behind it: 合并账号 12345678.
func spelled(in desk.Input) desk.Input {
	if in.Press != nil || in.Command != "" || in.Kind != desk.InputText || in.Chat.Kind != desk.ChatPrivate {
		return in
	}
	said := strings.TrimSpace(in.Text)
	for _, c := range Commands {
		for _, word := range c.Words {
			if n := len(word); c.Arg && len(said) > n && strings.EqualFold(said[:n], word) && desk.Digits(said[n:]) != "" {
				in.Command, in.Arg = c.Name, strings.Trim(said[n:], " ::")
			}
		}
	}
	return in
}
