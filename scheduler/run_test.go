package scheduler_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"frontdesk/desk"
	"frontdesk/scheduler"
	"frontdesk/storage"
)

// running is a campus whose scheduler runs by itself, on a clock that can be
// set.
func running(t *testing.T, kinds []desk.JobKind, tasks []scheduler.Task, test func(c *campus, ahead func(time.Duration))) {
	synctest.Test(t, func(t *testing.T) {
		var shift atomic.Int64 // the loops read the clock too
		c := newCampus(t, "2026-03-02 10:20")
		_ = c.store.Close()
		start := time.Now()
		base := c.now
		clock := func() time.Time { return base.Add(time.Since(start) + time.Duration(shift.Load())) }
		*c = *newCampus(t, "2026-03-02 10:20", func(s *setup) { s.clock = clock })
		c.s = scheduler.New(c.store, c.writer, kinds, tasks, scheduler.Options{Now: clock, Log: c.logger()})
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- c.s.Run(ctx) }()
		synctest.Wait()
		test(c, func(d time.Duration) { shift.Add(int64(d)) })
		stop()
		if err := <-ended; err != nil {
			t.Errorf("run: %v", err)
		}
		_ = c.store.Close()
	})
}

func TestRunWakes(t *testing.T) {
	running(t, nil, nil, func(c *campus, _ func(time.Duration)) {
		// Nothing is due for hours; then a commit sets a job.
		time.Sleep(time.Hour - time.Second)
		c.open("heat")
		c.heard()
		time.Sleep(15 * time.Minute)
		synctest.Wait()
		c.want("group: take.group R-1001", "chen: take.manager R-1001")
	})
}

func TestRunNoticesTheClock(t *testing.T) {
	running(t, nil, nil, func(c *campus, ahead func(time.Duration)) {
		c.open("heat")
		c.heard()
		ahead(14*time.Minute + 50*time.Second) // The machine was suspended.
		time.Sleep(15 * time.Second)
		synctest.Wait()
		c.want("group: take.group R-1001", "chen: take.manager R-1001")
		ahead(-time.Hour)
		time.Sleep(time.Hour)
		synctest.Wait()
		c.want()
	})
}

func TestAlarmNeverWaitsForABackup(t *testing.T) {
	began := false
	backup := scheduler.Task{Name: "backup", Run: func(ctx context.Context, _ desk.Job) error {
		began = true
		<-ctx.Done()
		return ctx.Err()
	}}
	running(t, nil, []scheduler.Task{backup}, func(c *campus, _ func(time.Duration)) {
		c.do(func(w desk.World) (desk.Effects, error) {
			return desk.Effects{Jobs: []desk.Job{{Key: "backup/now", Kind: "backup", Due: w.Now()}}}, nil
		})
		time.Sleep(16 * time.Second)
		synctest.Wait()
		if !began {
			t.Fatal("the backup did not begin")
		}
		c.open("fire")
		c.heard()
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		c.want("chen: take.manager R-1001", "guard: take.member R-1001")
		time.Sleep(30 * time.Minute) // It is then ended, and tried again.
		synctest.Wait()
		if jobs := c.jobs(); c.log.count("level=ERROR") != 1 {
			t.Errorf("jobs %+v, log %s", jobs, c.log)
		}
	})
}

func TestRunEndsWithTheStore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCampus(t, "2026-03-02 10:20")
		_ = c.store.Close()
		if err := c.s.Run(t.Context()); !errors.Is(err, storage.ErrClosed) {
			t.Errorf("run: %v", err)
		}
	})
}

func TestRunSeventyTwoHours(t *testing.T) {
	running(t, desk.JobKinds, nil, func(c *campus, _ func(time.Duration)) {
		digests := 0
		for range 72 {
			c.open("heat")
			time.Sleep(time.Hour)
			synctest.Wait()
			digests += c.digests()
		}
		if digests != 3 {
			t.Errorf("%d digests in three days", digests)
		}
		if c.log.Len() > 0 {
			t.Errorf("logged: %s", c.log)
		}
	})
}
