package desk

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// KindUpkeep is the desk's own list of rooms of a building in which something is to be
// done. Nobody asked for it, so nobody is asked back about it; its number has the
// letter of a request.
const KindUpkeep = "upkeep"

// UpkeepCategory is the category of upkeep. What a group reads of one is its name and
// the building: that rooms are empty, and which, stands in nothing that a group sees.
const UpkeepCategory = "upkeep"

// Routine is something to be done in rooms of some states every so many days.
type Routine struct {
	// ID is stable: it stands in the records of rooms.
	ID     string
	Label  Label
	States []RoomState
	Every  int
	// Department does it; empty leaves it to the routes.
	Department string
}

// Upkeep is the list of rooms that a ticket of KindUpkeep has.
type Upkeep struct {
	Building string       `json:"building"`
	Rooms    []UpkeepRoom `json:"rooms"`
}

// UpkeepRoom is a room of a upkeep with what is to be done there.
type UpkeepRoom struct {
	Place string   `json:"place"`
	Tasks []string `json:"tasks"`
	// At is when it was done, by whom; Off says that it needs it no more, because the
	// room is used otherwise now.
	At  time.Time `json:"at,omitzero"`
	By  string    `json:"by,omitempty"`
	Off bool      `json:"off,omitempty"`
	// Was is the care of the room before, by task: for taking the press back.
	Was map[string]Care `json:"was,omitempty"`
}

// Waits tells whether something is still to be done there.
func (r UpkeepRoom) Waits() bool { return r.At.IsZero() && !r.Off }

// Left counts the rooms of a upkeep that wait.
func (r *Upkeep) Left() (n int) {
	for _, room := range r.Rooms {
		if room.Waits() {
			n++
		}
	}
	return n
}

// The actions on upkeep.
const (
	RoomDone Action = "room"      // Args "place": what was to be done there is done
	RestLeft Action = "rooms_end" // the upkeep ends; what is left comes again with the next
	RoomsNew Action = "rooms_new" // by rule, Args "rooms": the list grows
	RoomOff  Action = "room_off"  // by rule, Args "place": the room needs it no more
)

// upkeepTable is the transition table of upkeep. There is no callback: what is done is
// done.
var upkeepTable = []rule{
	{from: []State{StateNew}, action: Take, who: []capacity{asDepartment}, to: StateTaken, then: take, undo: true},
	{from: []State{StateNew}, action: NotOurs, who: []capacity{asDepartment, asManager}, to: StateOffered, then: notOurs, undo: true},
	{from: []State{StateOffered}, action: Accept, who: []capacity{asOffered}, to: StateNew, then: accept},
	{from: []State{StateOffered}, action: Decline, who: []capacity{asOffered}, then: decline},
	{from: []State{StateNew, StateOffered, StateTaken}, action: Assign, who: []capacity{asManager}, to: StateNew, then: assign},
	{from: []State{StateTaken}, action: RoomDone, who: []capacity{asTaker}, then: roomDone, undo: true},
	{from: []State{StateTaken}, action: RestLeft, who: []capacity{asTaker}, to: StateClosed, then: restLeft},
	{from: []State{StateTaken}, action: GiveBack, who: []capacity{asTaker, asManager, asRule}, to: StateNew, then: giveBack, undo: true},
	{from: open, action: RoomsNew, who: []capacity{asRule}, then: roomsNew},
	{from: open, action: RoomOff, who: []capacity{asRule}, then: roomOff},
	{from: open, action: Cancel, who: []capacity{asDesk}, to: StateCancelled, then: cancel},
	{from: always, action: Undo, who: []capacity{asRule}},
	{from: always, action: AddNote, who: []capacity{asDepartment, asTaker, asDesk}, then: addNote},
	{from: []State{StateNew}, action: Announced, who: []capacity{asRule}, then: announce},
	{from: open, action: PassOn, who: []capacity{asRule}, then: passOn},
	{from: always, action: Nudged, who: []capacity{asRule}},
}

// room finds a waiting room of the upkeep and makes a copy of the list, because the
// ticket before keeps its own.
func (x *turn) room(place string) (*UpkeepRoom, error) {
	if x.t.Upkeep == nil {
		return nil, Refuse("press.unknown")
	}
	round := *x.t.Upkeep
	round.Rooms = slices.Clone(round.Rooms)
	x.t.Upkeep = &round
	for i := range round.Rooms {
		if round.Rooms[i].Place == place && round.Rooms[i].Waits() {
			return &round.Rooms[i], nil
		}
	}
	return nil, Refuse("rooms.round_not", "place", x.site().PlaceLabel(place))
}

// roomDone notes on the room what was done there. The last room ends the upkeep.
func roomDone(x *turn) error {
	room, err := x.room(x.args.Get("place"))
	if err != nil {
		return err
	}
	room.At, room.By = x.now(), x.actor.Person.ID
	r := x.w.Room(room.Place)
	if !r.Since.IsZero() {
		r.Care = maps.Clone(r.Care)
		if r.Care == nil {
			r.Care = map[string]Care{}
		}
		room.Was = map[string]Care{}
		for _, task := range room.Tasks {
			room.Was[task] = r.Care[task]
			r.Care[task] = Care{Done: x.now(), By: x.actor.Person.ID, Ticket: x.t.ID}
		}
		x.out.House.Rooms = append(x.out.House.Rooms, r)
	}
	x.endUpkeep()
	return nil
}

// careBefore gives rooms that are on the list again the care that they had before they
// were ticked off.
func (x *turn) careBefore() {
	if x.t.Upkeep == nil || x.before.Upkeep == nil {
		return
	}
	for i, room := range x.before.Upkeep.Rooms {
		if i >= len(x.t.Upkeep.Rooms) || room.At.IsZero() || !x.t.Upkeep.Rooms[i].Waits() {
			continue
		}
		r := x.w.Room(room.Place)
		r.Care = maps.Clone(r.Care)
		for task, was := range room.Was {
			r.Care[task] = was
		}
		x.out.House.Rooms = append(x.out.House.Rooms, r)
	}
}

// endUpkeep closes a upkeep on which nothing waits.
func (x *turn) endUpkeep() {
	if x.t.Upkeep.Left() > 0 {
		return
	}
	x.enter(StateClosed)
	x.t.DoneAt, x.t.ClosedAt, x.t.ClosedBy = x.now(), x.now(), "upkeep"
}

// restLeft ends a upkeep although rooms wait: they come again with the next.
func restLeft(x *turn) error {
	x.t.DoneAt, x.t.ClosedAt, x.t.ClosedBy = x.now(), x.now(), "upkeep"
	return nil
}

// roomsNew adds rooms and tasks to a upkeep that is not done yet.
func roomsNew(x *turn) error {
	round := *x.t.Upkeep
	round.Rooms = slices.Clone(round.Rooms)
	for _, add := range parseUpkeepRooms(x.args.Get("rooms")) {
		i := slices.IndexFunc(round.Rooms, func(r UpkeepRoom) bool { return r.Place == add.Place && r.Waits() })
		if i < 0 {
			round.Rooms = append(round.Rooms, add)
			continue
		}
		room := &round.Rooms[i]
		room.Tasks = slices.Clone(room.Tasks)
		for _, task := range add.Tasks {
			if !slices.Contains(room.Tasks, task) {
				room.Tasks = append(room.Tasks, task)
			}
		}
	}
	x.t.Upkeep = &round
	return nil
}

// roomOff takes a room off the list.
func roomOff(x *turn) error {
	room, err := x.room(x.args.Get("place"))
	if err != nil {
		return err
	}
	room.Off = true
	x.endUpkeep()
	return nil
}

// offUpkeeps takes a room off every upkeep that has it on its list: its state changes.
func offUpkeeps(w World, r Room) (Effects, error) {
	var out Effects
	var seen []string
	for _, task := range slices.Sorted(maps.Keys(r.Care)) {
		id := r.Care[task].Ticket
		t, ok := w.Ticket(id)
		if !ok || t.Upkeep == nil || !t.State.Open() || slices.Contains(seen, id) ||
			!slices.ContainsFunc(t.Upkeep.Rooms, func(room UpkeepRoom) bool { return room.Place == r.Place && room.Waits() }) {
			continue
		}
		seen = append(seen, id)
		// It is a rule's event, and no action that anybody could ask for; tables of
		// other kinds lead here.
		x := &turn{w: w, before: t, t: t, args: With("place", r.Place)}
		x.t.Seq++
		x.event = Event{Ticket: t.ID, Seq: x.t.Seq, At: w.Now(), Action: RoomOff, From: t.State, Details: x.args.Values}
		if err := roomOff(x); err != nil {
			return out, err
		}
		out.Add(x.effects())
	}
	return out, nil
}

// upkeepRooms writes rooms with their tasks as an event keeps them: 3-502:look+air.
func upkeepRooms(list []UpkeepRoom) string {
	var words []string
	for _, r := range list {
		words = append(words, r.Place+":"+strings.Join(r.Tasks, "+"))
	}
	return strings.Join(words, ",")
}

func parseUpkeepRooms(text string) []UpkeepRoom {
	var list []UpkeepRoom
	for word := range strings.SplitSeq(text, ",") {
		if place, tasks, ok := strings.Cut(word, ":"); ok {
			list = append(list, UpkeepRoom{Place: place, Tasks: strings.Split(tasks, "+")})
		}
	}
	return list
}
