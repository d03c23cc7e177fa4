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
	// show them. There is no hour with Express or Waiting, nor after Lost.
	Day  Date      `json:"day,omitzero"`
	Slot ClockTime `json:"slot,omitempty"`
	// Express needs nobody there: the key is dropped, and an inspector goes when it
	// suits, within the term of the site.
	Express bool `json:"express,omitempty"`
	// Waiting says that the booking stands on the waiting list of Day, with Hours
	// the hours that suit (none: any). Offer is the hour that is held for it until
	// OfferBy.
	Waiting bool        `json:"waiting,omitempty"`
	Hours   []ClockTime `json:"hours,omitempty"`
	Offer   ClockTime   `json:"offer,omitempty"`
	OfferBy time.Time   `json:"offer_by,omitzero"`
	// Lost is when the hour was taken away by the desk, because there is none any
	// more; another one has to be chosen.
	Lost time.Time `json:"lost,omitzero"`
	// Batch is the checkout of a whole building that it belongs to.
	Batch string `json:"batch,omitempty"`
	// NoShows counts how often the inspector found nobody.
	NoShows int `json:"no_shows,omitempty"`
	// Reminded are the reminders that were sent for the present hour.
	Reminded struct {
		Day  bool `json:"day,omitempty"`
		Hour bool `json:"hour,omitempty"`
		Past bool `json:"past,omitempty"` // to the inspector: nothing was entered
	} `json:"reminded,omitzero"`
	// Inspection is what was found, once an inspector has begun.
	Inspection *Inspection `json:"inspection,omitempty"`
}

// The actions of a booking. Those of the visit itself are in inspectRows.
const (
	BookSlot Action = "book"     // the hour that was offered is taken
	MoveSlot Action = "slot"     // Args "day", "slot": another hour; or "express"
	WaitFor  Action = "wait"     // Args "day", "hours": onto the waiting list
	MoveUp   Action = "move_up"  // by rule: a place came free and is held
	Lapse    Action = "lapse"    // by rule: the hold ran out
	Displace Action = "displace" // by rule: the hour is no longer there
	NoShow   Action = "no_show"  // the inspector found nobody
	Rebook   Action = "rebook"   // the desk allows one more booking
	NotThen  Action = "not_then" // the hour that is offered does not suit
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
	{from: []State{StateNew}, action: BookSlot, who: []capacity{asRequester, asDesk}},
	{from: booked, action: MoveSlot, who: []capacity{asRequester, asDesk}, to: StateNew},
	{from: booked, action: WaitFor, who: []capacity{asRequester, asDesk}, to: StateNew},
	{from: []State{StateNew}, action: NotThen, who: []capacity{asRequester, asDesk}},
	{from: []State{StateNew}, action: MoveUp, who: []capacity{asRule}},
	{from: []State{StateNew}, action: Lapse, who: []capacity{asRule}},
	{from: []State{StateNew}, action: Displace, who: []capacity{asRule}},
	{from: []State{StateNew, StateTaken}, action: NoShow, who: []capacity{asInspector}, to: StateNoAccess, undo: true},
	{from: []State{StateNoAccess}, action: Rebook, who: []capacity{asManager}},
	{from: booked, action: Cancel, who: []capacity{asRequester, asDesk, asRule}, to: StateCancelled},
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
