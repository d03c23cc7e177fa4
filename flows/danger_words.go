package flows

import (
	"slices"
	"strings"
	"unicode/utf8"

	"frontdesk/desk"
	"frontdesk/flows/examples"
)

// dangerPhrases are the phrases of a kind, ready to be looked for.
type dangerPhrases struct {
	kind string
	// always counts also where the words seem to be denied: nobody who says that
	// they do not want to die is passed over.
	always       bool
	phrases, but [][]string
}

func compileDangers(set examples.Set) []dangerPhrases {
	var list []dangerPhrases
	for _, kind := range examples.Dangers {
		d := dangerPhrases{kind: kind, always: kind == DangerRisk}
		for _, p := range set.Phrases[kind] {
			d.phrases = append(d.phrases, parts(p))
		}
		for _, p := range set.But[kind] {
			d.but = append(d.but, parts(p))
		}
		list = append(list, d)
	}
	return list
}

// plain is a folded text without apostrophes: people leave them out.
func plain(folded string) string { return strings.NewReplacer("'", "", "’", "").Replace(folded) }

func parts(phrase string) []string {
	var list []string
	for part := range strings.SplitSeq(plain(desk.Fold(phrase)), "…") {
		list = append(list, strings.TrimSpace(part))
	}
	return list
}

// The widest gap that … in a phrase stands for.
const (
	gapSigns  = 12
	gapLetter = 30
)

// phraseAt finds a phrase in a folded text from a byte on, or -1.
func phraseAt(folded string, phrase []string, from int) (start, end int) {
	for {
		start = spokenAt(folded, phrase[0], from)
		if start < 0 {
			return -1, -1
		}
		if end = goesOn(folded, phrase[1:], start+len(phrase[0])); end >= 0 {
			return start, end
		}
		from = start + 1
	}
}

// goesOn looks for the further parts of a phrase behind its first, within the
// clause and not too far.
func goesOn(folded string, rest []string, end int) int {
	for _, part := range rest {
		next := spokenAt(folded, part, end)
		if next < 0 {
			return -1
		}
		between := folded[end:next]
		wide := utf8.RuneCountInString(between)
		if strings.ContainsAny(between, ".;!?。\n") || wide > gapLetter || wide > gapSigns && !latinOnly(between) {
			return -1
		}
		end = next + len(part)
	}
	return end
}

// pairsOf are the pairs of bytes in a text: a phrase of which one is not among
// them need not be looked for, which most are not.
type pairsOf [1 << 16 / 64]uint64

func newPairs(text string) (has pairsOf) {
	for i := 1; i < len(text); i++ {
		n := int(text[i-1])<<8 | int(text[i])
		has[n/64] |= 1 << (n % 64)
	}
	return has
}

func (has *pairsOf) start(phrase []string) bool {
	first := phrase[0]
	if len(first) < 2 {
		return true
	}
	// The last pair tells more than the first: Chinese signs begin alike.
	n := int(first[len(first)-2])<<8 | int(first[len(first)-1])
	return has[n/64]&(1<<(n%64)) != 0
}

// says tells whether one of the phrases stands in a text.
func says(heard string, list [][]string) bool {
	return slices.ContainsFunc(list, func(p []string) bool { at, _ := phraseAt(heard, p, 0); return at >= 0 })
}

// clauseAt is the part of a text between two stops in which a byte lies.
func clauseAt(text string, at int) string {
	from, to := strings.LastIndexAny(text[:at], stops)+1, strings.IndexAny(text[at:], stops)
	if to < 0 {
		return text[from:]
	}
	return text[from : at+to]
}

// stops end a clause.
const stops = ",.;!?。\n"

// hit finds a phrase of the kind that is not denied.
func (d dangerPhrases) hit(folded string, has *pairsOf, past func(clause string) bool) (phrase string, ok bool) {
	heard := folded
	for _, but := range d.but {
		for has.start(but) {
			start, end := phraseAt(heard, but, 0)
			if start < 0 {
				break
			}
			heard = heard[:start] + strings.Repeat(" ", end-start) + heard[end:]
		}
	}
	for _, p := range d.phrases {
		for from := 0; has.start(p); {
			start, end := phraseAt(heard, p, from)
			if start < 0 {
				break
			}
			last := end - len(p[len(p)-1])
			if d.always || !denied(heard[:start]) && (last == start || !denied(heard[:last])) && !past(clauseAt(heard, start)) {
				return strings.Join(p, "…"), true
			}
			from = end
		}
	}
	return "", false
}

// denied tells whether what stands right before a word, within its clause,
// denies it. A question ("是不是着火了") denies nothing.
func denied(before string) bool {
	if cut := strings.LastIndexAny(before, stops); cut >= 0 {
		before = before[cut+1:]
	}
	near := strings.TrimSpace(before)
	for cut := true; cut; {
		cut = false
		for _, filler := range deniedFillers {
			if rest, ok := strings.CutSuffix(near, filler); ok {
				near, cut = strings.TrimSpace(rest), true
			}
		}
	}
	for _, asks := range []string{"是不是", "会不会", "有没有", "要不", "差不"} {
		if strings.HasSuffix(near, asks) {
			return false
		}
	}
	for _, no := range []string{"没", "没有", "不是", "并非", "不会", "未", "并无", "不", "无", "别"} {
		if strings.HasSuffix(near, no) {
			return true
		}
	}
	words := strings.Fields(near)
	for i, word := range words {
		switch word {
		case "no", "not", "without", "isnt", "wasnt", "arent", "nobody", "never", "dont", "doesnt", "didnt":
			// "no one came and smoke" is no denial, and neither is one far away.
			if n := len(words) - i; n <= 3 && (n == 1 || words[i+1] != "one" || n == 2 || words[i+2] == "is" || words[i+2] == "was") {
				return true
			}
		}
	}
	return false
}

// deniedFillers stand between a denial and what it denies.
var deniedFillers = []string{"任何", "什么", "发生", "真的", "人", "闻到", "看到", "看见", "发现", "再", "有", "在", "出现", "的"}
