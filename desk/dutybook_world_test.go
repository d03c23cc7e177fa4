package desk

import (
	"slices"
	"time"
)

// dutyBookInMemory is the duty book of a town.
type dutyBookInMemory struct {
	changes   []RosterChange
	presences []Presence
	handovers map[string]Handover
	notes     []ShiftNote
	clock     time.Time
}

func (b *dutyBookInMemory) apply(e DutyEntries) {
	for _, x := range e.Changes {
		b.changes = append(slices.DeleteFunc(b.changes, func(y RosterChange) bool { return y.ID == x.ID }), x)
	}
	for _, p := range e.Presences {
		b.presences = append(slices.DeleteFunc(b.presences, func(q Presence) bool { return q.Shift == p.Shift && q.Person == p.Person }), p)
	}
	for _, h := range e.Handovers {
		if b.handovers == nil {
			b.handovers = map[string]Handover{}
		}
		b.handovers[h.ID] = h
	}
	b.notes = append(b.notes, e.Notes...)
	if !e.Clock.IsZero() {
		b.clock = e.Clock
	}
}

func (w *town) RosterChanges(from Date) []RosterChange {
	var list []RosterChange
	for _, x := range w.duty.changes {
		if x.Last().Compare(from) >= 0 {
			list = append(list, x)
		}
	}
	return list
}

func (w *town) RosterChange(id string) (RosterChange, bool) {
	for _, x := range w.duty.changes {
		if x.ID == id {
			return x, true
		}
	}
	return RosterChange{}, false
}

func (w *town) Presences(shift string) []Presence {
	var list []Presence
	for _, p := range w.duty.presences {
		if p.Shift == shift {
			list = append(list, p)
		}
	}
	return list
}

func (w *town) Presence(shift, person string) (Presence, bool) {
	for _, p := range w.Presences(shift) {
		if p.Person == person {
			return p, true
		}
	}
	return Presence{}, false
}

func (w *town) Handover(id string) (Handover, bool) { h, ok := w.duty.handovers[id]; return h, ok }

func (w *town) ShiftNotes(from, to time.Time) []ShiftNote {
	var list []ShiftNote
	for _, n := range w.duty.notes {
		if !n.At.Before(from) && n.At.Before(to) {
			list = append(list, n)
		}
	}
	return list
}

func (w *town) ShiftClock() time.Time { return w.duty.clock }
