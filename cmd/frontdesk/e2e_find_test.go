package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/desk"
	"frontdesk/storage"
)

// history fills the town with tickets that were filed earlier.
func (w *town) history(tickets ...desk.Ticket) {
	w.t.Helper()
	err := w.app.Store.Update(w.t.Context(), func(tx *storage.Tx) error {
		for i, t := range tickets {
			if t.Seq = 1; t.Number == "" {
				t.Number = fmt.Sprintf("R-%d", 501+i)
			}
			t.ID = "old" + t.Number
			if t.Kind == "" {
				t.Kind, t.Department = desk.KindRepair, "engineering"
			}
			if t.State == "" {
				t.State, t.ClosedBy = desk.StateClosed, "resident"
			}
			if t.Created.IsZero() {
				t.Created = time.Now().Add(-time.Duration(i+1) * time.Hour)
			}
			if err := storage.Tickets.Put(tx, t); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// found lists the numbers that the person's newest message names.
func (w *town) found(p *telegramtest.Person) string {
	m, _ := p.Last()
	var list []string
	for _, line := range strings.Split(m.Text, "\n")[1:] {
		if n := number(line); n != "" {
			list = append(list, n)
		}
	}
	return strings.Join(list, " ")
}

func (w *town) at(day string) time.Time {
	w.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", day+" 10:00", w.config.Site.Zone)
	if err != nil {
		w.t.Fatal(err)
	}
	return at
}

// oldTickets fills a town in which each kind of search has something to find.
func (w *town) oldTickets() {
	w.t.Helper()
	zhang := desk.Person{ID: "zhang", Name: "张同学", Number: desk.NumberKey("S20241234"), Phone: "+86 138 0000 1111", Home: "3-502", Lang: "en"}
	if err := w.app.Store.Update(w.t.Context(), func(tx *storage.Tx) error { return storage.People.Put(tx, zhang) }); err != nil {
		w.t.Fatal(err)
	}
	w.history(
		desk.Ticket{Category: "leak", Summary: "水龙头漏水", Place: "3-502", Requester: "zhang", Created: w.at("2026-11-20")},
		desk.Ticket{Category: "hot_water", Place: "3-503", Created: w.at("2026-11-17")},
		desk.Ticket{Category: "power", Summary: "Lights flickering", Place: "3-502", Created: w.at("2026-11-10"), State: desk.StateTaken},
		desk.Ticket{Category: "leak", Summary: "漏水", Place: "3-5-corridor", Created: w.at("2026-11-23"), State: desk.StateNew,
			Clocks: desk.Clocks{Done: w.at("2026-11-23")}},
		desk.Ticket{Category: "clean_public", Kind: desk.KindRequest, Department: "cleaning", Summary: "楼道有水", Place: "1-lobby", Created: w.at("2026-11-19"),
			Words: []desk.Words{{By: "limin", Text: "备用钥匙在值班室", Internal: true}}},
	)
}

func TestFindByEverything(t *testing.T) {
	visit(t, townOptions{start: "2026-11-24 09:00"}, func(w *town) {
		c := w.hire()
		w.oldTickets()
		for _, q := range []struct{ text, want string }{
			{"R-503", ""}, // its card is shown
			{"张同学", "R-501"}, {"张同", "R-501"}, {"13800001111", "R-501"}, {"138 0000 1111", "R-501"}, {"1380000", ""}, {"8613800001111", "R-501"}, {"s20241234", "R-501"}, {"S20241234", "R-501"},
			{"3-502", "R-501 R-503"}, {"3号楼502", "R-501 R-503"}, {"三栋五零二", "R-501 R-503"}, {"building 3 room 502", "R-501 R-503"},
			{"502", "R-502 R-501 R-503"}, {"３－５０２", "R-501 R-503"},
			{"3号楼5层", "R-504 R-501 R-502 R-503"}, {"3号楼", "R-504 R-501 R-502 R-503"},
			{"漏水", "R-504 R-501"}, {"水龙头", "R-501"}, {"热水", "R-502"}, {"flicker lights", "R-503"}, {"备用钥匙", "R-505"},
			{"昨天", "R-504"}, {"yesterday", "R-504"}, {"11-20", "R-501"}, {"11月20日", "R-501"}, {"2026-11-17..2026-11-20", "R-501 R-505 R-502"},
			{"11-17到11-20 漏水", "R-501"}, {"上周", "R-501 R-505 R-502"}, {"last week", "R-501 R-505 R-502"}, {"本周", "R-504"}, {"最近7天", "R-504 R-501 R-505"},
			{"未完", "R-504 R-503"}, {"overdue", "R-504"}, {"open 3-502", "R-503"}, {"已关闭 3-502", "R-501"},
			{"3-502 漏水 上周", "R-501"}, {"张同学 漏水 2026-11-20", "R-501"}, {"3-502 漏水 昨天", ""}, {"直升机", ""},
		} {
			w.says(c.operator, "/find "+q.text)
			if got := w.found(c.operator); got != q.want {
				m, _ := c.operator.Last()
				t.Errorf("%q found %q, want %q:\n%s", q.text, got, q.want, m.Text)
			}
		}
		w.must(c.operator.Screen(), "没有找到「直升机」")
		w.says(c.operator, "/find R-503")
		w.must(c.operator.Screen(), "Lights flickering")
		w.says(c.operator, "查单")
		w.told(c.operator, "/find 3-502 漏水 上周")
	})
}

// Everybody finds what they serve: no more, by no kind of search, and nothing
// that they may not read.
func TestFindShowsEachTheirOwn(t *testing.T) {
	visit(t, townOptions{start: "2026-11-24 09:00"}, func(w *town) {
		c := w.hire()
		w.oldTickets()
		who := func(id int64, name string, role ...string) *telegramtest.Person {
			p := w.Person(id, name, "zh")
			p.Start("")
			w.rest()
			if len(role) > 0 {
				p.Open(w.invite(c.manager, role...))
				w.rest()
			}
			return p
		}
		cleaner := who(4001, "赵姐", "部门员工", "保洁部")
		caretaker := who(4002, "楼管", "楼管", "1号楼")
		resident := who(4003, "学生")
		for _, q := range []struct {
			p          *telegramtest.Person
			text, want string
		}{
			{c.wang, "漏水", "R-504 R-501"}, {c.wang, "3-502", "R-501 R-503"}, {c.wang, "上周", "R-501 R-502"},
			{c.wang, "水龙头", ""},     // somebody's words: they are not his to read
			{c.wang, "张同学", ""},     // nor whose it is
			{c.wang, "1380000", ""}, // nor their number
			{cleaner, "漏水", ""}, {cleaner, "3-502", ""}, {cleaner, "上周", "R-505"}, {cleaner, "R-501", ""}, {cleaner, "备用钥匙", ""},
			{caretaker, "上周", "R-505"}, {caretaker, "3-502", ""}, {caretaker, "R-501", ""},
		} {
			w.says(q.p, "/find "+q.text)
			if got := w.found(q.p); got != q.want {
				m, _ := q.p.Last()
				t.Errorf("%s: %q found %q, want %q:\n%s", q.p.Name(), q.text, got, q.want, m.Text)
			}
			if m, _ := q.p.Last(); includes(m.Text, "水龙头漏水") || includes(m.Text, "flicker") {
				t.Errorf("%s: %q showed what is not theirs: %s", q.p.Name(), q.text, m.Text)
			}
		}
		w.says(resident, "/find 漏水")
		w.told(resident, "只给有这项职责的员工用")
		w.suspend("4001")
		w.says(cleaner, "/find 上周")
		w.told(cleaner, "只给有这项职责的员工用")
	})
}

func TestFindTurnsPages(t *testing.T) {
	visit(t, townOptions{start: "2026-11-24 09:00"}, func(w *town) {
		c := w.hire()
		var list []desk.Ticket
		for range 20 {
			list = append(list, desk.Ticket{Category: "leak", Place: "3-502"})
		}
		w.history(list...)
		w.says(c.operator, "/find 3-502")
		w.told(c.operator, "找到 20 张")
		first := w.found(c.operator)
		if first != "R-501 R-502 R-503 R-504 R-505 R-506 R-507 R-508" {
			t.Errorf("the first page: %s", first)
		}
		// What is filed meanwhile moves no page.
		w.history(desk.Ticket{Number: "R-999", Category: "leak", Place: "3-502", Created: time.Now()})
		w.presses(c.operator, "下一页", "下一页")
		if got := w.found(c.operator); got != "R-517 R-518 R-519 R-520" {
			t.Errorf("the third page: %s", got)
		}
		m, _ := c.operator.Last()
		if _, ok := m.Button("下一页"); ok {
			t.Error("there is a page behind the last")
		}
		w.presses(c.operator, "上一页", "上一页")
		if got := w.found(c.operator); got != first {
			t.Errorf("back on the first page: %s", got)
		}
		// The button is no key: somebody else's press shows nothing.
		m, _ = c.operator.Last()
		next, _ := m.Button("下一页")
		w.says(c.wang, "/find 3-502")
		mine, _ := c.wang.Last()
		shown := w.found(c.wang)
		c.wang.PressData(mine, next.Data)
		w.rest()
		if got := w.found(c.wang); got != shown {
			t.Errorf("another's button turned the page: %s", got)
		}
		w.presses(c.operator, "R-501")
		w.must(c.operator.Screen(), "R-501")
	})
}

// suspend takes all roles from the person of an address.
func (w *town) suspend(id string) {
	w.t.Helper()
	err := w.app.Store.Update(w.t.Context(), func(tx *storage.Tx) error {
		p, _ := storage.NewWorld(tx, w.config.Site).PersonAt(desk.Address{Channel: "telegram", ID: id})
		p.Suspended = true
		return storage.People.Put(tx, p)
	})
	if err != nil {
		w.t.Fatal(err)
	}
}
