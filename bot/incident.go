package bot

import (
	"strings"

	"frontdesk/desk"
	"frontdesk/flows"
)

// withIncident is a report that waits for an incident: one answer, which stays true.
func (c *card) withIncident(add, cancel desk.Button) (desk.Text, [][]desk.Button) {
	i, _ := c.w.Incident(c.t.Incident)
	text := desk.T("incident.mine", "number", c.t.Number, "title", desk.Title(c.s, c.t), "place", c.s.PlaceLabel(i.Place()))
	if i.Fact != "" {
		text = desk.Lines(text, desk.T("incident.fact", "at", i.FactAt, "fact", i.Fact))
	}
	return text, [][]desk.Button{desk.Row(add, cancel)}
}

// cmdIncident lists the incidents that go on; with words it tells those affected of
// the one that its leader means, or declares a new one of what and where they name:
// a building, or one floor of it. What they leave out is asked.
func (t *turn) cmdIncident(said string) error {
	open := t.w.IncidentsOpen()
	if said = strings.TrimSpace(said); said == "" {
		t.listIncidents(open)
		return nil
	}
	place := flows.IncidentPlace(t.site(), t.understand, said)
	if i, ok := t.meantIncident(open, place); ok {
		t.out.Add(desk.Report(t.w, i, t.p, said))
		t.reply(desk.T("incident.reported", "place", t.site().PlaceLabel(i.Place()), "title", i.Title(t.site())))
		return nil
	}
	answers := map[string][]string{}
	if what := flows.IncidentKind(t.site(), t.understand, said, t.lang()); what != "" {
		answers["what"] = []string{what}
	}
	if place.ID != "" {
		answers["place"] = []string{place.ID}
	}
	if len(answers) == 0 {
		return desk.Refuse("incident.how")
	}
	return t.start("incident", answers)
}

// meantIncident is the incident that words are about: the one of the building, and
// the floor, that they name, or else the newest that the person leads, or the only
// one.
func (t *turn) meantIncident(open []desk.Incident, place desk.Place) (desk.Incident, bool) {
	var found desk.Incident
	for _, i := range open {
		switch {
		case place.Building != "" && i.Building == place.Building && (i.Floor == "" || place.Floor == "" || i.Floor == place.Floor):
			return i, true
		case place.Building == "" && (t.p.Is(i.Leader) || len(open) == 1):
			found = i
		}
	}
	return found, found.ID != ""
}

func (t *turn) listIncidents(open []desk.Incident) {
	declare := desk.Row(desk.Button{Label: desk.T("button.incident_new"), Data: desk.StartData("incident", "")})
	if len(open) == 0 {
		t.reply(desk.T("incident.none"), declare)
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
	t.reply(desk.Lines(lines...), append(rows, declare)...)
}

// pressIncident is a manager's word about an incident.
func (t *turn) pressIncident(id, what string) error {
	if !t.p.Manages() {
		return desk.Refuse("command.refused", "command", "incident")
	}
	if ticket, from := strings.CutPrefix(id, "t."); from {
		return t.incidentOf(ticket, what)
	}
	i, ok := t.w.Incident(id)
	if !ok {
		return desk.Refuse("press.unknown")
	}
	place, title := t.site().PlaceLabel(i.Place()), i.Title(t.site())
	if !i.Open() && what != "log" {
		return desk.Refuse("incident.ended", "place", place, "title", title)
	}
	if floor, only := strings.CutPrefix(what, "floor."); only {
		return t.onFloor(i, floor)
	}
	t.answer(desk.Text{})
	switch what {
	case "wide":
		t.out.Add(desk.Widen(t.w, i, t.p))
		t.replace(desk.T("incident.wider", "place", t.site().PlaceLabel(i.Building), "title", title))
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

// onFloor says that reports are one incident, on one floor only.
func (t *turn) onFloor(i desk.Incident, floor string) error {
	if !i.Sure.IsZero() {
		return desk.Refuse("incident.too_late", "place", t.site().PlaceLabel(i.Place()), "title", i.Title(t.site()))
	}
	out, err := desk.DeclareOn(t.w, i, floor, t.p)
	if err != nil {
		return err
	}
	t.out.Add(out)
	t.answer(desk.Text{})
	i.Floor = floor
	t.replace(desk.T("incident.declared", "place", t.site().PlaceLabel(i.Place()), "title", i.Title(t.site())))
	return nil
}

// incidentOf declares an incident of a ticket: of the building, or of the floor on
// which it is, which costs one tap more.
func (t *turn) incidentOf(id, what string) error {
	ticket, err := t.ticket(id)
	if err != nil {
		return err
	}
	i, ok := desk.IncidentOf(t.w, ticket)
	if !ok {
		return desk.Refuse("incident.no_place", "number", ticket.Number)
	}
	floor, has := desk.FloorOf(t.site(), ticket)
	switch {
	case !i.Sure.IsZero():
		t.answer(desk.T("incident.known", "place", t.site().PlaceLabel(i.Place()), "title", i.Title(t.site())))
		return nil
	case what == "floor" && has:
		return t.onFloor(i, floor)
	case what == "new" && has:
		t.answer(desk.Text{})
		t.reply(desk.T("incident.scope", "number", ticket.Number, "title", i.Title(t.site())), desk.Row(
			desk.Button{Label: desk.T("button.incident_all"), Data: desk.IncidentData("t."+id, "all")},
			desk.Button{Label: desk.T("button.incident_floor", "floor", floor), Data: desk.IncidentData("t."+id, "floor")}))
		return nil
	}
	t.answer(desk.Text{})
	t.out.Add(desk.Declare(t.w, i, t.p))
	t.replace(desk.T("incident.declared", "place", t.site().PlaceLabel(i.Place()), "title", i.Title(t.site())))
	return nil
}
