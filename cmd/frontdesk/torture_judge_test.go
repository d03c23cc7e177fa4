package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// verdict is what the fake server's log says about a campaign.
type verdict struct {
	confirmed, told, cards int
	taken                  int
	// secondCards and secondNumbers are cards and registrations that came once
	// more, unmarked the lives whose end lay between the server's acceptance of
	// one and the mark of the program.
	secondCards, secondNumbers int
	unmarked                   map[int]bool
	problems                   []string
}

func (v *verdict) wrong(format string, args ...any) {
	v.problems = append(v.problems, fmt.Sprintf(format, args...))
}

// settle lets everybody end what they are at, and waits until nothing more
// happens. Somebody may wait for ever, but no longer than patience.
func (w *world) settle(patience time.Duration) {
	w.t.Helper()
	close(w.still)
	ended := make(chan struct{})
	go func() { w.acting.Wait(); close(ended) }()
	w.quiet(patience, func() bool {
		select {
		case <-ended:
			return true
		default:
			return false
		}
	})
	w.hush()
	<-ended
}

// quiet waits until done, or until nothing was said for a while although the
// server has nothing left to deliver.
func (w *world) quiet(patience time.Duration, done func() bool) bool {
	seq, since := w.front.now(), time.Now()
	for !done() {
		if n := w.front.now(); n != seq || w.front.server.Pending() > 0 && time.Since(since) < time.Minute {
			if n != seq {
				seq, since = n, time.Now()
			}
		} else if time.Since(since) > patience {
			return false
		}
		<-time.After(50 * time.Millisecond)
	}
	return true
}

// judge looks at everything that was said. A life runs meanwhile, because it may
// still owe cards, and is asked what it knows.
func (w *world) judge() *verdict {
	w.t.Helper()
	v := &verdict{unmarked: map[int]bool{}}
	owner := map[string]*resident{}
	for _, r := range w.people {
		v.confirmed += r.submitted
		numbers := w.numbers(r)
		v.told += len(numbers)
		if len(numbers) != r.submitted || r.stuck {
			v.wrong("%s submitted %d times and was told %d numbers %v, waiting for %s:\n%s",
				r.p.Name(), r.submitted, len(numbers), numbers, r.doing, tail(r.p.Transcript(), 30))
		}
		for _, n := range numbers {
			if owner[n] != nil {
				v.wrong("%s was told to %s and %s", n, owner[n].p.Name(), r.p.Name())
			}
			owner[n] = r
		}
		w.seconds(v, r.p.ID(), &v.secondNumbers)
	}
	// Every ticket goes to the group of its department, which takes 15 messages
	// a minute.
	if !w.quiet(70*time.Second, func() bool { return len(w.cards()) >= v.told }) {
		for n := range owner {
			if _, ok := w.cards()[n]; !ok {
				v.wrong("%s has no card in any group", n)
			}
		}
	}
	v.cards = len(w.cards())
	for n := range w.cards() {
		if owner[n] == nil {
			v.wrong("%s has a card, and nobody was told of it", n)
		}
	}
	for _, tech := range w.staff {
		w.seconds(v, tech.group, &v.secondCards)
	}
	w.takings(v)
	w.ask(v)
	return v
}

// numbers are all that a resident was told so far.
func (w *world) numbers(r *resident) []string {
	var list []string
	for _, m := range w.front.all(r.p.ID()) {
		for _, n := range numberForm.FindAllString(m.text, -1) {
			if !slices.Contains(list, n) {
				list = append(list, n)
			}
		}
	}
	slices.Sort(list)
	return list
}

// cards are the numbers that stand in groups.
func (w *world) cards() map[string]bool {
	found := map[string]bool{}
	for _, tech := range w.staff {
		for _, m := range w.front.all(tech.group) {
			if n := numberForm.FindString(m.text); n != "" {
				found[n] = true
			}
		}
	}
	return found
}

// seconds counts what was sent anew although the server had accepted it. That
// may happen only when the life that sent it ended before it could mark it: so
// it was the last thing that this life did in the chat, where it does one thing
// at a time.
func (w *world) seconds(v *verdict, chat int64, count *int) {
	list := w.front.all(chat)
	first := map[string]said{}
	for _, m := range list {
		if !isTicketMessage(m) {
			continue
		}
		n := numberForm.FindString(m.text)
		before, again := first[n]
		first[n] = m
		if !again {
			continue
		}
		*count++
		v.unmarked[before.life] = true
		later := slices.ContainsFunc(list, func(o said) bool { return o.seq > before.seq && o.life == before.life })
		if before.life >= m.life || later {
			v.wrong("%s was sent in life %d and again in life %d, not in an unknown window:\n%s",
				n, before.life, m.life, tail(w.front.server.Transcript(chat), 30))
		}
	}
}

// takings sees that no press on [接单] was lost.
func (w *world) takings(v *verdict) {
	take := w.label("zh", "button.take")
	untaken := func() []string {
		var list []string
		for _, tech := range w.staff {
			pressed, free := map[string]bool{}, map[string]bool{}
			for _, m := range w.front.server.Messages(tech.group) {
				n := numberForm.FindString(m.Text)
				if tech.pressed[m.ID] {
					pressed[n] = true
				}
				if _, has := m.Button(take); !has {
					free[n] = true
				}
			}
			for n := range pressed {
				if !free[n] {
					list = append(list, n)
				}
			}
		}
		return list
	}
	w.quiet(70*time.Second, func() bool { return len(untaken()) == 0 })
	for _, n := range untaken() {
		v.wrong("[%s] of %s was pressed, and its card does not show it", take, n)
	}
	for _, tech := range w.staff {
		v.taken += len(tech.pressed)
	}
}

// ask lets everybody look at their own tickets: /my lists the ten newest.
func (w *world) ask(v *verdict) {
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	for _, r := range w.people {
		numbers := w.numbers(r)
		if len(numbers) == 0 {
			continue
		}
		numbers = numbers[max(0, len(numbers)-10):]
		r.say("/my")
		_, ok := w.front.await(ctx, r.p.ID(), r.after, func(m said) bool {
			return !slices.ContainsFunc(numbers, func(n string) bool { return !strings.Contains(m.text, n) })
		})
		if !ok {
			v.wrong("%s asked for their tickets and did not see all of %v:\n%s", r.p.Name(), numbers, tail(r.p.Transcript(), 20))
		}
	}
}

// tail is the end of a text.
func tail(text string, lines int) string {
	list := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(list[max(0, len(list)-lines):], "\n")
}
