package scheduler

import (
	"context"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// How long the records are kept that nobody needs to keep. Both channels deliver
// an update again for a day at most, and messages have keys with a date.
const (
	keepSeen       = 8 * 24 * time.Hour
	keepCrashes    = 30 * 24 * time.Hour
	keepInvites    = 30 * 24 * time.Hour
	keepDeliveries = 400 * 24 * time.Hour
	keepAlarms     = 30 * 24 * time.Hour // a ticket has what was said
	keepUnclear    = 90 * 24 * time.Hour
	mostUnclear    = 300 // the newest; more nobody will teach
	keepDigests    = 90 * 24 * time.Hour
	keepDead       = 30 * 24 * time.Hour  // messages that were given up
	keepHeld       = 8 * 24 * time.Hour   // messages that wait until somebody writes
	keepSeenNotes  = 30 * 24 * time.Hour  // after somebody has dealt with them
	keepNotes      = 400 * 24 * time.Hour // that nobody ever looked at
	keepQueries    = 7 * 24 * time.Hour
	keepDutyBook   = 400 * 24 * time.Hour // who was there, handovers and notes
)

// cleanAtOnce is how many rows one commit deletes, so that none takes long.
const cleanAtOnce = 500

// Cleanup deletes, every night, what has served its time: marks of handled
// inputs, old invitations, old records of deliveries, dangers and sentences that
// nobody taught, and crashes that did not come again. Tickets and their history are not its business.
func Cleanup(store *storage.Store) Task {
	return Task{
		Name: "cleanup",
		Cron: func(*desk.Site) string { return "0 4 * * *" },
		Run: func(ctx context.Context, _ desk.Job) error {
			for _, sweep := range []func(*storage.Tx) (int, error){sweepSeen, sweepDeliveries, sweepInvites, sweepCrashes, sweepDead, sweepHeld, sweepNotes, sweepQueries, sweepDigests, sweepAlarms, sweepUnclear, sweepPresences, sweepHandovers, sweepShiftNotes, sweepRounds,
				sweepDecisions, sweepHandActs, sweepCertificates, sweepLadders, sweepIncidents, sweepStays} {
				if err := sweepAll(ctx, store, sweep); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// sweepAll sweeps in one small commit after another, until there is nothing left.
func sweepAll(ctx context.Context, store *storage.Store, sweep func(*storage.Tx) (int, error)) error {
	for {
		swept := 0
		err := store.Update(ctx, func(tx *storage.Tx) (err error) {
			swept, err = sweep(tx)
			return err
		})
		if err != nil || swept < cleanAtOnce {
			return err
		}
	}
}

func sweepSeen(tx *storage.Tx) (int, error) {
	return sweepOld(tx, storage.Seen, keepSeen, func(r storage.SeenRow) string { return r.Key })
}

func sweepDeliveries(tx *storage.Tx) (int, error) {
	return sweepOld(tx, storage.Deliveries, keepDeliveries, func(d storage.Delivery) string { return d.ID })
}

func sweepAlarms(tx *storage.Tx) (int, error) {
	return sweepOld(tx, storage.Alarms, keepAlarms, func(a desk.Alarm) string { return a.ID })
}

// sweepUnclear forgets sentences that nobody taught: the old ones, and all but the
// newest.
func sweepUnclear(tx *storage.Tx) (int, error) {
	if n, err := sweepOld(tx, storage.Unclear, keepUnclear, func(u desk.Unclear) string { return u.ID }); n > 0 || err != nil {
		return n, err
	}
	seen := 0
	return remove(tx, storage.Unclear, func(found func(string) error) error {
		return storage.Unclear.By(tx, "at", storage.Range{Reverse: true, Limit: mostUnclear + cleanAtOnce}, func(u desk.Unclear) error {
			if seen++; seen <= mostUnclear {
				return nil
			}
			return found(u.ID)
		})
	})
}

func sweepDigests(tx *storage.Tx) (int, error) {
	return sweepOld(tx, storage.Digests, keepDigests, func(c desk.Counts) string { return storage.TimeKey(c.To) })
}

func sweepPresences(tx *storage.Tx) (int, error) {
	return sweepOld(tx, storage.Presences, keepDutyBook, func(p desk.Presence) string { return storage.Key(p.Shift, p.Person) })
}

func sweepHandovers(tx *storage.Tx) (int, error) {
	return sweepOld(tx, storage.Handovers, keepDutyBook, func(h desk.Handover) string { return h.ID })
}

func sweepRounds(tx *storage.Tx) (int, error) {
	return sweepOld(tx, storage.Rounds, keepDutyBook, func(x desk.Round) string { return x.ID })
}

func sweepShiftNotes(tx *storage.Tx) (int, error) {
	old := storage.Range{To: storage.TimeKey(tx.Now().Add(-keepDutyBook)), Limit: cleanAtOnce}
	return remove(tx, storage.ShiftNotes, func(found func(string) error) error {
		return storage.ShiftNotes.Scan(tx, old, func(n desk.ShiftNote) error {
			return found(storage.Key(storage.TimeKey(n.At), n.ID))
		})
	})
}

// sweepOld deletes the oldest rows of a table that has an index by time.
func sweepOld[T any](tx *storage.Tx, table storage.Table[T], keep time.Duration, id func(T) string) (int, error) {
	old := storage.Range{To: storage.TimeKey(tx.Now().Add(-keep)), Limit: cleanAtOnce}
	return remove(tx, table, func(found func(string) error) error {
		return table.By(tx, "at", old, func(row T) error { return found(id(row)) })
	})
}

func sweepInvites(tx *storage.Tx) (int, error) {
	before := tx.Now().Add(-keepInvites)
	return remove(tx, storage.Invites, func(found func(string) error) error {
		return storage.Invites.Scan(tx, storage.Range{}, func(i desk.Invite) error {
			over := i.Expires
			if !i.UsedAt.IsZero() {
				over = i.UsedAt
			}
			if over.IsZero() || over.After(before) {
				return nil
			}
			return found(i.Code)
		})
	})
}

func sweepQueries(tx *storage.Tx) (int, error) {
	return sweepOld(tx, storage.Queries, keepQueries, func(q desk.Query) string { return q.ID })
}

func sweepDead(tx *storage.Tx) (int, error) {
	old := storage.Range{To: storage.TimeKey(tx.Now().Add(-keepDead)), Limit: cleanAtOnce}
	return remove(tx, storage.Outbox, func(found func(string) error) error {
		return storage.Outbox.Keys(tx, "dead", old, func(_, id string) error { return found(id) })
	})
}

// sweepHeld deletes what waited in vain for somebody to write.
func sweepHeld(tx *storage.Tx) (int, error) {
	var old []storage.Outgoing
	err := storage.Outbox.By(tx, "held", storage.Range{}, func(o storage.Outgoing) error {
		if tx.Now().Sub(o.Created) > keepHeld {
			old = append(old, o)
		}
		if len(old) == cleanAtOnce {
			return storage.Stop
		}
		return nil
	})
	for _, o := range old {
		if err == nil {
			err = storage.DropHeld(tx, o)
		}
	}
	return len(old), err
}

// sweepNotes deletes what was dealt with long ago. What nobody looked at is kept
// for longer, so that a holiday loses nothing.
func sweepNotes(tx *storage.Tx) (int, error) {
	old := storage.Range{To: storage.TimeKey(tx.Now().Add(-keepSeenNotes))}
	return remove(tx, storage.Notes, func(found func(string) error) error {
		return storage.Notes.Scan(tx, old, func(n desk.Note) error {
			served := !n.SeenAt.IsZero() && tx.Now().Sub(n.SeenAt) > keepSeenNotes
			if !served && tx.Now().Sub(n.At) <= keepNotes {
				return nil
			}
			return found(storage.Key(storage.TimeKey(n.At), n.ID))
		})
	})
}

// sweepCrashes leaves parked inputs alone: somebody has to look at them.
func sweepCrashes(tx *storage.Tx) (int, error) {
	before := tx.Now().Add(-keepCrashes)
	return remove(tx, storage.Crashes, func(found func(string) error) error {
		return storage.Crashes.Scan(tx, storage.Range{}, func(c storage.Crash) error {
			if c.Parked || c.Last.After(before) {
				return nil
			}
			return found(c.Key)
		})
	})
}

// remove deletes the rows that a search finds, a bounded number of them.
func remove[T any](tx *storage.Tx, table storage.Table[T], search func(found func(string) error) error) (int, error) {
	var ids []string
	err := search(func(id string) error {
		if ids = append(ids, id); len(ids) == cleanAtOnce {
			return storage.Stop
		}
		return nil
	})
	for _, id := range ids {
		if err == nil {
			err = table.Delete(tx, id)
		}
	}
	return len(ids), err
}
