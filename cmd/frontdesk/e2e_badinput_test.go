package main

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/desk"
	"frontdesk/storage"
)

// badInputs are what nobody should send at a step, and everybody does.
var badInputs = []struct {
	name string
	send func(p *telegramtest.Person)
}{
	{"sticker", func(p *telegramtest.Person) { p.Sticker() }},
	{"location", func(p *telegramtest.Person) { p.Location(31.2, 121.4) }},
	{"voice", func(p *telegramtest.Person) { p.Voice() }},
	{"photo", func(p *telegramtest.Person) { p.Photo("", "") }},
	{"dice", func(p *telegramtest.Person) { p.Send("dice", "", map[string]any{"dice": map[string]any{"value": 6}}) }},
	{"contact of another", func(p *telegramtest.Person) {
		p.Send("contact", "", map[string]any{"contact": map[string]any{"phone_number": "123456", "first_name": "X", "user_id": 99}})
	}},
	{"10,000 characters", func(p *telegramtest.Person) { p.Say(strings.Repeat("水", 10000)) }},
	{"unknown room", func(p *telegramtest.Person) { p.Say("3-999") }},
	{"markup", func(p *telegramtest.Person) { p.Say(`<b>x</b> [y](tg://user?id=1) *z* <a href="//e.example">`) }},
	{"bidi override", func(p *telegramtest.Person) { p.Say("\u202eabc\u2066 مرحبا \u200f") }},
	{"emoji", func(p *telegramtest.Person) { p.Say("😀🚰💥") }},
	{"signs", func(p *telegramtest.Person) { p.Say("???") }},
	{"forwarded", func(p *telegramtest.Person) { p.Forward("我房间 3-501 着凉了", "别人") }},
	{"edited", func(p *telegramtest.Person) {
		for _, m := range p.Screen() {
			if !m.ByBot {
				p.Edit(m, "改过的话 4-401")
				return
			}
		}
	}},
	{"command of another role", func(p *telegramtest.Person) { p.Say("/link") }},
	{"unknown command", func(p *telegramtest.Person) { p.Say("/nosuch thing") }},
	{"command for another bot", func(p *telegramtest.Person) { p.Say("/help@other_bot") }},
	{"full-width command", func(p *telegramtest.Person) { p.Say("／报修") }},
	{"skip where it cannot be", func(p *telegramtest.Person) { p.Say("/skip") }},
	{"start payload", func(p *telegramtest.Person) { p.Say("/start t" + strings.Repeat("x", 63)) }},
}

// answersNothing can be no answer to any question: what was asked stays open,
// and the next answer counts.
var answersNothing = []string{
	"sticker", "location", "dice", "contact of another", "edited", "command of another role", "unknown command", "start payload",
}

// scripts lead through every flow; each line is a button, or words behind a
// sign. TICKET stands for the ticket that it is about.
var scripts = []struct {
	flow  string
	who   string
	steps []string
}{
	{"repair", "zhang", []string{"> /repair", "其他", "> 椅子腿断了", "3号楼", "5", "502", "约时间", "明天8-10点"}},
	{"request", "zhang", []string{"> /request", "保洁", "> 3-502", "今天,有人在再进"}},
	{"profile", "zhang", []string{"! s|profile|"}},
	{"language", "zhang", []string{"> /language"}},
	{"log", "operator", []string{"> /log", "> 王小姐 13800001111", "> 3-502", "没热水", "> 早上开始", "今天,有人在再进"}},
	{"invite", "manager", []string{"> /invite", "部门员工"}},
	{"invite", "manager", []string{"> /invite", "楼管"}},
	{"add", "zhang", []string{"! s|add|TICKET"}},
	{"when", "zhang", []string{"! s|when|TICKET"}},
	{"cancel_ticket", "zhang", []string{"! s|cancel_ticket|TICKET"}},
	{"done", "wang", []string{"! s|done|TICKET"}},
	{"parts", "wang", []string{"! s|parts|TICKET"}},
	{"pause_note", "wang", []string{"! t|TICKET|pause|contractor.1d"}},
}

// unrendered is a text that was never put into words.
var unrendered = regexp.MustCompile(`\b(flow|ask|place|talk|command|done|refuse|confirm|option|button)\.[a-z_]+`)

// TestBadInput sends all of it at every step of every flow: the answer always
// helps, and the conversation can go on.
func TestBadInput(t *testing.T) {
	t.Parallel()
	visit(t, townOptions{telegram: telegramtest.Options{NoLimits: true}}, func(w *town) {
		c := w.hire()
		zhang := w.Person(5001, "张同学", "zh")
		people := map[string]*telegramtest.Person{"zhang": zhang, "operator": c.operator, "manager": c.manager, "wang": c.wang}
		number := w.files(zhang, "水龙头漏水,3栋502,随时可以进")
		w.presses(zhang, "跳过")
		w.presses(c.wang, "接单")
		ticket := w.ticket(number)
		steps := 0
		for _, script := range scripts {
			for upTo := range script.steps {
				for i, bad := range badInputs {
					if testing.Short() && i%5 != upTo%5 {
						continue
					}
					p := people[script.who]
					w.restore(ticket)
					w.says(p, "/cancel")
					for _, step := range script.steps[:upTo+1] {
						w.step(p, strings.ReplaceAll(step, "TICKET", ticket.ID))
					}
					steps++
					w.bad(p, script.flow+" after "+script.steps[upTo]+": "+bad.name, bad.send)
					if slices.Contains(answersNothing, bad.name) && upTo+1 < len(script.steps) {
						w.step(p, script.steps[upTo+1])
						w.counted(p, script.flow+" after "+script.steps[upTo]+" and then "+bad.name)
					}
				}
			}
		}
		t.Logf("%d wrong inputs", steps)
	})
}

// restore puts a ticket back as it was.
func (w *town) restore(ticket desk.Ticket) {
	w.t.Helper()
	err := w.app.Store.Update(w.t.Context(), func(tx *storage.Tx) error { return storage.Tickets.Put(tx, ticket) })
	if err != nil {
		w.t.Fatal(err)
	}
}

// step is one step of a script.
func (w *town) step(p *telegramtest.Person, step string) {
	w.t.Helper()
	if words, ok := strings.CutPrefix(step, "> "); ok {
		w.says(p, words)
		return
	}
	if data, ok := strings.CutPrefix(step, "! "); ok {
		last, _ := p.Last()
		p.PressData(last, data)
		w.rest()
		return
	}
	w.presses(p, step)
}

// bad sends something wrong and wants one helpful answer.
func (w *town) bad(p *telegramtest.Person, name string, send func(*telegramtest.Person)) {
	w.t.Helper()
	before := map[int]int{}
	for _, m := range p.Screen() {
		before[m.ID] = m.Edits
	}
	send(p)
	w.rest()
	answers := 0
	for _, m := range p.Screen() {
		edits, there := before[m.ID]
		if !m.ByBot || there && edits == m.Edits {
			continue
		}
		answers++
		if strings.TrimSpace(m.Text) == "" || m.ParseMode != "" || unrendered.MatchString(m.Text) || !harmless(m.Text) {
			w.t.Errorf("%s: answered %q (%s)", name, m.Text, m.ParseMode)
		}
	}
	if answers == 0 {
		w.t.Errorf("%s: no answer:\n%s", name, lastLines(p.Transcript(), 12))
	}
	if answers > 3 {
		w.t.Errorf("%s: %d answers", name, answers)
	}
}

// counted wants the last answer of somebody to have been one.
func (w *town) counted(p *telegramtest.Person, name string) {
	w.t.Helper()
	presses := w.Presses()
	last := presses[len(presses)-1]
	m, _ := p.Last()
	if last.Person == p.ID() && last.Text != "" || includes(m.Text, "我没看明白") {
		w.t.Errorf("%s: the next answer was lost: %q %q", name, last.Text, m.Text)
	}
}

// harmless tells whether a text leaves the direction of what follows alone.
func harmless(text string) bool {
	return !strings.ContainsAny(text, "\u202a\u202b\u202d\u202e") && strings.Count(text, "\u2066") <= strings.Count(text, "\u2069")
}

func lastLines(text string, lines int) string {
	list := strings.Split(text, "\n")
	return strings.Join(list[max(len(list)-lines, 0):], "\n")
}
