package storage

import (
	"time"

	"frontdesk/desk"
)

// RoundClockRow is until when rounds were seen to.
type RoundClockRow struct {
	At time.Time `json:"at"`
}

// The tables of the rounds: by when they were due, and those underway by who
// walks them.
var (
	Rounds = NewTable("rounds", func(x desk.Round) string { return x.ID },
		Index[desk.Round]{"at", func(x desk.Round) []string { return []string{TimeKey(x.Due)} }},
		Index[desk.Round]{"underway", func(x desk.Round) []string {
			return some(!x.Begun.IsZero() && x.Ended.IsZero(), Key(x.Walker, TimeKey(x.Due)))
		}},
	)
	RoundClock = NewTable("round_clock", func(RoundClockRow) string { return "clock" })
)

// Round implements desk.RoundBook.
func (w *World) Round(id string) (desk.Round, bool) { return read(w, Rounds, id) }

// RoundsUnderway implements desk.RoundBook. What was never ended is not walked
// over again for ever.
func (w *World) RoundsUnderway(person string) []desk.Round {
	from := w.Now().AddDate(0, 0, -2)
	return list(w, Rounds, "underway", Range{From: Key(person, TimeKey(from)), To: Key(person, TimeKey(w.Now().AddDate(0, 0, 1)))})
}

// RoundsBetween implements desk.RoundBook.
func (w *World) RoundsBetween(from, to time.Time) []desk.Round {
	return list(w, Rounds, "at", Range{From: TimeKey(from), To: TimeKey(to)})
}

// RoundClock implements desk.RoundBook.
func (w *World) RoundClock() time.Time {
	row, _ := read(w, RoundClock, "clock")
	return row.At
}

// roundBook writes into the book of rounds.
func (a *applying) roundBook(e desk.RoundEntries) error {
	for _, x := range e.Rounds {
		if err := Rounds.Put(a.tx, x); err != nil {
			return err
		}
	}
	if e.Clock.IsZero() {
		return nil
	}
	return RoundClock.Put(a.tx, RoundClockRow{At: e.Clock})
}
