package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdesk/bot/playground"
)

// delivered is a digest or a report as somebody got it.
type delivered struct {
	who, sort string
	at        time.Time
	text      string
	buttons   []string
	numbers   map[string]int
	file      []byte
}

// daily are the numbers of a day as the ledger counts them.
type daily map[string]int

var stillOpen = []string{"new", "taken", "arrived", "paused", "no_access"}

// counted is a day that ends at a time, as it is known now, for a reader who may know
// of the hidden complaints or not.
func (l *ledger) counted(to, now time.Time, all bool) (n daily, longest string) {
	from := to.AddDate(0, 0, -1)
	n = daily{}
	within := func(at time.Time) bool { return !at.Before(from) && at.Before(to) }
	var since time.Time
	themes := map[string]int{}
	for _, number := range l.order {
		t := l.tickets[number]
		if t.filed.IsZero() || t.kind == "praise" || t.hidden && !all {
			continue
		}
		state := t.state(to)
		open := slices.Contains(stillOpen, state) && t.filed.Before(to)
		if number[0] == 'C' || number[0] == 'S' {
			l.countCase(n, themes, t, from, to, now, open)
			continue
		}
		if within(t.filed) {
			n["new"]++
			if local := t.filed.In(l.m.zone); t.urgent && (local.Hour() < 8 || local.Hour() >= 18 || local.Hour() == 17 && local.Minute() >= 30) {
				n["night"]++
				if i := slices.IndexFunc(t.beats, func(b beat) bool { return b.what == "take" }); i >= 0 && !t.beats[i].at.After(now) {
					n["night_taken"]++
					n["night_wait"] = max(n["night_wait"], int(t.beats[i].at.Sub(t.filed)/time.Second))
				}
			}
		}
		if t.finished(from, to) {
			n["done"]++
			if t.rating(now) == "not_fixed" || t.doneAt(to).After(t.due(now)) {
				n["late"]++
			} else {
				n["in_time"]++
			}
			if t.rework != "" || t.state(now) == "reworked" {
				n["rework"]++
			}
			switch t.rating(now) {
			case "":
				n["unrated"]++
			case "good":
				n["good"]++
				n["rated"]++
			default:
				n["rated"]++
			}
		}
		if at, ok := t.askedIn(from, to); ok {
			n["asked"]++
			if slices.ContainsFunc(t.ratings, func(r rating) bool { return within(r.at) && !r.at.Before(at) }) ||
				slices.ContainsFunc(t.phoned, func(answer time.Time) bool { return within(answer) && !answer.Before(at) }) ||
				slices.ContainsFunc(t.beats, func(b beat) bool { return b.what == "reworked" && within(b.at) && !b.at.Before(at) }) {
				n["answered"]++
			}
		}
		if open {
			n["open"]++
			if due := t.owed(l.m.zone, now); state != "paused" && due.Before(to) {
				n["overdue"]++
				if longest == "" || due.Before(since) {
					longest, since = number, due
				}
			}
		}
	}
	for _, times := range themes {
		if times > 1 {
			n["prominent"] = max(n["prominent"], times)
		}
	}
	return n, longest
}

// finished tells whether work was finished in a period and not taken back in it.
func (t *noted) finished(from, to time.Time) (done bool) {
	for i, b := range t.beats {
		if b.at.Before(from) || !b.at.Before(to) {
			continue
		}
		if b.what == "done" {
			done = true
		} else if b.what == "undo" && i > 0 && t.beats[i-1].what == "done" {
			done = false
		}
	}
	return done
}

// doneAt is when work was done last before a time.
func (t *noted) doneAt(to time.Time) (at time.Time) {
	for _, b := range t.beats {
		if b.what == "done" && b.at.Before(to) {
			at = b.at
		}
	}
	return at
}

func (t *noted) rating(now time.Time) (what string) {
	for _, r := range t.ratings {
		if !r.at.After(now) {
			what = r.what
		}
	}
	return what
}

func (t *noted) askedIn(from, to time.Time) (time.Time, bool) {
	for _, at := range t.asked {
		if !at.Before(from) && at.Before(to) {
			return at, true
		}
	}
	return time.Time{}, false
}

func (l *ledger) countCase(n daily, themes map[string]int, t *noted, from, to, now time.Time, open bool) {
	fresh := !t.filed.Before(from) && t.filed.Before(to)
	if t.kind == "suggestion" {
		if fresh {
			n["suggestion"]++
		}
		return
	}
	if fresh {
		n["complaint"]++
		if !t.repliedAt.IsZero() && !t.repliedAt.After(t.replyBy) {
			n["replied"]++
		}
		if t.repeated {
			n["repeated"]++
		}
	}
	if open && (t.back > 0 || to.After(t.filed.AddDate(0, 0, 3))) {
		n["left_over"]++
	}
	if !t.filed.Before(to.AddDate(0, 0, -3)) && t.filed.Before(to) && t.state(now) != "cancelled" {
		for _, key := range t.themes() {
			themes[key]++
		}
	}
}

// report keeps a digest or a weekly report, and compares it with the count at once.
func (l *ledger) report(e playground.Entry) {
	text := e.Message.Text
	p := delivered{who: e.Chat.ID, at: e.At, text: text, numbers: map[string]int{}}
	for _, row := range e.Message.Buttons {
		for _, b := range row {
			p.buttons = append(p.buttons, b.Label)
		}
	}
	if e.Message.File != nil {
		p.file = e.Message.File.Body
	}
	has := func(key string) bool { _, ok := l.reads(text, key); return ok }
	switch {
	case has("weekly.head"), has("weekly.quiet"):
		p.sort = "week"
		l.compareWeek(p)
	case has("weekly.book"):
		p.sort = "book"
		l.compareBook(p)
	case has("digest.repairs"), has("digest.quiet"):
		p.sort = "digest"
		l.compareDay(&p)
	default:
		return
	}
	l.told = append(l.told, p)
}

// digestLines are the texts of the digest and what each of their numbers is.
var digestLines = map[string]map[string]string{
	"digest.repairs":     {"new": "new", "done": "done", "open": "open", "overdue": "overdue"},
	"digest.callbacks":   {"answered": "answered", "asked": "asked"},
	"digest.in_time":     {"in_time": "in_time", "done": "done"},
	"digest.rework":      {"rework": "rework", "done": "done"},
	"digest.rated":       {"good": "good", "rated": "rated", "unrated": "unrated"},
	"digest.unrated":     {"unrated": "unrated", "done": "done"},
	"digest.night":       {"n": "night", "taken": "night_taken"},
	"digest.night_free":  {"n": "night"},
	"digest.complaints":  {"n": "complaint", "replied": "replied"},
	"digest.prominent":   {"n": "prominent"},
	"digest.repeated":    {"n": "repeated"},
	"digest.left_over":   {"n": "left_over"},
	"digest.suggestions": {"n": "suggestion"},
}

var digestButtons = map[string]string{
	"new": "new", "done": "done", "open": "open", "overdue": "overdue", "rework": "rework", "callback": "asked", "rated": "rated",
	"unrated": "unrated", "late": "late", "prominent": "prominent", "night": "night", "complaint": "complaint", "repeated": "repeated", "left_over": "left_over", "suggestion": "suggestion",
}

// compareDay wants every number of a digest to be that of the count, every number
// that is not zero to be told, and to have its button.
func (l *ledger) compareDay(p *delivered) {
	local := p.at.In(l.m.zone)
	to := time.Date(local.Year(), local.Month(), local.Day(), 8, 0, 0, 0, l.m.zone)
	all := !slices.Contains(l.m.ids("duty_manager"), p.who)
	want, longest := l.counted(to, p.at, all)
	wrong := func(format string, args ...any) {
		l.m.t.Errorf("%s, digest to %s: %s\n%s", to.Format("01-02"), l.m.people[p.who].Name(), fmt.Sprintf(format, args...), p.text)
	}
	if _, quiet := l.reads(p.text, "digest.quiet"); quiet {
		if want["new"]+want["overdue"]+want["rework"]+want["complaint"]+want["left_over"]+want["suggestion"] > 0 {
			wrong("it is quiet, the log says %v", want)
		}
		return
	}
	seen := map[string]bool{}
	for key, names := range digestLines {
		v, ok := l.reads(p.text, key)
		if !ok {
			continue
		}
		for name, of := range names {
			got, _ := strconv.Atoi(v[name])
			p.numbers[of] = got
			seen[of] = true
			if got != want[of] {
				wrong("%s is %d, the log says %d", of, got, want[of])
			}
		}
	}
	if v, ok := l.reads(p.text, "digest.prominent_cause"); ok {
		seen["prominent"] = true
		if v["n"] != strconv.Itoa(want["prominent"]) {
			wrong("prominent is %s, the log says %d", v["n"], want["prominent"])
		}
	}
	for of, n := range want {
		if n > 0 && !seen[of] && of != "night_wait" && !(of == "late" || of == "in_time" || of == "replied" || of == "good" || of == "rated") {
			wrong("%d %s are not told", n, of)
		}
	}
	if v, ok := l.reads(p.text, "digest.longest"); ok && v["number"] != longest {
		wrong("the longest is %s, the log says %s", v["number"], longest)
	}
	lang := l.m.config.Site.Language(l.m.people[p.who].Lang())
	for button, of := range digestButtons {
		label := strings.ReplaceAll(l.m.words(lang, "button.digest_"+button), "{n}", strconv.Itoa(want[of]))
		if has := slices.Contains(p.buttons, label); has != (want[of] > 0) {
			wrong("the button [%s] is there: %v, the log says %d %s; %q", label, has, want[of], of, p.buttons)
		}
	}
	if v, ok := l.reads(p.text, "digest.repairs_before"); ok {
		l.compareBefore(p, v, wrong)
	}
}

// compareBefore wants beside the numbers those that were told a week ago.
func (l *ledger) compareBefore(p *delivered, v map[string]string, wrong func(string, ...any)) {
	for _, before := range l.told {
		if before.sort != "digest" || before.who != p.who || before.at.In(l.m.zone).Format("01-02") != p.at.In(l.m.zone).AddDate(0, 0, -7).Format("01-02") {
			continue
		}
		for _, of := range []string{"new", "done", "open", "overdue"} {
			if got := v[of+"_before"]; got != strconv.Itoa(before.numbers[of]) {
				wrong("%s of a week ago is %s, and was told as %d", of, got, before.numbers[of])
			}
		}
		return
	}
	wrong("it compares with a week ago, of which nothing was told")
}

// ids are the people of a duty.
func (m *month) ids(duty string) (ids []string) {
	for _, shift := range []string{"/0", "/1"} {
		for _, p := range m.crew[duty+shift] {
			ids = append(ids, p.ID())
		}
	}
	return ids
}
