package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"frontdesk/desk"
	"frontdesk/storage"
)

// Whatever residents, staff and the network do: no window gets more than it takes
// (the network fails the test), every ticket that was done is asked about or phoned
// for exactly once, and nothing is left that could have been said.
func TestWindowModel(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		d, kf := newWindowDesk(t)
		minutes := func(n int) desk.Term { return desk.Term{Duration: time.Duration(n) * time.Minute} }
		d.site.Calendar = desk.Calendar{Zone: time.UTC, Workweek: desk.MondayToFriday()}
		d.site.Callback = desk.CallbackRule{
			AskAfter: minutes(rapid.SampledFrom([]int{30, 24 * 60, 40 * 60}).Draw(r, "ask after")), RemindAfter: desk.Term{Days: 1},
			CallAfter: desk.Term{Days: 1}, CloseAfter: desk.Term{Days: 30}, From: 9 * 60, To: 21*60 + 30,
		}
		kf.one = rapid.IntRange(0, 3).Draw(r, "fit in one")
		d.person("wang", desk.Role{Name: desk.RoleTechnician, Departments: []string{"eng"}})
		var fail *SendError
		arrives := false
		kf.script = func(outboxCall) (*SendError, bool) {
			err := fail
			fail = nil
			return err, arrives
		}
		residents := []desk.Address{d.resident(kf, "1"), d.resident(kf, "2")}
		tickets := 0
		ticket := func(id string) (ticket desk.Ticket) {
			d.view(func(tx *storage.Tx) (err error) {
				ticket, _, err = storage.Tickets.Get(tx, id)
				return err
			})
			return ticket
		}
		act := func(id string, a desk.Action) {
			d.update(func(tx *storage.Tx) error {
				w := storage.NewWorld(tx, d.site)
				wang, _ := w.Person("wang")
				now, _ := w.Ticket(id)
				effects, err := desk.Act(w, now, a, desk.Actor{Person: wang}, desk.Args{Files: []desk.File{{Kind: desk.FilePhoto, Hash: "x"}}})
				if err != nil {
					return nil // Not from this state.
				}
				return d.writer().Apply(tx, effects)
			})
		}
		// passes lets time go on, with the timers of the tickets.
		passes := func(length time.Duration) {
			for end := d.clock.Add(length); d.clock.Before(end); {
				d.pass(min(end.Sub(d.clock), 20*time.Minute))
				for i := range tickets {
					d.update(func(tx *storage.Tx) error {
						w := storage.NewWorld(tx, d.site)
						now, _ := w.Ticket(fmt.Sprint(i + 1))
						for _, kind := range []string{"callback_ask", "callback_remind"} {
							timer, _ := desk.TimerOf(kind)
							due := timer.Due(d.site, now)
							if due.IsZero() || due.After(d.clock) {
								continue
							}
							effects, err := timer.Fire(w, now)
							if err != nil {
								return err
							}
							return d.writer().Apply(tx, effects)
						}
						return nil
					})
				}
			}
		}
		for range rapid.IntRange(1, 25).Draw(r, "steps") {
			a := rapid.SampledFrom(residents).Draw(r, "who")
			some := func() string { return fmt.Sprint(rapid.IntRange(1, max(tickets, 1)).Draw(r, "which")) }
			switch rapid.SampledFrom([]string{"file", "write", "act", "act", "act", "tell", "fail", "pass", "pass", "pass"}).Draw(r, "step") {
			case "file":
				d.writes(kf, a)
				tickets++
				d.card(fmt.Sprint(tickets), a)
			case "write":
				d.writes(kf, a)
			case "act":
				act(some(), rapid.SampledFrom([]desk.Action{desk.Take, desk.Arrive, desk.NoAccess, desk.Finish, desk.GiveBack}).Draw(r, "action"))
			case "tell":
				if t := ticket(some()); t.ID != "" {
					d.tell(t.Requester, "notice", desk.ClassNotice, t.ID)
				}
			case "fail":
				reason := rapid.SampledFrom([]Reason{Network, Server, Unknown, Closed}).Draw(r, "reason")
				fail, arrives = &SendError{Reason: reason}, reason == Unknown && rapid.Bool().Draw(r, "arrives")
			case "pass":
				passes(rapid.SampledFrom([]time.Duration{time.Minute, time.Hour, 7 * time.Hour, 30 * time.Hour}).Draw(r, "length"))
			}
		}
		fail = nil
		passes(5 * 24 * time.Hour)
		for i := range tickets {
			id := fmt.Sprint(i + 1)
			if ticket(id).State != desk.StateDone {
				continue
			}
			asked := map[string]bool{} // A message that is repeated has the key it had.
			for _, c := range kf.arrived {
				for part := range strings.SplitSeq(c.M.Text, " + ") {
					if part == "zh:callback.ask R-"+id {
						asked[c.M.Key] = true
					}
				}
			}
			phoned := 0
			for _, text := range d.net.texts(operator) {
				if text == "call R-"+id {
					phoned++
				}
			}
			if ticket(id).Call != nil && phoned == 0 {
				phoned++ // It waits for its turn.
			}
			if len(asked)+phoned != 1 {
				r.Fatalf("R-%s was asked about %d times and phoned for %d times", id, len(asked), phoned)
			}
		}
		for _, row := range d.rows() {
			if row.State != storage.OutHeld && row.Reason != string(Unknown) {
				r.Fatalf("left: %+v", row)
			}
		}
	})
}
