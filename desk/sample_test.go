package desk

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Among the first n of a frame the sample has what the share says, or one more; no
// two draws lie further apart than two stretches; and it is the same every time.
func TestSampleMeetsItsShareAllAlong(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.StringMatching(`[a-z0-9]{4,12}`).Draw(t, "seed")
		share := rapid.IntRange(1, 99).Draw(t, "share")
		n := rapid.IntRange(1, 2000).Draw(t, "n")
		in, last := 0, -1
		for place := range n {
			if !Sampled(seed, share, place) {
				continue
			}
			if from, to, drawn := Stretch(seed, share, place); place < from || place >= to || place != from+drawn {
				t.Fatalf("place %d is drawn outside of its stretch %d to %d", place, from, to)
			}
			if gap, most := place-last, 2*((100+share-1)/share); gap > most {
				t.Fatalf("%d places between two draws at %d%%, want at most %d", gap, share, most)
			}
			in, last = in+1, place
			if want := (place + 1) * share / 100; in < want || in > want+1 {
				t.Fatalf("%d of the first %d at %d%%", in, place+1, share)
			}
		}
		if want := n * share / 100; in < want || in > want+1 {
			t.Fatalf("%d of %d at %d%%", in, n, share)
		}
	})
}

// The seed alone decides: another seed draws others, and every place of a stretch is
// drawn about as often.
func TestSampleIsDrawnBySeed(t *testing.T) {
	hits := make([]int, 10)
	const seeds = 4000
	for i := range seeds {
		for place := range hits {
			if Sampled(fmt.Sprint("seed", i), 30, place) {
				hits[place]++
			}
		}
	}
	for place, n := range hits {
		if n < seeds/5 || n > seeds/2 {
			t.Errorf("place %d is drawn in %d of %d months", place, n, seeds)
		}
	}
	for _, c := range []struct {
		share, place int
		want         bool
	}{{0, 3, false}, {-1, 3, false}, {100, 3, true}, {250, 3, true}, {100, -1, false}} {
		if got := Sampled("seed", c.share, c.place); got != c.want {
			t.Errorf("place %d at %d%%: %v", c.place, c.share, got)
		}
	}
}

// sampling asks about n finished tickets, one an hour.
func sampling(t *testing.T, w *town, n int) []Ticket {
	t.Helper()
	var list []Ticket
	for range n {
		id := w.open(Draft{Kind: KindRepair, Category: "door"})
		w.act(t, id, "wang", Take)
		w.act(t, id, "wang", Finish)
		w.now = w.now.Add(time.Hour)
		effects, err := timerCallbackAsk.Fire(w, w.tickets[id])
		if err != nil {
			t.Fatal(err)
		}
		w.apply(effects)
		list = append(list, w.tickets[id])
	}
	return list
}

func TestFrameIsKeptAndExplained(t *testing.T) {
	w := newTown(t)
	w.site.Callback.Policy = DefaultPolicy()
	w.site.Callback.RecursWithin = Term{}
	list := sampling(t, w, 40)
	f := w.frames["2026-11 repair 30%"]
	if f.N != 40 || f.Drawn != 12 && f.Drawn != 13 {
		t.Fatalf("the frame is %+v", f)
	}
	drawn := 0
	for i, ticket := range list {
		s := ticket.Sample
		if s == nil || s.Place != i || s.In != Sampled(f.Seed, 30, i) {
			t.Fatalf("ticket %d has the place %+v", i, s)
		}
		if s.In {
			if drawn++; s.Nth != drawn {
				t.Errorf("the sample's no. %d says that it is no. %d", drawn, s.Nth)
			}
		}
		if want := map[bool]string{true: "sample.in", false: "sample.out"}[s.In]; Why(w.site, ticket).Key != want {
			t.Errorf("ticket %d: %s, want %s", i, Why(w.site, ticket).Key, want)
		}
		if args := WhyDrawn(w, ticket).Args; args["seed"] != f.Seed || (args["at"] == i+1) != s.In {
			t.Errorf("ticket %d is explained by %v", i, args)
		}
	}
	// The next month has a frame and a seed of its own.
	w.now = w.now.AddDate(0, 1, 0)
	next := sampling(t, w, 1)[0].Sample
	if g := w.frames[next.Frame]; next.Place != 0 || g.ID == f.ID || g.Seed == f.Seed {
		t.Errorf("the next month goes on with %+v in %+v", next, g)
	}
}

// Who answers before being asked is in the frame like everybody.
func TestFrameHasWhoAnswersUnasked(t *testing.T) {
	w := newTown(t)
	w.site.Callback.Policy = DefaultPolicy()
	id := w.open(Draft{Kind: KindRepair, Category: "door"})
	w.act(t, id, "wang", Take)
	w.act(t, id, "wang", Finish)
	w.act(t, id, "res", Rate, "rating", "good")
	if s := w.tickets[id].Sample; s == nil || w.frames[s.Frame].N != 1 {
		t.Errorf("the ticket has the place %+v", s)
	}
}

func TestPolicyLines(t *testing.T) {
	w := newTown(t)
	w.site.Callback.Policy = DefaultPolicy()
	for _, c := range []struct {
		name string
		t    Ticket
		want string
	}{
		{"a complaint", Ticket{Kind: "complaint"}, "complaint 100%"},
		{"a leak", Ticket{Kind: KindRepair, Category: "leak"}, "call 100%"},
		{"a rework", Ticket{Kind: KindRepair, Category: "door", ReworkNo: 1}, "rework 100%"},
		{"a repair", Ticket{Kind: KindRepair, Category: "door"}, "repair 30%"},
		{"a request", Ticket{Kind: KindRequest, Category: "clean"}, ""},
	} {
		got := ""
		if line, ok := w.site.Callback.line(w.site, c.t); ok {
			got = line.name()
		}
		if got != c.want {
			t.Errorf("%s: the line %q, want %q", c.name, got, c.want)
		}
	}
	// A complaint is phoned about within two days, however late the reminder came.
	done := w.parse(t, "2026-11-24 21:20")
	complaint := Ticket{Kind: "complaint", DoneAt: done, AskedAt: w.parse(t, "2026-11-26 09:00")}
	line, _ := w.site.Callback.line(w.site, complaint)
	if got := w.site.callAt(complaint, line); got.After(done.AddDate(0, 0, 2)) || !w.site.callbackWindow(got).Equal(got) {
		t.Errorf("the call is due at %v, done at %v", got, done)
	}
}
