package storage

import (
	"time"

	"frontdesk/desk"
)

// Works are planned works and outages; WorksTold who was told what of them and of
// Announcements, WorkAskers who asked while one ran; DayPlans what departments plan.
var (
	Works = NewTable("works", func(x desk.Work) string { return x.ID },
		Index[desk.Work]{"to", func(x desk.Work) []string { return []string{TimeKey(x.To)} }},
	)
	WorksTold     = NewTable("works_told", func(t desk.WorkTold) string { return Key(t.Of, t.Stage, t.Person) })
	WorkAskers    = NewTable("work_askers", func(a desk.WorkAsker) string { return Key(a.Work, a.Person) })
	DayPlans      = NewTable("day_plans", func(p desk.DayPlan) string { return Key(p.Day.String(), p.Department) })
	Announcements = NewTable("announcements", func(a desk.Announcement) string { return a.ID },
		Index[desk.Announcement]{"at", func(a desk.Announcement) []string { return []string{TimeKey(a.At)} }},
	)
)

// Work implements desk.WorkBook.
func (w *World) Work(id string) (desk.Work, bool) { return read(w, Works, id) }

// WorksFrom implements desk.WorkBook.
func (w *World) WorksFrom(t time.Time, n int) []desk.Work {
	return list(w, Works, "to", Range{From: TimeKey(t), Limit: n})
}

// WorksTold implements desk.WorkBook.
func (w *World) WorksTold(of string) []desk.WorkTold {
	var all []desk.WorkTold
	w.fail(WorksTold.Scan(w.tx, Range{Prefix: Key(of)}, func(t desk.WorkTold) error {
		all = append(all, t)
		return nil
	}))
	return all
}

// WorkAskers implements desk.WorkBook.
func (w *World) WorkAskers(work string) []desk.WorkAsker {
	var all []desk.WorkAsker
	w.fail(WorkAskers.Scan(w.tx, Range{Prefix: Key(work)}, func(a desk.WorkAsker) error {
		all = append(all, a)
		return nil
	}))
	return all
}

// DayPlan implements desk.WorkBook.
func (w *World) DayPlan(department string, day desk.Date) (desk.DayPlan, bool) {
	return read(w, DayPlans, Key(day.String(), department))
}

// PeopleAfter implements desk.WorkBook.
func (w *World) PeopleAfter(id string, n int) []desk.Person {
	var all []desk.Person
	w.fail(People.Scan(w.tx, Range{After: id, Limit: n}, func(p desk.Person) error {
		all = append(all, p)
		return nil
	}))
	return all
}

// Announcement implements desk.WorkBook.
func (w *World) Announcement(id string) (desk.Announcement, bool) { return read(w, Announcements, id) }

// Announcements implements desk.WorkBook.
func (w *World) Announcements(n int) []desk.Announcement {
	return list(w, Announcements, "at", Range{Reverse: true, Limit: n})
}

// workBook writes about works, plans and announcements.
func (a *applying) workBook(e desk.WorkEntries) error {
	for _, x := range e.Works {
		if err := Works.Put(a.tx, x); err != nil {
			return err
		}
	}
	for _, t := range e.Told {
		if err := WorksTold.Put(a.tx, t); err != nil {
			return err
		}
	}
	for _, asker := range e.Askers {
		if err := WorkAskers.Put(a.tx, asker); err != nil {
			return err
		}
	}
	for _, p := range e.Plans {
		if err := DayPlans.Put(a.tx, p); err != nil {
			return err
		}
	}
	for _, announcement := range e.Announcements {
		if err := Announcements.Put(a.tx, announcement); err != nil {
			return err
		}
	}
	return nil
}
