package main

import (
	"slices"
	"strings"
	"time"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// termNumbers are what a digest says of checkouts, in its order.
var termNumbers = []string{"leaving", "inspected", "no_show", "unsigned", "certificate", "objection", "waiting"}

// counted is the day up to a time, by what people saw.
func (l *termLedger) counted(to time.Time) map[string]int {
	n := map[string]int{}
	from, today := to.AddDate(0, 0, -1), desk.DateOf(to, l.w.zone)
	within := func(at time.Time) bool { return !at.Before(from) && at.Before(to) }
	been := func(at time.Time) bool { return !at.IsZero() && at.Before(to) }
	for _, v := range l.visits {
		var last stood
		for _, s := range v.stood {
			if s.at.Before(to) {
				last = s
			}
		}
		if last.day == today && (last.state == "slot" || last.state == "express") {
			n["leaving"]++
		}
		if last.state == "wait" {
			n["waiting"]++
		}
		if within(v.inspected) {
			n["inspected"]++
		}
		if within(v.certified) {
			n["certificate"]++
		}
		if slices.ContainsFunc(v.noShows, within) {
			n["no_show"]++
		}
		switch {
		case !been(v.begun) || been(v.certified):
		case been(v.object):
			if !been(v.decided) {
				n["objection"]++
			}
		case !been(v.agreed) && !been(v.lapsed):
			n["unsigned"]++
		}
	}
	return n
}

// compare wants the line about checkouts in a digest, or in the report of a week, to be
// that of the count, and to be missing where nothing is counted.
func (l *termLedger) compare(e playground.Entry) {
	text := e.Message.Text
	has := func(key string) bool { _, ok := l.w.ledger.reads(text, key); return ok }
	p := l.w.people[e.Chat.ID]
	if p == nil {
		return
	}
	lang := l.w.config.Site.Language(p.Lang())
	local := e.At.In(l.w.zone)
	switch {
	case has("digest.repairs") || has("digest.quiet"):
		l.digests++
		to := time.Date(local.Year(), local.Month(), local.Day(), 8, 0, 0, 0, l.w.zone)
		n := l.counted(to)
		l.line(e, lang, "digest.checkouts", "digest.checkout.", termNumbers, n)
		for _, of := range termNumbers {
			l.saw[of] += n[of]
			label := l.w.config.Texts.Render(lang, desk.T("button.digest_"+of, "n", n[of]), e.At)
			if _, shown := e.Message.Button(label); shown != (n[of] > 0) {
				l.w.t.Errorf("digest to %s: the button [%s] is there: %v\n%s", to.Format("01-02"), label, shown, text)
			}
		}
	case has("weekly.head") || has("weekly.quiet"):
		l.weeks++
		to := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, l.w.zone)
		n := l.week(to.AddDate(0, 0, -7), to)
		l.line(e, lang, "weekly.checkouts", "weekly.checkout.", []string{"inspected", "no_show", "certificate", "object"}, n)
		l.saw["week certificate"] += n["certificate"]
	}
}

// week is what happened in a week.
func (l *termLedger) week(from, to time.Time) map[string]int {
	n := map[string]int{}
	within := func(at time.Time) bool { return !at.Before(from) && at.Before(to) }
	for _, v := range l.visits {
		for of, at := range map[string]time.Time{"inspected": v.inspected, "certificate": v.certified, "object": v.said} {
			if within(at) {
				n[of]++
			}
		}
		if slices.ContainsFunc(v.noShows, within) {
			n["no_show"]++
		}
	}
	return n
}

// line compares the parts of one line.
func (l *termLedger) line(e playground.Entry, lang, key, prefix string, order []string, n map[string]int) {
	var parts []desk.Text
	for _, of := range order {
		if n[of] > 0 {
			parts = append(parts, desk.T(prefix+of, "n", n[of]))
		}
	}
	want := ""
	if parts != nil {
		want = l.w.config.Texts.Render(lang, desk.T(key, "parts", parts), e.At)
	}
	head, _, _ := strings.Cut(l.w.config.Texts.Render(lang, desk.T(key, "parts", []desk.Text{desk.Literal("|")}), e.At), "|")
	got := ""
	for line := range strings.SplitSeq(e.Message.Text, "\n") {
		if strings.HasPrefix(line, strings.TrimSpace(head)) {
			got = line
		}
	}
	if got != want {
		l.w.t.Errorf("%s to %s: it says %q, the log says %q", key, e.At.In(l.w.zone).Format("01-02"), got, want)
	}
}
