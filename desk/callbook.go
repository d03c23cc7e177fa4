package desk

import "time"

// CallBook is what rules read of calls and samples, each a bounded number of rows.
type CallBook interface {
	// CallsGiven lists the calls that a role was handed out today, at most n. A call
	// that was handed out again since is of that day.
	CallsGiven(role RoleName, n int) []CallTask
	// CallsWaiting lists the open calls of a role that were not handed out today and
	// may be now, oldest first, at most n.
	CallsWaiting(role RoleName, n int) []CallTask
	// Frame finds what a sample is drawn from.
	Frame(id string) (Frame, bool)
	// LastDone finds the newest finished work of a category in a place since a time.
	LastDone(place, category string, since time.Time) (Ticket, bool)
}
