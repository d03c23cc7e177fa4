package main

import (
	"slices"
	"strings"
	"time"
)

// flow is how many there were of something: carried over, new, done, cancelled, open,
// overdue, unsolvable. The order is that of the columns.
type flow [7]int

// weekly are the numbers of a week as the ledger counts them.
type weekly struct {
	from, to  time.Time
	flows     map[string]map[string]flow // by question, by what they share
	praise    int
	rates     map[string][3]int // n, of, beside
	prominent int
	repeated  map[string]int // theme and how often
	left      map[string]int // number and days
	rows      map[string]line
}

// line is a ticket in the list of a spreadsheet.
type line struct {
	t                    *noted
	state, rating, cause string
	due, finished        time.Time
}

func (w *weekly) share(rate string, yes bool) {
	n := w.rates[rate]
	if n[1]++; yes {
		n[0]++
	}
	w.rates[rate] = n
}

func (w *weekly) beside(rate string) {
	n := w.rates[rate]
	n[2]++
	w.rates[rate] = n
}

func (w *weekly) put(question, key string, f flow) {
	if w.flows[question] == nil {
		w.flows[question] = map[string]flow{}
	}
	sum := w.flows[question][key]
	for i := range f {
		sum[i] += f[i]
	}
	w.flows[question][key] = sum
}

var fulfilled = []string{"done", "closed", "reworked"}

// countedWeek is a week as it is known now, for a reader who may know of the hidden
// complaints or not.
func (l *ledger) countedWeek(to, now time.Time, all bool) *weekly {
	w := &weekly{
		from: to.AddDate(0, 0, -7), to: to, flows: map[string]map[string]flow{}, rates: map[string][3]int{},
		repeated: map[string]int{}, left: map[string]int{}, rows: map[string]line{},
	}
	buildings, places, fresh := map[string]int{}, map[string]int{}, map[string]bool{}
	for _, number := range l.order {
		t := l.tickets[number]
		if t.filed.IsZero() || !t.filed.Before(to) || t.hidden && !all {
			continue
		}
		within := !t.filed.Before(w.from)
		if t.kind == "praise" {
			if within {
				w.praise++
			}
			continue
		}
		if theme := t.theme(); theme != "" && t.state(now) != "cancelled" {
			if within {
				buildings[theme+"@"+t.building()]++
			}
			if t.place != "" && !t.filed.Before(to.AddDate(0, 0, -30)) {
				places[theme+"@"+t.place]++
				fresh[theme+"@"+t.place] = within
			}
		}
		if _, ok := t.askedIn(w.from, to); ok && t.kind != "complaint" {
			w.share("callback", t.rating(now) != "")
		}
		w.add(l, t, within, now)
	}
	for _, n := range buildings {
		if n > 1 {
			w.prominent = max(w.prominent, n)
		}
	}
	for key, n := range places {
		if n > 1 && fresh[key] {
			w.repeated[key] = n
		}
	}
	return w
}

// theme is what a ticket is about, where that says something of its place.
func (t *noted) theme() string {
	switch t.kind {
	case "emergency", "suggestion":
		return ""
	case "complaint":
		return "complaint/" + t.sort
	}
	return t.category
}

func (t *noted) building() string {
	building, _, _ := strings.Cut(t.place, "-") // An area of the site is its own.
	return building
}

// add counts one ticket, if it was there in the week.
func (w *weekly) add(l *ledger, t *noted, within bool, now time.Time) {
	start, end := t.state(w.from.Add(-1)), t.state(w.to.Add(-1))
	open := slices.Contains(stillOpen, end)
	back, finished := false, time.Time{}
	before := start
	for _, b := range t.beats {
		if b.at.Before(w.from) || !b.at.Before(w.to) {
			continue
		}
		back = back || b.what != "open" && slices.Contains(stillOpen, b.state) && !slices.Contains(stillOpen, before) && before != ""
		if slices.Contains(fulfilled, b.state) && !slices.Contains(fulfilled, before) {
			finished = b.at
		}
		before = b.state
	}
	if !within && !slices.Contains(stillOpen, start) && !back {
		return
	}
	due := t.due(now)
	switch t.kind {
	case "complaint":
		due = t.filed.AddDate(0, 0, 3)
		for _, b := range t.beats {
			if b.what == "back" {
				due = b.at.AddDate(0, 0, 3)
			}
		}
	case "suggestion":
		due = t.replyBy
	}
	late := open && end != "paused" && due.Before(w.to)
	vain := end == "cancelled" && t.cancelledByDesk || open && end != "paused" && t.vain(w.to)
	f := flow{}
	for i, is := range []bool{!within, within, slices.Contains(fulfilled, end), end == "cancelled", open, late, vain} {
		if is {
			f[i] = 1
		}
	}
	w.tally(l, t, f)
	if !slices.Contains(fulfilled, end) {
		finished = time.Time{}
	}
	w.rows[t.number] = line{t: t, state: end, rating: t.rating(now), cause: t.cause, due: due, finished: finished}
	if open && (t.back > 0 || t.filed.Before(w.to.AddDate(0, 0, -3))) {
		w.left[t.number] = int(w.to.Sub(t.filed).Hours() / 24)
	}
	if t.kind == "complaint" && within {
		switch {
		case t.state(now) == "cancelled":
			w.share("valid", false)
		case t.cause != "":
			w.share("valid", true)
		default:
			w.beside("valid")
		}
	}
	if t.kind == "complaint" || t.kind == "suggestion" {
		return
	}
	w.rate(t, end, finished, due, late, now)
}

// rate counts one piece of work.
func (w *weekly) rate(t *noted, end string, finished, due time.Time, late bool, now time.Time) {
	over := slices.Contains(fulfilled, end)
	if end != "cancelled" {
		w.share("completion", over)
	}
	if late {
		w.share("timely", false)
	}
	if !over {
		return
	}
	denied := t.rating(now) == "not_fixed"
	w.share("timely", !finished.After(due) && !denied)
	w.share("rework", t.rework != "")
	if t.kind == "repair" && t.reworks == "" {
		w.share("first_fix", t.rework == "" && !denied && t.atOnce(w.to))
	}
	if t.rating(now) == "" {
		w.beside("satisfied")
	} else {
		w.share("satisfied", t.rating(now) == "good")
	}
}

func (w *weekly) tally(l *ledger, t *noted, f flow) {
	w.put("total", "", f)
	w.put("overview", t.kind, f)
	w.put("hours", t.filed.In(l.m.zone).Format("15"), f)
	method := "chat"
	switch {
	case t.reworks != "":
		method = "rework"
	case t.filedBy != "" && t.filedBy != t.requester:
		method = "caller"
	}
	w.put("methods", method, f)
	w.put("departments", t.department, f)
	switch t.kind {
	case "complaint":
		w.put("sorts", "complaint/"+t.sort, f)
		w.put("causes", t.cause, f)
		w.put("places", t.building(), f)
	case "suggestion":
		w.put("sorts", t.kind, f)
		w.put("places", t.building(), f)
	case "emergency": // Nor does it say where.
		w.put("sorts", t.kind, f)
		w.put("places", "", f)
	default:
		w.put("sorts", t.category, f)
		w.put("places", t.building(), f)
	}
}

// vain tells whether the last wait for an approval or a contractor ran to its limit.
func (t *noted) vain(to time.Time) (vain bool) {
	for i, b := range t.beats {
		if b.what != "pause" || !b.at.Before(to) {
			continue
		}
		ended := b.until.Before(to) && (i+1 == len(t.beats) || t.beats[i+1].at.After(b.until))
		vain = ended && (b.reason == "approval" || b.reason == "contractor")
	}
	return vain
}

// atOnce tells whether one visit was enough and nothing was waited for.
func (t *noted) atOnce(to time.Time) bool {
	var acts []string
	for _, b := range t.beats {
		switch {
		case !b.at.Before(to):
		case b.what == "undo" && len(acts) > 0:
			acts = acts[:len(acts)-1]
		default:
			acts = append(acts, b.what)
		}
	}
	visits := 0
	for _, what := range acts {
		switch what {
		case "arrived":
			visits++
		case "pause", "no_access":
			return false
		}
	}
	return visits < 2
}
