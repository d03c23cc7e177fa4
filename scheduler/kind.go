package scheduler

import (
	"context"
	"errors"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// runKind runs a job that is not a ticket's timer. One that gathers reads in a
// view, beside all updates, and then commits briefly; if one of its tickets was
// changed meanwhile, it gathers anew.
func (s *Scheduler) runKind(ctx context.Context, now time.Time, job desk.Job, kind desk.JobKind) error {
	if !kind.Gather {
		return s.store.Update(ctx, func(tx *storage.Tx) error {
			writer := s.writer()
			w := storage.NewWorld(tx, writer.Site)
			return s.finish(tx, now, job, func(planned desk.Job) error {
				return apply(tx, writer, w, func() (desk.Effects, error) { return kind.Run(w, planned) })
			})
		})
	}
	for range gatherAgain {
		wanted, err := s.gather(ctx, now, job, kind)
		if err != nil {
			return err
		}
		err = s.store.Update(ctx, func(tx *storage.Tx) error {
			return s.finish(tx, now, job, func(desk.Job) error {
				if err := recheck(tx, wanted); err != nil {
					return err
				}
				return s.writer().Apply(tx, wanted)
			})
		})
		if !errors.Is(err, errChanged) {
			return err
		}
	}
	return errChanged
}

// gatherAgain is how often a job gathers anew, when somebody was faster, before
// it is put off.
const gatherAgain = 5

var errChanged = errors.New("a ticket was changed while the job was gathering")

// gather asks a kind, in a view, what it wants.
func (s *Scheduler) gather(ctx context.Context, now time.Time, job desk.Job, kind desk.JobKind) (wanted desk.Effects, err error) {
	err = s.store.View(ctx, func(tx *storage.Tx) error {
		w := storage.NewWorld(tx, s.writer().Site)
		return protect(func() (err error) {
			if wanted, err = kind.Run(w, s.planned(w.Site(), now, job)); err == nil {
				err = w.Err()
			}
			return err
		})
	})
	return wanted, err
}

// recheck returns errChanged when a ticket that was gathered is no longer as it
// was: what is wanted was made of the old one, and would overwrite the new one.
func recheck(tx *storage.Tx, wanted desk.Effects) error {
	events := map[string]int{}
	for _, e := range wanted.Events {
		events[e.Ticket]++
	}
	seq := map[string]int{}
	for _, t := range wanted.Tickets {
		seq[t.ID] = max(seq[t.ID], t.Seq)
	}
	for id, last := range seq {
		stored, _, err := storage.Tickets.Get(tx, id)
		if err != nil {
			return err
		}
		if stored.Seq != last-events[id] {
			return errChanged
		}
	}
	return nil
}

// finish ends a job in the transaction in which what it wants is written, so
// that neither happens without the other. It does nothing when the row was
// changed meanwhile. The row goes, or a recurring one moves to its next run,
// before then is called: what that sets anew stays.
func (s *Scheduler) finish(tx *storage.Tx, now time.Time, job desk.Job, then func(planned desk.Job) error) error {
	row, same, err := unchanged(tx, job)
	if err != nil || !same {
		return err
	}
	site := s.writer().Site
	planned := s.planned(site, now, row)
	next := desk.Job{Key: row.Key, Kind: row.Kind}
	if schedule, ok := s.schedule(site, row); ok {
		next.Subject = schedule.Period(planned.Due)
		next.Due = schedule.NextFor(now, next.Subject)
	}
	if next.Due.IsZero() {
		err = storage.Jobs.Delete(tx, row.Key)
	} else {
		err = storage.Jobs.Put(tx, next)
	}
	if err != nil {
		return err
	}
	return then(planned)
}

// planned is the job as its rule sees it. A recurring one is due when its latest
// run was, whenever it comes to run: reports and keys of messages go by that.
func (s *Scheduler) planned(site *desk.Site, now time.Time, job desk.Job) desk.Job {
	if schedule, ok := s.schedule(site, job); ok {
		job.Subject = ""
		if latest := schedule.Latest(now); !latest.IsZero() {
			job.Due = latest
		}
	}
	return job
}
