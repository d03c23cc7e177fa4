package desk

import (
	"slices"
	"time"
)

// Shift is a part of every day with the people who are on duty in it.
type Shift struct {
	// Name is stable ("day", "night"); records keep it. Label is for people.
	Name  string
	Label Label
	// Span is when the shift lasts: 08:00-17:30 by day, 17:30-08:00 by night as a
	// rule.
	Span Span
	// Staff are the addresses on duty ("telegram:2001") by role or department id.
	Staff map[string][]string
}

// Roster is who is on duty when. Shifts may overlap; the first one listed is then
// the current shift, and people of all of them are on duty.
type Roster struct{ Shifts []Shift }

// At returns the current shift; false when none covers t.
func (r Roster) At(t time.Time, zone *time.Location) (Shift, bool) {
	for _, shift := range r.Shifts {
		if _, _, on := shift.Span.around(t, zone); on {
			return shift, true
		}
	}
	return Shift{}, false
}

// OnDuty returns the addresses on duty at t for a role or department, each once,
// in the order of the configuration.
func (r Roster) OnDuty(role string, t time.Time, zone *time.Location) []string {
	var addresses []string
	for _, shift := range r.Shifts {
		if _, _, on := shift.Span.around(t, zone); !on {
			continue
		}
		for _, address := range shift.Staff[role] {
			if !slices.Contains(addresses, address) {
				addresses = append(addresses, address)
			}
		}
	}
	return addresses
}

// Start returns when the current shift began, or the zero time when none covers
// t.
func (r Roster) Start(t time.Time, zone *time.Location) time.Time {
	for _, shift := range r.Shifts {
		if from, _, on := shift.Span.around(t, zone); on {
			return from
		}
	}
	return time.Time{}
}

// NextChange returns the first instant after t at which a shift begins or ends,
// and Never for an empty roster.
func (r Roster) NextChange(t time.Time, zone *time.Location) time.Time {
	next := Never
	today := DateOf(t, zone)
	for _, shift := range r.Shifts {
		if shift.Span.IsZero() {
			continue
		}
		// Two days ahead, because the zone may leave a date out.
		for days := -1; days <= 2; days++ {
			from, to := shift.Span.On(today.AddDays(days), zone)
			for _, change := range []time.Time{from, to} {
				if change.After(t) && change.Before(next) {
					next = change
				}
			}
		}
	}
	return next
}
