package main

import (
	"slices"
	"strings"
	"time"

	"frontdesk/bot/playground"
)

// causeAsked stands among what somebody chose where they were asked for a cause.
const causeAsked = "cause of "

// caseMessage is what somebody was told of a complaint, a suggestion or praise.
func (l *ledger) caseMessage(e playground.Entry, number string) {
	text, who := e.Message.Text, e.Chat.ID
	at := l.acted[who]
	has := func(key string) bool { _, ok := l.reads(text, key); return ok }
	switch {
	case number == "" || number[0] != 'C' && number[0] != 'S':
	case e.Kind == playground.Sent && has("mine.complaint"):
		l.complains(number, who, "complaint", has("case.anonymous_kept"))
	case e.Kind == playground.Sent && has("mine.suggestion"):
		l.complains(number, who, "suggestion", false)
	case e.Kind == playground.Sent && (has("mine.praise") || has("mine.praise_wait")):
		l.complains(number, who, "praise", false)
	case has("ask.conclude.cause"):
		l.chosen[who] = append(l.chosen[who], causeAsked+number)
	case has("done.conclude"):
		t := l.of(number)
		for i, label := range l.chosen[who] {
			if i == 0 || l.chosen[who][i-1] != causeAsked+number {
				continue // A button of a question that is long answered.
			}
			for _, cause := range []string{"energy", "equipment", "service"} {
				if label == l.m.words("zh", "option.cause_"+cause) {
					t.cause = cause
				}
			}
		}
		l.replied(t, at)
		l.once(number, beat{at: at, what: "done", by: who, state: "done"})
		l.over(who)
	case has("done.reply"):
		t := l.of(number)
		l.replied(t, at)
		state := "taken"
		if t.kind == "suggestion" {
			state = "closed"
		}
		l.once(number, beat{at: at, what: "reply", by: who, state: state})
		l.over(who)
	case has("done.ask_back"):
		l.replied(l.of(number), at)
		l.once(number, beat{at: at, what: "reply", by: who, state: "taken"})
		l.over(who)
	case has("case.rated"):
		if t := l.of(number); t.state(at) == "done" {
			what, chosen := "good", l.chosen[who]
			if lang := l.m.config.Site.Language(l.m.people[who].Lang()); slices.Contains(chosen[max(0, len(chosen)-1):], l.m.words(lang, "button.call_fair")) {
				what = "fair"
			}
			t.ratings = append(t.ratings, rating{at, what})
			t.beat(beat{at: at, what: "closed", by: who, state: "closed"})
		}
	case has("case.back"):
		if t := l.of(number); t.state(at) == "done" || t.state(at) == "closed" {
			t.back++
			t.ratings = append(t.ratings, rating{at, ""}) // It is asked again.
			t.beat(beat{at: at, what: "back", by: who, state: "taken"})
		}
	case has("case.taken"):
		if t := l.of(number); t.state(at) == "new" {
			l.once(number, beat{at: at, what: "take_case", by: who, state: "taken"})
		}
	}
	if number != "" && number[0] == 'C' && e.Kind == playground.Sent && has("case.repeats") {
		l.of(number).repeated = true
	}
}

func (l *ledger) replied(t *noted, at time.Time) {
	if t.repliedAt.IsZero() {
		t.repliedAt = at
	}
}

// complains is a case as its author described it.
func (l *ledger) complains(number, who, kind string, anonymous bool) {
	t := l.of(number)
	if !t.filed.IsZero() {
		return
	}
	t.kind, t.requester, t.unnamed = kind, who, anonymous
	t.filed = l.acted[who]
	lang := l.m.config.Site.Language(l.m.people[who].Lang())
	for _, label := range l.chosen[who] {
		for _, sort := range []string{"equipment", "manner", "quality", "other"} {
			if label == l.m.words(lang, "option.type_"+sort) && t.sort == "" {
				t.sort = sort
			}
		}
		for _, d := range l.m.config.Site.Departments {
			if label == d.Label.In(lang) {
				t.about = "team " + d.ID
			}
		}
	}
	_, t.place = toldOf(l.said[who])
	t.hidden = strings.Contains(l.said[who], "值班经理") || strings.Contains(l.said[who], "the duty manager")
	for _, c := range l.m.crew["engineering/0"] {
		for _, line := range strings.Split(l.said[who], "\n") {
			if line == c.Name() {
				t.about = "person " + c.Name()
			}
		}
	}
	t.replyBy = l.answeredBy(t)
	t.beat(beat{at: t.filed, what: "open", by: who, state: "new"})
	l.over(who)
}

// answeredBy is by when a manager should answer: within a quarter of an hour by day,
// at nine what comes at night; a suggestion within three working days.
func (l *ledger) answeredBy(t *noted) time.Time {
	local := t.filed.In(l.m.zone)
	midnight := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, l.m.zone)
	switch {
	case t.kind != "complaint":
		return addDays(t.filed, 0, 3, l.m.zone)
	case local.Hour() < 8:
		return midnight.Add(9 * time.Hour)
	case local.Hour() >= 22:
		return midnight.AddDate(0, 0, 1).Add(9 * time.Hour)
	}
	return t.filed.Add(15 * time.Minute)
}

// themes are what a complaint has in common with others.
func (t *noted) themes() []string {
	var keys []string
	switch {
	case strings.HasPrefix(t.about, "team"):
		keys = append(keys, t.about+t.sort)
	case t.about != "":
		keys = append(keys, t.about)
	}
	if t.place != "" {
		keys = append(keys, "room "+t.place+t.sort)
	}
	if !t.unnamed {
		keys = append(keys, "own "+t.requester+t.sort)
	}
	return keys
}
