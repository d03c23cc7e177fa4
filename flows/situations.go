package flows

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// situations hear danger by what comes together in a text: the words of roles, by
// what stands near what.
type situations struct {
	// words are those of every role, each once, and those in which none is heard.
	words []roleWord
	// at are the words by how they begin.
	at   map[opening][]int
	list []situation
	// roles are the names of those that say what happens; that of a person alone says
	// nothing, and is empty.
	roles []string
}

// roleWord is a word with the roles that it plays: deniable are those that it plays
// only where it is not denied.
type roleWord struct {
	text            string
	roles, deniable []int
	inert           bool
}

// opening is the first two signs of a word.
type opening [2]rune

func openingOf(text string) opening {
	first, n := utf8.DecodeRuneInString(text)
	if n == len(text) {
		return opening{first}
	}
	second, _ := utf8.DecodeRuneInString(text[n:])
	return opening{first, second}
}

type situation struct {
	kind     string
	doubtful bool
	parts    []situationPart
}

type situationPart struct {
	roles         []int
	after, absent bool
}

// mention is a word of a role in a text, from a byte to a byte.
type mention struct{ start, end int }

// mentions finds the words of roles in a text, by role.
func (s *situations) mentions(text string) map[int][]mention {
	type spoken struct {
		mention
		word int
	}
	var all []spoken
	var inert []mention
	for i := range text {
		if !utf8.RuneStart(text[i]) || text[i] == ' ' || latin(text[i]) && i > 0 && latin(text[i-1]) {
			continue
		}
		begins := openingOf(text[i:])
		for _, list := range [][]int{s.at[begins], s.at[opening{begins[0]}]} {
			for _, n := range list {
				word := s.words[n].text
				if end := i + len(word); strings.HasPrefix(text[i:], word) && (len(word) > 3 || !latin(word[0]) || end == len(text) || !latin(text[end])) {
					if s.words[n].inert {
						inert = append(inert, mention{i, end})
					} else {
						all = append(all, spoken{mention{i, end}, n})
					}
				}
			}
			if begins[1] == 0 {
				break
			}
		}
	}
	by := map[int][]mention{}
	for _, m := range all {
		if within(m.mention, inert) {
			continue
		}
		w := &s.words[m.word]
		for _, role := range w.roles {
			by[role] = append(by[role], m.mention)
		}
		if len(w.deniable) == 0 || denied(text[:m.start]) {
			continue
		}
		for _, role := range w.deniable {
			by[role] = append(by[role], m.mention)
		}
	}
	return by
}

// within tells whether a word is only a part of an inert one.
func within(m mention, inert []mention) bool {
	return slices.ContainsFunc(inert, func(i mention) bool {
		return i.start <= m.start && m.end <= i.end && i.end-i.start > m.end-m.start
	})
}

// How far apart the words of a situation stand at most, and one right after
// another, in letters; a Chinese sign counts as two.
const (
	situationSpan = 80
	situationNext = 16
)

// hit finds the first situation, the gravest kind first, and the words of it.
func (s *situations) hit(text string, by map[int][]mention, doubtful bool) (kind, why string) {
	for _, one := range s.list {
		if one.doubtful != doubtful {
			continue
		}
		if chosen := one.match(text, by, nil); chosen != nil {
			var words []string
			for _, m := range chosen {
				words = append(words, text[m.start:m.end])
			}
			return one.kind, strings.Join(words, " + ")
		}
	}
	return "", ""
}

// match chooses a mention for each part, near each other and none twice.
func (s situation) match(text string, by map[int][]mention, chosen []mention) []mention {
	next := len(chosen)
	if next == len(s.parts) || s.parts[next].absent {
		for _, part := range s.parts[next:] {
			if slices.ContainsFunc(part.roles, func(role int) bool { return len(by[role]) > 0 }) {
				return nil
			}
		}
		return chosen
	}
	part := s.parts[next]
	for _, role := range part.roles {
		for _, m := range by[role] {
			if !fits(text, chosen, m, part.after) {
				continue
			}
			if all := s.match(text, by, append(slices.Clip(chosen), m)); all != nil {
				return all
			}
		}
	}
	return nil
}

// fits tells whether a mention may stand beside those that were chosen.
func fits(text string, chosen []mention, m mention, after bool) bool {
	from, to := m.start, m.end
	for _, c := range chosen {
		if m.start < c.end && c.start < m.end {
			return false
		}
		from, to = min(from, c.start), max(to, c.end)
	}
	if after {
		last := chosen[len(chosen)-1]
		if m.start < last.end || letters(text[last.end:m.start]) > situationNext || strings.ContainsAny(text[last.end:m.start], stops) {
			return false
		}
	}
	return letters(text[from:to]) <= situationSpan
}

// letters is how long a text is, in letters.
func letters(text string) int {
	n := 0
	for _, r := range text {
		if n++; r > 0x2e80 {
			n++
		}
	}
	return n
}
