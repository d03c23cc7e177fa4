package scheduler_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"frontdesk/scheduler"
)

// zones are those whose clocks do something odd: half an hour, at midnight, in
// the southern half of the year.
var zones = []string{
	"Asia/Shanghai", "Europe/Berlin", "Europe/London", "America/New_York", "America/Santiago", "America/Sao_Paulo",
	"Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "Asia/Beirut", "America/Havana", "Pacific/Chatham",
}

// onceADay checks that a daily schedule runs exactly once on each local date.
func onceADay(t interface{ Fatalf(string, ...any) }, zone *time.Location, minute int, from time.Time, days int) {
	s, err := scheduler.ParseSchedule(fmt.Sprintf("%d %d * * *", minute%60, minute/60), zone)
	if err != nil {
		t.Fatalf("parse: %v", err)
	}
	// Dates are walked by their noons, which exist everywhere.
	date := from.Add(12 * time.Hour)
	last, end := from.Add(-1), date.AddDate(0, 0, days)
	runs := map[string]int{}
	for {
		next := s.Next(last)
		if !next.After(last) {
			t.Fatalf("%s %d: next of %s is %s", zone, minute, last, next)
		}
		if days < 100 && !s.Latest(next.Add(time.Second)).Equal(next) {
			t.Fatalf("%s %d: latest just after %s is another", zone, minute, next)
		}
		if next.After(end.AddDate(0, 0, 1)) {
			break
		}
		runs[s.Period(next)]++
		last = next
	}
	for ; date.Before(end); date = date.AddDate(0, 0, 1) {
		if n := runs[date.Format(time.DateOnly)]; n != 1 {
			t.Fatalf("%s %02d:%02d: %d runs on %s", zone, minute/60, minute%60, n, date.Format(time.DateOnly))
		}
	}
}

func load(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// Every minute of the day around each change of clocks, and some minutes of two
// whole years: between changes one day is like another.
func TestEveryMinuteOfDayOnceADay(t *testing.T) {
	for _, name := range zones {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			zone := load(t, name)
			start := time.Date(2025, 1, 1, 0, 0, 0, 0, zone)
			for minute := 0; minute < 24*60; minute += 97 {
				onceADay(t, zone, minute, start, 730)
			}
			for _, change := range changes(start, start.AddDate(2, 0, 0)) {
				y, m, d := change.In(zone).Date()
				for minute := range 24 * 60 {
					onceADay(t, zone, minute, time.Date(y, m, d-2, 0, 0, 0, 0, zone), 4)
				}
			}
		})
	}
}

// changes lists when the clocks of a zone change.
func changes(from, to time.Time) (list []time.Time) {
	for {
		_, end := from.ZoneBounds()
		if end.IsZero() || end.After(to) {
			return list
		}
		list, from = append(list, end), end
	}
}

func TestOnceADayAnywhere(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		zone, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(r, "zone"))
		if err != nil {
			r.Fatal(err)
		}
		day := rapid.IntRange(0, 365*12).Draw(r, "day")
		onceADay(r, zone, rapid.IntRange(0, 24*60-1).Draw(r, "minute"), time.Date(2018, 1, 1+day, 0, 0, 0, 0, zone), 60)
	})
}

func TestGapAndOverlap(t *testing.T) {
	for _, c := range []struct{ zone, spec, after, want string }{
		{"Europe/Berlin", "30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29T03:00:00+02:00"},
		{"Europe/Berlin", "30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T02:30:00+02:00"},
		{"Europe/Berlin", "30 2 * * *", "2026-10-25T00:30:00Z", "2026-10-26T02:30:00+01:00"},
		{"America/New_York", "30 2 * * *", "2026-03-08T00:00:00Z", "2026-03-08T03:00:00-04:00"},
		{"America/New_York", "30 1 * * *", "2026-11-01T05:30:00Z", "2026-11-02T01:30:00-05:00"},
		{"Australia/Lord_Howe", "10 2 * * *", "2026-10-03T12:00:00Z", "2026-10-04T02:30:00+11:00"},
		{"America/Santiago", "0 0 * * *", "2026-09-05T12:00:00Z", "2026-09-06T01:00:00-03:00"},
		// Hourly goes by the instant: both hours that are called two.
		{"Europe/Berlin", "15 * * * *", "2026-10-25T00:15:00Z", "2026-10-25T02:15:00+01:00"},
		{"Europe/Berlin", "@every 15m", "2026-10-25T00:07:00Z", "2026-10-25T02:15:00+02:00"},
		// Several a day, and of a weekday.
		{"Europe/Berlin", "10 8,17 * * *", "2026-03-29T07:00:00Z", "2026-03-29T17:10:00+02:00"},
		{"Europe/Berlin", "0 8 * * 1", "2026-03-25T00:00:00Z", "2026-03-30T08:00:00+02:00"},
	} {
		zone := load(t, c.zone)
		s, err := scheduler.ParseSchedule(c.spec, zone)
		if err != nil {
			t.Fatal(err)
		}
		after, _ := time.Parse(time.RFC3339, c.after)
		if got := s.Next(after).In(zone).Format(time.RFC3339); got != c.want {
			t.Errorf("%s in %s after %s: %s, want %s", c.spec, c.zone, c.after, got, c.want)
		}
	}
}

func TestBadSchedules(t *testing.T) {
	for _, spec := range []string{"", "x", "TZ=Asia/Shanghai", "CRON_TZ=Asia/Tokyo 0 8 * * *", "0 25 * * *", "0 0 30 2 *", "* * * *", "@every", "@every x"} {
		if _, err := scheduler.ParseSchedule(spec, time.UTC); err == nil {
			t.Errorf("%q was accepted", spec)
		}
	}
}

func FuzzParseSchedule(f *testing.F) {
	f.Add("10 8 * * *")
	f.Add("TZ=Asia/Shanghai")
	f.Add("@every 1h")
	f.Fuzz(func(_ *testing.T, spec string) {
		if s, err := scheduler.ParseSchedule(spec, time.UTC); err == nil {
			s.Next(time.Unix(0, 0))
		}
	})
}
