package storage

import "frontdesk/desk"

// Damages are what is missing or broken in rooms, and who pays which part of it.
var Damages = NewTable("damages", func(d desk.Damage) string { return d.ID },
	// Those of which somebody still has a part to pay.
	Index[desk.Damage]{"open_place", func(d desk.Damage) []string { return some(d.Open(), Key(d.Place, TimeKey(d.At), d.ID)) }},
)

// Damage implements desk.DamageBook.
func (w *World) Damage(id string) (desk.Damage, bool) { return read(w, Damages, id) }

// DamagesAt implements desk.DamageBook.
func (w *World) DamagesAt(place string) []desk.Damage {
	return list(w, Damages, "open_place", Range{Prefix: Key(w.roomID(place))})
}
