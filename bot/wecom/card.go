package wecom

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"frontdesk/desk"
)

// What a template card shows of each of its texts, in characters: beyond, the
// apps cut. The number of buttons is that of their list.
// https://developer.work.weixin.qq.com/document/path/90236
const (
	maxTitle    = 36
	maxDesc     = 44
	maxSubtitle = 160
	maxLabel    = 10
	maxButtons  = 6
)

// buttonCard is a template card of the type button_interaction, the only one
// here: it is the one whose buttons tell the desk, and whose words can stand
// without a link.
type buttonCard struct {
	Type    string       `json:"card_type"`
	Title   cardTitle    `json:"main_title"`
	Text    string       `json:"sub_title_text,omitempty"`
	TaskID  string       `json:"task_id,omitempty"`
	Buttons []cardButton `json:"button_list"`
	// Grey takes the place of the buttons: words that cannot be pressed.
	Grey string `json:"replace_text,omitempty"`
}

type cardTitle struct {
	Title string `json:"title"`
	Desc  string `json:"desc,omitempty"`
}

type cardButton struct {
	Type int    `json:"type,omitempty"` // 1 opens URL.
	Text string `json:"text"`
	Key  string `json:"key,omitempty"`
	URL  string `json:"url,omitempty"`
}

// checkMarks lists the buttons of all rows. It refuses one without a label, one
// that does nothing, and one with more data than the desk itself allows.
func checkMarks(rows [][]desk.DrawnMark) ([]desk.DrawnMark, error) {
	var list []desk.DrawnMark
	for _, row := range rows {
		for _, b := range row {
			b.Label = strings.TrimSpace(cleanText(b.Label))
			switch {
			case b.Label == "":
				return nil, errors.New("a button without a label")
			case b.URL == "" && b.Data == "":
				return nil, fmt.Errorf("the button %q does nothing", b.Label)
			case len(b.Data) > desk.MaxButtonData:
				return nil, fmt.Errorf("the button %q has %d bytes of data, at most %d", b.Label, len(b.Data), desk.MaxButtonData)
			case !utf8.ValidString(b.Data):
				return nil, fmt.Errorf("the data of the button %q is not UTF-8", b.Label)
			}
			list = append(list, b)
		}
	}
	return list, nil
}

// onCard tells whether buttons fit a card: their number, their labels, and no
// two that do the same, which WeCom refuses.
func onCard(marks []desk.DrawnMark) bool {
	seen := map[string]bool{}
	for _, b := range marks {
		if runes(b.Label) > maxLabel || b.URL == "" && seen[b.Data] {
			return false
		}
		seen[b.Data] = true
	}
	return len(marks) > 0 && len(marks) <= maxButtons
}

// drawButtons turns buttons into those of a card.
func drawButtons(marks []desk.DrawnMark) []cardButton {
	var list []cardButton
	for _, b := range marks {
		if b.URL != "" {
			list = append(list, cardButton{Type: 1, Text: b.Label, URL: b.URL})
			continue
		}
		list = append(list, cardButton{Text: b.Label, Key: b.Data})
	}
	return list
}

// layCard lays a text out on a card: the first line is the title, the others
// stand below. ok is false when the text has no room.
func layCard(text string) (card buttonCard, ok bool) {
	card.Type = "button_interaction"
	title, rest, _ := strings.Cut(strings.TrimSpace(text), "\n")
	title = strings.TrimSpace(title)
	if runes(title) > maxTitle {
		// The first line goes on below the title.
		head := firstRunes(title, maxTitle)
		at := bestBreak(head, len(head)/4)
		rest = strings.TrimSpace(title[at:]) + "\n" + rest
		title = strings.TrimRight(title[:at], " ,，")
	}
	card.Title.Title = title
	rest = strings.TrimSpace(rest)
	if first, more, _ := strings.Cut(rest, "\n"); runes(rest) > maxSubtitle && runes(first) <= maxDesc {
		card.Title.Desc, rest = strings.TrimSpace(first), strings.TrimSpace(more)
	}
	card.Text = rest
	return card, card.Title.Title != "" && runes(card.Text) <= maxSubtitle
}

// numberedText writes the buttons below a text, each with the number that
// chooses it; one that opens a page has its address instead. The options are in
// the order of the list.
func numberedText(text, choose string, marks []desk.DrawnMark) (string, []Option) {
	var options []Option
	var list, links []string
	for _, b := range marks {
		if b.URL != "" {
			links = append(links, b.Label+" "+b.URL)
			continue
		}
		options = append(options, Option{Label: b.Label, Data: b.Data})
		list = append(list, b.Label)
	}
	list = withNumbers(list)
	blocks := []string{}
	if text != "" {
		blocks = append(blocks, text)
	}
	if len(list) > 0 {
		if choose != "" {
			list = append([]string{choose}, list...)
		}
		blocks = append(blocks, strings.Join(list, "\n"))
	}
	if len(links) > 0 {
		blocks = append(blocks, strings.Join(links, "\n"))
	}
	return strings.Join(blocks, "\n\n"), options
}

// withNumbers writes the number of each option before its label, in the order of the
// numbers.
func withNumbers(labels []string) []string {
	numbers := numbersOf(labels)
	var lines []string
	for _, n := range slices.Sorted(slices.Values(numbers)) {
		i := slices.Index(numbers, n)
		lines = append(lines, strconv.Itoa(n)+". "+labels[i])
	}
	return lines
}
