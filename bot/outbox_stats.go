package bot

import (
	"strconv"
	"sync/atomic"

	"frontdesk/desk"
	"frontdesk/storage"
)

// OutboxStats counts since the start of the program.
type OutboxStats struct {
	Sent    int64 // messages, edits and answers that arrived
	Retried int64 // attempts after which the row was put back
	Dead    int64 // rows given up, of which staff can see the reason
	Dropped int64 // rows that had lost their sense before or instead of being sent
	Limited int64 // times that a chat said there were too many messages
}

type counters struct{ sent, retried, dead, dropped, limited atomic.Int64 }

// Stats returns what happened so far. It may be called from any goroutine.
func (o *Outbox) Stats() OutboxStats {
	return OutboxStats{
		Sent: o.counts.sent.Load(), Retried: o.counts.retried.Load(), Dead: o.counts.dead.Load(),
		Dropped: o.counts.dropped.Load(), Limited: o.counts.limited.Load(),
	}
}

// Waiting counts the rows that wait in each lane. It reads as many index rows
// as there are. It returns an error of the store.
func Waiting(tx *storage.Tx) (map[desk.Lane]int, error) {
	waiting := map[desk.Lane]int{}
	for _, lane := range lanes {
		r := storage.Range{Prefix: storage.Key(strconv.Itoa(int(lane)))}
		n, err := storage.Outbox.Count(tx, "waiting", r)
		if err != nil {
			return nil, err
		}
		waiting[lane] = n
	}
	return waiting, nil
}

// count counts and logs how an attempt ended: with ids and reasons, and with
// what the channel said only at the level of debugging, because that may quote
// a message.
func (o *Outbox) count(f fate) {
	log := o.logger.With("row", f.row.ID, "lane", int(f.row.Lane), "class", f.row.Class, "ticket", f.row.Ticket)
	tell, what := log.Debug, "sent"
	switch {
	case f.state == storage.OutDead:
		o.counts.dead.Add(1)
		tell, what = log.Warn, "given up"
	case f.state == storage.OutWaiting:
		o.counts.retried.Add(1)
		what = "to be sent again"
	case f.reason != "":
		o.counts.dropped.Add(1)
		what = "dropped"
	default:
		o.counts.sent.Add(1)
	}
	tell(what, "reason", f.reason, "attempts", f.row.Attempts)
	if f.err != nil {
		log.Debug("the channel said", "error", f.err)
	}
}
