package desk

import (
	"cmp"
	"slices"
	"time"
)

// emergencyBookInMemory is the book of emergencies of a town.
type emergencyBookInMemory struct {
	ladders   map[string]Ladder
	incidents map[string]Incident
	alarms    map[string]Alarm
}

func (b *emergencyBookInMemory) apply(e Effects) {
	if b.ladders == nil {
		b.ladders, b.incidents, b.alarms = map[string]Ladder{}, map[string]Incident{}, map[string]Alarm{}
	}
	for _, l := range e.Emergency.Ladders {
		b.ladders[l.ID] = l
	}
	for _, i := range e.Emergency.Incidents {
		b.incidents[i.ID] = i
	}
	for _, a := range e.Alarms {
		b.alarms[a.ID] = a
	}
}

func (w *town) Ladder(id string) (Ladder, bool) { l, ok := w.emergency.ladders[id]; return l, ok }

func (w *town) LadderOf(ticket string) (Ladder, bool) {
	var newest Ladder
	for _, l := range w.emergency.ladders {
		// Of two in one instant the one that was made later: ids count up.
		later := cmp.Or(l.Began.Compare(newest.Began), cmp.Compare(len(l.ID), len(newest.ID)), cmp.Compare(l.ID, newest.ID)) > 0
		if l.Ticket == ticket && ticket != "" && (newest.ID == "" || later) {
			newest = l
		}
	}
	return newest, newest.ID != ""
}

func (w *town) LaddersRunning() []Ladder {
	var list []Ladder
	for _, l := range w.emergency.ladders {
		if l.Running() {
			list = append(list, l)
		}
	}
	slices.SortFunc(list, func(a, b Ladder) int { return a.Began.Compare(b.Began) })
	return list
}

func (w *town) Alarm(id string) (Alarm, bool) { a, ok := w.emergency.alarms[id]; return a, ok }

func (w *town) AlarmsBetween(from, to time.Time) []Alarm {
	var list []Alarm
	for _, a := range w.emergency.alarms {
		if !a.At.Before(from) && a.At.Before(to) {
			list = append(list, a)
		}
	}
	slices.SortFunc(list, func(a, b Alarm) int { return a.At.Compare(b.At) })
	return list
}

func (w *town) Incident(id string) (Incident, bool) { i, ok := w.emergency.incidents[id]; return i, ok }

func (w *town) IncidentsOpen() []Incident {
	var list []Incident
	for _, i := range w.emergency.incidents {
		if i.Open() {
			list = append(list, i)
		}
	}
	slices.SortFunc(list, func(a, b Incident) int { return a.Began.Compare(b.Began) })
	return list
}
