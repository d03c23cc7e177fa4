package main

import (
	"context"
	"fmt"
	"time"

	"frontdesk/bot"
	"frontdesk/desk"
	"frontdesk/scheduler"
	"frontdesk/storage"
)

// From when on a part counts as stalled: a minute. A long poll without updates
// ends within 40 s, the other networks are asked and the heartbeat commits
// twice in it, and a rule takes no time. Two parts may take longer: what
// 微信客服 has is asked for every three minutes where it does not say so itself,
// and a backup takes its half hour.
const (
	stalledPolling   = time.Minute
	stalledPulling   = 7 * time.Minute
	stalledEmergency = time.Minute
	stalledSending   = time.Minute
	stalledCommits   = time.Minute
	stalledRules     = time.Minute
	stalledTasks     = 40 * time.Minute
)

// beatEvery is how often the heartbeat commits.
const beatEvery = 30 * time.Second

// Part is one part of the desk, and whether it goes on.
type Part struct {
	Name string `json:"name"`
	OK   bool   `json:"ok"`
	// Detail is how it goes, or why it has stalled. It names nobody.
	Detail string `json:"detail"`
	// past are the channels on which there is no use in telling of it first.
	past []string
}

// ready tells of the parts that need no network of their own: what was done last,
// and for how long something has been waiting. A start is a mark too: what
// waited through a downtime has some time to be done.
func (a *App) ready(ctx context.Context, now time.Time) []Part {
	return []Part{a.sending(ctx, now), a.committing(now), a.scheduling(ctx, now), a.emergencies(ctx, now)}
}

// sending has stalled when an emergency waits, or when something that somebody
// waits for does while nothing at all arrives. A long queue that moves is none.
func (a *App) sending(ctx context.Context, now time.Time) Part {
	p := Part{Name: "sending"}
	var waits map[desk.Lane]bot.LaneWait
	err := a.Store.View(ctx, func(tx *storage.Tx) (err error) {
		waits, err = bot.Waits(tx, now)
		return err
	})
	if err != nil {
		p.Detail = "the store cannot be read"
		return p
	}
	emergency, interactive := a.waited(now, waits[desk.LaneEmergency].Since), a.waited(now, waits[desk.LaneInteractive].Since)
	last := a.Outbox.LastSent()
	switch {
	case emergency > stalledEmergency:
		p.Detail = fmt.Sprintf("an emergency message has waited for %s", whole(emergency))
	case interactive > stalledSending && now.Sub(last) > stalledSending:
		p.Detail = fmt.Sprintf("a message has waited for %s, and nothing was sent meanwhile", whole(interactive))
	default:
		p.OK, p.Detail = true, "nothing waits for long"
		if !last.IsZero() {
			p.Detail += ", last sent " + whole(now.Sub(last)) + " ago"
		}
	}
	return p
}

// committing has stalled when the heartbeat does not get through.
func (a *App) committing(now time.Time) Part {
	p := Part{Name: "committing"}
	last := a.started
	if n := a.beaten.Load(); n != 0 {
		last = time.Unix(0, n)
	}
	age := now.Sub(last)
	switch health := a.Store.Health(); {
	case health == storage.HealthFull:
		p.Detail = "the disk is full"
	case health == storage.HealthFatal:
		p.Detail = "the store has failed"
	case age > stalledCommits:
		p.Detail = fmt.Sprintf("no commit of the heartbeat for %s", whole(age))
	default:
		p.OK, p.Detail = true, "last heartbeat "+whole(age)+" ago"
	}
	return p
}

// scheduling has stalled when something that is due is not done.
func (a *App) scheduling(ctx context.Context, now time.Time) Part {
	b, err := a.Scheduler.Backlog(ctx, now)
	if err != nil {
		return Part{Name: "scheduler", Detail: "the store cannot be read"}
	}
	return a.behind(now, b)
}

func (a *App) behind(now time.Time, b scheduler.Backlog) Part {
	p := Part{Name: "scheduler"}
	late := func(l scheduler.Late) time.Duration { return a.waited(now, l.Since) }
	switch {
	case late(b.Rules) > stalledRules:
		p.Detail = fmt.Sprintf("%d jobs are due, the first since %s", b.Rules.Count, whole(late(b.Rules)))
	case late(b.Tasks) > stalledTasks:
		p.Detail = fmt.Sprintf("%d tasks are due, the first since %s", b.Tasks.Count, whole(late(b.Tasks)))
	default:
		p.OK, p.Detail = true, "nothing is late"
	}
	return p
}

// waited is how long something has waited since a time, or since the start if
// that came later; zero when nothing waits.
func (a *App) waited(now, since time.Time) time.Duration {
	if since.IsZero() {
		return 0
	}
	if since.Before(a.started) {
		since = a.started
	}
	return max(now.Sub(since), 0)
}

func whole(d time.Duration) string { return d.Round(time.Second).String() }

// live tells whether the loops of the process go on. A full disk and an absent
// network are no reason to begin anew; a loop that hangs is.
func (a *App) live(ctx context.Context, now time.Time) bool {
	return a.scheduling(ctx, now).OK && (a.committing(now).OK || a.Store.Health() == storage.HealthFull)
}
