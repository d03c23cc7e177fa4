package desk

import "time"

// EmergencyBook is what is written down about emergencies beside their tickets.
type EmergencyBook interface {
	Ladder(id string) (Ladder, bool)
	// LadderOf is the newest ladder of a ticket.
	LadderOf(ticket string) (Ladder, bool)
	// LaddersRunning lists those for which somebody is still sought, oldest first.
	LaddersRunning() []Ladder
	// AlarmsBetween lists the alarms of [from, to), oldest first.
	AlarmsBetween(from, to time.Time) []Alarm
	Incident(id string) (Incident, bool)
	// IncidentsOpen lists the incidents that go on, oldest first.
	IncidentsOpen() []Incident
}

// EmergencyEntries are what a rule wants written into the book.
type EmergencyEntries struct {
	Ladders   []Ladder
	Incidents []Incident
}

func (e *EmergencyEntries) add(b EmergencyEntries) {
	e.Ladders = append(e.Ladders, b.Ladders...)
	e.Incidents = append(e.Incidents, b.Incidents...)
}
