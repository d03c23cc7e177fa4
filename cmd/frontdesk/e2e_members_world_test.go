package main

import (
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/playground"
	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/memory"
)

// mixed is the program on three channels: "full" can do what Telegram can, "chat"
// has private chats alone that can be edited for three days, and "notices" groups
// alone, where what was sent stays as it is. Engineering has a group on full and
// one on notices; its people are on both networks.
type mixed struct {
	t                   testing.TB
	app                 *App
	now                 time.Time
	full, chat, notices *playground.Channel
	group, board        desk.Address
	// Of engineering wang is on full, zhao and mei on chat; guo, on chat, has the
	// night. chen is the duty manager, zhang a resident, qian of cleaning.
	wang, zhao, mei, guo, chen, zhang, qian *playground.Person
	log                                     *errorLog
}

// newMixed opens the desk on a Tuesday at 10:20, with everybody known.
func newMixed(t testing.TB, config *Config) *mixed {
	w := &mixed{t: t, now: time.Date(2026, 11, 24, 10, 20, 0, 0, config.Site.Zone), log: &errorLog{}}
	clock := func() time.Time { return w.now }
	w.full = playground.NewWith(clock, playground.Options{Name: "full"})
	w.chat = playground.NewWith(clock, playground.Options{Name: "chat", Can: desk.Capabilities{EditFor: 72 * time.Hour}})
	w.notices = playground.NewWith(clock, playground.Options{Name: "notices", Can: desk.Capabilities{NoPrivate: true, NoReply: true}})
	config.Site.Admins = []desk.Address{{Channel: "full", ID: "chen"}}
	day := map[string][]string{"duty_manager": {"full:chen"}, "engineering": {"full:wang", "chat:zhao", "chat:mei"}, "cleaning": {"chat:qian"}}
	config.Site.Roster.Shifts[0].Staff = day
	config.Site.Roster.Shifts[1].Staff = map[string][]string{"duty_manager": {"full:chen"}, "engineering": {"chat:guo"}}
	var err error
	w.app, err = NewApp(config, memory.New(), []bot.Channel{w.full, w.chat, w.notices}, AppOptions{
		Now: clock, Log: slog.New(w.log), Understand: exampleListener(),
	})
	if err != nil {
		t.Fatal(err)
	}
	w.wang, w.chen, w.zhang = w.full.Person("wang", "王师傅", "zh"), w.full.Person("chen", "陈刚", "zh"), w.full.Person("zhang", "张同学", "zh")
	w.zhao, w.mei = w.chat.Person("zhao", "赵师傅", "zh"), w.chat.Person("mei", "梅师傅", "zh")
	w.guo, w.qian = w.chat.Person("guo", "郭师傅", "zh"), w.chat.Person("qian", "钱阿姨", "zh")
	w.group = w.full.Group("g1", "工程群", w.wang, w.chen)
	w.board = w.notices.Group("g2", "工程通知", w.notices.Person("x", "某人", "zh"))
	w.hand(w.wang.AddDesk(w.group))
	w.hand(w.notices.Person("x", "某人", "zh").AddDesk(w.board))
	for _, p := range []*playground.Person{w.wang, w.chen, w.zhang, w.zhao, w.mei, w.guo, w.qian} {
		w.hand(p.Say(p.Private(), "/start"))
	}
	w.do(desk.Effects{Groups: []desk.Group{
		{Address: w.group, Department: "engineering", Lang: "zh"}, {Address: w.board, Department: "engineering", Lang: "zh"},
	}})
	return w
}

func (w *mixed) close() {
	if err := w.app.Close(); err != nil {
		w.t.Error(err)
	}
	for _, line := range w.log.errors() {
		w.t.Error("logged as an error:", line)
	}
	for _, c := range []*playground.Channel{w.full, w.chat, w.notices} {
		for _, r := range c.Refused() {
			w.t.Errorf("%s refused %q: %v", c.Name(), r.Text, r.Err)
		}
	}
}

func (w *mixed) hand(in desk.Input) {
	w.t.Helper()
	if err := w.app.Handler.Handle(w.t.Context(), []desk.Input{in}, nil); err != nil {
		w.t.Fatal(err)
	}
	w.wait(2 * time.Second)
}

func (w *mixed) do(e desk.Effects) {
	w.t.Helper()
	err := w.app.Store.Update(w.t.Context(), func(tx *storage.Tx) error { return w.app.writer().Apply(tx, e) })
	if err != nil {
		w.t.Fatal(err)
	}
}

// wait lets time pass, from one thing that is due to the next.
func (w *mixed) wait(d time.Duration) {
	w.t.Helper()
	for end := w.now.Add(d); ; {
		next, err := w.app.Step(w.t.Context(), w.now)
		if err != nil {
			w.t.Fatal(err)
		}
		if next.IsZero() || next.After(end) {
			w.now = end
			return
		}
		w.now = next
	}
}

// until lets time pass to a local time, today or else tomorrow.
func (w *mixed) until(clock string) {
	w.t.Helper()
	at, err := desk.ParseClockTime(clock)
	if err != nil {
		w.t.Fatal(err)
	}
	zone := w.app.Site().Zone
	day := desk.DateOf(w.now, zone)
	if !at.On(day, zone).After(w.now) {
		day = day.AddDays(1)
	}
	w.wait(at.On(day, zone).Sub(w.now))
}

// open files a leak of zhang in 3-502, whose words hold what no group and no
// member may read.
func (w *mixed) open() desk.Ticket {
	w.t.Helper()
	var ticket desk.Ticket
	err := w.app.Store.Update(w.t.Context(), func(tx *storage.Tx) error {
		world := storage.NewWorld(tx, w.app.Site())
		p, _ := world.PersonAt(w.zhang.Private())
		p.Phone = secretPhone
		e, t := desk.Open(world, desk.Draft{
			Kind: desk.KindRepair, Category: "leak", Place: "3-502", Summary: secretWords, Words: secretWords, Requester: p.ID, Entry: desk.EntryAnytime,
		})
		ticket, e.People = t, append(e.People, p)
		return w.app.writer().Apply(tx, e)
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.wait(2 * time.Second)
	return ticket
}

const secretWords, secretPhone = "我叫李雷住这里", "13912345678"

func (w *mixed) channel(a desk.Address) *playground.Channel {
	i := slices.IndexFunc([]*playground.Channel{w.full, w.chat, w.notices}, func(c *playground.Channel) bool { return c.Name() == a.Channel })
	return []*playground.Channel{w.full, w.chat, w.notices}[i]
}

// taps lets somebody press a button of the newest message that has it and the words.
func (w *mixed) taps(p *playground.Person, in desk.Address, label string, about ...string) {
	w.t.Helper()
	press, err := p.Press(in, label, about...)
	if err != nil {
		w.t.Fatalf("%v:\n%s", err, w.screen(in))
	}
	w.hand(press)
}

// shows wants the newest message with the words in a chat to have these buttons.
func (w *mixed) shows(in desk.Address, about string, labels ...string) playground.Message {
	w.t.Helper()
	for _, m := range slices.Backward(w.channel(in).Screen(in)) {
		if m.Person == "" && includes(m.Text, about) {
			if got := labelsOf(m); !slices.Equal(got, labels) {
				w.t.Fatalf("%q in %s has %q, want %q", m.Text, in, got, labels)
			}
			return m
		}
	}
	w.t.Fatalf("no %q in %s:\n%s", about, in, w.screen(in))
	return playground.Message{}
}

func labelsOf(m playground.Message) []string {
	var list []string
	for _, row := range m.Buttons {
		for _, b := range row {
			list = append(list, b.Label)
		}
	}
	return list
}

func (w *mixed) screen(a desk.Address) string {
	var b strings.Builder
	for _, m := range w.channel(a).Screen(a) {
		b.WriteString(m.Person + ": " + m.Text + " [" + strings.Join(labelsOf(m), "][") + "]\n")
	}
	return b.String()
}

// ticket reads a ticket.
func (w *mixed) ticket(id string) (t desk.Ticket) {
	w.t.Helper()
	err := w.app.Store.View(w.t.Context(), func(tx *storage.Tx) error {
		world := storage.NewWorld(tx, w.app.Site())
		t, _ = world.Ticket(id)
		return world.Err()
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return t
}

// answerTo is what a press was answered.
func (w *mixed) answerTo(in desk.Input) string {
	for _, e := range w.channel(in.Address()).Log() {
		if e.Kind == playground.Answered && e.Press == in.Press.ID {
			return e.Text
		}
	}
	return ""
}

// act works out what somebody does, past the buttons.
func (w *mixed) act(id string, who *playground.Person, a desk.Action) (out desk.Effects, err error) {
	failed := w.app.Store.View(w.t.Context(), func(tx *storage.Tx) error {
		world := storage.NewWorld(tx, w.app.Site())
		t, _ := world.Ticket(id)
		p, _ := world.PersonAt(who.Private())
		out, err = desk.Act(world, t, a, desk.Actor{Person: p}, desk.Args{})
		return world.Err()
	})
	if failed != nil {
		w.t.Fatal(failed)
	}
	return out, err
}
