package desk

import "time"

// CheckInRule is what a site decides about moving in.
type CheckInRule struct {
	// On says that the site has people check in through the desk.
	On bool
	// Agreement and Safety are confirmed by the resident; one without a version is not
	// asked for.
	Agreement, Safety SignedText
	// Keys are the kinds of key that are handed over, Inventory what is in a room.
	Keys      []KeyKind
	Inventory []InventoryItem
	// Within is how long after moving in the resident may say what is wrong with the
	// room, Remind how long before its end they are reminded once.
	Within, Remind time.Duration
	// After is the time on the day after at which is told who did not come, and
	// GuestAt the time on the day before at which a guest is reminded that the stay ends.
	After, GuestAt ClockTime
}

// SignedText is a text of the site that a resident confirms. Which version is kept.
type SignedText struct {
	Version string
	Text    Label
}

// KeyKind is a kind of key that goes with a room or a bed.
type KeyKind struct {
	ID    string
	Label Label
}

// InventoryItem is something that belongs to a room or a bed.
type InventoryItem struct {
	ID    string
	Label Label
	// Category is the category of a repair of it.
	Category string
}

// Item finds an item of the inventory.
func (r CheckInRule) Item(id string) (InventoryItem, bool) {
	for _, item := range r.Inventory {
		if item.ID == id {
			return item, true
		}
	}
	return InventoryItem{ID: id}, false
}
