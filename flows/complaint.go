package flows

import (
	"slices"
	"strings"

	"frontdesk/desk"
)

// Complaint asks what sort of complaint it is, about whom or what, what happened
// and when, and whether to stay anonymous.
var Complaint = Flow{
	Name: "complaint", Photos: true, Words: true, Again: "complain",
	Questions: []Question{
		{Name: "type", Options: caseTypes, PerRow: 3, Topic: topic("type")},
		{Name: "about", Options: aboutOptions(desk.AboutTicket, desk.AboutTeam, desk.AboutPerson, desk.AboutPlace, desk.AboutService, desk.AboutOther), PerRow: 3, Topic: topic("about")},
		ownQuestion("complaint"),
		teamQuestion("complaint", true),
		{Name: "who", Text: true, MaxRunes: 200, When: isAbout(desk.AboutPerson), Topic: topic("who")},
		casePlace(),
		{Name: "service", Options: services, PerRow: 3, When: isAbout(desk.AboutService), Topic: topic("service")},
		{Name: "what", Text: true, Topic: topic("what")},
		momentQuestion(),
		{Name: "name", PerRow: 2, Topic: topic("name"), Options: choices(
			Option{Key: "named", Label: desk.T("option.named"), Words: []string{"实名", "with my name"}},
			Option{Key: "anonymous", Label: desk.T("option.anonymous"), Words: []string{"不留名", "保密", "anonymously"}},
		)},
		{Name: "confirm", Confirm: true},
	},
	Summary: complaintSummary,
	Done: func(c *Context, a Answers) (Outcome, error) {
		d := caseDraft(c, a, desk.KindComplaint)
		d.Type = a.Get("type")
		d.Anonymous = a.Get("name") == "anonymous"
		if limit := c.site().Limits.NewPerDay; limit > 0 && d.Type != desk.CaseUrgent && filedToday(c, limit) >= limit {
			return Outcome{}, desk.Refuse("report.many", "limit", limit)
		}
		effects, t := desk.OpenCase(c.World, d)
		if d.Anonymous {
			return Outcome{Effects: effects}, nil
		}
		return Outcome{Effects: effects, Ticket: t.ID}, nil
	},
}

// ComplaintAnswers are what a first sentence already says of a complaint.
func ComplaintAnswers(said string, answers map[string][]string) map[string][]string {
	known := map[string][]string{}
	if nameOnly(said) {
		return known
	}
	known["what"] = []string{said}
	if place := answers["place"]; len(place) > 0 {
		known["place"] = place
	}
	if containsAny(desk.Fold(said), mannerWords) {
		known["type"] = []string{desk.CaseManner}
	}
	return known
}

// mannerWords complain of how somebody behaved.
var mannerWords = []string{"态度", "骂", "吼", "凶", "不礼貌", "没礼貌", "不耐烦", "attitude", "rude", "shouted", "yelled", "swore", "impolite"}

func caseTypes(*Context, Answers) []Option {
	//locale:prefix option.type_
	var list []Option
	for _, t := range desk.CaseTypes {
		list = append(list, Option{Key: t, Label: desk.T("option.type_" + t)})
	}
	return list
}

// aboutOptions are what a case can be about; a ticket only for who has one.
func aboutOptions(kinds ...string) func(*Context, Answers) []Option {
	//locale:prefix option.about_
	return func(c *Context, _ Answers) []Option {
		var list []Option
		for _, kind := range kinds {
			if kind != desk.AboutTicket || len(ownTickets(c)) > 0 {
				list = append(list, Option{Key: kind, Label: desk.T("option.about_" + kind)})
			}
		}
		return list
	}
}

func isAbout(kind string) func(*Context, Answers) bool {
	return func(_ *Context, a Answers) bool { return a.Get("about") == kind }
}

// ownLook is how many of a person's newest tickets can be chosen.
const ownLook = 9

// ownTickets are the tickets that a case can be about.
func ownTickets(c *Context) []desk.Ticket {
	return slices.DeleteFunc(c.World.TicketsOf(c.Person.ID, ownLook), func(t desk.Ticket) bool { return t.Case != nil })
}

// ownQuestion asks which of their tickets is meant.
func ownQuestion(flow string) Question {
	return Question{
		Name: "own", PerRow: 3, When: isAbout(desk.AboutTicket), Topic: topic("own"),
		Ask: func(c *Context, _ Answers) desk.Text {
			lines := []desk.Text{desk.T("ask." + flow + ".own")}
			for _, t := range ownTickets(c) {
				lines = append(lines, desk.T("case.own_line", "number", t.Number, "title", desk.Title(c.site(), t), "place", desk.Where(c.site(), t)))
			}
			return desk.Lines(lines...)
		},
		Options: func(c *Context, _ Answers) []Option {
			var list []Option
			for _, t := range ownTickets(c) {
				list = append(list, Option{Key: t.ID, Label: desk.Literal(t.Number)})
			}
			return list
		},
	}
}

// teamQuestion asks which department is meant; withDesk also offers the desk
// itself.
func teamQuestion(flow string, withDesk bool) Question {
	return Question{
		Name: "team", PerRow: 3, When: isAbout(desk.AboutTeam), Topic: topic("team"),
		Ask: func(*Context, Answers) desk.Text { return desk.T("ask." + flow + ".team") },
		Options: func(c *Context, _ Answers) []Option {
			var list []Option
			for _, d := range c.site().Departments {
				if !d.Retired {
					list = append(list, Option{Key: d.ID, Label: label10(d.Label, d.ID)})
				}
			}
			if withDesk {
				list = append(list, Option{Key: desk.TeamDesk, Label: desk.T("option.team_desk")})
			}
			return list
		},
	}
}

// casePlace asks where, if it is about a place.
func casePlace() Question {
	q := placeQuestion()
	q.When = func(_ *Context, a Answers) bool { return a.Get("about") == desk.AboutPlace || a.Has("place") }
	return q
}

// services are the site's requests and what is repaired, and the desk itself.
func services(c *Context, _ Answers) []Option {
	var list []Option
	for _, kind := range []string{desk.KindRequest, desk.KindRepair} {
		for _, category := range c.site().CategoriesOf(kind) {
			if !catchAll(category) {
				list = append(list, Option{Key: category.ID, Label: label10(category.Label, category.ID)})
			}
		}
	}
	return append(list, Option{Key: desk.TeamDesk, Label: desk.T("option.team_desk")}, Option{Key: "other", Label: desk.T("option.other")})
}

// complaintSummary is what is confirmed, and who will see it.
func complaintSummary(c *Context, a Answers) desk.Text {
	name := desk.T("confirm.named")
	switch {
	case a.Get("name") == "anonymous" && a.Get("about") == desk.AboutTicket:
		name = desk.T("confirm.anonymous_ticket")
	case a.Get("name") == "anonymous":
		name = desk.T("confirm.anonymous")
	}
	return desk.Lines(
		desk.T("confirm.complaint", "type", desk.T("option.type_"+a.Get("type")), "about", aboutText(c, a)),
		desk.T("confirm.words", "words", short(strings.Join(strings.Fields(caseWords(a)), " "), 60)),
		momentText(c, a), filesText(c), name,
	)
}

func filesText(c *Context) desk.Text {
	if len(c.Files) == 0 {
		return desk.Text{}
	}
	return desk.T("confirm.files")
}

// aboutText says whom or what a case is about.
func aboutText(c *Context, a Answers) desk.Text {
	switch a.Get("about") {
	case desk.AboutTicket:
		t, _ := c.World.Ticket(a.Get("own"))
		return desk.Literal(t.Number)
	case desk.AboutTeam:
		return desk.TeamText(c.site(), a.Get("team"))
	case desk.AboutPerson:
		return desk.Literal(short(a.Get("who"), 30))
	case desk.AboutPlace:
		return desk.T("label", "label", c.site().PlaceLabel(a.Get("place")))
	case desk.AboutService:
		switch a.Get("service") {
		case desk.TeamDesk:
			return desk.T("option.team_desk")
		case "other":
			return desk.T("option.other")
		}
		category, _ := c.site().Category(a.Get("service"))
		return desk.T("label", "label", category.Called())
	}
	return desk.T("option.about_other")
}

// caseWords is all that was said, each thing once.
func caseWords(a Answers) string {
	list := []string{strings.TrimSpace(a.Get("what"))}
	for _, words := range a["words"] {
		if !slices.Contains(list, words) {
			list = append(list, words)
		}
	}
	return strings.TrimSpace(strings.Join(list, "\n"))
}

// caseDraft is what was said as it goes to the desk.
func caseDraft(c *Context, a Answers, kind string) desk.CaseDraft {
	d := desk.CaseDraft{
		Kind: kind, Words: caseWords(a), Files: c.Files, Place: a.Get("place"), Requester: c.Person.ID, Via: c.Chat.Channel, SaidAt: c.said,
		About: desk.About{Kind: a.Get("about"), Ticket: a.Get("own"), Team: a.Get("team"), Said: a.Get("who")},
	}
	if kind == desk.KindComplaint {
		d.Category = categoryIn(c.site(), d.Words)
	}
	if service := a.Get("service"); service != "" {
		if service != "other" {
			d.About.Service = service
		}
		if _, known := c.site().Category(service); known {
			d.Category = service
		}
		if service == desk.TeamDesk {
			d.About.Kind, d.About.Team, d.About.Service = desk.AboutTeam, desk.TeamDesk, ""
		}
	}
	if t, ok := c.World.Ticket(a.Get("own")); ok && d.Category == "" && kind == desk.KindComplaint {
		d.Category = t.Category
	}
	d.About.From, d.About.To = momentSpan(c, a)
	return d
}

// categoryIn is the category of which the longest word was said, or none.
func categoryIn(s *desk.Site, text string) (id string) {
	folded, longest := desk.Fold(text), ""
	for _, c := range siteWords(s) {
		if w := c.spokenIn(folded); len(w) > len(longest) && !catchAll(c.Category) {
			longest, id = w, c.ID
		}
	}
	return id
}
