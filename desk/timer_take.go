package desk

import (
	"strconv"
	"time"
)

// timerTake watches that somebody takes a ticket. At its time: one reply in the
// group, or a reminder in private to its members, and the duty manager is told; a term later the centre manager, and
// another term later the property manager. Then it is silent: an overdue ticket
// is in every list.
var timerTake = TicketTimer{
	Kind: "take",
	Due: func(s *Site, t Ticket) time.Time {
		if t.Kind == KindEmergency {
			return zeroTime // Its ladder does more than that.
		}
		if t.State != StateNew || t.Announced.IsZero() || t.Clocks.Take.IsZero() || t.Nudges.Take > 2 {
			return zeroTime
		}
		due := t.Clocks.Take
		d, _ := s.Department(t.Department)
		for range t.Nudges.Take {
			term := s.deadlines(t.Urgency).Take
			if t.Urgency.Rings() {
				due = s.Calendar.After(due, term)
			} else {
				due = s.inHours(d, due, term)
			}
		}
		return due
	},
	Fire: func(w World, t Ticket) (Effects, error) {
		level := t.Nudges.Take
		text := T("take.manager", "number", t.Number, "title", Title(w.Site(), t),
			"place", Where(w.Site(), t), "by", t.Clocks.Take)
		managers := Managers(w, level)
		told := ToLevel(w, level, Message{Ticket: t.ID, Class: classOf(t), Lane: laneOf(t), Text: text, Buttons: lookButtons(t)})
		if level == 0 {
			told.Add(remindUntaken(w, t))
		}
		if list, ok := listedWith(w, t); ok && len(managers) > 0 {
			told = untakenOfList(w, t, list, level, told)
		}
		return nudge(w, t, "take", level+1, managers, func(n *Nudges) { n.Take = level + 1 }, told)
	},
}

// nudge keeps in the history that the desk reminded somebody, and whom.
func nudge(w World, t Ticket, what string, level int, whom []Person, mark func(*Nudges), told Effects) (Effects, error) {
	details := map[string]string{"what": what, "level": strconv.Itoa(level)}
	for i, p := range whom {
		details["told"+strconv.Itoa(i+1)] = p.ID
	}
	out, err := Act(w, t, Nudged, Actor{}, Args{Values: details})
	if err != nil {
		return out, err
	}
	mark(&out.Tickets[0].Nudges)
	// A reminder takes nothing back and forbids no undo.
	if last := t.Last; last != nil && last.Seq == t.Seq {
		kept := *last
		kept.Seq = out.Tickets[0].Seq
		out.Tickets[0].Last = &kept
	}
	out.Add(told)
	return out, nil
}

func laneOf(t Ticket) Lane {
	if t.Urgency == Emergency {
		return LaneEmergency
	}
	return LaneInteractive
}

func classOf(t Ticket) Class {
	if t.Urgency == Emergency {
		return ClassEmergency
	}
	return ClassReminder
}
