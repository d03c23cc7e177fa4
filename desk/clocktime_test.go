package desk

import (
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"
)

func zoneOf(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestParseClockTime(t *testing.T) {
	for text, want := range map[string]ClockTime{"08:00": 480, "8:00": 480, "00:00": 0, "23:59": 1439, "24:00": EndOfDay} {
		if got, err := ParseClockTime(text); err != nil || got != want {
			t.Errorf("%s: %d %v", text, got, err)
		}
	}
	for _, text := range []string{"", "8", "08:0", "08:60", "24:01", "25:00", "-1:00", "+8:00", "08:00:00", "008:00", "08.00"} {
		if got, err := ParseClockTime(text); err == nil {
			t.Errorf("%q was read as %v", text, got)
		}
	}
	if got := ClockTime(485).String(); got != "08:05" {
		t.Error(got)
	}
}

func TestClockTimeOn(t *testing.T) {
	for _, c := range []struct{ zone, date, clock, want string }{
		{"Asia/Shanghai", "2026-03-29", "02:30", "2026-03-29T02:30:00+08:00"},
		{"Asia/Shanghai", "2026-12-31", "24:00", "2027-01-01T00:00:00+08:00"},
		// Gaps: the first valid minute.
		{"Europe/Berlin", "2026-03-29", "01:59", "2026-03-29T01:59:00+01:00"},
		{"Europe/Berlin", "2026-03-29", "02:00", "2026-03-29T03:00:00+02:00"},
		{"Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T03:00:00+02:00"},
		{"Europe/Berlin", "2026-03-29", "03:00", "2026-03-29T03:00:00+02:00"},
		{"America/New_York", "2026-03-08", "02:30", "2026-03-08T03:00:00-04:00"},
		{"Australia/Lord_Howe", "2026-10-04", "02:10", "2026-10-04T02:30:00+11:00"},
		{"America/Santiago", "2026-09-06", "00:00", "2026-09-06T01:00:00-03:00"},
		{"America/Santiago", "2026-09-05", "24:00", "2026-09-06T01:00:00-03:00"},
		// Samoa left out a whole day.
		{"Pacific/Apia", "2011-12-30", "12:00", "2011-12-31T00:00:00+14:00"},
		// Overlaps: the first of the two.
		{"Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T02:30:00+02:00"},
		{"Europe/Berlin", "2026-10-25", "03:00", "2026-10-25T03:00:00+01:00"},
		{"America/New_York", "2026-11-01", "01:30", "2026-11-01T01:30:00-04:00"},
		{"Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-05T01:45:00+11:00"},
		{"Australia/Lord_Howe", "2026-04-05", "02:00", "2026-04-05T02:00:00+10:30"},
	} {
		date, err := ParseDate(c.date)
		if err != nil {
			t.Fatal(err)
		}
		clock, err := ParseClockTime(c.clock)
		if err != nil {
			t.Fatal(err)
		}
		if got := clock.On(date, zoneOf(t, c.zone)).Format(time.RFC3339); got != c.want {
			t.Errorf("%s %s %s: %s, want %s", c.zone, c.date, c.clock, got, c.want)
		}
	}
}

// dstZones change their clocks by an hour or by half of one, in spring of either
// half of the world.
var dstZones = []string{"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Shanghai", "UTC"}

func drawZone(t *rapid.T) *time.Location {
	zone, err := time.LoadLocation(rapid.SampledFrom(dstZones).Draw(t, "zone"))
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// drawTime often lands near a change of clocks.
func drawTime(t *rapid.T, zone *time.Location) time.Time {
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 365*24*60).Draw(t, "minute")) * time.Minute).In(zone)
	if rapid.Bool().Draw(t, "at a change") {
		if _, end := at.ZoneBounds(); !end.IsZero() {
			at = end.Add(time.Duration(rapid.IntRange(-180, 180).Draw(t, "off")) * time.Minute).In(zone)
		}
	}
	return at
}

// A clock time shows itself, unless the clocks skip it; the later the time, the
// later the instant.
func TestClockTimeOnProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := drawZone(t)
		date := DateOf(drawTime(t, zone), zone)
		clock := ClockTime(rapid.IntRange(0, 1439).Draw(t, "clock"))
		got := clock.On(date, zone)
		shown := ClockTime(got.Hour()*60 + got.Minute())
		if start, _ := got.ZoneBounds(); (shown != clock || DateOf(got, zone) != date) && !got.Equal(start) {
			t.Fatalf("%v on %v became %v", clock, date, got)
		}
		if earlier := got.Add(-time.Minute).In(zone); shown == clock && earlier.Hour()*60+earlier.Minute() == int(clock) {
			t.Fatalf("%v comes earlier than %v", clock, got)
		}
		if next := (clock + 1).On(date, zone); next.Before(got) {
			t.Fatalf("%v is %v, a minute later %v", clock, got, next)
		}
	})
}
