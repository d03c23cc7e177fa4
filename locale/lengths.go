package locale

import (
	"strings"
	"time"

	"frontdesk/desk"
)

// term says a length of time that was agreed: "3 个工作日", "1 hour 30 minutes".
func (c *Catalog) term(lang string, t desk.Term, now time.Time) string {
	var parts []string
	add := func(n int, text func(n int) desk.Text) {
		if n != 0 {
			parts = append(parts, c.Render(lang, text(n), now))
		}
	}
	add(t.Workdays, func(n int) desk.Text { return desk.T("term.workdays", "n", n) })
	add(t.Days, func(n int) desk.Text { return desk.T("term.days", "n", n) })
	add(int(t.Duration/time.Hour), func(n int) desk.Text { return desk.T("term.hours", "n", n) })
	add(int(t.Duration%time.Hour/time.Minute), func(n int) desk.Text { return desk.T("term.minutes", "n", n) })
	add(int(t.Duration%time.Minute/time.Second), func(n int) desk.Text { return desk.T("term.seconds", "n", n) })
	if len(parts) == 0 {
		return c.Render(lang, desk.T("term.minutes", "n", 0), now)
	}
	return strings.Join(parts, " ")
}

// These lengths show the unit that people would round to: minutes up to three hours, hours up to three days, then days.
const (
	minutesUntil = 3 * time.Hour
	hoursUntil   = 72 * time.Hour
)

// duration says a length of time that was measured, briefly and rounded down: "19 小时", "19 h". Its sign is for the words around it.
func (c *Catalog) duration(lang string, d time.Duration, now time.Time) string {
	if d = d.Abs(); d >= hoursUntil {
		return c.Render(lang, desk.T("duration.days", "n", int(d/(24*time.Hour))), now)
	}
	hours, minutes := int(d/time.Hour), int(d%time.Hour/time.Minute)
	switch {
	case d < time.Minute && d >= time.Second:
		return c.Render(lang, desk.T("duration.seconds", "n", int(d/time.Second)), now)
	case hours == 0:
		return c.Render(lang, desk.T("duration.minutes", "n", minutes), now)
	case d < minutesUntil && minutes > 0:
		return c.Render(lang, desk.T("duration.hours", "n", hours), now) + " " + c.Render(lang, desk.T("duration.minutes", "n", minutes), now)
	}
	return c.Render(lang, desk.T("duration.hours", "n", hours), now)
}
