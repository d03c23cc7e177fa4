package desk

import (
	"slices"
	"strings"
	"time"
)

// Alarm is danger that somebody wrote of: what was said, and what became of it.
// It is kept apart from any conversation, which goes on afterwards.
type Alarm struct {
	ID     string    `json:"id"`
	Person string    `json:"person"`
	Kind   string    `json:"kind"` // of package flows: fire, gas, ...
	Words  []string  `json:"words,omitempty"`
	Files  []File    `json:"files,omitempty"`
	Place  string    `json:"place,omitempty"` // empty while nobody knows
	Via    string    `json:"via"`
	SaidAt time.Time `json:"said_at,omitzero"`
	At     time.Time `json:"at"`
	State  string    `json:"state"`
	Ticket string    `json:"ticket,omitempty"`
}

// What becomes of an alarm.
const (
	AlarmAsked = "asked" // one tap is waited for
	AlarmTold  = "told"  // the duty manager was told without it
	AlarmSent  = "sent"  // people are on the way: Ticket
	AlarmFalse = "false" // nothing happened
)

// AlarmRisk is the kind of a person at risk: the duty manager's business alone.
const AlarmRisk = "risk"

const (
	// alarmWait is how long a tap is waited for before the duty manager is told
	// anyway.
	alarmWait = 60 * time.Second
	// AlarmOnce is for how long the same danger from the same person is the same.
	AlarmOnce = 10 * time.Minute
)

// securityDepartment is who goes where there is danger, if the site has it.
const securityDepartment = "security"

func alarmJob(id string) string { return "alarm/" + id }

// Raise keeps an alarm. A person at risk is told of at once, in private; anything
// else waits for one tap, and not long.
func Raise(w World, a Alarm) (Effects, Alarm) {
	a.ID, a.At, a.State = w.NewID(), w.Now(), AlarmAsked
	var out Effects
	if a.Kind == AlarmRisk {
		a.State = AlarmTold
		out.Add(alarmToManagers(w, a, T("danger.risk_manager", "name", callerName(w, a.Person))))
		a.Words = nil // They are the duty manager's alone, and nobody's statistics.
	} else {
		out.Jobs = append(out.Jobs, Job{Key: alarmJob(a.ID), Kind: jobAlarm.Name, Subject: a.ID, Due: w.Now().Add(alarmWait)})
	}
	out.Alarms = append(out.Alarms, a)
	return out, a
}

func callerName(w World, id string) string {
	p, _ := w.Person(id)
	return p.Called()
}

// SendHelp is the tap: an emergency to security and the duty manager at once, at
// any hour, past every limit. It does nothing twice.
func SendHelp(w World, a Alarm) (Effects, Ticket) {
	if a.State == AlarmSent {
		t, _ := w.Ticket(a.Ticket)
		return Effects{}, t
	}
	out, t := Open(w, Draft{
		Kind: KindEmergency, Category: a.Kind, Words: strings.Join(a.Words, "\n"), Files: a.Files, Place: a.Place,
		Requester: a.Person, Via: a.Via, SaidAt: a.SaidAt, Department: securityDepartment,
	})
	told := a.State == AlarmTold
	a.State, a.Ticket = AlarmSent, t.ID
	head := T("danger.manager_sent", "number", t.Number, "name", callerName(w, a.Person), "kind", T("danger.kind."+a.Kind))
	if told {
		head = Lines(head, T("danger.manager_now"))
	}
	out.Add(alarmToManagers(w, a, head))
	for i := range out.Messages {
		if out.Messages[i].Class == ClassEmergency {
			out.Messages[i].Ticket, out.Messages[i].Buttons = t.ID, lookButtons(t)
		}
	}
	out.Alarms = append(out.Alarms, a)
	out.Cancel = append(out.Cancel, alarmJob(a.ID))
	return out, t
}

// NoDanger is the other tap. Who was told hears of it.
func NoDanger(w World, a Alarm) Effects {
	var out Effects
	if a.State != AlarmAsked && a.State != AlarmTold {
		return out
	}
	if a.State == AlarmTold {
		out.Add(ToManagers(w, Message{
			Text: T("danger.manager_false", "name", callerName(w, a.Person), "kind", T("danger.kind."+a.Kind)),
			Lane: LaneEmergency, Class: ClassEmergency, Key: "alarm/" + a.ID + "/false",
		}))
	}
	a.State = AlarmFalse
	out.Alarms = append(out.Alarms, a)
	out.Cancel = append(out.Cancel, alarmJob(a.ID))
	return out
}

// alarmToManagers tells the duty manager what was said, where, and how the person
// can be reached.
func alarmToManagers(w World, a Alarm, head Text) Effects {
	p, _ := w.Person(a.Person)
	lines := []Text{head}
	switch s := w.Site(); {
	case a.Place != "":
		lines = append(lines, T("danger.place", "place", s.PlaceLabel(a.Place)))
	case p.Home != "":
		lines = append(lines, T("danger.home", "place", s.PlaceLabel(p.Home)))
	}
	if words := strings.Join(a.Words, "\n"); words != "" {
		lines = append(lines, quoted(words))
	}
	if p.Phone != "" {
		lines = append(lines, T("call.phone", "phone", p.Phone))
	}
	return ToManagers(w, Message{
		Text: Lines(lines...), Lane: LaneEmergency, Class: ClassEmergency, Key: "alarm/" + a.ID + "/" + a.State,
	})
}

// jobAlarm tells the duty manager of danger that nobody confirmed.
var jobAlarm = JobKind{
	Name: "alarm",
	Run: func(r Reader, j Job) (Effects, error) {
		a, ok := r.Alarm(j.Subject)
		if !ok || a.State != AlarmAsked {
			return Effects{}, nil
		}
		a.State = AlarmTold
		out := alarmToManagers(r, a, T("danger.manager", "name", callerName(r, a.Person), "kind", T("danger.kind."+a.Kind)))
		out.Alarms = append(out.Alarms, a)
		return out, nil
	},
}

// locate says where it is, once somebody knows: everybody who has the ticket is
// told.
func locate(x *turn) error {
	place := x.args.Get("place")
	if _, ok := x.site().Places.Get(place); !ok {
		return Refuse("place.unknown", "said", place)
	}
	x.t.Place = place
	text := T("danger.located", "number", x.t.Number, "place", x.place())
	told := Managers(x.w, 0)
	if p, ok := x.w.Person(x.t.Taker); ok && !slices.ContainsFunc(told, func(q Person) bool { return q.ID == p.ID }) {
		told = append(told, p)
	}
	for _, p := range told {
		if p.ID != x.actor.Person.ID {
			x.out.Say(Message{Person: p.ID, Ticket: x.t.ID, Lane: LaneEmergency, Class: ClassEmergency, Text: text, Buttons: lookButtons(x.t)})
		}
	}
	return nil
}
