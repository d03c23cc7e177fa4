package flows

import "frontdesk/desk"

// Comfort is a word to a person at risk, from who looks after them. It goes through the
// desk, which knows how to reach the person, and is kept nowhere.
var Comfort = Flow{
	Name: "comfort",
	Questions: []Question{{Name: "text", Text: true, Ask: func(c *Context, a Answers) desk.Text {
		return desk.T("ask.comfort.text", "name", comforted(c, a).Called())
	}}},
	Done: func(c *Context, a Answers) (Outcome, error) {
		l, ok := c.World.Ladder(a.Get("ladder"))
		if !ok {
			return Outcome{}, desk.Refuse("press.unknown")
		}
		out, err := desk.Comfort(c.World, l, c.Person, a.Get("text"))
		if err != nil {
			return Outcome{}, err
		}
		return Outcome{Effects: out, Say: desk.T("done.comfort", "name", comforted(c, a).Called())}, nil
	},
}

// comforted is the person at risk.
func comforted(c *Context, a Answers) desk.Person {
	l, _ := c.World.Ladder(a.Get("ladder"))
	p, _ := c.World.Person(l.Reporter)
	return p
}
