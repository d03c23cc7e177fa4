package main

import (
	"fmt"
	"strings"
	"time"

	"frontdesk/desk"
)

// checkoutInspectors stands for the caretakers of each building.
const checkoutInspectors = "caretakers"

// checkout reads how checkouts are booked and who inspects.
func (c *checker) checkout(v value, s *desk.Site, publicURL string) desk.CheckoutRule {
	r := desk.CheckoutRule{
		Usual: desk.SlotRule{Hours: desk.Hours{{From: 9 * 60, To: 12 * 60}, {From: 14 * 60, To: 17 * 60}}, Inspectors: 1, Rooms: 4},
		Lead:  12 * time.Hour, Ahead: 30, Hold: 30 * time.Minute, Express: 24 * time.Hour, NoShow: 15 * time.Minute, List: "0 8 * * *",
	}
	if v.missing() {
		c.inspection(section{value: v}, s, publicURL)
		return r
	}
	sec := c.section(v, append([]string{
		"inspectors", "hours", "days", "at_once", "rooms_per_hour", "lead", "ahead", "hold", "express_within", "no_show_after", "list", "exceptions",
	}, inspectionKeys...)...)
	c.inspection(sec, s, publicURL)
	departments := []string{checkoutInspectors}
	for _, d := range s.Departments {
		if !d.Retired {
			departments = append(departments, d.ID)
		}
	}
	if who := sec.get("inspectors"); !who.missing() {
		if id := who.oneOf("inspectors", checkoutInspectors, departments...); id != checkoutInspectors {
			r.Department = id
		}
	}
	r.Usual.Hours = sec.get("hours").slotHours(r.Usual.Hours)
	if days := sec.get("days"); !days.missing() {
		r.EveryDay = days.oneOf("days", "workdays", "workdays", "every_day") == "every_day"
	}
	r.Usual.Inspectors = sec.get("at_once").number(1, r.Usual.Inspectors)
	r.Usual.Rooms = sec.get("rooms_per_hour").number(1, r.Usual.Rooms)
	r.Lead = sec.get("lead").duration(r.Lead)
	r.Ahead = sec.get("ahead").wholeDays(r.Ahead)
	r.Hold = sec.get("hold").duration(r.Hold)
	if r.Hold <= 0 || r.Hold > 6*time.Hour {
		sec.get("hold").fail("expected more than nothing and at most 6h: a place is not held in the night")
	}
	r.Express = sec.get("express_within").duration(r.Express)
	r.NoShow = sec.get("no_show_after").duration(r.NoShow)
	r.List = sec.get("list").cron(r.List)
	if rules := sec.get("exceptions"); !rules.missing() {
		for _, item := range c.items(rules, "a list of days on which something else holds") {
			r.Rules = append(r.Rules, c.slotRule(item, s))
		}
	}
	return r
}

// slotRule reads what differs in some buildings or on some dates.
func (c *checker) slotRule(item value, s *desk.Site) desk.SlotRule {
	sec := c.section(item, "buildings", "dates", "closed", "hours", "at_once", "rooms_per_hour", "reason")
	var r desk.SlotRule
	if b := sec.get("buildings"); !b.missing() {
		var known []string
		for _, house := range s.Places.Buildings() {
			known = append(known, house.ID)
		}
		r.Buildings = b.choices("building", known...)
	}
	if dates := sec.get("dates"); !dates.missing() {
		r.Dates = read(dates, "days such as 2026-10-01 or 2026-10-01..2026-10-07", desk.DateRange{}, func(s string) (desk.DateRange, bool) {
			parsed, err := desk.ParseDateRange(s)
			return parsed, err == nil
		})
	}
	if closed := sec.get("closed"); !closed.missing() {
		r.Closed = closed.yes()
	}
	r.Hours = sec.get("hours").slotHours(nil)
	if n := sec.get("at_once"); !n.missing() {
		r.Inspectors = n.number(1, 1)
	}
	if n := sec.get("rooms_per_hour"); !n.missing() {
		r.Rooms = n.number(1, 1)
	}
	if reason := sec.get("reason"); !reason.missing() {
		r.Reason = reason.text("a reason")
	}
	if sec.present && !r.Closed && len(r.Hours) == 0 && r.Inspectors == 0 && r.Rooms == 0 {
		sec.fail("expected something that differs: closed, hours, at_once or rooms_per_hour")
	}
	return r
}

// slotHours reads the hours of inspectors.
func (v value) slotHours(fallback desk.Hours) desk.Hours {
	if v.missing() {
		return fallback
	}
	return read(v, "opening hours of an hour at least, none over another, such as 09:00-12:00,14:00-17:00", fallback, func(s string) (desk.Hours, bool) {
		hours, err := desk.ParseSlotHours(s)
		return hours, err == nil
	})
}

// wholeDays reads a number of days such as 30d.
func (v value) wholeDays(fallback int) int {
	if v.missing() {
		return fallback
	}
	return read(v, "a number of days from 1d to 365d, such as 30d", fallback, func(s string) (int, bool) {
		var n int
		_, err := fmt.Sscanf(strings.TrimSpace(s), "%dd", &n)
		return n, err == nil && n >= 1 && n <= 365 && strings.TrimSpace(s) == fmt.Sprintf("%dd", n)
	})
}
