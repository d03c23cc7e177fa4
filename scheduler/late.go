package scheduler

import (
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// lateAfter is from when on a job counts as late: it came due in a downtime and
// not just before this step.
const lateAfter = time.Minute

func isLate(j desk.Job, now time.Time) bool { return j.Spread || now.Sub(j.Due) > lateAfter }

// hours says when a late timer may disturb those whom it disturbs. A timer that
// is on time needs none, because its rule has chosen the time.
type hours int

const (
	anyHour hours = iota
	// departmentHours are for what a group or a technician hears, unless the
	// ticket rings.
	departmentHours
	// callbackHours are when residents may be asked.
	callbackHours
)

// lateHours lists the timers that wait for somebody's hours.
var lateHours = map[string]hours{
	"take": departmentHours, "arrive": departmentHours, "pause": departmentHours,
	"callback_ask": callbackHours, "callback_remind": callbackHours, "callback_call": callbackHours,
	"callback_look": callbackHours,
}

func hoursOf(kind string, t desk.Ticket) hours {
	h := lateHours[kind]
	if h == departmentHours && t.Urgency.Rings() {
		return anyHour
	}
	return h
}

// permitted is the first time at now or after at which a late timer may fire.
func permitted(s *desk.Site, t desk.Ticket, kind string, now time.Time) time.Time {
	at := now
	switch hoursOf(kind, t) {
	case anyHour:
	case departmentHours:
		d, _ := s.Department(t.Department)
		at = s.Calendar.NextOpen(d.Hours, now)
	case callbackHours:
		at = desk.Window(now, s.Callback.From, s.Callback.To, s.Zone)
	}
	if at.Equal(desk.Never) {
		return now // Hours that never come must not swallow the job.
	}
	return at
}

// distance keeps two levels of one timer apart after the first came late: the
// second comes no sooner than so long after it as the rule meant it to come.
// Without it a ticket would climb the whole escalation in one second.
func distance(s *desk.Site, t desk.Ticket, kind string, now, first, second time.Time) time.Time {
	if hoursOf(kind, t) == departmentHours {
		d, _ := s.Department(t.Department)
		between := s.Calendar.Worked(d.Hours, first, second)
		if at := s.Calendar.AddWorking(d.Hours, now, between); !at.Equal(desk.Never) {
			return at
		}
	}
	return now.Add(max(second.Sub(first), 0))
}

// keepApart moves the job that a late timer has set for its next level.
func keepApart(tx *storage.Tx, s *desk.Site, t desk.Ticket, fired desk.Job, now, due time.Time) error {
	row, found, err := storage.Jobs.Get(tx, fired.Key)
	if err != nil || !found {
		return err
	}
	at := distance(s, t, fired.Kind, now, due, row.Due)
	if at.Sub(row.Due) <= lateAfter {
		return nil
	}
	row.Due, row.Spread = at, true
	return storage.Jobs.Put(tx, row)
}
