package desk

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// dateForm is a date in figures: 2026-11-20, 11/20, 11月20日.
const dateForm = `(?:(\d{4})[-/年])?(\d{1,2})(?:[-/]|月)(\d{1,2})[日号]?`

var (
	rangeWords = regexp.MustCompile(`([^\d\-/]|^)` + dateForm + ` ?(?:\.\.+|到|至|~|to) ?` + dateForm + `([^\d\-/]|$)`)
	dateWords  = regexp.MustCompile(`([^\d\-/]|^)` + dateForm + `([^\d\-/]|$)`)
	lastDays   = regexp.MustCompile(`(?:最近|近|过去|last |past )(\d{1,3}) ?(?:天|日|days?\b)`)
)

// spans are the words for a period, longest first where one begins another:
// from and to in days or months from today.
var spans = []struct {
	words    []string
	from, to func(Date) Date
}{
	{[]string{"前天"}, ago(2), ago(1)},
	{[]string{"昨天", "昨日", "yesterday"}, ago(1), ago(0)},
	{[]string{"今天", "今日", "today"}, ago(0), ago(-1)},
	{[]string{"上周", "上星期", "上个星期", "last week"}, week(-1), week(0)},
	{[]string{"本周", "这周", "这星期", "这个星期", "this week"}, week(0), week(1)},
	{[]string{"上个月", "上月", "last month"}, month(-1), month(0)},
	{[]string{"本月", "这个月", "this month"}, month(0), month(1)},
}

func ago(days int) func(Date) Date { return func(d Date) Date { return d.AddDays(-days) } }

// week is the Monday so many weeks from this one.
func week(n int) func(Date) Date {
	return func(d Date) Date {
		back := (int(d.Weekday()) + 6) % 7
		return d.AddDays(7*n - back)
	}
}

func month(n int) func(Date) Date {
	return func(d Date) Date {
		t := time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		return DateOf(t, time.UTC)
	}
}

// period takes out when the ticket was filed.
func (x *searching) period() {
	today := DateOf(x.r.Now(), x.site.Zone)
	set := func(from, to Date) bool {
		x.s.From, x.s.To = ClockTime(0).On(from, x.site.Zone), ClockTime(0).On(to, x.site.Zone)
		return true
	}
	x.cut(rangeWords, func(p []string) bool {
		from, ok := x.date(today, p[2:5])
		to, okTo := x.date(today, p[5:8])
		if !ok || !okTo {
			return false
		}
		if from.Compare(to) > 0 {
			from, to = to, from
		}
		return set(from, to.AddDays(1))
	})
	x.cut(dateWords, func(p []string) bool {
		written := strings.Trim(p[0], " ")
		if _, place := x.site.Places.Get(written); place || !x.s.From.IsZero() {
			return false // 3-12 may be a room.
		}
		d, ok := x.date(today, p[2:5])
		return ok && set(d, d.AddDays(1))
	})
	x.cut(lastDays, func(p []string) bool {
		n, err := strconv.Atoi(p[1])
		return err == nil && set(today.AddDays(1-n), today.AddDays(1))
	})
	for _, span := range spans {
		for _, word := range span.words {
			if before, after, ok := strings.Cut(x.rest, word); ok && x.s.From.IsZero() {
				x.rest = before + " " + after
				set(span.from(today), span.to(today))
			}
		}
	}
}

// date reads year, month and day; without a year it is the last such day.
func (x *searching) date(today Date, parts []string) (Date, bool) {
	m, _ := strconv.Atoi(parts[1])
	day, _ := strconv.Atoi(parts[2])
	year, err := strconv.Atoi(parts[0])
	if err != nil {
		year = today.Year
		if m > int(today.Month) || m == int(today.Month) && day > today.Day {
			year--
		}
	}
	t := time.Date(year, time.Month(m), day, 0, 0, 0, 0, time.UTC)
	d := DateOf(t, time.UTC)
	return d, int(d.Month) == m && d.Day == day
}
