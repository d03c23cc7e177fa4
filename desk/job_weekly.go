package desk

import (
	"strconv"
	"time"
)

// jobWeekly sends, on Monday after the digest, the analysis of the last week to the
// readers of the digest, each at the hour of their own. It runs several times in
// the morning; whoever has had the week is not sent it again, because the messages
// of a week have one key. After a downtime it comes late and once.
var jobWeekly = JobKind{
	Name:   "weekly",
	Gather: true,
	Cron:   func(s *Site) string { return s.weeklyCron() },
	Run: func(r Reader, j Job) (Effects, error) {
		s := r.Site()
		week, today := LastWeek(s, j.Due), DateOf(j.Due, s.Zone)
		var out Effects
		for _, p := range digestReaders(r) {
			at, own := p.digestClock()
			if !own {
				at = s.digestClock()
			}
			if p.digestChoice() == DigestOff || at.On(today, s.Zone).After(r.Now()) {
				continue
			}
			a := WeekFor(r, p, week)
			if _, to := week.Span(s); a.Quiet() && (p.Created.IsZero() || !p.Created.Before(to)) {
				continue // Nobody is told that nothing was before they came.
			}
			for _, m := range weekly(r, a, week) {
				m.Person, m.Key = p.ID, m.Key+"/"+p.ID
				m.Silent = s.Quiet.Quiet(r.Now(), s.Zone) // After a downtime it may be night.
				out.Say(m)
			}
		}
		return out, nil
	},
}

// weeklyCron is the hour of the digest on Monday, and every half hour of those that
// can be chosen. Without a digest there is none.
func (s *Site) weeklyCron() string {
	if s.Schedules.Digest == "" {
		return ""
	}
	usual := s.digestClock()
	minutes, hours := "0,30", strconv.Itoa(int(digestFirst/60))+"-"+strconv.Itoa(int(digestLast/60))
	if minute := int(usual % 60); minute != 0 && minute != 30 {
		minutes += "," + strconv.Itoa(minute)
	}
	if usual < digestFirst || usual >= digestLast+60 {
		hours += "," + strconv.Itoa(int(usual/60))
	}
	return minutes + " " + hours + " * * 1"
}

// weekly is the analysis of a week as it is sent: the summary with its chart, and
// the spreadsheet. Of a week in which nothing was there it is one line.
func weekly(r Reader, a Analysis, week Week) []Message {
	s := r.Site()
	key := "weekly/" + week.String()
	summary := Message{
		Class: ClassDigest, Lane: LaneRoutine, Text: a.Summary(s), Buttons: WeekButtons(s, week, r.Now()), Chart: a.DaysChart(s), Key: key,
	}
	if a.Quiet() {
		return []Message{summary}
	}
	return []Message{summary, {
		Class: ClassDigest, Lane: LaneRoutine, Text: T("weekly.book", "week", week.Number), Book: a.Book(s), Key: key + "/book",
	}}
}

// WeekFor is the analysis of a week as a person may see it.
func WeekFor(r Reader, p Person, week Week) Analysis {
	from, to := week.Span(r.Site())
	return AnalysePeriod(r, p, from, to)
}

// weeksBack is how far back a report can be asked for.
const weeksBack = 53

// WeekShown tells whether a report can be given of a week: it is over, and not too
// long ago.
func WeekShown(s *Site, week Week, now time.Time) bool {
	last := LastWeek(s, now)
	return week.Monday().Compare(last.Monday()) <= 0 && week.Monday().Compare(last.Add(-weeksBack).Monday()) >= 0
}

// WeekButtons turn to the week before and after, and give the picture by category
// and the spreadsheet.
func WeekButtons(s *Site, week Week, now time.Time) [][]Button {
	var turn []Button
	if before := week.Add(-1); WeekShown(s, before, now) {
		turn = append(turn, Button{Label: T("button.week_before"), Data: WeekData(before, "")})
	}
	if after := week.Add(1); WeekShown(s, after, now) {
		turn = append(turn, Button{Label: T("button.week_after"), Data: WeekData(after, "")})
	}
	return [][]Button{turn, Row(
		Button{Label: T("button.week_sorts"), Data: WeekData(week, WeekSorts)},
		Button{Label: T("button.week_book"), Data: WeekData(week, WeekBook)},
	)}
}

// What a button of the report shows beside the summary.
const (
	WeekSorts = "sorts"
	WeekBook  = "book"
)

// WeekData is the button that shows a week, or a part of it.
func WeekData(week Week, part string) string {
	if part != "" {
		part = "." + part
	}
	return CommandData("report|" + week.String() + part)
}
