package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"frontdesk/bot"
)

// receive makes the networks ready and lets what people write come in. One that
// is not there yet is waited for, and keeps no other waiting.
func (s *server) receive(ctx context.Context, last time.Time) error {
	var all sync.WaitGroup
	for _, n := range s.networks {
		all.Go(func() {
			if s.begin(ctx, n) {
				s.resume(ctx, n, last)
				n.Run(ctx)
			}
		})
	}
	all.Wait()
	return nil
}

// begin starts a network, as often as that takes. It is false when ctx has ended
// first.
func (s *server) begin(ctx context.Context, n network) bool {
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		err := n.Start(ctx)
		if err == nil {
			break
		}
		if ctx.Err() != nil {
			return false
		}
		n.cannot(err.Error())
		s.log.Warn(n.Name()+" cannot be reached yet", "error", err, "next", wait)
		select {
		case <-ctx.Done():
			return false
		case <-time.After(wait):
		}
	}
	s.app.AddLinks(n.Links())
	s.setMenus(ctx, n.Channels()...)
	return true
}

// resume asks again what was asked on a network when presses were lost.
func (s *server) resume(ctx context.Context, n network, last time.Time) {
	on := map[string]bool{}
	for _, c := range n.Channels() {
		on[c.Name()] = true
	}
	err := bot.Resume(ctx, s.app.Store, s.app.writer, s.app.present.Load().understand, last, on, n.Keeps())
	if err != nil && ctx.Err() == nil {
		s.log.Warn("conversations could not be resumed", "network", n.Name(), "error", err)
	}
}

// setMenus sets the menus of commands that everybody sees on some channels.
func (s *server) setMenus(ctx context.Context, channels ...bot.Channel) {
	if err := s.app.Menus.Everybody(ctx, channels...); err != nil && ctx.Err() == nil {
		s.log.Warn("the menus of commands could not be set", "error", err)
	}
}

// heard judges a part by when it was last heard of.
func (p Part) heard(now, started, last time.Time, why string) Part {
	return p.heardWithin(stalledPolling, now, started, last, why)
}

// heardWithin is heard, of a part that is silent for longer when all is well.
func (p Part) heardWithin(limit time.Duration, now, started, last time.Time, why string) Part {
	age := now.Sub(started)
	if !last.IsZero() {
		age = now.Sub(last)
	}
	switch {
	case age > limit:
		p.Detail = fmt.Sprintf("nothing heard for %s", whole(age))
	case last.IsZero():
		p.OK, p.Detail = true, "not heard of yet"
	default:
		p.OK, p.Detail = true, "last heard of "+whole(age)+" ago"
	}
	if why != "" {
		p.Detail += ": " + why
	}
	return p
}
