package storage

import (
	"time"

	"frontdesk/desk"
)

// projectsMost bounds the projects that run at a time.
const projectsMost = 100

// The morning book: decisions by their issue, and what people changed by hand beside
// tickets by its time.
var (
	Decisions = NewTable("decisions", func(d desk.Decision) string { return Key(d.Issue.Key(), TimeKey(d.At)) },
		Index[desk.Decision]{"project", func(d desk.Decision) []string { return some(d.Running(), Key(d.Until.String())) }},
		Index[desk.Decision]{"at", func(d desk.Decision) []string { return []string{TimeKey(d.At)} }},
	)
	HandActs = NewTable("hand_acts", func(a desk.HandAct) string { return Key(TimeKey(a.At), a.ID) })
)

// Decided implements desk.MorningBook.
func (w *World) Decided(issue string) (newest desk.Decision, ok bool) {
	w.fail(Decisions.Scan(w.tx, Range{Prefix: Key(issue), Reverse: true, Limit: 1}, func(d desk.Decision) error {
		newest, ok = d, true
		return nil
	}))
	return newest, ok
}

// Projects implements desk.MorningBook.
func (w *World) Projects() []desk.Decision {
	return list(w, Decisions, "project", Range{Limit: projectsMost})
}

// DecisionsBetween implements desk.MorningBook.
func (w *World) DecisionsBetween(from, to time.Time) []desk.Decision {
	return list(w, Decisions, "at", Range{From: TimeKey(from), To: TimeKey(to)})
}

// HandActs implements desk.MorningBook.
func (w *World) HandActs(from, to time.Time) []desk.HandAct {
	var all []desk.HandAct
	w.fail(HandActs.Scan(w.tx, Range{From: TimeKey(from), To: TimeKey(to)}, func(a desk.HandAct) error {
		all = append(all, a)
		return nil
	}))
	return all
}

// morningBook writes into the morning book.
func (a *applying) morningBook(e desk.MorningEntries) error {
	for _, d := range e.Decisions {
		if err := Decisions.Put(a.tx, d); err != nil {
			return err
		}
	}
	for _, act := range e.Acts {
		if err := HandActs.Put(a.tx, act); err != nil {
			return err
		}
	}
	return nil
}
