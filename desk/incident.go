package desk

import "time"

// IncidentRule says when several reports are one incident.
type IncidentRule struct {
	// Reports of one kind in one building Within a time are offered as an incident.
	Reports int
	Within  time.Duration
	// Every is how often those affected hear how things stand.
	Every time.Duration
}

// Incident is an event that concerns many people: an emergency or an outage in one
// building.
type Incident struct {
	ID    string    `json:"id"`
	Began time.Time `json:"began"`
	Ended time.Time `json:"ended,omitzero"`
}

// Open tells whether it goes on.
func (i Incident) Open() bool { return i.ID != "" && i.Ended.IsZero() }
