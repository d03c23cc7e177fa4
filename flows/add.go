package flows

import (
	"strings"

	"frontdesk/desk"
)

// Add adds words or photos to a ticket.
var Add = Flow{
	Name: "add", Ticket: true, Photos: true,
	Questions: []Question{{Name: "words", Text: true, Photos: true, Ask: askNumber("add.words")}},
	Done: func(c *Context, a Answers) (Outcome, error) {
		args := desk.Args{Values: map[string]string{}, Files: c.Files}
		// The word photos stands for the press of [Next].
		if words := strings.Join(a["words"], "\n"); words != "photos" || len(c.Files) == 0 {
			args.Values["text"] = words
		}
		return onTicket(c, a, desk.AddWords, args, sayNumber("add"))
	},
	Late: func(c *Context, a Answers, files []desk.File) (desk.Effects, error) {
		t, _ := c.World.Ticket(a.Get("ticket"))
		return desk.Act(c.World, t, desk.AddWords, c.actor(), desk.Args{Files: files})
	},
}
