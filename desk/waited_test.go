package desk

import (
	"slices"
	"testing"
	"time"
)

// Both figures are kept, with the name, the reason and the length of every pause; one
// that the resident denies counts for nothing, one that was taken back never was.
func TestPausesAndBothFigures(t *testing.T) {
	w := newTown(t)
	id := w.open(Draft{})
	history := func() []Event {
		return slices.DeleteFunc(slices.Clone(w.events), func(e Event) bool { return e.Ticket != id })
	}
	start := w.now
	w.act(t, id, "wang", Take)
	step := func(d time.Duration, who string, a Action, pairs ...string) {
		t.Helper()
		w.now = w.now.Add(d)
		if got := w.act(t, id, who, a, pairs...); got != "" {
			t.Fatalf("%s: %s", a, got)
		}
	}
	step(time.Hour, "wang", PauseWork, "reason", "parts", "limit", "1wd")
	step(time.Minute, "wang", Undo)
	step(time.Hour-time.Minute, "wang", PauseWork, "reason", "parts", "limit", "1wd")
	w.now = w.now.Add(30 * time.Minute)
	if whole, net := w.tickets[id].Spent(w.now); whole != 150*time.Minute || net != 2*time.Hour {
		t.Errorf("while it waits: %v and %v", whole, net)
	}
	step(90*time.Minute, "wang", Resume)
	step(time.Hour, "op", PauseWork, "reason", "resident", "limit", "1d")
	step(3*time.Hour, "res", NotMe)
	step(time.Hour, "wang", Finish)
	now := w.tickets[id]
	whole, net := now.Spent(w.now.Add(time.Hour))
	if whole != w.now.Sub(start) || net != whole-2*time.Hour {
		t.Errorf("it took %v and %v", whole, net)
	}
	got := Pauses(history())
	if len(got) != 2 || got[0].By != "wang" || got[0].Reason != "parts" || got[0].Took(w.now) != 2*time.Hour || got[0].Denied ||
		got[1].By != "op" || !got[1].Denied || got[1].Took(w.now) != 3*time.Hour {
		t.Errorf("pauses: %+v", got)
	}
}
