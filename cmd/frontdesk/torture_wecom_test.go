package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// filer files one repair after the other and waits for each number.
type filer struct {
	w         *corpWorld
	p         someone
	rand      *rand.Rand
	submitted int
	doing     string // empty: they got all that they waited for
}

// live files until nobody begins anything new.
func (f *filer) live(ctx context.Context) {
	for wait(ctx, time.Duration(f.rand.IntN(1500))*time.Millisecond) {
		select {
		case <-f.w.still:
			return
		default:
		}
		if !f.file(ctx) {
			return
		}
	}
}

func (f *filer) file(ctx context.Context) bool {
	before, had := len(f.p.sees()), len(f.numbers())
	f.doing = "the question whether it is right"
	f.p.says(fmt.Sprintf("没热水,%d栋%d%02d,随时可以进", 1+f.rand.IntN(corpTeams), 1+f.rand.IntN(6), 1+f.rand.IntN(12)))
	if !f.await(ctx, func() bool {
		return slices.ContainsFunc(f.p.sees()[before:], func(s sight) bool { return slices.Contains(s.labels, "提交") })
	}) {
		return false
	}
	f.submitted++
	f.p.chooses("提交")
	f.doing = "the number of what was submitted"
	if !f.await(ctx, func() bool { return len(f.numbers()) > had }) {
		return false
	}
	f.doing = ""
	return true
}

func (f *filer) await(ctx context.Context, done func() bool) bool {
	for !done() {
		if !wait(ctx, 20*time.Millisecond) {
			return false
		}
	}
	return true
}

// numbers are all that they were told.
func (f *filer) numbers() (list []string) {
	for _, s := range f.p.sees() {
		for _, n := range numberForm.FindAllString(s.text, -1) {
			if !slices.Contains(list, n) {
				list = append(list, n)
			}
		}
	}
	return list
}

// TestTortureCorp kills the program again and again while members and people with
// ordinary WeChat file repairs. WeCom tells a callback again that was not answered,
// and 微信客服 is read from a kept place. What people saw must in the end be what
// they did: nothing lost that was acknowledged, nothing doubled.
func TestTortureCorp(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes for half a minute")
	}
	t.Parallel()
	seed, rounds, people := tortureSeed(t), len(short), 4
	if torture() {
		rounds, people = 60, 12
	}
	w := newCorpWorld(t, build(t), seed)
	w.campaign(ends(rounds, w.rand), people, 30*time.Second)
	v := w.judge()
	t.Logf("%d lives (%d ended at a named point, %d callbacks came again after their commit): %d submitted, %d numbers told, %d notices twice",
		rounds, w.tripped, w.resent, v.confirmed, v.told, v.secondCards)
	for _, p := range v.problems[:min(5, len(v.problems))] {
		t.Error(p)
	}
	if n := len(v.problems) - 5; n > 0 {
		t.Errorf("and %d more", n)
	}
	for _, violation := range w.Violations() {
		t.Error("against the rules of WeCom:", violation)
	}
	if v.confirmed == 0 || torture() && w.resent < 5 {
		t.Error("too little happened: the campaign proves nothing")
	}
}

// campaign runs lives that end as given, and one that goes on until everybody has
// got what they wait for, or patience is over.
func (w *corpWorld) campaign(ends []killPoint, people int, patience time.Duration) {
	w.t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	for i := range people {
		p := someone(&colleague{Member: w.Member(fmt.Sprintf("m%02d", i), fmt.Sprintf("成员%02d", i), w.callbacks), called: fmt.Sprint("m", i)})
		if w.only != membersOnly && (i%2 == 1 || w.only == weixinOnly) {
			id := fmt.Sprintf("wm%02d", i)
			w.AddCustomer(id, "客人"+id)
			p = &customer{server: w.Server, id: id, called: id}
		}
		w.filers = append(w.filers, &filer{w: w, p: p, rand: rand.New(rand.NewPCG(w.rand.Uint64(), 2))})
	}
	for i, end := range ends {
		l := w.begin(end)
		if i == 0 {
			w.up(l)
			for i := range corpTeams { // Who never opened the application is nobody yet.
				w.Member(fmt.Sprintf("tech%d", i), "", w.callbacks).Enter()
			}
			for _, f := range w.filers {
				w.acting.Go(func() { f.live(ctx) })
			}
		}
		w.dies(l, end)
	}
	last := w.begin(atRandom)
	w.up(last)
	close(w.still)
	ended := make(chan struct{})
	go func() { w.acting.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(patience):
	}
	stop()
	<-ended
}

// dies lets a life end at its kill point, or soon after.
func (w *corpWorld) dies(l *life, end killPoint) {
	w.t.Helper()
	if end != atRandom || w.rand.IntN(4) > 0 {
		if !w.up(l) {
			w.t.Fatalf("life %d does not answer:\n%s", l.number, l.log.String())
		}
	}
	after := func(d time.Duration) {
		select {
		case <-l.ended:
		case <-time.After(d):
		}
	}
	after(time.Duration(w.rand.IntN(1500)) * time.Millisecond)
	if end != atRandom {
		l.armed.Store(true)
		after(3 * time.Second)
		if !l.armed.Load() {
			w.tripped++
		}
	}
	l.kill()
	for line := range strings.Lines(l.log.String()) {
		if strings.Contains(line, "level=ERROR") || strings.Contains(line, "panic") {
			w.t.Errorf("life %d logged: %s", l.number, line)
		}
	}
}

// judge looks at what everybody saw.
func (w *corpWorld) judge() *verdict {
	w.t.Helper()
	v := &verdict{}
	owner := map[string]string{}
	for _, f := range w.filers {
		numbers := f.numbers()
		v.confirmed += f.submitted
		v.told += len(numbers)
		if len(numbers) != f.submitted || f.doing != "" {
			v.wrong("%s submitted %d times and was told %d numbers %v, waiting for %q:\n%s",
				f.p.name(), f.submitted, len(numbers), numbers, f.doing, tail(screenOf(f.p.sees()), 30))
		}
		for _, n := range numbers {
			if owner[n] != "" {
				v.wrong("%s was told to %s and %s", n, owner[n], f.p.name())
			}
			owner[n] = f.p.name()
			// A message has a name that WeCom takes once: it cannot come twice.
			if registered := times(f.p.sees(), "已登记 "+n); registered > 1 {
				v.wrong("%s was told to %s %d times", n, f.p.name(), registered)
			}
		}
	}
	ctx, stop := context.WithTimeout(context.Background(), 70*time.Second)
	defer stop()
	cards, notices := map[string]int{}, map[string]int{}
	for {
		clear(cards)
		clear(notices)
		for i := range corpTeams {
			count := func(into map[string]int, screen []sight) {
				for _, s := range screen {
					if n := numberForm.FindString(s.text); n != "" {
						into[n]++
					}
				}
			}
			count(cards, sightsOf(w.Seen(fmt.Sprintf("tech%d", i))))
			count(notices, sightsOf(w.SeenIn(fmt.Sprintf("chat%d", i))))
		}
		if len(cards) >= len(owner) && len(notices) >= len(owner) || !wait(ctx, 50*time.Millisecond) {
			break
		}
	}
	v.cards = len(cards)
	for n, name := range owner {
		if cards[n] != 1 {
			v.wrong("%s of %s has %d cards at its technician, want 1", n, name, cards[n])
		}
		// A notice has no name: after a kill it may come once more.
		if notices[n] == 0 || notices[n] > 1+w.tripped {
			v.wrong("%s of %s has %d notices in its group", n, name, notices[n])
		}
		v.secondCards += max(0, notices[n]-1)
	}
	for n := range cards {
		if owner[n] == "" {
			v.wrong("%s has a card, and nobody was told of it", n)
		}
	}
	return v
}
