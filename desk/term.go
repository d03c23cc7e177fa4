package desk

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// maxTerm keeps a term, in days, within what a calendar can count: a hundred
// years.
const maxTerm = 36500

// Term is a length of time as people agree on it: so many hours, days or working
// days. Days and working days keep the local time of day, which is why they are
// not 24 hours. Calendar.After adds a term to a time.
type Term struct {
	Duration       time.Duration
	Days, Workdays int
}

// ParseTerm reads "15m", "24h", "90s", "3d", "3wd" (working days) or several in a
// row ("1h30m", "1d12h"). The error says what was expected.
func ParseTerm(s string) (Term, error) {
	var t Term
	fail := func() (Term, error) {
		return Term{}, fmt.Errorf("%q is not a term: want a number and a unit, such as 15m, 24h, 1h30m, 3d, or 3wd for working days", s)
	}
	rest := strings.TrimSpace(s)
	if rest == "" {
		return fail()
	}
	for rest != "" {
		digits := 0
		for digits < len(rest) && '0' <= rest[digits] && rest[digits] <= '9' {
			digits++
		}
		n, err := strconv.ParseInt(rest[:digits], 10, 32)
		if err != nil {
			return fail()
		}
		rest = rest[digits:]
		unit := 0
		for unit < len(rest) && 'a' <= rest[unit] && rest[unit] <= 'z' {
			unit++
		}
		if !t.add(n, rest[:unit]) {
			return fail()
		}
		rest = rest[unit:]
	}
	if t.Days > maxTerm || t.Workdays > maxTerm || t.Duration > maxTerm*24*time.Hour {
		return Term{}, fmt.Errorf("%q is too long: want at most %d days", s, maxTerm)
	}
	return t, nil
}

// add counts n units. It answers false for a unit that does not exist. A 32-bit n
// of at most hours cannot overflow a Duration; sums are held below the limit on
// the way.
func (t *Term) add(n int64, unit string) bool {
	if t.Duration > maxTerm*24*time.Hour || t.Days > maxTerm || t.Workdays > maxTerm {
		return true
	}
	switch unit {
	case "s":
		t.Duration += time.Duration(n) * time.Second
	case "m":
		t.Duration += time.Duration(n) * time.Minute
	case "h":
		if n > maxTerm*24 {
			n = maxTerm*24 + 1
		}
		t.Duration += time.Duration(n) * time.Hour
	case "d":
		t.Days += int(n)
	case "wd":
		t.Workdays += int(n)
	default:
		return false
	}
	return true
}

// IsZero says that the term is no time at all.
func (t Term) IsZero() bool { return t == Term{} }

// String writes the term as ParseTerm reads it, in whole seconds: "3wd", "1h30m",
// "0m" for none.
func (t Term) String() string {
	var b strings.Builder
	write := func(n int64, unit string) {
		if n != 0 {
			fmt.Fprintf(&b, "%d%s", n, unit)
		}
	}
	write(int64(t.Workdays), "wd")
	write(int64(t.Days), "d")
	write(int64(t.Duration/time.Hour), "h")
	write(int64(t.Duration%time.Hour/time.Minute), "m")
	write(int64(t.Duration%time.Minute/time.Second), "s")
	if b.Len() == 0 {
		return "0m"
	}
	return b.String()
}

// MarshalText writes the term as String does.
func (t Term) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what ParseTerm reads.
func (t *Term) UnmarshalText(text []byte) error {
	parsed, err := ParseTerm(string(text))
	if err == nil {
		*t = parsed
	}
	return err
}
