package main

import (
	"container/heap"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/playground"
	"frontdesk/desk"
	"frontdesk/storage/memory"
)

// month is a campus around the desk: hundreds of people on the playground's network,
// who do what they do with what they see there, under a clock that is moved by hand.
// Nothing of it looks into the store. What it received is read by a ledger.
type month struct {
	t       *testing.T
	app     *App
	config  *Config
	channel *playground.Channel
	zone    *time.Location
	rand    *rand.Rand
	errors  *errorLog
	ledger  *ledger
	// enters and reacts get each line of the network's log: who reads it, and who does
	// something about it.
	enters, reacts func(playground.Entry)

	now  time.Time
	next time.Time // when the desk has something to do by itself
	todo agenda
	seq  int
	read int // entries of the log

	crew      map[string][]*playground.Person // by duty and shift: engineering/0
	residents []*playground.Person
	people    map[string]*playground.Person // by id
	groups    map[string]desk.Address       // by department
	screens   map[string][]*playground.Message
	byRef     map[string]*playground.Message
	coming    map[string]bool // tickets to which somebody is already on the way
	hands     map[string]int  // tickets that somebody has not begun
	stuck     map[string]int  // what people wanted to press and did not find
	handled   map[string]bool // cases on which a manager works
	rooms     []string        // those of which there is most to complain
}

// errand is something that somebody does at a time.
type errand struct {
	at  time.Time
	seq int
	do  func()
}

type agenda []errand

func (a agenda) Len() int { return len(a) }
func (a agenda) Less(i, j int) bool {
	return a[i].at.Before(a[j].at) || a[i].at.Equal(a[j].at) && a[i].seq < a[j].seq
}
func (a agenda) Swap(i, j int) { a[i], a[j] = a[j], a[i] }
func (a *agenda) Push(x any)   { *a = append(*a, x.(errand)) } //nolint:forcetypeassert // Of heap.
func (a *agenda) Pop() any {
	last := (*a)[len(*a)-1]
	*a = (*a)[:len(*a)-1]
	return last
}

// forgetful is the memory engine that runs a closure once, which is faster.
type forgetful struct{ *memory.Engine }

func (forgetful) RunTwice() bool { return false }

// crewOf is how many work in a duty by day and by night.
type crewOf struct {
	duty       string
	day, night int
}

// monthCrew is who works there during a month.
var monthCrew = []crewOf{
	{string(desk.RoleOperator), 3, 0}, {string(desk.RoleDutyManager), 1, 1}, {string(desk.RoleCentreManager), 1, 0},
	{string(desk.RolePropertyManager), 1, 0}, {string(desk.RoleSupervisor), 3, 0}, {string(desk.RoleCaretaker), 4, 0},
	{"engineering", 24, 8}, {"cleaning", 8, 0}, {"security", 8, 8},
}

func newMonth(t *testing.T, seed uint64, start string, residents int) *month {
	t.Helper()
	return newFakeCampus(t, seed, start, residents, monthCrew, func(*Config) {})
}

// newFakeCampus is a campus with a crew, whose configuration differs from the demo's.
func newFakeCampus(t *testing.T, seed uint64, start string, residents int, crew []crewOf, differs func(*Config)) *month {
	t.Helper()
	config, err := demoConfig(t.TempDir(), "zh")
	if err != nil {
		t.Fatal(err)
	}
	differs(config)
	m := &month{
		t: t, config: config, zone: config.Site.Zone, rand: rand.New(rand.NewPCG(seed, 31)), errors: &errorLog{},
		crew: map[string][]*playground.Person{}, people: map[string]*playground.Person{}, groups: map[string]desk.Address{},
		screens: map[string][]*playground.Message{}, byRef: map[string]*playground.Message{}, coming: map[string]bool{},
		hands: map[string]int{}, stuck: map[string]int{}, handled: map[string]bool{},
	}
	if m.now, err = time.ParseInLocation("2006-01-02 15:04", start, m.zone); err != nil {
		t.Fatal(err)
	}
	m.channel = playground.New(func() time.Time { return m.now })
	m.hire(crew)
	for i := range residents {
		lang := "zh-hans"
		if i%5 == 4 {
			lang = "en"
		}
		m.residents = append(m.residents, m.person(fmt.Sprintf("r%d", i+1), fmt.Sprintf("住户%d", i+1), lang))
	}
	for range 40 {
		m.rooms = append(m.rooms, m.anyRoom())
	}
	var ids [32]byte
	copy(ids[:], fmt.Sprintf("month %d", seed))
	m.app, err = NewApp(config, forgetful{memory.New()}, []bot.Channel{m.channel}, AppOptions{
		Now: func() time.Time { return m.now }, Rand: rand.NewChaCha8(ids), Log: slog.New(m.errors), Understand: exampleListener(),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.app.Close() })
	m.app.AddLinks(map[string]string{playground.Name: playground.Link})
	m.ledger = newLedger(m)
	m.enters, m.reacts = m.ledger.enter, m.react
	return m
}

func (m *month) person(id, name, lang string) *playground.Person {
	p := m.channel.Person(id, name, lang)
	m.people[id] = p
	return p
}

// hire puts everybody who works on the roster, and makes the groups.
func (m *month) hire(crew []crewOf) {
	m.person("1000", "管理员", "zh-hans")
	shifts := m.config.Site.Roster.Shifts
	for i := range shifts {
		clear(shifts[i].Staff)
	}
	id := 2000
	for _, c := range crew {
		for shift, n := range []int{c.day, c.night} {
			for i := range n {
				id++
				lang := "zh-hans"
				if c.duty == string(desk.RoleSupervisor) && i == 2 {
					lang = "en"
				}
				// No name is the beginning of another: of 工甲21 the desk would not be sure whether
				// 工甲2 is meant too.
				name := fmt.Sprintf("%s%s%02d", map[string]string{
					"engineering": "工", "cleaning": "洁", "security": "保", string(desk.RoleOperator): "线", string(desk.RoleDutyManager): "值",
					string(desk.RoleCentreManager): "运", string(desk.RolePropertyManager): "管", string(desk.RoleSupervisor): "主", string(desk.RoleCaretaker): "楼",
				}[c.duty], []string{"甲", "乙"}[shift], i+1)
				p := m.person(fmt.Sprint(id), name, lang)
				key := fmt.Sprintf("%s/%d", c.duty, shift)
				m.crew[key] = append(m.crew[key], p)
				shifts[shift].Staff[c.duty] = append(shifts[shift].Staff[c.duty], p.Private().String())
				// The managers above are there at night too.
				if c.duty == string(desk.RoleCentreManager) || c.duty == string(desk.RolePropertyManager) {
					shifts[1].Staff[c.duty] = append(shifts[1].Staff[c.duty], p.Private().String())
				}
			}
		}
	}
	for _, d := range m.config.Site.Departments {
		members := append([]*playground.Person{m.people["1000"]}, m.crew[d.ID+"/0"]...)
		m.groups[d.ID] = m.channel.Group("g-"+d.ID, d.Label.In("zh"), append(members, m.crew[d.ID+"/1"]...)...)
	}
}

// opens lets everybody of the desk write to it once, and binds the groups.
func (m *month) opens() {
	m.step()
	for _, key := range sortedKeys(m.crew) {
		for _, p := range m.crew[key] {
			m.hand(p.Say(p.Private(), "/start"))
		}
	}
	admin := m.people["1000"]
	m.hand(admin.Say(admin.Private(), "/start"))
	for _, d := range m.config.Site.Departments {
		group := m.groups[d.ID]
		m.hand(admin.AddDesk(group))
		m.hand(admin.Say(group, "/link"))
		m.press(admin, group, d.Label.In("zh"))
	}
}

func sortedKeys[V any](of map[string]V) []string {
	var keys []string
	for key := range of {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// at lets something happen at a time; it may be late by what others do just then.
func (m *month) at(t time.Time, do func()) {
	m.seq++
	heap.Push(&m.todo, errand{t, m.seq, do})
}

func (m *month) in(d time.Duration, do func()) { m.at(m.now.Add(d), do) }

// live lets everything happen until a time.
func (m *month) live(end time.Time) {
	for len(m.todo) > 0 && !m.todo[0].at.After(end) {
		next := heap.Pop(&m.todo).(errand) //nolint:forcetypeassert // Nothing else is in it.
		m.wait(next.at)
		next.do()
	}
	m.wait(end)
}

// wait moves the clock, from one thing that is due to the next.
func (m *month) wait(until time.Time) {
	for !m.next.IsZero() && !m.next.After(until) {
		if m.next.After(m.now) {
			m.now = m.next
		}
		m.step()
	}
	if until.After(m.now) {
		m.now = until
	}
}

// step lets the desk do what is due, and everybody look at what came.
func (m *month) step() {
	for {
		next, err := m.app.Step(context.Background(), m.now)
		if err != nil {
			m.t.Fatal(err)
		}
		m.next = next
		m.look()
		if next.IsZero() || next.After(m.now) {
			return
		}
	}
}

// hand gives the desk an input and lets it answer; people take a few seconds.
func (m *month) hand(in desk.Input) {
	if err := m.app.Handler.Handle(context.Background(), []desk.Input{in}, nil); err != nil {
		m.t.Fatal(err)
	}
	m.step()
	m.wait(m.now.Add(3 * time.Second))
}

func (m *month) says(p *playground.Person, text string) { m.hand(p.Say(p.Private(), text)) }

// look keeps what everybody sees, gives it to the ledger, and lets people react.
func (m *month) look() {
	for fresh := m.channel.LogSince(m.read); len(fresh) > 0; fresh = m.channel.LogSince(m.read) {
		m.read += len(fresh)
		for _, e := range fresh {
			if e.Kind == playground.Sent || e.Kind == playground.Edited {
				if seen := m.byRef[e.Message.Ref]; seen != nil {
					*seen = e.Message
				} else {
					copied := e.Message
					m.byRef[e.Message.Ref] = &copied
					m.screens[e.Chat.ID] = append(m.screens[e.Chat.ID], &copied)
				}
			}
			m.enters(e)
			m.reacts(e)
		}
	}
}

// farBack is how many messages somebody scrolls back.
const farBack = 300

// shown is the newest message in a chat with a button and with all of about.
func (m *month) shown(chat desk.Address, label string, about ...string) (playground.Message, desk.DrawnMark, bool) {
	screen := m.screens[chat.ID]
	for _, seen := range slices.Backward(screen[max(0, len(screen)-farBack):]) {
		b, has := seen.Button(label)
		if has && !slices.ContainsFunc(about, func(w string) bool { return !strings.Contains(seen.Text, w) }) {
			return *seen, b, true
		}
	}
	return playground.Message{}, desk.DrawnMark{}, false
}

// press presses a button, if it is there. A label with a dot is a key.
func (m *month) press(p *playground.Person, chat desk.Address, label string, about ...string) bool {
	if strings.Contains(label, ".") && m.config.Texts.Has("zh", label) {
		label = m.words(m.langIn(p, chat), label)
	}
	message, b, ok := m.shown(chat, label, about...)
	if !ok {
		m.stuck[label]++
		return false
	}
	m.hand(p.PressButton(message, b))
	return true
}

func (m *month) taps(p *playground.Person, label string, about ...string) bool {
	return m.press(p, p.Private(), label, about...)
}

// langIn is the language in which a chat speaks.
func (m *month) langIn(p *playground.Person, chat desk.Address) string {
	if chat == p.Private() {
		return m.config.Site.Language(p.Lang())
	}
	return m.config.Site.Languages[0]
}

func (m *month) words(lang, key string) string {
	return m.config.Texts.Render(lang, desk.T(key), m.now)
}

// newest is what the desk said last to somebody.
func (m *month) newest(p *playground.Person) playground.Message {
	screen := m.screens[p.ID()]
	if len(screen) == 0 {
		return playground.Message{}
	}
	return *screen[len(screen)-1]
}

func (m *month) chance(percent int) bool { return m.rand.IntN(100) < percent }

func (m *month) minutes(from, to int) time.Duration {
	return time.Duration(from*60+m.rand.IntN((to-from)*60)) * time.Second
}

func (m *month) clock() desk.ClockTime {
	local := m.now.In(m.zone)
	return desk.ClockTime(local.Hour()*60 + local.Minute())
}

// byDay tells whether the day shift is on.
func (m *month) byDay() bool { return m.clock() >= 8*60 && m.clock() < 17*60+30 }

// onDuty lists who of a duty works now.
func (m *month) onDuty(duty string) []*playground.Person {
	if m.byDay() || len(m.crew[duty+"/1"]) == 0 {
		return m.crew[duty+"/0"]
	}
	return m.crew[duty+"/1"]
}

func anyOf[T any](m *month, list ...T) T { return list[m.rand.IntN(len(list))] }

func (m *month) anyRoom() string {
	return fmt.Sprintf("%d-%d%02d", 1+m.rand.IntN(8), 1+m.rand.IntN(12), 1+m.rand.IntN(12))
}
