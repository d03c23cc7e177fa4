package main

import (
	"time"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// demoComplaints is how many complaints the stories have; one of them is settled on
// the day.
const demoComplaints = 2

// weekly expects, after the digest of Monday, the report of the week with its
// spreadsheet: the numbers of the one day that the desk was open, counted from the
// transcript.
func (d *demo) weekly(log []playground.Entry) {
	if desk.ClockTime(0).On(d.day, d.zone).Weekday() != time.Sunday {
		return
	}
	to := desk.ClockTime(0).On(d.day.AddDays(1), d.zone)
	seen := map[string]*told{}
	for _, t := range d.tickets {
		seen[t.number] = &told{}
	}
	for _, e := range log {
		if t := seen[ticketNumber.FindString(e.Message.Text)]; t != nil && e.At.Before(to) {
			d.follow(t, e)
		}
	}
	done, open := 1, demoComplaints-1
	for _, t := range seen {
		switch {
		case t.open:
			open++
		case t.done || t.reworked:
			done++
		}
	}
	all := len(seen) + demoComplaints
	at := digestAt.On(d.day.AddDays(1), d.zone)
	for _, p := range []*playground.Person{d.dutyDay, d.centre, d.property} {
		d.gets(p.Private(), at, has("weekly.head"),
			has("weekly.flow", "carried", 0, "new", all, "done", done, "cancelled", all-done-open, "open", open))
		d.gets(p.Private(), at, has("weekly.book"))
	}
}
