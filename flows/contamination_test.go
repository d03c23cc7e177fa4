package flows

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"frontdesk/flows/examples"
)

// nearly is the share of grams from which a shipped example is nearly a sentence
// of the corpus.
const nearly = 0.6

// independent takes out every shipped example that is a sentence of the corpus,
// word for word or nearly: some ("thank you") everybody says alike, and the
// figures would say nothing with them. Single words (help, 催单) are vocabulary and
// stay.
func independent(t testing.TB, set examples.Set, groups []corpusGroup) examples.Set {
	t.Helper()
	var texts []string
	for _, g := range groups {
		for _, s := range g.Says {
			texts = append(texts, s.Text)
		}
	}
	return independentOf(t, set, texts)
}

func independentOf(t testing.TB, set examples.Set, texts []string) examples.Set {
	t.Helper()
	by := map[string][]int{}
	var shapes []map[string]bool
	for _, text := range texts {
		for gram := range grams(text) {
			by[gram] = append(by[gram], len(shapes))
		}
		shapes = append(shapes, grams(text))
	}
	taken := 0
	near := func(e examples.Sentence) bool {
		if isWord(e.Text) {
			return false
		}
		mine := grams(e.Text)
		common := map[int]int{}
		for gram := range mine {
			for _, i := range by[gram] {
				common[i]++
			}
		}
		for i, both := range common {
			if float64(both) >= nearly*float64(len(mine)+len(shapes[i])-both) {
				taken++
				return true
			}
		}
		return false
	}
	set.Sentences = slices.DeleteFunc(slices.Clone(set.Sentences), near)
	set.Alarms = slices.DeleteFunc(slices.Clone(set.Alarms), near)
	t.Logf("%d of %d examples are nearly a sentence of the corpus, and are left out", taken, taken+len(set.Sentences)+len(set.Alarms))
	return set
}

// isWord tells whether a text is one word: of Latin letters, or up to three signs.
func isWord(text string) bool {
	if latinOnly(text) {
		return len(strings.Fields(text)) == 1
	}
	return utf8.RuneCountInString(text) <= 3
}

// grams are the pairs of signs of a text, or fours of letters: they say less. A
// text that is shorter is one itself.
func grams(text string) map[string]bool {
	bare := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
	runes := []rune(bare)
	width := 2
	if utf8.RuneCountInString(bare) == len(bare) {
		width = 4
	}
	has := map[string]bool{}
	for i := 0; i+width <= len(runes); i++ {
		has[string(runes[i:i+width])] = true
	}
	if len(has) == 0 {
		has[bare] = true
	}
	return has
}
