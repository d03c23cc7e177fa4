package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/desk"
)

// meetsOn lets the example's town meet on Mondays; the duty manager is in the chair.
func meetsOn(c *Config) {
	c.Site.Meeting = desk.MeetingRule{
		On: true, Weekday: time.Monday, At: 9*60 + 30, Agenda: 16 * 60, Look: desk.Term{Days: 30},
		Who: []string{"duty_manager", "centre_manager", "engineering"}, Chair: []string{"duty_manager"},
	}
}

// TestTheWeeklyMeeting: the agenda comes in the morning, the chair writes the
// minutes by buttons and words, the owner is reminded and says that it is done, and
// nobody else gets at any of it.
func TestTheWeeklyMeeting(t *testing.T) {
	t.Parallel()
	visit(t, townOptions{start: "2026-11-29 20:30", config: meetsOn}, func(w *town) {
		c := w.hire()
		zhang := w.Person(5001, "张同学", "zh")
		number := w.files(zhang, "没热水,3栋501,随时可以进")
		w.files(zhang, "没热水,3栋502,随时可以进")
		w.says(c.manager, "/meeting")
		w.told(c.manager, "下次例会")
		w.until("08:31") // Monday 30 November
		w.rest()
		agenda := w.must(c.manager.Screen(), "例会 M-1001")
		for _, words := range []string{"11月30日", "周一", "11-23 至 11-29", "突出:3号楼没热水,2 次。", "12月计划:还没写"} {
			if !strings.Contains(agenda.Text, words) {
				w.t.Errorf("the agenda lacks %q:\n%s", words, agenda.Text)
			}
		}
		w.must(c.wang.Screen(), "例会 M-1001")
		if m, found := find(c.wang.Screen(), "例会 M-1001"); found && slices.Contains(m.Labels(), "记纪要") {
			w.t.Error("who is not in the chair is offered the minutes")
		}
		c.manager.PressOn(agenda, "记纪要")
		w.rest()
		w.told(c.manager, "1/1 突出:3号楼没热水")
		w.presses(c.manager, "采纳建议")
		w.says(c.manager, "换三楼混水阀", "王师傅")
		w.presses(c.manager, "明天", "下一条")
		w.says(c.manager, "检修热水系统\n锅炉除垢")
		w.presses(c.manager, "发出")
		for _, p := range []string{w.must(c.manager.Screen(), "例会纪要 M-1001").Text, w.must(c.wang.Screen(), "例会纪要 M-1001").Text} {
			for _, words := range []string{"决定:采纳。", "任务:王师傅,12-01 前,换三楼混水阀", "12月计划", "· 锅炉除垢"} {
				if !strings.Contains(p, words) {
					w.t.Errorf("the minutes lack %q:\n%s", words, p)
				}
			}
		}
		w.must(c.wang.Screen(), "例会 M-1001 交给您一件事:换三楼混水阀。请在 12-01 前做完。")
		w.until("08:00") // Tuesday
		w.until("09:10")
		w.must(c.wang.Screen(), "今天到期:换三楼混水阀。")
		// Nobody else gets at it, whatever they press.
		var item string
		if b, ok := w.must(c.wang.Screen(), "今天到期:换三楼混水阀").Button("做完了"); ok {
			item = b.Data
		}
		zhang.PressData(w.must(zhang.Screen(), number), item)
		zhang.PressData(w.must(zhang.Screen(), number), "c|meeting|a.2026-11-30")
		zhang.PressData(w.must(zhang.Screen(), number), "c|meeting|w.2026-11-30")
		w.says(zhang, "/meeting", "/actions")
		for _, m := range zhang.Screen() {
			if strings.Contains(m.Text, "混水阀") || strings.Contains(m.Text, "M-1001") {
				w.t.Errorf("a resident reads %q", m.Text)
			}
		}
		w.says(c.wang, "/actions")
		w.told(c.wang, "换三楼混水阀 · 王师傅,12-01 前")
		w.presses(c.wang, "第 1 项", "做完了")
		w.says(c.wang, "换了两个")
		w.must(c.manager.Screen(), "王师傅的任务做完了:换三楼混水阀。")
		w.says(c.wang, "/actions")
		w.told(c.wang, "没有未完的任务。")
	})
}
