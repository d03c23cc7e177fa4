package flows

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"frontdesk/desk"
)

// free takes a text that does not answer the question. Answers to other
// questions are taken from it; what remains is kept with the matter.
func (e *engine) free(q Question, text string) step {
	guesses := e.c.guesses(text)
	got, ours := e.mine(guesses)
	if !ours && len(guesses) > 0 {
		// Somebody who plainly wants something else shall have it; but half a
		// form is not thrown away for a word. A request said in the form of a repair
		// takes along where and when.
		g, open := guesses[0], !e.answers().Has("category")
		if !matter(g) && Leaves(guesses) || matter(g) && open && g.Score >= Sure && slices.Contains([]string{desk.KindRepair, desk.KindRequest}, e.f.Name) {
			return stepNot
		}
	}
	taken := e.merge(q, got, false)
	if ours && len(got) == 0 || e.answers().Has(q.Name) || !ours && len(guesses) > 0 && guesses[0].Flow == "greeting" && guesses[0].Score >= plainly {
		return stepAsk
	}
	switch {
	case taken:
		return e.told(desk.T("flow.noted"))
	case e.remember(text):
		return e.told(desk.T("flow.kept"))
	}
	return e.told(desk.T("flow.not_understood"))
}

// plainly is the score from which a sentence leaves a form that waits for another
// answer.
const plainly = 0.7

// wanted are the intents that leave a form: what is said about a ticket or for the
// form itself does not.
var wanted = map[string]bool{
	desk.KindRepair: true, desk.KindRequest: true, "complaint": true, "suggestion": true, "praise": true, "checkout": true,
	"checkin": true, "key": true, "status": true, "chase": true, "cancel": true, "operator": true, "help": true, "language": true,
}

// Leaves tells whether a sentence plainly wants something else than to answer the
// question of a form.
func Leaves(guesses []Guess) bool {
	return len(guesses) > 0 && wanted[guesses[0].Flow] && guesses[0].Score >= plainly
}

// sentence reads a text for this flow: the answers of its best guess, or nil.
func (e *engine) sentence(text string) map[string][]string {
	answers, _ := e.mine(e.c.guesses(text))
	return answers
}

// mine are the answers for this flow in a sentence: all of them if it is likely
// meant for it, and otherwise where and when.
func (e *engine) mine(guesses []Guess) (answers map[string][]string, ok bool) {
	for _, g := range guesses {
		if g.Flow == "place" || g.Score >= likelyMine && (g.Flow == e.f.Name || slices.Contains(e.f.Like, g.Flow)) {
			return g.Answers, true
		}
	}
	if len(guesses) == 0 {
		return nil, false
	}
	facts := map[string][]string{} // whatever else it means
	for _, name := range []string{"place", "place_said", "when", "time"} {
		if v := guesses[0].Answers[name]; len(v) > 0 {
			facts[name] = v
		}
	}
	return facts, false
}

// likelyMine is the score from which a second guess is taken for what the form is
// about.
const likelyMine = 0.3

// merge takes the answers that a sentence gave: for the question that is asked,
// for open ones, and with override also for answered ones. What is no question's
// is kept if it is new.
func (e *engine) merge(asked Question, got map[string][]string, override bool) (taken bool) {
	for _, name := range slices.Sorted(maps.Keys(got)) {
		values := got[name]
		if len(values) == 0 {
			continue
		}
		q, isQuestion := e.question(name)
		switch {
		case name == "words":
			taken = e.remember(values[0]) || taken
		case !isQuestion:
			if !e.answers().Has(name) && !(name == "place_said" && e.answers().Has("place")) {
				e.conv.Answers[name] = slices.Clone(values)
				taken = taken || name == "summary"
			}
		case q.Confirm || q.Photos:
		case name == asked.Name || !e.answers().Has(name) || override && e.answers().Get(name) != values[0]:
			value, err := e.checked(q, values[0])
			if err != nil {
				continue
			}
			partial, order := e.conv.Partial, slices.Clone(e.conv.Order)
			e.answer(name, value)
			if override {
				e.conv.Order = order
			} else if name != asked.Name {
				e.conv.Partial = partial
			}
			taken = true
		}
	}
	return taken
}

// remember keeps words that are passed on as written. Very short ones and
// repetitions say nothing.
func (e *engine) remember(text string) bool {
	text = strings.TrimSpace(text)
	if !e.f.Words || utf8.RuneCountInString(text) < 4 || !strings.ContainsFunc(text, letter) {
		return false
	}
	have := e.conv.Answers["words"]
	total := 0
	for _, w := range have {
		total += utf8.RuneCountInString(w)
	}
	if slices.Contains(have, text) || total > 2*MaxRunes {
		return false
	}
	e.conv.Answers["words"] = append(slices.Clone(have), text)
	return true
}
