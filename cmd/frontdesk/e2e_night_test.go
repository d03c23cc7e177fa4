package main

import (
	"fmt"
	"testing"
	"time"

	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/desk"
)

// nightTown is the example's town with a plan of rounds: a round at 22:30 and
// 02:00, and a post at 23:30.
func nightTown(start string) townOptions {
	label := func(zh, en string) desk.Label { return desk.Label{"zh": zh, "en": en} }
	return townOptions{start: start, config: func(c *Config) {
		scanTown(c)
		day, night := &c.Site.Roster.Shifts[0], &c.Site.Roster.Shifts[1]
		day.Staff["engineering"], night.Staff["engineering"] = []string{"telegram:3001"}, []string{"telegram:3002"}
		c.Site.Rounds = []desk.RoundPlan{
			{ID: "night_round", Label: label("夜间巡查", "Night round"), Kind: desk.RoundWalk, Times: []desk.ClockTime{22*60 + 30, 2 * 60},
				Takes: 45 * time.Minute, Grace: 15 * time.Minute, By: string(desk.RoleDutyManager), Places: []desk.RoundPlace{
					{Place: "3-lobby", Items: []desk.RoundItem{
						{ID: "exit", Label: label("安全出口", "Fire exit")}, {ID: "light", Label: label("灯", "Lights"), Category: "power"}}},
					{Place: "canteen"},
				}},
			{ID: "posts", Label: label("夜间查岗", "Night posts"), Kind: desk.RoundPost, Department: "security", Times: []desk.ClockTime{23*60 + 30},
				Takes: 30 * time.Minute, Grace: 15 * time.Minute, By: string(desk.RoleDutyManager), Places: []desk.RoundPlace{{Place: "1-lobby"}, {Place: "canteen"}}},
		}
	}}
}

// nightCount is what happened in the night, counted by the test as it happens: what
// the reports say is checked against it.
type nightCount struct {
	filed, urgent, answered, taken, untaken       int
	rounds, walked, missed, posts, checked, empty int
	findings                                      int
	waits                                         []time.Duration
}

// TestNight is a night as its manager, the level above and the morning see it.
func TestNight(t *testing.T) {
	t.Parallel()
	visit(t, nightTown("2026-11-24 17:20"), func(w *town) {
		s := newStory(w)
		var n nightCount
		s.evening(&n)
		s.walk(&n)
		s.emptyPost(&n)
		s.missedRound(&n)
		s.reports(n)
	})
}

// evening has an urgent matter, answered after three minutes, and one that waits.
func (s *story) evening(n *nightCount) {
	s.until("17:31")
	s.presses(s.crew.night, "在岗,铃声已开")
	s.presses(s.zhou, "在岗,铃声已开")
	s.until("20:00")
	s.files(s.zhang, "3号楼电梯A有异响")
	n.filed, n.urgent = n.filed+1, n.urgent+1
	s.presses(s.zhang, "张同学")
	filed := time.Now()
	s.wait(3 * time.Minute)
	s.presses(s.zhou, "接单")
	n.answered, n.taken = n.answered+1, n.taken+1
	n.waits = append(n.waits, time.Since(filed))
	s.until("21:00")
	s.files(s.liu, "没热水,5栋203,随时可以进")
	n.filed, n.untaken = n.filed+1, n.untaken+1
	s.presses(s.liu, "跳过")
}

// walk is the round of 22:30: a sticker, a fault that becomes a ticket, the same
// again, a photo where there is no sticker, and undo.
func (s *story) walk(n *nightCount) {
	night := s.crew.night
	s.until("22:31")
	card := s.shows(night.Screen(), "夜间巡查 22:30,共 2 处,约 45 分钟", "开始")
	if !includes(card.Text, "1. 3号楼大厅\n2. 食堂") {
		s.t.Errorf("the card is %q", card.Text)
	}
	for _, p := range []*telegramtest.Person{s.manager, s.centre, s.operator, s.zhou} {
		if _, asked := find(p.Screen(), "夜间巡查"); asked {
			s.t.Errorf("%s was asked to go on the round", p.Name())
		}
	}
	// Somebody else's press changes nothing.
	s.zhou.PressData(card, "c|round|b.night_round.20261124.2230")
	s.rest()
	if toasts := s.zhou.Toasts(); len(toasts) == 0 || !includes(toasts[len(toasts)-1], "这一趟由当班的值班经理来做") {
		s.t.Errorf("a technician begins a round: %q", toasts)
	}
	s.presses(night, "开始")
	s.shows(night.Screen(), "下一处:3号楼大厅", "到了", "先去别处")
	// A sticker of another place is a repair, as ever.
	s.scans(night, s.sticker("5-101"))
	s.told(night, "地点已填好:5号楼101")
	s.presses(night, "取消")
	s.scans(night, s.sticker("3-lobby"))
	s.shows(night.Screen(), "3号楼大厅:都正常吗?", "全部正常", "安全出口", "灯", "别的问题", "取消")
	s.presses(night, "灯")
	s.says(night, "大厅的灯不亮")
	filed := s.must(night.Screen(), "已登记 R-")
	light := number(filed.Text)
	n.filed, n.untaken, n.findings = n.filed+1, n.untaken+1, n.findings+1
	if got := s.ticket(light); got.Category != "power" || got.Place != "3-lobby" || got.Round != "night_round.20261124.2230" {
		s.t.Errorf("the finding is %+v", got)
	}
	s.presses(night, "灯")
	s.says(night, "应急灯也不亮")
	n.findings++
	s.must(night.Screen(), light+" 已经在办(待接单),记到那张单上了")
	s.presses(night, "其余正常")
	s.shows(night.Screen(), "3号楼大厅:有问题。\n下一处:食堂", "到了", "撤销")
	s.presses(night, "到了")
	s.told(night, "食堂:拍一张现场照片")
	night.Photo("", "")
	s.rest()
	s.presses(night, "全部正常")
	s.must(night.Screen(), "夜间巡查做完了:2 处,发现 2 项")
	// The last tap was a slip: for two minutes it can be taken back.
	s.presses(night, "撤销", "到了", "全部正常")
	s.must(night.Screen(), "夜间巡查做完了")
	n.rounds, n.walked = n.rounds+1, n.walked+1
	// What was seen to is a place like any other again.
	s.scans(night, s.sticker("canteen"))
	s.told(night, "地点已填好:食堂")
	s.presses(night, "取消")
}

// emptyPost is told at once to the level above whoever has found it.
func (s *story) emptyPost(n *nightCount) {
	night := s.crew.night
	s.until("23:31")
	s.must(night.Screen(), "夜间查岗 23:30,保安部共 2 个岗")
	// The scan begins it.
	s.scans(night, s.sticker("1-lobby"))
	s.shows(night.Screen(), "1号楼大厅:保安部有人在岗吗?", "有人在岗", "没有人", "不合要求", "取消")
	s.presses(night, "没有人", "跳过")
	s.must(night.Screen(), "1号楼大厅:缺岗。\n已告诉赵总")
	s.must(s.centre.Screen(), "保安部缺岗:1号楼大厅,孙夜 23:31 查岗时没有人")
	s.scans(night, s.sticker("canteen"))
	s.presses(night, "有人在岗", "写名字")
	s.says(night, "刘班长")
	s.must(night.Screen(), "食堂:有人在岗,刘班长。\n夜间查岗做完了")
	n.posts, n.checked, n.empty = 2, 2, 1
}

// missedRound is reminded of once, and told without a sound.
func (s *story) missedRound(n *nightCount) {
	s.until("02:31")
	if c := count(s.crew.night.Screen(), "2:00 的夜间巡查还没开始"); c != 1 {
		s.t.Errorf("reminded %d times", c)
	}
	s.must(s.centre.Screen(), "2:00 的夜间巡查没有人开始,记为漏查。通知过:孙夜")
	n.rounds, n.missed = n.rounds+1, n.missed+1
	s.says(s.centre, "/rounds")
	plan := s.shows(s.centre.Screen(), "巡查查岗", "开始 3", "看 1", "看 2")
	for _, words := range []string{"1. 22:30 夜间巡查:孙夜", "2. 23:30 夜间查岗:孙夜", "3. 2:00 夜间巡查:漏了"} {
		if !includes(plan.Text, words) {
			s.t.Errorf("the plan lacks %q:\n%s", words, plan.Text)
		}
	}
	s.presses(s.centre, "看 1")
	seen := s.must(s.centre.Screen(), "1. 3号楼大厅 · 有问题")
	for _, words := range []string{"扫码到场", "拍照到场", "灯:大厅的灯不亮 → R-", "灯:应急灯也不亮 → R-"} {
		if !includes(seen.Text, words) {
			s.t.Errorf("the round lacks %q:\n%s", words, seen.Text)
		}
	}
	for _, p := range []*telegramtest.Person{s.operator, s.zhou, s.zhang} {
		for _, command := range []string{"/rounds", "/night", "/night 11-24.rounds.0"} {
			before := len(p.Screen())
			s.says(p, command)
			for _, m := range p.Screen()[before:] {
				if m.ByBot && (includes(m.Text, "夜间巡查") || includes(m.Text, "急事")) {
					s.t.Errorf("%s reads %q", p.Name(), m.Text)
				}
			}
		}
	}
}

// reports are those of the morning: every figure is the one that the test counted.
func (s *story) reports(n nightCount) {
	s.until("07:46")
	slow := fmt.Sprintf("%d 分钟", int(n.waits[0]/time.Minute))
	rounds := fmt.Sprintf("巡查 %d/%d", n.walked, n.rounds)
	posts := fmt.Sprintf("查岗 %d/%d", n.checked, n.posts)
	untaken := fmt.Sprintf("没人接 %d/%d", n.untaken, n.filed)
	for _, p := range []*telegramtest.Person{s.crew.night, s.manager} {
		card := s.must(p.Screen(), "交接班 8:00:孙夜 → 陈刚")
		for _, words := range []string{
			"夜间" + untaken, fmt.Sprintf("急事应答 %d/%d", n.answered, n.urgent), "白天 无,上周 无", rounds, fmt.Sprintf("漏 %d", n.missed), posts,
			fmt.Sprintf("缺岗 %d", n.empty), fmt.Sprintf("发现 %d 项", n.findings),
		} {
			if !includes(card.Text, words) {
				s.t.Errorf("the card of %s lacks %q:\n%s", p.Name(), words, card.Text)
			}
		}
	}
	s.until("08:11")
	digest := s.must(s.centre.Screen(), "昨日 8:00 至今日 8:00")
	if !includes(digest.Text, fmt.Sprintf("夜间:%s、漏 %d、%s、缺岗 %d、发现 %d 项。", rounds, n.missed, posts, n.empty, n.findings)) {
		s.t.Errorf("the digest is %q", digest.Text)
	}
	s.presses(s.centre, "夜间情况")
	report := s.shows(s.centre.Screen(), "夜间情况",
		"急事 1", "没人接 2", "巡查 2", "查岗 2", "发现 1", "前一晚")
	for _, words := range []string{
		fmt.Sprintf("急事应答 %d/%d,一般 %s,最慢 %s;接单 %d/%d(白天 无,上周 无)", n.answered, n.urgent, slow, slow, n.taken, n.urgent),
		untaken + "(白天 无,上周 无)", rounds, posts, fmt.Sprintf("发现 %d 项", n.findings),
	} {
		if !includes(report.Text, words) {
			s.t.Errorf("the report lacks %q:\n%s", words, report.Text)
		}
	}
	for label, words := range map[string]string{
		"急事 1": "急事 1,应答 1/1", "没人接 2": "没人接 2/3", "发现 1": "巡查发现,1 张", "巡查 2": "巡查 1/2", "查岗 2": "查岗 2/2",
	} {
		s.says(s.centre, "/night 昨天")
		s.presses(s.centre, label)
		s.must(s.centre.Screen(), words)
	}
	s.says(s.centre, "/night 11-20")
	s.told(s.centre, "夜间:没有来单,没有巡查。")
	s.says(s.centre, "/night 明天")
	s.told(s.centre, "请写哪一夜")
}
