package desk

import (
	"slices"
	"time"
)

// Shift is a part of the day with the people who are on duty in it, on the days
// on which it is worked.
type Shift struct {
	// Name is stable ("day", "night"); records keep it. Label is for people.
	Name  string
	Label Label
	// Span is when the shift lasts: 08:00-17:30 by day, 17:30-08:00 by night as a
	// rule. It belongs to the date on which it begins.
	Span Span
	// Days are those on which it is worked; none means every day.
	Days Days
	// Staff are the addresses on duty ("telegram:2001") by role or department id.
	Staff map[string][]string
	// PersonDays are the days of those who do not come on all days of the shift,
	// by address.
	PersonDays map[string]Days
}

// Roster is who is on duty when: a weekly pattern of shifts, and what differs
// from it on single dates. Shifts may overlap; the first one listed is then the
// current shift, and people of all of them are on duty.
type Roster struct {
	Shifts []Shift
	// Changes are the exceptions that the configuration names; those that were
	// entered in chat are read from the store.
	Changes []RosterChange
}

// ShiftDay is a shift on one date.
type ShiftDay struct {
	Shift Shift
	Date  Date
	// From and To are its instants; To is no longer part of it.
	From, To time.Time
}

// Key names the shift of that date in records, jobs and buttons: day.20261124.
func (d ShiftDay) Key() string { return d.Shift.Name + "." + d.Date.compact() }

// Covers tells whether the shift lasts at t.
func (d ShiftDay) Covers(t time.Time) bool { return !t.Before(d.From) && t.Before(d.To) }

// on is the shift on a date; false when it is not worked then, or when a change
// of clocks swallows it.
func (s Shift) on(date Date, c Calendar) (ShiftDay, bool) {
	if s.Span.IsZero() || !s.Days.Include(c, date) {
		return ShiftDay{}, false
	}
	d := ShiftDay{Shift: s, Date: date}
	d.From, d.To = s.Span.On(date, c.zone())
	return d, d.From.Before(d.To)
}

// Current lists the shifts that last at t, in the order of the configuration.
func (r Roster) Current(c Calendar, t time.Time) []ShiftDay {
	var list []ShiftDay
	today := c.Date(t)
	for _, shift := range r.Shifts {
		for days := -1; days <= 0; days++ {
			if d, ok := shift.on(today.AddDays(days), c); ok && d.Covers(t) {
				list = append(list, d)
			}
		}
	}
	return list
}

// Begin lists the shifts that begin after from and no later than to, in order of
// time. It looks at most 400 days back from to.
func (r Roster) Begin(c Calendar, from, to time.Time) []ShiftDay {
	if earliest := to.AddDate(0, 0, -400); from.Before(earliest) {
		from = earliest
	}
	var list []ShiftDay
	// The zone may leave a date out, so that one more to each side is looked at.
	for date := c.Date(from).AddDays(-1); date.Compare(c.Date(to).AddDays(1)) <= 0; date = date.AddDays(1) {
		for _, shift := range r.Shifts {
			if d, ok := shift.on(date, c); ok && d.From.After(from) && !d.From.After(to) {
				list = append(list, d)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b ShiftDay) int { return a.From.Compare(b.From) })
	return list
}

// ShiftDay finds the shift of a key; false when the roster has it no more.
func (r Roster) ShiftDay(c Calendar, key string) (ShiftDay, bool) {
	for _, shift := range r.Shifts {
		if name := shift.Name + "."; len(key) == len(name)+8 && key[:len(name)] == name {
			date, err := ParseDate(key[len(name):len(name)+4] + "-" + key[len(name)+4:len(name)+6] + "-" + key[len(name)+6:])
			if err != nil {
				return ShiftDay{}, false
			}
			return shift.on(date, c)
		}
	}
	return ShiftDay{}, false
}

// At returns the current shift; false when none covers t.
func (r Roster) At(t time.Time, c Calendar) (Shift, bool) {
	for _, d := range r.Current(c, t) {
		return d.Shift, true
	}
	return Shift{}, false
}

// OnDuty returns the addresses on duty at t for a role or department by the
// configuration alone, each once, in its order.
func (r Roster) OnDuty(duty string, t time.Time, c Calendar) []string {
	var addresses []string
	for _, d := range r.Current(c, t) {
		for _, address := range Overlay(d, duty, d.Pattern(duty, c), r.Changes) {
			if !slices.Contains(addresses, address) {
				addresses = append(addresses, address)
			}
		}
	}
	return addresses
}

// Pattern lists the addresses that the weekly pattern has on that date for a role
// or department, each once.
func (d ShiftDay) Pattern(duty string, c Calendar) []string {
	var list []string
	for _, address := range d.Shift.Staff[duty] {
		if d.Shift.PersonDays[address].Include(c, d.Date) && !slices.Contains(list, address) {
			list = append(list, address)
		}
	}
	return list
}

// Start returns when the current shift began, or the zero time when none covers
// t.
func (r Roster) Start(t time.Time, c Calendar) time.Time {
	for _, d := range r.Current(c, t) {
		return d.From
	}
	return time.Time{}
}

// maxShiftDays is for how many days the next change of shift is looked for: a
// shift that is worked in the vacation only comes twice a year.
const maxShiftDays = 400

// NextChange returns the first instant after t at which a shift begins or ends,
// and Never if none does in the next 400 days.
func (r Roster) NextChange(t time.Time, c Calendar) time.Time {
	next := Never
	today := c.Date(t)
	for days := -1; days <= maxShiftDays; days++ {
		for _, shift := range r.Shifts {
			d, ok := shift.on(today.AddDays(days), c)
			if !ok {
				continue
			}
			for _, change := range []time.Time{d.From, d.To} {
				if change.After(t) && change.Before(next) {
					next = change
				}
			}
		}
		// Two days ahead, because the zone may leave a date out.
		if days >= 2 && next.Before(Never) {
			break
		}
	}
	return next
}
