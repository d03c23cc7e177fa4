package flows

import (
	"strings"
	"time"

	"frontdesk/desk"
)

// PlanWork enters a planned work or an outage. The desk has to say yes to it.
var PlanWork = Flow{
	Name: "work",
	May:  plans,
	Questions: []Question{
		{Name: "kind", Options: workKinds, PerRow: 3, Topic: topic("work_kind")},
		{Name: "place", Place: true, Wide: true, Several: true, Topic: topic("place"), Ask: func(*Context, Answers) desk.Text { return desk.T("ask.work.place") }},
		{Name: "from", Text: true, MaxRunes: 40, Check: checkFrom, Topic: topic("work_from")},
		{Name: "to", Text: true, MaxRunes: 40, Check: checkTo, Options: workEnds, PerRow: 2, Topic: topic("work_to")},
		{Name: "urgent", Options: choices(
			Option{Key: "no", Label: desk.T("option.work_planned"), Words: []string{"不急", "planned"}},
			Option{Key: "yes", Label: desk.T("option.work_urgent"), Words: []string{"紧急", "urgent"}})},
		{Name: "text", Text: true, MaxRunes: 500, Topic: topic("work_text"), Ask: askInLanguage("ask.work.text", 0)},
		{Name: "second", Text: true, MaxRunes: 500, Optional: true, When: twoLanguages, Ask: askInLanguage("ask.work.second", 1)},
		{Name: "confirm", Confirm: true},
	},
	Summary: func(c *Context, a Answers) desk.Text {
		x := enteredWork(c, a)
		lines := []desk.Text{desk.WorkText(c.site(), "works.line", x, c.Lang)}
		for _, clash := range desk.Clashes(c.World, x) {
			lines = append(lines, desk.T("works.clash", "clash", clash))
		}
		return desk.Lines(lines...)
	},
	Done: func(c *Context, a Answers) (Outcome, error) {
		out, x, err := desk.AskWork(c.World, enteredWork(c, a), c.Person)
		if err != nil {
			return Outcome{}, err
		}
		return Outcome{Effects: out, Say: desk.T("works.sent", "work", desk.WorkName(c.site(), x))}, nil
	},
}

// plans tells who enters works and plans.
func plans(p desk.Person) bool { return p.Desk() || p.Has(desk.RoleTechnician) }

func workKinds(*Context, Answers) []Option {
	//locale:prefix option.work_
	var list []Option
	for _, kind := range desk.WorkKinds {
		list = append(list, Option{Key: string(kind), Label: desk.T("option.work_" + string(kind))})
	}
	return list
}

// workEnds offers how long a work usually takes.
func workEnds(c *Context, a Answers) []Option {
	from, ok := momentOf(c, a.Get("from"))
	if !ok {
		return nil
	}
	var list []Option
	for _, n := range []int{1, 2, 4, 8} {
		list = append(list, Option{Key: from.Add(time.Duration(n) * time.Hour).UTC().Format(time.RFC3339), Label: desk.T("option.hours", "n", n)})
	}
	return list
}

// momentIn reads a day and a time of day as somebody writes them: 明天 9:00, 12-05
// 14:30. Without a day it is the given one.
func momentIn(c *Context, text string, base desk.Date) (time.Time, bool) {
	clock, rest, ok := desk.ClockIn(text)
	if rest != "" && ok {
		base, ok = desk.ComingDay(rest, c.site().Calendar.Date(c.World.Now()))
	}
	return clock.On(base, c.site().Zone), ok
}

// momentOf is a moment as an answer keeps it.
func momentOf(c *Context, kept string) (time.Time, bool) {
	t, err := time.Parse(time.RFC3339, kept)
	return t.In(c.site().Zone), err == nil
}

func checkFrom(c *Context, _ Answers, value string) (string, error) {
	at, ok := momentOf(c, value)
	if !ok {
		at, ok = momentIn(c, value, c.site().Calendar.Date(c.World.Now()))
	}
	if !ok {
		return "", desk.Refuse("works.which_time", "said", short(value, 20))
	}
	return at.UTC().Format(time.RFC3339), nil
}

// checkTo reads the end, after the beginning: without a day on the same, or the next
// where it would be before.
func checkTo(c *Context, a Answers, value string) (string, error) {
	from, _ := momentOf(c, a.Get("from"))
	at, ok := momentOf(c, value)
	if !ok {
		day := c.site().Calendar.Date(from)
		if at, ok = momentIn(c, value, day); ok && !at.After(from) {
			at, ok = momentIn(c, value, day.AddDays(1))
		}
	}
	switch {
	case !ok:
		return "", desk.Refuse("works.which_time", "said", short(value, 20))
	case !at.After(from):
		return "", desk.Refuse("works.bad_time")
	}
	return at.UTC().Format(time.RFC3339), nil
}

func twoLanguages(c *Context, _ Answers) bool { return len(c.site().Languages) > 1 }

// askInLanguage asks for a text in one of the site's languages.
//
//locale:key ask.work.text ask.work.second ask.announce.text ask.announce.second
func askInLanguage(key string, n int) func(*Context, Answers) desk.Text {
	return func(c *Context, _ Answers) desk.Text {
		return desk.T(key, "language", languageName(c.site().Languages[min(n, len(c.site().Languages)-1)]))
	}
}

// languageName is the name of a language, or its code.
func languageName(lang string) desk.Text {
	switch lang {
	case "zh":
		return desk.T("language.chinese")
	case "en":
		return desk.T("language.english")
	}
	return desk.Literal(lang)
}

// bothTexts are the two texts by the site's languages.
func bothTexts(c *Context, a Answers) desk.Label {
	text := desk.Label{}
	for i, name := range []string{"text", "second"} {
		if i < len(c.site().Languages) && strings.TrimSpace(a.Get(name)) != "" {
			text[c.site().Languages[i]] = strings.TrimSpace(a.Get(name))
		}
	}
	return text
}

func enteredWork(c *Context, a Answers) desk.Work {
	x := desk.Work{Kind: desk.WorkKind(a.Get("kind")), Place: a.Get("place"), More: a.Others("place"), Urgent: a.Get("urgent") == "yes", Text: bothTexts(c, a)}
	x.From, _ = momentOf(c, a.Get("from"))
	x.To, _ = momentOf(c, a.Get("to"))
	if !c.Person.Desk() {
		for _, d := range desk.PlansOf(c.site(), c.Person) {
			x.Department = d.ID
			break
		}
	}
	return x
}

// WorkTime gives a work another time.
var WorkTime = Flow{
	Name: "work_time",
	May:  plans,
	Questions: []Question{
		{Name: "from", Text: true, MaxRunes: 40, Check: checkFrom, Options: func(c *Context, a Answers) []Option {
			x, ok := c.World.Work(a.Get("work"))
			if !ok || x.State == desk.WorkReturned {
				return nil
			}
			return []Option{{Key: x.From.UTC().Format(time.RFC3339), Label: desk.T("option.same_start")}}
		}},
		{Name: "to", Text: true, MaxRunes: 40, Check: checkTo, Options: workEnds, PerRow: 2},
	},
	Done: onWork(func(c *Context, a Answers, x desk.Work) (desk.Effects, desk.Work, error) {
		from, _ := momentOf(c, a.Get("from"))
		to, _ := momentOf(c, a.Get("to"))
		return desk.MoveWork(c.World, x, c.Person, from, to)
	}, "works.moved"),
}

// WorkNo refuses a work, WorkReturn asks for a change, WorkCancel takes it back; each
// with the reason.
var (
	WorkNo = Flow{Name: "work_no", May: desk.Person.Manages, Questions: []Question{{Name: "why", Text: true, MaxRunes: 200}},
		Done: onWork(decided(desk.WorkRefused), "works.said_no")}
	WorkReturn = Flow{Name: "work_return", May: desk.Person.Manages, Questions: []Question{{Name: "why", Text: true, MaxRunes: 200}},
		Done: onWork(decided(desk.WorkReturned), "works.said_change")}
	WorkCancel = Flow{Name: "work_cancel", May: plans, Questions: []Question{{Name: "why", Text: true, MaxRunes: 200}},
		Done: onWork(func(c *Context, a Answers, x desk.Work) (desk.Effects, desk.Work, error) {
			return desk.CancelWork(c.World, x, c.Person, a.Get("why"))
		}, "works.taken_back")}
)

func decided(to desk.WorkState) func(*Context, Answers, desk.Work) (desk.Effects, desk.Work, error) {
	return func(c *Context, a Answers, x desk.Work) (desk.Effects, desk.Work, error) {
		return desk.DecideWork(c.World, x, c.Person, to, a.Get("why"))
	}
}

func onWork(act func(*Context, Answers, desk.Work) (desk.Effects, desk.Work, error), say string) func(*Context, Answers) (Outcome, error) {
	return func(c *Context, a Answers) (Outcome, error) {
		x, ok := c.World.Work(a.Get("work"))
		if !ok {
			return Outcome{Say: desk.T("works.gone")}, nil
		}
		out, x, err := act(c, a, x)
		if refusal, refused := desk.AsUserError(err); refused && refusal.Text.Key != "refuse.empty" && refusal.Text.Key != "works.bad_time" {
			return Outcome{Say: refusal.Text}, nil
		}
		return Outcome{Effects: out, Say: desk.T(say, "work", desk.WorkName(c.site(), x), "from", x.From, "to", x.To)}, err //locale:key works.moved works.said_no works.said_change works.taken_back
	}
}

// Plan enters what a department plans for tomorrow.
var Plan = Flow{
	Name: "plan",
	May:  plans,
	Questions: []Question{
		{Name: "department", PerRow: 3, When: func(c *Context, _ Answers) bool { return len(desk.PlansOf(c.site(), c.Person)) > 1 },
			Options: func(c *Context, _ Answers) []Option {
				var list []Option
				for _, d := range desk.PlansOf(c.site(), c.Person) {
					list = append(list, Option{Key: d.ID, Label: label10(d.Label, d.ID)})
				}
				return list
			}},
		{Name: "lines", Text: true, MaxRunes: 2000, Options: choices(Option{Key: "nothing", Label: desk.T("option.no_plan"), Words: []string{"没有", "无", "nothing", "none"}})},
	},
	Done: func(c *Context, a Answers) (Outcome, error) {
		department := a.Get("department")
		if list := desk.PlansOf(c.site(), c.Person); department == "" && len(list) > 0 {
			department = list[0].ID
		}
		words := a.Get("lines")
		if words == "nothing" {
			words = ""
		}
		day := c.site().Calendar.Date(c.World.Now()).AddDays(1)
		out, plan, err := desk.EnterPlan(c.World, department, day, c.Person, words)
		if err != nil {
			return Outcome{}, err
		}
		d, _ := c.site().Department(department)
		return Outcome{Effects: out, Say: desk.T("works.plan_kept", "department", d.Label, "n", len(plan.Lines)),
			Buttons: [][]desk.Button{desk.Row(desk.Button{Label: desk.T("button.work_new"), Data: desk.StartData("work", "")})}}, nil
	},
}
