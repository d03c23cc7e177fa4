package scheduler

import (
	"errors"
	"fmt"
	"math/bits"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"frontdesk/desk"
)

// Schedule says when a recurring job runs. A schedule with fixed hours goes by
// the clock on the wall: a time that a change of clocks skips is the first valid
// minute after it, one that comes twice counts once. A schedule of every hour,
// or more often, goes by the instant.
type Schedule struct {
	nominal cron.Schedule
	zone    *time.Location
	// instants is set for schedules of every hour or more often.
	instants bool
	// once is set when there is one run on a day.
	once bool
}

// ParseSchedule reads the five fields of cron, or @daily and the like, in the
// zone of the site. The error says what was expected.
func ParseSchedule(spec string, zone *time.Location) (_ Schedule, err error) {
	if zone == nil {
		zone = time.UTC
	}
	// The parser panics on some input: "TZ=Asia/Shanghai" without a space.
	defer func() {
		if value := recover(); value != nil {
			err = fmt.Errorf("schedule %q: want minute, hour, day, month and weekday, such as \"10 8 * * *\"", spec)
		}
	}()
	if strings.Contains(spec, "TZ=") {
		return Schedule{}, fmt.Errorf("schedule %q: times are in the site's zone, no other can be named", spec)
	}
	parsed, err := cron.ParseStandard(spec)
	if err != nil {
		return Schedule{}, fmt.Errorf("schedule %q: %w (want minute, hour, day, month and weekday, such as \"10 8 * * *\")", spec, err)
	}
	if interval, ok := parsed.(cron.ConstantDelaySchedule); ok {
		return Schedule{nominal: every(interval.Delay), zone: zone, instants: true}, nil
	}
	fields, ok := parsed.(*cron.SpecSchedule)
	if !ok {
		return Schedule{}, fmt.Errorf("schedule %q: not known", spec)
	}
	s := Schedule{
		nominal: fields, zone: zone, instants: fields.Hour&everyHour == everyHour,
		once: bits.OnesCount64(fields.Hour&everyHour) == 1 && bits.OnesCount64(fields.Minute&everyMinute) == 1,
	}
	fields.Location = time.UTC
	if s.instants {
		fields.Location = zone
	}
	if fields.Next(time.Unix(0, 0)).IsZero() {
		return Schedule{}, fmt.Errorf("schedule %q: %w", spec, errNever)
	}
	return s, nil
}

// every is @every. Cron would count from wherever it starts, and each restart
// would move it; this one counts from the same instant always.
type every time.Duration

// Next implements cron.Schedule.
func (d every) Next(t time.Time) time.Time {
	return t.Truncate(time.Duration(d)).Add(time.Duration(d))
}

var errNever = errors.New("there is no such date")

const (
	everyHour   = 1<<24 - 1
	everyMinute = 1<<60 - 1
)

// Next is the first run after t; the zero time when there is none in the years
// that cron looks ahead.
func (s Schedule) Next(t time.Time) time.Time {
	if s.instants {
		return s.nominal.Next(t.In(s.zone))
	}
	// Cron counts the times on the wall, as if they were in UTC and no clock ever
	// changed. In the second pass of an overlap the wall is behind, and what it
	// finds first has been.
	wall := onWall(t.In(s.zone))
	for {
		if wall = s.nominal.Next(wall); wall.IsZero() {
			return time.Time{}
		}
		clock := desk.ClockTime(wall.Hour()*60 + wall.Minute())
		if at := clock.On(desk.DateOf(wall, time.UTC), s.zone); at.After(t) {
			return at
		}
	}
}

// onWall is what the clocks show at t, in UTC.
func onWall(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// longest bounds how far Latest looks back.
const longest = 5 * 366 * 24 * time.Hour

// Latest is the last run that was due at t or before; the zero time when there
// was none.
func (s Schedule) Latest(t time.Time) time.Time {
	for back := time.Hour; back < longest; back *= 2 {
		run := s.Next(t.Add(-back))
		if run.IsZero() || run.After(t) {
			continue
		}
		for {
			next := s.Next(run)
			if next.IsZero() || next.After(t) {
				return run
			}
			run = next
		}
	}
	return time.Time{}
}

// Period names a run, so that none is done twice: the local date where there is
// one a day, and date and time otherwise.
func (s Schedule) Period(run time.Time) string {
	switch {
	case run.IsZero():
		return ""
	case s.once:
		return desk.DateOf(run, s.zone).String()
	}
	return run.UTC().Format(time.RFC3339)
}

// NextFor is the first run after t that is of another period than the last one.
func (s Schedule) NextFor(t time.Time, last string) time.Time {
	run := s.Next(t)
	for !run.IsZero() && last != "" && s.Period(run) == last {
		run = s.Next(run)
	}
	return run
}
