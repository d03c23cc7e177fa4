package desk

import "time"

// QuietHours are when residents are not disturbed unless it is urgent, by default
// 22:00-08:00. From equal to To means that no hour is quiet.
type QuietHours struct{ From, To ClockTime }

// ParseQuietHours reads "22:00-08:00".
func ParseQuietHours(s string) (QuietHours, error) {
	span, err := ParseSpan(s)
	return QuietHours(span), err
}

// MarshalText writes the hours as "22:00-08:00", and nothing for none.
func (q QuietHours) MarshalText() ([]byte, error) { return Span(q).MarshalText() }

// UnmarshalText reads what ParseQuietHours reads; an empty text is none.
func (q *QuietHours) UnmarshalText(text []byte) error { return (*Span)(q).UnmarshalText(text) }

// Quiet says whether t lies in the quiet hours of the zone. The end itself is not
// quiet.
func (q QuietHours) Quiet(t time.Time, zone *time.Location) bool {
	return !q.Release(t, zone).Equal(t)
}

// Release returns when a message that is ready at t may go: t itself, or the end
// of the quiet hours.
func (q QuietHours) Release(t time.Time, zone *time.Location) time.Time {
	if q.From == q.To {
		return t
	}
	if _, end, quiet := Span(q).around(t, zone); quiet {
		return end
	}
	return t
}

// Window returns t if it lies in the daily hours from up to but not including to,
// else their next start. It serves what may happen only by day, such as asking
// residents back (09:00-21:30). Equal times mean the whole day.
func Window(t time.Time, from, to ClockTime, zone *time.Location) time.Time {
	span := Span{From: from, To: to}
	if from == to {
		return t
	}
	if _, _, inside := span.around(t, zone); inside {
		return t
	}
	date := DateOf(t, zone)
	for {
		if start := from.On(date, zone); !start.Before(t) {
			return start
		}
		date = date.AddDays(1)
	}
}
