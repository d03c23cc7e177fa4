package scheduler_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"frontdesk/desk"
	"frontdesk/storage"
)

func TestNightList(t *testing.T) {
	engines(t, func(t *testing.T, engine option) {
		c := newCampus(t, "2026-03-02 22:00", engine, withKinds(desk.JobKinds...))
		c.step()
		first := c.open("heat")
		c.open("heat")
		// At night nothing reaches the group.
		c.want("zhang: [requester 1]", "zhang: [requester 1]")
		c.at("2026-03-03 08:04")
		c.at("2026-03-03 08:05", "group: [list 2]")
		if got := c.ticket(first); !got.Announced.Equal(c.now) {
			t.Errorf("announced at %s", got.Announced)
		}
		c.at("2026-03-03 08:10", "chen: digest.head", "centre: digest.head", "property: digest.head")
		c.at("2026-03-03 08:15", "chen: take.manager_list", "group: take.group_list") // One of the list, not one a ticket.
	})
}

// A group gets its list every morning on which it works, once: nothing to report
// is one line.
func TestNightListWithoutNewTickets(t *testing.T) {
	c := newCampus(t, "2026-03-06 12:00", withKinds(desk.JobKinds...)) // Friday
	c.until("2026-03-09 08:04")
	if n := got(c.heard(), "group"); n != 0 {
		t.Errorf("%d posts on a weekend", n)
	}
	c.at("2026-03-09 08:05", "group: [list 0]")
	c.at("2026-03-09 08:10", "chen: digest.quiet", "centre: digest.quiet", "property: digest.quiet")
	c.at("2026-03-10 08:04")
	c.at("2026-03-10 08:05", "group: [list 0]")
}

// morning is the newest list of the group.
func (c *campus) morning() (found desk.Post) {
	c.t.Helper()
	c.view(func(tx *storage.Tx, _ desk.Reader) {
		err := storage.Posts.Scan(tx, storage.Range{}, func(p desk.Post) error {
			if p.Kind == desk.PostList && !p.Created.Before(found.Created) {
				found = p
			}
			return nil
		})
		if err != nil {
			c.t.Fatal(err)
		}
	})
	return found
}

func TestMorningOfADepartment(t *testing.T) {
	c := newCampus(t, "2026-03-02 07:00", withKinds(desk.JobKinds...))
	late, today, paused, done := c.open("heat"), c.open("heat"), c.open("heat"), c.open("heat")
	c.until("2026-03-02 09:30")
	for _, id := range []string{late, today, paused, done} {
		c.act(id, "wang", desk.Take)
	}
	c.act(paused, "wang", desk.PauseWork, "reason", "parts", "limit", "3wd")
	c.act(done, "wang", desk.Finish)
	// Reported at 9:40, to be done by then the next day.
	c.until("2026-03-02 09:40")
	due := c.open("heat")
	c.act(due, "wang", desk.Take)
	c.until("2026-03-02 22:00")
	fresh := c.open("heat")
	c.until("2026-03-03 08:05")
	p := c.morning()
	if diff := cmp.Diff([]string{fresh}, p.Tickets); diff != "" {
		t.Error("new:", diff)
	}
	slices.Sort(p.Morning.Overdue) // both since 7:00
	want := &desk.Morning{
		At: p.Morning.At, Overdue: slices.Sorted(slices.Values([]string{late, today})), Due: []string{due}, Open: p.Morning.Open,
	}
	if diff := cmp.Diff(want, p.Morning); diff != "" || !p.Morning.At.Equal(c.now) {
		t.Error(diff)
	}
	all := slices.Sorted(slices.Values(p.Morning.Open))
	if open := slices.Sorted(slices.Values([]string{late, today, paused, due, fresh})); !slices.Equal(all, open) {
		t.Errorf("%q are open, want %q", all, open)
	}
}

func TestNightListWaitsForTheWeekend(t *testing.T) {
	c := newCampus(t, "2026-03-06 22:00", withKinds(desk.JobKinds...)) // Friday
	c.open("heat")
	c.heard()
	c.until("2026-03-08 23:00")
	if got := c.heard(); slices.Contains(got, "group: [list 1]") {
		t.Errorf("a closed department was told: %q", got)
	}
	c.at("2026-03-09 08:05", "group: [list 1]")
}

func TestNightListIsDivided(t *testing.T) {
	c := newCampus(t, "2026-03-02 22:00", withKinds(desk.JobKinds...))
	for range 45 {
		c.open("heat")
	}
	c.heard()
	c.at("2026-03-03 08:05", "group: [list 20]", "group: [list 20]", "group: [list 5]")
}

func TestNightListWithoutGroup(t *testing.T) {
	c := newCampus(t, "2026-03-02 22:00", withKinds(desk.JobKinds...))
	c.do(func(desk.World) (desk.Effects, error) {
		return desk.Effects{Unbound: []string{"telegram:group"}}, nil
	})
	c.open("heat")
	c.heard()
	c.at("2026-03-03 08:05", "wang: [list 1]", "chen: lists.private")
}

// What is filed in a rest at midday would wait until the next morning's list.
func TestMiddayRest(t *testing.T) {
	c := newCampus(t, "2026-03-02 12:15", withKinds(desk.JobKinds...))
	c.site.Departments[0].Hours.Midday = true
	c.site.Calendar.Midday = desk.Span{From: 12 * 60, To: 13*60 + 30}
	c.open("heat")
	c.want("zhang: [requester 1]")
	c.at("2026-03-02 13:39")
	c.at("2026-03-02 13:40", "group: [list 1]")
	c.at("2026-03-02 13:45", "chen: take.manager R-1001", "group: take.group R-1001")
}

// digests counts the digests that the duty manager gets in a time.
func (c *campus) digests() int {
	return len(slices.DeleteFunc(c.heard(), func(line string) bool { return !strings.HasPrefix(line, "chen: digest") }))
}

func TestDigestOnceADay(t *testing.T) {
	for _, change := range []struct{ zone, from string }{
		{"Europe/Berlin", "2026-03-27 12:00"}, {"Europe/Berlin", "2026-10-23 12:00"},
		{"America/Santiago", "2026-04-03 12:00"}, {"America/Santiago", "2026-09-04 12:00"},
		{"Australia/Lord_Howe", "2026-04-03 12:00"}, {"Australia/Lord_Howe", "2026-10-02 12:00"},
	} {
		for _, schedule := range []string{"10 8 * * *", "30 2 * * *", "0 0 * * *", "15 1 * * *"} {
			t.Run(fmt.Sprint(change, schedule), func(t *testing.T) {
				t.Parallel()
				c := newCampus(t, change.from, inZone(change.zone), withKinds(desk.JobKinds...))
				c.site.Schedules.Digest = schedule
				for range 4 {
					start := c.now
					c.untilInstant(desk.ClockTime(12*60).On(desk.DateOf(start, c.site.Zone).AddDays(1), c.site.Zone))
					if n := c.digests(); n != 1 {
						t.Errorf("%d digests between %s and %s", n, start, c.now)
					}
				}
			})
		}
	}
}

func TestDigestAfterDowntime(t *testing.T) {
	for _, c := range []struct {
		up   string
		want int
	}{
		{"2026-03-05 03:00", 1}, // one for the last morning, silently, and today's at its time
		{"2026-03-05 11:00", 1},
	} {
		t.Run(c.up, func(t *testing.T) {
			d := newCampus(t, "2026-03-02 12:00", withKinds(desk.JobKinds...))
			d.step()
			d.now = d.instant(c.up) // Down for days.
			d.step()
			if n := d.digests(); n != c.want {
				t.Errorf("%d digests at once", n)
			}
			d.until("2026-03-06 08:09")
			want := 0
			if c.up == "2026-03-05 03:00" {
				want = 1
			}
			if n := d.digests(); n != want {
				t.Errorf("%d digests until the next morning, want %d", n, want)
			}
			d.until("2026-03-06 08:10")
			if n := d.digests(); n != 1 {
				t.Errorf("%d digests the next morning", n)
			}
		})
	}
}

func TestChangedSchedule(t *testing.T) {
	c := newCampus(t, "2026-03-02 08:00", withKinds(desk.JobKinds...))
	c.until("2026-03-02 08:30")
	if n := c.digests(); n != 1 {
		t.Fatalf("%d digests", n)
	}
	// It has run today, and so the new hour begins tomorrow.
	c.site.Schedules.Digest = "0 9 * * *"
	c.until("2026-03-03 08:59")
	if n := c.digests(); n != 0 {
		t.Errorf("%d digests before the new hour", n)
	}
	c.until("2026-03-03 09:00")
	if n := c.digests(); n != 1 {
		t.Errorf("%d digests at the new hour", n)
	}
	c.site.Schedules.Digest = ""
	c.until("2026-03-05 09:00")
	if n := c.digests(); n != 0 {
		t.Errorf("%d digests without a schedule", n)
	}
}

func TestCounts(t *testing.T) {
	c := newCampus(t, "2026-03-02 09:00")
	good, broken, paused := c.open("heat"), c.open("heat"), c.open("heat")
	for _, id := range []string{good, broken, paused} {
		c.act(id, "wang", desk.Take)
	}
	c.act(paused, "wang", desk.PauseWork, "reason", "parts", "limit", "3wd")
	c.act(good, "wang", desk.Finish)
	c.act(broken, "wang", desk.Finish)
	c.until("2026-03-02 10:00")
	c.act(good, "zhang", desk.Rate, "rating", "good")
	c.act(broken, "zhang", desk.NotFixed)
	undone := c.open("heat")
	c.act(undone, "wang", desk.Take)
	c.act(undone, "wang", desk.Finish)
	c.act(undone, "wang", desk.Undo)
	c.until("2026-03-02 23:00")
	fire := c.open("fire")
	c.now = c.now.Add(2 * time.Minute)
	c.act(fire, "guard", desk.Take)
	c.until("2026-03-03 11:00")

	from, to := c.instant("2026-03-02 11:00"), c.instant("2026-03-03 11:00")
	day := c.instant("2026-03-02 08:00")
	compare := func(what string, from, to time.Time, want desk.Counts) {
		t.Helper()
		var got desk.Counts
		c.view(func(_ *storage.Tx, r desk.Reader) { got = desk.Digest(r, from, to) })
		got.From, got.To = time.Time{}, time.Time{}
		if n := len(got.Lists[desk.ListOpen]); n != got.Open {
			t.Errorf("%s: %d listed as open, %d counted", what, n, got.Open)
		}
		got.Lists = nil
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	compare("the first day", day, c.instant("2026-03-03 08:00"), desk.Counts{
		New: 6, Done: 2, Open: 4, Asked: 2, Answered: 2, Rework: 1, Rated: 2, Good: 1, InTime: 1, Late: 1, Night: 1, NightTaken: 1,
		NightWait: 2 * time.Minute,
	})
	// The clock of work that was denied runs on from when it was due at first. The end of the day is told by the history, whatever happened since.
	c.act(undone, "wang", desk.Finish)
	compare("later", from, to, desk.Counts{
		New: 1, Open: 4, Overdue: 2, Longest: c.ticket(broken).Rework, Over: 2 * time.Hour, Night: 1, NightTaken: 1, NightWait: 2 * time.Minute,
	})
}

func TestDigestPeriod(t *testing.T) {
	c := newCampus(t, "2026-03-02 09:00", inZone("Europe/Berlin"))
	for at, want := range map[string]string{
		"2026-03-02 08:10": "2026-03-01 08:00 2026-03-02 08:00",
		"2026-03-02 07:59": "2026-02-28 08:00 2026-03-01 08:00",
		"2026-03-29 08:10": "2026-03-28 08:00 2026-03-29 08:00", // 23 hours
	} {
		from, to := desk.DigestPeriod(c.site, c.instant(at))
		const layout = "2006-01-02 15:04"
		if got := from.In(c.site.Zone).Format(layout) + " " + to.In(c.site.Zone).Format(layout); got != want {
			t.Errorf("at %s: %s, want %s", at, got, want)
		}
	}
}
