package desk

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// CheckoutRule says how checkouts are booked and who inspects.
type CheckoutRule struct {
	// Department is whose employees inspect; empty: the caretakers of the building.
	Department string
	// Usual is what holds on every day: its dates and buildings are not looked at.
	// EveryDay opens days that are no working days too.
	Usual    SlotRule
	EveryDay bool
	// Rules are what differs on single dates or in single buildings, as the
	// configuration has it; what is entered in chat comes after them.
	Rules []SlotRule
	// Lead is how long before its hour a visit can be booked, changed or cancelled
	// by a resident, Ahead how many days ahead.
	Lead  time.Duration
	Ahead int
	// Hold is how long a place that came free is held for who waits for it.
	Hold time.Duration
	// Express is how soon after its day an inspector goes where nobody is present.
	Express time.Duration
	// NoShow is how long an inspector waits at the door.
	NoShow time.Duration
	// List is the schedule on which inspectors get the list of their day.
	List string
}

// SlotRule is what an administrator decides about the hours of inspectors: on some
// dates, in some buildings. What it leaves out stays as it is.
type SlotRule struct {
	ID string `json:"id"`
	// Buildings are ids, none means all; Dates without a From are always.
	Buildings []string  `json:"buildings,omitempty"`
	Dates     DateRange `json:"dates,omitzero"`
	// Closed says that nobody inspects. Hours open the day, whatever else was said.
	Closed bool  `json:"closed,omitempty"`
	Hours  Hours `json:"hours,omitempty"`
	// Inspectors are how many inspect at the same time, Rooms how many rooms each of
	// them does in an hour; zero keeps what holds.
	Inspectors int    `json:"inspectors,omitempty"`
	Rooms      int    `json:"rooms,omitempty"`
	Reason     string `json:"reason,omitempty"`

	By string    `json:"by,omitempty"`
	At time.Time `json:"at,omitzero"`
	// Ended is when it was taken back: it counts no more.
	Ended   time.Time `json:"ended,omitzero"`
	EndedBy string    `json:"ended_by,omitempty"`
}

// Last is the last date that the rule touches.
func (r SlotRule) Last() Date {
	if r.Dates.To.Compare(r.Dates.From) > 0 {
		return r.Dates.To
	}
	return r.Dates.From
}

// Applies tells whether the rule says anything about a building on a date.
func (r SlotRule) Applies(building string, day Date) bool {
	return r.Ended.IsZero() && (len(r.Buildings) == 0 || slices.ContainsFunc(r.Buildings, func(b string) bool { return Fold(b) == Fold(building) })) &&
		(r.Dates.From.IsZero() || r.Dates.Contains(day))
}

// SlotLength is how long a slot is: capacities are said by the hour.
const SlotLength = 60

// SlotHour is one hour of a day and how many rooms can be inspected in it.
type SlotHour struct {
	At     ClockTime
	Places int
}

// SlotPlan is what a building offers on a day: its hours in order, none when
// nobody inspects. Closed and Reason say that somebody decided so.
type SlotPlan struct {
	Hours  []SlotHour
	Closed bool
	Reason string
}

// Places is how many rooms can be inspected in the hour that begins then.
func (p SlotPlan) Places(at ClockTime) int {
	for _, h := range p.Hours {
		if h.At == at {
			return h.Places
		}
	}
	return 0
}

// PlanSlots is what holds in a building on a date: the usual, then each rule that
// applies, in order; the last word counts.
func PlanSlots(s *Site, building string, day Date, entered []SlotRule) SlotPlan {
	now, open := s.Checkout.Usual, s.Checkout.EveryDay || s.Calendar.WorkdayOn(day)
	for _, r := range slices.Concat(s.Checkout.Rules, entered) {
		if !r.Applies(building, day) {
			continue
		}
		if r.Closed {
			now.Closed, now.Reason = true, r.Reason
		}
		if len(r.Hours) > 0 {
			now.Hours, now.Closed, now.Reason, open = r.Hours, false, r.Reason, true
		}
		if r.Inspectors > 0 {
			now.Inspectors = r.Inspectors
		}
		if r.Rooms > 0 {
			now.Rooms = r.Rooms
		}
	}
	if now.Closed {
		return SlotPlan{Closed: true, Reason: now.Reason}
	}
	var plan SlotPlan
	if !open || now.Inspectors*now.Rooms <= 0 {
		return plan
	}
	for _, at := range hourly(now.Hours) {
		plan.Hours = append(plan.Hours, SlotHour{At: at, Places: now.Inspectors * now.Rooms})
	}
	return plan
}

// hourly cuts opening hours into whole hours, each of which begins once and none
// of which overlaps with another.
func hourly(hours Hours) []ClockTime {
	list := slices.Clone(hours)
	slices.SortStableFunc(list, func(a, b Span) int { return int(a.From) - int(b.From) })
	var starts []ClockTime
	free := ClockTime(0)
	for _, span := range list {
		for at := max(span.From, free); at+SlotLength <= span.To; at += SlotLength {
			starts = append(starts, at)
			free = at + SlotLength
		}
	}
	return starts
}

// SlotTimes are the instants at which an hour begins and ends.
func SlotTimes(s *Site, day Date, at ClockTime) (from, to time.Time) {
	return at.On(day, s.Zone), (at + SlotLength).On(day, s.Zone)
}

// planOf is what holds in a building on a date.
func planOf(w World, building string, day Date) SlotPlan {
	return PlanSlots(w.Site(), building, day, w.SlotRules(day))
}

// slotPast tells whether an hour has begun, slotShut whether a resident can no
// longer book or change it.
func slotPast(w World, day Date, at ClockTime) bool {
	from, _ := SlotTimes(w.Site(), day, at)
	return !from.After(w.Now())
}

func slotShut(w World, day Date, at ClockTime) bool {
	from, _ := SlotTimes(w.Site(), day, at)
	return from.Add(-w.Site().Checkout.Lead).Before(w.Now()) || !from.After(w.Now())
}

// ParseSlotHours reads opening hours of inspectors, such as 9:00-12:00, 14:00-17:00,
// as people write them. None passes midnight, none overlaps with another, and each
// lasts an hour at least. The error says what was expected.
func ParseSlotHours(text string) (Hours, error) {
	fold := strings.NewReplacer(" ", "", "，", ",", "、", ",", ";", ",", "；", ",", "~", "-", "–", "-", "—", "-", "至", "-", "到", "-", "：", ":")
	hours, err := ParseHours(strings.Trim(fold.Replace(text), ","))
	if err != nil {
		return nil, err
	}
	slices.SortFunc(hours, func(a, b Span) int { return int(a.From) - int(b.From) })
	end := ClockTime(0)
	for _, span := range hours {
		if span.To < span.From+SlotLength || span.From < end {
			return nil, fmt.Errorf("%q are no opening hours: want spans within a day of an hour at least, none over another, such as 09:00-12:00,14:00-17:00", text)
		}
		end = span.To
	}
	return hours, nil
}
