package scheduler_test

import (
	"context"
	"testing"
	"time"

	"frontdesk/desk"
	"frontdesk/scheduler"
	"frontdesk/storage"
)

// What waited in vain for somebody to write is deleted after eight days, and its card
// is queued again when it changes; what has waited for less stays.
func TestCleanupOfHeldRows(t *testing.T) {
	c := newCampus(t, "2026-03-02 12:00")
	update := func(fn func(*storage.Tx) error) {
		t.Helper()
		if err := c.store.Update(context.Background(), fn); err != nil {
			t.Fatal(err)
		}
	}
	update(func(tx *storage.Tx) error {
		for id, days := range map[string]int{"old": 9, "young": 7} {
			o := storage.Outgoing{ID: id, Post: id, Created: tx.Now().AddDate(0, 0, -days)}
			if err := storage.Posts.Put(tx, desk.Post{ID: id, Queued: id}); err != nil {
				return err
			}
			if err := storage.Hold(tx, o); err != nil {
				return err
			}
		}
		return nil
	})
	if err := scheduler.Cleanup(c.store).Run(context.Background(), desk.Job{}); err != nil {
		t.Fatal(err)
	}
	c.view(func(tx *storage.Tx, _ desk.Reader) {
		for id, kept := range map[string]bool{"old": false, "young": true} {
			_, found, _ := storage.Outbox.Get(tx, id)
			post, _, _ := storage.Posts.Get(tx, id)
			if found != kept || post.Queued == id != kept {
				t.Errorf("%s: there %v, queued %q", id, found, post.Queued)
			}
		}
	})
}

// The timetable of the question where people can be written to for two days after
// they wrote. 2026-03-06 is a Friday.
func TestCallbackWithinAWindow(t *testing.T) {
	for _, test := range []struct {
		name, filed, done string
		after             desk.Term
		asked             string
		who               string
	}{
		{"the same day", "2026-03-02 10:20", "2026-03-02 14:20", desk.Term{Duration: 30 * time.Minute}, "2026-03-02 14:50", "zhang: callback.ask R-1001"},
		{"over night", "2026-03-02 10:20", "2026-03-03 21:20", desk.Term{Duration: 30 * time.Minute}, "2026-03-04 09:00", "zhang: callback.ask R-1001"},
		{"before the night in which it shuts", "2026-03-02 02:00", "2026-03-03 20:00", desk.Term{Duration: 8 * time.Hour}, "2026-03-03 21:20", "zhang: callback.ask R-1001"},
		{"before the weekend is over", "2026-03-06 16:00", "2026-03-06 17:00", desk.Term{Workdays: 1}, "2026-03-08 15:00", "zhang: callback.ask R-1001"},
		{"too late", "2026-03-02 10:20", "2026-03-05 14:20", desk.Term{Duration: 30 * time.Minute}, "2026-03-05 14:50", "limin: [call 1]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := newCampus(t, test.filed)
			c.site.Channels = map[string]desk.Capabilities{"kf": {PushWindow: 48 * time.Hour}}
			c.site.Callback.AskAfter = test.after
			c.do(func(w desk.World) (desk.Effects, error) {
				p, _ := w.Person("zhang")
				p.Addresses, p.Wrote = []desk.Address{{Channel: "kf", ID: "zhang"}}, w.Now()
				return desk.Effects{People: []desk.Person{p}}, nil
			})
			id := c.open("heat")
			c.act(id, "wang", desk.Take)
			c.until(test.done)
			c.act(id, "wang", desk.Finish)
			c.heard()
			c.now = c.instant(test.asked).Add(-time.Minute)
			c.step()
			for _, line := range c.heard() {
				if line == test.who {
					t.Errorf("%s came too early", line)
				}
			}
			c.now = c.instant(test.asked)
			c.step()
			c.want(test.who)
		})
	}
}
