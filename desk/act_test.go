package desk

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// The life of a repair, act by act: who did what, what it is then, and who
// heard of it.
func TestLifeOfARepair(t *testing.T) {
	w := newTown(t)
	id := w.open(Draft{})
	want := func(s State) {
		t.Helper()
		if got := w.tickets[id].State; got != s {
			t.Fatalf("state %s, want %s", got, s)
		}
	}
	steps := []struct {
		at, who string
		a       Action
		args    []string
		refused string
		then    State
	}{
		{"10:21", "other", Take, nil, "refuse.department", StateNew},
		{"10:22", "clean", Take, nil, "refuse.department", StateNew},
		{"10:22", "res", Take, nil, "refuse.department", StateNew},
		{"10:23", "wang", Take, nil, "", StateTaken},
		{"10:23", "zhao", Take, nil, "standing.taken", StateTaken},
		{"10:24", "zhao", Arrive, nil, "refuse.taker", StateTaken},
		{"11:00", "wang", NoAccess, nil, "", StateNoAccess},
		{"11:05", "res", Reschedule, []string{"slot", "20261124-14-16"}, "", StateTaken},
		{"14:00", "wang", Arrive, nil, "", StateArrived},
		{"14:05", "wang", PauseWork, []string{"reason", "parts", "limit", "9d"}, "refuse.limit", StateArrived},
		{"14:05", "wang", PauseWork, []string{"reason", "parts", "limit", "3wd"}, "", StatePaused},
		{"14:06", "res", Rate, []string{"rating", "good"}, "standing.paused", StatePaused},
		{"15:05", "wang", Resume, nil, "", StateArrived},
		{"15:10", "wang", Finish, nil, "", StateDone},
		{"15:45", "other", Rate, []string{"rating", "good"}, "refuse.taker", StateDone},
		{"15:46", "res", Rate, []string{"rating", "great"}, "refuse.which", StateDone},
		{"15:46", "res", Rate, []string{"rating", "good"}, "", StateClosed},
		{"15:47", "res", Rate, []string{"rating", "good"}, "standing.closed", StateClosed},
	}
	for _, s := range steps {
		w.clock(s.at)
		if got := w.act(t, id, s.who, s.a, s.args...); got != s.refused {
			t.Fatalf("%s %s %s: refused %q, want %q", s.at, s.who, s.a, got, s.refused)
		}
		want(s.then)
	}
	got := w.tickets[id]
	if got.Paused != time.Hour {
		t.Errorf("paused %s, want 1h", got.Paused)
	}
	if done := got.SaidAt.Add(25 * time.Hour); !got.Clocks.Done.Equal(done) {
		t.Errorf("the aim moves by the pause: got %s, want %s", got.Clocks.Done, done)
	}
	var actions []Action
	for i, e := range w.events {
		if e.Seq != i+1 {
			t.Errorf("event %d has sequence %d", i, e.Seq)
		}
		actions = append(actions, e.Action)
	}
	if diff := cmp.Diff([]Action{Opened, Take, NoAccess, Reschedule, Arrive, PauseWork, Resume, Finish, Rate}, actions); diff != "" {
		t.Error(diff)
	}
}

func TestTheDeskPressesForATaker(t *testing.T) {
	w := newTown(t)
	id := w.open(Draft{})
	w.act(t, id, "wang", Take)
	if got := w.act(t, id, "op", Arrive); got != "" {
		t.Fatal(got)
	}
	last := w.events[len(w.events)-1]
	if last.By != "op" || last.For != "wang" {
		t.Errorf("by %q for %q, want both names", last.By, last.For)
	}
	w.act(t, id, "dm", Cancel)
	if last := w.events[len(w.events)-1]; last.For != "" {
		t.Errorf("the desk cancels in its own right, not for %q", last.For)
	}
}

func TestTheFirstReworkGoesToTheSameFollowerTheSecondToSomebodyElse(t *testing.T) {
	w := newTown(t)
	id := w.open(Draft{})
	for round, takes := range []string{"wang", "wang"} {
		w.act(t, id, takes, Take)
		w.act(t, id, takes, Finish)
		w.said = nil
		if refused := w.act(t, id, "res", NotFixed); refused != "" {
			t.Fatal(refused)
		}
		old := w.tickets[id]
		if old.State != StateReworked || old.Rating != "not_fixed" {
			t.Errorf("old ticket: %s, rating %q", old.State, old.Rating)
		}
		next := w.tickets[old.Rework]
		if next.Reworks != id || next.ReworkNo != round+1 || next.Follower != old.Follower {
			t.Errorf("rework %+v", next)
		}
		if !slices.Equal(w.heard("dm"), []string{"rework.manager"}) {
			t.Error("the duty manager was not told")
		}
		id = next.ID
	}
	if refused := w.act(t, id, "wang", Take); refused != "refuse.again" {
		t.Errorf("the same technician takes the second rework: %q", refused)
	}
	if refused := w.act(t, id, "zhao", Take); refused != "" {
		t.Error(refused)
	}
}

func TestItsBackForThirtyDays(t *testing.T) {
	for _, c := range []struct {
		days    int
		refused string
	}{{29, ""}, {31, "refuse.old"}} {
		w := newTown(t)
		id := w.open(Draft{})
		w.act(t, id, "wang", Take)
		w.act(t, id, "wang", Finish)
		w.act(t, id, "", Closed)
		w.now = w.now.AddDate(0, 0, c.days)
		if got := w.act(t, id, "res", NotFixed); got != c.refused {
			t.Errorf("after %d days: %q, want %q", c.days, got, c.refused)
		}
		if w.tickets[id].Rating != "" {
			t.Error("silence is unrated, never a rating")
		}
	}
}

func TestChase(t *testing.T) {
	w := newTown(t)
	id := w.open(Draft{})
	w.act(t, id, "wang", Take)
	w.said = nil
	for i, c := range []struct {
		at, refused, manager string
		taker                int
	}{
		{"11:00", "", "", 1},
		{"11:09", "chase.soon", "", 0},
		{"11:10", "", "", 1},
		{"11:20", "", "chase.manager", 1},
		{"11:30", "", "", 1}, // told once
	} {
		w.clock(c.at)
		if got := w.act(t, id, "res", Chase); got != c.refused {
			t.Errorf("%d: refused %q, want %q", i, got, c.refused)
		}
		if got := len(w.heard("wang")); got != c.taker {
			t.Errorf("%s: the taker heard %d times, want %d", c.at, got, c.taker)
		}
		told := w.heard("dm")
		if c.manager == "" && len(told) > 0 || c.manager != "" && !slices.Equal(told, []string{c.manager}) {
			t.Errorf("%s: the duty manager heard %v, want %q", c.at, told, c.manager)
		}
	}
}

func TestChaseAtNightPingsNobodyOffShift(t *testing.T) {
	w := newTown(t)
	id := w.open(Draft{})
	w.act(t, id, "wang", Take)
	w.said = nil
	w.clock("21:00")
	w.act(t, id, "res", Chase)
	if got := w.heard("wang"); len(got) > 0 {
		t.Errorf("the taker was pinged off shift: %v", got)
	}
	if got := w.heard("op"); len(got) > 0 {
		t.Errorf("the day's operator was pinged off shift: %v", got)
	}
	if got := w.heard("nm"); len(got) == 0 {
		t.Error("nobody heard")
	}
}

func TestAtMostFiveTakenAndNotStarted(t *testing.T) {
	w := newTown(t)
	var ids []string
	for range 6 {
		ids = append(ids, w.open(Draft{Category: "door", Kind: KindRepair}))
	}
	for _, id := range ids[:5] {
		if got := w.act(t, id, "wang", Take); got != "" {
			t.Fatal(got)
		}
	}
	if got := w.act(t, ids[5], "wang", Take); got != "refuse.many" {
		t.Errorf("sixth: %q", got)
	}
	w.act(t, ids[0], "wang", Arrive)
	if got := w.act(t, ids[5], "wang", Take); got != "" {
		t.Errorf("after one was started: %q", got)
	}
}
