package main

import (
	"slices"
	"strings"
	"testing"

	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/desk"
)

// emergencyLabels are the only buttons that belong on a card of an emergency.
var emergencyLabels = map[string][]string{
	"zh": {"我去", "到场", "完成", "误报", "补充", "用料", "退回", "撤销", "更多", "返回", "指派部门", "显示电话", "没有照片", "取消", "看详情", "宣布事件"},
	"en": {"I'll go", "Arrived", "Done", "All well", "Add", "Parts", "Give back", "Undo", "More", "Back", "Look"},
}

// TestEmergencyCards walks an emergency from the alarm to its end, in both languages,
// and looks at every button that anybody is shown on its cards: nothing of a repair is
// among them.
func TestEmergencyCards(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"zh", "en"} {
		visit(t, townOptions{start: "2026-11-24 10:00"}, func(w *town) {
			c := w.hire()
			guard := w.Person(6001, "老周", "zh")
			guards := w.Group(groupID-1, "保安部群", c.admin, guard)
			c.admin.SayIn(guards, "/link")
			w.rest()
			w.presses(c.admin, "保安部")
			guard.Open(w.invite(c.manager, "部门员工", "保安部"))
			zhang := w.Person(5001, "Zhang", lang)
			zhang.Start("")
			w.rest()
			seen := map[string]bool{}
			look := func() {
				for _, screen := range [][]telegramtest.Message{zhang.Screen(), guards.Screen(), guard.Screen(), c.manager.Screen(), c.operator.Screen()} {
					for _, m := range screen {
						if !strings.Contains(m.Text, "E-1001") {
							continue
						}
						for _, label := range m.Labels() {
							seen[label] = true
							if !slices.Contains(emergencyLabels["zh"], label) && !slices.Contains(emergencyLabels["en"], label) {
								t.Errorf("%s: [%s] on %q", lang, label, m.Text)
							}
						}
					}
				}
			}
			w.says(zhang, "3-502 着火了")
			w.presses(zhang, map[string]string{"zh": "是火警,3号楼", "en": "Yes, fire"}[lang])
			look()
			w.says(c.operator, "/ticket E-1001")
			w.says(c.manager, "/ticket E-1001")
			look()
			press := func(m telegramtest.Message, label string) {
				guard.PressOn(m, label)
				w.rest()
				look()
			}
			press(w.must(guards.Screen(), "E-1001"), "我去")
			own := func() telegramtest.Message { return w.must(guard.Screen(), "归您:") }
			for _, label := range []string{"更多", "返回", "到场", "更多", "返回"} {
				press(own(), label)
			}
			press(own(), "完成")
			w.shows(guard.Screen(), "E-1001:有现场的照片就发一张", "没有照片", "取消")
			w.presses(guard, "没有照片")
			look()
			for _, label := range []string{"我去", "到场", "完成", "误报", "用料", "退回"} {
				if !seen[label] {
					t.Errorf("%s: nobody was shown [%s]", lang, label)
				}
			}
			if s := w.ticket("E-1001").State; s != desk.StateDone {
				t.Errorf("it is %s", s)
			}
		})
	}
}
