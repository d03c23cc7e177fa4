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
		schedule, err := s.parsed(spec, site.Zone)
		if err != nil {
			s.complain(r.name, err)
			return Schedule{}, false
		}
		return schedule, true
	}
	return Schedule{}, false
}

// specIn is a schedule as it is written, in a zone.
type specIn struct {
	spec string
	zone *time.Location
}

// parsed is ParseSchedule, once for each: every step asks for all of them.
func (s *Scheduler) parsed(spec string, zone *time.Location) (Schedule, error) {
	key := specIn{spec, zone}
	if known, ok := s.schedules.Load(key); ok {
		return known.(Schedule), nil
	}
	schedule, err := ParseSchedule(spec, zone)
	if err == nil {
		s.schedules.Store(key, schedule)
	}
	return schedule, err
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
	var changed []string
	err := s.store.View(ctx, func(tx *storage.Tx) error {
		changed = nil
		for _, r := range s.recurring {
			_, same, err := s.rowOf(tx, now, r.name)
			if err != nil {
				return err
			}
			if !same {
				changed = append(changed, r.name)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, name := range changed {
		err := s.store.Update(ctx, func(tx *storage.Tx) error {
			want, same, err := s.rowOf(tx, now, name)
			switch {
			case err != nil || same:
				return err
			case want.Due.IsZero():
				return storage.Jobs.Delete(tx, name)
			}
			return storage.Jobs.Put(tx, want)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// rowOf is how the row of a recurring job should be, and whether it is so.
func (s *Scheduler) rowOf(tx *storage.Tx, now time.Time, name string) (want desk.Job, same bool, err error) {
	row, found, err := storage.Jobs.Get(tx, name)
	if err != nil {
		return want, false, err
	}
	want = s.wanted(s.writer().Site, now, name, row)
	return want, want.Due.IsZero() && !found || found && want == row, nil
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
