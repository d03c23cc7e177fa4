package desk

import (
	"cmp"
	"maps"
	"slices"
)

// meetingsInMemory is the book of the meetings of a town.
type meetingsInMemory struct {
	meetings map[string]Meeting
	items    map[string]ActionItem
}

func (b *meetingsInMemory) apply(e MeetingEntries) {
	if b.meetings == nil {
		b.meetings, b.items = map[string]Meeting{}, map[string]ActionItem{}
	}
	for _, m := range e.Meetings {
		b.meetings[m.ID] = m
	}
	for _, i := range e.Items {
		b.items[i.ID] = i
	}
}

func (w *town) Meeting(id string) (Meeting, bool) { m, ok := w.meetings.meetings[id]; return m, ok }

func (w *town) Meetings(n int) []Meeting {
	ids := slices.Sorted(maps.Keys(w.meetings.meetings))
	slices.Reverse(ids)
	var list []Meeting
	for _, id := range ids[:min(n, len(ids))] {
		list = append(list, w.meetings.meetings[id])
	}
	return list
}

func (w *town) ActionItem(id string) (ActionItem, bool) { i, ok := w.meetings.items[id]; return i, ok }

func (w *town) ItemsOpen(n int) []ActionItem {
	list := w.itemsThat(ActionItem.Open)
	slices.SortStableFunc(list, func(a, b ActionItem) int { return a.Due.Compare(b.Due) })
	return list[:min(n, len(list))]
}

func (w *town) ItemsOf(meeting string) []ActionItem {
	return w.itemsThat(func(i ActionItem) bool { return i.Meeting == meeting })
}

func (w *town) itemsThat(is func(ActionItem) bool) []ActionItem {
	var list []ActionItem
	for _, id := range slices.Sorted(maps.Keys(w.meetings.items)) {
		if i := w.meetings.items[id]; is(i) {
			list = append(list, i)
		}
	}
	slices.SortStableFunc(list, func(a, b ActionItem) int { return cmp.Compare(a.At.UnixNano(), b.At.UnixNano()) })
	return list
}
