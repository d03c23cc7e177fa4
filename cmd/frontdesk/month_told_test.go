package main

import (
	"slices"
	"strings"
	"time"

	"frontdesk/bot/playground"
)

// message is something that the desk sent or changed.
func (l *ledger) message(e playground.Entry) {
	text, who := e.Message.Text, e.Chat.ID
	if l.m.people[who] == nil {
		return // What groups see says nothing that somebody was not told.
	}
	at := l.acted[who]
	number := anyNumber.FindString(text)
	has := func(key string) bool { _, ok := l.reads(text, key); return ok }
	if e.Kind == playground.Sent {
		l.sent(e)
	}
	switch {
	case number == "":
	case has("done.done"):
		l.once(number, beat{at: at, what: "done", by: who, state: "done"})
	case has("done.pause"):
		reason, until := l.waits(number, who, playground.Entry{At: at, Text: l.chosen[who][len(l.chosen[who])-1]})
		l.once(number, beat{at: at, what: "pause", by: who, state: "paused", reason: reason, until: until})
		l.over(who)
	case has("done.cancel"):
		l.once(number, beat{at: at, what: "cancel", by: who, state: "cancelled"})
		l.of(number).cancelledByDesk = l.of(number).requester != who
		l.over(who)
	case has("mine.cancelled"), has("mine.case_cancelled"):
		l.once(number, beat{at: at, what: "cancel", by: who, state: "cancelled"})
	case has("mine.reworked"):
		l.denied(number)
	case has("call.result.not_fixed"): // Also where it goes on under a number that is open already.
		l.denied(number)
	case has("rated.good"), has("rated.good_request"):
		l.rates(number, "good", at)
	case has("rated.fair"):
		l.rates(number, "fair", at)
	case has("call.result.good"):
		l.phoned(number, "good", at)
	case has("call.result.fair"):
		l.phoned(number, "fair", at)
	}
	l.caseMessage(e, number)
}

// once is a beat that brings a ticket into another state: what is shown again is no
// other one.
func (l *ledger) once(number string, b beat) {
	t := l.of(number)
	if t.state(b.at) != b.state {
		t.beat(b)
	}
}

func (l *ledger) rates(number, what string, at time.Time) {
	t := l.of(number)
	if t.state(at) == "done" {
		t.ratings = append(t.ratings, rating{at, what})
		t.beat(beat{at: at, what: "closed", state: "closed"})
	}
}

// phoned is an answer on the phone. What is asked a month later changes no rating.
func (l *ledger) phoned(number, what string, at time.Time) {
	t := l.of(number)
	t.phoned = append(t.phoned, at)
	if n := len(t.ratings); n > 0 && (t.ratings[n-1].at.Equal(at) || t.state(at) != "done") {
		return
	}
	t.ratings = append(t.ratings, rating{at, what})
	l.once(number, beat{at: at, what: "closed", state: "closed"})
}

// denied is work that did not hold: only who says so when asked denies that it was
// done; later it came back.
func (l *ledger) denied(number string) {
	t, at := l.of(number), l.pressed[number]
	switch t.state(at) {
	case "done":
		t.ratings = append(t.ratings, rating{at, "not_fixed"})
		t.byDenial = true
	case "closed":
	default:
		return
	}
	t.beat(beat{at: at, what: "reworked", state: "reworked"})
}

// sent is a message that came anew.
func (l *ledger) sent(e playground.Entry) {
	text, who := e.Message.Text, e.Chat.ID
	reads := func(keys ...string) (map[string]string, bool) {
		for _, key := range keys {
			if v, ok := l.reads(text, key); ok {
				return v, true
			}
		}
		return nil, false
	}
	if v, ok := reads("mine.registered_urgent", "mine.registered_request", "mine.registered", "mine.registered_slot", "mine.night"); ok {
		_, urgent := reads("mine.registered_urgent")
		l.filed(who, who, v["number"], text, urgent)
	}
	if v, ok := reads("log.say", "log.say_urgent"); ok {
		_, urgent := reads("log.say_urgent")
		l.filed("", who, v["number"], text, urgent)
	}
	if v, ok := reads("rework.manager"); ok {
		l.reworked(v["number"], v["next"])
	}
	if v, ok := reads("rework.recurs"); ok {
		l.of(v["number"]).reworks = v["old"]
		l.of(v["old"]).rework = v["number"]
	}
	if v, ok := reads("callback.ask", "callback.ask_request", "call.task"); ok {
		t := l.of(v["number"])
		t.asked = append(t.asked, e.At)
	}
	if _, ok := reads("shift.returned"); ok {
		_, list, _ := strings.Cut(dense(text), dense(strings.Split(l.m.words("zh", "shift.returned"), "{")[0]))
		list, _, _ = strings.Cut(list, "\n")
		for _, number := range anyNumber.FindAllString(list, -1) {
			l.givesBack(number, who, e.At)
		}
	}
	l.report(e)
}

// filed is a new ticket: what it is about and where is what its requester wrote.
func (l *ledger) filed(requester, by, number, text string, urgent bool) {
	t := l.of(number)
	if !t.filed.IsZero() {
		return
	}
	t.number, t.requester, t.filedBy, t.urgent = number, requester, by, urgent
	t.filed = l.acted[by]
	for _, d := range l.m.config.Site.Departments {
		if strings.Contains(text, d.Label.In("zh")) || strings.Contains(text, d.Label.In("en")) {
			t.department = d.ID
		}
	}
	t.category, t.place = toldOf(l.said[by])
	switch {
	case strings.HasPrefix(number, "E"):
		t.kind = "emergency"
	case slices.Contains([]string{"clean", "pest", "moving", "door_open"}, t.category):
		t.kind = "request"
	default:
		t.kind = "repair"
	}
	t.beats = append([]beat{{at: t.filed, what: "open", by: by, state: "new"}}, t.beats...)
	l.over(by)
}

// reworked is a ticket that goes on with another one.
func (l *ledger) reworked(number, next string) {
	old, t := l.of(number), l.of(next)
	if old.rework == next {
		return
	}
	at := l.pressed[number]
	old.rework, t.reworks = next, number
	if t.filed.IsZero() {
		t.number, t.requester, t.filedBy = next, old.requester, old.filedBy
		t.category, t.place, t.department, t.kind, t.urgent = old.category, old.place, old.department, old.kind, old.urgent
		t.filed = at
		t.beats = append([]beat{{at: at, what: "open", state: "new"}}, t.beats...)
	}
	l.denied(number)
	if old.byDenial {
		t.firstDue = old.owed(l.m.zone, l.m.now)
	}
}

// toldOf is what a sentence is about, by the words that the people of the month
// use.
func toldOf(said string) (category, place string) {
	for _, w := range monthWords {
		zh, en := strings.Trim(strings.ReplaceAll(w.zh, "%s", ""), ","), strings.TrimSpace(strings.Trim(strings.ReplaceAll(w.en, "%s", ""), ", "))
		if strings.Contains(said, zh) || strings.Contains(said, en) {
			category = w.category
		}
	}
	if strings.Contains(said, "洗手池堵了") {
		category = "leak"
	}
	if found := aRoom.FindString(said); found != "" {
		place = found
	} else if strings.Contains(said, "食堂") {
		place = "canteen"
	}
	return category, place
}

// addDays is so many days, or working days, later at the same time of day. The
// calendar is written out once more: that of the example.
func addDays(at time.Time, days, workdays int, zone *time.Location) time.Time {
	local := at.In(zone)
	for day := local; workdays > 0; {
		day = day.AddDate(0, 0, 1)
		local = day
		date := day.Format("2006-01-02")
		off := day.Weekday() == time.Saturday || day.Weekday() == time.Sunday || date >= "2026-10-01" && date <= "2026-10-07"
		if date == "2026-09-27" || date == "2026-10-10" {
			off = false
		}
		if !off {
			workdays--
		}
	}
	return local.AddDate(0, 0, days)
}

// paused is how long a ticket waited until a time, the pause that lasts left out.
func (t *noted) paused(now time.Time) (took time.Duration) {
	for i, b := range t.beats {
		if b.what != "pause" {
			continue
		}
		end := b.until
		if i+1 < len(t.beats) && t.beats[i+1].at.Before(end) {
			if end = t.beats[i+1].at; t.beats[i+1].what == "undo" {
				continue // It was none.
			}
		}
		if !end.After(now) {
			took += end.Sub(b.at)
		}
	}
	return took
}

// due is by when the work should be done: a day after it was filed, and what pauses
// took, as far as it is known at a time.
func (t *noted) due(now time.Time) time.Time { return t.filed.Add(24 * time.Hour).Add(t.paused(now)) }

// owed is the same, but for work that was denied the clock of the first runs on.
func (t *noted) owed(_ *time.Location, now time.Time) time.Time {
	due := t.due(now)
	if !t.firstDue.IsZero() && t.firstDue.Add(t.paused(now)).Before(due) {
		return t.firstDue.Add(t.paused(now))
	}
	return due
}
