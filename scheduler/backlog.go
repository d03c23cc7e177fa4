package scheduler

import (
	"context"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// Backlog is what is due and has not been done.
type Backlog struct {
	// Rules are timers and lists, which take no time; Tasks may be under way, a
	// backup for minutes.
	Rules, Tasks Late
}

// Late is how much is late.
type Late struct {
	Count int
	Since time.Time // when the first of it came due; zero when there is none
}

// Backlog tells what is late at now. It looks at the first twenty thousand jobs
// that are due, in a View. It returns an error of the store.
func (s *Scheduler) Backlog(ctx context.Context, now time.Time) (Backlog, error) {
	var b Backlog
	err := s.store.View(ctx, func(tx *storage.Tx) error {
		b = Backlog{}
		due := storage.Range{To: storage.TimeKey(now), Limit: maxDue}
		return storage.Jobs.By(tx, "due", due, func(j desk.Job) error {
			late := &b.Rules
			if s.isTask(j.Key) {
				late = &b.Tasks
			}
			if late.Count++; late.Count == 1 {
				late.Since = j.Due
			}
			return nil
		})
	})
	return b, err
}
