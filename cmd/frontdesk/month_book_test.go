package main

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"frontdesk/desk"
)

// lastMonday is the beginning of the week in which a time is.
func lastMonday(at time.Time, zone *time.Location) time.Time {
	local := at.In(zone)
	back := (int(local.Weekday()) + 6) % 7
	return time.Date(local.Year(), local.Month(), local.Day()-back, 0, 0, 0, 0, zone)
}

// weekFor is the count for a report that somebody got.
func (l *ledger) weekFor(p delivered) *weekly {
	return l.countedWeek(lastMonday(p.at, l.m.zone), p.at, !slices.Contains(l.m.ids("duty_manager"), p.who))
}

// compareWeek wants every number of the text to be that of the count.
func (l *ledger) compareWeek(p delivered) {
	w := l.weekFor(p)
	total := w.flows["total"][""]
	wrong := func(format string, args ...any) {
		l.m.t.Errorf("week to %s, to %s: %s\n%s", w.to.Format("01-02"), l.m.people[p.who].Name(), fmt.Sprintf(format, args...), p.text)
	}
	want := map[string]map[string]int{
		"weekly.flow":    {"carried": total[0], "new": total[1], "done": total[2], "cancelled": total[3], "open": total[4]},
		"weekly.trouble": {"overdue": total[5], "unsolved": total[6]},
	}
	if w.prominent > 0 {
		want["weekly.prominent"] = map[string]int{"n": w.prominent}
	}
	if n := len(w.repeated); n > 0 {
		want["weekly.repeated"] = map[string]int{"cases": n, "n": slices.Max(slices.Collect(maps.Values(w.repeated)))}
	}
	if n := len(w.left); n > 0 {
		want["weekly.left_over"] = map[string]int{"n": n}
	}
	for key, numbers := range want {
		v, ok := l.reads(p.text, key)
		if !ok {
			if numbers["overdue"]+numbers["unsolved"] > 0 || key != "weekly.trouble" {
				wrong("nothing of %s is told", key)
			}
			continue
		}
		for name, n := range numbers {
			if v[name] != strconv.Itoa(n) {
				wrong("%s of %s is %s, the log says %d", name, key, v[name], n)
			}
		}
	}
	lang := l.m.config.Site.Language(l.m.people[p.who].Lang())
	text := fitted(p.text)
	for rate, n := range w.rates {
		if n[1] == 0 {
			continue
		}
		percent := (n[0]*1000/n[1] + 5) / 10
		words := map[string]string{
			"zh": fmt.Sprintf("%s%d%%(%d/%d", l.m.words("zh", "weekly.rate."+rate), percent, n[0], n[1]),
			"en": fmt.Sprintf("%s %d%% (%d/%d", l.m.words("en", "weekly.rate."+rate), percent, n[0], n[1]),
		}[lang]
		if !strings.Contains(text, fitted(words)) {
			wrong("%s is not told", words)
		}
	}
}

// compareBook wants every cell of the spreadsheet to be that of the count.
func (l *ledger) compareBook(p delivered) {
	w := l.weekFor(p)
	lang := l.m.config.Site.Language(l.m.people[p.who].Lang())
	file, err := excelize.OpenReader(bytes.NewReader(p.file))
	if err != nil {
		l.m.t.Errorf("the spreadsheet does not open: %v", err)
		return
	}
	defer file.Close()
	l.books++
	wrong := func(format string, args ...any) {
		l.m.t.Errorf("week to %s, spreadsheet for %s: %s", w.to.Format("01-02"), l.m.people[p.who].Name(), fmt.Sprintf(format, args...))
	}
	sheet := func(name string) [][]string {
		rows, err := file.GetRows(l.m.words(lang, "weekly.sheet."+name), excelize.Options{RawCellValue: true})
		if err != nil || len(rows) == 0 {
			wrong("no sheet %s: %v", name, err)
			return nil
		}
		l.cells += len(rows) * len(rows[0])
		return rows[1:]
	}
	for _, question := range []string{"overview", "sorts", "causes", "places", "departments", "hours", "methods"} {
		want, got := map[string]flow{}, map[string]flow{}
		for key, f := range w.flows[question] {
			want[l.called(lang, question, key)] = f
		}
		if question == "overview" {
			want[l.m.words(lang, "weekly.col.total")] = w.flows["total"][""]
			if w.praise > 0 {
				want[l.m.words(lang, "weekly.kind.praise")] = flow{1: w.praise}
			}
		}
		for _, row := range sheet(question) {
			f := flow{}
			for i := range f {
				if i+1 < len(row) && row[i+1] != "" {
					if f[i], err = strconv.Atoi(row[i+1]); err != nil {
						wrong("%s of %s is no number", row[i+1], row[0])
					}
				}
			}
			got[row[0]] = f
		}
		if diff := cmp.Diff(want, got); diff != "" {
			wrong("%s (-log +sheet): %s", question, diff)
		}
	}
	l.compareRates(w, lang, sheet("rates"), wrong)
	l.compareThemes(w, lang, sheet("themes"), wrong)
	left := map[string]int{}
	for _, row := range sheet("left_over") {
		left[row[0]], _ = strconv.Atoi(row[4])
	}
	if diff := cmp.Diff(w.left, left); diff != "" {
		wrong("left over (-log +sheet): %s", diff)
	}
	l.compareRows(w, lang, sheet("tickets"), wrong)
}

func (l *ledger) compareRates(w *weekly, lang string, rows [][]string, wrong func(string, ...any)) {
	got := map[string][3]int{}
	for _, row := range rows {
		n := [3]int{}
		for i := range n {
			n[i], _ = strconv.Atoi(row[i+2])
		}
		got[row[0]] = n
		share, _ := strconv.ParseFloat(row[1], 64)
		if n[1] > 0 && (share-float64(n[0])/float64(n[1]) > 1e-9 || share-float64(n[0])/float64(n[1]) < -1e-9) {
			wrong("%s is %v of %v, and %s", row[0], n[0], n[1], row[1])
		}
	}
	want := map[string][3]int{}
	for _, rate := range []string{"timely", "completion", "rework", "first_fix", "satisfied", "callback", "valid"} {
		want[l.m.words(lang, "weekly.rate."+rate)] = w.rates[rate]
	}
	if diff := cmp.Diff(want, got); diff != "" {
		wrong("rates (-log +sheet): %s", diff)
	}
}

func (l *ledger) compareThemes(w *weekly, lang string, rows [][]string, wrong func(string, ...any)) {
	want, got := map[string]int{}, map[string]int{}
	if w.prominent > 0 {
		want[l.m.words(lang, "weekly.standing.prominent")] = w.prominent
	}
	for key, n := range w.repeated {
		theme, place, _ := strings.Cut(key, "@")
		want[l.m.config.Texts.Render(lang, desk.T("weekly.about",
			"place", l.m.config.Site.PlaceLabel(place), "what", l.called(lang, "sorts", theme)), l.m.now)] = n
	}
	for _, row := range rows {
		n, _ := strconv.Atoi(row[2])
		if row[0] == l.m.words(lang, "weekly.standing.prominent") {
			got[row[0]] = n
			continue
		}
		got[row[1]] = n
	}
	if diff := cmp.Diff(want, got); diff != "" {
		wrong("themes (-log +sheet): %s", diff)
	}
}

// compareRows wants every ticket of the week in the list, as it stood.
func (l *ledger) compareRows(w *weekly, lang string, rows [][]string, wrong func(string, ...any)) {
	if len(rows) != min(len(w.rows), 1000) {
		wrong("%d tickets are listed, the log says %d", len(rows), len(w.rows))
	}
	moment := func(cell string) time.Time {
		days, err := strconv.ParseFloat(cell, 64)
		if err != nil {
			return time.Time{}
		}
		at, _ := excelize.ExcelDateToTime(days, false)
		return time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), 0, l.m.zone)
	}
	near := func(a, b time.Time) bool {
		return a.IsZero() == b.IsZero() && (a.IsZero() || a.Sub(b).Abs() <= 90*time.Second)
	}
	for _, row := range rows {
		row = append(row, make([]string, 12)...)
		one, ok := w.rows[row[0]]
		if !ok {
			wrong("%s is listed, and was not there by the log", row[0])
			continue
		}
		rating, cause := "", ""
		if one.rating != "" {
			rating = l.m.words(lang, "digest.said."+one.rating)
		}
		if one.cause != "" {
			cause = l.called(lang, "causes", one.cause)
		}
		want := []string{l.called(lang, "overview", one.t.kind), l.called(lang, "departments", one.t.department), l.m.words(lang, "state."+one.state), rating, cause}
		got := []string{row[1], row[4], row[9], row[10], row[11]}
		if !slices.Equal(want, got) {
			wrong("%s is listed as %q, the log says %q", row[0], got, want)
		}
		if !near(moment(row[6]), one.t.filed) || !near(moment(row[7]), one.due) || !near(moment(row[8]), one.finished) {
			wrong("%s is listed as filed %s, due %s, finished %s; the log says %s, %s, %s", row[0], moment(row[6]), moment(row[7]), moment(row[8]), one.t.filed, one.due, one.finished)
		}
	}
}

// called is what something is called in a spreadsheet.
func (l *ledger) called(lang, question, key string) string {
	switch question {
	case "overview":
		return l.m.words(lang, "weekly.kind."+key)
	case "hours":
		hour, _ := strconv.Atoi(key)
		return l.m.config.Texts.Render(lang, desk.T("weekly.hour", "hour", hour, "next", hour+1), l.m.now)
	case "methods":
		return l.m.words(lang, "weekly.method."+key)
	case "causes":
		if key == "" {
			return l.m.words(lang, "weekly.no_cause")
		}
		return l.m.words(lang, "case.cause."+key)
	case "places":
		if key == "" {
			return l.m.words(lang, "weekly.nowhere")
		}
		return l.m.config.Site.PlaceLabel(key).In(lang)
	case "departments":
		for _, d := range l.m.config.Site.Departments {
			if d.ID == key {
				return d.Label.In(lang)
			}
		}
		return l.m.words(lang, "case.team_desk")
	}
	if sort, ok := strings.CutPrefix(key, "complaint/"); ok {
		return strings.ReplaceAll(l.m.words(lang, "weekly.sort_complaint"), "{type}", l.m.words(lang, "case.type."+sort))
	}
	if key == "suggestion" || key == "emergency" {
		return l.m.words(lang, "weekly.kind."+key)
	}
	c, _ := l.m.config.Site.Category(key)
	return c.Called().In(lang)
}
