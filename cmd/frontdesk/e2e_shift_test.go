package main

import (
	"testing"
	"time"

	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/desk"
	"frontdesk/storage"
)

// TestShifts is a day of those who are on duty, as they see it: who is there, who
// is not, leave, a swap, the end of the shift and the handover.
func TestShifts(t *testing.T) {
	t.Parallel()
	options := townOptions{start: "2026-11-24 07:30", config: func(c *Config) {
		day, night := &c.Site.Roster.Shifts[0], &c.Site.Roster.Shifts[1]
		day.Staff["engineering"] = []string{"telegram:3001"}
		night.Staff["engineering"] = []string{"telegram:3002"}
		c.Site.Roster.Shifts = c.Site.Roster.Shifts[:2]
	}}
	visit(t, options, func(w *town) {
		s := newStory(w)
		s.shiftBegins()
		s.leaveAndSwap()
		s.shiftEnds()
	})
}

// shiftBegins asks everybody on duty once; who does not say that they are there
// is passed over, and the next level hears of it.
func (s *story) shiftBegins() {
	s.until("07:46")
	s.shows(s.manager.Screen(), "交接班 8:00:孙夜 → 陈刚", "签字交接", "值班日志")
	s.presses(s.manager, "签字交接")
	s.must(s.manager.Screen(), "接班陈刚 7:46 已签")
	s.until("08:01")
	for _, p := range []*telegramtest.Person{s.operator, s.manager, s.wang} {
		s.shows(p.Screen(), "白班开始了,到 17:30", "在岗,铃声已开")
	}
	for _, p := range []*telegramtest.Person{s.zhou, s.centre, s.admin} {
		if _, asked := find(p.Screen(), "白班开始了"); asked {
			s.t.Errorf("%s is not on duty and was asked", p.Name())
		}
	}
	s.presses(s.operator, "在岗,铃声已开")
	s.presses(s.wang, "在岗,铃声已开")
	s.must(s.wang.Screen(), "好的,8:01 在岗。白班到 17:30")
	s.until("08:16")
	late := s.must(s.centre.Screen(), "白班有 1 人没报在岗")
	if !includes(late.Text, "陈刚·值班经理") || includes(late.Text, "李敏") {
		s.t.Errorf("the centre manager was told %q", late.Text)
	}
	// The other side of the handover has not signed either.
	s.must(s.centre.Screen(), "8:00 的交接还没签完:交班 孙夜")
	s.says(s.operator, "/duty")
	s.must(s.operator.Screen(), "值班经理:陈刚(没报在岗)")
	s.must(s.operator.Screen(), "接下来 17:30 夜班")
	s.must(s.operator.Screen(), "值班经理:孙夜")
	s.presses(s.manager, "在岗,铃声已开")
	s.says(s.operator, "/duty")
	if m, _ := s.operator.Last(); includes(m.Text, "没报在岗") {
		s.t.Errorf("after the press: %q", m.Text)
	}
	s.presses(s.crew.night, "签字交接")
	s.must(s.crew.night.Screen(), "8:00 的交接完成")
	s.must(s.manager.Screen(), "8:00 的交接完成:孙夜")
}

// leaveAndSwap changes the roster in chat: leave by a manager, a shift for another
// between two technicians.
func (s *story) leaveAndSwap() {
	s.says(s.wang, "/roster")
	s.shows(s.wang.Screen(), "排班 11月24日", "前一天", "后一天", "换班", "我的班")
	s.presses(s.wang, "换班", "26日白班", "周师傅", "26日夜班", "提交")
	// Both at once nobody can work: the night shift of the same day is fine.
	s.shows(s.zhou.Screen(), "王师傅 想换班:王师傅 11-26 白班换周师傅 11-26 夜班", "同意", "不方便")
	s.presses(s.zhou, "同意")
	s.must(s.wang.Screen(), "双方都同意了")
	s.shows(s.manager.Screen(), "换班:王师傅 11-26 白班换周师傅 11-26 夜班", "撤回")
	s.says(s.manager, "/roster 11-26")
	m := s.must(s.manager.Screen(), "排班 11月26日")
	if !includes(m.Text, "白班 08:00-17:30\n接线员:李敏\n值班经理:陈刚\n运作中心经理:赵总\n管业经理:钱总\n工程部:周师傅") {
		s.t.Errorf("the roster of that day is %q", m.Text)
	}
	s.presses(s.manager, "请假加班", "请假", "周师傅", "后天", "就一天")
	s.must(s.manager.Screen(), "白班的工程部就没有别人了。")
	s.presses(s.manager, "提交")
	s.must(s.zhou.Screen(), "排班改动:周师傅请假 11-26")
	s.says(s.manager, "/roster 11-26")
	s.must(s.manager.Screen(), "周师傅请假 11-26")
	s.presses(s.manager, "改动")
	list := s.must(s.manager.Screen(), "已登记的改动")
	if !includes(list.Text, "2. 周师傅请假") {
		s.t.Errorf("the changes are %q", list.Text)
	}
	s.presses(s.manager, "撤回 2", "撤回")
	s.must(s.zhou.Screen(), "已撤回:周师傅请假 11-26。由陈刚操作。")
	// Somebody who may not changes nothing.
	s.says(s.zhou, "/roster l")
	s.must(s.zhou.Screen(), "改排班请找值班经理")
}

// shiftEnds gives back what is due before the next shift, and asks about the rest;
// the day is handed over with its notes.
func (s *story) shiftEnds() {
	s.until("09:00")
	soon := s.files(s.zhang, "没热水,3栋502,随时可以进")
	s.presses(s.zhang, "张同学")
	s.presses(s.wang, "接单")
	later := s.files(s.liu, "水龙头漏水,3栋501,随时可以进")
	s.presses(s.liu, "跳过")
	s.presses(s.wang, "接单", "到场", "暂停", "待料")
	post := s.must(s.wang.Screen(), later)
	s.presses(s.wang, post.Labels()[2])
	s.says(s.operator, "/note 3号楼水泵修好了,夜里再看一次")
	s.must(s.operator.Screen(), "记下了")
	s.says(s.zhang, "/note 我也写一句")
	if n := count(s.zhang.Screen(), "记下了"); n != 0 {
		s.t.Error("a resident wrote into the duty log")
	}
	s.until("17:16")
	card := s.must(s.crew.night.Screen(), "交接班 17:30:陈刚 → 孙夜")
	for _, words := range []string{"新 2,完成 0。未完 2", "李敏:3号楼水泵修好了,夜里再看一次", soon, "王师傅"} {
		if !includes(card.Text, words) {
			s.t.Errorf("the card of the handover lacks %q:\n%s", words, card.Text)
		}
	}
	s.until("17:31")
	end := s.shows(s.wang.Screen(), "下班辛苦了", "都留着", "都交回")
	if !includes(end.Text, "已退回部门:"+soon) || !includes(end.Text, "您手上还有"+later) {
		s.t.Errorf("at the end of the shift: %q", end.Text)
	}
	if got := s.ticket(soon); got.Taker != "" {
		s.t.Errorf("%s is still with %s", soon, got.Taker)
	}
	pings := len(s.wang.Screen())
	s.presses(s.wang, "都留着")
	s.must(s.wang.Screen(), "1 张都留着")
	s.presses(s.liu, "催一下")
	if n := len(s.wang.Screen()); n != pings {
		s.t.Errorf("off shift there are %d more messages", n-pings)
	}
	s.presses(s.zhou, "在岗,铃声已开")
	s.presses(s.crew.night, "在岗,铃声已开", "签字交接")
	s.presses(s.manager, "签字交接")
	s.must(s.crew.night.Screen(), "跟进的单已转给接班的人")
	s.wait(10 * time.Second)
	if got := s.ticket(later); got.Follower == "" || s.nameOf(got.Follower) != "孙夜" {
		s.t.Errorf("followed by %s", s.nameOf(got.Follower))
	}
	s.says(s.manager, "/dutylog")
	s.must(s.manager.Screen(), "夜班 17:30 至 明天 8:00")
	s.presses(s.manager, "上一班")
	log := s.must(s.manager.Screen(), "白班 8:00 至 17:30")
	for _, words := range []string{"8:01 王师傅在岗", "8:16 陈刚在岗", soon + " 王师傅:接单", "李敏留言:3号楼水泵修好了"} {
		if !includes(log.Text, words) {
			s.t.Errorf("the duty log lacks %q:\n%s", words, log.Text)
		}
	}
	s.says(s.wang, "/dutylog")
	s.must(s.wang.Screen(), "只给有这项职责的员工用")
}

// nameOf is what somebody is called.
func (w *town) nameOf(person string) string {
	w.t.Helper()
	var p desk.Person
	err := w.app.Store.View(w.t.Context(), func(tx *storage.Tx) error {
		p, _ = storage.NewWorld(tx, w.config.Site).Person(person)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return p.Called()
}
