package bot

import (
	"strconv"
	"sync/atomic"
	"time"

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

type counters struct {
	sent, retried, dead, dropped, limited atomic.Int64
	last                                  atomic.Int64 // sending, in nanoseconds
}

// Stats returns what happened so far. It may be called from any goroutine.
func (o *Outbox) Stats() OutboxStats {
	return OutboxStats{
		Sent: o.counts.sent.Load(), Retried: o.counts.retried.Load(), Dead: o.counts.dead.Load(),
		Dropped: o.counts.dropped.Load(), Limited: o.counts.limited.Load(),
	}
}

// LastSent is when something arrived last; zero when nothing has. It may be
// called from any goroutine.
func (o *Outbox) LastSent() time.Time {
	if last := o.counts.last.Load(); last != 0 {
		return time.Unix(0, last)
	}
	return time.Time{}
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
func (o *Outbox) count(now time.Time, f fate) {
	ticket := f.row.Ticket
	if f.row.Secret {
		ticket = "" // Beside what the channel says it would tell whose it is.
	}
	log := o.logger.With("row", f.row.ID, "lane", int(f.row.Lane), "class", f.row.Class, "ticket", ticket)
	tell, what, outcome := log.Debug, "sent", AttemptSent
	switch {
	case f.state == storage.OutDead:
		o.counts.dead.Add(1)
		tell, what, outcome = log.Warn, "given up", AttemptDead
	case f.state == storage.OutWaiting:
		o.counts.retried.Add(1)
		what, outcome = "to be sent again", AttemptRetried
	case f.state == storage.OutHeld:
		what, outcome = "held", AttemptHeld
	case f.reason != "":
		o.counts.dropped.Add(1)
		what, outcome = "dropped", AttemptDropped
	default:
		o.counts.sent.Add(1)
		o.counts.last.Store(now.UnixNano())
	}
	o.observe(f.row, outcome, f.reason)
	tell(what, "reason", f.reason, "attempts", f.row.Attempts)
	if f.err != nil {
		log.Debug("the channel said", "error", f.err)
	}
}

func (o *Outbox) observe(row storage.Outgoing, outcome, reason string) {
	if o.opts.Observe == nil {
		return
	}
	class := string(row.Class)
	if row.PressID != "" {
		class = "answer"
	}
	o.opts.Observe(Attempt{Channel: row.Chat.Channel, Class: class, Outcome: outcome, Reason: reason})
}
