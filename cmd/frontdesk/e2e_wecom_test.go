package main

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/wecom"
	"frontdesk/bot/wecom/wecomtest"
	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/memory"
)

const (
	corpToken = "Token1234567"
	corpKey   = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
)

// TestServeWeCom is the program with WeCom and nothing else: a member reports a
// fault in the app chat, an administrator makes a group, and all of it is said to
// be well.
func TestServeWeCom(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		config := exampleTown(t)
		at := time.Date(2026, 11, 24, 9, 3, 0, 0, config.Site.Zone)
		time.Sleep(time.Until(at))
		corp := wecomtest.New(wecomtest.Options{Now: time.Now})
		config.Telegram = TelegramConfig{}
		config.WeCom = WeComConfig{
			CorpID: corp.CorpID(), AgentID: "1000002", Secret: corp.Secret(), Token: corpToken, AESKey: corpKey,
			Groups: map[string]WeComGroup{"security": {RobotKey: "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"}},
		}
		config.Site.Admins = []desk.Address{{Channel: wecom.Name, ID: "lin"}}
		log := &errorLog{}
		networks, err := newNetworks(config, networkOptions{log: slog.New(log), wecom: corp.Transport()})
		if err != nil {
			t.Fatal(err)
		}
		app, err := NewApp(config, memory.New(), channelsOf(networks), AppOptions{
			Workers: bot.DefaultWorkers, Log: slog.New(log), Understand: exampleListener(),
		})
		if err != nil {
			t.Fatal(err)
		}
		s := &server{app: app, networks: networks, config: config, log: slog.New(log)}
		for _, n := range networks {
			n.Bind(app)
		}
		if err := s.bindGroups(t.Context()); err != nil {
			t.Fatal(err)
		}
		web, err := s.webHandler()
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		var loops sync.WaitGroup
		loops.Go(func() { _ = app.Run(ctx) })
		loops.Go(func() { _ = s.receive(ctx, time.Time{}) })
		defer func() {
			cancel()
			loops.Wait()
			app.Close() //nolint:errcheck // It is over.
		}()
		rest := func() {
			time.Sleep(10 * time.Second)
			synctest.Wait()
		}
		rest()
		callbacks := corp.Callbacks(corpToken, corpKey, wecom.CallbackPath, http.Handler(web))
		lin, zhang := corp.Member("lin", "林主任", callbacks), corp.Member("zhang", "张三", callbacks)
		wang := corp.Member("wang", "王师傅", callbacks)
		sees := func(m *wecomtest.Member, words string) {
			t.Helper()
			for _, seen := range m.Chat() {
				if includes(seen.String(), words) {
					return
				}
			}
			t.Fatalf("%s does not see %q:\n%s", m.ID, words, corp.Transcript(m.ID))
		}
		say := func(m *wecomtest.Member, text string) {
			m.Say(text)
			rest()
		}
		press := func(m *wecomtest.Member, label string) {
			t.Helper()
			if _, ok := m.TryPress(label); !ok {
				t.Fatalf("%s sees no %q:\n%s", m.ID, label, corp.Transcript(m.ID))
			}
			rest()
		}
		say(zhang, "空调不制冷,3栋502,随时可以进")
		press(zhang, "提交")
		sees(zhang, "已登记 R-1001")

		// A code for another network makes no sense here.
		say(zhang, "/join")
		sees(zhang, "服务台目前只在这里")

		// The group of the configuration is bound; another one is made.
		say(wang, "/my")
		say(lin, "/start")
		say(lin, "/link")
		press(lin, "保洁部")
		sees(lin, "保洁部的群没建成(1人)") // Nobody works there yet.
		p := desk.Person{}
		err = app.Store.Update(t.Context(), func(tx *storage.Tx) error {
			w := storage.NewWorld(tx, app.Site())
			p, _ = w.PersonAt(desk.Address{Channel: wecom.Name, ID: "wang"})
			p.Roles = []desk.Role{{Name: desk.RoleTechnician, Departments: []string{"cleaning"}, By: "x"}}
			return app.writer().Apply(tx, desk.Effects{People: []desk.Person{p}})
		})
		if err != nil {
			t.Fatal(err)
		}
		say(lin, "/link")
		press(lin, "保洁部")
		sees(lin, "「保洁部」建好了,2人,已绑定到保洁部")
		var bound []string
		err = app.Store.View(t.Context(), func(tx *storage.Tx) error {
			for _, g := range storage.NewWorld(tx, app.Site()).AllGroups() {
				bound = append(bound, g.Address.String()+" "+g.Department)
			}
			return nil
		})
		if got := strings.Join(bound, ", "); err != nil || got != "wecom-group:cleaning cleaning, wecom-group:security security" {
			t.Errorf("bound are %s: %v", got, err)
		}

		time.Sleep(5 * time.Minute)
		synctest.Wait()
		parts := s.parts(t.Context(), time.Now())
		if !allOK(parts) || parts[0].Name != "wecom" {
			t.Errorf("parts %+v", parts)
		}
		for _, v := range corp.Violations() {
			t.Error("against the rules of WeCom:", v)
		}
		for _, line := range log.errors() {
			t.Error("logged as an error:", line)
		}
	})
}

// TestNoNetwork: nobody could write to such a desk.
func TestNoNetwork(t *testing.T) {
	config := exampleTown(t)
	config.Telegram = TelegramConfig{}
	if _, err := newNetworks(config, networkOptions{log: slog.New(slog.DiscardHandler)}); err == nil || !strings.Contains(err.Error(), "neither telegram nor wecom") {
		t.Errorf("got %v", err)
	}
}

// TestCheckOnline asks the fake corp and says what is to be done.
func TestCheckOnline(t *testing.T) {
	config := exampleTown(t)
	config.Telegram = TelegramConfig{}
	corp := wecomtest.New(wecomtest.Options{Now: time.Now})
	config.WeCom = WeComConfig{CorpID: corp.CorpID(), AgentID: "1000002", Secret: corp.Secret(), Token: corpToken, AESKey: corpKey}
	var out strings.Builder
	o := networkOptions{wecom: corp.Transport()}
	if err := checkOnline(t.Context(), config, o, &out); err != nil || !strings.Contains(out.String(), "ok  wecom.token") {
		t.Errorf("%v:\n%s", err, out.String())
	}
	out.Reset()
	config.WeCom.Secret = "another-secret"
	err := checkOnline(t.Context(), config, o, &out)
	if err == nil || !strings.Contains(out.String(), "NO  wecom.token") || strings.Contains(out.String(), "another-secret") {
		t.Errorf("%v:\n%s", err, out.String())
	}
}
