package main

import (
	"fmt"
	"strings"
	"time"
)

// callerStory is a call that the operator files while the caller talks, and the
// call back to somebody who has no account.
func (d *demo) callerStory() {
	room := d.room()
	d.at(d.around(10, 50, 15), func() {
		said := d.now
		d.says(d.operator, "/log")
		d.says(d.operator, d.caller+" 13800138000")
		d.says(d.operator, room)
		d.says(d.operator, "洗手池堵了")
		d.taps(d.operator, "option.present")
		at := d.now
		d.taps(d.operator, "option.submit")
		t := d.filed(d.operator, d.engineering, said)
		t.requester = nil
		d.gets(d.operator.Private(), at, has("log.read"), holds(t.number))
		d.gets(d.engineering, at, holds(t.number), has("card.waiting", "said", said, "by", said.Add(takeTerm)))
		d.spared(d.engineering, at, at.Add(24*time.Hour), holds(d.caller))
		d.in(7, func() { d.takes(d.zhao, t) })
		d.in(30, func() { d.arrives(d.zhao, t) })
		d.in(55, func() {
			d.finishes(d.zhao, t)
			ask := d.now.Add(callbackTerm - tap)
			d.gets(d.operator.Private(), ask, has("call.task", "number", t.number, "name", d.caller), has("call.phone", "phone", "13800138000"))
			d.in(int(callbackTerm/time.Minute)+6, func() {
				at := d.now
				d.taps(d.operator, "button.call_good", t.number)
				d.sees(d.operator.Private(), at, has("call.result.good", "number", t.number))
				d.sees(d.engineering, at, holds(t.number), has("card.closed_desk"))
				t.ends(has("card.closed_desk"), words{})
			})
		})
	})
}

// doorStory is a request to the guards: urgent by its kind, and asked after a
// quarter of an hour whether somebody is there.
func (d *demo) doorStory() {
	p, room := d.he, d.room()
	d.at(d.around(16, 12, 10), func() {
		said := d.now
		d.says(p, fmt.Sprintf("忘带钥匙进不去了,%s", room))
		if _, asked := d.channel.Find(p.Private(), d.text(p.Private(), "option.present")); asked {
			d.taps(p, "option.present")
		}
		t := d.submits(p, d.security, said, "mine.registered_urgent")
		t.urgent = true
		d.in(3, func() {
			taken := d.now
			d.takes(d.guard, t)
			ask := taken.Add(15 * time.Minute)
			d.gets(d.guard.Private(), ask, has("arrive.ask", "number", t.number))
			d.at(ask.Add(2*time.Minute), func() {
				at := d.now
				d.taps(d.guard, "button.arrived", t.number)
				d.arrived(d.guard, t, at)
			})
			d.in(24, func() {
				d.finishesInPrivate(d.guard, t, false)
				d.rates(t, 4, "button.good", d.has(t, "rated.good"))
			})
		})
	})
}

// burstStory is an emergency at night: it rings at once, at any hour, and is
// asked about only in the morning.
func (d *demo) burstStory() {
	p, room := d.liang, d.room()
	d.at(d.around(22, 20, 15), func() {
		said := d.now
		d.says(p, fmt.Sprintf("水管爆了,一直喷水,%s", room))
		d.gets(p.Private(), said, has("danger.safe.flood"), has("danger.ask_place", "place", d.placeOf(p.Private(), room)))
		t := d.sendsHelp(p, said, "flood", room)
		d.gets(d.dutyNight.Private(), said, has("ladder.reporter", "name", p.Name()),
			holds(d.placeOf(d.dutyNight.Private(), room)))
		d.spared(d.dutyDay.Private(), said, said.Add(time.Hour))
		d.in(2, func() { d.takes(d.guardNight, t) })
		d.in(11, func() { d.arrives(d.guardNight, t) })
		d.in(45, func() { d.finishes(d.guardNight, t) })
	})
}

// nightStory is a repair that can wait: it is registered at once, and reaches the
// group as a list at 8:05.
func (d *demo) nightStory() {
	p, room := d.xie, d.room()
	d.at(d.around(23, 10, 30), func() {
		said := d.now
		d.says(p, fmt.Sprintf("没热水,%s,随时可以进", room))
		t := d.submits(p, d.engineering, said, "mine.night")
		morning := demoBegins.On(d.day.AddDays(1), d.zone)
		list := morning.Add(15 * time.Minute)
		d.spared(d.engineering, said, list.Add(-time.Minute), holds(t.number))
		d.gets(d.engineering, list, has("morning.head", "n", 1), holds(t.number), holds(d.placeOf(d.engineering, room)))
		d.at(list.Add(2*time.Minute), func() {
			at := d.now
			d.presses(d.wang, d.engineering, strings.TrimSpace(d.text(d.engineering, "button.take_number", "number", t.number)))
			d.told(d.wang, d.engineering, at, has("pressed.take", "number", t.number))
			d.resident(t, at, has("mine.taken", "number", t.number, "taker", d.wang.Name()))
			t.ends(has("card.taken", "taker", d.wang.Name()), has("mine.taken", "number", t.number))
		})
	})
}
