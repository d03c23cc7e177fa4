package main

import (
	"slices"
	"testing"

	"frontdesk/bot"
	"frontdesk/desk"
)

// A leak is done and nobody says whether it is good: the operator is given the call,
// with the number until there is a result, and enters it.
func TestCallFromTheQuestionToTheResult(t *testing.T) {
	visit(t, townOptions{start: "2026-11-24 09:00"}, func(w *town) {
		c := w.hire()
		zhang := w.Person(5001, "张三", "zh")
		zhang.Start("")
		w.rest()
		n := w.files(zhang, "水龙头漏水,3栋502,随时可以进")
		c.wang.PressOn(w.must(c.group.Screen(), n), "接单")
		w.rest()
		c.wang.PressOn(w.must(c.group.Screen(), n), "到场")
		w.rest()
		c.wang.PressOn(w.must(c.group.Screen(), n), "完成")
		w.rest()
		w.presses(c.wang, "没有照片")
		w.says(c.operator, "/calls")
		w.told(c.operator, "今天没有要打的电话。")
		w.until("10:00")
		w.must(zhang.Screen(), "好了吗?")
		w.until("12:00")
		w.until("12:00")
		w.until("12:00")
		w.shows(c.operator.Screen(), "请打电话:"+n, "满意", "一般", "没修好", "没人接", "写备注")
		m := w.must(c.operator.Screen(), "请打电话:"+n)
		for _, want := range []string{"为什么打:这类单都要打", "没有留电话", "可以这样说"} {
			if !includes(m.Text, want) {
				t.Errorf("no %q in:\n%s", want, m.Text)
			}
		}
		w.says(c.operator, "/calls")
		w.told(c.operator, "今天还要打 1 个")
		// The duty manager takes the call over: the operator's card says so.
		w.says(c.manager, "/calls")
		w.presses(c.manager, n)
		w.shows(c.manager.Screen(), "请打电话:"+n, "满意", "一般", "没修好", "没人接", "写备注")
		w.shows(c.operator.Screen(), n+":电话由陈刚打。")
		w.says(c.manager, "/why "+n)
		w.told(c.manager, "这类单只要没人回答就打")
		c.manager.PressOn(w.must(c.manager.Screen(), "请打电话:"+n), "没人接")
		w.rest()
		w.shows(c.manager.Screen(), n+":没人接,明天再打。")
		w.says(c.operator, "/calls")
		w.told(c.operator, "另有 1 个,以后再打。")
		w.until("09:10")
		m = w.shows(c.operator.Screen(), "请打电话:"+n, "满意", "一般", "没修好", "没人接", "写备注")
		if !includes(m.Text, "第 2 次打") {
			t.Errorf("the second try says:\n%s", m.Text)
		}
		// The resident answers in chat: nobody need phone any more.
		zhang.PressOn(w.must(zhang.Screen(), "好了吗?"), "好了,满意")
		w.rest()
		w.shows(c.operator.Screen(), n+":住户自己答了,满意。不用打了。")
		if got := w.ticket(n); got.State != desk.StateClosed || got.ClosedBy != "resident" || got.Call.Open() {
			t.Errorf("the ticket is %s by %s, the call %+v", got.State, got.ClosedBy, got.Call)
		}
	})
}

// A manner that could be better leads to a complaint, where the desk takes some.
func TestMannerOffersAComplaint(t *testing.T) {
	for _, takes := range []bool{false, true} {
		visit(t, townOptions{start: "2026-11-24 09:00"}, func(w *town) {
			had := slices.Clone(bot.Commands)
			defer func() { bot.Commands = had }()
			bot.Commands = slices.DeleteFunc(bot.Commands, func(c bot.Command) bool { return c.Name == "complain" })
			if takes {
				bot.Commands = append(bot.Commands, bot.Command{Name: "complain", May: func(desk.Person) bool { return true }, Hidden: true})
			}
			c := w.hire()
			zhang := w.Person(5001, "张三", "zh")
			zhang.Start("")
			w.rest()
			n := w.files(zhang, "水龙头漏水,3栋502,随时可以进")
			c.wang.PressOn(w.must(c.group.Screen(), n), "接单")
			w.rest()
			c.wang.PressOn(w.must(c.group.Screen(), n), "到场")
			w.rest()
			c.wang.PressOn(w.must(c.group.Screen(), n), "完成")
			w.rest()
			w.presses(c.wang, "没有照片")
			w.until("10:00")
			w.presses(zhang, "好了,一般", "态度")
			if takes {
				w.shows(zhang.Screen(), n+":抱歉。要投诉吗?", "去投诉")
				// What it is about and of what sort is filled in; another's ticket is not theirs.
				c.wang.PressData(w.must(c.wang.Screen(), n), desk.StartData("complaint", w.ticket(n).ID))
				w.presses(zhang, "去投诉")
				w.says(zhang, "鹦鹉:进门不换鞋")
				w.presses(zhang, "留名")
				if m, _ := zhang.Last(); !includes(m.Text, "服务态度") || !includes(m.Text, n) {
					t.Errorf("to be confirmed: %q", m.Text)
				}
				w.clean("the technician", screenText(c.wang.Screen()), "投诉")
			} else {
				w.must(zhang.Screen(), n+":谢谢,记下了。")
			}
		})
	}
}

// The same fault in the same room some days later is marked for who goes there and
// told to the follower, who can say that it is another one.
func TestTheSameFaultAgain(t *testing.T) {
	visit(t, townOptions{start: "2026-11-24 09:00"}, func(w *town) {
		c := w.hire()
		zhang := w.Person(5001, "张三", "zh")
		zhang.Start("")
		w.rest()
		old := w.files(zhang, "没热水,3栋502,随时可以进")
		c.wang.PressOn(w.must(c.group.Screen(), old), "接单")
		w.rest()
		c.wang.PressOn(w.must(c.group.Screen(), old), "到场")
		w.rest()
		c.wang.PressOn(w.must(c.group.Screen(), old), "完成")
		w.rest()
		w.presses(c.wang, "没有照片")
		w.until("10:00")
		w.presses(zhang, "好了,满意")
		w.until("09:30")
		w.until("09:30")
		n := w.files(zhang, "没热水,3栋502,随时可以进")
		w.must(c.group.Screen(), "像是返修:"+old)
		w.must(c.operator.Screen(), n+" 像是返修")
		w.presses(c.operator, "看详情")
		w.presses(c.operator, "不是返修")
		if m := w.must(c.group.Screen(), n); includes(m.Text, "返修") {
			t.Errorf("the group still reads:\n%s", m.Text)
		}
	})
}
