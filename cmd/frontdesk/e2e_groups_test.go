package main

import (
	"fmt"
	"testing"
	"time"

	"frontdesk/bot/telegram/telegramtest"
)

// TestGroupMigrates turns the group into a supergroup in the middle of a burst:
// the cards of open tickets stand in the new one, and work goes on there.
func TestGroupMigrates(t *testing.T) {
	visit(t, townOptions{}, func(w *town) {
		c := w.hire()
		var numbers []string
		residents := make([]*telegramtest.Person, 8)
		for i := range residents {
			residents[i] = w.Person(int64(6000+i), fmt.Sprintf("住户%d", i), "zh")
			w.says(residents[i], fmt.Sprintf("水龙头漏水,3栋5%02d,随时可以进", i+1))
		}
		for i, p := range residents {
			p.Press("提交")
			if i == 4 {
				w.wait(300 * time.Millisecond)
				w.Migrate(c.group)
			}
		}
		w.wait(5 * time.Minute)
		for _, p := range residents {
			numbers = append(numbers, number(w.must(p.Screen(), "已登记").Text))
		}
		for _, number := range numbers {
			w.shows(c.group.Screen(), number+" 漏水或堵水", "接单", "不归我们")
			if n := count(c.group.Screen(), number+" 漏水或堵水"); n != 1 {
				t.Errorf("%d cards of %s in the new group", n, number)
			}
		}
		c.wang.PressOn(w.must(c.group.Screen(), numbers[0]), "接单")
		w.rest()
		w.shows(c.group.Screen(), numbers[0]+" 漏水或堵水", "到场", "更多")
		later := w.files(w.Person(7000, "后来", "zh"), "空调不制冷,3栋601,随时可以进")
		w.must(c.group.Screen(), later)
	})
}

// TestBotIsRemoved tells the administrators, and lets the people on duty have
// new tickets in private until the bot is back.
func TestBotIsRemoved(t *testing.T) {
	visit(t, townOptions{}, func(w *town) {
		c := w.hire()
		zhang := w.Person(5001, "张同学", "zh")
		c.group.RemoveBot(c.admin)
		w.rest()
		w.must(c.admin.Screen(), "机器人被移出「工程群」")
		w.must(c.manager.Screen(), "机器人被移出「工程群」")
		first := w.files(zhang, "水龙头漏水,3栋502,随时可以进")
		w.presses(zhang, "跳过")
		w.shows(c.zhou.Screen(), first, "接单", "不归我们")
		w.must(c.manager.Screen(), first+" 水龙头漏水:工程部没有可用的群")
		w.presses(c.wang, "接单")
		w.shows(c.zhou.Screen(), "王师傅 8:01 接")
		w.must(zhang.Screen(), "王师傅已接单")
		c.group.AddBot(c.admin)
		w.rest()
		second := w.files(zhang, "空调不制冷,3栋502,随时可以进")
		w.shows(c.group.Screen(), second, "接单", "不归我们")
	})
}

// TestTopic binds a topic of a forum; closing it is told, and opening it again.
func TestTopic(t *testing.T) {
	visit(t, townOptions{}, func(w *town) {
		c := w.hire()
		forum := w.Group(-1002000000002, "保洁大群", c.admin)
		topic := forum.Topic("报修")
		c.admin.SayIn(topic, "/link")
		w.rest()
		w.presses(c.admin, "保洁部")
		zhang := w.Person(5001, "张同学", "zh")
		first := w.files(zhang, "请来打扫垃圾,3栋502,随时可以进")
		w.presses(zhang, "跳过")
		w.must(topic.Screen(), first)
		topic.Close(c.admin)
		w.rest()
		w.must(c.admin.Screen(), "「保洁大群」的话题已关闭")
		second := w.files(zhang, "请来打扫垃圾,3栋503,随时可以进")
		w.must(c.manager.Screen(), second)
		topic.Reopen(c.admin)
		w.rest()
		w.must(c.admin.Screen(), "「保洁大群」的话题又打开了")
		third := w.files(zhang, "请来打扫垃圾,3栋504,随时可以进")
		w.must(topic.Screen(), third)
		for _, m := range forum.Screen() {
			if m.ByBot && m.Thread != topic.ID() {
				t.Errorf("%q went outside of the topic", m.Text)
			}
		}
	})
}

// TestLinkIsGuarded refuses a public group and everybody but administrators; an
// anonymous administrator gets the buttons, and the press decides.
func TestLinkIsGuarded(t *testing.T) {
	visit(t, townOptions{}, func(w *town) {
		c := w.hire()
		public := w.Group(-1002000000003, "公开群", c.admin)
		public.Publish("everybody_reads")
		c.admin.SayIn(public, "/link")
		w.rest()
		w.shows(public.Screen(), "这是公开群,谁都能看")

		guards := w.Group(-1002000000004, "保安群", c.admin, c.wang)
		c.wang.SayIn(guards, "/link")
		w.rest()
		if m, _ := guards.Last(); len(m.Buttons) != 0 || !includes(m.Text, "/link 只给有这项职责的员工用") {
			t.Errorf("a technician was answered %q %q", m.Text, m.Labels())
		}
		guards.SayAnonymously("/link")
		w.rest()
		offer := w.shows(guards.Screen(), "绑定到哪个部门", "工程部", "保洁部", "保安部")
		c.wang.PressOn(offer, "保安部")
		w.rest()
		if toasts := c.wang.Toasts(); len(toasts) == 0 || !includes(toasts[len(toasts)-1], "这要由管理员来做") {
			t.Errorf("a technician who pressed was answered %q", toasts)
		}
		c.admin.PressOn(offer, "保安部")
		w.rest()
		w.must(guards.Screen(), "已绑定到保安部,由林主任操作")

		w.says(c.admin, "/unlink")
		list := w.must(c.admin.Screen(), "解除哪一个?")
		for _, label := range list.Labels() {
			if includes(label, "保安部") {
				c.admin.PressOn(list, label)
			}
		}
		w.rest()
		w.must(c.admin.Screen(), "「保安群」与保安部的绑定已由林主任解除")
		w.files(w.Person(5001, "张同学", "zh"), "忘带钥匙请开门,3栋502,随时可以进")
		if _, posted := find(guards.Screen(), "R-"); posted {
			t.Error("a card went to a group that is no longer bound")
		}
	})
}

// TestBlockedResident is noticed by who answers for the ticket, and is not
// written to again until they come back.
func TestBlockedResident(t *testing.T) {
	visit(t, townOptions{}, func(w *town) {
		c := w.hire()
		zhang := w.Person(5001, "张同学", "zh")
		number := w.files(zhang, "水龙头漏水,3栋502,随时可以进")
		zhang.Block()
		w.rest()
		w.must(c.operator.Screen(), "张同学 停用了机器人,收不到 "+number+" 的消息,请打电话联系。")
		w.presses(c.wang, "接单", "到场")
		w.wait(time.Hour)
		tries := 0
		for _, call := range w.Calls("") {
			if call.Chat == zhang.ID() && call.Code == 403 {
				tries++
			}
		}
		if tries > 1 {
			t.Errorf("%d tries to write to somebody who blocked the bot", tries)
		}
		zhang.Start("")
		w.rest()
		w.presses(c.wang, "没人应门")
		w.must(zhang.Screen(), "什么时候再来?")
	})
}

// TestInvitationsAreUsedOnce refuses a link that was used or is late, and tells
// who made it.
func TestInvitationsAreUsedOnce(t *testing.T) {
	visit(t, townOptions{}, func(w *town) {
		c := w.hire()
		first, thief, late := w.Person(4001, "小高", "zh"), w.Person(4002, "路人", "zh"), w.Person(4003, "小迟", "zh")
		link := w.invite(c.manager, "部门员工", "保洁部")
		first.Open(link)
		w.rest()
		w.told(first, "欢迎")
		thief.Open(link)
		w.rest()
		w.told(thief, "这个邀请链接已用过或已过期")
		w.told(c.manager, "有人(路人)打开了已失效的邀请链接")
		first.Open(link)
		w.rest()
		w.told(first, "您已经用过这个邀请了")
		link = w.invite(c.manager, "接线员")
		w.wait(15*time.Minute + time.Second)
		late.Open(link)
		w.rest()
		w.told(late, "这个邀请链接已用过或已过期")
		w.told(c.manager, "有人(小迟)打开了已失效的邀请链接")
		for _, p := range []*telegramtest.Person{thief, late} {
			w.says(p, "/open")
			w.told(p, "/open 只给有这项职责的员工用")
		}
		late.Start("iabcdefghijkl")
		w.rest()
		w.told(late, "这个邀请链接无效")
	})
}

// TestResume asks open questions again after a downtime in which presses were
// lost, and tells each group in one line; a short stop is not mentioned.
func TestResume(t *testing.T) {
	visit(t, townOptions{start: "2026-11-24 09:00"}, func(w *town) { // after the morning's lists
		c := w.hire()
		zhang, liu := w.Person(5001, "张同学", "zh"), w.Person(5002, "刘同学", "zh")
		w.says(liu, "/my")
		w.says(zhang, "/repair")
		w.presses(zhang, "没热水")
		screen := func() int { return len(zhang.Screen()) + len(liu.Screen()) + len(c.group.Screen()) }
		before := screen()
		w.halt()
		w.wait(70 * time.Second)
		w.run()
		w.wait(time.Minute)
		if n := screen() - before; n != 0 {
			t.Errorf("%d messages about a minute:\n%s", n, zhang.Transcript())
		}
		w.halt()
		w.wait(10 * time.Minute)
		zhang.Press("3号楼") // lost: nobody fetched it in time
		w.wait(10 * time.Minute)
		w.run()
		w.wait(5 * time.Minute)
		if n := count(zhang.Screen(), "在哪里?"); n != 2 {
			t.Errorf("asked %d times, want again once:\n%s", n, zhang.Transcript())
		}
		if n := count(c.group.Screen(), "服务台刚才停了"); n != 1 {
			t.Errorf("%d lines in the group", n)
		}
		if n := screen() - before; n != 2 {
			t.Errorf("%d messages about a downtime, want one to the person and one to the group", n)
		}
		w.presses(zhang, "3号楼", "5", "502")
		w.must(zhang.Screen(), "什么时候方便?")
	})
}
