package main

import (
	"testing"
	"time"

	"frontdesk/bot/telegram/telegramtest"
)

// What may be danger gets its ordinary answer and one gentle question beside it,
// once in ten minutes. Nobody is told without the tap, and the tap sends people.
func TestDoubtIsAskedGently(t *testing.T) {
	atDay(t, "2026-11-24 23:10", func(w *town, c *crew, zhang *telegramtest.Person) {
		w.says(zhang, "3号楼的电梯停在8楼不下来")
		w.must(zhang.Screen(), "是哪一个?")
		w.shows(zhang.Screen(), "要是现在有危险,点一下,马上派人。", "是急事", "不是")
		w.wait(2 * time.Minute)
		if n := count(c.night.Screen(), "张同学"); n != 0 {
			t.Errorf("the manager of the night was told %d times of a doubt", n)
		}
		w.says(zhang, "另一部电梯也卡住了")
		if n := count(zhang.Screen(), "要是现在有危险"); n != 1 {
			t.Errorf("asked %d times in ten minutes", n)
		}
		w.presses(zhang, "是急事")
		w.must(zhang.Screen(), "E-1001 已通知")
		w.must(c.night.Screen(), "【紧急】E-1001 有人被困")
		w.must(c.night.Screen(), "电梯停在8楼不下来")
	})
}

// "No" costs nothing, and danger that is plain afterwards is an alarm as ever.
func TestDoubtThatIsNone(t *testing.T) {
	atDay(t, "2026-11-24 23:10", func(w *town, c *crew, zhang *telegramtest.Person) {
		w.says(zhang, "3号楼的电梯停在8楼不下来")
		w.presses(zhang, "不是")
		w.must(zhang.Screen(), "好的,没事就好。有事随时说。")
		w.says(zhang, "有人被困在电梯里")
		w.shows(zhang.Screen(), "要马上派人吗?", "有人被困", "是别的事", "误报")
		w.wait(2 * time.Minute)
		w.must(c.night.Screen(), "【紧急,本人还没确认】张同学报:有人被困。请马上核实。")
	})
}

// Where the answer has [是急事] already, there is no second one.
func TestDoubtBesideUrgent(t *testing.T) {
	atDay(t, "2026-11-24 23:10", func(w *town, _ *crew, zhang *telegramtest.Person) {
		w.says(zhang, "3号楼5楼的厕所门打不开")
		w.shows(zhang.Screen(), "请核对:", "提交", "修改", "是急事")
		if n := count(zhang.Screen(), "要是现在有危险"); n != 0 {
			t.Error("asked twice whether it is urgent")
		}
	})
}

// A person who may be at risk is asked how they are; the words are told to nobody,
// and the tap calls those who look after them.
func TestDoubtAboutAPerson(t *testing.T) {
	atDay(t, "2026-11-24 23:10", func(w *town, c *crew, zhang *telegramtest.Person) {
		w.says(zhang, "总觉得自己是大家的累赘")
		w.shows(zhang.Screen(), "您还好吗?", "请联系我", "不是")
		w.wait(2 * time.Minute)
		if n := count(c.night.Screen(), "情绪危急"); n != 0 {
			t.Errorf("the manager of the night was told %d times of a doubt", n)
		}
		w.presses(zhang, "请联系我")
		w.must(zhang.Screen(), "值班经理会马上私下联系您")
		w.must(c.night.Screen(), "有人情绪危急")
		if n := count(c.night.Screen(), "累赘"); n != 0 {
			t.Error("what was said in doubt was told")
		}
	})
}
