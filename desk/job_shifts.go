package desk

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// jobShifts sees to what begins: at the start of a shift its people are asked
// whether they are there, and some time before a change at the desk the card of
// the handover is written. It runs at the minutes at which one of that may be due,
// and goes by what is due since it last ran: after a downtime what is over is left
// out, and nothing comes twice. The first run of all looks back a minute only: a
// desk that opens in the middle of a shift asks nobody.
var jobShifts = JobKind{
	Name:   "shifts",
	Gather: true,
	Cron:   func(s *Site) string { return s.shiftCron() },
	Run: func(r Reader, _ Job) (Effects, error) {
		s, now := r.Site(), r.Now()
		since := r.ShiftClock()
		out := Effects{Duty: DutyEntries{Clock: now}}
		if since.IsZero() {
			since = now.Add(-time.Minute)
			for _, d := range s.Roster.Current(s.Calendar, now) {
				out.Jobs = append(out.Jobs, shiftEndJob(d))
			}
		}
		b := bookAt(r, now)
		for _, d := range s.Roster.Begin(s.Calendar, since, now) {
			if d.To.After(now) {
				out.Add(b.begin(d))
			}
		}
		if s.Duty.Handover > 0 {
			out.Add(b.handovers(r, since, now))
		}
		return out, nil
	},
}

// shiftCron are the minutes at which a shift begins or a handover is due, and
// some more: cron names minutes and hours apart.
func (s *Site) shiftCron() string {
	var minutes, hours []int
	add := func(c ClockTime) {
		c = (c%EndOfDay + EndOfDay) % EndOfDay
		if m := int(c) % 60; !slices.Contains(minutes, m) {
			minutes = append(minutes, m)
		}
		if h := int(c) / 60; !slices.Contains(hours, h) {
			hours = append(hours, h)
		}
	}
	for _, shift := range s.Roster.Shifts {
		if shift.Span.IsZero() {
			continue
		}
		for _, c := range []ClockTime{shift.Span.From, shift.Span.To} {
			add(c)
			if s.Duty.Handover > 0 {
				add(c - ClockTime(s.Duty.Handover/time.Minute))
			}
		}
	}
	if len(minutes) == 0 {
		return ""
	}
	return fmt.Sprintf("%s %s * * *", numbers(minutes), numbers(hours))
}

func numbers(list []int) string {
	slices.Sort(list)
	words := make([]string, len(list))
	for i, n := range list {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, ",")
}

func shiftEndJob(d ShiftDay) Job {
	return Job{Key: jobShiftEnd.Name + "/" + d.Key(), Kind: jobShiftEnd.Name, Subject: d.Key(), Due: d.To}
}

// begin asks everybody of a shift whether they are there. Who worked until now,
// and was there, need not say so again.
func (b *book) begin(d ShiftDay) Effects {
	out := Effects{Jobs: []Job{shiftEndJob(d)}}
	rule, now := b.s.Duty, b.w.Now()
	if rule.Within <= 0 {
		return out
	}
	duties := map[string][]string{}
	var order []string
	for _, duty := range rule.Ask {
		for _, p := range b.people(d, duty) {
			if duties[p.ID] == nil {
				order = append(order, p.ID)
			}
			duties[p.ID] = append(duties[p.ID], duty)
		}
	}
	asked := false
	for _, id := range order {
		if _, done := b.w.Presence(d.Key(), id); done {
			continue
		}
		p := Presence{Shift: d.Key(), Person: id, Duties: duties[id], Asked: now, Until: now.Add(rule.Within)}
		if b.wasOn(id, d) {
			p.On, p.Carried = now, true
			out.Duty.Presences = append(out.Duty.Presences, p)
			continue
		}
		asked = true
		out.Duty.Presences = append(out.Duty.Presences, p)
		var what []Text
		for _, duty := range p.Duties {
			what = append(what, b.s.DutyLabel(duty))
		}
		text := T("shift.begin", "shift", d.Shift.Label, "until", d.To, "what", what, "by", p.Until)
		if n := len(b.w.TicketsTaken(id)); n > 0 {
			text = Lines(text, T("shift.taken", "n", n))
		}
		out.Say(Message{
			Person: id, Class: ClassReminder, Lane: LaneInteractive, Text: text, Key: "on/" + d.Key() + "/" + id,
			Buttons: [][]Button{Row(Button{Label: T("button.on"), Data: CommandData("on|" + d.Key())})},
		})
	}
	if asked {
		out.Jobs = append(out.Jobs, Job{
			Key: jobShiftLate.Name + "/" + d.Key(), Kind: jobShiftLate.Name, Subject: d.Key(), Due: now.Add(rule.Within),
		})
	}
	return out
}

// wasOn tells whether somebody was there in another shift that lasts until this
// one begins, or longer.
func (b *book) wasOn(person string, d ShiftDay) bool {
	for _, before := range b.s.Roster.Current(b.s.Calendar, d.From.Add(-1)) {
		if p, ok := b.w.Presence(before.Key(), person); ok && !p.On.IsZero() && before.Key() != d.Key() {
			return true
		}
	}
	return false
}

// SayOn is the press of somebody who is there. It heals having been passed over:
// who was told of that hears it.
func SayOn(w World, p Person, shift string) (Effects, Presence, error) {
	s := w.Site()
	d, ok := s.Roster.ShiftDay(s.Calendar, shift)
	x, asked := presenceOf(w, shift, p)
	switch {
	case !asked || p.Suspended:
		return Effects{}, x, Refuse("shift.not_yours")
	case !ok || !w.Now().Before(d.To):
		return Effects{}, x, Refuse("shift.over")
	case !x.On.IsZero():
		return Effects{}, x, nil
	}
	late := x.Missed(w.Now())
	x.On = w.Now()
	out := Effects{Duty: DutyEntries{Presences: []Presence{x}}}
	if late {
		for _, m := range Managers(w, 0) {
			if m.ID != p.ID {
				out.Say(Message{
					Person: m.ID, Class: ClassNotice, Lane: LaneRoutine, Silent: true, Text: T("shift.late_on", "name", p.Called(), "at", x.On),
				})
			}
		}
	}
	return out, x, nil
}

// jobShiftLate tells the duty manager, in one message, who did not say that they
// are there. From now on they are passed over until they do.
var jobShiftLate = JobKind{
	Name: "shift_late",
	Run: func(r Reader, j Job) (Effects, error) {
		var out Effects
		s := r.Site()
		d, ok := s.Roster.ShiftDay(s.Calendar, j.Subject)
		if !ok || !r.Now().Before(d.To) {
			return out, nil
		}
		b := bookFrom(r, d.Date)
		var lines []Text
		for _, x := range r.Presences(j.Subject) {
			p, known := r.Person(x.Person)
			if !known || p.Suspended || !x.Missed(r.Now()) || len(b.duties(d, p.ID)) == 0 {
				continue
			}
			var what []Text
			for _, duty := range x.Duties {
				what = append(what, s.DutyLabel(duty))
			}
			switch {
			case !reachable(p):
				lines = append(lines, T("shift.missing_unreachable", "name", p.Called(), "what", what))
			case p.Phone != "":
				lines = append(lines, T("shift.missing_phone", "name", p.Called(), "what", what, "phone", p.Phone))
			default:
				lines = append(lines, T("shift.missing", "name", p.Called(), "what", what))
			}
		}
		if len(lines) == 0 {
			return out, nil
		}
		lines = append([]Text{T("shift.missing_head", "shift", d.Shift.Label, "n", len(lines))}, append(lines, T("shift.missing_foot"))...)
		return ToManagers(r, Message{
			Class: ClassReminder, Lane: LaneInteractive, Text: Lines(lines...), Key: "shift_late/" + j.Subject,
		}), nil
	},
}

// handovers writes the card of the last change at the desk that is near or has
// just been; earlier ones nobody can sign any more.
func (b *book) handovers(r Reader, since, now time.Time) Effects {
	rule := b.s.Duty
	var latest change
	found := false
	for _, at := range b.instants(since.Add(rule.Handover), now.Add(rule.Handover)) {
		if x, ok := b.changeAt(at); ok {
			latest, found = x, true
		}
	}
	if !found {
		return Effects{}
	}
	return makeHandover(r, latest)
}

// instants lists the instants in (from, to] at which a shift begins or ends.
func (b *book) instants(from, to time.Time) []time.Time {
	var list []time.Time
	if earliest := to.AddDate(0, 0, -2); from.Before(earliest) {
		from = earliest // What is older is over.
	}
	for at := b.s.Roster.NextChange(from, b.s.Calendar); !at.After(to); at = b.s.Roster.NextChange(at, b.s.Calendar) {
		list = append(list, at)
	}
	return list
}
