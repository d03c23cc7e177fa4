package desk

import "slices"

// OnDuty lists who is on duty now for a role or a department, by the roster.
// When the roster names nobody who can be reached, it is everybody with that
// role: an empty level never swallows a message.
func OnDuty(w World, role string) []Person {
	s := w.Site()
	var list []Person
	for _, written := range s.Roster.OnDuty(role, w.Now(), s.Zone) {
		a, ok := ParseAddress(written)
		if !ok {
			continue
		}
		if p, ok := w.PersonAt(a); ok && !p.Suspended && p.Unreachable == "" {
			list = append(list, p)
		}
	}
	if len(list) > 0 {
		return list
	}
	name := RoleName(role)
	department := ""
	if _, isDepartment := s.Department(role); isDepartment {
		name, department = RoleTechnician, role
	}
	for _, p := range w.Holders(name) {
		if p.Unreachable == "" && (department == "" || p.WorksFor(department)) {
			list = append(list, p)
		}
	}
	return list
}

// escalation is who is told after whom.
var escalation = []RoleName{RoleDutyManager, RoleCentreManager, RolePropertyManager}

// Managers lists who stands at a level of the escalation (0 is the duty
// manager). An empty level falls to the next, and in the end to the
// administrators.
func Managers(w World, level int) []Person {
	for _, role := range escalation[min(level, len(escalation)-1):] {
		if list := OnDuty(w, string(role)); len(list) > 0 {
			return list
		}
	}
	if list := OnDuty(w, string(RoleDutyManager)); len(list) > 0 && level > 0 {
		return list
	}
	return w.Holders(RoleAdministrator)
}

// Operators lists who answers the residents now: the operators on duty, and where
// there are none the duty manager.
func Operators(w World) []Person {
	if list := OnDuty(w, string(RoleOperator)); len(list) > 0 {
		return list
	}
	return Managers(w, 0)
}

// ToManagers says something to the duty manager.
func ToManagers(w World, m Message) Effects { return ToLevel(w, 0, m) }

// ToLevel says something to a level of the escalation.
func ToLevel(w World, level int, m Message) Effects {
	var out Effects
	for _, p := range Managers(w, level) {
		m.Person = p.ID
		out.Say(m)
	}
	return out
}

// follower is who answers for a new ticket: the operator on shift, at night and
// where there is none the duty manager.
func follower(w World, t Ticket) string {
	s := w.Site()
	for _, role := range []string{string(RoleOperator), string(RoleDutyManager)} {
		for _, written := range s.Roster.OnDuty(role, w.Now(), s.Zone) {
			if a, ok := ParseAddress(written); ok {
				if p, ok := w.PersonAt(a); ok && !p.Suspended && p.Unreachable == "" {
					return p.ID
				}
			}
		}
	}
	for _, role := range []RoleName{RoleOperator, RoleDutyManager, RoleCentreManager, RoleAdministrator} {
		list := w.Holders(role)
		slices.SortFunc(list, func(a, b Person) int { return a.Created.Compare(b.Created) })
		for _, p := range list {
			if p.ID != t.Requester || len(list) == 1 {
				return p.ID
			}
		}
	}
	return ""
}

// Answerable is who answers for a ticket now: its follower while they are on
// shift, else whoever sits at the desk. Off shift nobody is pinged in private;
// the follower stays the same, and hears of it at the handover.
func Answerable(w World, t Ticket) string {
	s := w.Site()
	var present []Person
	for _, role := range []string{string(RoleOperator), string(RoleDutyManager)} {
		for _, written := range s.Roster.OnDuty(role, w.Now(), s.Zone) {
			if a, ok := ParseAddress(written); ok {
				if p, ok := w.PersonAt(a); ok && !p.Suspended && p.Unreachable == "" {
					present = append(present, p)
				}
			}
		}
	}
	if len(present) == 0 || slices.ContainsFunc(present, func(p Person) bool { return p.Is(t.Follower) }) {
		return t.Follower
	}
	return present[0].ID
}
