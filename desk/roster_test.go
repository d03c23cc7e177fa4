package desk

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var dayAndNight = Roster{Shifts: []Shift{
	{Name: "day", Span: Span{From: 8 * 60, To: 17*60 + 30}, Staff: map[string][]string{
		"operator": {"telegram:1001"}, "manager": {"telegram:2001"}, "engineering": {"telegram:3001", "telegram:3002", "telegram:3001"},
	}},
	{Name: "night", Span: Span{From: 17*60 + 30, To: 8 * 60}, Staff: map[string][]string{
		"operator": {"telegram:2002"}, "manager": {"telegram:2002"},
	}},
}}

func TestRoster(t *testing.T) {
	c := Calendar{Zone: zoneOf(t, "Asia/Shanghai")}
	for _, s := range []struct{ at, shift, manager, start, next string }{
		{"2026-09-29 07:59", "night", "telegram:2002", "2026-09-28 17:30", "2026-09-29 08:00"},
		{"2026-09-29 08:00", "day", "telegram:2001", "2026-09-29 08:00", "2026-09-29 17:30"},
		{"2026-09-29 17:29", "day", "telegram:2001", "2026-09-29 08:00", "2026-09-29 17:30"},
		{"2026-09-29 17:30", "night", "telegram:2002", "2026-09-29 17:30", "2026-09-30 08:00"},
		{"2026-09-30 00:00", "night", "telegram:2002", "2026-09-29 17:30", "2026-09-30 08:00"},
	} {
		at := c.at(t, s.at)
		shift, ok := dayAndNight.At(at, c)
		if !ok || shift.Name != s.shift {
			t.Errorf("%s: %s %v", s.at, shift.Name, ok)
		}
		if diff := cmp.Diff([]string{s.manager}, dayAndNight.OnDuty("manager", at, c)); diff != "" {
			t.Errorf("%s\n%s", s.at, diff)
		}
		if start, next := dayAndNight.Start(at, c), dayAndNight.NextChange(at, c); !start.Equal(c.at(t, s.start)) || !next.Equal(c.at(t, s.next)) {
			t.Errorf("%s: from %v, then %v", s.at, start, next)
		}
	}
	at := c.at(t, "2026-09-29 10:00")
	if diff := cmp.Diff([]string{"telegram:3001", "telegram:3002"}, dayAndNight.OnDuty("engineering", at, c)); diff != "" {
		t.Error(diff)
	}
	if got := dayAndNight.OnDuty("gardening", at, c); got != nil {
		t.Error(got)
	}
}

func TestRosterWithGap(t *testing.T) {
	c := Calendar{Zone: time.UTC}
	day := Roster{Shifts: dayAndNight.Shifts[:1]}
	at := c.at(t, "2026-09-29 20:00")
	if _, ok := day.At(at, c); ok || !day.Start(at, c).IsZero() || day.OnDuty("manager", at, c) != nil {
		t.Error("somebody is on duty after the only shift")
	}
	if next := day.NextChange(at, c); !next.Equal(c.at(t, "2026-09-30 08:00")) {
		t.Error(next)
	}
	if next := (Roster{}).NextChange(at, c); !next.Equal(Never) {
		t.Error(next)
	}
}

// With day and night exactly one shift is on at any moment in any zone, and stays
// so until the next change.
func TestRosterProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := drawZone(t)
		c := Calendar{Zone: zone}
		change := [2]ClockTime{ClockTime(rapid.IntRange(0, 719).Draw(t, "morning")), ClockTime(rapid.IntRange(720, 1439).Draw(t, "evening"))}
		r := Roster{Shifts: []Shift{
			{Name: "day", Span: Span{change[0], change[1]}, Staff: map[string][]string{"all": {"d"}}},
			{Name: "night", Span: Span{change[1], change[0]}, Staff: map[string][]string{"all": {"n"}}},
		}}
		at := drawTime(t, zone)
		shift, ok := r.At(at, c)
		if !ok || len(r.OnDuty("all", at, c)) != 1 {
			t.Fatalf("%v: %d on duty", at, len(r.OnDuty("all", at, c)))
		}
		next := r.NextChange(at, c)
		if !next.After(at) || next.Sub(at) > 25*time.Hour {
			t.Fatalf("%v: changes at %v", at, next)
		}
		if last, _ := r.At(next.Add(-time.Second), c); last.Name != shift.Name {
			t.Fatalf("%v: %s became %s before %v", at, shift.Name, last.Name, next)
		}
		if then, _ := r.At(next, c); then.Name == shift.Name {
			t.Fatalf("%v: still %s at %v", at, shift.Name, next)
		}
		if start := r.Start(at, c); start.After(at) || !r.NextChange(start, c).Equal(next) {
			t.Fatalf("%v: started %v, changes at %v", at, start, next)
		}
	})
}
