package desk

import "time"

// projectFor is how long whoever decides on a project has for its first step.
const projectFor = 14

// MayDecide tells whether somebody may decide an issue now: of a ticket by its own
// table, on a project whoever answers for the desk.
func MayDecide(r Reader, p Person, m Issue) bool {
	if m.Kind == IssueProject {
		return p.Manages() || p.Has(RoleSupervisor)
	}
	t, ok := r.Ticket(m.Ticket)
	if !ok {
		return false
	}
	if m.Kind == IssueHigher {
		return MayAct(t, Higher, p)
	}
	return p.Manages() && MayAct(t, PauseWork, p)
}

// Decide does what the digest asked about. Whoever is second is told who was first; what
// the ticket does not allow any more is refused in its own words.
func Decide(r Reader, m Issue, by Actor) (Effects, error) {
	if d, held := decisionOn(r, m); held {
		return Effects{}, &UserError{Text: decidedText(r, d)}
	}
	d := Decision{Issue: m, At: r.Now(), By: by.Person.ID, Via: by.Via}
	var out Effects
	switch m.Kind {
	case IssueProject:
		if !MayDecide(r, by.Person, m) {
			return Effects{}, Refuse("refuse.manager")
		}
		d.Owner, d.Until = by.Person.ID, r.Site().Calendar.Date(r.Now()).AddDays(projectFor)
	case IssueContractor, IssueHigher:
		t, ok := r.Ticket(m.Ticket)
		if !ok {
			return Effects{}, Refuse("press.unknown")
		}
		if m.Kind == IssueContractor && !by.Person.Manages() {
			return Effects{}, Refuse("refuse.manager")
		}
		action, args := Higher, Args{}
		if m.Kind == IssueContractor {
			reason, limit := contractorLimit(r.Site())
			action, args = PauseWork, With("reason", reason, "limit", limit.String())
		}
		acted, err := Act(r, t, action, by, args)
		if err != nil {
			return Effects{}, err
		}
		now := acted.Tickets[0]
		d.Seq = now.Seq
		out.Add(acted)
		if m.Kind == IssueContractor {
			out.Add(toldOfContractor(r, now, by.Person))
		}
	default:
		return Effects{}, Refuse("press.unknown")
	}
	out.Add(Effects{Morning: MorningEntries{Decisions: []Decision{d}}})
	return out, nil
}

// contractorLimit is the reason that is a wait for a contractor, and how long it takes
// to find one: neither the shortest that the site allows nor the longest.
func contractorLimit(s *Site) (string, Term) {
	reason, ok := s.PauseReason("contractor")
	if !ok || len(reason.Limits) == 0 {
		return "contractor", Term{Days: 3}
	}
	return reason.ID, reason.Limits[len(reason.Limits)/2]
}

// toldOfContractor tells the taker and the follower what is theirs now: who decided did
// not name a company.
func toldOfContractor(w World, t Ticket, by Person) Effects {
	var out Effects
	text := T("decide.told_contractor", "number", t.Number, "title", Title(w.Site(), t), "place", w.Site().PlaceLabel(t.Place),
		"name", by.Called(), "until", t.Pause.Until)
	told := map[string]bool{by.ID: true, "": true}
	for _, id := range []string{Disturbed(w, t), Answerable(w, t)} {
		if !told[id] {
			told[id] = true
			out.Say(Message{Person: id, Ticket: t.ID, Class: ClassNotice, Lane: LaneInteractive, Text: text, Buttons: lookButtons(t)})
		}
	}
	return out
}

// Undecide takes a decision back, by whoever made it and as long as a press can be
// undone. What went a level up stays there.
func Undecide(r Reader, m Issue, by Actor) (Effects, error) {
	d, held := decisionOn(r, m)
	switch {
	case !held:
		return Effects{}, Refuse("decide.open")
	case !undecidable(r, d, by.Person):
		return Effects{}, &UserError{Text: decidedText(r, d)}
	}
	var out Effects
	if m.Kind == IssueContractor {
		t, _ := r.Ticket(m.Ticket)
		undone, err := Act(r, t, Undo, by, Args{})
		if err != nil {
			return Effects{}, err
		}
		out.Add(undone)
	}
	d.Undone = r.Now()
	out.Add(Effects{Morning: MorningEntries{Decisions: []Decision{d}, Acts: []HandAct{{
		ID: r.NewID(), At: r.Now(), By: by.Person.ID, Via: by.Via, What: HandDecision, Facts: map[string]string{"issue": m.Key()},
	}}}})
	return out, nil
}

// undecidable tells whether somebody may still take their decision back.
func undecidable(r Reader, d Decision, p Person) bool {
	return p.Is(d.By) && d.Issue.Kind != IssueHigher && r.Now().Sub(d.At) <= r.Site().Limits.UndoFor
}

// projectsDue are the projects that should be done by a time.
func projectsDue(w World, at time.Time) []Decision {
	var list []Decision
	today := w.Site().Calendar.Date(at)
	for _, d := range w.Projects() {
		if d.Until.Compare(today) <= 0 {
			list = append(list, d)
		}
	}
	return list
}
