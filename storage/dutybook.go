package storage

import (
	"time"

	"frontdesk/desk"
)

// ShiftClockRow is until when starts of shifts and handovers were seen to.
type ShiftClockRow struct {
	At time.Time `json:"at"`
}

// RosterChanges implements desk.DutyBook.
func (w *World) RosterChanges(from desk.Date) []desk.RosterChange {
	return list(w, RosterChanges, "last", Range{From: Key(from.String())})
}

// RosterChange implements desk.DutyBook.
func (w *World) RosterChange(id string) (desk.RosterChange, bool) { return read(w, RosterChanges, id) }

// Presences implements desk.DutyBook.
func (w *World) Presences(shift string) []desk.Presence {
	var all []desk.Presence
	w.fail(Presences.Scan(w.tx, Range{Prefix: Key(shift)}, func(p desk.Presence) error {
		all = append(all, p)
		return nil
	}))
	return all
}

// Presence implements desk.DutyBook.
func (w *World) Presence(shift, person string) (desk.Presence, bool) {
	if shift == "" || person == "" {
		return desk.Presence{}, false
	}
	return read(w, Presences, Key(shift, person))
}

// Handover implements desk.DutyBook.
func (w *World) Handover(id string) (desk.Handover, bool) { return read(w, Handovers, id) }

// HandoversBetween lists the handovers of [from, to), oldest first.
func (w *World) HandoversBetween(from, to time.Time) []desk.Handover {
	return list(w, Handovers, "at", Range{From: TimeKey(from), To: TimeKey(to)})
}

// ShiftNotes implements desk.DutyBook.
func (w *World) ShiftNotes(from, to time.Time) []desk.ShiftNote {
	var all []desk.ShiftNote
	w.fail(ShiftNotes.Scan(w.tx, Range{From: TimeKey(from), To: TimeKey(to)}, func(n desk.ShiftNote) error {
		all = append(all, n)
		return nil
	}))
	return all
}

// ShiftClock implements desk.DutyBook.
func (w *World) ShiftClock() time.Time {
	row, _ := read(w, ShiftClock, "clock")
	return row.At
}

// dutyBook writes into the duty book.
func (a *applying) dutyBook(e desk.DutyEntries) error {
	for _, x := range e.Changes {
		if err := RosterChanges.Put(a.tx, x); err != nil {
			return err
		}
	}
	for _, p := range e.Presences {
		if err := Presences.Put(a.tx, p); err != nil {
			return err
		}
	}
	for _, h := range e.Handovers {
		if err := Handovers.Put(a.tx, h); err != nil {
			return err
		}
	}
	for _, n := range e.Notes {
		if err := ShiftNotes.Put(a.tx, n); err != nil {
			return err
		}
	}
	if e.Clock.IsZero() {
		return nil
	}
	return ShiftClock.Put(a.tx, ShiftClockRow{At: e.Clock})
}
