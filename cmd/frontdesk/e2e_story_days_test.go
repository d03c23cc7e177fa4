package main

import (
	"testing/synctest"
	"time"

	"frontdesk/bot/telegram/telegramtest"
)

// nobodyTakes goes up, a term at a time: the group once and the duty manager,
// the centre manager, the property manager, and then it is in every list.
func (s *story) nobodyTakes() {
	presses := len(s.Presses())
	number := s.files(s.liu, "水龙头漏水,3栋502,随时可以进")
	if n := len(s.Presses()) - presses; n != 1 {
		s.t.Errorf("one sentence needed %d presses", n)
	}
	s.presses(s.liu, "跳过")
	untaken := number + " 水龙头漏水,3号楼502"
	told := func(p *telegramtest.Person) int { return count(p.Screen(), untaken) }
	for i, p := range []*telegramtest.Person{s.manager, s.centre, s.property} {
		if told(p) != 0 {
			s.t.Errorf("%s was told too early", p.Name())
		}
		s.wait(15 * time.Minute)
		if told(p) != 1 {
			s.t.Errorf("after %d terms %s was told %d times", i+1, p.Name(), told(p))
		}
	}
	if n := count(s.group.Screen(), number+" 还没有人接"); n != 1 {
		s.t.Errorf("the group was reminded %d times", n)
	}
	s.must(s.group.Screen(), "无人接,已告知")
	s.wait(time.Hour)
	for _, p := range []*telegramtest.Person{s.manager, s.centre, s.property} {
		if told(p) != 1 {
			s.t.Errorf("%s was told %d times in the end", p.Name(), told(p))
		}
	}
	s.presses(s.zhou, "接单", "到场")
	s.zhou.ReplyPhoto(s.must(s.group.Screen(), number), "")
	s.rest()
	s.must(s.liu.Screen(), "周师傅")
}

// night waits for the morning: the list comes once, with a button for each.
func (s *story) night() {
	s.until("22:30")
	cards := count(s.group.Screen(), "R-")
	number := s.files(s.zhang, "插座没电,5栋203,随时可以进")
	s.must(s.zhang.Screen(), "夜间只处理急事")
	if n := count(s.group.Screen(), "R-"); n != cards {
		s.t.Error("a night ticket went to the group at night")
	}
	s.until("08:04")
	if _, early := find(s.group.Screen(), "夜里报的"); early {
		s.t.Error("the morning list came before its time")
	}
	s.until("08:06")
	s.shows(s.group.Screen(), "夜里报的,共 1 张", "接 "+number, "未完 1")
	s.presses(s.wang, "接 "+number)
	s.shows(s.group.Screen(), number+" 没电或灯坏", "到场", "更多")
	s.presses(s.wang, "到场")
	s.wang.ReplyPhoto(s.must(s.group.Screen(), number+" 没电或灯坏"), "")
	s.rest()
	s.must(s.zhang.Screen(), "王师傅")
}

// mornings bring each reader of the digest one message a day, at 08:10.
func (s *story) mornings() {
	for day := range 3 {
		before := digests(s.manager.Screen())
		s.until("08:09")
		if n := digests(s.manager.Screen()) - before; n != 0 {
			s.t.Errorf("day %d: %d digests before 08:10", day, n)
		}
		s.until("08:15")
		if n := digests(s.manager.Screen()) - before; n != 1 {
			s.t.Errorf("day %d: %d digests at 08:10, want one:\n%s", day, n, screenText(s.manager.Screen()))
		}
		before = digests(s.manager.Screen())
		s.until("20:00")
		if n := digests(s.manager.Screen()) - before; n != 0 {
			s.t.Errorf("day %d: %d more digests later", day, n)
		}
	}
}

// digests counts them by their date line.
func digests(screen []telegramtest.Message) int {
	return count(screen, "昨日 8:00 至今日 8:00") + count(screen, "没有新单,没有超时")
}

// closedByRule is the end of silence; one press opens it again with everything
// filled in.
func (s *story) closedByRule() {
	if n := count(s.liu.Screen(), "好了吗?"); n != 2 {
		s.t.Errorf("asked %d times, want the question and one reminder", n)
	}
	time.Sleep(5 * 24 * time.Hour)
	synctest.Wait()
	s.shows(s.liu.Screen(), "已自动关闭", "又坏了")
	s.must(s.group.Screen(), "住户未答复,按规则关闭")
	s.until("10:00")
	s.presses(s.liu, "又坏了")
	again := s.must(s.liu.Screen(), "返修单")
	card := s.shows(s.group.Screen(), number(again.Text[len("抱歉,让您再等一次。"):]), "接单", "不归我们")
	if !includes(card.Text, "3号楼502") || !includes(card.Text, "漏水或堵水") {
		s.t.Errorf("opened again as %q", card.Text)
	}
}
