package flows

import "frontdesk/desk"

// Call enters the result of a phone call, with what was said.
var Call = Flow{
	Name: "call", Ticket: true,
	May: desk.Person.Desk,
	Questions: []Question{
		{Name: "result", Ask: askNumber("call.result"), Options: choices(
			Option{Key: "good", Label: desk.T("button.call_good"), Words: []string{"满意", "好了", "good"}},
			Option{Key: "fair", Label: desk.T("button.call_fair"), Words: []string{"一般", "so-so"}},
			Option{Key: "not_fixed", Label: desk.T("button.not_fixed"), Words: []string{"没修好", "没好", "又坏了", "not fixed"}},
			Option{Key: "no_answer", Label: desk.T("button.no_answer"), Words: []string{"没人接", "无人接听", "no answer"}},
		)},
		{Name: "note", Text: true, Optional: true, MaxRunes: 500, Ask: askNumber("call.note")},
	},
	Done: func(c *Context, a Answers) (Outcome, error) {
		result, note := a.Get("result"), a.Get("note")
		if result == "not_fixed" {
			return onTicket(c, a, desk.NotFixed, desk.With("note", note), sayNumber("call_not_fixed"))
		}
		return onTicket(c, a, desk.CallDone, desk.With("result", result, "note", note), sayNumber("call"))
	},
}
