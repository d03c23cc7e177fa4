package desk

import (
	"slices"
	"time"
)

// handActions are what people do to a ticket beside the ordinary course of work: what
// stops or moves a clock, and what changes urgency, department, date or state by hand.
var handActions = []Action{
	PauseWork, Resume, NotMe, MakeUrge, NotOurs, Accept, Decline, Assign, GiveBack, ConfirmEntry, Undo, NotSame, Higher, PassOn,
}

// deskActions are those that are ordinary from whoever filed it or has it, and by hand
// from anybody else.
var deskActions = []Action{Cancel, Reschedule, Locate, Rate, NotFixed, Finish, Arrive, Chase}

// ByHand tells whether an event is one of a person that the audit list names.
func (e Event) ByHand(t Ticket) bool {
	if e.By == "" {
		return false
	}
	if slices.Contains(handActions, e.Action) {
		return true
	}
	return slices.Contains(deskActions, e.Action) && (e.For != "" || e.By != t.Requester && e.By != t.Taker)
}

// Change is one line of the audit list: an event of a ticket, an act, or a change of
// the roster that was entered or ended.
type Change struct {
	At     time.Time
	Ticket Ticket // zero for what is about none
	Event  Event
	Act    HandAct
	Roster RosterChange
	// Ended says that the change of the roster was taken back.
	Ended    bool
	Decision Decision // on a project
}

// ChangesByHand lists what people changed by hand in [from, to), as far as the reader
// may know of it, oldest first. Of a complaint that they must not know of there is
// nothing.
func ChangesByHand(r Reader, reader Person, from, to time.Time) []Change {
	s := r.Site()
	var list []Change
	for _, e := range r.EventsBetween(from, to) {
		t, ok := r.Ticket(e.Ticket)
		if ok && e.ByHand(t) && s.Serves(reader, t) {
			list = append(list, Change{At: e.At, Ticket: t, Event: e})
		}
	}
	for _, a := range r.HandActs(from, to) {
		if a.What != HandDecision { // What was taken back stands on its ticket.
			list = append(list, Change{At: a.At, Act: a})
		}
	}
	within := func(t time.Time) bool { return !t.Before(from) && t.Before(to) }
	for _, x := range r.RosterChanges(s.Calendar.Date(from).AddDays(-1)) {
		if within(x.At) {
			list = append(list, Change{At: x.At, Roster: x})
		}
		if within(x.Ended) {
			list = append(list, Change{At: x.Ended, Roster: x, Ended: true})
		}
	}
	for _, d := range r.DecisionsBetween(from, to) {
		if d.Issue.Kind == IssueProject && d.Undone.IsZero() && knowsTheme(r, reader, d.Issue.Theme, d.At) {
			list = append(list, Change{At: d.At, Decision: d})
		}
	}
	slices.SortStableFunc(list, func(a, b Change) int { return a.At.Compare(b.At) })
	return list
}

// themeSeen is how many complaints of a theme are looked at.
const themeSeen = 20

// knowsTheme tells whether somebody may know of a complaint of a theme from before a
// time: of what they know nothing no project may tell them.
func knowsTheme(r Reader, p Person, theme string, at time.Time) bool {
	since := at.AddDate(0, 0, -repeatedWithin)
	return slices.ContainsFunc(r.TicketsThemed(theme, since, themeSeen), func(t Ticket) bool { return r.Site().Serves(p, t) })
}
