package scheduler_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"frontdesk/desk"
	"frontdesk/scheduler"
	"frontdesk/storage"
)

// set sets a job that is due now.
func (c *campus) set(key, kind string) {
	c.do(func(w desk.World) (desk.Effects, error) {
		return desk.Effects{Jobs: []desk.Job{{Key: key, Kind: kind, Due: w.Now()}}}, nil
	})
}

func TestFailingJobStopsNoOther(t *testing.T) {
	for _, gather := range []bool{false, true} {
		runs, others := 0, 0
		var times []time.Time
		var c *campus
		broken := desk.JobKind{Name: "broken", Gather: gather, Run: func(desk.Reader, desk.Job) (desk.Effects, error) {
			if len(times) == 0 || !times[len(times)-1].Equal(c.now) {
				times = append(times, c.now) // The memory engine runs a closure twice.
				runs++
			}
			if runs%2 == 0 {
				panic("no such thing")
			}
			return desk.Effects{}, errors.New("does not work")
		}}
		fine := desk.JobKind{Name: "fine", Gather: true, Run: func(desk.Reader, desk.Job) (desk.Effects, error) {
			others++
			return desk.Effects{}, nil
		}}
		c = newCampus(t, "2026-03-02 10:00", withKinds(broken, fine))
		c.set("broken/1", "broken")
		c.set("fine/1", "fine")
		c.set("other/1", "of a later version")
		c.step()
		if others != 1 || runs != 1 {
			t.Fatalf("%d and %d runs", runs, others)
		}
		c.until("2026-03-02 14:00")
		want := []int{0, 1, 3, 7, 15, 31, 63, 123, 183}
		for i, minute := range want {
			if i >= len(times) || !times[i].Equal(c.instant("2026-03-02 10:00").Add(time.Duration(minute)*time.Minute)) {
				t.Fatalf("tried at %v, want after %v minutes", times, want)
			}
		}
		if n := c.log.count("level=ERROR"); n != 2 { // the broken and the unknown one
			t.Errorf("%d errors logged:\n%s", n, c.log)
		}
		for _, j := range c.jobs() {
			if j.Key == "broken/1" && (j.Attempt != len(times) || j.Last == "") {
				t.Errorf("row %+v", j)
			}
		}
		if n := len(c.jobs()); n != 2 {
			t.Errorf("%d jobs left", n)
		}
	}
}

func TestFailingTimer(t *testing.T) {
	c := newCampus(t, "2026-03-02 10:20")
	c.open("heat")
	id := c.open("heat")
	c.heard()
	c.now = c.instant("2026-03-02 10:35")
	// One ticket's record is damaged: its timer fails, the other's does not.
	if err := c.store.Update(context.Background(), func(tx *storage.Tx) error {
		return tx.Put("tickets/"+id, []byte(`{"id": 1}`))
	}); err != nil {
		t.Fatal(err)
	}
	c.step()
	c.want("group: take.group R-1001", "chen: take.manager R-1001")
}

func TestGatherNeverOverwrites(t *testing.T) {
	gathered := 0
	var c *campus
	var id string
	slow := desk.JobKind{Name: "slow", Gather: true, Run: func(r desk.Reader, _ desk.Job) (desk.Effects, error) {
		ticket, _ := r.Ticket(id)
		if gathered++; gathered == 1 {
			c.act(id, "wang", desk.Take) // Somebody is faster.
			ticket, _ = r.Ticket(id)     // The view still shows the old one.
		}
		if ticket.State != desk.StateNew {
			return desk.Effects{}, nil
		}
		return desk.Act(r, ticket, desk.Announced, desk.Actor{}, desk.Args{})
	}}
	c = newCampus(t, "2026-03-02 22:00", withKinds(slow))
	id = c.open("heat")
	c.set("slow/1", "slow")
	c.step()
	if got := c.ticket(id); gathered != 2 || got.State != desk.StateTaken {
		t.Errorf("gathered %d times, ticket is %s", gathered, got.State)
	}
	if n := len(c.jobs()); n == 0 || c.log.Len() > 0 {
		t.Errorf("%d jobs, log %s", n, c.log)
	}
}

func TestTasks(t *testing.T) {
	var c *campus
	type run struct {
		at  time.Time
		due string
	}
	var runs []run
	fails := 2
	backup := scheduler.Task{
		Name: "backup", Cron: func(*desk.Site) string { return "30 3 * * *" },
		Run: func(_ context.Context, j desk.Job) error {
			runs = append(runs, run{c.now, j.Due.In(c.site.Zone).Format("02 15:04")})
			if fails--; fails >= 0 {
				panic("disk")
			}
			return nil
		},
	}
	fetched := 0
	fetch := scheduler.Task{Name: "fetch", Run: func(context.Context, desk.Job) error { fetched++; return nil }}
	c = newCampus(t, "2026-03-02 12:00", withTasks(backup, fetch))
	c.set("fetch/photo", "fetch")
	c.until("2026-03-05 03:31")
	var at []string
	for _, r := range runs {
		at = append(at, r.at.In(c.site.Zone).Format("02 15:04")+"/"+r.due)
	}
	want := []string{"03 03:30/03 03:30", "03 03:31/03 03:30", "03 03:33/03 03:30", "04 03:30/04 03:30", "05 03:30/05 03:30"}
	if len(at) != len(want) {
		t.Fatalf("ran at %q, want %q", at, want)
	}
	for i := range want {
		if at[i] != want[i] {
			t.Errorf("ran at %q, want %q", at, want)
		}
	}
	if fetched != 1 {
		t.Errorf("fetched %d times", fetched)
	}
}

// A recurring job runs once for a local date, whatever happens to its schedule
// and to the clock.
func TestOncePerDate(t *testing.T) {
	runs := 0
	spec := "10 8 * * *"
	task := scheduler.Task{
		Name: "backup", Cron: func(*desk.Site) string { return spec },
		Run: func(context.Context, desk.Job) error { runs++; return nil },
	}
	c := newCampus(t, "2026-03-02 08:00", withTasks(task))
	want := func(at string, total int) {
		t.Helper()
		if runs != total {
			t.Errorf("at %s: %d runs, want %d", at, runs, total)
		}
	}
	c.until("2026-03-02 08:30")
	want("first", 1)
	c.now = c.instant("2026-03-02 07:30") // The clock goes back.
	c.until("2026-03-02 08:40")
	want("the same day again", 1)
	spec = "0 9 * * *"
	c.until("2026-03-03 08:59")
	want("a later hour of the same day", 1)
	c.until("2026-03-03 09:00")
	want("the next day", 2)
	// Down while the hour comes, and started with a later hour.
	spec = "30 9 * * *"
	c.until("2026-03-04 09:25")
	spec = "0 10 * * *"
	c.now = c.instant("2026-03-04 09:45")
	c.step()
	want("not yet at the new hour", 2)
	c.until("2026-03-04 10:00")
	want("the third day", 3)
}

// A row that is due says nothing: the ticket does.
func TestTicketDecides(t *testing.T) {
	c := newCampus(t, "2026-03-02 10:20")
	id := c.open("heat")
	c.heard()
	due := c.now.UTC()
	c.do(func(desk.World) (desk.Effects, error) {
		return desk.Effects{Jobs: []desk.Job{
			{Key: "take/" + id, Kind: "take", Subject: id, Due: due},
			{Key: "pause/" + id, Kind: "pause", Subject: id, Due: due},
			{Key: "take/gone", Kind: "take", Subject: "gone", Due: due},
		}}, nil
	})
	c.step()
	c.want()
	if jobs := c.jobs(); len(jobs) != 2 || !jobs[0].Due.Equal(c.instant("2026-03-02 10:35")) {
		t.Errorf("jobs: %+v", jobs)
	}
}

func TestJobThatAnotherMoves(t *testing.T) {
	var c *campus
	kinds := []desk.JobKind{
		{Name: "first", Run: func(r desk.Reader, _ desk.Job) (desk.Effects, error) {
			return desk.Effects{Jobs: []desk.Job{{Key: "second", Kind: "second", Due: r.Now().Add(time.Hour)}}}, nil
		}},
		{Name: "second", Gather: true, Run: func(desk.Reader, desk.Job) (desk.Effects, error) {
			return desk.Effects{Notes: []desk.Note{{ID: c.now.Format(time.RFC3339), Kind: "second"}}}, nil
		}},
	}
	c = newCampus(t, "2026-03-02 10:00", withKinds(kinds...))
	c.set("first", "first")
	c.set("second", "second")
	c.until("2026-03-02 10:59")
	if n := len(c.notes()["second"]); n != 0 {
		t.Errorf("ran %d times before its time", n)
	}
	c.until("2026-03-02 11:01")
	if n := len(c.notes()["second"]); n != 1 {
		t.Errorf("ran %d times", n)
	}
}

func TestTwoOfOneName(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("two jobs of one name were accepted")
		}
	}()
	scheduler.New(nil, nil, desk.JobKinds, []scheduler.Task{{Name: "digest", Run: func(context.Context, desk.Job) error { return nil }}}, scheduler.Options{})
}

func TestCleanup(t *testing.T) {
	c := newCampus(t, "2026-03-02 12:00")
	cleanup := scheduler.Cleanup(c.store)
	put := func(age time.Duration, n int) {
		t.Helper()
		err := c.store.Update(context.Background(), func(tx *storage.Tx) error {
			for i := range n {
				at := tx.Now().Add(-age)
				id := age.String() + "/" + time.Duration(i).String()
				for _, err := range []error{
					storage.Seen.Put(tx, storage.SeenRow{Key: id, At: at}),
					storage.Deliveries.Put(tx, storage.Delivery{ID: id, At: at}),
					storage.Invites.Put(tx, desk.Invite{Code: id, Expires: at}),
					storage.Crashes.Put(tx, storage.Crash{Key: id, Last: at, Parked: i%2 == 0}),
				} {
					if err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	const day = 24 * time.Hour
	put(7*day, 10)
	put(9*day, 1200)
	put(31*day, 10)
	put(401*day, 10)
	if err := cleanup.Run(context.Background(), desk.Job{}); err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	c.view(func(tx *storage.Tx, _ desk.Reader) {
		for name, count := range map[string]func() (int, error){
			"seen":       func() (int, error) { return storage.Seen.Count(tx, "", storage.Range{}) },
			"deliveries": func() (int, error) { return storage.Deliveries.Count(tx, "", storage.Range{}) },
			"invites":    func() (int, error) { return storage.Invites.Count(tx, "", storage.Range{}) },
			"crashes":    func() (int, error) { return storage.Crashes.Count(tx, "", storage.Range{}) },
		} {
			n, err := count()
			if err != nil {
				t.Fatal(err)
			}
			counts[name] = n
		}
	})
	if counts["seen"] != 10 || counts["deliveries"] != 1220 || counts["invites"] != 1210 || counts["crashes"] != 1220 {
		t.Errorf("left: %v", counts)
	}
}
