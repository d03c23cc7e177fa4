package desk

import "slices"

// Action is what somebody does to a ticket. The names stand in buttons and in
// events and are never reused.
type Action string

// The actions.
const (
	Opened     Action = "open"
	Take       Action = "take"
	NotOurs    Action = "not_ours" // Args "department": whose it is instead
	Accept     Action = "accept"   // the other department consents
	Decline    Action = "decline"  // it does not: the duty manager decides
	Assign     Action = "assign"   // the duty manager decides: Args "department"
	Arrive     Action = "arrived"
	PauseWork  Action = "pause" // Args "reason", "limit", "note"
	Resume     Action = "resume"
	NoAccess   Action = "no_access"
	Reschedule Action = "when" // Args "slot"
	Finish     Action = "done" // Files: the photo of the finished work
	GiveBack   Action = "give_back"
	Undo       Action = "undo"
	UsedParts  Action = "parts" // Args "parts"
	AddProof   Action = "proof" // Files: more photos of the finished work
	ShowPhone  Action = "phone" // the taker looked at the resident's number
	// ConfirmEntry is the desk's word that one may enter for somebody unverified.
	ConfirmEntry Action = "confirm_entry"
	Joined       Action = "join" // the requester's records were joined: Args "to"

	Cancel   Action = "cancel"
	Chase    Action = "chase"
	MakeUrge Action = "urgent"
	AddWords Action = "add"    // Args "text"; Files
	AddNote  Action = "note"   // Args "text": internal
	Locate   Action = "locate" // Args "place": where it is
	Rate     Action = "rate"   // Args "rating": good | fair
	Wanting  Action = "want"   // Args "what": speed | quality | manner
	NotFixed Action = "broken" // the callback's answer, or later "it's back"
	CallDone Action = "called" // Args "result", "note"
	TakeCall Action = "call"   // to phone the requester oneself

	NotMe Action = "not_me" // the work does not wait for the resident, whatever the pause says

	Closed    Action = "close"   // by rule
	PassOn    Action = "pass_on" // at a handover: Args "from", "to"
	Announced Action = "announce"
	Nudged    Action = "nudge"  // the desk reminded somebody: Details say whom
	Recurred  Action = "recur"  // the same was reported again: Args "next"
	Coming    Action = "coming" // somebody who was called to an emergency comes
	// FalseAlarm says that there is no emergency.
	FalseAlarm Action = "false_alarm"
	// NotSame is the desk's word that it is another fault than the one before.
	NotSame Action = "not_same"
)

// capacity is in what quality somebody may act.
type capacity string

const (
	asDepartment capacity = "department" // an employee of the ticket's department
	asOffered    capacity = "offered"    // an employee of the department that is asked to have it
	asTaker      capacity = "taker"
	asRequester  capacity = "requester" // or who filed it
	asJoined     capacity = "joined"    // somebody who joined it
	asAnybody    capacity = "anybody"   // the rule itself looks who it is
	asDesk       capacity = "desk"      // an operator or manager
	asManager    capacity = "manager"
	asRule       capacity = "rule" // the desk itself
)

// rule is one row of the transition table.
type rule struct {
	from   []State
	action Action
	who    []capacity
	// to is the state after it; empty keeps the state.
	to State
	// then changes the ticket further and says what follows.
	then func(*turn) error
	// undo marks presses of staff that can be taken back.
	undo bool
}

var (
	open     = []State{StateNew, StateOffered, StateTaken, StateArrived, StatePaused, StateNoAccess}
	atWork   = []State{StateTaken, StateArrived, StateNoAccess}
	finished = []State{StateDone, StateClosed}
	always   = []State{StateNew, StateOffered, StateTaken, StateArrived, StatePaused, StateNoAccess, StateDone, StateClosed, StateReworked, StateCancelled}
)

// table is the transition table of repairs, requests and emergencies: from which state,
// which action, who may, to which state, and what follows. What it does not
// list cannot happen.
var table = []rule{
	{from: []State{StateNew}, action: Take, who: []capacity{asDepartment}, to: StateTaken, then: take, undo: true},
	{from: []State{StateNew}, action: NotOurs, who: []capacity{asDepartment, asManager}, to: StateOffered, then: notOurs, undo: true},
	{from: []State{StateTaken}, action: NotOurs, who: []capacity{asTaker, asManager}, to: StateOffered, then: notOurs, undo: true},
	{from: []State{StateOffered}, action: Accept, who: []capacity{asOffered}, to: StateNew, then: accept},
	{from: []State{StateOffered}, action: Decline, who: []capacity{asOffered}, then: decline},
	{from: []State{StateNew, StateOffered, StateTaken}, action: Assign, who: []capacity{asManager}, to: StateNew, then: assign},
	{from: []State{StateTaken, StateNoAccess}, action: Arrive, who: []capacity{asTaker}, to: StateArrived, then: arrive, undo: true},
	{from: atWork, action: PauseWork, who: []capacity{asTaker}, to: StatePaused, then: pause, undo: true},
	{from: []State{StatePaused}, action: NotMe, who: []capacity{asRequester}, then: notMe},
	{from: []State{StatePaused}, action: Resume, who: []capacity{asTaker, asRule}, then: resume, undo: true},
	{from: []State{StateTaken, StateArrived}, action: NoAccess, who: []capacity{asTaker}, to: StateNoAccess, then: noAccess, undo: true},
	{from: []State{StateNew, StateTaken, StateNoAccess}, action: Reschedule, who: []capacity{asRequester, asDesk, asTaker}, then: reschedule},
	{from: atWork, action: Finish, who: []capacity{asTaker}, to: StateDone, then: finish, undo: true},
	{from: []State{StateTaken, StateArrived, StatePaused, StateNoAccess}, action: GiveBack, who: []capacity{asTaker, asManager, asRule}, to: StateNew, then: giveBack, undo: true},
	{from: always, action: Undo, who: []capacity{asRule}, then: nil},
	{from: []State{StateTaken, StateArrived, StatePaused, StateDone}, action: UsedParts, who: []capacity{asTaker}, then: usedParts},
	{from: finished, action: AddProof, who: []capacity{asTaker}, then: addProof},
	{from: open, action: ShowPhone, who: []capacity{asTaker}, then: showPhone},
	{from: open, action: ConfirmEntry, who: []capacity{asDesk}, then: confirmEntry},
	{from: always, action: Joined, who: []capacity{asRule}, then: joined},
	{from: always, action: AddNote, who: []capacity{asDepartment, asTaker, asDesk}, then: addNote},

	{from: open, action: Cancel, who: []capacity{asRequester, asDesk}, to: StateCancelled, then: cancel},
	{from: open, action: Chase, who: []capacity{asRequester, asDesk}, then: chase},
	{from: open, action: MakeUrge, who: []capacity{asRequester, asDesk}, then: makeUrgent},
	{from: append([]State{StateDone}, open...), action: AddWords, who: []capacity{asRequester, asTaker, asDesk}, then: addWords},
	{from: open, action: Locate, who: []capacity{asRequester, asDesk}, then: locate},
	{from: open, action: JoinTicket, who: []capacity{asAnybody}, then: join},
	{from: append([]State{StateDone}, open...), action: Leave, who: []capacity{asJoined}, then: leave},
	{from: finished, action: StillBad, who: []capacity{asJoined}, then: stillBad},
	{from: []State{StateDone}, action: Rate, who: []capacity{asRequester, asDesk}, to: StateClosed, then: rate},
	{from: []State{StateClosed}, action: Wanting, who: []capacity{asRequester, asDesk}, then: wanting},
	{from: finished, action: NotFixed, who: []capacity{asRequester, asDesk}, to: StateReworked, then: notFixed},
	{from: finished, action: CallDone, who: []capacity{asDesk, asRule}, then: callDone},
	{from: finished, action: TakeCall, who: []capacity{asDesk}, then: takeCall},
	{from: []State{StateDone}, action: Closed, who: []capacity{asRule}, to: StateClosed, then: closeByRule},
	{from: []State{StateNew}, action: Announced, who: []capacity{asRule}, then: announce},
	{from: open, action: PassOn, who: []capacity{asRule}, then: passOn},
	{from: always, action: Nudged, who: []capacity{asRule}, then: nil},
	{from: always, action: NotSame, who: []capacity{asDesk}, then: notSame},
}

// tables are the tables of the kinds that have one of their own.
var tables = map[string][]rule{
	KindRepair: table, KindComplaint: caseTable, KindSuggestion: suggestionTable, KindPraise: praiseTable,
	KindCheckout:  checkoutTable,
	KindEmergency: emergencyTable,
	KindUpkeep:    upkeepTable,
}

// tableOf is the transition table of a kind.
func tableOf(kind string) []rule {
	if own, ok := tables[kind]; ok {
		return own
	}
	return table
}

// find gives the row for an action on a ticket as it stands.
func find(t Ticket, a Action) (rule, bool) {
	for _, r := range tableOf(t.Kind) {
		if r.action == a && slices.Contains(r.from, t.State) {
			return r, true
		}
	}
	return rule{}, false
}

// Known tells whether the action is in any table at all.
func (a Action) Known() bool {
	for _, rows := range tables {
		if slices.ContainsFunc(rows, func(r rule) bool { return r.action == a }) {
			return true
		}
	}
	return false
}

// Table lists the transition table of a kind in words: for documents, and for
// tests that try every cell.
func Table(kind string) []Transition {
	var list []Transition
	for _, r := range tableOf(kind) {
		for _, from := range r.from {
			t := Transition{From: from, Action: r.action, To: r.to, Undo: r.undo}
			for _, c := range r.who {
				t.Who = append(t.Who, string(c))
			}
			list = append(list, t)
		}
	}
	return list
}

// Transition is one cell of the table.
type Transition struct {
	From   State
	Action Action
	Who    []string
	To     State // empty: stays
	Undo   bool
}

// InTable tells whether the action exists for anybody, as the ticket stands.
func InTable(t Ticket, a Action) bool {
	_, ok := find(t, a)
	return ok
}
