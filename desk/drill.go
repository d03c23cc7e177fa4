package desk

import (
	"slices"
	"time"
)

// DrillFor is how long a drill waits for answers before it is reported.
const DrillFor = 5 * time.Minute

// DrillKind is the kind of danger that a drill tries when none is named.
const DrillKind = "fire"

// StartDrill tries the whole ladder of a kind at once, marked as an exercise for
// everybody who is called. It refuses a second one while one goes on, and a drill
// of a person at risk: that ladder is nobody's exercise.
func StartDrill(w World, kind string, by Person) (Effects, error) {
	if kind == "" {
		kind = DrillKind
	}
	if !slices.Contains(AlarmKinds, kind) || kind == AlarmRisk {
		return Effects{}, Refuse("drill.kind")
	}
	for _, l := range w.LaddersRunning() {
		if l.Drill {
			return Effects{}, Refuse("drill.running", "at", l.Began)
		}
		if l.Unconfirmed() {
			return Effects{}, Refuse("drill.unconfirmed")
		}
		if !l.private() {
			return Effects{}, Refuse("drill.real", "number", l.Number)
		}
	}
	return StartLadder(w, Ladder{Kind: kind, Drill: true, By: by.ID}, Told{}), nil
}

// answerDrill counts an answer. When everybody who was reached has answered the
// drill is over.
func answerDrill(w World, l Ladder, p Person) Effects {
	if slices.ContainsFunc(l.Answers, func(a Answered) bool { return p.Is(a.Person) }) || !l.Running() {
		return Effects{}
	}
	l.Answers = append(slices.Clone(l.Answers), Answered{Person: p.ID, At: w.Now()})
	if !slices.ContainsFunc(l.Called, func(c Called) bool { return c.Lost == "" && !l.answeredBy(w, c.Person) }) && l.hookDone(w) {
		return endDrill(w, l)
	}
	var out Effects
	l.keep(&out)
	return out
}

func (l Ladder) hookDone(w World) bool {
	return w.Site().Escalation.Webhook.IsZero() || !l.Hooked.IsZero()
}

func (l Ladder) answeredBy(w World, person string) bool {
	p, _ := w.Person(person)
	return slices.ContainsFunc(l.Answers, func(a Answered) bool { return p.Is(a.Person) })
}

// endDrill says that it is over, and tells whoever started it who answered after
// how long, who did not, who was not reached, and what the webhook said.
func endDrill(w World, l Ladder) Effects {
	l.Ended, l.End = w.Now(), LadderOver
	var out Effects
	l.keep(&out)
	by, _ := w.Person(l.By)
	out.Add(l.tellCalled(w, by, T("drill.over")))
	if l.By != "" { // From the command line nobody started it, and it prints the report.
		out.Say(Message{Person: l.By, Lane: LaneInteractive, Class: ClassNotice, Text: DrillReport(w, l)})
	}
	return out
}

// Reached counts who was called and could be written to.
func (l Ladder) Reached(w World) int {
	n := 0
	for _, c := range l.Called {
		if p, ok := w.Person(c.Person); ok && c.Lost == "" && reachable(p) {
			n++
		}
	}
	return n
}

// DrillReport is how a drill went.
func DrillReport(w World, l Ladder) Text {
	lines := []Text{T("drill.report", "kind", T("danger.kind."+l.Kind), "at", l.Began, "answered", len(l.Answers), "called", len(l.Called))}
	for _, a := range l.Answers {
		lines = append(lines, T("drill.answered", "name", nameOf(w, a.Person), "after", a.At.Sub(l.Began)))
	}
	for _, c := range l.Called {
		switch {
		case l.answeredBy(w, c.Person):
		case c.Lost != "", !reachable(person(w, c.Person)):
			lines = append(lines, T("drill.lost", "name", nameOf(w, c.Person)))
		default:
			lines = append(lines, T("drill.silent", "name", nameOf(w, c.Person)))
		}
	}
	switch {
	case w.Site().Escalation.Webhook.IsZero():
		lines = append(lines, T("drill.no_hook"))
	case !l.Hooked.IsZero():
		lines = append(lines, T("drill.hook", "after", l.Hooked.Sub(l.Began)))
	default:
		lines = append(lines, T("drill.hook_failed"))
	}
	return Lines(lines...)
}

func person(w World, id string) Person {
	p, _ := w.Person(id)
	return p
}
