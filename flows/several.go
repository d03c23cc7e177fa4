package flows

import (
	"regexp"
	"slices"
	"strings"

	"frontdesk/desk"
)

// Two matters in one message: the first is taken up at once, and the second waits
// in the answer "later" until that is filed.

// joints stand between two matters; andWords also say that there are two.
var (
	joints   = regexp.MustCompile(`(?i)[,，;；.。!！\n]+|\s(?:and|also|plus)\s|还有|另外|而且|以及|并且|同时|一个是|一是|二是|另一个|也没|和|\p{Han}\s+`)
	andWords = []string{"还有", "另外", "而且", "以及", "并且", "一个是", "两件", "两个", "两处", "也", " and ", " also ", " plus ", "both", "two "}
)

// maxParts is in how many parts a second matter is looked for.
const maxParts = 8

// How sure it must be that a part is a matter of its own.
const (
	sureOfPart  = 0.75
	sureWithAnd = 0.55
)

// several finds a second matter behind the first one of a repair or a request.
func (l *Listener) several(h heard, guesses []Guess) []Guess {
	if guesses[0].Score == 1 || len(h.text) > 600 {
		return guesses
	}
	least := sureOfPart
	if slices.ContainsFunc(andWords, func(w string) bool { return strings.Contains(h.folded, w) }) {
		least = sureWithAnd
	}
	var parts []Guess
	left := false
	pieces := l.split(h)
	for _, text := range pieces[:min(len(pieces), maxParts)] {
		p := l.hear(text)
		if p.nothing || p.summary == "" && p.words == "" {
			continue
		}
		list := l.likely(p)
		if len(list) == 0 || list[0].Score < least || !matter(list[0]) || len(list[0].Answers["category"]) == 0 {
			left = true
			continue
		}
		if g := list[0]; !slices.ContainsFunc(parts, func(have Guess) bool { return have.Answers["category"][0] == g.Answers["category"][0] }) {
			parts = append(parts, g)
		} else {
			left = true
		}
	}
	if len(parts) != 2 {
		return guesses
	}
	for i, part := range parts {
		for name, values := range h.answers(false) {
			if len(part.Answers[name]) == 0 && (name != "place_said" || len(part.Answers["place"]) == 0) {
				part.Answers[name] = values
			}
		}
		if left && i == 0 {
			part.Answers["words"] = []string{strings.TrimSpace(h.text)}
		}
	}
	first, second := parts[0], parts[1]
	first.Answers["later"] = packed(second)
	first.Why += "; " + second.Why
	return append([]Guess{first}, slices.DeleteFunc(guesses, func(g Guess) bool { return g.Flow == first.Flow })...)
}

func matter(g Guess) bool { return g.Flow == desk.KindRepair || g.Flow == desk.KindRequest }

// split takes a text apart at its joints.
func (l *Listener) split(h heard) []string {
	var list []string
	from := 0
	for _, at := range joints.FindAllStringIndex(h.text, -1) {
		end := at[0]
		if joint := h.text[at[0]:at[1]]; strings.TrimSpace(joint) != joint && joint[0] >= 0x80 {
			end = at[1] // a sign and a space: the sign belongs to the part before
		}
		list = append(list, h.text[from:end])
		if from = at[1]; strings.HasPrefix(h.text[at[0]:], "也没") {
			from = at[0] + len("也")
		}
	}
	return append(list, h.text[from:])
}

// packed is a guess as it is kept among the answers of the first matter.
func packed(g Guess) []string {
	list := []string{g.Flow}
	for _, name := range []string{"category", "summary", "words", "place", "place_said", "when", "time"} {
		if v := Answers(g.Answers).Get(name); v != "" {
			list = append(list, name+"="+v)
		}
	}
	return list
}

// Later is the second matter of a message, if it held two.
func Later(answers map[string][]string) (g Guess, ok bool) {
	list := answers["later"]
	if len(list) == 0 {
		return g, false
	}
	g = Guess{Flow: list[0], Answers: map[string][]string{}}
	for _, pair := range list[1:] {
		if name, value, ok := strings.Cut(pair, "="); ok {
			g.Answers[name] = []string{value}
		}
	}
	return g, true
}
