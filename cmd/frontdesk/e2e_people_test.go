package main

import (
	"strings"

	"frontdesk/bot/telegram/telegramtest"
)

// The people of the example's configuration, and some who are not in it.
const (
	adminID    = 1000
	operatorID = 1001
	managerID  = 1002
	centreID   = 1003
	propertyID = 1004
	nightID    = 1005
	wangID     = 3001
	zhouID     = 3002
)

// crew is who works in a town.
type crew struct {
	admin, operator, manager, centre, property, night *telegramtest.Person

	wang, zhou *telegramtest.Person // technicians
	group      *telegramtest.Group
}

const groupID = -1002000000001

// hire lets the people of the desk start the bot, binds the engineering group
// and invites two technicians, all as people do it.
func (w *town) hire() *crew {
	w.t.Helper()
	c := &crew{
		admin: w.Person(adminID, "林主任", "zh"), operator: w.Person(operatorID, "李敏", "zh"),
		manager: w.Person(managerID, "陈刚", "zh"), centre: w.Person(centreID, "赵总", "zh"),
		property: w.Person(propertyID, "钱总", "zh"), night: w.Person(nightID, "孙夜", "zh"),
		wang: w.Person(wangID, "王师傅", "zh"), zhou: w.Person(zhouID, "周师傅", "zh"),
	}
	for _, p := range []*telegramtest.Person{c.admin, c.operator, c.manager, c.centre, c.property, c.night} {
		p.Start("")
	}
	w.rest()
	c.group = w.Group(groupID, "工程群", c.admin, c.wang, c.zhou)
	c.admin.SayIn(c.group, "/link")
	w.rest()
	w.presses(c.admin, "工程部")
	w.must(c.group.Screen(), "测试卡片:工程部")
	w.must(c.group.Screen(), "「工程群」(4 人)已绑定到工程部,由林主任操作。")
	w.must(c.admin.Screen(), "林主任 把「工程群」(4 人)绑定到工程部。")
	for _, p := range []*telegramtest.Person{c.wang, c.zhou} {
		p.Open(w.invite(c.manager, "部门员工", "工程部"))
		w.rest()
		w.must(p.Screen(), "欢迎。您现在是:部门员工(工程部)")
		w.must(c.manager.Screen(), p.Name()+" 已接受邀请:部门员工(工程部)。")
	}
	return c
}

// invite lets somebody make a link for a role; choices are the buttons.
func (w *town) invite(by *telegramtest.Person, choices ...string) string {
	w.t.Helper()
	w.says(by, "/invite")
	w.presses(by, choices...)
	m, _ := by.Last()
	i := strings.Index(m.Text, "https://t.me/")
	if i < 0 {
		w.t.Fatalf("no link in %q", m.Text)
	}
	return strings.TrimSpace(m.Text[i:])
}

// files lets a resident report with one sentence and one press, and returns
// the number that they were told.
func (w *town) files(p *telegramtest.Person, sentence string) string {
	w.t.Helper()
	before := map[int]bool{}
	for _, m := range p.Screen() {
		before[m.ID] = true
	}
	w.says(p, sentence)
	w.presses(p, "提交")
	for _, m := range p.Screen() {
		if m.ByBot && !before[m.ID] && includes(m.Text, "已登记") {
			return number(m.Text)
		}
	}
	w.t.Fatalf("%s was told no number:\n%s", p.Name(), p.Transcript())
	return ""
}
