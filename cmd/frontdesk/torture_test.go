package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// torture tells whether the long campaigns are wanted.
func torture() bool { return os.Getenv("FRONTDESK_TORTURE") != "" }

// tortureSeed is printed, so that a failing campaign can be played again as far
// as real processes let it.
func tortureSeed(t *testing.T) uint64 {
	t.Helper()
	seed := rand.Uint64()
	if given, err := strconv.ParseUint(os.Getenv("FRONTDESK_TORTURE_SEED"), 10, 64); err == nil {
		seed = given
	}
	t.Logf("FRONTDESK_TORTURE_SEED=%d", seed)
	return seed
}

// plan says how often lives end at which kill point, of twenty.
var plan = []struct {
	end   killPoint
	times int
}{{atRandom, 6}, {atReceive, 2}, {atLostAck, 5}, {atAck, 2}, {atSend, 1}, {atCard, 4}}

// short is the plan of the short form.
var short = []killPoint{atLostAck, atRandom, atCard, atReceive, atLostAck, atAck}

func ends(rounds int, random *rand.Rand) []killPoint {
	if rounds == len(short) {
		return short
	}
	var all []killPoint
	for len(all) < rounds {
		var twenty []killPoint
		for _, p := range plan {
			for range p.times {
				twenty = append(twenty, p.end)
			}
		}
		random.Shuffle(len(twenty), func(i, j int) { twenty[i], twenty[j] = twenty[j], twenty[i] })
		all = append(all, twenty...)
	}
	return all[:rounds]
}

// killed runs one life and ends it with kill -9 at a kill point.
func (w *world) killed(end killPoint) {
	w.t.Helper()
	l := w.start(end)
	random := func(most int) bool {
		timer := time.NewTimer(time.Duration(w.rand.IntN(most)) * time.Millisecond)
		defer timer.Stop()
		select {
		case <-timer.C:
			return true
		case <-l.ended:
			return false
		}
	}
	if end != atRandom || w.rand.IntN(4) > 0 {
		w.waitReady(l)
	}
	if end == atRandom {
		random(1500)
	} else if random(600) {
		l.armed.Store(true)
		select {
		case <-l.ended:
		case <-time.After(2 * time.Second):
		}
	}
	if l.end != atRandom && !l.armed.Load() && l.over() {
		w.tripped++
	}
	l.kill()
	w.buried(l, "signal: killed")
}

// TestTortureKill kills the program again and again while a campus files
// repairs. What people and groups were told, by the log of the fake server, must
// in the end be what they did.
func TestTortureKill(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes for half a minute")
	}
	t.Parallel()
	seed, rounds, binary := tortureSeed(t), len(short), build(t)
	if torture() {
		rounds = 100
	}
	var mu sync.Mutex
	unmarked := 0
	t.Cleanup(func() {
		if torture() && unmarked < 10 {
			t.Errorf("%d kills between a send and its mark, want 10 or more: the campaign proves nothing", unmarked)
		}
	})
	for _, mode := range []string{ModePolling, ModeWebhook} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, binary, mode, seed)
			ctx, stop := context.WithCancel(context.Background())
			w.hush = stop
			defer stop()
			w.populate(ctx)
			for _, end := range ends(rounds, w.rand) {
				w.killed(end)
			}
			last := w.start(atRandom)
			w.settle(15 * time.Second)
			v := w.judge()
			w.stop(last)
			w.report(v, fmt.Sprintf("%d kills (%d at a named point)", rounds, w.tripped))
			w.front.mu.Lock()
			defer w.front.mu.Unlock()
			unacked := len(w.front.unacked)
			t.Logf("kills between a commit and its acknowledgement: %d (of %d presses that came again); between a send and its mark: %d",
				unacked, w.front.regiven, len(v.unmarked))
			if torture() && unacked < 10 {
				t.Errorf("%d kills between a commit and its acknowledgement, want 10 or more: the campaign proves nothing", unacked)
			}
			mu.Lock()
			defer mu.Unlock()
			unmarked += len(v.unmarked)
		})
	}
}

// report prints what was found and fails for what was wrong.
func (w *world) report(v *verdict, what string) {
	w.t.Helper()
	w.t.Logf("%s, %s: %d repairs submitted, %d numbers told, %d cards, %d taken; sent once more: %d cards, %d registrations",
		w.mode, what, v.confirmed, v.told, v.cards, v.taken, v.secondCards, v.secondNumbers)
	for _, p := range v.problems[:min(5, len(v.problems))] {
		w.t.Error(p)
	}
	if n := len(v.problems) - 5; n > 0 {
		w.t.Errorf("and %d more", n)
	}
	early := 0
	for _, violation := range w.front.server.Violations() {
		// A machine that stands still for a moment sends in a burst what was
		// spread. That is not what this test is about.
		if strings.Contains(violation, "before retry_after was over") {
			early++
			continue
		}
		w.t.Errorf("against the rules of Telegram: %s", violation)
	}
	if early > 0 {
		w.t.Logf("%d calls were made too early", early)
	}
	if v.confirmed == 0 || torture() && v.taken == 0 {
		w.t.Error("nothing happened: the campaign proves nothing")
	}
}

// TestTortureStop ends the program with SIGTERM under load. It stops in time and
// by itself, and then nothing is even sent twice.
func TestTortureStop(t *testing.T) {
	if testing.Short() {
		t.Skip("stops processes for half a minute")
	}
	t.Parallel()
	seed, rounds, binary := tortureSeed(t), 3, build(t)
	if torture() {
		rounds = 25
	}
	for _, mode := range []string{ModePolling, ModeWebhook} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, binary, mode, seed)
			ctx, stop := context.WithCancel(context.Background())
			w.hush = stop
			defer stop()
			w.populate(ctx)
			for range rounds {
				l := w.start(atRandom)
				w.waitReady(l)
				wait(ctx, time.Duration(300+w.rand.IntN(1200))*time.Millisecond)
				w.stop(l)
			}
			last := w.start(atRandom)
			w.settle(15 * time.Second)
			v := w.judge()
			w.stop(last)
			w.report(v, fmt.Sprintf("%d stops, the slowest %s", rounds, w.slowest.Round(time.Millisecond)))
			if n := v.secondCards + v.secondNumbers; n > 0 {
				t.Errorf("%d messages were sent twice around a graceful stop", n)
			}
		})
	}
}
