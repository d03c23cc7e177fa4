package flows

import (
	"strings"

	"frontdesk/desk"
)

// The questions and endings that reports of a matter share: repair, request and
// log.

// placeQuestion asks where it is.
func placeQuestion() Question {
	return Question{
		Name: "place", Place: true, Topic: topic("place"),
		Ask: func(c *Context, a Answers) desk.Text {
			if discreet(c, a) {
				return desk.T("ask.place_discreet")
			}
			return desk.T("ask.place")
		},
	}
}

// whenQuestion asks when somebody may come, and whether they may come in alone.
// In a public place nobody is asked.
func whenQuestion() Question {
	return Question{
		Name: "when", Topic: topic("when"), PerRow: 2,
		Ask: func(c *Context, a Answers) desk.Text {
			if urgentAlready(c, a) {
				return desk.T("ask.entry")
			}
			return desk.T("ask.when")
		},
		When: asksWhen,
		Options: func(c *Context, a Answers) []Option {
			anytime, present := desk.T("option.anytime"), desk.T("option.present")
			if !today(c) || urgentAlready(c, a) {
				anytime, present = desk.T("option.anytime_soon"), desk.T("option.present_soon")
			}
			options := []Option{
				{Key: "anytime", Label: anytime, Words: []string{"随时", "都行", "都可以", "没人也可以进", "any time", "anytime"}},
				{Key: "present", Label: present, Words: []string{"有人在", "有人在再进", "我在家", "if i'm in", "when i'm in"}},
				{Key: "slot", Label: desk.T("option.slot_pick"), Words: []string{"约", "预约", "另约", "pick a time", "another time"}},
			}
			if urgentAlready(c, a) {
				return options[:2] // nobody makes an appointment for a burst pipe
			}
			return options
		},
	}
}

// asksWhen tells whether somebody has to be asked when to come, and whether one
// may come in: not for public places, nor for what is done outside the room.
func asksWhen(c *Context, a Answers) bool {
	category, _ := c.site().Category(a.Get("category"))
	return !public(c, a.Get("place")) && !category.NoVisit
}

// slotQuestion asks for a window, where one is wanted.
func slotQuestion() Question {
	return Question{
		Name: "slot", Slot: true, Check: checkSlot,
		Ask:  func(*Context, Answers) desk.Text { return desk.T("ask.slot") },
		When: func(c *Context, a Answers) bool { return a.Get("when") == "slot" && asksWhen(c, a) },
	}
}

// discreet tells whether the place asked for is the one complained of, and not the
// person's own.
func discreet(c *Context, a Answers) bool {
	category, _ := c.site().Category(a.Get("category"))
	return category.Discreet
}

// ownRoom is the room that is offered first: not where somebody else is loud.
func ownRoom(c *Context, a Answers) string {
	if discreet(c, a) {
		return ""
	}
	return c.Person.Home
}

func topic(name string) func() desk.Text {
	return func() desk.Text { return desk.T("topic." + name) }
}

// public tells whether a place is nobody's room; an unknown one is not.
func public(c *Context, place string) bool {
	p, ok := c.site().Places.Get(place)
	return ok && p.Public()
}

// today tells whether somebody can still come today.
func today(c *Context) bool {
	slots := c.site().Slots(c.World.Now(), 1)
	return len(slots) > 0 && desk.DateOf(slots[0].From, c.site().Zone) == desk.DateOf(c.World.Now(), c.site().Zone)
}

// askCategory asks what it is, and of which place, where that alone was said.
func askCategory(flow string) func(*Context, Answers) desk.Text {
	return func(c *Context, a Answers) desk.Text {
		if place := a.Get("place"); place != "" && a.Get("alone") != "" {
			return desk.T("ask."+flow+".category_at", "place", c.site().PlaceLabel(place))
		}
		return desk.T("ask." + flow + ".category")
	}
}

// categories are the choices of a kind.
func categories(kinds ...string) func(*Context, Answers) []Option {
	return func(c *Context, _ Answers) []Option {
		var list []Option
		for _, kind := range kinds {
			for _, category := range c.site().CategoriesOf(kind) {
				list = append(list, Option{Key: category.ID, Label: label10(category.Label, category.ID)})
			}
		}
		return list
	}
}

// other tells whether the category says nothing, so that words must.
func other(c *Context, a Answers) bool {
	category, ok := c.site().Category(a.Get("category"))
	return ok && catchAll(category) && a.Get("summary") == ""
}

// catchAll tells whether a category is the one for everything else.
func catchAll(c desk.Category) bool {
	return c.ID == "other" || strings.HasSuffix(c.ID, "_other") || vague[bare(c.Label["en"])] ||
		strings.HasPrefix(c.Label["zh"], "其他") || strings.HasPrefix(c.Label["zh"], "其它")
}

// reportSummary is what is confirmed: what, where, when.
func reportSummary(c *Context, a Answers) desk.Text {
	when := whenText(c, a)
	if urgentAlready(c, a) {
		when = desk.T("confirm.urgent")
		switch a.Get("when") {
		case "anytime":
			when = desk.T("confirm.urgent_anytime")
		case "present", "slot":
			when = desk.T("confirm.urgent_present")
		}
	}
	lines := []desk.Text{
		desk.T("confirm.matter", "what", title(c, a), "place", c.site().PlaceLabel(a.Get("place"))), when,
	}
	if words := allWords(a); words != "" {
		lines = append(lines, desk.T("confirm.words", "words", short(strings.Join(strings.Fields(words), " "), 60)))
	}
	if len(c.Files) > 0 {
		lines = append(lines, desk.T("confirm.files"))
	}
	return desk.Lines(lines...)
}

// whenText says when somebody comes and whether they may come in alone; in a
// public place there is nothing to say.
func whenText(c *Context, a Answers) desk.Text {
	soon := !today(c)
	switch {
	case a.Get("when") == "anytime" && soon:
		return desk.T("confirm.anytime_soon")
	case a.Get("when") == "anytime":
		return desk.T("confirm.anytime")
	case a.Get("when") == "present" && soon:
		return desk.T("confirm.present_soon")
	case a.Get("when") == "present":
		return desk.T("confirm.present")
	case a.Get("when") == "slot":
		return desk.T("confirm.slot", "slot", slotText(c, a.Get("slot")))
	}
	return desk.Text{}
}

// title is what the matter is called: the person's own words, or the category.
func title(c *Context, a Answers) desk.Text {
	if s := summary(a); s != "" {
		return desk.Literal(s)
	}
	category, _ := c.site().Category(a.Get("category"))
	return desk.T("flow.label", "label", category.Called())
}

// summary is the matter in the person's own few words, if they said any.
func summary(a Answers) string {
	if s := a.Get("summary"); s != "" {
		return s
	}
	what := strings.Join(strings.Fields(a.Get("what")), " ")
	limit := maxSummary
	if latinOnly(what) {
		limit = maxLatinSummary
	}
	return short(what, limit)
}

// allWords is all that the person wrote beyond the summary.
func allWords(a Answers) string {
	var list []string
	if what := strings.TrimSpace(a.Get("what")); what != "" && what != summary(a) {
		list = append(list, what)
	}
	return strings.Join(append(list, a["words"]...), "\n")
}
