package desk

import (
	"encoding/json"
	"slices"
	"time"
)

// Told is what is known of an emergency beside what and where, for those who are
// called first: the words, which are not kept with the ladder.
type Told struct {
	Words string
	// Seen are those who have the ticket's card before them already.
	Seen Effects
}

// callStep calls everybody of a step: in private at all their addresses, and the
// groups of its departments unless it is a person at risk.
func (l *Ladder) callStep(w World, step Step, said Told) Effects {
	var out Effects
	s := w.Site()
	for _, duty := range step.Call {
		_, department := s.Department(duty)
		if department && !l.private() {
			out.Add(l.callGroups(w, duty, said))
		}
		people, m := l.people(w, duty), l.message(w, duty, said)
		if len(people) == 0 && duty == string(RoleDutyManager) {
			out.Add(nobodyReached(w, m))
		}
		for _, p := range people {
			if p.Is(l.Reporter) && !l.Drill || said.shown(p) {
				l.note(p, w.Now())
				continue
			}
			if slices.ContainsFunc(out.Messages, func(m Message) bool { return m.Person == p.ID }) {
				continue
			}
			m.Person = p.ID
			out.Say(m)
			l.note(p, w.Now())
		}
	}
	return out
}

// shown tells whether the first effects show the person a card with the same
// button.
func (t Told) shown(p Person) bool {
	return slices.ContainsFunc(t.Seen.Posts, func(post Post) bool { return post.Kind == PostMember && p.Is(post.Person) })
}

func (l *Ladder) note(p Person, at time.Time) {
	if !l.WasCalled(p) {
		l.Called = append(l.Called, Called{Person: p.ID, At: at})
	}
}

// people are who is called for a role or a department.
func (l *Ladder) people(w World, duty string) []Person {
	for level, role := range escalation {
		if duty == string(role) {
			return Managers(w, level)
		}
	}
	return OnDuty(w, duty)
}

// callGroups says it in the groups of a department. The card of the ticket's own
// department is there already; only a repetition is said beside it.
func (l *Ladder) callGroups(w World, department string, said Told) Effects {
	var out Effects
	for _, g := range w.Groups(department) {
		carded := slices.ContainsFunc(said.Seen.Posts, func(p Post) bool { return p.Kind == PostGroup && p.Chat == g.Address })
		if !slices.Contains(l.Groups, g.Address) {
			l.Groups = append(l.Groups, g.Address)
		}
		if carded {
			continue
		}
		m := l.message(w, department, Told{})
		m.Chat, m.Lang = g.Address, g.Lang
		if !w.Site().Can(g.Address).GroupButtons {
			m.Buttons = nil
		}
		out.Say(m)
	}
	return out
}

// message is the call for somebody of a duty. Managers are told who reported it and
// how to reach them; others learn that when they go.
func (l *Ladder) message(w World, duty string, said Told) Message {
	if l.Unconfirmed() {
		return l.askToCheck(w)
	}
	s := w.Site()
	lines := []Text{l.head(w)}
	p, _ := w.Person(l.Reporter)
	if slices.Contains(escalation, RoleName(duty)) || l.private() {
		if l.Ticket != "" && l.Place == "" && p.Home != "" || l.private() && p.Home != "" {
			lines = append(lines, T("danger.home", "place", s.PlaceLabel(p.Home)))
		}
		if said.Words != "" {
			lines = append(lines, quoted(said.Words))
		}
		if !l.Drill && p.ID != "" {
			lines = append(lines, T("ladder.reporter", "name", p.Called()))
			if p.Phone != "" {
				lines = append(lines, T("call.phone", "phone", p.Phone))
			}
		}
	} else if _, department := s.Department(duty); said.Words != "" && department {
		lines = append(lines, quoted(said.Words))
	}
	row := Row(Button{Label: T("button.going"), Data: LadderData(l.ID, "go")})
	switch {
	case l.private():
		row[0].Label = T("button.contact")
	case l.Drill:
		row[0].Label = T("button.drill_go")
	case l.Ticket != "":
		row = append(row, Button{Label: T("button.look"), Data: LookData(l.Ticket)})
	}
	return Message{
		Ladder: l.ID, Ticket: l.Ticket, Lane: LaneEmergency, Class: ClassEmergency, Text: Lines(lines...),
		Buttons: [][]Button{row},
	}
}

// head says what and where, and how long nobody has answered.
func (l *Ladder) head(w World) Text {
	s, waited := w.Site(), w.Now().Sub(l.Began).Round(time.Minute)
	kind := T("danger.kind." + l.Kind)
	switch {
	case l.Drill:
		return T("ladder.drill", "kind", kind)
	case l.private() && waited > 0:
		return T("ladder.risk_again", "waited", waited)
	case l.private():
		return T("ladder.risk")
	}
	place := T("card.no_place")
	if l.Place != "" {
		place = T("label", "label", s.PlaceLabel(l.Place))
	}
	if l.Unconfirmed() {
		return T("ladder.unconfirmed", "kind", kind, "place", place)
	}
	if waited > 0 || l.Round > 0 {
		return T("ladder.again", "number", l.Number, "kind", kind, "place", place, "waited", waited)
	}
	return T("ladder.call", "number", l.Number, "kind", kind, "place", place)
}

// HookCall is what the webhook is told: what a guard needs, and nothing of who reported
// it. Its text can be read out.
type HookCall struct {
	Type   string    `json:"type"` // emergency, drill
	Kind   string    `json:"kind"`
	Number string    `json:"number,omitempty"`
	Place  string    `json:"place,omitempty"`
	Began  time.Time `json:"began"`
	Round  int       `json:"round"`
	// Private asks for a quiet call to the manager on duty and for no siren.
	Private bool `json:"private"`
	// Unconfirmed tells that somebody wrote of danger and has not said since that it
	// is so: there is no number then.
	Unconfirmed bool   `json:"unconfirmed,omitempty"`
	Site        string `json:"site"`
}

// callHook calls the last rung, if the site has one.
func (l *Ladder) callHook(w World) Effects {
	var out Effects
	s := w.Site()
	if s.Escalation.Webhook.IsZero() {
		return out
	}
	call := HookCall{
		Type: "emergency", Kind: l.Kind, Number: l.Number, Began: l.Began.UTC(), Round: l.Round,
		Private: l.private(), Unconfirmed: l.Unconfirmed(), Site: s.ID,
	}
	if l.Drill {
		call.Type = "drill"
	}
	if l.Place != "" && !l.private() {
		call.Place = s.PlaceLabel(l.Place).In(s.Languages[0])
	}
	body, err := json.Marshal(call)
	if err != nil {
		panic("desk: a call that is no JSON: " + err.Error())
	}
	out.Say(Message{
		Chat: s.Escalation.Webhook, Ladder: l.ID, Ticket: l.Ticket, Lane: LaneEmergency, Class: ClassEmergency, Text: l.head(w),
		File: &Attachment{Name: "call", MIME: "application/json", Body: body},
	})
	return out
}
