package main

import (
	"strings"
	"testing"

	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/desk"
	"frontdesk/storage"
)

// scanTown has a key, and a lift that was taken off the list.
func scanTown(c *Config) {
	c.Site.LinkKeys = [][]byte{[]byte("0123456789abcdef0123456789abcdef")}
}

// payload is what a sticker or link of the site says.
func (w *town) payload(flow string, answers map[string]string) string {
	w.t.Helper()
	payload, err := w.config.Site.SignLink(desk.Link{Flow: flow, Answers: answers})
	if err != nil {
		w.t.Fatal(err)
	}
	return payload
}

func (w *town) sticker(place string) string {
	w.t.Helper()
	return w.payload("repair", map[string]string{"place": place})
}

func (w *town) scans(p *telegramtest.Person, payload string) {
	p.Start(payload)
	w.rest()
}

// tickets counts all tickets of the store.
func (w *town) tickets() (n int) {
	w.t.Helper()
	err := w.app.Store.View(w.t.Context(), func(tx *storage.Tx) error {
		return storage.Tickets.Scan(tx, storage.Range{}, func(desk.Ticket) error { n++; return nil })
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// Whoever has never seen the desk reports a room with four presses, the one of
// Telegram's own START included, and a public place with three.
func TestScanFirstTime(t *testing.T) {
	t.Parallel()
	visit(t, townOptions{config: scanTown}, func(w *town) {
		w.hire()
		zhang, amy := w.Person(5001, "张同学", "zh"), w.Person(5002, "Amy", "en")
		w.scans(zhang, w.sticker("3-502"))
		w.told(zhang, "您好,这里是示例校区客户运作中心。地点已填好:3号楼502。\n什么坏了?")
		before := len(w.Presses())
		w.presses(zhang, "没热水", "今天,没人也可进")
		w.told(zhang, "没热水 · 3号楼502")
		w.presses(zhang, "提交")
		if n := 1 + len(w.Presses()) - before; n > 5 {
			w.t.Errorf("%d presses from a sticker, at most 5", n)
		}
		w.must(zhang.Screen(), "已登记 R-1001")

		w.scans(amy, w.sticker("3-lift-a"))
		w.told(amy, "The place is filled in: Building 3, lift A.")
		w.presses(amy, "Lift", "Send")
		w.must(amy.Screen(), "R-1002 is in")
		if n := w.tickets(); n != 2 {
			w.t.Errorf("%d tickets, want 2", n)
		}
	})
}

func TestScanTwice(t *testing.T) {
	t.Parallel()
	visit(t, townOptions{config: scanTown}, func(w *town) {
		w.hire()
		zhang := w.Person(5001, "张同学", "zh")
		w.scans(zhang, w.sticker("3-502"))
		w.presses(zhang, "没热水")
		// The same again asks what is open, and keeps what was said.
		w.scans(zhang, w.sticker("3-502"))
		w.told(zhang, "什么时候方便?")
		w.presses(zhang, "今天,没人也可进")
		w.scans(zhang, w.sticker("3-502"))
		w.told(zhang, "没热水 · 3号楼502")
		w.presses(zhang, "提交")
		if n := w.tickets(); n != 1 {
			w.t.Errorf("%d tickets, want 1", n)
		}
		// Another room is another matter.
		w.scans(zhang, w.sticker("3-503"))
		w.scans(zhang, w.sticker("3-504"))
		w.told(zhang, "地点已填好:3号楼504。\n什么坏了?")
	})
}

// A sticker answers the place of whatever form is open, also of one that has not
// asked for it yet, and nothing that was said is lost.
func TestScanWithinAForm(t *testing.T) {
	t.Parallel()
	visit(t, townOptions{config: scanTown}, func(w *town) {
		w.hire()
		zhang := w.Person(5001, "张同学", "zh")
		w.scans(zhang, "")
		w.presses(zhang, "报修", "没热水", "3号楼")
		w.scans(zhang, w.sticker("5-101"))
		if m := w.told(zhang, "地点已填好:5号楼101。"); strings.Contains(m.Text, "您好") {
			w.t.Errorf("greeted in the middle of a form: %q", m.Text)
		}
		w.presses(zhang, "今天,没人也可进")
		w.told(zhang, "没热水 · 5号楼101")
		w.presses(zhang, "取消")

		w.says(zhang, "需求")
		w.says(zhang, "走廊里有一股怪味道,很难闻")
		w.scans(zhang, w.sticker("5-1-corridor"))
		m, _ := zhang.Last()
		if !strings.Contains(m.Text, "5号楼1层走廊") {
			w.t.Errorf("the place did not reach the request: %s", zhang.Transcript())
		}
	})
}

// One sticker is for repairs and for services.
func TestScanOther(t *testing.T) {
	t.Parallel()
	visit(t, townOptions{config: scanTown}, func(w *town) {
		w.hire()
		zhang := w.Person(5001, "张同学", "zh")
		w.scans(zhang, w.sticker("3-5-corridor"))
		w.presses(zhang, "保洁等需求", "保洁", "提交")
		if ticket := w.ticket("R-1001"); ticket.Kind != desk.KindRequest || ticket.Place != "3-5-corridor" {
			w.t.Errorf("filed %+v", ticket)
		}
	})
}

// What is not the desk's is greeted like anybody; nothing of it is used.
func TestScanForged(t *testing.T) {
	t.Parallel()
	visit(t, townOptions{config: scanTown}, func(w *town) {
		zhang := w.Person(5001, "张同学", "zh")
		good := w.sticker("3-502")
		for _, payload := range []string{
			strings.Replace(good, "3-502", "3-503", 1), good[:len(good)-2], "q", "qq", "qAAAAAAAAAAAAAA", "qAAAAAAAAAAAAAAr_p3-502", "p3-502",
		} {
			w.scans(zhang, payload)
			m := w.told(zhang, "您好,这里是示例校区客户运作中心。什么坏了")
			if len(payload) > 1 && payload[0] == 'q' && !includes(m.Text, "这个码认不出来") {
				w.t.Errorf("%s: no hint in %q", payload, m.Text)
			}
			if strings.Contains(m.Text, "503") {
				w.t.Errorf("%s was believed: %q", payload, m.Text)
			}
		}
		// A link that would submit by itself, or is about a ticket, is none.
		for flow, answers := range map[string]map[string]string{
			"repair": {"confirm": "send"}, "language": {"language": "en"}, "cancel_ticket": {}, "nothing": {},
		} {
			w.scans(zhang, w.payload(flow, answers))
			w.told(zhang, "这个码认不出来")
		}
	})
}

// A place that went after its sticker was printed is asked for.
func TestScanRetired(t *testing.T) {
	t.Parallel()
	visit(t, townOptions{config: scanTown}, func(w *town) {
		zhang := w.Person(5001, "张同学", "zh")
		w.scans(zhang, w.payload("repair", map[string]string{"place": "9-101", "category": "leak"}))
		w.told(zhang, "9-101不在地点名单上了,请另选地点。")
		w.presses(zhang, "3号楼", "5", "502")
		// A category that went is just asked.
		w.scans(zhang, w.payload("repair", map[string]string{"place": "3-502", "category": "steam"}))
		w.told(zhang, "什么坏了?")
	})
}

// A link can fill in more than the place, for whoever may use the form.
func TestLinkFillsAnyFlow(t *testing.T) {
	t.Parallel()
	visit(t, townOptions{config: scanTown}, func(w *town) {
		c := w.hire()
		zhang := w.Person(5001, "张同学", "zh")
		fault := w.payload("repair", map[string]string{"place": "3-lift-a", "category": "lift"})
		w.scans(zhang, fault)
		w.told(zhang, "电梯 · 3号楼电梯A")
		w.scans(zhang, fault)
		w.presses(zhang, "提交")
		if n := w.tickets(); n != 1 {
			w.t.Errorf("%d tickets, want 1", n)
		}
		caller := w.payload("log", map[string]string{"place": "3-502", "category": "leak"})
		w.scans(zhang, caller)
		w.told(zhang, "这件事由管理人员办理")
		w.scans(c.operator, caller)
		w.says(c.operator, "王老师 13900001111")
		w.presses(c.operator, "跳过", "今天,没人也可进")
		w.told(c.operator, "3号楼502")
	})
}
