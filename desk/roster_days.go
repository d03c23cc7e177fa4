package desk

import (
	"fmt"
	"strings"
	"time"
)

// Days are the days on which somebody works: weekdays, and kinds of day by the
// calendar. A day counts if any of them fits; none at all means every day.
type Days uint16

// The kinds of day beside the seven weekdays, which have the bits of
// time.Weekday.
const (
	// DayWork is a working day: one of the week that is no holiday, or a make-up
	// day. DayOff is every other one.
	DayWork Days = 1 << (7 + iota)
	DayOff
	// DayVacation lies in a vacation, DayTerm outside of all, DayExam in a time of
	// exams.
	DayVacation
	DayTerm
	DayExam
)

// dayWords are how days are written, by their bits.
var dayWords = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat", "workdays", "days_off", "vacation", "term", "exams"}

// DayWords lists how days are written in the configuration.
func DayWords() []string {
	return append(append([]string{}, dayWords[1:7]...), append([]string{"sun"}, dayWords[7:]...)...)
}

// ParseDays reads words such as mon or workdays. The error says what was expected.
func ParseDays(words ...string) (Days, error) {
	var days Days
	for _, word := range words {
		bit := -1
		for i, w := range dayWords {
			if w == strings.TrimSpace(word) {
				bit = i
			}
		}
		if bit < 0 {
			return 0, fmt.Errorf("%q is not a day: want one of %s", word, strings.Join(DayWords(), ", "))
		}
		days |= 1 << bit
	}
	return days, nil
}

// Weekdays makes the days of some weekdays.
func Weekdays(list ...time.Weekday) (days Days) {
	for _, d := range list {
		days |= 1 << d
	}
	return days
}

// Include says whether the date is one of the days.
func (d Days) Include(c Calendar, date Date) bool {
	if d == 0 || d&(1<<date.Weekday()) != 0 {
		return true
	}
	switch {
	case d&DayWork != 0 && c.WorkdayOn(date), d&DayOff != 0 && !c.WorkdayOn(date),
		d&DayVacation != 0 && c.Vacation(date), d&DayTerm != 0 && !c.Vacation(date), d&DayExam != 0 && c.Exam(date):
		return true
	}
	return false
}

// compact writes the date for keys: 20261124.
func (d Date) compact() string { return fmt.Sprintf("%04d%02d%02d", d.Year, int(d.Month), d.Day) }
