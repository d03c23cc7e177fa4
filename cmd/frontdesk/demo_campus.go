package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"frontdesk/bot"
	"frontdesk/bot/playground"
	"frontdesk/desk"
	"frontdesk/storage"
)

// campus is a demo that stands behind the page: one goroutine, run, steps the
// desk after everything that the reader does, and plays the day when asked.
type campus struct {
	*demo
	watchers
	scene    playground.Scene
	requests chan request
	ended    chan struct{}
	state    atomic.Pointer[playground.State]
	log      *slog.Logger

	// What follows belongs to the goroutine of run.
	playing, begun, over bool
	speed                int
	// served counts the requests under way; what they do is not paced.
	served int
	today  cast // the residents of the day that can be watched
}

var _ playground.Stage = (*campus)(nil)

// request is something to do in the goroutine of run.
type request struct {
	do   func() error
	done chan error
}

// errEnded is returned to those who ask for something when the program ends.
var errEnded = errors.New("the program ends")

// newCampus opens a desk, plays its history, and stops the clock.
func newCampus(ctx context.Context, seed int64, lang string, log *slog.Logger) (c *campus, closed func(), err error) {
	c = &campus{requests: make(chan request), ended: make(chan struct{}), speed: 1, log: log}
	c.demo = &demo{ctx: ctx, out: io.Discard, day: demoDay.AddDays(-2)}
	if c.faultPhoto, err = playground.Sample("broken"); err != nil {
		return nil, nil, err
	}
	if c.workPhoto, err = playground.Sample("mended"); err != nil {
		return nil, nil, err
	}
	if closed, err = c.open(seed, lang, log); err != nil {
		return nil, nil, err
	}
	watchedRoster(c.config)
	c.cast, c.watchers = newCast(c.demo), newWatchers(c.demo)
	if err = c.app.Menus.Everybody(ctx); err == nil {
		err = c.homed()
	}
	if err == nil {
		err = c.history()
	}
	if err != nil {
		closed()
		return nil, nil, err
	}
	c.yesterday = c.cast.residentsOf()
	c.tomorrow()
	c.scene = c.setScene()
	c.seen = c.show
	c.publish()
	return c, closed, nil
}

// run does what is asked, and plays the day while it is to be played. It returns
// when the context ends, or with an error of the store.
func (c *campus) run() error {
	defer close(c.ended)
	for c.ctx.Err() == nil {
		if c.playing {
			if err := c.playScene(); err != nil && c.ctx.Err() == nil {
				return err
			}
			continue
		}
		select {
		case <-c.ctx.Done():
		case r := <-c.requests:
			c.serve(r)
		}
	}
	return nil
}

func (c *campus) serve(r request) {
	c.served++
	r.done <- r.do()
	c.served--
	c.publish()
}

// ask has something done in the goroutine of run.
func (c *campus) ask(ctx context.Context, do func() error) error {
	r := request{do, make(chan error, 1)}
	select {
	case c.requests <- r:
	case <-ctx.Done():
		return ctx.Err()
	case <-c.ended:
		return errEnded
	}
	select {
	case err := <-r.done:
		return err
	case <-c.ended:
		return errEnded
	}
}

// Act implements playground.Stage. Acting takes a moment, as between two taps;
// then the desk may send what it holds back for seconds, so that nobody waits for
// a clock that stands.
func (c *campus) Act(ctx context.Context, act func() desk.Input) error {
	return c.ask(ctx, func() error {
		if err := c.app.Handler.Handle(c.ctx, []desk.Input{act()}, nil); err != nil {
			return err
		}
		if err := c.settle(); err != nil {
			return err
		}
		if err := c.wait(c.now.Add(tap)); err != nil {
			return err
		}
		return c.deliver()
	})
}

// patience is how long a message that is held back by the limits of a chat is
// waited for.
const patience = 70 * time.Second

// deliver lets the clock run until the outbox has sent what may go by then.
func (c *campus) deliver() error {
	for until := c.now.Add(patience); !c.next.IsZero() && !c.next.After(until); {
		waiting := 0
		err := c.app.Store.View(c.ctx, func(tx *storage.Tx) error {
			lanes, err := bot.Waiting(tx)
			for _, n := range lanes {
				waiting += n
			}
			return err
		})
		if err != nil || waiting == 0 {
			return err
		}
		if err := c.wait(c.next); err != nil {
			return err
		}
	}
	return nil
}

// publish lets the page know how the clock stands.
func (c *campus) publish() {
	state := playground.State{Now: c.now.In(c.zone).Truncate(time.Second), Playing: c.playing, Speed: c.speed, Begun: c.begun, Over: c.over}
	if old := c.state.Swap(&state); old == nil || *old != state {
		c.channel.Wake()
	}
}

// show is called after each step of the desk: while the day plays, the reader
// gets time to read what is new, and may act meanwhile.
func (c *campus) show(grew bool) {
	c.publish()
	if !c.playing || c.served > 0 || !grew {
		return
	}
	timer := time.NewTimer(c.readingTime())
	defer timer.Stop()
	read := false
	for !read || !c.playing {
		select {
		case <-c.ctx.Done():
			return
		case r := <-c.requests:
			c.serve(r)
		case <-timer.C:
			read = true
		}
	}
}

// readingTime is for the newest message, at the speed of the play.
func (c *campus) readingTime() time.Duration {
	log := c.channel.Log()
	last := log[len(log)-1]
	n := utf8.RuneCountInString(last.Message.Text) + utf8.RuneCountInString(last.Text)
	return min(900*time.Millisecond+time.Duration(n)*12*time.Millisecond, 3*time.Second) / time.Duration(c.speed)
}

// State implements playground.Stage.
func (c *campus) State() playground.State { return *c.state.Load() }

// Scene implements playground.Stage.
func (c *campus) Scene() playground.Scene { return c.scene }

// Text implements playground.Stage.
func (c *campus) Text(lang string, t desk.Text) string {
	return c.config.Texts.Render(lang, t, time.Time{})
}
