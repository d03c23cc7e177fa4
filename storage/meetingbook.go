package storage

import "frontdesk/desk"

// Meetings are the weekly meetings by their date, ActionItems what somebody is to
// do after one.
var (
	Meetings    = NewTable("meetings", func(m desk.Meeting) string { return m.ID })
	ActionItems = NewTable("action_items", func(i desk.ActionItem) string { return i.ID },
		Index[desk.ActionItem]{"open", func(i desk.ActionItem) []string { return some(i.Open(), Key(i.Due.String())) }},
		Index[desk.ActionItem]{"meeting", func(i desk.ActionItem) []string { return []string{Key(i.Meeting, TimeKey(i.At))} }},
	)
)

// Meeting implements desk.MeetingBook.
func (w *World) Meeting(id string) (desk.Meeting, bool) { return read(w, Meetings, id) }

// Meetings implements desk.MeetingBook.
func (w *World) Meetings(n int) []desk.Meeting {
	var all []desk.Meeting
	w.fail(Meetings.Scan(w.tx, Range{Reverse: true, Limit: n}, func(m desk.Meeting) error {
		all = append(all, m)
		return nil
	}))
	return all
}

// ActionItem implements desk.MeetingBook.
func (w *World) ActionItem(id string) (desk.ActionItem, bool) { return read(w, ActionItems, id) }

// ItemsOpen implements desk.MeetingBook.
func (w *World) ItemsOpen(n int) []desk.ActionItem {
	return list(w, ActionItems, "open", Range{Limit: n})
}

// ItemsOf implements desk.MeetingBook.
func (w *World) ItemsOf(meeting string) []desk.ActionItem {
	return list(w, ActionItems, "meeting", Range{Prefix: Key(meeting)})
}

// meetingBook writes about meetings.
func (a *applying) meetingBook(e desk.MeetingEntries) error {
	for _, m := range e.Meetings {
		if err := Meetings.Put(a.tx, m); err != nil {
			return err
		}
	}
	for _, i := range e.Items {
		if err := ActionItems.Put(a.tx, i); err != nil {
			return err
		}
	}
	return nil
}
