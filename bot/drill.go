package bot

import (
	"strings"

	"frontdesk/desk"
)

// cmdDrill tries the whole ladder of a kind of danger, marked as an exercise.
func (t *turn) cmdDrill(arg string) error {
	out, err := desk.StartDrill(t.w, strings.ToLower(strings.TrimSpace(arg)), t.p)
	if err != nil {
		return err
	}
	t.out.Add(out)
	l := out.Emergency.Ladders[0]
	t.reply(desk.T("drill.started", "kind", desk.T("danger.kind."+l.Kind), "n", len(l.Called), "for", desk.DrillFor))
	return nil
}

// pressLadder is the word of somebody who was called that they come.
func (t *turn) pressLadder(id string) error {
	l, ok := t.w.Ladder(id)
	if !ok {
		return desk.Refuse("press.unknown")
	}
	out, err := desk.Respond(t.w, l, t.actor())
	if err != nil {
		return err
	}
	t.out.Add(out)
	switch {
	case l.Drill:
		t.answer(desk.T("drill.thanks", "after", t.w.Now().Sub(l.Began)))
	case l.Kind == desk.AlarmRisk:
		t.answer(desk.T("ladder.risk_thanks"))
	case l.Unconfirmed():
		t.answer(desk.T("ladder.checking_thanks"))
	default:
		t.answer(desk.T("ladder.thanks", "number", l.Number))
	}
	if t.in.Chat.Kind == desk.ChatPrivate {
		t.afterGoing(l)
	}
	return nil
}

// afterGoing takes the button away from whoever pressed it in private.
func (t *turn) afterGoing(l desk.Ladder) {
	reporter, _ := t.w.Person(l.Reporter)
	switch {
	case l.Drill:
		t.replace(desk.T("drill.thanks", "after", t.w.Now().Sub(l.Began)))
	case l.Kind == desk.AlarmRisk:
		lines := []desk.Text{desk.T("ladder.risk_yours", "name", reporter.Called())}
		if reporter.Phone != "" {
			lines = append(lines, desk.T("call.phone", "phone", reporter.Phone))
		}
		t.replace(desk.Lines(lines...), desk.Row(desk.Button{Label: desk.T("button.comfort"), Data: desk.LadderData(l.ID, "say")}))
	case l.Unconfirmed():
		head := desk.T("ladder.checking_yours", "name", reporter.Called(), "kind", desk.T("danger.kind."+l.Kind))
		t.replace(desk.Lines(append([]desk.Text{head}, l.Said(t.w)...)...), desk.CheckButtons(l.Alarm))
	default:
		lines := []desk.Text{desk.T("ladder.yours", "number", l.Number, "kind", desk.T("danger.kind."+l.Kind), "place", t.placeOf(l))}
		if reporter.ID != "" {
			lines = append(lines, desk.T("ladder.reporter", "name", reporter.Called()))
		}
		if reporter.Phone != "" {
			lines = append(lines, desk.T("call.phone", "phone", reporter.Phone))
		}
		row := desk.Row(desk.Button{Label: desk.T("button.look"), Data: desk.LookData(l.Ticket)})
		if t.p.Manages() {
			row = append(row, desk.Button{Label: desk.T("button.incident_new"), Data: desk.IncidentData("t."+l.Ticket, "new")})
		}
		t.replace(desk.Lines(lines...), row)
	}
}

func (t *turn) placeOf(l desk.Ladder) desk.Text {
	if l.Place == "" {
		return desk.T("card.no_place")
	}
	return desk.T("label", "label", t.site().PlaceLabel(l.Place))
}
