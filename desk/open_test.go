package desk

import (
	"slices"
	"testing"
	"time"
)

func TestOpenRoutesAndClocks(t *testing.T) {
	for _, c := range []struct {
		name, at, category, words, place string
		urgency                          Urgency
		department                       string
		held                             bool
		take, visit, done                string // local, of this or the next day
	}{
		{"by day", "10:20", "leak", "", "3-502", Normal, "engineering", false, "24 10:35", "24 17:30", "25 10:20"},
		{"shortly before the end", "17:20", "leak", "", "3-502", Normal, "engineering", true, "25 08:05", "25 09:50", "25 17:20"},
		{"at night", "23:10", "leak", "", "3-502", Normal, "engineering", true, "25 08:15", "25 11:10", "25 23:10"},
		{"urgent words at night", "23:10", "leak", "爆管了", "3-502", Urgent, "engineering", false, "24 23:25", "24 23:40", "25 23:10"},
		{"urgent at night in the canteen", "23:10", "leak", "burst pipe", "canteen", Urgent, "security", false, "24 23:25", "24 23:40", "25 23:10"},
		{"cleaning", "10:20", "clean", "", "canteen", Normal, "cleaning", false, "24 10:35", "24 17:30", "25 10:20"},
		{"door, always urgent", "03:00", "open", "", "3-502", Urgent, "security", false, "24 03:15", "24 03:30", "25 03:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newTown(t)
			w.clock(c.at)
			id := w.open(Draft{Kind: KindRepair, Category: c.category, Words: c.words, Place: c.place})
			got := w.tickets[id]
			if got.Urgency != c.urgency || got.Department != c.department {
				t.Errorf("%s to %s, want %s to %s", got.Urgency, got.Department, c.urgency, c.department)
			}
			local := func(x time.Time) string { return x.In(w.site.Zone).Format("2 15:04") }
			if c.name != "shortly before the end" && got.Announced.IsZero() != c.held {
				t.Errorf("held back: %v, want %v", got.Announced.IsZero(), c.held)
			}
			if a, b, d := local(got.Clocks.Take), local(got.Clocks.Visit), local(got.Clocks.Done); a != c.take || b != c.visit || d != c.done {
				t.Errorf("take %s visit %s done %s, want %s, %s, %s", a, b, d, c.take, c.visit, c.done)
			}
		})
	}
}

func TestFollowerIsWhoIsOnShift(t *testing.T) {
	w := newTown(t)
	if got := w.tickets[w.open(Draft{})].Follower; got != "op" {
		t.Errorf("by day %q, want the operator", got)
	}
	w.clock("23:00")
	if got := w.tickets[w.open(Draft{})].Follower; got != "nm" {
		t.Errorf("at night %q, want the night manager", got)
	}
}

func TestADepartmentWithoutAGroupIsToldInPrivate(t *testing.T) {
	w := newTown(t)
	w.groups = nil
	id := w.open(Draft{})
	if got := w.shown(id, PostMember); !slices.Equal(got, []string{"wang", "zhao"}) {
		t.Errorf("the card is before %v", got)
	}
	if got := w.heard("dm"); len(got) != 1 || got[0] != "nogroup.manager" {
		t.Errorf("the duty manager heard %v", got)
	}
}

func TestEmptyLevelsOfTheEscalationFallThrough(t *testing.T) {
	w := newTown(t)
	for _, gone := range []string{"dm", "nm", "cm", "pm"} {
		p := w.people[gone]
		p.Unreachable = "blocked"
		w.people[gone] = p
		if got := Managers(w, 0); len(got) == 0 {
			t.Fatalf("after %s nobody is left", gone)
		}
	}
	if got := Managers(w, 0); got[0].ID != "root" {
		t.Errorf("the last is %s, want the administrator", got[0].ID)
	}
}

func TestOffer(t *testing.T) {
	w := newTown(t)
	id := w.open(Draft{})
	if got := w.act(t, id, "wang", NotOurs, "department", "cleaning"); got != "" {
		t.Fatal(got)
	}
	if got := w.act(t, id, "wang", Accept); got != "refuse.department" {
		t.Errorf("the first department accepts: %q", got)
	}
	if got := w.act(t, id, "clean", Decline); got != "" {
		t.Fatal(got)
	}
	if got := w.heard("dm"); len(got) != 1 || got[0] != "offer.declined" {
		t.Errorf("the duty manager heard %v", got)
	}
	if got := w.act(t, id, "dm", Assign, "department", "cleaning"); got != "" {
		t.Fatal(got)
	}
	if now := w.tickets[id]; now.Department != "cleaning" || now.State != StateNew || now.Offered != "" {
		t.Errorf("%+v", now)
	}
	if got := w.act(t, id, "clean", Take); got != "" {
		t.Error(got)
	}
}
