package desk

import (
	"slices"
	"time"
)

// change is an instant at which others sit at the desk than before.
type change struct {
	at time.Time
	// ending and beginning are the shifts with duty managers that end and begin.
	ending, beginning ShiftDay
	out, in           []string // duty managers
	leaving           []string // all of the desk who go
}

// deskRoles are the roles that sit at the desk.
var deskRoles = []string{string(RoleOperator), string(RoleDutyManager)}

// changeAt is what changes at the desk at an instant; false when the same duty
// managers stay, or when nobody comes because the roster has nobody.
func (b *book) changeAt(at time.Time) (change, bool) {
	x := change{at: at}
	manager := string(RoleDutyManager)
	before, after := b.s.Roster.Current(b.s.Calendar, at.Add(-1)), b.s.Roster.Current(b.s.Calendar, at)
	on := func(days []ShiftDay, duty string) []string {
		var list []string
		for _, d := range days {
			for _, id := range b.staff(d, duty) {
				if !slices.Contains(list, id) {
					list = append(list, id)
				}
			}
		}
		return list
	}
	x.out, x.in = on(before, manager), on(after, manager)
	slices.Sort(x.out)
	slices.Sort(x.in)
	if slices.Equal(x.out, x.in) {
		return x, false
	}
	for _, d := range before {
		if x.ending.Shift.Name == "" && len(d.Shift.Staff[manager]) > 0 {
			x.ending = d
		}
	}
	for _, d := range after {
		if x.beginning.Shift.Name == "" && len(d.Shift.Staff[manager]) > 0 {
			x.beginning = d
		}
	}
	staying := append(on(after, deskRoles[0]), x.in...)
	for _, role := range deskRoles {
		for _, id := range on(before, role) {
			if !slices.Contains(staying, id) && !slices.Contains(x.leaving, id) {
				x.leaving = append(x.leaving, id)
			}
		}
	}
	return x, x.ending.Shift.Name != "" || x.beginning.Shift.Name != ""
}

// known leaves out the addresses from which nobody ever wrote.
func known(w World, ids []string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		p, ok := w.Person(id)
		return !ok || p.Suspended
	})
}

// makeHandover writes down how things stand at a change of the desk's shift, and
// gives the card to both sides. Without somebody on one of them the next level
// hears of it at once.
func makeHandover(r Reader, x change) Effects {
	s := r.Site()
	local := x.at.In(s.Zone)
	h := Handover{
		ID: local.Format("20060102.1504"), At: x.at, From: x.ending.From, Made: r.Now(), Outgoing: x.ending.Shift.Name,
		Incoming: x.beginning.Shift.Name, Out: known(r, x.out), In: known(r, x.in), Leaving: known(r, x.leaving),
	}
	if _, done := r.Handover(h.ID); done {
		return Effects{}
	}
	if h.From.IsZero() {
		h.From = x.at.Add(-12 * time.Hour)
	}
	h.count(r, x.beginning)
	if span := x.ending.Shift.Span; x.ending.Shift.Name != "" && span.To <= span.From {
		night := reportNight(r, h.shared(r), h.From, h.Made.Add(1))
		h.Night = &night
	}
	out := Effects{Duty: DutyEntries{Handovers: []Handover{h}}}
	text, buttons := h.Card(r, false)
	for _, id := range append(slices.Clone(h.Out), h.In...) {
		out.Say(Message{
			Person: id, Class: ClassCard, Lane: LaneInteractive, Text: text, Buttons: buttons, Key: "handover/" + h.ID + "/" + id,
		})
	}
	if len(h.In) == 0 || len(h.Out) == 0 {
		key := "handover.nobody_in"
		if len(h.In) > 0 {
			key = "handover.nobody_out"
		}
		//locale:key handover.nobody_in handover.nobody_out
		out.Add(ToLevel(r, 1, Message{
			Class: ClassReminder, Lane: LaneInteractive, Text: T(key, "at", h.At, "names", namesOf(r, append(slices.Clone(h.Out), h.In...))),
			Key: "handover/" + h.ID + "/alone",
		}))
	}
	late := x.at.Add(s.Duty.Sign)
	if late.Before(r.Now()) {
		late = r.Now().Add(s.Duty.Sign)
	}
	out.Jobs = append(out.Jobs, Job{Key: lateHandoverKey(h.ID), Kind: jobHandoverLate.Name, Subject: h.ID, Due: late})
	return out
}

// shared tells which tickets all who sign may see: both sign for the same, and
// what one of them must not see is handed over in another way.
func (h *Handover) shared(r Reader) func(Ticket) bool {
	var readers []Person
	for _, id := range append(slices.Clone(h.Out), h.In...) {
		if p, ok := r.Person(id); ok {
			readers = append(readers, p)
		}
	}
	s := r.Site()
	return func(t Ticket) bool {
		return !slices.ContainsFunc(readers, func(p Person) bool { return !s.Sees(p, t) })
	}
}

// count freezes what is handed over.
func (h *Handover) count(r Reader, next ShiftDay) {
	until := next.To
	if until.IsZero() {
		until = h.At.Add(12 * time.Hour)
	}
	shared := h.shared(r)
	open := slices.DeleteFunc(r.Open(""), func(t Ticket) bool { return !shared(t) || t.Checkout != nil })
	slices.SortStableFunc(open, func(a, b Ticket) int { return a.Clocks.Done.Compare(b.Clocks.Done) })
	untaken := 0
	for _, t := range open {
		h.Open = append(h.Open, t.ID)
		if t.State == StateNew {
			untaken++
		}
		if t.Kind == KindEmergency {
			h.Emergencies = append(h.Emergencies, t.ID)
		}
		switch done := t.Clocks.Done; {
		case t.State == StatePaused:
		case !done.IsZero() && !done.After(h.Made):
			h.Overdue = append(h.Overdue, t.ID)
		case !done.IsZero() && done.Before(until), t.visitBefore(until):
			h.Promised = append(h.Promised, t.ID)
		}
	}
	for _, c := range r.CallTasks() {
		if t, ok := r.Ticket(c.Ticket); ok && shared(t) {
			h.Calls = append(h.Calls, c.Ticket)
		}
	}
	for _, t := range r.Between(h.From, h.Made.Add(1)) {
		if shared(t) && t.Kind == KindEmergency && !t.State.Open() {
			h.Emergencies = append(h.Emergencies, t.ID)
		}
	}
	h.Notes = r.ShiftNotes(h.From, h.Made.Add(1))
	h.Counts = countShift(r, shared, h.From, h.Made.Add(1))
	h.Counts.Untaken = untaken
	week := func(t time.Time) time.Time { return t.In(r.Site().Zone).AddDate(0, 0, -7) }
	h.Before = countShift(r, shared, week(h.From), week(h.Made.Add(1)))
}

// countShift counts what was filed, done and rated in [from, to), and how urgent
// matters were answered.
func countShift(r Reader, shared func(Ticket) bool, from, to time.Time) (c ShiftCounts) {
	done, taken := map[string]bool{}, map[string]time.Time{}
	for _, e := range r.EventsBetween(from, to) {
		switch t, ok := r.Ticket(e.Ticket); {
		case !ok || !shared(t):
		case e.Action == Finish:
			done[e.Ticket] = true
		case e.Action == Undo && e.From == StateDone:
			delete(done, e.Ticket)
		case e.Action == Take:
			if _, known := taken[e.Ticket]; !known {
				taken[e.Ticket] = e.At
			}
		case e.Action == Rate || e.Action == NotFixed:
			c.Rated++
			if e.Action == Rate && t.Rating == "good" {
				c.Good++
			}
		}
	}
	c.Done = len(done)
	for _, t := range r.Between(from, to) {
		if !shared(t) {
			continue
		}
		c.New++
		if !t.Urgency.Rings() {
			continue
		}
		c.Urgent++
		if at, ok := taken[t.ID]; ok {
			c.Taken++
			c.Wait = max(c.Wait, at.Sub(t.Created))
		}
	}
	return c
}
