package flows

import (
	"strings"

	"frontdesk/desk"
)

// Done finishes a ticket with a photo of the work. A caption becomes a note of
// the staff; the rest of an album joins the proof.
var Done = Flow{
	Name: "done", Ticket: true, Words: true,
	Questions: []Question{{
		Name: "photo", Photos: true, First: true, Ask: askProof,
		Options: choices(Option{Key: "none", Label: desk.T("option.no_photo"), Words: []string{"没有", "没照片", "no photo", "none"}}),
	}},
	Done: func(c *Context, a Answers) (Outcome, error) {
		var noted desk.Effects
		if note := strings.Join(a["words"], "\n"); note != "" {
			if t, ok := c.World.Ticket(a.Get("ticket")); ok {
				// Before the work is finished, so that finishing can be undone.
				effects, err := desk.Act(c.World, t, desk.AddNote, c.actor(), desk.With("text", note))
				if err == nil && len(effects.Tickets) == 1 {
					noted = effects
				}
			}
		}
		w := changedWorld{World: c.World, tickets: noted.Tickets}
		own := *c
		own.World = w
		out, err := onTicket(&own, a, desk.Finish, desk.Args{Files: c.Files}, func(t desk.Ticket) Outcome {
			return nextJob(&own, t, Outcome{Say: desk.T("done.done", "number", t.Number), Buttons: undo(t)})
		})
		noted.Add(out.Effects)
		out.Effects = noted
		return out, err
	},
	Late: func(c *Context, a Answers, files []desk.File) (desk.Effects, error) {
		t, _ := c.World.Ticket(a.Get("ticket"))
		return desk.Act(c.World, t, desk.AddProof, c.actor(), desk.Args{Files: files})
	},
}

// nextJob adds the next of the person's tickets in the same building, if there is one.
func nextJob(c *Context, done desk.Ticket, out Outcome) Outcome {
	next, ok := desk.NextNear(c.World, c.Person.ID, done)
	if !ok {
		return out
	}
	s := c.World.Site()
	out.Say = desk.Lines(out.Say, desk.T("done.next", "number", next.Number, "title", desk.Title(s, next), "place", s.PlaceLabel(next.Place)))
	out.Buttons = append([][]desk.Button{desk.Row(desk.Button{Label: desk.Literal(next.Number), Data: desk.LookData(next.ID)})}, out.Buttons...)
	return out
}

// changedWorld shows tickets as they will be: for a second action in one step.
type changedWorld struct {
	desk.World
	tickets []desk.Ticket
}

func (w changedWorld) Ticket(id string) (desk.Ticket, bool) {
	for _, t := range w.tickets {
		if t.ID == id {
			return t, true
		}
	}
	return w.World.Ticket(id)
}

// askProof asks for the photo of the work; of an emergency there may be nothing to see.
func askProof(c *Context, a Answers) desk.Text {
	key := "done.photo"
	if t, _ := c.World.Ticket(a.Get("ticket")); t.Kind == desk.KindEmergency {
		key = "done.scene" //locale:key ask.done.scene
	}
	return askNumber(key)(c, a)
}
