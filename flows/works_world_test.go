package flows

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"frontdesk/desk"
)

// worksInMemory is the book of the works of the fake world.
type worksInMemory struct {
	works  map[string]desk.Work
	askers []desk.WorkAsker
	plans  []desk.DayPlan
}

func (b *worksInMemory) apply(e desk.WorkEntries) {
	if b.works == nil {
		b.works = map[string]desk.Work{}
	}
	for _, x := range e.Works {
		b.works[x.ID] = x
	}
	b.askers = append(b.askers, e.Askers...)
	b.plans = append(b.plans, e.Plans...)
}

func (w *fakeWorld) Work(id string) (desk.Work, bool) { x, ok := w.works.works[id]; return x, ok }

func (w *fakeWorld) WorksFrom(t time.Time, n int) []desk.Work {
	list := slices.DeleteFunc(slices.Collect(maps.Values(w.works.works)), func(x desk.Work) bool { return x.To.Before(t) })
	slices.SortFunc(list, func(a, b desk.Work) int { return a.To.Compare(b.To) })
	return list[:min(n, len(list))]
}

func (w *fakeWorld) WorksTold(string) []desk.WorkTold { return nil }

func (w *fakeWorld) WorkAskers(work string) []desk.WorkAsker {
	return slices.DeleteFunc(slices.Clone(w.works.askers), func(a desk.WorkAsker) bool { return a.Work != work })
}

func (w *fakeWorld) DayPlan(string, desk.Date) (desk.DayPlan, bool) { return desk.DayPlan{}, false }

func (w *fakeWorld) PeopleAt(place string, n int) []desk.Person {
	return w.peopleThat(n, func(p desk.Person) bool { return p.Home == place })
}

func (w *fakeWorld) PeopleAfter(id string, n int) []desk.Person {
	return w.peopleThat(n, func(p desk.Person) bool { return p.ID > id })
}

func (w *fakeWorld) peopleThat(n int, is func(desk.Person) bool) []desk.Person {
	list := slices.DeleteFunc(slices.Collect(maps.Values(w.people)), func(p desk.Person) bool { return !is(p) })
	slices.SortFunc(list, func(a, b desk.Person) int { return cmp.Compare(a.ID, b.ID) })
	return list[:min(n, len(list))]
}

func (w *fakeWorld) Announcement(string) (desk.Announcement, bool) { return desk.Announcement{}, false }
func (w *fakeWorld) Announcements(int) []desk.Announcement         { return nil }

// outage lets a work run in building 3 that began at nine and ends at noon.
func (d *dialogue) outage(kind desk.WorkKind) {
	from := d.w.now.Add(-80 * time.Minute)
	d.w.works.apply(desk.WorkEntries{Works: []desk.Work{{
		ID: "w1", Kind: kind, Place: "3", From: from, To: from.Add(3 * time.Hour), State: desk.WorkApproved, By: "chen",
	}}})
}

// askedWork is a work of tomorrow about which the desk has not decided.
func (d *dialogue) askedWork() {
	from := d.w.now.Add(24 * time.Hour)
	d.w.works.apply(desk.WorkEntries{Works: []desk.Work{{
		ID: "w1", Kind: desk.WorkWater, Place: "3", From: from, To: from.Add(3 * time.Hour), State: desk.WorkAsked, By: "902", Department: "engineering",
	}}})
}
