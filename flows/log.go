package flows

import (
	"strings"
	"unicode"

	"frontdesk/desk"
)

// Log files for a caller or a walk-in, as fast as they talk. The caller becomes
// the requester; the last word is a sentence to read aloud to them.
var Log = Flow{
	Name: "log", Photos: true, Words: true, Again: "log", Like: []string{"repair", "request"},
	May: func(p desk.Person) bool { return p.Desk() || p.Has(desk.RoleCaretaker) },
	Questions: []Question{
		callerOutage(),
		unlessTheyWait(Question{Name: "caller", Text: true, MaxRunes: 60, Contact: true, Check: checkLogged, Topic: topic("caller"), Options: caseKinds, PerRow: 3}),
		forWork(logPlace()),
		forWork(Question{Name: "category", Options: categories(desk.KindRepair, desk.KindRequest), PerRow: 3, Topic: topic("category")}),
		forWork(Question{Name: "what", Text: true, Optional: true, When: func(_ *Context, a Answers) bool { return a.Get("summary") == "" }}),
		forWork(whenQuestion()),
		forWork(slotQuestion()),
		forWork(Question{Name: "confirm", Confirm: true}),
	},
	Home: func(c *Context, a Answers) string {
		p, _ := knownCaller(c, a)
		return p.Home
	},
	Summary: func(c *Context, a Answers) desk.Text {
		name, phone := splitCaller(a.Get("caller"))
		if p, known := knownCaller(c, a); known && name == "" {
			name = p.Called()
		}
		return desk.Lines(desk.T("confirm.caller", "caller", desk.Literal(strings.TrimSpace(name+" "+phone))), reportSummary(c, a))
	},
	Urgent: urgentLabel,
	Done: func(c *Context, a Answers) (Outcome, error) {
		if kind := a.Get("caller"); isCaseKind(kind) {
			return Outcome{Next: "log_case", Prefilled: map[string][]string{"kind": {kind}}}, nil
		}
		if waits(a) {
			return callerWaits(c, a)
		}
		p, known := caller(c, a)
		d := draft(c, a)
		var out Outcome
		if !known {
			p = desk.Person{ID: c.World.NewID(), Lang: c.Lang, Created: c.World.Now()}
			p.Name, p.Phone = splitCaller(a.Get("caller"))
			if place, ok := c.site().Places.Get(d.Place); ok && place.Room != "" {
				p.Home = place.ID
			}
			out.Effects.People = append(out.Effects.People, p)
		}
		// Who gave the number and the name of the list is the one on it.
		verified, p, _, err := desk.VerifyByPhone(c.World, p)
		if err != nil {
			return Outcome{}, err
		}
		out.Effects.Add(verified)
		d.Requester, d.FiledBy = p.ID, c.Person.ID
		effects, t := desk.Open(c.World, d)
		out.Effects.Add(effects)
		department, _ := c.site().Department(t.Department)
		say := desk.T("log.say", "number", t.Number, "department", department.Label, "take", t.Clocks.Take, "aim", t.Clocks.Done)
		if t.Urgency.Rings() {
			say = desk.T("log.say_urgent", "number", t.Number, "department", department.Label, "take", t.Clocks.Take)
		}
		out.Say, out.Ticket = desk.Lines(desk.T("log.read"), say), t.ID
		if c.Person.Desk() && desk.Unverified(c.World, p) && t.Urgency != desk.Emergency && !public(c, t.Place) {
			out.Buttons = append(out.Buttons, desk.Row(desk.Button{Label: desk.T("button.confirm_entry"), Data: desk.PressData(t.ID, desk.ConfirmEntry, "")}))
		}
		out.Buttons = append(out.Buttons, desk.Row(
			desk.Button{Label: desk.T("option.look"), Data: desk.LookData(t.ID)},
			desk.Button{Label: desk.T("option.log_next"), Data: desk.CommandData("log")},
		))
		return out, nil
	},
}

// forWork asks a question only where it is work that is filed.
func forWork(q Question) Question {
	q = unlessTheyWait(q)
	when := q.When
	q.When = func(c *Context, a Answers) bool { return !isCaseKind(a.Get("caller")) && when(c, a) }
	return q
}

// checkLogged takes the caller, or that it is no work that they call about.
func checkLogged(c *Context, a Answers, value string) (string, error) {
	if isCaseKind(value) {
		return value, nil
	}
	return checkCaller(c, a, value)
}

// logPlace asks where it is. A caretaker files for their own buildings.
func logPlace() Question {
	q := placeQuestion()
	q.Check = func(c *Context, _ Answers, value string) (string, error) {
		place, ok := c.site().Places.Get(value)
		if ok && !c.Person.Desk() && !c.Person.CaresFor(place.Building) {
			return "", desk.Refuse("log.other_building", "place", place.Label)
		}
		return value, nil
	}
	return q
}

// knownCaller is the caller as far as whoever files may see them: a caretaker
// learns neither name nor room of somebody in another building.
func knownCaller(c *Context, a Answers) (desk.Person, bool) {
	p, ok := caller(c, a)
	home, _ := c.site().Places.Get(p.Home)
	if !ok || !c.Person.Desk() && !c.Person.CaresFor(home.Building) {
		return desk.Person{}, false
	}
	return p, true
}

// caller is the person that the desk knows by the number, if it does.
func caller(c *Context, a Answers) (desk.Person, bool) {
	_, phone := splitCaller(a.Get("caller"))
	if phone == "" {
		return desk.Person{}, false // A name alone can be anybody's.
	}
	return c.World.PersonByPhone(phone)
}

// checkCaller wants a name or a number, and keeps them as "name number".
func checkCaller(_ *Context, _ Answers, value string) (string, error) {
	name, phone := splitCaller(value)
	if name == "" && phone == "" {
		return "", desk.Refuse("log.bad_caller")
	}
	return strings.TrimSpace(name + " " + phone), nil
}

// splitCaller finds the number among what was typed: 5 to 15 figures together,
// also with spaces or hyphens, and perhaps a plus.
func splitCaller(text string) (name, phone string) {
	folded := desk.Fold(strings.Join(strings.Fields(text), " "))
	runes, start, figures := []rune(folded), -1, 0
	original := []rune(strings.Join(strings.Fields(text), " "))
	for i := 0; i <= len(runes); i++ {
		r := rune(0)
		if i < len(runes) {
			r = runes[i]
		}
		switch {
		case r >= '0' && r <= '9' || r == '+' && start < 0:
			if start < 0 {
				start, figures = i, 0
			}
			if r != '+' {
				figures++
			}
			continue
		case start >= 0 && (r == '-' || r == ' '):
			continue
		}
		if start >= 0 && figures >= 5 && figures <= 15 {
			phone = strings.Map(func(r rune) rune {
				if r == '-' || r == ' ' {
					return -1
				}
				return r
			}, string(runes[start:i]))
			name = string(original[:start]) + " " + string(original[i:])
			break
		}
		start = -1
	}
	if phone == "" {
		name = string(original)
	}
	name = strings.TrimFunc(name, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) })
	if !strings.ContainsFunc(name, letter) {
		name = ""
	}
	return strings.Join(strings.Fields(name), " "), phone
}
