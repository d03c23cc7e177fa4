package main

import (
	"testing"
	"time"
)

// TestCorpFireAtThree is a fire at three in the morning, said by a member of the
// corp and by somebody on WeChat: one tap each, those on duty are called, whoever
// goes is named to the one who said it.
func TestCorpFireAtThree(t *testing.T) {
	t.Parallel()
	visitCorp(t, corpOptions{weixin: true, start: "2026-11-24 03:00"}, func(w *corpTown) {
		s := &corpStory{corpTown: w, corpCrew: w.hireCorp()}
		li := w.member("lixuesheng", "李同学")
		s.say(li, "5号楼203着火了")
		s.must(li.sees(), "请先打119")
		s.does(li, "是火警,5号楼")
		s.must(s.corpCrew.night.sees(), "【紧急】E-1001 着火或冒烟,5号楼203。谁去?")
		s.must(s.guo.sees(), "【紧急】E-1001 着火或冒烟,5号楼203。谁去?")
		s.does(s.guo, "我去")
		s.must(li.sees(), "郭师傅 正赶过去(E-1001)。")
		s.must(s.corpCrew.night.sees(), "E-1001:郭师傅 3:")

		liu := w.customer("wmLIU", "刘同学")
		s.say(liu, "3号楼5楼走廊冒烟了")
		s.must(liu.sees(), "请先打119")
		s.does(liu, "是火警,3号楼")
		s.must(s.corpCrew.night.sees(), "【紧急】E-1002 着火或冒烟,3号楼5层走廊。谁去?")
		w.wait(3*time.Minute + 10*time.Second)
		s.must(s.centre.sees(), "3 分钟没有人应答。谁去?")
		s.does(s.corpCrew.night, "我去")
		s.must(liu.sees(), "孙夜 正赶过去(E-1002)。")
	})
}
