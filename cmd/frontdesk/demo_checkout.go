package main

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// demoLeaver is a checkout of the story: who leaves, and the number of the booking.
type demoLeaver struct {
	lodger
	number string
}

var (
	bookingNumber   = regexp.MustCompile(`B-\d+`)
	certificateCode = regexp.MustCompile(`[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}`)
)

// checkoutHour is the hour that both of the story book, on the day after.
const checkoutHour = desk.ClockTime(10 * 60)

// checkoutStory is two who share a room and leave it together: they book one hour,
// are reminded, and the caretaker looks at the room on the phone. The one objects and
// the manager decides, the other is the last and pays for a key; both have their
// certificate, and what is to be done in the room is with those who do it.
func (d *demo) checkoutStory() {
	place := d.room()
	first, last := &demoLeaver{lodger: lodges(d.mate, place, "B")}, &demoLeaver{lodger: lodges(d.leaver, place, "A")}
	visit := checkoutHour.On(d.day.AddDays(1), d.zone)
	d.at(d.around(8, 24, 6), func() {
		d.lists(desk.StayIn, d.day.AddDays(-420), first.lodger, last.lodger)
		d.says(last.Person, "我要退宿")
		d.gets(last.Private(), d.now.Add(-tap), has("ask.checkout.place"))
		d.saysWho(last.lodger)
		d.taps(last.Person, "option.checkout_slot")
		d.says(last.Person, "明天")
		d.books(last, visit)
		d.gets(last.Private(), visit.AddDate(0, 0, -1), has("checkout.remind_day", "number", last.number))
		d.gets(last.Private(), visit.Add(-time.Hour), has("checkout.remind_hour", "number", last.number, "name", d.caretaker.Name()))
	})
	d.at(d.around(12, 20, 10), func() {
		d.says(first.Person, "/checkout")
		d.saysWho(first.lodger)
		at := d.now
		d.taps(first.Person, "option.checkout_slot")
		d.gets(first.Private(), at, has("ask.checkout.day_mate", "at", visit))
		d.says(first.Person, "tomorrow")
		d.books(first, visit)
		d.gets(first.Private(), visit.Add(-time.Hour), has("checkout.remind_hour", "number", first.number))
		// Neither is told who the other is.
		d.spared(first.Private(), at, visit.Add(time.Hour), holds(last.Name()))
		d.spared(last.Private(), at, visit.Add(time.Hour), holds(first.Name()))
	})
	list := desk.ClockTime(8*60).On(d.day.AddDays(1), d.zone)
	d.gets(d.caretaker.Private(), list, has("leavers.head", "day", visit, "n", 2), holds(place+" A"), holds(place+" B"))
	d.at(visit.Add(time.Duration(1+d.rand.IntN(3))*time.Minute), func() { d.firstLeaves(first, last) })
}

// saysWho answers what somebody is asked of whom the desk knows nothing yet.
func (d *demo) saysWho(l lodger) {
	d.says(l.Person, l.place)
	d.taps(l.Person, l.bed)
	d.says(l.Person, l.number)
	d.says(l.Person, l.Name())
}

// books takes the hour of the visit, and keeps the number of the booking.
func (d *demo) books(l *demoLeaver, visit time.Time) {
	d.taps(l.Person, checkoutHour.String())
	at := d.now
	d.taps(l.Person, "option.submit")
	d.gets(l.Private(), at, has("checkout.mine_slot", "from", visit, "to", visit.Add(time.Hour)), holds(d.placeOf(l.Private(), l.place)))
	if d.stuck != nil {
		return
	}
	for _, m := range slices.Backward(d.channel.Screen(l.Private())) {
		if l.number = bookingNumber.FindString(m.Text); l.number != "" && m.Person == "" {
			return
		}
	}
	d.stuck = fmt.Errorf("%s was told no number", l.Name())
}

// firstLeaves is the inspection of the one who leaves while a room-mate still lives
// there, and the objection: only the part that is theirs was asked for, and the
// manager asks for nothing.
func (d *demo) firstLeaves(first, last *demoLeaver) {
	ct, m := d.caretaker, d.dutyDay
	d.inspects(first)
	d.taps(ct, d.inspected(ct, "air_con"))
	d.taps(ct, "option.mark_damaged")
	d.taps(ct, d.charged(ct, "air_con"))
	d.taps(ct, "option.shared")
	d.sends(ct, d.faultPhoto)
	d.taps(ct, "option.rest_ok")
	d.readsMeter(ct, "water_meter", "128.5")
	d.readsMeter(ct, "power_meter", "4021.7")
	at := d.signs(first)
	d.gets(first.Private(), at, has("inspect.photos", "number", first.number))
	d.gets(first.Private(), at, has("inspect.line_shared", "whole", "150.00", "of", 2, "sum", "75.00"), has("inspect.sum", "sum", "75.00"))
	d.in(3, func() {
		d.taps(first.Person, "button.object", first.number)
		at := d.now
		d.says(first.Person, "The cover was cracked when I moved in")
		d.gets(m.Private(), at, has("inspect.objection", "number", first.number, "name", first.Name()), holds("The cover was cracked"))
		d.in(6, func() {
			d.taps(m, "button.decide_waive", first.number)
			at := d.now
			d.says(m, d.inStaff("照片上是旧裂痕,这次不收", "The photo shows an old crack; nothing to pay"))
			d.gets(first.Private(), at, has("inspect.decided.waive", "number", first.number, "name", m.Name()))
			d.gets(ct.Private(), at, has("inspect.decided.waive", "number", first.number, "name", m.Name()))
			d.getsPaper(first, at)
			cover := d.follows(d.engineering, "air_con", last.place, at)
			d.in(1, func() { d.takes(d.li, cover) })
		})
	})
	d.in(11, func() { d.lastLeaves(last) })
}

// lastLeaves is the inspection of who leaves the room last: the part of what was found
// before stands on the list, a key is missing, and the duties are looked at too.
func (d *demo) lastLeaves(last *demoLeaver) {
	ct, m := d.caretaker, d.dutyDay
	d.inspects(last)
	d.taps(ct, d.inspected(ct, "door_key"))
	d.taps(ct, "option.mark_missing")
	d.taps(ct, d.charged(ct, "door_key"))
	d.taps(ct, "option.no_photo")
	d.taps(ct, "option.rest_ok")
	d.readsMeter(ct, "water_meter", "128.5")
	d.readsMeter(ct, "power_meter", "4021.9")
	d.readsMeter(ct, "keys_back", "1")
	at := d.signs(last)
	d.gets(last.Private(), at, has("inspect.line", "item", d.inspected(last.Person, "door_key"), "sum", "60.00"), has("inspect.sum", "sum", "135.00"))
	d.in(3, func() {
		at := d.now
		d.taps(last.Person, "button.agree", last.number)
		d.gets(m.Private(), at, has("inspect.fees", "number", last.number, "name", last.Name()), has("inspect.fees_sum", "sum", "135.00"))
		d.in(4, func() {
			at := d.now
			d.taps(m, "button.fees", last.number)
			d.getsPaper(last, at)
			d.gets(ct.Private(), at, has("inspect.follow", "number", last.number))
			lock := d.follows(d.engineering, "door", last.place, at)
			clean := d.follows(d.cleaning, "clean", last.place, at)
			d.in(2, func() { d.takes(d.wang, lock) })
			d.in(3, func() { d.takes(d.cleaner, clean) })
			d.in(5, func() { d.shownAtTheGate(last) })
		})
	})
}

// inspects opens a booking from the list of the day and begins.
func (d *demo) inspects(l *demoLeaver) {
	d.taps(d.caretaker, l.place+" "+l.bed)
	at := d.now
	d.taps(d.caretaker, "button.inspect", l.number)
	d.sees(l.Private(), at, has("mine.inspecting", "number", l.number, "name", d.caretaker.Name()))
}

// readsMeter enters the number of a meter.
func (d *demo) readsMeter(ct *playground.Person, meter, number string) {
	d.taps(ct, d.inspected(ct, meter))
	d.says(ct, number)
}

// signs closes the list and signs it; at is when the leaver is shown it.
func (d *demo) signs(l *demoLeaver) (at time.Time) {
	d.taps(d.caretaker, "option.finish")
	at = d.now
	d.taps(d.caretaker, "option.sign")
	d.gets(d.caretaker.Private(), at, has("inspect.you_signed", "number", l.number))
	d.gets(l.Private(), at, has("inspect.head", "number", l.number, "name", d.caretaker.Name()), has("inspect.answer", "number", l.number))
	return at
}

// getsPaper expects the certificate, as a file that opens.
func (d *demo) getsPaper(l *demoLeaver, at time.Time) {
	d.expect(expectation{what: "the certificate", chat: l.Private(), at: at, kinds: []playground.EntryKind{playground.Sent}, pdf: true},
		[]words{has("inspect.certificate", "number", l.number)})
}

// follows expects a ticket that follows from a checkout in a group, where nothing says
// that anybody left.
func (d *demo) follows(group desk.Address, category, place string, at time.Time) *demoTicket {
	t := &demoTicket{group: group, said: at, request: group != d.engineering}
	if d.stuck != nil {
		return t
	}
	card, ok := d.channel.Find(group, d.text(group, "button.take"), d.called(group, category), d.placeOf(group, place))
	if !ok {
		d.stuck = fmt.Errorf("%s has no ticket of %s in %s", d.channel.Title(group), category, place)
		return t
	}
	t.number = ticketNumber.FindString(card.Text)
	d.gets(group, at, holds(t.number), has("card.waiting", "said", at, "by", at.Add(takeTerm)))
	for _, secret := range []words{has("checkout.title"), holds(d.leaver.Name()), holds(d.mate.Name())} {
		d.spared(group, at, at.Add(time.Hour), secret)
	}
	return t
}

// shownAtTheGate is a guard who looks whether the certificate of somebody with
// suitcases is true, and learns no more than that.
func (d *demo) shownAtTheGate(l *demoLeaver) {
	code := ""
	for _, m := range d.channel.Screen(l.Private()) {
		if m.Person == "" && strings.Contains(m.Text, l.number) {
			code = cmp.Or(certificateCode.FindString(m.Text), code)
		}
	}
	at := d.now
	d.says(d.guard, "/verify "+code)
	d.gets(d.guard.Private(), at, has("verify.code_valid", "name", desk.MaskName(l.Name())))
	d.spared(d.guard.Private(), at, at.Add(time.Minute), holds(l.Name()))
}

// inspected is what an item of the checklist is called in somebody's chat.
func (d *demo) inspected(p *playground.Person, id string) string {
	rule := d.config.Site.Inspection
	for _, item := range append(slices.Clone(rule.Inventories[0].Items), rule.Last...) {
		if item.ID == id {
			return item.Label.In(d.lang(p.Private()))
		}
	}
	return id
}

// charged is what a line of the price list is called in somebody's chat.
func (d *demo) charged(p *playground.Person, id string) string {
	price, _ := d.config.Site.Inspection.Price(id)
	return price.Label.In(d.lang(p.Private()))
}
