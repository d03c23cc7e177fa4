package main

import (
	"fmt"
	"time"

	"go.yaml.in/yaml/v3"

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
		sec := c.section(item, "name", "label", "from", "to", "days", "staff")
		shift := desk.Shift{Name: sec.need("name").id(), Staff: map[string][]string{}}
		seen.take(sec.get("name"), shift.Name)
		shift.Label = sec.need("label").label(0)
		before := len(c.problems)
		shift.Span = desk.Span{From: sec.need("from").clock(0), To: sec.need("to").clock(0)}
		if len(c.problems) == before && sec.present && (shift.Span.From == desk.EndOfDay || shift.Span.IsZero()) {
			sec.get("from").fail("expected a shift that lasts: the whole day is from 00:00 to 24:00")
		}
		shift.Days = sec.get("days").days()
		if staff := sec.get("staff"); !staff.missing() {
			list := c.section(staff, duties...)
			for _, duty := range duties {
				if who := list.get(duty); !who.missing() {
					c.staff(who, duty, &shift)
				}
			}
		}
		r.Shifts = append(r.Shifts, shift)
	}
	return r
}

// days reads on which days something is worked; without any it is every day.
func (v value) days() desk.Days {
	days, err := desk.ParseDays(v.choices("day", desk.DayWords()...)...)
	if err != nil {
		v.fail(err.Error())
	}
	return days
}

// staff reads who is on duty in a shift: addresses, or who with the days on which they come.
func (c *checker) staff(v value, duty string, shift *desk.Shift) {
	seen := map[desk.Address]bool{}
	for _, item := range c.items(v, "a list of addresses such as [telegram:1001]") {
		who, days := item, desk.Days(0)
		if item.node.Kind == yaml.MappingNode {
			sec := c.section(item, "who", "days")
			who, days = sec.need("who"), sec.get("days").days()
			if on := sec.need("days"); on.missing() {
				on.bad("days such as [mon, wed]")
			}
		}
		a, ok := who.address()
		switch {
		case !ok:
			continue
		case seen[a]:
			who.fail(fmt.Sprintf("%s comes twice", quoted(who.node.Value)))
			continue
		case days != 0:
			if shift.PersonDays == nil {
				shift.PersonDays = map[string]desk.Days{}
			}
			shift.PersonDays[a.String()] = days
		}
		seen[a] = true
		shift.Staff[duty] = append(shift.Staff[duty], a.String())
	}
}

// rosterChanges reads what differs from the weekly pattern on single dates.
func (c *checker) rosterChanges(v value, s *desk.Site) []desk.RosterChange {
	if v.missing() {
		return nil
	}
	var shifts []string
	for _, shift := range s.Roster.Shifts {
		shifts = append(shifts, shift.Name)
	}
	var list []desk.RosterChange
	for _, item := range c.items(v, "a list of changes of the roster") {
		sec := c.section(item, "kind", "who", "dates", "shift", "duty")
		kinds := []string{string(desk.ChangeLeave), string(desk.ChangeSick), string(desk.ChangeExtra)}
		x := desk.RosterChange{Kind: desk.ChangeKind(sec.need("kind").oneOf("kind", "", kinds...))}
		if a, ok := sec.need("who").address(); ok {
			x.Who = a.String()
		}
		dates := sec.need("dates")
		x.Dates = read(dates, "days such as 2026-10-01 or 2026-10-01..2026-10-07", desk.DateRange{}, func(s string) (desk.DateRange, bool) {
			parsed, err := desk.ParseDateRange(s)
			return parsed, err == nil
		})
		shift, duty := sec.get("shift"), sec.get("duty")
		shift.required, duty.required = x.Kind == desk.ChangeExtra, x.Kind == desk.ChangeExtra
		if !shift.missing() || shift.required {
			x.Shift = shift.oneOf("shift", "", shifts...)
		}
		if !duty.missing() || duty.required {
			x.Duty = duty.oneOf("duty", "", duties(s)...)
		}
		list = append(list, x)
	}
	return list
}

// duty reads how the start of a shift and a handover go.
func (c *checker) duty(v value, s *desk.Site) desk.DutyRule {
	r := desk.DutyRule{Within: 15 * time.Minute, Handover: 15 * time.Minute, Sign: 15 * time.Minute}
	known := duties(s)
	for _, role := range []desk.RoleName{desk.RoleOperator, desk.RoleDutyManager, desk.RoleCaretaker} {
		r.Ask = append(r.Ask, string(role))
	}
	for _, d := range s.Departments {
		if !d.Retired {
			r.Ask = append(r.Ask, d.ID)
		}
	}
	if v.missing() {
		return r
	}
	sec := c.section(v, "present_within", "ask", "handover_before", "sign_within")
	r.Within = sec.get("present_within").duration(r.Within)
	r.Handover = sec.get("handover_before").duration(r.Handover)
	r.Sign = sec.get("sign_within").duration(r.Sign)
	if r.Handover >= 4*time.Hour {
		sec.get("handover_before").fail("expected less than 4h: the card says how things stand at the change")
	}
	if ask := sec.get("ask"); !ask.missing() {
		r.Ask = nil
		if len(ask.node.Content) > 0 || ask.node.Kind == yaml.ScalarNode {
			r.Ask = ask.choices("role or department", known...)
		}
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
