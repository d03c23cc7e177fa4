package desk

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestWhoIsAffected checks the set against a naive count over everybody and every
// ticket, with the containment of places written down as a table.
func TestWhoIsAffected(t *testing.T) {
	inside := map[string]string{ // What a work at a place touches.
		"3": "3 3-5-floor 3-501 3-502 3-6-floor 3-601 3-lift 3-5-corridor", "3-5-floor": "3-5-floor 3-501 3-502 3-5-corridor", "3-501": "3-501",
		"3-lift": "3 3-5-floor 3-501 3-502 3-6-floor 3-601 3-lift 3-5-corridor", "3-5-corridor": "3-5-floor 3-501 3-502 3-5-corridor", "canteen": "canteen",
		"4": "4 4-101",
	}
	places, err := NewPlaces([]Building{
		{ID: "3", Label: Label{"zh": "3号楼"}, Floors: []Floor{{ID: "5", Rooms: []string{"01", "02"}, Areas: []Area{{ID: "corridor", Label: Label{"zh": "走廊"}}}}, {ID: "6", Rooms: []string{"01"}}},
			Areas: []Area{{ID: "lift", Label: Label{"zh": "电梯"}}}},
		{ID: "4", Label: Label{"zh": "4号楼"}, Floors: []Floor{{ID: "1", Rooms: []string{"01"}}}},
	}, []Area{{ID: "canteen", Label: Label{"zh": "食堂"}}})
	if err != nil {
		t.Fatal(err)
	}
	all := []string{"3", "3-5-floor", "3-501", "3-502", "3-6-floor", "3-601", "3-lift", "3-5-corridor", "canteen", "4", "4-101", ""}
	rapid.Check(t, func(rt *rapid.T) {
		d := newWorksDesk(newTown(t))
		d.site.Places = places
		pick := func(name string) string { return rapid.SampledFrom(all).Draw(rt, name) }
		for i := range rapid.IntRange(0, 12).Draw(rt, "people") {
			id := fmt.Sprint("p", i)
			p := Person{ID: id, Home: rapid.SampledFrom([]string{"", "3-501", "3-502", "3-601", "4-101"}).Draw(rt, "home"), Addresses: []Address{{Channel: "x", ID: id}}}
			switch rapid.IntRange(0, 6).Draw(rt, "how") {
			case 0:
				p.Unreachable = "blocked"
			case 1:
				p.Addresses = nil
			case 2:
				p.Roles = []Role{{Name: RoleCaretaker, Buildings: []string{rapid.SampledFrom([]string{"3", "4"}).Draw(rt, "cares")}}}
			}
			d.people[id] = p
		}
		for i := range rapid.IntRange(0, 8).Draw(rt, "tickets") {
			tk := Ticket{ID: fmt.Sprint("t", i), Place: pick("where"), State: rapid.SampledFrom([]State{StateNew, StateTaken, StateClosed}).Draw(rt, "state"),
				Requester: fmt.Sprint("p", rapid.IntRange(0, 12).Draw(rt, "who")), Joined: []string{fmt.Sprint("p", rapid.IntRange(0, 12).Draw(rt, "joined"))}}
			if rapid.IntRange(0, 4).Draw(rt, "case") == 0 {
				tk.Case = &Case{}
			}
			d.tickets[tk.ID] = tk
		}
		at := rapid.SliceOfN(rapid.SampledFrom([]string{"3", "3-5-floor", "3-501", "3-lift", "3-5-corridor", "canteen", "4"}), 1, 3).Draw(rt, "places")
		touched := func(where string) bool {
			return where != "" && slices.ContainsFunc(at, func(place string) bool { return slices.Contains(strings.Fields(inside[place]), where) })
		}
		var want []string
		for id, p := range d.people {
			concerned := touched(p.Home)
			for _, place := range at {
				concerned = concerned || slices.ContainsFunc(p.Roles, func(r Role) bool { return r.Name == RoleCaretaker && strings.HasPrefix(place, r.Buildings[0]) })
			}
			for _, tk := range d.tickets {
				if tk.Case == nil && tk.State != StateClosed && touched(tk.Place) && (tk.Requester == id || tk.Joined[0] == id) {
					concerned = true
				}
			}
			if concerned && p.Unreachable == "" && len(p.Addresses) > 0 {
				want = append(want, id)
			}
		}
		sort.Strings(want)
		var got []string
		for _, p := range Affected(lists{d.town}, at...) {
			got = append(got, p.ID)
		}
		if !slices.Equal(got, want) {
			rt.Fatalf("at %v: %v, want %v", at, got, want)
		}
		x := Work{Place: at[0], More: at[1:]}
		if where := pick("report"); where != "" && x.touches(d.site, where) != touched(where) {
			rt.Fatalf("a work at %v touches %s: %v", at, where, x.touches(d.site, where))
		}
	})
}

// TestTwoThousandAreToldByAndBy: never more at once than a step, each once, over a
// restart too, and in the end the manager knows.
func TestTwoThousandAreToldByAndBy(t *testing.T) {
	d := worksTown(t)
	var rooms []string
	for i := range 50 {
		rooms = append(rooms, fmt.Sprintf("%02d", i+1))
	}
	places, err := NewPlaces([]Building{{ID: "3", Label: Label{"zh": "3号楼"}, Floors: []Floor{{ID: "5", Rooms: rooms}}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	d.site.Places = places
	for i := range 2000 {
		id := fmt.Sprintf("r%04d", i)
		d.people[id] = Person{ID: id, Home: "3-5" + rooms[i%50], Addresses: []Address{{Channel: "x", ID: id}}}
	}
	out, a, err := Announce(d, Announcement{To: ToAll, Text: Label{"zh": "闭馆", "en": " "}}, d.people["dm"])
	d.take(t, out, err)
	began := d.now
	d.until(t, "2026-11-24 11:30")
	if a.Count != len(d.people) || len(d.sent) != len(d.people)+1 || d.most > tellAtOnce+1 {
		t.Errorf("%d of %d were told, %d at once", len(d.sent), a.Count, d.most)
	}
	last := time.Time{}
	for _, one := range d.WorksTold(a.ID) {
		if one.At.After(last) {
			last = one.At
		}
	}
	if took := last.Sub(began); took < 10*tellPause || took > 5*time.Minute {
		t.Errorf("it took %v", took)
	}
	for id, want := range map[string]bool{"dm": true, "cm": true, "op": false, "wang": false, "res": false} {
		if _, _, err := Announce(d, Announcement{To: ToAll, Text: Label{"zh": "闭馆"}}, d.people[id]); (err == nil) != want {
			t.Errorf("%s may announce: %v", id, err)
		}
	}
	// So it is with a work.
	d.most, d.sent = 0, nil
	d.yes(t, d.water(t, "2026-11-24 14:00", "2026-11-24 17:00", false))
	if d.until(t, "2026-11-24 12:00"); len(d.sent) < 2000 || d.most > tellAtOnce+1 {
		t.Errorf("%d were told of the work, %d at once", len(d.sent), d.most)
	}
	// At night it waits.
	d.now = d.parse(t, "2026-11-24 23:00")
	out, a, err = Announce(d, Announcement{To: ToRole, Value: "technician", Text: Label{"zh": "开会"}}, d.people["dm"])
	d.take(t, out, err)
	if d.until(t, "2026-11-25 07:59"); len(d.WorksTold(a.ID)) > 0 {
		t.Error("told at night")
	}
	if d.until(t, "2026-11-25 08:00"); len(d.WorksTold(a.ID)) != 4 { // Three technicians, and the end.
		t.Errorf("told in the morning: %v", d.WorksTold(a.ID))
	}
}
