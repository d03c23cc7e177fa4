package main

import (
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/playground"
	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/memory"
)

// square is a desk with people on two networks, stepped under a clock of its own.
type square struct {
	*playground.Channel
	t   *testing.T
	now time.Time
	app *App
}

func newSquare(t *testing.T, change func(*Config)) *square {
	t.Helper()
	config := exampleTown(t)
	if change != nil {
		change(config)
	}
	w := &square{t: t, now: time.Date(2026, 11, 24, 9, 0, 0, 0, config.Site.Zone)}
	clock := func() time.Time { return w.now }
	w.Channel = playground.New(clock)
	var err error
	w.app, err = NewApp(config, memory.New(), []bot.Channel{w.Channel, w.Cards()}, AppOptions{
		Now: clock, Log: slog.New(slog.DiscardHandler), Understand: exampleListener(),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.app.Close() }) //nolint:errcheck // It is over.
	return w
}

func (w *square) handle(in desk.Input) {
	w.t.Helper()
	if err := w.app.Handler.Handle(w.t.Context(), []desk.Input{in}, nil); err != nil {
		w.t.Fatal(err)
	}
	w.pass(10 * time.Second)
}

// pass lets time pass, a second at a time.
func (w *square) pass(d time.Duration) {
	w.t.Helper()
	for end := w.now.Add(d); w.now.Before(end); w.now = w.now.Add(time.Second) {
		if _, err := w.app.Step(w.t.Context(), w.now); err != nil {
			w.t.Fatal(err)
		}
	}
}

// says says something in private and returns what the desk answers last.
func (w *square) says(p *playground.Person, text string) string {
	w.t.Helper()
	w.handle(p.Say(p.Private(), text))
	return w.last(p).Text
}

// last is the newest message of the desk to somebody.
func (w *square) last(p *playground.Person) playground.Message {
	w.t.Helper()
	screen := w.Screen(p.Private())
	for i := range screen {
		if m := screen[len(screen)-1-i]; m.Person == "" {
			return m
		}
	}
	return playground.Message{}
}

func (w *square) presses(p *playground.Person, label string) {
	w.t.Helper()
	in, err := p.Press(p.Private(), label)
	if err != nil {
		w.t.Fatalf("%v: %v", err, w.Screen(p.Private()))
	}
	w.handle(in)
}

// told wants somebody's newest message to say something.
func (w *square) told(p *playground.Person, words string) {
	w.t.Helper()
	if m := w.last(p); !includes(m.Text, words) {
		w.t.Fatalf("%s was told %q, want %q", p.ID(), m.Text, words)
	}
}

func (w *square) person(a desk.Address) (p desk.Person) {
	w.t.Helper()
	err := w.app.Store.View(w.t.Context(), func(tx *storage.Tx) error {
		p, _ = storage.NewWorld(tx, w.app.Site()).PersonAt(a)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

var joinCode = regexp.MustCompile(`/join ([0-9]{8})`)

// code asks for a code.
func (w *square) code(p *playground.Person) string {
	w.t.Helper()
	answer := w.says(p, "/join")
	match := joinCode.FindStringSubmatch(answer)
	if match == nil {
		w.t.Fatalf("no code in %q", answer)
	}
	return match[1]
}

// count is how many messages of the desk somebody has with these words.
func (w *square) count(p *playground.Person, words string) int {
	n := 0
	for _, m := range w.Screen(p.Private()) {
		if m.Person == "" && includes(m.Text, words) {
			n++
		}
	}
	return n
}

// technician lets somebody work for the engineers.
func (w *square) technician(p *playground.Person) {
	w.t.Helper()
	person := w.person(p.Private())
	person.Roles = []desk.Role{{Name: desk.RoleTechnician, Departments: []string{"engineering"}, By: "admin", At: w.now}}
	err := w.app.Store.Update(w.t.Context(), func(tx *storage.Tx) error {
		return w.app.writer().Apply(tx, desk.Effects{People: []desk.Person{person}})
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// files reports something and returns its number.
func (w *square) files(p *playground.Person, sentence string) string {
	w.t.Helper()
	w.says(p, sentence)
	w.presses(p, "提交")
	n := ""
	for _, m := range w.Screen(p.Private()) {
		if m.Person == "" && includes(m.Text, "已登记") {
			n = number(m.Text)
		}
	}
	if _, asked := w.Find(p.Private(), "跳过"); asked {
		w.presses(p, "跳过")
	}
	return n
}

// TestJoinAccounts is one person on two networks, in both languages.
func TestJoinAccounts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lang                              string
		ask, mine, wait, confirm, yes, on string
	}{
		{"zh", "演练场上的一号取的", "是我的", "请到演练场上点[是我,合并]", "卡片式私聊上的二号要和这个账号合并", "是我,合并", "合并好了,两边都是您"},
		{"en", "was made by 一号 on the playground", "It's mine", `tap "Yes, link" on the playground`, "二号 on the playground's card chat", "Yes, link", "Linked: both accounts are you"},
	} {
		w := newSquare(t, nil)
		one, two := w.Person("one", "一号", c.lang), w.CardsPerson("two", "二号", c.lang)
		w.handle(one.Open(playground.Link))
		w.says(two, "/my")
		if menu := w.Menu(one); c.lang == "zh" && !strings.Contains(strings.Join(names(menu), " "), "join") {
			if err := w.app.Menus.Everybody(t.Context()); err != nil || !strings.Contains(strings.Join(names(w.Menu(one)), " "), "join") {
				t.Errorf("the menu has no join: %v %v", names(w.Menu(one)), err)
			}
		}
		code := w.code(one)
		w.says(two, "/join "+code[:4]+" "+code[4:])
		w.told(two, c.ask)
		w.presses(two, c.mine)
		w.told(two, c.wait)
		w.told(one, c.confirm)
		if w.person(one.Private()).ID == w.person(two.Private()).ID {
			t.Fatal("joined without the confirmation")
		}
		w.presses(one, c.yes)
		w.told(one, c.on)
		w.told(two, c.on)
		if w.person(one.Private()).ID != w.person(two.Private()).ID {
			t.Error("they are two people still")
		}
		// A code is good once.
		if answer := w.says(two, "/join "+code); includes(answer, c.ask) {
			t.Errorf("used twice: %q", answer)
		}
	}
}

func names(menu []bot.CommandLine) []string {
	var list []string
	for _, line := range menu {
		list = append(list, line.Name)
	}
	return list
}

// joined joins two accounts.
func (w *square) joined(one, two *playground.Person) {
	w.t.Helper()
	w.says(two, "/join "+w.code(one))
	w.presses(two, "是我的")
	w.presses(one, "是我,合并")
	w.told(one, "合并好了")
}

// TestJoinStolenCode: whoever gets hold of a technician's code, and whoever gets
// a technician to enter theirs, is nobody more than before.
func TestJoinStolenCode(t *testing.T) {
	t.Parallel()
	w := newSquare(t, nil)
	wang, thief := w.Person("wang", "王师傅", "zh"), w.CardsPerson("thief", "路人", "zh")
	w.handle(wang.Open(playground.Link))
	w.says(thief, "/my")
	w.technician(wang)
	nothing := func(when string) {
		t.Helper()
		if p := w.person(thief.Private()); len(p.Roles) > 0 || p.ID == w.person(wang.Private()).ID {
			t.Fatalf("%s the thief is %+v", when, p)
		}
	}
	w.says(thief, "/join "+w.code(wang))
	nothing("after the code")
	w.presses(thief, "是我的")
	nothing("after their own word")
	// The technician's button does nothing in the thief's hand.
	asked := w.last(wang)
	for _, row := range asked.Buttons {
		for _, b := range row {
			w.handle(thief.PressButton(w.last(thief), b))
		}
	}
	w.handle(thief.PressButton(w.last(thief), desk.DrawnMark{Label: "x", Data: "j|join|" + w.person(wang.Private()).ID}))
	nothing("after pressing the technician's buttons")
	w.presses(wang, "不是我")
	w.told(thief, "两个账号没有合并")
	nothing("after the refusal")
	w.handle(wang.PressButton(asked, asked.Buttons[0][0]))
	nothing("after a press that comes too late")

	// The other way round: the technician only enters a code that somebody gave them.
	w.says(wang, "/join "+w.code(thief))
	w.handle(thief.PressButton(w.last(thief), desk.DrawnMark{Label: "x", Data: "j|join|" + w.person(wang.Private()).ID}))
	nothing("when the technician has entered the thief's code")
	w.presses(wang, "不是我")
	nothing("when the technician has said no")
	// And questions end.
	w.says(thief, "/join "+w.code(wang))
	w.presses(thief, "是我的")
	w.pass(desk.JoinFor)
	w.presses(wang, "是我,合并")
	nothing("after a quarter of an hour")
}

// TestJoinRefused is who is not joined, and that nobody can guess.
func TestJoinRefused(t *testing.T) {
	t.Parallel()
	w := newSquare(t, nil)
	one, other, two := w.Person("one", "一号", "zh"), w.Person("other", "别人", "zh"), w.CardsPerson("two", "二号", "zh")
	for _, p := range []*playground.Person{one, other} {
		w.handle(p.Open(playground.Link))
	}
	w.says(two, "/my")
	code := w.code(one)
	for _, c := range []struct {
		who  *playground.Person
		want string
	}{{one, "就是这个账号取的"}, {other, "两个账号都在演练场"}} {
		if answer := w.says(c.who, "/join "+code); !includes(answer, c.want) {
			t.Errorf("%s is told %q", c.who.Name(), answer)
		}
	}
	w.pass(desk.JoinFor)
	if answer := w.says(two, "合并账号 "+code); !includes(answer, "今天还可以试4次") {
		t.Errorf("an old code: %q", answer)
	}
	code = w.code(one)
	for range 3 {
		w.says(two, "/join 00000000")
	}
	for range 2 {
		if answer := w.says(two, "/join 00000000"); !includes(answer, "今天不能再试了") {
			t.Errorf("guessing goes on: %q", answer)
		}
	}
	if answer := w.says(two, "/join "+code); !includes(answer, "今天不能再试了") {
		t.Errorf("the right code after five wrong ones: %q", answer)
	}
	w.now = w.now.Add(24 * time.Hour)
	w.joined(one, two)
}

// TestTwoNetworks is what one person has of two accounts: their tickets on both,
// old cards that work, answers where they last wrote, emergencies everywhere.
func TestTwoNetworks(t *testing.T) {
	t.Parallel()
	w := newSquare(t, nil)
	one, two := w.Person("one", "一号", "zh"), w.CardsPerson("two", "二号", "zh")
	w.handle(one.Open(playground.Link))
	first, second := w.files(one, "空调不制冷,3栋502,随时可以进"), w.files(two, "没热水,3栋502,随时可以进")
	w.joined(one, two)
	for _, p := range []*playground.Person{one, two} {
		if answer := w.says(p, "/my"); !includes(answer, first) || !includes(answer, second) {
			t.Errorf("%s has %q", p.ID(), answer)
		}
	}
	// The card of the joined account still takes its presses.
	in, err := two.Press(two.Private(), "取消报修", second)
	if err != nil {
		t.Fatal(err)
	}
	w.handle(in)
	w.told(two, "取消 "+second+" 吗?")
	w.presses(two, "取消报修")
	if w.count(two, second) == 0 || w.count(two, "已取消") == 0 {
		t.Errorf("the old card does nothing: %v", w.Screen(two.Private()))
	}
	// What is said goes where they last wrote; an emergency to both.
	say := func(m desk.Message) {
		t.Helper()
		m.Person = w.person(one.Private()).ID
		err := w.app.Store.Update(t.Context(), func(tx *storage.Tx) error {
			return w.app.writer().Apply(tx, desk.Effects{Messages: []desk.Message{m}})
		})
		if err != nil {
			t.Fatal(err)
		}
		w.pass(10 * time.Second)
	}
	notice := desk.Message{Text: desk.Literal("A"), Lane: desk.LaneInteractive, Class: desk.ClassNotice}
	w.says(one, "/my")
	say(notice)
	w.says(two, "/my")
	notice.Text = desk.Literal("B")
	say(notice)
	say(desk.Message{Text: desk.Literal("E"), Lane: desk.LaneEmergency, Class: desk.ClassEmergency})
	for words, want := range map[string][2]int{"A": {1, 0}, "B": {0, 1}, "E": {1, 1}} {
		got := [2]int{}
		for i, p := range []*playground.Person{one, two} {
			for _, m := range w.Screen(p.Private()) {
				if m.Person == "" && m.Text == words {
					got[i]++
				}
			}
		}
		if got != want {
			t.Errorf("%s was said %v, want %v", words, got, want)
		}
	}
}
