package main

import (
	"testing"
	"time"

	"frontdesk/bot/telegram/telegramtest"
)

// What people say about their tickets in plain words.
func TestWordsAboutTickets(t *testing.T) {
	atDay(t, "2026-11-24 08:00", func(w *town, c *crew, zhang *telegramtest.Person) {
		w.says(zhang, "没热水,3栋502,随时可以进")
		w.presses(zhang, "提交", "跳过")
		w.wait(20 * time.Minute)
		w.says(zhang, "师傅怎么还不来")
		w.told(zhang, "R-1001")
		w.presses(c.wang, "接单")
		w.says(zhang, "热水修好了谢谢师傅") // before anybody said that it is done
		w.told(zhang, "已转告 R-1001 的师傅。")
		w.must(c.wang.Screen(), "热水修好了谢谢师傅")
		w.presses(c.wang, "到场", "完成")
		c.wang.Photo("", "")
		w.rest()
		w.says(zhang, "没修好,还是冷水")
		w.must(zhang.Screen(), "返修单 R-1002")
		w.must(c.manager.Screen(), "R-1001 没修好,转 R-1002")
		if words := w.ticket("R-1002").Words; len(words) != 1 || words[0].Text != "没修好,还是冷水" {
			t.Errorf("the rework knows the words %v", words)
		}
		w.presses(c.wang, "接单", "到场", "完成")
		c.wang.Photo("", "")
		w.rest()
		w.says(zhang, "修好了")
		w.shows(zhang.Screen(), "谢谢您,R-1002 已确认。", "又坏了")
		w.says(zhang, "又坏了")
		w.must(zhang.Screen(), "返修单 R-1003")

		w.says(zhang, "灯不亮,3栋502,随时可以进")
		w.presses(zhang, "提交")
		w.says(zhang, "催一下")
		w.shows(zhang.Screen(), "催哪一张?", "R-1004", "R-1003")
		w.says(zhang, "R-1004不用修了")
		w.shows(zhang.Screen(), "R-1004", "取消报修", "保留")
		w.presses(zhang, "取消报修")
		w.says(zhang, "R-1003现在怎么样了")
		w.must(zhang.Screen(), "R-1003")
		w.says(zhang, "谢谢")
		if m := w.told(zhang, "不客气"); len(m.Labels()) != 0 {
			t.Errorf("thanks are answered with %q", m.Labels())
		}
	})
}

// A matter without a form goes to a person, after one tap; a complaint to the duty
// manager alone.
func TestPassedOn(t *testing.T) {
	atDay(t, "2026-11-24 10:00", func(w *town, c *crew, zhang *telegramtest.Person) {
		w.says(zhang, "请问图书馆周末几点关门")
		w.shows(zhang.Screen(), "交给值班员李敏吗?", "交给值班员", "不是这个", "取消")
		if _, told := find(c.operator.Screen(), "【咨询】"); told {
			t.Error("the operator was told before the tap")
		}
		w.presses(zhang, "交给值班员")
		w.must(zhang.Screen(), "已交给值班员李敏,会尽快答复您。")
		w.must(c.operator.Screen(), "【咨询】来自张同学")
		w.says(zhang, "你们保安态度太恶劣了")
		w.presses(zhang, "某个部门", "保安部", "今天", "留名", "提交")
		w.must(c.manager.Screen(), "C-1001 投诉:服务态度")
		if n := count(c.operator.Screen(), "投诉") + count(c.group.Screen(), "投诉"); n != 0 {
			t.Errorf("%d others saw the complaint", n)
		}
	})
}

// A place alone is kept, and what is wrong there is asked; a request said then
// keeps it as well.
func TestPlaceAlone(t *testing.T) {
	atDay(t, "2026-11-24 10:00", func(w *town, c *crew, zhang *telegramtest.Person) {
		w.says(zhang, "3-502")
		w.told(zhang, "3号楼502:什么坏了?")
		w.says(zhang, "需要打扫一下卫生")
		w.presses(zhang, "今天,没人也可进")
		w.told(zhang, "3号楼502")
		w.told(zhang, "打扫")
	})
}

// What is not understood is asked, kept without its person, and taught.
func TestTeach(t *testing.T) {
	atDay(t, "2026-11-24 10:00", func(w *town, c *crew, zhang *telegramtest.Person) {
		const odd = "咕噜咕噜那玩意儿 13812345678"
		w.says(zhang, odd)
		first := w.told(zhang, "我没看明白。您想:")
		if first.Labels()[0] != "报修" {
			t.Errorf("unsure, the desk offers %q", first.Labels())
		}
		w.says(zhang, "/teach")
		w.told(zhang, "/teach")
		w.says(c.admin, "/teach")
		asked := w.told(c.admin, "「咕噜咕噜那玩意儿 ***」")
		if includes(asked.Text, "138") || includes(asked.Text, "张同学") {
			t.Errorf("it tells who wrote it: %q", asked.Text)
		}
		w.presses(c.admin, "其他…", "咨询")
		w.told(c.admin, "学会了:「咕噜咕噜那玩意儿 ***」= 咨询。")
		w.says(zhang, "咕噜咕噜那玩意儿")
		w.told(zhang, "咨询:「咕噜咕噜那玩意儿」。交给值班员李敏吗?")
		w.presses(zhang, "不是这个")
		w.says(c.admin, "/teach")
		w.told(c.admin, "后来点了:都不是")
		w.presses(c.admin, "已教的", "忘掉 1")
		w.told(c.admin, "已忘掉")
		w.says(zhang, "咕噜咕噜那玩意儿")
		w.told(zhang, "我没看明白。您想:")
	})
}
