package desk

import (
	"slices"
	"time"
)

// jobShiftEnd is the end of a shift for those who take tickets: what is due
// before their next shift goes back to the department, for the rest they say
// whether they keep it. Who works on is left alone.
var jobShiftEnd = JobKind{
	Name: "shift_end",
	Run: func(r Reader, j Job) (Effects, error) {
		s := r.Site()
		d, ok := s.Roster.ShiftDay(s.Calendar, j.Subject)
		if !ok || r.Now().Before(d.To) {
			return Effects{}, nil
		}
		b := bookFrom(r, d.Date.AddDays(-1))
		var out Effects
		seen := map[string]bool{}
		for _, dep := range s.Departments {
			for _, p := range b.people(d, dep.ID) {
				if seen[p.ID] || b.works(p.ID, r.Now()) {
					continue
				}
				seen[p.ID] = true
				ended, err := b.endFor(d, p)
				if err != nil {
					return out, err
				}
				out.Add(ended)
			}
		}
		return out, nil
	},
}

// endFor ends a shift for one person.
func (b *book) endFor(d ShiftDay, p Person) (Effects, error) {
	var out Effects
	next, comes := b.next(p.ID, b.w.Now())
	var returned, rest []Ticket
	for _, t := range b.w.TicketsTaken(p.ID) {
		if _, may := find(t, GiveBack); !may || t.State == StateArrived {
			rest = append(rest, t) // They are at it.
			continue
		}
		if comes && !t.dueBefore(next.From) {
			rest = append(rest, t)
			continue
		}
		back, err := Act(b.w, t, GiveBack, Actor{}, With("reason", "shift_end", "taker", p.ID, "shift", d.Key()))
		if err != nil {
			return out, err
		}
		out.Add(back)
		returned = append(returned, t)
	}
	if len(returned)+len(rest) == 0 {
		return out, nil
	}
	var lines []Text
	var buttons [][]Button
	if len(returned) > 0 {
		lines = append(lines, T("shift.returned", "tickets", numbersOf(returned)))
	}
	x, _ := presenceOf(b.w, d.Key(), p)
	if len(rest) > 0 {
		key := "shift.rest"
		if !comes {
			key = "shift.rest_at_work"
		}
		//locale:key shift.rest shift.rest_at_work
		lines = append(lines, T(key, "tickets", numbersOf(rest), "next", next.From))
		buttons = append(buttons, Row(
			Button{Label: T("button.keep_all"), Data: CommandData("keep|" + d.Key())},
			Button{Label: T("button.return_all"), Data: CommandData("return|" + d.Key())}))
		for _, t := range rest {
			x.Rest = append(x.Rest, t.ID)
		}
	}
	if x.Shift == "" {
		// They were not asked at the start, and are there.
		x.Shift, x.Person, x.Asked, x.Until, x.On = d.Key(), p.ID, d.From, d.To, d.From
	}
	out.Duty.Presences = append(out.Duty.Presences, x)
	out.Say(Message{
		Person: p.ID, Class: ClassReminder, Lane: LaneRoutine, Text: Lines(lines...), Buttons: buttons, Key: "shift_end/" + d.Key() + "/" + p.ID,
	})
	return out, nil
}

// dueBefore tells whether something is owed for a ticket before t: its visit, or
// the work. Of a paused one that is when the pause has ended.
func (t Ticket) dueBefore(until time.Time) bool {
	if t.State == StatePaused && t.Pause != nil {
		done := t.Clocks.Done.Add(t.Pause.Until.Sub(t.Pause.At))
		return t.Pause.Until.Before(until) && !t.Clocks.Done.IsZero() && done.Before(until)
	}
	return !t.Clocks.Done.IsZero() && t.Clocks.Done.Before(until) || t.visitBefore(until)
}

// visitBefore tells whether somebody should come before t, and has not yet.
func (t Ticket) visitBefore(until time.Time) bool {
	if t.State != StateNew && t.State != StateTaken {
		return false
	}
	return !t.To.IsZero() && t.To.Before(until) || !t.Clocks.Visit.IsZero() && t.Clocks.Visit.Before(until)
}

func numbersOf(list []Ticket) []Text {
	var texts []Text
	for _, t := range list {
		texts = append(texts, Literal(t.Number))
	}
	return texts
}

// AfterShift is the answer to what becomes of the tickets that somebody still has
// at the end of a shift: keep or return.
func AfterShift(w World, p Person, shift, answer string, by Actor) (Effects, int, error) {
	x, ok := presenceOf(w, shift, p)
	switch {
	case !ok || len(x.Rest) == 0 || p.Suspended:
		return Effects{}, 0, Refuse("shift.not_yours")
	case x.Answer == "return":
		return Effects{}, 0, Refuse("shift.answered")
	}
	x.Answer = answer
	out := Effects{Duty: DutyEntries{Presences: []Presence{x}}}
	n := 0
	for _, t := range w.TicketsTaken(p.ID) {
		if !slices.Contains(x.Rest, t.ID) {
			continue
		}
		if answer == "return" {
			back, err := Act(w, t, GiveBack, by, With("reason", "shift_end"))
			if _, refused := AsUserError(err); refused {
				continue // Meanwhile it went on.
			}
			if err != nil {
				return out, n, err
			}
			out.Add(back)
		}
		n++
	}
	return out, n, nil
}
