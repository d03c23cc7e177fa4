package main

import (
	"testing"
	"time"

	"frontdesk/desk"
)

// sticker is what the code on a door carries.
func (w *corpTown) sticker(place string) string {
	w.t.Helper()
	payload, err := w.config.Site.SignLink(desk.Link{Flow: "repair", Answers: map[string]string{"place": place}})
	must(w.t, err)
	return payload
}

// windowsKept wants nobody to have got more than five messages after they wrote, or
// one later than 48 hours, and the desk not even to have tried.
func (w *corpTown) windowsKept(people ...*customer) {
	w.t.Helper()
	for _, p := range people {
		n, last := 0, time.Time{}
		for _, m := range w.KFSeen(p.id) {
			if m.Own {
				n, last = 0, m.At
				continue
			}
			if n++; !last.IsZero() && (n > 5 || m.At.Sub(last) >= 48*time.Hour) {
				w.t.Errorf("%s got message %d, %s after they wrote: %q", p.called, n, m.At.Sub(last), m)
			}
		}
	}
	for _, c := range w.Calls("kf/send_msg") {
		if c.Code != 0 {
			w.t.Errorf("WeCom refused with %d: %s", c.Code, c.Body)
		}
	}
}

// TestCorpStoryWeixin is the story with residents who have ordinary WeChat.
func TestCorpStoryWeixin(t *testing.T) {
	t.Parallel()
	visitCorp(t, corpOptions{weixin: true}, func(w *corpTown) {
		s := &corpStory{corpTown: w, corpCrew: w.hireCorp()}
		zhang, liu := w.customer("wmZHANG", "张同学"), w.customer("wmLIU", "刘同学")
		s.zhang, s.liu = zhang, liu
		s.scans(zhang)
		s.taken()
		s.workWithHindrances()
		s.notFixed()
		s.windowsKept(zhang)
		if testing.Short() {
			return
		}
		s.nobodyTakes()
		s.night()
		s.mornings()
		s.closedByRule()
		s.windowsKept(zhang, liu)
	})
}

// scans reports a room by its sticker with three taps.
func (s *corpStory) scans(p *customer) {
	s.KFEnter(p.id, s.sticker("3-502"))
	s.rest()
	s.must(p.sees(), "您好,这里是示例校区客户运作中心。地点已填好:3号楼502。\n什么坏了?")
	s.does(p, "没热水", "今天,没人也可进", "提交")
	s.must(p.sees(), "已登记 R-1001。工程部 15 分钟内接单,今天上门")
	s.must(p.sees(), "李敏替您跟进")
	s.never(s.groupSees(), "张同学")
}

// TestCorpFewMessages uses a window up: what the desk would like to say waits for
// the person's next word, and the question about the work has the last place.
func TestCorpFewMessages(t *testing.T) {
	t.Parallel()
	visitCorp(t, corpOptions{weixin: true}, func(w *corpTown) {
		s := &corpStory{corpTown: w, corpCrew: w.hireCorp()}
		sun := w.customer("wmSUN", "孙同学")
		number := s.filed(sun, "空调不制冷,5栋203,随时可以进")
		s.does(s.wang, "接单", "到场")
		for range 3 {
			s.does(s.wang, "暂停", "待料", "1 个工作日", "继续")
		}
		s.windowsKept(sun)
		before := len(sun.sees())
		s.does(s.wang, "完成", "没有照片")
		s.wait(time.Hour)
		s.offers(sun.sees(), number+" 空调不制冷:王师傅 8:0", "好了,满意", "好了,一般", "没修好")
		if n := len(sun.sees()) - before; n != 1 {
			s.t.Errorf("%d messages after the work, want the question alone:\n%s", n, screenOf(sun.sees()))
		}
		s.windowsKept(sun)
		s.until("14:03") // Nothing reminds them: the window is used up.
		s.wait(24 * time.Hour)
		s.windowsKept(sun)
		if n := times(sun.sees(), "好了吗?"); n != 1 {
			s.t.Errorf("asked %d times:\n%s", n, screenOf(sun.sees()))
		}
		s.does(sun, "好了,满意")
		s.must(sun.sees(), "谢谢您")
		s.windowsKept(sun)
	})
}

// TestCorpShutWindow is work that ends when its resident can be written to no more:
// the operator phones.
func TestCorpShutWindow(t *testing.T) {
	t.Parallel()
	visitCorp(t, corpOptions{weixin: true}, func(w *corpTown) {
		s := &corpStory{corpTown: w, corpCrew: w.hireCorp()}
		qian := w.customer("wmQIAN", "钱同学")
		number := s.filed(qian, "空调不制冷,5栋203,随时可以进")
		s.does(qian, "钱同学")
		s.does(s.wang, "接单", "到场", "暂停", "待料", "2 个工作日")
		s.wait(49 * time.Hour)
		before := len(qian.sees())
		s.does(s.wang, "完成", "没有照片")
		s.wait(2 * time.Hour)
		if n := len(qian.sees()); n != before {
			s.t.Errorf("written to in a window that is shut:\n%s", screenOf(qian.sees()))
		}
		s.windowsKept(qian)
		task := s.must(s.operator.sees(), "请打电话:"+number+" 空调不制冷,5号楼203,钱同学")
		s.does(s.operator, task.labels[0])
		s.must(s.operator.sees(), number)
		// Who writes again is told how things stand, and the window is open.
		s.say(qian, "空调好了吗")
		s.must(qian.sees(), number)
		s.windowsKept(qian)
	})
}
