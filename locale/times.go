package locale

import (
	"fmt"
	"strconv"
	"time"

	"frontdesk/desk"
)

// These keys do not stand beside a T.
//
//locale:key time.date time.date_year time.long

// weekAhead is for how many days a weekday says clearly which day is meant.
const weekAhead = 6

// time says a moment as people of the site do: "14:00" today, "明天 10:20", "Fri 10:20" within a week, and the date with the time otherwise.
func (c *Catalog) time(lang string, t time.Time, format string, now time.Time) string {
	t = t.In(c.zone)
	clock := fmt.Sprintf("%d:%02d", t.Hour(), t.Minute())
	switch format {
	case "time":
		return clock
	case "hour":
		return strconv.Itoa(t.Hour())
	case "weekday":
		return c.Render(lang, weekday(t), now)
	case "date":
		return c.date(lang, t, now)
	case "long":
		return c.Render(lang, c.calendarDay("time.long", t), now)
	case "day":
		return c.Render(lang, c.day(lang, t, now), now)
	}
	switch c.away(t, now) {
	case 0:
		return clock
	case 1:
		return c.Render(lang, desk.T("time.at_tomorrow", "clock", clock), now)
	case -1:
		return c.Render(lang, desk.T("time.at_yesterday", "clock", clock), now)
	}
	return c.Render(lang, desk.T("time.at_day", "day", c.day(lang, t, now), "clock", clock), now)
}

// day says the day of a moment.
func (c *Catalog) day(lang string, t, now time.Time) desk.Text {
	switch away := c.away(t, now); {
	case away == 0:
		return desk.T("time.today")
	case away == 1:
		return desk.T("time.tomorrow")
	case away == -1:
		return desk.T("time.yesterday")
	case away > 0 && away <= weekAhead:
		return weekday(t)
	}
	return desk.Literal(c.date(lang, t, now))
}

// date says the date, with the year unless it is this one.
func (c *Catalog) date(lang string, t, now time.Time) string {
	key := "time.date"
	if t.Year() != now.In(c.zone).Year() {
		key = "time.date_year"
	}
	return c.Render(lang, c.calendarDay(key, t), now)
}

// calendarDay gives a text about a date all that a language may want to say of it, so that each writes dates in its own order.
func (c *Catalog) calendarDay(key string, t time.Time) desk.Text {
	return desk.Text{Key: key, Args: map[string]any{
		"year": strconv.Itoa(t.Year()), "month": int(t.Month()), "day": t.Day(),
		"mm": t.Format("01"), "dd": t.Format("02"),
		"monthname": desk.T("time.month." + strconv.Itoa(int(t.Month()))),
		"weekday":   weekday(t),
	}}
}

func weekday(t time.Time) desk.Text {
	return desk.T("time.weekday." + strconv.Itoa(int(t.Weekday())))
}

// away is how many days t lies ahead of now on the site's calendar.
func (c *Catalog) away(t, now time.Time) int {
	return int(noon(t.In(c.zone)).Sub(noon(now.In(c.zone))) / (24 * time.Hour))
}

// noon stands for a date, in UTC, where every day has 24 hours.
func noon(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 12, 0, 0, 0, time.UTC)
}
