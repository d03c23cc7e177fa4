package desk

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Week is a week of the calendar, from Monday to Sunday, by the number that ISO
// 8601 gives it: the first week of a year is the one with its first Thursday.
type Week struct{ Year, Number int }

// WeekOf is the week in which a date lies.
func WeekOf(d Date) Week {
	year, number := d.noon().ISOWeek()
	return Week{year, number}
}

// LastWeek is the last week that is over at a time.
func LastWeek(s *Site, at time.Time) Week { return WeekOf(DateOf(at, s.Zone)).Add(-1) }

var writtenWeek = regexp.MustCompile(`^(?:(\d{4})[-年 ]?)?[Ww第]? ?(\d{1,2}) ?周?$`)

// ParseWeek reads "2026-W47", "W47" and "第47周"; a week without a year is the last
// one of that number that does not lie after the given date.
func ParseWeek(text string, today Date) (Week, bool) {
	found := writtenWeek.FindStringSubmatch(strings.TrimSpace(text))
	if found == nil {
		return Week{}, false
	}
	w := WeekOf(today)
	number, _ := strconv.Atoi(found[2])
	switch {
	case found[1] != "":
		w.Year, _ = strconv.Atoi(found[1])
	case number > w.Number:
		w.Year--
	}
	w.Number = number
	// Not every year has a week 53, and none has a week 0.
	return w, w == WeekOf(w.Monday())
}

// Monday is the first day of the week.
func (w Week) Monday() Date {
	fourth := Date{w.Year, time.January, 4} // It is always in the first week.
	back := (int(fourth.Weekday()) + 6) % 7
	return fourth.AddDays(7*(w.Number-1) - back)
}

// Add is the week so many weeks later, or earlier if n is negative.
func (w Week) Add(n int) Week { return WeekOf(w.Monday().AddDays(7 * n)) }

// Span is when the week begins and ends at a site: at midnight.
func (w Week) Span(s *Site) (from, to time.Time) {
	return ClockTime(0).On(w.Monday(), s.Zone), ClockTime(0).On(w.Monday().AddDays(7), s.Zone)
}

// String writes "2026-W47".
func (w Week) String() string { return fmt.Sprintf("%04d-W%02d", w.Year, w.Number) }
