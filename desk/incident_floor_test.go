package desk

import (
	"slices"
	"testing"
	"time"
)

// threeFloors gives the town a building with floors, and somebody on each of them.
func (w *town) threeFloors(t *testing.T) {
	t.Helper()
	places, err := NewPlaces([]Building{{ID: "3", Floors: []Floor{
		{ID: "4", Rooms: []string{"01"}}, {ID: "5", Rooms: []string{"01", "02"}}, {ID: "6", Rooms: []string{"01"}},
	}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	w.site.Places = places
	w.site.Incidents = IncidentRule{Reports: 3, Within: 10 * time.Minute, Categories: []string{"leak"}, Every: 30 * time.Minute}
	for id, home := range map[string]string{"four": "3-401", "five": "3-501", "six": "3-601"} {
		w.people[id] = Person{ID: id, Name: id, Home: home, Addresses: []Address{{Channel: "x", ID: id}}}
	}
}

// heard are those among the neighbours who are told something.
func heard(out Effects) []string {
	var list []string
	for _, m := range out.Messages {
		if m.Person == "four" || m.Person == "five" || m.Person == "six" {
			list = append(list, m.Person)
		}
	}
	slices.Sort(list)
	return list
}

// TestIncidentOnOneFloor: reports that all come from one floor can be declared for
// that floor. Those on others are not told, what they had reported goes to the
// department, and what they report later too.
func TestIncidentOnOneFloor(t *testing.T) {
	w := newTown(t)
	w.threeFloors(t)
	_, out := w.reports("leak", KindRepair, 3, time.Second)
	offer := Message{}
	for _, m := range out.Messages {
		if m.Text.Key == "incident.offer" {
			offer = m
		}
	}
	if len(offer.Buttons) != 1 || len(offer.Buttons[0]) != 3 || offer.Buttons[0][1].Label.Key != "button.incident_floor" {
		t.Fatalf("the offer has the buttons %+v", offer.Buttons)
	}
	other, ticket := Open(w, Draft{Kind: KindRepair, Category: "leak", Place: "3-401", Requester: "four"})
	w.apply(other)
	i := w.IncidentsOpen()[0]
	if w.tickets[ticket.ID].Incident != i.ID {
		t.Fatal("a report from the fourth floor does not wait while nobody has decided")
	}
	declared, err := DeclareOn(w, i, "5", w.people["dm"])
	if err != nil {
		t.Fatal(err)
	}
	w.apply(declared)
	if now := w.tickets[ticket.ID]; now.Incident != "" || now.Announced.IsZero() {
		t.Errorf("the report from the fourth floor waits on: %+v", now)
	}
	i, _ = w.Incident(i.ID)
	if i.Place() != "3-5-floor" || len(i.Joined) != 1 {
		t.Errorf("it is at %s with %v", i.Place(), i.Joined)
	}
	if got := heard(w.runs(t, i.ID)); !slices.Equal(got, []string{"five"}) {
		t.Errorf("told: %v", got)
	}
	later, ticket := Open(w, Draft{Kind: KindRepair, Category: "leak", Place: "3-601", Requester: "six"})
	w.apply(later)
	if w.tickets[ticket.ID].Incident != "" {
		t.Error("a report from another floor joins it")
	}
	if _, err := DeclareOn(w, Incident{Kind: KindRepair, Category: "leak", Building: "3"}, "9", w.people["dm"]); err == nil {
		t.Error("declared on a floor that does not exist")
	}
	// It turns out to be the whole building: everybody hears at once.
	w.now = w.now.Add(time.Minute)
	i, _ = w.Incident(i.ID)
	w.apply(Widen(w, i, w.people["dm"]))
	if got := heard(w.runs(t, i.ID)); !slices.Equal(got, []string{"five", "four", "six"}) {
		t.Errorf("told after it was widened: %v", got)
	}
	i, _ = w.Incident(i.ID)
	if out := Widen(w, i, w.people["dm"]); len(out.Emergency.Incidents) != 0 {
		t.Error("widened twice")
	}
}

// TestIncidentOnSeveralFloors offers no floor.
func TestIncidentOnSeveralFloors(t *testing.T) {
	w := newTown(t)
	w.threeFloors(t)
	for n, place := range []string{"3-401", "3-501", "3-501"} {
		out, _ := Open(w, Draft{Kind: KindRepair, Category: "leak", Place: place, Requester: []string{"four", "five", "six"}[n]})
		w.apply(out)
		for _, m := range out.Messages {
			if m.Text.Key == "incident.offer" && len(m.Buttons[0]) != 2 {
				t.Errorf("the offer has the buttons %+v", m.Buttons)
			}
		}
	}
	if len(w.IncidentsOpen()) != 1 {
		t.Fatal("there is no incident")
	}
}
