package desk

import (
	"fmt"
	"testing"
)

func TestWhoMayJoin(t *testing.T) {
	w := newTown(t)
	room := w.open(Draft{})
	public := w.open(Draft{Place: "canteen"})
	set := func(id string, change func(*Person)) {
		p := w.people[id]
		change(&p)
		w.people[id] = p
	}
	set("res", func(p *Person) { p.Home = "3-502" })
	w.people["mate"] = Person{ID: "mate", Home: "3-502", Addresses: []Address{{Channel: "x", ID: "mate"}}}
	w.people["gone"] = Person{ID: "gone", Home: "3-502", Suspended: true, Addresses: []Address{{Channel: "x", ID: "gone"}}}
	set("other", func(p *Person) { p.Home = "3-501" })
	for _, tt := range []struct{ ticket, person, want string }{
		{room, "mate", ""}, {room, "other", "join.refused"}, {room, "wang", "join.refused"}, {room, "dm", "join.refused"},
		{room, "res", "join.refused"}, {room, "mate", "join.refused"}, {room, "gone", "refuse.right"},
		{public, "other", ""}, {public, "mate", ""}, {public, "wang", ""}, {public, "gone", "refuse.right"},
	} {
		if got := w.act(t, tt.ticket, tt.person, JoinTicket); got != tt.want {
			t.Errorf("%s joins %s: refused %q, want %q", tt.person, w.tickets[tt.ticket].Place, got, tt.want)
		}
	}
	if got := w.events[len(w.events)-1]; got.Action != JoinTicket || got.By != "wang" {
		t.Errorf("the last event is %s by %s", got.Action, got.By)
	}
	if got := w.act(t, public, "other", Leave); got != "" || len(w.tickets[public].Joined) != 2 {
		t.Errorf("leaving: %q, %v", got, w.tickets[public].Joined)
	}
	if got := w.act(t, public, "other", Leave); got == "" {
		t.Error("somebody left twice")
	}
	complaint := w.tickets[public]
	complaint.Kind = "complaint"
	if w.site.Joinable(complaint, w.people["res"]) {
		t.Error("a complaint can be joined")
	}
}

func TestJoiningHasLimits(t *testing.T) {
	w := newTown(t)
	id := w.open(Draft{Place: "canteen"})
	for i := range joinedMost + 1 {
		p := Person{ID: fmt.Sprint("p", i), Addresses: []Address{{Channel: "x", ID: fmt.Sprint(i)}}}
		w.people[p.ID] = p
		if got, full := w.act(t, id, p.ID, JoinTicket), i == joinedMost; (got != "") != full {
			t.Fatalf("person %d: refused %q", i, got)
		}
	}
	for i := range joinsMost + 1 {
		got := w.act(t, w.open(Draft{Place: "canteen"}), "other", JoinTicket)
		if full := i == joinsMost; (got == "join.many") != full {
			t.Fatalf("ticket %d: refused %q", i, got)
		}
	}
}

// An undo takes back what the presser did, not what others said meanwhile.
func TestUndoKeepsWhoJoined(t *testing.T) {
	w := newTown(t)
	id := w.open(Draft{Place: "canteen"})
	for _, step := range []struct {
		who    string
		action Action
	}{{"wang", Take}, {"other", JoinTicket}, {"wang", Undo}} {
		if got := w.act(t, id, step.who, step.action, "text", "我这里也漏"); got != "" {
			t.Fatalf("%s: refused %q", step.action, got)
		}
	}
	got := w.tickets[id]
	if got.State != StateNew || len(got.Joined) != 1 || len(got.Words) != 1 {
		t.Errorf("%s, joined by %v, %d words", got.State, got.Joined, len(got.Words))
	}
}
