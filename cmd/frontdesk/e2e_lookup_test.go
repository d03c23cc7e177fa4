package main

import (
	"encoding/json"
	"strings"
	"testing"

	"frontdesk/desk"
	"frontdesk/storage"
)

func TestLookupSaysASentenceToReadAloud(t *testing.T) {
	visit(t, townOptions{start: "2026-11-24 09:00"}, func(w *town) {
		c := w.hire()
		zhang := w.Person(5001, "Ann Lee", "en")
		zhang.Start("")
		w.rest()
		w.says(zhang, "没热水,3栋502,随时可以进")
		w.presses(zhang, "Send")
		n := number(w.must(zhang.Screen(), "R-").Text)
		for _, s := range []struct{ typed, said string }{
			{"3-502", "念给对方听:「您的 " + n + " 没热水,已交工程部,9:16 前接单。」"},
			{"Ann Lee", "念给对方听:「您的 " + n},
		} {
			w.says(c.operator, s.typed)
			w.told(c.operator, s.said)
		}
		// The caller reads English: the sentence comes in both languages.
		w.told(c.operator, "念给对方听:「Your "+n+", 没热水: Engineering has it and takes it by 9:16.」")
		c.wang.PressOn(w.must(c.group.Screen(), n), "接单")
		w.rest()
		w.says(c.operator, "3号楼 502")
		w.told(c.operator, "王师傅 9:01 接单,17:30 前到。")
		w.presses(c.operator, n)
		w.must(c.operator.Screen(), "工程部")
		// Nobody of that number: file for them.
		w.says(c.operator, "139-1234 5678")
		w.told(c.operator, "13912345678 没有登记过。")
		w.presses(c.operator, "代报")
		w.told(c.operator, "在哪里?")
		w.says(c.operator, "/cancel")
		w.says(c.operator, "3-502")
		w.presses(c.operator, "代报")
		w.says(c.operator, "李雷 13900002222")
		w.told(c.operator, "什么") // the place is known: what is it?
		w.says(c.operator, "/cancel")
		// Not a look-up: a sentence, and a place in a resident's mouth.
		w.says(c.operator, "水龙头漏水,3栋502")
		w.told(c.operator, "什么时候方便?")
		w.says(zhang, "3-502")
		if m, _ := zhang.Last(); includes(m.Text, "Read aloud") || includes(m.Text, "Ann Lee") {
			t.Errorf("a resident was told %q", m.Text)
		}
	})
}

func TestMyDataIsOnesOwn(t *testing.T) {
	visit(t, townOptions{start: "2026-11-24 09:00"}, func(w *town) {
		c := w.hire()
		zhang := w.Person(5001, "张三", "zh")
		zhang.Start("")
		w.rest()
		n := w.files(zhang, "没热水,3栋502,随时可以进")
		w.says(c.operator, "/ticket "+n)
		err := w.app.Store.Update(w.t.Context(), func(tx *storage.Tx) error {
			ticket, _ := storage.NewWorld(tx, w.config.Site).TicketByNumber(n)
			ticket.Words = append(ticket.Words, desk.Words{By: "x", Text: "内部备注:常投诉", Internal: true}, desk.Words{By: "y", Text: "别人的话"})
			return storage.Tickets.Put(tx, ticket)
		})
		if err != nil {
			t.Fatal(err)
		}
		w.says(zhang, "/mydata")
		m := w.told(zhang, "3号楼502")
		for _, want := range []string{"张三", "telegram:5001", "报过 1 张单", "谁看得到"} {
			if !includes(m.Text, want) {
				t.Errorf("no %q in:\n%s", want, m.Text)
			}
		}
		w.presses(zhang, "导出文件")
		m, _ = zhang.Last()
		body := string(w.FileData(m.File))
		if m.Kind != "document" || !strings.Contains(body, n) {
			t.Fatalf("got a %s: %s", m.Kind, body)
		}
		for _, not := range []string{"内部备注", "别人的话", "王师傅", "李敏"} {
			if strings.Contains(body, not) {
				t.Errorf("the file has %q", not)
			}
		}
		var data struct {
			Name    string
			Tickets []struct{ Number string }
		}
		at := strings.Index(body, "\n{")
		if err := json.Unmarshal([]byte(body[at:]), &data); err != nil || len(data.Tickets) != 1 || data.Tickets[0].Number != n {
			t.Errorf("for a program: %v %+v", err, data)
		}
	})
}
