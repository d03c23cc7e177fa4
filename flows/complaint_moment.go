package flows

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"frontdesk/desk"
)

// momentQuestion asks when it was, where people may be meant: who was on duty then
// must not deal with it.
func momentQuestion() Question {
	option := func(key string, words ...string) Option {
		return Option{Key: key, Label: desk.T("option.moment_" + key), Words: words}
	}
	//locale:prefix option.moment_
	return Question{
		Name: "moment", Text: true, MaxRunes: 60, PerRow: 3, Topic: topic("moment"),
		When: func(c *Context, a Answers) bool {
			if from, _ := spokenSpan(c, a.Get("what")+" "+a.Get("who")); !from.IsZero() {
				return false // It was said already.
			}
			switch a.Get("about") {
			case desk.AboutPerson, desk.AboutTeam, desk.AboutService, desk.AboutOther:
				return true
			}
			return false
		},
		Options: choices(
			option("now", "刚刚", "刚才", "just now"), option("today", "今日"), option("last_night", "昨夜", "昨天晚上"),
			option("yesterday", "昨日"), option("earlier", "不记得", "忘了", "long ago"),
		),
	}
}

func momentText(c *Context, a Answers) desk.Text {
	switch value := a.Get("moment"); value {
	case "":
		return desk.Text{}
	case "now", "today", "last_night", "yesterday", "earlier":
		return desk.T("confirm.moment", "when", desk.T("option.moment_"+value))
	default:
		return desk.T("confirm.moment", "when", desk.Literal(value))
	}
}

// momentSpan is the time that was named; zero when nobody knows.
func momentSpan(c *Context, a Answers) (from, to time.Time) {
	now := c.World.Now()
	today := desk.DateOf(now, c.site().Zone)
	on := func(date desk.Date, clock desk.ClockTime) time.Time { return clock.On(date, c.site().Zone) }
	switch value := a.Get("moment"); value {
	case "now":
		return now.Add(-time.Hour), now
	case "today":
		return on(today, 0), now
	case "last_night":
		return lastNight(c, today)
	case "yesterday":
		return on(today.AddDays(-1), 0), on(today, 0)
	case "earlier":
		return time.Time{}, time.Time{}
	case "":
		return spokenSpan(c, a.Get("what")+" "+a.Get("who"))
	default:
		return spokenSpan(c, value)
	}
}

// lastNight is the night that ended on a date: as long as the shift that passes
// midnight, or from six to eight.
func lastNight(c *Context, date desk.Date) (from, to time.Time) {
	span := desk.Span{From: 18 * 60, To: 8 * 60}
	for _, shift := range c.site().Roster.Shifts {
		if shift.Span.To <= shift.Span.From {
			span = shift.Span
		}
	}
	from = span.From.On(date.AddDays(-1), c.site().Zone)
	to = span.To.On(date, c.site().Zone).Add(-time.Minute)
	if now := c.World.Now(); to.After(now) {
		to = now
	}
	return from, to
}

// clockForm is a time of day as people write it.
var clockForm = regexp.MustCompile(`([0-9]{1,2})(?:[:点时]([0-9]{2}|半)?|[ ]?([ap])\.?m)`)

// spokenSpan reads when it was: a day, a night, or an hour of it and the hour
// around.
func spokenSpan(c *Context, text string) (from, to time.Time) {
	folded := desk.Fold(text)
	zone, now := c.site().Zone, c.World.Now()
	day, named := desk.DateOf(now, zone), false
	for back, words := range [][]string{{"今天", "今早", "今晚", "today", "tonight", "this morning"}, {"昨天", "昨晚", "昨夜", "昨日", "yesterday", "last night"}, {"前天", "前晚"}} {
		if containsAny(folded, words) {
			day, named = desk.DateOf(now, zone).AddDays(-back), true
		}
	}
	night := containsAny(folded, []string{"晚", "夜", "night", "evening"})
	if at := clockForm.FindStringSubmatch(folded); at != nil {
		hour, _ := strconv.Atoi(at[1])
		late := night || containsAny(folded, []string{"下午"}) || at[3] == "p"
		early := containsAny(folded, []string{"凌晨"}) || night && hour < 6
		switch {
		case early && night && named:
			day = day.AddDays(1)
		case late && !early && hour < 12:
			hour += 12
		}
		if hour > 24 || hour == 24 && !night {
			return time.Time{}, time.Time{}
		}
		instant := desk.ClockTime(hour*60).On(day, zone)
		if !named && instant.After(now) {
			instant = desk.ClockTime(hour*60).On(day.AddDays(-1), zone)
		}
		return instant.Add(-time.Hour), instant.Add(2 * time.Hour)
	}
	switch {
	case !named && !containsAny(folded, []string{"刚才", "刚刚", "just now"}):
		return time.Time{}, time.Time{}
	case !named:
		return now.Add(-time.Hour), now
	case night && strings.Contains(folded, "tonight"), night && strings.Contains(folded, "今晚"):
		return lastNight(c, day.AddDays(1))
	case night:
		return lastNight(c, day.AddDays(1))
	}
	from, to = desk.ClockTime(0).On(day, zone), desk.EndOfDay.On(day, zone)
	if to.After(now) {
		to = now
	}
	return from, to
}
