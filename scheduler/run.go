package scheduler

import (
	"context"
	"errors"
	"time"

	"frontdesk/storage"
)

// lookEvery is how long the scheduler sleeps at most. The timers of Go stand
// still while a virtual machine is suspended, and a wall clock may jump: only a
// look at the clock tells.
const lookEvery = 15 * time.Second

// Run runs what is due until ctx ends; it then returns nil. It returns the error
// of a store that can never commit again, and of one that is closed. Tasks have
// a loop of their own: an alarm never waits for a backup.
func (s *Scheduler) Run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	wake := make(chan struct{}, 1)
	ended := make(chan error, 1)
	go func() {
		defer stop()
		ended <- s.loop(ctx, s.stepTasks, wake, nil)
	}()
	err := s.loop(ctx, s.stepRules, s.store.Woken(storage.WakeJobs), wake)
	stop()
	return errors.Join(err, <-ended)
}

// loop calls a step when it is woken, at the next due time, and now and then. It
// passes each waking on.
func (s *Scheduler) loop(
	ctx context.Context, step func(context.Context, time.Time) (time.Time, error), woken <-chan struct{}, pass chan<- struct{},
) error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	failed := false
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-woken:
		case <-timer.C:
		}
		select {
		case pass <- struct{}{}:
		default:
		}
		next, err := step(ctx, s.now().Round(0))
		if ctx.Err() != nil {
			return nil
		}
		if final(err) {
			return err
		}
		if err != nil && !failed {
			s.log.Error("jobs wait", "error", err)
		}
		failed = err != nil
		timer.Reset(s.pause(next, failed))
	}
}

// pause is how long to sleep.
func (s *Scheduler) pause(next time.Time, failed bool) time.Duration {
	wait := lookEvery
	if failed {
		return time.Second
	}
	if !next.IsZero() {
		wait = min(wait, next.Sub(s.now().Round(0)))
	}
	return max(wait, 0)
}

func final(err error) bool {
	var fatal *storage.FatalError
	return errors.Is(err, storage.ErrClosed) || errors.As(err, &fatal)
}
