package main

import (
	"testing"
	"time"

	"frontdesk/bot/wecom/wecomtest"
)

// corpCrew is who works in a corp; the department's notices go to group.
type corpCrew struct {
	admin, operator, manager, centre, property, night *colleague

	wang, zhou, guo *colleague // technicians; guo has the night
}

// hireCorp makes the engineers' group, and lets everybody open the application
// once.
func (w *corpTown) hireCorp() *corpCrew {
	c := &corpCrew{
		admin: w.member("linzhuren", "林主任"), operator: w.member("limin", "李敏"), manager: w.member("chengang", "陈刚"),
		centre: w.member("zhaozong", "赵总"), property: w.member("qianzong", "钱总"), night: w.member("sunye", "孙夜"),
		wang: w.member("wang", "王师傅"), zhou: w.member("zhou", "周师傅"), guo: w.member("guo", "郭师傅"),
	}
	w.AddChat(wecomtest.Chat{ID: corpChatID, Name: "工程群", Owner: "wang", Members: []string{"wang", "zhou", "guo", "linzhuren"}})
	for _, p := range []*colleague{c.admin, c.operator, c.manager, c.centre, c.property, c.night, c.wang, c.zhou, c.guo} {
		p.Enter()
		w.rest()
		w.must(p.sees(), p.called+",您好")
	}
	return c
}

// corpStory is days of a campus whose staff is a corp.
type corpStory struct {
	*corpTown
	*corpCrew
	zhang, liu someone
}

// TestCorpStory is the story with residents who are members of the corp.
func TestCorpStory(t *testing.T) {
	t.Parallel()
	visitCorp(t, corpOptions{}, func(w *corpTown) {
		s := &corpStory{corpTown: w, corpCrew: w.hireCorp()}
		zhang, liu := w.member("zhang", "张同学"), w.member("liu", "刘同学")
		s.zhang, s.liu = zhang, liu
		zhang.Enter()
		w.rest()
		w.offers(zhang.sees(), "什么坏了、需要什么,直接说就行", "报修", "需求服务", "我的单", "帮助")
		zhang.Menu("报修")
		w.rest()
		s.repairByNumbers()
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

// repairByNumbers answers long lists by their numbers and short ones by buttons,
// and ends with a number, a time and a person.
func (s *corpStory) repairByNumbers() {
	s.does(s.zhang, "没热水", "3号楼", "5", "502", "今天,没人也可进", "提交")
	s.offers(s.zhang.sees(), "已登记 R-1001。工程部 15 分钟内接单,今天上门", "看进度", "补充", "取消报修")
	s.must(s.zhang.sees(), "李敏替您跟进")
	s.named("张同学")
	for _, p := range []*colleague{s.wang, s.zhou} {
		card := s.offers(p.sees(), "R-1001 没热水", "接单", "不归我们")
		if card.has("张同学") || !card.has("3号楼502") {
			s.t.Errorf("%s sees %q", p.called, card)
		}
	}
	s.never(s.guo.sees(), "R-1001") // Who is off shift is left alone.
	notice := s.offers(s.groupSees(), "R-1001 没热水")
	if !notice.has("3号楼502") || !notice.has("请在应用私聊里接单") {
		s.t.Errorf("the group sees %q", notice)
	}
}

// named answers how they want to be called.
func (s *corpStory) named(name string) {
	if _, asked := chooser(s.zhang.sees(), name); asked {
		s.does(s.zhang, name)
		return
	}
	s.say(s.zhang, name)
}

// taken goes to the first one who presses; the second, who pressed before their
// card changed, hears by whom.
func (s *corpStory) taken() {
	for _, p := range []*colleague{s.wang, s.zhou} {
		if !p.chooses("接单") {
			s.t.Fatalf("%s cannot press:\n%s", p.called, screenOf(p.sees()))
		}
	}
	s.rest()
	s.must(s.zhou.sees(), "王师傅 8:01 已接 R-1001")
	late := s.must(s.zhou.sees(), "王师傅 8:01 接")
	if len(late.labels) > 1 { // The grey one.
		s.t.Errorf("%s may still choose %q", s.zhou.called, late.labels)
	}
	s.offers(s.wang.sees(), "归您:R-1001 没热水", "到场", "更多")
	s.must(s.wang.sees(), "住户:张同学 · 先敲门,没人应可进")
	s.offers(s.zhang.sees(), "王师傅已接单", "催一下", "补充", "取消报修")
	if n := times(s.groupSees(), "R-1001"); n != 1 {
		s.t.Errorf("%d notices of one ticket in the group:\n%s", n, screenOf(s.groupSees()))
	}
}

// workWithHindrances goes through a pause, a closed door and another time.
func (s *corpStory) workWithHindrances() {
	s.does(s.wang, "到场")
	s.must(s.wang.sees(), "王师傅 8:01 到场")
	s.does(s.wang, "暂停", "待料", "1 个工作日")
	s.must(s.zhang.sees(), "R-1001 暂停:待料")
	s.wait(20 * time.Minute)
	s.does(s.wang, "继续", "没人应门")
	asked := s.must(s.zhang.sees(), "敲门没人应,没有进门。什么时候再来?")
	s.does(s.zhang, asked.labels[0])
	s.must(s.zhang.sees(), "R-1001:好的")
	s.must(s.wang.sees(), "住户约在今天")
	s.does(s.wang, "到场", "完成")
	s.must(s.wang.sees(), "R-1001:发一张完工的照片就完成了。")
	s.wang.photo()
	s.rest()
	s.must(s.wang.sees(), "R-1001 完成,辛苦了。")
}

// notFixed is answered to the question, which nobody gets before nine: another
// ticket goes on. Half an hour after its work a good rating ends it.
func (s *corpStory) notFixed() {
	s.until("08:59")
	s.never(s.zhang.sees(), "好了吗?")
	s.until("09:06") // Nothing goes out together at the full hour.
	s.offers(s.zhang.sees(), "R-1001 没热水:王师傅 8:22 修完。好了吗?", "好了,满意", "好了,一般", "没修好")
	s.does(s.zhang, "没修好")
	s.must(s.zhang.sees(), "返修单 R-1002")
	s.must(s.manager.sees(), "R-1001 没修好,转 R-1002")
	s.does(s.wang, "接单", "到场", "完成")
	s.must(s.wang.sees(), "R-1002:发一张完工的照片就完成了。")
	s.wang.photo()
	s.rest()
	s.must(s.wang.sees(), "R-1002 完成,辛苦了。")
	s.wait(29 * time.Minute)
	s.never(s.zhang.sees(), "R-1002 没热水:王师傅 9:06 修完。好了吗?")
	s.wait(6 * time.Minute)
	s.must(s.zhang.sees(), "R-1002 没热水:王师傅 9:06 修完。好了吗?")
	s.does(s.zhang, "好了,满意")
	s.offers(s.zhang.sees(), "30 天内又坏,点一下就行。", "又坏了")
}
