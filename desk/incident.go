package desk

import (
	"slices"
	"time"
)

// IncidentRule says when several reports are one incident.
type IncidentRule struct {
	// Reports of one kind by different people in one building Within a time are taken
	// together; fewer than two means never.
	Reports int
	Within  time.Duration
	// Categories are those of repairs that are taken together: an outage is one event,
	// three blocked drains are three. Emergencies always are.
	Categories []string
	// Every is how often those affected hear how things stand.
	Every time.Duration
}

// Incident is an event that concerns many people: an outage or an emergency in one
// building. What is reported of it from there joins it: it gets one answer and sends
// nobody a second time.
type Incident struct {
	ID string `json:"id"`
	// Kind is that of its tickets, Category theirs: a category, or a kind of danger.
	Kind     string `json:"kind"`
	Category string `json:"category"`
	// Building is where, Floor the only floor that is affected, if it is one.
	Building string `json:"building"`
	Floor    string `json:"floor,omitempty"`
	// Main is the ticket on which people work; empty when a manager declared it
	// without one.
	Main string `json:"main,omitempty"`
	// Joined are the tickets that wait for it.
	Joined []string `json:"joined,omitempty"`
	Leader string   `json:"leader"`

	Began time.Time `json:"began"`
	// Sure is when somebody said that it is one, or nobody denied it in time: until
	// then what is reported waits, and nobody else is told.
	Sure time.Time `json:"sure,omitzero"`
	// Fact is what is known, Told when those affected heard last, Next when they do
	// again, Asked when the leader was asked for it.
	Fact   string    `json:"fact,omitempty"`
	FactAt time.Time `json:"fact_at,omitzero"`
	Told   time.Time `json:"told,omitzero"`
	Next   time.Time `json:"next,omitzero"`
	Asked  time.Time `json:"asked,omitzero"`
	// Log is the timeline.
	Log   []IncidentEntry `json:"log,omitempty"`
	Ended time.Time       `json:"ended,omitzero"`
	End   string          `json:"end,omitempty"` // over | apart
}

// IncidentEntry is one line of the timeline: what happened, by whom, and how many it
// was told to.
type IncidentEntry struct {
	At   time.Time `json:"at"`
	What string    `json:"what"` // reported, declared, wider, fact, told, asked, over
	By   string    `json:"by,omitempty"`
	Text string    `json:"text,omitempty"`
	N    int       `json:"n,omitempty"`
}

// How an incident ends.
const (
	IncidentOver  = "over"
	IncidentApart = "apart" // it was none: each report goes its own way
)

// What the timeline says.
const (
	entryReported = "reported"
	entryDeclared = "declared"
	entryWider    = "wider"
	entryFact     = "fact"
	entryTold     = "told"
	entryAsked    = "asked"
	entryOver     = "over"
)

const (
	// incidentDoubt is how long the duty manager has to say that reports are not one
	// incident.
	incidentDoubt = 5 * time.Minute
	// incidentAsk is how long before an update its leader is asked.
	incidentAsk = 5 * time.Minute
	// reportsKept bounds the timeline: with more reports only their number grows.
	entriesKept = 300
)

// Open tells whether it goes on.
func (i Incident) Open() bool { return i.ID != "" && i.Ended.IsZero() }

func (i *Incident) log(w World, what, by, text string, n int) {
	if len(i.Log) < entriesKept {
		i.Log = append(slices.Clone(i.Log), IncidentEntry{At: w.Now(), What: what, By: by, Text: text, N: n})
	}
}

// Place is where it is: the building, or one floor of it.
func (i Incident) Place() string {
	if i.Floor != "" {
		return i.Building + "-" + i.Floor + "-" + floorWord
	}
	return i.Building
}

// Title says what it is.
func (i Incident) Title(s *Site) Text { return Title(s, Ticket{Kind: i.Kind, Category: i.Category}) }

// where is the place in words.
func (i Incident) where(s *Site) Text { return T("label", "label", s.PlaceLabel(i.Place())) }

// takes tells whether a ticket is a report of it.
func (i Incident) takes(s *Site, t Ticket) bool {
	if i.Kind != t.Kind || i.Category != t.Category || t.Category == AlarmRisk {
		return false
	}
	p, ok := s.Places.Get(t.Place)
	return ok && p.Building == i.Building && (i.Floor == "" || p.Floor == "" || p.Floor == i.Floor)
}

// mayJoin tells whether tickets of a kind can be one incident: what holds faults of
// any sort cannot, nor can rework, and a person at risk never.
func mayJoin(s *Site, t Ticket) bool {
	switch {
	case t.Kind != KindRepair && t.Kind != KindEmergency, t.ReworkNo > 0, t.Category == AlarmRisk, t.Category == AlarmOther:
		return false
	case slices.Contains(s.Callback.RecursExcept, t.Category):
		return false
	}
	return buildingOf(s, t.Place) != ""
}

// joins looks, while a ticket is opened, whether it is a report of an incident that
// goes on, or one too many for a single fault. The ticket then waits for the
// incident: its card goes to nobody.
func joins(w World, t *Ticket) (Effects, bool) {
	var out Effects
	s := w.Site()
	if !mayJoin(s, *t) {
		return out, false
	}
	for _, i := range w.IncidentsOpen() {
		if i.takes(s, *t) {
			i.add(w, t)
			if i.Kind == KindEmergency {
				out.Add(i.tellMain(w, *t))
			}
			out.Emergency.Incidents = append(out.Emergency.Incidents, i)
			return out, true
		}
	}
	if t.Kind == KindRepair && !slices.Contains(s.Incidents.Categories, t.Category) {
		return out, false
	}
	same := sameReports(w, *t)
	if s.Incidents.Reports < 2 || len(same) < s.Incidents.Reports-1 {
		return out, false
	}
	first := same[0]
	i := Incident{
		ID: w.NewID(), Kind: t.Kind, Category: t.Category, Building: buildingOf(s, t.Place), Main: first.ID, Began: first.Created,
	}
	for _, other := range same {
		i.Log = append(i.Log, IncidentEntry{At: other.Created, What: entryReported, Text: other.Number + " " + other.Place})
	}
	i.add(w, t)
	out.Add(offerIncident(w, &i, append(same, *t)))
	out.Emergency.Incidents = append(out.Emergency.Incidents, i)
	return out, true
}

// sameReports are the open tickets like this one, by different people, that were
// filed lately, oldest first, and are no reports of another incident: one on another
// floor.
func sameReports(w World, t Ticket) []Ticket {
	s, open := w.Site(), w.IncidentsOpen()
	like := Incident{Kind: t.Kind, Category: t.Category, Building: buildingOf(s, t.Place)}
	seen := map[string]bool{t.Requester: t.Requester != ""}
	var list []Ticket
	for _, other := range w.FiledSince(w.Now().Add(-s.Incidents.Within)) {
		if other.ID == t.ID || !other.State.Open() || other.Incident != "" || !like.takes(s, other) || seen[other.Requester] ||
			slices.ContainsFunc(open, func(i Incident) bool { return i.takes(s, other) }) {
			continue
		}
		seen[other.Requester] = other.Requester != ""
		list = append(list, other)
	}
	return list
}

// add joins a ticket: it is seen to with the incident.
func (i *Incident) add(w World, t *Ticket) {
	t.Incident, t.Announced = i.ID, w.Now()
	i.Joined = append(slices.Clone(i.Joined), t.ID)
	i.log(w, entryReported, "", t.Number+" "+t.Place, 0)
}

// tellMain tells those who deal with an emergency that it was reported from another
// place too.
func (i Incident) tellMain(w World, t Ticket) Effects {
	var out Effects
	main, _ := w.Ticket(i.Main)
	text := T("incident.also", "number", main.Number, "place", Where(w.Site(), t))
	if l, ok := w.LadderOf(i.Main); ok {
		out.Add(l.tellCalled(w, Person{ID: t.Requester}, text))
	}
	return out
}

// offerIncident asks the duty manager whether several reports are one incident. It
// is one already, so that nobody is sent sixty times; a no lets each go its way.
// Where all of them come from one floor it can be that floor alone.
func offerIncident(w World, i *Incident, reports []Ticket) Effects {
	s := w.Site()
	row := Row(Button{Label: T("button.incident_yes"), Data: IncidentData(i.ID, "yes")})
	if floor, one := onlyFloor(s, reports); one {
		row = append(row, Button{Label: T("button.incident_floor", "floor", floor), Data: IncidentData(i.ID, "floor."+floor)})
	}
	out := ToManagers(w, Message{
		Lane: LaneEmergency, Class: ClassEmergency,
		Text:    T("incident.offer", "n", len(reports), "minutes", s.Incidents.Within, "place", i.where(s), "title", i.Title(s)),
		Buttons: [][]Button{append(row, Button{Label: T("button.incident_no"), Data: IncidentData(i.ID, "no")})},
	})
	if managers := Managers(w, 0); len(managers) > 0 {
		i.Leader = managers[0].ID
	}
	out.Jobs = append(out.Jobs, i.job(w.Now().Add(incidentDoubt)))
	return out
}

// incidentKind is the kind of the job of an incident.
const incidentKind = "incident"

func (i Incident) job(due time.Time) Job {
	return Job{Key: incidentKind + "/" + i.ID, Kind: incidentKind, Subject: i.ID, Due: due}
}
