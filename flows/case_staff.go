package flows

import (
	"strings"

	"frontdesk/desk"
)

// What a manager writes about a complaint or a suggestion.

// Reply is an answer to whoever filed it, passed on as written.
var Reply = Flow{
	Name: "reply", Ticket: true, Photos: true,
	Questions: []Question{{Name: "text", Text: true, Ask: askNumber("reply.text")}},
	Done:      writes(desk.Reply, "reply"),
}

// AskBack is a question to them. Who an anonymous one is stays unknown.
var AskBack = Flow{
	Name: "ask_back", Ticket: true,
	Questions: []Question{{Name: "text", Text: true, Ask: askNumber("ask_back.text")}},
	Done:      writes(desk.AskBack, "ask_back"),
}

// CaseNote is an entry of the handling log, for those who deal with it alone.
var CaseNote = Flow{
	Name: "case_note", Ticket: true,
	Questions: []Question{{Name: "text", Text: true, Ask: askNumber("case_note.text")}},
	Done:      writes(desk.AddNote, "case_note"),
}

func writes(action desk.Action, say string) func(*Context, Answers) (Outcome, error) {
	return func(c *Context, a Answers) (Outcome, error) {
		args := desk.Args{Values: map[string]string{"text": a.Get("text")}, Files: c.Files}
		return onTicket(c, a, action, args, sayNumber(say))
	}
}

// Conclude settles a complaint: cause, three lines, and the answer. What is there
// already is not asked again; without the answer the rest is kept.
var Conclude = Flow{
	Name: "conclude", Ticket: true,
	Questions: []Question{
		{Name: "cause", PerRow: 3, When: unlessCase("cause", func(c desk.Case) string { return c.Cause }), Ask: askNumber("conclude.cause"), Options: causes},
		{Name: "happened", Text: true, MaxRunes: 200, When: unlessCase("happened", func(c desk.Case) string { return c.What }), Ask: askNumber("conclude.happened")},
		{Name: "why", Text: true, MaxRunes: 200, When: unlessCase("why", func(c desk.Case) string { return c.Why }), Ask: askNumber("conclude.why")},
		{Name: "measure", Text: true, MaxRunes: 200, When: unlessCase("measure", func(c desk.Case) string { return c.Measure }), Ask: askNumber("conclude.measure")},
		{
			Name: "answer", Text: true, Ask: askNumber("conclude.answer"),
			Options: choices(Option{Key: keepOnly, Label: desk.T("option.keep_only"), Words: []string{"先存着", "暂存", "save"}}),
		},
	},
	Done: func(c *Context, a Answers) (Outcome, error) {
		args := desk.With("cause", a.Get("cause"), "what", strings.TrimSpace(a.Get("happened")), "why", strings.TrimSpace(a.Get("why")),
			"measure", strings.TrimSpace(a.Get("measure")))
		if a.Get("answer") == keepOnly {
			return onTicket(c, a, desk.Analyse, args, sayNumber("analyse"))
		}
		args.Values["text"] = a.Get("answer")
		return onTicket(c, a, desk.Finish, args, sayNumber("conclude"))
	},
}

// keepOnly keeps the analysis and leaves the complaint open.
const keepOnly = "keep_only"

func causes(*Context, Answers) []Option {
	//locale:prefix option.cause_
	var list []Option
	for _, cause := range desk.CaseCauses {
		list = append(list, Option{Key: cause, Label: desk.T("option.cause_" + cause)})
	}
	return list
}

// unlessCase asks only for what the case does not have yet. What was answered counts
// even if somebody else has entered the same meanwhile: the last word is kept.
func unlessCase(name string, has func(desk.Case) string) func(*Context, Answers) bool {
	return func(c *Context, a Answers) bool {
		if a.Has(name) {
			return true
		}
		t, ok := c.World.Ticket(a.Get("ticket"))
		return ok && t.Case != nil && has(*t.Case) == ""
	}
}
