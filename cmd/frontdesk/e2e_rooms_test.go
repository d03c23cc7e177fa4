package main

import (
	"testing"
	"time"

	"frontdesk/desk"
)

// TestRoomsStory is the life of a room: somebody moves in with both pressing for the
// keys, finds a broken bed and has it repaired by one tap, moves; the empty room gets
// its round, which the group cannot read; a letting is asked about.
func TestRoomsStory(t *testing.T) {
	t.Parallel()
	options := townOptions{start: "2026-11-24 08:00", config: func(c *Config) {
		c.Site.Roster.Shifts[0].Staff[string(desk.RoleCaretaker)] = []string{"telegram:4001"}
		c.Site.Roster.Shifts = c.Site.Roster.Shifts[:2]
	}}
	visit(t, options, func(w *town) {
		c := w.hire()
		care, wu := w.Person(4001, "楼管老吴", "zh"), w.Person(5009, "小王", "zh")
		care.Start("")
		w.rest()
		o := &office{t: w.t, app: w.app}
		o.imported(importArrivals, "学号,姓名,楼栋,房间号,床位,入住日期\n20260001,王五,3,502,A,2026-11-24\n20260002,赵六,3,501,A,2026-11-24\n", nil)
		wu.Start("")
		w.rest()
		w.says(wu, "我要办入住", "20260001", "王五")
		w.presses(wu, "同意", "同意")
		w.told(wu, "王五,您的房间:3号楼502 A床,11-24 入住。请带证件到楼管处领钥匙。")
		w.says(care, "/checkin")
		w.told(care, "3号楼:应到 2,已到 0,未到 2")
		w.presses(care, "未到 2", "王五", "交钥匙", "✓ 空调遥控", "已核对,交出")
		w.told(care, "已请王五点「收到了」")
		w.must(wu.Screen(), "楼管处楼管老吴已核对证件,交给您:门钥匙、抽屉钥匙(3号楼502 A床)。收到了吗?")
		w.presses(wu, "收到了")
		w.must(wu.Screen(), "钥匙归您了:门钥匙、抽屉钥匙")
		w.told(wu, "王五,欢迎入住 3号楼502 A床。")
		w.presses(wu, "报房间情况", "床")
		wu.Photo("床板裂了", "")
		w.rest()
		w.told(wu, "记下了:床。已报 1 项。要报修吗?")
		w.presses(wu, "报修")
		w.must(wu.Screen(), "已登记 R-1001")
		if got := w.ticket("R-1001"); got.Category != "door" || got.Place != "3-502" || got.Entry != desk.EntryPresent || len(got.Files) != 1 {
			w.t.Errorf("the repair is %+v", got)
		}
		w.says(wu, "没热水,随时可以进") // their home is the room
		w.presses(wu, "本人 3-502")
		w.must(wu.Screen(), "没热水 · 3号楼502")
		w.presses(wu, "取消")

		// Moves: the old room is empty, and gets its round the next morning.
		w.says(care, "/checkin 王五")
		w.presses(care, "换房")
		w.says(care, "3-503", "B", "室友吵")
		w.presses(care, "提交")
		w.must(wu.Screen(), "王五,欢迎入住 3号楼503 B床。")
		w.says(c.manager, "/rooms 3-502")
		w.told(c.manager, "住人 → 空置 · 最后一人搬走 · 楼管老吴\n11-24 空置 → 住人 · 有人入住 · 王五")
		w.until("07:00")
		w.until("08:06")
		list := w.must(c.group.Screen(), "R-1002 例行巡查 · 3号楼 · 今天")
		if includes(list.Text, "空置") || includes(list.Text, "看一遍") {
			w.t.Errorf("the group reads %q", list.Text)
		}
		w.presses(c.wang, "接 R-1002")
		card := w.must(c.wang.Screen(), "还有 1/1 间。进房前先敲门;做完一间点一间。")
		if !includes(card.Text, "502 看一遍") {
			w.t.Errorf("the taker reads %q", card.Text)
		}
		w.presses(c.wang, "✓ 502")
		if got := w.ticket("R-1002"); got.State != desk.StateClosed {
			w.t.Errorf("the round is %s", got.State)
		}
		w.says(c.manager, "/rooms 3-502")
		w.told(c.manager, "看一遍:11-25 王师傅")
		w.until("09:01")
		w.must(care.Screen(), "11-24 入住 · 3号楼:应到 2,已到 1。")
		w.must(care.Screen(), "没到 1:赵六 3-501 A")

		// A manager lets the room, nobody else does, and is asked in time.
		w.says(c.manager, "/rooms 3-502")
		w.presses(c.manager, "出租")
		w.says(c.manager, "明德书店", "刘店长 13900001111", "2026-11-25", "2027-01-25", "签了合同")
		w.presses(c.manager, "提交")
		w.told(c.manager, "改好了:3号楼502 现在是「出租」。")
		w.says(wu, "/rooms")
		w.told(wu, "只给有这项职责的员工用")
		w.says(care, "/rooms 3-502")
		if m, _ := care.Last(); len(m.Labels()) != 1 {
			w.t.Errorf("a caretaker sees the buttons %q", m.Labels())
		}
		w.wait(23 * time.Hour)
		w.must(c.manager.Screen(), "3号楼502 租给明德书店(刘店长 13900001111),2027-01-25 到期,还有 60 天。续租还是收回?")
		w.presses(c.manager, "到期收回")
		w.must(c.manager.Screen(), "记下了:3号楼502 2027-01-25 到期收回。")
	})
}
