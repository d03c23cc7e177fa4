package main

import (
	"fmt"
	"time"
)

// englishStory is a repair in one sentence and one confirmation, in English, with
// a press that is taken back.
func (d *demo) englishStory() {
	p, room := d.emma, d.room()
	d.at(d.around(9, 31, 9), func() {
		said := d.now
		d.says(p, fmt.Sprintf("Tap leaking in %s, come any time", room))
		d.gets(p.Private(), said, has("confirm.please"), has("confirm.anytime"), holds(d.placeOf(p.Private(), room)))
		t := d.submits(p, d.engineering, said, "mine.registered")
		d.in(6, func() { d.takes(d.li, t) })
		d.in(9, func() { d.pressesTooEarly(t) })
		d.in(50+d.rand.IntN(10), func() { d.arrives(d.li, t) })
		d.in(80, func() {
			d.finishesInPrivate(d.li, t, true)
			d.rates(t, 7, "button.fair", has("rated.fair", "number", t.number))
			d.in(int(callbackTerm/time.Minute)+8, func() {
				at := d.now
				d.taps(p, "button.want_speed", t.number)
				d.sees(p.Private(), at, has("wanting.thanks", "number", t.number))
			})
		})
	})
}

// pressesTooEarly lets the taker press [到场] by mistake and take it back.
func (d *demo) pressesTooEarly(t *demoTicket) {
	d.arrives(d.li, t)
	d.presses(d.li, d.engineering, "button.more", t.number)
	at := d.now
	d.presses(d.li, d.engineering, "button.undo", t.number)
	d.told(d.li, d.engineering, at, has("pressed.undo", "number", t.number))
	d.sees(d.engineering, at, holds(t.number), has("card.taken", "taker", d.li.Name()))
	d.resident(t, at, has("mine.taken", "number", t.number, "taker", d.li.Name()))
}

// cleaningStory is a request to the cleaners, whose resident never answers the
// callback: that is no good rating.
func (d *demo) cleaningStory() {
	p := d.sun
	d.at(d.around(9, 50, 15), func() {
		said := d.now
		d.says(p, "食堂地上很脏,请打扫一下")
		t := d.submits(p, d.cleaning, said, "mine.registered")
		d.in(5, func() { d.takes(d.cleaner, t) })
		d.in(12, func() { d.arrives(d.cleaner, t) })
		d.in(40, func() { d.finishesInPrivate(d.cleaner, t, false) })
	})
}

// chaseStory is a resident who asks three times. The taker alone hears of it; the
// third time the duty manager does too.
func (d *demo) chaseStory() {
	p, room := d.xu, d.room()
	d.at(d.around(12, 40, 12), func() {
		said := d.now
		d.says(p, fmt.Sprintf("空调不制冷,%s,有人在再进", room))
		t := d.submits(p, d.engineering, said, "mine.registered")
		d.in(5, func() { d.takes(d.li, t) })
		chase := func(minutes, times int) {
			d.in(minutes, func() {
				at := d.now
				d.taps(p, "button.chase", t.number)
				d.told(p, p.Private(), at, has("pressed.chase", "number", t.number))
				d.gets(d.li.Private(), at, has("chase.tell", "number", t.number, "times", times))
				if times == 3 {
					d.gets(d.dutyDay.Private(), at, has("chase.manager", "number", t.number, "times", times))
				} else {
					d.spared(d.dutyDay.Private(), at, at.Add(time.Minute), has("chase.manager", "number", t.number))
				}
				d.spared(d.engineering, at, at.Add(time.Minute), holds(t.number))
			})
		}
		chase(60, 1)
		d.in(63, func() {
			at := d.now
			d.taps(p, "button.chase", t.number)
			d.told(p, p.Private(), at, has("chase.soon", "number", t.number))
			d.spared(d.li.Private(), at, at.Add(time.Minute), has("chase.tell", "number", t.number))
		})
		chase(75, 2)
		chase(90, 3)
		d.in(105, func() { d.arrives(d.li, t) })
		d.in(135, func() {
			d.finishes(d.li, t)
			d.rates(t, 3, "button.good", d.has(t, "rated.good"))
		})
	})
}

// nearMissStory is a room that does not exist, and work that waits overnight.
func (d *demo) nearMissStory() {
	p, room := d.guo, d.room()
	wrong := room[:len(room)-2] + "2" + room[len(room)-1:] // 3-502 becomes 3-522
	d.at(d.around(13, 25, 15), func() {
		said := d.now
		d.says(p, fmt.Sprintf("%s没电了,随时可以进", wrong))
		d.gets(p.Private(), said, has("place.near", "said", wrong))
		m, ok := d.channel.Find(p.Private(), d.text(p.Private(), "option.none"))
		if !ok {
			d.stuck = fmt.Errorf("no room was suggested for %s", wrong)
			return
		}
		d.taps(p, m.Buttons[0][0].Label)
		t := d.submits(p, d.engineering, said, "mine.registered")
		d.in(4, func() { d.takes(d.wang, t) })
		d.in(70, func() { d.arrives(d.wang, t) })
		d.in(85, func() {
			reason, _ := d.config.Site.PauseReason("parts")
			d.presses(d.wang, d.engineering, "button.pause", t.number)
			d.presses(d.wang, d.engineering, reason.Label.In(d.lang(d.engineering)), t.number)
			at := d.now
			d.presses(d.wang, d.engineering, d.text(d.engineering, "button.limit", "limit", reason.Limits[1]), t.number)
			until := at.AddDate(0, 0, 2)
			d.gets(p.Private(), at, has("pause.tell", "number", t.number, "reason", reason.Label, "until", until))
			t.ends(has("card.paused", "taker", d.wang.Name(), "reason", reason.Label), has("mine.paused", "number", t.number))
		})
	})
}

// cancelStory is a resident who no longer needs it: who was on the way is told.
func (d *demo) cancelStory() {
	p, room := d.ma, d.room()
	d.at(d.around(14, 20, 15), func() {
		said := d.now
		d.says(p, fmt.Sprintf("门锁坏了,%s,随时可以进", room))
		t := d.submits(p, d.engineering, said, "mine.registered")
		d.in(8, func() { d.takes(d.wang, t) })
		d.in(16, func() {
			d.taps(p, "button.cancel_ticket", t.number)
			at := d.now
			d.taps(p, "option.cancel_it", t.number)
			d.sees(p.Private(), at, has("done.cancel", "number", t.number))
			d.gets(d.wang.Private(), at, has("cancel.taker", "number", t.number))
			d.sees(d.engineering, at, holds(t.number), has("card.cancelled_resident"))
			t.ends(has("card.cancelled_resident"), has("mine.cancelled", "number", t.number))
		})
	})
}

// abandonedStory is a conversation that somebody leaves: reminded of once, after
// an hour, and closed politely after a day.
func (d *demo) abandonedStory() {
	p := d.song
	d.at(d.around(8, 20, 9), func() {
		d.says(p, "报修")
		d.taps(p, d.category(p.Private(), "air_con"))
		left := d.now.Add(-tap)
		remind, closed := left.Add(time.Hour), left.Add(24*time.Hour)
		d.gets(p.Private(), remind, has("dialog.remind"))
		d.spared(p.Private(), remind.Add(time.Minute), closed.Add(-time.Minute))
		d.gets(p.Private(), closed, has("dialog.close"))
	})
}

// dangerStory is a word of danger: the number to call comes first, and one tap
// sends the guards and tells the duty manager.
func (d *demo) dangerStory() {
	p, room := d.luo, d.room()
	building, floor, _ := splitRoom(room)
	corridor := fmt.Sprintf("%s-%s-corridor", building, floor)
	d.at(d.around(15, 10, 10), func() {
		at := d.now
		d.says(p, fmt.Sprintf("%s号楼%s楼走廊冒烟了", building, floor))
		d.gets(p.Private(), at, has("danger.safe.fire"), has("danger.ask_place", "place", d.placeOf(p.Private(), corridor)))
		t := d.sendsHelp(p, at, "fire", corridor)
		d.gets(d.dutyDay.Private(), at, has("ladder.reporter", "name", p.Name()),
			holds(d.placeOf(d.dutyDay.Private(), corridor)))
		d.in(1, func() { d.takes(d.guard, t) })
		d.in(5, func() { d.arrives(d.guard, t) })
		d.in(25, func() {
			d.finishes(d.guard, t)
			d.rates(t, 6, "button.good", d.has(t, "rated.good"))
		})
	})
}
