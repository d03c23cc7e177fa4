package desk

import "time"

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
func (s RoomState) Known() bool {
	for _, known := range RoomStates {
		if s == known {
			return true
		}
	}
	return false
}

// Room is how a room stands now. Its history are RoomEvents.
type Room struct {
	// Place is the id of the room's place.
	Place string    `json:"place"`
	State RoomState `json:"state"`
	// Since is when the state began; zero while nobody has said anything of the room.
	Since  time.Time `json:"since,omitzero"`
	Reason string    `json:"reason,omitempty"`
	// By is who said so; empty when a rule did.
	By string `json:"by,omitempty"`
	// Tenant and Contact are to whom it is let and who speaks for them, From and To
	// the first and the last day of the letting, each as its midnight at the site.
	Tenant  string    `json:"tenant,omitempty"`
	Contact string    `json:"contact,omitempty"`
	From    time.Time `json:"from,omitzero"`
	To      time.Time `json:"to,omitzero"`
	// Seq counts the events; the next has Seq+1.
	Seq int `json:"seq"`
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

// ChangeRoom is the only way in which a room's state changes: it gives the room, the
// event, and what begins or ends with the state. by is who wants it, empty for a
// rule; ticket is the matter that it follows from, if there is one. It is refused
// with a *UserError for a place that is no room, and for a state that does not fit
// who lives there.
func ChangeRoom(w World, place string, to RoomState, reason, by, ticket string) (Effects, error) {
	r := w.Room(place)
	if p, ok := w.Site().Places.Get(place); !ok || p.Public() || !to.Known() {
		return Effects{}, Refuse("rooms.no_room")
	}
	var out Effects
	out.House.Rooms = append(out.House.Rooms, Room{Place: r.Place, State: to, Since: w.Now(), Reason: reason, By: by, Seq: r.Seq + 1})
	out.House.RoomEvents = append(out.House.RoomEvents, RoomEvent{
		Place: r.Place, Seq: r.Seq + 1, At: w.Now(), By: by, From: r.State, To: to, Reason: reason, Ticket: ticket,
	})
	return out, nil
}
