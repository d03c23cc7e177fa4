package desk

import "slices"

// EnterChange writes leave, sick leave or extra work into the roster. Who is
// concerned hears of it, and so does the duty manager if somebody else entered it.
// What somebody who is away from now on has taken and not begun goes back to the
// department.
func EnterChange(w World, x RosterChange, by Actor) (Effects, error) {
	p, ok := w.Person(x.Who)
	s := w.Site()
	today := s.Calendar.Date(w.Now())
	switch {
	case !ok || p.Suspended || !by.Person.Manages():
		return Effects{}, Refuse("roster.who")
	case x.Dates.From.IsZero() || x.Last().Compare(today) < 0 || !x.Dates.To.IsZero() && x.Dates.To.Compare(x.Dates.From) < 0:
		return Effects{}, Refuse("roster.past")
	case x.Kind == ChangeExtra && (!s.MayDo(p, x.Duty) || !slices.ContainsFunc(s.Roster.Shifts, func(t Shift) bool { return t.Name == x.Shift })):
		return Effects{}, Refuse("roster.may_not", "name", p.Called())
	}
	x.ID, x.By, x.At = w.NewID(), by.Person.ID, w.Now()
	out := Effects{Duty: DutyEntries{Changes: []RosterChange{x}}}
	text := T("roster.entered", "change", x.Text(w), "by", by.Person.Called())
	out.Add(tellChange(w, text, x.ID, "", p.ID, by.Person.ID))
	if x.Kind == ChangeExtra || !x.Dates.Contains(today) {
		return out, nil
	}
	var returned []Ticket
	for _, t := range w.TicketsTaken(p.ID) {
		if t.State == StateArrived {
			continue
		}
		back, err := Act(w, t, GiveBack, by, With("reason", string(x.Kind)))
		if _, refused := AsUserError(err); refused {
			continue
		}
		if err != nil {
			return out, err
		}
		out.Add(back)
		returned = append(returned, t)
	}
	if len(returned) > 0 {
		out.Say(Message{Person: p.ID, Class: ClassNotice, Lane: LaneRoutine, Silent: true, Text: T("shift.returned", "tickets", numbersOf(returned))})
	}
	return out, nil
}

// tellChange tells somebody and the duty managers of a change, each once, and not
// whoever made it. Managers can take it back with undo.
func tellChange(w World, text Text, undo, with, who, by string) Effects {
	var out Effects
	told := map[string]bool{by: true}
	tell := func(id string, buttons [][]Button) {
		if id != "" && !told[id] {
			told[id] = true
			out.Say(Message{Person: id, Class: ClassNotice, Lane: LaneInteractive, Text: text, Buttons: buttons, Silent: OffShift(w, id)})
		}
	}
	tell(who, nil)
	tell(with, nil)
	for _, m := range Managers(w, 0) {
		tell(m.ID, [][]Button{Row(Button{Label: T("button.roster_undo"), Data: CommandData("roster|x." + undo)})})
	}
	return out
}

// EndChange takes a change back, or withdraws a swap that nobody has accepted.
func EndChange(w World, x RosterChange, by Person) (Effects, error) {
	switch {
	case !by.Manages() && (x.Kind != ChangeSwap || !x.Accepted.IsZero() || !by.Is(x.Who)):
		return Effects{}, Refuse("roster.manager_only")
	case !x.Ended.IsZero():
		return Effects{}, Refuse("roster.ended_already")
	case x.Last().Compare(w.Site().Calendar.Date(w.Now())) < 0:
		return Effects{}, Refuse("roster.past")
	}
	x.Ended, x.EndedBy = w.Now(), by.ID
	out := Effects{Duty: DutyEntries{Changes: []RosterChange{x}}}
	text := T("roster.ended", "change", x.Text(w), "by", by.Called())
	told := map[string]bool{by.ID: true, "": true}
	for _, id := range []string{x.Who, x.With} {
		if !told[id] {
			told[id] = true
			out.Say(Message{Person: id, Class: ClassNotice, Lane: LaneInteractive, Text: text, Silent: OffShift(w, id)})
		}
	}
	return out, nil
}

// Text says a change in one line.
func (x RosterChange) Text(w World) Text {
	s := w.Site()
	at := func(d Date) any { return ClockTime(12*60).On(d, s.Zone) }
	name := nameOf(w, bookFrom(w, x.Dates.From).id(x.Who))
	to := x.Dates.To
	if to.IsZero() {
		to = x.Dates.From
	}
	switch x.Kind {
	case ChangeExtra:
		return T("roster.line_extra", "name", name, "date", at(x.Dates.From), "shift", s.shiftLabel(x.Shift), "what", s.DutyLabel(x.Duty))
	case ChangeSwap:
		if x.BackShift == "" {
			return T("roster.line_cover", "name", name, "date", at(x.Dates.From), "shift", s.shiftLabel(x.Shift), "with", nameOf(w, x.With))
		}
		return T("roster.line_swap", "name", name, "date", at(x.Dates.From), "shift", s.shiftLabel(x.Shift), "with", nameOf(w, x.With),
			"back", at(x.BackDate), "back_shift", s.shiftLabel(x.BackShift))
	}
	//locale:prefix roster.kind.
	kind := T("roster.kind." + string(x.Kind))
	if to == x.Dates.From {
		return T("roster.line_day", "name", name, "kind", kind, "date", at(to))
	}
	return T("roster.line_days", "name", name, "kind", kind, "date", at(x.Dates.From), "to", at(to))
}

// shiftLabel is what a shift is called; one that is gone stands for itself.
func (s *Site) shiftLabel(name string) Label {
	for _, shift := range s.Roster.Shifts {
		if shift.Name == name {
			return shift.Label
		}
	}
	return Label{s.Languages[0]: name}
}
