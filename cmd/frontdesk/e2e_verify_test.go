package main

import (
	"strings"
	"testing"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// lists puts a residents' list in force.
func (w *town) lists(residents ...desk.Resident) {
	w.t.Helper()
	_, edition, err := storage.AllResidents(w.t.Context(), w.app.Store)
	if err == nil {
		err = storage.ReplaceResidents(w.t.Context(), w.app.Store, edition, residents, nil)
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

var (
	listedZhang = desk.Resident{Number: "20230001", Name: "张三", Room: "3-502", Phone: "13800001111"}
	listedLiu   = desk.Resident{Number: "20230002", Name: "刘星", Room: "3-503"}
)

// TestUnverified is the day of a resident whom no list names: two tickets, no
// entry before the desk has confirmed it, no limit for what is urgent, and what
// changes when they say who they are.
func TestUnverified(t *testing.T) {
	t.Parallel()
	visit(t, townOptions{}, func(w *town) {
		c := w.hire()
		zhang := w.Person(5001, "小张", "zh")
		zhang.Start("")
		w.rest()
		w.lists(listedZhang, listedLiu)

		first := w.files(zhang, "空调不制冷,3栋502,随时可以进")
		w.must(zhang.Screen(), "您还没核实身份,进门前运作中心会先确认。")
		w.presses(c.wang, "接单")
		card := w.must(c.wang.Screen(), first)
		if !includes(card.Text, "报单人未核实 · 进门前等运作中心确认") || includes(card.Text, "没人应可进") {
			t.Fatalf("the taker reads %q", card.Text)
		}
		if group := screenText(c.group.Screen()); includes(group, "未核实") {
			t.Errorf("the group reads who is not verified: %s", group)
		}
		w.must(c.operator.Screen(), "未核实,王师傅已接单。可以进门吗?")
		w.presses(c.operator, "确认可进")
		w.must(c.wang.Screen(), "李敏已确认,可以进门。")
		card = w.must(c.wang.Screen(), "归您:"+first)
		if !includes(card.Text, "李敏已确认可进") || !includes(card.Text, "没人应可进") {
			t.Errorf("the taker still reads %q", card.Text)
		}
		w.says(c.operator, "/ticket "+first)
		w.told(c.operator, "确认可以进门 · 李敏")

		w.files(zhang, "没热水,3栋502,随时可以进")
		w.says(zhang, "灯坏了,3栋502,随时可以进")
		w.presses(zhang, "提交")
		w.must(zhang.Screen(), "未完的单最多 2 张")
		w.told(zhang, "请写您的学号或工号")
		w.presses(zhang, "取消")
		w.says(zhang, "水管爆了在喷水,3栋502,随时可以进")
		w.presses(zhang, "大量漏水,3号楼")
		w.must(zhang.Screen(), "E-1001 大量漏水:已通知保安部和值班经理。")

		w.says(zhang, "/verify", "20230001", "张三")
		w.must(zhang.Screen(), "核实好了,张三。房间:3号楼502。")
		card = w.must(c.wang.Screen(), "归您:"+first)
		if includes(card.Text, "未核实") || !includes(card.Text, "住户:张三") {
			t.Errorf("after the verification the taker reads %q", card.Text)
		}
		w.files(zhang, "门锁坏了,3栋502,随时可以进")

		// The list of the next term does not name them: they are unverified again.
		w.lists(listedLiu, desk.Resident{Number: "20230001", Name: "张三", Room: "3-502", Left: time.Now()})
		w.says(zhang, "桌子坏了,3栋502,随时可以进")
		w.presses(zhang, "提交")
		w.must(zhang.Screen(), "未完的单最多 2 张")
	})
}

// TestVerifiedByDesk lets the desk help: after five wrong attempts, for two
// accounts of one number, and for a caller who later writes.
func TestVerifiedByDesk(t *testing.T) {
	t.Parallel()
	visit(t, townOptions{}, func(w *town) {
		c := w.hire()
		w.lists(listedZhang, listedLiu)
		liu, other := w.Person(5002, "星星", "zh"), w.Person(5003, "星星的朋友", "zh")
		liu.Start("")
		other.Start("")
		w.rest()
		var answers []string
		for _, try := range []string{"20230001", "20230009", "nobody1", "20230002", "x"} {
			w.says(liu, "/verify", try, "刘某")
			m, _ := liu.Last()
			answers = append(answers, m.Text)
		}
		if strings.ReplaceAll(answers[0], "4", "3") != answers[1] {
			t.Errorf("a number that exists is answered %q, one that does not %q", answers[0], answers[1])
		}
		w.told(liu, "今天不能再试了")
		w.says(liu, "/verify")
		w.told(liu, "今天不能再试了")
		w.must(c.operator.Screen(), "星星 核实身份 5 次没对上")
		w.presses(c.operator, "核实报单人")
		w.says(c.operator, "20230002")
		w.told(c.operator, "星星 → 名单上是刘星(20230002)")
		w.presses(c.operator, "提交")
		w.told(liu, "刘星,运作中心已为您核实身份")

		// A second account claims the number: the operator decides.
		w.says(other, "/verify", "20230002", "刘星")
		w.told(other, "已请运作中心确认")
		w.must(c.operator.Screen(), "这个编号已在刘星的账号上。请您定:")
		w.presses(c.operator, "是同一人")
		w.told(other, "您的两个账号已合并")
		w.says(other, "/verify")
		w.told(other, "您已经核实过了:刘星")
		w.says(liu, "/verify")
		w.told(liu, "您已经核实过了:刘星")

		// A caller under the number on the list is verified, and joins when they write.
		w.says(c.operator, "/log", "张三 13800001111", "3-502")
		w.presses(c.operator, "没热水", "跳过", "今天,没人也可进", "提交")
		logged := number(w.must(c.operator.Screen(), "登记好了").Text)
		zhang := w.Person(5001, "小张", "zh")
		zhang.Start("")
		w.rest()
		w.says(zhang, "/verify", "20230001", "张三", "/my")
		w.must(zhang.Screen(), logged)
	})
}

// TestVerifiedByPhone verifies whoever shares their own number, and nobody who
// shares another's.
func TestVerifiedByPhone(t *testing.T) {
	t.Parallel()
	visit(t, townOptions{}, func(w *town) {
		w.lists(listedZhang)
		zhang, liar := w.Person(5001, "张三", "zh"), w.Person(5002, "张三", "zh")
		liar.Start("")
		liar.Contact("13800001111", zhang)
		w.rest()
		if count(liar.Screen(), "已核实") > 0 {
			t.Error("somebody else's card verifies")
		}
		zhang.Start("")
		zhang.Contact("+86 138-0000-1111", zhang)
		w.rest()
		if count(zhang.Screen(), "已核实") != 1 {
			t.Errorf("their own number does not:\n%s", zhang.Transcript())
		}
	})
}
