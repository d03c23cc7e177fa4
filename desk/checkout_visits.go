package desk

import (
	"cmp"
	"slices"
	"time"
)

// VisitList is the list of an inspector's day: the buildings in which they go round,
// and the date. What stands in it is read when it is drawn.
type VisitList struct {
	Buildings []string `json:"buildings"`
	Day       Date     `json:"day"`
}

// VisitsKey is the name under which the posts of a building's list of a day are
// found.
func VisitsKey(building string, day Date) string { return "visits/" + building + "/" + day.String() }

// jobVisits shows each inspector on duty in the morning who leaves today, in the
// order in which they walk. A day without anybody disturbs nobody; a building in
// which nobody inspects is told to the duty manager.
var jobLeavers = JobKind{
	Name:   "leavers",
	Gather: true,
	Cron:   func(s *Site) string { return s.Checkout.List },
	Run: func(r Reader, _ Job) (Effects, error) {
		s := r.Site()
		today := DateOf(r.Now(), s.Zone)
		buildings := map[string][]string{} // by inspector
		var people []Person
		var out Effects
		for _, d := range r.SlotDays("", DateRange{From: today, To: today}) {
			if len(visitsOn(r, d)) == 0 {
				continue
			}
			inspectors := slices.DeleteFunc(Inspectors(r, d.Building), func(p Person) bool { return !writable(r, p.ID) })
			if len(inspectors) == 0 {
				out.Add(ToManagers(r, Message{
					Class: ClassNotice, Lane: LaneInteractive, Key: VisitsKey(d.Building, today) + "/nobody",
					Text: T("leavers.nobody", "building", s.PlaceLabel(d.Building), "n", len(visitsOn(r, d))),
				}))
			}
			for _, p := range inspectors {
				if !isAmong(people, p.ID) {
					people = append(people, p)
				}
				buildings[p.ID] = append(buildings[p.ID], d.Building)
			}
		}
		for _, p := range people {
			list := &VisitList{Buildings: buildings[p.ID], Day: today}
			post := Post{
				ID: r.NewID(), Kind: PostLeavers, Person: p.ID, Chat: p.Address(), Lang: s.Language(p.Lang), Created: r.Now(),
				Lane: LaneRoutine, Leavers: list,
			}
			for _, b := range list.Buildings {
				post.Tickets = append(post.Tickets, VisitsKey(b, today))
			}
			out.Posts = append(out.Posts, post)
		}
		return out, nil
	},
}

// visitsOn are the tickets of a day that an inspector goes to: those booked and
// the express ones.
func visitsOn(w World, d SlotDay) []Ticket {
	var list []Ticket
	add := func(id string) {
		if t, ok := w.Ticket(id); ok && t.Checkout != nil && t.State != StateCancelled {
			list = append(list, t)
		}
	}
	for _, p := range d.Places {
		if !p.Held {
			add(p.Ticket)
		}
	}
	for _, id := range d.Express {
		add(id)
	}
	return list
}

// VisitsOf lists the visits of a day in some buildings as an inspector walks: by
// the hour, and within it by building, floor and room as the site lists them; what
// needs no hour comes last.
func VisitsOf(w World, r VisitList) []Ticket {
	type stop struct {
		t     Ticket
		at    time.Time
		where int
	}
	order := walkingOrder(w.Site())
	var stops []stop
	for _, b := range r.Buildings {
		for _, t := range visitsOn(w, w.SlotDay(b, r.Day)) {
			at := t.From
			if t.Checkout.Express || at.IsZero() {
				at = Never
			}
			stops = append(stops, stop{t: t, at: at, where: order[Fold(t.Place)]})
		}
	}
	slices.SortStableFunc(stops, func(a, b stop) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.where, b.where), cmp.Compare(a.t.Checkout.Bed, b.t.Checkout.Bed), cmp.Compare(a.t.Number, b.t.Number))
	})
	list := make([]Ticket, len(stops))
	for i, s := range stops {
		list[i] = s.t
	}
	return list
}

// walkingOrder numbers the rooms of the site in the order of its list.
func walkingOrder(s *Site) map[string]int {
	order := map[string]int{}
	for _, b := range s.Places.Buildings() {
		for _, f := range s.Places.Floors(b.ID) {
			for _, room := range s.Places.Rooms(b.ID, f.ID) {
				order[Fold(room.ID)] = len(order) + 1
			}
		}
	}
	return order
}

// InspectedBuildings are those in which somebody inspects.
func InspectedBuildings(s *Site, p Person) []string {
	var list []string
	for _, b := range s.Places.Buildings() {
		if s.Inspects(p, b.ID) {
			list = append(list, b.ID)
		}
	}
	return list
}
