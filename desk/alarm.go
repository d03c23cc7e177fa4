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
	// Ladder is the call to the managers while nobody has confirmed it, or for a person
	// at risk.
	Ladder string `json:"ladder,omitempty"`
}

// What becomes of an alarm.
const (
	AlarmAsked = "asked" // one tap is waited for
	AlarmTold  = "told"  // the managers are called without it
	AlarmSent  = "sent"  // people are on the way: Ticket
	AlarmFalse = "false" // nothing happened
)

const (
	// alarmWait is how long a tap is waited for before the managers are called
	// anyway, the duty manager first.
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
	ladder := out.Emergency.Ladders[0].ID
	out.Add(stopChecking(w, a, LadderOver, Person{}, Text{}, Text{}))
	a.State, a.Words, a.Files, a.Place, a.Ladder = AlarmTold, nil, nil, "", ladder
	out.Alarms = append(out.Alarms, a)
	out.Cancel = append(out.Cancel, alarmJob(a.ID))
	return out, a
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
	out.Add(stopChecking(w, a, LadderOver, Person{}, Text{}, Text{}))
	a.State, a.Ticket = AlarmSent, t.ID
	if t.Incident == "" {
		out.Add(StartLadder(w, ladderOf(t), Told{Words: words, Seen: out}))
	}
	out.Alarms = append(out.Alarms, a)
	out.Cancel = append(out.Cancel, alarmJob(a.ID))
	return out, t
}

// ladderOf is a new ladder of a ticket.
func ladderOf(t Ticket) Ladder {
	return Ladder{Kind: t.Category, Ticket: t.ID, Number: t.Number, Place: t.Place, Reporter: t.Requester}
}

// NoDanger is the other tap: of who said it, or of a manager who looked into it. Who
// was called hears of it.
func NoDanger(w World, a Alarm, by Person) Effects {
	var out Effects
	if a.State != AlarmAsked && a.State != AlarmTold {
		return out
	}
	out.Add(stopChecking(w, a, LadderFalse, by,
		T("danger.manager_false", "name", by.Called(), "kind", T("danger.kind."+a.Kind)), T("danger.closed_reporter", "name", by.Called())))
	a.State = AlarmFalse
	out.Alarms = append(out.Alarms, a)
	out.Cancel = append(out.Cancel, alarmJob(a.ID))
	return out
}

// jobAlarm has the managers look into danger that nobody confirmed, until one of them
// does.
var jobAlarm = JobKind{
	Name: "alarm",
	Run: func(r Reader, j Job) (Effects, error) {
		a, ok := r.Alarm(j.Subject)
		if !ok || a.State != AlarmAsked {
			return Effects{}, nil
		}
		return callToCheck(r, a), nil
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
