package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"frontdesk/desk"
)

func minutes(n int) desk.Term { return desk.Term{Duration: time.Duration(n) * time.Minute} }
func hours(n int) desk.Term   { return minutes(60 * n) }

// defaultDeadlines are the clocks of a site that sets none. What an urgency leaves out is as for normal tickets.
func defaultDeadlines() map[desk.Urgency]desk.Deadlines {
	return map[desk.Urgency]desk.Deadlines{
		desk.Normal:    {Take: minutes(15), FirstVisit: hours(12), Done: hours(24), Rework: hours(24)},
		desk.Urgent:    {Arrive: minutes(15), OnSite: minutes(30)},
		desk.Emergency: {Take: minutes(5), Arrive: minutes(15), OnSite: minutes(30)},
	}
}

var deadlineKeys = []string{"take", "arrive", "on_site", "first_visit", "done", "rework"}

// deadlines reads the clocks: those of normal tickets, and below them what is different for the others.
func (c *checker) deadlines(v value) map[desk.Urgency]desk.Deadlines {
	all := defaultDeadlines()
	if v.missing() {
		return all
	}
	sec := c.section(v, append([]string{string(desk.Urgent), string(desk.Emergency)}, deadlineKeys...)...)
	all[desk.Normal] = sec.clocks(all[desk.Normal])
	for _, u := range []desk.Urgency{desk.Urgent, desk.Emergency} {
		if over := sec.get(string(u)); !over.missing() {
			all[u] = c.section(over, deadlineKeys...).clocks(all[u])
		}
	}
	return all
}

func (s section) clocks(d desk.Deadlines) desk.Deadlines {
	for i, to := range []*desk.Term{&d.Take, &d.Arrive, &d.OnSite, &d.FirstVisit, &d.Done, &d.Rework} {
		*to = s.get(deadlineKeys[i]).someTerm(*to)
	}
	return d
}

// defaultPauses are the reasons of a site that names none.
func defaultPauses() []desk.PauseReason {
	days := func(n int) desk.Term { return desk.Term{Days: n} }
	return []desk.PauseReason{
		{ID: "parts", Label: desk.Label{"zh": "待料", "en": "Parts"}, Limits: []desk.Term{{Workdays: 1}, {Workdays: 2}, {Workdays: 3}}, Tell: true},
		{ID: "resident", Label: desk.Label{"zh": "待客户", "en": "Resident"}, Limits: []desk.Term{days(1), days(3)}, Tell: true},
		{ID: "approval", Label: desk.Label{"zh": "待审批", "en": "Approval"}, Limits: []desk.Term{{Workdays: 1}, {Workdays: 3}}},
		{ID: "contractor", Label: desk.Label{"zh": "外委", "en": "Contractor"}, Limits: []desk.Term{days(1), days(3), days(7)}, Tell: true},
	}
}

// pauses reads why a ticket may wait.
func (c *checker) pauses(v value) []desk.PauseReason {
	if v.missing() {
		return defaultPauses()
	}
	var list []desk.PauseReason
	seen := ids{}
	for _, item := range c.items(v, "a list of reasons to wait") {
		sec := c.section(item, "id", "label", "limits", "tell")
		p := desk.PauseReason{ID: sec.need("id").id(), Label: sec.need("label").label(maxLabel), Tell: sec.get("tell").yes()}
		seen.take(sec.get("id"), p.ID)
		for _, limit := range c.items(sec.need("limits"), "a list of durations such as [1d, 3wd]") {
			p.Limits = append(p.Limits, limit.someTerm(desk.Term{}))
		}
		list = append(list, p)
	}
	return list
}

// limits reads the small numbers.
func (c *checker) limits(v value) desk.Limits {
	l := desk.Limits{
		ChaseEvery: 10 * time.Minute, ChaseTimes: 3, NewPerDay: 20, TakenAtOnce: 5,
		UndoFor: 2 * time.Minute, InviteFor: 15 * time.Minute, OfferFor: 15 * time.Minute,
		RemindDialog: time.Hour, CloseDialog: 24 * time.Hour,
	}
	if v.missing() {
		return l
	}
	sec := c.section(v, "chase_every", "chase_times", "new_per_day", "taken_at_once", "undo_for", "invite_for", "offer_for", "remind_dialog", "close_dialog")
	l.ChaseEvery = sec.get("chase_every").duration(l.ChaseEvery)
	l.ChaseTimes = sec.get("chase_times").number(1, l.ChaseTimes)
	l.NewPerDay = sec.get("new_per_day").number(1, l.NewPerDay)
	l.TakenAtOnce = sec.get("taken_at_once").number(1, l.TakenAtOnce)
	l.UndoFor = sec.get("undo_for").duration(l.UndoFor)
	l.InviteFor = sec.get("invite_for").duration(l.InviteFor)
	l.OfferFor = sec.get("offer_for").duration(l.OfferFor)
	l.RemindDialog = sec.get("remind_dialog").duration(l.RemindDialog)
	l.CloseDialog = sec.get("close_dialog").duration(l.CloseDialog)
	if l.RemindDialog >= l.CloseDialog {
		sec.fail(fmt.Sprintf("expected remind_dialog before close_dialog, got %s and %s", l.RemindDialog, l.CloseDialog))
	}
	return l
}

// schedules reads when the daily work is done.
func (c *checker) schedules(v value) desk.Schedules {
	s := desk.Schedules{Digest: "10 8 * * *", Lists: "5 8 * * *", Visits: "0 8 * * *", Backup: "0 * * * *", Drill: "30 4 * * 0"}
	if v.missing() {
		return s
	}
	sec := c.section(v, "digest", "lists", "visits", "backup", "drill")
	s.Digest = sec.get("digest").cron(s.Digest)
	s.Lists = sec.get("lists").cron(s.Lists)
	s.Visits = sec.get("visits").cron(s.Visits)
	s.Backup = sec.get("backup").cron(s.Backup)
	s.Drill = sec.get("drill").cron(s.Drill)
	return s
}

func (v value) cron(fallback string) string {
	return read(v, `a cron schedule in the site's zone such as "10 8 * * *"`, fallback, func(s string) (string, bool) {
		s = strings.TrimSpace(s)
		return s, fires(s)
	})
}

// fires says whether a schedule can be read and comes at all: 30 February can be read. A zone of its own is refused, because the site's is meant everywhere.
func fires(s string) (ok bool) {
	if strings.HasPrefix(s, "TZ=") || strings.HasPrefix(s, "CRON_TZ=") {
		return false
	}
	// The parser slices without looking and panics on what it does not expect.
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	schedule, err := cron.ParseStandard(s)
	return err == nil && !schedule.Next(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero()
}

// quietHours reads when residents are left in peace.
func (c *checker) quietHours(v value) desk.QuietHours {
	q := desk.QuietHours{From: desk.ClockTime(22 * 60), To: desk.ClockTime(8 * 60)}
	if v.missing() {
		return q
	}
	sec := c.section(v, "from", "to")
	q.From = sec.get("from").clock(q.From)
	q.To = sec.get("to").clock(q.To)
	if q.From == desk.EndOfDay {
		sec.get("from").bad("a time of day before 24:00")
	}
	return q
}

var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// calendar reads which days are worked.
func (c *checker) calendar(v value) desk.Calendar {
	cal := desk.Calendar{Workweek: desk.MondayToFriday()}
	if v.missing() {
		return cal
	}
	sec := c.section(v, "workweek", "holidays", "workdays", "vacations", "exams", "midday")
	if week := sec.get("workweek"); !week.missing() {
		cal.Workweek = [7]bool{}
		days := week.choices("day", weekdays...)
		for i, day := range weekdays {
			cal.Workweek[i] = contains(days, day)
		}
	}
	cal.Holidays = sec.get("holidays").dates()
	cal.Workdays = sec.get("workdays").dates()
	cal.Vacations = sec.get("vacations").dates()
	cal.Exams = sec.get("exams").dates()
	if midday := sec.get("midday"); !midday.missing() {
		cal.Midday = midday.span()
	}
	return cal
}

// dates reads a list of days.
func (v value) dates() []desk.DateRange {
	if v.missing() {
		return nil
	}
	expected := "days such as 2026-10-01 or 2026-10-01..2026-10-07"
	var list []desk.DateRange
	for _, item := range v.list("a list of " + expected) {
		r := read(item, expected, desk.DateRange{}, func(s string) (desk.DateRange, bool) {
			parsed, err := desk.ParseDateRange(s)
			return parsed, err == nil
		})
		if r != (desk.DateRange{}) {
			list = append(list, r)
		}
	}
	return list
}
