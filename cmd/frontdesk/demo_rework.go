package main

import (
	"time"

	"frontdesk/desk"
)

// reworkStory is a repair that goes wrong in every way that it can and still
// ends well: reported by presses with a photo, taken by nobody at first, paused
// for parts, done, not fixed, and done again.
func (d *demo) reworkStory() {
	p, room := d.zhang, d.room()
	building, floor, number := splitRoom(room)
	d.at(d.around(9, 2, 9), func() {
		said := d.now
		d.says(p, "报修")
		d.taps(p, d.category(p.Private(), "hot_water"))
		d.sends(p, d.faultPhoto)
		d.taps(p, d.placeOf(p.Private(), building))
		d.taps(p, floor)
		d.taps(p, number)
		d.taps(p, "option.slot_pick")
		from := desk.ClockTime(10*60).On(d.day, d.zone)
		to := desk.ClockTime(12*60).On(d.day, d.zone)
		d.taps(p, d.text(p.Private(), "option.slot", "from", from, "to", to))
		t := d.submits(p, d.engineering, said, "mine.registered_slot")
		d.gets(d.engineering, d.now, holds(t.number), holds(d.placeOf(d.engineering, room)), holds(d.called(d.engineering, "hot_water")))
		d.nobodyTakes(t)
		d.at(said.Add(18*time.Minute), func() {
			at := d.now
			d.presses(d.he, d.engineering, "button.take", t.number) // who only reads along
			engineering, _ := d.config.Site.Department("engineering")
			d.told(d.he, d.engineering, at, has("refuse.department", "department", engineering.Label))
		})
		d.at(said.Add(time.Duration(38+d.rand.IntN(5))*time.Minute), func() { d.takenTwice(t) })
		d.in(0, func() { d.askedWhetherThere(t, to) })
	})
}

// nobodyTakes expects the reminders: at the term one reply in the group and the
// duty manager, a term later the centre manager.
func (d *demo) nobodyTakes(t *demoTicket) {
	at := t.said.Add(takeTerm)
	d.gets(d.engineering, at, has("take.group", "number", t.number))
	d.gets(d.dutyDay.Private(), at, has("take.manager", "number", t.number, "by", at))
	d.sees(d.engineering, at, holds(t.number), has("card.untaken", "by", at, "managers", d.dutyDay.Name()))
	later := at.Add(takeTerm)
	d.gets(d.centre.Private(), later, has("take.manager", "number", t.number, "by", at))
	d.spared(d.engineering, at.Add(time.Minute), later.Add(time.Hour), has("take.group", "number", t.number))
	d.spared(d.dutyNight.Private(), t.said, later, holds(t.number))
}

// takenTwice lets two press at the same time: the first has it, the other is told
// who.
func (d *demo) takenTwice(t *demoTicket) {
	card, ok := d.channel.Find(d.engineering, d.text(d.engineering, "button.take"), t.number)
	at := d.now
	d.takes(d.wang, t)
	d.gets(d.wang.Private(), at, has("take.photos", "number", t.number))
	if button, has := card.Button(d.text(d.engineering, "button.take")); ok && has && d.stuck == nil {
		d.hand(d.li.PressButton(card, button))
	}
	d.told(d.li, d.engineering, d.now.Add(-tap), has("standing.taken", "number", t.number, "taker", d.wang.Name(), "at", at))
}

// askedWhetherThere expects the question at the end of the agreed window, and
// lets the taker answer it by a press.
func (d *demo) askedWhetherThere(t *demoTicket, end time.Time) {
	d.gets(d.wang.Private(), end, has("arrive.ask", "number", t.number))
	d.at(end.Add(time.Duration(2+d.rand.IntN(6))*time.Minute), func() {
		at := d.now
		d.taps(d.wang, "button.arrived", t.number)
		d.arrived(d.wang, t, at)
		d.in(10, func() { d.waitsForParts(t) })
	})
}

// waitsForParts pauses the work for a reason and with a limit, and goes on an
// hour later.
func (d *demo) waitsForParts(t *demoTicket) {
	reason, _ := d.config.Site.PauseReason("parts")
	d.presses(d.wang, d.engineering, "button.pause", t.number)
	d.presses(d.wang, d.engineering, reason.Label.In(d.lang(d.engineering)), t.number)
	at := d.now
	d.presses(d.wang, d.engineering, d.text(d.engineering, "button.limit", "limit", reason.Limits[0]), t.number)
	until := at.AddDate(0, 0, 1) // one working day
	d.sees(d.engineering, at, holds(t.number), has("card.paused", "taker", d.wang.Name(), "reason", reason.Label, "until", until))
	d.gets(t.requester.Private(), at, has("pause.tell", "number", t.number, "reason", reason.Label, "until", until))
	d.in(60+d.rand.IntN(20), func() {
		at := d.now
		d.presses(d.wang, d.engineering, "button.resume", t.number)
		d.sees(d.engineering, at, holds(t.number), has("card.arrived", "taker", d.wang.Name()))
		d.in(25, func() {
			d.finishes(d.wang, t)
			d.in(int(callbackTerm/time.Minute)+4, func() { d.notFixed(t) })
		})
	})
}

// notFixed denies the work: a linked rework goes to the same follower, and
// somebody else takes it and does it well.
func (d *demo) notFixed(t *demoTicket) {
	p, at := t.requester, d.now
	d.taps(p, "button.not_fixed", t.number)
	next := d.filed(p, d.engineering, at)
	d.gets(p.Private(), at, has("mine.rework", "number", next.number))
	d.gets(d.dutyDay.Private(), at, has("rework.manager", "number", t.number, "next", next.number, "taker", d.wang.Name()))
	d.sees(d.engineering, at, holds(t.number), has("card.reworked", "next", next.number))
	d.gets(d.engineering, at, holds(next.number), has("card.rework_of", "old", t.number))
	t.ends(has("card.reworked", "next", next.number), has("mine.reworked", "number", t.number, "next", next.number))
	at = d.now
	d.taps(p, "button.any_time", next.number)
	d.gets(p.Private(), at, has("when.any", "number", next.number))
	at = d.now
	d.taps(d.dutyDay, "button.look", next.number)
	d.gets(d.dutyDay.Private(), at, holds(next.number),
		has("card.people", "department", d.department("engineering"), "follower", d.operator.Name()))
	d.in(6, func() { d.takes(d.zhao, next) })
	d.in(40, func() { d.arrives(d.zhao, next) })
	d.in(75+d.rand.IntN(10), func() {
		d.finishesInPrivate(d.zhao, next, true)
		d.rates(next, 5, "button.good", d.has(next, "rated.good"))
	})
}

// splitRoom takes 3-502 apart: the building, the floor, the number on the door.
func splitRoom(room string) (building, floor, number string) {
	building, number = room[:1], room[2:]
	return building, number[:len(number)-2], number
}
