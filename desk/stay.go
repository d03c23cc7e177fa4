package desk

import "time"

// StayState says how far a stay has got.
type StayState string

// The states of a stay. Their names are stored and never reused.
const (
	StayExpected StayState = "expected" // on the roster, not here yet
	StayIn       StayState = "in"
	StayLeaving  StayState = "leaving" // here, and the checkout is booked
	StayOut      StayState = "out"     // left, or never came
)

// Here tells whether the person has the bed now.
func (s StayState) Here() bool { return s == StayIn || s == StayLeaving }

// Stay is somebody who lives or works in a room from a day on.
type Stay struct {
	ID string `json:"id"`
	// Person is the account; empty while nobody is known to be the one of the
	// roster, whose name and student or staff number are Name and Number.
	Person string `json:"person,omitempty"`
	Name   string `json:"name"`
	Number string `json:"number,omitempty"`
	Kind   string `json:"kind"` // one of ResidentKinds
	// Place is the id of the room's place, Bed the bed in it ("A", "1"); empty where
	// beds have no names.
	Place string `json:"place"`
	Bed   string `json:"bed,omitempty"`
	// From and To are the first and the last day, each as its midnight at the site.
	// A zero To is an open end.
	From  time.Time `json:"from"`
	To    time.Time `json:"to,omitzero"`
	State StayState `json:"state"`
	InAt  time.Time `json:"in_at,omitzero"`
	OutAt time.Time `json:"out_at,omitzero"`
	// Ticket is the ticket of the check-in, if there is one.
	Ticket string `json:"ticket,omitempty"`
	// Condition is what the resident found wrong on arrival; what is not in it
	// counts as sound.
	Condition []Condition `json:"condition,omitempty"`
}

// Condition is a defect that was there when somebody moved in.
type Condition struct {
	// Item is the id of an item of the room's inventory.
	Item  string    `json:"item"`
	Words string    `json:"words,omitempty"`
	Files []File    `json:"files,omitempty"`
	At    time.Time `json:"at"`
}

// Over tells whether the last day has passed.
func (s Stay) Over(w World) bool {
	zone := w.Site().Zone
	return !s.To.IsZero() && DateOf(w.Now(), zone).Compare(DateOf(s.To, zone)) > 0
}

// Text is the state in words.
//
//locale:prefix stays.state.
func (s StayState) Text() Text { return T("stays.state." + string(s)) }

// BedText is the bed in words; nothing where beds have no names.
func (s Stay) BedText() Text {
	if s.Bed == "" {
		return Text{}
	}
	return T("stays.bed", "bed", s.Bed)
}
