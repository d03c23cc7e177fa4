package flows

import "frontdesk/desk"

// Objecting is what a resident says who does not agree with the list.
var Objecting = Flow{
	Name: "object", Ticket: true, Photos: true,
	Questions: []Question{{Name: "text", Text: true, MaxRunes: 500, Ask: askNumber("object.text")}},
	Done:      writes(desk.Object, "object"),
}

// Decide is a manager's decision about an objection, with words for both.
var Decide = Flow{
	Name: "decide", Ticket: true,
	Questions: []Question{
		{Name: "decision", PerRow: 3, Ask: askNumber("decide.decision"), Options: decisions},
		{
			Name: "sum", Text: true, MaxRunes: 20, When: func(_ *Context, a Answers) bool { return a.Get("decision") == desk.DecideChange },
			Ask: askNumber("decide.sum"), Check: checkDecided,
		},
		{Name: "text", Text: true, MaxRunes: 500, Ask: askNumber("decide.text")},
	},
	Done: func(c *Context, a Answers) (Outcome, error) {
		args := desk.With("decision", a.Get("decision"), "sum", a.Get("sum"), "text", a.Get("text"))
		return onTicket(c, a, desk.DecideObjection, args, sayNumber("decide"))
	},
}

func decisions(*Context, Answers) []Option {
	//locale:key button.decide_keep button.decide_change button.decide_waive
	var list []Option
	for _, d := range []string{desk.DecideKeep, desk.DecideChange, desk.DecideWaive} {
		list = append(list, Option{Key: d, Label: desk.T("button.decide_" + d)})
	}
	return list
}

func checkDecided(c *Context, a Answers, value string) (string, error) {
	t, ok := checkoutOf(c, a)
	fen, isSum := desk.ParseYuan(value)
	if most := int64(0); ok {
		most = t.Checkout.Inspection.Fen
		if !isSum || fen > most {
			return "", desk.Refuse("inspect.change", "most", desk.Yuan(most))
		}
	}
	return value, nil
}
