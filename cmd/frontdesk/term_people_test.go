package main

import (
	"context"
	"regexp"
	"strings"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// has tells how somebody's checkout stands as they see it.
func (w *term) has(p *termLeaver) *leaving {
	if n := w.book.current[p.ID()]; n != "" {
		return w.book.visits[n]
	}
	return &leaving{}
}

var anHour = regexp.MustCompile(`^\d\d:00$`)

// upToConfirm goes through a booking to its last question; false where there is none.
func (w *term) upToConfirm(p *termLeaver, day desk.Date) bool {
	w.says(p.Person, "/checkout")
	return w.choosesDay(p, day)
}

func (w *term) choosesDay(p *termLeaver, day desk.Date) bool {
	how := "option.checkout_slot"
	if p.express {
		how = "option.checkout_express"
	}
	w.taps(p.Person, how)
	w.says(p.Person, day.String())
	if p.express {
		return true
	}
	return w.choosesHour(p)
}

// choosesHour takes a free hour, or the waiting list.
func (w *term) choosesHour(p *termLeaver) bool {
	var hours []string
	wait := ""
	for _, row := range w.newest(p.Person).Buttons {
		for _, b := range row {
			if anHour.MatchString(b.Label) {
				hours = append(hours, b.Label)
			} else if w.words(w.langIn(p.Person, p.Private()), "option.checkout_wait") == b.Label || wait == "" && strings.Contains(b.Label, ":00") {
				wait = b.Label
			}
		}
	}
	switch {
	case len(hours) > 0:
		return w.taps(p.Person, anyOf(w.month, hours...))
	case wait != "":
		return w.taps(p.Person, wait)
	}
	w.says(p.Person, "/cancel")
	return false
}

func (w *term) books(p *termLeaver) {
	if v := w.has(p); v.open() {
		return
	}
	if w.upToConfirm(p, p.day) {
		w.taps(p.Person, "option.submit")
	}
}

// allAtOnce lets many press [Submit] in the same instant, for the same hour.
func (w *term) allAtOnce(people []*termLeaver) {
	var inputs []desk.Input
	for _, p := range people {
		w.says(p.Person, "/checkout")
		w.taps(p.Person, "option.checkout_slot")
		w.says(p.Person, w.rush.String())
		w.taps(p.Person, "10:00")
	}
	for _, p := range people {
		if message, b, ok := w.shown(p.Private(), w.words(w.langIn(p.Person, p.Private()), "option.submit")); ok {
			inputs = append(inputs, p.PressButton(message, b))
		}
	}
	if err := w.app.Handler.Handle(context.Background(), inputs, nil); err != nil {
		w.t.Fatal(err)
	}
	w.step()
	w.book.rush = len(inputs)
	for _, p := range people { // Who was too late is asked for another hour.
		if !w.has(p).open() && w.choosesHour(p) {
			w.taps(p.Person, "option.submit")
		}
	}
}

// triesAgain is the evening before a day on which somebody could leave.
func (w *term) triesAgain(p *termLeaver, day desk.Date) {
	switch v := w.has(p); {
	case v.state == "lost", v.state == "no_show" && len(v.noShows) < 2:
		if w.taps(p.Person, "button.checkout_move", v.number) {
			w.choosesDay(p, day)
		}
	case v.number == "" || v.state == "cancelled":
		if w.upToConfirm(p, day) {
			w.taps(p.Person, "option.submit")
		}
	}
}

func (w *term) changes(p *termLeaver) {
	v := w.has(p)
	if v.state != "slot" && v.state != "wait" || !w.taps(p.Person, "button.checkout_move", v.number) {
		return
	}
	w.choosesDay(p, w.first.AddDays(w.rand.IntN(w.days)))
}

func (w *term) cancels(p *termLeaver) {
	if v := w.has(p); v.open() && w.taps(p.Person, "button.checkout_cancel", v.number) {
		w.taps(p.Person, "option.checkout_cancel")
	}
}

func (w *term) dropsKey(p *termLeaver) {
	if v := w.has(p); v.state == "express" && v.day == desk.DateOf(w.now, w.zone) && w.chance(80) {
		w.taps(p.Person, "button.key_dropped", v.number)
	}
}

// goesRound is an inspector's hour: who is booked for it, and at its end those who
// dropped the key. A few inspections are begun and left lying for hours.
func (w *term) goesRound(building string, day desk.Date, at desk.ClockTime) {
	lou := w.lou[building]
	for _, p := range w.leavers {
		v := w.has(p)
		if p.room[:1] != building || v.day != day {
			continue
		}
		switch {
		case v.state == "slot" && v.at == at && p.absent && len(v.noShows) == 0:
			w.in(w.minutes(11, 40), func() {
				w.says(lou, "/ticket "+v.number)
				w.taps(lou, "button.checkout_no_show", v.number)
			})
		case v.state == "slot" && v.at == at, v.state == "express" && at >= 14*60 && w.chance(60):
			if w.chance(8) {
				w.says(lou, "/ticket "+v.number)
				w.taps(lou, "button.inspect", v.number)
				w.says(lou, "/cancel")
				w.in(w.minutes(200, 1500), func() { w.inspects(lou, p, "button.inspect_on") })
				continue
			}
			w.inspects(lou, p, "button.inspect")
		}
	}
}

// inspects goes through the list on the phone.
func (w *term) inspects(lou *playground.Person, p *termLeaver, begin string) {
	v := w.has(p)
	w.says(lou, "/ticket "+v.number)
	if !w.taps(lou, begin, v.number) {
		return
	}
	if w.chance(15) {
		w.taps(lou, "门钥匙")
		w.taps(lou, "option.mark_missing")
		w.taps(lou, "门锁换芯")
		w.taps(lou, "option.no_photo")
	}
	if w.chance(12) && w.taps(lou, "空调") {
		if w.offers(lou, "option.mark_damaged") {
			w.taps(lou, "option.mark_damaged")
			w.taps(lou, "空调外壳")
		}
		if w.offers(lou, "option.shared") {
			if w.chance(70) {
				w.taps(lou, "option.shared")
			} else {
				w.taps(lou, "option.leaver")
			}
		}
		w.hand(lou.Photo(lou.Private(), "", onePixel))
	}
	if w.offers(lou, "option.rest_ok") {
		w.taps(lou, "option.rest_ok")
	} else if w.offers(lou, "option.all_ok") {
		w.taps(lou, "option.all_ok")
	}
	w.taps(lou, "水表")
	w.says(lou, "128.5")
	w.taps(lou, "option.finish")
	w.taps(lou, "option.sign")
}

// onePixel is a photo.
var onePixel = []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9")

// react lets people answer what they see.
func (w *term) react(e playground.Entry) {
	p := w.people[e.Chat.ID]
	if p == nil || e.Kind != playground.Sent {
		return
	}
	lang := w.langIn(p, p.Private())
	shows := func(key string) bool { _, ok := e.Message.Button(w.words(lang, key)); return ok }
	number := aCheckout.FindString(e.Message.Text)
	later := func(percent, from, to int, do func()) {
		if w.chance(percent) {
			w.in(w.minutes(from, to), do)
		}
	}
	leaver := w.byID[p.ID()]
	switch {
	case shows("button.on"):
		later(95, 1, 10, func() { w.taps(p, "button.on") })
	case shows("button.sign"):
		later(98, 3, 20, func() { w.taps(p, "button.sign") })
	case leaver != nil && shows("button.checkout_take"):
		later(80, 1, 28, func() {
			w.taps(p, []string{"button.checkout_take", "button.checkout_take", "button.checkout_take", "button.checkout_not"}[w.rand.IntN(4)], number)
		})
	case leaver != nil && shows("button.agree"):
		switch {
		case leaver.silent:
		case leaver.objects:
			later(100, 2, 400, func() {
				if w.has(leaver).answered() || !w.taps(p, "button.object", number) {
					return
				}
				w.says(p, "钥匙我交给楼管了")
			})
		default:
			later(100, 1, 20, func() {
				if !w.has(leaver).answered() {
					w.taps(p, "button.agree", number)
				}
			})
		}
	case shows("button.decide_keep"):
		later(100, 20, 900, func() { w.decides(p, number) })
	case shows("button.fees"):
		later(90, 5, 300, func() { w.taps(p, "button.fees", number) })
	}
}

// decides is a manager's word about an objection.
func (w *term) decides(p *playground.Person, number string) {
	if v := w.book.visits[number]; v == nil || v.object.IsZero() || !v.decided.IsZero() {
		return
	}
	decision := anyOf(w.month, "button.decide_keep", "button.decide_waive", "button.decide_change")
	if !w.taps(p, decision, number) {
		return
	}
	if decision == "button.decide_change" {
		sum := "0"
		if len(w.book.visits[number].sum) > 4 { // 15.00 at least
			sum = "12.50"
		}
		w.says(p, sum)
	}
	w.says(p, "看过了,请见谅")
}
