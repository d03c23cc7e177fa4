package scheduler

import (
	"context"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// Task is work that reads or writes outside of the store, such as a backup or
// the fetching of a file. It runs outside of any transaction, and may run again
// when the program ends before its end was noted: it must not mind.
type Task struct {
	// Name is the kind of its jobs; a recurring task's row has it as key.
	Name string
	// Cron is the schedule of a recurring task; nil for one whose jobs are set by
	// a rule, each for one run. An empty schedule means not at all.
	Cron func(*desk.Site) string
	Run  func(ctx context.Context, job desk.Job) error
}

// taskLimit ends a task that hangs; it is then tried again.
const taskLimit = 30 * time.Minute

// stepTasks runs the tasks that are due, one after another.
func (s *Scheduler) stepTasks(ctx context.Context, now time.Time) (next time.Time, err error) {
	due, err := s.due(ctx, now, true)
	if err != nil {
		return time.Time{}, err
	}
	for _, d := range due {
		if err := s.settle(ctx, now, d.job, s.runTask(ctx, now, d.job)); err != nil {
			return time.Time{}, err
		}
	}
	return s.nextDue(ctx, now, true)
}

func (s *Scheduler) runTask(ctx context.Context, now time.Time, job desk.Job) error {
	task := s.tasks[job.Kind]
	limited, cancel := context.WithTimeout(ctx, taskLimit)
	defer cancel()
	err := protect(func() error { return task.Run(limited, s.planned(s.writer().Site, now, job)) })
	if err != nil {
		return err
	}
	return s.store.Update(ctx, func(tx *storage.Tx) error {
		return s.finish(tx, now, job, func(desk.Job) error { return nil })
	})
}
