package desk

import (
	"cmp"
	"slices"
	"time"
)

// Analysis are the numbers of a period, a week as a rule, for one reader: what
// they may not see is in none of them. What they mean is in docs/kpi.md. Praise is
// counted apart, because nothing is owed for it.
//
// What stood at the beginning and the end is read out of the history. Clocks,
// causes and ratings are as they are known when it is counted: an answer that comes
// on Monday counts for the work of Friday.
type Analysis struct {
	From, To time.Time
	// Total is everything; Works are repairs, requests and emergencies alone.
	Total, Works Flow
	Praise       int
	// The same by kind; by category, of complaints by type; by cause class, which
	// only complaints have; by building; by department; by the hour of filing; by how
	// it came.
	Kinds, Sorts, Causes, Places, Departments, Hours, Methods []Tally
	// New and Done of each day, from the first on.
	DaysNew, DaysDone []int
	Rates             []Ratio

	Prominent *Theme
	Repeated  []Theme
	LeftOver  []Late
	// Parts are what was noted as used in the period.
	Parts []PartUse
	// House is who left and who moved in; it is in no other number.
	House HouseFlow
	// Tickets are all that were counted, the oldest first.
	Tickets []Analysed
}

// Flow is how many tickets there were of something. Carried and New together are
// Done, Cancelled and Open together.
type Flow struct {
	// Carried were open at the beginning, or came back in the period.
	Carried, New    int
	Done, Cancelled int
	// Open at the end; of these Overdue are past their aim and not paused.
	Open, Overdue int
	// Unsolved are those that the desk could not solve: cancelled by it, or open at
	// the end after a wait for an approval or a contractor that ran to its limit.
	Unsolved int
}

// Due is how many should be done: what was there without what was cancelled.
func (f Flow) Due() int { return f.Carried + f.New - f.Cancelled }

// Tally is the flow of the tickets that share something. Key says what: the id of
// a category, of a building, an hour.
type Tally struct {
	Key string
	Flow
}

// Analysed is one ticket of an analysis.
type Analysed struct {
	Ticket
	// Began says that it was carried into the period.
	Began bool
	// At is its state at the end, Finished when its work was finished in the period.
	At                State
	Finished          time.Time
	Overdue, Unsolved bool
}

// Quiet tells whether nothing was there at all.
func (a Analysis) Quiet() bool { return a.Total == Flow{} && a.Praise == 0 && a.House == HouseFlow{} }

// AnalysePeriod counts a period that has ended, for one reader. It reads the events
// since its beginning, so a period long ago takes longer.
func AnalysePeriod(r Reader, reader Person, from, to time.Time) Analysis {
	x := analysing{r: r, s: r.Site(), reader: reader, a: Analysis{From: from, To: to}}
	x.gather()
	for _, t := range r.Between(from, to) {
		if t.Kind == KindPraise && x.counts(t) {
			x.a.Praise++
		}
	}
	x.tally()
	x.days()
	x.rates()
	x.themes()
	x.a.Parts = partsUsed(x.parts)
	x.house()
	return x.a
}

type analysing struct {
	r      Reader
	s      *Site
	reader Person
	a      Analysis
	// asked are the tickets whose callback was asked for in the period.
	asked map[string]bool
	// parts are the events of the period in which parts were noted.
	parts []Event
	// visits are what was done about checkouts in the period, each once a ticket.
	visits map[Action]map[string]bool
}

// counts tells whether a ticket is counted: the reader may see it, and it is not
// about a person at risk. Of these there are no statistics.
func (x *analysing) counts(t Ticket) bool {
	return x.s.Sees(x.reader, t) && !(t.Kind == KindEmergency && t.Category == AlarmRisk)
}

// gather finds what was there in the period, and how it stood at both ends: the
// state at a time is where the first event after it left from, or what it is now.
func (x *analysing) gather() {
	type ends struct {
		start, end     State
		began, settled bool // the states are known
		back           bool
		finished       time.Time
	}
	found := map[string]*ends{}
	get := func(id string) *ends {
		if found[id] == nil {
			found[id] = &ends{}
		}
		return found[id]
	}
	x.asked = map[string]bool{}
	for _, e := range x.r.EventsBetween(x.a.From, x.r.Now().Add(1)) {
		m := get(e.Ticket)
		if !m.began {
			m.began, m.start = true, e.From
		}
		if !e.At.Before(x.a.To) {
			if !m.settled {
				m.settled, m.end = true, e.From
			}
			continue
		}
		x.visit(e)
		switch {
		case e.Action != Opened && e.To.Open() && !e.From.Open():
			m.back = true
		case e.To.fulfilled() && !e.From.fulfilled():
			m.finished = e.At
		}
		if e.asksBack() {
			x.asked[e.Ticket] = true
		}
		if t, ok := x.r.Ticket(e.Ticket); e.Action == UsedParts && ok && x.counts(t) {
			x.parts = append(x.parts, e)
		}
	}
	for _, t := range x.r.Open("") {
		if m := get(t.ID); !m.began {
			m.began, m.start = true, t.State
		}
	}
	for id, m := range found {
		t, ok := x.r.Ticket(id)
		if !ok || t.Kind == KindPraise || t.Upkeep != nil || t.Checkout != nil || !t.Created.Before(x.a.To) || !x.counts(t) {
			continue
		}
		fresh := !t.Created.Before(x.a.From)
		began := !fresh && (m.start.Open() || m.back)
		if !fresh && !began { // Only asked about, rated or closed.
			continue
		}
		one := Analysed{Ticket: t, Began: began, At: t.State}
		if m.settled {
			one.At = m.end
		}
		if one.At.fulfilled() {
			one.Finished = m.finished
		}
		x.judge(&one)
		x.a.Tickets = append(x.a.Tickets, one)
	}
	slices.SortFunc(x.a.Tickets, func(a, b Analysed) int {
		return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID))
	})
}
