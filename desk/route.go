package desk

import "slices"

// Matter is what routing looks at.
type Matter struct {
	Kind, Category string
	Place          Place
	Urgency        Urgency
	At             ClockTime // local time of day
}

// RouteTo finds the department for a matter: the first route that matches. why
// is the route's position, for /route and for an explanation. The
// configuration guarantees that the last route always matches.
func (s *Site) RouteTo(m Matter) (department string, why int) {
	for i, r := range s.Routes {
		if r.matches(m) {
			return r.Department, i
		}
	}
	return s.Departments[0].ID, -1
}

func (r Route) matches(m Matter) bool {
	return anyOf(r.Kinds, m.Kind) && anyOf(r.Categories, m.Category) &&
		(len(r.Places) == 0 || slices.Contains(r.Places, m.Place.ID) || slices.Contains(r.Places, m.Place.Building)) &&
		(len(r.Urgencies) == 0 || slices.Contains(r.Urgencies, m.Urgency)) &&
		(r.Hours == nil || r.Hours.Contains(m.At))
}

// Unconditional tells whether the route matches everything.
func (r Route) Unconditional() bool {
	return len(r.Kinds) == 0 && len(r.Categories) == 0 && len(r.Places) == 0 && len(r.Urgencies) == 0 && r.Hours == nil
}

func anyOf(list []string, s string) bool { return len(list) == 0 || slices.Contains(list, s) }
