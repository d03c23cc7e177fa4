package flows

import (
	"slices"
	"strings"

	"frontdesk/desk"
)

// categoryWords are what people call a category, of every language, folded.
type categoryWords struct {
	desk.Category
	words []string
}

// siteWords collects the words of a site's categories.
func siteWords(s *desk.Site) []categoryWords {
	var list []categoryWords
	for _, c := range s.Categories {
		if c.Retired {
			continue
		}
		own := categoryWords{Category: c}
		for _, words := range []map[string][]string{c.Words, c.UrgentWords} {
			for _, lang := range s.Languages {
				own.words = append(own.words, words[lang]...)
			}
		}
		for _, lang := range s.Languages {
			own.words = append(own.words, strings.Split(c.Label[lang], "/")...)
		}
		for i, word := range own.words {
			own.words[i] = bare(word)
		}
		own.words = slices.DeleteFunc(own.words, func(w string) bool { return w == "" || vague[w] })
		slices.Sort(own.words)
		own.words = slices.Compact(own.words)
		list = append(list, own)
	}
	return list
}

// vague words are labels that nobody would mean by.
var vague = map[string]bool{"其他": true, "其它": true, "other": true, "其他需求": true, "other help": true}

// spokenIn is the longest of the words that stands in a folded text, or empty.
func (c categoryWords) spokenIn(folded string) (longest string) {
	for _, w := range c.words {
		if len(w) > len(longest) && spoken(folded, w) {
			longest = w
		}
	}
	return longest
}

// spoken tells whether a word stands in a folded text. A Latin word begins where
// a word begins, and if it is short it also ends there: "leak" is in leaking,
// but "ac" is not in place.
func spoken(folded, word string) bool {
	return spokenAt(folded, word, 0) >= 0
}

// spokenAt is where the word stands from a byte on, or -1.
func spokenAt(folded, word string, from int) int {
	for from <= len(folded) {
		i := strings.Index(folded[from:], word)
		if i < 0 {
			return -1
		}
		i += from
		end := i + len(word)
		if !latin(word[0]) || (i == 0 || !latin(folded[i-1])) && (len(word) >= 4 || end == len(folded) || !latin(folded[end])) {
			return i
		}
		from = i + 1
	}
	return -1
}

func latin(b byte) bool { return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' }
