package desk

import (
	"strings"
	"time"
)

// Unconfirmed tells whether it calls for danger that somebody wrote of and nobody has
// confirmed: the managers are called one after the other, and no group.
func (l Ladder) Unconfirmed() bool { return l.Alarm != "" && l.Ticket == "" && !l.private() }

// steps are the rungs of the ladder, without the last one.
func (l Ladder) steps(s *Site) []Step {
	if !l.Unconfirmed() {
		return s.Steps(l.Kind)
	}
	var list []Step
	for _, role := range escalation {
		list = append(list, Step{Call: []string{string(role)}, After: s.Escalation.patience()})
	}
	return list
}

// callToCheck begins to call the managers for an alarm that nobody has confirmed.
func callToCheck(w World, a Alarm) Effects {
	out := StartLadder(w, Ladder{Kind: a.Kind, Alarm: a.ID, Place: a.Place, Reporter: a.Person}, Told{})
	a.State, a.Ladder = AlarmTold, out.Emergency.Ladders[0].ID
	out.Alarms = append(out.Alarms, a)
	return out
}

// stopChecking ends the call for an alarm that nobody had confirmed. Whoever was
// called hears why, unless they are called to the emergency itself.
func stopChecking(w World, a Alarm, how string, by Person, text, reporter Text) Effects {
	l, ok := w.Ladder(a.Ladder)
	if !ok || a.Ladder == "" {
		return Effects{}
	}
	return l.end(w, how, by, text, reporter)
}

// askToCheck is the call to a manager: what was said, where, and how the person can
// be reached.
func (l *Ladder) askToCheck(w World) Message {
	waited := w.Now().Sub(l.Began).Round(time.Minute)
	head := T("danger.manager", "name", nameOf(w, l.Reporter), "kind", T("danger.kind."+l.Kind))
	if waited > 0 {
		head = T("danger.manager_again", "name", nameOf(w, l.Reporter), "kind", T("danger.kind."+l.Kind), "waited", waited)
	}
	return Message{
		Ladder: l.ID, Lane: LaneEmergency, Class: ClassEmergency, Text: Lines(append([]Text{head}, l.Said(w)...)...),
		Buttons: [][]Button{Row(Button{Label: T("button.check"), Data: LadderData(l.ID, "go")}), CheckButtons(l.Alarm)},
	}
}

// CheckButtons are what a manager can do about an alarm that nobody has confirmed.
func CheckButtons(alarm string) []Button {
	return Row(Button{Label: T("button.send_help"), Data: AlarmData(alarm, "yes")},
		Button{Label: T("button.no_danger"), Data: AlarmData(alarm, "no")})
}

// Said is where the danger of an unconfirmed alarm is, what was said of it, and the
// number of whoever said it.
func (l Ladder) Said(w World) []Text {
	a, _ := w.Alarm(l.Alarm)
	p, _ := w.Person(l.Reporter)
	var lines []Text
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
	return lines
}

// MoreSaid passes further words about an alarm on to whoever looks into it.
func MoreSaid(w World, a Alarm, words string, files []File) Effects {
	var out Effects
	l, ok := w.Ladder(a.Ladder)
	if !ok || a.State != AlarmTold || len(l.Answers) == 0 {
		return out
	}
	out.Say(Message{
		Person: l.Answers[0].Person, Lane: LaneEmergency, Class: ClassEmergency, Photos: files,
		Text: Lines(T("danger.manager_more", "name", nameOf(w, a.Person)), quoted(words)),
	})
	return out
}
