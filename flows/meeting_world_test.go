package flows

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"frontdesk/desk"
)

// meetingsInMemory is the book of the meetings of the fake world.
type meetingsInMemory struct {
	meetings map[string]desk.Meeting
	items    map[string]desk.ActionItem
}

func (b *meetingsInMemory) apply(e desk.MeetingEntries) {
	if b.meetings == nil {
		b.meetings, b.items = map[string]desk.Meeting{}, map[string]desk.ActionItem{}
	}
	for _, m := range e.Meetings {
		b.meetings[m.ID] = m
	}
	for _, i := range e.Items {
		b.items[i.ID] = i
	}
}

func (w *fakeWorld) Meeting(id string) (desk.Meeting, bool) {
	m, ok := w.meetings.meetings[id]
	return m, ok
}

func (w *fakeWorld) Meetings(n int) []desk.Meeting {
	ids := slices.Sorted(maps.Keys(w.meetings.meetings))
	slices.Reverse(ids)
	var list []desk.Meeting
	for _, id := range ids[:min(n, len(ids))] {
		list = append(list, w.meetings.meetings[id])
	}
	return list
}

func (w *fakeWorld) ActionItem(id string) (desk.ActionItem, bool) {
	i, ok := w.meetings.items[id]
	return i, ok
}

func (w *fakeWorld) ItemsOpen(n int) []desk.ActionItem {
	list := w.itemsThat(desk.ActionItem.Open)
	slices.SortStableFunc(list, func(a, b desk.ActionItem) int { return a.Due.Compare(b.Due) })
	return list[:min(n, len(list))]
}

func (w *fakeWorld) ItemsOf(meeting string) []desk.ActionItem {
	return w.itemsThat(func(i desk.ActionItem) bool { return i.Meeting == meeting })
}

func (w *fakeWorld) itemsThat(is func(desk.ActionItem) bool) []desk.ActionItem {
	var list []desk.ActionItem
	for _, id := range slices.Sorted(maps.Keys(w.meetings.items)) {
		if i := w.meetings.items[id]; is(i) {
			list = append(list, i)
		}
	}
	slices.SortStableFunc(list, func(a, b desk.ActionItem) int { return cmp.Compare(a.At.UnixNano(), b.At.UnixNano()) })
	return list
}

// meeting lets the person chair a meeting with three points: a theme, a complaint
// about somebody that is left over, and an action item that is overdue.
func (d *dialogue) meeting() {
	site := *d.w.site
	site.Meeting = desk.MeetingRule{On: true, Weekday: d.w.now.Weekday(), At: 9 * 60, Who: []string{"centre_manager", "duty_manager"}, Chair: []string{"centre_manager"}}
	d.w.site = &site
	p := d.w.people[d.person]
	p.Roles = []desk.Role{{Name: desk.RoleCentreManager}}
	d.w.people[d.person] = p
	today := desk.DateOf(d.w.now, site.Zone)
	var theme []string
	for i, place := range []string{"3-501", "3-502", "3-402"} {
		id := []string{"a1", "a2", "a3"}[i]
		theme = append(theme, id)
		d.w.tickets[id] = desk.Ticket{
			ID: id, Number: d.w.Number("R"), Kind: desk.KindRepair, Category: "hot_water", Place: place, Department: "engineering",
			State: desk.StateNew, Requester: "zhang", Created: d.w.now.AddDate(0, 0, -5), Seq: 1,
		}
	}
	d.w.tickets["c1"] = desk.Ticket{
		ID: "c1", Number: d.w.Number("C"), Kind: desk.KindComplaint, State: desk.StateTaken, Seq: 1, Requester: "zhang",
		Created: d.w.now.AddDate(0, 0, -6), Case: &desk.Case{Type: desk.CaseManner, Against: []string{"902"}},
	}
	who := []string{d.person, "chen"}
	item := desk.ActionItem{
		ID: "i1", Meeting: "2026-11-17", Point: 0, What: "换混水阀", Owner: d.person, By: "chen", At: d.w.now.AddDate(0, 0, -7), Due: today.AddDays(-2),
		Concern: desk.Concern{Category: "hot_water", Place: "3"},
	}
	point := desk.MeetingPoint{Kind: desk.PointProminent, Class: desk.OnEquipment, Concern: item.Concern, Tickets: theme, For: who}
	d.w.meetings.apply(desk.MeetingEntries{
		Items: []desk.ActionItem{item},
		Meetings: []desk.Meeting{
			{ID: "2026-11-17", Number: "M-1001", At: d.w.now.AddDate(0, 0, -7), Who: who, Prepared: d.w.now.AddDate(0, 0, -8), Points: []desk.MeetingPoint{point}},
			{
				ID: today.String(), Number: "M-1002", At: d.w.now, Week: desk.WeekOf(today).Add(-1), Who: who, Prepared: d.w.now.Add(-time.Hour),
				Points: []desk.MeetingPoint{
					point,
					{Kind: desk.PointLeftOver, Class: desk.OnService, Concern: desk.Concern{Type: desk.CaseManner}, Tickets: []string{"c1"}, For: who},
					{Kind: desk.PointItem, Item: "i1", Concern: item.Concern},
				},
			},
		},
	})
}
