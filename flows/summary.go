package flows

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"frontdesk/desk"
)

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
	if f.nothing = len(parts) == 0; f.nothing {
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
