package main

import (
	"testing"
	"time"
)

// TestEmergencyWithOneNetworkDown: the reporter is on Telegram, which goes away right
// after the tap. Whoever is on WeCom is called all the same, within the minute, and
// when the network is there again the reporter hears who comes.
func TestEmergencyWithOneNetworkDown(t *testing.T) {
	t.Parallel()
	visitMixed(t, func(s *mixedCorp) {
		zhang := user{s.telegram.Person(5001, "张同学", "zh")}
		zhang.Start("")
		s.rest()
		s.say(zhang, "3号楼502着火了")
		s.must(zhang.sees(), "请先打119")
		if !zhang.chooses("是火警,3号楼") {
			t.Fatal("there is no tap")
		}
		s.wait(time.Second)
		s.telegram.Outage(true)
		s.wait(40 * time.Second)
		s.must(s.manager.sees(), "【紧急】E-1001 着火或冒烟,3号楼502。谁去?")
		for _, p := range []*colleague{s.wang, s.zhou} {
			s.must(p.sees(), "【紧急】E-1001 着火或冒烟,3号楼502。谁去?")
		}
		s.does(s.wang, "我去")
		s.must(s.manager.sees(), "王师傅 8:0")
		s.telegram.Outage(false)
		s.wait(time.Minute)
		s.must(zhang.sees(), "王师傅 正赶过去(E-1001)。")
		s.never(s.centre.sees(), "谁去?")
	})
}
