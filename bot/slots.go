package bot

import (
	"slices"
	"strings"

	"frontdesk/desk"
)

// slotDaysShown is how many days /slots shows at once, slotRulesShown how many
// decisions.
const (
	slotDaysShown  = 7
	slotRulesShown = 12
)

// cmdSlots shows what inspectors offer and what of it is booked, and changes it.
// What its buttons carry:
//
//	b.<building>.<date>   a week from that date
//	l                     what was decided for days ahead
//	x.<id>, y.<id>        take it back? asks; takes it back
func (t *turn) cmdSlots(arg string) error {
	what, rest, _ := strings.Cut(strings.TrimSpace(arg), ".")
	houses := t.site().Places.Buildings()
	switch {
	case what == "" && len(houses) == 1:
		return t.slotWeek(houses[0].ID + "." + t.site().Calendar.Date(t.w.Now()).String())
	case what == "":
		var row []desk.Button
		for _, b := range houses {
			row = append(row, desk.Button{Label: desk.Literal(b.ID), Data: desk.CommandData("slots|b." + b.ID + "." + t.site().Calendar.Date(t.w.Now()).String())})
		}
		rows := slices.Collect(slices.Chunk(row, 4))
		t.show(desk.T("slots.which"), append(rows, t.slotButtons())...)
		return nil
	case what == "b":
		return t.slotWeek(rest)
	case what == "l":
		return t.slotRules()
	case what == "x" || what == "y":
		return t.endSlots(rest, what == "y")
	}
	return desk.Refuse("press.unknown")
}

func (t *turn) slotButtons() []desk.Button {
	return desk.Row(desk.Button{Label: desk.T("button.slots_change"), Data: desk.StartData("slots", "")},
		desk.Button{Label: desk.T("button.slots_rules"), Data: desk.CommandData("slots|l")})
}

// slotWeek shows a week of a building: what is offered, and how many rooms of it
// are booked.
func (t *turn) slotWeek(arg string) error {
	building, date, _ := strings.Cut(arg, ".")
	from, err := desk.ParseDate(date)
	if _, ok := t.site().Places.Building(building); !ok || err != nil {
		return desk.Refuse("press.unknown")
	}
	lines := []desk.Text{desk.T("slots.head", "building", t.site().PlaceLabel(building))}
	for i := range slotDaysShown {
		day := from.AddDays(i)
		x := desk.SlotsFor(t.w, building, day)
		noon := desk.ClockTime(12*60).On(day, t.site().Zone)
		booked, places := 0, 0
		for _, h := range x.Plan.Hours {
			booked, places = booked+len(x.Day.Rooms(h.At)), places+h.Places
		}
		switch {
		case x.Plan.Closed && x.Plan.Reason != "":
			lines = append(lines, desk.T("slots.day_reason", "day", noon, "reason", x.Plan.Reason))
		case places == 0:
			lines = append(lines, desk.T("slots.day_closed", "day", noon))
		case len(x.Day.Waiting) > 0:
			lines = append(lines, desk.T("slots.day_waiting", "day", noon, "n", booked, "all", places, "waiting", len(x.Day.Waiting)))
		default:
			lines = append(lines, desk.T("slots.day", "day", noon, "n", booked, "all", places))
		}
	}
	to := func(label string, d desk.Date) desk.Button {
		return desk.Button{Label: desk.T(label), Data: desk.CommandData("slots|b." + building + "." + d.String())}
	}
	t.show(desk.Lines(lines...), desk.Row(to("button.week_before", from.AddDays(-slotDaysShown)), to("button.week_after", from.AddDays(slotDaysShown))), t.slotButtons())
	return nil
}

// slotRules lists what was decided in chat for days ahead.
func (t *turn) slotRules() error {
	lines := []desk.Text{desk.T("slots.rules")}
	var row []desk.Button
	n := 0
	for _, r := range t.w.SlotRules(t.site().Calendar.Date(t.w.Now())) {
		if !r.Ended.IsZero() {
			continue
		}
		if n++; n > slotRulesShown {
			continue
		}
		lines = append(lines, desk.T("roster.numbered", "n", n, "change", r.Text(t.w)))
		row = append(row, desk.Button{Label: desk.T("button.roster_undo_n", "n", n), Data: desk.CommandData("slots|x." + r.ID)})
	}
	if n == 0 {
		lines = []desk.Text{desk.T("slots.no_rules")}
	}
	if more := n - slotRulesShown; more > 0 {
		lines = append(lines, desk.T("open.more", "n", more))
	}
	t.show(desk.Lines(lines...), append(slices.Collect(slices.Chunk(row, 3)), desk.Row(
		desk.Button{Label: desk.T("button.slots_change"), Data: desk.StartData("slots", "")},
		desk.Button{Label: desk.T("button.slots"), Data: desk.CommandData("slots")}))...)
	return nil
}

// endSlots takes a decision back, after asking.
func (t *turn) endSlots(id string, sure bool) error {
	r, ok := t.w.SlotRule(id)
	if !ok {
		return desk.Refuse("press.unknown")
	}
	out, r, err := desk.EndSlots(t.w, r, t.p)
	if err != nil {
		return err
	}
	if !sure {
		t.show(desk.T("roster.sure", "change", r.Text(t.w)), desk.Row(
			desk.Button{Label: desk.T("button.roster_undo"), Data: desk.CommandData("slots|y." + r.ID)},
			desk.Button{Label: desk.T("button.slots"), Data: desk.CommandData("slots|l")}))
		return nil
	}
	t.out.Add(out)
	t.show(desk.T("roster.ended", "change", r.Text(t.w), "by", t.p.Called()))
	return nil
}
