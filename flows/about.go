package flows

import (
	"slices"

	"frontdesk/desk"
)

// The flows about a ticket start with the answer "ticket", its id.

// askNumber is the text of a question about a ticket, with its number.
func askNumber(key string) func(*Context, Answers) desk.Text {
	return func(c *Context, a Answers) desk.Text {
		t, _ := c.World.Ticket(a.Get("ticket"))
		return desk.T("ask."+key, "number", t.Number)
	}
}

// onTicket does something to the ticket and says so. What another answer could
// mend is asked again; any other refusal ends the conversation with how things
// stand.
func onTicket(c *Context, a Answers, action desk.Action, args desk.Args, say func(desk.Ticket) Outcome) (Outcome, error) {
	t, ok := c.World.Ticket(a.Get("ticket"))
	if !ok {
		return Outcome{Say: desk.T("flow.no_ticket")}, nil
	}
	effects, err := desk.Act(c.World, t, action, c.actor(), args)
	if refusal, refused := desk.AsUserError(err); refused {
		if slices.Contains(mendable, refusal.Text.Key) {
			return Outcome{}, err
		}
		return Outcome{Say: refusal.Text, Ticket: t.ID}, nil
	}
	if err != nil {
		return Outcome{}, err
	}
	for _, changed := range effects.Tickets {
		if changed.ID == t.ID {
			t = changed
		}
	}
	out := say(t)
	out.Effects, out.Ticket = effects, t.ID
	return out, nil
}

// mendable are the refusals of the desk that another answer can mend.
var mendable = []string{"refuse.empty", "refuse.slot", "checkout.taken", "checkout.shut", "checkout.same"}

// undo is the button that takes the last press of staff back.
func undo(t desk.Ticket) [][]desk.Button {
	return [][]desk.Button{desk.Row(desk.Button{Label: desk.T("option.undo"), Data: desk.PressData(t.ID, desk.Undo, "")})}
}

// sayNumber says a sentence with the ticket's number.
func sayNumber(key string) func(desk.Ticket) Outcome {
	return func(t desk.Ticket) Outcome { return Outcome{Say: desk.T("done."+key, "number", t.Number)} }
}
