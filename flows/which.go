package flows

import "frontdesk/desk"

// Which asks what was meant, when the desk is not sure: the best guesses, and a
// person. It starts with the answers "said" and "guesses". What answers none of
// it is a first sentence again.
var Which = Flow{
	Name: "which", Loose: true, Quiet: true,
	Questions: []Question{{
		Name: "intent", PerRow: 2, Leave: true,
		Ask: func(*Context, Answers) desk.Text { return desk.T("talk.unknown") },
		Options: func(_ *Context, a Answers) []Option {
			var list []Option
			for _, intent := range a["guesses"] {
				list = append(list, Option{Key: intent, Label: IntentLabel(intent)})
			}
			return append(list, Option{Key: "operator", Label: IntentLabel("operator")}, Option{Key: "no", Label: desk.T("option.none")})
		},
	}},
	Done: func(c *Context, a Answers) (Outcome, error) {
		said, intent := a.Get("said"), a.Get("intent")
		u := desk.UnclearOf(said, c.Lang, a["guesses"], c.World.Now())
		if u.Pressed = intent; intent == "no" {
			u.Pressed = "none"
		}
		kept := desk.Effects{Unclear: []desk.Unclear{u}}
		if intent == "no" || c.Do == nil {
			return Outcome{Effects: kept, Say: desk.T("talk.neither"), Buttons: wayButtons()}, nil
		}
		out, err := c.Do(intent, said)
		out.Add(kept)
		return Outcome{Effects: out}, err
	},
}

// IntentLabel is an intent as the label of a button.
//
//locale:prefix option.intent_
func IntentLabel(intent string) desk.Text { return desk.T("option.intent_" + intent) }
