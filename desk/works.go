package desk

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// WorkKind is what a planned work takes away. The names are stored and never reused.
type WorkKind string

// The kinds.
const (
	WorkWater   WorkKind = "water"
	WorkPower   WorkKind = "power"
	WorkHeating WorkKind = "heating" // and hot water
	WorkLift    WorkKind = "lift"
	WorkNetwork WorkKind = "network"
	WorkOther   WorkKind = "other"
)

// WorkKinds lists them in the order in which one chooses.
var WorkKinds = []WorkKind{WorkWater, WorkPower, WorkHeating, WorkLift, WorkNetwork, WorkOther}

// WorkState is how far a work has got. The names are stored and never reused.
type WorkState string

// The states.
const (
	WorkAsked     WorkState = "asked"    // waits for the desk's yes
	WorkReturned  WorkState = "returned" // the desk wants it changed
	WorkRefused   WorkState = "refused"
	WorkApproved  WorkState = "approved"
	WorkCancelled WorkState = "cancelled"
	WorkOver      WorkState = "over"
)

// WorkRule is how works and plans go.
type WorkRule struct {
	// PlanBy is by when the departments in Plans enter the plan of the next day.
	PlanBy ClockTime
	Plans  []string
	// Tell are the departments whose groups hear of every work, beside the one that
	// does it.
	Tell []string
}

// Work is a planned work or an outage, which the desk has to agree to.
type Work struct {
	ID    string   `json:"id"`
	Kind  WorkKind `json:"kind"`
	Place string   `json:"place"`
	// More are the other places, where it touches several.
	More []string  `json:"more,omitempty"`
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
	// Urgent works are told of at any hour.
	Urgent bool `json:"urgent,omitempty"`
	// Text is what is told, by language.
	Text       Label     `json:"text,omitempty"`
	Department string    `json:"department,omitempty"`
	By         string    `json:"by"`
	At         time.Time `json:"at"`
	State      WorkState `json:"state"`
	// Decided is when the desk said what it says, by DecidedBy; Why is the reason of
	// a no, a change or a cancellation.
	Decided   time.Time `json:"decided,omitzero"`
	DecidedBy string    `json:"decided_by,omitempty"`
	Why       string    `json:"why,omitempty"`
	// Rev counts the changes of its time.
	Rev int `json:"rev,omitempty"`
	// Ended is when it was over, as EndedBy said.
	Ended   time.Time `json:"ended,omitzero"`
	EndedBy string    `json:"ended_by,omitempty"`
}

// WorkTold says who was told what of a work or an announcement, and when. Person is
// empty when everybody has been told at that stage, and "@department" for a group.
type WorkTold struct {
	Of     string    `json:"of"`
	Stage  string    `json:"stage"`
	Person string    `json:"person,omitempty"`
	At     time.Time `json:"at"`
}

// WorkAsker is somebody who asked about a work while it ran: they hear when it is
// back.
type WorkAsker struct {
	Work   string    `json:"work"`
	Person string    `json:"person"`
	At     time.Time `json:"at"`
}

// DayPlan is what a department plans for a day.
type DayPlan struct {
	Department string    `json:"department"`
	Day        Date      `json:"day"`
	Lines      []string  `json:"lines,omitempty"`
	By         string    `json:"by"`
	At         time.Time `json:"at"`
}

// WorkBook is what is written down about works, plans and announcements.
type WorkBook interface {
	Work(id string) (Work, bool)
	// WorksFrom lists the works that end at a time or later, the first to end first,
	// at most n.
	WorksFrom(t time.Time, n int) []Work
	// WorksTold lists who was told what of a work or an announcement.
	WorksTold(of string) []WorkTold
	WorkAskers(work string) []WorkAsker
	DayPlan(department string, day Date) (DayPlan, bool)
	// PeopleAt lists those whose own room it is, at most n; PeopleAfter all people
	// in the order of their ids behind one.
	PeopleAt(place string, n int) []Person
	PeopleAfter(id string, n int) []Person
	Announcement(id string) (Announcement, bool)
	// Announcements lists the newest first.
	Announcements(n int) []Announcement
}

// WorkEntries are what a rule wants written about works.
type WorkEntries struct {
	Works         []Work
	Told          []WorkTold
	Askers        []WorkAsker
	Plans         []DayPlan
	Announcements []Announcement
}

func (e *WorkEntries) add(b WorkEntries) {
	e.Works = append(e.Works, b.Works...)
	e.Told = append(e.Told, b.Told...)
	e.Askers = append(e.Askers, b.Askers...)
	e.Plans = append(e.Plans, b.Plans...)
	e.Announcements = append(e.Announcements, b.Announcements...)
}

// worksLooked is how many works that are not over are looked at.
const worksLooked = 200

// overdueWork is for how long after its end a work counts as running of which nobody
// has said that it is over.
const overdueWork = 4 * time.Hour

// Runs tells whether the work takes something away at a time.
func (x Work) Runs(at time.Time) bool {
	return x.State == WorkApproved && !at.Before(x.From) && at.Before(x.To.Add(overdueWork))
}

// Live tells whether the work is still to come or goes on.
func (x Work) Live() bool {
	return slices.Contains([]WorkState{WorkAsked, WorkReturned, WorkApproved}, x.State)
}

// Covers tells whether what happens at a place touches another: a building all in
// it, a floor what is on it, equipment of a building everybody there.
func Covers(s *Site, place, other string) bool { return covers(s.Places, place, other) }

func covers(places *Places, place, other string) bool {
	if place == other {
		return true
	}
	p, ok := places.Get(place)
	o, known := places.Get(other)
	if !ok || !known || p.Building == "" || p.Building != o.Building || p.Room != "" {
		return false
	}
	return p.Floor == "" || p.Floor == o.Floor
}

// roomsIn lists the rooms that a place touches.
func roomsIn(s *Site, place string) []string {
	p, ok := s.Places.Get(place)
	if !ok {
		return nil
	}
	if p.Room != "" || p.Building == "" {
		return []string{p.ID}
	}
	var list []string
	for _, f := range s.Places.Floors(p.Building) {
		if p.Floor != "" && Fold(f.ID) != Fold(p.Floor) {
			continue
		}
		for _, room := range s.Places.Rooms(p.Building, f.ID) {
			list = append(list, room.ID)
		}
	}
	return list
}

// homedMost is how many people of one room are looked at.
const homedMost = 50

// Affected lists whom a work at some places concerns, by their id: whose home it
// touches, who has an open ticket there or has joined one, and who cares for the
// building.
func Affected(r Reader, places ...string) []Person {
	s := r.Site()
	found := map[string]Person{}
	add := func(id string) {
		if p, ok := r.Person(id); ok && reachable(p) {
			found[p.ID] = p
		}
	}
	open := r.Open("")
	for _, place := range places {
		for _, room := range roomsIn(s, place) {
			for _, p := range r.PeopleAt(room, homedMost) {
				add(p.ID)
			}
		}
		for _, t := range open {
			if t.Case == nil && Covers(s, place, t.Place) {
				add(t.Requester)
				for _, id := range t.Joined {
					add(id)
				}
			}
		}
		if building := buildingOf(s, place); building != "" {
			for _, p := range r.Holders(RoleCaretaker) {
				if p.CaresFor(building) {
					add(p.ID)
				}
			}
		}
	}
	return byID(found)
}

// byID are people in the order of their ids.
func byID(found map[string]Person) []Person {
	list := slices.Collect(maps.Values(found))
	slices.SortFunc(list, func(a, b Person) int { return cmp.Compare(a.ID, b.ID) })
	return list
}
