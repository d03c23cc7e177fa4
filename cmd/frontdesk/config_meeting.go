package main

import (
	"slices"
	"time"

	"frontdesk/desk"
)

// meeting reads when the weekly meeting is and who sits in it.
func (c *checker) meeting(v value, s *desk.Site) desk.MeetingRule {
	r := desk.MeetingRule{Agenda: desk.ClockTime(16 * 60), Look: desk.Term{Days: 30}}
	if v.missing() {
		return r
	}
	sec := c.section(v, "weekday", "at", "who", "chair", "agenda", "look_after")
	r.On = true
	if day := slices.Index(weekdays, sec.need("weekday").oneOf("day", "tue", weekdays...)); day >= 0 {
		r.Weekday = time.Weekday(day)
	}
	at := sec.need("at")
	r.At = at.clock(desk.ClockTime(9*60 + 30))
	r.Who, r.Chair = sec.need("who").people(s), sec.need("chair").people(s)
	r.Agenda = sec.get("agenda").clock(r.Agenda)
	r.Look = sec.get("look_after").plainDays(r.Look)
	return r
}

// people reads a list of roles, departments and addresses.
func (v value) people(s *desk.Site) []string {
	known := duties(s)
	var list []string
	for _, item := range v.list("a list of roles, departments or addresses, such as [centre_manager, telegram:1001]") {
		if _, ok := desk.ParseAddress(item.node.Value); ok {
			if a, ok := item.address(); ok {
				list = append(list, a.String())
			}
			continue
		}
		if word := item.oneOf("role, department or address", "", known...); word != "" {
			list = append(list, word)
		}
	}
	if len(list) == 0 && len(v.c.problems) == 0 {
		v.bad("a list of roles, departments or addresses, such as [centre_manager, telegram:1001]")
	}
	return list
}
