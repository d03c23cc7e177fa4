package scheduler

import (
	"context"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// runTimer fires the timer of a ticket, if its time has really come.
func (s *Scheduler) runTimer(ctx context.Context, now time.Time, job desk.Job, timer desk.TicketTimer) error {
	return s.store.Update(ctx, func(tx *storage.Tx) error {
		row, same, err := unchanged(tx, job)
		if err != nil || !same {
			return err
		}
		writer := s.writer()
		w := storage.NewWorld(tx, writer.Site)
		t, found := w.Ticket(row.Subject)
		if w.Err() != nil {
			return w.Err()
		}
		due := time.Time{}
		if found {
			due = timer.Due(writer.Site, t)
		}
		if due.IsZero() {
			return storage.Jobs.Delete(tx, row.Key)
		}
		if due.After(now) {
			return storage.Jobs.Put(tx, desk.Job{Key: row.Key, Kind: row.Kind, Subject: row.Subject, Due: due})
		}
		late := isLate(desk.Job{Due: due}, now)
		if at := permitted(writer.Site, t, row.Kind, now); late && at.After(now) {
			row.Due, row.Spread = at, true
			return storage.Jobs.Put(tx, row)
		}
		// Deleted first: what Apply finds to be due again is then set anew.
		if err := storage.Jobs.Delete(tx, row.Key); err != nil {
			return err
		}
		if err := apply(tx, writer, w, func() (desk.Effects, error) { return timer.Fire(w, t) }); err != nil || !late {
			return err
		}
		return keepApart(tx, writer.Site, t, row, now, due)
	})
}

// apply writes what a rule wants, unless the rule or one of its reads failed.
func apply(tx *storage.Tx, writer storage.Writer, w *storage.World, rule func() (desk.Effects, error)) error {
	effects, err := rule()
	if err == nil {
		err = w.Err()
	}
	if err != nil {
		return err
	}
	return writer.Apply(tx, effects)
}
