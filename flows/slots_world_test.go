package flows

import (
	"cmp"
	"maps"
	"slices"

	"frontdesk/desk"
)

// slotBook is the slot book of a fakeWorld.
type slotBook struct {
	days    map[string]desk.SlotDay
	rules   []desk.SlotRule
	batches []desk.Batch
	stays   map[string]desk.BatchStay
}

func (b *slotBook) apply(e desk.SlotEntries) {
	if b.days == nil {
		b.days, b.stays = map[string]desk.SlotDay{}, map[string]desk.BatchStay{}
	}
	for _, d := range e.Days {
		b.days[d.Building+"/"+d.Day.String()] = d
	}
	for _, r := range e.Rules {
		b.rules = append(slices.DeleteFunc(b.rules, func(o desk.SlotRule) bool { return o.ID == r.ID }), r)
	}
	for _, x := range e.Batches {
		b.batches = append(slices.DeleteFunc(b.batches, func(o desk.Batch) bool { return o.ID == x.ID }), x)
	}
	for _, s := range e.BatchStays {
		b.stays[s.Batch+"/"+s.Stay] = s
	}
}

func (w *fakeWorld) SlotDay(building string, day desk.Date) desk.SlotDay {
	if d, ok := w.slots.days[building+"/"+day.String()]; ok {
		return d
	}
	return desk.SlotDay{Building: building, Day: day}
}

func (w *fakeWorld) SlotRules(from desk.Date) []desk.SlotRule {
	return slices.DeleteFunc(slices.Clone(w.slots.rules), func(r desk.SlotRule) bool { return r.Last().Compare(from) < 0 })
}

func (w *fakeWorld) SlotRule(id string) (desk.SlotRule, bool) {
	i := slices.IndexFunc(w.slots.rules, func(r desk.SlotRule) bool { return r.ID == id })
	if i < 0 {
		return desk.SlotRule{}, false
	}
	return w.slots.rules[i], true
}

func (w *fakeWorld) CheckoutsOf(stay string) []desk.Ticket {
	var list []desk.Ticket
	for _, t := range w.tickets {
		if stay != "" && t.Checkout != nil && t.Checkout.Stay == stay {
			list = append(list, t)
		}
	}
	slices.SortFunc(list, func(a, b desk.Ticket) int { return cmp.Compare(b.ID, a.ID) })
	return list
}

func (w *fakeWorld) Batch(id string) (desk.Batch, bool) {
	i := slices.IndexFunc(w.slots.batches, func(b desk.Batch) bool { return b.ID == id })
	if i < 0 {
		return desk.Batch{}, false
	}
	return w.slots.batches[i], true
}

func (w *fakeWorld) BatchesOf(building string) []desk.Batch {
	list := slices.DeleteFunc(slices.Clone(w.slots.batches), func(b desk.Batch) bool { return b.Building != building })
	slices.SortStableFunc(list, func(a, b desk.Batch) int { return b.At.Compare(a.At) })
	return list
}

func (w *fakeWorld) BatchStay(batch, stay string) (desk.BatchStay, bool) {
	s, ok := w.slots.stays[batch+"/"+stay]
	return s, ok
}

func (w *fakeWorld) BatchStays(batch string) []desk.BatchStay {
	var list []desk.BatchStay
	for _, key := range slices.Sorted(maps.Keys(w.slots.stays)) {
		if s := w.slots.stays[key]; s.Batch == batch {
			list = append(list, s)
		}
	}
	slices.SortStableFunc(list, func(a, b desk.BatchStay) int { return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.Bed, b.Bed)) })
	return list
}

func (w *fakeWorld) SlotDays(building string, dates desk.DateRange) []desk.SlotDay {
	var list []desk.SlotDay
	for _, key := range slices.Sorted(maps.Keys(w.slots.days)) {
		if d := w.slots.days[key]; (building == "" || d.Building == building) && dates.Contains(d.Day) {
			list = append(list, d)
		}
	}
	return list
}
