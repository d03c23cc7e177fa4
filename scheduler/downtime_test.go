package scheduler_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// many files tickets beside each other, faster than by hand.
func (c *campus) many(n int, category string) {
	c.t.Helper()
	for n > 0 {
		part := min(n, 200)
		n -= part
		c.do(func(w desk.World) (desk.Effects, error) {
			var all desk.Effects
			for range part {
				e, _ := desk.Open(w, desk.Draft{Kind: desk.KindRepair, Category: category, Place: "3-502", Requester: "zhang"})
				all.Add(e)
			}
			return all, nil
		})
	}
}

func TestDowntimeOf72Hours(t *testing.T) {
	c := newCampus(t, "2026-03-02 09:00", withKinds(desk.JobKinds...))
	c.step()
	const normal, fires = 2500, 10 // each is due to be taken and to be done
	c.many(normal, "heat")
	// The fires come due last.
	c.now = c.instant("2026-03-02 09:12")
	c.many(fires, "fire")
	c.heard()
	if n := len(c.jobs()); n < 5000 {
		t.Fatalf("only %d jobs", n)
	}

	c.now = c.instant("2026-03-05 09:00")
	c.step()
	first := c.heard()
	for i, line := range first[:fires] {
		if !strings.HasPrefix(line, "chen: take.manager ") || !isFire(line, normal) {
			t.Errorf("message %d is %q, not about an emergency", i, line)
		}
	}
	if most := 100; len(first) > most {
		t.Errorf("%d messages in the first second", len(first))
	}

	// A quarter of an hour later everything was caught up with: each ticket was
	// told about once to each person, and nothing climbed.
	told, about := map[string]int{}, map[string]int{}
	for _, line := range first {
		about[personAndTicket(line)]++
	}
	perSecond, most := 0, 0
	end := c.instant("2026-03-05 09:14")
	for next := c.step(); !next.IsZero() && next.Before(end); next = c.step() {
		if next.Sub(c.now) < time.Second {
			t.Fatalf("steps %s apart", next.Sub(c.now))
		}
		c.now = next
		perSecond = 0
		for _, line := range c.heard() {
			perSecond++
			told[line]++
			about[personAndTicket(line)]++
		}
		most = max(most, perSecond)
	}
	if most > 60 {
		t.Errorf("%d messages in one second", most)
	}
	for who, n := range about {
		if n > 1 && !isFire(who, normal) && strings.Contains(who, "R-") {
			t.Errorf("%s was told %d things", who, n)
		}
	}
	groups := 0
	for line, n := range told {
		if n > 1 && !strings.Contains(line, "digest") {
			t.Errorf("%q was said %d times", line, n)
		}
		if strings.HasPrefix(line, "group: take.group") {
			groups++
		}
		if strings.HasPrefix(line, "centre: take") && !isFire(line, normal) || strings.HasPrefix(line, "property: take") && !isFire(line, normal) {
			t.Errorf("%q too soon", line)
		}
	}
	for _, line := range first {
		if strings.HasPrefix(line, "group: take.group") {
			groups++
		}
	}
	if groups != normal {
		t.Errorf("%d of %d tickets were told about", groups, normal)
	}

	// In the end nothing is lost: every level, and what was overdue.
	c.until("2026-03-06 12:00")
	for _, line := range c.heard() {
		told[line]++
	}
	for _, key := range []string{"centre: take.manager", "property: take.manager", "chen: overdue.manager"} {
		n := 0
		for line := range told {
			if strings.HasPrefix(line, key) {
				n++
			}
		}
		for _, line := range first {
			if strings.HasPrefix(line, key) {
				n++
			}
		}
		if n != normal+fires {
			t.Errorf("%s was said for %d of %d", key, n, normal+fires)
		}
	}
	if log := c.log.String(); log != "" {
		t.Errorf("logged: %s", log)
	}
}

// personAndTicket leaves out what was said.
func personAndTicket(line string) string {
	return line[:strings.Index(line, ":")] + line[strings.LastIndex(line, " "):]
}

func number(i int) string {
	return strconv.Itoa(1001 + i)
}

func isFire(line string, normal int) bool {
	return line[strings.LastIndex(line, "-")+1:] >= number(normal)
}

// The levels of a ticket keep their distance after a late one, in hours in which
// somebody hears them.
func TestLateEscalation(t *testing.T) {
	c := newCampus(t, "2026-03-02 16:50")
	c.open("heat")
	c.heard()
	c.now = c.instant("2026-03-03 03:00") // Down from before the first level.
	c.step()
	c.want()
	c.at("2026-03-03 08:00", "group: take.group R-1001", "chen: take.manager R-1001")
	// What the ticket does meanwhile does not call the next level early.
	c.until("2026-03-03 08:05")
	c.act(c.only(), "zhang", desk.Chase)
	c.heard()
	c.at("2026-03-03 08:14")
	c.at("2026-03-03 08:15", "centre: take.manager R-1001")
	c.at("2026-03-03 08:30", "property: take.manager R-1001")
}

func (c *campus) only() (id string) {
	c.view(func(_ *storage.Tx, r desk.Reader) { id = r.Open("")[0].ID })
	return id
}

func TestLateArrivalCheck(t *testing.T) {
	c := newCampus(t, "2026-03-02 10:20")
	id := c.open("fire")
	c.act(id, "guard", desk.Take)
	c.heard()
	c.now = c.instant("2026-03-02 12:00")
	c.step()
	c.want("guard: arrive.ask R-1001")
	c.at("2026-03-02 12:14")
	c.at("2026-03-02 12:15", "limin: arrive.late R-1001")
}

func TestLateCallbackWaitsForTheMorning(t *testing.T) {
	c := newCampus(t, "2026-03-02 10:20")
	id := c.open("heat")
	c.act(id, "wang", desk.Take)
	c.act(id, "wang", desk.Finish)
	c.heard()
	c.now = c.instant("2026-03-03 23:30")
	c.step()
	c.want()
	c.at("2026-03-04 08:59")
	c.at("2026-03-04 09:00", "zhang: callback.ask R-1001")
	c.at("2026-03-05 09:00", "zhang: callback.remind R-1001")
}

func TestClockJumps(t *testing.T) {
	for _, jump := range []time.Duration{time.Hour, -time.Hour, 72 * time.Hour, -72 * time.Hour} {
		t.Run(jump.String(), func(t *testing.T) {
			c := newCampus(t, "2026-03-02 10:20", withKinds(desk.JobKinds...))
			c.open("heat")
			c.open("fire")
			told := map[string]int{}
			listen := func() {
				for _, line := range c.heard() {
					told[strings.Replace(line, "digest.quiet", "digest.head", 1)]++
				}
			}
			c.until("2026-03-02 10:36")
			listen()
			c.now = c.now.Add(jump)
			c.step()
			listen()
			c.untilInstant(c.now.Add(2 * time.Hour))
			listen()
			c.now = c.now.Add(-jump) // Somebody puts it right.
			c.step()
			listen()
			c.untilInstant(c.now.Add(8 * 24 * time.Hour))
			listen()
			for _, r := range []string{"R-1001", "R-1002"} {
				for _, line := range []string{"chen: take.manager ", "centre: take.manager ", "property: take.manager ", "chen: overdue.manager ", "limin: overdue.manager "} {
					if n := told[line+r]; n != 1 {
						t.Errorf("%q was said %d times", line+r, n)
					}
				}
			}
			// Every morning has a digest, and none has two.
			if n := told["chen: digest.head"]; n < 7 || n > 9 {
				t.Errorf("%d digests", n)
			}
			seen := map[string]bool{}
			c.view(func(tx *storage.Tx, _ desk.Reader) {
				if err := storage.Seen.Scan(tx, storage.Range{Prefix: "message/digest/"}, func(r storage.SeenRow) error {
					if strings.HasSuffix(r.Key, "/chen") {
						seen[r.Key] = true
					}
					return nil
				}); err != nil {
					t.Fatal(err)
				}
			})
			if len(seen) != told["chen: digest.head"] {
				t.Errorf("%d digests of %d days", told["chen: digest.head"], len(seen))
			}
		})
	}
}
