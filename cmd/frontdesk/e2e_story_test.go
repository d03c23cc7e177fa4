package main

import (
	"path/filepath"
	"testing"
	"time"

	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/storage/bolt"
)

// TestStory is ten days of a campus, from the binding of the group to a ticket
// that is closed by rule and breaks again.
func TestStory(t *testing.T) {
	t.Parallel()
	visit(t, townOptions{}, func(w *town) {
		s := newStory(w)
		s.repairByPresses()
		s.taken()
		s.workWithHindrances()
		s.notFixed()
		if testing.Short() {
			return
		}
		s.nobodyTakes()
		s.night()
		s.mornings()
		s.closedByRule()
	})
}

// TestStoryOnDisk is its first hour on a real file, with a new start of the
// program in the middle.
func TestStoryOnDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "story.db")
	engine, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	visit(t, townOptions{engine: engine}, func(w *town) {
		s := newStory(w)
		s.repairByPresses()
		s.taken()
		w.halt()
		if err := engine.Close(); err != nil {
			t.Fatal(err)
		}
		if engine, err = bolt.Open(path, bolt.Options{}); err != nil {
			t.Fatal(err)
		}
		w.engine = engine
		w.run()
		s.workWithHindrances()
	})
	if err := engine.Close(); err != nil {
		t.Error(err)
	}
}

func newStory(w *town) *story {
	return &story{town: w, crew: w.hire(), zhang: w.Person(5001, "张同学", "zh"), liu: w.Person(5002, "刘同学", "zh")}
}

type story struct {
	*town
	*crew
	zhang, liu *telegramtest.Person
}

// repairByPresses needs at most seven presses of somebody who is new, and
// answers with a number, a time and a person.
func (s *story) repairByPresses() {
	s.zhang.Start("")
	s.rest()
	before := len(s.Presses())
	s.presses(s.zhang, "报修", "没热水", "3号楼", "5", "502", "今天,没人也可进", "提交")
	if n := len(s.Presses()) - before; n > 7 {
		s.t.Errorf("%d presses to file a repair, at most 7", n)
	}
	s.shows(s.zhang.Screen(), "已登记 R-1001。工程部 15 分钟内接单,今天上门", "看进度", "补充", "取消报修")
	s.must(s.zhang.Screen(), "李敏替您跟进")
	s.presses(s.zhang, "张同学") // how they want to be called
	card := s.shows(s.group.Screen(), "R-1001 没热水", "接单", "不归我们")
	if includes(card.Text, "张同学") || !includes(card.Text, "3号楼502") {
		s.t.Errorf("the group sees %q", card.Text)
	}
}

// taken goes to the first one who presses; the second hears by whom.
func (s *story) taken() {
	card := s.must(s.group.Screen(), "R-1001")
	s.presses(s.wang, "接单")
	s.zhou.PressOn(card, "接单")
	s.rest()
	if toasts := s.zhou.Toasts(); len(toasts) != 1 || !includes(toasts[0], "王师傅") || !includes(toasts[0], "已接") {
		s.t.Errorf("the late presser was answered %q", toasts)
	}
	s.shows(s.group.Screen(), "王师傅", "到场", "更多")
	s.shows(s.zhang.Screen(), "王师傅已接单", "催一下", "补充", "取消报修")
	s.must(s.wang.Screen(), "归您")
	s.must(s.wang.Screen(), "住户:张同学 · 先敲门,没人应可进")
	if n := count(s.group.Screen(), "R-1001"); n != 1 {
		s.t.Errorf("%d cards of one ticket in the group", n)
	}
}

// workWithHindrances goes through a pause, a closed door and another time.
func (s *story) workWithHindrances() {
	s.presses(s.wang, "到场")
	s.shows(s.group.Screen(), "到场", "完成", "没人应门", "暂停", "更多")
	s.presses(s.wang, "暂停", "待料")
	post := s.must(s.wang.Screen(), "R-1001")
	s.presses(s.wang, post.Labels()[0])
	s.must(s.group.Screen(), "王师傅暂停:待料")
	s.must(s.zhang.Screen(), "R-1001 暂停:待料")
	s.wait(20 * time.Minute)
	s.presses(s.wang, "继续", "没人应门")
	asked := s.must(s.zhang.Screen(), "敲门没人应,没有进门。什么时候再来?")
	s.presses(s.zhang, asked.Labels()[0])
	s.must(s.zhang.Screen(), "R-1001:好的")
	s.must(s.wang.Screen(), "住户约在今天")
	s.presses(s.wang, "到场")
	s.wang.ReplyPhoto(s.must(s.group.Screen(), "R-1001"), "换了混水阀")
	s.rest()
	s.must(s.group.Screen(), "完成,等住户确认")
	s.must(s.zhang.Screen(), "修完")
}

// notFixed is answered to the question, which nobody gets before nine: another
// ticket goes on. Half an hour after its work a good rating ends it.
func (s *story) notFixed() {
	s.until("08:59")
	if _, early := find(s.zhang.Screen(), "好了吗?"); early {
		s.t.Error("asked before nine o'clock")
	}
	s.until("09:01")
	s.shows(s.zhang.Screen(), "好了吗?", "好了,满意", "好了,一般", "没修好")
	s.presses(s.zhang, "没修好")
	s.must(s.zhang.Screen(), "返修单 R-1002")
	s.must(s.manager.Screen(), "R-1001 没修好,转 R-1002")
	s.must(s.group.Screen(), "没修好,转 R-1002")
	s.presses(s.wang, "接单", "到场", "完成")
	s.must(s.wang.Screen(), "R-1002:发一张完工的照片就完成了。")
	s.wang.Photo("", "")
	s.rest()
	s.shows(s.wang.Screen(), "R-1002 完成,辛苦了。", "撤销")
	s.wait(29 * time.Minute)
	if _, early := find(s.zhang.Screen(), "R-1002 没热水:王师傅 9:01 修完。好了吗?"); early {
		s.t.Error("asked before half an hour was over")
	}
	s.wait(2 * time.Minute)
	s.must(s.zhang.Screen(), "R-1002 没热水:王师傅 9:01 修完。好了吗?")
	s.presses(s.zhang, "好了,满意")
	s.shows(s.zhang.Screen(), "30 天内又坏,点一下就行。", "又坏了")
	s.must(s.group.Screen(), "已确认")
}
