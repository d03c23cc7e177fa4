package bot

import (
	"time"

	"frontdesk/desk"
)

// Turn is what became of one input: for whoever counts. It says nothing about
// the person.
type Turn struct {
	Channel string
	// Kind is command, or the kind of the input.
	Kind string
	// Outcome is one of the names below.
	Outcome string
	// Took is the time from when the channel handed the input over until it was
	// committed, or given up.
	Took time.Duration
}

// The outcomes of a turn.
const (
	TurnDone     = "done"
	TurnRefused  = "refused"  // the person was told why not
	TurnRepeated = "repeated" // it had been handled before
	TurnParked   = "parked"   // it failed for the last time and was put aside
	TurnFailed   = "failed"   // the channel will deliver it again
)

// Turns lists the outcomes.
var Turns = []string{TurnDone, TurnRefused, TurnRepeated, TurnParked, TurnFailed}

func turnKind(in desk.Input) string {
	if in.Command != "" {
		return "command"
	}
	return string(in.Kind)
}

// Attempt is how one attempt to send a row ended: for whoever counts.
type Attempt struct {
	Channel string
	// Class is answer for the answer to a press.
	Class string
	// Outcome is one of the names below, Reason why, where there is one.
	Outcome string
	Reason  string
}

// The outcomes of an attempt.
const (
	AttemptSent    = "sent"
	AttemptRetried = "retried" // put back, to be sent again
	AttemptDead    = "dead"    // given up; staff can see the reason
	AttemptDropped = "dropped" // it had lost its sense
	AttemptHeld    = "held"    // until the person writes
)

// Attempts lists the outcomes.
var Attempts = []string{AttemptSent, AttemptRetried, AttemptDead, AttemptDropped, AttemptHeld}
