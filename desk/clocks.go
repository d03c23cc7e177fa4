package desk

import "time"

var zeroTime time.Time

// deadlines are the clocks of an urgency; what an urgency does not set is as
// for normal tickets.
func (s *Site) deadlines(u Urgency) Deadlines {
	d := s.Deadlines[Normal]
	if u == Normal || u == "" {
		return d
	}
	over := s.Deadlines[u]
	for _, f := range []struct{ to, from *Term }{
		{&d.Take, &over.Take}, {&d.Arrive, &over.Arrive}, {&d.OnSite, &over.OnSite},
		{&d.FirstVisit, &over.FirstVisit}, {&d.Done, &over.Done}, {&d.Rework, &over.Rework},
	} {
		if !f.from.IsZero() {
			*f.to = *f.from
		}
	}
	return d
}

// aims are the clocks of a ticket as it is filed, or filed anew, at from.
func aims(s *Site, t Ticket, from time.Time) Clocks {
	d := s.deadlines(t.Urgency)
	done := d.Done
	if t.ReworkNo > 0 {
		done = d.Rework
	}
	c := Clocks{Take: takeAim(s, t, from), Done: s.Calendar.After(from, done), Visit: visitAim(s, t, from)}
	if c.Done.Before(t.To) {
		c.Done = t.To
	}
	return c
}

// takeAim is by when somebody should have the ticket. It runs in the
// department's hours; an urgent ticket rings at any hour and so does its clock.
func takeAim(s *Site, t Ticket, from time.Time) time.Time {
	term := s.deadlines(t.Urgency).Take
	if t.Urgency.Rings() {
		return s.Calendar.After(from, term)
	}
	d, _ := s.Department(t.Department)
	return s.inHours(d, from, term)
}

// inHours adds a term that runs in a department's hours; days are days.
func (s *Site) inHours(d Department, from time.Time, term Term) time.Time {
	if term.Days > 0 || term.Workdays > 0 {
		return s.Calendar.After(from, term)
	}
	return s.Calendar.AddWorking(d.Hours, from, term.Duration)
}

// visitAim is by when somebody should be there: on site for urgent tickets, at
// the end of the agreed window, or after the term for the first visit. A term
// that would end when the department is closed ends with its last open hours
// before that, if some are left, else in the first two hours of its next day:
// nobody comes at three in the morning.
func visitAim(s *Site, t Ticket, from time.Time) time.Time {
	d := s.deadlines(t.Urgency)
	switch {
	case t.Urgency.Rings() && !d.OnSite.IsZero():
		return s.Calendar.After(from, d.OnSite)
	case !t.To.IsZero():
		return t.To
	}
	aim := s.Calendar.After(from, d.FirstVisit)
	dep, _ := s.Department(t.Department)
	if t.Urgency.Rings() || s.Calendar.Open(dep.Hours, aim) {
		return aim
	}
	if worked := s.Calendar.Worked(dep.Hours, from, aim); worked >= 2*time.Hour {
		return s.Calendar.AddWorking(dep.Hours, from, worked)
	}
	return s.Calendar.AddWorking(dep.Hours, from, 2*time.Hour)
}

// arrivalAim is when it is asked whether the taker is there.
func arrivalAim(s *Site, t Ticket, taken time.Time) time.Time {
	d := s.deadlines(t.Urgency)
	if t.Urgency.Rings() && !d.Arrive.IsZero() {
		return s.Calendar.After(taken, d.Arrive)
	}
	if t.Clocks.Visit.After(taken) {
		return t.Clocks.Visit
	}
	return visitAim(s, t, taken)
}
