package main

import (
	"log/slog"
	"testing"
	"time"

	"frontdesk/scheduler"
	"frontdesk/storage/memory"
)

// TestReadyScheduler does not step the scheduler for a while: as if it hung.
func TestReadyScheduler(t *testing.T) {
	config := loadExample(t)
	now := time.Date(2026, 11, 24, 6, 0, 0, 0, config.Site.Zone)
	app, err := NewApp(config, memory.New(), nil, AppOptions{Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer app.Close()
	step := func(at time.Time, also bool) Part {
		t.Helper()
		now = at
		if also {
			if _, err := app.Scheduler.Step(t.Context(), now); err != nil {
				t.Fatal(err)
			}
		}
		return app.scheduling(t.Context(), now)
	}
	// The lists come due at 8:05, the digest at 8:10.
	at := func(hour, minute, second int) time.Time {
		return time.Date(2026, 11, 24, hour, minute, second, 0, config.Site.Zone)
	}
	for _, c := range []struct {
		at   time.Time
		step bool
		want bool
	}{
		{at(8, 4, 0), true, true},
		{at(8, 6, 0), false, true},
		{at(8, 6, 1), false, false},
		{at(8, 8, 0), true, true},
		{at(8, 11, 0), false, true},
		{at(8, 11, 1), false, false},
		{at(8, 13, 0), true, true},
	} {
		if p := step(c.at, c.step); p.OK != c.want {
			t.Errorf("at %s, stepped: %v: %+v", c.at.Format("15:04:05"), c.step, p)
		}
	}
	for _, c := range []struct {
		late time.Duration
		want bool
	}{{40 * time.Minute, true}, {41 * time.Minute, false}} {
		b := scheduler.Backlog{Tasks: scheduler.Late{Count: 1, Since: now.Add(-c.late)}}
		if p := app.behind(now, b); p.OK != c.want {
			t.Errorf("a backup that takes %s: %+v", c.late, p)
		}
	}
}
