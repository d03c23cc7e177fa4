package desk

import (
	"slices"
	"time"
)

// ChangeKind is what a change of the roster is. The names are stored and never
// reused.
type ChangeKind string

// The kinds of change.
const (
	ChangeLeave ChangeKind = "leave" // away
	ChangeSick  ChangeKind = "sick"  // away, and not planned
	ChangeExtra ChangeKind = "extra" // works beside the pattern
	ChangeSwap  ChangeKind = "swap"  // With works instead of Who, and perhaps Who instead of With
)

// RosterChange is what differs from the weekly pattern on single dates. It is
// kept when it no longer counts, so that the duty log stays true.
type RosterChange struct {
	ID   string     `json:"id"`
	Kind ChangeKind `json:"kind"`
	// Who is a person's id, or in the configuration an address.
	Who string `json:"who"`
	// Dates are those on which the shifts begin.
	Dates DateRange `json:"dates"`
	// Shift is the only one meant; empty means all of them. Extra work and swaps
	// name one, and the Duty (a role or a department's id) that is done in it.
	Shift string `json:"shift,omitempty"`
	Duty  string `json:"duty,omitempty"`
	// With takes over in a swap; Who works BackShift on BackDate for them, if it is
	// named.
	With      string `json:"with,omitempty"`
	BackShift string `json:"back_shift,omitempty"`
	BackDate  Date   `json:"back_date,omitzero"`

	By string    `json:"by,omitempty"`
	At time.Time `json:"at,omitzero"`
	// Accepted is when the colleague consented: a swap counts from then on.
	Accepted time.Time `json:"accepted,omitzero"`
	// Ended is when it was declined or taken back: it counts no more.
	Ended   time.Time `json:"ended,omitzero"`
	EndedBy string    `json:"ended_by,omitempty"`
}

// Last is the last date that the change touches.
func (x RosterChange) Last() Date {
	last := x.Dates.From
	if x.Dates.To.Compare(last) > 0 {
		last = x.Dates.To
	}
	if !x.BackDate.IsZero() && x.BackDate.Compare(last) > 0 {
		last = x.BackDate
	}
	return last
}

// Counts tells whether it is in force.
func (x RosterChange) Counts() bool {
	return x.Ended.IsZero() && (x.Kind != ChangeSwap || !x.Accepted.IsZero())
}

// Away tells whether it takes somebody out on a date.
func (x RosterChange) Away(date Date) bool {
	return x.Counts() && (x.Kind == ChangeLeave || x.Kind == ChangeSick) && x.Dates.Contains(date)
}

// Overlay applies changes to who the pattern names for a role or department on a
// day's shift, and returns who works. It is the one rule that merges both: what
// was entered last counts, so that extra work asked of somebody on leave holds.
// The ids must be of one kind on both sides.
func Overlay(d ShiftDay, duty string, pattern []string, changes []RosterChange) []string {
	list := slices.Clone(pattern)
	remove := func(who string) bool {
		before := len(list)
		list = slices.DeleteFunc(list, func(id string) bool { return id == who })
		return len(list) < before
	}
	add := func(who string) {
		if !slices.Contains(list, who) {
			list = append(list, who)
		}
	}
	for _, x := range inOrder(changes) {
		inShift := x.Shift == "" || x.Shift == d.Shift.Name
		switch {
		case !x.Counts():
		case x.Kind == ChangeSwap && x.Duty == duty:
			if x.Shift == d.Shift.Name && x.Dates.Contains(d.Date) && remove(x.Who) {
				add(x.With)
			}
			if x.BackShift == d.Shift.Name && x.BackDate == d.Date && remove(x.With) {
				add(x.Who)
			}
		case !inShift || !x.Dates.Contains(d.Date):
		case x.Kind == ChangeExtra && x.Duty == duty:
			add(x.Who)
		case x.Away(d.Date):
			remove(x.Who)
		}
	}
	return list
}

// inOrder sorts changes as they were entered; those of the configuration, which
// have no time, come first.
func inOrder(changes []RosterChange) []RosterChange {
	list := slices.Clone(changes)
	when := func(x RosterChange) time.Time {
		if x.Accepted.After(x.At) {
			return x.Accepted
		}
		return x.At
	}
	slices.SortStableFunc(list, func(a, b RosterChange) int { return when(a).Compare(when(b)) })
	return list
}
