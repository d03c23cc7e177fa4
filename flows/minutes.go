package flows

import (
	"slices"
	"strconv"
	"strings"

	"frontdesk/desk"
)

// Minutes takes what a meeting decided about one point of its agenda, and who does
// what until when; then it goes on with the next point. The answer "meeting" is its
// id, "point" the place of the point, "redo" says that what was decided already is
// gone through again, "more" that only a further action item is wanted.
var Minutes = Flow{
	Name: "minutes",
	May:  desk.Person.Employee,
	Questions: []Question{
		{
			Name: "decision", Text: true, MaxRunes: 300, PerRow: 3, When: func(_ *Context, a Answers) bool { return !a.Has("more") },
			Ask: func(c *Context, a Answers) desk.Text {
				m, i, ok := pointOf(c, a)
				if !ok {
					return desk.T("flow.over")
				}
				n, of := placeAmong(c, m, i)
				return desk.Lines(desk.T("ask.minutes.decision", "n", n, "of", of, "point", m.PointText(c.World, c.Person, i)), decidedSoFar(m, i))
			},
			Options: func(c *Context, a Answers) []Option {
				m, i, ok := pointOf(c, a)
				pass := Option{Key: "pass", Label: desk.T("option.pass_point"), Words: []string{"跳过", "不讨论", "pass"}}
				if !ok || m.Points[i].Kind == desk.PointItem {
					return []Option{pass}
				}
				return []Option{{Key: "accept", Label: desk.T("option.accept_proposal"), Words: []string{"采纳", "同意", "accept"}}, pass}
			},
		},
		{
			Name: "task", Text: true, MaxRunes: 100, When: func(_ *Context, a Answers) bool { return a.Get("decision") != "pass" },
			Options: func(_ *Context, a Answers) []Option {
				none := Option{Key: "none", Label: desk.T("option.no_task"), Words: []string{"没有", "不用", "none", "no"}}
				if a.Has("more") || a.Get("decision") == "accept" {
					return []Option{none}
				}
				return []Option{{Key: "same", Label: desk.T("option.task_same"), Words: []string{"照办", "同上", "as decided"}}, none}
			},
		},
		{
			Name: "owner", Text: true, MaxRunes: 40, PerRow: 3, When: hasTask, Options: owners, Check: checkOwner,
		},
		{
			Name: "due", Text: true, MaxRunes: 20, PerRow: 3, When: hasTask, Options: dueDays, Check: checkDay,
		},
		{
			Name: "another", When: hasTask, Options: choices(
				Option{Key: "next", Label: desk.T("option.next_point"), Words: []string{"下一条", "没有了", "next"}},
				Option{Key: "more", Label: desk.T("option.more_task"), Words: []string{"再加", "还有", "another"}}),
		},
	},
	Done: minuted,
}

func hasTask(_ *Context, a Answers) bool { return a.Has("task") && a.Get("task") != "none" }

// pointOf is the point that the conversation is about.
func pointOf(c *Context, a Answers) (desk.Meeting, int, bool) {
	m, ok := c.World.Meeting(a.Get("meeting"))
	i, err := strconv.Atoi(a.Get("point"))
	return m, i, ok && err == nil && i >= 0 && i < len(m.Points) && m.ShownTo(c.World, c.Person, i)
}

// placeAmong is the number of a point among those that the person sees, as on their
// agenda, and how many those are.
func placeAmong(c *Context, m desk.Meeting, point int) (n, of int) {
	for i := range m.Points {
		if m.ShownTo(c.World, c.Person, i) {
			of++
			if i <= point {
				n++
			}
		}
	}
	return n, of
}

// decidedSoFar is what stands in the minutes already.
func decidedSoFar(m desk.Meeting, i int) desk.Text {
	if m.Points[i].Decision == "" {
		return desk.Text{}
	}
	return desk.T("meeting.decision", "decision", desk.Literal(m.Points[i].Decision))
}

// owners offers whom the action item can be given to.
func owners(c *Context, a Answers) []Option {
	m, i, _ := pointOf(c, a)
	var list []desk.Person
	for _, role := range desk.RoleNames {
		for _, p := range c.World.Holders(role) {
			if desk.MayOwn(c.World, m, i, p) && !slices.ContainsFunc(list, func(q desk.Person) bool { return q.ID == p.ID }) {
				list = append(list, p)
			}
		}
	}
	slices.SortStableFunc(list, func(p, q desk.Person) int { return strings.Compare(p.Called(), q.Called()) })
	return peopleOptions(list[:min(len(list), mostEmployees)])
}

func checkOwner(c *Context, a Answers, value string) (string, error) {
	id, err := checkEmployee(c, a, value)
	if err != nil {
		return "", err
	}
	m, i, ok := pointOf(c, a)
	if p, known := c.World.Person(id); !ok || !known || !desk.MayOwn(c.World, m, i, p) {
		return "", desk.Refuse("actions.not_them")
	}
	return id, nil
}

// dueDays offers the days by which something is usually to be done.
func dueDays(c *Context, _ Answers) []Option {
	today := c.site().Calendar.Date(c.World.Now())
	list := []Option{{Key: today.AddDays(1).String(), Label: desk.T("option.day_tomorrow")}}
	for _, n := range []int{3, 7, 14, 30} {
		list = append(list, Option{Key: today.AddDays(n).String(), Label: desk.T("option.in_days", "n", n)})
	}
	return list
}

// minuted writes down what was said about the point, and asks for the next.
func minuted(c *Context, a Answers) (Outcome, error) {
	m, i, ok := pointOf(c, a)
	if !ok {
		return Outcome{Say: desk.T("meeting.gone")}, nil
	}
	var out Outcome
	if !a.Has("more") {
		words := a.Get("decision")
		d := desk.PointDecision{Accepted: words == "accept", Passed: words == "pass"}
		if !d.Accepted && !d.Passed {
			d.Words = words
		}
		effects, changed, err := desk.SettlePoint(c.World, m, c.Person, i, d)
		if err != nil {
			return over(err)
		}
		out.Effects.Add(effects)
		m = changed
	}
	if hasTask(c, a) {
		what := a.Get("task")
		if what == "same" {
			what = a.Get("decision")
		}
		due, _ := desk.ParseDate(a.Get("due"))
		effects, err := desk.AddItem(c.World, m, c.Person, desk.ActionItem{Point: i, What: short(what, 100), Owner: a.Get("owner"), Due: due})
		if err != nil {
			return Outcome{}, err
		}
		out.Effects.Add(effects)
	}
	known := map[string][]string{"meeting": {m.ID}, "point": {strconv.Itoa(i)}}
	if a.Has("redo") {
		known["redo"] = []string{"1"}
	}
	if a.Get("another") == "more" {
		known["more"] = []string{"1"}
		out.Next, out.Prefilled = "minutes", known
		return out, nil
	}
	next, more := desk.NextPoint(c.World, m, c.Person, i, a.Has("redo"))
	switch {
	case more:
		known["point"] = []string{strconv.Itoa(next)}
		out.Next, out.Prefilled = "minutes", known
	case desk.MayMinute(c.World, m, c.Person):
		out.Next, out.Prefilled = "month_plan", map[string][]string{"meeting": {m.ID}}
	default:
		out.Say = desk.T("meeting.kept", "number", m.Number)
	}
	return out, nil
}

// over ends a conversation with a refusal that no other answer mends.
func over(err error) (Outcome, error) {
	if refusal, ok := desk.AsUserError(err); ok && refusal.Text.Key != "refuse.empty" {
		return Outcome{Say: refusal.Text}, nil
	}
	return Outcome{}, err
}

// MonthPlan takes the plan of the next month and sends the minutes.
var MonthPlan = Flow{
	Name: "month_plan",
	May:  desk.Person.Employee,
	Questions: []Question{
		{
			Name: "plan", Text: true,
			Ask: func(c *Context, a Answers) desk.Text {
				m, _ := c.World.Meeting(a.Get("meeting"))
				month := desk.MonthAfter(desk.DateOf(m.At, c.site().Zone))
				lines := []desk.Text{desk.T("ask.month_plan.plan", "month", desk.MonthText(month))}
				for _, line := range desk.PlanSoFar(c.World, month) {
					lines = append(lines, desk.T("meeting.plan_line", "line", line))
				}
				return desk.Lines(lines...)
			},
			Options: func(c *Context, a Answers) []Option {
				m, _ := c.World.Meeting(a.Get("meeting"))
				label := "option.plan_later"
				if len(desk.PlanSoFar(c.World, desk.MonthAfter(desk.DateOf(m.At, c.site().Zone)))) > 0 {
					label = "option.plan_keep"
				}
				//locale:key option.plan_later option.plan_keep
				return []Option{{Key: "keep", Label: desk.T(label)}}
			},
		},
		{
			Name: "send",
			Ask: func(c *Context, a Answers) desk.Text {
				m, _ := c.World.Meeting(a.Get("meeting"))
				return desk.T("ask.month_plan.send", "n", len(desk.MinutesTo(c.World, m)))
			},
			Options: choices(
				Option{Key: "send", Label: desk.T("option.minutes_send"), Words: []string{"发", "send"}},
				Option{Key: "later", Label: desk.T("option.minutes_later"), Words: []string{"不发", "先不发", "later"}}),
		},
	},
	Done: func(c *Context, a Answers) (Outcome, error) {
		m, ok := c.World.Meeting(a.Get("meeting"))
		if !ok {
			return Outcome{Say: desk.T("meeting.gone")}, nil
		}
		words := a.Get("plan")
		if words == "keep" {
			words = ""
		}
		out, m, err := desk.WritePlan(c.World, m, c.Person, words)
		if err != nil {
			return over(err)
		}
		if a.Get("send") == "later" {
			return Outcome{Effects: out, Say: desk.T("meeting.kept", "number", m.Number)}, nil
		}
		sent, m, err := desk.SendMinutes(c.World, m, c.Person)
		if err != nil {
			return over(err)
		}
		out.Add(sent)
		return Outcome{Effects: out, Say: desk.T("meeting.sent", "number", m.Number, "n", len(desk.MinutesTo(c.World, m)))}, nil
	},
}
