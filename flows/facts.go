package flows

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"frontdesk/desk"
)

// facts are what a sentence says beside the matter itself.
type facts struct {
	place   string // id of the place
	said    string // the words that named a place, when it is not settled
	when    string // an option of the when question
	time    string // a rough time
	summary string // what the person calls it
	words   string // the whole text, where the summary does not hold all of it
}

// entryWords say whether staff may come in, longest first.
var entryWords = []struct {
	when  string
	words []string
}{
	{"present", []string{
		"有人在再进", "有人在才能进", "有人在的时候", "我在的时候来", "我在才能进", "要有人在", "没人别进", "没人不要进", "不要自己进", "别自己进", "我在家等", "在家等", "我在家", "在寝室等", "有人在",
		"only when i'm in", "only when i am in", "only if i'm in", "if i'm in", "if i am in", "when i'm in", "when i am in", "only if someone is in", "i'll be in", "i will be in", "i'm home", "i am home", "do not enter without me", "don't enter without me",
	}},
	{"anytime", []string{
		"没人在也可以进", "没人也可以进", "没有人也可以进", "没人也可进", "没人也能进", "没人可以直接进", "直接进去就行", "随时都可以进", "随时可以进来", "随时可以进", "随时可以来", "随时可以", "随时都行", "随时可进", "随时能进", "随时来", "随时", "什么时候都行", "什么时候都可以",
		"you can come in any time", "you can come any time", "you may come in any time", "come in any time", "come any time", "come anytime", "come in anytime", "any time is fine", "anytime is fine", "any time", "anytime", "whenever",
	}},
}

// visitWords make a time one at which somebody shall come; without them, in the
// same clause, it is the time at which it broke. pastWords say so outright.
var (
	visitWords = []string{"来修", "来看", "来人", "过来", "再来", "来吧", "上门", "派人", "有空", "方便", "在家", "come", "visit", "available", "i'm in", "i am in", "send someone", "suits"}
	pastWords  = []string{"昨", "前天", "从", "开始", "以来", "since", "yesterday", "last", "started", "came", "comes"}
)

// visitTime finds the time at which somebody shall come, and the clause that says
// so.
func visitTime(folded string) (m moment, said string, ok bool) {
	for clause := range strings.FieldsFuncSeq(folded, func(r rune) bool { return strings.ContainsRune(",.;!?。", r) }) {
		m, ok := timeWords(clause)
		if ok && (m.day > 0 || m.half != "") && !containsAny(clause, pastWords) &&
			(containsAny(clause, visitWords) || strings.HasSuffix(strings.TrimSpace(clause), "来")) {
			return m, clause, true
		}
	}
	return moment{}, "", false
}

// facts reads a sentence. Folding changes no rune's number, so what is found in
// the folded text is cut out of the original by runes.
func (w *WordList) facts(text, folded string) facts {
	var f facts
	cut := []rune(text)
	found := w.site.Places.Find(text)
	if found.Named {
		if found.Place != nil {
			f.place = found.Place.ID
		} else {
			f.said = text[found.Start:found.End]
		}
		blank(cut, utf8.RuneCountInString(text[:found.Start]), utf8.RuneCountInString(text[found.Start:found.End]))
	}
	for _, entry := range entryWords {
		for _, word := range entry.words {
			if at := spokenAt(folded, word, 0); at >= 0 && f.when == "" {
				f.when = entry.when
				blank(cut, utf8.RuneCountInString(folded[:at]), utf8.RuneCountInString(word))
			}
		}
	}
	if m, clause, ok := visitTime(folded); ok && f.when != "anytime" {
		f.when, f.time = "slot", m.String()
		if utf8.RuneCountInString(clause) <= 12 || latinOnly(clause) && len(clause) <= 40 {
			// A clause this short says nothing else.
			blank(cut, utf8.RuneCountInString(folded[:strings.Index(folded, clause)]), utf8.RuneCountInString(clause))
		}
	}
	f.summarise(text, string(cut))
	return f
}

// gap stands for what was cut out.
const gap = '\x00'

func blank(text []rune, at, n int) {
	for i := at; i < at+n && i < len(text); i++ {
		text[i] = gap
	}
}

// The longest summaries: Latin words need more signs to say the same.
const (
	maxSummary      = 20
	maxLatinSummary = 40
)

// summarise takes what is left without place and entry as what the person calls
// the matter. Where that is too long, its first part is the summary and the whole
// text goes along.
func (f *facts) summarise(text, cut string) {
	joint, within, limit := ",", "", maxSummary
	if latinOnly(cut) {
		joint, within, limit = ", ", " ", maxLatinSummary
	}
	var parts []string
	for clause := range strings.FieldsFuncSeq(cut, func(r rune) bool {
		return r != gap && (strings.ContainsRune(",.;!?,。;!?、…", r) || unicode.IsControl(r))
	}) {
		// What was cut out of a clause leaves one clause: the light [in 3-502] is out.
		var left []string
		for piece := range strings.SplitSeq(clause, string(gap)) {
			if piece = plainWords(piece); piece != "" {
				left = append(left, piece)
			}
		}
		if len(left) > 0 {
			parts = append(parts, strings.Join(left, within))
		}
	}
	if len(parts) == 0 {
		return
	}
	parts[0] = capital(parts[0])
	whole := strings.Join(parts, joint)
	switch {
	case len(parts) == 1 && slices.Contains(empty, bare(whole)):
	case utf8.RuneCountInString(whole) <= limit:
		f.summary = whole
	case utf8.RuneCountInString(parts[0]) <= limit:
		f.summary, f.words = parts[0], strings.TrimSpace(text)
	default:
		f.words = strings.TrimSpace(text)
	}
}

// capital begins a Latin text with a capital: words before it may be gone.
func capital(s string) string {
	if s[0] >= 'a' && s[0] <= 'z' {
		return string(s[0]-'a'+'A') + s[1:]
	}
	return s
}

// latinOnly tells whether a text has no Chinese in it.
func latinOnly(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > 0x2e80 })
}

// empty words are all that was said of the matter, and say nothing.
var empty = []string{
	"坏了", "坏了吗", "坏掉了", "故障", "维修", "修理", "需要", "帮忙", "需要帮忙", "有问题", "出问题了",
	"broken", "is broken", "it is broken", "not working", "is not working", "help", "need help", "i need help", "request", "fix", "problem",
}

// courtesies say nothing about the matter.
var courtesies = []string{
	"他说", "她说", "你好", "您好", "请问", "麻烦", "谢谢", "请", "我要报修", "我想报修", "报修", "一下", "我在", "我住", "我是", "在", "是", "的", "我们", "我", "来修一下", "来修", "修一下", "来一下", "师傅",
	"he says", "she says", "they say", "hi", "hello", "hey", "please", "thanks", "thank you", "repair", "in", "at", "of", "on", "for", "from", "the", "and", "come", "i live", "i am", "i'm", "my room is", "room", "there is a", "there is", "there's a", "there's", "it is", "it's", "a", "an",
}

// plainWords takes the courtesies and joints off both ends of a part.
func plainWords(part string) string {
	for {
		part = strings.TrimFunc(part, func(r rune) bool {
			return unicode.IsSpace(r) || strings.ContainsRune(":-·~()()「」“”\"'@#/:", r)
		})
		before := part
		folded := desk.Fold(part)
		for _, word := range courtesies {
			n := utf8.RuneCountInString(word)
			runes := []rune(part)
			if rest, ok := strings.CutPrefix(folded, word); ok && separate(word, rest, true) {
				part = string(runes[n:])
				break
			}
			if rest, ok := strings.CutSuffix(folded, word); ok && separate(word, rest, false) {
				part = string(runes[:len(runes)-n])
				break
			}
		}
		if part == before {
			return part
		}
	}
}

// separate tells whether a Latin word is not the end of a longer one. Short
// Chinese words only count when little would be lost: 在 alone, not in 正在.
func separate(word, rest string, before bool) bool {
	if rest == "" {
		return true
	}
	if latin(word[0]) {
		neighbour := rest[len(rest)-1]
		if before {
			neighbour = rest[0]
		}
		return !latin(neighbour) && neighbour != '\''
	}
	return before && word != "在" && word != "是" || !before && !slices.Contains([]string{"我", "是", "请"}, word)
}

// answers are the facts as answers of a form.
func (f facts) answers(matter bool) map[string][]string {
	a := map[string][]string{}
	put := func(name, value string) {
		if value != "" {
			a[name] = []string{value}
		}
	}
	put("place", f.place)
	put("place_said", f.said)
	put("when", f.when)
	put("time", f.time)
	if matter {
		put("summary", f.summary)
		put("words", f.words)
	}
	return a
}
