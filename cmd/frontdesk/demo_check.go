package main

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/playground"
	"frontdesk/desk"
	"frontdesk/storage"
)

// check looks at all that the channel received: whether everything came that
// should have, and nothing that should not.
func (d *demo) check() {
	log := d.channel.Log()
	d.digest(log)
	d.weekly(log)
	d.expected(log)
	for _, e := range log {
		d.readable(e)
		d.undisturbed(log, e)
	}
	d.answered(log)
	for _, t := range d.tickets {
		d.final(t)
	}
	d.delivered()
}

var (
	rawKey = regexp.MustCompile(`\b[a-z][a-z_]+(\.[a-z0-9_]+)+\b`)
	// formatted is what Go prints for a value that does not fit.
	formatted = regexp.MustCompile(`%!|<nil>|\bmap\[|0001-01-01`)
)

// readable finds texts that no person should read: empty ones, raw keys,
// placeholders without a value.
func (d *demo) readable(e playground.Entry) {
	var texts []string
	switch e.Kind {
	case playground.Sent, playground.Edited:
		texts = append(texts, e.Message.Text)
		for _, row := range e.Message.Buttons {
			for _, b := range row {
				texts = append(texts, b.Label)
			}
		}
		if e.Message.Text == "" && len(e.Message.Photos) == 0 {
			d.wrong("%s %s got an empty message", d.clockOf(e.At), d.channel.Title(e.Chat))
		}
	case playground.Answered:
		texts = append(texts, e.Text)
	}
	for _, text := range texts {
		var plain []string // without links
		for _, word := range strings.Fields(text) {
			if !strings.Contains(word, "://") {
				plain = append(plain, word)
			}
		}
		joined := strings.Join(plain, " ")
		if bad := rawKey.FindString(joined) + formatted.FindString(joined); bad != "" || strings.ContainsAny(joined, "{}") {
			d.wrong("%s %s got a text that nobody understands: %q", d.clockOf(e.At), d.channel.Title(e.Chat), text)
			continue
		}
		d.right()
	}
}

// undisturbed finds what reached a resident or a group in the quiet hours, or
// somebody off shift, without being urgent or the answer to what they just did.
func (d *demo) undisturbed(log []playground.Entry, e playground.Entry) {
	local := e.At.In(d.zone)
	quiet := local.Hour() >= 22 || local.Hour() < 8
	if e.Kind != playground.Sent || !quiet || d.onDutyAtNight(e.Chat) {
		return
	}
	for _, t := range d.tickets {
		if t.urgent && t.number != "" && strings.Contains(e.Message.Text, t.number) {
			d.right()
			return
		}
	}
	answer := slices.ContainsFunc(log, func(x playground.Entry) bool {
		acted := x.Kind == playground.Said || x.Kind == playground.Pressed || x.Kind == playground.Event
		// The administrator is told of the invitation that they made minutes ago.
		return acted && !x.At.After(e.At) && e.At.Sub(x.At) < time.Minute && (x.Chat == e.Chat || e.Chat == d.admin.Private())
	})
	if !answer {
		d.wrong("%s %s was disturbed in the quiet hours: %q", d.clockOf(e.At), d.channel.Title(e.Chat), e.Message.Text)
		return
	}
	d.right()
}

func (d *demo) onDutyAtNight(a desk.Address) bool {
	for _, p := range []*playground.Person{d.dutyNight, d.night, d.guardNight} {
		if a == p.Private() {
			return true
		}
	}
	return false
}

// answered finds presses that were left without an answer.
func (d *demo) answered(log []playground.Entry) {
	open := map[string]playground.Entry{}
	for _, e := range log {
		switch e.Kind {
		case playground.Pressed:
			open[e.Press] = e
		case playground.Answered:
			delete(open, e.Press)
			d.right()
		}
	}
	for _, e := range open {
		d.wrong("%s %s: the press of [%s] was never answered", d.clockOf(e.At), d.channel.Title(e.Chat), e.Text)
	}
}

// final looks at the last edit of every card of a ticket.
func (d *demo) final(t *demoTicket) {
	if len(t.inGroup) == 0 || t.number == "" {
		d.wrong("%s came to no end", t.number)
		return
	}
	d.reads(t.group, t.number, t.inGroup)
	if t.requester != nil {
		d.reads(t.requester.Private(), t.number, t.forResident)
	}
}

// reads wants a message of a chat to speak of a ticket in these words now.
func (d *demo) reads(chat desk.Address, number string, list []words) {
	var newest string
	for _, m := range slices.Backward(d.channel.Screen(chat)) {
		if m.Person != "" || !strings.Contains(m.Text, number) {
			continue
		}
		if newest == "" {
			newest = m.Text
		}
		if !slices.ContainsFunc(list, func(w words) bool { return !d.pattern(chat, w, d.now).MatchString(dense(m.Text)) }) {
			d.right()
			return
		}
	}
	d.wrong("%s: no card of %s reads as it should in the end; the newest: %q", d.channel.Title(chat), number, newest)
}

// delivered wants that the channel refused nothing, and that nothing waits.
func (d *demo) delivered() {
	for _, r := range d.channel.Refused() {
		d.wrong("not delivered to %s: %v: %q", d.channel.Title(r.Chat), r.Err, r.Text)
	}
	var dead []storage.Outgoing
	var waiting map[desk.Lane]int
	err := d.app.Store.View(d.ctx, func(tx *storage.Tx) error {
		var err error
		if dead, err = bot.Undelivered(tx, 100); err == nil {
			waiting, err = bot.Waiting(tx)
		}
		return err
	})
	if err != nil {
		d.wrong("the store could not be read: %v", err)
	}
	for _, row := range dead {
		d.wrong("given up: a message of class %s to %s", row.Class, d.channel.Title(row.Chat))
	}
	for lane, n := range waiting {
		if n > 0 {
			d.wrong("%d messages of lane %d still wait", n, lane)
		}
	}
	d.right()
}

func (d *demo) clockOf(t time.Time) string { return t.In(d.zone).Format("15:04") }
