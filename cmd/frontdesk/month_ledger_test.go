package main

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// ledger reads what the network received, line by line as it comes: what people
// wrote and pressed, and what they were told. Out of that alone it knows what stood
// how at what time. It asks the desk for nothing, and shares nothing with the counts
// of the reports; of the program it uses the texts only, to recognise them.
type ledger struct {
	m        *month
	patterns map[string]*regexp.Regexp
	longest  map[string]string // the longest literal part of each, which is quicker to look for
	tickets  map[string]*noted
	order    []string
	presses  map[string]playground.Entry // by id
	acted    map[string]time.Time        // when somebody last wrote or pressed
	pressed  map[string]time.Time        // when a button about a ticket was last pressed, in any chat
	said     map[string]string           // what somebody wrote since they began
	chosen   map[string][]string         // the labels that somebody pressed since they began
	reason   map[string]string           // the reason for a pause, by ticket
	told     []delivered                 // the digests and reports that were sent
	books    int                         // spreadsheets that were compared
	cells    int                         // in them
}

// beat is something that happened to a ticket.
type beat struct {
	at    time.Time
	what  string // open take arrived pause resume no_access give_back undo done cancel reworked closed reply
	by    string
	state string // after it
	// reason, and until when it lasts by itself, of a pause.
	reason string
	until  time.Time
}

// noted is a ticket as the network knows it.
type noted struct {
	number, requester, filedBy  string
	category, place, department string
	filed                       time.Time
	urgent, night               bool
	beats                       []beat
	asked                       []time.Time
	ratings                     []rating
	phoned                      []time.Time // when they answered on the phone, also what changes no rating
	reworks, rework             string
	byDenial                    bool
	firstDue                    time.Time
	// Of complaints and suggestions.
	kind, sort, about         string
	hidden, repeated, unnamed bool
	replyBy, repliedAt        time.Time
	back                      int
	cause                     string
	cancelledByDesk           bool
}

type rating struct {
	at   time.Time
	what string
}

func newLedger(m *month) *ledger {
	return &ledger{
		m: m, patterns: map[string]*regexp.Regexp{}, longest: map[string]string{}, tickets: map[string]*noted{}, presses: map[string]playground.Entry{},
		acted: map[string]time.Time{}, pressed: map[string]time.Time{}, said: map[string]string{},
		chosen: map[string][]string{}, reason: map[string]string{},
	}
}

var (
	aPlaceholder = regexp.MustCompile(` ?\{[a-z_0-9]+\} ?`)
	aName        = regexp.MustCompile("\x00[a-z_0-9]+\x00")
	aRoom        = regexp.MustCompile(`([1-8])-(\d{3,4})`)
)

// pattern recognises a text of the catalogue in a language, wherever it stands in a
// message; its values are the groups.
func (l *ledger) pattern(lang, key string) *regexp.Regexp {
	if p := l.patterns[lang+key]; p != nil {
		return p
	}
	if !l.m.config.Texts.Has(lang, key) {
		l.m.t.Fatalf("there is no text %s", key)
	}
	known := map[string]bool{}
	marked := aPlaceholder.ReplaceAllStringFunc(l.m.words(lang, key), func(found string) string {
		return "\x00" + strings.Trim(found, "{} ") + "\x00"
	})
	written := aName.ReplaceAllStringFunc(regexp.QuoteMeta(fitted(marked)), func(found string) string {
		name := strings.Trim(found, "\x00")
		form := `[^\n]+?`
		switch figures := strings.HasPrefix(key, "digest.") || strings.HasPrefix(key, "weekly."); {
		case slices.Contains([]string{"number", "next", "old"}, name):
			form = `[RECSB]-\d+`
		case figures && !slices.Contains(inWords, name):
			form = `\d+`
		}
		if known[name] { // The plural of a number, as a rule.
			return `[^\n]*?`
		}
		known[name] = true
		return ` ?(?P<` + name + `>` + form + `) ?`
	})
	if strings.HasSuffix(written, `+?) ?`) {
		written += `(?:\n|$)`
	}
	for _, part := range aName.Split(fitted(marked), -1) {
		if part = strings.TrimSpace(part); len(part) > len(l.longest[lang+key]) {
			l.longest[lang+key] = part
		}
	}
	p := regexp.MustCompile(written)
	l.patterns[lang+key] = p
	return p
}

// reads finds a text in what a chat was told, in whichever language; values are by
// their names.
func (l *ledger) reads(text, key string) (values map[string]string, ok bool) {
	text = fitted(text)
	for _, lang := range l.m.config.Site.Languages {
		p := l.pattern(lang, key)
		if !strings.Contains(text, l.longest[lang+key]) {
			continue
		}
		found := p.FindStringSubmatch(text)
		if found == nil {
			continue
		}
		values = map[string]string{}
		for i, name := range p.SubexpNames() {
			if name != "" {
				values[name] = found[i]
			}
		}
		return values, true
	}
	return nil, false
}

// fitted leaves out the spaces that depend on what stands beside them: all but those
// between letters and digits without accents.
func fitted(text string) string {
	text = strings.ReplaceAll(text, "\u00a0", " ")
	plain := func(i int) bool {
		return i >= 0 && i < len(text) && (text[i] >= '0' && text[i] <= '9' || text[i] >= 'a' && text[i] <= 'z' || text[i] >= 'A' && text[i] <= 'Z')
	}
	var b strings.Builder
	for i := range len(text) {
		if text[i] != ' ' || plain(i-1) && plain(i+1) {
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

// inWords are the values of reports that are no numbers.
var inWords = []string{
	"from", "to", "place", "title", "over", "taker", "within", "about", "cause", "days", "wait", "parts", "rates", "what", "proposal", "age", "ticket",
}

// enter reads one line.
func (l *ledger) enter(e playground.Entry) {
	switch e.Kind {
	case playground.Said:
		l.acted[e.Person] = e.At
		matter, _ := toldOf(e.Message.Text)
		if strings.HasPrefix(e.Message.Text, "/") || matter != "" && !strings.Contains(l.said[e.Person], "/log") {
			l.over(e.Person)
		}
		l.said[e.Person] += "\n" + e.Message.Text
	case playground.Pressed:
		l.acted[e.Person] = e.At
		l.presses[e.Press] = e
		l.chosen[e.Person] = append(l.chosen[e.Person], e.Text)
		for _, number := range anyNumber.FindAllString(e.Text+" "+e.Message.Text, -1) {
			l.pressed[number] = e.At
		}
		l.returned(e)
	case playground.Answered:
		l.answer(e)
	case playground.Sent, playground.Edited:
		l.message(e)
	}
}

// over forgets a conversation that came to its end.
func (l *ledger) over(person string) {
	delete(l.said, person)
	delete(l.chosen, person)
}

func (l *ledger) of(number string) *noted {
	if l.tickets[number] == nil {
		l.tickets[number] = &noted{number: number}
		l.order = append(l.order, number)
	}
	return l.tickets[number]
}

func (t *noted) beat(b beat) { t.beats = append(t.beats, b) }

// answer is what only a presser reads: most of what staff do is answered so.
func (l *ledger) answer(e playground.Entry) {
	press := l.presses[e.Press]
	for key, state := range map[string]string{
		"pressed.take": "taken", "pressed.arrived": "arrived", "pressed.pause": "paused", "pressed.resume": "", "pressed.no_access": "no_access",
		"pressed.give_back": "new", "pressed.undo": "",
	} {
		v, ok := l.reads(e.Text, key)
		if !ok {
			continue
		}
		t := l.of(v["number"])
		b := beat{at: press.At, what: strings.TrimPrefix(key, "pressed."), by: e.Person, state: state}
		switch b.what {
		case "pause":
			b.reason, b.until = l.waits(t.number, e.Person, press)
		case "resume":
			b.state = t.before("pause")
		case "undo":
			b.state = t.undone()
		}
		t.beat(b)
	}
	if v, ok := l.reads(e.Text, "rework.desk"); ok {
		l.of(v["number"]).ratings = append(l.of(v["number"]).ratings, rating{press.At, "not_fixed"})
	}
}

// waits is why and until when somebody pauses: by the labels that they pressed.
func (l *ledger) waits(number, person string, press playground.Entry) (reason string, until time.Time) {
	chosen := l.chosen[person]
	for _, r := range l.m.config.Site.Pauses {
		for _, label := range chosen[max(0, len(chosen)-3):] {
			if label == r.Label.In("zh") {
				reason = r.ID
			}
		}
		for _, limit := range r.Limits {
			if reason == r.ID && press.Text == l.m.config.Texts.Render("zh", desk.T("button.limit", "limit", limit), press.At) {
				until = addDays(press.At, limit.Days, limit.Workdays, l.m.zone)
			}
		}
	}
	return reason, until
}

// before is the state in which a ticket was before its last beat of a sort; of an
// agreed time nothing is left.
func (t *noted) before(what string) string {
	for i := len(t.beats) - 1; i > 0; i-- {
		if t.beats[i].what == what {
			if before := t.beats[i-1].state; before != "no_access" {
				return before
			}
			return "taken"
		}
	}
	return "taken"
}

// undone is the state before the last thing that staff did.
func (t *noted) undone() string {
	if len(t.beats) < 2 {
		return "new"
	}
	return t.beats[len(t.beats)-2].state
}

// taker is who has a ticket now.
func (l *ledger) taker(number string) string {
	if t := l.tickets[number]; t != nil {
		return t.taker()
	}
	return ""
}

func (t *noted) taker() (who string) {
	for _, b := range t.beats {
		switch b.what {
		case "take":
			who = b.by
		case "give_back":
			who = ""
		}
	}
	return who
}

// returned gives back what somebody lists when they go home.
func (l *ledger) returned(e playground.Entry) {
	if e.Text != l.m.words("zh", "button.return_all") {
		return
	}
	_, rest, found := strings.Cut(dense(e.Message.Text), dense(strings.Split(l.m.words("zh", "shift.rest"), "{")[0]))
	if !found {
		return
	}
	for _, number := range anyNumber.FindAllString(rest, -1) {
		l.givesBack(number, e.Person, e.At)
	}
}

func (l *ledger) givesBack(number, person string, at time.Time) {
	t := l.of(number)
	switch t.state(at) {
	case "taken", "arrived", "paused", "no_access":
		if t.taker() == person {
			t.beat(beat{at: at, what: "give_back", by: person, state: "new"})
		}
	}
}

// state is how a ticket stood at a time; a pause that ran out is over.
func (t *noted) state(at time.Time) string {
	state := ""
	for i, b := range t.beats {
		if b.at.After(at) {
			break
		}
		state = b.state
		if b.what == "pause" && !b.until.IsZero() && !b.until.After(at) {
			state = t.beats[max(i-1, 0)].state
			if state == "no_access" {
				state = "taken"
			}
		}
	}
	return state
}
