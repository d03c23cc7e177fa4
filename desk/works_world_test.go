package desk

import (
	"maps"
	"slices"
	"time"
)

// worksInMemory is the book of the works of a town.
type worksInMemory struct {
	works         map[string]Work
	told          map[WorkTold]time.Time
	askers        []WorkAsker
	plans         []DayPlan
	announcements []Announcement
}

func (b *worksInMemory) apply(e WorkEntries) {
	if b.works == nil {
		b.works, b.told = map[string]Work{}, map[WorkTold]time.Time{}
	}
	for _, x := range e.Works {
		b.works[x.ID] = x
	}
	for _, t := range e.Told {
		b.told[WorkTold{Of: t.Of, Stage: t.Stage, Person: t.Person}] = t.At
	}
	for _, a := range e.Askers {
		b.askers = append(slices.DeleteFunc(b.askers, func(o WorkAsker) bool { return o.Work == a.Work && o.Person == a.Person }), a)
	}
	for _, p := range e.Plans {
		b.plans = append(slices.DeleteFunc(b.plans, func(o DayPlan) bool { return o.Department == p.Department && o.Day == p.Day }), p)
	}
	b.announcements = append(b.announcements, e.Announcements...)
}

func (w *town) Work(id string) (Work, bool) { x, ok := w.works.works[id]; return x, ok }

func (w *town) WorksFrom(t time.Time, n int) []Work {
	list := slices.DeleteFunc(slices.Collect(maps.Values(w.works.works)), func(x Work) bool { return x.To.Before(t) })
	slices.SortFunc(list, func(a, b Work) int { return a.To.Compare(b.To) })
	return list[:min(n, len(list))]
}

func (w *town) WorksTold(of string) []WorkTold {
	var list []WorkTold
	for t, at := range w.works.told {
		if t.Of == of {
			t.At = at
			list = append(list, t)
		}
	}
	return list
}

func (w *town) WorkAskers(work string) []WorkAsker {
	return slices.DeleteFunc(slices.Clone(w.works.askers), func(a WorkAsker) bool { return a.Work != work })
}

func (w *town) DayPlan(department string, day Date) (DayPlan, bool) {
	for _, p := range w.works.plans {
		if p.Department == department && p.Day == day {
			return p, true
		}
	}
	return DayPlan{}, false
}

func (w *town) PeopleAt(place string, n int) []Person {
	list := slices.DeleteFunc(byID(w.people), func(p Person) bool { return p.Home != place })
	return list[:min(n, len(list))]
}

func (w *town) PeopleAfter(id string, n int) []Person {
	list := slices.DeleteFunc(byID(w.people), func(p Person) bool { return p.ID <= id })
	return list[:min(n, len(list))]
}

func (w *town) Announcement(id string) (Announcement, bool) {
	for _, a := range w.works.announcements {
		if a.ID == id {
			return a, true
		}
	}
	return Announcement{}, false
}

func (w *town) Announcements(n int) []Announcement {
	return w.works.announcements[:min(n, len(w.works.announcements))]
}
