package scheduler_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"frontdesk/desk"
)

// The model of jobs: what is set fires once, when its time has come and not
// before; what is cancelled or set anew does not fire as it was; a restart
// changes nothing.
func TestJobsModel(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		fired := map[string][]string{} // by key: the stamps that fired
		expected := map[string][]string{}
		waiting := map[string]desk.Job{}
		note := desk.JobKind{Name: "note", Run: func(_ desk.Reader, j desk.Job) (desk.Effects, error) {
			return desk.Effects{Notes: []desk.Note{{ID: j.Subject, Kind: j.Key}}}, nil
		}}
		c := newCampus(t, "2026-03-02 10:00", withKinds(note))
		collect := func() {
			fired = c.notes()
			for key, job := range waiting {
				if !job.Due.After(c.now) {
					expected[key] = append(expected[key], job.Subject)
					delete(waiting, key)
				}
			}
			if len(fired) != len(expected) {
				r.Fatalf("fired %v, want %v", fired, expected)
			}
			for key := range expected {
				if !slices.Equal(slices.Sorted(slices.Values(fired[key])), slices.Sorted(slices.Values(expected[key]))) {
					r.Fatalf("%s fired %v, want %v", key, fired[key], expected[key])
				}
			}
		}
		// let lets time pass; what came due late may be spread over some seconds.
		let := func(d time.Duration) {
			c.untilInstant(c.now.Add(d))
			collect()
		}
		stamp := 0
		r.Repeat(map[string]func(*rapid.T){
			"set": func(r *rapid.T) {
				stamp++
				job := desk.Job{
					Key: "note/" + rapid.StringMatching("[a-e]").Draw(r, "key"), Kind: "note", Subject: fmt.Sprint(stamp),
					Due: c.now.Add(time.Duration(rapid.IntRange(-10, 600).Draw(r, "in")) * time.Second).UTC(),
				}
				if old, ok := waiting[job.Key]; ok && old.Due.Equal(job.Due) {
					r.Skip("the same time keeps the row")
				}
				c.do(func(desk.World) (desk.Effects, error) { return desk.Effects{Jobs: []desk.Job{job}}, nil })
				waiting[job.Key] = job
			},
			"cancel": func(r *rapid.T) {
				if len(waiting) == 0 {
					r.Skip("nothing waits")
				}
				key := rapid.SampledFrom(slices.Sorted(maps.Keys(waiting))).Draw(r, "key")
				c.do(func(desk.World) (desk.Effects, error) { return desk.Effects{Cancel: []string{key}}, nil })
				delete(waiting, key)
			},
			"advance": func(r *rapid.T) { let(time.Duration(rapid.IntRange(0, 900).Draw(r, "seconds")) * time.Second) },
			"back": func(r *rapid.T) {
				c.now = c.now.Add(-time.Duration(rapid.IntRange(1, 4000).Draw(r, "seconds")) * time.Second)
				c.step()
				collect()
			},
			"down": func(r *rapid.T) {
				c.now = c.now.Add(time.Duration(rapid.IntRange(1, 72).Draw(r, "hours")) * time.Hour)
				c.s = c.scheduler([]desk.JobKind{note}, nil)
				c.step()
				collect()
			},
		})
		let(time.Hour)
	})
}

// The model of a ticket's timers: whatever people do and however the clock
// jumps, each reminder is said at most once, and in the end nothing is owed.
func TestTimersModel(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		// With the lists alone, so that weeks pass quickly.
		kinds := slices.DeleteFunc(slices.Clone(desk.JobKinds), func(k desk.JobKind) bool { return k.Name != "lists" })
		c := newCampus(t, "2026-03-02 10:00", withKinds(kinds...))
		ids := []string{c.open("heat"), c.open("fire"), c.open("leak")}
		told := map[string]int{}
		taken := map[string]int{}
		r.Repeat(map[string]func(*rapid.T){
			"press": func(r *rapid.T) {
				id := rapid.SampledFrom(ids).Draw(r, "ticket")
				who := map[string]string{"engineering": "wang", "security": "guard"}[c.ticket(id).Department]
				action := rapid.SampledFrom([]desk.Action{desk.Take, desk.Arrive, desk.Finish, desk.GiveBack, desk.NoAccess, desk.Resume, desk.PauseWork}).Draw(r, "action")
				p := people[who]
				if !desk.MayAct(c.ticket(id), action, p) {
					r.Skip("not now")
				}
				if action == desk.GiveBack {
					taken[id]++
				}
				c.act(id, who, action, "reason", "parts", "limit", "3wd")
			},
			"advance": func(r *rapid.T) {
				c.untilInstant(c.now.Add(time.Duration(rapid.IntRange(1, 300).Draw(r, "minutes")) * time.Minute))
			},
			"jump": func(r *rapid.T) {
				c.now = c.now.Add(time.Duration(rapid.IntRange(-5, 30).Draw(r, "hours")) * time.Hour)
				c.step()
			},
			"": func(r *rapid.T) {
				for _, line := range c.heard() {
					told[line]++
				}
				for i, id := range ids {
					for _, key := range []string{"property: take.manager", "chen: overdue.manager", "limin: overdue.manager"} {
						if n := told[fmt.Sprintf("%s R-%d", key, 1001+i)]; n > 1+taken[id] {
							r.Fatalf("%s: said %d times", key, n)
						}
					}
				}
			},
		})
		// Time without faults: whatever is owed is said, and nothing is left due.
		c.untilInstant(c.now.Add(40 * 24 * time.Hour))
		for _, j := range c.jobs() {
			if j.Due.Before(c.now) {
				r.Fatalf("still due: %+v", j)
			}
			if _, ok := desk.TimerOf(j.Kind); ok {
				r.Fatalf("a timer is left after forty days: %+v", j)
			}
		}
		if c.log.Len() > 0 {
			r.Fatalf("logged: %s", c.log)
		}
	})
}
