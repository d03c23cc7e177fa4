package main

import (
	"slices"
	"strings"
	"testing"
)

// A manager reads the last week at any time, turns to the week before, and gets the
// spreadsheet; nobody else does, whatever they press or type.
func TestWeeklyReportByCommand(t *testing.T) {
	t.Parallel()
	visit(t, townOptions{start: "2026-11-20 09:00"}, func(w *town) {
		c := w.hire()
		zhang := w.Person(5001, "张同学", "zh")
		number := w.files(zhang, "没热水,3栋501,随时可以进")
		for range 3 {
			w.until("07:00")
		}
		w.until("08:11") // Monday 23 November
		w.rest()
		report, ok := find(c.manager.Screen(), "周报 第 47 周(11-16 至 11-22)")
		if !ok {
			w.t.Fatal("no weekly report on Monday:\n", screenText(c.manager.Screen()))
		}
		if !includes(report.Text, "上周转来 0,新 1,完成 0,取消 0,转下周 1") || !slices.Equal(report.Labels(), []string{"上一周", "按类别", "表格"}) {
			w.t.Errorf("the report is %q with %q", report.Text, report.Labels())
		}
		w.told(c.manager, "第 47 周的表格,每个问题一页。")
		w.says(c.manager, "周报")
		w.told(c.manager, "第 47 周的表格,每个问题一页。")
		c.manager.PressOn(report, "上一周")
		w.rest()
		w.told(c.manager, "周报 第 46 周(11-09 至 11-15):没有任何单。")
		w.says(c.manager, "/report 2026-W48")
		w.told(c.manager, "2026-W48 还没过完,或是一年以前的,没有周报。")
		w.says(c.manager, "/report 昨天")
		w.told(c.manager, "哪一周?请写成 2026-W47。")
		for _, data := range []string{"c|report|2026-W99", "c|report|2026-W47.x", "c|report|9999-W01.book"} {
			c.manager.PressData(report, data)
			w.rest()
		}
		// Nobody else.
		w.says(zhang, "/report")
		zhang.PressData(w.must(zhang.Screen(), number), "c|report|2026-W47.book")
		w.says(c.wang, "/report")
		w.rest()
		for _, m := range append(zhang.Screen(), c.wang.Screen()...) {
			if strings.Contains(m.Text, "第 47 周") {
				w.t.Errorf("shown to somebody else: %q", m.Text)
			}
		}
	})
}
