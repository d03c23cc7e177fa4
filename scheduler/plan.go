package scheduler

import (
	"context"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// recurring is a kind or task with a schedule.
type recurring struct {
	name string
	cron func(*desk.Site) string
}

// schedule is the schedule of a recurring job's row; not ok for a job that runs
// once, and for a recurring one that has none at present.
func (s *Scheduler) schedule(site *desk.Site, job desk.Job) (Schedule, bool) {
	for _, r := range s.recurring {
		if r.name != job.Kind || r.name != job.Key {
			continue
		}
		spec := r.cron(site)
		if spec == "" {
			return Schedule{}, false
		}
		schedule, err := ParseSchedule(spec, site.Zone)
		if err != nil {
			s.complain(r.name, err)
			return Schedule{}, false
		}
		return schedule, true
	}
	return Schedule{}, false
}

// complain logs once about a schedule that cannot be read. The configuration
// refuses such a one at start.
func (s *Scheduler) complain(name string, err error) {
	if _, known := s.complained.LoadOrStore(name+err.Error(), true); !known {
		s.log.Error("schedule refused", "job", name, "error", err)
	}
}

// plan brings the rows of recurring jobs in line with their schedules: a missing
// row is made, a changed schedule is heeded, and a run that a clock set back has
// left far in the future is brought back.
func (s *Scheduler) plan(ctx context.Context, now time.Time) error {
	for _, r := range s.recurring {
		changed := false
		look := func(write bool) func(*storage.Tx) error {
			return func(tx *storage.Tx) error {
				row, found, err := storage.Jobs.Get(tx, r.name)
				if err != nil {
					return err
				}
				want := s.wanted(s.writer().Site, now, r.name, row)
				switch {
				case want.Due.IsZero() && !found, found && want == row:
					changed = false
				case !write:
					changed = true
				case want.Due.IsZero():
					return storage.Jobs.Delete(tx, r.name)
				default:
					return storage.Jobs.Put(tx, want)
				}
				return nil
			}
		}
		if err := s.store.View(ctx, look(false)); err != nil {
			return err
		}
		if !changed {
			continue
		}
		if err := s.store.Update(ctx, look(true)); err != nil {
			return err
		}
	}
	return nil
}

// wanted is how the row of a recurring job should be; without a due time there
// should be none. Subject is the last period that it ran for.
func (s *Scheduler) wanted(site *desk.Site, now time.Time, name string, row desk.Job) desk.Job {
	schedule, ok := s.schedule(site, desk.Job{Key: name, Kind: name})
	if !ok {
		return desk.Job{}
	}
	want := row
	want.Key, want.Kind, want.Spread = name, name, false
	next := schedule.NextFor(now, row.Subject)
	switch {
	case row.Attempt > 0:
		// It is being tried again; a clock set back must not make that wait.
		if row.Due.Sub(now) > lastRetry {
			want.Due = now
		}
	case row.Due.IsZero(), row.Due.After(now):
		want.Due = next
	case row.Subject != "" && schedule.Period(schedule.Latest(now)) == row.Subject:
		want.Due = next // It has run for this period already.
	}
	if want.Due.Equal(row.Due) {
		want.Due = row.Due
	} else {
		want.Due = want.Due.UTC()
	}
	return want
}
