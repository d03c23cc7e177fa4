package desk

import (
	"fmt"
	"strings"
	"time"
)

// Date is a day of the site's calendar, without a time or a zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the date that the clocks of the zone show at t.
func DateOf(t time.Time, zone *time.Location) Date {
	if zone == nil {
		zone = time.UTC
	}
	y, m, d := t.In(zone).Date()
	return Date{y, m, d}
}

// ParseDate reads "2026-10-01". The error says what was expected.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, strings.TrimSpace(s))
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a date: want year, month and day, such as 2026-10-01", s)
	}
	return DateOf(t, time.UTC), nil
}

// String writes "2026-10-01".
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day) }

// MarshalText writes the date as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what ParseDate reads.
func (d *Date) UnmarshalText(text []byte) error {
	parsed, err := ParseDate(string(text))
	if err == nil {
		*d = parsed
	}
	return err
}

// IsZero says that no date was given.
func (d Date) IsZero() bool { return d == Date{} }

// AddDays returns the date n days later, or earlier if n is negative.
func (d Date) AddDays(n int) Date { return DateOf(d.noon().AddDate(0, 0, n), time.UTC) }

// AddMonths returns the date n months later: the same day of the month, or the last
// one where the month is shorter.
func (d Date) AddMonths(n int) Date {
	first := DateOf(time.Date(d.Year, d.Month+time.Month(n), 1, 12, 0, 0, 0, time.UTC), time.UTC)
	last := DateOf(time.Date(first.Year, first.Month+1, 0, 12, 0, 0, 0, time.UTC), time.UTC)
	first.Day = min(d.Day, last.Day)
	return first
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.noon().Weekday() }

// Compare returns -1, 0 or +1 as d is before, the same as or after e.
func (d Date) Compare(e Date) int { return d.noon().Compare(e.noon()) }

func (d Date) noon() time.Time { return time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC) }

// DateRange is the days from From to To, both included. A zero To means the one
// day From.
type DateRange struct{ From, To Date }

// ParseDateRange reads one day "2026-10-01", or the first and the last with dots
// between: "2026-10-01..2026-10-07".
func ParseDateRange(s string) (DateRange, error) {
	from, to, several := strings.Cut(s, "..")
	first, err := ParseDate(from)
	if err != nil {
		return DateRange{}, err
	}
	if !several {
		return DateRange{From: first, To: first}, nil
	}
	last, err := ParseDate(to)
	if err != nil {
		return DateRange{}, err
	}
	if last.Compare(first) < 0 {
		return DateRange{}, fmt.Errorf("%q ends before it starts: want the earlier date first", s)
	}
	return DateRange{From: first, To: last}, nil
}

// String writes the range as ParseDateRange reads it.
func (r DateRange) String() string {
	if r.To.IsZero() || r.To == r.From {
		return r.From.String()
	}
	return r.From.String() + ".." + r.To.String()
}

// MarshalText writes the range as String does.
func (r DateRange) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads what ParseDateRange reads.
func (r *DateRange) UnmarshalText(text []byte) error {
	parsed, err := ParseDateRange(string(text))
	if err == nil {
		*r = parsed
	}
	return err
}

// Contains says whether d is one of the days.
func (r DateRange) Contains(d Date) bool {
	if r.To.IsZero() {
		return d == r.From
	}
	return r.From.Compare(d) <= 0 && d.Compare(r.To) <= 0
}
