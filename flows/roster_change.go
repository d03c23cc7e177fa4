package flows

import (
	"slices"
	"strings"

	"frontdesk/desk"
)

// RosterChange enters what differs from the weekly pattern: leave, sick leave or
// extra work of somebody.
var RosterChange = Flow{
	Name: "roster_change",
	May:  func(p desk.Person) bool { return p.Manages() },
	Questions: []Question{
		{Name: "kind", Topic: topic("roster_kind"), Options: choices(
			Option{Key: string(desk.ChangeLeave), Label: desk.T("option.roster.leave")},
			Option{Key: string(desk.ChangeSick), Label: desk.T("option.roster.sick")},
			Option{Key: string(desk.ChangeExtra), Label: desk.T("option.roster.extra")})},
		{Name: "who", Topic: topic("roster_who"), Options: employees, Text: true, MaxRunes: 40, Check: checkEmployee},
		{Name: "from", Topic: topic("roster_from"), Options: comingDays(0), PerRow: 3, Text: true, MaxRunes: 20, Check: checkDay},
		{Name: "to", Topic: topic("roster_to"), Options: lastDays, PerRow: 3, Text: true, MaxRunes: 20, Check: checkLastDay,
			When: func(_ *Context, a Answers) bool { return a.Get("kind") != string(desk.ChangeExtra) }},
		{Name: "shift", Topic: topic("roster_shift"), Options: shiftOptions, When: extra},
		{Name: "duty", Topic: topic("roster_duty"), Options: dutyOptions, When: func(c *Context, a Answers) bool {
			return extra(c, a) && len(dutyOptions(c, a)) > 1
		}},
		{Name: "confirm", Confirm: true},
	},
	Summary: func(c *Context, a Answers) desk.Text {
		x := enteredChange(c, a)
		lines := []desk.Text{x.Text(c.World)}
		if x.Kind != desk.ChangeExtra {
			for _, turn := range desk.Uncovered(c.World, x.Who, x.Dates) {
				lines = append(lines, desk.T("roster.alone", "day", turn.From, "shift", turn.Shift.Label, "what", c.site().DutyLabel(turn.Duty)))
			}
		}
		return desk.Lines(lines...)
	},
	Done: func(c *Context, a Answers) (Outcome, error) {
		x := enteredChange(c, a)
		out, err := desk.EnterChange(c.World, x, c.actor())
		if err != nil {
			return Outcome{}, err
		}
		return Outcome{Effects: out, Say: desk.T("roster.done", "change", x.Text(c.World)),
			Buttons: [][]desk.Button{desk.Row(desk.Button{Label: desk.T("button.roster"), Data: desk.CommandData("roster")})}}, nil
	},
}

func extra(_ *Context, a Answers) bool { return a.Get("kind") == string(desk.ChangeExtra) }

// enteredChange is the change that the answers describe.
func enteredChange(c *Context, a Answers) desk.RosterChange {
	x := desk.RosterChange{Kind: desk.ChangeKind(a.Get("kind")), Who: a.Get("who")}
	x.Dates.From, _ = desk.ParseDate(a.Get("from"))
	x.Dates.To = x.Dates.From
	if to, err := desk.ParseDate(a.Get("to")); err == nil {
		x.Dates.To = to
	}
	if x.Kind == desk.ChangeExtra {
		x.Shift, x.Duty = a.Get("shift"), a.Get("duty")
		if list := dutyOptions(c, a); x.Duty == "" && len(list) == 1 {
			x.Duty = list[0].Key
		}
	}
	return x
}

// mostEmployees is how many people a question offers; the others are typed.
const mostEmployees = 24

// employees offers everybody who can be on duty.
func employees(c *Context, _ Answers) []Option {
	var list []desk.Person
	for _, role := range desk.RoleNames {
		for _, p := range c.World.Holders(role) {
			if !slices.ContainsFunc(list, func(q desk.Person) bool { return q.ID == p.ID }) {
				list = append(list, p)
			}
		}
	}
	slices.SortStableFunc(list, func(p, q desk.Person) int { return strings.Compare(p.Called(), q.Called()) })
	return peopleOptions(list[:min(len(list), mostEmployees)])
}

func peopleOptions(list []desk.Person) []Option {
	var options []Option
	for _, p := range list {
		options = append(options, Option{Key: p.ID, Label: desk.Literal(short(p.Called(), maxLabel)), Words: []string{p.Called()}})
	}
	return options
}

// checkEmployee finds somebody by a name, or a part of one, that was typed.
func checkEmployee(c *Context, _ Answers, value string) (string, error) {
	if _, ok := c.World.Person(value); ok {
		return value, nil
	}
	var found []string
	for _, role := range desk.RoleNames {
		for _, p := range c.World.Holders(role) {
			if strings.Contains(desk.NameKey(p.Called()), desk.NameKey(value)) && !slices.Contains(found, p.ID) {
				found = append(found, p.ID)
			}
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", desk.Refuse("roster.nobody", "said", short(value, 20))
	}
	return "", desk.Refuse("roster.several", "said", short(value, 20))
}

// comingDays offers today and the two days after it, from so many days on.
func comingDays(skip int) func(*Context, Answers) []Option {
	return func(c *Context, _ Answers) []Option {
		today := c.site().Calendar.Date(c.World.Now())
		var list []Option
		for i, label := range []string{"option.day_today", "option.day_tomorrow", "option.day_after"} {
			//locale:key option.day_today option.day_tomorrow option.day_after
			if i >= skip {
				list = append(list, Option{Key: today.AddDays(i).String(), Label: desk.T(label)})
			}
		}
		return list
	}
}

// lastDays offers the first day itself and some after it.
func lastDays(c *Context, a Answers) []Option {
	from, err := desk.ParseDate(a.Get("from"))
	if err != nil {
		return nil
	}
	list := []Option{{Key: from.String(), Label: desk.T("option.same_day")}}
	for _, n := range []int{1, 2, 4, 6} {
		list = append(list, Option{Key: from.AddDays(n).String(), Label: desk.T("option.days", "n", n+1)})
	}
	return list
}

func checkDay(c *Context, _ Answers, value string) (string, error) {
	today := c.site().Calendar.Date(c.World.Now())
	day, ok := desk.ComingDay(value, today)
	if !ok {
		return "", desk.Refuse("roster.which_day", "said", short(value, 20))
	}
	if day.Compare(today) < 0 {
		return "", desk.Refuse("roster.past")
	}
	return day.String(), nil
}

// mostLeave is for how many days somebody is entered as away at most.
const mostLeave = 200

// checkLastDay reads the last day, from the first on.
func checkLastDay(c *Context, a Answers, value string) (string, error) {
	from, err := desk.ParseDate(a.Get("from"))
	if err != nil {
		from = c.site().Calendar.Date(c.World.Now())
	}
	day, ok := desk.ComingDay(value, from)
	switch {
	case !ok:
		return "", desk.Refuse("roster.which_day", "said", short(value, 20))
	case day.Compare(from) < 0, day.Compare(from.AddDays(mostLeave)) > 0:
		// A date without its year that has been is next year's.
		return "", desk.Refuse("roster.before")
	}
	return day.String(), nil
}

func shiftOptions(c *Context, _ Answers) []Option {
	var list []Option
	for _, s := range c.site().Roster.Shifts {
		list = append(list, Option{Key: s.Name, Label: label10(s.Label, s.Name)})
	}
	return list
}

// dutyOptions are what the person may do.
func dutyOptions(c *Context, a Answers) []Option {
	p, ok := c.World.Person(a.Get("who"))
	if !ok {
		return nil
	}
	var list []Option
	for _, duty := range c.site().Duties() {
		if c.site().MayDo(p, duty) {
			list = append(list, Option{Key: duty, Label: dutyLabel(c, duty)})
		}
	}
	return list
}

// dutyLabel is a duty on a button.
//
//locale:prefix option.role.
func dutyLabel(c *Context, duty string) desk.Text {
	if d, ok := c.site().Department(duty); ok {
		return label10(d.Label, d.ID)
	}
	return desk.T("option.role." + duty)
}
