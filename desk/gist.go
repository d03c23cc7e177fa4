package desk

import (
	"fmt"
	"strings"
	"time"
)

// Gist is what a post of a ticket tells its reader that matters to them, as a value
// to compare. Where the message that shows the post cannot be replaced, it stays
// as it is until the gist is another, and then a new message follows: nobody gets
// one for every change. It is empty when nothing is worth a message: what the
// reader must know at such a change is said to them in a message of its own.
//
// A group and those on duty hear of a ticket that can be taken; that it was taken
// they see when they press. The taker gets the buttons of each state. The resident
// and those who joined hear who has it and the time that is promised: the callback,
// no access, a pause and an end are messages.
func Gist(kind PostKind, t Ticket) string {
	if t.Checkout != nil {
		return checkoutGist(kind, t)
	}
	switch kind {
	case PostGroup, PostMember:
		if t.State == StateNew {
			return gist(t.State, t.Urgency, t.Place, t.Clocks.Take)
		}
	case PostTaker:
		if t.State.Open() {
			return gist(t.State, t.Urgency, t.Place, t.Entry, t.From, t.Clocks.Arrive)
		}
	case PostRequester:
		switch t.State {
		case StateNew, StateOffered:
			return gist("waiting", t.ReworkNo > 0)
		case StateTaken:
			promised := t.Clocks.Arrive
			if !t.From.IsZero() {
				promised = t.From
			}
			return gist(t.State, t.Taker, promised)
		}
	case PostJoined:
		switch t.State {
		case StateNew, StateOffered:
			return "waiting"
		case StateTaken, StateArrived:
			return "taken"
		}
	case PostCall:
		if t.Call.Open() && t.Call.Holder != "" {
			return gist(t.Call.Given)
		}
	case PostDesk:
		if t.State.Open() {
			return gist(t.State, t.Department, t.Taker)
		}
	}
	return ""
}

func gist(parts ...any) string {
	said := make([]string, len(parts))
	for i, part := range parts {
		if at, is := part.(time.Time); is {
			part = at.Unix()
		}
		said[i] = fmt.Sprint(part)
	}
	return strings.Join(said, "|")
}

// checkoutGist is what matters of a booking: to whose it is the hour, and to who
// looked it up the state. Offers, losses and reminders are messages of their own.
func checkoutGist(kind PostKind, t Ticket) string {
	c := t.Checkout
	switch {
	case kind == PostRequester && t.State == StateNew && c.Lost.IsZero():
		return gist(c.how(), c.Day, c.Slot)
	case kind == PostDesk && t.State.Open():
		return gist(t.State, c.how(), c.Day, c.Slot)
	}
	return ""
}
