package flows

import (
	"strings"
	"unicode"
)

// features are what a model sees of a folded text: for Chinese every sign and
// every two and three of them, for Latin words the words, two words together and
// how a word begins. Marks begin with #.
func (l *Listener) features(folded, also string) []string {
	list := append(make([]string, 0, 64), "#") // how likely each is when nothing is known
	words := l.words(folded)
	before := "^"
	for i, w := range words {
		if !w.latin {
			list = append(list, signs(w.text, before, i == len(words)-1)...)
			before = "…"
			continue
		}
		list = append(list, w.text, before+" "+w.text)
		if len(w.text) > 4 {
			list = append(list, w.text[:4]+"-")
		}
		before = w.text
	}
	if len(words) > 0 && words[len(words)-1].latin {
		list = append(list, before+" $")
	}
	for w := range strings.FieldsSeq(also) {
		list = append(list, signs(w, "…", false)...)
	}
	if strings.ContainsAny(folded, "?吗呢么") {
		list = append(list, "#question")
	}
	if len(words) == 1 && (words[0].latin || len(words[0].text) <= 12) {
		list = append(list, "#short")
	}
	for _, c := range l.categories {
		if c.spokenIn(folded) != "" || also != "" && c.spokenIn(also) != "" {
			list = append(list, "#"+c.ID, "#"+c.Kind)
		}
	}
	return list
}

// signs are the parts of a run of Chinese.
func signs(text, before string, last bool) []string {
	runes := []rune(text)
	var list []string
	for n := 1; n <= 3; n++ {
		for i := 0; i+n <= len(runes); i++ {
			list = append(list, string(runes[i:i+n]))
		}
	}
	if before == "^" {
		list = append(list, "^"+string(runes[:min(2, len(runes))]))
	}
	if last {
		list = append(list, string(runes[max(0, len(runes)-2):])+"$")
	}
	return list
}

// translated is what Latin words stand for in Chinese, also where each syllable is
// a word: kong tiao.
func (l *Listener) translated(folded string) string {
	if len(l.spelling.also) == 0 {
		return ""
	}
	words := strings.FieldsFunc(folded, func(r rune) bool { return r < 'a' || r > 'z' })
	var list []string
	for i := range words {
		joined := ""
		for _, w := range words[i:min(len(words), i+4)] {
			joined += w
			if means := l.spelling.also[joined]; means != "" {
				list = append(list, means)
			}
		}
	}
	return strings.Join(list, " ")
}

type word struct {
	text  string
	latin bool
}

// words are the runs of Chinese and the Latin words of a text. Numbers are all
// alike; fillers and an s at the end of a word say nothing.
func (l *Listener) words(folded string) []word {
	var list []word
	var run []rune
	kind := 0
	end := func() {
		if len(run) > 0 {
			switch text := string(run); kind {
			case 1:
				list = append(list, word{text: text})
			case 2:
				list = append(list, word{text: l.word(strings.Trim(text, "'")), latin: true})
			case 3:
				list = append(list, word{text: "0", latin: true})
			}
		}
		run, kind = run[:0], 0
	}
	for _, r := range folded {
		now := 0
		switch {
		case r > 0x2e80 && unicode.IsLetter(r):
			now = 1
		case r >= 'a' && r <= 'z' || r == '\'' || r == '’' || r >= 0xc0 && r < 0x250:
			now = 2
			if r == '’' {
				r = '\''
			}
		case r >= '0' && r <= '9':
			now = 3
		}
		if now != kind {
			end()
		}
		if kind = now; now > 0 {
			run = append(run, r)
		}
	}
	end()
	return list
}

// word is a Latin word as it is compared: without the s of many, short forms
// written out alike, and one letter wrong put right if the examples know the word.
func (l *Listener) word(w string) string {
	w = strings.ReplaceAll(w, "'", "")
	if len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") {
		w = w[:len(w)-1]
	}
	if len(w) < 5 || l.vocabulary == nil || l.vocabulary[w] {
		return w
	}
	for _, near := range l.nearby[w[:1]] {
		if oneOff(w, near) {
			return near
		}
	}
	return w
}

// oneOff tells whether two words differ by one letter: another, one more, one
// less, or two neighbours changed over.
func oneOff(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || len(a) < 5 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i == len(a) {
		return true
	}
	return a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
