package scheduler

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// What came due in a downtime is spread: a step runs so many of it at once, and
// the rest is moved, so many to each second after it. A ticket of which two
// things came due has one now and the other some time later.
const (
	burst      = 20
	perTicket  = time.Hour
	moveAtOnce = 250 // rows of one commit
	maxDue     = 20000
	lookAhead  = 1000 // rows that are looked at for the next job
)

// dueJob is a job that is due, with what decides about its turn.
type dueJob struct {
	job     desk.Job
	urgency desk.Urgency
	ticket  bool
	late    bool
}

// rank sorts emergencies to the front, then what else rings, then what is no
// ticket's; within these the order is that of the due times.
func (d dueJob) rank() int {
	switch {
	case d.urgency == desk.Emergency:
		return 0
	case d.urgency == desk.Urgent:
		return 1
	case !d.ticket:
		return 2
	}
	return 3
}

// due lists the jobs of tasks, or all others, that are due, in their turn.
func (s *Scheduler) due(ctx context.Context, now time.Time, tasks bool) ([]dueJob, error) {
	var list []dueJob
	err := s.store.View(ctx, func(tx *storage.Tx) error {
		list = nil
		until := storage.Range{To: storage.TimeKey(now.Add(1))}
		return storage.Jobs.Keys(tx, "due", until, func(_, key string) error {
			if s.isTask(key) != tasks {
				return nil
			}
			j, _, err := storage.Jobs.Get(tx, key)
			if err != nil {
				return err
			}
			d := dueJob{job: j, late: isLate(j, now)}
			if _, ok := desk.TimerOf(j.Kind); ok {
				// A ticket that cannot be read is its own job's failure, not everybody's.
				t, _, _ := storage.Tickets.Get(tx, j.Subject)
				d.ticket, d.urgency = true, t.Urgency
			}
			if list = append(list, d); len(list) == maxDue {
				return storage.Stop
			}
			return nil
		})
	})
	slices.SortStableFunc(list, func(a, b dueJob) int { return cmp.Compare(a.rank(), b.rank()) })
	return list, err
}

// isTask tells whether a job is one of a task, by its key, which begins with its
// kind: so those of tasks are found among many others without reading any.
func (s *Scheduler) isTask(key string) bool {
	kind, _, _ := strings.Cut(key, "/")
	_, ok := s.tasks[kind]
	return ok
}

// spread divides the due jobs into those that run now and those that are moved.
// Emergencies and what is on time always run; so do jobs that are no ticket's,
// of which there are few.
func spread(due []dueJob, now time.Time) (run []desk.Job, moved []move) {
	told := map[string]bool{}
	turns := 0
	for _, d := range due {
		free := !d.late || d.rank() == 0 || d.rank() == 2
		switch {
		case d.late && d.rank() != 0 && d.ticket && told[d.job.Subject]:
			moved = append(moved, move{d.job, now.Add(perTicket + time.Duration(turns/burst)*time.Second)})
			continue
		case free || turns < burst:
			run = append(run, d.job)
		default:
			moved = append(moved, move{d.job, now.Add(time.Duration(turns/burst) * time.Second)})
		}
		if d.late && d.ticket {
			told[d.job.Subject] = true
		}
		if !free {
			turns++
		}
	}
	return run, moved
}

// move is a job that gets another due time.
type move struct {
	job desk.Job
	to  time.Time
}

// move writes the new due times, a bounded number of rows at a time.
func (s *Scheduler) move(ctx context.Context, moves []move) error {
	for part := range slices.Chunk(moves, moveAtOnce) {
		err := s.store.Update(ctx, func(tx *storage.Tx) error {
			for _, m := range part {
				row, same, err := unchanged(tx, m.job)
				if err != nil {
					return err
				}
				if !same {
					continue
				}
				row.Due, row.Spread = m.to, true
				if err := storage.Jobs.Put(tx, row); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// nextDue is when the next job of tasks, or of the others, is due; the zero time
// when there is none.
func (s *Scheduler) nextDue(ctx context.Context, now time.Time, tasks bool) (next time.Time, err error) {
	err = s.store.View(ctx, func(tx *storage.Tx) error {
		looked := 0
		return storage.Jobs.Keys(tx, "due", storage.Range{}, func(_, key string) error {
			if looked++; s.isTask(key) == tasks {
				j, _, err := storage.Jobs.Get(tx, key)
				if next = j.Due; err != nil {
					return err
				}
				return storage.Stop
			}
			if looked == lookAhead {
				next = now.Add(lookEvery) // There may be one: the next step looks again.
				return storage.Stop
			}
			return nil
		})
	})
	// What was set during this step for a time that is past has its turn in the
	// next one, a second later: nothing can make the loop spin.
	if soonest := now.Add(time.Second); !next.IsZero() && next.Before(soonest) {
		next = soonest
	}
	return next, err
}
