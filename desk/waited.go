package desk

import "time"

// Waited is one pause of a ticket: who stopped the clock, why, and for how long.
type Waited struct {
	Reason, By string
	From, To   time.Time // To is zero while it waits
	// Denied says that the resident said it did not wait for them: it counts for
	// nothing.
	Denied bool
}

// Took is how long it was, up to now while it goes on.
func (x Waited) Took(now time.Time) time.Duration {
	if x.To.IsZero() {
		return now.Sub(x.From)
	}
	return x.To.Sub(x.From)
}

// Pauses reads the pauses of a ticket out of its history. One that was taken back did
// not happen.
func Pauses(history []Event) []Waited {
	var list []Waited
	for i, e := range history {
		last := len(list) - 1
		switch {
		case e.Action == PauseWork:
			list = append(list, Waited{Reason: e.Details["reason"], By: e.By, From: e.At})
		case e.From != StatePaused || e.To == StatePaused || last < 0 || !list[last].To.IsZero():
		case e.Action == Undo && history[max(i-1, 0)].Action == PauseWork:
			list = list[:last]
		default:
			list[last].To, list[last].Denied = e.At, e.Action == NotMe
		}
	}
	return list
}

// Spent is how long a ticket took from its filing until the work was done, or up to now:
// with its pauses, and without them.
func (t Ticket) Spent(now time.Time) (whole, net time.Duration) {
	end := t.DoneAt
	switch {
	case !end.IsZero():
	case !t.ClosedAt.IsZero(): // It was cancelled.
		end = t.ClosedAt
	default:
		end = now
	}
	whole = end.Sub(t.SaidAt)
	net = whole - t.Paused
	if t.Pause != nil {
		net -= end.Sub(t.Pause.At)
	}
	return whole, max(net, 0)
}
