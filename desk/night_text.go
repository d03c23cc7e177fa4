package desk

import (
	"slices"
	"strconv"
)

// Text is the whole report: one line for each figure that there is, beside the
// day's and last week's.
func (n NightReport) Text(s *Site) Text {
	c := n.Night
	if c.Quiet() {
		return T("night.quiet", "day", c.From)
	}
	lines := []Text{T("night.head", "day", c.From, "from", c.From, "to", c.To)}
	if c.Urgent+n.Day.Urgent+n.Week.Urgent > 0 {
		lines = append(lines, n.beside(c.urgent(), func(f NightFigures) Text { return f.urgentBrief() }))
	}
	lines = append(lines, n.beside(T("night.untaken", "n", c.Untaken, "all", c.Filed), func(f NightFigures) Text {
		return share(f.Untaken, f.Filed)
	}))
	if c.Rounds > 0 {
		lines = append(lines, n.beside(c.walked(), func(f NightFigures) Text { return share(f.Walked, f.Rounds) }))
	}
	if c.Posts > 0 {
		lines = append(lines, n.beside(c.checked(), func(f NightFigures) Text { return share(f.Checked, f.Posts) }))
	}
	if c.Unasked > 0 {
		lines = append(lines, T("night.unasked", "n", c.Unasked))
	}
	if c.Findings > 0 {
		lines = append(lines, T("night.findings", "n", c.Findings))
	}
	if c.Rated+n.Day.Rated+n.Week.Rated > 0 {
		lines = append(lines, n.beside(T("night.rated", "good", c.Good, "rated", c.Rated), func(f NightFigures) Text {
			return share(f.Good, f.Rated)
		}))
	}
	return Lines(lines...)
}

// beside puts the same figure of the day and of last week behind one of the night.
func (n NightReport) beside(night Text, brief func(NightFigures) Text) Text {
	return T("night.beside", "night", night, "day", brief(n.Day), "week", brief(n.Week))
}

func (c NightFigures) urgent() Text {
	switch {
	case c.Urgent == 0:
		return T("night.no_urgent")
	case c.Answered == 0:
		return T("night.urgent_free", "n", c.Urgent)
	}
	return T("night.urgent", "n", c.Urgent, "answered", c.Answered, "taken", c.Taken, "usual", c.Usual, "wait", c.Wait)
}

func (c NightFigures) urgentBrief() Text {
	if c.Answered == 0 {
		return share(c.Answered, c.Urgent)
	}
	return T("night.urgent_brief", "answered", c.Answered, "n", c.Urgent, "wait", c.Wait)
}

// share is a figure with what it is a share of.
func share(n, all int) Text {
	if all == 0 {
		return T("night.none")
	}
	return T("night.share", "n", n, "all", all)
}

// walked says how the rounds went: how many of how many, and what was not.
func (c NightFigures) walked() Text {
	parts := []Text{T("night.walked", "n", c.Walked, "all", c.Rounds)}
	for _, part := range []struct {
		n   int
		key string
	}{{c.Late, "night.late"}, {c.Missed, "night.missed"}, {c.Partly, "night.partly"}} {
		//locale:key night.late night.missed night.partly
		if part.n > 0 {
			parts = append(parts, T(part.key, "n", part.n))
		}
	}
	return T("night.parts", "parts", parts)
}

func (c NightFigures) checked() Text {
	parts := []Text{T("night.checked", "n", c.Checked, "all", c.Posts)}
	for _, part := range []struct {
		n   int
		key string
	}{{c.Absent, "night.absent"}, {c.Unfit, "night.unfit"}} {
		//locale:key night.absent night.unfit
		if part.n > 0 {
			parts = append(parts, T(part.key, "n", part.n))
		}
	}
	return T("night.parts", "parts", parts)
}

// Brief is the report in at most two lines, for the handover and the digest: how
// urgent matters were answered, where no other line says it, and the rounds, the
// posts and what residents said. Nothing at all is no line.
func (n NightReport) Brief(answers bool) []Text {
	c := n.Night
	var lines []Text
	if answers && c.Urgent+c.Untaken > 0 {
		lines = append(lines, n.beside(T("night.brief_answers", "answered", c.Answered, "urgent", c.Urgent, "untaken", c.Untaken, "filed", c.Filed),
			func(f NightFigures) Text { return f.urgentBrief() }))
	}
	var parts []Text
	if c.Rounds > 0 {
		parts = append(parts, c.walked())
	}
	if c.Posts > 0 {
		parts = append(parts, c.checked())
	}
	if c.Unasked > 0 {
		parts = append(parts, T("night.unasked", "n", c.Unasked))
	}
	if c.Findings > 0 {
		parts = append(parts, T("night.findings", "n", c.Findings))
	}
	if c.Rated > 0 {
		parts = append(parts, T("night.rated", "good", c.Good, "rated", c.Rated))
	}
	if len(parts) > 0 {
		lines = append(lines, T("night.brief", "parts", parts))
	}
	return lines
}

// Buttons open the lists that the figures were counted from, and the night before.
func (n NightReport) Buttons(s *Site) [][]Button {
	date := DateOf(n.Night.From, s.Zone)
	var all []Button
	for _, name := range NightLists {
		if count := n.Night.shown(name); count > 0 {
			//locale:prefix button.night_
			all = append(all, Button{Label: T("button.night_"+string(name), "n", count), Data: NightData(date, name, 0)})
		}
	}
	rows := slices.Collect(slices.Chunk(all, 3))
	return append(rows, Row(Button{Label: T("button.night_before"), Data: CommandData("night|" + date.AddDays(-1).String())}))
}

// shown is the number on the button of a list.
func (c NightFigures) shown(name NightList) int {
	if name == NightPosts {
		return c.Posts
	}
	return len(c.Lists[name])
}

// NightButton opens the report of the night that a part of a card is about.
func (n NightReport) NightButton(s *Site) Button {
	return Button{Label: T("button.night"), Data: CommandData("night|" + DateOf(n.Night.From, s.Zone).String())}
}

// NightData is the button that opens a page of a list.
func NightData(date Date, name NightList, page int) string {
	return CommandData("night|" + date.String() + "." + string(name) + "." + strconv.Itoa(page))
}
