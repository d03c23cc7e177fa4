package main

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"frontdesk/desk"
)

// castOfCase is what those of castOfMatrix are to a complaint of "requester" about
// a technician of engineering, from the duty manager's level on; who is not named
// must not even learn that there is one.
var castOfCase = map[string][]string{
	"requester": {"requester"}, "duty": {"handler"}, "centre": {"handler"}, "property": {"handler"}, "supervisor": {"reader"},
}

// wordlessCase need words that a press does not bring.
var wordlessCase = []desk.Action{desk.Reply, desk.AskBack, desk.Analyse, desk.AddNote, desk.AddWords}

// TestMatrixOfCases presses every action on a complaint in every state as
// everybody: whoever the table does not name is refused, and nothing has changed;
// whoever must not know of it is told what is told of a button of nothing.
func TestMatrixOfCases(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.gather()
	allowed := map[string][]string{}
	var actions []desk.Action
	for _, cell := range desk.Table(desk.KindComplaint) {
		allowed[string(cell.From)+" "+string(cell.Action)] = cell.Who
		if !slices.Contains(actions, cell.Action) {
			actions = append(actions, cell.Action)
		}
	}
	actions = append(actions, desk.Assign, desk.NotOurs, desk.MakeUrge, "steal")
	nothing := o.press("colleague", desk.ChatPrivate, desk.PressData("nothing", desk.Take, ""))
	unknown, _ := o.answer(nothing)
	cells, granted := 0, 0
	states, least := []desk.State{desk.StateNew, desk.StateTaken, desk.StateDone, desk.StateClosed, desk.StateCancelled}, 25
	if testing.Short() {
		states, least = []desk.State{desk.StateNew, desk.StateDone}, 12
	}
	for _, state := range states {
		for _, action := range actions {
			for _, who := range castOfMatrix {
				may := action != desk.Undo && !slices.Contains(wordlessCase, action) &&
					slices.ContainsFunc(allowed[string(state)+" "+string(action)], func(capacity string) bool {
						return slices.Contains(castOfCase[who.id], capacity)
					})
				ticket := caseOfMatrix(state, o.now)
				cell := fmt.Sprintf("%s presses %s of a %s complaint", who.id, action, state)
				cells++
				if o.cell(cell, ticket, who.id, desk.ChatPrivate, action, may) {
					granted++
				}
				if castOfCase[who.id] != nil {
					continue
				}
				press := o.press(who.id, desk.ChatPrivate, desk.PressData(ticket.ID, action, argsOfMatrix[action]))
				if answer, _ := o.answer(press); answer.Drawn.Text != unknown.Drawn.Text {
					t.Errorf("%s: told %q, and %q of a button of nothing", cell, answer.Drawn.Text, unknown.Drawn.Text)
				}
			}
		}
	}
	t.Logf("%d cells, %d granted", cells, granted)
	if granted < least {
		t.Errorf("only %d cells were granted: the matrix is not in the hard state", granted)
	}
}

func caseOfMatrix(state desk.State, now time.Time) desk.Ticket {
	t := desk.Ticket{
		ID: "case" + string(state), Number: "C-1", Kind: desk.KindComplaint, Requester: "requester", State: state, Since: now, SaidAt: now, Created: now,
		Seq: 1, DoneAt: now, Call: &desk.Call{At: now},
		Case: &desk.Case{
			Type: desk.CaseManner, About: desk.About{Kind: desk.AboutPerson, Said: "王师傅"}, Against: []string{"taker"}, Teams: []string{"engineering"},
			ReplyBy: now.Add(time.Minute), RepliedAt: now,
		},
	}
	if state != desk.StateNew {
		t.Taker = "duty"
	}
	return t
}
