package desk

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// InspectionRule says what is looked at when somebody moves out of a room, and what
// is asked for what is missing or broken.
type InspectionRule struct {
	// Inventories say what is in a room; the first that fits counts.
	Inventories []Inventory
	// Prices are the site's list: an inspector picks a line of it.
	Prices []Price
	// FreeSum is the most that an inspector may enter by hand, in fen; zero lets
	// them enter nothing.
	FreeSum int64
	// Last are the duties of who leaves a room last.
	Last []Item
	// AnswerIn is how long a resident has to agree; then a manager decides. ObjectIn
	// is how long one may object who dropped the key.
	AnswerIn, ObjectIn Term
	// RemindInspector is how long nothing is entered into a list that was begun before
	// its inspector is reminded, RemindResident how long after the inspector's signature
	// the resident is. Zero reminds nobody.
	RemindInspector, RemindResident time.Duration
	// KeepGoods is how long what was left behind is kept, Valid how long a
	// certificate can be confirmed and fetched.
	KeepGoods, Valid Term
	// Finance is the department that confirms fees and deposit; empty where a manager
	// does.
	Finance string
	// Cleaning, Lock and Repair are the categories of the tickets that follow; empty
	// where none should.
	Cleaning, Lock, Repair string
	// VerifyURL is what a code follows to be confirmed on the web, with a final slash;
	// empty where nobody outside can reach the desk.
	VerifyURL string
}

// Inventory is what is in rooms of a sort.
type Inventory struct {
	Places []string // ids: a room, or a building for everything in it; none means all
	Items  []Item
}

// ItemKind says how an item is looked at.
type ItemKind string

// The kinds of item.
const (
	ItemThing ItemKind = "thing" // there, missing or damaged
	ItemKey   ItemKind = "key"   // the same, and a missing one means another lock
	ItemMeter ItemKind = "meter" // a number is read
	ItemDuty  ItemKind = "duty"  // done or not
)

// Item is one line of the checklist.
type Item struct {
	ID    string
	Label Label
	Kind  ItemKind
	// Bed items are of one bed: who leaves it answers for them. The others are the
	// room's.
	Bed bool
	// Unit is what the number of a meter counts.
	Unit Label
	// Prices are the lines of the list that fit; none means all of them.
	Prices []string
	// Follow is the category of the ticket that follows when it is missing or
	// damaged; empty means that of its kind, "none" means none.
	Follow string
}

// Price is one line of the site's list.
type Price struct {
	ID    string
	Label Label
	Fen   int64
}

// Counted tells whether a number is entered for the item.
func (i Item) Counted() bool { return i.Kind == ItemMeter }

// Checklist is what is looked at when somebody leaves a room: what belongs to it,
// and of the last to leave the duties.
func (r InspectionRule) Checklist(s *Site, place string, last bool) []Item {
	var list []Item
	for _, inventory := range r.Inventories {
		if inventory.fits(s, place) {
			list = slices.Clone(inventory.Items)
			break
		}
	}
	if last {
		list = append(list, r.Last...)
	}
	return list
}

func (i Inventory) fits(s *Site, place string) bool {
	return len(i.Places) == 0 || slices.Contains(i.Places, place) || slices.Contains(i.Places, buildingOf(s, place))
}

// Price finds a line of the list.
func (r InspectionRule) Price(id string) (Price, bool) {
	i := slices.IndexFunc(r.Prices, func(p Price) bool { return p.ID == id })
	if i < 0 {
		return Price{}, false
	}
	return r.Prices[i], true
}

// PricesFor are the lines that fit an item.
func (r InspectionRule) PricesFor(item Item) []Price {
	if len(item.Prices) == 0 {
		return r.Prices
	}
	var list []Price
	for _, id := range item.Prices {
		if p, ok := r.Price(id); ok {
			list = append(list, p)
		}
	}
	return list
}

// follows is the category of the ticket that follows from the state of an item, or
// nothing.
func (r InspectionRule) follows(item Item, state MarkState) string {
	switch {
	case item.Follow == "none":
		return ""
	case item.Follow != "":
		return item.Follow
	case item.Kind == ItemKey && state == MarkMissing:
		return r.Lock
	case item.Kind == ItemDuty:
		return ""
	}
	return r.Repair
}

// Yuan is a sum as it is written: 3500 fen are 35.00.
func Yuan(fen int64) string {
	sign := ""
	if fen < 0 {
		sign, fen = "-", -fen
	}
	return fmt.Sprintf("%s%d.%02d", sign, fen/100, fen%100)
}

// MaxFen is the largest sum that can be entered: a hundred thousand yuan.
const MaxFen = 10_000_000

// ParseYuan reads a sum such as 35, 35.5 or 35.50; a sign of the currency may stand
// with it. ok is false for anything else, for less than nothing, and for more than
// MaxFen.
func ParseYuan(text string) (fen int64, ok bool) {
	text = strings.TrimSpace(Fold(text))
	text = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(text, "¥"), "rmb"))
	for _, unit := range []string{"元", "块", "yuan", "rmb"} {
		text = strings.TrimSpace(strings.TrimSuffix(text, unit))
	}
	whole, cents, dotted := strings.Cut(text, ".")
	if len(cents) > 2 || dotted && cents == "" || len(whole) > 7 || !figures(whole) || dotted && !figures(cents) {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+(cents + "00")[:2], 10, 64)
	if err != nil || n > MaxFen {
		return 0, false
	}
	return n, true
}

// figures tells whether a text is some of 0 to 9 and nothing else.
func figures(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}
