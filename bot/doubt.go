package bot

import (
	"slices"
	"time"

	"frontdesk/desk"
	"frontdesk/flows"
)

// doubt asks one gentle question, beside the ordinary answer, about words that may
// speak of danger and may not. Who taps sends people; who does not has lost nothing,
// and nobody else hears of it. Those who work here know the word for an emergency.
func (t *turn) doubt() {
	if t.in.Text == "" || t.in.Forwarded || t.in.Command != "" || t.p.Employee() || wordCommand(t.in.Text) != "" {
		return
	}
	kind, _ := t.understand.Doubt(t.in.Text)
	if kind == "" || kind != flows.DangerRisk && t.offersUrgent() || t.alarmed() {
		return
	}
	out, a := desk.Doubt(t.w, desk.Alarm{
		Person: t.p.ID, Kind: kind, Words: []string{t.in.Text}, Files: t.in.Files, Via: t.in.Channel, SaidAt: t.in.At,
		Place: t.placeIn(t.in.Text),
	})
	t.out.Add(out)
	text, yes := desk.T("danger.doubt"), desk.T("button.urgent")
	if kind == flows.DangerRisk {
		text, yes = desk.T("danger.doubt_risk"), desk.T("button.reach_me")
	}
	t.reply(text, desk.Row(
		desk.Button{Label: yes, Data: desk.AlarmData(a.ID, "yes")},
		desk.Button{Label: desk.T("button.not_danger"), Data: desk.AlarmData(a.ID, "no")}))
}

// alarmed tells whether the person was asked a moment ago, or is in an emergency that
// goes on: their words are passed on to those who go.
func (t *turn) alarmed() bool {
	now := t.w.Now()
	return slices.ContainsFunc(t.w.AlarmsOf(t.p.ID, now.Add(-24*time.Hour)), func(a desk.Alarm) bool {
		ticket, sent := t.w.Ticket(a.Ticket)
		if a.Kind == desk.AlarmRisk && a.State == desk.AlarmTold && a.At.After(now.Add(-desk.ConfideFor)) {
			return true
		}
		return a.At.After(now.Add(-desk.AlarmOnce)) || sent && ticket.State.Open()
	})
}

// offersUrgent tells whether the answer has a button already that says how urgent
// it is: two of them side by side would puzzle.
func (t *turn) offersUrgent() bool {
	for _, m := range t.out.Messages {
		for _, b := range slices.Concat(m.Buttons...) {
			if b.Label.Key == "option.urgent" || b.Label.Key == "option.urgent_leak" {
				return true
			}
		}
	}
	return false
}

// undoubt is the tap on that question.
func (t *turn) undoubt(a desk.Alarm, what string) {
	switch {
	case what != "yes":
		t.replace(desk.T("danger.closed"))
	case a.Kind == desk.AlarmRisk:
		out, _ := desk.AtRisk(t.w, a)
		t.out.Add(out)
		t.urgently(desk.Lines(t.firstLines(a.Kind), desk.T("danger.risk_told")))
	default:
		t.send(a)
	}
}
