package flows

import "frontdesk/desk"

// VerifyHand lets the desk say who somebody is: the operator gives the number on
// the list, sees the name that stands there, and confirms.
var VerifyHand = Flow{
	Name: "verify_hand",
	May:  func(p desk.Person) bool { return p.Desk() },
	Questions: []Question{
		{Name: "number", Text: true, MaxRunes: 60, Check: checkListed,
			Ask: func(c *Context, a Answers) desk.Text {
				p, _ := c.World.Person(a.Get("person"))
				return desk.T("ask.verify_hand.number", "name", p.Called())
			}},
		{Name: "confirm", Confirm: true},
	},
	Summary: func(c *Context, a Answers) desk.Text {
		p, _ := c.World.Person(a.Get("person"))
		r, _ := c.World.Resident(a.Get("number"))
		other := desk.Text{}
		if q, ok := c.World.PersonByNumber(a.Get("number")); ok && q.ID != p.ID && len(q.Addresses) > 0 {
			other = desk.T("verify.hand_other", "name", q.Called())
		}
		return desk.Lines(desk.T("verify.hand_is", "name", p.Called(), "listed", r.Name, "number", r.Number), roomText(c, r), other)
	},
	Done: func(c *Context, a Answers) (Outcome, error) {
		p, found := c.World.Person(a.Get("person"))
		r, ok := c.World.Resident(a.Get("number"))
		if !found || !ok || !r.Counts(desk.DateOf(c.World.Now(), c.site().Zone)) {
			return Outcome{}, desk.Refuse("verify.not_listed", "number", a.Get("number"))
		}
		effects, p, err := desk.EntitleByDesk(c.World, p, r, c.Person.ID)
		return Outcome{Effects: effects, Say: desk.T("verify.hand_done", "name", p.Called(), "number", r.Number)}, err
	},
}

// checkListed wants a number of the list. To the desk it says which is not.
func checkListed(c *Context, a Answers, value string) (string, error) {
	number, err := checkNumber(c, a, value)
	if err != nil {
		return "", err
	}
	r, ok := c.World.Resident(number)
	if !ok || !r.Counts(desk.DateOf(c.World.Now(), c.site().Zone)) {
		return "", desk.Refuse("verify.not_listed", "number", short(number, 32))
	}
	return number, nil
}
