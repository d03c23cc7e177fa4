package main

import (
	"os"
	"runtime/debug"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"frontdesk/desk"
)

// TestTortureMonth lives a month on a campus of hundreds of people. Every digest,
// every weekly report and every cell of its spreadsheets is compared, as it comes,
// with a count that reads nothing but what people did and were told.
func TestTortureMonth(t *testing.T) {
	days, matters, residents := 5, 40, 150
	if torture() {
		days, matters, residents = 32, 90, 400
	}
	seed := uint64(1)
	if torture() {
		seed = tortureSeed(t)
	}
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	begun := time.Now()
	m := newMonth(t, seed, "2026-09-24 07:40", residents)
	m.opens()
	date := desk.DateOf(m.now, m.zone)
	for day := range days {
		m.day(date.AddDays(day), matters)
		if m.live(desk.ClockTime(0).On(date.AddDays(day), m.zone)); day%7 == 6 {
			t.Logf("until %s: %d tickets, %v", date.AddDays(day), len(m.ledger.order), time.Since(begun).Round(time.Second))
		}
	}
	m.live(desk.ClockTime(9*60+30).On(date.AddDays(days), m.zone))
	m.onceEach(date, days)
	m.saw()
	kinds := map[string]int{}
	for _, n := range m.ledger.order {
		if m.ledger.tickets[n].filed.IsZero() {
			t.Errorf("nobody was told that %s was filed", n)
		}
		kinds[m.ledger.tickets[n].kind]++
	}
	t.Logf("%d days, %d residents, %d who work there, %d tickets %v, %d lines of the log, %d digests and reports, %d spreadsheets with %d cells, %v",
		days, residents, len(m.people)-residents, len(m.ledger.order), kinds, m.read, len(m.ledger.told), m.ledger.books, m.ledger.cells, time.Since(begun).Round(time.Second))
	if dir := os.Getenv("MONTH_KEEP"); dir != "" { // To be looked at.
		m.keep(dir)
	}
	for _, line := range m.errors.errors() {
		t.Error("logged as an error:", line)
	}
}

// onceEach wants every digest and every report of a week once for each reader, and on
// no other day.
func (m *month) onceEach(first desk.Date, days int) {
	m.t.Helper()
	got, want := map[string]int{}, map[string]int{}
	for _, p := range m.ledger.told {
		got[p.sort+" "+p.at.In(m.zone).Format("2006-01-02")+" "+m.people[p.who].Name()]++
	}
	readers := slices.Concat(m.crew["duty_manager/0"], m.crew["centre_manager/0"], m.crew["property_manager/0"], m.crew["supervisor/0"])
	for day := range days + 1 {
		date := first.AddDays(day)
		for _, p := range readers {
			want["digest "+date.String()+" "+p.Name()] = 1
			if at := desk.ClockTime(12*60).On(date, m.zone); at.Weekday() == time.Monday {
				want["week "+date.String()+" "+p.Name()], want["book "+date.String()+" "+p.Name()] = 1, 1
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		m.t.Errorf("digests and reports (-once each +got):\n%s", diff)
	}
}

// saw wants that there was something to count of every sort: a number that is never
// anything but zero is not checked.
func (m *month) saw() {
	m.t.Helper()
	sums := map[string]int{}
	for _, p := range m.ledger.told {
		for of, n := range p.numbers {
			sums[of] += n
		}
	}
	for _, of := range []string{"new", "done", "open", "overdue", "asked", "answered", "rework", "good", "rated", "unrated", "night", "night_taken", "complaint", "replied"} {
		if sums[of] == 0 {
			m.t.Errorf("there was never any %s", of)
		}
	}
	if torture() && (sums["repeated"] == 0 || sums["left_over"] == 0 || sums["prominent"] == 0 || sums["suggestion"] == 0) {
		m.t.Errorf("some sort of complaint was never there: %v", sums)
	}
	if m.ledger.books == 0 {
		m.t.Error("no spreadsheet came")
	}
}
