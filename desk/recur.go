package desk

import (
	"slices"
	"time"
)

// recurs links a new repair to the finished work that it repeats: the same category
// in the same place, not long ago. It is rework, although nobody said so: it has
// the clock of one, is marked and counted, and who follows it is told.
func recurs(w World, t *Ticket) Effects {
	s := w.Site()
	within := s.Callback.RecursWithin
	if t.Kind != KindRepair || t.Place == "" || within.IsZero() || slices.Contains(s.Callback.RecursExcept, t.Category) {
		return Effects{}
	}
	back := s.Calendar.After(w.Now(), Term{Days: -within.Days, Workdays: 0, Duration: -within.Duration})
	old, ok := w.LastDone(t.Place, t.Category, back)
	if next, again := w.Ticket(old.Rework); !ok || again && next.State.Open() {
		return Effects{} // What is still being worked on has not come back.
	}
	t.Recurs, t.Reworks, t.ReworkNo = true, old.ID, old.ReworkNo+1
	t.Not = others(w, old, t.ReworkNo)
	out := goesOn(w, old, t.ID)
	out.Say(Message{
		Person: Answerable(w, *t), Ticket: t.ID, Class: ClassNotice, Lane: LaneInteractive, Buttons: lookButtons(*t),
		Text: T("rework.recurs", "number", t.Number, "old", old.Number, "title", Title(s, *t), "place", Where(s, *t),
			"taker", nameOf(w, old.Taker), "at", old.DoneAt),
	})
	return out
}

// others are who must not take a rework: from the second one on, the takers of the
// works that did not hold.
func others(w World, old Ticket, no int) []string {
	not := slices.Clone(old.Not)
	if no < 2 {
		return not
	}
	first, _ := w.Ticket(old.Reworks)
	for _, taker := range []string{first.Taker, old.Taker} {
		if taker != "" && !slices.Contains(not, taker) {
			not = append(not, taker)
		}
	}
	return not
}

// goesOn keeps on the old ticket which one goes on with it; none takes that back.
// It is an event of its own, and no action that anybody could ask for.
func goesOn(w World, old Ticket, next string) Effects {
	x := &turn{w: w, before: old, t: old}
	x.t.Seq++
	x.t.Rework = next
	x.event = Event{
		Ticket: old.ID, Seq: x.t.Seq, At: w.Now(), Action: Recurred, From: old.State, Details: map[string]string{"next": next},
	}
	x.keepUndo()
	return x.effects()
}

// notSame takes back that a ticket is rework, where the desk itself thought so.
func notSame(x *turn) error {
	if !x.t.Recurs {
		return Refuse("refuse.state", "number", x.t.Number)
	}
	if old, ok := x.w.Ticket(x.t.Reworks); ok && old.Rework == x.t.ID {
		x.out.Add(goesOn(x.w, old, ""))
	}
	x.t.Recurs, x.t.Reworks, x.t.ReworkNo, x.t.Not = false, "", 0, nil
	x.keepUndo()
	return nil
}

// Denied tells whether the resident said of the finished work that it is not done.
func (t Ticket) Denied() bool { return t.Rating == "not_fixed" }

// DoneInTime tells whether the work was done by its aim, which pauses move, and not
// denied: a "done" that is denied was none.
func (t Ticket) DoneInTime() bool {
	return !t.DoneAt.IsZero() && !t.Denied() && (t.Clocks.Done.IsZero() || !t.DoneAt.After(t.Clocks.Done))
}

// Owed is when the work is due: of a rework when the first work was due, if that was
// denied, because its clock runs on.
func (t Ticket) Owed() time.Time {
	if !t.FirstDue.IsZero() && t.FirstDue.Before(t.Clocks.Done) {
		return t.FirstDue
	}
	return t.Clocks.Done
}
