package main

import (
	"context"
	"fmt"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/webhook"
	"frontdesk/desk"
	"frontdesk/storage"
)

// withWebhook adds the last rung of an emergency to what the outbox sends on. It is
// nobody's network: nobody is reached there, and nothing comes in.
func withWebhook(channels []bot.Channel, config EscalationConfig, opts AppOptions) []bot.Channel {
	if config.Webhook == "" {
		return channels
	}
	hook := webhook.New(webhook.Config{URL: config.Webhook, Secret: config.Secret, Now: opts.Now, Transport: opts.Transport})
	return append(append([]bot.Channel{}, channels...), hook)
}

// lookAtEmergencies is how often it is looked whether an emergency has reached nobody.
const lookAtEmergencies = 5 * time.Second

// watchEmergencies says loudly, once, of each emergency that it has reached nobody:
// where the desk itself cannot tell people any more, the log and /readyz do.
func (a *App) watchEmergencies(ctx context.Context) error {
	timer := time.NewTicker(lookAtEmergencies)
	defer timer.Stop()
	told := map[string]bool{}
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
			a.cryOut(ctx, a.now(), told)
		}
	}
}

// cryOut logs what has not been logged yet.
func (a *App) cryOut(ctx context.Context, now time.Time, told map[string]bool) {
	running, err := a.unheard(ctx, now)
	if err != nil {
		return // /readyz says that the store cannot be read.
	}
	for _, l := range running {
		if !told[l.ID] {
			told[l.ID] = true
			a.log.Error("an emergency has reached nobody: phone the people on duty", "reference", reference(l), "for", whole(now.Sub(l.Began)))
		}
	}
}

// reference names an emergency in the log: by its number, which says nothing about
// anybody.
func reference(l desk.Ladder) string {
	if l.Number != "" {
		return l.Number
	}
	return l.ID
}

// unheard lists the emergencies that have reached nobody in time.
func (a *App) unheard(ctx context.Context, now time.Time) ([]desk.Ladder, error) {
	var list []desk.Ladder
	err := a.Store.View(ctx, func(tx *storage.Tx) error {
		list = nil
		w := storage.NewWorld(tx, a.Site())
		for _, l := range w.LaddersRunning() {
			if l.Unheard(now) {
				list = append(list, l)
			}
		}
		return w.Err()
	})
	return list, err
}

// emergencies has stalled when one of them has reached nobody.
func (a *App) emergencies(ctx context.Context, now time.Time) Part {
	p := Part{Name: "emergencies"}
	list, err := a.unheard(ctx, now)
	switch {
	case err != nil:
		p.Detail = "the store cannot be read"
	case len(list) > 0:
		p.Detail = fmt.Sprintf("%s has reached nobody for %s", reference(list[0]), whole(now.Sub(list[0].Began)))
	default:
		p.OK, p.Detail = true, "every call has reached somebody"
	}
	return p
}
