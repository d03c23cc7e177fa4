package desk

import (
	"slices"
	"time"
)

// Routing is where a matter would go, and why.
type Routing struct {
	Matter
	Department Department
	// Rule is the position of the route in the configuration, from 1; Route is it.
	Rule  int
	Route Route
	// Open tells whether the department works now, Opens when it does next.
	Open  bool
	Opens time.Time
	// Take is by when somebody should have it, if it were filed now.
	Take time.Time
}

// Tell works out where a matter would go now. Words make it urgent as they do
// when it is filed.
func (s *Site) Tell(kind, category string, place Place, words string, now time.Time) Routing {
	t := Ticket{
		Kind: kind, Category: category, Place: place.ID,
		Urgency: urgencyOf(s, Draft{Category: category, Words: words}),
	}
	r := Routing{Matter: matterOf(s, t, place, now)}
	t.Department, r.Rule = s.RouteTo(r.Matter)
	if r.Rule >= 0 {
		r.Route = s.Routes[r.Rule]
	}
	r.Rule++
	r.Department, _ = s.Department(t.Department)
	r.Open = s.Calendar.Open(r.Department.Hours, now)
	r.Opens = s.Calendar.NextOpen(r.Department.Hours, now)
	r.Take = aims(s, t, now).Take
	return r
}

// Text says it in words. onDuty are the people of the department who are there.
func (r Routing) Text(s *Site, onDuty []Text) Text {
	category, _ := s.Category(r.Category)
	where := T("route.no_place")
	if r.Place.ID != "" {
		where = T("label", "label", r.Place.Label)
	}
	hours := T("route.open")
	if !r.Open {
		hours = T("route.closed", "opens", r.Opens)
	}
	if r.Urgency.Rings() && !r.Open {
		hours = T("route.rings", "opens", r.Opens)
	}
	if len(onDuty) == 0 {
		onDuty = []Text{T("duty.nobody")}
	}
	return Lines(
		T("route.matter", "category", category.Label, "where", where, "urgency", T("route.urgency."+string(r.Urgency))),
		T("route.goes", "department", r.Department.Label, "rule", r.Rule, "why", r.why(s)),
		hours,
		T("route.duty", "names", onDuty),
		T("route.take", "take", r.Take),
	)
}

// why are the conditions of the route, all of which hold.
func (r Routing) why(s *Site) []Text {
	var list []Text
	add := func(key string, names []Text) {
		if len(names) > 0 {
			list = append(list, T(key, "names", names)) //locale:key route.if_kinds route.if_categories route.if_places route.if_urgencies
		}
	}
	var kinds, categories, places, urgencies []Text
	for _, k := range r.Route.Kinds {
		kinds = append(kinds, T("route.kind."+k))
	}
	for _, id := range r.Route.Categories {
		c, _ := s.Category(id)
		categories = append(categories, T("label", "label", c.Label))
	}
	for _, id := range r.Route.Places {
		places = append(places, T("label", "label", s.PlaceLabel(id)))
	}
	for _, u := range r.Route.Urgencies {
		urgencies = append(urgencies, T("route.urgency."+string(u)))
	}
	add("route.if_kinds", kinds)
	add("route.if_categories", categories)
	add("route.if_places", places)
	add("route.if_urgencies", urgencies)
	if r.Route.Hours != nil {
		list = append(list, T("route.if_hours", "hours", r.Route.Hours.String()))
	}
	if len(list) == 0 {
		list = append(list, T("route.otherwise"))
	}
	return slices.Clip(list)
}
