package desk

import (
	"fmt"
	"strings"
	"time"
)

// Span is a part of the day, from From up to but not including To. One whose To
// is not after its From passes midnight: 17:30-08:00. The zero Span stands for
// none.
type Span struct{ From, To ClockTime }

// ParseSpan reads "08:00-17:30", "17:30-08:00" or "00:00-24:00". The error says
// what was expected.
func ParseSpan(s string) (Span, error) {
	from, to, ok := strings.Cut(s, "-")
	if !ok {
		return Span{}, fmt.Errorf("%q is not a span of time: want two times of day, such as 08:00-17:30", s)
	}
	var span Span
	var err error
	if span.From, err = ParseClockTime(from); err != nil {
		return Span{}, err
	}
	if span.To, err = ParseClockTime(to); err != nil {
		return Span{}, err
	}
	if span.From == EndOfDay || span.IsZero() {
		return Span{}, fmt.Errorf("%q is not a span of time: the whole day is written 00:00-24:00", s)
	}
	return span, nil
}

// IsZero says that the span is none at all.
func (s Span) IsZero() bool { return s == Span{} }

// Contains says whether the span covers that time of day. The zero span covers
// none.
func (s Span) Contains(c ClockTime) bool {
	switch {
	case s.IsZero():
		return false
	case s.From < s.To:
		return s.From <= c && c < s.To
	}
	return c >= s.From || c < s.To
}

// String writes "08:00-17:30".
func (s Span) String() string { return s.From.String() + "-" + s.To.String() }

// MarshalText writes the span as String does, and nothing for none.
func (s Span) MarshalText() ([]byte, error) {
	if s.IsZero() {
		return nil, nil
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads what ParseSpan reads; an empty text is none.
func (s *Span) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*s = Span{}
		return nil
	}
	parsed, err := ParseSpan(string(text))
	if err == nil {
		*s = parsed
	}
	return err
}

// On returns the instants at which the span that starts on that date begins and
// ends; they are equal when a change of clocks swallows it.
func (s Span) On(date Date, zone *time.Location) (from, to time.Time) {
	end := date
	if s.To <= s.From {
		end = date.AddDays(1)
	}
	return s.From.On(date, zone), s.To.On(end, zone)
}

// around returns the occurrence of the span that contains t. All questions about
// spans compare instants and not clock readings, so that an hour that comes twice
// is never counted twice.
func (s Span) around(t time.Time, zone *time.Location) (from, to time.Time, ok bool) {
	if s.IsZero() {
		return time.Time{}, time.Time{}, false
	}
	today := DateOf(t, zone)
	for days := -1; days <= 0; days++ {
		if from, to = s.On(today.AddDays(days), zone); !t.Before(from) && t.Before(to) {
			return from, to, true
		}
	}
	return time.Time{}, time.Time{}, false
}

// Hours are the spans of a day in which a department works.
type Hours []Span

// ParseHours reads one span or several with commas between:
// "08:00-12:00,13:30-17:30".
func ParseHours(s string) (Hours, error) {
	var hours Hours
	for part := range strings.SplitSeq(s, ",") {
		span, err := ParseSpan(strings.TrimSpace(part))
		if err != nil {
			return nil, err
		}
		hours = append(hours, span)
	}
	return hours, nil
}

// String writes the hours as ParseHours reads them.
func (h Hours) String() string {
	parts := make([]string, len(h))
	for i, span := range h {
		parts[i] = span.String()
	}
	return strings.Join(parts, ",")
}

// MarshalText writes the hours as String does.
func (h Hours) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads what ParseHours reads; an empty text is no hours.
func (h *Hours) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*h = nil
		return nil
	}
	parsed, err := ParseHours(string(text))
	if err == nil {
		*h = parsed
	}
	return err
}
