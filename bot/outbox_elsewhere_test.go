package bot

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"frontdesk/desk"
	"frontdesk/storage"
)

// TestOutboxNextAddress cuts one address of somebody off, and then the other.
func TestOutboxNextAddress(t *testing.T) {
	d := newOutboxDesk(t)
	follower := d.person("follower")
	one, two := desk.Address{Channel: "net", ID: "1"}, desk.Address{Channel: "net", ID: "2"}
	d.apply(desk.Effects{People: []desk.Person{{ID: "1", Name: "N", Addresses: []desk.Address{one, two}}}})
	cut := []desk.Address{one}
	d.net.script = func(c outboxCall) (*SendError, bool) {
		if slices.Contains(cut, c.Chat) {
			return &SendError{Reason: Blocked}, false
		}
		return nil, false
	}
	d.ticket("7", desk.LaneInteractive, func(t *desk.Ticket) { t.Requester = "1" }, one)
	for _, words := range []string{"a", "b"} {
		d.say(desk.Message{Person: "1", Text: desk.Literal(words), Lane: desk.LaneInteractive, Ticket: "7"})
	}
	d.interactive(one, "the next question of a conversation", desk.ClassPrompt)
	d.pass(time.Minute)
	got := d.net.texts(two)
	slices.Sort(got)
	if diff := cmp.Diff([]string{"R-7 first", "a", "b"}, got); diff != "" {
		t.Errorf("at the other address: %s", diff)
	}
	if states, told := d.states(), d.net.texts(follower); len(states) > 0 || len(told) > 0 {
		t.Errorf("staff see %v, the follower was told %v", states, told)
	}
	// What is said now goes there at once, and so does the card as it changes.
	d.say(desk.Message{Person: "1", Text: desk.Literal("c"), Lane: desk.LaneInteractive})
	d.say(desk.Message{Person: "1", Text: desk.Literal("e"), Lane: desk.LaneEmergency, Class: desk.ClassEmergency})
	d.change("7", "second")
	d.pass(time.Minute)
	got = d.net.texts(two)
	slices.Sort(got)
	if diff := cmp.Diff([]string{"R-7 first", "R-7 second", "a", "b", "c", "e"}, got); diff != "" {
		t.Errorf("later: %s", diff)
	}
	cut = append(cut, two)
	d.say(desk.Message{Person: "1", Text: desk.Literal("d"), Lane: desk.LaneInteractive, Ticket: "7"})
	d.pass(time.Minute)
	if diff := cmp.Diff([]string{"dead blocked"}, d.states()); diff != "" {
		t.Error(diff)
	}
	if told := d.net.texts(follower); len(told) != 1 {
		t.Errorf("the follower was told %v", told)
	}
	d.view(func(tx *storage.Tx) error {
		p, _ := storage.NewWorld(tx, d.site).Person("1")
		if p.Unreachable != string(Blocked) || len(p.Reached()) > 0 {
			t.Errorf("the record says %+v", p)
		}
		if p = p.Returns(two); p.Unreachable != "" || p.Address() != two {
			t.Errorf("after coming back %+v", p)
		}
		return nil
	})
}
