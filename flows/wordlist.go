package flows

import (
	"cmp"
	"slices"
	"strings"

	"frontdesk/desk"
)

// WordList is an Understander without any learning: the words that the site's
// categories have, the usual words for what people want, the site's places, and
// phrases of when somebody may come in. What it does not know it leaves to a
// question. It never changes once made, so that many may use it at once.
type WordList struct {
	site       *desk.Site
	categories []categoryWords
}

type categoryWords struct {
	desk.Category
	words []string // folded, of every language
}

var _ Understander = (*WordList)(nil)

// NewWordList collects the words of a site.
func NewWordList(s *desk.Site) *WordList {
	w := &WordList{site: s}
	for _, c := range s.Categories {
		if c.Retired {
			continue
		}
		own := categoryWords{Category: c}
		for _, words := range []map[string][]string{c.Words, c.UrgentWords} {
			for _, list := range words {
				own.words = append(own.words, list...)
			}
		}
		for _, label := range c.Label {
			own.words = append(own.words, strings.Split(label, "/")...)
		}
		for i, word := range own.words {
			own.words[i] = bare(word)
		}
		own.words = slices.DeleteFunc(own.words, func(w string) bool { return w == "" || vague[w] })
		slices.Sort(own.words)
		own.words = slices.Compact(own.words)
		w.categories = append(w.categories, own)
	}
	return w
}

// vague words are labels that nobody would mean by.
var vague = map[string]bool{"其他": true, "其它": true, "other": true}

// Understand says what the text may mean, best first. The language only decides
// between equal guesses; people mix languages.
func (w *WordList) Understand(text, _ string) []Guess {
	if len(text) > 4*2*MaxRunes {
		text = strings.ToValidUTF8(text[:4*2*MaxRunes], "")
	}
	folded := desk.Fold(text)
	guesses := wants(folded)
	// "Where is my repair" is no repair of anything.
	asks := slices.ContainsFunc(guesses, func(g Guess) bool { return g.Score >= Sure && g.Flow != desk.KindRepair && g.Flow != "greeting" })
	known := w.facts(text, folded)
	for _, kind := range []string{desk.KindRepair, desk.KindRequest} {
		c, word := w.category(kind, folded)
		if word == "" {
			continue
		}
		answers := known.answers(true)
		score := 0.85
		if known.place != "" {
			score = 0.95
		}
		if asks && catchAll(c) {
			score = 0.6
		}
		switch {
		case !catchAll(c):
			answers["category"] = []string{c.ID}
		case known.summary != "":
			// Something of no category, but said in words of its own.
			answers["category"] = []string{c.ID}
			score -= 0.05
		case len(answers) == 0:
			continue
		default:
			score -= 0.05
		}
		// The longer word is the surer one.
		score += min(0.04, float64(len(word))/1000)
		guesses = append(guesses, Guess{Flow: kind, Answers: answers, Score: score, Why: word})
	}
	if len(guesses) == 0 || guesses[0].Flow == desk.KindRepair && len(guesses[0].Answers) == 0 {
		if answers := known.answers(len(guesses) > 0 || known.place != ""); len(answers) > 0 {
			score, why := 0.5, known.said
			if len(guesses) > 0 {
				score, why = 0.9, guesses[0].Why
			}
			// A place, or a time, without a matter: a repair is the likeliest, and
			// any form that asks for it may take it.
			guesses = append(guesses, Guess{Flow: desk.KindRepair, Answers: answers, Score: score, Why: why},
				Guess{Flow: desk.KindRequest, Answers: answers, Score: 0.3, Why: why})
		}
	}
	slices.SortStableFunc(guesses, func(a, b Guess) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(len(b.Answers), len(a.Answers)))
	})
	return guesses
}

// category finds the category of a kind with the most said about it.
func (w *WordList) category(kind, folded string) (best desk.Category, why string) {
	most := 0
	for _, c := range w.categories {
		if c.Kind != kind {
			continue
		}
		sum, longest := 0, ""
		for _, word := range c.words {
			if spoken(folded, word) {
				sum += len(word)
				if catchAll(c.Category) {
					sum = 1 // any other category is a better guess
				}
				if len(word) > len(longest) {
					longest = word
				}
			}
		}
		if sum > most {
			most, best, why = sum, c.Category, longest
		}
	}
	return best, why
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
