package bot

import (
	"strings"

	"frontdesk/desk"
)

// withIncident is a report that waits for an incident: one answer, which stays true.
func (c *card) withIncident(add, cancel desk.Button) (desk.Text, [][]desk.Button) {
	i, _ := c.w.Incident(c.t.Incident)
	text := desk.T("incident.mine", "number", c.t.Number, "title", desk.Title(c.s, c.t), "place", c.s.PlaceLabel(i.Building))
	if i.Fact != "" {
		text = desk.Lines(text, desk.T("incident.fact", "at", i.FactAt, "fact", i.Fact))
	}
	return text, [][]desk.Button{desk.Row(add, cancel)}
}

// cmdIncident lists the incidents that go on; with words it tells those affected of
// the one that its leader means, or declares a new one of what and where they name.
func (t *turn) cmdIncident(said string) error {
	open := t.w.IncidentsOpen()
	if said = strings.TrimSpace(said); said == "" {
		t.listIncidents(open)
		return nil
	}
	building := ""
	if p, ok := t.site().Places.Get(t.placeIn(said)); ok {
		building = p.Building
	}
	if i, ok := t.meantIncident(open, building); ok {
		t.out.Add(desk.Report(t.w, i, t.p, said))
		t.reply(desk.T("incident.reported", "place", t.site().PlaceLabel(i.Building), "title", i.Title(t.site())))
		return nil
	}
	i, ok := t.newIncident(said, building)
	if !ok {
		return desk.Refuse("incident.how")
	}
	t.out.Add(desk.Declare(t.w, i, t.p))
	t.reply(desk.T("incident.declared", "place", t.site().PlaceLabel(i.Building), "title", i.Title(t.site())))
	return nil
}

// meantIncident is the incident that words are about: the one of the building that they
// name, or else the newest that the person leads, or the only one.
func (t *turn) meantIncident(open []desk.Incident, building string) (desk.Incident, bool) {
	var found desk.Incident
	for _, i := range open {
		switch {
		case building != "" && i.Building == building:
			return i, true
		case building == "" && (t.p.Is(i.Leader) || len(open) == 1):
			found = i
		}
	}
	return found, found.ID != ""
}

// newIncident is one of what and where somebody named.
func (t *turn) newIncident(said, building string) (desk.Incident, bool) {
	i := desk.Incident{Building: building}
	if kind, _ := t.understand.Danger(said); kind != "" && kind != desk.AlarmRisk {
		i.Kind, i.Category = desk.KindEmergency, kind
	}
	for _, g := range t.understand.Understand(said, t.lang()) {
		if category := g.Answers["category"]; i.Category == "" && len(category) > 0 && g.Flow == desk.KindRepair {
			i.Kind, i.Category = desk.KindRepair, category[0]
		}
	}
	return i, i.Building != "" && i.Category != ""
}

func (t *turn) listIncidents(open []desk.Incident) {
	if len(open) == 0 {
		t.reply(desk.T("incident.none"))
		return
	}
	lines := []desk.Text{desk.T("incident.head", "n", len(open))}
	var rows [][]desk.Button
	for n, i := range open {
		lines = append(lines, desk.T("incident.entry", "n", n+1, "place", t.site().PlaceLabel(i.Place()), "title", i.Title(t.site()), "at", i.Began, "reports", len(i.Joined)))
		rows = append(rows, desk.Row(
			desk.Button{Label: desk.T("button.incident_n", "n", n+1), Data: desk.IncidentData(i.ID, "log")},
			desk.Button{Label: desk.T("button.incident_over_n", "n", n+1), Data: desk.IncidentData(i.ID, "over")}))
	}
	t.reply(desk.Lines(lines...), rows...)
}

// pressIncident is a manager's word about an incident.
func (t *turn) pressIncident(id, what string) error {
	if !t.p.Manages() {
		return desk.Refuse("command.refused", "command", "incident")
	}
	if ticket, from := strings.CutPrefix(id, "t."); from {
		return t.incidentOf(ticket)
	}
	i, ok := t.w.Incident(id)
	if !ok {
		return desk.Refuse("press.unknown")
	}
	place, title := t.site().PlaceLabel(i.Place()), i.Title(t.site())
	if !i.Open() && what != "log" {
		return desk.Refuse("incident.ended", "place", place, "title", title)
	}
	t.answer(desk.Text{})
	switch what {
	case "yes":
		t.out.Add(desk.Declare(t.w, i, t.p))
		t.replace(desk.T("incident.declared", "place", place, "title", title))
	case "no":
		if !i.Sure.IsZero() {
			return desk.Refuse("incident.too_late", "place", place, "title", title)
		}
		out, err := desk.Apart(t.w, i)
		if err != nil {
			return err
		}
		t.out.Add(out)
		t.replace(desk.T("incident.apart", "n", len(i.Joined)))
	case "over":
		t.out.Add(desk.Clear(t.w, i, t.p))
		t.replace(desk.T("incident.cleared", "place", place, "title", title))
	case "log":
		lines := i.Timeline(t.w)
		const most = 25
		t.reply(desk.Lines(append([]desk.Text{desk.T("incident.timeline", "place", place, "title", title)}, lines[max(0, len(lines)-most):]...)...))
	default:
		return desk.Refuse("press.unknown")
	}
	return nil
}

// incidentOf declares an incident of a ticket.
func (t *turn) incidentOf(id string) error {
	ticket, err := t.ticket(id)
	if err != nil {
		return err
	}
	i, ok := desk.IncidentOf(t.w, ticket)
	if !ok {
		return desk.Refuse("incident.no_place", "number", ticket.Number)
	}
	t.answer(desk.Text{})
	t.out.Add(desk.Declare(t.w, i, t.p))
	t.reply(desk.T("incident.declared", "place", t.site().PlaceLabel(i.Building), "title", i.Title(t.site())))
	return nil
}
