package desk

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// PartUse is how many of a part were used.
type PartUse struct {
	Name string
	N    int
}

// partsUsed adds up what was noted as used in the events, what was used most first.
// It is read out of the words of those who did the work: without a number it is one.
func partsUsed(events []Event) []PartUse {
	var list []PartUse
	for _, e := range events {
		if e.Action != UsedParts {
			continue
		}
		for _, use := range readParts(e.Details["parts"]) {
			i := slices.IndexFunc(list, func(p PartUse) bool { return Fold(p.Name) == Fold(use.Name) })
			if i < 0 {
				list = append(list, use)
			} else {
				list[i].N += use.N
			}
		}
	}
	slices.SortStableFunc(list, func(a, b PartUse) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Name, b.Name)) })
	return list
}

// mostOfPart is the largest number that is taken for a number of pieces; a larger
// one is a part of the name, as in LED 5730.
const mostOfPart = 99

// readParts reads what somebody wrote they used: "混水阀 2、灯管3根", "2 valves, tape".
func readParts(text string) []PartUse {
	var list []PartUse
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",,、;;\n", r) }) {
		if use := readPart(strings.TrimSpace(part)); use.Name != "" {
			list = append(list, use)
		}
	}
	return list
}

func readPart(text string) PartUse {
	runes := []rune(text)
	digit := func(r rune) bool { return r >= '0' && r <= '9' }
	number := func(digits []rune) (n int, ok bool) {
		for _, r := range digits {
			if n = n*10 + int(r-'0'); n > mostOfPart {
				return 0, false
			}
		}
		return n, n > 0
	}
	// In front: "2 valves", where the name begins after a space or a sign.
	front := 0
	for front < len(runes) && digit(runes[front]) {
		front++
	}
	if front > 0 && front < len(runes) && strings.ContainsRune(" xX×*", runes[front]) {
		if n, ok := number(runes[:front]); ok {
			return PartUse{partName(runes[front:]), n}
		}
	}
	// Behind: "灯管 3", "灯管3根", "valve x2". A unit is one character.
	end := len(runes)
	if end > 2 && unicode.Is(unicode.Han, runes[end-1]) && digit(runes[end-2]) {
		end--
	}
	start := end
	for start > 0 && digit(runes[start-1]) {
		start--
	}
	if start == end || start == 0 {
		return PartUse{partName(runes), 1}
	}
	if before := runes[start-1]; before < 0x80 && !strings.ContainsRune(" xX*", before) {
		return PartUse{partName(runes), 1} // The number of a model: E27.
	}
	n, ok := number(runes[start:end])
	if !ok {
		return PartUse{partName(runes), 1}
	}
	return PartUse{partName(runes[:start]), n}
}

// partName is a name without the signs between it and its number.
func partName(runes []rune) string {
	name := strings.TrimSpace(string(runes))
	for _, sign := range []string{"×", "*", " x", " X"} {
		name = strings.TrimSpace(strings.TrimSuffix(name, sign))
	}
	for _, sign := range []string{"×", "*", "x ", "X "} {
		name = strings.TrimSpace(strings.TrimPrefix(name, sign))
	}
	return name
}

// partsTold is how many parts one line names.
const partsTold = 6

// partsLine names what was used most, and says how many more sorts there were.
func partsLine(list []PartUse) Text {
	if len(list) == 0 {
		return Text{}
	}
	var parts []Text
	for _, p := range list[:min(len(list), partsTold)] {
		parts = append(parts, T("parts.used_one", "name", p.Name, "n", p.N))
	}
	if more := len(list) - partsTold; more > 0 {
		return T("parts.used_more", "parts", parts, "more", more)
	}
	return T("parts.used", "parts", parts)
}
