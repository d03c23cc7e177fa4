package desk

import (
	"fmt"
	"strings"
	"time"
)

// ClockTime is a time of day at the site, in minutes since local midnight: 0 to
// 1440. 1440 is "24:00", the end of the day.
type ClockTime int

// EndOfDay is 24:00.
const EndOfDay ClockTime = 24 * 60

// ParseClockTime reads "08:00", "8:00" or "24:00". The error says what was
// expected.
func ParseClockTime(s string) (ClockTime, error) {
	hour, minute, ok := strings.Cut(strings.TrimSpace(s), ":")
	h, okH := twoDigits(hour)
	m, okM := twoDigits(minute)
	c := ClockTime(h*60 + m)
	if !ok || !okH || !okM || len(minute) != 2 || m > 59 || c > EndOfDay {
		return 0, fmt.Errorf("%q is not a time of day: want hours and minutes from 00:00 to 24:00, such as 08:30", s)
	}
	return c, nil
}

// twoDigits reads one or two ASCII digits, and nothing else; strconv would take
// signs.
func twoDigits(s string) (n int, ok bool) {
	if len(s) == 0 || len(s) > 2 {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// String writes "08:00".
func (c ClockTime) String() string { return fmt.Sprintf("%02d:%02d", int(c)/60, int(c)%60) }

// MarshalText writes the time as String does.
func (c ClockTime) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what ParseClockTime reads.
func (c *ClockTime) UnmarshalText(text []byte) error {
	parsed, err := ParseClockTime(string(text))
	if err == nil {
		*c = parsed
	}
	return err
}

// On returns the instant at which the clocks of the zone show c on that date. A
// time that a change of clocks skips is the first valid minute after it; a time
// that comes twice is the first of the two. 24:00 is midnight at the end of the
// date.
func (c ClockTime) On(date Date, zone *time.Location) time.Time {
	return localTime(time.Date(date.Year, date.Month, date.Day, 0, int(c), 0, 0, time.UTC), zone)
}

// localTime returns the instant at which the clocks of the zone show what wall
// shows in UTC; gaps and overlaps as in On. time.Date alone does not promise
// which of the two times it picks.
func localTime(wall time.Time, zone *time.Location) time.Time {
	if zone == nil {
		zone = time.UTC
	}
	// A day to either side is always beyond the change itself, and hardly ever
	// reaches another one.
	before, after := offset(wall.Add(-24*time.Hour), zone), offset(wall.Add(24*time.Hour), zone)
	late := wall.Add(-before).In(zone)
	if offset(late, zone) == before {
		// Before the change, or in the first pass of an overlap, which the greater
		// offset makes the earlier instant.
		return late
	}
	early := wall.Add(-after).In(zone)
	if offset(early, zone) == after {
		return early
	}
	// The time does not exist. Counted with the offset before the gap it lies
	// behind the change, so that the change is where its present offset began.
	start, _ := late.ZoneBounds()
	if start.IsZero() {
		return late
	}
	return start.In(zone)
}

func offset(t time.Time, zone *time.Location) time.Duration {
	_, seconds := t.In(zone).Zone()
	return time.Duration(seconds) * time.Second
}
