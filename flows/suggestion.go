package flows

import (
	"strings"

	"frontdesk/desk"
)

// Suggestion takes a suggestion, which a manager answers.
var Suggestion = Flow{
	Name: "suggestion", Photos: true, Words: true, Again: "suggest",
	Questions: []Question{
		{Name: "what", Text: true, Topic: topic("what")},
		{Name: "confirm", Confirm: true},
	},
	Summary: func(c *Context, a Answers) desk.Text {
		return desk.Lines(desk.T("confirm.suggestion"), desk.T("confirm.words", "words", short(strings.Join(strings.Fields(caseWords(a)), " "), 60)), filesText(c))
	},
	Done: func(c *Context, a Answers) (Outcome, error) {
		d := caseDraft(c, a, desk.KindSuggestion)
		effects, t := desk.OpenCase(c.World, d)
		return Outcome{Effects: effects, Ticket: t.ID}, nil
	},
}

// Praise takes praise, which reaches whom it is for.
var Praise = Flow{
	Name: "praise", Photos: true, Words: true, Again: "praise",
	Questions: []Question{
		{Name: "about", Options: aboutOptions(desk.AboutTicket, desk.AboutPerson, desk.AboutTeam), PerRow: 3, Topic: topic("about")},
		ownQuestion("praise"),
		{Name: "who", Text: true, MaxRunes: 200, When: isAbout(desk.AboutPerson), Topic: topic("who")},
		teamQuestion("praise", false),
		{Name: "what", Text: true, Topic: topic("what")},
		{Name: "confirm", Confirm: true},
	},
	Summary: func(c *Context, a Answers) desk.Text {
		return desk.Lines(desk.T("confirm.praise", "about", aboutText(c, a)),
			desk.T("confirm.words", "words", short(strings.Join(strings.Fields(caseWords(a)), " "), 60)), filesText(c))
	},
	Done: func(c *Context, a Answers) (Outcome, error) {
		effects, t := desk.OpenCase(c.World, caseDraft(c, a, desk.KindPraise))
		return Outcome{Effects: effects, Ticket: t.ID}, nil
	},
}

// SaidAnswers are what a first sentence already says of a suggestion or of praise.
func SaidAnswers(said string) map[string][]string {
	if nameOnly(said) {
		return nil
	}
	return map[string][]string{"what": {said}}
}
