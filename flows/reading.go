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
	// Doubt is the danger that it would gently ask about, beside the answer.
	Doubt, DoubtSaid string
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
		if len(guesses) == 0 || guesses[0].Flow != desk.KindRepair {
			r.Categories = nil
		}
	}
	r.Doubt, r.DoubtSaid = l.Doubt(text)
	return r
}

// Reason says what it was read from.
func (r Reading) Reason() string {
	switch {
	case !r.Emergency:
		return r.Why
	case r.Why == "":
		return r.DangerSaid
	}
	return r.DangerSaid + " | " + r.Why
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
		if name := intentName(g.Flow); len(list) < 2 && name != "unknown" && name != "none" && name != "greeting" && name != "place" && !slices.Contains(list, name) {
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
	r.Place, r.Ticket = settledPlace(s, a), a.Get("ticket")
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

// settledPlace is the place that answers name, a building if it is no more than
// that: one of two lifts is in the one building at least.
func settledPlace(s *desk.Site, a Answers) string {
	if place := a.Get("place"); place != "" {
		return place
	}
	found := s.Places.Find(a.Get("place_said"))
	if slices.ContainsFunc(found.Suggestions, func(p desk.Place) bool { return p.Room != "" || p.Building != found.Building }) {
		return ""
	}
	return found.Building
}

// PlaceIn is the place that a text names, whatever else it says.
func PlaceIn(s *desk.Site, u Understander, text string) string {
	for _, g := range u.Understand(text, "") {
		if place := settledPlace(s, g.Answers); place != "" {
			return place
		}
	}
	if found := s.Places.Find(text); found.Place != nil {
		return found.Place.ID
	}
	return ""
}
