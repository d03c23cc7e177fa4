package bot

import (
	"slices"
	"strconv"
	"strings"

	"frontdesk/desk"
)

// meetingsShown is how many meetings back can be looked up.
const meetingsShown = 60

// cmdMeeting shows the newest meeting: its agenda, and once they were sent its
// minutes; or the one with a number. What its buttons carry:
//
//	a.<id>   the agenda
//	m.<id>   the minutes
//	w.<id>   write the minutes: goes on with the first open point
//	r.<id>   go through all points again
func (t *turn) cmdMeeting(arg string) error {
	arg = strings.TrimSpace(arg)
	what, id, ok := strings.Cut(arg, ".")
	if !ok {
		what = ""
		for _, m := range t.w.Meetings(meetingsShown) {
			if (arg == "" || strings.EqualFold(m.Number, arg)) && !m.Prepared.IsZero() && desk.ReadsMeeting(t.w, m, t.p) {
				id = m.ID
				break
			}
		}
		if id == "" {
			return t.noMeeting(arg)
		}
	}
	m, found := t.w.Meeting(id)
	if !found || m.Prepared.IsZero() || !desk.ReadsMeeting(t.w, m, t.p) {
		return desk.Refuse("press.unknown")
	}
	switch {
	case what == "w" || what == "r":
		return t.minutes(m, what == "r")
	case what == "m" || what == "" && !m.Sent.IsZero():
		if m.Sent.IsZero() {
			return desk.Refuse("meeting.no_minutes", "number", m.Number)
		}
		t.show(desk.MinutesText(t.w, m, t.p), append(desk.MeetingButtons(t.w, m, t.p),
			desk.Row(desk.Button{Label: desk.T("button.agenda"), Data: desk.CommandData("meeting|a." + m.ID)}))...)
	case what == "a" || what == "":
		rows := desk.MeetingButtons(t.w, m, t.p)
		if !m.Sent.IsZero() {
			rows = append(rows, desk.Row(desk.Button{Label: desk.T("button.minutes_read"), Data: desk.CommandData("meeting|m." + m.ID)}))
		}
		t.show(desk.AgendaText(t.w, m, t.p), rows...)
	default:
		return desk.Refuse("press.unknown")
	}
	return nil
}

// noMeeting says when there will be one.
func (t *turn) noMeeting(number string) error {
	at, agenda, ok := desk.NextMeeting(t.site(), t.w.Now())
	switch {
	case !ok:
		return desk.Refuse("meeting.none")
	case number != "":
		return desk.Refuse("meeting.which", "number", shortened(number))
	case !desk.ReadsMeeting(t.w, desk.Meeting{}, t.p):
		return desk.Refuse("meeting.not_yours")
	case !agenda.After(t.w.Now()):
		return desk.Refuse("meeting.soon", "at", at)
	}
	return desk.Refuse("meeting.ahead", "at", at, "agenda", agenda)
}

// minutes begins to write the minutes, at the first point that is open.
func (t *turn) minutes(m desk.Meeting, redo bool) error {
	point, more := desk.NextPoint(t.w, m, t.p, -1, redo)
	answers := map[string][]string{"meeting": {m.ID}}
	switch {
	case more:
		answers["point"] = []string{strconv.Itoa(point)}
		if redo {
			answers["redo"] = []string{"1"}
		}
		return t.start("minutes", answers)
	case desk.MayMinute(t.w, m, t.p):
		return t.start("month_plan", answers)
	}
	return desk.Refuse("meeting.chair_only")
}

// actionLines is how many action items a list shows.
const actionLines = 12

// cmdActions lists the action items: one's own, for managers all that they may
// read. What its buttons carry:
//
//	o        only those that are overdue
//	v.<id>   one of them
//	d.<id>   it is done
//	m.<id>   another date
//	x.<id>   give it up
func (t *turn) cmdActions(arg string) error {
	what, id, ok := strings.Cut(strings.TrimSpace(arg), ".")
	if !ok {
		return t.actions(what == "o")
	}
	item, found := t.w.ActionItem(id)
	if !found || !desk.SeesItem(t.w, t.p, item) {
		return desk.Refuse("press.unknown")
	}
	runs := desk.RunsItem(t.w, t.p, item)
	switch {
	case what == "v":
		return t.action(item, runs)
	case what != "d" && what != "m" && what != "x":
		return desk.Refuse("press.unknown")
	case !item.Open():
		return desk.Refuse("actions.over")
	case what == "d" && !runs && !t.p.Is(item.Owner):
		return desk.Refuse("actions.not_yours")
	case what != "d" && !runs:
		return desk.Refuse("actions.managers")
	}
	flow := map[string]string{"d": "item_done", "m": "item_move", "x": "item_drop"}[what]
	return t.start(flow, map[string][]string{"item": {item.ID}})
}

func (t *turn) actions(overdue bool) error {
	list := desk.ItemsFor(t.w, t.p)
	today := t.site().Calendar.Date(t.w.Now())
	if overdue {
		list = slices.DeleteFunc(list, func(i desk.ActionItem) bool { return !i.Overdue(today) })
	}
	if len(list) == 0 {
		t.show(desk.T("actions.none"))
		return nil
	}
	lines := []desk.Text{desk.T("actions.head", "n", len(list))}
	var row []desk.Button
	for n, item := range list[:min(len(list), actionLines)] {
		lines = append(lines, desk.T("meeting.numbered", "n", n+1, "point", desk.ItemLine(t.w, item)))
		row = append(row, desk.Button{Label: desk.T("button.item_n", "n", n+1), Data: desk.CommandData("actions|v." + item.ID)})
	}
	if more := len(list) - actionLines; more > 0 {
		lines = append(lines, desk.T("open.more", "n", more))
	}
	t.show(desk.Lines(lines...), slices.Collect(slices.Chunk(row, 4))...)
	return nil
}

// action shows one action item, with what the person can do with it.
func (t *turn) action(item desk.ActionItem, runs bool) error {
	if !item.Open() {
		t.show(desk.T("actions.over"))
		return nil
	}
	var row []desk.Button
	if runs || t.p.Is(item.Owner) {
		row = append(row, desk.Button{Label: desk.T("button.item_done"), Data: desk.CommandData("actions|d." + item.ID)})
	}
	if runs {
		row = append(row,
			desk.Button{Label: desk.T("button.item_move"), Data: desk.CommandData("actions|m." + item.ID)},
			desk.Button{Label: desk.T("button.item_drop"), Data: desk.CommandData("actions|x." + item.ID)})
	}
	t.show(desk.ItemLine(t.w, item), row, desk.Row(desk.Button{Label: desk.T("button.actions"), Data: desk.CommandData("actions")}))
	return nil
}

// cmdMeasure lists what was counted before and after a measure.
func (t *turn) cmdMeasure(arg string) error {
	m, ok := desk.MeasureFor(t.w, t.p, arg)
	if !ok {
		return desk.Refuse("press.unknown")
	}
	list, looks := desk.MeasureList(t.w, m)
	t.reply(desk.Lines(desk.MeasureText(t.w, m), list), looks...)
	return nil
}
