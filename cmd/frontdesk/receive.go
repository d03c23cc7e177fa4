package main

import (
	"context"
	"fmt"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/telegram"
)

// receive makes the channel ready and lets updates come in. A network that is
// not there yet is waited for.
func (s *server) receive(ctx context.Context, last time.Time) error {
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		err := s.channel.Start(ctx)
		if err == nil {
			break
		}
		if ctx.Err() != nil {
			return nil
		}
		why := err.Error()
		s.outside.Store(&why)
		s.log.Warn("telegram cannot be reached yet", "error", err, "next", wait)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
	}
	s.app.SetLinks(map[string]string{telegram.Name: s.channel.Link()})
	s.setMenus(ctx)
	err := bot.Resume(ctx, s.app.Store, s.app.writer, s.app.present.Load().understand, last, telegram.PressLife)
	if err != nil && ctx.Err() == nil {
		s.log.Warn("conversations could not be resumed", "error", err)
	}
	if s.config.Telegram.Mode == ModeWebhook {
		s.watchHook(ctx)
		return nil
	}
	poller := s.channel.Poller(s.app.Handler)
	s.poller.Store(poller)
	poller.Run(ctx)
	return nil
}

// setMenus sets the menus of commands that everybody sees.
func (s *server) setMenus(ctx context.Context) {
	if err := s.app.Menus.Everybody(ctx); err != nil && ctx.Err() == nil {
		s.log.Warn("the menus of commands could not be set", "error", err)
	}
}

// hookState is what Telegram said about the webhook, and when.
type hookState struct {
	at   time.Time // of the last answer
	info telegram.WebhookInfo
	why  string // it could not be asked
}

// watchEvery is how often Telegram is asked how it gets on with the webhook.
const watchEvery = time.Minute

// watchHook asks until ctx ends.
func (s *server) watchHook(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		next := hookState{}
		if old := s.hook.Load(); old != nil {
			next = *old
		}
		info, err := s.channel.WebhookInfo(ctx)
		if err == nil {
			next = hookState{at: s.app.now(), info: info}
		} else {
			next.why = err.Error()
		}
		if ctx.Err() != nil {
			return
		}
		s.hook.Store(&next)
		timer.Reset(watchEvery)
	}
}

// pendingUpdates is how many updates wait at Telegram; -1 if it was not asked.
func (s *server) pendingUpdates() int {
	if hook := s.hook.Load(); hook != nil && !hook.at.IsZero() {
		return hook.info.Pending
	}
	return -1
}

// polling tells whether updates come in.
func (s *server) polling(now time.Time) Part {
	if s.config.Telegram.Mode == ModeWebhook {
		return s.hooked(now)
	}
	p := Part{Name: "polling"}
	var last time.Time
	why := ""
	if poller := s.poller.Load(); poller != nil {
		last, why = poller.LastSuccess(), poller.Problem()
	} else if outside := s.outside.Load(); outside != nil {
		why = *outside
	}
	return p.heard(now, s.app.started, last, why)
}

// heard judges a part by when it was last heard of.
func (p Part) heard(now, started, last time.Time, why string) Part {
	age := now.Sub(started)
	if !last.IsZero() {
		age = now.Sub(last)
	}
	switch {
	case age > stalledPolling:
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

// hooked tells whether Telegram can be asked, and reaches the webhook.
func (s *server) hooked(now time.Time) Part {
	p := Part{Name: "webhook"}
	hook := s.hook.Load()
	if hook == nil {
		why := ""
		if outside := s.outside.Load(); outside != nil {
			why = *outside
		}
		return p.heard(now, s.app.started, time.Time{}, why)
	}
	if p = p.heard(now, s.app.started, hook.at, hook.why); !p.OK {
		return p
	}
	if hook.info.Pending > 0 && !hook.info.LastAt.IsZero() && now.Sub(hook.info.LastAt) < stalledPolling {
		p.OK = false
		p.Detail = fmt.Sprintf("%d updates wait at telegram, which says: %s", hook.info.Pending, hook.info.LastError)
	}
	return p
}
