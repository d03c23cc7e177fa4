package main

import (
	"fmt"
	"regexp"
	"slices"
	"time"
	"unicode/utf8"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// The clocks of the example's configuration, as a resident would know them.
const (
	takeTerm     = 15 * time.Minute
	callbackTerm = 30 * time.Minute
)

// demoTicket is a ticket as people know it: by its number, and by what the
// transcript should say of it in the end.
type demoTicket struct {
	number    string
	group     desk.Address
	requester *playground.Person // nil for a caller
	said      time.Time          // when its clocks start
	urgent    bool
	emergency bool // its card says that somebody goes, not that they take it
	request   bool // no repair: other words for the same things
	// inGroup and forResident are how the cards should end.
	inGroup, forResident []words
}

var ticketNumber = regexp.MustCompile(`[RE]-\d+`)

// filed is the ticket of which the newest card in the private chat of who filed
// it speaks.
func (d *demo) filed(by *playground.Person, group desk.Address, said time.Time) *demoTicket {
	t := &demoTicket{group: group, requester: by, said: said, number: d.newestNumber(by)}
	t.request = group != d.engineering // In this day the others get requests only.
	d.tickets = append(d.tickets, t)
	return t
}

func (d *demo) newestNumber(p *playground.Person) string {
	if d.stuck != nil {
		return ""
	}
	for _, m := range slices.Backward(d.channel.Screen(p.Private())) {
		if n := ticketNumber.FindString(m.Text); n != "" && m.Person == "" {
			return n
		}
	}
	d.stuck = fmt.Errorf("%s was told no number", p.Name())
	return ""
}

// sosTexts are what the card of whoever reported an emergency says instead.
var sosTexts = map[string]string{
	"mine.registered_urgent": "mine.sos_told", "mine.done": "mine.sos_done", "mine.closed_resident": "mine.sos_closed",
}

// has is a text about the ticket, in the words for its kind.
func (d *demo) has(t *demoTicket, key string, pairs ...any) words {
	if other, differs := sosTexts[key]; differs && t.emergency {
		key = other
	}
	if t.request && d.config.Texts.Has(d.config.Site.Languages[0], key+"_request") {
		key += "_request"
	}
	return has(key, append([]any{"number", t.number}, pairs...)...)
}

// ends says how the cards of a ticket should read in the end.
func (t *demoTicket) ends(inGroup, forResident words) {
	t.inGroup, t.forResident = []words{inGroup}, []words{forResident}
}

// submits confirms a report, skips the question for a name, and expects the
// answer: a number at once, a card in the group, nothing else.
func (d *demo) submits(p *playground.Person, group desk.Address, said time.Time, registered string) *demoTicket {
	at := d.now
	d.taps(p, "option.submit")
	t := d.filed(p, group, said)
	d.gets(p.Private(), at, d.has(t, registered))
	if _, asked := d.channel.Find(p.Private(), d.label(p.Private(), "option.skip")); asked {
		d.taps(p, "option.skip")
	}
	if registered != "mine.night" {
		d.gets(group, at, holds(t.number), has("card.waiting", "said", said, "by", said.Add(takeTerm)))
	}
	return t
}

// sendsHelp is the one tap of somebody in danger: the guards have a card.
func (d *demo) sendsHelp(p *playground.Person, said time.Time, kind, place string) *demoTicket {
	at, chat := d.now, p.Private()
	yes := d.text(chat, "danger.yes."+kind)
	with := d.text(chat, "danger.yes_at", "what", yes, "place", d.placeOf(chat, desk.PlaceHead(place)))
	if utf8.RuneCountInString(with) <= 10 {
		yes = with
	}
	d.taps(p, yes)
	t := d.filed(p, d.security, said)
	t.urgent, t.emergency = true, true
	d.gets(p.Private(), at, holds(t.number), d.has(t, "mine.registered_urgent"))
	return t
}

// resident expects the resident's own card to change; a caller has none.
func (d *demo) resident(t *demoTicket, at time.Time, w words) {
	if t.requester != nil {
		d.sees(t.requester.Private(), at, w)
	}
}

// takes lets an employee take a ticket in the group.
func (d *demo) takes(w *playground.Person, t *demoTicket) {
	at := d.now
	if t.emergency {
		d.presses(w, t.group, "button.going", t.number)
	} else {
		d.presses(w, t.group, "button.take", t.number)
	}
	d.told(w, t.group, at, has("pressed.take", "number", t.number))
	d.sees(t.group, at, holds(t.number), holds(w.Name()))
	d.gets(w.Private(), at, holds(t.number), has("card.yours"))
	d.resident(t, at, words{key: t.number})
	d.resident(t, at, words{key: w.Name()})
}

// arrives lets the taker say in the group that they are there.
func (d *demo) arrives(w *playground.Person, t *demoTicket) {
	at := d.now
	d.presses(w, t.group, "button.arrived", t.number)
	d.told(w, t.group, at, has("pressed.arrived", "number", t.number))
	d.arrived(w, t, at)
}

func (d *demo) arrived(w *playground.Person, t *demoTicket, at time.Time) {
	d.sees(t.group, at, holds(t.number), has("card.arrived", "taker", w.Name(), "at", at))
	d.resident(t, at, d.has(t, "mine.arrived", "taker", w.Name(), "at", at))
}

// finishes lets the taker answer the card with a photo of the work.
func (d *demo) finishes(w *playground.Person, t *demoTicket) {
	at := d.now
	d.repliesPhoto(w, t.group, t.number)
	d.done(w, t, at)
}

// finishesInPrivate lets the taker press [完成] and send the photo to the desk, or
// say that there is none.
func (d *demo) finishesInPrivate(w *playground.Person, t *demoTicket, photo bool) {
	at := d.now
	d.presses(w, t.group, "button.done", t.number)
	d.told(w, t.group, at, has("press.in_private"))
	d.gets(w.Private(), at, has("ask.done.photo", "number", t.number))
	at = d.now
	if photo {
		d.sends(w, d.workPhoto)
	} else {
		d.taps(w, "option.no_photo", t.number)
	}
	d.sees(w.Private(), at, has("done.done", "number", t.number))
	d.done(w, t, at)
}

// done expects the cards to say so, and the callback half an hour later.
func (d *demo) done(w *playground.Person, t *demoTicket, at time.Time) {
	d.sees(t.group, at, holds(t.number), has("card.done", "taker", w.Name(), "at", at))
	d.resident(t, at, d.has(t, "mine.done", "taker", w.Name(), "at", at))
	t.ends(has("card.done", "taker", w.Name()), d.has(t, "mine.done"))
	if t.requester == nil {
		return
	}
	ask := d.mayAsk(at.Add(callbackTerm))
	d.gets(t.requester.Private(), ask, d.has(t, "callback.ask", "taker", w.Name(), "at", at))
	d.spared(t.requester.Private(), at.Add(time.Minute), ask.Add(-time.Minute), holds(t.number))
}

// mayAsk is when residents may be asked: from 9:00 to 21:30.
func (d *demo) mayAsk(t time.Time) time.Time {
	day := desk.DateOf(t, d.zone)
	from, to := desk.ClockTime(9*60).On(day, d.zone), desk.ClockTime(21*60+30).On(day, d.zone)
	switch {
	case t.Before(from):
		return from
	case t.Before(to):
		return t
	}
	return desk.ClockTime(9*60).On(day.AddDays(1), d.zone)
}

// rates lets the resident answer the callback some minutes after it came.
func (d *demo) rates(t *demoTicket, minutes int, label string, answer words) {
	d.in(int(callbackTerm/time.Minute)+minutes, func() {
		at := d.now
		d.taps(t.requester, label, t.number)
		d.sees(t.requester.Private(), at, answer)
		d.sees(t.group, at, holds(t.number), has("card.closed_resident"))
		t.ends(has("card.closed_resident"), d.has(t, "mine.closed_resident"))
	})
}

// placeOf is a place's name in a chat's language.
func (d *demo) placeOf(chat desk.Address, id string) string {
	return d.config.Site.PlaceLabel(id).In(d.lang(chat))
}

// category is the button of a category in a chat.
func (d *demo) category(chat desk.Address, id string) string {
	c, _ := d.config.Site.Category(id)
	return c.Label.In(d.lang(chat))
}

// called is what a ticket of a category is called in a chat.
func (d *demo) called(chat desk.Address, id string) string {
	c, _ := d.config.Site.Category(id)
	return c.Called().In(d.lang(chat))
}

// department is the button of a department.
func (d *demo) department(id string) string {
	dep, _ := d.config.Site.Department(id)
	return dep.Label.In(d.config.Site.Languages[0])
}
