package desk

import (
	"slices"
	"strings"
	"time"
)

// Declare makes an incident sure: from now on those affected hear of it. A manager
// who declares one without a ticket names what and where.
func Declare(w World, i Incident, by Person) Effects {
	var out Effects
	if !i.Sure.IsZero() || !i.Ended.IsZero() {
		return out
	}
	if i.ID == "" {
		i.ID, i.Began = w.NewID(), w.Now()
	}
	if by.ID != "" {
		i.Leader = by.ID
	}
	i.Sure = w.Now()
	i.log(w, entryDeclared, by.ID, "", 0)
	out.Emergency.Incidents = append(out.Emergency.Incidents, i)
	out.Jobs = append(out.Jobs, i.job(w.Now()))
	return out
}

// IncidentOf is a new incident of a ticket, for whoever declares it from there.
func IncidentOf(w World, t Ticket) (Incident, bool) {
	building := buildingOf(w.Site(), t.Place)
	if building == "" || t.Category == AlarmRisk || t.Kind != KindRepair && t.Kind != KindEmergency {
		return Incident{}, false
	}
	for _, i := range w.IncidentsOpen() {
		if i.Main == t.ID {
			return i, true
		}
	}
	i := Incident{Kind: t.Kind, Category: t.Category, Building: building, Main: t.ID}
	i.Log = []IncidentEntry{{At: t.Created, What: entryReported, Text: t.Number + " " + t.Place}}
	return i, true
}

// Apart says that the reports are none: each goes its own way, and its card to the
// department.
func Apart(w World, i Incident) (Effects, error) {
	var out Effects
	if !i.Open() || !i.Sure.IsZero() {
		return out, nil
	}
	i.Ended, i.End = w.Now(), IncidentApart
	for _, id := range i.Joined {
		if t, ok := w.Ticket(id); ok {
			if err := release(w, t, &out); err != nil {
				return Effects{}, err
			}
		}
	}
	out.Emergency.Incidents = append(out.Emergency.Incidents, i)
	out.Cancel = append(out.Cancel, i.job(w.Now()).Key)
	return out, nil
}

// release lets a ticket that waited for an incident go its own way.
func release(w World, t Ticket, out *Effects) error {
	if !t.State.Open() {
		return nil
	}
	shown, err := Act(w, t, Announced, Actor{}, Args{})
	if err != nil {
		return err
	}
	out.Events = append(out.Events, shown.Events...)
	t = shown.Tickets[0]
	t.Incident, t.Announced = "", zeroTime
	dep, _ := w.Site().Department(t.Department)
	if t.Urgency.Rings() || w.Site().Calendar.Open(dep.Hours, w.Now()) {
		out.Add(announceNow(w, &t))
	}
	if t.Kind == KindEmergency {
		out.Add(StartLadder(w, ladderOf(t), Told{Seen: *out}))
	}
	out.Tickets = append(out.Tickets, t)
	return nil
}

// Report is a fact that somebody of the desk tells: those affected hear it now.
func Report(w World, i Incident, by Person, fact string) Effects {
	var out Effects
	if fact = strings.TrimSpace(fact); !i.Open() || fact == "" {
		return out
	}
	i.Fact, i.FactAt, i.Next = fact, w.Now(), w.Now()
	i.log(w, entryFact, by.ID, fact, 0)
	out.Emergency.Incidents = append(out.Emergency.Incidents, i)
	if i.Sure.IsZero() {
		out = Declare(w, i, by)
	}
	out.Jobs = append(out.Jobs, i.job(w.Now()))
	return out
}

// Clear ends an incident: whoever reported it gets one closing message, all others
// who were told hear that it is over.
func Clear(w World, i Incident, by Person) Effects {
	var out Effects
	if !i.Open() {
		return out
	}
	i.Ended, i.End = w.Now(), IncidentOver
	i.log(w, entryOver, by.ID, "", 0)
	out.Emergency.Incidents = append(out.Emergency.Incidents, i)
	out.Jobs = append(out.Jobs, i.job(w.Now()))
	return out
}

// jobIncident tells those affected: at first, every half hour, and at the end. It
// asks the leader before an update, and goes on with the last fact if they are
// silent. It reads who lives there, so it gathers.
var jobIncident = JobKind{
	Name:   incidentKind,
	Gather: true,
	Run: func(r Reader, j Job) (Effects, error) {
		i, ok := r.Incident(j.Subject)
		switch now := r.Now(); {
		case !ok || i.End == IncidentApart:
			return Effects{}, nil
		case !i.Ended.IsZero():
			return closeIncident(r, i)
		case i.Sure.IsZero():
			return Declare(r, i, Person{}), nil // Nobody said that it is none.
		case i.Told.IsZero() || !now.Before(i.Next):
			return updateIncident(r, i), nil
		case i.Asked.Before(i.Told):
			return askLeader(r, i), nil
		default:
			return Effects{Jobs: []Job{i.job(i.Next)}}, nil
		}
	},
}

// updateIncident tells those affected how things stand.
func updateIncident(r Reader, i Incident) Effects {
	var out Effects
	s, first := r.Site(), i.Told.IsZero()
	text := T("incident.begun", "place", i.where(s), "title", i.Title(s))
	if !first {
		text = T("incident.goes_on", "place", i.where(s), "title", i.Title(s))
	}
	if i.Fact != "" {
		text = Lines(text, T("incident.fact", "at", i.FactAt, "fact", i.Fact))
	}
	people := affected(r, i)
	for _, p := range people {
		out.Say(i.message(s, p, r.Now(), text))
	}
	if first {
		out.Add(i.tellLeader(r, T("incident.led", "place", i.where(s), "title", i.Title(s), "n", len(people))))
	}
	i.Told, i.Next = r.Now(), r.Now().Add(s.Incidents.every())
	i.log(r, entryTold, "", i.Fact, len(people))
	out.Emergency.Incidents = append(out.Emergency.Incidents, i)
	out.Jobs = append(out.Jobs, i.job(i.Next.Add(-min(incidentAsk, s.Incidents.every()/2))))
	return out
}

func (r IncidentRule) every() time.Duration {
	if r.Every > 0 {
		return r.Every
	}
	return 30 * time.Minute
}

// message says something to somebody affected. In the night it wakes nobody who is
// in no danger.
func (i Incident) message(s *Site, p Person, now time.Time, text Text) Message {
	return Message{
		Person: p.ID, Lane: LaneInteractive, Class: ClassNotice, Text: text,
		Silent: i.Kind != KindEmergency && s.Quiet.Quiet(now, s.Zone),
	}
}

// askLeader asks for news before those affected are told again.
func askLeader(r Reader, i Incident) Effects {
	out := i.tellLeader(r, T("incident.ask", "place", i.where(r.Site()), "title", i.Title(r.Site()), "at", i.Next))
	i.Asked = r.Now()
	i.log(r, entryAsked, i.Leader, "", 0)
	out.Emergency.Incidents = append(out.Emergency.Incidents, i)
	out.Jobs = append(out.Jobs, i.job(i.Next))
	return out
}

// tellLeader says something to whoever leads, or to the duty manager when they
// cannot be reached.
func (i Incident) tellLeader(w World, text Text) Effects {
	row := Row(
		Button{Label: T("button.incident_over"), Data: IncidentData(i.ID, "over")},
		Button{Label: T("button.incident_log"), Data: IncidentData(i.ID, "log")},
	)
	if i.Floor != "" {
		row = append(row, Button{Label: T("button.incident_wide"), Data: IncidentData(i.ID, "wide")})
	}
	m := Message{Lane: LaneInteractive, Class: ClassNotice, Text: text, Buttons: [][]Button{row}}
	if p, ok := w.Person(i.Leader); ok && reachable(p) {
		m.Person = p.ID
		return Effects{Messages: []Message{m}}
	}
	return ToManagers(w, m)
}

// affected are those who should know of it: who lives there, who reported it, and
// the caretakers of the building.
func affected(r Reader, i Incident) []Person {
	var list []Person
	add := func(p Person, ok bool) {
		if ok && reachable(p) && !isAmong(list, p.ID) {
			list = append(list, p)
		}
	}
	for _, p := range r.LivingAt(i.Building) {
		home, ok := r.Site().Places.Get(p.Home)
		add(p, ok && (i.Floor == "" || home.Floor == i.Floor))
	}
	for _, t := range i.tickets(r) {
		add(r.Person(t.Requester))
	}
	for _, t := range r.FiledSince(i.Began.Add(-24 * time.Hour)) {
		if i.takes(r.Site(), t) && t.State.Open() {
			add(r.Person(t.Requester))
		}
	}
	for _, p := range r.Holders(RoleCaretaker) {
		add(p, p.CaresFor(i.Building))
	}
	return list
}

// tickets are its main ticket and those that joined.
func (i Incident) tickets(w World) []Ticket {
	var list []Ticket
	for _, id := range append([]string{i.Main}, i.Joined...) {
		if t, ok := w.Ticket(id); ok && id != "" {
			list = append(list, t)
		}
	}
	return list
}

// closeIncident says that it is over: once to everybody. Tickets that waited for it
// are closed; whoever still has the fault says so with one press.
func closeIncident(r Reader, i Incident) (Effects, error) {
	var out Effects
	s := r.Site()
	said := []string{}
	for _, t := range i.tickets(r) {
		if t.Incident != i.ID || !t.State.Open() {
			continue
		}
		closed, err := Act(r, t, WithIncident, Actor{}, Args{})
		if err != nil {
			return Effects{}, err
		}
		out.Add(closed)
		p, ok := r.Person(t.Requester)
		if !ok || slices.Contains(said, p.ID) {
			continue
		}
		said = append(said, p.ID)
		m := i.message(s, p, r.Now(), T("incident.over_yours", "place", i.where(s), "title", i.Title(s), "at", i.Ended, "number", t.Number))
		m.Ticket, m.Buttons = t.ID, [][]Button{Row(Button{Label: T("button.incident_still"), Data: PressData(t.ID, NotFixed, "")})}
		out.Say(m)
	}
	n := len(said)
	if !i.Told.IsZero() {
		for _, p := range affected(r, i) {
			if !slices.Contains(said, p.ID) {
				out.Say(i.message(s, p, r.Now(), T("incident.over", "place", i.where(s), "title", i.Title(s), "at", i.Ended)))
				n++
			}
		}
	}
	i.log(r, entryTold, "", "", n)
	out.Emergency.Incidents = append(out.Emergency.Incidents, i)
	out.Jobs = append(out.Jobs, Job{Key: JobIncidentReport + "/" + i.ID, Kind: JobIncidentReport, Subject: i.ID, Due: r.Now()})
	return out, nil
}

// withIncident closes a ticket as done, by the rule: nobody is asked or phoned about
// it again, and "it's back" works as ever.
func withIncident(x *turn) error {
	x.t.DoneAt, x.t.ClosedAt, x.t.ClosedBy = x.now(), x.now(), "rule"
	return nil
}

// JobIncidentReport draws the report of an incident and sends it to the managers.
const JobIncidentReport = "incident_report"
