package main

import (
	"fmt"
	"strings"
	"testing"

	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/desk"
	"frontdesk/storage"
)

// walk lets somebody look everywhere for a complaint, as a person can: by every
// list, search and command, and by buttons that they never saw. It returns what
// they were shown. What is asked of the number is compared with a number that
// nobody has: the answers must be the same.
func (w *town) walk(p *telegramtest.Person, ticket desk.Ticket, marker string) string {
	w.t.Helper()
	const nobody = "C-9876"
	ask := func(text string) string {
		w.says(p, text)
		m, _ := p.Last()
		return m.Text
	}
	for _, form := range []string{"/find %s", "/ticket %s", "%s", "%s 怎么样了", "催一下 %s", "取消 %s"} {
		with, without := ask(fmt.Sprintf(form, ticket.Number)), ask(fmt.Sprintf(form, nobody))
		if strings.ReplaceAll(with, ticket.Number, nobody) != without {
			w.t.Errorf("%s asks %q and is told %q, but %q of a number that nobody has", p.Name(), form, with, without)
		}
		w.says(p, "/cancel")
	}
	for _, text := range []string{
		"/find " + marker, "/find 投诉", "/find 未完", "/find 今天", "/find 5001", "/find 张同学", "/open", "/my", "/digest", "/undelivered",
		"/staff", "/duty", "13800138000", "张同学", "3-502", "/mydata",
	} {
		ask(text)
	}
	m, _ := p.Last()
	actions := []desk.Action{desk.Take, desk.Reply, desk.Higher, desk.Finish, desk.AddNote, desk.Rate, desk.NotFixed, desk.Cancel, desk.Undo, desk.Chase}
	var forged []string
	for _, a := range actions {
		forged = append(forged, desk.PressData(ticket.ID, a, "good"))
	}
	for _, flow := range []string{"reply", "ask_back", "case_note", "conclude", "add", "cancel_ticket", "done"} {
		forged = append(forged, desk.StartData(flow, ticket.ID))
	}
	forged = append(forged, desk.LookData(ticket.ID), desk.MenuData(ticket.ID, "more"), desk.MenuData(ticket.ID, "assign"))
	for _, list := range desk.CountedLists {
		_, to := desk.DigestPeriod(w.config.Site, w.app.now())
		forged = append(forged, desk.ListData(list, to, 0))
	}
	screen, toasts := len(p.Screen()), len(p.Toasts())
	for _, data := range forged {
		p.PressData(m, data)
		w.rest()
	}
	// What forged buttons answer must not even say that the number exists.
	w.clean(p.Name()+", pressing forged buttons", screenText(p.Screen()[screen:])+strings.Join(p.Toasts()[toasts:], "\n"), ticket.Number)
	return screenText(p.Screen()) + strings.Join(p.Toasts(), "\n")
}

// clean wants nothing of a complaint on a screen.
func (w *town) clean(where, screen string, secrets ...string) {
	w.t.Helper()
	for _, secret := range secrets {
		if i := strings.Index(screen, secret); i >= 0 {
			w.t.Errorf("%s shows %q:\n%s", where, secret, screen[max(0, i-200):min(len(screen), i+200)])
		}
	}
}

// A complaint about a technician, one about the duty manager, one about the man
// last night: whoever is accused, and their team's group, find nothing of it; the
// manager above finds all three.
func TestTheAccusedFindNothing(t *testing.T) {
	visit(t, townOptions{start: "2026-11-24 09:00"}, func(w *town) {
		c := w.hire()
		zhang := w.Person(5001, "张同学", "zh")
		zhang.Start("")
		w.rest()
		file := func(words, who string) desk.Ticket {
			w.says(zhang, "/complain")
			w.presses(zhang, "服务态度", "某个人")
			w.says(zhang, who, words)
			if m, _ := zhang.Last(); includes(m.Text, "什么时候") {
				w.presses(zhang, "今天")
			}
			w.presses(zhang, "留名", "提交")
			m := w.must(zhang.Screen(), "被投诉的人和部门看不到")
			i := strings.Index(m.Text, "C-")
			return w.ticket(m.Text[i : i+6])
		}
		one := file("鹦鹉一号进门不敲门", "王师傅")
		two := file("鹦鹉二号挂我电话", "值班经理陈刚")
		three := file("鹦鹉三号昨晚对我吼", "那个男的,不知道名字")
		tails := []string{"进门不敲门", "挂我电话", "对我吼"}
		w.must(c.manager.Screen(), one.Number)
		w.must(c.centre.Screen(), two.Number)
		w.must(c.centre.Screen(), three.Number)
		if three.Case.Floor == 0 || two.Case.Floor == 0 || one.Case.Floor != 0 {
			t.Fatalf("the floors are %d, %d and %d", one.Case.Floor, two.Case.Floor, three.Case.Floor)
		}
		// It is handled, so that there is something to leak.
		w.presses(c.centre, "我来处理")
		w.until("8:30") // the next morning: the digests are out
		w.clean("王师傅", w.walk(c.wang, one, "鹦鹉一号"), tails[0])
		w.clean("周师傅", w.walk(c.zhou, one, "鹦鹉一号"), tails[0])
		w.clean("陈刚", w.walk(c.manager, two, "鹦鹉二号"), tails[1])
		w.clean("孙夜", w.walk(c.night, three, "鹦鹉三号"), tails[2])
		for _, p := range []*telegramtest.Person{c.operator, c.admin} {
			for i, ticket := range []desk.Ticket{one, two, three} {
				w.clean(p.Name(), w.walk(p, ticket, "鹦鹉"), tails[i])
			}
		}
		w.clean("the group", screenText(c.group.Screen()), append(tails, one.Number, two.Number, three.Number, "投诉")...)
		// What was sent to them, before they asked for anything.
		for _, line := range w.unasked(c.wang, c.zhou, c.night, c.operator, c.admin) {
			w.clean("a message", line, one.Number, two.Number, three.Number)
		}
		// The digests: the manager above counts three, the duty manager one, and the
		// list behind the number is as long.
		w.says(c.centre, "/digest")
		w.told(c.centre, "投诉 3")
		w.presses(c.centre, "投诉 3")
		m := w.told(c.centre, one.Number)
		if !includes(m.Text, two.Number) || !includes(m.Text, three.Number) {
			t.Errorf("the list is %q", m.Text)
		}
		w.says(c.manager, "/digest")
		w.told(c.manager, "投诉 1")
		w.presses(c.manager, "投诉 1")
		m = w.told(c.manager, one.Number)
		w.clean("the list of the duty manager", m.Text, two.Number, three.Number)
		for _, q := range []string{"/find 投诉 未完", "/find 鹦鹉一号", "/find 鹦鹉二号", "/find 鹦鹉三号"} {
			w.says(c.centre, q)
			w.told(c.centre, "C-100")
		}
	})
}

// unasked are the messages of the bot that came without a question: those before
// the person's own first words after they were hired.
func (w *town) unasked(people ...*telegramtest.Person) []string {
	var list []string
	for _, p := range people {
		asked := false
		for _, m := range p.Screen() {
			asked = asked || !m.ByBot && strings.HasPrefix(m.Text, "/find")
			if m.ByBot && !asked {
				list = append(list, m.Text)
			}
		}
	}
	return list
}

// An anonymous complaint is asked back and answered in the same thread; nobody and
// nothing tells who filed it, and no record holds both the ticket and the person.
func TestAnonymousRelay(t *testing.T) {
	visit(t, townOptions{start: "2026-11-24 09:00"}, func(w *town) {
		c := w.hire()
		li := w.Person(5055, "无名氏甲", "zh")
		li.Start("")
		w.rest()
		w.says(li, "/complain")
		w.presses(li, "服务质量", "某个地方")
		w.says(li, "食堂", "鹦鹉四号:饭里有沙子")
		w.presses(li, "匿名", "提交")
		w.must(li.Screen(), "没有人知道是您")
		w.must(c.manager.Screen(), "匿名提出")
		ticket := w.ticket("C-1001")
		w.presses(c.manager, "追问")
		w.says(c.manager, "是哪一天的午饭?")
		asked := w.told(li, "是哪一天的午饭?")
		w.presses(li, "回答")
		w.untold(ticket, "telegram:5055")
		w.says(li, "昨天中午")
		w.must(c.manager.Screen(), "昨天中午")
		// A reply to the message itself does as well.
		li.ReplyTo(asked, "在二号窗口")
		w.rest()
		w.must(c.manager.Screen(), "在二号窗口")
		w.says(li, "/my")
		w.told(li, "C-1001")
		w.says(li, "/mydata")
		w.presses(li, "导出文件")
		w.says(c.manager, "/find 鹦鹉四号")
		w.says(c.manager, "/find 无名氏甲")
		for _, p := range []*telegramtest.Person{c.manager, c.centre, c.property, c.operator, c.admin, c.wang} {
			w.says(p, "/find C-1001")
			for _, m := range p.Screen() {
				if m.ByBot && includes(m.Text, "无名氏甲") && !includes(m.Text, "没有找到") {
					t.Errorf("%s learns who it is: %q", p.Name(), m.Text)
				}
			}
		}
		w.untold(ticket, "telegram:5055")
		// It cannot be delivered: those who deal with it learn that, and not whose it is.
		li.Block()
		w.rest()
		w.presses(c.manager, "答复")
		w.says(c.manager, "已整改")
		w.must(c.manager.Screen(), "收不到消息了")
		w.untold(ticket, "telegram:5055")
		w.says(c.operator, "/undelivered")
		m, _ := c.operator.Last()
		w.clean("the operator's list", m.Text, "C-1001", "匿名")
		w.says(c.manager, "/undelivered")
		w.told(c.manager, "匿名的本人没收到")
	})
}

// untold wants no record of the store, and no key of an index, to hold the ticket
// together with the person or their chat.
func (w *town) untold(ticket desk.Ticket, chat string) {
	w.t.Helper()
	address, _ := desk.ParseAddress(chat)
	rows := 0
	err := w.app.Store.View(w.t.Context(), func(tx *storage.Tx) error {
		p, _ := storage.NewWorld(tx, w.config.Site).PersonAt(address)
		return tx.Scan("", "", false, func(key string, value []byte) error {
			rows++
			row := key + " " + string(value)
			about := strings.Contains(row, ticket.ID) || strings.Contains(row, ticket.Number)
			if about && (strings.Contains(row, p.ID) || strings.Contains(row, chat) || strings.Contains(row, "\""+address.ID+"\"")) {
				w.t.Errorf("a record tells who filed %s: %s", ticket.Number, row)
			}
			return nil
		})
	})
	if err != nil || rows < 100 {
		w.t.Errorf("%d rows were looked at: %v", rows, err)
	}
}

// Noise goes to security and to the caretaker of the building at once; whoever goes
// there, and whoever is loud, learns neither who called nor from where.
func TestNoiseTellsNobodyWhoCalled(t *testing.T) {
	visit(t, townOptions{start: "2026-11-24 23:30"}, func(w *town) {
		c := w.hire()
		join := func(id int64, name string, role ...string) *telegramtest.Person {
			p := w.Person(id, name, "zh")
			p.Start("")
			w.rest()
			if len(role) > 0 {
				p.Open(w.invite(c.manager, role...))
				w.rest()
			}
			return p
		}
		guard, caretaker := join(4101, "吴保安", "部门员工", "保安部"), join(4102, "郑楼管", "楼管", "3号楼")
		loud := join(5102, "隔壁同学")
		han := join(5101, "韩小玲")
		w.says(han, "我在3-507,鹦鹉五号太吵了,睡不着", "3-503")
		for range 3 {
			if m, _ := han.Last(); !includes(m.Text, "请核对") {
				w.says(han, "3-503")
			}
		}
		w.presses(han, "提交")
		w.must(han.Screen(), "R-1001")
		if got := w.ticket("R-1001"); got.Place != "3-503" || !got.Discreet {
			t.Fatalf("the ticket is about %s", got.Place)
		}
		w.must(caretaker.Screen(), "R-1001 噪音扰民 · 3号楼503")
		w.presses(guard, "接单")
		w.must(guard.Screen(), "报的人不公开")
		w.says(han, "/my")
		w.presses(han, "补充")
		w.says(han, "我是韩小玲,507,还在吵")
		for _, p := range []*telegramtest.Person{guard, caretaker, loud} {
			w.says(p, "/find 3-503", "/open", "/find 鹦鹉五号", "/find 507", "/ticket R-1001")
			w.clean(p.Name(), screenText(p.Screen()), "韩小玲", "3号楼507", "3-507", "睡不着")
		}
		w.says(loud, "我在3-503,太吵了", "3-503")
		if m, ok := find(loud.Screen(), "已经有人报过"); ok {
			t.Errorf("who is loud learns that somebody called: %q", m.Text)
		}
	})
}
