package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// termLedger reads what the network received about checkouts. It counts by what the
// leavers' own screens said and when; of the program it uses the texts, to recognise
// them, and nothing that counts.
type termLedger struct {
	w        *term
	visits   map[string]*leaving
	current  map[string]string // the number of somebody's newest booking
	occupied map[string]map[string]int
	touched  []string // hours to be looked at once everything of the moment has come
	lastAt   time.Time
	papers   []paperSeen
	saw      map[string]int
	digests  int
	weeks    int
	rush     int
}

// leaving is a checkout as its leaver saw it.
type leaving struct {
	number, who string
	state       string // slot wait express lost no_show cancelled begun closed
	day         desk.Date
	at          desk.ClockTime
	stood       []stood
	noShows     []time.Time
	// object is when a manager was asked to decide, said when it was the resident's word.
	begun, inspected, agreed, object, said,
	decided, lapsed, certified time.Time
	sum, owed string   // what was signed, and what holds
	own       []string // the sums of its lines
	air       string   // that of the air conditioner, which the room shares
}

// stood is a state from a time on.
type stood struct {
	at    time.Time
	state string
	day   desk.Date
}

type paperSeen struct {
	code, name string
	out        desk.Date
}

func newTermLedger(w *term) *termLedger {
	return &termLedger{w: w, visits: map[string]*leaving{}, current: map[string]string{}, occupied: map[string]map[string]int{}, saw: map[string]int{}}
}

func (v *leaving) open() bool {
	return slices.Contains([]string{"slot", "wait", "express", "lost", "no_show"}, v.state)
}
func (v *leaving) answered() bool {
	return !v.agreed.IsZero() || !v.object.IsZero() || !v.lapsed.IsZero()
}

var (
	aCheckout = regexp.MustCompile(`B-\d+`)
	zhDay     = regexp.MustCompile(`(\d{1,2})月(\d{1,2})日`)
	enDay     = regexp.MustCompile(`(\d{1,2}) (Nov|Dec)`)
	aClock    = regexp.MustCompile(`(\d{1,2}):(\d\d)`)
	aSum      = regexp.MustCompile(`(?:^|[^\d.])(\d+\.\d\d)(?:[^\d]|$)`)
)

// cardStates are the texts of a leaver's own card and what they say.
var cardStates = []struct{ key, state string }{
	{"checkout.mine_slot", "slot"}, {"checkout.mine_wait", "wait"}, {"checkout.mine_offer", "wait"}, {"checkout.mine_express", "express"},
	{"checkout.mine_lost", "lost"}, {"checkout.mine_no_show", "no_show"}, {"checkout.mine_no_show_again", "no_show"},
	{"checkout.mine_cancelled", "cancelled"}, {"checkout.mine_under_way", "begun"}, {"mine.inspecting", "begun"},
}

// enter reads one line of the log.
func (l *termLedger) enter(e playground.Entry) {
	if e.At.After(l.lastAt) {
		l.places()
		l.lastAt = e.At
	}
	if e.Kind != playground.Sent && e.Kind != playground.Edited {
		return
	}
	text := e.Message.Text
	if p := l.w.byID[e.Chat.ID]; p != nil {
		l.leaver(p, e)
		return
	}
	has := func(key string) (string, bool) { v, ok := l.w.ledger.reads(text, key); return v["number"], ok }
	if n, ok := has("inspect.you_signed"); ok {
		l.of(n).inspected = first(l.of(n).inspected, e.At)
	}
	for _, key := range []string{"inspect.objection", "inspect.silent"} {
		if n, ok := has(key); ok {
			l.of(n).object = first(l.of(n).object, e.At)
			if key == "inspect.objection" {
				l.of(n).said = first(l.of(n).said, e.At)
			}
		}
	}
	if _, ok := l.w.ledger.reads(text, "inspect.lapsed"); ok {
		n := aCheckout.FindString(text)
		l.of(n).lapsed = first(l.of(n).lapsed, e.At)
	}
	if e.Kind == playground.Sent {
		l.compare(e)
	}
}

func first(have, at time.Time) time.Time {
	if have.IsZero() {
		return at
	}
	return have
}

func (l *termLedger) of(number string) *leaving {
	if l.visits[number] == nil {
		l.visits[number] = &leaving{number: number}
	}
	return l.visits[number]
}

// leaver reads what somebody who leaves was shown.
func (l *termLedger) leaver(p *termLeaver, e playground.Entry) {
	text, number := e.Message.Text, aCheckout.FindString(e.Message.Text)
	if number == "" {
		return
	}
	v := l.of(number)
	v.who, l.current[p.ID()] = p.ID(), number
	has := func(key string) bool { _, ok := l.w.ledger.reads(text, key); return ok }
	for _, c := range cardStates {
		if has(c.key) {
			l.stands(p, v, e.At, c.state, text)
		}
	}
	if e.Kind == playground.Sent && (has("checkout.no_show") || has("checkout.no_show_again")) {
		v.noShows = append(v.noShows, e.At)
	}
	if has("inspect.head") && !has("inspect.you_agreed") {
		l.list(v, text)
	}
	if has("inspect.you_agreed") {
		v.agreed = first(v.agreed, e.At)
	}
	for _, decision := range []string{"keep", "change", "waive"} {
		if has("inspect.decided." + decision) {
			v.decided, v.owed = first(v.decided, e.At), map[string]string{"keep": v.sum, "waive": "0.00"}[decision]
			if decision == "change" {
				v.owed = aSum.FindStringSubmatch(text)[1]
			}
		}
	}
	if has("inspect.certificate") && e.Message.File != nil {
		l.certificate(p, v, e)
	}
}

// stands notes how a booking stands, and the place that it takes.
func (l *termLedger) stands(p *termLeaver, v *leaving, at time.Time, state, text string) {
	l.takes(p, v, -1)
	v.state, v.day, v.at = state, desk.Date{}, 0
	if state == "slot" || state == "wait" || state == "express" {
		if found := zhDay.FindStringSubmatch(text); found != nil {
			month, _ := strconv.Atoi(found[1])
			day, _ := strconv.Atoi(found[2])
			v.day = desk.Date{Year: 2026, Month: time.Month(month), Day: day}
		} else if found := enDay.FindStringSubmatch(text); found != nil {
			day, _ := strconv.Atoi(found[1])
			v.day = desk.Date{Year: 2026, Month: map[string]time.Month{"Nov": 11, "Dec": 12}[found[2]], Day: day}
		}
		if found := aClock.FindStringSubmatch(text); found != nil && state == "slot" {
			hour, _ := strconv.Atoi(found[1])
			v.at = desk.ClockTime(hour * 60)
		}
	}
	if state == "begun" {
		v.begun = first(v.begun, at)
	}
	v.stood = append(v.stood, stood{at, state, v.day})
	l.takes(p, v, 1)
}

func (l *termLedger) takes(p *termLeaver, v *leaving, n int) {
	if v.state != "slot" {
		return
	}
	hour := fmt.Sprintf("%s %s %s", p.room[:1], v.day, v.at)
	if l.occupied[hour] == nil {
		l.occupied[hour] = map[string]int{}
	}
	if l.occupied[hour][p.room] += n; l.occupied[hour][p.room] == 0 {
		delete(l.occupied[hour], p.room)
	}
	l.touched = append(l.touched, hour)
}

// places wants no hour to have more rooms than places.
func (l *termLedger) places() {
	for _, hour := range l.touched {
		if n := len(l.occupied[hour]); n > l.w.rooms {
			l.w.t.Errorf("%s: %d rooms have been told that they have one of %d places", hour, n, l.w.rooms)
		}
		l.saw["full"] = max(l.saw["full"], len(l.occupied[hour]))
	}
	l.touched = nil
}

// list reads what a leaver was shown to sign.
func (l *termLedger) list(v *leaving, text string) {
	v.sum, v.own, v.air = "0.00", nil, ""
	for line := range strings.SplitSeq(text, "\n") {
		var sums []string
		for _, found := range aSum.FindAllStringSubmatch(line, -1) {
			sums = append(sums, found[1])
		}
		_, total := l.w.ledger.reads(line, "inspect.sum")
		switch {
		case len(sums) == 0:
		case total:
			v.sum = sums[0]
		default:
			v.own = append(v.own, sums[len(sums)-1])
			if strings.Contains(line, "空调") || strings.Contains(line, "Air con") {
				v.air = sums[len(sums)-1]
			}
		}
	}
	v.owed = v.sum
}

// certificate reads the paper: what stands on it is what was signed, or decided.
func (l *termLedger) certificate(p *termLeaver, v *leaving, e playground.Entry) {
	if !v.certified.IsZero() {
		l.w.t.Errorf("%s: a second certificate", v.number)
	}
	v.certified = e.At
	l.stands(p, v, e.At, "closed", "")
	if dir := os.Getenv("TERM_KEEP"); dir != "" { // To be looked at.
		if err := os.WriteFile(filepath.Join(dir, v.number+".pdf"), e.Message.File.Body, 0o600); err != nil {
			l.w.t.Fatal(err)
		}
	}
	words := pageWords(l.w.t, e.Message.File.Body)
	code := shownCode.FindString(words)
	want := []string{code, p.name, p.student, v.owed, desk.DateOf(v.inspected, l.w.zone).String(), v.number}
	if v.owed == v.sum {
		want = append(want, v.own...)
	}
	for _, words1 := range want {
		if words1 == "" || !strings.Contains(words, words1) {
			l.w.t.Errorf("%s: %q is not on the certificate of %s, who signed %s and owes %s:\n%s", v.number, words1, p.name, v.sum, v.owed, words)
		}
	}
	l.papers = append(l.papers, paperSeen{code: code, name: p.name, out: desk.DateOf(v.inspected, l.w.zone)})
}

// close wants every sum that a room shared to have come out, once all have left it; and
// that there was something of every sort to look at.
func (l *termLedger) close() {
	left, paid := map[string]int{}, map[string]int64{}
	for _, v := range l.visits {
		if p := l.w.byID[v.who]; p != nil && !v.certified.IsZero() {
			fen, _ := desk.ParseYuan(v.air)
			left[p.room], paid[p.room] = left[p.room]+1, paid[p.room]+fen
		}
	}
	for room, fen := range paid {
		if fen > 0 && left[room] == 4 {
			l.saw["shared"]++
			if fen != 15000 { // The price of the list, whoever paid which part of it.
				l.w.t.Errorf("%s: for what was shared its four have signed %s together", room, desk.Yuan(fen))
			}
		}
	}
	codes := map[string]bool{}
	for _, p := range l.papers {
		if codes[p.code] {
			l.w.t.Errorf("two certificates have the code %s", p.code)
		}
		codes[p.code] = true
	}
	for _, of := range []string{"leaving", "inspected", "unsigned", "certificate", "waiting"} {
		if l.saw[of] == 0 {
			l.w.t.Errorf("there was never any %s", of)
		}
	}
	if torture() && (l.saw["no_show"] == 0 || l.saw["objection"] == 0 || l.saw["shared"] == 0 || l.saw["week certificate"] == 0) {
		l.w.t.Errorf("something was never there: %v", l.saw)
	}
	if n := len(l.papers); n < len(l.w.leavers)*8/10 {
		l.w.t.Errorf("only %d of %d have a certificate", n, len(l.w.leavers))
	}
	if l.rush < 3 || l.saw["full"] < l.w.rooms {
		l.w.t.Errorf("%d were after the last places at once, at most %d of %d places of an hour were taken", l.rush, l.saw["full"], l.w.rooms)
	}
}
