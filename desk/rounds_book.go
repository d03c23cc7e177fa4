package desk

import (
	"slices"
	"time"
)

// RoundBook is what is written down about rounds: those that were due, and what
// was found.
type RoundBook interface {
	Round(id string) (Round, bool)
	// RoundsUnderway lists the rounds that a person has begun and not ended, of the
	// last two days, oldest first.
	RoundsUnderway(person string) []Round
	// RoundsBetween lists the rounds that were due in [from, to), oldest first.
	RoundsBetween(from, to time.Time) []Round
	// RoundClock is until when rounds were seen to; the zero time before the first.
	RoundClock() time.Time
}

// Round is a round of one night: who was asked, who walked it, and what they
// found.
type Round struct {
	ID         string    `json:"id"`
	Plan       string    `json:"plan"`
	Label      Label     `json:"label"`
	Kind       RoundKind `json:"kind"`
	Department string    `json:"department,omitempty"`
	Leads      []Address `json:"leads,omitempty"`
	By         string    `json:"by"` // a role or department

	// Due is its time by the plan, Made when it was seen to. Unasked says that the
	// desk itself stood still until it was too late: nobody was asked.
	Due     time.Time `json:"due"`
	Made    time.Time `json:"made"`
	Unasked bool      `json:"unasked,omitempty"`
	// Until is when it can be begun or gone on with no longer.
	Until time.Time     `json:"until"`
	Takes time.Duration `json:"takes"`
	Grace time.Duration `json:"grace"`

	// Asked are those who got its card.
	Asked    []string  `json:"asked,omitempty"`
	Reminded time.Time `json:"reminded,omitzero"`
	Missed   time.Time `json:"missed,omitzero"`
	// Walker is who has begun it, or taken it over.
	Walker string    `json:"walker,omitempty"`
	Begun  time.Time `json:"begun,omitzero"`
	Ended  time.Time `json:"ended,omitzero"`

	Stops []RoundStop `json:"stops"`
}

// What is found at a stop. The names are stored and never reused.
const (
	FoundGood    = "good"    // all as it should be
	FoundFault   = "fault"   // something is not: Findings
	FoundPresent = "present" // somebody stands there
	FoundAbsent  = "absent"  // nobody does
	FoundUnfit   = "unfit"   // somebody does, not as they should
)

// RoundStop is a place of a round, and how it was there.
type RoundStop struct {
	RoundPlace
	// At is when somebody arrived, How what showed it: scan or photo, which is in
	// Proof.
	At    time.Time `json:"at,omitzero"`
	How   string    `json:"how,omitempty"`
	Proof []File    `json:"proof,omitempty"`
	// Found is what was found, Checked when and By who said so.
	Found    string    `json:"found,omitempty"`
	Checked  time.Time `json:"checked,omitzero"`
	By       string    `json:"by,omitempty"`
	Name     string    `json:"name,omitempty"` // of who stands there, or should
	Findings []Finding `json:"findings,omitempty"`
	// Told are those who heard that a post is not as it should be.
	Told []string `json:"told,omitempty"`
}

// Finding is something that is not as it should be.
type Finding struct {
	At   time.Time `json:"at"`
	Item string    `json:"item,omitempty"`
	Text string    `json:"text,omitempty"`
	// Ticket deals with it. Linked says that it was open before.
	Ticket string `json:"ticket,omitempty"`
	Linked bool   `json:"linked,omitempty"`
	Files  []File `json:"files,omitempty"`
}

// Done tells whether the stop has been seen to.
func (s RoundStop) Done() bool { return s.Found != "" }

// Next is the first stop in walking order that has not been seen to, or -1.
func (x Round) Next() int {
	return slices.IndexFunc(x.Stops, func(s RoundStop) bool { return !s.Done() })
}

// Seen counts the stops that have been seen to.
func (x Round) Seen() (n int) {
	for _, s := range x.Stops {
		if s.Done() {
			n++
		}
	}
	return n
}

// Underway tells whether somebody is on it at an instant.
func (x Round) Underway(now time.Time) bool {
	return !x.Begun.IsZero() && x.Ended.IsZero() && now.Before(x.Until)
}

// How a round stands, for people.
const (
	RoundWaits   = "waiting"  // not begun
	RoundWalked  = "underway" // begun
	RoundDone    = "done"
	RoundLate    = "late"    // done, and begun when it counted as missed
	RoundMissed  = "missed"  // not begun
	RoundPartly  = "partly"  // begun and not ended while it could be
	RoundUnasked = "unasked" // the desk stood still
)

// Stands is how a round stood at an instant.
func (x Round) Stands(at time.Time) string {
	begun := !x.Begun.IsZero() && !x.Begun.After(at)
	missed := !x.Missed.IsZero() && !x.Missed.After(at)
	switch ended := !x.Ended.IsZero() && !x.Ended.After(at); {
	case ended && missed:
		return RoundLate
	case ended:
		return RoundDone
	case begun && at.Before(x.Until):
		return RoundWalked
	case begun:
		return RoundPartly
	case x.Unasked:
		return RoundUnasked
	case missed:
		return RoundMissed
	}
	return RoundWaits
}

// RoundEntries are what a rule wants written into the book of rounds.
type RoundEntries struct {
	Rounds []Round
	// Clock moves RoundClock on, unless it is zero.
	Clock time.Time
}

func (e *RoundEntries) add(b RoundEntries) {
	e.Rounds = append(e.Rounds, b.Rounds...)
	if b.Clock.After(e.Clock) {
		e.Clock = b.Clock
	}
}
