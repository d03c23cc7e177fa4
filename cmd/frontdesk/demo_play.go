package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// demo is a day while it is played: a desk, the people around it, a clock that
// is moved by hand, and what is still to happen. One goroutine does it all, so a
// seed always gives the same day.
type demo struct {
	ctx     context.Context
	out     io.Writer
	config  *Config
	app     *App
	channel *playground.Channel
	zone    *time.Location
	rand    *rand.Rand

	day  desk.Date // the stories are of this one
	now  time.Time
	next time.Time // when the desk has something to do by itself
	// seen, if there is one, is called after each step: grew says that somebody
	// sees something new. It may let others act before it returns.
	seen func(grew bool)
	todo []scene
	// stuck is why the present scene of a story cannot go on: its further steps
	// are left out, and the day goes on without it.
	stuck   error
	printed int // entries of the channel's log

	faultPhoto, workPhoto []byte

	cast
	expectations []expectation
	tickets      []*demoTicket
	checked      int
	failures     []string
}

// scene is something that people do at a time.
type scene struct {
	at time.Time
	do func()
}

func (d *demo) clock() time.Time { return d.now }

// at lets something happen at a time of the day; it may be late by what other
// people do just then.
func (d *demo) at(t time.Time, do func()) {
	if d.stuck != nil {
		return
	}
	i, _ := slices.BinarySearchFunc(d.todo, t, func(m scene, t time.Time) int {
		if m.at.After(t) {
			return 1
		}
		return -1
	})
	d.todo = slices.Insert(d.todo, i, scene{t, do})
}

// in lets something happen some minutes from now.
func (d *demo) in(minutes int, do func()) { d.at(d.now.Add(time.Duration(minutes)*time.Minute), do) }

// around is a time of the day, up to some minutes later by the seed.
func (d *demo) around(hour, minute, spread int) time.Time {
	return desk.ClockTime(hour*60+minute+d.rand.IntN(spread+1)).On(d.day, d.zone)
}

// play lets everything happen until the end of the day.
func (d *demo) play(end time.Time) error {
	if err := d.settle(); err != nil {
		return err
	}
	for len(d.todo) > 0 && !d.todo[0].at.After(end) {
		m := d.todo[0]
		d.todo = d.todo[1:]
		if err := d.wait(m.at); err != nil {
			return err
		}
		m.do()
		if d.stuck != nil {
			d.wrong("%s: %v", d.now.In(d.zone).Format("15:04"), d.stuck)
			d.stuck = nil
		}
	}
	return d.wait(end)
}

// wait moves the clock to a time, from one thing that is due to the next.
func (d *demo) wait(until time.Time) error {
	for !d.next.IsZero() && !d.next.After(until) {
		if d.next.After(d.now) {
			d.now = d.next
		}
		if err := d.settle(); err != nil {
			return err
		}
	}
	if until.After(d.now) {
		d.now = until
	}
	return d.settle()
}

// settle lets the desk do all that is due now, and prints what came of it.
func (d *demo) settle() error {
	for {
		next, err := d.app.Step(d.ctx, d.now)
		if err != nil {
			return err
		}
		grew := d.print()
		d.next = next
		if d.seen != nil {
			d.seen(grew)
		}
		if next.IsZero() || next.After(d.now) {
			return nil
		}
	}
}

// tap is how long people take between two taps.
const tap = 3 * time.Second

// hand hands an input to the desk and lets it answer.
func (d *demo) hand(in desk.Input) {
	if d.stuck != nil {
		return
	}
	if d.stuck = d.app.Handler.Handle(d.ctx, []desk.Input{in}, nil); d.stuck == nil {
		d.stuck = d.settle()
	}
	if d.stuck == nil {
		d.stuck = d.wait(d.now.Add(tap))
	}
}

// says lets somebody write to the desk in private.
func (d *demo) says(p *playground.Person, text string) {
	if d.stuck == nil {
		d.hand(p.Say(p.Private(), text))
	}
}

// taps lets somebody press a button in private: the newest with that label, on a
// message that speaks of all of about.
func (d *demo) taps(p *playground.Person, label string, about ...string) {
	d.presses(p, p.Private(), label, about...)
}

// presses is the same in any chat. A label with a dot is a key of the texts.
func (d *demo) presses(p *playground.Person, chat desk.Address, label string, about ...string) {
	if d.stuck != nil {
		return
	}
	in, err := p.Press(chat, d.label(chat, label), about...)
	if err != nil {
		d.stuck = err
		return
	}
	d.hand(in)
}

// sends lets somebody send a photo in private.
func (d *demo) sends(p *playground.Person, photo []byte) {
	if d.stuck == nil {
		d.hand(p.Photo(p.Private(), "", photo))
	}
}

// repliesPhoto lets somebody answer the card of a ticket with a photo.
func (d *demo) repliesPhoto(p *playground.Person, chat desk.Address, number string) {
	if d.stuck != nil {
		return
	}
	card, ok := d.channel.Find(chat, "", number)
	if !ok {
		d.stuck = fmt.Errorf("no card of %s", number)
		return
	}
	d.hand(p.ReplyPhoto(card, "", d.workPhoto))
}

// lang is the language of a chat: a group speaks the site's first.
func (d *demo) lang(chat desk.Address) string {
	for _, p := range d.channel.People() {
		if p.Private() == chat {
			return d.config.Site.Language(p.Lang())
		}
	}
	return d.config.Site.Languages[0]
}

// text is a text of the desk as it reads in a chat now. Placeholders that are not
// given stay as they are.
func (d *demo) text(chat desk.Address, key string, pairs ...any) string {
	return d.config.Texts.Render(d.lang(chat), desk.T(key, pairs...), d.now)
}

func (d *demo) label(chat desk.Address, label string) string {
	if strings.Contains(label, ".") {
		return d.text(chat, label)
	}
	return label
}

// demoPhoto is a picture of one pixel.
var demoPhoto = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89" +
	"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa7\x9a\xa0\xa0\x00\x00\x00\x00IEND\xaeB`\x82")
