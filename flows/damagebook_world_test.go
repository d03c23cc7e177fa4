package flows

import (
	"slices"

	"frontdesk/desk"
)

// damageBook are the damages of a fakeWorld, oldest first.
type damageBook struct{ damages []desk.Damage }

func (b *damageBook) keep(changed []desk.Damage) {
	for _, d := range changed {
		b.damages = append(slices.DeleteFunc(b.damages, func(old desk.Damage) bool { return old.ID == d.ID }), d)
	}
}

func (b *damageBook) Damage(id string) (desk.Damage, bool) {
	i := slices.IndexFunc(b.damages, func(d desk.Damage) bool { return d.ID == id })
	if i < 0 {
		return desk.Damage{}, false
	}
	return b.damages[i], true
}

func (b *damageBook) DamagesAt(place string) []desk.Damage {
	var list []desk.Damage
	for _, d := range b.damages {
		if d.Place == place && d.Open() {
			list = append(list, d)
		}
	}
	return list
}
