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

// downtime is three days without a scheduler, after so many tickets were filed.
type downtime struct {
	*campus
	normal, fires int
	first         []string       // what was said in the first second
	told          map[string]int // what was said at all
}

func goDown(t *testing.T, normal, fires int) *downtime {
	t.Helper()
	d := &downtime{campus: newCampus(t, "2026-03-02 09:00", withKinds(desk.JobKinds...)), normal: normal, fires: fires, told: map[string]int{}}
	d.step()
	d.many(normal, "heat")
	// The fires come due last.
	d.now = d.instant("2026-03-02 09:12")
	d.many(fires, "fire")
	d.heard()
	if n := len(d.jobs()); n < 2*(normal+fires) { // each is due to be taken and to be done
		t.Fatalf("only %d jobs", n)
	}
	d.now = d.instant("2026-03-05 09:00")
	d.step()
	d.first = d.listen()
	return d
}

func (d *downtime) listen() []string {
	lines := d.heard()
	for _, line := range lines {
		d.told[line]++
	}
	return lines
}

// said counts for how many tickets something was said.
func (d *downtime) said(what string) (n int) {
	for line := range d.told {
		if strings.HasPrefix(line, what) {
			n++
		}
	}
	return n
}

func (d *downtime) isFire(line string) bool {
	return line[strings.LastIndex(line, "-")+1:] >= strconv.Itoa(1001+d.normal)
}

func TestDowntimeMakesNoStorm(t *testing.T) {
	normal := 2500
	if testing.Short() {
		normal = 250
	}
	d := goDown(t, normal, 10)
	for i, line := range d.first[:d.fires] {
		urgent := strings.HasPrefix(line, "chen: take.manager ") || strings.HasPrefix(line, "guard: take.member ")
		if !urgent || !d.isFire(line) {
			t.Errorf("message %d is %q, not about an emergency", i, line)
		}
	}
	if most := 100; len(d.first) > most {
		t.Errorf("%d messages in the first second", len(d.first))
	}
	most, end := 0, d.instant("2026-03-05 09:14")
	for next := d.step(); !next.IsZero() && next.Before(end); next = d.step() {
		if next.Sub(d.now) < time.Second {
			t.Fatalf("steps %s apart", next.Sub(d.now))
		}
		d.now = next
		most = max(most, len(d.listen()))
	}
	if most > 60 {
		t.Errorf("%d messages in one second", most)
	}
	// A quarter of an hour later all was caught up with: of each ticket nobody was
	// told two things, and nothing climbed.
	about := map[string]int{}
	for line, n := range d.told {
		if strings.Contains(line, "R-") && !d.isFire(line) {
			about[personAndTicket(line)] += n
		}
	}
	for who, n := range about {
		if n > 1 {
			t.Errorf("%s was told %d things", who, n)
		}
	}
	if n := d.said("group: take.group"); n != normal {
		t.Errorf("%d of %d tickets were told about", n, normal)
	}
	if n := d.said("centre: take") + d.said("property: take"); n > d.fires*2 {
		t.Errorf("%d tickets climbed at once", n)
	}
}

// simulates marks a long simulation that one goroutine walks through. The short run,
// which is that with the race detector, has nothing to see there; the ordinary one has it.
func simulates(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("a long simulation in one goroutine: not in the short run")
	}
}

func TestDowntimeLosesNothing(t *testing.T) {
	simulates(t)
	d := goDown(t, 100, 5)
	d.until("2026-03-06 12:00")
	d.listen()
	for _, what := range []string{"chen: take.manager", "centre: take.manager", "property: take.manager", "chen: overdue.manager"} {
		if n := d.said(what); n != d.normal+d.fires {
			t.Errorf("%s was said for %d of %d", what, n, d.normal+d.fires)
		}
	}
	for line, n := range d.told {
		if n > 1 && strings.Contains(line, "R-") {
			t.Errorf("%q was said %d times", line, n)
		}
	}
	if d.log.Len() > 0 {
		t.Errorf("logged: %s", d.log)
	}
}

// personAndTicket leaves out what was said.
func personAndTicket(line string) string {
	return line[:strings.Index(line, ":")] + line[strings.LastIndex(line, " "):]
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
