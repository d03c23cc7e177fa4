package storage

import (
	"time"

	"frontdesk/desk"
)

// OutState is where an outgoing row stands.
type OutState string

// The states of an outgoing row. A row that was sent is deleted; what was told
// is then in Deliveries.
const (
	OutWaiting OutState = "waiting"
	OutClaimed OutState = "claimed" // being sent: after a crash nobody knows whether it arrived
	OutDead    OutState = "dead"    // given up, with a reason
	OutHeld    OutState = "held"    // until the person writes: their window has no room for it
)

// Outgoing is something to be sent: a message, the newest state of a post, or
// the answer to a press.
type Outgoing struct {
	// ID is a sequence number of fixed width: the order of commits.
	ID      string       `json:"id"`
	State   OutState     `json:"state"`
	Lane    desk.Lane    `json:"lane"`
	Class   desk.Class   `json:"class"`
	Chat    desk.Address `json:"chat"`
	Person  string       `json:"person,omitempty"`
	Ticket  string       `json:"ticket,omitempty"`
	Created time.Time    `json:"created"`

	// Post is drawn when it is claimed; otherwise Drawn is the message.
	Post  string     `json:"post,omitempty"`
	Drawn desk.Drawn `json:"drawn,omitzero"`
	// ReplyPost is the post whose message this replies to.
	ReplyPost string `json:"reply_post,omitempty"`
	// PressID is the press that this answers, with Drawn.Text and URL.
	PressID string `json:"press_id,omitempty"`
	URL     string `json:"url,omitempty"`
	Alert   bool   `json:"alert,omitempty"`

	// Ladder rows are calls to an emergency: they are withdrawn once somebody answers.
	Ladder string `json:"ladder,omitempty"`
	// Secret rows go to the secret requester of an anonymous ticket: what is kept of
	// them afterwards does not say to whom.
	Secret bool `json:"secret,omitempty"`
	// Passing is dropped when its ticket has changed its state since.
	Passing   bool      `json:"passing,omitempty"`
	NotBefore time.Time `json:"not_before,omitzero"`
	// Expires drops the row unsent (answers to presses); zero means never.
	Expires  time.Time `json:"expires,omitzero"`
	Attempts int       `json:"attempts,omitempty"`
	Reason   string    `json:"reason,omitempty"`
	// Want is the post's count of changes when it was claimed.
	Want int `json:"want,omitempty"`
	// Unknown marks a row whose earlier attempt may have arrived.
	Unknown bool `json:"unknown,omitempty"`
	// Key is what the last attempt was known by: rows with the same key went as one
	// message.
	Key string `json:"key,omitempty"`
}

// Outdated tells whether a row spoke of a state of its ticket that is over.
func (o Outgoing) Outdated(t desk.Ticket) bool {
	return (o.Passing || o.Class == desk.ClassReminder) && o.Created.Before(t.Since)
}

// Delivery is what was told to whom, when.
type Delivery struct {
	ID     string       `json:"id"`
	Chat   desk.Address `json:"chat"`
	Ref    string       `json:"ref"`
	Person string       `json:"person,omitempty"`
	Ticket string       `json:"ticket,omitempty"`
	Post   string       `json:"post,omitempty"`
	Class  desk.Class   `json:"class"`
	Lane   desk.Lane    `json:"lane"`
	Edit   bool         `json:"edit,omitempty"`
	At     time.Time    `json:"at"`
}

// WakeOutbox and WakeJobs are what a commit wakes.
const (
	WakeOutbox = "outbox"
	WakeJobs   = "jobs"
)
