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
	"frontdesk/bot/telegram"
	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/bot/wecom/wecomtest"
	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/memory"
)

// corpTown is the program as it runs, over a fake WeCom with a corp in it and
// people with ordinary WeChat beside it, and where it is mixed over a fake
// Telegram as well; in a bubble where time passes only when everything rests.
// What is checked is what people saw there.
type corpTown struct {
	*wecomtest.Server
	t         *testing.T
	config    *Config
	engine    storage.Engine
	app       *App
	server    *server
	networks  []network
	callbacks *wecomtest.Callbacks
	telegram  *telegramtest.Server // nil without Telegram
	log       *errorLog
	halt      func() // stops the program
}

// corpOptions say how the town differs from one of members alone.
type corpOptions struct {
	weixin, telegram bool
	engine           storage.Engine // nil: memory
	start            string         // local time; empty: 2026-11-24 08:00, a Tuesday
	config           func(*Config)
}

// What a corp has; the robot is that of the cleaners' group.
const (
	townToken  = "TESTtoken"
	townKey    = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ"
	corpChatID = "engineeringchat"
	corpRobot  = "00000000-1111-2222-3333-444444444444"
)

// visitCorp runs a story in a town of its own, and checks at the end that nothing
// was done against the rules of any network and nothing was logged as an error.
func visitCorp(t *testing.T, o corpOptions, story func(w *corpTown)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := &corpTown{t: t, config: exampleTown(t), engine: o.engine, log: &errorLog{}}
		begin := o.start
		if begin == "" {
			begin = "2026-11-24 08:00"
		}
		at, err := time.ParseInLocation("2006-01-02 15:04", begin, w.config.Site.Zone)
		must(t, err)
		time.Sleep(time.Until(at))
		if w.engine == nil {
			w.engine = memory.New()
		}
		w.Server = wecomtest.New(wecomtest.Options{})
		w.found(o)
		if o.config != nil {
			o.config(w.config)
		}
		w.run()
		defer func() { w.halt() }()
		story(w)
		w.halt()
		for _, v := range w.Violations() {
			t.Error("against the rules of WeCom:", v)
		}
		if w.telegram != nil {
			for _, v := range w.telegram.Violations() {
				t.Error("against the rules of Telegram:", v)
			}
		}
		for _, line := range w.log.errors() {
			t.Error("logged as an error:", line)
		}
	})
}

// found puts the corp into the configuration, and whoever has a role in it.
func (w *corpTown) found(o corpOptions) {
	w.config.WeCom = WeComConfig{
		CorpID: w.CorpID(), AgentID: "1000002", Secret: w.Secret(), Token: townToken, AESKey: townKey,
		Groups: map[string]WeComGroup{"engineering": {ChatID: corpChatID}, "cleaning": {RobotKey: corpRobot}},
	}
	w.AddRobot(corpRobot)
	if o.weixin {
		w.config.WeCom.KFID = w.KFID()
	}
	w.config.Telegram.Mode = ModePolling
	if o.telegram {
		w.telegram = telegramtest.New(telegramtest.Options{Token: w.config.Telegram.Token})
	} else {
		w.config.Telegram.Token = ""
	}
	w.config.Site.LinkKeys = [][]byte{[]byte("0123456789abcdef0123456789abcdef")}
	w.config.Site.Admins = []desk.Address{{Channel: "wecom", ID: "linzhuren"}}
	shifts := w.config.Site.Roster.Shifts
	shifts[0].Staff = map[string][]string{
		"operator": {"wecom:limin"}, "duty_manager": {"wecom:chengang"}, "centre_manager": {"wecom:zhaozong"}, "property_manager": {"wecom:qianzong"},
		"engineering": {"wecom:wang", "wecom:zhou"}, "cleaning": {"wecom:wu"},
	}
	shifts[1].Staff = map[string][]string{
		"duty_manager": {"wecom:sunye"}, "centre_manager": {"wecom:zhaozong"}, "property_manager": {"wecom:qianzong"}, "engineering": {"wecom:guo"},
	}
}

// run starts the program: the same loops as serve, without sockets.
func (w *corpTown) run() {
	w.t.Helper()
	log := slog.New(w.log)
	options := networkOptions{log: log, wecom: w.Transport()}
	if w.telegram != nil {
		options.telegram = []telegram.Option{telegram.WithTransport(w.telegram.Transport())}
	}
	var err error
	w.networks, err = newNetworks(w.config, options)
	must(w.t, err)
	w.app, err = NewApp(w.config, w.engine, channelsOf(w.networks), AppOptions{Workers: bot.DefaultWorkers, Log: log, Understand: exampleListener()})
	must(w.t, err)
	mux := http.NewServeMux()
	for _, n := range w.networks {
		n.Bind(w.app)
		must(w.t, n.Serve(mux))
	}
	w.callbacks = w.Callbacks(townToken, townKey, "/wecom/callback", mux)
	w.OnKF(func(token, account string) { w.callbacks.Waiting(account, token) })
	last, err := bot.LastAlive(w.t.Context(), w.app.Store)
	must(w.t, err)
	w.server = &server{app: w.app, networks: w.networks, config: w.config, log: log}
	must(w.t, w.server.bindGroups(w.t.Context()))
	ctx, cancel := context.WithCancel(w.t.Context())
	var loops sync.WaitGroup
	loops.Go(func() {
		if err := w.app.Run(ctx); err != nil {
			w.t.Error("the program ended:", err)
		}
	})
	loops.Go(func() {
		if err := w.server.receive(ctx, last); err != nil {
			w.t.Error("receiving ended:", err)
		}
	})
	w.halt = func() {
		cancel()
		loops.Wait()
		if err := w.app.Close(); err != nil {
			w.t.Error(err)
		}
		w.halt = func() {}
	}
	w.rest()
}

// rest lets everything happen that happens within some seconds.
func (w *corpTown) rest() { w.wait(5 * time.Second) }

// wait lets time pass.
func (w *corpTown) wait(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// until lets time pass to a local time of day, today or else tomorrow.
func (w *corpTown) until(clock string) {
	w.t.Helper()
	at, err := desk.ParseClockTime(clock)
	must(w.t, err)
	zone := w.config.Site.Zone
	day := desk.DateOf(time.Now(), zone)
	if !at.On(day, zone).After(time.Now()) {
		day = day.AddDays(1)
	}
	w.wait(time.Until(at.On(day, zone)))
}

// sight is a message of the desk as somebody sees it now.
type sight struct {
	text    string
	labels  []string // what can be chosen in it: buttons, items of a menu, numbers
	numbers bool     // they are numbered
	figures []string // with these
	picture bool
}

func (s sight) has(words string) bool {
	narrow := strings.NewReplacer(" ", "", "\n", "", ",", "")
	return strings.Contains(narrow.Replace(s.text), narrow.Replace(words))
}

func (s sight) String() string {
	out := s.text
	for _, label := range s.labels {
		out += " [" + label + "]"
	}
	return out
}

func screenOf(screen []sight) string {
	var b strings.Builder
	for _, s := range screen {
		b.WriteString(s.String() + "\n---\n")
	}
	return b.String()
}
