package bot

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdesk/desk"
)

// dutylogPage is how many entries a page of the duty log has.
const dutylogPage = 15

// logEntry is one line of the duty log.
type logEntry struct {
	at   time.Time
	text desk.Text
}

// cmdDutyLog shows what happened in a shift: everything that its people did, by
// itself, with the notes. Without more it is the present shift; a day gives that
// day. Its buttons carry <shift>.<date>.<page>, or d.<date>.<page> for a day.
func (t *turn) cmdDutyLog(arg string) error {
	s, now := t.site(), t.w.Now()
	arg = strings.TrimSpace(arg)
	if arg == "" {
		days := desk.Shifts(t.w, now)
		if len(days) == 0 {
			return t.logOfDay(s.Calendar.Date(now), 0)
		}
		return t.logOfShift(days[0], 0)
	}
	if day, ok := lastDay(arg, s.Calendar.Date(now)); ok {
		return t.logOfDay(day, 0)
	}
	i := strings.LastIndexByte(arg, '.')
	if i < 0 {
		return desk.Refuse("dutylog.how")
	}
	page, err := strconv.Atoi(arg[i+1:])
	if err != nil || page < 0 || page > 1000 {
		return desk.Refuse("press.unknown")
	}
	if date, ok := strings.CutPrefix(arg[:i], "d."); ok {
		day, err := desk.ParseDate(date)
		if err != nil {
			return desk.Refuse("press.unknown")
		}
		return t.logOfDay(day, page)
	}
	d, ok := s.Roster.ShiftDay(s.Calendar, arg[:i])
	if !ok {
		return desk.Refuse("press.unknown")
	}
	return t.logOfShift(d, page)
}

// lastDay reads a day as who looks back means it: 11-20 is the last one.
func lastDay(text string, today desk.Date) (desk.Date, bool) {
	switch desk.Fold(text) {
	case "昨天", "昨日", "yesterday":
		return today.AddDays(-1), true
	case "前天":
		return today.AddDays(-2), true
	}
	day, ok := desk.ComingDay(text, today)
	if !ok || day.Compare(today) <= 0 {
		return day, ok
	}
	if !strings.ContainsAny(text, "0123456789") {
		// A weekday is the last one. What moves with today, as tomorrow does, has not
		// been.
		moved, _ := desk.ComingDay(text, today.AddDays(-1))
		return day.AddDays(-7), moved == day
	}
	before, ok := desk.ComingDay(text, desk.Date{Year: today.Year - 1, Month: today.Month, Day: today.Day})
	return before, ok && before.Compare(today) <= 0
}

func (t *turn) logOfShift(d desk.ShiftDay, page int) error {
	head := desk.T("dutylog.shift", "shift", d.Shift.Label, "from", d.From, "to", d.To)
	s := t.site()
	var around []desk.Button
	if before := s.Roster.Current(s.Calendar, d.From.Add(-1)); len(before) > 0 {
		around = append(around, desk.Button{Label: desk.T("button.shift_before"), Data: logData(before[0].Key(), 0)})
	}
	if after := s.Roster.Current(s.Calendar, d.To); len(after) > 0 && !after[0].From.After(t.w.Now()) {
		around = append(around, desk.Button{Label: desk.T("button.shift_after"), Data: logData(after[0].Key(), 0)})
	}
	return t.logPage(head, d.From, d.To, page, func(page int) string { return logData(d.Key(), page) }, around)
}

func (t *turn) logOfDay(day desk.Date, page int) error {
	s := t.site()
	from, to := desk.ClockTime(0).On(day, s.Zone), desk.EndOfDay.On(day, s.Zone)
	data := func(day desk.Date, page int) string { return logData("d."+day.String(), page) }
	around := []desk.Button{{Label: desk.T("button.day_before"), Data: data(day.AddDays(-1), 0)}}
	if to.Before(t.w.Now()) {
		around = append(around, desk.Button{Label: desk.T("button.day_after"), Data: data(day.AddDays(1), 0)})
	}
	return t.logPage(desk.T("dutylog.day", "day", from), from, to, page, func(page int) string { return data(day, page) }, around)
}

func logData(what string, page int) string {
	return desk.CommandData("dutylog|" + what + "." + strconv.Itoa(page))
}

func (t *turn) logPage(head desk.Text, from, to time.Time, page int, data func(int) string, around []desk.Button) error {
	entries := t.logEntries(from, to)
	if page*dutylogPage >= len(entries) && page > 0 {
		return desk.Refuse("press.unknown")
	}
	lines := []desk.Text{head}
	if len(entries) == 0 {
		lines = append(lines, desk.T("dutylog.empty"))
	}
	for _, e := range entries[page*dutylogPage : min(len(entries), (page+1)*dutylogPage)] {
		lines = append(lines, e.text)
	}
	var turn []desk.Button
	if page > 0 {
		turn = append(turn, desk.Button{Label: desk.T("option.page_before"), Data: data(page - 1)})
	}
	if (page+1)*dutylogPage < len(entries) {
		turn = append(turn, desk.Button{Label: desk.T("option.page_after"), Data: data(page + 1)})
		lines = append(lines, desk.T("dutylog.page", "page", page+1, "pages", (len(entries)+dutylogPage-1)/dutylogPage))
	}
	t.show(desk.Lines(lines...), turn, around)
	return nil
}

// logEntries are all entries of [from, to), in order: what was done to tickets,
// the notes, who said that they are there, and the handovers. What the desk did
// by itself to let cards be shown is no act of the shift; complaints have a log of
// their own, which not everybody may read.
func (t *turn) logEntries(from, to time.Time) []logEntry {
	var list []logEntry
	for _, e := range t.w.EventsBetween(from, to) {
		ticket, ok := t.w.Ticket(e.Ticket)
		if !ok || ticket.Case != nil || e.Action == desk.Announced || !t.site().Sees(t.p, ticket) {
			continue
		}
		who := desk.T("dutylog.desk")
		if p, ok := t.w.Person(e.By); ok && e.By != "" {
			who = desk.Literal(p.Called())
		}
		list = append(list, logEntry{e.At, desk.T("dutylog.line", "at", e.At, "number", ticket.Number, "who", who, "what", t.loggedAct(e))})
	}
	for _, n := range t.w.ShiftNotes(from, to) {
		list = append(list, logEntry{n.At, desk.T("dutylog.note", "at", n.At, "who", t.nameOf(n.By), "text", n.Text)})
	}
	for _, d := range t.site().Roster.Begin(t.site().Calendar, from.Add(-1), to.Add(-1)) {
		list = append(list, t.logPresences(d)...)
	}
	for _, h := range t.w.HandoversBetween(from, to.Add(time.Hour)) {
		for _, side := range []struct {
			who string
			at  time.Time
			key string
		}{{h.SignedOut, h.SignedOutAt, "dutylog.signed_out"}, {h.SignedIn, h.SignedInAt, "dutylog.signed_in"}} {
			if side.who != "" && !side.at.Before(from) && side.at.Before(to) {
				//locale:key dutylog.signed_out dutylog.signed_in
				list = append(list, logEntry{side.at, desk.T(side.key, "at", side.at, "who", t.nameOf(side.who))})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b logEntry) int { return cmp.Compare(a.at.UnixNano(), b.at.UnixNano()) })
	return list
}

// logPresences says who was there from when, and who never said so, in one line
// each.
func (t *turn) logPresences(d desk.ShiftDay) []logEntry {
	var list []logEntry
	for _, p := range t.w.Presences(d.Key()) {
		switch {
		case p.Carried:
		case !p.On.IsZero():
			list = append(list, logEntry{p.On, desk.T("dutylog.on", "at", p.On, "who", t.nameOf(p.Person))})
		case p.Missed(t.w.Now()):
			list = append(list, logEntry{p.Until, desk.T("dutylog.missed", "at", p.Until, "who", t.nameOf(p.Person))})
		}
	}
	return list
}

// loggedAct is what was done, in a few words.
//
//locale:prefix dutylog.act.
func (t *turn) loggedAct(e desk.Event) desk.Text {
	switch e.Action {
	case desk.PassOn:
		return desk.T("dutylog.act.pass_on", "name", t.nameOf(e.Details["to"]))
	case desk.GiveBack:
		if e.Details["reason"] == "shift_end" {
			return desk.T("dutylog.act.give_back_shift")
		}
	case desk.Nudged:
		return desk.T("dutylog.act.nudge")
	}
	return desk.T("dutylog.act." + string(e.Action))
}

func (t *turn) nameOf(id string) string {
	p, _ := t.w.Person(id)
	return p.Called()
}
