package wecom

import (
	"slices"
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

// pick finds the option that words mean: by its number, if the numbers were shown,
// or its label. Below a card nobody saw numbers: there a number is an answer like
// any other, and the conversation knows what it asked.
func pick(row Asked, said string) (int, bool) {
	if n, ok := readNumber(said); ok && row.Numbered {
		var labels []string
		for _, o := range row.Options {
			labels = append(labels, o.Label)
		}
		if i := slices.Index(numbersOf(labels), n); i >= 0 {
			return i, true
		}
	}
	for i, o := range row.Options {
		if sameWords(said, o.Label) {
			return i, true
		}
	}
	return 0, false
}

// numbersOf are the numbers of options in a list: their places, from 1 on. Where
// that would give a label that is a figure, as a floor is, the number of another,
// each of these has itself as its number, so that 2 never means floor 1; the others
// get numbers behind the last.
func numbersOf(labels []string) []int {
	numbers := make([]int, len(labels))
	last, own, clash := 0, map[int]bool{}, false
	for i, label := range labels {
		n, figure := readNumber(label)
		if !figure || strconv.Itoa(n) != label {
			continue
		}
		if own[n] {
			clash = false // Two of the same: then neither has it.
			break
		}
		numbers[i], own[n], last = n, true, max(last, n)
		clash = clash || n <= len(labels) && n != i+1
	}
	for i := range numbers {
		switch {
		case !clash:
			numbers[i] = i + 1
		case numbers[i] == 0:
			for last = (last + 1) % 100; last == 0 || own[last]; {
				last = (last + 1) % 100
			}
			numbers[i] = last
		}
	}
	return numbers
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
