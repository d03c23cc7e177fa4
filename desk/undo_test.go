package desk

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestUndo(t *testing.T) {
	w := newTown(t)
	id := w.open(Draft{})
	before := w.tickets[id]
	w.act(t, id, "wang", Take)
	if got := w.act(t, id, "zhao", Undo); got != "refuse.undo.other" {
		t.Errorf("somebody else: %q", got)
	}
	w.now = w.now.Add(2 * time.Minute)
	if got := w.act(t, id, "wang", Undo); got != "" {
		t.Fatal(got)
	}
	after := w.tickets[id]
	before.Seq, before.Last, after.Seq, after.Last = 0, nil, 0, nil
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("not as before:\n%s", diff)
	}
	if diff := cmp.Diff(TicketJobs(w.site, before), TicketJobs(w.site, after)); diff != "" {
		t.Errorf("the jobs are not as before:\n%s", diff)
	}
	w.act(t, id, "wang", Take)
	w.now = w.now.Add(2*time.Minute + time.Second)
	if got := w.act(t, id, "wang", Undo); got != "refuse.undo.late" {
		t.Errorf("late: %q", got)
	}
	w.act(t, id, "wang", Arrive)
	w.act(t, id, "res", AddWords, "text", "please hurry")
	if got := w.act(t, id, "wang", Undo); got != "refuse.undo.followed" {
		t.Errorf("something followed: %q", got)
	}
}

// Whatever people press in whatever order: the history has no gap, the state is
// what the table says, an undo restores, and the desk's own jobs follow from the
// state.
func TestAnybodyPressesAnything(t *testing.T) {
	var actions []Action
	seen := map[Action]bool{}
	for _, row := range table {
		if !seen[row.action] && row.action != Nudged {
			seen[row.action] = true
			actions = append(actions, row.action)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		w := newTown(t)
		id := w.open(Draft{})
		people := []string{"res", "other", "wang", "zhao", "clean", "op", "dm", "root", ""}
		for range rapid.IntRange(1, 40).Draw(rt, "presses") {
			who := rapid.SampledFrom(people).Draw(rt, "who")
			a := rapid.SampledFrom(actions).Draw(rt, "action")
			w.now = w.now.Add(time.Duration(rapid.IntRange(0, 240).Draw(rt, "minutes")) * time.Minute)
			before, events := w.tickets[id], len(w.events)
			args := With("reason", "parts", "limit", "1wd", "department", "cleaning", "slot", "20261201-14-16", "rating", "good",
				"what", "speed", "result", "good", "text", "hello", "parts", "valve")
			by := Actor{}
			if who != "" {
				by.Person = w.people[who]
			}
			effects, err := Act(w, before, a, by, args)
			if err != nil {
				if _, ok := AsUserError(err); !ok {
					rt.Fatalf("%s %s in %s: %v", who, a, before.State, err)
				}
				continue
			}
			if row, ok := find(before, a); a != Undo && (!ok || !may(before, row, by)) {
				rt.Fatalf("%s may not %s in %s", who, a, before.State)
			}
			w.apply(effects)
			now := w.tickets[id]
			if now.Seq != before.Seq+1 || len(w.events) == events || w.events[events].Seq != now.Seq {
				rt.Fatalf("%s: the history has a gap: %d after %d", a, now.Seq, before.Seq)
			}
			if now.State == StatePaused != (now.Pause != nil) {
				rt.Fatalf("%s: state %s with pause %v", a, now.State, now.Pause)
			}
			if working := now.State == StateTaken || now.State == StateArrived || now.State == StatePaused; working && now.Taker == "" {
				rt.Fatalf("%s: %s by nobody", a, now.State)
			}
			for _, job := range TicketJobs(w.site, now) {
				if !now.State.Open() && now.State != StateDone && job.Kind != JobFetch {
					rt.Fatalf("a job %s for a ticket that is %s", job.Kind, now.State)
				}
			}
			if now.State == StateReworked {
				id = now.Rework
			}
		}
	})
}
