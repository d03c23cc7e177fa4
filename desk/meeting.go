package desk

import (
	"slices"
	"time"
)

// MeetingRule is when the weekly meeting is, and who sits in it.
type MeetingRule struct {
	// On says that there is one.
	On      bool
	Weekday time.Weekday
	At      ClockTime
	// Agenda is when the agenda is sent on the working day before. Where the day
	// before is none, or lies in the week that is still to be analysed, it comes in
	// the morning of the meeting.
	Agenda ClockTime
	// Who takes part and who may be in the chair: roles, departments or addresses.
	Who, Chair []string
	// Look is how long after a measure the desk looks whether its theme came back.
	Look Term
}

// Meeting is one weekly meeting: its agenda, and what came of it.
type Meeting struct {
	ID     string    `json:"id"` // its date
	Number string    `json:"number"`
	At     time.Time `json:"at"`
	// Week is the one that the agenda was made from.
	Week Week `json:"week"`
	// Who are those who take part, as it was when the agenda was made.
	Who []string `json:"who,omitempty"`
	// Prepared is when the agenda was made.
	Prepared time.Time      `json:"prepared,omitzero"`
	Points   []MeetingPoint `json:"points,omitempty"`
	// Plan is that of the month PlanFor, one line each; By wrote it.
	Plan    []string `json:"plan,omitempty"`
	PlanFor Month    `json:"plan_for,omitzero"`
	By      string   `json:"by,omitempty"`
	// Sent is when the minutes went out, Times how often.
	Sent  time.Time `json:"sent,omitzero"`
	Times int       `json:"times,omitempty"`
}

// PointKind is what a point of the agenda is about.
type PointKind string

// The kinds of point. The names are stored and never reused.
const (
	PointProminent PointKind = "prominent"
	PointRepeated  PointKind = "repeated"
	PointLeftOver  PointKind = "left_over"
	PointItem      PointKind = "item" // an action item that is overdue
)

// MeetingPoint is one point of an agenda, with what was decided about it.
type MeetingPoint struct {
	Kind    PointKind     `json:"kind"`
	Concern Concern       `json:"matter,omitzero"`
	Class   ProposalClass `json:"class,omitempty"`
	// Tickets is what it was made of, Item the overdue action item.
	Tickets []string `json:"tickets,omitempty"`
	Item    string   `json:"item,omitempty"`
	// For are those who take part and in whose own analysis it stands.
	For []string `json:"for,omitempty"`
	// Decision is in the words of the chair; Accepted says that it is the drafted
	// proposal; Passed that the point was left out.
	Decision string `json:"decision,omitempty"`
	Accepted bool   `json:"accepted,omitempty"`
	Passed   bool   `json:"passed,omitempty"`
}

// Settled tells whether the meeting has dealt with the point.
func (p MeetingPoint) Settled() bool { return p.Decision != "" || p.Accepted || p.Passed }

// Concern is what a measure is about: a theme of the analysis, and of a complaint
// without a category also the team.
type Concern struct {
	Category string `json:"category,omitempty"`
	Type     string `json:"type,omitempty"`
	Team     string `json:"team,omitempty"`
	Place    string `json:"place,omitempty"`
}

// Month is a month of a year.
type Month struct {
	Year  int        `json:"year"`
	Month time.Month `json:"month"`
}

// MonthAfter is the month after that of a date.
func MonthAfter(d Date) Month {
	if d.Month == time.December {
		return Month{d.Year + 1, time.January}
	}
	return Month{d.Year, d.Month + 1}
}

// First is the first day of the month.
func (m Month) First() Date { return Date{m.Year, m.Month, 1} }

// MeetingBook is what is written down about the weekly meetings.
type MeetingBook interface {
	Meeting(id string) (Meeting, bool)
	// Meetings lists the newest first, at most n.
	Meetings(n int) []Meeting
	ActionItem(id string) (ActionItem, bool)
	// ItemsOpen lists the action items that are not done, the first due first, at
	// most n; ItemsOf all of a meeting.
	ItemsOpen(n int) []ActionItem
	ItemsOf(meeting string) []ActionItem
}

// MeetingEntries are what a rule wants written about meetings.
type MeetingEntries struct {
	Meetings []Meeting
	Items    []ActionItem
}

func (e *MeetingEntries) add(b MeetingEntries) {
	e.Meetings = append(e.Meetings, b.Meetings...)
	e.Items = append(e.Items, b.Items...)
}

// peopleNamed lists those whom entries of the configuration name: the holders of a role,
// the employees of a department, or who has an address.
func peopleNamed(w World, entries []string) []Person {
	var list []Person
	for _, entry := range entries {
		people := holders(w, entry)
		if a, ok := ParseAddress(entry); ok {
			if p, known := w.PersonAt(a); known {
				people = []Person{p}
			}
		}
		for _, p := range people {
			if !p.Suspended && !isAmong(list, p.ID) {
				list = append(list, p)
			}
		}
	}
	return list
}

// MeetingPeople lists who takes part in a meeting that is made now.
func MeetingPeople(w World) []Person { return peopleNamed(w, w.Site().Meeting.Who) }

// chairs lists who may be in the chair; where nobody is left of them, the managers
// who take part.
func chairs(w World) []Person {
	if list := peopleNamed(w, w.Site().Meeting.Chair); len(list) > 0 {
		return list
	}
	return slices.DeleteFunc(MeetingPeople(w), func(p Person) bool { return !p.Manages() })
}

// takesPart tells whether a person sits in a meeting.
func (m Meeting) takesPart(p Person) bool { return !p.Suspended && slices.ContainsFunc(m.Who, p.Is) }

// ReadsMeeting tells whether a person may see a meeting at all: who takes part, who
// is in the chair, and who reads the digest. What of it they see is decided point
// by point.
func ReadsMeeting(w World, m Meeting, p Person) bool {
	if p.Suspended {
		return false
	}
	return m.takesPart(p) || p.Manages() || p.Has(RoleSupervisor) || isAmong(MeetingPeople(w), p.ID) || isAmong(chairs(w), p.ID)
}

// meetingOn is the day of the meeting in a week: its weekday, or when that is free
// the next working day of the same week. False in a week that has none left.
func (s *Site) meetingOn(week Week) (Date, bool) {
	if !s.Meeting.On {
		return Date{}, false
	}
	day := week.Monday().AddDays((int(s.Meeting.Weekday) + 6) % 7)
	for ; WeekOf(day) == week; day = day.AddDays(1) {
		if s.Calendar.WorkdayOn(day) {
			return day, true
		}
	}
	return Date{}, false
}

// agendaAt is when the agenda of the meeting on a date is due.
func (s *Site) agendaAt(day Date) time.Time {
	before := day.AddDays(-1)
	if s.Calendar.WorkdayOn(before) && WeekOf(before) == WeekOf(day) {
		return s.Meeting.Agenda.On(before, s.Zone)
	}
	return max(min(ClockTime(8*60+30), s.Meeting.At-30), 0).On(day, s.Zone)
}

// meetingsAhead is for how many weeks a coming meeting is looked for.
const meetingsAhead = 10

// NextMeeting is when the next meeting begins, and when its agenda comes; false
// without any.
func NextMeeting(s *Site, now time.Time) (at, agenda time.Time, ok bool) {
	week := WeekOf(DateOf(now, s.Zone))
	for range meetingsAhead {
		if day, found := s.meetingOn(week); found && s.Meeting.At.On(day, s.Zone).After(now) {
			return s.Meeting.At.On(day, s.Zone), s.agendaAt(day), true
		}
		week = week.Add(1)
	}
	return time.Time{}, time.Time{}, false
}
