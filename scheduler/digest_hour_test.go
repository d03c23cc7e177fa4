package scheduler_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"frontdesk/desk"
	"frontdesk/storage"
)

// chooses lets a reader of the digest choose their hour now.
func (c *campus) chooses(who, choice string) bool {
	c.t.Helper()
	allowed := false
	c.do(func(w desk.World) (desk.Effects, error) {
		p, _ := w.Person(who)
		p, allowed = p.ChooseDigest(choice, w.Now())
		return desk.Effects{People: []desk.Person{p}}, nil
	})
	return allowed
}

// got counts the digests that one person got since the last time.
func got(heard []string, who string) int {
	prefix := who + ": digest"
	if who == "group" {
		prefix = "group: "
	}
	return len(slices.DeleteFunc(heard, func(line string) bool { return !strings.HasPrefix(line, prefix) }))
}

func TestDigestAtOnesOwnHour(t *testing.T) {
	type moment struct {
		at, choice string // choice is made just after; "-" is none
		want       int    // digests since the moment before
	}
	for name, day := range map[string][]moment{
		"earlier": {{"2026-03-02 12:00", "07:30", 0}, {"2026-03-03 07:29", "-", 0}, {"2026-03-03 07:30", "-", 1}, {"2026-03-04 07:29", "-", 0}, {"2026-03-04 07:30", "-", 1}},
		"later":   {{"2026-03-02 12:00", "09:30", 0}, {"2026-03-03 09:29", "-", 0}, {"2026-03-03 09:30", "-", 1}, {"2026-03-04 09:00", "-", 0}},
		"put off after it came": {
			{"2026-03-02 12:00", "07:30", 0}, {"2026-03-03 07:40", "09:00", 1}, {"2026-03-04 08:59", "-", 0}, {"2026-03-04 09:00", "-", 1},
		},
		"back to the usual hour, which has passed": {
			{"2026-03-02 12:00", "09:30", 0}, {"2026-03-03 08:20", "", 0}, {"2026-03-03 08:30", "-", 1}, {"2026-03-04 08:09", "-", 0}, {"2026-03-04 08:10", "-", 1},
		},
		"brought forward past the hour": {
			{"2026-03-02 12:00", "10:00", 0}, {"2026-03-03 08:20", "07:00", 0}, {"2026-03-03 08:30", "-", 1}, {"2026-03-04 06:59", "-", 0}, {"2026-03-04 07:00", "-", 1},
		},
		"put off just before": {
			{"2026-03-02 12:00", "-", 0}, {"2026-03-03 08:09", "10:00", 0}, {"2026-03-03 09:59", "-", 0}, {"2026-03-03 10:00", "-", 1},
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCampus(t, "2026-03-02 12:00", withKinds(desk.JobKinds...))
			c.step()
			for _, m := range day {
				c.until(m.at)
				if n := got(c.heard(), "centre"); n != m.want {
					t.Errorf("%s: %d digests, want %d", m.at, n, m.want)
				}
				if m.choice != "-" {
					c.chooses("centre", m.choice)
				}
			}
		})
	}
}

// Whatever a reader chooses whenever, and however the desk is down in between:
// one digest for each day, never two and never none.
func TestDigestHourNeverDoublesOrDropsADay(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		c := newCampus(t, "2026-03-02 12:00", withKinds(slices.DeleteFunc(slices.Clone(desk.JobKinds), func(k desk.JobKind) bool {
			return !strings.HasPrefix(k.Name, "digest")
		})...))
		c.step()
		choices := []string{""}
		for _, at := range desk.DigestHours() {
			choices = append(choices, at.String())
		}
		for day := range 3 {
			noon := c.instant("2026-03-03 12:00").AddDate(0, 0, day)
			for range rapid.IntRange(0, 3).Draw(r, "changes") {
				c.now = c.now.Add(time.Duration(rapid.IntRange(1, 30).Draw(r, "minutes")) * time.Minute)
				if next := noon.Add(-time.Duration(rapid.IntRange(60, 360).Draw(r, "before noon")) * time.Minute); next.After(c.now) {
					if rapid.Bool().Draw(r, "down") {
						c.now = next // and nothing runs until then
					} else {
						c.untilInstant(next)
					}
				}
				c.chooses("centre", rapid.SampledFrom(choices).Draw(r, "choice"))
			}
			c.untilInstant(noon)
			if n := got(c.heard(), "centre"); n != 1 {
				r.Fatalf("%d digests on day %d", n, day)
			}
		}
	})
}

func TestDigestOff(t *testing.T) {
	c := newCampus(t, "2026-03-02 12:00", withKinds(desk.JobKinds...))
	c.do(func(desk.World) (desk.Effects, error) {
		return desk.Effects{People: []desk.Person{{
			ID: "zhao", Roles: []desk.Role{{Name: desk.RoleSupervisor}}, Addresses: []desk.Address{{Channel: "telegram", ID: "zhao"}},
		}}}, nil
	})
	c.step()
	c.until("2026-03-03 12:00")
	heard := c.heard()
	if got(slices.Clone(heard), "zhao") != 1 {
		t.Fatalf("a supervisor got %q", heard)
	}
	if c.chooses("centre", desk.DigestOff) {
		t.Error("the centre manager answers for it and may not do without")
	}
	if !c.chooses("zhao", desk.DigestOff) {
		t.Error("a supervisor may do without")
	}
	c.until("2026-03-05 12:00")
	heard = c.heard()
	if n, m := got(slices.Clone(heard), "zhao"), got(heard, "centre"); n != 0 || m != 2 {
		t.Errorf("%d digests for whoever wants none, %d for the manager", n, m)
	}
	// Whoever becomes a manager is sent it again.
	c.do(func(w desk.World) (desk.Effects, error) {
		p, _ := w.Person("zhao")
		p.Roles = append(p.Roles, desk.Role{Name: desk.RoleCentreManager})
		return desk.Effects{People: []desk.Person{p}}, nil
	})
	c.until("2026-03-06 12:00")
	if n := got(c.heard(), "zhao"); n != 1 {
		t.Errorf("%d digests for a manager", n)
	}
}

// What was counted stays, whatever happens afterwards, and all read the same.
func TestDigestIsCountedOnce(t *testing.T) {
	c := newCampus(t, "2026-03-02 09:00", withKinds(desk.JobKinds...))
	late := c.open("heat")
	c.act(late, "wang", desk.Take)
	c.until("2026-03-04 07:00")
	done := c.open("heat")
	c.act(done, "wang", desk.Take)
	c.act(done, "wang", desk.Finish)
	c.until("2026-03-04 08:10")
	counted := func() (day desk.Counts) {
		c.view(func(_ *storage.Tx, r desk.Reader) { day, _ = r.Counted(c.instant("2026-03-04 08:00")) })
		return day
	}
	before := counted()
	if before.Unrated != 1 || before.Overdue != 1 || before.Open != 1 || !slices.Equal(before.Lists[desk.ListOverdue], []string{late}) || before.Longest != late {
		t.Fatalf("counted %+v", before)
	}
	// Before the others read it one is finished, and the other rated.
	c.act(late, "wang", desk.Finish)
	c.act(done, "zhang", desk.Rate, "rating", "good")
	c.chooses("property", "09:30")
	c.until("2026-03-04 09:30")
	var text desk.Text
	var chart *desk.Chart
	c.view(func(_ *storage.Tx, r desk.Reader) {
		p, _ := r.Person("property")
		text, _, chart, _ = desk.DigestNow(r, p)
	})
	if n := text.Lines[1].Args["overdue"]; n != 1 {
		t.Errorf("the later reader is told of %v overdue", n)
	}
	rates := text.Lines[3].Args["rates"].([]desk.Text)
	if last := rates[len(rates)-1]; last.Key != "digest.unrated" {
		t.Errorf("the later reader is told %q, the first was told that it is unrated", last.Key)
	}
	// The chart shows the days as they were told: two so far.
	if chart == nil || len(chart.Labels) != 2 || chart.Labels[1].Args["day"] != before.From {
		t.Fatalf("the chart is %+v", chart)
	}
	for i, want := range [][]int{{1, 1}, {0, 1}, {1, 1}, {0, 1}} { // new, done, open, overdue
		if got := chart.Series[i].Values; !slices.Equal(got, want) {
			t.Errorf("%s is %v, want %v", chart.Series[i].Name.Key, got, want)
		}
	}
	if after := counted(); after.Overdue != before.Overdue || len(after.Lists[desk.ListOpen]) != 1 {
		t.Errorf("counted again as %+v", after)
	}
}
