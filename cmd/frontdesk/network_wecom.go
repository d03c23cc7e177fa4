package main

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/wecom"
)

// weComNetwork is one corp of WeCom: its members, the groups of departments and,
// where there is an account of 微信客服, people with ordinary WeChat.
type weComNetwork struct {
	reach
	corp *wecom.Corp
	app  *App
	last atomic.Int64 // when WeCom was last heard of, in nanoseconds
}

var _ network = (*weComNetwork)(nil)

// wecomWords are the few texts of the channels themselves, in the site's first
// language.
func wecomWords(*Config) wecom.Words { return wecom.Words{} }

func (n *weComNetwork) Name() string { return wecom.Name }

func (n *weComNetwork) Channels() []bot.Channel {
	return []bot.Channel{n.corp.App(), n.corp.Groups()}
}

func (n *weComNetwork) Bind(a *App) {
	n.app = a
	n.corp.Bind(a.Store)
	n.corp.SetFiles(a.Files.Open)
}

func (n *weComNetwork) Start(ctx context.Context) error { return nil }

func (n *weComNetwork) Run(ctx context.Context) { <-ctx.Done() }

func (n *weComNetwork) Serve(mux *http.ServeMux) error { return nil }

func (n *weComNetwork) Links() map[string]string { return nil }

// Keeps is how long WeCom goes on calling: three times, five seconds each, with
// some time for a restart that nobody notices.
// https://developer.work.weixin.qq.com/document/path/90238
func (n *weComNetwork) Keeps() time.Duration { return 30 * time.Second }

func (n *weComNetwork) Pending() int { return -1 }

func (n *weComNetwork) Parts(now, started time.Time) []Part { return nil }
