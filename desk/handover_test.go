package desk

import (
	"slices"
	"testing"
	"time"
)

// TestHandoverCounts is the report of a shift, checked by hand: what both see,
// beside the same hours of the week before.
func TestHandoverCounts(t *testing.T) {
	w := newTown(t)
	w.site.Duty = DutyRule{Handover: 15 * time.Minute, Sign: 15 * time.Minute}
	// A week ago one ticket was filed and done.
	w.now = w.now.AddDate(0, 0, -7)
	old := w.open(Draft{})
	w.act(t, old, "wang", Take)
	w.act(t, old, "wang", Finish)
	w.act(t, old, "res", Rate, "rating", "good")
	w.now = w.now.AddDate(0, 0, 7)
	// Today: one done and rated, one undone, one taken, one new, one emergency.
	rated, undone, taken := w.open(Draft{}), w.open(Draft{}), w.open(Draft{})
	fresh := w.open(Draft{})
	urgent := w.open(Draft{Words: "爆管"})
	for _, id := range []string{rated, undone, taken} {
		w.act(t, id, "wang", Take)
	}
	w.act(t, rated, "wang", Finish)
	w.act(t, undone, "wang", Finish)
	if refused := w.act(t, undone, "wang", Undo); refused != "" {
		t.Fatal(refused)
	}
	w.act(t, rated, "res", Rate, "rating", "good")
	w.now = w.now.Add(4 * time.Minute)
	w.act(t, urgent, "zhao", Take)
	w.duty.notes = append(w.duty.notes, ShiftNote{ID: "n", At: w.now, By: "op", Text: "水泵"}, ShiftNote{ID: "o", At: w.now.AddDate(0, 0, -1), By: "op", Text: "昨天"})
	w.clock("17:15")
	w.duty.clock = w.now.Add(-time.Minute)
	w.run(t, jobShifts)
	h, ok := w.Handover("20261124.1730")
	if !ok {
		t.Fatal("no handover was written")
	}
	want := ShiftCounts{New: 5, Done: 1, Urgent: 1, Taken: 1, Wait: 4 * time.Minute, Untaken: 1, Rated: 1, Good: 1}
	if h.Counts != want {
		t.Errorf("counted %+v, want %+v", h.Counts, want)
	}
	if want := (ShiftCounts{New: 1, Done: 1, Rated: 1, Good: 1}); h.Before != want {
		t.Errorf("a week before %+v, want %+v", h.Before, want)
	}
	open := slices.Sorted(slices.Values(h.Open))
	if all := slices.Sorted(slices.Values([]string{undone, taken, fresh, urgent})); !slices.Equal(open, all) {
		t.Errorf("open %q, want %q", open, all)
	}
	if len(h.Notes) != 1 || h.Notes[0].Text != "水泵" {
		t.Errorf("notes %+v", h.Notes)
	}
	if !slices.Equal(h.Out, []string{"dm"}) || !slices.Equal(h.In, []string{"nm"}) || !slices.Equal(slices.Sorted(slices.Values(h.Leaving)), []string{"dm", "op"}) {
		t.Errorf("from %q to %q, leaving %q", h.Out, h.In, h.Leaving)
	}
}

// TestSigning: each side signs once, by whoever is of it, and nobody else.
func TestSigning(t *testing.T) {
	w := newTown(t)
	h := Handover{ID: "h", At: w.now, Out: []string{"dm"}, In: []string{"nm", "cm"}}
	sign := func(who, want string) {
		t.Helper()
		_, next, err := Sign(w, h, w.people[who])
		got := ""
		if user, ok := AsUserError(err); ok {
			got = user.Text.Key
		}
		if got != want {
			t.Errorf("%s signs: %q, want %q", who, got, want)
		}
		h = next
	}
	sign("op", "handover.not_yours")
	sign("cm", "")
	sign("nm", "handover.signed_already")
	if h.Signed() {
		t.Error("one side is enough")
	}
	sign("dm", "")
	sign("dm", "handover.signed_already")
	if !h.Signed() || h.SignedIn != "cm" || h.SignedOut != "dm" {
		t.Errorf("%+v", h)
	}
}
