package desk

import (
	"cmp"
	"slices"
)

// CountedList names a list that a number of the digest was counted from. The
// names stand in buttons and in the store.
type CountedList string

// The lists. A share opens what it is a share of: callbacks all that were asked,
// rated all that were rated.
const (
	ListNew      CountedList = "new"
	ListDone     CountedList = "done"
	ListOpen     CountedList = "open"
	ListOverdue  CountedList = "overdue"
	ListRework   CountedList = "rework"
	ListCallback CountedList = "callback"
	ListRated    CountedList = "rated"
	ListUnrated  CountedList = "unrated"
	ListNight    CountedList = "night"
	ListLate     CountedList = "late" // done, and not in time
	// Of complaints: what was filed in the period, what of it was answered in time,
	// what is a repeat, what is left over at its end.
	ListComplaint  CountedList = "complaint"
	ListReplied    CountedList = "replied"
	ListRepeated   CountedList = "repeated"
	ListLeftOver   CountedList = "left_over"
	ListSuggestion CountedList = "suggestion"
	ListProminent  CountedList = "prominent"
	// Of checkouts: who leaves on the day that begins; whose list was closed, who was
	// not there and whose certificate was issued in the period; and at its end what is
	// being inspected or signed, what is objected to, and who waits for an hour.
	ListLeaving     CountedList = "leaving"
	ListInspected   CountedList = "inspected"
	ListNoShow      CountedList = "no_show"
	ListUnsigned    CountedList = "unsigned"
	ListCertificate CountedList = "certificate"
	ListObjection   CountedList = "objection"
	ListWaiting     CountedList = "waiting"
)

// CountedLists is every list, in the order of its buttons.
var CountedLists = []CountedList{
	ListNew, ListDone, ListLate, ListOpen, ListOverdue, ListRework, ListCallback, ListRated, ListUnrated, ListNight,
	ListComplaint, ListProminent, ListRepeated, ListLeftOver, ListSuggestion,
	ListLeaving, ListInspected, ListNoShow, ListUnsigned, ListCertificate, ListObjection, ListWaiting,
}

// countedIDs are the lists while they are made.
type countedIDs map[CountedList][]string

func (l countedIDs) add(list CountedList, ticket string) { l[list] = append(l[list], ticket) }

// sorted puts every list in its order: the longest overdue first, otherwise the
// oldest.
func (l countedIDs) sorted(w World) map[CountedList][]string {
	for name, ids := range l {
		tickets := make([]Ticket, len(ids))
		for i, id := range ids {
			tickets[i], _ = w.Ticket(id)
		}
		slices.SortFunc(tickets, func(a, b Ticket) int {
			if name == ListOverdue {
				if c := a.Owed().Compare(b.Owed()); c != 0 {
					return c
				}
			}
			return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID))
		})
		for i, t := range tickets {
			ids[i] = t.ID
		}
	}
	return l
}
