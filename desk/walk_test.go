package desk

import (
	"slices"
	"testing"
	"time"
)

func TestWalkingOrder(t *testing.T) {
	places, err := NewPlaces([]Building{
		{ID: "2", Label: Label{"zh": "2号楼"}, Floors: []Floor{{ID: "B1", Rooms: []string{"01"}}, {ID: "2", Rooms: []string{"01"}}, {ID: "10", Rooms: []string{"01", "02"}}}, Areas: []Area{{ID: "lift", Label: Label{"zh": "电梯"}}}},
		{ID: "10", Label: Label{"zh": "10号楼"}, Floors: []Floor{{ID: "1", Rooms: []string{"01"}}}},
	}, []Area{{ID: "canteen", Label: Label{"zh": "食堂"}}})
	if err != nil {
		t.Fatal(err)
	}
	s := &Site{Places: places}
	at := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	ticket := func(number, place string, due int, u Urgency) Ticket {
		return Ticket{ID: number, Number: number, Place: place, Urgency: u, Clocks: Clocks{Done: at.Add(time.Duration(due) * time.Hour)}}
	}
	list := []Ticket{
		ticket("a", "canteen", 1, Normal), ticket("b", "10-101", 1, Normal), ticket("c", "2-1001", 1, Normal), ticket("d", "2-201", 9, Normal),
		ticket("e", "2-201", 3, Normal), ticket("f", "2-B101", 9, Normal), ticket("g", "2-lift", 9, Normal), ticket("h", "10-101", 50, Urgent),
		ticket("i", "gone-1", 1, Normal),
	}
	want := []string{"h", "f", "g", "e", "d", "c", "b", "i", "a"}
	for range 3 {
		var got []string
		for _, x := range WalkingOrder(s, list) {
			got = append(got, x.Number)
		}
		if !slices.Equal(got, want) {
			t.Errorf("one goes to %q, want %q", got, want)
		}
		slices.Reverse(list)
	}
}

func TestNextInTheSameBuilding(t *testing.T) {
	w := newTown(t)
	here, other := w.open(Draft{Place: "3-502"}), w.open(Draft{Kind: KindRepair, Category: "door", Place: "canteen"})
	w.act(t, here, "wang", Take)
	w.act(t, other, "wang", Take)
	if got, ok := NextNear(w, "wang", w.tickets[here]); ok {
		t.Errorf("after the only one there: %s", got.ID)
	}
	near := w.open(Draft{Kind: KindRepair, Category: "door", Place: "3-501"})
	w.act(t, near, "wang", Take)
	if got, _ := NextNear(w, "wang", w.tickets[here]); got.ID != near {
		t.Errorf("next is %q, want %s", got.ID, near)
	}
	w.act(t, near, "wang", PauseWork, "reason", "parts", "limit", "1wd")
	if got, ok := NextNear(w, "wang", w.tickets[here]); ok {
		t.Errorf("what waits is offered: %s", got.ID)
	}
}
