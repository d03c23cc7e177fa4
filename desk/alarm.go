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
		return AtRisk(w, a)
	}
	out.Jobs = append(out.Jobs, Job{Key: alarmJob(a.ID), Kind: jobAlarm.Name, Subject: a.ID, Due: w.Now().Add(alarmWait)})
	out.Alarms = append(out.Alarms, a)
	return out, a
}

// AtRisk calls those who look after a person at risk, one by one in private. What
// was said is theirs alone, and nobody's statistics: it is not kept.
func AtRisk(w World, a Alarm) (Effects, Alarm) {
	out := StartLadder(w, Ladder{Kind: AlarmRisk, Alarm: a.ID, Reporter: a.Person}, Told{Words: strings.Join(a.Words, "\n")})
	a.State, a.Words, a.Files, a.Place = AlarmTold, nil, nil, ""
	out.Alarms = append(out.Alarms, a)
	out.Cancel = append(out.Cancel, alarmJob(a.ID))
	return out, a
}

func callerName(w World, id string) string {
	p, _ := w.Person(id)
	return p.Called()
}

// SendHelp is the tap: an emergency to security, the right department and the duty
// manager at once, at any hour, past every limit, until somebody answers. It does
// nothing twice.
func SendHelp(w World, a Alarm) (Effects, Ticket) {
	if a.State == AlarmSent {
		t, _ := w.Ticket(a.Ticket)
		return Effects{}, t
	}
	words := strings.Join(a.Words, "\n")
	out, t := Open(w, Draft{
		Kind: KindEmergency, Category: a.Kind, Words: words, Files: a.Files, Place: a.Place,
		Requester: a.Person, Via: a.Via, SaidAt: a.SaidAt, Department: securityDepartment,
	})
	a.State, a.Ticket = AlarmSent, t.ID
	out.Add(StartLadder(w, ladderOf(t), Told{Words: words, Seen: out}))
	out.Alarms = append(out.Alarms, a)
	out.Cancel = append(out.Cancel, alarmJob(a.ID))
	return out, t
}

// ladderOf is a new ladder of a ticket.
func ladderOf(t Ticket) Ladder {
	return Ladder{Kind: t.Category, Ticket: t.ID, Number: t.Number, Place: t.Place, Reporter: t.Requester}
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
		for i := range out.Messages {
			if out.Messages[i].Person != "" {
				out.Messages[i].Buttons = [][]Button{Row(
					Button{Label: T("button.send_help"), Data: AlarmData(a.ID, "yes")},
					Button{Label: T("button.no_danger"), Data: AlarmData(a.ID, "no")})}
			}
		}
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
	if l, ok := x.w.LadderOf(x.t.ID); ok {
		x.out.Add(l.located(x.w, place, x.actor.Person))
	}
	text := T("danger.located", "number", x.t.Number, "place", x.place())
	told := Managers(x.w, 0)
	if p, ok := x.w.Person(x.t.Taker); ok && !slices.ContainsFunc(told, func(q Person) bool { return q.ID == p.ID }) {
		told = append(told, p)
	}
	for _, p := range told {
		already := slices.ContainsFunc(x.out.Messages, func(m Message) bool { return m.Person == p.ID })
		if p.ID != x.actor.Person.ID && !already {
			x.out.Say(Message{Person: p.ID, Ticket: x.t.ID, Lane: LaneEmergency, Class: ClassEmergency, Text: text, Buttons: lookButtons(x.t)})
		}
	}
	return nil
}
