package bot

import (
	"strings"

	"frontdesk/desk"
)

// cmdDuty says who is on duty now and until when, and who comes next.
func (t *turn) cmdDuty(string) error {
	s, now := t.site(), t.w.Now()
	change := s.Roster.NextChange(now, s.Calendar)
	var lines []desk.Text
	current := desk.Shifts(t.w, now)
	for _, d := range current {
		lines = append(lines, desk.T("duty.head", "shift", d.Shift.Label, "until", d.To))
	}
	missed := map[string]bool{}
	for _, d := range current {
		for _, p := range t.w.Presences(d.Key()) {
			missed[p.Person] = missed[p.Person] || p.Missed(now)
		}
	}
	for _, duty := range t.shownDuties() {
		var names []desk.Text
		for _, p := range desk.Rostered(t.w, duty) {
			names = append(names, t.dutyName(p, missed[p.ID]))
		}
		if len(names) == 0 {
			names = append(names, desk.T("duty.nobody"))
		}
		lines = append(lines, desk.T("duty.line", "what", s.DutyLabel(duty), "names", names))
	}
	if !change.Equal(desk.Never) {
		for _, d := range s.Roster.Begin(s.Calendar, now, change) {
			lines = append(lines, desk.T("duty.next", "shift", d.Shift.Label, "at", d.From))
			lines = append(lines, t.staffLines(d)...)
		}
	}
	t.reply(desk.Lines(lines...))
	return nil
}

// shownDuties are those that a list of who is on duty names, even when nobody is.
func (t *turn) shownDuties() []string {
	list := []string{string(desk.RoleDutyManager), string(desk.RoleOperator)}
	for _, d := range t.site().Departments {
		if !d.Retired {
			list = append(list, d.ID)
		}
	}
	return list
}

// dutyName is somebody on duty, with what keeps them from being turned to.
func (t *turn) dutyName(p desk.Person, missed bool) desk.Text {
	switch {
	case p.Unreachable != "" || p.Address().IsZero():
		return desk.T("duty.name_unreachable", "name", p.Called())
	case missed:
		return desk.T("duty.name_missed", "name", p.Called())
	}
	return desk.Literal(p.Called())
}

// staffLines are the people of a day's shift, a line for each duty that anybody
// does.
func (t *turn) staffLines(d desk.ShiftDay) []desk.Text {
	var lines []desk.Text
	for _, duty := range t.site().Duties() {
		var names []desk.Text
		for _, p := range desk.Staffed(t.w, d, duty) {
			names = append(names, desk.Literal(p.Called()))
		}
		if len(names) > 0 {
			lines = append(lines, desk.T("duty.line", "what", t.site().DutyLabel(duty), "names", names))
		}
	}
	return lines
}

// cmdOn is [I'm on] at the start of a shift.
func (t *turn) cmdOn(shift string) error {
	if shift == "" {
		shift = t.askedShift()
	}
	out, x, err := desk.SayOn(t.w, t.p, shift)
	if err != nil {
		return err
	}
	t.out.Add(out)
	d, _ := t.site().Roster.ShiftDay(t.site().Calendar, shift)
	t.show(desk.T("shift.on", "at", x.On, "shift", d.Shift.Label, "until", d.To))
	return nil
}

// askedShift is the present shift in which somebody was asked, for who writes the
// words instead of pressing.
func (t *turn) askedShift() string {
	for _, d := range desk.Shifts(t.w, t.w.Now()) {
		if _, asked := t.w.Presence(d.Key(), t.p.ID); asked {
			return d.Key()
		}
	}
	return ""
}

// cmdKeep and cmdReturn answer what becomes of the tickets at the end of a shift.
func (t *turn) cmdKeep(shift string) error { return t.afterShift(shift, "keep") }

func (t *turn) cmdReturn(shift string) error { return t.afterShift(shift, "return") }

func (t *turn) afterShift(shift, answer string) error {
	out, n, err := desk.AfterShift(t.w, t.p, shift, answer, t.actor())
	if err != nil {
		return err
	}
	t.out.Add(out)
	//locale:key shift.kept shift.all_returned
	key := "shift.kept"
	if answer == "return" {
		key = "shift.all_returned"
	}
	t.show(desk.T(key, "n", n))
	return nil
}

// cmdSign signs a handover.
func (t *turn) cmdSign(id string) error {
	h, ok := t.w.Handover(id)
	if !ok {
		return desk.Refuse("press.unknown")
	}
	out, h, err := desk.Sign(t.w, h, t.p)
	if err != nil {
		return err
	}
	t.out.Add(out)
	text, rows := h.Card(t.w, true)
	t.show(text, rows...)
	return nil
}

// cmdNote writes into the log of the shift.
func (t *turn) cmdNote(text string) error {
	text = strings.TrimSpace(text)
	if text == "" {
		return desk.Refuse("note.how")
	}
	if runes := []rune(text); len(runes) > maxNote {
		return desk.Refuse("note.long", "limit", maxNote)
	}
	t.out.Duty.Notes = append(t.out.Duty.Notes, desk.ShiftNote{ID: t.w.NewID(), At: t.w.Now(), By: t.p.ID, Text: text})
	t.reply(desk.T("note.done"))
	return nil
}

// maxNote is how long a note of the shift may be: it stands on the card of the
// handover.
const maxNote = 300
