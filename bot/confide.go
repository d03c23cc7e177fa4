package bot

import (
	"slices"

	"frontdesk/desk"
	"frontdesk/flows"
)

// confides passes what a person at risk goes on to write on to those who look after
// them: they were told that they can talk here. A menu in answer would be cold.
// Commands and forms that they begin themselves work as always.
func (t *turn) confides() bool {
	if t.in.Command != "" || t.in.Forwarded || t.in.Text == "" && len(t.in.Files) == 0 || wordCommand(t.in.Text) != "" {
		return false
	}
	for _, a := range slices.Backward(t.w.AlarmsOf(t.p.ID, t.w.Now().Add(-desk.ConfideFor))) {
		if a.Kind != desk.AlarmRisk || a.State != desk.AlarmTold {
			continue // One in doubt called nobody.
		}
		if conv, busy := t.conversation(); busy && conv.Started.After(a.At) {
			return false
		}
		return t.confide(a)
	}
	return false
}

func (t *turn) confide(a desk.Alarm) bool {
	l, ok := t.w.Ladder(a.Ladder)
	if !ok || a.Ladder == "" {
		return false
	}
	t.out.Add(desk.Confided(t.w, l, t.in.Text, t.in.Files))
	text := desk.T("danger.confided_open")
	if n := len(l.Answers); n > 0 {
		text = desk.T("danger.confided", "name", t.nameOf(l.Answers[n-1].Person))
	}
	t.out.Say(desk.Message{Chat: t.in.Address(), Lang: t.lang(), Lane: desk.LaneEmergency, Class: desk.ClassEmergency, Text: text})
	return true
}

// pressComfort lets who looks after a person at risk write to them.
func (t *turn) pressComfort(id string) error {
	l, ok := t.w.Ladder(id)
	if !ok || !l.MayComfort(t.w, t.p) || t.in.Chat.Kind != desk.ChatPrivate {
		return desk.Refuse("ladder.refused")
	}
	t.answer(desk.Text{})
	return t.start(flows.Comfort.Name, map[string][]string{"ladder": {id}})
}
