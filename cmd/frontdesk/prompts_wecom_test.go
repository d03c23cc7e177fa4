package main

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/wecom"
	"frontdesk/bot/wecom/wecomtest"
	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/memory"
)

func init() {
	viewers[wecom.Name] = func(t *testing.T) viewer { return newMemberViewer(t) }
	viewers[wecom.WeixinName] = func(t *testing.T) viewer { return newWeixinViewer(t) }
}

// corpViewer is what a viewer on WeCom has: a corp with a store, whose callbacks
// come to it.
type corpViewer struct {
	server    *wecomtest.Server
	clock     *wecomtest.Clock
	corp      *wecom.Corp
	store     *storage.Store
	callbacks *wecomtest.Callbacks
	last      desk.Input
	before    int // messages before the one that is shown
}

func newCorpViewer(t *testing.T) *corpViewer {
	t.Helper()
	v := &corpViewer{clock: wecomtest.NewClock(time.Date(2026, 11, 24, 2, 21, 0, 0, time.UTC))}
	v.server = wecomtest.New(wecomtest.Options{Now: v.clock.Now, NoLimits: true})
	config := exampleTown(t)
	var err error
	v.corp, err = wecom.New(wecom.Config{
		CorpID: v.server.CorpID(), AgentID: v.server.AgentID(), Secret: v.server.Secret(), Token: townToken, AESKey: townKey, KFID: v.server.KFID(),
	}, wecom.Options{
		Now: v.clock.Now, Log: slog.New(slog.DiscardHandler), Transport: v.server.Transport(),
		Words: wecom.WordsFrom(func(key string) string { return config.Texts.Render("zh", desk.T(key), time.Time{}) }),
	})
	must(t, err)
	v.store, err = storage.Open(memory.New(), "test", storage.Options{Now: v.clock.Now})
	must(t, err)
	v.corp.Bind(v.store)
	web, err := v.corp.Callback(v)
	must(t, err)
	v.callbacks = v.server.Callbacks(townToken, townKey, wecom.CallbackPath, web)
	t.Cleanup(func() {
		must(t, v.store.Close())
		for _, violation := range v.server.Violations() {
			t.Error("violation:", violation)
		}
	})
	return v
}

// Handle implements bot.Receiver.
func (v *corpViewer) Handle(ctx context.Context, inputs []desk.Input, rows func(*storage.Tx) error) error {
	for _, in := range inputs {
		v.last = in
	}
	if rows == nil {
		return nil
	}
	return v.store.Update(ctx, rows)
}

// send sends a message at a time when nobody is sent too much.
func (v *corpViewer) send(t *testing.T, channel bot.Channel, id string, m desk.Drawn) {
	t.Helper()
	v.clock.Advance(time.Minute)
	v.last = desk.Input{}
	_, err := channel.Send(t.Context(), desk.Address{Channel: channel.Name(), ID: id}, m)
	must(t, err)
}

// memberViewer is a member of the corp.
type memberViewer struct {
	*corpViewer
	person *colleague
}

func newMemberViewer(t *testing.T) viewer {
	v := &memberViewer{corpViewer: newCorpViewer(t)}
	v.person = &colleague{Member: v.server.Member("lin", "林同学", v.callbacks)}
	return v
}

func (v *memberViewer) show(t *testing.T, m desk.Drawn) string {
	t.Helper()
	v.before = len(v.person.Chat())
	v.send(t, v.corp.App(), v.person.ID, m)
	var read []string
	for _, seen := range v.person.Chat()[v.before:] {
		if seen.Card == nil {
			read = append(read, seen.Text)
			continue
		}
		// A long first line goes on below the title, without the comma between.
		title, below := seen.Card.Title.Title, strings.TrimPrefix(seen.Card.Title.Desc+"\n"+seen.Card.Text, "\n")
		for _, between := range []string{"\n", "", " ", ", ", ",", "，"} {
			read = append(read, title+between+below)
		}
		for _, b := range seen.Card.Buttons {
			read = append(read, b.Text)
		}
	}
	return strings.Join(read, "\n")
}

func (v *memberViewer) choose(t *testing.T, label string) desk.Input {
	t.Helper()
	if !v.person.chooses(label) {
		t.Errorf("no %q to choose", label)
	}
	return v.last
}

// weixinViewer has ordinary WeChat.
type weixinViewer struct {
	*corpViewer
	person *customer
	puller *wecom.Puller
}

func newWeixinViewer(t *testing.T) viewer {
	v := &weixinViewer{corpViewer: newCorpViewer(t)}
	v.server.AddCustomer("wmLIN", "林同学")
	v.server.OnKF(func(token, account string) { v.callbacks.Waiting(account, token) })
	v.person = &customer{server: v.server, id: "wmLIN", called: "林同学"}
	v.puller = v.corp.Weixin().Puller(v)
	v.step(t)
	return v
}

func (v *weixinViewer) step(t *testing.T) {
	t.Helper()
	_, err := v.puller.Step(t.Context())
	must(t, err)
}

func (v *weixinViewer) show(t *testing.T, m desk.Drawn) string {
	t.Helper()
	v.person.says("?") // So that there is a window.
	v.step(t)
	v.before = len(v.server.KFTold(v.person.id))
	v.send(t, v.corp.Weixin(), v.person.id, m)
	var read []string
	for _, seen := range v.server.KFTold(v.person.id)[v.before:] {
		read = append(read, seen.String())
	}
	return strings.Join(read, "\n")
}

func (v *weixinViewer) choose(t *testing.T, label string) desk.Input {
	t.Helper()
	v.clock.Advance(time.Minute)
	if !v.person.chooses(label) {
		t.Errorf("no %q to choose", label)
	}
	v.step(t)
	return v.last
}
