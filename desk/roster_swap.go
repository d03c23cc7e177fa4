package desk

import "slices"

// AskSwap asks a colleague to work somebody's shift, and perhaps to have one of
// theirs worked in return. Nothing changes until they accept.
func AskSwap(w World, x RosterChange, by Person) (Effects, RosterChange, error) {
	x.ID, x.Kind, x.Who, x.By, x.At = w.NewID(), ChangeSwap, by.ID, by.ID, w.Now()
	if err := swappable(w, x); err != nil {
		return Effects{}, x, err
	}
	out := Effects{Duty: DutyEntries{Changes: []RosterChange{x}}}
	out.Say(Message{
		Person: x.With, Class: ClassCard, Lane: LaneInteractive, Silent: OffShift(w, x.With),
		Text: T("swap.ask", "name", by.Called(), "change", x.Text(w)), Key: "swap/" + x.ID,
		Buttons: [][]Button{Row(
			Button{Label: T("button.swap_yes"), Data: CommandData("swap|y." + x.ID)},
			Button{Label: T("button.swap_no"), Data: CommandData("swap|n." + x.ID)})},
	})
	return out, x, nil
}

// swappable looks whether a swap is possible as the roster is now: both work
// their own shift, neither works both at once, and none has begun.
func swappable(w World, x RosterChange) error {
	s := w.Site()
	b := bookFrom(w, s.Calendar.Date(w.Now()).AddDays(-1))
	who, ok := w.Person(x.Who)
	with, okWith := w.Person(x.With)
	if !ok || !okWith || who.ID == with.ID || with.Suspended || who.Suspended || !s.MayDo(with, x.Duty) {
		return Refuse("swap.cannot")
	}
	given, ok := s.Roster.ShiftDay(s.Calendar, x.Shift+"."+x.Dates.From.compact())
	if !ok || !given.From.After(w.Now()) || !slices.Contains(b.staff(given, x.Duty), who.ID) {
		return Refuse("swap.changed")
	}
	if b.busy(with.ID, given) {
		return Refuse("swap.busy", "name", with.Called())
	}
	if x.BackShift == "" {
		return nil
	}
	back, ok := s.Roster.ShiftDay(s.Calendar, x.BackShift+"."+x.BackDate.compact())
	if !ok || !back.From.After(w.Now()) || !slices.Contains(b.staff(back, x.Duty), with.ID) {
		return Refuse("swap.changed")
	}
	if b.busy(who.ID, back) {
		return Refuse("swap.busy", "name", who.Called())
	}
	return nil
}

// busy tells whether somebody is on leave on the day of a shift, or works in one
// that meets it.
func (b *book) busy(person string, d ShiftDay) bool {
	if b.away(person, d.Date) {
		return true
	}
	for _, other := range b.s.Roster.Begin(b.s.Calendar, d.From.AddDate(0, 0, -2), d.To) {
		if other.From.Before(d.To) && d.From.Before(other.To) && len(b.duties(other, person)) > 0 {
			return true
		}
	}
	return false
}

// AnswerSwap is what the colleague says. It is looked at anew: meanwhile the
// roster may have changed.
func AnswerSwap(w World, x RosterChange, by Person, yes bool) (Effects, RosterChange, error) {
	switch {
	case x.Kind != ChangeSwap || bookAt(w, w.Now()).id(x.With) != by.ID || by.Suspended:
		return Effects{}, x, Refuse("swap.not_yours")
	case !x.Ended.IsZero():
		return Effects{}, x, Refuse("swap.over")
	case !x.Accepted.IsZero():
		return Effects{}, x, Refuse("swap.accepted_already")
	}
	if !yes {
		x.Ended, x.EndedBy = w.Now(), by.ID
		out := Effects{Duty: DutyEntries{Changes: []RosterChange{x}}}
		out.Say(Message{
			Person: x.Who, Class: ClassNotice, Lane: LaneInteractive, Silent: OffShift(w, x.Who),
			Text: T("swap.declined", "name", by.Called(), "change", x.Text(w)),
		})
		return out, x, nil
	}
	if err := swappable(w, x); err != nil {
		return Effects{}, x, err
	}
	x.Accepted = w.Now()
	out := Effects{Duty: DutyEntries{Changes: []RosterChange{x}}}
	out.Add(tellChange(w, T("swap.accepted", "change", x.Text(w)), x.ID, "", x.Who, by.ID))
	return out, x, nil
}

// ShiftsAhead lists the shifts of a person in the next days, each with what they
// do in it.
func ShiftsAhead(w World, person string, days int) []ShiftTurn {
	s := w.Site()
	b := bookAt(w, w.Now())
	var list []ShiftTurn
	for _, d := range s.Roster.Begin(s.Calendar, w.Now(), w.Now().AddDate(0, 0, days)) {
		for _, duty := range b.duties(d, person) {
			list = append(list, ShiftTurn{d, duty})
		}
	}
	return list
}

// ShiftTurn is what somebody does in a day's shift.
type ShiftTurn struct {
	ShiftDay
	Duty string
}

// SwapPartners lists who may work a shift of somebody and is free then.
func SwapPartners(w World, person string, turn ShiftTurn) []Person {
	b := bookFrom(w, turn.Date.AddDays(-2))
	return slices.DeleteFunc(holders(w, turn.Duty), func(p Person) bool {
		return p.ID == person || p.Suspended || b.busy(p.ID, turn.ShiftDay)
	})
}

// FreeFor tells whether somebody is free for a day's shift.
func FreeFor(w World, person string, d ShiftDay) bool {
	return !bookFrom(w, d.Date.AddDays(-2)).busy(person, d)
}

// Uncovered lists the shifts of a person on some dates in which nobody else does
// the same: what leave would leave empty.
func Uncovered(w World, person string, dates DateRange) []ShiftTurn {
	s := w.Site()
	b := bookFrom(w, dates.From)
	var list []ShiftTurn
	to := dates.To
	if to.IsZero() {
		to = dates.From
	}
	from := ClockTime(0).On(dates.From, s.Zone).Add(-1)
	for _, d := range s.Roster.Begin(s.Calendar, from, EndOfDay.On(to, s.Zone).Add(-1)) {
		for _, duty := range b.duties(d, person) {
			if len(b.staff(d, duty)) == 1 && len(list) < 20 {
				list = append(list, ShiftTurn{d, duty})
			}
		}
	}
	return list
}
