package main

import "frontdesk/desk"

// works reads by when the departments plan the next day, and whose groups hear of
// every work.
func (c *checker) works(v value, s *desk.Site) desk.WorkRule {
	r := desk.WorkRule{PlanBy: desk.ClockTime(17 * 60)}
	if v.missing() {
		return r
	}
	sec := c.section(v, "plan_by", "plans", "tell")
	r.PlanBy = sec.get("plan_by").clock(r.PlanBy)
	var departments []string
	for _, d := range s.Departments {
		departments = append(departments, d.ID)
	}
	r.Plans = sec.get("plans").choices("department", departments...)
	r.Tell = sec.get("tell").choices("department", departments...)
	return r
}
