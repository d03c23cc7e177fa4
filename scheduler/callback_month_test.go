package scheduler_test

import (
	"cmp"
	"fmt"
	"math/rand"
	"os"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"frontdesk/desk"
	"frontdesk/storage"
)

// callbackPlan is a period of callbacks: how many tickets are finished in how many
// days, how many of a hundred are phoned, how many calls a day are made, and how
// many of ten residents answer.
type callbackPlan struct {
	seed                                    int64
	tickets, days, share, perDay, answering int
	// works tells whether the operator makes the calls.
	works bool
}

// callKind hands out calls every hour instead of every ten minutes, so that a month
// takes less time.
func callKind() desk.JobKind {
	i := slices.IndexFunc(desk.JobKinds, func(k desk.JobKind) bool { return k.Name == "calls" })
	kind := desk.JobKinds[i]
	kind.Cron = func(*desk.Site) string { return "0 * * * *" }
	return kind
}

// play lives through the period and some weeks after it, and returns the tickets.
func (p callbackPlan) play(t *testing.T) (*campus, []string) {
	t.Helper()
	c := newCampus(t, "2026-03-01 08:00", withKinds(callKind()))
	c.site.Callback.Policy = []desk.CallPolicy{
		{Rework: true, Share: 100, Done: true}, {Marked: true, Share: 100, Done: true},
		{Kinds: []string{desk.KindRepair}, Share: p.share, Done: true},
	}
	c.site.Callback.CallsPerDay = p.perDay
	c.do(func(desk.World) (desk.Effects, error) {
		return desk.Effects{People: []desk.Person{{ID: "caller", Name: "caller", Phone: "13800138000"}}}, nil
	})
	random := rand.New(rand.NewSource(p.seed))
	type event struct {
		at time.Time
		do func()
	}
	var events []event
	var ids []string
	for range p.tickets {
		done := c.now.Add(time.Duration(random.Intn(p.days*24*60)) * time.Minute)
		answers, late := random.Intn(10) < p.answering, time.Duration(random.Intn(3*24*60))*time.Minute
		category, who := "heat", "zhang"
		if random.Intn(10) == 0 {
			category = "leak"
		}
		if random.Intn(20) == 0 {
			who = "caller"
		}
		events = append(events, event{done, func() {
			var id string
			c.do(func(w desk.World) (desk.Effects, error) {
				e, ticket := desk.Open(w, desk.Draft{Kind: desk.KindRepair, Category: category, Place: fmt.Sprint("3-", len(ids)), Requester: who})
				id = ticket.ID
				return e, nil
			})
			ids = append(ids, id)
			c.act(id, "wang", desk.Take)
			c.act(id, "wang", desk.Finish)
			if answers && who == "zhang" {
				events = append(events, event{done.Add(late), func() {
					if c.ticket(id).State == desk.StateDone {
						c.act(id, "zhang", desk.Rate, "rating", "good")
					}
				}})
			}
		}})
	}
	end := c.now.AddDate(0, 0, p.days+12)
	for c.now.Before(end) {
		next := end
		slices.SortStableFunc(events, func(a, b event) int { return a.at.Compare(b.at) })
		if len(events) > 0 {
			next = events[0].at
		}
		c.untilInstant(next)
		if len(events) > 0 {
			do := events[0].do
			events = events[1:]
			do()
		}
		if p.works {
			c.makeCalls(random)
		}
	}
	return c, ids
}

// makeCalls lets the operator enter results of what they hold.
func (c *campus) makeCalls(random *rand.Rand) {
	var mine []string
	c.view(func(_ *storage.Tx, r desk.Reader) {
		for _, task := range r.CallTasks() {
			if task.Holder == "limin" {
				mine = append(mine, task.Ticket)
			}
		}
	})
	for _, id := range mine {
		result := []string{"good", "fair", "no_answer"}[random.Intn(3)]
		c.act(id, "limin", desk.CallDone, "result", result)
	}
}

// judge is what holds of every period.
func (p callbackPlan) judge(t *testing.T, c *campus, ids []string) {
	t.Helper()
	said := map[string]int{}
	calls := map[string]int{}
	c.view(func(tx *storage.Tx, _ desk.Reader) {
		err := storage.Outbox.Scan(tx, storage.Range{}, func(o storage.Outgoing) error {
			local := o.Created.In(c.site.Zone)
			clock := desk.ClockTime(local.Hour()*60 + local.Minute())
			asked := o.Class == desk.ClassCallback || o.Class == desk.ClassReminder && o.Chat.ID == "zhang"
			post, _, err := storage.Posts.Get(tx, o.Post)
			call := post.Kind == desk.PostCall && o.Class == desk.ClassCard && post.Created.Equal(o.Created)
			if (asked || call) && (clock < c.site.Callback.From || clock > c.site.Callback.To) {
				t.Errorf("at %s: %s %s", local.Format("2006-01-02 15:04"), o.Class, o.Drawn.Text)
			}
			if asked {
				said[string(o.Class)+o.Ticket]++
			}
			if call {
				calls[local.Format("2006-01-02")]++
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
	for what, n := range said {
		if n > 1 {
			t.Errorf("%s was said %d times", what, n)
		}
	}
	for day, n := range calls {
		if n > p.perDay {
			t.Errorf("%d calls on %s, want at most %d", n, day, p.perDay)
		}
	}
	c.view(func(tx *storage.Tx, r desk.Reader) { p.judgeSample(t, tx, r, ids) })
}

// judgeSample recomputes the sample from the kept seed and list, and compares who
// was phoned.
func (p callbackPlan) judgeSample(t *testing.T, tx *storage.Tx, r desk.Reader, ids []string) {
	t.Helper()
	framed := map[string]bool{}
	err := storage.Frames.Scan(tx, storage.Range{}, func(f desk.Frame) error {
		list := storage.NewWorld(tx, r.Site()).FrameList(f.ID)
		in := 0
		for i, e := range list {
			framed[e.Ticket] = true
			ticket, _ := r.Ticket(e.Ticket)
			if e.Place != i || e.In != desk.Sampled(f.Seed, f.Share, i) || ticket.Sample == nil || ticket.Sample.Place != i || ticket.Sample.In != e.In {
				t.Errorf("%s, place %d: %+v, the ticket says %+v", f.ID, i, e, ticket.Sample)
			}
			if e.In {
				in++
			}
			if want := (i + 1) * p.share / 100; in < want || in > want+1 {
				t.Errorf("%s: %d of the first %d", f.ID, in, i+1)
			}
		}
		if f.N != len(list) || f.Drawn != in {
			t.Errorf("%s has %d and %d, its list %d and %d", f.ID, f.N, f.Drawn, len(list), in)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		ticket, _ := r.Ticket(id)
		p.judgeTicket(t, ticket, framed[id])
	}
}

func (p callbackPlan) judgeTicket(t *testing.T, ticket desk.Ticket, framed bool) {
	t.Helper()
	drawn := ticket.Sample != nil && ticket.Sample.In
	silent := ticket.ClosedBy == "rule" && ticket.Requester == "zhang"
	reason := cmp.Or(map[bool]string{true: "leak"}[ticket.Category == "leak"], map[bool]string{true: "drawn"}[drawn],
		map[bool]string{true: "caller"}[ticket.Requester == "caller"])
	switch {
	case ticket.State != desk.StateClosed:
		t.Errorf("%s is %s long after the work", ticket.Number, ticket.State)
	case framed != (ticket.Category == "heat"):
		t.Errorf("%s of %s is in a frame: %v", ticket.Number, ticket.Category, framed)
	case ticket.Call != nil && reason == "":
		t.Errorf("%s was phoned about for nothing", ticket.Number)
	case silent && reason != "" && ticket.Call == nil:
		t.Errorf("%s: nobody phoned, although it is of %q", ticket.Number, reason)
	case ticket.Call.Open():
		t.Errorf("%s: the call is still open: %+v", ticket.Number, ticket.Call)
	case ticket.Call != nil && ticket.Call.Tries > 3:
		t.Errorf("%s: phoned %d times", ticket.Number, ticket.Call.Tries)
	}
}

func TestCallbacksOfAnyPeriod(t *testing.T) {
	left := 30
	if testing.Short() {
		left = 3
	}
	rapid.Check(t, func(rt *rapid.T) {
		if left--; left < 0 && !t.Failed() {
			return
		}
		p := callbackPlan{
			seed: rapid.Int64().Draw(rt, "seed"), tickets: rapid.IntRange(1, 40).Draw(rt, "tickets"),
			days: rapid.IntRange(1, 5).Draw(rt, "days"), share: rapid.SampledFrom([]int{1, 30, 33, 70, 99}).Draw(rt, "share"),
			perDay: rapid.IntRange(1, 6).Draw(rt, "per day"), answering: rapid.IntRange(0, 10).Draw(rt, "answering"),
			works: rapid.Bool().Draw(rt, "works"),
		}
		c, ids := p.play(t)
		p.judge(t, c, ids)
		if t.Failed() {
			rt.Fatalf("of %+v", p)
		}
	})
}

// A month of a campus: the share is met within one, and never bunched: every
// stretch of twenty has about six.
func TestCallbacksOfAMonth(t *testing.T) {
	p := callbackPlan{seed: 1, tickets: 600, days: 30, share: 30, perDay: 20, answering: 6, works: true}
	simulates(t)
	p.evenly(t)
}

// The month of a large campus.
func TestTortureCallbacksOfAMonth(t *testing.T) {
	if os.Getenv("FRONTDESK_TORTURE") == "" {
		t.Skip("a long campaign: make torture")
	}
	callbackPlan{seed: 1, tickets: 2500, days: 30, share: 30, perDay: 20, answering: 6, works: true}.evenly(t)
}

// evenly plays and judges, and looks how the sample is spread.
func (p callbackPlan) evenly(t *testing.T) {
	t.Helper()
	c, ids := p.play(t)
	p.judge(t, c, ids)
	c.view(func(tx *storage.Tx, r desk.Reader) {
		list := storage.NewWorld(tx, r.Site()).FrameList("2026-03 repair 30%")
		for part := range slices.Chunk(list[:len(list)/20*20], 20) {
			in := 0
			for _, e := range part {
				if e.In {
					in++
				}
			}
			if in < 5 || in > 7 {
				t.Errorf("%d of the twenty from place %d", in, part[0].Place)
			}
		}
		if len(list) < p.tickets*8/10 {
			t.Errorf("the frame has only %d", len(list))
		}
	})
}
