package desk

import (
	"slices"
	"time"
)

// RoomState says what a room is used for.
type RoomState string

// The states of a room. Their names are stored and never reused.
const (
	RoomOccupied RoomState = "occupied" // residents live there
	RoomLet      RoomState = "let"      // a tenant organisation has it
	RoomVacant   RoomState = "vacant"
	RoomRepair   RoomState = "repair"
	RoomFitOut   RoomState = "fitout"
	RoomBlocked  RoomState = "blocked" // kept back, for whatever reason
)

// RoomStates lists every state, in the order in which they are shown.
var RoomStates = []RoomState{RoomOccupied, RoomLet, RoomVacant, RoomRepair, RoomFitOut, RoomBlocked}

// Known tells whether it is one of RoomStates.
func (s RoomState) Known() bool { return slices.Contains(RoomStates, s) }

// Room is how a room stands now. Its history are RoomEvents.
type Room struct {
	// Place is the id of the room's place.
	Place string    `json:"place"`
	State RoomState `json:"state"`
	// Since is when the state began; zero while nobody has said anything of the room.
	Since time.Time `json:"since,omitzero"`
	// Reason is why, as somebody wrote it or as the key of a text.
	Reason string `json:"reason,omitempty"`
	// By is who said so; empty when a rule did.
	By string `json:"by,omitempty"`
	// Tenant and Contact are to whom it is let and who speaks for them, From and To
	// the first and the last day of the letting, each as its midnight at the site.
	Tenant  string    `json:"tenant,omitempty"`
	Contact string    `json:"contact,omitempty"`
	From    time.Time `json:"from,omitzero"`
	To      time.Time `json:"to,omitzero"`
	// Asked are the days before To for which somebody was asked what comes then; Ends
	// is their word that the letting ends, AskedEnd that they were asked after it.
	Asked    []int `json:"asked,omitempty"`
	Ends     bool  `json:"ends,omitempty"`
	AskedEnd bool  `json:"asked_end,omitempty"`
	// Care is when each routine was last done, by its id.
	Care map[string]Care `json:"care,omitempty"`
	// Seq counts the events; the next has Seq+1.
	Seq int `json:"seq"`
}

// Care is where a routine of a room stands.
type Care struct {
	Done time.Time `json:"done,omitzero"`
	By   string    `json:"by,omitempty"`
	// Ticket is the round that has it on its list now, or had it last.
	Ticket string `json:"ticket,omitempty"`
}

// RoomEvent is one entry of a room's history. Nothing is overwritten; the order is
// Seq, never the time.
type RoomEvent struct {
	Place string    `json:"place"`
	Seq   int       `json:"seq"`
	At    time.Time `json:"at"`
	By    string    `json:"by,omitempty"`
	From  RoomState `json:"from"`
	To    RoomState `json:"to"`
	// Reason is why, as somebody wrote it or as the key of a text.
	Reason string `json:"reason,omitempty"`
	// Ticket is the matter it follows from.
	Ticket string `json:"ticket,omitempty"`
}

// RoomRule is what a site decides about its rooms.
type RoomRule struct {
	// Ask are the days before the end of a letting on which somebody is asked what
	// comes then; At is the time of day at which that and the routine work are seen to.
	Ask []int
	At  ClockTime
	// Routine is what is to be done in rooms of some states again and again; Label is
	// what the list of it is called, also where everybody reads it.
	Routine []Routine
	Label   Label
}

// ChangeRoom is the only way in which a room's state changes: it gives the room, the
// event, and what ends with the state; what the new state asks for begins with the
// next morning's round. by is who wants it, empty for a rule; ticket is the matter
// that it follows from, if there is one. It is refused with a *UserError for a place
// that is no room, and for a state that does not fit who lives there.
func ChangeRoom(w World, place string, to RoomState, reason, by, ticket string) (Effects, error) {
	return changeRoom(w, place, Room{State: to, Reason: reason, By: by}, ticket)
}

func changeRoom(w World, place string, to Room, ticket string) (Effects, error) {
	p, ok := w.Site().Places.Get(place)
	if !ok || p.Public() || !to.State.Known() {
		return Effects{}, Refuse("rooms.no_room")
	}
	r := w.Room(p.ID)
	here := Here(w.StaysAt(p.ID))
	switch {
	case to.State == r.State && to.State != RoomLet && !r.Since.IsZero():
		return Effects{}, Refuse("rooms.already", "place", p.Label, "state", to.State.Text())
	case to.State == RoomOccupied && len(here) == 0 && ticket == "":
		return Effects{}, Refuse("rooms.nobody", "place", p.Label)
	case to.State != RoomOccupied && to.State != RoomLet && len(here) > 0 && ticket == "":
		return Effects{}, Refuse("rooms.still_in", "place", p.Label, "n", len(here))
	}
	to.Place, to.Since, to.Seq, to.Care = p.ID, w.Now(), r.Seq+1, r.Care
	out := Effects{House: HouseEntries{Rooms: []Room{to}, RoomEvents: []RoomEvent{{
		Place: p.ID, Seq: to.Seq, At: w.Now(), By: to.By, From: r.State, To: to.State, Reason: to.Reason, Ticket: ticket,
	}}}}
	off, err := offUpkeeps(w, r)
	out.Add(off)
	return out, err
}

// Here are the stays of those who have their bed now.
func Here(stays []Stay) []Stay {
	return slices.DeleteFunc(slices.Clone(stays), func(s Stay) bool { return !s.State.Here() })
}

// Text is the state in words.
//
//locale:prefix rooms.state.
func (s RoomState) Text() Text { return T("rooms.state." + string(s)) }

// roomReasons are the reasons that are offered for each state; the rules have some of
// their own.
var roomReasons = map[RoomState][]string{
	RoomVacant:  {"rooms.reason.left", "rooms.reason.mended"},
	RoomRepair:  {"rooms.reason.repair", "rooms.reason.renew"},
	RoomFitOut:  {"rooms.reason.tenant", "rooms.reason.new_use"},
	RoomBlocked: {"rooms.reason.reserve", "rooms.reason.danger"},
	RoomLet:     {"rooms.reason.contract"},
}

// The reasons that rules give.
const (
	reasonMovedIn  = "rooms.reason.moved_in"
	reasonLastLeft = "rooms.reason.last_left"
	reasonEnds     = "rooms.reason.ends"
)

// RoomReasons are the keys of the reasons that are offered for a state.
func RoomReasons(s RoomState) []string { return roomReasons[s] }

// ReasonText is a reason in words: that of its key, or as somebody wrote it.
//
//locale:prefix rooms.reason.
func ReasonText(reason string) Text {
	known := slices.Contains([]string{reasonMovedIn, reasonLastLeft, reasonEnds}, reason)
	for _, list := range roomReasons {
		known = known || slices.Contains(list, reason)
	}
	if known {
		return T(reason)
	}
	return Literal(reason)
}

// ContactText is who speaks for the tenant, or that nobody is written down.
func (r Room) ContactText() Text {
	if r.Contact == "" {
		return T("rooms.no_contact")
	}
	return Literal(r.Contact)
}

// MayChangeRooms tells whether a person may change the state of rooms.
func (p Person) MayChangeRooms() bool { return p.Manages() }

// SeesRooms tells whether a person may see how the rooms of a building stand: the
// desk and supervisors of all, caretakers of theirs. An empty building asks for any.
func (p Person) SeesRooms(building string) bool {
	switch {
	case p.Desk(), p.Has(RoleSupervisor):
		return true
	case building == "":
		return p.Has(RoleCaretaker)
	}
	return p.CaresFor(building)
}
