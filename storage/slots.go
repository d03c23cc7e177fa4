package storage

import (
	"slices"

	"frontdesk/desk"
)

// The slot book: what is booked in a building on a date, what was decided about the
// hours of inspectors, and the checkouts of whole buildings.
var (
	// SlotDays has a row for each building and date, with all that is booked then: a
	// booking reads and writes the rows of the days that it touches, so that two of
	// one day are never made side by side.
	SlotDays = NewTable("slot_days", func(d desk.SlotDay) string { return Key(d.Building, d.Day.String()) },
		Index[desk.SlotDay]{"day", func(d desk.SlotDay) []string { return []string{Key(d.Day.String(), d.Building)} }},
	)
	SlotRules = NewTable("slot_rules", func(r desk.SlotRule) string { return r.ID },
		Index[desk.SlotRule]{"last", func(r desk.SlotRule) []string { return []string{Key(r.Last().String())} }},
	)
	Batches = NewTable("batches", func(b desk.Batch) string { return b.ID },
		Index[desk.Batch]{"building", func(b desk.Batch) []string { return []string{Key(b.Building, TimeKey(b.At))} }},
	)
	BatchStays = NewTable("batch_stays", func(s desk.BatchStay) string { return Key(s.Batch, s.Stay) })
)

// checkoutKey is the key under which a checkout is found by its stay. Added when no
// ticket was one yet.
func checkoutKey(t desk.Ticket) []string {
	if t.Checkout == nil || t.Checkout.Stay == "" {
		return nil
	}
	return []string{Key(t.Checkout.Stay, TimeKey(t.Created))}
}

// SlotDay implements desk.SlotBook.
func (w *World) SlotDay(building string, day desk.Date) desk.SlotDay {
	if d, ok := read(w, SlotDays, Key(building, day.String())); ok {
		return d
	}
	return desk.SlotDay{Building: building, Day: day}
}

// SlotRules implements desk.SlotBook.
func (w *World) SlotRules(from desk.Date) []desk.SlotRule {
	rules := list(w, SlotRules, "last", Range{From: Key(from.String())})
	slices.SortStableFunc(rules, func(a, b desk.SlotRule) int { return a.At.Compare(b.At) })
	return rules
}

// SlotRule implements desk.SlotBook.
func (w *World) SlotRule(id string) (desk.SlotRule, bool) { return read(w, SlotRules, id) }

// CheckoutsOf implements desk.SlotBook.
func (w *World) CheckoutsOf(stay string) []desk.Ticket {
	if stay == "" {
		return nil
	}
	return list(w, Tickets, "checkout", Range{Prefix: Key(stay), Reverse: true})
}

// Batch implements desk.SlotBook.
func (w *World) Batch(id string) (desk.Batch, bool) { return read(w, Batches, id) }

// BatchesOf implements desk.SlotBook.
func (w *World) BatchesOf(building string) []desk.Batch {
	return list(w, Batches, "building", Range{Prefix: Key(building), Reverse: true})
}

// BatchStay implements desk.SlotBook.
func (w *World) BatchStay(batch, stay string) (desk.BatchStay, bool) {
	return read(w, BatchStays, Key(batch, stay))
}

// BatchStays implements desk.SlotLists.
func (w *World) BatchStays(batch string) []desk.BatchStay {
	var all []desk.BatchStay
	w.fail(BatchStays.Scan(w.tx, Range{Prefix: Key(batch)}, func(s desk.BatchStay) error {
		all = append(all, s)
		return nil
	}))
	slices.SortStableFunc(all, func(a, b desk.BatchStay) int {
		return slices.Compare([]string{a.Place, a.Bed}, []string{b.Place, b.Bed})
	})
	return all
}

// SlotDays implements desk.SlotLists.
func (w *World) SlotDays(building string, dates desk.DateRange) []desk.SlotDay {
	last := dates.To
	if last.IsZero() {
		last = dates.From
	}
	if building != "" {
		var all []desk.SlotDay
		r := Range{From: Key(building, dates.From.String()), To: Key(building, last.AddDays(1).String())}
		w.fail(SlotDays.Scan(w.tx, r, func(d desk.SlotDay) error {
			all = append(all, d)
			return nil
		}))
		return all
	}
	return list(w, SlotDays, "day", Range{From: Key(dates.From.String()), To: Key(last.AddDays(1).String())})
}

// slotBook writes into the slot book, and lets the lists of the inspectors' day be
// shown anew.
func (a *applying) slotBook(e desk.SlotEntries) error {
	for _, d := range e.Days {
		if err := SlotDays.Put(a.tx, d); err != nil {
			return err
		}
		if err := a.visitLists(d.Building, d.Day); err != nil {
			return err
		}
	}
	for _, r := range e.Rules {
		if err := SlotRules.Put(a.tx, r); err != nil {
			return err
		}
	}
	for _, b := range e.Batches {
		if err := Batches.Put(a.tx, b); err != nil {
			return err
		}
	}
	for _, s := range e.BatchStays {
		if err := BatchStays.Put(a.tx, s); err != nil {
			return err
		}
	}
	return nil
}

// visitLists shows the lists of a building's day anew.
func (a *applying) visitLists(building string, day desk.Date) error {
	if day.IsZero() {
		return nil
	}
	for _, p := range a.w.Posts(desk.VisitsKey(building, day)) {
		if p.Superseded || p.Gone != "" {
			continue
		}
		if err := a.show(p); err != nil {
			return err
		}
	}
	return nil
}
