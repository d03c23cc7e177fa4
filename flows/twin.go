package flows

import (
	"strings"

	"frontdesk/desk"
)

// twin finds the open ticket about the same that the person may join. What is
// urgent to them and not yet to the other ticket is filed on its own.
func twin(c *Context, a Answers) (desk.Ticket, bool) {
	t, ok := desk.Twin(c.World, c.Person, a.Get("category"), a.Get("place"))
	if !ok || urgentAlready(c, a) && !t.Urgency.Rings() {
		return desk.Ticket{}, false
	}
	return t, true
}

// joined follows the other ticket instead of filing one more. What was said goes
// along.
func joined(c *Context, a Answers) (Outcome, error) {
	t, ok := twin(c, a)
	if !ok {
		return Outcome{}, desk.Refuse("join.over")
	}
	text := strings.TrimSpace(summary(a) + "\n" + allWords(a))
	out, err := desk.Act(c.World, t, desk.JoinTicket, c.actor(), desk.Args{Values: map[string]string{"text": text}, Files: c.Files})
	return Outcome{Effects: out, Ticket: t.ID}, err
}
