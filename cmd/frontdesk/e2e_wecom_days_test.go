package main

import (
	"testing/synctest"
	"time"
)

// slack is how much later than planned something may come: what goes out by the
// clock keeps off the full and the half hour, where all of WeCom sends.
const slack = 6 * time.Minute

// filed lets a resident report with one sentence and one press, and returns the
// number that they were told.
func (s *corpStory) filed(p someone, sentence string) string {
	s.t.Helper()
	before := len(p.sees())
	s.say(p, sentence)
	s.does(p, "提交")
	for _, m := range p.sees()[before:] {
		if m.has("已登记") {
			return number(m.text)
		}
	}
	s.t.Fatalf("%s was told no number:\n%s", p.name(), screenOf(p.sees()))
	return ""
}

// nobodyTakes goes up, a term at a time: those on duty once and the duty manager,
// the centre manager, the property manager, and then it is in every list.
func (s *corpStory) nobodyTakes() {
	number := s.filed(s.liu, "水龙头漏水,3栋502,随时可以进")
	s.does(s.liu, "跳过")
	untaken := number + " 水龙头漏水,3号楼502"
	told := func(p *colleague) int { return times(p.sees(), untaken) }
	for i, p := range []*colleague{s.manager, s.centre, s.property} {
		if told(p) != 0 {
			s.t.Errorf("%s was told too early", p.called)
		}
		s.wait(15 * time.Minute)
		if i == 0 {
			s.wait(slack)
		}
		if told(p) != 1 {
			s.t.Errorf("after %d terms %s was told %d times", i+1, p.called, told(p))
		}
	}
	s.wait(time.Hour)
	for _, p := range []*colleague{s.manager, s.centre, s.property} {
		if told(p) != 1 {
			s.t.Errorf("%s was told %d times in the end:\n%s", p.called, told(p), screenOf(p.sees()))
		}
	}
	for _, p := range []*colleague{s.wang, s.zhou} {
		if n := times(p.sees(), number+" 漏水或堵水,3号楼502:还没有人接"); n != 1 {
			s.t.Errorf("%s was reminded %d times:\n%s", p.called, n, screenOf(p.sees()))
		}
	}
	s.does(s.zhou, "接单", "到场", "完成")
	s.zhou.photo()
	s.rest()
	s.must(s.zhou.sees(), number+" 完成,辛苦了。")
}

// night waits for the morning: the list comes once to each on duty, with a choice
// for each ticket.
func (s *corpStory) night() {
	s.until("22:30")
	cards := func() int { return times(s.groupSees(), "R-") + times(s.wang.sees(), "R-") + times(s.guo.sees(), "R-") }
	before := cards()
	number := s.filed(s.zhang, "插座没电,5栋203,随时可以进")
	s.must(s.zhang.sees(), "夜间只处理急事")
	if n := cards(); n != before {
		s.t.Error("a night ticket went to the department at night")
	}
	s.until("08:04")
	s.never(s.wang.sees(), "夜里报的")
	s.wait(2*time.Minute + slack)
	for _, p := range []*colleague{s.wang, s.zhou} {
		s.must(p.sees(), "夜里报的,共 1 张")
	}
	s.never(s.guo.sees(), "夜里报的")
	s.does(s.wang, "接 "+number)
	s.offers(s.wang.sees(), "归您:"+number, "到场", "更多")
	s.does(s.wang, "到场", "完成")
	s.wang.photo()
	s.rest()
	s.must(s.wang.sees(), number+" 完成,辛苦了。")
}

// mornings bring each reader of the digest one message a day, with a picture.
func (s *corpStory) mornings() {
	for day := range 3 {
		before := corpDigests(s.manager.sees())
		s.until("08:09")
		if n := corpDigests(s.manager.sees()) - before; n != 0 {
			s.t.Errorf("day %d: %d digests before 08:10", day, n)
		}
		s.wait(6*time.Minute + slack)
		if day == 0 { // Two days with something in them make a picture.
			s.filed(s.zhang, "空调不制冷,5栋203,随时可以进")
			s.does(s.wang, "接单", "到场", "完成", "没有照片")
		}
		if n := corpDigests(s.manager.sees()) - before; n != 1 {
			s.t.Errorf("day %d: %d digests at 08:10, want one:\n%s", day, n, screenOf(s.manager.sees()))
		}
		s.until("20:00")
		if n := corpDigests(s.manager.sees()) - before; n != 1 {
			s.t.Errorf("day %d: %d more digests later", day, n-1)
		}
	}
	pictures := 0
	for _, m := range s.manager.sees() {
		if m.picture {
			pictures++
		}
	}
	if pictures == 0 {
		s.t.Errorf("no digest has a picture:\n%s", screenOf(s.manager.sees()))
	}
}

// corpDigests counts them by their date line.
func corpDigests(screen []sight) int {
	return times(screen, "昨日 8:00 至今日 8:00") + times(screen, "没有新单,没有超时")
}

// closedByRule is the end of silence; one press opens it again with everything
// filled in.
func (s *corpStory) closedByRule() {
	if n := times(s.liu.sees(), "好了吗?"); n != 2 {
		s.t.Errorf("asked %d times, want the question and one reminder:\n%s", n, screenOf(s.liu.sees()))
	}
	time.Sleep(5 * 24 * time.Hour)
	synctest.Wait()
	s.until("10:03")
	s.does(s.liu, "没修好") // Nothing new was sent for the closing: the question is still there.
	s.must(s.liu.sees(), "返修单")
	card := s.offers(s.wang.sees(), "漏水或堵水", "接单", "不归我们")
	if !card.has("3号楼502") || !card.has("漏水或堵水") {
		s.t.Errorf("opened again as %q", card)
	}
}
