package flows

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"frontdesk/desk"
)

// words takes what somebody wrote while a question was open: one of the
// engine's words, a choice by number or label, an answer in words, or a sentence
// that answers something else.
func (e *engine) words(q Question, raw string) step {
	text := strings.TrimSpace(raw)
	if option, ok := ownWord(text); ok {
		return e.own(q, option)
	}
	if key, ok := e.typed(q, text); ok {
		return e.choose(q, key)
	}
	if e.f.Loose {
		return stepNot
	}
	limit := MaxRunes
	if q.Text && q.MaxRunes > 0 {
		limit = q.MaxRunes
	}
	if n := utf8.RuneCountInString(text); n > limit {
		return e.told(desk.T("flow.too_long", "limit", limit, "n", n))
	}
	switch {
	case text == "":
		return e.told(desk.T("flow.empty"))
	case q.Confirm:
		return e.confirmWords(text)
	case q.Place:
		if s, ok := e.placeWords(q, text); ok {
			return s
		}
	case q.Slot:
		if e.slotWords(text) {
			return stepAsk
		}
	case q.Text:
		s := e.accept(q, text)
		if e.answers().Has(q.Name) {
			e.merge(q, e.sentence(text), false)
		}
		return s
	}
	return e.free(q, text)
}

// accept takes a checked answer, or says why not.
func (e *engine) accept(q Question, value string) step {
	var rest map[string]string
	if q.Split != nil {
		value, rest = q.Split(value)
	}
	value, err := e.checked(q, value)
	if refusal, ok := desk.AsUserError(err); ok {
		return e.told(refusal.Text)
	}
	e.answer(q.Name, value)
	for _, other := range e.f.Questions {
		if value, said := rest[other.Name]; said && !e.answers().Has(other.Name) && e.applies(other) {
			if value, err := e.checked(other, value); err == nil {
				e.answer(other.Name, value)
			}
		}
	}
	return stepAsk
}

// checked says whether a value can answer a question, and how it is kept.
func (e *engine) checked(q Question, value string) (string, error) {
	switch {
	case q.Place:
		p, ok := e.c.site().Places.Get(value)
		if !ok {
			return "", desk.Refuse("place.unknown", "said", short(value, 20))
		}
		value = p.ID
	case q.Options != nil && !q.Text && !q.Photos:
		if !slices.ContainsFunc(q.Options(e.c, e.answers()), func(o Option) bool { return o.Key == value }) {
			return "", desk.Refuse("flow.not_understood")
		}
	}
	if q.Check != nil {
		return q.Check(e.c, e.answers(), value)
	}
	return value, nil
}

// typed finds the option that a text names: by its label in any language of the
// site, its key, one of its words, or its number in the list.
func (e *engine) typed(q Question, text string) (string, bool) {
	if len(text) > 120 {
		return "", false
	}
	said := bare(text)
	view := e.view(q)
	figures := false
	for _, o := range view.options {
		for _, name := range e.names(o) {
			if name == said && said != "" {
				return o.Key, true
			}
			_, err := strconv.Atoi(name)
			figures = figures || err == nil
		}
	}
	// Where labels are figures themselves (floors), a figure is never a position.
	if n, err := strconv.Atoi(said); err == nil && !figures && n >= 1 && n <= len(view.options) {
		return view.options[n-1].Key, true
	}
	return "", false
}

// names are all that an option is called, folded.
func (e *engine) names(o Option) []string {
	id := o.Key
	if _, after, ok := strings.Cut(id, "."); ok {
		id = after // a place's keys have their kind in front
	}
	list := []string{bare(id)}
	for _, w := range o.Words {
		list = append(list, bare(w))
	}
	if e.c.Texts != nil {
		for _, lang := range e.c.site().Languages {
			list = append(list, bare(e.c.Texts.Render(lang, o.Label, e.c.World.Now())))
		}
	}
	return list
}

// short cuts a text to at most n runes.
func short(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return string([]rune(text)[:n-1]) + "…"
}

func letter(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0x80 && r < 0x2000 || r > 0x3000 && r < 0x10000
}
