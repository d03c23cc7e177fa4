package desk

// DamageBook is what is written down about damages of rooms.
type DamageBook interface {
	Damage(id string) (Damage, bool)
	// DamagesAt lists the damages of a room of which somebody who shares them has not
	// left, oldest first.
	DamagesAt(place string) []Damage
}
