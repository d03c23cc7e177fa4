package main

import (
	"testing"
	"time"

	"frontdesk/desk"
)

// ticket is the one with a number.
func (w *corpTown) ticket(number string) desk.Ticket {
	return (&town{t: w.t, app: w.app, config: w.config}).ticket(number)
}

// TestHouseOnWeCom: somebody with ordinary WeChat moves in, gets the keys from a
// caretaker of the corp, says what is broken with a photo and has it repaired by one
// tap, and moves. Managers close days, begin the checkout of a building, let a room
// and try the alarm, all by lists with numbers.
func TestHouseOnWeCom(t *testing.T) {
	t.Parallel()
	o := corpOptions{weixin: true, start: "2026-11-24 08:00", config: func(c *Config) {
		c.Site.Roster.Shifts[0].Staff["caretaker"] = []string{"wecom:laowu"}
	}}
	visitCorp(t, o, func(w *corpTown) {
		c := w.hireCorp()
		care, wang := w.member("laowu", "楼管老吴"), w.customer("wmWANG", "小王")
		care.Enter()
		w.rest()
		house := &office{t: w.t, app: w.app}
		house.imported(importArrivals, "学号,姓名,楼栋,房间号,床位,入住日期\n20260001,王五,3,502,A,2026-11-24\n20260002,赵六,3,501,A,2026-11-24\n", nil)
		w.say(wang, "我要办入住", "20260001", "王五")
		w.does(wang, "同意", "同意")
		w.must(wang.sees(), "王五,您的房间:3号楼502 A床,11-24 入住。请带证件到楼管处领钥匙。")
		w.say(care, "/checkin")
		w.must(care.sees(), "3号楼:应到 2,已到 0,未到 2")
		w.does(care, "未到 2", "王五", "交钥匙", "✓ 空调遥控", "已核对,交出")
		w.must(wang.sees(), "楼管处楼管老吴已核对证件,交给您:门钥匙、抽屉钥匙(3号楼502 A床)。收到了吗?")
		w.does(wang, "收到了")
		w.must(wang.sees(), "王五,欢迎入住 3号楼502 A床。")
		w.does(wang, "报房间情况", "床")
		wang.photo() // A photo has no caption here: the words follow.
		w.rest()
		w.say(wang, "床板裂了")
		w.must(wang.sees(), "记下了:床。已报 1 项。要报修吗?")
		w.does(wang, "报修")
		w.must(wang.sees(), "已登记 R-1001")
		if got := w.ticket("R-1001"); got.Place != "3-502" || len(got.Files) != 1 || got.Entry != desk.EntryPresent {
			t.Errorf("the repair is %+v", got)
		}
		w.say(care, "/checkin 王五")
		w.does(care, "换房")
		w.say(care, "3-503", "B", "室友吵")
		w.does(care, "提交")
		w.must(wang.sees(), "王五,欢迎入住 3号楼503 B床。")

		w.say(c.manager, "/rooms")
		w.must(c.manager.sees(), "3号楼:住人 1/144、空置 143")
		w.say(c.manager, "/rooms 3-502")
		w.does(c.manager, "出租")
		w.say(c.manager, "明德书店", "刘店长 13900001111", "2026-11-25", "2027-01-25", "签了合同")
		w.does(c.manager, "提交")
		w.must(c.manager.sees(), "改好了:3号楼502 现在是「出租」。")
		w.say(c.admin, "/slots")
		w.does(c.admin, "改名额")
		w.say(c.admin, "3、5", "11-26", "11-27")
		w.does(c.admin, "停验")
		w.say(c.admin, "消防检查")
		w.does(c.admin, "提交")
		w.must(c.admin.sees(), "改好了:3号楼、5号楼 11-26 至 11-27 停验(消防检查)。")
		w.say(c.manager, "/checkout")
		w.does(c.manager, "整楼退宿", "3号楼")
		w.say(c.manager, "11-28", "11-30")
		w.does(c.manager, "提交")
		w.wait(time.Minute)
		w.must(wang.sees(), "退宿")
		w.say(c.manager, "/checkout")
		w.does(c.manager, "退宿进度")
		w.must(c.manager.sees(), "3号楼退宿 11-28 至 11-30,共 1 人\n没回 1/1")
		w.say(c.centre, "/drill fire")
		w.does(c.manager, "我去(演练)")
		w.wait(6 * time.Minute)
		w.must(c.centre.sees(), "演练结果:着火或冒烟")
		w.windowsKept(wang)
	})
}
