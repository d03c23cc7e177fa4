package main

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"frontdesk/bot/telegram/telegramtest"
)

// TestPowerFailure is a power failure in one building: sixty reports in ten minutes
// become one incident with one answer each, and two cards in the group; those
// affected hear how it goes, everybody who reported hears once that it is over, and
// the managers get the draft of a report.
func TestPowerFailure(t *testing.T) {
	t.Parallel()
	const people = 60
	visit(t, townOptions{start: "2026-11-24 19:00", telegram: telegramtest.Options{FreeEdits: true}}, func(w *town) {
		c := w.hire()
		var residents []*telegramtest.Person
		for i := range people {
			p := w.Person(int64(6000+i), fmt.Sprintf("住户%d", i), "zh")
			p.Start("")
			residents = append(residents, p)
			if i%10 == 9 {
				w.wait(2 * time.Second)
			}
		}
		w.wait(20 * time.Second)
		for i, p := range residents {
			p.Say(fmt.Sprintf("停电了,很急,3栋%d%02d,随时可以进", 1+i/12, 1+i%12))
			w.wait(5 * time.Second)
			if _, ok := p.TryPress("提交"); !ok {
				t.Fatalf("%s cannot send:\n%s", p.Name(), p.Transcript())
			}
			w.wait(4 * time.Second)
		}
		w.wait(time.Minute)
		offer := w.must(c.night.Screen(), "【事件?】")
		if !includes(offer.Text, "10 分钟内有 3 人报:3号楼 没电或灯坏。") {
			t.Errorf("the offer is %q", offer.Text)
		}
		w.wait(10 * time.Second)
		for i, p := range residents {
			n := count(p.Screen(), "已登记 R-")
			if waits := count(p.Screen(), "3号楼这件事已经在处理,不用再报"); n != 1 || (waits == 1) != (i >= 2) {
				t.Fatalf("resident %d was answered %d times, %d of them with the incident:\n%s", i, n, waits, p.Transcript())
			}
		}
		if n := count(c.group.Screen(), "没电") + count(c.group.Screen(), "停电"); n > 4 {
			t.Errorf("%d cards in the group:\n%s", n, screenText(c.group.Screen()))
		}
		for i, p := range residents {
			// Who reports after the first notice has had an answer that says the same.
			if n := count(p.Screen(), "【通知】3号楼 没电或灯坏,我们已经在处理。"); n > 1 || i < 25 && n != 1 {
				t.Fatalf("%s got %d notices:\n%s", p.Name(), n, p.Transcript())
			}
		}
		w.says(c.night, "/incident 变压器跳闸,预计 21:00 恢复")
		w.wait(30 * time.Second)
		w.must(residents[59].Screen(), "变压器跳闸,预计 21:00 恢复")
		w.wait(26 * time.Minute)
		w.must(c.night.Screen(), "要再通报一次")
		w.wait(6 * time.Minute)
		if n := count(residents[0].Screen(), "变压器跳闸,预计 21:00 恢复"); n < 2 {
			t.Errorf("with a silent leader the last fact was sent %d times", n)
		}
		w.presses(c.night, "恢复了")
		w.wait(40 * time.Second)
		for i, p := range residents {
			if n := count(p.Screen(), "已恢复"); n != 1 {
				t.Fatalf("resident %d got %d closing messages:\n%s", i, n, p.Transcript())
			}
		}
		report := w.must(c.centre.Screen(), "事件报告(草稿):3号楼 没电或灯坏")
		if data := w.FileData(report.File); !bytes.HasPrefix(data, []byte("%PDF-")) {
			t.Errorf("the report has %d bytes", len(data))
		}
		w.presses(residents[30], "我这里没好")
		w.must(residents[30].Screen(), "R-1061")
	})
}

// TestIncidentOfAnEmergency: whoever goes to an emergency declares it for the floor
// on which it is, with one tap more than for the building.
func TestIncidentOfAnEmergency(t *testing.T) {
	t.Parallel()
	visit(t, townOptions{start: "2026-11-24 09:00"}, func(w *town) {
		c := w.hire()
		zhang, below := w.Person(5001, "张同学", "zh"), w.Person(5002, "李同学", "zh")
		for i, p := range []*telegramtest.Person{zhang, below} {
			p.Start("")
			w.rest()
			w.says(p, fmt.Sprintf("没热水,3栋%d02,随时可以进", 5-i))
			w.presses(p, "提交")
		}
		w.says(zhang, "3号楼502着火了")
		w.presses(zhang, "是火警,3号楼")
		w.presses(c.manager, "我去", "宣布事件")
		w.must(c.manager.Screen(), "E-1001 着火或冒烟:通知哪里的人?")
		w.presses(c.manager, "只有5层")
		w.wait(time.Minute)
		w.must(c.manager.Screen(), "事件开始:3号楼5层着火或冒烟。")
		w.must(zhang.Screen(), "【通知】3号楼5层着火或冒烟,我们已经在处理。")
		if n := count(below.Screen(), "【通知】"); n != 0 {
			t.Errorf("somebody on another floor is told:\n%s", below.Transcript())
		}
		w.presses(c.manager, "通知整栋楼")
		w.wait(time.Minute)
		w.must(below.Screen(), "【通知】3号楼着火或冒烟,还在处理。")
	})
}
