package desk

import (
	"slices"
	"time"
)

// ReportWithin is how long after moving in a defect can be reported: whoever moved
// in before found it there.
const ReportWithin = 24 * time.Hour

// livesThere tells whether a stay has the bed now: who was inspected has left, even
// while the list is still being signed.
func (s Stay) livesThere() bool { return s.State.Here() && s.OutAt.IsZero() }

// roommates lists who lives in a room now, by bed, the leaver among them.
func roommates(w World, leaver Stay) []Stay {
	list := slices.DeleteFunc(slices.Clone(w.StaysAt(leaver.Place)), func(s Stay) bool {
		return !s.livesThere() && s.ID != leaver.ID
	})
	if !slices.ContainsFunc(list, func(s Stay) bool { return s.ID == leaver.ID }) {
		list = append(list, leaver)
	}
	return list
}

// lastOf tells whether nobody else lives in the room.
func lastOf(w World, leaver Stay) bool { return len(roommates(w, leaver)) == 1 }

// arrived is when somebody moved in, as far as it is known.
func (s Stay) arrived() time.Time {
	if s.InAt.IsZero() {
		return s.From
	}
	return s.InAt
}

// Reported finds what was reported of an item when a stay began: what was so then is
// not charged. Of an item of the room that counts which anybody who lives there
// reported no later than a day after the stay began.
func Reported(w World, stay Stay, item Item) (Condition, bool) {
	for _, s := range roommates(w, stay) {
		if s.ID != stay.ID && item.Bed {
			continue
		}
		for _, c := range s.Condition {
			if c.Item == item.ID && (s.ID == stay.ID || !c.At.After(stay.arrived().Add(ReportWithin))) {
				return c, true
			}
		}
	}
	return Condition{}, false
}

// sharers are those of a room who answer for an item together: all who live there
// and did not find it so.
func sharers(w World, leaver Stay, item Item) []Stay {
	if item.Bed {
		return []Stay{leaver}
	}
	return slices.DeleteFunc(roommates(w, leaver), func(s Stay) bool {
		_, before := Reported(w, s, item)
		return before
	})
}

// Owners lists whose doing a damage can be, by bed: who answers for the item and has
// not left. It has one for an item of the bed, and none for what was so before.
func Owners(w World, t Ticket, item Item) []Stay {
	stay, ok := w.Stay(t.Checkout.Stay)
	if !ok {
		return nil
	}
	if m, found := t.Checkout.Inspection.Mark(item.ID); found && m.Damage != "" {
		d, _ := w.Damage(m.Damage)
		return slices.DeleteFunc(roommates(w, stay), func(s Stay) bool { return !d.Concerns(s.ID) })
	}
	return sharers(w, stay, item)
}

// ItemsOf is the checklist of a checkout. Until it is closed the duties of the last to
// leave are on it from the moment on when nobody else lives there.
func ItemsOf(w World, t Ticket) []Item {
	s, i := w.Site(), t.Checkout.Inspection
	last := i != nil && i.Last
	if stay, ok := w.Stay(t.Checkout.Stay); ok && (i == nil || i.Finished.IsZero()) {
		last = lastOf(w, stay)
	}
	return s.Inspection.Checklist(s, t.Place, last)
}

// ItemOf finds an item of the checklist of a checkout.
func ItemOf(w World, t Ticket, id string) (Item, bool) {
	list := ItemsOf(w, t)
	i := slices.IndexFunc(list, func(item Item) bool { return item.ID == id })
	if i < 0 {
		return Item{ID: id, Label: Label{"zh": id}}, false
	}
	return list[i], true
}

// Unmarked lists what has not been looked at.
func Unmarked(w World, t Ticket) []Item {
	return slices.DeleteFunc(ItemsOf(w, t), func(item Item) bool {
		_, done := t.Checkout.Inspection.Mark(item.ID)
		return done
	})
}

// charged works out what the leaver is asked for as things stand, and what becomes
// of the damages of the room: those that are new, and those of which another owner
// was named. Nothing is frozen yet. newID names new damages.
func charged(w World, t Ticket, newID func() string) (charges []Charge, damages []Damage) {
	i := t.Checkout.Inspection
	stay, ok := w.Stay(t.Checkout.Stay)
	if !ok {
		stay = Stay{ID: t.Checkout.Stay, Place: t.Place}
	}
	for _, item := range ItemsOf(w, t) {
		m, found := i.Mark(item.ID)
		if !found || m.State == MarkOK {
			continue
		}
		c := Charge{Item: item.ID, Label: item.Label, State: m.State, Whole: m.Fen, Before: m.Before, Files: m.Files}
		switch {
		case m.Before:
			c.Whole = 0
		case item.Bed || item.Kind == ItemDuty || m.Fen == 0:
			c.Fen = m.Fen
		default:
			d, known := w.Damage(m.Damage)
			if !known {
				d = newDamage(w, t, stay, item, m, newID())
			}
			if m.Owner != d.Owner {
				d, _ = d.Owned(m.Owner)
			}
			c.Fen, c.Whole = d.ShareOf(stay.ID), d.Fen
			if d.Owner == "" && d.Sharers() > 1 {
				c.Of = d.Sharers()
			}
			damages = append(damages, d)
		}
		charges = append(charges, c)
	}
	return append(charges, carried(w.Site(), stay)...), damages
}

func newDamage(w World, t Ticket, stay Stay, item Item, m Mark, id string) Damage {
	d := Damage{
		ID: id, Place: t.Place, Item: item.ID, State: m.State, Price: m.Price, Fen: m.Fen, At: w.Now(), Ticket: t.ID, Owner: m.Owner,
	}
	for _, s := range sharers(w, stay, item) {
		d.Shares = append(d.Shares, Share{Stay: s.ID})
	}
	return d
}

// Charges is what the leaver would be asked for if the list were closed now, or was
// asked for when it was.
func Charges(w World, t Ticket) (charges []Charge, sum int64) {
	i := t.Checkout.Inspection
	if !i.Finished.IsZero() {
		return i.Charges, i.Fen
	}
	charges, _ = charged(w, t, func() string { return "" })
	for _, c := range charges {
		sum += c.Fen
	}
	return charges, sum
}
