package desk

import (
	"slices"
	"time"
)

// KindCheckout is somebody's leaving of a room: the visit of an inspector is
// booked, what is there is looked at, and it ends with a certificate.
const KindCheckout = "checkout" // B-

// Checkout is what a booking of a checkout has beside an ordinary ticket. Its hour
// stands on the ticket too, as From and To.
type Checkout struct {
	// Stay is the stay that ends, Building and Bed where it is; the room is the
	// ticket's place.
	Stay     string `json:"stay"`
	Building string `json:"building"`
	Bed      string `json:"bed,omitempty"`
	// Day and Slot are the date and the hour of the visit as the clocks of the site
	// show them; At is when they were chosen. There is no hour with Express or
	// Waiting, and neither with Lost.
	Day  Date      `json:"day,omitzero"`
	Slot ClockTime `json:"slot,omitempty"`
	At   time.Time `json:"at,omitzero"`
	// Express needs nobody there: the key is dropped on Day, and an inspector goes
	// when it suits, within the term of the site.
	Express bool `json:"express,omitempty"`
	// Waiting says that it stands on the waiting list of Day, until WaitEnd. Offer is
	// the hour that is held for it until OfferBy.
	Waiting bool      `json:"waiting,omitempty"`
	WaitEnd time.Time `json:"wait_end,omitzero"`
	Offer   ClockTime `json:"offer,omitempty"`
	OfferBy time.Time `json:"offer_by,omitzero"`
	// Lost is when its hour was taken away, or its wait was in vain: another day has
	// to be chosen.
	Lost time.Time `json:"lost,omitzero"`
	// Batch is the checkout of a whole building that it belongs to.
	Batch string `json:"batch,omitempty"`
	// NoShows counts how often the inspector found nobody.
	NoShows int `json:"no_shows,omitempty"`
	// Inspection is what was found, once an inspector has begun.
	Inspection *Inspection `json:"inspection,omitempty"`
	// Reminded is what the desk has sent for the present hour.
	Reminded CheckoutReminded `json:"reminded,omitzero"`
}

// CheckoutReminded says which reminders of a visit were sent, each once.
type CheckoutReminded struct {
	Day  bool `json:"day,omitempty"`
	Hour bool `json:"hour,omitempty"`
	// Past went to the inspectors: nothing was entered about the visit. Lost went to
	// the resident, who has to choose another day.
	Past bool `json:"past,omitempty"`
	Lost bool `json:"lost,omitempty"`
}

// The actions of a booking. Those of the visit itself are in inspectRows.
const (
	BookSlot Action = "book"     // the hour that is held is taken
	NotThen  Action = "not_then" // the hour that is held does not suit
	MoveSlot Action = "slot"     // Args "day", "slot": another hour; or "express"
	WaitFor  Action = "wait"     // Args "day", "hours": onto the waiting list
	NoShow   Action = "no_show"  // the inspector found nobody
	Lapse    Action = "lapse"    // by rule: the hold, or the wait, ran out
	// MoveUp and Displace happen to others than the one who acts: a place came free
	// and is held, or an hour is no longer there. They follow from the row of the
	// day alone, see settleDay, and nobody can press them.
	MoveUp   Action = "move_up"
	Displace Action = "displace"
)

// asInspector is whoever inspects in the building of a checkout.
const asInspector capacity = "inspector"

// booked are the states in which the visit has not begun.
var booked = []State{StateNew, StateNoAccess}

// bookRows are the rows of the transition table of a checkout that are about its
// booking; with inspectRows they are the whole of it.
//
//	new        booked, or waiting for a place
//	no_access  nobody was there at the hour: another one may be booked once
//	taken      an inspector has it
//	arrived    it is being inspected
//	done       inspected, and being signed
//	closed     the certificate is issued
var bookRows = []rule{
	{from: []State{StateNew}, action: BookSlot, who: []capacity{asRequester, asDesk}, then: bookSlot},
	{from: []State{StateNew}, action: NotThen, who: []capacity{asRequester, asDesk}, then: notThen},
	{from: booked, action: MoveSlot, who: []capacity{asRequester, asDesk}, to: StateNew, then: moveSlot},
	{from: booked, action: WaitFor, who: []capacity{asRequester, asDesk}, to: StateNew, then: waitFor},
	{from: []State{StateNew}, action: Lapse, who: []capacity{asRule}, then: lapse},
	{from: []State{StateNew, StateTaken}, action: NoShow, who: []capacity{asInspector}, to: StateNoAccess, then: noShow, undo: true},
	{from: booked, action: Cancel, who: []capacity{asRequester, asDesk, asRule}, to: StateCancelled, then: cancelCheckout},
	{from: always, action: AddNote, who: []capacity{asInspector, asTaker, asDesk}, then: addNote},
	{from: append([]State{StateDone}, open...), action: AddWords, who: []capacity{asRequester, asInspector, asDesk}, then: addWords},
	{from: always, action: Undo, who: []capacity{asRule}},
	{from: always, action: Joined, who: []capacity{asRule}, then: joined},
	{from: open, action: PassOn, who: []capacity{asRule}, then: passOn},
	{from: always, action: Nudged, who: []capacity{asRule}},
}

// checkoutTable is the transition table of checkouts.
var checkoutTable = slices.Concat(bookRows, inspectRows)

// inspects tells whether somebody inspects rooms where the ticket is: an employee
// of the department that does, or else a caretaker of the building.
func (t Ticket) inspects(p Person) bool {
	switch {
	case t.Checkout == nil:
		return false
	case t.Department != "":
		return p.WorksFor(t.Department)
	}
	return p.CaresFor(t.Checkout.Building)
}

// Inspects tells whether somebody inspects rooms in a building at all.
func (s *Site) Inspects(p Person, building string) bool {
	if s.Checkout.Department != "" {
		return p.WorksFor(s.Checkout.Department)
	}
	return p.CaresFor(building)
}

// Inspector tells whether somebody inspects rooms anywhere.
func (s *Site) Inspector(p Person) bool {
	if s.Checkout.Department != "" {
		return p.WorksFor(s.Checkout.Department)
	}
	return p.Has(RoleCaretaker)
}

// Inspectors lists who is to be turned to now about inspections in a building:
// those on duty, or else all who do it there.
func Inspectors(w World, building string) []Person {
	duty := string(RoleCaretaker)
	if d := w.Site().Checkout.Department; d != "" {
		duty = d
	}
	cares := func(list []Person) []Person {
		return slices.DeleteFunc(slices.Clone(list), func(p Person) bool { return !w.Site().Inspects(p, building) })
	}
	if list := cares(OnDuty(w, duty)); len(list) > 0 {
		return list
	}
	if w.Site().Checkout.Department != "" {
		return nil
	}
	return cares(w.Holders(RoleCaretaker))
}

// HasSlot tells whether the booking has an hour.
func (c Checkout) HasSlot() bool {
	return !c.Day.IsZero() && !c.Waiting && !c.Express && c.Lost.IsZero()
}
