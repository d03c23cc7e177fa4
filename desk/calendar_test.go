package desk

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// at reads "2026-10-01 08:00" on the clocks of the calendar.
func (c Calendar) at(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, c.zone())
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func hoursOf(t testing.TB, text string) Hours {
	t.Helper()
	hours, err := ParseHours(text)
	if err != nil {
		t.Fatal(err)
	}
	return hours
}

func days(t testing.TB, texts ...string) []DateRange {
	t.Helper()
	var list []DateRange
	for _, text := range texts {
		r, err := ParseDateRange(text)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, r)
	}
	return list
}

// campus is a calendar with the national holiday of 2026: free from Thursday 1 to
// Wednesday 7 October, made up for on Saturday 10.
func campus(t testing.TB) Calendar {
	return Calendar{
		Zone: zoneOf(t, "Asia/Shanghai"), Workweek: MondayToFriday(),
		Holidays: days(t, "2026-10-01..2026-10-07"), Workdays: days(t, "2026-10-10"),
		Vacations: days(t, "2026-07-15..2026-08-25"), Exams: days(t, "2026-06-22..2026-07-03"),
		Midday: Span{From: 12 * 60, To: 13*60 + 30},
	}
}

func TestWorkday(t *testing.T) {
	c := campus(t)
	for text, want := range map[string]bool{
		"2026-09-30 23:59": true, "2026-10-01 00:00": false, "2026-10-07 12:00": false, "2026-10-08 00:00": true,
		"2026-10-10 12:00": true, "2026-10-11 12:00": false, "2026-07-20 12:00": true,
	} {
		if got := c.Workday(c.at(t, text)); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
	if !c.Vacation(Date{2026, 8, 25}) || c.Vacation(Date{2026, 8, 26}) || !c.Exam(Date{2026, 6, 22}) || c.Exam(Date{2026, 6, 21}) {
		t.Error("a range includes its first and last day, and no other")
	}
}

func TestAddWorking(t *testing.T) {
	c := campus(t)
	day := WorkingHours{Hours: hoursOf(t, "08:00-17:30"), Midday: true}
	noRest := WorkingHours{Hours: hoursOf(t, "08:00-17:30")}
	night := WorkingHours{Hours: hoursOf(t, "22:00-06:00")}
	guard := WorkingHours{EveryDay: true}
	for _, s := range []struct {
		h                WorkingHours
		from, add, until string
	}{
		{day, "2026-09-29 09:00", "15m", "2026-09-29 09:15"},
		{day, "2026-09-29 11:50", "15m", "2026-09-29 13:35"},
		{noRest, "2026-09-29 11:50", "15m", "2026-09-29 12:05"},
		{day, "2026-09-29 11:45", "15m", "2026-09-29 12:00"},
		{day, "2026-09-29 12:30", "0s", "2026-09-29 13:30"},
		{day, "2026-09-29 17:25", "15m", "2026-09-30 08:10"},
		{day, "2026-09-29 21:00", "15m", "2026-09-30 08:15"},
		{day, "2026-09-30 17:20", "15m", "2026-10-08 08:05"},
		{day, "2026-10-09 17:20", "15m", "2026-10-10 08:05"},
		{day, "2026-10-10 17:20", "15m", "2026-10-12 08:05"},
		{day, "2026-09-28 08:00", "16h", "2026-09-29 17:30"},
		{night, "2026-09-30 23:00", "8h", "2026-10-08 23:00"},
		{night, "2026-10-01 03:00", "1h", "2026-10-01 04:00"},
		{night, "2026-10-02 03:00", "1h", "2026-10-08 23:00"},
		{guard, "2026-10-03 03:00", "5m", "2026-10-03 03:05"},
		{guard, "2026-10-03 03:00", "48h", "2026-10-05 03:00"},
	} {
		d, err := time.ParseDuration(s.add)
		if err != nil {
			t.Fatal(err)
		}
		from := c.at(t, s.from)
		got := c.AddWorking(s.h, from, d)
		if diff := cmp.Diff(s.until, got.Format("2006-01-02 15:04")); diff != "" {
			t.Errorf("%s + %s\n%s", s.from, s.add, diff)
		}
		if worked := c.Worked(s.h, from, got); worked != d {
			t.Errorf("%s + %s: worked %v", s.from, s.add, worked)
		}
	}
}

func TestOpen(t *testing.T) {
	c := campus(t)
	day := WorkingHours{Hours: hoursOf(t, "08:00-17:30"), Midday: true}
	for _, s := range []struct {
		at   string
		open bool
		next string
	}{
		{"2026-09-29 07:59", false, "2026-09-29 08:00"},
		{"2026-09-29 08:00", true, "2026-09-29 08:00"},
		{"2026-09-29 12:00", false, "2026-09-29 13:30"},
		{"2026-09-29 17:30", false, "2026-09-30 08:00"},
		{"2026-10-01 10:00", false, "2026-10-08 08:00"},
		{"2026-10-10 10:00", true, "2026-10-10 10:00"},
	} {
		at := c.at(t, s.at)
		if open, next := c.Open(day, at), c.NextOpen(day, at); open != s.open || !next.Equal(c.at(t, s.next)) {
			t.Errorf("%s: open %v, next %v", s.at, open, next)
		}
		if !c.Open(WorkingHours{EveryDay: true}, at) {
			t.Errorf("%s: security is closed", s.at)
		}
	}
}

// Hours are counted in real time on the days when the clocks change.
func TestAddWorkingAcrossClockChanges(t *testing.T) {
	always := WorkingHours{EveryDay: true}
	night := WorkingHours{EveryDay: true, Hours: hoursOf(t, "22:00-06:00")}
	for _, s := range []struct {
		zone  string
		h     WorkingHours
		from  string
		add   time.Duration
		until string
	}{
		{"Europe/Berlin", always, "2026-03-28 12:00", 24 * time.Hour, "2026-03-29T13:00:00+02:00"},
		{"Europe/Berlin", always, "2026-10-24 12:00", 24 * time.Hour, "2026-10-25T11:00:00+01:00"},
		{"Europe/Berlin", night, "2026-03-28 22:00", 7 * time.Hour, "2026-03-29T06:00:00+02:00"},
		{"Europe/Berlin", night, "2026-10-24 22:00", 9 * time.Hour, "2026-10-25T06:00:00+01:00"},
		{"America/New_York", night, "2026-03-07 22:00", 8 * time.Hour, "2026-03-08T23:00:00-04:00"},
		{"America/New_York", night, "2026-10-31 22:00", 9 * time.Hour, "2026-11-01T06:00:00-05:00"},
		{"Australia/Lord_Howe", night, "2026-10-03 22:00", 450 * time.Minute, "2026-10-04T06:00:00+11:00"},
		{"Australia/Lord_Howe", night, "2026-04-04 22:00", 510 * time.Minute, "2026-04-05T06:00:00+10:30"},
	} {
		c := Calendar{Zone: zoneOf(t, s.zone)}
		if got := c.AddWorking(s.h, c.at(t, s.from), s.add).Format(time.RFC3339); got != s.until {
			t.Errorf("%s %s + %v: %s, want %s", s.zone, s.from, s.add, got, s.until)
		}
	}
}

func TestAfter(t *testing.T) {
	for _, s := range []struct{ zone, from, term, until string }{
		{"Asia/Shanghai", "2026-09-29 10:00", "24h", "2026-09-30T10:00:00+08:00"},
		{"Asia/Shanghai", "2026-09-29 10:00", "3d", "2026-10-02T10:00:00+08:00"},
		{"Asia/Shanghai", "2026-09-29 10:00", "3wd", "2026-10-09T10:00:00+08:00"},
		{"Asia/Shanghai", "2026-10-03 10:00", "1wd", "2026-10-08T10:00:00+08:00"},
		{"Asia/Shanghai", "2026-10-09 10:00", "1wd", "2026-10-10T10:00:00+08:00"},
		{"Asia/Shanghai", "2026-10-10 10:00", "1wd", "2026-10-12T10:00:00+08:00"},
		{"Asia/Shanghai", "2026-09-29 10:00", "1d1wd2h", "2026-10-08T12:00:00+08:00"},
		{"Europe/Berlin", "2026-03-28 12:00", "24h", "2026-03-29T13:00:00+02:00"},
		{"Europe/Berlin", "2026-03-28 12:00", "1d", "2026-03-29T12:00:00+02:00"},
		{"Europe/Berlin", "2026-03-28 02:30", "1d", "2026-03-29T03:00:00+02:00"},
		{"Europe/Berlin", "2026-10-24 02:30", "1d", "2026-10-25T02:30:00+02:00"},
		{"America/New_York", "2026-03-07 02:30", "1d", "2026-03-08T03:00:00-04:00"},
		{"America/New_York", "2026-10-31 01:30", "1d", "2026-11-01T01:30:00-04:00"},
		{"Australia/Lord_Howe", "2026-10-03 02:15", "1d", "2026-10-04T02:30:00+11:00"},
		{"Australia/Lord_Howe", "2026-04-04 01:45", "1d", "2026-04-05T01:45:00+11:00"},
	} {
		c := campus(t)
		c.Zone = zoneOf(t, s.zone)
		term, err := ParseTerm(s.term)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.After(c.at(t, s.from), term).Format(time.RFC3339); got != s.until {
			t.Errorf("%s %s + %s: %s, want %s", s.zone, s.from, s.term, got, s.until)
		}
	}
}

// A calendar that knows no work answers Never, and soon.
func TestNever(t *testing.T) {
	closed := Calendar{}
	from := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	if got := closed.AddWorking(WorkingHours{}, from, time.Hour); !got.Equal(Never) {
		t.Error(got)
	}
	if got := closed.NextOpen(WorkingHours{}, from); !got.Equal(Never) {
		t.Error(got)
	}
	if got := closed.After(from, Term{Workdays: 1}); !got.Equal(Never) {
		t.Error(got)
	}
	if closed.Open(WorkingHours{}, from) || closed.Worked(WorkingHours{}, from, from.AddDate(10, 0, 0)) != 0 {
		t.Error("work in a calendar without work")
	}
	rest := Calendar{Midday: Span{From: 0, To: EndOfDay}}
	if got := rest.NextOpen(WorkingHours{EveryDay: true, Midday: true}, from); !got.Equal(Never) {
		t.Error(got)
	}
	if got := closed.AddWorking(WorkingHours{EveryDay: true}, from, 1<<63-1); !got.Equal(Never) {
		t.Error(got)
	}
}

// Whatever the zone, the hours and the rest: the end comes no earlier than the
// start, the department has worked for exactly that long by then, and more work
// takes longer.
func TestAddWorkingProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Calendar{Zone: drawZone(t), Workweek: MondayToFriday(), Midday: Span{From: 12 * 60, To: 13 * 60}}
		h := WorkingHours{EveryDay: rapid.Bool().Draw(t, "every day"), Midday: rapid.Bool().Draw(t, "midday")}
		for range rapid.IntRange(0, 3).Draw(t, "spans") {
			h.Hours = append(h.Hours, Span{From: ClockTime(rapid.IntRange(0, 1439).Draw(t, "from")), To: ClockTime(rapid.IntRange(1, 1440).Draw(t, "to"))})
		}
		from := drawTime(t, c.Zone)
		d := time.Duration(rapid.IntRange(0, 3000).Draw(t, "minutes")) * time.Minute
		end := c.AddWorking(h, from, d)
		if end.Equal(Never) {
			return // the rest may leave nothing of the hours
		}
		if end.Before(from) || c.Worked(h, from, end) != d {
			t.Fatalf("%v + %v = %v, worked %v", from, d, end, c.Worked(h, from, end))
		}
		if later := c.AddWorking(h, from, d+time.Minute); !later.After(end) {
			t.Fatalf("%v + %v = %v, a minute more %v", from, d, end, later)
		}
		if d == 0 && !c.Open(h, end) {
			t.Fatalf("%v is the next opening, but closed", end)
		}
	})
}

func TestParseSpansAndDates(t *testing.T) {
	for _, text := range []string{"08:00-17:30", "17:30-08:00", "00:00-24:00", "08:00-12:00,13:30-17:30"} {
		if hours := hoursOf(t, text); hours.String() != text {
			t.Errorf("%s became %s", text, hours)
		}
	}
	for _, text := range []string{"", "08:00", "00:00-00:00", "24:00-08:00", "08:00-", "08:00-09:00,", "08:00/09:00"} {
		if hours, err := ParseHours(text); err == nil {
			t.Errorf("%q was read as %s", text, hours)
		}
	}
	for _, text := range []string{"2026-10-01", "2026-10-01..2026-10-07"} {
		if got := days(t, text)[0].String(); got != text {
			t.Errorf("%s became %s", text, got)
		}
	}
	for _, text := range []string{"", "2026-02-30", "01.10.2026", "2026-10-07..2026-10-01", "2026-10-01.."} {
		if got, err := ParseDateRange(text); err == nil {
			t.Errorf("%q was read as %v", text, got)
		}
	}
	if got := (Date{2026, 2, 28}).AddDays(1); got != (Date{2026, 3, 1}) || got.Weekday() != time.Sunday {
		t.Error(got)
	}
}

// The configuration and stored records hold all of these as texts.
func TestTexts(t *testing.T) {
	type texts struct {
		Date  Date
		Range DateRange
		Clock ClockTime
		Span  Span
		None  Span
		Hours Hours
		Quiet QuietHours
		Term  Term
	}
	want := `{"Date":"2026-10-01","Range":"2026-10-01..2026-10-07","Clock":"08:05","Span":"17:30-08:00","None":"","Hours":"08:00-12:00,13:30-17:30","Quiet":"22:00-08:00","Term":"3wd"}`
	var all texts
	if err := json.Unmarshal([]byte(want), &all); err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(all)
	if diff := cmp.Diff(want, string(got)); err != nil || diff != "" {
		t.Error(err, diff)
	}
	for _, wrong := range []string{`{"Date":"today"}`, `{"Range":"1-2"}`, `{"Clock":"8"}`, `{"Span":"8"}`, `{"Hours":"all"}`, `{"Quiet":"no"}`, `{"Term":"soon"}`} {
		if err := json.Unmarshal([]byte(wrong), &all); err == nil {
			t.Errorf("%s was read", wrong)
		}
	}
}

func TestSpanContains(t *testing.T) {
	for _, c := range []struct {
		span string
		in   []string
		out  []string
	}{
		{"08:00-17:30", []string{"08:00", "17:29"}, []string{"07:59", "17:30"}},
		{"17:30-08:00", []string{"17:30", "00:00", "07:59"}, []string{"17:29", "08:00"}},
		{"00:00-24:00", []string{"00:00", "23:59"}, nil},
		{"08:00-08:00", []string{"07:59", "08:00"}, nil},
	} {
		span, err := ParseSpan(c.span)
		if err != nil {
			t.Fatal(err)
		}
		for i, text := range append(append([]string{}, c.in...), c.out...) {
			clock, err := ParseClockTime(text)
			if err != nil || span.Contains(clock) != (i < len(c.in)) {
				t.Errorf("%s in %s: %v %v", text, c.span, i >= len(c.in), err)
			}
		}
	}
	if (Span{}).Contains(0) {
		t.Error("no span contains midnight")
	}
}
