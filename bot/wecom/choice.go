package wecom

import (
	"strconv"
	"strings"

	"frontdesk/desk"
	"frontdesk/storage"
)

// choose turns words into the press that they mean: the number of an option
// that the chat was shown last, or its label. Any other words stay words, and so
// does a number when nothing was offered.
func choose(tx *storage.Tx, in desk.Input) (desk.Input, error) {
	if in.Kind != desk.InputText || in.Command != "" {
		return in, nil
	}
	row, found, err := asked.Get(tx, in.Address().String())
	if err != nil || !found {
		return in, err
	}
	number, isNumber := readNumber(in.Text)
	for i, o := range row.Options {
		if isNumber && number == i+1 || sameWords(in.Text, o.Label) {
			in.Kind, in.Text = desk.InputPress, o.Label
			in.Press = &desk.Press{ID: pressName(in), Data: o.Data, Ref: row.Ref}
			return in, nil
		}
	}
	return in, nil
}

// readNumber reads a number as people answer with it: 2, ２, 2. or (2).
func readNumber(text string) (int, bool) {
	text = strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, text)
	text = strings.Trim(text, " \t\r\n　.。、,，()（）")
	if len(text) == 0 || len(text) > 2 || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n > 0
}

func sameWords(said, label string) bool {
	said, label = strings.TrimSpace(said), strings.TrimSpace(label)
	return label != "" && strings.EqualFold(said, label)
}
