package bot

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"frontdesk/desk"
	"frontdesk/storage"
)

// onDuty makes a desk of which the members of a department without a group have
// the cards of n tickets.
func onDuty(t *testing.T, n int, members ...string) (d *outboxDesk, manager, follower desk.Address) {
	d = newOutboxDesk(t)
	manager = d.person("manager", desk.Role{Name: desk.RoleDutyManager})
	follower = d.person("follower")
	for _, id := range members {
		d.person(id, desk.Role{Name: desk.RoleTechnician, Departments: []string{"eng"}})
	}
	for i := range n {
		ticket := d.ticket(string(rune('1'+i)), desk.LaneInteractive, func(t *desk.Ticket) { t.Announced = t.Created })
		d.update(func(tx *storage.Tx) error {
			return d.writer().Apply(tx, desk.ShowMembers(storage.NewWorld(tx, d.site), ticket))
		})
	}
	return d, manager, follower
}

// blocks lets somebody's chat refuse everything.
func (d *outboxDesk) blocks(reason Reason, people ...string) {
	d.net.script = func(c outboxCall) (*SendError, bool) {
		for _, id := range people {
			if c.Chat.ID == id {
				return &SendError{Reason: reason}, false
			}
		}
		return nil, false
	}
}

func (d *outboxDesk) noted() map[string]int {
	d.t.Helper()
	n := map[string]int{}
	d.view(func(tx *storage.Tx) error {
		return storage.Notes.Scan(tx, storage.Range{}, func(note desk.Note) error {
			n[note.Kind+" "+note.Person]++
			return nil
		})
	})
	return n
}

// A member who blocked the desk is one note, whatever waited for them; their
// colleagues have the cards, so nobody is told of each ticket.
func TestABlockedMemberIsOneNote(t *testing.T) {
	d, manager, follower := onDuty(t, 7, "wang", "zhao")
	d.blocks(Blocked, "wang")
	d.pass(time.Hour)
	if diff := cmp.Diff(map[string]int{"undelivered wang": 1}, d.noted()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"dead blocked"}, d.states()); diff != "" {
		t.Error(diff)
	}
	if got := append(d.net.texts(follower), d.net.texts(manager)...); len(got) > 0 {
		t.Errorf("the desk was told %q", got)
	}
	if got := d.net.texts(desk.Address{Channel: "net", ID: "zhao"}); len(got) != 7 {
		t.Errorf("the colleague has %d cards", len(got))
	}
	if len(d.net.refused) != 1 {
		t.Errorf("tried %d times", len(d.net.refused))
	}
}

// When the last of a department cannot be reached, the duty manager gets one
// message about all that waits there, also about what had arrived before.
func TestTheLastMemberIsLost(t *testing.T) {
	d, manager, _ := onDuty(t, 3, "wang", "zhao")
	d.pass(time.Minute)
	d.blocks(Blocked, "wang", "zhao")
	d.apply(desk.Effects{Messages: []desk.Message{{Person: "wang", Ticket: "1", Text: desk.Literal("reminder"), Class: desk.ClassReminder, Lane: desk.LaneInteractive}}})
	d.pass(time.Minute)
	if got := d.net.texts(manager); len(got) > 0 {
		t.Errorf("a colleague has them, and the duty manager was told %q", got)
	}
	d.apply(desk.Effects{Messages: []desk.Message{{Person: "zhao", Ticket: "1", Text: desk.Literal("reminder"), Class: desk.ClassReminder, Lane: desk.LaneInteractive}}})
	d.pass(time.Hour)
	told := slices.DeleteFunc(slices.Clone(d.net.arrived), func(c outboxCall) bool { return c.Chat != manager })
	if len(told) != 1 || len(slices.Concat(told[0].M.Buttons...)) != 3 {
		t.Errorf("the duty manager was told %+v, want one message that opens all three", told)
	}
	if diff := cmp.Diff(map[string]int{"undelivered wang": 1, "undelivered zhao": 1}, d.noted()); diff != "" {
		t.Error(diff)
	}
}

// A ticket that somebody has is nobody's loss.
func TestALostMemberOfATakenTicket(t *testing.T) {
	d, manager, follower := onDuty(t, 1, "wang")
	d.update(func(tx *storage.Tx) error {
		ticket, _, err := storage.Tickets.Get(tx, "1")
		ticket.State, ticket.Taker = desk.StateTaken, "other"
		if err != nil {
			return err
		}
		return d.writer().Apply(tx, desk.Effects{Tickets: []desk.Ticket{ticket}})
	})
	d.blocks(Gone, "wang")
	d.pass(time.Hour)
	if got := append(d.net.texts(follower), d.net.texts(manager)...); len(got) > 0 {
		t.Errorf("the desk was told %q", got)
	}
}

// A card that the channel refuses, and nobody else has, is told once.
func TestAMembersCardIsRefused(t *testing.T) {
	d, manager, _ := onDuty(t, 2, "wang")
	d.blocks(Refused, "wang")
	d.pass(time.Hour)
	if got := d.net.texts(manager); len(got) != 2 {
		t.Errorf("the duty manager was told %q, want each ticket once", got)
	}
}
