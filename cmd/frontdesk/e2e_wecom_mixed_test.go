package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/desk"
)

// mixedCorp is a corp whose engineers are on both networks: tian, and a group with
// buttons, are on Telegram.
type mixedCorp struct {
	*corpStory
	tian  user
	group *telegramtest.Group
}

// visitMixed opens it, with the group bound by its administrator.
func visitMixed(t *testing.T, story func(s *mixedCorp)) {
	t.Helper()
	with := corpOptions{weixin: true, telegram: true, config: func(c *Config) {
		c.Site.Admins = append(c.Site.Admins, desk.Address{Channel: "telegram", ID: "1000"})
		day := c.Site.Roster.Shifts[0].Staff
		day["engineering"] = append(day["engineering"], "telegram:3001")
	}}
	visitCorp(t, with, func(w *corpTown) {
		s := &mixedCorp{corpStory: &corpStory{corpTown: w, corpCrew: w.hireCorp()}, tian: user{w.telegram.Person(3001, "田师傅", "zh")}}
		admin := user{w.telegram.Person(1000, "郑主任", "zh")}
		s.tian.Start("")
		admin.Start("")
		w.rest()
		s.group = w.telegram.Group(groupID, "工程群", admin.Person, s.tian.Person)
		admin.SayIn(s.group, "/link")
		w.rest()
		w.does(admin, "工程部")
		story(s)
	})
}

// groupOnTelegram is what the Telegram group shows.
func (s *mixedCorp) groupOnTelegram() []sight { return sightsOnTelegram(s.group.Screen()) }

// pressesLater is a press on what a member sees now of a ticket, which comes later.
func (w *corpTown) pressesLater(p *colleague, number, label string) func() {
	w.t.Helper()
	for _, m := range slices.Backward(p.Chat()) {
		if m.Card == nil || !strings.Contains(m.Card.Title.Title, number) {
			continue
		}
		for _, b := range m.Card.Buttons {
			if b.Text == label {
				return func() { p.PressCard(m.Card.TaskID, m.Card.Type, b.Key, w.PressCode(m.Card.TaskID)) }
			}
		}
	}
	w.t.Fatalf("%s has no card %s with %q:\n%s", p.called, number, label, screenOf(p.sees()))
	return nil
}

// TestCorpStoryMixed lets a department see one ticket on both networks: the first
// press on either has it, the late one on the other hears by whom, the work goes on
// where it was taken, and what everybody sees says so.
func TestCorpStoryMixed(t *testing.T) {
	t.Parallel()
	visitMixed(t, func(s *mixedCorp) {
		zhang := user{s.telegram.Person(5001, "张同学", "zh")}
		liu := s.customer("wmLIU", "刘同学")
		zhang.Start("")
		s.rest()

		// Filed on Telegram, taken there; a member is late.
		first := s.filed(zhang, "没热水,3栋502,随时可以进")
		s.offers(s.groupOnTelegram(), first+" 没热水", "接单", "不归我们")
		for _, p := range []*colleague{s.wang, s.zhou} {
			s.offers(p.sees(), first+" 没热水", "接单", "不归我们")
		}
		s.must(s.groupSees(), first)
		press := s.pressesLater(s.wang, first, "接单")
		s.does(s.tian, "接单")
		press()
		s.rest()
		s.must(s.wang.sees(), "田师傅 8:01 已接 "+first)
		s.never(s.wang.sees(), "归您:"+first)
		for _, p := range []*colleague{s.wang, s.zhou} {
			s.must(p.sees(), "田师傅 8:01 接")
		}
		s.must(zhang.sees(), "田师傅已接单")
		s.does(s.tian, "到场", "完成", "没有照片")
		s.must(zhang.sees(), "修完")

		// Filed by somebody with ordinary WeChat, taken by a member: Telegram is late.
		second := s.filed(liu, "空调不制冷,5栋203,随时可以进")
		card := s.must(s.groupOnTelegram(), second)
		late, _ := find(s.group.Screen(), second)
		if !s.wang.chooses("接单") {
			s.t.Fatal("the member cannot press")
		}
		s.tian.PressOn(late, "接单")
		s.rest()
		if toasts := s.tian.Toasts(); len(toasts) == 0 || !includes(toasts[len(toasts)-1], "王师傅") {
			s.t.Errorf("the late press was answered %q", toasts)
		}
		s.must(s.groupOnTelegram(), second+" 空调")
		if after := s.must(s.groupOnTelegram(), "王师傅 8:"); len(after.labels) == len(card.labels) && after.text == card.text {
			s.t.Errorf("the group still sees %q", after)
		}
		s.must(s.zhou.sees(), "王师傅 8:")
		s.must(liu.sees(), "王师傅已接单")
		s.does(s.wang, "到场", "完成")
		s.wang.photo()
		s.rest()
		s.until("09:06")
		for _, p := range []someone{zhang, liu} {
			s.does(p, "好了,满意")
			s.must(p.sees(), "谢谢您")
		}
		for _, group := range [][]sight{s.groupOnTelegram(), s.groupSees()} {
			s.never(group, "张同学")
			s.never(group, "刘同学")
		}
		s.windowsKept(liu)
	})
}

// TestCorpStoryJoined is a resident with an account on each network, which a code
// joins: what is about their ticket comes where they last wrote.
func TestCorpStoryJoined(t *testing.T) {
	t.Parallel()
	visitMixed(t, func(s *mixedCorp) {
		there := user{s.telegram.Person(5001, "张同学", "zh")}
		here := s.customer("wmZHANG", "小张")
		there.Start("")
		s.rest()
		number := s.filed(there, "没热水,3栋502,随时可以进")
		s.say(there, "/join")
		code := joinCode.FindStringSubmatch(screenOf(there.sees()))
		if code == nil {
			s.t.Fatalf("no code:\n%s", screenOf(there.sees()))
		}
		s.say(here, "/join "+code[1])
		s.must(here.sees(), "张同学取的")
		s.does(here, "是我的")
		s.does(there, "是我,合并")
		s.must(there.sees(), "合并好了,两边都是您")
		s.must(here.sees(), "合并好了,两边都是您")
		// The ticket of one account is that of the other.
		s.say(here, "/my")
		s.must(here.sees(), number)
		before := len(there.sees())
		s.does(s.wang, "接单", "到场", "完成", "没有照片")
		s.wait(time.Hour + 10*time.Minute)
		s.must(here.sees(), "好了吗?")
		if asked := times(there.sees()[before:], "好了吗?"); asked != 0 {
			s.t.Errorf("asked on the other network as well:\n%s", screenOf(there.sees()[before:]))
		}
		s.does(here, "好了,满意")
		s.must(here.sees(), "谢谢您")
		s.windowsKept(here)
	})
}
