package desk

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// comingDay is a date in figures: 2026-11-25, 11-25, 11/25, 11月25日, 25日.
var comingDay = regexp.MustCompile(`^(?:(?:(\d{4})[-/年.])?(\d{1,2})(?:[-/.]|月))?(\d{1,2})(?:日|号)?$`)

var comingWords = map[string]int{
	"今天": 0, "今日": 0, "today": 0, "明天": 1, "明日": 1, "tomorrow": 1, "后天": 2, "大后天": 3,
}

var weekdayWords = map[string]time.Weekday{
	"一": time.Monday, "二": time.Tuesday, "三": time.Wednesday, "四": time.Thursday, "五": time.Friday, "六": time.Saturday,
	"日": time.Sunday, "天": time.Sunday,
	"mon": time.Monday, "tue": time.Tuesday, "wed": time.Wednesday, "thu": time.Thursday, "fri": time.Friday, "sat": time.Saturday, "sun": time.Sunday,
}

// ComingDay reads a day as somebody writes it who plans: tomorrow, Friday, 11-25.
// What lacks a year, a month or a date is the next such day, today included.
func ComingDay(text string, today Date) (Date, bool) {
	text = strings.ReplaceAll(strings.TrimSpace(Fold(text)), " ", "")
	if n, ok := comingWords[text]; ok {
		return today.AddDays(n), true
	}
	word := text
	for _, prefix := range []string{"星期", "周", "礼拜"} {
		word = strings.TrimPrefix(word, prefix)
	}
	if len(word) >= 6 && strings.HasSuffix(word, "day") {
		word = word[:3]
	}
	if d, ok := weekdayWords[word]; ok {
		return today.AddDays((int(d) - int(today.Weekday()) + 7) % 7), true
	}
	p := comingDay.FindStringSubmatch(text)
	if p == nil {
		return Date{}, false
	}
	year, _ := strconv.Atoi(p[1])
	month, _ := strconv.Atoi(p[2])
	day, _ := strconv.Atoi(p[3])
	try := func(y int, m time.Month) (Date, bool) {
		d := DateOf(time.Date(y, m, day, 12, 0, 0, 0, time.UTC), time.UTC)
		return d, d.Day == day && (year != 0 || d.Compare(today) >= 0)
	}
	if year != 0 {
		d, ok := try(year, time.Month(month))
		return d, ok && d.Month == time.Month(month)
	}
	// The next one of that form, at most eight years ahead: a leap day.
	for months := 0; months <= 12*8; months++ {
		first := time.Date(today.Year, today.Month+time.Month(months), 1, 12, 0, 0, 0, time.UTC)
		if month != 0 && first.Month() != time.Month(month) {
			continue
		}
		if d, ok := try(first.Year(), first.Month()); ok {
			return d, true
		}
	}
	return Date{}, false
}
