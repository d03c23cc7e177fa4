package desk

import (
	"slices"
	"time"
)

// Never is what the calendar answers when the time asked for does not come: a
// calendar without working days, a department without hours. It sorts after every
// real time and can be stored like one.
var Never = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// maxIdle is for how many days on end the calendar looks for work before it
// answers Never; maxDays is for how many days in all it counts. Together they
// bound every loop.
const (
	maxIdle = 800
	maxDays = 40000
)

// Calendar is the working calendar of a site. The zero Calendar is in UTC and has
// no working day.
type Calendar struct {
	// Zone is the site's time zone; nil means UTC.
	Zone *time.Location
	// Workweek holds the usual working days by time.Weekday: index 0 is Sunday.
	Workweek [7]bool
	// Holidays are free whatever the weekday; Workdays 调休 are worked whatever else
	// is said.
	Holidays, Workdays []DateRange
	// Vacations and Exams are for rules about students; neither changes who works.
	// A department that closes for a vacation lists those days as holidays.
	Vacations, Exams []DateRange
	// Midday is the rest of those departments that keep one; zero for none.
	Midday Span
}

// WorkingHours is when a department works. No hours mean the whole day.
type WorkingHours struct {
	Hours Hours
	// EveryDay departments, such as security, know no holiday.
	EveryDay bool
	// Midday departments rest in the calendar's midday.
	Midday bool
}

// MondayToFriday is the usual Workweek.
func MondayToFriday() [7]bool { return [7]bool{false, true, true, true, true, true, false} }

// Date returns the site's date at t.
func (c Calendar) Date(t time.Time) Date { return DateOf(t, c.Zone) }

// Workday says whether the site's date at t is a working day.
func (c Calendar) Workday(t time.Time) bool { return c.WorkdayOn(c.Date(t)) }

// WorkdayOn says whether d is a working day: a make-up day, or else a day of the
// working week that is no holiday.
func (c Calendar) WorkdayOn(d Date) bool {
	if among(c.Workdays, d) {
		return true
	}
	return c.Workweek[d.Weekday()] && !among(c.Holidays, d)
}

// Vacation says whether d lies in a vacation.
func (c Calendar) Vacation(d Date) bool { return among(c.Vacations, d) }

// Exam says whether d lies in a time of exams.
func (c Calendar) Exam(d Date) bool { return among(c.Exams, d) }

func among(ranges []DateRange, d Date) bool {
	return slices.ContainsFunc(ranges, func(r DateRange) bool { return r.Contains(d) })
}

// After returns the end, on the wall clock, of a term that starts at t: first its
// days and then its working days, both at the same local time of day, and then
// its duration. A time of day that a change of clocks skips or repeats is treated
// as in ClockTime.On. Working days that never come give Never.
func (c Calendar) After(t time.Time, term Term) time.Time {
	date := c.Date(t)
	if term.Days != 0 || term.Workdays > 0 {
		date = date.AddDays(term.Days)
		idle := 0
		for left := term.Workdays; left > 0; {
			if date, idle = date.AddDays(1), idle+1; idle > maxIdle {
				return Never
			}
			if c.WorkdayOn(date) {
				left, idle = left-1, 0
			}
		}
		if date != c.Date(t) {
			t = c.sameTime(t, date)
		}
	}
	return t.Add(term.Duration)
}

// sameTime returns the instant on that date at which the site's clocks show the
// same time as at t, to the nanosecond.
func (c Calendar) sameTime(t time.Time, date Date) time.Time {
	local := t.In(c.zone())
	return localTime(time.Date(date.Year, date.Month, date.Day, local.Hour(), local.Minute(), local.Second(), local.Nanosecond(), time.UTC), c.zone())
}

func (c Calendar) zone() *time.Location {
	if c.Zone == nil {
		return time.UTC
	}
	return c.Zone
}
