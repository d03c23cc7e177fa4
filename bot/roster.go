package bot

import (
	"cmp"
	"slices"
	"strings"

	"frontdesk/desk"
)

// cmdRoster shows who works when, a day at a time. What its buttons carry:
//
//	d.<date>   that day
//	m          one's own next shifts
//	l          the changes ahead
//	x.<id>     take a change back? asks
//	y.<id>     takes it back
//
// Who may is checked each time.
func (t *turn) cmdRoster(arg string) error {
	arg = strings.TrimSpace(arg)
	today := t.site().Calendar.Date(t.w.Now())
	if len(t.site().Roster.Shifts) == 0 {
		return desk.Refuse("roster.none")
	}
	switch what, rest, _ := strings.Cut(arg, "."); {
	case arg == "":
		return t.rosterDay(today)
	case arg == "m":
		return t.ownShifts()
	case arg == "l":
		return t.rosterChanges()
	case what == "d" || what == "x" || what == "y":
		if what == "d" {
			if day, err := desk.ParseDate(rest); err == nil {
				return t.rosterDay(day)
			}
			return desk.Refuse("press.unknown")
		}
		return t.endChange(rest, what == "y")
	}
	day, ok := desk.ComingDay(arg, today)
	if !ok {
		return desk.Refuse("roster.which_day", "said", shortened(arg))
	}
	return t.rosterDay(day)
}

// rosterDay is who works on a date, with what differs from the pattern.
func (t *turn) rosterDay(day desk.Date) error {
	s := t.site()
	noon := desk.ClockTime(12*60).On(day, s.Zone)
	//locale:key roster.day_work roster.day_off
	kind := desk.T("roster.day_off")
	if s.Calendar.WorkdayOn(day) {
		kind = desk.T("roster.day_work")
	}
	kinds := []desk.Text{kind}
	if s.Calendar.Vacation(day) {
		kinds = append(kinds, desk.T("roster.day_vacation"))
	}
	if s.Calendar.Exam(day) {
		kinds = append(kinds, desk.T("roster.day_exam"))
	}
	lines := []desk.Text{desk.T("roster.head", "day", noon, "kinds", kinds)}
	midnight := desk.ClockTime(0).On(day, s.Zone)
	shifts := 0
	for _, d := range s.Roster.Begin(s.Calendar, midnight.Add(-1), desk.EndOfDay.On(day, s.Zone).Add(-1)) {
		if d.Date != day {
			continue
		}
		shifts++
		lines = append(lines, desk.T("roster.shift", "shift", d.Shift.Label, "span", d.Shift.Span.String()))
		lines = append(lines, t.staffLines(d)...)
	}
	if shifts == 0 {
		lines = append(lines, desk.T("roster.no_shift"))
	}
	for _, x := range t.changes(day) {
		if x.Counts() && (x.Dates.Contains(day) || x.BackDate == day) {
			lines = append(lines, x.Text(t.w))
		}
	}
	to := func(label string, d desk.Date) desk.Button {
		return desk.Button{Label: desk.T(label), Data: desk.CommandData("roster|d." + d.String())}
	}
	rows := [][]desk.Button{desk.Row(to("button.day_before", day.AddDays(-1)), to("button.day_after", day.AddDays(1)))}
	var deal []desk.Button
	if t.p.Manages() {
		deal = append(deal, desk.Button{Label: desk.T("button.roster_change"), Data: desk.StartData("roster_change", "")})
	}
	if len(desk.ShiftsAhead(t.w, t.p.ID, 15)) > 0 {
		deal = append(deal,
			desk.Button{Label: desk.T("button.swap"), Data: desk.StartData("swap", "")},
			desk.Button{Label: desk.T("button.own_shifts"), Data: desk.CommandData("roster|m")})
	}
	if t.p.Manages() && len(t.changes(s.Calendar.Date(t.w.Now()))) > 0 {
		rows = append(rows, deal)
		deal = []desk.Button{{Label: desk.T("button.roster_changes"), Data: desk.CommandData("roster|l")}}
	}
	t.show(desk.Lines(lines...), append(rows, deal)...)
	return nil
}

// changes lists the changes of the configuration and of the store that touch a
// date from the given one on.
func (t *turn) changes(from desk.Date) []desk.RosterChange {
	var list []desk.RosterChange
	for _, x := range append(slices.Clone(t.site().Roster.Changes), t.w.RosterChanges(from)...) {
		if x.Last().Compare(from) >= 0 {
			list = append(list, x)
		}
	}
	return list
}

// ownShifts are the person's shifts of the next fifteen days.
func (t *turn) ownShifts() error {
	lines := []desk.Text{desk.T("roster.own")}
	for _, turn := range desk.ShiftsAhead(t.w, t.p.ID, 15) {
		lines = append(lines, desk.T("roster.own_line", "day", turn.From, "shift", turn.Shift.Label, "span", turn.Shift.Span.String(),
			"what", t.site().DutyLabel(turn.Duty)))
	}
	if len(lines) == 1 {
		return desk.Refuse("roster.own_none")
	}
	t.show(desk.Lines(lines...), desk.Row(
		desk.Button{Label: desk.T("button.swap"), Data: desk.StartData("swap", "")},
		desk.Button{Label: desk.T("button.roster"), Data: desk.CommandData("roster")}))
	return nil
}

// rosterLines is how many changes are listed at once.
const rosterLines = 12

// rosterChanges lists what is ahead, each with a button to take it back.
func (t *turn) rosterChanges() error {
	if !t.p.Manages() {
		return desk.Refuse("roster.manager_only")
	}
	lines := []desk.Text{desk.T("roster.changes")}
	var row []desk.Button
	n := 0
	list := t.w.RosterChanges(t.site().Calendar.Date(t.w.Now()))
	slices.SortStableFunc(list, func(a, b desk.RosterChange) int {
		return cmp.Or(a.Dates.From.Compare(b.Dates.From), a.At.Compare(b.At))
	})
	for _, x := range list {
		if !x.Ended.IsZero() {
			continue
		}
		if n++; n > rosterLines {
			continue
		}
		line := x.Text(t.w)
		if !x.Counts() {
			line = desk.T("roster.line_waiting", "change", line)
		}
		lines = append(lines, desk.T("roster.numbered", "n", n, "change", line))
		row = append(row, desk.Button{Label: desk.T("button.roster_undo_n", "n", n), Data: desk.CommandData("roster|x." + x.ID)})
	}
	if n == 0 {
		return desk.Refuse("roster.no_changes")
	}
	if more := n - rosterLines; more > 0 {
		lines = append(lines, desk.T("open.more", "n", more))
	}
	rows := slices.Collect(slices.Chunk(row, 3))
	t.show(desk.Lines(lines...), append(rows, desk.Row(desk.Button{Label: desk.T("button.roster"), Data: desk.CommandData("roster")}))...)
	return nil
}

// endChange takes a change back, after asking.
func (t *turn) endChange(id string, sure bool) error {
	x, ok := t.w.RosterChange(id)
	if !ok {
		return desk.Refuse("press.unknown")
	}
	out, err := desk.EndChange(t.w, x, t.p)
	if err != nil {
		return err
	}
	if !sure {
		t.private(desk.T("roster.sure", "change", x.Text(t.w)), desk.Row(
			desk.Button{Label: desk.T("button.roster_undo"), Data: desk.CommandData("roster|y." + x.ID)},
			desk.Button{Label: desk.T("button.roster"), Data: desk.CommandData("roster")}))
		return nil
	}
	t.out.Add(out)
	t.show(desk.T("roster.ended", "change", x.Text(t.w), "by", t.p.Called()))
	return nil
}

// cmdSwap begins a swap, or is a colleague's answer to one: y.<id>, n.<id>.
func (t *turn) cmdSwap(arg string) error {
	answer, id, ok := strings.Cut(arg, ".")
	if !ok {
		return t.start("swap", nil)
	}
	x, found := t.w.RosterChange(id)
	if !found || answer != "y" && answer != "n" {
		return desk.Refuse("press.unknown")
	}
	out, x, err := desk.AnswerSwap(t.w, x, t.p, answer == "y")
	if err != nil {
		return err
	}
	t.out.Add(out)
	//locale:key swap.you_accepted swap.you_declined
	key := "swap.you_declined"
	if answer == "y" {
		key = "swap.you_accepted"
	}
	t.show(desk.T(key, "change", x.Text(t.w)))
	return nil
}
