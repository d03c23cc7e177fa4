package flows

import "frontdesk/desk"

// Parts notes which parts were used.
var Parts = Flow{
	Name: "parts", Ticket: true,
	Questions: []Question{{Name: "parts", Text: true, MaxRunes: 200, Ask: askNumber("parts.parts")}},
	Done: func(c *Context, a Answers) (Outcome, error) {
		return onTicket(c, a, desk.UsedParts, desk.With("parts", a.Get("parts")), sayNumber("parts"))
	},
}
