package desk

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// gramsMost bounds the pieces of one text, and so the rows by which a ticket is
// found: a story of two thousand characters costs no more than a long sentence.
const gramsMost = 32

// gramLongest bounds one word, in characters.
const gramLongest = 24

// Grams are the pieces by which a text is found: every two characters of
// Chinese beside each other, and every word of other writing, folded and
// without its usual endings (leaking, leaks: leak). Each comes once, in the
// order of the text, at most 32 of them.
func Grams(texts ...string) []string {
	var grams []string
	seen := map[string]bool{}
	add := func(gram string) {
		if len(grams) < gramsMost && gram != "" && !seen[gram] {
			seen[gram] = true
			grams = append(grams, gram)
		}
	}
	for _, text := range texts {
		var before rune // the Chinese character that this one follows
		var word []rune
		end := func() {
			if len(word) > 1 {
				add(stem(string(word[:min(len(word), gramLongest)])))
			}
			word = word[:0]
		}
		for _, r := range Fold(text) {
			switch {
			case unicode.Is(unicode.Han, r):
				end()
				if before != 0 {
					add(string([]rune{before, r}))
				}
				before = r
				continue
			case unicode.IsLetter(r) || unicode.IsDigit(r):
				word = append(word, r)
			case r == '\'':
				// isn't is one word.
			default:
				end()
			}
			before = 0
		}
		end()
	}
	return grams
}

// stem takes the usual endings off an English word, so that "leak" finds
// "leaking". It need not be right, only the same for both.
func stem(word string) string {
	for _, ending := range []string{"ing", "ed", "es", "s"} {
		root, ok := strings.CutSuffix(word, ending)
		if !ok || len(root) < 3 || strings.ContainsAny(root, "0123456789") || ending == "s" && strings.HasSuffix(root, "s") {
			continue
		}
		if n := len(root); root[n-1] == root[n-2] && root[n-1] != 'l' && root[n-1] != 's' {
			root = root[:n-1] // dripping, drip
		}
		return strings.TrimSuffix(root, "e")
	}
	if len(word) > 3 {
		return strings.TrimSuffix(word, "e") // moving, move
	}
	return word
}

// hasWords tells whether a text has the words looked for: the very characters, or
// every word in any order where none of them is Chinese.
func hasWords(text string, words string, grams []string) bool {
	if words == "" {
		return false
	}
	if hasHan(words) {
		return strings.Contains(Fold(text), words)
	}
	of := Grams(text)
	return len(grams) > 0 && !slices.ContainsFunc(grams, func(g string) bool { return !slices.Contains(of, g) })
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// findable tells whether a word is long enough to look for: two characters.
func findable(word string) bool { return utf8.RuneCountInString(word) > 1 }
