package wecom

import (
	"strconv"
	"strings"

	"frontdesk/desk"
	"frontdesk/storage"
)

// choose turns words into the press that they mean: an option that the chat was
// shown last, by its number or its label. Any other words stay words, and so
// does a number when nothing was offered.
func choose(tx *storage.Tx, in desk.Input) (desk.Input, error) {
	if in.Kind != desk.InputText {
		return in, nil
	}
	row, found, err := asked.Get(tx, in.Address().String())
	if err != nil || !found {
		return in, err
	}
	i, ok := pick(row, in.Text)
	if !ok {
		return in, nil
	}
	in.Kind, in.Text = desk.InputPress, row.Options[i].Label
	in.Press = &desk.Press{ID: pressName(in), Data: row.Options[i].Data, Ref: row.Ref}
	return in, nil
}

// pick finds the option that words mean: its place in the list, if the numbers
// were shown, or its label. Below a card nobody saw numbers: there a number is
// an answer like any other, and the conversation knows what it asked.
func pick(row Asked, said string) (int, bool) {
	if n, ok := readNumber(said); ok && row.Numbered && n <= len(row.Options) {
		return n - 1, true
	}
	for i, o := range row.Options {
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
