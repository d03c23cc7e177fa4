package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"frontdesk/desk"
	"frontdesk/storage"
)

func TestOutboxBlockedPerson(t *testing.T) {
	d := newOutboxDesk(t)
	resident, follower := d.person("1"), d.person("follower")
	d.ticket("1", desk.LaneInteractive, nil, resident)
	d.ticket("2", desk.LaneInteractive, nil)
	d.say(desk.Message{Person: "1", Ticket: "2", Text: desk.Literal("a"), Lane: desk.LaneInteractive})
	d.say(desk.Message{Person: "1", Ticket: "2", Text: desk.Literal("b"), Lane: desk.LaneRoutine})
	d.net.script = func(c outboxCall) (*SendError, bool) {
		if c.Chat == resident {
			return &SendError{Reason: Blocked}, false
		}
		return nil, false
	}
	d.pass(time.Hour)
	d.change("1", "second")
	d.pass(time.Hour)
	if len(d.net.refused) != 1 {
		t.Errorf("tried %d times", len(d.net.refused))
	}
	if diff := cmp.Diff([]string{"dead blocked", "dead blocked", "dead blocked"}, d.states()); diff != "" {
		t.Error(diff)
	}
	want := []string{"zh:outbox.unreachable R-1 N1", "zh:outbox.unreachable R-2 N1"}
	if diff := cmp.Diff(want, d.net.texts(follower)); diff != "" {
		t.Error(diff)
	}
	d.view(func(tx *storage.Tx) error {
		p, _, err := storage.People.Get(tx, "1")
		if p.Unreachable != "blocked" {
			t.Errorf("unreachable: %q", p.Unreachable)
		}
		return err
	})
}

func TestOutboxDeadGroups(t *testing.T) {
	for _, c := range []struct {
		reason Reason
		text   string
		other  []string // what the other topic of the chat still gets
	}{
		{Gone, "zh:outbox.group_gone G-1", nil},
		{TopicClosed, "zh:outbox.topic_closed G-1", []string{"other"}},
	} {
		t.Run(string(c.reason), func(t *testing.T) {
			d := newOutboxDesk(t)
			admin := d.person("admin", desk.Role{Name: desk.RoleAdministrator})
			manager := d.person("manager", desk.Role{Name: desk.RoleDutyManager})
			technician := d.person("tech", desk.Role{Name: desk.RoleTechnician, Departments: []string{"eng"}})
			group := d.group("-1", "7")
			d.ticket("old", desk.LaneInteractive, func(t *desk.Ticket) { t.State = desk.StateTaken }, group)
			d.pass(time.Minute)
			d.net.script = func(call outboxCall) (*SendError, bool) {
				if call.Chat == group {
					return &SendError{Reason: c.reason}, false
				}
				return nil, false
			}
			d.ticket("1", desk.LaneEmergency, nil, group)
			d.ticket("2", desk.LaneInteractive, nil, group)
			d.interactive(desk.Address{Channel: "net", ID: "-1", Thread: "8"}, "other", desk.ClassNotice)
			d.pass(time.Minute)
			d.change("1", "second")
			d.change("old", "second")
			d.pass(time.Hour)
			if len(d.net.refused) != 1 {
				t.Errorf("tried %d times: %v", len(d.net.refused), d.net.refused)
			}
			if diff := cmp.Diff([]string{c.text}, d.net.texts(admin)); diff != "" {
				t.Error(diff)
			}
			// The manager is told of the group, and that an emergency did not arrive.
			if diff := cmp.Diff([]string{"zh:outbox.lost R-1", c.text}, d.net.texts(manager)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff([]string{"R-1 first", "R-2 first"}, d.net.texts(technician)); diff != "" {
				t.Error(diff)
			}
			texts := d.net.texts(group)
			if diff := cmp.Diff(append([]string{"R-old first"}, c.other...), texts); diff != "" {
				t.Error(diff)
			}
			if post := d.post("pold-0"); post.Gone != string(c.reason) {
				t.Errorf("the open ticket's card: %+v", post)
			}
		})
	}
}

func TestOutboxGroupMovesInABurst(t *testing.T) {
	for seed := range 10 {
		synctest.Test(t, func(t *testing.T) {
			moved, calls := false, 0
			d, stop := newRunningDesk(t, func(d *outboxDesk) {
				d.net.latency = func(outboxCall) time.Duration { return 50 * time.Millisecond }
				d.net.script = func(c outboxCall) (*SendError, bool) {
					if c.Chat.ID != "-1" {
						return nil, false
					}
					if calls++; calls > 5+seed {
						moved = true
					}
					if moved {
						return &SendError{Reason: Moved, MovedTo: "-1001"}, false
					}
					return nil, false
				}
			})
			defer stop()
			d.person("1")
			group := d.group("-1", "")
			for i := range 8 {
				lane := desk.LaneInteractive
				if i%3 == 0 {
					lane = desk.LaneEmergency
				}
				d.ticket(fmt.Sprint(i), lane, nil, group)
				d.interactive(group, fmt.Sprintf("words %d", i), desk.ClassNotice)
				d.change(fmt.Sprint(i), "second")
			}
			time.Sleep(10 * time.Minute)
			for i := range 8 {
				d.change(fmt.Sprint(i), "third")
			}
			time.Sleep(10 * time.Minute)
			synctest.Wait()
			to := desk.Address{Channel: "net", ID: "-1001"}
			all := append(d.net.texts(group), d.net.texts(to)...)
			said := slices.DeleteFunc(slices.Clone(all), func(s string) bool { return !strings.HasPrefix(s, "words") })
			var want []string
			for i := range 8 {
				want = append(want, fmt.Sprintf("words %d", i))
			}
			if diff := cmp.Diff(want, said); diff != "" {
				t.Errorf("seed %d: %s", seed, diff)
			}
			// Every card stands in the new group, once, in its newest state.
			shown := map[string]int{}
			for key, words := range d.net.messages {
				if strings.HasPrefix(key, to.String()) && strings.HasPrefix(words, "R-") {
					shown[words]++
				}
			}
			for i := range 8 {
				if n := shown[fmt.Sprintf("R-%d third", i)]; n != 1 {
					t.Errorf("seed %d: the card of %d stands there %d times", seed, i, n)
				}
			}
			if len(shown) != 8 {
				t.Errorf("seed %d: cards %v", seed, shown)
			}
			if rows := d.states(); rows != nil {
				t.Errorf("seed %d: rows left: %v", seed, rows)
			}
			d.view(func(tx *storage.Tx) error {
				_, old, err := storage.Groups.Get(tx, group.String())
				_, bound, _ := storage.Groups.Get(tx, to.String())
				if old || !bound {
					t.Errorf("groups: old %v new %v", old, bound)
				}
				return err
			})
		})
	}
}

// A group that is told to wait cannot hear of an emergency: the people on duty
// hear of it at once.
func TestOutboxLateEmergency(t *testing.T) {
	d := newOutboxDesk(t)
	technician := d.person("tech", desk.Role{Name: desk.RoleTechnician, Departments: []string{"eng"}})
	group := d.group("-1", "")
	failOnce(d, "normal", SendError{Reason: Limited, RetryAfter: 40 * time.Second})
	d.interactive(group, "normal", desk.ClassNotice)
	d.pass(time.Second)
	committed := d.clock
	d.ticket("1", desk.LaneEmergency, nil, group)
	d.ticket("2", desk.LaneEmergency, nil, group)
	d.pass(time.Second)
	want := []string{"zh:outbox.late R-1", "zh:outbox.late R-2"}
	if diff := cmp.Diff(want, d.net.texts(technician)); diff != "" {
		t.Error(diff)
	}
	d.pass(time.Hour)
	if diff := cmp.Diff(want, d.net.texts(technician)); diff != "" {
		t.Errorf("told again: %s", diff)
	}
	if diff := cmp.Diff([]string{"R-1 first", "R-2 first", "normal"}, d.net.texts(group)); diff != "" {
		t.Error(diff)
	}
	if at := d.net.arrived[0].At; at.Sub(committed) > time.Second {
		t.Errorf("told after %v", at.Sub(committed))
	}
}
