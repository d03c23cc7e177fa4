package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"time"

	"frontdesk/bot/telegram/telegramtest"
)

var (
	numberForm   = regexp.MustCompile(`R-\d{4,}`)
	registration = regexp.MustCompile(`已登记|is in[.,]`)
	buildingForm = regexp.MustCompile(`^(\d\d号楼|Building \d\d|\d\d)$`)
	floorForm    = regexp.MustCompile(`^[1-6]$`)
	roomForm     = regexp.MustCompile(`^[1-6]\d\d$`)
)

// isTicketMessage tells whether a message is a new card or registration.
func isTicketMessage(m said) bool {
	return !m.edit && numberForm.MatchString(m.text) && (m.chat < 0 || registration.MatchString(m.text))
}

// resident files one repair after the other and waits for each number.
type resident struct {
	w    *world
	p    *telegramtest.Person
	lang string
	rand *rand.Rand

	// What follows belongs to live while it runs.
	submitted int
	numbers   map[string]bool
	doing     string // what they wait for
	stuck     bool   // they waited until the end
	after     int    // everything they wait for is said after this
}

// live files repairs until nobody begins anything new.
func (r *resident) live() {
	ctx := r.w.hard
	if !wait(ctx, time.Duration(r.rand.IntN(1500))*time.Millisecond) {
		return
	}
	for ctx.Err() == nil {
		select {
		case <-r.w.still:
			return
		default:
		}
		if !r.file(ctx) {
			r.stuck = true
			return
		}
		if !wait(ctx, time.Duration(r.rand.IntN(3000))*time.Millisecond) {
			return
		}
	}
}

// file is one conversation. It is false when an answer never came.
func (r *resident) file(ctx context.Context) bool {
	building, room := firstBuilding+r.rand.IntN(buildings), fmt.Sprintf("%d%02d", 1+r.rand.IntN(6), 1+r.rand.IntN(12))
	if r.rand.IntN(2) == 0 {
		sentence := map[string]string{"zh": "没热水,%d栋%s,随时可以进", "en": "No hot water in %d-%s, come any time"}[r.lang]
		r.say(fmt.Sprintf(sentence, building, room))
		return r.submit(ctx)
	}
	r.say("/repair")
	categories := map[string][]string{"zh": {"没热水", "漏水堵水", "没电灯坏"}, "en": {"Hot water", "Leak", "Power"}}[r.lang]
	if r.rand.IntN(10) == 0 {
		return r.cancel(ctx, categories[0])
	}
	if !r.press(ctx, func(label string) bool { return slices.Contains(categories, label) }) {
		return false
	}
	if r.rand.IntN(2) == 0 {
		if _, ok := r.await(ctx, "the question where", buildingForm.MatchString); !ok {
			return false
		}
		r.say(fmt.Sprintf("%d-%s", building, room))
	} else if !r.press(ctx, buildingForm.MatchString) || !r.press(ctx, floorForm.MatchString) || !r.press(ctx, roomForm.MatchString) {
		return false
	}
	anytime, soon := r.w.label(r.lang, "option.anytime"), r.w.label(r.lang, "option.anytime_soon")
	if !r.press(ctx, func(label string) bool { return label == anytime || label == soon }) {
		return false
	}
	return r.submit(ctx)
}

// cancel gives up after the first question.
func (r *resident) cancel(ctx context.Context, category string) bool {
	r.doing = "the first question"
	m, ok := r.w.front.await(ctx, r.p.ID(), r.after, func(m said) bool { return slices.Contains(m.labels, category) })
	if !ok {
		return false
	}
	r.after = r.w.front.now()
	r.w.press(r.p, m, r.w.label(r.lang, "option.cancel"))
	r.doing = "the end of what was cancelled"
	_, ok = r.w.front.await(ctx, r.p.ID(), r.after, func(said) bool { return true })
	return ok
}

// submit presses [提交], once, and waits for a number that is new.
func (r *resident) submit(ctx context.Context) bool {
	submit := r.w.label(r.lang, "option.submit")
	if !r.press(ctx, func(label string) bool { return label == submit }) {
		return false
	}
	r.submitted++
	r.doing = "the number of what was submitted"
	_, ok := r.w.front.await(ctx, r.p.ID(), r.after, func(m said) bool {
		number := numberForm.FindString(m.text)
		fresh := number != "" && !r.numbers[number]
		if fresh {
			r.numbers[number] = true
		}
		return fresh
	})
	return ok
}

func (r *resident) say(text string) {
	r.after = r.w.front.now()
	r.p.Say(text)
}

func (r *resident) await(ctx context.Context, what string, label func(string) bool) (said, bool) {
	r.doing = what
	return r.w.front.await(ctx, r.p.ID(), r.after, func(m said) bool {
		for _, l := range m.labels {
			if label(l) {
				return true
			}
		}
		return false
	})
}

// press waits for a button and presses it, or one of several that fit.
func (r *resident) press(ctx context.Context, label func(string) bool) bool {
	for {
		m, ok := r.await(ctx, "a button", label)
		if !ok {
			return false
		}
		fit := slices.DeleteFunc(slices.Clone(m.labels), func(l string) bool { return !label(l) })
		r.after = r.w.front.now()
		if r.w.press(r.p, m, fit[r.rand.IntN(len(fit))]) {
			return true
		}
		r.after = m.seq // It is another message meanwhile.
	}
}

// press presses a button of a message as it stands now.
func (w *world) press(p *telegramtest.Person, m said, label string) bool {
	for _, shown := range w.front.server.Messages(m.chat) {
		if shown.ID != m.id {
			continue
		}
		if _, ok := shown.Button(label); ok {
			p.PressOn(shown, label)
			return true
		}
	}
	return false
}

// technician takes what comes into the group of a department, or most of it.
type technician struct {
	w       *world
	p       *telegramtest.Person
	group   int64
	rand    *rand.Rand
	pressed map[int]bool // messages on which [接单] was pressed
	after   int
}

func (t *technician) live() {
	take := t.w.label("zh", "button.take")
	ctx, stop := context.WithCancel(t.w.hard)
	defer stop()
	go func() {
		select {
		case <-t.w.still:
			stop()
		case <-ctx.Done():
		}
	}()
	for {
		m, ok := t.w.front.await(ctx, t.group, t.after, func(m said) bool {
			_, has := m.has(take)
			return has && !t.pressed[m.id]
		})
		if !ok || !wait(ctx, time.Duration(100+t.rand.IntN(700))*time.Millisecond) {
			return
		}
		t.after = m.seq
		if t.rand.IntN(3) > 0 && t.w.press(t.p, m, take) {
			t.pressed[m.id] = true
		}
	}
}
