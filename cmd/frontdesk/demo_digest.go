package main

import (
	"time"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// told is what the transcript says of one ticket at 8:00, read from the last
// version of its card in a group.
type told struct {
	open, done, reworked, urgentAtNight bool
	asked, answered                     bool
	rating                              string
	// shown is when an urgent one of the night reached its group, wait how long it
	// took until somebody pressed.
	shown time.Time
	wait  time.Duration
}

// digest expects the digest of the day, with numbers that are counted from the
// transcript alone: from what the groups and the residents saw, and pressed.
func (d *demo) digest(log []playground.Entry) {
	from := desk.ClockTime(8*60).On(d.day, d.zone)
	to := desk.ClockTime(8*60).On(d.day.AddDays(1), d.zone)
	seen := map[string]*told{}
	for _, t := range d.tickets {
		seen[t.number] = &told{}
	}
	for _, e := range log {
		if e.At.Before(from) || !e.At.Before(to) {
			continue
		}
		if t := seen[ticketNumber.FindString(e.Message.Text)]; t != nil {
			d.follow(t, e)
		}
	}
	n := struct{ fresh, done, open, rework, asked, answered, good, rated, unrated, night int }{fresh: len(seen)}
	count := func(to *int, is bool) {
		if is {
			*to++
		}
	}
	slowest := time.Duration(0)
	for _, t := range seen {
		count(&n.done, t.done)
		count(&n.open, t.open)
		count(&n.rework, t.done && t.reworked)
		count(&n.asked, t.asked)
		count(&n.answered, t.answered)
		count(&n.rated, t.done && t.rating != "")
		count(&n.good, t.done && t.rating == "good")
		count(&n.unrated, t.done && t.rating == "")
		count(&n.night, t.urgentAtNight)
		slowest = max(slowest, t.wait)
	}
	at := to.Add(10 * time.Minute)
	repairs := has("digest.repairs", "new", n.fresh, "done", n.done, "open", n.open, "overdue", 0)
	for _, p := range []*playground.Person{d.dutyDay, d.centre, d.property} {
		d.gets(p.Private(), at, has("digest.head", "from", from, "to", to), repairs,
			has("digest.complaints", "n", demoComplaints, "replied", demoComplaints),
			has("digest.callbacks", "answered", n.answered, "asked", n.asked),
			has("digest.rework", "rework", n.rework, "done", n.done),
			has("digest.rated", "good", n.good, "rated", n.rated, "unrated", n.unrated),
			has("digest.night", "n", n.night, "taken", n.night, "wait", slowest.Truncate(time.Minute)))
	}
}

// follow reads one line of the transcript.
func (d *demo) follow(t *told, e playground.Entry) {
	card := d.isGroup(e.Chat) && (e.Kind == playground.Sent && e.Message.ReplyTo == "" || e.Kind == playground.Edited)
	says := func(key string) bool {
		return d.pattern(e.Chat, has(key), e.At).MatchString(dense(e.Message.Text))
	}
	local := e.At.In(d.zone)
	switch {
	case card:
		t.followCard(says)
		if e.Kind == playground.Sent && (says("card.head_urgent") || says("card.head_emergency")) && (local.Hour() < 8 || local.Hour() >= 18) {
			t.urgentAtNight, t.shown = true, e.At
		}
	case e.Kind == playground.Sent && (says("callback.ask") || says("callback.ask_request") || says("call.task")):
		t.asked = true
	case e.Kind == playground.Pressed:
		d.followPress(t, e)
	case e.Kind == playground.Sent && says("mine.night"):
		t.open = true // No group has a card of it yet.
	}
}

func (t *told) followCard(says func(string) bool) {
	t.done = t.done || says("card.done")
	t.reworked = t.reworked || says("card.reworked")
	over := says("card.done") || says("card.reworked") || says("card.closed_resident") ||
		says("card.closed_desk") || says("card.cancelled_resident")
	t.open = !over
}

// followPress counts an answer to the callback, in chat or on the phone.
func (d *demo) followPress(t *told, e playground.Entry) {
	ratings := map[string]string{
		"button.good": "good", "button.fair": "fair", "button.not_fixed": "not_fixed", "button.call_good": "good", "button.call_fair": "fair",
	}
	for key, rating := range ratings {
		if e.Text == d.text(e.Chat, key) {
			t.rating, t.answered = rating, t.asked
		}
	}
	if t.urgentAtNight && t.wait == 0 && (e.Text == d.text(e.Chat, "button.take") || e.Text == d.text(e.Chat, "button.going")) {
		t.wait = e.At.Sub(t.shown)
	}
}
