package main

import (
	"fmt"

	"frontdesk/desk"
)

// roster reads the shifts and who is on duty in them. Without a roster everybody with a role is.
func (c *checker) roster(v value, s *desk.Site) desk.Roster {
	var r desk.Roster
	if v.missing() {
		return r
	}
	duties := duties(s)
	seen := ids{}
	for _, item := range c.items(v, "a list of shifts") {
		sec := c.section(item, "name", "label", "from", "to", "staff")
		shift := desk.Shift{Name: sec.need("name").id(), Staff: map[string][]string{}}
		seen.take(sec.get("name"), shift.Name)
		shift.Label = sec.need("label").label(0)
		before := len(c.problems)
		shift.Span = desk.Span{From: sec.need("from").clock(0), To: sec.need("to").clock(0)}
		if len(c.problems) == before && sec.present && (shift.Span.From == desk.EndOfDay || shift.Span.IsZero()) {
			sec.get("from").fail("expected a shift that lasts: the whole day is from 00:00 to 24:00")
		}
		if staff := sec.get("staff"); !staff.missing() {
			list := c.section(staff, duties...)
			for _, duty := range duties {
				if who := list.get(duty); !who.missing() {
					for _, a := range c.people(who) {
						shift.Staff[duty] = append(shift.Staff[duty], a.String())
					}
				}
			}
		}
		r.Shifts = append(r.Shifts, shift)
	}
	return r
}

// duties lists what a person on the roster can be on duty for: the roles, and each department for its technicians. A technician of no department would be one of all.
func duties(s *desk.Site) []string {
	var list []string
	for _, role := range desk.RoleNames {
		if role != desk.RoleTechnician {
			list = append(list, string(role))
		}
	}
	for _, d := range s.Departments {
		if d.ID != "" && !contains(list, d.ID) {
			list = append(list, d.ID)
		}
	}
	return list
}

// people reads a list of addresses, each once.
func (c *checker) people(v value) []desk.Address {
	var list []desk.Address
	seen := map[desk.Address]bool{}
	for _, item := range c.items(v, "a list of addresses such as [telegram:1001]") {
		a, ok := item.address()
		switch {
		case !ok:
		case seen[a]:
			item.fail(fmt.Sprintf("%s comes twice", quoted(item.node.Value)))
		default:
			seen[a] = true
			list = append(list, a)
		}
	}
	return list
}
