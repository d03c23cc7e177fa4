package desk

import (
	"slices"
	"time"
)

// Escalation is how an emergency is carried on until somebody answers it.
type Escalation struct {
	// After is how long a step that has no time of its own waits for an answer.
	After time.Duration
	// Ladders are the steps by kind of danger; a kind without any has those of
	// DefaultLadder.
	Ladders map[string][]Step
	// Webhook is where the last rung goes: it is the zero address at a site that has
	// none.
	Webhook Address
}

// Step is one rung of a ladder: who is called together, by role or by department,
// and how long an answer is waited for before the next is called.
type Step struct {
	Call  []string
	After time.Duration // zero: Escalation.After
}

// WebhookAddress is the address of the last rung.
var WebhookAddress = Address{Channel: "webhook", ID: "escalation"}

// Kinds of danger that rules name; all of them are AlarmKinds.
const (
	// AlarmRisk is a person at risk: told of in private alone, and counted nowhere.
	AlarmRisk = "risk"
	// AlarmOther is an emergency of which nobody knows yet what it is.
	AlarmOther = "other"
)

// AlarmKinds lists the kinds of danger, the gravest first.
var AlarmKinds = []string{
	AlarmRisk, "fire", "gas", "shock", "sparks", "trapped", "injury", "poison", "fight", "missing", "harassment", "theft",
	"flood", AlarmOther,
}

// DefaultLadder are the steps of a kind at a site that names none: security, the
// department that can do something, and the duty manager at once, and then a level
// of managers after the other.
func DefaultLadder(kind string) []Step {
	first := []string{securityDepartment, string(RoleDutyManager)}
	switch kind {
	case AlarmRisk:
		first = []string{string(RoleDutyManager), string(RoleCounsellor), string(RoleSecurityLead)}
	case "fire", "gas", "shock", "sparks", "trapped", "flood":
		first = append(first, "engineering")
	case "injury", "poison":
		first = append(first, string(RoleClinic))
	case "missing", "harassment":
		first = append(first, string(RoleCounsellor))
	}
	return []Step{{Call: first}, {Call: []string{string(RoleCentreManager)}}, {Call: []string{string(RolePropertyManager)}}}
}

// Steps are the rungs of a kind of danger at the site, without the last one. The
// first always has the duty manager.
func (s *Site) Steps(kind string) []Step {
	steps := s.Escalation.Ladders[kind]
	if len(steps) == 0 {
		steps = DefaultLadder(kind)
	}
	steps = slices.Clone(steps)
	if !slices.Contains(steps[0].Call, string(RoleDutyManager)) {
		steps[0].Call = append(slices.Clone(steps[0].Call), string(RoleDutyManager))
	}
	for i := range steps {
		if steps[i].After <= 0 {
			steps[i].After = s.Escalation.patience()
		}
	}
	return steps
}

func (e Escalation) patience() time.Duration {
	if e.After > 0 {
		return e.After
	}
	return 3 * time.Minute
}

// Ladder is an emergency while somebody is sought who answers: who was called, who
// is next, and how it ended. One without a ticket is of a person at risk, of an alarm
// that nobody has confirmed, or a drill.
type Ladder struct {
	ID       string `json:"id"`
	Kind     string `json:"kind"`
	Ticket   string `json:"ticket,omitempty"`
	Number   string `json:"number,omitempty"` // of the ticket
	Alarm    string `json:"alarm,omitempty"`
	Place    string `json:"place,omitempty"`
	Reporter string `json:"reporter,omitempty"`
	// Drill marks an exercise: By started it, and hears how it went.
	Drill bool   `json:"drill,omitempty"`
	By    string `json:"by,omitempty"`

	Began time.Time `json:"began"`
	// Step is the rung that is called at Due, in a Round from 0; the number of steps
	// is the webhook.
	Step  int       `json:"step"`
	Round int       `json:"round"`
	Due   time.Time `json:"due"`
	// Called is everybody who was called, each once, in order; Groups the groups.
	Called []Called  `json:"called,omitempty"`
	Groups []Address `json:"groups,omitempty"`
	// Heard is when the first call arrived anywhere. Everybody says that nothing had
	// arrived in time, so that all rungs were called at once.
	Heard     time.Time `json:"heard,omitzero"`
	Everybody bool      `json:"everybody,omitempty"`
	// Answers are those who said that they come, in order.
	Answers []Answered `json:"answers,omitempty"`
	// Hooked is when the webhook took a call, HookWhy why it took none at last.
	Hooked  time.Time `json:"hooked,omitzero"`
	HookWhy string    `json:"hook_why,omitempty"`

	Ended time.Time `json:"ended,omitzero"`
	End   string    `json:"end,omitempty"`
}

// Called is somebody who was called.
type Called struct {
	Person string    `json:"person"`
	At     time.Time `json:"at"`
	// Lost says why nothing reached them.
	Lost string `json:"lost,omitempty"`
}

// Answered is somebody who said that they come.
type Answered struct {
	Person string    `json:"person"`
	At     time.Time `json:"at"`
}

// How a ladder ends.
const (
	LadderAnswered = "answered"
	LadderFalse    = "false"
	LadderOver     = "over" // its ticket ended, or a drill its time
)

const (
	// unheardAfter is how long a call may take to arrive anywhere before all are
	// called: with the time of one more attempt it is below the minute within which
	// somebody has to be reached.
	unheardAfter = 15 * time.Second
	// LoudAfter is when an emergency that reached nobody is an error.
	LoudAfter = 45 * time.Second
)

// Running tells whether somebody is still sought.
func (l Ladder) Running() bool { return l.ID != "" && l.Ended.IsZero() }

// Unheard tells whether the emergency should have reached somebody by now and did
// not.
func (l Ladder) Unheard(now time.Time) bool {
	return l.Running() && !l.Drill && l.Heard.IsZero() && now.Sub(l.Began) >= LoudAfter
}

// WasCalled tells whether the person was called.
func (l Ladder) WasCalled(p Person) bool {
	return slices.ContainsFunc(l.Called, func(c Called) bool { return p.Is(c.Person) })
}

// private tells whether it is nobody's business but of those who are called.
func (l Ladder) private() bool { return l.Kind == AlarmRisk }

// ladderKind is the kind of the job of a ladder.
const ladderKind = "ladder"

func ladderJob(id string) string { return ladderKind + "/" + id }

// next is when the desk looks at it again: when the next rung is due, or earlier
// whether anything arrived.
func (l Ladder) next() time.Time {
	if l.Heard.IsZero() && !l.Everybody {
		if look := l.Began.Add(unheardAfter); look.Before(l.Due) {
			return look
		}
	}
	return l.Due
}

// keep writes it down and sets its job, or removes that of one that has ended.
func (l Ladder) keep(out *Effects) {
	out.Emergency.Ladders = append(out.Emergency.Ladders, l)
	if !l.Running() {
		out.Cancel = append(out.Cancel, ladderJob(l.ID))
		return
	}
	out.Jobs = append(out.Jobs, Job{Key: ladderJob(l.ID), Kind: ladderKind, Subject: l.ID, Due: l.next()})
}

// StartLadder calls the first rung, whatever the hour. said is what those who are
// called are told beside what and where.
func StartLadder(w World, l Ladder, said Told) Effects {
	l.ID, l.Began = w.NewID(), w.Now()
	if before, ok := w.LadderOf(l.Ticket); ok && !l.Began.After(before.Began) {
		l.Began = before.Began.Add(1) // The newest counts, also where time stands still.
	}
	var out Effects
	if l.Drill {
		out = callEverybody(w, &l)
		l.Due = w.Now().Add(DrillFor)
	} else {
		out = callNext(w, &l, said)
	}
	l.keep(&out)
	return out
}

// callNext calls the rung whose turn it is, and the next ones at once as long as
// there is nobody on them. Behind the last it begins anew: a ladder ends by an
// answer and not by being at its end.
func callNext(w World, l *Ladder, said Told) Effects {
	var out Effects
	steps := l.steps(w.Site())
	for range len(steps) + 1 {
		reached, after := false, time.Duration(0)
		if l.Step < len(steps) {
			step := steps[l.Step]
			after = step.After
			out, reached = added(out, l.callStep(w, step, said))
		} else {
			after = w.Site().Escalation.patience()
			out, reached = added(out, l.callHook(w))
		}
		l.Due = w.Now().Add(after)
		if l.Step++; l.Step > len(steps) {
			l.Step, l.Round = 0, l.Round+1
		}
		if reached {
			return out
		}
	}
	return out
}

// added joins effects, and tells whether they call anybody.
func added(all, b Effects) (Effects, bool) {
	all.Add(b)
	return all, slices.ContainsFunc(b.Messages, func(m Message) bool { return m.Ladder != "" })
}

// callEverybody calls all rungs and the webhook at once.
func callEverybody(w World, l *Ladder) Effects {
	var out Effects
	for _, step := range l.steps(w.Site()) {
		out.Add(l.callStep(w, step, Told{}))
	}
	out.Add(l.callHook(w))
	l.Everybody = true
	return out
}

// jobLadder calls the next rung, or all of them when nothing has arrived anywhere.
var jobLadder = JobKind{
	Name: ladderKind,
	Run: func(r Reader, j Job) (Effects, error) {
		l, ok := r.Ladder(j.Subject)
		if !ok || !l.Running() {
			return Effects{}, nil
		}
		if l.Drill {
			return endDrill(r, l), nil
		}
		var out Effects
		switch now := r.Now(); {
		case l.Heard.IsZero() && !l.Everybody && now.Sub(l.Began) >= unheardAfter:
			out = callEverybody(r, &l)
			l.Step, l.Round, l.Due = 0, l.Round+1, now.Add(r.Site().Escalation.patience())
		case !now.Before(l.Due):
			first := l.Round == 0
			out = callNext(r, &l, Told{})
			if first && l.Round > 0 {
				out.Add(l.tellReporter(r, T("ladder.nobody_yet", "hotlines", hotlines(r.Site()))))
			}
		}
		l.keep(&out)
		return out, nil
	},
}

// LadderLost says that a call to somebody did not arrive. When nothing arrived
// anywhere so far, all rungs are called now.
func LadderLost(w World, id, person, why string) Effects {
	var out Effects
	l, ok := w.Ladder(id)
	if !ok || !l.Running() {
		return out
	}
	l.Called = slices.Clone(l.Called)
	for i, c := range l.Called {
		if c.Person == person {
			l.Called[i].Lost = why
		}
	}
	if l.Heard.IsZero() && !l.Everybody && !l.Drill {
		out = callEverybody(w, &l)
		l.Step, l.Round, l.Due = 0, l.Round+1, w.Now().Add(w.Site().Escalation.patience())
	}
	l.keep(&out)
	return out
}

func hotlines(s *Site) []Text {
	var list []Text
	for _, h := range s.Hotlines {
		list = append(list, T("hotline", "label", h.Label, "phone", h.Number))
	}
	return list
}
