package desk

import (
	"slices"
	"strings"
)

const (
	// joinedMost is how many people one ticket tells how it goes.
	joinedMost = 50
	// joinsMost is how many open tickets of others one person can follow.
	joinsMost = 10
)

// The actions of people who join a ticket of somebody else.
const (
	// JoinTicket follows an open ticket about the same; Args "text" and Files are what
	// the person said of it.
	JoinTicket Action = "follow"
	Leave      Action = "unfollow"
	// StillBad tells the follower that it is not fixed for one who joined. It
	// changes no state: the answer to the callback is the requester's.
	StillBad Action = "still_bad"
)

// Joinable tells whether a person may join a ticket instead of filing the same:
// in a public area anybody, in a room those whose own it is. They see the fault
// and how it stands, and nothing that was written, photographed or named.
func (s *Site) Joinable(t Ticket, p Person) bool {
	place, ok := s.Places.Get(t.Place)
	switch {
	case !ok || !t.State.Open() || t.Discreet || t.Kind != KindRepair && t.Kind != KindRequest:
		return false
	case p.ID == "" || p.Suspended || p.Is(t.Requester) || slices.ContainsFunc(t.Joined, p.Is) || len(t.Joined) >= joinedMost:
		return false
	}
	return place.Public() || p.Home != "" && p.Home == t.Place
}

// joinable is Joinable where there is a residents' list: a room is somebody's own
// only if the list says so.
func joinable(w World, t Ticket, p Person) bool {
	place, _ := w.Site().Places.Get(t.Place)
	return w.Site().Joinable(t, p) && (place.Public() || !Unverified(w, p))
}

// Twin finds the open ticket about the same that a person may join: the same
// category in the same place.
func Twin(w World, p Person, category, place string) (Ticket, bool) {
	for _, t := range w.OpenAt(place, 10) {
		if t.Category == category && joinable(w, t, p) {
			return t, true
		}
	}
	return Ticket{}, false
}

// join lets somebody follow a ticket. What they said goes along; it is shown to
// those who do the work.
func join(x *turn) error {
	p := x.actor.Person
	if !joinable(x.w, x.t, p) {
		return Refuse("join.refused", "number", x.t.Number)
	}
	open := 0
	for _, t := range x.w.TicketsJoined(p.ID, 5*joinsMost) {
		if t.State.Open() {
			open++
		}
	}
	if open >= joinsMost {
		return Refuse("join.many", "limit", joinsMost)
	}
	x.t.Joined = append(slices.Clone(x.t.Joined), p.ID)
	if text := strings.TrimSpace(x.args.Get("text")); text != "" {
		x.t.Words = append(slices.Clone(x.t.Words), Words{By: p.ID, At: x.now(), Text: text})
	}
	x.event.Details = nil // The words stand on the ticket.
	room := max(MaxFiles-len(x.t.Files), 0)
	x.t.Files = append(slices.Clone(x.t.Files), x.args.Files[:min(room, len(x.args.Files))]...)
	x.out.Add(joinedPost(x.w, x.t, p.ID))
	x.keepUndo()
	return nil
}

func leave(x *turn) error {
	if !slices.ContainsFunc(x.t.Joined, x.actor.Person.Is) {
		return Refuse("join.not_in", "number", x.t.Number)
	}
	x.t.Joined = slices.DeleteFunc(slices.Clone(x.t.Joined), x.actor.Person.Is)
	x.keepUndo()
	return nil
}

// stillBad passes "it is not fixed here" of one who joined to whoever answers
// for the ticket, once a person.
func stillBad(x *turn) error {
	p := x.actor.Person
	if !slices.ContainsFunc(x.t.Joined, p.Is) {
		return Refuse("join.not_in", "number", x.t.Number)
	}
	if slices.ContainsFunc(x.t.StillBad, p.Is) {
		return Refuse("join.said", "number", x.t.Number)
	}
	if x.now().After(x.site().Calendar.After(x.t.DoneAt, x.site().Callback.ReopenFor)) {
		return Refuse("refuse.old", "number", x.t.Number)
	}
	x.t.StillBad = append(slices.Clone(x.t.StillBad), p.ID)
	x.tell(Answerable(x.w, x.t), T("join.still_bad", "number", x.t.Number, "title", Title(x.site(), x.t), "place", x.place()), ClassNotice)
	x.keepUndo()
	return nil
}

// joinedPost is the view of somebody who joined.
func joinedPost(w World, t Ticket, person string) Effects {
	p, ok := w.Person(person)
	if !ok || p.Address().IsZero() {
		return Effects{}
	}
	return Effects{Posts: []Post{{
		ID: w.NewID(), Kind: PostJoined, Ticket: t.ID, Person: p.ID, Chat: p.Address(),
		Lang: w.Site().Language(p.Lang), Created: w.Now(), Lane: LaneInteractive,
	}}}
}

// tellJoined says something to everybody who joined.
func tellJoined(t Ticket, text Text, rows ...[]Button) Effects {
	var out Effects
	for _, person := range t.Joined {
		out.Say(Message{Person: person, Ticket: t.ID, Class: ClassNotice, Lane: LaneInteractive, Text: text, Buttons: rows})
	}
	return out
}

// joinedDone tells those who joined that it is done, when the requester is
// asked: at an hour when people may be disturbed.
//
//locale:key join.done_request
func joinedDone(w World, t Ticket) Effects {
	return tellJoined(t, T(t.Spoken("join.done"), "number", t.Number, "category", categoryOf(w, t), "place", w.Site().PlaceLabel(t.Place)),
		Row(Button{Label: T("button.still_bad"), Data: PressData(t.ID, StillBad, "")}))
}

func categoryOf(w World, t Ticket) Text {
	c, _ := w.Site().Category(t.Category)
	return T("label", "label", c.Called())
}
