package flows

import (
	"strings"

	"frontdesk/desk"
)

// outageQuestion stands before all others of a report: where it is about what a work
// takes away just now, the desk says so and until when, and asks nothing else unless
// they insist. Who is told this hears when it is back.
func outageQuestion() Question {
	return Question{
		Name: "outage",
		When: func(c *Context, a Answers) bool { _, runs := outage(c, a); return runs },
		Ask: func(c *Context, a Answers) desk.Text {
			x, _ := outage(c, a)
			return desk.OutageText(c.World, x)
		},
		Asked: func(c *Context, a Answers) desk.Effects {
			x, _ := outage(c, a)
			return desk.AskedAbout(c.World, x, c.Person)
		},
		Options: choices(
			Option{Key: "wait", Label: desk.T("option.outage_wait"), Words: []string{"好的", "好", "知道了", "谢谢", "ok", "okay", "thanks", "fine"}},
			Option{Key: "insist", Label: desk.T("option.outage_insist"), Words: []string{"还是要报修", "要报修", "不是这个", "insist", "report anyway"}}),
	}
}

// outage is the work that what somebody said of themselves comes from.
func outage(c *Context, a Answers) (desk.Work, bool) { return outageAt(c, a, c.Person.Home) }

// outageAt is the work that what was said so far comes from, where it is settled: at
// the place that was named, or at home if none was. Without a word it is the
// category that tells.
func outageAt(c *Context, a Answers, home string) (desk.Work, bool) {
	place := a.Get("place")
	if place == "" && !a.Has("place_said") {
		place = home
	}
	if place == "" {
		return desk.Work{}, false
	}
	said := strings.Join(append([]string{a.Get("told"), a.Get("what"), a.Get("summary")}, a["words"]...), " ")
	kinds := Outages(said)
	if strings.TrimSpace(said) == "" {
		kinds = categoryOutages(c, a.Get("category"))
	}
	return desk.RunningAt(c.World, place, kinds)
}

// KnownOutage tells whether what was said comes from a work that runs.
func KnownOutage(c *Context, a Answers) bool { _, runs := outage(c, a); return runs }

// waits tells whether they leave it at that.
func waits(a Answers) bool { return a.Get("outage") == "wait" }

// unlessWaiting asks a question only of who reports it all the same.
func unlessWaiting(questions ...Question) []Question {
	list := []Question{outageQuestion()}
	for _, q := range questions {
		list = append(list, unlessTheyWait(q))
	}
	return list
}

// fileUnlessWaiting files it, unless they leave it at what they heard of the work.
func fileUnlessWaiting(c *Context, a Answers) (Outcome, error) {
	if waits(a) {
		return Outcome{Say: desk.T("works.will_tell")}, nil
	}
	return submitted(c, a)
}
