package desk

import (
	"cmp"
	"slices"
	"time"
)

// Theme is what several tickets are about: a matter and where it is.
type Theme struct {
	// Category is the id of a category, or of a complaint without one empty: then
	// Type says what sort it is. Place is a building, or a place itself.
	Category, Type, Place string
	Class                 ProposalClass
	N                     int
	IDs                   []string
}

// Late is a ticket that is left over: still open, and older than the site allows.
type Late struct {
	Analysed
	Class ProposalClass
	// Age is since it was filed.
	Age time.Duration
}

// ProposalClass is what a drafted proposal is on.
type ProposalClass string

// The classes.
const (
	OnEquipment ProposalClass = "equipment" // what is installed: repair or replace it
	OnFacility  ProposalClass = "facility"  // public places, water, power, heat: a project
	OnService   ProposalClass = "service"   // how the work is done: the standard
)

// classOf is what a proposal about a ticket would be on: by the cause that the
// analysis found; without one by what sort of ticket it is.
func (x *analysing) classOf(t Ticket) ProposalClass {
	if t.Case != nil {
		switch cause := cmp.Or(t.Case.Cause, t.Case.Type); cause {
		case "energy":
			return OnFacility
		case CaseEquipment:
			return OnEquipment
		}
		return OnService
	}
	if t.Kind != KindRepair {
		return OnService
	}
	if place, ok := x.s.Places.Get(t.Place); ok && place.Public() {
		return OnFacility
	}
	return OnEquipment
}

// repeatedWithin is how long a fault counts as the same one in the same place.
const repeatedWithin = 30

// themed tells whether a ticket says something about its place: emergencies do not,
// nor what was cancelled.
func (x *analysing) themed(t Ticket) bool {
	return t.Kind != KindPraise && t.Kind != KindEmergency && t.Kind != KindSuggestion && t.State != StateCancelled && x.counts(t)
}

// themes finds the most prominent, the repeated and what is left over.
func (x *analysing) themes() {
	var prominent, repeated gathered
	for _, t := range x.a.Tickets {
		if !t.Began && x.themed(t.Ticket) {
			prominent.add(x, t.Ticket, wideOf(x.s, t.Place))
		}
	}
	if list := prominent.sorted(); len(list) > 0 {
		x.a.Prominent = &list[0]
	}
	since := x.s.daysBefore(x.a.To, repeatedWithin)
	for _, t := range x.r.Between(since, x.a.To) {
		if t.Place != "" && x.themed(t) {
			repeated.add(x, t, t.Place)
		}
	}
	for _, theme := range repeated.sorted() {
		if last, ok := x.r.Ticket(theme.IDs[len(theme.IDs)-1]); ok && !last.Created.Before(x.a.From) {
			x.a.Repeated = append(x.a.Repeated, theme)
		}
	}
	for _, t := range x.a.Tickets {
		if t.At.Open() && t.Created.Before(x.leftOverBefore()) || t.At.Open() && t.Case != nil && t.Case.Back > 0 {
			x.a.LeftOver = append(x.a.LeftOver, Late{Analysed: t, Class: x.classOf(t.Ticket), Age: x.a.To.Sub(t.Created)})
		}
	}
}

// leftOverBefore is before when something open must have been filed to be left
// over: three days before the end, or as the site has it for complaints.
func (x *analysing) leftOverBefore() time.Time {
	term := x.s.Complaints.LeftOver
	if term.IsZero() || term.Workdays > 0 {
		term = Term{Days: 3}
	}
	return x.s.daysBefore(x.a.To, term.Days).Add(-term.Duration)
}

// gathered are themes while they are found, in the order in which they came up.
type gathered []Theme

func (g *gathered) add(x *analysing, t Ticket, place string) {
	theme := Theme{Category: t.Category, Place: place, Class: x.classOf(t)}
	if t.Category == "" && t.Case != nil {
		theme.Type = t.Case.Type
	}
	i := slices.IndexFunc(*g, func(other Theme) bool {
		return other.Category == theme.Category && other.Type == theme.Type && other.Place == theme.Place
	})
	if i < 0 {
		i = len(*g)
		*g = append(*g, theme)
	}
	found := &(*g)[i]
	found.N++
	found.IDs = append(found.IDs, t.ID)
	if t.Case != nil && t.Case.Cause != "" {
		found.Class = theme.Class // What was found out counts before what is supposed.
	}
}

// sorted are the themes with more than one ticket, the one with the most first, of
// equal ones that which came up first.
func (g gathered) sorted() []Theme {
	list := slices.DeleteFunc(slices.Clone(g), func(t Theme) bool { return t.N < 2 })
	slices.SortStableFunc(list, func(a, b Theme) int { return cmp.Compare(b.N, a.N) })
	return list
}
