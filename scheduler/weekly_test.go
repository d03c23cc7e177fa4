package scheduler_test

import (
	"strings"
	"testing"

	"frontdesk/desk"
)

// weeklies counts, by person, the weekly reports that were said since the last time.
func weeklies(heard []string) map[string]int {
	n := map[string]int{}
	for _, line := range heard {
		if who, what, _ := strings.Cut(line, ": "); strings.HasPrefix(what, "weekly.head") || strings.HasPrefix(what, "weekly.quiet") {
			n[who]++
		}
	}
	return n
}

// The report of a week comes on Monday, to each at their hour, once, however long
// the desk was down; and on no other day.
func TestWeeklyOnceAWeek(t *testing.T) {
	simulates(t)
	for name, downUntil := range map[string]string{"up": "", "down on Monday": "2026-03-09 15:00", "down until Wednesday": "2026-03-11 09:00"} {
		t.Run(name, func(t *testing.T) {
			c := newCampus(t, "2026-03-03 12:00", withKinds(desk.JobKinds...))
			c.step()
			c.open("heat") // on Tuesday, so that the week is not empty
			c.chooses("centre", "09:30")
			c.until("2026-03-08 23:00")
			if n := weeklies(c.heard()); len(n) != 0 {
				t.Errorf("before the week is over: %v", n)
			}
			if downUntil == "" {
				c.until("2026-03-09 08:10")
				if n := weeklies(c.heard()); n["chen"] != 1 || n["property"] != 1 || n["centre"] != 0 {
					t.Errorf("at 8:10: %v", n)
				}
				c.until("2026-03-09 09:30")
				if n := weeklies(c.heard()); n["chen"] != 0 || n["centre"] != 1 {
					t.Errorf("at 9:30: %v", n)
				}
			} else {
				c.now = c.instant(downUntil) // and nothing ran until then
				c.step()
				if n := weeklies(c.heard()); n["chen"] != 1 || n["centre"] != 1 || n["property"] != 1 {
					t.Errorf("after the downtime: %v", n)
				}
			}
			c.until("2026-03-15 23:00")
			if n := weeklies(c.heard()); len(n) != 0 {
				t.Errorf("in the rest of the week: %v", n)
			}
			c.until("2026-03-16 12:00")
			if n := weeklies(c.heard()); n["chen"] != 1 || n["centre"] != 1 || n["zhang"] != 0 || n["wang"] != 0 {
				t.Errorf("a week later: %v", n)
			}
		})
	}
}

// Who wants no digest gets no weekly report, and nobody hears of a week in which
// nothing was before they came.
func TestWeeklyIsNotForEverybody(t *testing.T) {
	c := newCampus(t, "2026-03-03 12:00", withKinds(desk.JobKinds...))
	c.do(func(w desk.World) (desk.Effects, error) {
		zhao := desk.Person{ID: "zhao", Created: c.now, Roles: []desk.Role{{Name: desk.RoleSupervisor}}, Addresses: []desk.Address{{Channel: "telegram", ID: "zhao"}}}
		return desk.Effects{People: []desk.Person{zhao}}, nil
	})
	c.step()
	c.until("2026-03-09 12:00")
	if n := weeklies(c.heard()); n["zhao"] != 1 || n["chen"] != 0 {
		t.Errorf("an empty week: %v", n)
	}
	c.chooses("zhao", desk.DigestOff)
	c.open("heat")
	c.until("2026-03-16 12:00")
	if n := weeklies(c.heard()); n["zhao"] != 0 || n["chen"] != 1 {
		t.Errorf("the digest is off: %v", n)
	}
}
