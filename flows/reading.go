package flows

import (
	"slices"

	"frontdesk/desk"
)

// Reading is what the desk would do with a first sentence, in the words of a
// report.
type Reading struct {
	// Intent is what would be acted on; unknown when the desk would ask. Choices are
	// then what it would offer.
	Intent  string
	Choices []string
	Answers map[string][]string
	// Categories has two where two matters were heard.
	Categories              []string
	Place, Entry, Day       string
	Ticket                  string
	Emergency               bool
	Danger, Why, DangerSaid string
}

// Read says what the desk would do with a first sentence.
func Read(l *Listener, text, lang string) Reading {
	r := Reading{Intent: "unknown"}
	guesses := l.Understand(text, lang)
	if len(guesses) > 0 {
		r.facts(l.site, guesses[0])
		if guesses[0].Score >= Sure {
			r.Intent = intentName(guesses[0].Flow)
		} else {
			r.Choices = Choices(guesses)
		}
	}
	if r.Danger, r.DangerSaid = l.Danger(text); r.Danger != "" {
		r.Emergency, r.Intent, r.Choices = true, "emergency", nil
	}
	return r
}

// intentName is an intent as it is reported: another language is a kind of help.
func intentName(flow string) string {
	if flow == "language" {
		return "help"
	}
	return flow
}

// Choices are the two best guesses, for somebody who is asked.
func Choices(guesses []Guess) []string {
	var list []string
	for _, g := range guesses {
		if name := intentName(g.Flow); len(list) < 2 && name != "unknown" && name != "none" && name != "greeting" && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

func (r *Reading) facts(s *desk.Site, g Guess) {
	a := Answers(g.Answers)
	r.Answers, r.Why = g.Answers, g.Why
	if c := a.Get("category"); c != "" {
		r.Categories = append(r.Categories, c)
	}
	if next, ok := Later(g.Answers); ok {
		r.Categories = append(r.Categories, next.Answers["category"]...)
	}
	r.Place, r.Ticket = a.Get("place"), a.Get("ticket")
	if said := a.Get("place_said"); r.Place == "" && said != "" {
		// One of two lifts: the building at least is certain.
		found := s.Places.Find(said)
		if !slices.ContainsFunc(found.Suggestions, func(p desk.Place) bool { return p.Room != "" || p.Building != found.Building }) {
			r.Place = found.Building
		}
	}
	switch a.Get("when") {
	case "anytime":
		r.Entry = "any"
	case "present", "slot":
		r.Entry = "present"
	}
	if m := parseTime(a.Get("time")); a.Get("time") != "" && m.day >= 0 {
		r.Day = []string{"today", "tomorrow", "after_tomorrow"}[min(m.day, 2)]
	}
}
