package desk

import "slices"

// damagesInMemory are the damages of a town, oldest first.
type damagesInMemory struct{ list []Damage }

func (b *damagesInMemory) apply(changed []Damage) {
	for _, d := range changed {
		if i := slices.IndexFunc(b.list, func(old Damage) bool { return old.ID == d.ID }); i >= 0 {
			b.list[i] = d
			continue
		}
		b.list = append(b.list, d)
	}
}

func (w *town) Damage(id string) (Damage, bool) {
	for _, d := range w.house.damages.list {
		if d.ID == id {
			return d, true
		}
	}
	return Damage{}, false
}

func (w *town) DamagesAt(place string) []Damage {
	var list []Damage
	for _, d := range w.house.damages.list {
		if d.Place == place && d.Open() {
			list = append(list, d)
		}
	}
	return list
}
