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

// TestWorksOnWeCom: an engineer of the corp enters a work in two places, the duty
// manager sees what clashes and agrees; those who live in either are told on the chat
// that they have, in their language, nobody else is; a report is met with it, also
// one by phone; and a notice to the same places reaches the same people.
func TestWorksOnWeCom(t *testing.T) {
	t.Parallel()
	visitCorp(t, corpOptions{weixin: true, start: "2026-11-24 09:00"}, func(w *corpTown) {
		s := &corpStory{corpTown: w, corpCrew: w.hireCorp()}
		emma, zhang, li, liu := w.customer("wmEMMA", "Emma"), w.customer("wmZHANG", "张同学"), w.member("li", "李同学"), w.customer("wmLIU", "刘同学")
		li.Enter()
		w.rest()
		w.say(emma, "Tap leaking in 3-503, come any time")
		w.does(emma, "Send")
		s.filed(zhang, "没热水,3栋201,随时可以进")
		s.filed(li, "没热水,1栋101,随时可以进")
		s.filed(liu, "没热水,5栋203,随时可以进")
		w.say(s.wang, "/plan")
		w.does(s.wang, "登记施工", "停水")
		w.say(s.wang, "1号楼、3号楼 4-6层", "今天 11:00", "13:00")
		w.does(s.wang, "计划内")
		w.say(s.wang, "换水泵,请提前存水。", "A new pump. Please store some water.")
		w.does(s.wang, "提交")
		asked := w.must(s.manager.sees(), "要您同意:1号楼、3号楼4-6层停水,11:00 至 13:00。")
		if !asked.has("注意:碰上午休") {
			t.Errorf("the manager does not see the clash: %q", asked.text)
		}
		w.does(s.manager, "同意")
		w.wait(time.Minute)
		w.must(li.sees(), "通知:1号楼、3号楼4-6层停水,11:00 至 13:00。")
		w.must(emma.sees(), "No water, Building 1 and Building 3 (floors 4 to 6), from 11:00 to 13:00.\nA new pump. Please store some water.")
		w.must(s.groupSees(), "通知:1号楼、3号楼4-6层停水")
		w.until("11:05")
		w.say(emma, "No water in 3-503")
		w.must(emma.sees(), "expected back 13:00")
		w.does(emma, "I'll wait")
		// By phone the operator is met with it too.
		w.say(s.operator, "/log", "赵四 13900139000", "1-205", "停水了")
		w.must(s.operator.sees(), "请念给对方:\n「1号楼、3号楼4-6层停水,11:00 开始的,预计 13:00 恢复。」")
		w.does(s.operator, "对方愿意等")
		w.until("13:01")
		w.rest()
		w.does(s.wang, "恢复了")
		w.wait(time.Minute)
		w.must(emma.sees(), "Back again: No water, Building 1 and Building 3 (floors 4 to 6) is over.")
		w.must(li.sees(), "恢复了:1号楼、3号楼4-6层停水已结束。")

		w.say(s.manager, "/announce")
		w.does(s.manager, "楼或楼层")
		w.say(s.manager, "1号楼、3号楼 4-6层", "周六下午检修电梯。", "The lifts are serviced on Saturday afternoon.")
		w.must(s.manager.sees(), "发给1号楼、3号楼4-6层,共 2 人:")
		w.does(s.manager, "提交")
		w.wait(time.Minute)
		w.must(s.manager.sees(), "通知发完了,共 2 人。")
		w.must(li.sees(), "周六下午检修电梯。")
		w.must(emma.sees(), "The lifts are serviced on Saturday afternoon.")
		for _, p := range []someone{zhang, liu} {
			w.never(p.sees(), "停水")
			w.never(p.sees(), "检修电梯")
		}
		w.windowsKept(emma, zhang, liu)
	})
}
