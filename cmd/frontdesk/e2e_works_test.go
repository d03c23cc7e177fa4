package main

import (
	"strings"
	"testing"
	"time"
)

// TestAnOutageOnTwoNetworks: an engineer on WeCom enters an outage, the duty manager
// sees what speaks against it and says yes; residents on Telegram and WeChat are told,
// their reports are met with it before any question, they can still insist, and who
// asked hears when it is back. Each is told each thing once.
func TestAnOutageOnTwoNetworks(t *testing.T) {
	t.Parallel()
	visitMixed(t, func(s *mixedCorp) {
		zhang := user{s.telegram.Person(5001, "张同学", "zh")}
		liu := s.customer("wmLIU", "刘同学")
		zhang.Start("")
		s.rest()
		s.filed(zhang, "没热水,3栋502,随时可以进") // So the desk knows that it concerns them.
		s.say(s.wang, "计划")
		s.does(s.wang, "登记施工", "停水", "3号楼", "整栋楼")
		s.say(s.wang, "今天 11:00", "13:00")
		s.does(s.wang, "计划内")
		s.say(s.wang, "清洗水箱,请提前存水。", "Cleaning the tank. Please store some water.")
		s.does(s.wang, "提交")
		s.must(s.wang.sees(), "3号楼停水已报给值班经理")
		asked := s.must(s.manager.sees(), "要您同意:3号楼停水,11:00 至 13:00。")
		if !strings.Contains(asked.text, "注意:碰上午休") {
			s.t.Errorf("the manager does not see the clash: %q", asked.text)
		}
		s.never(s.groupOnTelegram(), "通知:3号楼停水")
		s.does(s.manager, "同意")
		s.wait(time.Minute)
		s.must(s.wang.sees(), "同意了:3号楼停水")
		s.must(zhang.sees(), "通知:3号楼停水,11:00 至 13:00。")
		s.must(s.groupOnTelegram(), "通知:3号楼停水,11:00 至 13:00。")
		s.must(s.groupSees(), "通知:3号楼停水,11:00 至 13:00。")
		s.until("11:05")
		s.must(zhang.sees(), "快到时间了:3号楼停水")

		s.say(zhang, "停水了,3栋502")
		s.must(zhang.sees(), "3号楼停水,11:00 开始的,预计 13:00 恢复。")
		s.does(zhang, "好,等恢复")
		s.must(zhang.sees(), "好的,恢复了就告诉您。")
		s.say(liu, "水龙头不出水,3栋501,随时可以进")
		s.must(liu.sees(), "3号楼停水,11:00 开始的,预计 13:00 恢复。")
		s.does(liu, "还是要报修")
		s.must(liu.sees(), "请核对")
		s.until("13:01")
		s.rest()
		s.must(s.wang.sees(), "3号楼停水原定 13:00 结束。恢复了吗?")
		s.does(s.wang, "恢复了")
		s.wait(time.Minute)
		for _, p := range []someone{zhang, liu} {
			if n := times(p.sees(), "恢复了:3号楼停水已结束。"); n != 1 {
				s.t.Errorf("%s heard %d times that it is back", p.name(), n)
			}
		}
		for _, words := range []string{"通知:3号楼停水", "快到时间了:3号楼停水"} {
			if n := times(zhang.sees(), words); n != 1 {
				s.t.Errorf("%q was said %d times", words, n)
			}
		}
		// It is over: a report is a report.
		s.say(zhang, "没水,3栋502")
		if m, ok := seen(zhang.sees(), "开始的"); ok && strings.Contains(m.text, "预计 13:00") && times(zhang.sees(), "开始的") > 1 {
			s.t.Errorf("it is over, and still met with %q", m.text)
		}
		// Nobody else presses.
		zhang.PressData(zhang.Screen()[len(zhang.Screen())-1], "c|announce|")
		s.say(zhang, "/announce", "/plan")
		s.never(zhang.sees(), "发给谁?")
		s.never(zhang.sees(), "登记施工")
	})
}
