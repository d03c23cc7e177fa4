package main

import (
	"fmt"
	"time"
	"unicode/utf8"

	"frontdesk/desk"
)

// What a plan of rounds may grow to: a card shows all of its places, and a button carries the id.
const (
	maxRoundID    = 20
	maxRoundStops = 20
	maxRoundItems = 8
)

// rounds reads the plan of rounds and posts. Without one there are none.
func (c *checker) rounds(v value, s *desk.Site) []desk.RoundPlan {
	if v.missing() {
		return nil
	}
	var list []desk.RoundPlan
	seen := ids{}
	for _, item := range c.items(v, "a list of rounds") {
		list = append(list, c.round(item, s, seen))
	}
	return list
}

func (c *checker) round(item value, s *desk.Site, seen ids) desk.RoundPlan {
	sec := c.section(item, "id", "label", "kind", "department", "lead", "times", "days", "takes", "grace", "by", "places")
	id := sec.need("id")
	p := desk.RoundPlan{ID: id.id()}
	seen.take(sec.get("id"), p.ID)
	if utf8.RuneCountInString(p.ID) > maxRoundID {
		id.fail(fmt.Sprintf("expected at most %d characters", maxRoundID))
	}
	p.Label = sec.need("label").label(0)
	p.Kind = desk.RoundKind(sec.need("kind").oneOf("kind", "", string(desk.RoundWalk), string(desk.RoundPost)))
	department, lead := sec.get("department"), sec.get("lead")
	if p.Kind == desk.RoundPost {
		department.required = true
		p.Department = department.oneOf("department", "", workingDepartments(s)...)
		if !lead.missing() {
			p.Leads = c.people(lead)
		}
	} else if p.Kind == desk.RoundWalk {
		for _, key := range []value{department, lead} {
			if !key.missing() {
				key.fail("expected only with kind post: at a round nobody stands")
			}
		}
	}
	p.Times = c.roundTimes(sec.need("times"))
	p.Days = sec.get("days").days()
	p.Takes = sec.get("takes").duration(45 * time.Minute)
	p.Grace = sec.get("grace").duration(15 * time.Minute)
	if p.Grace <= 0 || p.Grace > 2*time.Hour {
		sec.get("grace").fail("expected more than 0 and at most 2h")
	}
	if p.Takes <= 0 || p.Takes > 8*time.Hour {
		sec.get("takes").fail("expected more than 0 and at most 8h")
	}
	p.By = sec.get("by").oneOf("role or department", string(desk.RoleDutyManager), duties(s)...)
	at := map[string]bool{}
	places := c.items(sec.need("places"), "a list of places, in walking order")
	if len(places) > maxRoundStops {
		sec.get("places").fail(fmt.Sprintf("expected at most %d places, got %d: make it two rounds", maxRoundStops, len(places)))
	}
	for _, v := range places {
		stop := c.roundPlace(v, s, p.Kind)
		if at[stop.Place] && stop.Place != "" {
			v.fail(fmt.Sprintf("%q comes twice", stop.Place))
		}
		at[stop.Place] = true
		p.Places = append(p.Places, stop)
	}
	return p
}

// roundTimes reads the times of a night, each once.
func (c *checker) roundTimes(v value) []desk.ClockTime {
	var list []desk.ClockTime
	seen := map[desk.ClockTime]bool{}
	for _, item := range c.items(v, `a list of times such as ["22:30", "02:00"]`) {
		before := len(c.problems)
		clock := item.clock(0)
		switch {
		case len(c.problems) > before:
		case clock == desk.EndOfDay:
			item.fail("expected 00:00 for midnight")
		case seen[clock]:
			item.fail(fmt.Sprintf("%s comes twice", clock))
		default:
			seen[clock] = true
			list = append(list, clock)
		}
	}
	return list
}

func (c *checker) roundPlace(v value, s *desk.Site, kind desk.RoundKind) desk.RoundPlace {
	sec := c.section(v, "place", "check")
	stop := desk.RoundPlace{Place: sec.need("place").place(s)}
	check := sec.get("check")
	if check.missing() {
		return stop
	}
	seen := ids{}
	items := c.items(check, "a list of what is looked at there")
	if len(items) > maxRoundItems {
		check.fail(fmt.Sprintf("expected at most %d points, got %d", maxRoundItems, len(items)))
	}
	for _, item := range items {
		point := c.section(item, "id", "label", "category")
		x := desk.RoundItem{ID: point.need("id").id()}
		seen.take(point.get("id"), x.ID)
		x.Label = point.need("label").label(maxLabel)
		if category := point.get("category"); !category.missing() {
			if kind == desk.RoundPost {
				category.fail("expected only with kind round: what is found at a post becomes no ticket")
			}
			x.Category = category.oneOf("category", "", categoryIDs(s)...)
			if cat, _ := s.Category(x.Category); cat.Retired {
				category.fail(fmt.Sprintf("the category %q is retired, expected one that is offered", x.Category))
			}
		}
		stop.Items = append(stop.Items, x)
	}
	return stop
}

func workingDepartments(s *desk.Site) []string {
	var known []string
	for _, d := range s.Departments {
		if !d.Retired {
			known = another(known, d.ID)
		}
	}
	return known
}
