package main

import (
	"fmt"
	"testing"
	"time"

	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/desk"
	"frontdesk/storage"
)

// TestEmergencyIsAheadOfEveryQueue lets a thousand ordinary messages wait, and the
// group of security be at its limit: what is said first and the first calls are
// there two seconds after the update, within the limits of the network.
func TestEmergencyIsAheadOfEveryQueue(t *testing.T) {
	t.Parallel()
	visit(t, townOptions{start: "2026-11-24 10:00"}, func(w *town) {
		c := w.hire()
		guards := w.Group(groupID-1, "保安部群", c.admin)
		c.admin.SayIn(guards, "/link")
		w.rest()
		w.presses(c.admin, "保安部")
		zhang := w.Person(5001, "张同学", "zh")
		zhang.Start("")
		w.rest()
		var others []*telegramtest.Person
		for i := range 50 {
			p := w.Person(int64(7000+i), fmt.Sprintf("住户%d", i), "zh")
			p.Start("")
			others = append(others, p)
		}
		w.wait(10 * time.Second)
		err := w.app.Store.Update(w.t.Context(), func(tx *storage.Tx) error {
			var out desk.Effects
			for i := range 1000 {
				chat := desk.Address{Channel: "telegram", ID: fmt.Sprint(7000 + i%50)}
				if i%10 == 0 {
					chat.ID = fmt.Sprint(groupID - 1)
				}
				out.Say(desk.Message{Chat: chat, Text: desk.Literal(fmt.Sprint("第", i, "条")), Lane: desk.LaneInteractive, Class: desk.ClassPrompt})
			}
			return w.app.writer().Apply(tx, out)
		})
		must(t, err)
		w.wait(4 * time.Second)
		zhang.Say("3号楼着火了")
		w.wait(2 * time.Second)
		w.must(zhang.Screen(), "请先打119")
		w.presses(zhang, "是火警,3号楼")
		call := w.must(c.manager.Screen(), "【紧急】E-1001")
		card := w.must(guards.Screen(), "【紧急】E-1001")
		pressed := time.Now().Add(-5 * time.Second) // Presses give time to work.
		for _, m := range []telegramtest.Message{call, card} {
			if late := m.At.Sub(pressed); late > 2*time.Second {
				t.Errorf("%q came %s after the press", m.Text, late)
			}
		}
		waiting := 0
		for _, p := range others {
			waiting += 20 - count(p.Screen(), "条")
		}
		if waiting < 100 {
			t.Errorf("only %d messages were waiting: the test shows nothing", waiting)
		}
	})
}
