package main

import (
	"fmt"
	"slices"
	"strings"

	"frontdesk/desk"
)

// ids are the ids seen so far, each with its line.
type ids map[string]int

// take notes an id; one that comes twice is a problem.
func (seen ids) take(v value, id string) {
	if id == "" {
		return
	}
	if line := seen[id]; line != 0 {
		v.fail(fmt.Sprintf("%s comes twice, the first is in line %d", quoted(id), line))
		return
	}
	seen[id] = v.line
}

// departments reads who does the work.
func (c *checker) departments(v value) []desk.Department {
	var list []desk.Department
	seen := ids{}
	for _, item := range c.items(v, "a list of departments") {
		sec := c.section(item, "id", "label", "hours", "every_day", "midday", "retired", "wecom")
		d := desk.Department{ID: sec.need("id").id()}
		seen.take(sec.get("id"), d.ID)
		if slices.Contains(desk.RoleNames, desk.RoleName(d.ID)) {
			sec.get("id").fail(fmt.Sprintf("%q is the name of a role, expected another id", d.ID))
		}
		d.Label = sec.need("label").label(0)
		if hours := sec.get("hours"); !hours.missing() {
			d.Hours.Hours = read(hours, "the hours of a day such as 08:00-17:30 or 00:00-24:00", nil, func(s string) (desk.Hours, bool) {
				parsed, err := desk.ParseHours(s)
				return parsed, err == nil
			})
		}
		d.Hours.EveryDay = sec.get("every_day").yes()
		d.Hours.Midday = sec.get("midday").yes()
		d.Retired = sec.get("retired").yes()
		c.weComGroup(sec.get("wecom"), d.ID)
		list = append(list, d)
	}
	return list
}

// items returns the items of a list that must have some.
func (c *checker) items(v value, expected string) []value {
	items := v.list(expected)
	if len(items) == 0 && !v.missing() && len(v.node.Content) == 0 && v.node.Tag == "!!seq" {
		v.fail("expected " + expected + ", it is empty")
	}
	return items
}

// categories reads what residents can ask for.
func (c *checker) categories(v value) []desk.Category {
	var list []desk.Category
	seen := ids{}
	for _, item := range c.items(v, "a list of categories") {
		sec := c.section(item, "id", "kind", "label", "title", "urgency", "words", "urgent_words", "call", "no_visit", "discreet", "tell_caretaker", "retired")
		cat := desk.Category{ID: sec.need("id").id()}
		seen.take(sec.get("id"), cat.ID)
		cat.Kind = sec.need("kind").oneOf("kind", "", desk.KindRepair, desk.KindRequest)
		cat.Label = sec.need("label").label(maxLabel)
		cat.Title = sec.get("title").label(0)
		cat.Urgency = desk.Urgency(sec.get("urgency").oneOf("urgency", "", urgencyNames...))
		cat.Words = sec.get("words").words()
		cat.UrgentWords = sec.get("urgent_words").words()
		cat.Call = sec.get("call").yes()
		cat.NoVisit = sec.get("no_visit").yes()
		cat.Discreet = sec.get("discreet").yes()
		cat.CaretakerToo = sec.get("tell_caretaker").yes()
		cat.Retired = sec.get("retired").yes()
		list = append(list, cat)
	}
	return list
}

var urgencyNames = []string{string(desk.Normal), string(desk.Urgent), string(desk.Emergency)}

// routes reads who gets what. The last one takes all that is left, and nothing may stand behind such a one.
func (c *checker) routes(v value, s *desk.Site) []desk.Route {
	var list []desk.Route
	items := c.items(v, "a list of routes")
	catchAll := 0
	for i, item := range items {
		if catchAll != 0 {
			item.fail(fmt.Sprintf("is never reached: the route in line %d has no condition and takes everything", catchAll))
		}
		before := len(c.problems)
		r := c.route(item, s)
		list = append(list, r)
		switch sound := len(c.problems) == before; {
		case r.Unconditional() && sound && catchAll == 0:
			catchAll = item.line
		case i == len(items)-1 && catchAll == 0 && !r.Unconditional():
			item.fail("the last route has a condition: expected a default at the end, with a department only")
		}
	}
	return list
}

func (c *checker) route(item value, s *desk.Site) desk.Route {
	sec := c.section(item, "kinds", "categories", "places", "urgencies", "hours", "department")
	r := desk.Route{Kinds: sec.get("kinds").choices("kind", desk.KindRepair, desk.KindRequest)}
	r.Categories = sec.get("categories").choices("category", categoryIDs(s)...)
	for _, u := range sec.get("urgencies").choices("urgency", urgencyNames...) {
		r.Urgencies = append(r.Urgencies, desk.Urgency(u))
	}
	if places := sec.get("places"); !places.missing() {
		for _, v := range places.list("a list of places such as [canteen, 3, 3-502]") {
			if id := v.place(s); id != "" {
				r.Places = append(r.Places, id)
			}
		}
	}
	if hours := sec.get("hours"); !hours.missing() {
		span := hours.span()
		r.Hours = &span
	}
	department := sec.need("department")
	var known []string
	for _, d := range s.Departments {
		known = another(known, d.ID)
	}
	r.Department = department.oneOf("department", "", known...)
	if d, _ := s.Department(r.Department); d.Retired {
		department.fail(fmt.Sprintf("the department %q is retired, expected one that works", d.ID))
	}
	return r
}

func categoryIDs(s *desk.Site) []string {
	var known []string
	for _, cat := range s.Categories {
		known = another(known, cat.ID)
	}
	return known
}

// another adds an id that could be read and is new.
func another(known []string, id string) []string {
	if id == "" || contains(known, id) {
		return known
	}
	return append(known, id)
}

// choices reads a list of known words; a missing one is empty.
func (v value) choices(what string, known ...string) []string {
	if v.missing() {
		return nil
	}
	var list []string
	for _, item := range v.list("a list, of " + strings.Join(known, ", ")) {
		if word := item.oneOf(what, "", known...); word != "" {
			list = append(list, word)
		}
	}
	return list
}

// place reads the id of a place that a route can name. A floor is none: a route for it would not match its rooms.
func (v value) place(s *desk.Site) string {
	expected := "a place of the list such as 3, 3-502 or canteen"
	written, ok := v.scalar(expected)
	if !ok || s.Places == nil {
		return ""
	}
	place, ok := s.Places.Get(written)
	if !ok {
		v.fail("unknown place " + quoted(v.node.Value) + ", expected one of the list such as 3, 3-502 or canteen")
		return ""
	}
	if place.Floor != "" && place.Room == "" && place.Area == "" {
		v.bad("a building, a room or an area, not a floor")
		return ""
	}
	return place.ID
}
