package main

import (
	"strings"
	"testing"
	"time"

	"frontdesk/bot/telegram/telegramtest"
)

// TestNobodyComesYesterday: once the time of the visit is over and nobody has taken
// the ticket, or who has it has not come, no card says when they come any more.
func TestNobodyComesYesterday(t *testing.T) {
	atDay(t, "2026-11-24 10:00", func(w *town, c *crew, zhang *telegramtest.Person) {
		n := w.files(zhang, "没热水,3栋502,随时可以进")
		w.must(zhang.Screen(), "今天上门")
		w.wait(26 * time.Hour)
		w.says(zhang, "/my")
		m := w.must(zhang.Screen(), n+" 还没有人接单,比说好的晚了,抱歉。工程部和值班经理已知道。")
		if got := strings.Join(m.Labels(), " "); got != "催一下 补充 取消报修" {
			t.Errorf("who reported it can %q", got)
		}
		if m := w.must(c.group.Screen(), "原定"); !includes(m.Text, n) {
			t.Errorf("the card in the group is %q", m.Text)
		}
		for _, m := range zhang.Screen() {
			if includes(m.Text, "昨天上门") || includes(m.Text, "昨天"+n) {
				t.Errorf("it says %q", m.Text)
			}
		}
		c.wang.PressOn(w.must(c.group.Screen(), "原定"), "接单")
		w.rest()
		w.must(zhang.Screen(), n+" 没热水:王师傅已接单,")
		w.wait(26 * time.Hour)
		w.says(zhang, "/my")
		w.must(zhang.Screen(), n+" 没热水:王师傅已接单,比说好的晚了,抱歉。")
	})
}
