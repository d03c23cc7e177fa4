package scheduler

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// Options are what a scheduler takes from its surroundings. The zero value is
// meant for production.
type Options struct {
	// Now is the clock that Run reads; nil means time.Now.
	Now func() time.Time
	// Log gets one error for a job that fails; nil means slog.Default.
	Log *slog.Logger
}

// Scheduler runs what is due.
type Scheduler struct {
	store     *storage.Store
	writer    func() storage.Writer
	kinds     map[string]desk.JobKind
	tasks     map[string]Task
	recurring []recurring
	now       func() time.Time
	log       *slog.Logger
	// complained holds the schedules about which an error was logged.
	complained sync.Map
	// schedules are those that were read already, by what is written.
	schedules sync.Map
}

// New makes a scheduler. The writer is asked for at each job, because the site
// may be read anew meanwhile. New panics when two of the kinds, tasks and
// timers have one name: that is a mistake in the program.
func New(store *storage.Store, writer func() storage.Writer, kinds []desk.JobKind, tasks []Task, opts Options) *Scheduler {
	s := &Scheduler{
		store: store, writer: writer, kinds: map[string]desk.JobKind{}, tasks: map[string]Task{}, now: opts.Now, log: opts.Log,
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.log == nil {
		s.log = slog.Default()
	}
	seen := map[string]bool{}
	register := func(name string, complete bool, cron func(*desk.Site) string) {
		if name == "" || !complete || seen[name] {
			panic("scheduler: job " + name + " is incomplete or named twice")
		}
		seen[name] = true
		if cron != nil {
			s.recurring = append(s.recurring, recurring{name, cron})
		}
	}
	for _, t := range desk.Timers {
		register(t.Kind, true, nil)
	}
	for _, k := range kinds {
		register(k.Name, k.Run != nil, k.Cron)
		s.kinds[k.Name] = k
	}
	for _, t := range tasks {
		register(t.Name, t.Run != nil, t.Cron)
		s.tasks[t.Name] = t
	}
	return s
}

// Step runs everything that is due at now and tells when the next job is; the
// zero time means that there is none. A failing job is no error of Step: it
// returns only those of the store, and of ctx.
func (s *Scheduler) Step(ctx context.Context, now time.Time) (next time.Time, err error) {
	rules, err := s.stepRules(ctx, now)
	if err != nil {
		return time.Time{}, err
	}
	tasks, err := s.stepTasks(ctx, now)
	if err != nil || rules.IsZero() {
		return tasks, err
	}
	if !tasks.IsZero() && tasks.Before(rules) {
		return tasks, nil
	}
	return rules, nil
}

// stepRules runs the timers and kinds that are due.
func (s *Scheduler) stepRules(ctx context.Context, now time.Time) (next time.Time, err error) {
	if err := s.plan(ctx, now); err != nil {
		return time.Time{}, err
	}
	due, err := s.due(ctx, now, false)
	if err != nil {
		return time.Time{}, err
	}
	run, moved := spread(due, now)
	for _, job := range run {
		if err := s.settle(ctx, now, job, s.runJob(ctx, now, job)); err != nil {
			return time.Time{}, err
		}
	}
	if err := s.move(ctx, moved); err != nil {
		return time.Time{}, err
	}
	return s.nextDue(ctx, now, false)
}

var errUnknownKind = errors.New("no rule for this kind of job")

func (s *Scheduler) runJob(ctx context.Context, now time.Time, job desk.Job) error {
	if timer, ok := desk.TimerOf(job.Kind); ok {
		return s.runTimer(ctx, now, job, timer)
	}
	if kind, ok := s.kinds[job.Kind]; ok {
		return s.runKind(ctx, now, job, kind)
	}
	// Perhaps a later version set it: it is kept, and tried again.
	return fmt.Errorf("%w: %s", errUnknownKind, job.Kind)
}
