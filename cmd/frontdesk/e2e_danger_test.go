package main

import (
	"strings"
	"testing"
	"time"

	"frontdesk/bot/telegram/telegramtest"
)

// atDay is a town with its crew and a resident, at ten in the morning.
func atDay(t *testing.T, start string, story func(w *town, c *crew, zhang *telegramtest.Person)) {
	t.Helper()
	t.Parallel()
	visit(t, townOptions{start: start}, func(w *town) {
		c := w.hire()
		zhang := w.Person(5001, "张同学", "zh")
		zhang.Start("")
		w.rest()
		story(w, c, zhang)
	})
}

// The numbers to call come first; one tap sends the guards at once, tells the
// duty manager, and gives a number. A place that nobody knows is asked for then.
func TestDangerWithOneTap(t *testing.T) {
	atDay(t, "2026-11-24 10:00", func(w *town, c *crew, zhang *telegramtest.Person) {
		guards := w.Group(groupID-1, "保安部群", c.admin)
		c.admin.SayIn(guards, "/link")
		w.rest()
		w.presses(c.admin, "保安部")
		w.says(zhang, "走廊冒烟了好大的烟")
		w.shows(zhang.Screen(), "请先打119", "是火警", "是别的事", "误报")
		if _, told := find(c.manager.Screen(), "着火或冒烟"); told {
			t.Error("the duty manager was told before the tap")
		}
		w.presses(zhang, "是火警")
		w.must(zhang.Screen(), "E-1001 已通知保安部和值班经理。谁过去,马上告诉您。")
		w.must(zhang.Screen(), "在哪里?请回一句")
		w.shows(guards.Screen(), "【紧急】E-1001 着火或冒烟", "我去")
		w.shows(c.manager.Screen(), "【紧急】E-1001 着火或冒烟,地点待定。谁去?", "我去", "看详情")
		w.must(c.manager.Screen(), "报的人:张同学")
		w.must(c.manager.Screen(), "走廊冒烟了好大的烟")
		w.says(zhang, "3号楼5楼走廊")
		w.must(zhang.Screen(), "E-1001 的人已经知道了:3号楼5层走廊。")
		w.must(guards.Screen(), "3号楼5层走廊")
		w.must(c.manager.Screen(), "E-1001 的地点:3号楼5层走廊")
		w.presses(c.manager, "我去")
		w.must(zhang.Screen(), "陈刚 正赶过去(E-1001)。")
		w.must(c.manager.Screen(), "您去。到了以后有情况请写在这里。")
		// In the group its one card says it, and what was in its place is gone.
		if m := w.must(guards.Screen(), "陈刚 10:"); !includes(m.Text, "说马上去") || strings.Join(m.Labels(), " ") != "我去" {
			t.Errorf("the card in the group is %q %q", m.Text, m.Labels())
		}
		if n := count(guards.Screen(), "陈刚"); n != 1 {
			t.Errorf("%d messages in the group say who comes", n)
		}
		w.wait(10 * time.Minute)
		if n := count(c.manager.Screen(), "再次通知") + count(c.centre.Screen(), "E-1001"); n != 0 {
			t.Errorf("%d calls after somebody had answered", n)
		}
		w.wait(2 * time.Minute)
		if n := count(c.manager.Screen(), "本人还没确认"); n != 0 {
			t.Errorf("the duty manager was told %d times that nobody had confirmed", n)
		}
	})
}

// Without a tap the duty manager is called after a minute, and whoever looks into it
// hears what is said from then on; a form that was half filled in waits for its
// answer, unreminded.
func TestDangerWithoutTap(t *testing.T) {
	atDay(t, "2026-11-24 23:10", func(w *town, c *crew, zhang *telegramtest.Person) {
		w.says(zhang, "报修")
		w.presses(zhang, "空调")
		w.says(zhang, "3号楼502插座冒火花")
		w.shows(zhang.Screen(), "要马上派人去3号楼502吗?", "在打火花,3号楼", "是别的事", "误报")
		w.wait(30 * time.Second)
		w.says(zhang, "火花越来越多了")
		w.wait(40 * time.Second)
		w.must(c.night.Screen(), "【紧急,本人还没确认】张同学报:打火花或漏电。请马上核实。")
		w.must(c.night.Screen(), "火花越来越多了")
		w.must(c.night.Screen(), "地点:3号楼502")
		w.wait(2 * time.Minute)
		w.shows(c.night.Screen(), "【紧急,本人还没确认】", "我来核实", "马上派人", "误报")
		w.presses(c.night, "我来核实")
		w.shows(c.night.Screen(), "您来核实:张同学 报打火花或漏电。", "马上派人", "误报")
		w.must(zhang.Screen(), "看到了,马上跟您联系。")
		w.wait(4 * time.Minute)
		w.says(zhang, "还在冒火花")
		w.must(c.night.Screen(), "张同学 又说:")
		w.must(c.night.Screen(), "还在冒火花")
		w.wait(4 * time.Minute)
		if n := count(c.centre.Screen(), "打火花或漏电"); n != 0 {
			t.Errorf("the next manager was called %d times although somebody looks into it", n)
		}
		w.wait(50 * time.Minute)
		if n := count(zhang.Screen(), "还没报完"); n != 0 {
			t.Error("reminded of a form by somebody in danger")
		}
		w.presses(zhang, "3号楼", "5", "502") // The form goes on where it was.
		w.must(zhang.Screen(), "什么时候方便")
	})
}

// Where nobody looks into it the next manager is called, until the sender taps.
func TestDangerWithoutTapClimbs(t *testing.T) {
	atDay(t, "2026-11-24 10:00", func(w *town, c *crew, zhang *telegramtest.Person) {
		w.says(zhang, "3号楼502着火了")
		w.wait(time.Minute)
		w.must(c.manager.Screen(), "【紧急,本人还没确认】张同学报:着火或冒烟。请马上核实。")
		w.wait(3 * time.Minute)
		w.must(c.centre.Screen(), "【紧急,再次通知】张同学报:着火或冒烟。本人还没确认,3 分钟没有人核实。请马上核实。")
		w.presses(zhang, "是火警,3号楼")
		w.must(c.manager.Screen(), "【紧急】E-1001 着火或冒烟,3号楼502。谁去?")
		w.wait(30 * time.Second)
		asked := count(c.manager.Screen(), "本人还没确认") + count(c.centre.Screen(), "本人还没确认") + count(c.property.Screen(), "本人还没确认")
		w.presses(c.manager, "我去")
		w.wait(15 * time.Minute)
		if n := count(c.manager.Screen(), "本人还没确认") + count(c.centre.Screen(), "本人还没确认") + count(c.property.Screen(), "本人还没确认"); n != asked {
			t.Errorf("%d calls to look into it after the tap", n-asked)
		}
	})
}

// A false alarm closes kindly, the manager who was told hears it, and the form is
// asked again.
func TestDangerMisTap(t *testing.T) {
	atDay(t, "2026-11-24 10:00", func(w *town, c *crew, zhang *telegramtest.Person) {
		w.says(zhang, "没热水,3栋502")
		w.says(zhang, "我室友晕倒了")
		w.wait(70 * time.Second)
		w.must(c.manager.Screen(), "本人还没确认")
		w.presses(zhang, "误报")
		w.must(zhang.Screen(), "好的,没事就好。有事随时说。")
		w.must(c.manager.Screen(), "【误报】张同学 说没有这回事:有人受伤或不省人事")
		w.told(zhang, "什么时候方便")
	})
}

// Of a person at risk the duty manager alone is told, at once, and no ticket, no
// group and no number knows of it.
func TestPersonAtRisk(t *testing.T) {
	atDay(t, "2026-11-24 10:00", func(w *town, c *crew, zhang *telegramtest.Person) {
		w.says(zhang, "我真的不想活了,没有人在乎我")
		m := w.told(zhang, "您不是一个人")
		if len(m.Labels()) != 0 {
			t.Errorf("buttons for a person at risk: %q", m.Labels())
		}
		w.shows(c.manager.Screen(), "【紧急,只发给您】有人情绪危急", "我来联系")
		w.must(c.manager.Screen(), "报的人:张同学")
		w.must(c.manager.Screen(), "我真的不想活了,没有人在乎我")
		w.says(zhang, "不想活了")
		w.presses(c.manager, "我来联系")
		w.must(zhang.Screen(), "陈刚 会马上私下联系您。")
		w.must(c.manager.Screen(), "您来联系 张同学。请私下、温和地说,不要转发。")
		w.wait(5 * time.Minute)
		if n := count(c.manager.Screen(), "情绪危急"); n != 1 {
			t.Errorf("the duty manager was told %d times", n)
		}
		if n := count(c.group.Screen(), "张同学") + count(c.operator.Screen(), "不想活") + count(c.centre.Screen(), "不想活"); n != 0 {
			t.Errorf("%d others were told", n)
		}
		if w.ticket("E-1001").ID != "" {
			t.Error("there is a ticket")
		}
	})
}

// TestPersonAtRiskTalks is what a person at risk goes on to write: those who look after
// them read it in private and can answer through the desk; nobody else does, and no
// menu answers. A form that the person begins works as always.
func TestPersonAtRiskTalks(t *testing.T) {
	atDay(t, "2026-11-24 10:00", func(w *town, c *crew, zhang *telegramtest.Person) {
		w.says(zhang, "水龙头漏水,3栋502")
		w.says(zhang, "我不想活了")
		w.says(zhang, "我在3栋楼顶")
		w.told(zhang, "值班的人马上看到您写的。您慢慢说。")
		w.shows(c.manager.Screen(), "又写了", "我来联系", "写一句")
		w.must(c.manager.Screen(), "「我在3栋楼顶」")
		w.presses(c.manager, "我来联系")
		w.says(zhang, "没事了,我乱说的")
		w.told(zhang, "陈刚 马上看到您写的。您慢慢说。")
		w.must(c.manager.Screen(), "「没事了,我乱说的」")
		w.presses(c.manager, "写一句")
		w.says(c.manager, "我是陈刚,我马上到楼下,等我")
		w.must(zhang.Screen(), "陈刚 对您说:")
		w.must(zhang.Screen(), "「我是陈刚,我马上到楼下,等我」")
		for _, screen := range [][]telegramtest.Message{c.group.Screen(), c.operator.Screen(), c.centre.Screen()} {
			if n := count(screen, "楼顶") + count(screen, "乱说") + count(screen, "等我"); n != 0 {
				t.Errorf("others read it: %v", screen)
			}
		}
		w.wait(20 * time.Minute)
		for _, words := range []string{"没人在乎我", "我还在楼顶", "I feel hopeless"} {
			w.says(zhang, words)
			w.must(c.manager.Screen(), "「"+words+"」")
		}
		if n := count(zhang.Screen(), "您还好吗"); n != 0 {
			t.Error("asked whether they are at risk, which is known")
		}
		w.says(zhang, "/repair")
		w.says(zhang, "水龙头漏水,3栋502")
		w.told(zhang, "什么时候方便")
		w.wait(7 * time.Hour)
		w.says(zhang, "没看懂的话")
		if n := count(c.manager.Screen(), "没看懂的话"); n != 0 {
			t.Error("words of another day are passed on")
		}
	})
}

// TestDangerGoesOn is what the sender adds while people are on the way: it reaches
// them, and no menu asks what was meant. Once it is over, words are words again.
func TestDangerGoesOn(t *testing.T) {
	atDay(t, "2026-11-24 10:00", func(w *town, c *crew, zhang *telegramtest.Person) {
		w.says(zhang, "3号楼502着火了")
		w.presses(zhang, "是火警,3号楼")
		w.wait(10 * time.Minute)
		w.says(zhang, "里面还有两个人")
		w.told(zhang, "已转告处理 E-1001 的人。")
		if n := w.ticket("E-1001").Words; len(n) == 0 || n[len(n)-1].Text != "里面还有两个人" {
			t.Errorf("the ticket has %v", n)
		}
		w.presses(zhang, "误报")
		w.says(zhang, "水龙头漏水,3栋502")
		w.told(zhang, "什么时候方便")
	})
}
