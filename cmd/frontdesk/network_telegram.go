package main

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/telegram"
	"frontdesk/desk"
)

// telegramNetwork is Telegram, by long polls or by a webhook.
type telegramNetwork struct {
	reach
	channel *telegram.Channel
	mode    string
	app     *App

	poller atomic.Pointer[telegram.Poller] // in polling mode, once the bot is known
	hook   atomic.Pointer[hookState]       // in webhook mode, once Telegram was asked
}

var _ network = (*telegramNetwork)(nil)

// telegramConfig is the same for the channel.
func telegramConfig(config *Config) telegram.Config {
	return telegram.Config{
		Token: config.Telegram.Token, APIURL: config.Telegram.APIURL, Mode: config.Telegram.Mode,
		PublicURL: config.PublicURL, WebhookSecret: config.Telegram.WebhookSecret,
	}
}

func (n *telegramNetwork) Name() string            { return telegram.Name }
func (n *telegramNetwork) Channels() []bot.Channel { return []bot.Channel{n.channel} }

func (n *telegramNetwork) Bind(a *App) {
	n.app = a
	n.channel.SetFiles(a.Files.Open)
}

func (n *telegramNetwork) Start(ctx context.Context) error { return n.channel.Start(ctx) }

func (n *telegramNetwork) Links() map[string]string {
	return map[string]string{telegram.Name: n.channel.Link()}
}

// Groups are none: a group is bound by a command in it.
func (n *telegramNetwork) Groups(*desk.Site) []desk.Group { return nil }

func (n *telegramNetwork) Keeps() time.Duration { return telegram.PressLife }

func (n *telegramNetwork) Run(ctx context.Context) {
	if n.mode == ModeWebhook {
		n.watchHook(ctx)
		return
	}
	poller := n.channel.Poller(n.app.Handler)
	n.poller.Store(poller)
	poller.Run(ctx)
}

func (n *telegramNetwork) Serve(mux *http.ServeMux) error {
	if n.mode != ModeWebhook {
		return nil
	}
	hook, err := n.channel.Webhook(n.app.Handler)
	if err == nil {
		mux.Handle("/telegram/webhook", hook)
	}
	return err
}

// hookState is what Telegram said about the webhook, and when.
type hookState struct {
	at   time.Time // of the last answer
	info telegram.WebhookInfo
	why  string // it could not be asked
}

// watchEvery is how often a network is asked whether it is there: Telegram, how it
// gets on with the webhook.
const watchEvery = 30 * time.Second

// watchHook asks until ctx ends.
func (n *telegramNetwork) watchHook(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		next := hookState{}
		if old := n.hook.Load(); old != nil {
			next = *old
		}
		info, err := n.channel.WebhookInfo(ctx)
		if err == nil {
			next = hookState{at: n.app.now(), info: info}
		} else {
			next.why = err.Error()
		}
		if ctx.Err() != nil {
			return
		}
		n.hook.Store(&next)
		timer.Reset(watchEvery)
	}
}

// Pending is how many updates wait at Telegram; -1 if it was not asked.
func (n *telegramNetwork) Pending() int {
	if hook := n.hook.Load(); hook != nil && !hook.at.IsZero() {
		return hook.info.Pending
	}
	return -1
}

// Parts tell whether updates come in.
func (n *telegramNetwork) Parts(now, started time.Time) []Part {
	if n.mode == ModeWebhook {
		return []Part{n.hooked(now, started)}
	}
	p := Part{Name: "polling"}
	var last time.Time
	why := n.reason()
	if poller := n.poller.Load(); poller != nil {
		last, why = poller.LastSuccess(), poller.Problem()
	}
	return []Part{p.heard(now, started, last, why)}
}

// hooked tells whether Telegram can be asked, and reaches the webhook.
func (n *telegramNetwork) hooked(now, started time.Time) Part {
	p := Part{Name: "webhook"}
	hook := n.hook.Load()
	if hook == nil {
		return p.heard(now, started, time.Time{}, n.reason())
	}
	if p = p.heard(now, started, hook.at, hook.why); !p.OK {
		return p
	}
	if hook.info.Pending > 0 && !hook.info.LastAt.IsZero() && now.Sub(hook.info.LastAt) < stalledPolling {
		p.OK = false
		p.Detail = fmt.Sprintf("%d updates wait at telegram, which says: %s", hook.info.Pending, hook.info.LastError)
	}
	return p
}
