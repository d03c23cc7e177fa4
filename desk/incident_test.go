package desk

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// reports lets different people report the same, one after another.
func (w *town) reports(category, kind string, n int, every time.Duration) (tickets []Ticket, out Effects) {
	for i := range n {
		id := fmt.Sprintf("neighbour%d", i)
		if w.people[id].ID == "" {
			w.people[id] = Person{ID: id, Name: id, Home: "3-501", Addresses: []Address{{Channel: "x", ID: id}}}
		}
		effects, t := Open(w, Draft{Kind: kind, Category: category, Place: []string{"3-501", "3-502"}[i%2], Requester: id})
		w.apply(effects)
		out.Add(effects)
		tickets = append(tickets, t)
		w.now = w.now.Add(every)
	}
	return tickets, out
}

// runs lets the job of an incident run when it is due.
func (w *town) runs(t *testing.T, id string) Effects {
	t.Helper()
	out, err := jobIncident.Run(lists{w}, Job{Kind: incidentKind, Subject: id, Due: w.now})
	if err != nil {
		t.Fatal(err)
	}
	w.apply(out)
	return out
}

// TestSixtyReportsAreOneIncident: the first two go to the department, the third asks
// the duty manager, and no later one is sent anywhere.
func TestSixtyReportsAreOneIncident(t *testing.T) {
	w := newTown(t)
	w.site.Incidents = IncidentRule{Reports: 3, Within: 10 * time.Minute, Categories: []string{"leak"}, Every: 30 * time.Minute}
	tickets, out := w.reports("leak", KindRepair, 60, 10*time.Second)
	dispatched := map[string]bool{}
	for _, p := range out.Posts {
		if p.Kind == PostGroup || p.Kind == PostMember {
			dispatched[p.Ticket] = true
		}
	}
	if len(dispatched) != 2 || len(w.emergency.incidents) != 1 {
		t.Fatalf("%d tickets were dispatched, %d incidents", len(dispatched), len(w.emergency.incidents))
	}
	i := w.IncidentsOpen()[0]
	offers := 0
	for _, m := range out.Messages {
		if m.Text.Key == "incident.offer" {
			offers++
		}
	}
	if offers != 1 || len(i.Joined) != 58 || i.Main != tickets[0].ID || i.Leader != "dm" {
		t.Errorf("%d offers, %d joined, main %s, leader %s", offers, len(i.Joined), i.Main, i.Leader)
	}
	for _, ticket := range tickets[2:] {
		if jobs := TicketJobs(w.site, w.tickets[ticket.ID]); len(jobs) != 0 {
			t.Fatalf("a ticket that waits for the incident has the jobs %+v", jobs)
		}
	}
	// Nobody denies it: it is one, those affected are told, then asked and told again.
	w.now = i.Began.Add(incidentDoubt + time.Minute)
	w.runs(t, i.ID)
	first := w.runs(t, i.ID)
	if n := len(first.Messages); n < 60 {
		t.Fatalf("%d people were told", n)
	}
	i, _ = w.Incident(i.ID)
	if took := i.Told.Sub(i.Began); took > 10*time.Minute {
		t.Errorf("told after %s", took)
	}
	w.now = i.Next.Add(-incidentAsk)
	asked := w.runs(t, i.ID)
	if len(asked.Messages) != 1 || asked.Messages[0].Person != "dm" || asked.Messages[0].Text.Key != "incident.ask" {
		t.Errorf("asked %+v", asked.Messages)
	}
	w.now = i.Next
	if again := w.runs(t, i.ID); len(again.Messages) < 60 {
		t.Errorf("a silent leader: %d people were told", len(again.Messages))
	}
	// It is over: one message each, and the tickets that waited are closed.
	i, _ = w.Incident(i.ID)
	w.apply(Clear(w, i, w.people["dm"]))
	over := w.runs(t, i.ID)
	told := map[string]int{}
	for _, m := range over.Messages {
		told[m.Person]++
	}
	for n := range 60 {
		if id := fmt.Sprintf("neighbour%d", n); told[id] != 1 {
			t.Errorf("%s got %d closing messages", id, told[id])
		}
	}
	for _, ticket := range tickets[2:] {
		if s := w.tickets[ticket.ID].State; s != StateClosed {
			t.Fatalf("a ticket of the incident is %s", s)
		}
	}
	if s := w.tickets[tickets[0].ID].State; !s.Open() {
		t.Errorf("the ticket on which people work is %s", s)
	}
}

// TestReportsThatAreNoIncident: of one person, of different kinds, too far apart, or
// of what holds faults of any sort.
func TestReportsThatAreNoIncident(t *testing.T) {
	rule := IncidentRule{Reports: 3, Within: 10 * time.Minute, Categories: []string{"leak"}}
	for name, report := range map[string]func(w *town){
		"too far apart": func(w *town) { w.reports("leak", KindRepair, 6, 6*time.Minute) },
		"requests":      func(w *town) { w.reports("clean", KindRequest, 6, time.Second) },
		"of any sort": func(w *town) {
			w.site.Callback.RecursExcept = []string{"leak"}
			w.reports("leak", KindRepair, 6, time.Second)
		},
		"one person": func(w *town) {
			for range 6 {
				effects, _ := Open(w, Draft{Kind: KindRepair, Category: "leak", Place: "3-501", Requester: "res"})
				w.apply(effects)
			}
		},
		"a public place without a building": func(w *town) {
			for i := range 6 {
				effects, _ := Open(w, Draft{Kind: KindRepair, Category: "leak", Place: "canteen", Requester: []string{"res", "other", "op"}[i%3]})
				w.apply(effects)
			}
		},
		"not of an outage": func(w *town) { w.reports("heat", KindRepair, 6, time.Second) },
		"turned off": func(w *town) {
			w.site.Incidents.Reports = 0
			w.reports("leak", KindRepair, 6, time.Second)
		},
	} {
		w := newTown(t)
		w.site.Incidents = rule
		report(w)
		if n := len(w.emergency.incidents); n != 0 && name != "a public place without a building" {
			t.Errorf("%s: %d incidents", name, n)
		}
	}
}

// TestIncidentThatIsNone: each report goes its own way after all.
func TestIncidentThatIsNone(t *testing.T) {
	w := newTown(t)
	w.site.Incidents = IncidentRule{Reports: 3, Within: 10 * time.Minute, Categories: []string{"leak"}}
	tickets, _ := w.reports("leak", KindRepair, 10, time.Second)
	i := w.IncidentsOpen()[0]
	out, err := Apart(w, i)
	if err != nil {
		t.Fatal(err)
	}
	w.apply(out)
	for _, ticket := range tickets[2:] {
		now := w.tickets[ticket.ID]
		shown := slices.ContainsFunc(out.Posts, func(p Post) bool { return p.Ticket == ticket.ID && p.Kind == PostGroup })
		if now.Incident != "" || now.Announced.IsZero() || !shown || len(TicketJobs(w.site, now)) == 0 {
			t.Fatalf("%s waits on: %+v", now.Number, now)
		}
	}
	if len(w.IncidentsOpen()) != 0 {
		t.Error("it goes on")
	}
	if out := w.runs(t, i.ID); len(out.Messages) != 0 {
		t.Error("somebody is told of it")
	}
}

// TestFireReportedByMany: later reports of the same fire call nobody anew, and tell
// those who were called where else it was seen. A person at risk is never one.
func TestFireReportedByMany(t *testing.T) {
	w := newTown(t)
	w.site.Incidents = IncidentRule{Reports: 3, Within: 10 * time.Minute, Categories: []string{"leak"}}
	ladders := 0
	for n := range 6 {
		id := fmt.Sprintf("n%d", n)
		w.people[id] = Person{ID: id, Name: id, Addresses: []Address{{Channel: "x", ID: id}}}
		out, a := Raise(w, Alarm{Person: id, Kind: "fire", Words: []string{"着火了"}, Place: "3-502"})
		w.apply(out)
		sent, _ := SendHelp(w, a)
		w.apply(sent)
		ladders += len(sent.Emergency.Ladders)
		also := slices.ContainsFunc(sent.Messages, func(m Message) bool { return m.Text.Key == "incident.also" && m.Person == "dm" })
		if also != (n >= 3) {
			t.Errorf("report %d: those who were called are told of it: %v", n+1, also)
		}
	}
	if ladders != 2 || len(w.IncidentsOpen()) != 1 {
		t.Errorf("%d ladders, %d incidents", ladders, len(w.IncidentsOpen()))
	}
	for range 6 {
		out, _ := Raise(w, Alarm{Person: "res", Kind: AlarmRisk, Place: "3-502"})
		w.apply(out)
	}
	if len(w.IncidentsOpen()) != 1 {
		t.Error("a person at risk is an incident")
	}
	if _, ok := IncidentOf(w, Ticket{Kind: KindEmergency, Category: AlarmRisk, Place: "3-502"}); ok {
		t.Error("a person at risk can be declared an incident")
	}
}
