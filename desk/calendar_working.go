package desk

import (
	"slices"
	"time"
)

// period is a stretch of real time, from its start up to but not including its
// end.
type period struct{ from, to time.Time }

// Open says whether a department works at t.
func (c Calendar) Open(h WorkingHours, t time.Time) bool {
	next := c.NextOpen(h, t)
	return next.Equal(t) && !next.Equal(Never)
}

// NextOpen returns t if the department works then, else when it next begins to.
// It is Never if that does not happen within some two years.
func (c Calendar) NextOpen(h WorkingHours, t time.Time) time.Time { return c.AddWorking(h, t, 0) }

// AddWorking returns when the department will have worked for d since t. Only its
// hours on its days count, in real time: a night on which the clocks go back is
// an hour longer. With nothing to add (or less) it is when the department next
// works, as NextOpen. It is Never if the time does not come.
func (c Calendar) AddWorking(h WorkingHours, t time.Time, d time.Duration) time.Time {
	end, left := Never, max(d, 0)
	c.walk(h, t, func(p period) bool {
		length := p.to.Sub(p.from)
		if left <= length {
			end = p.from.Add(left)
			return false
		}
		left -= length
		return true
	})
	return end
}

// Worked returns for how long the department worked between from and to; zero if
// to is not after from.
func (c Calendar) Worked(h WorkingHours, from, to time.Time) time.Duration {
	var sum time.Duration
	c.walk(h, from, func(p period) bool {
		if !p.from.Before(to) {
			return false
		}
		if p.to.After(to) {
			p.to = to
		}
		sum += p.to.Sub(p.from)
		return true
	})
	return sum
}

// walk calls visit for each stretch of the department's work after t, in order
// and without overlaps, until visit returns false or the calendar's bounds are
// reached.
func (c Calendar) walk(h WorkingHours, t time.Time, visit func(period) bool) {
	idle, done := 0, t
	// Work that began the evening before may still go on.
	day := c.Date(t).AddDays(-1)
	for range maxDays {
		periods := c.periods(h, day)
		for _, p := range periods {
			if p.from.Before(done) {
				p.from = done
			}
			if !p.from.Before(p.to) {
				continue
			}
			if done = p.to; !visit(p) {
				return
			}
		}
		if idle++; len(periods) > 0 {
			idle = 0
		}
		if idle > maxIdle {
			return
		}
		day = day.AddDays(1)
	}
}

// periods returns when the department works in the spans that start on that date,
// sorted; they may overlap.
func (c Calendar) periods(h WorkingHours, date Date) []period {
	if !h.EveryDay && !c.WorkdayOn(date) {
		return nil
	}
	hours := h.Hours
	if len(hours) == 0 {
		hours = Hours{{From: 0, To: EndOfDay}}
	}
	var list []period
	for _, span := range hours {
		if span.IsZero() {
			continue
		}
		from, to := span.On(date, c.zone())
		list = append(list, period{from, to})
	}
	if h.Midday && !c.Midday.IsZero() {
		// A shift that passes midnight may meet the rest of either day; a rest that
		// passes midnight may have begun the day before.
		for days := -1; days <= 1; days++ {
			from, to := c.Midday.On(date.AddDays(days), c.zone())
			list = without(list, period{from, to})
		}
	}
	slices.SortFunc(list, func(a, b period) int { return a.from.Compare(b.from) })
	return list
}

// without cuts a rest out of the periods and drops what is empty.
func without(list []period, rest period) []period {
	var kept []period
	for _, p := range list {
		before, after := p, p
		if before.to.After(rest.from) {
			before.to = rest.from
		}
		if after.from.Before(rest.to) {
			after.from = rest.to
		}
		for _, part := range []period{before, after} {
			if part.from.Before(part.to) {
				kept = append(kept, part)
			}
		}
	}
	return kept
}
