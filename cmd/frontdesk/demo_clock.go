package main

import (
	"context"
	"time"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// farthest is how long nothing may happen before the search for the next thing
// is given up.
const farthest = 72 * time.Hour

// digestAt is when the digest of the example's configuration comes.
const digestAt = desk.ClockTime(8*60 + 10)

// Move implements playground.Stage.
func (c *campus) Move(ctx context.Context, m playground.Move) error {
	return c.ask(ctx, func() error {
		if c.playing {
			return playground.ErrBusy
		}
		if err := c.move(m); err != nil {
			return err
		}
		return c.deliver()
	})
}

func (c *campus) move(m playground.Move) error {
	switch m {
	case playground.MoveNext:
		return c.moveToNext()
	case playground.MoveQuarter:
		return c.wait(c.now.Add(15 * time.Minute))
	case playground.MoveHour:
		return c.wait(c.now.Add(time.Hour))
	case playground.MoveDigest:
		day := desk.DateOf(c.now, c.zone)
		at := digestAt.On(day, c.zone)
		if !at.After(c.now) {
			at = digestAt.On(day.AddDays(1), c.zone)
		}
		return c.wait(at)
	}
	return nil
}

// moveToNext lets the clock run until somebody sees something: much of what is
// due is nothing to see, such as tidying up.
func (c *campus) moveToNext() error {
	before := c.printed
	for until := c.now.Add(farthest); c.printed == before; {
		if c.next.IsZero() || c.next.After(until) {
			return nil
		}
		if err := c.wait(c.next); err != nil {
			return err
		}
	}
	return nil
}

// Play implements playground.Stage.
func (c *campus) Play(ctx context.Context, on bool, speed int) error {
	return c.ask(ctx, func() error {
		c.speed = speed
		if on && !c.begun {
			c.begin()
		}
		c.playing = on && !c.over
		return nil
	})
}

// begin lays out the stories of today, or of tomorrow when the morning is over.
func (c *campus) begin() {
	c.begun = true
	c.day = desk.DateOf(c.now, c.zone)
	if first := desk.ClockTime(8*60+20).On(c.day, c.zone); first.Before(c.now) {
		c.day = c.day.AddDays(1)
	}
	c.cast = c.today
	c.shiftsStory(c.day)
	c.stories()
}

// tomorrow makes the residents of the day to be watched: nobody of them has
// written yet, as the stories want it.
func (c *campus) tomorrow() {
	c.today = c.cast
	in := c.config.Site.Languages[0]
	names := shuffled(c.demo, moreSurnames[in]...)
	c.today.residents(c.demo, "t", func(kind string) string {
		name := names[0]
		names = names[1:]
		return titled(in, kind, name)
	})
	c.today.emma = c.channel.Person("e2", shuffled(c.demo, "Noah", "Sofia", "Kofi", "Mia")[0], "en")
	c.today.rooms = freeRooms(c.demo)
	c.channel.Join(c.engineering, c.today.he)
}

// playScene plays the next scene of the day, or ends the day.
func (c *campus) playScene() error {
	end := demoEnds.On(c.day.AddDays(1), c.zone)
	if len(c.todo) == 0 || c.todo[0].at.After(end) {
		err := c.wait(end)
		c.todo, c.playing, c.over = nil, false, true
		c.publish()
		return err
	}
	m := c.todo[0]
	c.todo = c.todo[1:]
	if err := c.wait(m.at); err != nil {
		return err
	}
	m.do()
	if c.stuck != nil && c.ctx.Err() == nil {
		// The reader has taken part in it: the day goes on without this matter.
		c.log.Debug("a story cannot go on", "reason", c.stuck)
	}
	c.stuck = nil
	return nil
}
