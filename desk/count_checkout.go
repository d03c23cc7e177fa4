package desk

import "slices"

// Arriving is how the arrivals of a day and of the day before stand.
type Arriving struct {
	// Today counts those whose first day it is; of the day before Came counts those
	// who came until the count, Of all of them and Missing those still expected.
	Today, Came, Of, Missing int
}

// checkoutLists are the lists of a digest about checkouts, in the order of its line.
var checkoutLists = []CountedList{ListLeaving, ListInspected, ListNoShow, ListUnsigned, ListCertificate, ListObjection, ListWaiting}

// checkouts counts what happened to checkouts in the period, and how they stood at
// its end. They are in no figure of the work.
func (x *counting) checkouts() {
	found := map[string]bool{}
	of := map[CountedList]map[string]bool{ListInspected: {}, ListNoShow: {}, ListCertificate: {}}
	for _, e := range x.within {
		found[e.Ticket] = true
		switch {
		case e.Action == FinishInspection:
			of[ListInspected][e.Ticket] = true
		case e.Action == IssueCertificate:
			of[ListCertificate][e.Ticket] = true
		case e.Action == NoShow:
			of[ListNoShow][e.Ticket] = true
		case e.Action == Undo && e.From == StateNoAccess:
			delete(of[ListNoShow], e.Ticket)
		}
	}
	for list, ids := range of {
		for id := range ids {
			if t, ok := x.r.Ticket(id); ok && t.Checkout != nil { // A repair has its own closed doors.
				x.lists.add(list, id)
			}
		}
	}
	for _, e := range x.after {
		found[e.Ticket] = true
	}
	for _, t := range x.r.Open("") {
		found[t.ID] = true
	}
	for _, s := range x.r.StaysHere("") {
		if s.State == StayLeaving { // Inspected and not certified is open no more.
			for _, t := range x.r.CheckoutsOf(s.ID) {
				found[t.ID] = true
			}
		}
	}
	today := DateOf(x.c.To, x.r.Site().Zone)
	for id := range found {
		t, ok := x.r.Ticket(id)
		if !ok || t.Checkout == nil {
			continue
		}
		at := checkoutThen(slices.DeleteFunc(x.r.History(id), func(e Event) bool { return !e.At.Before(x.c.To) }))
		if list := at.list(); list != "" {
			x.lists.add(list, id)
		}
		if at.comes && at.day == today && at.state != StateCancelled && at.state != StateNoAccess {
			x.lists.add(ListLeaving, id)
		}
	}
}

// checkoutStood is how a checkout stood at a time, as far as it is counted.
type checkoutStood struct {
	state State
	// comes says that an hour or a key drop stands for day, waits that it is on the
	// waiting list of that day.
	day                   Date
	comes, waits, express bool
	begun, signed, object bool
}

// checkoutThen reads out of the history up to a time how a checkout stood then.
func checkoutThen(history []Event) (at checkoutStood) {
	for _, e := range history {
		at.state = e.To
		switch e.Action {
		case Opened, MoveSlot, BookSlot, WaitFor:
			at.day, _ = ParseDate(e.Details["day"])
			at.express = e.Details["express"] != "" || e.Details["how"] == "express"
			at.waits = e.Action == WaitFor || e.Details["how"] == "wait"
			at.comes = !at.waits
		case Displace, Lapse:
			if e.Details["lost"] != "" {
				at.comes, at.waits = false, false
			}
		case StartInspection:
			at.begun = true
		case SignResident, DecideObjection:
			at.signed, at.object = true, false
		case Object:
			at.object = true
		case NoAnswer: // After a dropped key the list stands; else a manager decides.
			at.signed, at.object = at.express, !at.express
		}
	}
	return at
}

// list is where a checkout is counted at the end of a period.
func (at checkoutStood) list() CountedList {
	switch {
	case at.state == StateNew && at.waits:
		return ListWaiting
	case at.state != StateArrived && at.state != StateDone:
		return ""
	case at.object:
		return ListObjection
	case at.begun && !at.signed:
		return ListUnsigned
	}
	return ""
}

// arrivals counts who moves in on the day on which the period ends, and who was to
// on the day before.
func (x *counting) arrivals() {
	day := DateOf(x.c.To, x.r.Site().Zone)
	var n Arriving
	for _, stays := range ArrivalsOn(x.r, day) {
		n.Today += len(stays)
	}
	for _, stays := range ArrivalsOn(x.r, day.AddDays(-1)) {
		n.Of += len(stays)
		for _, s := range stays {
			if !s.InAt.IsZero() && s.InAt.Before(x.c.To) {
				n.Came++
			}
		}
	}
	if n.Missing = n.Of - n.Came; n != (Arriving{}) {
		x.c.Arriving = &n
	}
}

// leaving is the line of the digest about checkouts; a day without any has none.
//
//locale:prefix digest.checkout.
func (c Counts) leaving() Text {
	var parts []Text
	for _, list := range checkoutLists {
		if n := len(c.Lists[list]); n > 0 {
			parts = append(parts, T("digest.checkout."+string(list), "n", n))
		}
	}
	if parts == nil {
		return Text{}
	}
	return T("digest.checkouts", "parts", parts)
}

// arriving is the line about those who move in.
func (c Counts) arriving() Text {
	n := c.Arriving
	if n == nil {
		return Text{}
	}
	var parts []Text
	if n.Today > 0 {
		parts = append(parts, T("digest.arriving.today", "n", n.Today))
	}
	if n.Of > 0 {
		parts = append(parts, T("digest.arriving.came", "n", n.Came, "of", n.Of))
	}
	if n.Missing > 0 {
		parts = append(parts, T("digest.arriving.missing", "n", n.Missing))
	}
	return T("digest.arriving", "parts", parts)
}

// arrivalButtons open the arrivals of the two days, for who receives them.
func (c Counts) arrivalButtons(s *Site, p Person) []Button {
	n := c.Arriving
	if n == nil || !p.Receives("") {
		return nil
	}
	day := DateOf(c.To, s.Zone)
	var row []Button
	if n.Today > 0 {
		row = append(row, Button{Label: T("button.digest_arrive", "n", n.Today), Data: CheckInData("a.*." + day.String())})
	}
	if n.Of > 0 {
		row = append(row, Button{Label: T("button.digest_came", "n", n.Came), Data: CheckInData("a.*." + day.AddDays(-1).String())})
	}
	return row
}
