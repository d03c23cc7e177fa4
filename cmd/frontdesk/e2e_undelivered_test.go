package main

import (
	"testing"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// What was given up is listed until somebody has dealt with it, is sent once
// more when the reader can be reached, and never twice.
func TestUndeliveredIsSentOnceMore(t *testing.T) {
	visit(t, townOptions{start: "2026-11-24 09:00"}, func(w *town) {
		c := w.hire()
		zhang := w.resident(5001, "张三", "3-502")
		n := w.files(zhang, "没热水,3栋502,随时可以进")
		zhang.Block()
		w.rest()
		c.wang.PressOn(w.must(c.group.Screen(), n), "接单")
		w.rest()
		w.says(c.wang, "/undelivered")
		w.told(c.wang, "只给有这项职责的员工用")
		w.lost(n, 7)
		w.says(c.operator, "/undelivered")
		m := w.must(c.operator.Screen(), "张三")
		if _, ok := m.Button("全部重发"); ok {
			t.Error("somebody who blocked the bot is offered to be written to")
		}
		zhang.Unblock()
		zhang.Start("")
		w.rest()
		w.says(c.operator, "/undelivered")
		w.presses(c.operator, "重发 1")
		w.rest()
		if got := count(zhang.Screen(), "丢失 0"); got != 1 {
			t.Fatalf("it came %d times:\n%s", got, zhang.Transcript())
		}
		w.presses(c.operator, "重发 1")
		w.rest()
		if got := count(zhang.Screen(), "丢失 0"); got != 1 {
			t.Errorf("pressing twice sent %d", got)
		}
		w.presses(c.operator, "全部重发")
		for i := range 7 {
			if got := count(zhang.Screen(), "丢失 "+string(rune('0'+i))); got != 1 {
				t.Errorf("message %d came %d times", i, got)
			}
		}
		// A second list in another's hands holds the same buttons.
		w.lost(n, 2)
		w.says(c.manager, "/undelivered")
		w.presses(c.manager, "知道了", "看其余的")
		w.lost(n, 1)
		w.says(c.operator, "/undelivered")
		w.told(c.operator, "没送到:张三")
	})
}

func TestUndeliveredPagesAndCleaning(t *testing.T) {
	visit(t, townOptions{start: "2026-11-24 09:00"}, func(w *town) {
		c := w.hire()
		zhang := w.resident(5001, "张三", "3-502")
		n := w.files(zhang, "没热水,3栋502,随时可以进")
		w.lost(n, 12)
		w.says(c.operator, "/undelivered")
		w.told(c.operator, "要看的 12 条")
		w.presses(c.operator, "下一页", "下一页")
		w.told(c.operator, "11. ")
		w.presses(c.operator, "知道了", "看其余的")
		w.told(c.operator, "要看的 10 条")
		w.wait(31 * 24 * time.Hour)
		dead, notes := 0, 0
		err := w.app.Store.View(w.t.Context(), func(tx *storage.Tx) error {
			w := storage.NewWorld(tx, w.config.Site)
			notes = w.UnseenCount(100)
			if _, more := w.Unseen(0, 100); more {
				t.Error("more than a hundred")
			}
			var err error
			dead, err = storage.Outbox.Count(tx, "dead", storage.Range{})
			return err
		})
		if err != nil || dead != 0 || notes < 10 {
			t.Errorf("after 31 days: %d dead rows, %d notes that nobody saw, %v", dead, notes, err)
		}
	})
}

// lost puts messages to the requester of a ticket among those given up, as the
// outbox does.
func (w *town) lost(ticket string, n int) {
	w.t.Helper()
	t := w.ticket(ticket)
	err := w.app.Store.Update(w.t.Context(), func(tx *storage.Tx) error {
		world := storage.NewWorld(tx, w.config.Site)
		p, _ := world.Person(t.Requester)
		for i := n - 1; i >= 0; i-- {
			row := storage.Outgoing{
				ID: "lost" + world.NewID(), State: storage.OutDead, Class: desk.ClassNotice, Lane: desk.LaneInteractive, Chat: p.Address(),
				Person: p.ID, Ticket: t.ID, Created: tx.Now(), Reason: "server", Drawn: desk.Drawn{Text: "丢失 " + string(rune('0'+i))},
			}
			if err := storage.Outbox.Put(tx, row); err != nil {
				return err
			}
			note := desk.Note{ID: world.NewID(), At: tx.Now().Add(time.Duration(-i) * time.Millisecond), Kind: "undelivered", Ticket: t.ID, Person: p.ID,
				Facts: map[string]string{"class": "notice", "why": "server", "row": row.ID, "chat": row.Chat.String()}}
			if err := storage.Notes.Put(tx, note); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}
