package flows

import (
	"slices"
	"strings"
	"unicode/utf8"

	"frontdesk/desk"
)

// Pass hands a matter for which there is no form to a person of the desk: one tap,
// and the resident knows who has it. It starts with the answers "intent" and
// "said".
var Pass = Flow{
	Name: "pass", Photos: true, Words: true,
	Questions: []Question{
		{
			Name: "what", Text: true,
			Ask:  func(_ *Context, a Answers) desk.Text { return desk.T("pass.ask_" + a.Get("intent")) },
			When: func(_ *Context, a Answers) bool { return nameOnly(a.Get("said")) },
		},
		{
			Name: "send", PerRow: 2, Ask: askPass,
			Options: func(*Context, Answers) []Option {
				return []Option{
					{Key: "yes", Label: desk.T("option.pass"), Words: yesWords},
					{Key: "no", Label: desk.T("option.not_this"), Words: []string{"不是", "不对", "no", "not this"}},
				}
			},
		},
	},
	Done: passOn,
}

// Passed are the intents that Pass hands on.
//
//locale:prefix pass.ask_
//locale:prefix pass.title_
var Passed = []string{"checkout", "checkin", "key", "enquiry"}

// nameOnly tells whether the words only name the matter: 投诉, "I have a question".
func nameOnly(said string) bool {
	if latinOnly(said) {
		return len(strings.Fields(said)) <= 4
	}
	return utf8.RuneCountInString(said) <= 5
}

func askPass(c *Context, a Answers) desk.Text {
	names := namesOf(desk.Operators(c.World))
	key := "pass.check"
	if len(names) == 0 {
		key = "pass.check_nobody"
	}
	return desk.T(key, "title", desk.T("pass.title_"+a.Get("intent")), "words", short(passWords(a), 60), "names", names)
}

// passWords is all that was said of it.
func passWords(a Answers) string {
	said := a.Get("said")
	if a.Get("what") != "" {
		said = a.Get("what") // the first words only named it
	}
	return strings.Join(append([]string{said}, slices.DeleteFunc(slices.Clone(a["words"]), func(w string) bool { return w == said })...), "\n")
}

func namesOf(people []desk.Person) []desk.Text {
	var names []desk.Text
	for _, p := range people {
		names = append(names, desk.Literal(p.Called()))
	}
	return names
}

func passOn(c *Context, a Answers) (Outcome, error) {
	intent := a.Get("intent")
	if a.Get("send") != "yes" {
		u := desk.UnclearOf(a.Get("said"), c.Lang, []string{intent}, c.World.Now())
		u.Pressed = "none"
		return Outcome{Effects: desk.Effects{Unclear: []desk.Unclear{u}}, Say: desk.T("pass.other"), Buttons: wayButtons()}, nil
	}
	people := desk.Operators(c.World)
	lines := []desk.Text{
		desk.T("pass.staff", "title", desk.T("pass.title_"+intent), "name", c.Person.Called()), desk.T("quote", "text", passWords(a)),
	}
	place := a.Get("place")
	if place == "" {
		place = c.Person.Home
	}
	if place != "" {
		lines = append(lines, desk.T("danger.place", "place", c.site().PlaceLabel(place)))
	}
	if c.Person.Phone != "" {
		lines = append(lines, desk.T("call.phone", "phone", c.Person.Phone))
	}
	var out Outcome
	for _, p := range people {
		out.Effects.Say(desk.Message{
			Person: p.ID, Text: desk.Lines(lines...), Photos: c.Files, Lane: desk.LaneInteractive, Class: desk.ClassNotice,
		})
	}
	key := "pass.done"
	if len(people) == 0 {
		key = "pass.nobody"
	}
	out.Say = desk.T(key, "names", namesOf(people), "hotlines", hotlines(c.site()))
	return out, nil
}

func hotlines(s *desk.Site) []desk.Text {
	var list []desk.Text
	for _, h := range s.Hotlines {
		list = append(list, desk.T("hotline", "label", h.Label, "phone", h.Number))
	}
	return list
}

// wayButtons lead to what people want most.
func wayButtons() [][]desk.Button {
	button := func(name string) desk.Button {
		return desk.Button{Label: desk.T("button.cmd_" + name), Data: desk.CommandData(name)}
	}
	return [][]desk.Button{desk.Row(button("repair"), button("request")), desk.Row(button("my"), button("human"))}
}
