package desk

import (
	"slices"
	"strings"
	"time"
)

// RoundKind is what a round is about. The names are stored and never reused.
type RoundKind string

// The kinds of round.
const (
	RoundWalk RoundKind = "round" // 巡查: places are looked at
	RoundPost RoundKind = "post"  // 查岗: whether somebody stands where they should
)

// RoundPlan is a round that comes again: when, by whom, and where it goes.
type RoundPlan struct {
	// ID is stable: records keep it. Label is for people.
	ID    string
	Label Label
	Kind  RoundKind
	// Department is whose people should stand at the places of a post; Leads are
	// told when nobody does.
	Department string
	Leads      []Address
	// Times are when it is due, on the days of the night: 02:00 is of the night
	// that began the evening before.
	Times []ClockTime
	Days  Days
	// Takes is how long it may take. Grace is how long after its time it is reminded
	// of; once more as long after that it counts as missed.
	Takes, Grace time.Duration
	// By is the role or department whose people on duty do it.
	By     string
	Places []RoundPlace
}

// RoundPlace is a place of a round with what is looked at there.
type RoundPlace struct {
	Place string      `json:"place"`
	Items []RoundItem `json:"items,omitempty"`
}

// RoundItem is a short point of a checklist. What is found there is of Category,
// where that is known beforehand.
type RoundItem struct {
	ID       string `json:"id"`
	Label    Label  `json:"label"`
	Category string `json:"category,omitempty"`
}

// RoundDue is one time at which a round of the plan is due.
type RoundDue struct {
	Plan RoundPlan
	// ID names it in records, jobs and buttons: night_round.20261124.2230, by the
	// date and time that the plan has, whatever the clocks do.
	ID string
	At time.Time
}

// noon parts the nights: what is due before it belongs to the night that began
// the day before.
const noon = ClockTime(12 * 60)

// RoundsDue lists what is due after from and no later than to, in order of time
// and as the plan has it.
func (s *Site) RoundsDue(from, to time.Time) []RoundDue {
	var list []RoundDue
	for date := DateOf(from, s.Zone).AddDays(-1); date.Compare(DateOf(to, s.Zone).AddDays(1)) <= 0; date = date.AddDays(1) {
		for _, plan := range s.Rounds {
			for _, clock := range plan.Times {
				night := date
				if clock < noon {
					night = date.AddDays(-1)
				}
				at := clock.On(date, s.Zone)
				if !plan.Days.Include(s.Calendar, night) || !at.After(from) || at.After(to) {
					continue
				}
				id := plan.ID + "." + date.compact() + "." + strings.ReplaceAll(clock.String(), ":", "")
				list = append(list, RoundDue{Plan: plan, ID: id, At: at})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b RoundDue) int { return a.At.Compare(b.At) })
	return list
}

// roundCron are the minutes at which a round may be due, and some more: cron names
// minutes and hours apart.
func (s *Site) roundCron() string {
	var minutes, hours []int
	for _, plan := range s.Rounds {
		for _, clock := range plan.Times {
			if m := int(clock) % 60; !slices.Contains(minutes, m) {
				minutes = append(minutes, m)
			}
			if h := int(clock) / 60; !slices.Contains(hours, h) {
				hours = append(hours, h)
			}
		}
	}
	if len(minutes) == 0 {
		return ""
	}
	return numbers(minutes) + " " + numbers(hours) + " * * *"
}

// newRound is the record of what is due, with the plan as it is now: what is
// changed in it later changes nothing that has been.
func (s *Site) newRound(d RoundDue, now time.Time) Round {
	x := Round{
		ID: d.ID, Plan: d.Plan.ID, Label: d.Plan.Label, Kind: d.Plan.Kind, Department: d.Plan.Department, Leads: d.Plan.Leads,
		Due: d.At, Takes: d.Plan.Takes, Grace: d.Plan.Grace, By: d.Plan.By, Made: now, Until: s.roundUntil(d),
	}
	for _, place := range d.Plan.Places {
		x.Stops = append(x.Stops, RoundStop{RoundPlace: place})
	}
	return x
}

// roundsLast is until when a round can be begun where no shift says so.
const roundsLast = 8 * time.Hour

// roundUntil is when the shift ends in which a round is due: until then it can be
// done late, and no longer.
func (s *Site) roundUntil(d RoundDue) time.Time {
	var until time.Time
	for _, shift := range s.Roster.Current(s.Calendar, d.At) {
		if len(shift.Shift.Staff[d.Plan.By]) > 0 && shift.To.After(until) {
			until = shift.To
		}
	}
	if least := d.At.Add(2*d.Plan.Grace + d.Plan.Takes); !until.After(d.At) {
		until = d.At.Add(max(roundsLast, least.Sub(d.At)))
	}
	return until
}
