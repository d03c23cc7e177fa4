package flows

import (
	"slices"
	"strings"

	"frontdesk/desk"
)

// Incident declares an event that concerns many people: what, and in which building
// or on which floor. What is known already is not asked, and nothing is confirmed:
// people wait for it, and the last tap can be taken back by its end.
var Incident = Flow{
	Name: "incident",
	May:  desk.Person.Manages,
	Questions: []Question{
		{Name: "what", Options: incidentKinds, PerRow: 3, Text: true, MaxRunes: 60, Check: func(c *Context, _ Answers, value string) (string, error) {
			if slices.ContainsFunc(incidentKinds(c, nil), func(o Option) bool { return o.Key == value }) {
				return value, nil
			}
			if what := IncidentKind(c.site(), c.Understand, value, c.Lang); what != "" {
				return what, nil
			}
			return "", desk.Refuse("incident.which")
		}},
		{Name: "place", Place: true, Wide: true, Floors: true, Check: func(c *Context, _ Answers, value string) (string, error) {
			if p, _ := c.site().Places.Get(value); p.Building != "" {
				return wholeOf(c.site(), p).ID, nil
			}
			return "", desk.Refuse("incident.building")
		}},
	},
	Done: func(c *Context, a Answers) (Outcome, error) {
		kind, category, _ := strings.Cut(a.Get("what"), ".")
		p, _ := c.site().Places.Get(a.Get("place"))
		i := desk.Incident{Kind: kind, Category: category, Building: p.Building, Floor: p.Floor}
		return Outcome{
			Effects: desk.Declare(c.World, i, c.Person),
			Say:     desk.T("incident.declared", "place", c.site().PlaceLabel(i.Place()), "title", i.Title(c.site())),
		}, nil
	},
}

// wholeOf is the floor or the building that a place is, or that it is in.
func wholeOf(s *desk.Site, p desk.Place) desk.Place {
	if floor, ok := s.Places.Get(p.Building + "-" + p.Floor + "-floor"); ok && p.Floor != "" {
		return floor
	}
	building, _ := s.Places.Get(p.Building)
	return building
}

// incidentKinds are what can be declared: the outages of the site first, then the
// dangers.
//
//locale:prefix danger.yes.
func incidentKinds(c *Context, _ Answers) []Option {
	var list []Option
	for _, id := range c.site().Incidents.Categories {
		if category, ok := c.site().Category(id); ok {
			list = append(list, Option{Key: desk.KindRepair + "." + id, Label: label10(category.Label, id)})
		}
	}
	for _, kind := range publicDangers {
		list = append(list, Option{Key: desk.KindEmergency + "." + kind, Label: desk.T("danger.yes." + kind)})
	}
	return list
}

// publicDangers are those that all who live there should know of: what happens to one
// person is nobody else's matter.
var publicDangers = []string{"fire", "gas", "flood", "poison", "fight", "missing"}

// IncidentKind is what words say has happened, as the flow keeps it; empty where
// they do not say it.
func IncidentKind(s *desk.Site, u Understander, said, lang string) string {
	if u == nil {
		return ""
	}
	if kind, _ := u.Danger(said); kind != "" && kind != desk.AlarmRisk {
		return desk.KindEmergency + "." + kind
	}
	for _, g := range u.Understand(said, lang) {
		if category := g.Answers["category"]; len(category) > 0 && g.Flow == desk.KindRepair {
			return desk.KindRepair + "." + category[0]
		}
	}
	return ""
}

// IncidentPlace is where words say it has happened: a building, or the floor of it
// that they name. A room stands for its building.
func IncidentPlace(s *desk.Site, u Understander, said string) desk.Place {
	found := s.Places.Find(said)
	if found.Place == nil && found.Building != "" && found.Floor != "" {
		if floor, ok := s.Places.Get(found.Building + "-" + found.Floor + "-floor"); ok {
			return floor
		}
	}
	p, _ := s.Places.Get(PlaceIn(s, u, said))
	building, _ := s.Places.Get(p.Building)
	return building
}
