package flows

import (
	"regexp"
	"slices"
	"strings"
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
	day     moment // that was named, whatever for
	ticket  string // a number, in its normal form
	rest    string // the folded text without numbers of places and tickets
	nothing bool   // nothing else was said
}

// entryWords say whether staff may come in, longest first.
var entryWords = []struct {
	when  string
	words []string
}{
	{"present", []string{
		"等我在再", "等我在", "我在再", "我在的时候", "我在时", "要我在", "我们在的时候", "人在的时候", "有人在再进", "有人在才能进", "有人在的时候", "我在的时候来", "我在才能进", "要有人在", "没人别进", "没人不要进", "不要自己进", "别自己进", "我在家等", "在家等", "我在家", "在寝室等", "有人在",
		"only when i'm here", "only when i am here", "only when im here", "when i'm here", "when i am here", "only when i'm home", "when i'm home", "when i am home", "only if i'm home", "only if i am home", "only when i'm there", "while i'm in", "only when i'm in", "only when i am in", "only if i'm in", "if i'm in", "if i am in", "when i'm in", "when i am in", "only if someone is in", "i'll be in", "i will be in", "i'm home", "i am home", "do not enter without me", "don't enter without me",
	}},
	{"anytime", []string{
		"不在也可以进", "不在也能进", "不在也可进", "不在可以进", "不在也行", "不在也可以", "不在的话直接进", "直接进去修", "直接进来修", "直接进去", "直接进来", "直接进房", "直接开门进", "自己开门进", "没人在也可以进", "没人也可以进", "没有人也可以进", "没人也可进", "没人也能进", "没人可以直接进", "直接进去就行", "随时都可以进", "随时可以进来", "随时可以进", "随时可以来", "随时可以", "随时都行", "随时可进", "随时能进", "随时来", "随时", "什么时候都行", "什么时候都可以",
		"when i'm not there", "when i am not there", "when i'm not in", "when i'm not home", "when i'm out", "when i am out", "when we are out", "when we're out", "if nobody is in", "if no one is in", "even if i'm not", "even if i am not", "enter any time", "enter anytime", "let yourself in", "go in without me", "you can come in any time", "you can come any time", "you may come in any time", "come in any time", "come any time", "come anytime", "come in anytime", "any time is fine", "anytime is fine", "any time", "anytime", "whenever",
	}},
}

// visitWords make a time one at which somebody shall come; without them, in the
// same clause, it is the time at which it broke. pastWords say so outright.
var (
	visitWords = []string{"来修", "今天来", "明天来", "today please", "tomorrow please", "来看", "来人", "过来", "再来", "来吧", "上门", "派人", "有空", "方便", "在家", "come", "visit", "available", "i'm in", "i am in", "send someone", "suits"}
	pastWords  = []string{"昨", "前天", "从", "开始", "以来", "since", "yesterday", "last", "started", "came", "comes"}
)

// visitTime finds the time at which somebody shall come, and the clause that says
// so.
func visitTime(folded string) (m moment, said string, ok bool) {
	for clause := range strings.FieldsFuncSeq(folded, func(r rune) bool { return strings.ContainsRune(",.;!?。", r) }) {
		m, ok := timeWords(clause)
		if ok && !containsAny(clause, pastWords) &&
			(containsAny(clause, visitWords) || strings.HasSuffix(strings.TrimSpace(clause), "来")) {
			return m, clause, true
		}
	}
	return moment{}, "", false
}

// readFacts reads a sentence. Folding changes no rune's number, so what is found
// in the folded text is cut out of the original by runes.
func (l *Listener) readFacts(text, folded string) facts {
	var f facts
	cut, rest := []rune(text), []rune(folded)
	simple := l.spelling.simplified(text)
	if number, from, to := ticketIn(simple); number != "" {
		f.ticket = number
		at, n := utf8.RuneCountInString(text[:from]), utf8.RuneCountInString(text[from:to])
		blank(cut, at, n)
		blank(rest, at, n)
		simple = simple[:from] + strings.Repeat(" ", to-from) + simple[to:]
	}
	if found := l.place(simple); found.Named {
		if found.Place != nil {
			f.place = found.Place.ID
		} else {
			f.said = text[found.Start:found.End]
		}
		at, n := utf8.RuneCountInString(text[:found.Start]), utf8.RuneCountInString(text[found.Start:found.End])
		blank(cut, at, n)
		unnumber(rest[at : at+n])
	}
	for _, entry := range entryWords {
		for _, word := range entry.words {
			if at := spokenAt(folded, word, 0); at >= 0 && f.when == "" {
				f.when = entry.when
				blank(cut, utf8.RuneCountInString(folded[:at]), utf8.RuneCountInString(word))
				blank(rest, utf8.RuneCountInString(folded[:at]), utf8.RuneCountInString(word))
			}
		}
	}
	f.day, _ = anyDay(folded)
	if m, clause, ok := visitTime(folded); ok {
		f.time = m.String()
		if m.day == 0 && m.half == "" {
			f.summarise(text, string(cut))
			f.rest = strings.ReplaceAll(string(rest), string(gap), " ")
			return f // today: that is no window
		}
		if f.when != "anytime" {
			f.when = "slot"
		}
		if utf8.RuneCountInString(clause) <= 12 || latinOnly(clause) && len(clause) <= 40 {
			// A clause this short says nothing else.
			blank(cut, utf8.RuneCountInString(folded[:strings.Index(folded, clause)]), utf8.RuneCountInString(clause))
		}
	}
	f.rest = strings.ReplaceAll(string(rest), string(gap), " ")
	f.summarise(text, string(cut))
	return f
}

// numbering are the signs and words that number a place and name none. What else
// a place is called may be the matter itself: the lift, the canteen.
const numbering = "零〇一二两三四五六七八九十百千第号楼栋幢座层室间房"

var numberingWords = []string{"building", "block", "bldg", "floor", "room", "rm", "no", "dorm", "th", "st", "nd", "rd", "f", "b"}

// unnumber blanks what numbers a place.
func unnumber(place []rune) {
	for i := 0; i < len(place); i++ {
		end := i
		for end < len(place) && place[end] >= 'a' && place[end] <= 'z' {
			end++
		}
		switch {
		case end > i && slices.Contains(numberingWords, string(place[i:end])):
			blank(place, i, end-i)
		case end > i:
		case place[i] < 0x2e80 || strings.ContainsRune(numbering, place[i]):
			place[i] = gap
			continue
		default:
			continue
		}
		i = end - 1
	}
}

// A number of a ticket is said as R-1042, r1042 or 单号1042.
var (
	ticketForm  = regexp.MustCompile(`(?i)(?:^|[^a-z0-9])((?:[rsckfemq][ -]?|b-)[0-9]{4,7})(?:$|[^0-9a-z])`)
	ticketNamed = regexp.MustCompile(`(?i)(?:工单|单号|单子|编号|ticket|number|no\.?|#)[ :#号]*([0-9]{4,7})(?:$|[^0-9a-z-])`)
)

var ticketAfter = regexp.MustCompile(`(?:^|[^0-9a-zA-Z-])([0-9]{4,7})号?(?:工单|单)`)

// ticketIn finds the number of a ticket, in its normal form, and where it stands.
func ticketIn(text string) (number string, from, to int) {
	for _, form := range []*regexp.Regexp{ticketForm, ticketNamed, ticketAfter} {
		if at := form.FindStringSubmatchIndex(text); at != nil {
			said := strings.ToUpper(text[at[2]:at[3]])
			letter, digits := "R", strings.TrimLeft(said, "ABCDEFGHIJKLMNOPQRSTUVWXYZ -")
			if said[0] > '9' {
				letter = said[:1]
			}
			return letter + "-" + digits, at[2], at[3]
		}
	}
	return "", 0, 0
}

// maxPlaceText is up to how many bytes a place is looked for more than once.
const maxPlaceText = 400

// place finds a place, also where its parts stand apart in the way people talk.
func (l *Listener) place(text string) desk.Found {
	found := l.site.Places.Find(text)
	if found.Place != nil || len(text) > maxPlaceText {
		return found
	}
	// 打扫厕所,3栋503: each part by itself, before what stands beside it.
	from := 0
	for part := range strings.SplitAfterSeq(strings.NewReplacer(",", "\n", "，", "\n  ", "。", "\n  ").Replace(text), "\n") {
		if one := l.site.Places.Find(part); one.Place != nil && len(part) < len(text) {
			one.Start, one.End = one.Start+from, one.End+from
			return one
		}
		from += len(part)
	}
	for word := range strings.FieldsSeq(text) {
		if p, ok := l.site.Places.Get(word); ok && strings.Contains(word, "-") {
			at := strings.Index(text, word)
			return desk.Found{Place: &p, Building: p.Building, Floor: p.Floor, Named: true, Start: at, End: at + len(word)}
		}
	}
	if !found.Named && !apart.MatchString(text) {
		return found
	}
	closer := apart.ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat(" ", len(s)) })
	if again := l.site.Places.Find(closer); again.Place != nil {
		return again
	}
	if !shortLift.MatchString(closer) {
		return found
	}
	if again := l.site.Places.Find(shortLift.ReplaceAllString(closer, "${1}电梯")); again.Place != nil && found.Named {
		again.Start, again.End = found.Start, found.End
		return again
	}
	return found
}

// What stands between the parts of a place, and says nothing; and a lift as
// people shorten it.
var (
	apart     = regexp.MustCompile(`公共|那个|这个|我们(?:这层|那层|楼层)?的?|就是|的`)
	shortLift = regexp.MustCompile(`([A-Za-z])\s?梯`)
)

// anyDay is the day that a text names, unless it is past.
func anyDay(folded string) (m moment, ok bool) {
	m, ok = timeWords(folded)
	return m, ok && !containsAny(folded, pastWords)
}

// gap stands for what was cut out.
const gap = '\x00'

func blank(text []rune, at, n int) {
	for i := at; i < at+n && i < len(text); i++ {
		text[i] = gap
	}
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
	put("ticket", f.ticket)
	if matter {
		put("summary", f.summary)
		put("words", f.words)
	}
	return a
}
