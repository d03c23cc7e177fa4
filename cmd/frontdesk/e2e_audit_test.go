package main

import (
	"slices"
	"testing"
)

// What people changed by hand stands in one list: pauses, urgency, roles, the roster,
// groups; each line opens its ticket, and nobody finds a complaint there of which they
// must not know.
func TestAuditListsChangesByHand(t *testing.T) {
	t.Parallel()
	visit(t, townOptions{start: "2026-11-24 09:00"}, func(w *town) {
		c := w.hire()
		zhang := w.Person(5001, "张同学", "zh")
		w.says(c.manager, "/audit")
		m := w.told(c.manager, "手工改动 11月24日")
		for _, words := range []string{"林主任:把「工程群」绑定到工程部 · Telegram", "陈刚:给 王师傅 职责:部门员工"} {
			if !includes(m.Text, words) {
				t.Errorf("the list lacks %q:\n%s", words, m.Text)
			}
		}
		leak := w.files(zhang, "没热水,3栋501,随时可以进")
		w.presses(c.wang, "接单", "到场", "暂停", "待料")
		m, _ = c.wang.Last()
		card := w.must(c.wang.Screen(), leak)
		w.presses(c.wang, card.Labels()[2])
		w.says(c.manager, "/roster")
		w.presses(c.manager, "请假加班", "请假", "周师傅", "后天", "就一天", "提交")
		w.says(zhang, "/complain")
		w.presses(zhang, "服务态度", "某个人")
		w.says(zhang, "值班经理陈刚", "挂我电话", "/cancel")
		w.says(zhang, "/complain")
		w.presses(zhang, "服务态度", "某个人")
		w.says(zhang, "陈刚经理", "挂我电话")
		if m, _ := zhang.Last(); includes(m.Text, "什么时候") {
			w.presses(zhang, "今天")
		}
		w.presses(zhang, "留名", "提交")
		w.must(c.centre.Screen(), "C-1001")
		w.presses(c.centre, "我来处理", "上报")
		w.says(c.manager, "/audit 今天")
		m = w.told(c.manager, "手工改动")
		for _, words := range []string{leak + " 暂停,待料,最长 3个工作日", "王师傅:" + leak, "陈刚:排班:周师傅请假 11-26"} {
			if !includes(m.Text, words) {
				t.Errorf("the list lacks %q:\n%s", words, m.Text)
			}
		}
		w.clean("the duty manager's audit list", screenText(c.manager.Screen()), "C-1001", "上报")
		if !slices.Contains(m.Labels(), leak) {
			t.Fatalf("the list has the buttons %q", m.Labels())
		}
		w.presses(c.manager, leak)
		w.told(c.manager, "王师傅")
		w.says(c.centre, "/audit")
		w.told(c.centre, "赵总:C-1001 上报 · Telegram")
		// Yesterday there was nothing, and whoever is no manager asks in vain.
		w.presses(c.centre, "前一天")
		w.told(c.centre, "周一没有手工改动。")
		w.says(c.wang, "/audit")
		w.told(c.wang, "只给有这项职责的员工用")
		for _, data := range []string{"c|audit|d.2026-11-24.0", "c|audit|d.x.0", "c|audit|d.2026-11-24.99"} {
			c.wang.PressData(w.must(c.wang.Screen(), leak), data)
			c.manager.PressData(w.must(c.manager.Screen(), "手工改动"), data)
			w.rest()
		}
		w.clean("a technician", screenText(c.wang.Screen()), "手工改动 11月")
	})
}
