package storage

import (
	"time"

	"frontdesk/desk"
)

// callsWalked bounds how many open calls are looked at for those that wait.
const callsWalked = 1000

// callRole is who phones; rows of before there were roles are the operators'.
func callRole(c desk.CallTask) desk.RoleName {
	if c.Role == "" {
		return desk.RoleOperator
	}
	return c.Role
}

// callDay is the site's date of the transaction.
func (w *World) callDay() (from, to time.Time) {
	date := desk.DateOf(w.Now(), w.site.Zone)
	return desk.ClockTime(0).On(date, w.site.Zone), desk.ClockTime(0).On(date.AddDays(1), w.site.Zone)
}

// CallsGiven implements desk.CallBook.
func (w *World) CallsGiven(role desk.RoleName, n int) []desk.CallTask {
	from, to := w.callDay()
	return list(w, CallTasks, "given", Range{From: Key(string(role), TimeKey(from)), To: Key(string(role), TimeKey(to)), Limit: n})
}

// CallsWaiting implements desk.CallBook.
func (w *World) CallsWaiting(role desk.RoleName, n int) []desk.CallTask {
	if n <= 0 {
		return nil
	}
	var waiting []desk.CallTask
	from, _ := w.callDay()
	w.fail(CallTasks.By(w.tx, "open", Range{Limit: callsWalked}, func(c desk.CallTask) error {
		if callRole(c) == role && c.Given.Before(from) && !c.NotBefore.After(w.Now()) {
			waiting = append(waiting, c)
		}
		if len(waiting) == n {
			return Stop
		}
		return nil
	}))
	return waiting
}

// Frame implements desk.CallBook.
func (w *World) Frame(id string) (desk.Frame, bool) { return read(w, Frames, id) }

// FrameList is a frame's list, in its order.
func (w *World) FrameList(id string) []desk.FrameEntry {
	var all []desk.FrameEntry
	w.fail(FrameEntries.Scan(w.tx, Range{Prefix: Key(id)}, func(e desk.FrameEntry) error {
		all = append(all, e)
		return nil
	}))
	return all
}

// LastDone implements desk.CallBook.
func (w *World) LastDone(place, category string, since time.Time) (desk.Ticket, bool) {
	r := Range{
		From: Key(place, category, TimeKey(since)), To: Key(place, category, TimeKey(w.Now().Add(time.Second))), Reverse: true, Limit: 1,
	}
	for _, t := range list(w, Tickets, "done_place", r) {
		return t, true
	}
	return desk.Ticket{}, false
}
