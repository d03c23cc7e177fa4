package desk

import (
	"slices"
	"time"
)

// book reads the roster with everything that was changed in it, in ids of
// people. Within one rule it looks each thing up once.
type book struct {
	w       World
	s       *Site
	changes []RosterChange
	ids     map[string]string
}

// bookFrom is the roster from a date on.
func bookFrom(w World, from Date) *book {
	b := &book{w: w, s: w.Site(), ids: map[string]string{}}
	for _, x := range append(slices.Clone(b.s.Roster.Changes), w.RosterChanges(from)...) {
		x.Who, x.With = b.id(x.Who), b.id(x.With)
		b.changes = append(b.changes, x)
	}
	return b
}

// bookAt is the roster for what is asked about an instant; a shift may have begun
// the day before.
func bookAt(w World, t time.Time) *book { return bookFrom(w, w.Site().Calendar.Date(t).AddDays(-1)) }

// id is the person that an address or an older id stands for. An address from
// which nobody ever wrote stands for itself.
func (b *book) id(written string) string {
	if written == "" {
		return ""
	}
	if id, known := b.ids[written]; known {
		return id
	}
	id := written
	if p, ok := b.w.Person(written); ok {
		id = p.ID
	} else if a, ok := ParseAddress(written); ok {
		if p, ok := b.w.PersonAt(a); ok {
			id = p.ID
		}
	}
	b.ids[written] = id
	return id
}

// staff lists who works on a day's shift for a role or department, each once.
func (b *book) staff(d ShiftDay, duty string) []string {
	var pattern []string
	for _, address := range d.Pattern(duty, b.s.Calendar) {
		if id := b.id(address); !slices.Contains(pattern, id) {
			pattern = append(pattern, id)
		}
	}
	return Overlay(d, duty, pattern, b.changes)
}

// people are those of staff whom the desk knows and who have not left.
func (b *book) people(d ShiftDay, duty string) []Person {
	var list []Person
	for _, id := range b.staff(d, duty) {
		if p, ok := b.w.Person(id); ok && !p.Suspended && !isAmong(list, p.ID) {
			list = append(list, p)
		}
	}
	return list
}

// duties lists what a person does on a day's shift: roles and departments.
func (b *book) duties(d ShiftDay, person string) []string {
	var list []string
	for _, duty := range b.s.Duties() {
		if slices.Contains(b.staff(d, duty), person) {
			list = append(list, duty)
		}
	}
	return list
}

// works tells whether a person is on duty at t.
func (b *book) works(person string, t time.Time) bool {
	return slices.ContainsFunc(b.s.Roster.Current(b.s.Calendar, t), func(d ShiftDay) bool { return len(b.duties(d, person)) > 0 })
}

// away tells whether a person is on leave or sick on a date.
func (b *book) away(person string, date Date) bool {
	return slices.ContainsFunc(b.changes, func(x RosterChange) bool { return x.Who == person && x.Shift == "" && x.Away(date) })
}

// nextShiftDays is how far ahead somebody's next shift is looked for.
const nextShiftDays = 15

// next is the person's first shift that begins after t, in the next fifteen days.
func (b *book) next(person string, t time.Time) (ShiftDay, bool) {
	for _, d := range b.s.Roster.Begin(b.s.Calendar, t, t.AddDate(0, 0, nextShiftDays)) {
		if len(b.duties(d, person)) > 0 {
			return d, true
		}
	}
	return ShiftDay{}, false
}

// names tells whether the pattern has somebody whom the desk knows for a role or
// department, on whatever day. Addresses from which nobody ever wrote say nothing
// about who is there.
func (b *book) names(duty string) bool {
	for _, shift := range b.s.Roster.Shifts {
		for _, address := range shift.Staff[duty] {
			if p, ok := b.w.Person(b.id(address)); ok && !p.Suspended {
				return true
			}
		}
	}
	return false
}

// rosters tells whether the roster has the person at all: who is not in it works
// whenever their department does.
func (b *book) rosters(person string) bool {
	for _, shift := range b.s.Roster.Shifts {
		for _, duty := range sortedKeys(shift.Staff) {
			if slices.ContainsFunc(shift.Staff[duty], func(address string) bool { return b.id(address) == person }) {
				return true
			}
		}
	}
	return slices.ContainsFunc(b.changes, func(x RosterChange) bool {
		return x.Counts() && (x.Kind == ChangeExtra && x.Who == person || x.Kind == ChangeSwap && x.With == person)
	})
}

// Duties lists everything that somebody can be on duty for: the roles, and the
// departments.
func (s *Site) Duties() []string {
	var list []string
	for _, role := range RoleNames {
		if role != RoleTechnician {
			list = append(list, string(role))
		}
	}
	for _, d := range s.Departments {
		list = append(list, d.ID)
	}
	return list
}

// MayDo tells whether a person holds what a duty asks for.
func (s *Site) MayDo(p Person, duty string) bool {
	if _, isDepartment := s.Department(duty); isDepartment {
		return p.WorksFor(duty)
	}
	return p.Has(RoleName(duty))
}

// DutyLabel is what a duty is called.
func (s *Site) DutyLabel(duty string) Text {
	if d, isDepartment := s.Department(duty); isDepartment {
		return T("label", "label", d.Label)
	}
	return T("role." + duty)
}

// Shifts lists the shifts that last at t, or none without a roster.
func Shifts(w World, t time.Time) []ShiftDay { return w.Site().Roster.Current(w.Site().Calendar, t) }

// Staffed lists who works on a day's shift for a role or department, with every
// change of the roster: leave, sick, extra work and swaps.
func Staffed(w World, d ShiftDay, duty string) []Person {
	return bookFrom(w, d.Date).people(d, duty)
}

// NextShift is the first shift of a person that begins after t; false if there is
// none in the next fifteen days.
func NextShift(w World, person string, t time.Time) (ShiftDay, bool) {
	return bookAt(w, t).next(person, t)
}

// OffShift tells whether the roster has a person, and not now. Nobody is pinged
// in private then.
func OffShift(w World, person string) bool {
	if person == "" || len(w.Site().Roster.Shifts) == 0 {
		return false
	}
	b := bookAt(w, w.Now())
	return b.rosters(person) && !b.works(person, w.Now())
}
