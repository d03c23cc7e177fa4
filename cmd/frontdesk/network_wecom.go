package main

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/wecom"
	"frontdesk/desk"
)

// weComNetwork is one corp of WeCom: its members, the groups of departments and,
// where there is an account of 微信客服, people with ordinary WeChat.
type weComNetwork struct {
	reach
	corp *wecom.Corp
	app  *App

	heard  atomic.Int64 // when WeCom was last heard of, in nanoseconds
	puller atomic.Pointer[wecom.Puller]
	link   atomic.Pointer[string] // opens the chat of 微信客服
}

var _ network = (*weComNetwork)(nil)

// newWeCom makes it. It calls nobody.
func newWeCom(config *Config, o networkOptions) (*weComNetwork, error) {
	words := func(lang string) wecom.Words {
		return wecom.WordsFrom(func(key string) string { return config.Texts.Render(lang, desk.T(key), time.Time{}) })
	}
	options := wecom.Options{Now: o.now, Log: o.log, Transport: o.wecom, Words: words(config.Site.Languages[0])}
	if config.Site.Speaks("en") {
		options.Latin = words("en")
	}
	corp, err := wecom.New(config.WeCom.corp(), options)
	return &weComNetwork{corp: corp}, err
}

func (n *weComNetwork) Name() string { return wecom.Name }

func (n *weComNetwork) Channels() []bot.Channel {
	list := []bot.Channel{n.corp.App(), n.corp.Groups()}
	if w := n.corp.Weixin(); w != nil {
		list = append(list, w)
	}
	return list
}

func (n *weComNetwork) Bind(a *App) {
	n.app = a
	n.corp.Bind(a.Store)
	n.corp.SetFiles(a.Files.Open)
}

// Start finds out whether WeCom takes the corp's secret, and where the chat of
// 微信客服 is opened.
func (n *weComNetwork) Start(ctx context.Context) error {
	if err := n.ask(ctx); err != nil {
		return err
	}
	w := n.corp.Weixin()
	if w == nil {
		return nil
	}
	const payload = "x"
	link, err := w.Link(ctx, "desk", payload)
	if err == nil {
		link = strings.TrimSuffix(link, payload)
		n.link.Store(&link)
	}
	return err
}

func (n *weComNetwork) ask(ctx context.Context) error {
	err := n.corp.Ask(ctx)
	if err == nil {
		n.heard.Store(n.app.now().UnixNano())
		n.cannot("")
	}
	return err
}

func (n *weComNetwork) Links() map[string]string {
	if link := n.link.Load(); link != nil {
		return map[string]string{wecom.WeixinName: *link}
	}
	return nil
}

// Run asks WeCom now and then whether it is there, and reads what people with
// ordinary WeChat write. What members write comes in by itself.
func (n *weComNetwork) Run(ctx context.Context) {
	var all sync.WaitGroup
	if w := n.corp.Weixin(); w != nil {
		puller := w.Puller(n.app.Handler)
		n.puller.Store(puller)
		all.Go(func() { puller.Run(ctx) })
	}
	timer := time.NewTicker(watchEvery)
	defer timer.Stop()
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-timer.C:
			if err := n.ask(ctx); err != nil && ctx.Err() == nil {
				n.cannot(err.Error())
			}
		}
	}
	all.Wait()
}

func (n *weComNetwork) Serve(mux *http.ServeMux) error {
	callback, err := n.corp.Callback(n.app.Handler)
	if err == nil {
		mux.Handle(wecom.CallbackPath, callback)
	}
	return err
}

// Keeps is how long WeCom goes on calling: three times, five seconds each, with
// some time for a restart that nobody notices.
// https://developer.work.weixin.qq.com/document/path/90238
func (n *weComNetwork) Keeps() time.Duration { return 30 * time.Second }

func (n *weComNetwork) Pending() int { return -1 }

// Parts tell whether WeCom is there, and whether the messages of 微信客服 are read.
func (n *weComNetwork) Parts(now, started time.Time) []Part {
	var last time.Time
	if at := n.heard.Load(); at != 0 {
		last = time.Unix(0, at)
	}
	list := []Part{Part{Name: "wecom"}.heard(now, started, last, n.reason())}
	if puller := n.puller.Load(); puller != nil {
		list = append(list, Part{Name: "weixin"}.heardWithin(stalledPulling, now, started, puller.LastSuccess(), puller.Problem()))
	}
	return list
}

// Groups are the departments' groups that the configuration names: they need no
// command to be bound.
func (n *weComNetwork) Groups(site *desk.Site) []desk.Group {
	var list []desk.Group
	for department := range n.corp.Config().Groups {
		d, ok := site.Department(department)
		if !ok || d.Retired {
			continue
		}
		list = append(list, desk.Group{
			Address:    desk.Address{Channel: wecom.GroupsName, ID: d.ID},
			Department: d.ID, Title: d.Label.In(site.Languages[0]), Lang: site.Languages[0], By: byConfig,
		})
	}
	return list
}
