package main

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

const (
	// watchStep is how often it is looked whether the desk goes on. What stalls
	// counts as stalled after a minute (ready.go) and is said at the next look.
	watchStep = 10 * time.Second
	// lookFor is how long a look may take: a desk that cannot even be looked at
	// does not go on.
	lookFor = 8 * time.Second
	// sayAgain is how often a stall that lasts is said, to whoever is there by then.
	sayAgain = 30 * time.Minute
)

// partWatch is the part that stands for all when they cannot be looked at.
const partWatch = "watch"

// watcher watches the desk, which watches everything else: it tells people when a
// part has stalled and when all goes on again, and lets the heartbeat outside
// stop meanwhile. It goes past the store and the outbox: they may be what stalls.
type watcher struct {
	look  func(ctx context.Context, now time.Time) []Part
	tell  func(ctx context.Context, text desk.Text, past []string) (told int)
	pulse *pulse // nil: nobody outside waits for one
	log   *slog.Logger

	stalled map[string]time.Time // parts, and when that was last said
}

// Step looks once, and returns when to look again.
func (w *watcher) Step(ctx context.Context, now time.Time) time.Time {
	parts := w.parts(ctx, now)
	if w.stalled == nil {
		w.stalled = map[string]time.Time{}
	}
	for _, p := range parts {
		said, known := w.stalled[p.Name]
		if p.OK {
			if known {
				delete(w.stalled, p.Name)
				w.log.Info("a part of the desk goes on again", "part", p.Name)
				w.tell(ctx, desk.T("stalled.over."+p.Name), nil)
			}
			continue
		}
		if known && now.Sub(said) < sayAgain {
			continue
		}
		w.stalled[p.Name] = now
		w.log.Error("a part of the desk has stalled", "part", p.Name, "detail", p.Detail)
		if w.tell(ctx, desk.T("stalled."+p.Name), p.past) == 0 && ctx.Err() == nil {
			w.log.Error("nobody could be told that a part of the desk has stalled", "part", p.Name)
		}
	}
	if w.pulse != nil && allOK(parts) {
		w.pulse.Step(ctx, now)
	}
	return now.Add(watchStep)
}

// parts are the parts as they are, within the time that a look may take; when that
// was not enough, the looking itself is the part that has stalled.
func (w *watcher) parts(ctx context.Context, now time.Time) []Part {
	ctx, cancel := context.WithTimeout(ctx, lookFor)
	defer cancel()
	seen := make(chan []Part, 1)
	go func() { seen <- w.look(ctx, now) }()
	self := Part{Name: partWatch, OK: true}
	select {
	case parts := <-seen:
		return append(slices.Clone(parts), self)
	case <-ctx.Done():
		self.OK, self.Detail = false, "the desk did not answer how it goes"
		return []Part{self}
	}
}

// watch looks until ctx ends.
func (s *server) watch(ctx context.Context) {
	w := &watcher{look: s.parts, tell: s.app.tellResponsible, log: s.log, pulse: newPulse(s.config.Heartbeat, s.log)}
	timer := time.NewTimer(watchStep)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		now := s.app.now()
		timer.Reset(w.Step(ctx, now).Sub(now))
	}
}

// tellTimeout is the time for one message that goes past the outbox.
const tellTimeout = 5 * time.Second

// tellResponsible tells the administrators and the managers on duty directly. It
// goes past the channels that are named where somebody has another one, and
// returns how many people it reached. Where the store cannot be read, the
// administrators of the configuration are left.
func (a *App) tellResponsible(ctx context.Context, text desk.Text, past []string) (told int) {
	for _, who := range a.responsible(ctx) {
		here, there := []desk.Address{}, []desk.Address{}
		for _, address := range who.addresses {
			if slices.Contains(past, address.Channel) {
				there = append(there, address)
			} else {
				here = append(here, address)
			}
		}
		words := a.Config().Texts.Render(who.lang, text, time.Time{})
		if a.tellAny(ctx, append(here, there...), words) {
			told++
		}
	}
	return told
}

// tellAny sends to the first address that takes it.
func (a *App) tellAny(ctx context.Context, addresses []desk.Address, words string) bool {
	for _, address := range addresses {
		for _, c := range a.channels {
			if c.Name() != address.Channel {
				continue
			}
			ctx, cancel := context.WithTimeout(ctx, tellTimeout)
			_, err := c.Send(ctx, address, desk.Drawn{Text: words})
			cancel()
			if err == nil {
				return true
			}
			a.log.Warn("an alarm could not be sent", "channel", address.Channel, "error", err)
		}
	}
	return false
}

// responsible is somebody to be told, and where.
type responsible struct {
	addresses []desk.Address
	lang      string
}

// responsible are the administrators of the configuration and the managers on
// duty, each once.
func (a *App) responsible(ctx context.Context) []responsible {
	site := a.Site()
	var list []responsible
	known := func(address desk.Address) bool {
		return slices.ContainsFunc(list, func(r responsible) bool { return slices.Contains(r.addresses, address) })
	}
	ctx, cancel := context.WithTimeout(ctx, tellTimeout)
	defer cancel()
	err := a.Store.View(ctx, func(tx *storage.Tx) error {
		w := storage.NewWorld(tx, site)
		people := desk.Managers(w, 0)
		for _, admin := range site.Admins {
			if p, ok := w.PersonAt(admin); ok {
				people = append(people, p)
			}
		}
		for _, p := range people {
			if addresses := p.Reached(); len(addresses) > 0 && !known(addresses[0]) {
				list = append(list, responsible{addresses, site.Language(p.Lang)})
			}
		}
		return nil
	})
	if err != nil {
		a.log.Warn("the managers on duty cannot be read: the administrators of the configuration are told", "error", err)
	}
	for _, admin := range site.Admins {
		if !known(admin) {
			list = append(list, responsible{[]desk.Address{admin}, site.Languages[0]})
		}
	}
	return list
}
