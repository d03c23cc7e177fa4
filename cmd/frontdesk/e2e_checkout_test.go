package main

import (
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/bolt"
)

// takers is how many people are after the last place at the same time.
const takers = 100

// TestLastPlace lets a hundred people book the last place at once, in a real file:
// one has it, all others are told so, and nobody else is. Then all others wait, the
// one cancels while newcomers try: the place goes to who waits longest.
func TestLastPlace(t *testing.T) {
	t.Parallel()
	engine, err := bolt.Open(filepath.Join(t.TempDir(), "rush.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	config, log := exampleTown(t), &errorLog{}
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, config.Site.Zone)
	app, err := NewApp(config, engine, nil, AppOptions{Now: func() time.Time { return now }, Log: slog.New(log)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(app.Close(), engine.Close()); err != nil {
			t.Error(err)
		}
	})
	site, store, writer := app.Site(), app.Store, app.writer()
	site.Checkout.Usual = desk.SlotRule{Hours: desk.Hours{{From: 9 * 60, To: 10 * 60}}, Inspectors: 1, Rooms: 1}
	site.Checkout.EveryDay = true
	day := desk.DateOf(now, site.Zone).AddDays(2)
	stay := func(i int) desk.Stay {
		return desk.Stay{ID: fmt.Sprint("stay", i), Person: fmt.Sprint("p", i), Name: fmt.Sprint("N", i), Place: fmt.Sprintf("3-%d%02d", i/10+1, i%10+1), State: desk.StayIn}
	}
	// try lets somebody do something in a transaction of their own.
	try := func(rule func(w *storage.World) (desk.Effects, error)) error {
		var refused error
		err := store.Update(t.Context(), func(tx *storage.Tx) error {
			w := storage.NewWorld(tx, site)
			out, err := rule(w)
			if refused = err; err != nil {
				return w.Err()
			}
			return writer.Apply(tx, out)
		})
		if err != nil {
			t.Error(err)
		}
		return refused
	}
	book := func(i int, d desk.CheckoutDraft) error {
		return try(func(w *storage.World) (desk.Effects, error) {
			d.Stay, d.Requester, d.Day = stay(i), stay(i).Person, day
			out, _, err := desk.OpenCheckout(w, d)
			return out, err
		})
	}
	rush := func(from, to int, do func(i int) error) (done []int) {
		var all sync.WaitGroup
		var lock sync.Mutex
		for i := from; i < to; i++ {
			all.Go(func() {
				if err := do(i); err == nil {
					lock.Lock()
					done = append(done, i)
					lock.Unlock()
				}
			})
		}
		all.Wait()
		return done
	}
	won := rush(0, takers, func(i int) error { return book(i, desk.CheckoutDraft{At: 9 * 60}) })
	if len(won) != 1 {
		t.Fatalf("%d have the last place: %v", len(won), won)
	}
	waiting := rush(0, takers, func(i int) error {
		if i == won[0] {
			return desk.Refuse("refuse.which")
		}
		return book(i, desk.CheckoutDraft{Wait: true})
	})
	if len(waiting) != takers-1 {
		t.Fatalf("%d wait", len(waiting))
	}
	row := func() (d desk.SlotDay) {
		if err := store.View(t.Context(), func(tx *storage.Tx) error {
			d = storage.NewWorld(tx, site).SlotDay("3", day)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return d
	}
	before := row()
	rest := rush(takers, takers+20, func(i int) error {
		if i == takers {
			return try(func(w *storage.World) (desk.Effects, error) {
				ticket := w.CheckoutsOf(stay(won[0]).ID)[0]
				return desk.Act(w, ticket, desk.Cancel, desk.Actor{Person: desk.Person{ID: stay(won[0]).Person}}, desk.Args{})
			})
		}
		return book(i, desk.CheckoutDraft{At: 9 * 60})
	})
	after := row()
	if len(rest) != 1 || rest[0] != takers {
		t.Errorf("of the newcomers %v booked past %d who wait", rest, len(before.Waiting))
	}
	if len(after.Places) != 1 || after.Places[0].Ticket != before.Waiting[0].Ticket || !after.Places[0].Held {
		t.Errorf("the place is %+v, and %s waits longest", after.Places, before.Waiting[0].Ticket)
	}
	// Now the one who is asked presses twice at once, and others press in their name.
	taken := rush(0, 20, func(int) error {
		return try(func(w *storage.World) (desk.Effects, error) {
			ticket, _ := w.Ticket(before.Waiting[0].Ticket)
			return desk.Act(w, ticket, desk.BookSlot, desk.Actor{Person: desk.Person{ID: ticket.Requester}}, desk.Args{})
		})
	})
	if end := row(); len(taken) != 1 || len(end.Places) != 1 || end.Places[0].Held || len(end.Waiting) != takers-2 {
		t.Errorf("%d took it: %+v, %d wait", len(taken), end.Places, len(end.Waiting))
	}
}

// TestCheckoutOnTelegram books a checkout in words and presses, reminds of it, and
// shows it to the caretaker in the morning, who finds nobody.
func TestCheckoutOnTelegram(t *testing.T) {
	t.Parallel()
	visit(t, townOptions{}, func(w *town) {
		c := w.hire()
		zhang, lou := w.Person(5001, "张同学", "zh"), w.Person(5009, "楼管周", "zh")
		zhang.Start("")
		lou.Start("")
		w.rest()
		w.caretaker("telegram", "5009")
		w.says(zhang, "我要退宿")
		w.told(zhang, "退哪间房?")
		w.says(zhang, "3-502", "20260001", "张同学")
		w.presses(zhang, "在场,约时间", "11-25 周三", "10:00", "提交")
		w.must(zhang.Screen(), "B-1001 已约好退宿:11月25日\u00a0周三 10:00–11:00,3号楼502。")
		w.says(c.operator, "/checkout")
		w.presses(c.operator, "明天清单")
		w.must(c.operator.Screen(), "11月25日\u00a0周三退宿 1 人")
		w.until("10:05")
		if n := count(zhang.Screen(), "提醒:B-1001"); n != 1 {
			t.Errorf("a day before: %d reminders", n)
		}
		w.until("08:05")
		w.must(lou.Screen(), "11月25日\u00a0周三退宿 1 人")
		w.until("10:00")
		if n := count(zhang.Screen(), "提醒:B-1001"); n != 2 {
			t.Errorf("by the hour: %d reminders", n)
		}
		w.until("10:16")
		w.presses(lou, "3-502", "没人来")
		w.must(zhang.Screen(), "10:00 验房时没见到您。可以再约一次。")
		w.must(lou.Screen(), "3-502 张同学 · 没人来")
		w.presses(zhang, "改时间", "在场,约时间", "11-26 周四", "14:00")
		w.must(zhang.Screen(), "B-1001 已约好退宿:11月26日\u00a0周四 14:00–15:00")
	})
}

// caretaker makes somebody who has written to the desk the caretaker of building 3.
func (w *town) caretaker(channel, id string) {
	w.t.Helper()
	if err := w.app.Store.Update(w.t.Context(), func(tx *storage.Tx) error { return makeCaretaker(tx, w.app.Site(), channel, id) }); err != nil {
		w.t.Fatal(err)
	}
}

func makeCaretaker(tx *storage.Tx, site *desk.Site, channel, id string) error {
	p, ok := storage.NewWorld(tx, site).PersonAt(desk.Address{Channel: channel, ID: id})
	if !ok {
		return fmt.Errorf("nobody at %s", id)
	}
	p.Roles = append(p.Roles, desk.Role{Name: desk.RoleCaretaker, Buildings: []string{"3"}})
	return storage.People.Put(tx, p)
}

// TestCheckoutOnWeCom is the same in a corp: one hour is the last place, the second
// waits for it, and moves up when the first cancels.
func TestCheckoutOnWeCom(t *testing.T) {
	t.Parallel()
	visitCorp(t, corpOptions{config: func(c *Config) {
		c.Site.Checkout.Usual = desk.SlotRule{Hours: desk.Hours{{From: 9 * 60, To: 10 * 60}}, Inspectors: 1, Rooms: 1}
	}}, func(w *corpTown) {
		zhang, liu := w.member("zhang", "张同学"), w.member("liu", "刘同学")
		for _, p := range []*colleague{zhang, liu} {
			p.Enter()
			w.rest()
		}
		w.say(zhang, "退宿", "3-502", "20260001", "张同学")
		w.does(zhang, "在场,约时间", "11-26 周四", "09:00", "提交")
		w.must(zhang.sees(), "B-1001 已约好退宿")
		w.say(liu, "退宿", "3-503", "20260002", "刘同学")
		w.does(liu, "在场,约时间", "11-26 约满", "9:00 候补", "提交")
		w.must(liu.sees(), "B-1002 在候补")
		w.does(zhang, "取消预约", "取消预约")
		w.must(liu.sees(), "B-1002 退宿候补有位了")
		w.does(liu, "就这个时间")
		w.must(liu.sees(), "B-1002 已约好退宿")
	})
}
