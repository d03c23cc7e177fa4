package flows

import (
	"strings"
	"time"

	"frontdesk/desk"
)

// urgentAlready tells whether the matter goes out at once anyway.
func urgentAlready(c *Context, a Answers) bool {
	category, _ := c.site().Category(a.Get("category"))
	return category.Urgency.Rings() || c.site().UrgentWords(category.ID, summary(a)+" "+allWords(a))
}

// urgentLabel offers to submit as urgent where the category knows urgent words
// and none was said. A leak has a label of its own: how much water decides.
func urgentLabel(c *Context, a Answers) desk.Text {
	category, _ := c.site().Category(a.Get("category"))
	switch {
	case len(category.UrgentWords) == 0 || urgentAlready(c, a):
		return desk.Text{}
	case strings.Contains(category.ID, "leak"):
		return desk.T("option.urgent_leak")
	}
	return desk.T("option.urgent")
}

// draft is the matter as it goes to the desk.
func draft(c *Context, a Answers) desk.Draft {
	category, _ := c.site().Category(a.Get("category"))
	d := desk.Draft{
		Kind: category.Kind, Category: category.ID, Summary: summary(a), Words: allWords(a), Files: c.Files,
		Place: a.Get("place"), Urgent: a.Get("confirm") == "urgent", Requester: c.Person.ID, Via: c.Chat.Channel,
	}
	// Clocks start when it was said; but who left the form open for hours has
	// said it now.
	if !c.said.IsZero() && c.World.Now().Sub(c.said) < 30*time.Minute {
		d.SaidAt = c.said
	}
	switch a.Get("when") {
	case "anytime":
		d.Entry = desk.EntryAnytime
	case "present":
		d.Entry = desk.EntryPresent
	case "slot":
		d.Entry = desk.EntryPresent
		if s, ok := c.site().ParseSlot(a.Get("slot")); ok {
			d.From, d.To = s.From, s.To
		}
	}
	return d
}

// submitted opens the ticket. Its registration is the requester's post, drawn
// elsewhere. Who has no name yet is asked for it, once.
func submitted(c *Context, a Answers) (Outcome, error) {
	if a.Get("confirm") == "join" {
		return joined(c, a)
	}
	if limit := c.site().Limits.NewPerDay; limit > 0 && filedToday(c, limit) >= limit {
		return Outcome{}, desk.Refuse("report.many", "limit", limit)
	}
	d := draft(c, a)
	if held, ok := heldBack(c, d.Kind, a); ok {
		return held, nil
	}
	effects, ticket := desk.Open(c.World, d)
	out := Outcome{Effects: effects, Ticket: ticket.ID}
	next, more := Later(a)
	p, changed := c.Person, false
	if place, ok := c.site().Places.Get(ticket.Place); ok && !place.Public() && p.Home == "" && !ticket.Discreet {
		p.Home, changed = place.ID, true
	}
	switch {
	case more:
		// The other matter of the same message, at the same place unless it named one.
		for _, name := range []string{"place", "when", "slot"} {
			if v := a[name]; len(v) > 0 && len(next.Answers[name]) == 0 && (name != "place" || len(next.Answers["place_said"]) == 0) {
				next.Answers[name] = v
			}
		}
		out.Next, out.Prefilled, out.Say = next.Flow, next.Answers, desk.T("report.also")
	case asksProfile(c):
		p.NameAsked, changed = true, true
		out.Next = "profile"
	}
	if changed {
		// The next flow starts from the person as they are now.
		c.Person = p
		out.Effects.People = append(out.Effects.People, p)
	}
	return out, nil
}

// filedToday counts what the person has filed by chat since local midnight, as
// far as limit.
func filedToday(c *Context, limit int) int {
	today := desk.DateOf(c.World.Now(), c.site().Zone)
	n := 0
	for _, t := range append(c.World.TicketsOf(c.Person.ID, limit), c.World.SealedOf(c.Person.ID)...) {
		if desk.DateOf(t.Created, c.site().Zone) == today {
			n++
		}
	}
	return n
}
