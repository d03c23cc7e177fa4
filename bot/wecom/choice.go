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
	i, ok := pick(row.Options, in.Text)
	if !ok {
		return in, nil
	}
	in.Kind, in.Text = desk.InputPress, row.Options[i].Label
	in.Press = &desk.Press{ID: pressName(in), Data: row.Options[i].Data, Ref: row.Ref}
	return in, nil
}

// pick finds the option that words mean. A number is the place in the list, even
// where a label is a number too: that is what was asked for.
func pick(options []Option, said string) (int, bool) {
	if n, ok := readNumber(said); ok && n <= len(options) {
		return n - 1, true
	}
	for i, o := range options {
		if sameWords(said, o.Label) {
			return i, true
		}
	}
	return 0, false
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
