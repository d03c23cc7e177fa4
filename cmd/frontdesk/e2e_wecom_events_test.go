package main

import (
	"strings"
	"testing"
	"time"
)

// TestIncidentOnWeCom: a manager declares a power failure of one floor by lists and
// numbers. Who lives there is told on whatever chat they have, others are not; news
// are asked for and passed on, a report joins it, and at its end everybody hears once
// and the managers get the draft of the report as a file.
func TestIncidentOnWeCom(t *testing.T) {
	t.Parallel()
	visitCorp(t, corpOptions{weixin: true, start: "2026-11-24 09:00"}, func(w *corpTown) {
		s := &corpStory{corpTown: w, corpCrew: w.hireCorp()}
		zhang, emma, li := w.customer("wmZHANG", "张同学"), w.customer("wmEMMA", "Emma"), w.member("li", "李同学")
		li.Enter()
		w.rest()
		s.filed(zhang, "没热水,3栋502,随时可以进")
		w.say(emma, "Tap leaking in 3-503, come any time")
		w.does(emma, "Send")
		s.filed(li, "没热水,3栋201,随时可以进")
		w.say(s.manager, "/incident")
		w.does(s.manager, "宣布事件", "没电灯坏", "3号楼", "5")
		w.wait(time.Minute)
		w.must(s.manager.sees(), "事件开始:3号楼5层没电或灯坏。已通知 2 人,由您负责。")
		w.must(zhang.sees(), "【通知】3号楼5层没电或灯坏,我们已经在处理。")
		w.must(emma.sees(), "NOTICE, Building 3, floor 5: No power or light. We are on it.")
		w.never(li.sees(), "【通知】")

		w.say(emma, "No power in 3-503, come any time")
		w.does(emma, "Send")
		w.must(emma.sees(), "It is known in Building 3, floor 5 and being worked on")
		s.filed(li, "停电了,3栋201,随时可以进")
		w.never(li.sees(), "这件事已经在处理")
		w.say(s.centre, "/language")
		w.does(s.centre, "English")
		w.say(s.manager, "/incident 跳闸,预计 10:30 恢复")
		w.wait(time.Minute)
		w.must(zhang.sees(), "跳闸,预计 10:30 恢复")
		w.wait(26 * time.Minute)
		w.must(s.manager.sees(), "3号楼5层没电或灯坏:9:")
		w.must(s.manager.sees(), "要再通报一次")
		w.does(s.manager, "恢复了")
		w.wait(time.Minute)
		for p, words := range map[someone]string{zhang: "3号楼5层没电或灯坏,9:30 已恢复。", emma: "your R-1004 is closed with it"} {
			if n := times(p.sees(), words); n != 1 {
				t.Errorf("%s heard %d times that it is over:\n%s", p.name(), n, screenOf(p.sees()))
			}
		}
		w.never(li.sees(), "已恢复")
		for p, want := range map[*colleague][]string{
			s.manager: {"事件报告(草稿):3号楼5层没电或灯坏", "时间:2026年11月24日", "跳闸,预计10:30恢复", "R-10043号楼503"},
			s.centre:  {"Incidentreport(draft):Nopowerorlight,Building3,floor5", "Tue24Nov2026", "declaredby陈刚", "R-1004Building3,503"},
		} {
			name, body := p.file()
			words := strings.Join(strings.Fields(pageWords(t, body)), "")
			for _, line := range want {
				if !strings.Contains(words, line) || name != "incident-20261124-3-power.pdf" {
					t.Errorf("%s of %s does not say %q:\n%s", name, p.called, line, words)
				}
			}
		}
		w.windowsKept(zhang, emma)
	})
}

// file is the newest file that a member got.
func (p *colleague) file() (name string, body []byte) {
	for _, m := range p.Chat() {
		if m.Kind == "file" && m.File != nil {
			name, body = m.File.Name, m.File.Body
		}
	}
	return name, body
}
