package desk

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// ParseSearch understands what somebody typed to find tickets: a number, a
// person, a place however it is written, words, a date, a state, or several of
// them. What only the desk may know (whose ticket it is) is not looked for by
// others.
func ParseSearch(r Reader, by Person, text string) Search {
	s := Search{By: by}
	x := &searching{r: r, site: r.Site(), s: &s, rest: " " + strings.TrimSpace(Fold(text)) + " "}
	if strings.TrimSpace(x.rest) == "" {
		return s
	}
	x.numbers()
	x.period()
	x.phones()
	x.state()
	x.places()
	x.words()
	if m, scoped := scope(x.site, by); scoped && !s.Empty() {
		s.Terms = append(s.Terms, m)
	}
	return s
}

// searching is a search while it is understood; rest is what is left of it.
type searching struct {
	r    Reader
	site *Site
	s    *Search
	rest string
}

// cut takes every match out of the rest and hands it to use, which says whether
// it was one.
func (x *searching) cut(re *regexp.Regexp, use func(parts []string) bool) {
	x.rest = re.ReplaceAllStringFunc(x.rest, func(match string) string {
		if use(re.FindStringSubmatch(match)) {
			return " "
		}
		return match
	})
}

var ticketForm = regexp.MustCompile(`\b([rscbkfemq])[-# ]?(\d{3,9})\b|#(\d{3,9})\b`)

// numbers takes out ticket numbers: R-1042, r1042, #1042. A1042 may be a room.
func (x *searching) numbers() {
	x.cut(ticketForm, func(parts []string) bool {
		letter, digits := strings.ToUpper(parts[1]), parts[2]
		if letter == "" {
			letter, digits = "R", parts[3]
		}
		if f := x.site.Places.Find(parts[0]); f.Place != nil {
			return false
		}
		m := Sought{Numbers: []string{letter + "-" + digits}}
		m.People = x.numbered(parts[0])
		x.s.Terms = append(x.s.Terms, m)
		return true
	})
}

var phoneForm = regexp.MustCompile(`\+?\d(?:[ -]?\d){6,14}`)

// phones takes out numbers of seven figures and more: a phone, or something
// that was written.
func (x *searching) phones() {
	x.cut(phoneForm, func(parts []string) bool {
		digits := Digits(parts[0])
		m := Sought{Text: digits, Grams: Grams(digits)}
		if x.s.By.Desk() {
			for _, p := range x.r.PeopleByPhone(digits, nameMost) {
				m.People = append(m.People, p.IDs()...)
			}
			m.People = append(m.People, x.numbered(digits)...)
		}
		x.s.Terms = append(x.s.Terms, m)
		return true
	})
}

// stateWords are what people call a state.
var stateWords = map[string]string{
	"未完": FindOpen, "未完成": FindOpen, "没完": FindOpen, "没修好": FindOpen, "未结": FindOpen, "open": FindOpen, "unfinished": FindOpen, "pending": FindOpen,
	"超时": FindOverdue, "逾期": FindOverdue, "过期": FindOverdue, "overdue": FindOverdue, "late": FindOverdue,
	"返修": FindRework, "rework": FindRework,
	"没人接": string(StateNew), "未接": string(StateNew), "untaken": string(StateNew),
	"暂停": string(StatePaused), "paused": string(StatePaused),
	"待确认": string(StateDone), "已完成": string(StateDone), "done": string(StateDone),
	"已关闭": string(StateClosed), "closed": string(StateClosed),
	"已取消": string(StateCancelled), "cancelled": string(StateCancelled), "canceled": string(StateCancelled),
}

func (x *searching) state() {
	var rest []string
	for _, word := range strings.Fields(x.rest) {
		if state, ok := stateWords[strings.Trim(word, ".,;")]; ok && x.s.State == "" {
			x.s.State = state
			continue
		}
		rest = append(rest, word)
	}
	x.rest = " " + strings.Join(rest, " ") + " "
}

// places takes out what names a place: first of all of it, then word by word,
// because a bare room number in a sentence is none, but alone it is.
func (x *searching) places() {
	if f := x.site.Places.Find(x.rest); f.Named {
		if m, ok := x.placeTerm(f); ok {
			x.s.Terms = append(x.s.Terms, m)
			x.rest = x.rest[:f.Start] + " " + x.rest[f.End:]
		}
	}
	var rest []string
	for _, word := range strings.Fields(x.rest) {
		m, ok := x.roomTerm(word)
		if !ok {
			rest = append(rest, word)
			continue
		}
		x.s.Terms = append(x.s.Terms, m)
	}
	x.rest = strings.Join(rest, " ")
}

// placeTerm is what Find understood, if it settles something.
func (x *searching) placeTerm(f Found) (Sought, bool) {
	m := Sought{}
	if said := strings.TrimSpace(x.rest[f.Start:f.End]); hasHan(said) && findable(said) {
		m.Text, m.Grams = said, Grams(said)
	}
	switch {
	case f.Place != nil && f.Place.Area == "" && f.Place.Room == "":
		return m, false
	case f.Place != nil:
		m.Places = []string{f.Place.ID}
	case len(f.Suggestions) > 0:
		for _, p := range f.Suggestions {
			m.Places = append(m.Places, p.ID)
		}
	case f.Building != "" && f.Floor != "":
		m.Places = onFloor(x.site.Places, f.Building, f.Floor)
	case f.Building != "":
		m.Buildings = []string{f.Building}
	}
	return m, len(m.Places)+len(m.Buildings) > 0
}

func onFloor(p *Places, building, floor string) []string {
	list := []string{building + "-" + floor + "-floor"}
	for _, place := range append(p.Rooms(building, floor), p.Areas(building, floor)...) {
		list = append(list, place.ID)
	}
	return list
}

// roomTerm reads figures that stand alone: a room of whatever building, or a
// ticket's number without its letter.
func (x *searching) roomTerm(word string) (Sought, bool) {
	if !isNumber(word) || len(word) < 3 || len(word) > 9 {
		return Sought{}, false
	}
	m := Sought{Numbers: []string{"R-" + word}, Text: word, Grams: Grams(word)}
	for _, b := range x.site.Places.Buildings() {
		if p, ok := x.site.Places.Get(b.ID + "-" + word); ok {
			m.Places = append(m.Places, p.ID)
		}
	}
	for k := 1; k < len(word)-1; k++ {
		if p, ok := x.site.Places.Get(word[:k] + "-" + word[k:]); ok {
			m.Places = append(m.Places, p.ID)
		}
	}
	return m, true
}

// nameMost is how many people of a name are looked for: a name that more have
// says nothing.
const nameMost = 20

// idle are words that say nothing about a ticket.
var idle = map[string]bool{"the": true, "in": true, "at": true, "of": true, "on": true, "and": true, "room": true, "的": true, "工单": true, "ticket": true, "tickets": true}

// kindWords are what people call a kind of ticket.
var kindWords = map[string][]string{
	"投诉": {KindComplaint}, "complaint": {KindComplaint}, "complaints": {KindComplaint}, "意见": {KindSuggestion}, "建议": {KindSuggestion},
	"suggestion": {KindSuggestion}, "suggestions": {KindSuggestion}, "表扬": {KindPraise}, "praise": {KindPraise},
}

// words are what is left: words of the text, names of categories and people.
func (x *searching) words() {
	apart := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' }
	for _, word := range strings.FieldsFunc(x.rest, apart) {
		if !findable(word) || idle[word] {
			continue
		}
		m := Sought{Text: word, Grams: Grams(word), Categories: x.site.categoriesCalled(word), Kinds: kindWords[word]}
		if x.s.By.Desk() {
			for _, p := range x.r.PeopleNamed(word, nameMost) {
				m.People = append(m.People, p.IDs()...)
			}
			m.People = append(m.People, x.numbered(word)...)
		}
		x.s.Terms = append(x.s.Terms, m)
	}
}

// numbered is who has a student or staff number; only the desk may look for it.
func (x *searching) numbered(number string) []string {
	p, ok := x.r.PersonByNumber(number)
	if !ok || !x.s.By.Desk() {
		return nil
	}
	return p.IDs()
}

// categoriesCalled are the categories in whose name the word is: what was
// chosen by a button has no words of its own.
func (s *Site) categoriesCalled(word string) []string {
	var list []string
	grams := Grams(word)
	for _, c := range s.Categories {
		names := append(labels(c.Label), labels(c.Title)...)
		if slices.ContainsFunc(names, func(name string) bool { return hasWords(name, word, grams) }) {
			list = append(list, c.ID)
		}
	}
	return list
}

func labels(l Label) []string {
	var list []string
	for _, text := range l {
		list = append(list, text)
	}
	return list
}
