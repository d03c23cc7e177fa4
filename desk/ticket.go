package desk

import "time"

// State is where a ticket stands.
type State string

// The states. Their names are stored and never reused.
const (
	StateNew       State = "new"       // nobody has it yet
	StateOffered   State = "offered"   // a department says it is another's; the resident sees only that it is being dealt with
	StateTaken     State = "taken"     // somebody has it
	StateArrived   State = "arrived"   // they are there
	StatePaused    State = "paused"    // waiting, with a reason and a limit
	StateNoAccess  State = "no_access" // nobody opened; a new time is asked for
	StateDone      State = "done"      // said to be done; the resident is asked
	StateClosed    State = "closed"    // confirmed, or closed by rule
	StateReworked  State = "reworked"  // not fixed: another ticket goes on
	StateCancelled State = "cancelled" // by the resident or in their name
)

// Open tells whether work is still owed.
func (s State) Open() bool {
	switch s {
	case StateNew, StateOffered, StateTaken, StateArrived, StatePaused, StateNoAccess:
		return true
	}
	return false
}

// Urgency decides which deadlines apply.
type Urgency string

// The urgencies, in rising order.
const (
	Normal    Urgency = "normal"
	Urgent    Urgency = "urgent"
	Emergency Urgency = "emergency"
)

// Rings tells whether the ticket goes out at once, at any hour.
func (u Urgency) Rings() bool { return u == Urgent || u == Emergency }

// The kinds of ticket so far. The letter of a number is fixed at birth.
const (
	KindRepair  = "repair"  // R-
	KindRequest = "request" // R-
	// KindEmergency is danger to people or the house; its category is the kind of
	// danger.
	KindEmergency = "emergency" // E-
)

// Entry says whether staff may come in when nobody is there.
type Entry string

// What the resident answered to "when, and may we come in".
const (
	EntryAnytime Entry = "anytime" // knock; if nobody answers, come in
	EntryPresent Entry = "present" // only with somebody there
	EntryNone    Entry = ""        // a public place: nobody is asked
)

// Ticket is one matter that the desk follows from its start to its end. There
// is one type for every kind of matter: kinds differ by the transition table
// and by which fields they use.
type Ticket struct {
	ID     string `json:"id"`
	Number string `json:"number"` // R-1042: said on the phone, never used as an id
	Kind   string `json:"kind"`
	// Category is the id of a configured category; Summary is what the person
	// called it in a few words, or empty for the category's own label.
	Category string  `json:"category"`
	Summary  string  `json:"summary,omitempty"`
	Words    []Words `json:"words,omitempty"`
	Files    []File  `json:"files,omitempty"`
	Place    string  `json:"place"`
	Urgency  Urgency `json:"urgency"`
	Entry    Entry   `json:"entry,omitempty"`
	// EntryBy is who of the desk confirmed that one may enter, where the requester
	// is not verified.
	EntryBy string `json:"entry_by,omitempty"`
	// From and To are the agreed window of the visit; zero when any time suits.
	From time.Time `json:"from,omitzero"`
	To   time.Time `json:"to,omitzero"`

	Department string `json:"department"`
	// Offered is the department that should have it instead, in StateOffered.
	Offered   string `json:"offered,omitempty"`
	Requester string `json:"requester"`
	FiledBy   string `json:"filed_by,omitempty"` // who filed it for the requester
	Follower  string `json:"follower,omitempty"`
	Taker     string `json:"taker,omitempty"`
	// Joined are people who reported the same: they are told how it goes.
	Joined []string `json:"joined,omitempty"`
	// StillBad are those of them who said that it is not fixed for them.
	StillBad []string `json:"still_bad,omitempty"`
	// Not is who must not take it: the takers of the works that did not hold.
	Not []string `json:"not,omitempty"`

	State State     `json:"state"`
	Since time.Time `json:"since"` // of the state
	// SaidAt is the channel's time of the words that made it, where clocks
	// start; Created is the commit.
	SaidAt  time.Time `json:"said_at"`
	Created time.Time `json:"created"`
	// Announced is when its card went to the department; zero while a night
	// ticket waits for the morning list.
	Announced time.Time `json:"announced,omitzero"`
	Clocks    Clocks    `json:"clocks"`
	Pause     *Pause    `json:"pause,omitempty"`
	// Paused is the sum of the pauses that have ended: figures are kept with
	// and without them.
	Paused time.Duration `json:"paused,omitempty"`

	Nudges   Nudges      `json:"nudges"`
	Chases   []time.Time `json:"chases,omitempty"`
	TakenAt  time.Time   `json:"taken_at,omitzero"`
	ArriveAt time.Time   `json:"arrived_at,omitzero"`
	DoneAt   time.Time   `json:"done_at,omitzero"`
	ClosedAt time.Time   `json:"closed_at,omitzero"`
	ClosedBy string      `json:"closed_by,omitempty"` // resident | rule | desk
	Proof    []File      `json:"proof,omitempty"`     // photos of the finished work
	Parts    []string    `json:"parts,omitempty"`

	// AskedAt is when the callback question was asked, or asked again.
	AskedAt time.Time `json:"asked_at,omitzero"`
	// AskBy is until when the requester could be written to, as it stood when the
	// work was done; zero when that has no end.
	AskBy    time.Time `json:"ask_by,omitzero"`
	Rating   string    `json:"rating,omitempty"` // good | fair | not_fixed; empty is unrated, never good
	Wanting  []string  `json:"wanting,omitempty"`
	Reworks  string    `json:"reworks,omitempty"`   // the ticket whose work did not hold
	Rework   string    `json:"rework,omitempty"`    // the ticket that goes on
	ReworkNo int       `json:"rework_no,omitempty"` // 1 for the first rework
	After    string    `json:"after,omitempty"`     // the checkout that it follows from
	Call     *Call     `json:"call,omitempty"`
	// Recurs says that the desk itself saw that the same was mended there before.
	Recurs bool `json:"recurs,omitempty"`
	// FirstDue is when the first work was due whose "done" was denied: that clock
	// runs on.
	FirstDue time.Time `json:"first_due,omitzero"`
	// Sample is where the ticket stands in the month's sample; nil when nobody drew.
	Sample *Sample `json:"sample,omitempty"`
	// Case is what a complaint, a suggestion or praise has beside the rest.
	Case *Case `json:"case,omitempty"`
	// Incident is what the ticket is a report of, and waits for.
	Incident string `json:"incident,omitempty"`
	// Upkeep is the list of a ticket of KindUpkeep.
	Upkeep *Upkeep `json:"upkeep,omitempty"`
	// Checkout is what the booking of a checkout has beside the rest.
	Checkout *Checkout `json:"checkout,omitempty"`
	// Discreet tickets tell nobody who goes there who called, nor from where.
	Discreet bool `json:"discreet,omitempty"`
	// Round is the round on which it was found.
	Round string `json:"round,omitempty"`

	// Erased is when its words and files were erased for whoever filed it.
	Erased time.Time `json:"erased,omitzero"`

	// Seq counts the events; the next event has Seq+1.
	Seq int `json:"seq"`
	// Last is what can still be undone.
	Last *Undoable `json:"last,omitempty"`
}

// Wished tells whether it is a repair, a request or an emergency: what the figures
// of the work count. Complaints have figures of their own; the care of empty rooms is
// nobody's wish, and the booking of a checkout is no work that waits for a taker.
func (t Ticket) Wished() bool { return t.Case == nil && t.Upkeep == nil && t.Checkout == nil }

// Words are what somebody wrote about the ticket, passed on as written.
type Words struct {
	By   string    `json:"by"`
	At   time.Time `json:"at"`
	Text string    `json:"text"`
	// Internal words are notes of employees: never shown to the resident.
	Internal bool `json:"internal,omitempty"`
}

// Clocks are the times by which something should have happened; zero when
// there is no such aim.
type Clocks struct {
	Take   time.Time `json:"take,omitzero"`
	Arrive time.Time `json:"arrive,omitzero"`
	Visit  time.Time `json:"visit,omitzero"`
	Done   time.Time `json:"done,omitzero"`
}

// Pause is a wait with a reason, a limit and a name.
type Pause struct {
	Reason string    `json:"reason"`
	Note   string    `json:"note,omitempty"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
	Until  time.Time `json:"until"`
	From   State     `json:"from"` // the state to go on with
}

// Nudges count what the desk has already done about a ticket by itself, so
// that each is done once.
type Nudges struct {
	Take     int  `json:"take,omitempty"` // 1 reply in the group, 2 duty manager, 3 centre manager
	Arrive   int  `json:"arrive,omitempty"`
	Done     int  `json:"done,omitempty"`
	Pause    int  `json:"pause,omitempty"`
	Offer    int  `json:"offer,omitempty"`
	Chase    bool `json:"chase,omitempty"`
	Callback int  `json:"callback,omitempty"` // 1 asked, 2 reminded, 3 call task
	Look     bool `json:"look,omitempty"`     // the second look
}

// Undoable is the last press of staff, with the ticket as it was before it.
type Undoable struct {
	Seq    int       `json:"seq"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
	Before []byte    `json:"before"` // the ticket as JSON, without its own Last
}

// Event is one entry of a ticket's history. Nothing is overwritten; the order
// is Seq, never the time.
type Event struct {
	Ticket string `json:"ticket"`
	Seq    int    `json:"seq"`
	// At is the commit, SaidAt the channel's time when it knows one.
	At     time.Time `json:"at"`
	SaidAt time.Time `json:"said_at,omitzero"`
	Action Action    `json:"action"`
	From   State     `json:"from,omitempty"`
	To     State     `json:"to"`
	// By is who did it (empty: the desk by a rule), For in whose name.
	By      string            `json:"by,omitempty"`
	For     string            `json:"for,omitempty"`
	Via     string            `json:"via,omitempty"` // the channel
	Details map[string]string `json:"details,omitempty"`
}
