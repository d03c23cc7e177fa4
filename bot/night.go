package bot

import (
	"slices"
	"strings"

	"frontdesk/desk"
)

// cmdNight shows the report of a night: of the last one that has begun, or of the
// one that began on a day, "11-23" or "昨天". Its buttons carry <date> and
// <date>.<list>.<page>.
func (t *turn) cmdNight(arg string) error {
	s := t.site()
	last := desk.NightBegun(s, t.w.Now())
	named, rest, _ := strings.Cut(strings.TrimSpace(arg), ".")
	date := last
	if named != "" {
		var ok bool
		if date, ok = lastDay(named, desk.DateOf(t.w.Now(), s.Zone)); !ok || date.Compare(last) > 0 {
			return desk.Refuse("night.which")
		}
	}
	report := desk.ReportNight(t.w, t.p, date)
	if rest != "" {
		return t.nightList(report, date, rest)
	}
	t.show(report.Text(s), report.Buttons(s)...)
	return nil
}

// nightList shows what a figure of the night was counted from.
func (t *turn) nightList(report desk.NightReport, date desk.Date, rest string) error {
	name, page, _ := strings.Cut(rest, ".")
	list := desk.NightList(name)
	if !slices.Contains(desk.NightLists, list) {
		return desk.Refuse("press.unknown")
	}
	c := report.Night
	//locale:prefix night.list.
	head := desk.T("night.list."+name, "day", c.From, "n", len(c.Lists[list]), "answered", c.Answered, "all", c.Filed, "walked", c.Walked,
		"checked", c.Checked, "posts", c.Posts, "good", c.Good)
	if list == desk.NightRounds || list == desk.NightPosts {
		return t.nightRounds(head, c.Lists[list])
	}
	text, rows, err := t.pageOf(c.Lists[list], page, head,
		func(ticket desk.Ticket) desk.Text { return t.countedLine(ticket, desk.ListRated) },
		func(page int) string { return desk.NightData(date, list, page) })
	if err != nil {
		return err
	}
	t.reply(text, rows...)
	return nil
}

// nightRounds lists rounds, each with a button that opens what was found.
func (t *turn) nightRounds(head desk.Text, ids []string) error {
	if len(ids) == 0 {
		return desk.Refuse("press.unknown")
	}
	lines := []desk.Text{head}
	var row []desk.Button
	for i, id := range ids {
		x, ok := t.w.Round(id)
		if !ok {
			continue
		}
		lines = append(lines, desk.T("rounds.numbered", "n", i+1, "line", x.Line(t.w)))
		row = append(row, desk.Button{Label: desk.T("button.round_look_n", "n", i+1), Data: desk.RoundData("v", x.ID, -1)})
	}
	t.reply(desk.Lines(lines...), slices.Collect(slices.Chunk(row, 3))...)
	return nil
}
