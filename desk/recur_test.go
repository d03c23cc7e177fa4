package desk

import (
	"testing"
	"time"
)

// done finishes a repair in a place.
func (w *town) done(t *testing.T, category, place, who string) string {
	t.Helper()
	id := w.open(Draft{Kind: KindRepair, Category: category, Place: place, Requester: who})
	w.act(t, id, "wang", Take)
	w.act(t, id, "wang", Finish)
	w.act(t, id, who, Rate, "rating", "good")
	return id
}

func TestTheSameAgainIsRework(t *testing.T) {
	for _, c := range []struct {
		name            string
		category, place string // of the second
		who             string
		days            int
		want            bool
	}{
		{"the same room", "door", "3-502", "res", 29, true},
		{"another person of the room", "door", "3-502", "other", 1, true},
		{"too long ago", "door", "3-502", "res", 31, false},
		{"another fault", "leak", "3-502", "res", 1, false},
		{"another room", "door", "3-501", "res", 1, false},
		{"a public area", "door", "canteen", "res", 1, false},
	} {
		w := newTown(t)
		old := w.done(t, "door", "3-502", "res")
		w.said = nil
		w.now = w.now.AddDate(0, 0, c.days)
		next := w.open(Draft{Kind: KindRepair, Category: c.category, Place: c.place, Requester: c.who})
		got := w.tickets[next]
		if got.Recurs != c.want || (got.Reworks == old) != c.want || (w.tickets[old].Rework == next) != c.want || (got.ReworkNo == 1) != c.want {
			t.Errorf("%s: %+v goes on with it, the old one with %q", c.name, got.Reworks, w.tickets[old].Rework)
		}
		heard := w.heard(got.Follower)
		if told := len(heard) == 1 && heard[0] == "rework.recurs"; told != c.want {
			t.Errorf("%s: the follower %s heard %v", c.name, got.Follower, heard)
		}
		if w.tickets[old].State != StateClosed || w.tickets[old].Rating != "good" || !w.tickets[old].DoneInTime() {
			t.Errorf("%s: the old one is %s, rated %q", c.name, w.tickets[old].State, w.tickets[old].Rating)
		}
	}
}

func TestThePublicAreaAgain(t *testing.T) {
	w := newTown(t)
	w.done(t, "door", "canteen", "res")
	if id := w.open(Draft{Kind: KindRepair, Category: "door", Place: "canteen", Requester: "other"}); !w.tickets[id].Recurs {
		t.Error("the same fault in the canteen is none")
	}
	w.site.Callback.RecursExcept = []string{"leak"}
	w.done(t, "leak", "canteen", "res")
	if id := w.open(Draft{Kind: KindRepair, Category: "leak", Place: "canteen", Requester: "other"}); w.tickets[id].Recurs {
		t.Error("a category that holds faults of any sort is rework")
	}
}

// What is still open has not come back, and the desk can say that it is another fault.
func TestNotTheSame(t *testing.T) {
	w := newTown(t)
	old := w.done(t, "door", "3-502", "res")
	first := w.open(Draft{Kind: KindRepair, Category: "door"})
	if second := w.open(Draft{Kind: KindRepair, Category: "door"}); w.tickets[second].Recurs {
		t.Error("two of an open one")
	}
	for _, who := range []string{"res", "wang"} {
		if got := w.act(t, first, who, NotSame); got == "" {
			t.Errorf("%s says that it is no rework", who)
		}
	}
	if got := w.act(t, first, "op", NotSame); got != "" || w.tickets[first].ReworkNo != 0 || w.tickets[first].Reworks != "" || w.tickets[old].Rework != "" {
		t.Errorf("refused %q, %+v", got, w.tickets[first])
	}
	if got := w.act(t, first, "op", NotSame); got != "refuse.state" {
		t.Errorf("said twice: refused %q", got)
	}
}

// Reported anew while the callback is asked, and then denied: one rework, not two.
func TestDeniedAfterItCameBack(t *testing.T) {
	w := newTown(t)
	old := w.open(Draft{Kind: KindRepair, Category: "door"})
	w.act(t, old, "wang", Take)
	w.act(t, old, "wang", Finish)
	next := w.open(Draft{Kind: KindRepair, Category: "door"})
	n := len(w.tickets)
	if got := w.act(t, old, "res", NotFixed); got != "" {
		t.Fatalf("refused %q", got)
	}
	if got := w.tickets[old]; got.State != StateReworked || got.Rework != next || len(w.tickets) != n {
		t.Errorf("it is %s and goes on with %s; %d tickets, want %d", got.State, got.Rework, len(w.tickets), n)
	}
}

func TestDoneInTime(t *testing.T) {
	for _, c := range []struct {
		name   string
		after  time.Duration
		answer Action
		want   bool
	}{
		{"in time", 23 * time.Hour, Rate, true},
		{"late", 25 * time.Hour, Rate, false},
		{"denied", time.Hour, NotFixed, false},
	} {
		w := newTown(t)
		id := w.open(Draft{})
		w.act(t, id, "wang", Take)
		w.now = w.now.Add(c.after)
		w.act(t, id, "wang", Finish)
		if got := w.act(t, id, "res", c.answer, "rating", "good"); got != "" {
			t.Fatal(got)
		}
		ticket := w.tickets[id]
		if got := ticket.DoneInTime(); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
		if c.answer != NotFixed {
			continue
		}
		next := w.tickets[ticket.Rework]
		if !next.Owed().Equal(ticket.Clocks.Done) || !next.Overdue(ticket.Clocks.Done.Add(time.Second)) || next.Overdue(ticket.Clocks.Done) {
			t.Errorf("the first clock stands: the rework is owed by %v, the first was by %v", next.Owed(), ticket.Clocks.Done)
		}
	}
	// It was good, and came back: that does not deny that it was done.
	w := newTown(t)
	id := w.done(t, "door", "3-502", "res")
	w.now = w.now.AddDate(0, 0, 3)
	w.act(t, id, "res", NotFixed)
	if got := w.tickets[id]; got.State != StateReworked || !got.DoneInTime() || !w.tickets[got.Rework].FirstDue.IsZero() {
		t.Errorf("back after three days: %s, in time %v", got.State, got.DoneInTime())
	}
}
