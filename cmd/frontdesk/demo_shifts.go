package main

import (
	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// shiftsStory is the frame of a day: its people say that they are there, in the
// evening and the next morning both duty managers sign the handover.
func (d *demo) shiftsStory(day desk.Date) {
	crew := []*playground.Person{d.operator, d.dutyDay, d.caretaker, d.wang, d.li, d.cleaner, d.guard}
	night := []*playground.Person{d.dutyNight, d.night, d.guardNight}
	d.comesOn(day, 8*60, crew)
	d.handsOver(day, 17*60+30, d.dutyDay, d.dutyNight)
	d.comesOn(day, 17*60+30, night)
	d.handsOver(day.AddDays(1), 8*60, d.dutyNight, d.dutyDay)
	d.comesOn(day.AddDays(1), 8*60, crew)
}

// comesOn expects everybody of a shift to be asked, and lets them press two
// minutes later.
func (d *demo) comesOn(day desk.Date, at desk.ClockTime, crew []*playground.Person) {
	begins := at.On(day, d.zone)
	if begins.Before(d.now) {
		return
	}
	d.at(begins.Add(-1), func() {
		for _, p := range crew {
			d.gets(p.Private(), begins, has("shift.begin"))
		}
	})
	d.at((at+2).On(day, d.zone), func() {
		for _, p := range crew {
			d.pressesIfShown(p, "button.on")
		}
		d.spared(d.dutyDay.Private(), begins, (at+20).On(day, d.zone), has("shift.missing_foot"))
	})
}

// handsOver expects the card on both sides, and lets both sign.
func (d *demo) handsOver(day desk.Date, at desk.ClockTime, out, in *playground.Person) {
	written := (at - 15).On(day, d.zone)
	if written.Before(d.now) {
		return
	}
	d.at(written.Add(-1), func() {
		for _, p := range []*playground.Person{out, in} {
			d.gets(p.Private(), written, has("handover.counts"))
		}
	})
	d.at((at-9).On(day, d.zone), func() { d.pressesIfShown(in, "button.sign") })
	d.at((at+1).On(day, d.zone), func() {
		signed := d.now
		d.pressesIfShown(out, "button.sign")
		d.sees(out.Private(), signed, has("handover.signed_out", "name", out.Name()), has("handover.signed_in", "name", in.Name()))
		for _, p := range []*playground.Person{out, in} {
			d.gets(p.Private(), signed, has("handover.complete", "out", out.Name(), "in", in.Name()))
		}
	})
	d.spared(d.centre.Private(), at.On(day, d.zone), (at+30).On(day, d.zone), has("handover.late"))
}

// pressesIfShown presses a button unless the reader of the page was faster.
func (d *demo) pressesIfShown(p *playground.Person, label string) {
	if _, shown := d.channel.Find(p.Private(), d.label(p.Private(), label)); shown {
		d.taps(p, label)
	}
}
