package scheduler

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// A job that fails is tried again after a minute, then after two, four and so
// on up to an hour. It is never given up: whatever it is for is still owed.
const (
	firstRetry = time.Minute
	lastRetry  = time.Hour
)

func backoff(attempt int) time.Duration {
	wait := firstRetry
	for range attempt - 1 {
		if wait *= 2; wait >= lastRetry {
			return lastRetry
		}
	}
	return wait
}

// settle looks at how a job ended. What the store itself refused is returned and
// is nobody's failure; anything else is kept in the job's row, which is tried
// again, so that one failing job never stops the others.
func (s *Scheduler) settle(ctx context.Context, now time.Time, job desk.Job, failure error) error {
	if failure == nil {
		return nil
	}
	if ofStore(ctx, failure) {
		return failure
	}
	attempt := job.Attempt + 1
	err := s.store.Update(ctx, func(tx *storage.Tx) error {
		row, same, err := unchanged(tx, job)
		if err != nil || !same {
			return err
		}
		row.Attempt, row.Last, row.Due = attempt, reason(failure), now.Add(backoff(attempt))
		return storage.Jobs.Put(tx, row)
	})
	level := slog.LevelError
	if attempt > 1 {
		level = slog.LevelWarn // An alarm was raised the first time.
	}
	s.log.Log(ctx, level, "job failed", "job", job.Key, "attempt", attempt, "retry", backoff(attempt), "error", reason(failure))
	return err
}

// ofStore tells whether a failure is the store's or the end of the program.
func ofStore(ctx context.Context, err error) bool {
	var fatal *storage.FatalError
	return ctx.Err() != nil || errors.Is(err, storage.ErrClosed) || errors.Is(err, storage.ErrFull) || errors.As(err, &fatal)
}

// reason is an error in a length that a row should have.
func reason(err error) string {
	const most = 300
	text := strings.ToValidUTF8(strings.ReplaceAll(err.Error(), "\x00", ""), "")
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "")
	}
	return text
}

// protect turns a panic outside of an update into an error; the store does it
// inside.
func protect(fn func() error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = fmt.Errorf("panicked: %v", value)
		}
	}()
	return fn()
}

// unchanged reads a job's row anew and tells whether it is still there and due
// at the same time.
func unchanged(tx *storage.Tx, job desk.Job) (row desk.Job, same bool, err error) {
	row, found, err := storage.Jobs.Get(tx, job.Key)
	return row, found && row.Due.Equal(job.Due), err
}
