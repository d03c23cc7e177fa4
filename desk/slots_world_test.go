package desk

import (
	"cmp"
	"maps"
	"slices"
)

// slotsInMemory is the slot book of a town.
type slotsInMemory struct {
	days    map[string]SlotDay
	rules   []SlotRule
	batches []Batch
	stays   map[string]BatchStay
}

func (b *slotsInMemory) apply(e SlotEntries) {
	if b.days == nil {
		b.days, b.stays = map[string]SlotDay{}, map[string]BatchStay{}
	}
	for _, d := range e.Days {
		b.days[d.Building+"/"+d.Day.String()] = d
	}
	for _, r := range e.Rules {
		b.rules = append(slices.DeleteFunc(b.rules, func(o SlotRule) bool { return o.ID == r.ID }), r)
	}
	for _, x := range e.Batches {
		b.batches = append(slices.DeleteFunc(b.batches, func(o Batch) bool { return o.ID == x.ID }), x)
	}
	for _, s := range e.BatchStays {
		b.stays[s.Batch+"/"+s.Stay] = s
	}
}

func (w *town) SlotDay(building string, day Date) SlotDay {
	if d, ok := w.slots.days[building+"/"+day.String()]; ok {
		return d
	}
	return SlotDay{Building: building, Day: day}
}

func (w *town) SlotRules(from Date) []SlotRule {
	return slices.DeleteFunc(slices.Clone(w.slots.rules), func(r SlotRule) bool { return r.Last().Compare(from) < 0 })
}

func (w *town) SlotRule(id string) (SlotRule, bool) {
	i := slices.IndexFunc(w.slots.rules, func(r SlotRule) bool { return r.ID == id })
	if i < 0 {
		return SlotRule{}, false
	}
	return w.slots.rules[i], true
}

func (w *town) CheckoutsOf(stay string) []Ticket {
	return w.some(1000, func(t Ticket) bool { return stay != "" && t.Checkout != nil && t.Checkout.Stay == stay })
}

func (w *town) Batch(id string) (Batch, bool) {
	i := slices.IndexFunc(w.slots.batches, func(b Batch) bool { return b.ID == id })
	if i < 0 {
		return Batch{}, false
	}
	return w.slots.batches[i], true
}

func (w *town) BatchesOf(building string) []Batch {
	list := slices.DeleteFunc(slices.Clone(w.slots.batches), func(b Batch) bool { return b.Building != building })
	slices.SortStableFunc(list, func(a, b Batch) int { return b.At.Compare(a.At) })
	return list
}

func (w *town) BatchStay(batch, stay string) (BatchStay, bool) {
	s, ok := w.slots.stays[batch+"/"+stay]
	return s, ok
}

func (w *town) BatchStays(batch string) []BatchStay {
	var list []BatchStay
	for _, key := range slices.Sorted(maps.Keys(w.slots.stays)) {
		if s := w.slots.stays[key]; s.Batch == batch {
			list = append(list, s)
		}
	}
	slices.SortStableFunc(list, func(a, b BatchStay) int { return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.Bed, b.Bed)) })
	return list
}

func (w *town) SlotDays(building string, dates DateRange) []SlotDay {
	var list []SlotDay
	for _, key := range slices.Sorted(maps.Keys(w.slots.days)) {
		if d := w.slots.days[key]; (building == "" || d.Building == building) && dates.Contains(d.Day) {
			list = append(list, d)
		}
	}
	return list
}
