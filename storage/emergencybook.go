package storage

import (
	"time"

	"frontdesk/desk"
)

// The book of emergencies: who was called, and what concerns many people.
var (
	Ladders = NewTable("ladders", func(l desk.Ladder) string { return l.ID },
		Index[desk.Ladder]{"ticket", func(l desk.Ladder) []string {
			return some(l.Ticket != "", Key(l.Ticket, TimeKey(l.Began)))
		}},
		Index[desk.Ladder]{"running", func(l desk.Ladder) []string { return some(l.Running(), TimeKey(l.Began)) }},
	)
	Incidents = NewTable("incidents", func(i desk.Incident) string { return i.ID },
		Index[desk.Incident]{"open", func(i desk.Incident) []string { return some(i.Open(), TimeKey(i.Began)) }},
	)
)

// Ladder implements desk.EmergencyBook.
func (w *World) Ladder(id string) (desk.Ladder, bool) {
	if id == "" {
		return desk.Ladder{}, false
	}
	return read(w, Ladders, id)
}

// LadderOf implements desk.EmergencyBook.
func (w *World) LadderOf(ticket string) (desk.Ladder, bool) {
	if ticket == "" {
		return desk.Ladder{}, false
	}
	all := list(w, Ladders, "ticket", Range{Prefix: Key(ticket), Reverse: true, Limit: 1})
	if len(all) == 0 {
		return desk.Ladder{}, false
	}
	return all[0], true
}

// LaddersRunning implements desk.EmergencyBook.
func (w *World) LaddersRunning() []desk.Ladder { return list(w, Ladders, "running", Range{}) }

// AlarmsBetween implements desk.EmergencyBook.
func (w *World) AlarmsBetween(from, to time.Time) []desk.Alarm {
	return list(w, Alarms, "at", Range{From: TimeKey(from), To: TimeKey(to)})
}

// Incident implements desk.EmergencyBook.
func (w *World) Incident(id string) (desk.Incident, bool) {
	if id == "" {
		return desk.Incident{}, false
	}
	return read(w, Incidents, id)
}

// IncidentsOpen implements desk.EmergencyBook.
func (w *World) IncidentsOpen() []desk.Incident { return list(w, Incidents, "open", Range{}) }

// emergencyBook writes into the book of emergencies.
func (a *applying) emergencyBook(e desk.EmergencyEntries) error {
	for _, l := range e.Ladders {
		if err := Ladders.Put(a.tx, l); err != nil {
			return err
		}
	}
	for _, i := range e.Incidents {
		if err := Incidents.Put(a.tx, i); err != nil {
			return err
		}
	}
	return nil
}
