package desk

import (
	"encoding/json"
	"slices"
	"time"
)

// Actor is who acts: a person, through a channel, perhaps in another's name.
// The zero Actor is the desk itself acting by a rule.
type Actor struct {
	Person Person
	// Via is the channel, SaidAt its time of the words or press.
	Via    string
	SaidAt time.Time
	// For is in whose name, when an operator presses for somebody.
	For string
	// sealed says that it is the secret requester of an anonymous ticket.
	sealed bool
}

// rule tells whether the desk itself acts.
func (a Actor) rule() bool { return a.Person.ID == "" }

// Args are what an action needs beside the press.
type Args struct {
	Values map[string]string
	Files  []File
}

// Get gives a value, or the empty string.
func (a Args) Get(name string) string { return a.Values[name] }

// With makes the Args of pairs of name and value.
func With(pairs ...string) Args {
	a := Args{Values: map[string]string{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		a.Values[pairs[i]] = pairs[i+1]
	}
	return a
}

// turn is one action while it is worked out.
type turn struct {
	w      World
	before Ticket
	t      Ticket
	actor  Actor
	args   Args
	event  Event
	out    Effects
}

func (x *turn) now() time.Time { return x.w.Now() }
func (x *turn) site() *Site    { return x.w.Site() }

// Act lets somebody do something to a ticket. The transition table decides
// whether the state and the person allow it; a refusal is a *UserError that
// says how things stand. What follows is returned as Effects and has not
// happened yet.
func Act(w World, t Ticket, a Action, by Actor, args Args) (Effects, error) {
	if a == Undo {
		return undo(w, t, by)
	}
	if t.Anonymous() && !by.rule() && by.Person.Is(w.Sealed(t.ID)) {
		by.sealed = true
	}
	r, ok := find(t, a)
	if !ok || !may(t, r, by) {
		return Effects{}, refusal(w, t, a, ok)
	}
	x := &turn{w: w, before: t, t: t, actor: by, args: args}
	x.t.Seq++
	x.event = Event{
		Ticket: t.ID, Seq: x.t.Seq, At: w.Now(), SaidAt: by.SaidAt, Action: a, From: t.State,
		By: by.Person.ID, For: by.For, Via: by.Via, Details: args.Values,
	}
	if by.sealed {
		// What an anonymous requester does leaves no name, channel or time of theirs.
		x.event.By, x.event.For, x.event.Via, x.event.SaidAt = "", "", "", zeroTime
	}
	if x.event.For == "" && !by.rule() && instead(t, r, by) {
		x.event.For = t.Taker
	}
	if r.to != "" {
		x.enter(r.to)
	}
	x.t.Last = nil
	if r.then != nil {
		if err := r.then(x); err != nil {
			return Effects{}, err
		}
	}
	if r.undo && !by.rule() {
		x.t.Last = remember(t, x.t.Seq, by.Person.ID, w.Now())
	}
	return x.effects(), nil
}

// enter moves the ticket to a state. Whatever ends a pause, its time goes to
// the books.
func (x *turn) enter(s State) {
	if x.t.State != s {
		x.endPause()
		x.t.State, x.t.Since = s, x.now()
	}
}

// effects puts the changed ticket and its event in front of what follows.
func (x *turn) effects() Effects {
	x.event.To = x.t.State
	out := Effects{Tickets: []Ticket{x.t}, Events: []Event{x.event}}
	out.Add(x.out)
	if x.t.Kind == KindEmergency {
		out.Add(followLadder(x.w, x.before, x.t, x.actor))
	}
	return out
}

// may tells whether the person may, by any of the capacities.
func may(t Ticket, r rule, by Actor) bool {
	for _, c := range r.who {
		if holds(t, c, by) {
			return true
		}
	}
	return false
}

func holds(t Ticket, c capacity, by Actor) bool {
	p := by.Person
	if by.rule() {
		return c == asRule
	}
	if p.Suspended {
		// A suspended employee is still a resident who may look after their own
		// tickets; every role is gone (Person.Has, WorksFor).
		return c == asRequester && (by.sealed || p.Is(t.Requester))
	}
	switch c {
	case asHandler:
		return !by.sealed && t.handles(p)
	case asDepartment:
		return p.WorksFor(t.Department)
	case asOffered:
		return t.Offered != "" && p.WorksFor(t.Offered)
	case asTaker:
		// The desk may press for a taker who cannot: the event keeps both names.
		return t.Taker != "" && (p.Is(t.Taker) && p.WorksFor(t.Department) || p.Desk())
	case asRequester:
		return by.sealed || p.Is(t.Requester) || p.Is(t.FiledBy) && t.Case == nil
	case asJoined:
		return slices.ContainsFunc(t.Joined, p.Is)
	case asAnybody:
		return true
	case asDesk:
		return p.Desk()
	case asManager:
		return p.Manages()
	case asInspector:
		return t.inspects(p) || p.Desk()
	case asFinance:
		return t.confirms(p)
	}
	return false
}

// instead tells whether the desk acts in the taker's name: the history then
// keeps both.
func instead(t Ticket, r rule, by Actor) bool {
	if t.Taker == "" || by.Person.Is(t.Taker) {
		return false
	}
	for _, c := range r.who {
		if c != asTaker && c != asRule && holds(t, c, by) {
			return false
		}
	}
	return holds(t, asTaker, by)
}

// MayAct tells whether the action is open to the person now; it is what decides
// which buttons are drawn in private.
func MayAct(t Ticket, a Action, p Person) bool {
	if a == Undo {
		return t.Last != nil && t.Last.By == p.ID
	}
	r, ok := find(t, a)
	return ok && may(t, r, Actor{Person: p})
}

// refusal says how things stand to somebody whose press did not count.
func refusal(w World, t Ticket, a Action, stateOK bool) error {
	s := w.Site()
	if (t.Case != nil || t.Checkout != nil) && stateOK {
		return Refuse("refuse.right", "number", t.Number)
	}
	d, _ := s.Department(t.Department)
	taker := nameOf(w, t.Taker)
	if stateOK {
		switch {
		case a == Take || a == NotOurs:
			return Refuse("refuse.department", "department", d.Label)
		case a == Accept || a == Decline:
			o, _ := s.Department(t.Offered)
			return Refuse("refuse.department", "department", o.Label)
		case t.Taker != "" && a != Assign:
			return Refuse("refuse.taker", "number", t.Number, "taker", taker)
		}
		return Refuse("refuse.right", "number", t.Number)
	}
	return &UserError{Text: standing(w, t, taker)}
}

// standing is how things stand with a ticket, in one sentence.
func standing(w World, t Ticket, taker string) Text {
	if t.Case != nil || t.Checkout != nil {
		return T("refuse.state", "number", t.Number)
	}
	switch t.State {
	case StateTaken:
		return T("standing.taken", "number", t.Number, "taker", taker, "at", t.TakenAt)
	case StateArrived:
		return T("standing.arrived", "number", t.Number, "taker", taker, "at", t.ArriveAt)
	case StateDone:
		return T("standing.done", "number", t.Number, "taker", taker, "at", t.DoneAt)
	case StatePaused:
		return T("standing.paused", "number", t.Number, "taker", taker, "until", t.Pause.Until)
	case StateReworked:
		next, _ := w.Ticket(t.Rework)
		return T("standing.reworked", "number", t.Number, "next", next.Number)
	}
	return T("standing."+string(t.State), "number", t.Number, "taker", taker)
}

// Standing says how things stand with a ticket, in one sentence.
func Standing(w World, t Ticket) Text { return standing(w, t, nameOf(w, t.Taker)) }

func nameOf(w World, person string) string {
	if person == "" {
		return ""
	}
	p, _ := w.Person(person)
	return p.Called()
}

// remember keeps the ticket as it was, without what it remembers itself.
func remember(t Ticket, seq int, by string, at time.Time) *Undoable {
	t.Last = nil
	before, err := json.Marshal(t)
	if err != nil {
		panic("desk: a ticket that is no JSON: " + err.Error())
	}
	return &Undoable{Seq: seq, By: by, At: at, Before: before}
}
