package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"frontdesk"
	"frontdesk/bot"
	"frontdesk/bot/telegram"
	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/memory"
)

// How a chat, or the webhook, answers.
const (
	answersWell   = "well"
	answersBlock  = "blocked" // 403: the person stopped the bot
	answersLeft   = "left"    // 400: there is no such chat
	answersLimit  = "limited" // 429, for a minute each time
	answersFail   = "fails"   // 500
	answersHang   = "hangs"   // no answer at all
	answersAbsent = "absent"  // no webhook is configured
)

var reachStates = []string{answersWell, answersBlock, answersLeft, answersLimit, answersFail, answersHang}

// reachAPI is a Bot API and a webhook of which each chat answers in its own way. It
// keeps what arrived, and when.
type reachAPI struct {
	mu      sync.Mutex
	answers map[string]string // by chat; of the webhook: hook
	down    bool
	arrived []string
	calls   []string // those of them that call somebody
}

func (a *reachAPI) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	to, text := "hook", "谁去?"
	if strings.Contains(r.URL.Path, "/bot") {
		if path.Base(r.URL.Path) != "sendMessage" {
			fmt.Fprint(w, `{"ok":true,"result":true}`)
			return
		}
		_ = r.ParseMultipartForm(1 << 20)
		to, text = r.FormValue("chat_id"), r.FormValue("text")
	}
	a.mu.Lock()
	how := a.answers[to]
	if how == answersWell {
		if a.arrived = append(a.arrived, to); strings.Contains(text, "谁去?") {
			a.calls = append(a.calls, to)
		}
	}
	a.mu.Unlock()
	refuse := func(code int, words string) {
		w.WriteHeader(code)
		fmt.Fprintf(w, `{"ok":false,"error_code":%d,"description":%q,"parameters":{"retry_after":60}}`, code, words)
	}
	switch how {
	case answersWell:
		fmt.Fprint(w, `{"ok":true,"result":{"message_id":7,"date":1,"chat":{"id":1,"type":"private"}}}`)
	case answersBlock:
		refuse(403, "Forbidden: bot was blocked by the user")
	case answersLeft:
		refuse(400, "Bad Request: chat not found")
	case answersLimit:
		refuse(429, "Too Many Requests: retry after 60")
	case answersFail:
		refuse(500, "Internal Server Error")
	case answersHang:
		<-r.Context().Done()
	}
}

// RoundTrip hands a request to the servers without a network.
func (a *reachAPI) RoundTrip(r *http.Request) (*http.Response, error) {
	a.mu.Lock()
	down := a.down && strings.Contains(r.URL.Path, "/bot")
	a.mu.Unlock()
	if down {
		return nil, &net.OpError{Op: "dial", Err: errors.New("refused")}
	}
	answer := httptest.NewRecorder()
	a.ServeHTTP(answer, r)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return answer.Result(), nil
}

// reached lists what has arrived so far.
func (a *reachAPI) reached() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]string{}, a.arrived...)
}

// The chats of those who can be called.
const guardChat, dutyChat, centreChat = "2201", "1002", "1003"

// reachDesk is a desk with a guard, a duty manager and a centre manager.
type reachDesk struct {
	t   *testing.T
	api *reachAPI
	app *App
	log *errorLog
}

// loadedOnce is the example's configuration, which costs more to read than a case.
var loadedOnce = sync.OnceValues(func() (*Config, error) {
	dir, err := os.MkdirTemp("", "frontdesk")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "config.yaml")
	if err := os.WriteFile(path, frontdesk.ExampleConfig, 0o600); err != nil {
		return nil, err
	}
	return LoadConfig(path, func(string) (string, bool) { return "1000001:TEST-token", true })
})

// reachConfig is a copy of it that can be changed.
func reachConfig() *Config {
	loaded, err := loadedOnce()
	if err != nil {
		panic(err)
	}
	config, site := *loaded, *loaded.Site
	config.Site = &site
	return &config
}

// inReach runs a story on such a desk.
func inReach(t *testing.T, answers map[string]string, story func(d *reachDesk)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		config := reachConfig()
		config.Site.Roster = desk.Roster{}
		config.Telegram.Mode = ModePolling
		if answers["hook"] != answersAbsent {
			config.Escalation = EscalationConfig{Webhook: "https://siren.example.edu/hook", Secret: "a-shared-secret-of-the-siren"}
			config.Site.Escalation.Webhook = desk.WebhookAddress
		}
		d := &reachDesk{t: t, api: &reachAPI{answers: answers}, log: &errorLog{}}
		log := slog.New(d.log)
		channel, err := telegram.New(telegram.Config{Token: config.Telegram.Token, APIURL: config.Telegram.APIURL, Mode: ModePolling}, log, telegram.WithTransport(d.api))
		must(t, err)
		d.app, err = NewApp(config, memory.New(), []bot.Channel{channel}, AppOptions{
			Workers: bot.DefaultWorkers, Log: log, Understand: exampleListener(), Transport: d.api,
		})
		must(t, err)
		d.staff()
		ctx, cancel := context.WithCancel(t.Context())
		var loops sync.WaitGroup
		loops.Go(func() { must(t, d.app.Run(ctx)) })
		story(d)
		cancel()
		loops.Wait()
		must(t, d.app.Close())
	})
}

// staff puts the people into the store.
func (d *reachDesk) staff() {
	roles := map[string]desk.Role{
		guardChat: {Name: desk.RoleTechnician, Departments: []string{"security"}}, dutyChat: {Name: desk.RoleDutyManager},
		centreChat: {Name: desk.RoleCentreManager},
	}
	var people []desk.Person
	for chat, role := range roles {
		people = append(people, desk.Person{ID: "p" + chat, Name: "p" + chat, Roles: []desk.Role{role}, Addresses: []desk.Address{{Channel: "telegram", ID: chat}}})
	}
	people = append(people, desk.Person{ID: "res", Name: "张同学"})
	d.apply(func(*storage.World) desk.Effects { return desk.Effects{People: people} })
}

func (d *reachDesk) apply(rule func(w *storage.World) desk.Effects) {
	d.t.Helper()
	err := d.app.Store.Update(d.t.Context(), func(tx *storage.Tx) error {
		wr := d.app.writer()
		return wr.Apply(tx, rule(storage.NewWorld(tx, wr.Site)))
	})
	must(d.t, err)
}

// fire is an emergency whose help was sent.
func (d *reachDesk) fire() (ticket string) {
	d.apply(func(w *storage.World) desk.Effects {
		out, a := desk.Raise(w, desk.Alarm{Person: "res", Kind: "fire", Words: []string{"着火了"}, Place: "3-502"})
		sent, t := desk.SendHelp(w, a)
		out.Add(sent)
		ticket = t.ID
		return out
	})
	return ticket
}

// loud tells whether the desk cried out: in the log with a reference, and in /readyz.
func (d *reachDesk) loud() bool {
	logged := false
	for _, line := range d.log.errors() {
		logged = logged || strings.Contains(line, "has reached nobody") && strings.Contains(line, "E-1001")
	}
	return logged && !d.app.emergencies(d.t.Context(), time.Now()).OK
}

// TestEmergencyReachesSomebody goes through all combinations of how the guard, the
// duty manager, the centre manager and the webhook answer: within a minute somebody
// is reached who can be, or else the desk itself cries out.
func TestEmergencyReachesSomebody(t *testing.T) {
	t.Parallel()
	hooks := []string{answersAbsent, answersFail, answersWell}
	cases, loud, n := 0, 0, 0
	for _, guard := range reachStates {
		for _, duty := range reachStates {
			for _, centre := range reachStates {
				for _, hook := range hooks {
					if n++; testing.Short() && n%7 != 0 {
						continue
					}
					cases++
					if reachCase(t, map[string]string{guardChat: guard, dutyChat: duty, centreChat: centre, "hook": hook}) {
						loud++
					}
				}
			}
		}
	}
	if cases < 648 && !testing.Short() || loud == 0 || loud > cases*2/3 {
		t.Errorf("%d cases, %d of them loud", cases, loud)
	}
}

// reachCase is one combination; it tells whether the desk had to cry out.
func reachCase(t *testing.T, answers map[string]string) (loud bool) {
	t.Helper()
	inReach(t, answers, func(d *reachDesk) {
		d.fire()
		time.Sleep(time.Minute)
		synctest.Wait()
		can := 0
		for _, how := range answers {
			if how == answersWell {
				can++
			}
		}
		reached := d.api.reached()
		loud = d.loud()
		switch {
		case can > 0 && len(reached) == 0:
			t.Errorf("%v: nobody was reached in a minute", answers)
		case can > 0 && loud:
			t.Errorf("%v: the desk cried out although %q were reached", answers, reached)
		case can == 0 && !loud:
			t.Errorf("%v: nobody was reached, and the desk was silent: %q", answers, d.log.errors())
		}
	})
	return loud
}

// TestEmergencyWithTheAPIDown: the webhook is called within the minute, and without
// one the desk cries out; when the network is there again, the calls arrive.
func TestEmergencyWithTheAPIDown(t *testing.T) {
	t.Parallel()
	for _, hook := range []string{answersWell, answersAbsent, answersHang} {
		inReach(t, map[string]string{guardChat: answersWell, dutyChat: answersWell, centreChat: answersWell, "hook": hook}, func(d *reachDesk) {
			d.api.down = true
			d.fire()
			time.Sleep(time.Minute)
			synctest.Wait()
			if reached := d.api.reached(); (hook == answersWell) != (len(reached) == 1) || (hook == answersWell) == d.loud() {
				t.Errorf("webhook %s: reached %q, loud %v", hook, reached, d.loud())
			}
			d.api.mu.Lock()
			d.api.down = false
			d.api.mu.Unlock()
			time.Sleep(10 * time.Second)
			synctest.Wait()
			for _, chat := range []string{guardChat, dutyChat, centreChat} {
				if !strings.Contains(strings.Join(d.api.reached(), " "), chat) {
					t.Errorf("webhook %s: %s was not called when the network was there again", hook, chat)
				}
			}
			if !d.app.emergencies(d.t.Context(), time.Now()).OK {
				t.Error("the desk still says that nobody was reached")
			}
		})
	}
}

// TestNothingIsSentAfterTheAnswer lets somebody answer at any moment while calls
// wait, are tried again or hang: what is begun after that commit calls nobody.
func TestNothingIsSentAfterTheAnswer(t *testing.T) {
	t.Parallel()
	for _, centre := range []string{answersLimit, answersFail, answersHang} {
		for _, after := range []time.Duration{0, 16 * time.Second, 4 * time.Minute, 10 * time.Minute} {
			answers := map[string]string{guardChat: answersWell, dutyChat: centre, centreChat: centre, "hook": centre}
			inReach(t, answers, func(d *reachDesk) {
				ticket := d.fire()
				time.Sleep(after)
				synctest.Wait()
				d.apply(func(w *storage.World) desk.Effects {
					l, _ := w.LadderOf(ticket)
					guard, _ := w.Person("p" + guardChat)
					out, err := desk.Respond(w, l, desk.Actor{Person: guard})
					must(t, err)
					return out
				})
				d.api.mu.Lock()
				d.api.calls = nil
				for chat := range answers {
					d.api.answers[chat] = answersWell
				}
				d.api.mu.Unlock()
				time.Sleep(13 * time.Minute)
				synctest.Wait()
				if calls := d.api.calls; len(calls) > 0 {
					t.Errorf("%s, answered after %s: %q were called afterwards", centre, after, calls)
				}
			})
		}
	}
}
