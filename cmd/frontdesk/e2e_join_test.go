package main

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/desk"
	"frontdesk/storage"
)

// resident is somebody who lives in a room.
func (w *town) resident(id int64, name, home string) *telegramtest.Person {
	w.t.Helper()
	p := w.Person(id, name, "zh")
	p.Start("")
	w.rest()
	if home == "" {
		return p
	}
	err := w.app.Store.Update(w.t.Context(), func(tx *storage.Tx) error {
		known, _ := storage.NewWorld(tx, w.config.Site).PersonAt(desk.Address{Channel: "telegram", ID: strconv.FormatInt(p.ID(), 10)})
		known.Home, known.NameAsked = home, true
		return storage.People.Put(tx, known)
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

func TestJoiningInPublicPlacesAndInOnesOwnRoom(t *testing.T) {
	visit(t, townOptions{start: "2026-11-24 09:00"}, func(w *town) {
		c := w.hire()
		first := w.resident(5001, "张三", "3-502")
		mate := w.resident(5002, "李四", "3-502")
		other := w.resident(5003, "王五", "3-503")
		w.says(first, "没热水,3栋502,随时可以进,我叫张三丰")
		w.presses(first, "提交")
		n := number(w.must(first.Screen(), "已登记").Text)
		// A neighbour is offered nothing: it is not their room.
		w.says(other, "没热水,3栋502,随时可以进")
		if m, _ := other.Last(); includes(m.Text, n) || includes(m.Text, "一起跟进") {
			t.Fatalf("a stranger was shown a ticket of a room: %q", m.Text)
		}
		w.presses(other, "取消")
		w.says(mate, "没热水,3栋502,随时可以进")
		w.told(mate, "这里已经有人报过:"+n)
		w.presses(mate, "一起跟进")
		m := w.must(mate.Screen(), "(您在跟进)")
		for _, not := range []string{"张三", "随时"} {
			if includes(m.Text, not) {
				t.Errorf("who joined sees %q: %s", not, m.Text)
			}
		}
		w.must(c.group.Screen(), "另有 1 人")
		c.wang.PressOn(w.must(c.group.Screen(), n), "接单")
		w.rest()
		m = w.must(mate.Screen(), "已接单。")
		if includes(m.Text, "王师傅") {
			t.Errorf("who joined sees a name: %s", m.Text)
		}
		w.says(mate, "/my")
		w.told(mate, "我跟进的 1 张")
		w.says(mate, "没热水,3栋502,随时可以进")
		if m, _ := mate.Last(); slices.Contains(m.Labels(), "一起跟进") {
			t.Error("one can join twice")
		}
		w.presses(mate, "取消")
		w.finish(c, n)
		w.wait(40 * time.Minute)
		w.must(first.Screen(), "好了吗?")
		w.told(mate, n+" 没热水 · 3号楼502:已修完。还没好,点一下就行。")
		w.presses(mate, "还没好")
		w.must(c.operator.Screen(), "一位一起跟进的人说还没好")
		if got := w.ticket(n); got.State != desk.StateDone || got.Rating != "" {
			t.Errorf("who joined answered for the requester: %s %s", got.State, got.Rating)
		}
		before := count(c.operator.Screen(), "一位一起跟进的人说还没好")
		mate.TryPress("还没好")
		w.rest()
		if got := count(c.operator.Screen(), "一位一起跟进的人说还没好"); got != before {
			t.Errorf("it was passed on %d times", got)
		}
		w.presses(first, "没修好")
		next := w.ticket(n).Rework
		if again := w.ticketByID(next); len(again.Joined) != 1 {
			t.Errorf("the rework is joined by %d", len(again.Joined))
		}
		w.must(mate.Screen(), w.ticketByID(next).Number+" 没热水")
		w.presses(mate, "不跟了")
		if again := w.ticketByID(next); len(again.Joined) != 0 {
			t.Errorf("still joined: %v", again.Joined)
		}
	})
}

func TestJoiningAPublicPlace(t *testing.T) {
	visit(t, townOptions{start: "2026-11-24 09:00"}, func(w *town) {
		c := w.hire()
		first := w.resident(5001, "张三", "3-502")
		other := w.resident(5003, "王五", "")
		w.says(first, "灯坏了,3号楼5层走廊")
		w.presses(first, "提交")
		n := number(w.must(first.Screen(), "已登记").Text)
		w.says(other, "3号楼5层走廊灯不亮")
		w.told(other, "这里已经有人报过:"+n)
		w.presses(other, "一起跟进")
		w.must(other.Screen(), n)
		for _, action := range []desk.Action{desk.Cancel, desk.Chase, desk.Rate, desk.AddWords, desk.NotFixed} {
			m, _ := other.Last()
			other.PressData(m, desk.PressData(w.ticket(n).ID, action, "good"))
			w.rest()
		}
		if got := w.ticket(n); got.State != desk.StateNew || len(got.Chases) > 0 {
			t.Errorf("who joined changed the ticket: %s", got.State)
		}
		w.presses(first, "取消报修")
		if _, ok := first.TryPress("取消报修"); ok {
			w.rest()
		}
		_ = c
	})
}

// finish lets the technician arrive and send the photo.
func (w *town) finish(c *crew, n string) {
	w.t.Helper()
	w.presses(c.wang, "到场", "完成")
	c.wang.Photo("", "")
	w.rest()
	if got := w.ticket(n); got.State != desk.StateDone {
		w.t.Fatalf("%s is %s", n, got.State)
	}
}

func (w *town) ticketByID(id string) desk.Ticket {
	w.t.Helper()
	var ticket desk.Ticket
	err := w.app.Store.View(w.t.Context(), func(tx *storage.Tx) error {
		ticket, _ = storage.NewWorld(tx, w.config.Site).Ticket(id)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return ticket
}
