package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"
	"unicode/utf16"

	"frontdesk/desk"
	"frontdesk/storage"
)

// castOfMatrix is everybody who presses: what they are to the ticket of a cell,
// in the words of the transition table. It is written here by hand and knows
// nothing of the code that decides.
var castOfMatrix = []struct {
	id        string
	roles     []desk.Role
	suspended bool
	taker     bool // the ticket's taker is this one
	stranger  bool // the desk has never heard of them
	is        []string
}{
	{id: "colleague", roles: techOf("engineering"), is: []string{"department"}},
	{id: "taker", roles: techOf("engineering"), taker: true, is: []string{"department", "taker"}},
	{id: "everywhere", roles: techOf(), is: []string{"department", "offered"}},
	{id: "cleaner", roles: techOf("cleaning"), is: []string{"offered"}},
	{id: "guard", roles: techOf("security")},
	{id: "leaver", roles: techOf("cleaning"), taker: true, is: []string{"offered"}}, // taker, but no longer of the department
	{id: "gone_taker", roles: techOf("engineering"), taker: true, suspended: true},
	{id: "gone_operator", roles: roleOf(desk.RoleOperator), suspended: true},
	{id: "gone_admin", roles: roleOf(desk.RoleAdministrator), suspended: true},
	{id: "operator", roles: roleOf(desk.RoleOperator), is: []string{"desk", "taker"}},
	{id: "duty", roles: roleOf(desk.RoleDutyManager), is: []string{"desk", "manager", "taker"}},
	{id: "centre", roles: roleOf(desk.RoleCentreManager), is: []string{"desk", "manager", "taker"}},
	{id: "property", roles: roleOf(desk.RolePropertyManager), is: []string{"desk", "manager", "taker"}},
	{id: "admin", roles: roleOf(desk.RoleAdministrator), is: []string{"desk", "manager", "taker"}},
	{id: "caretaker", roles: roleOf(desk.RoleCaretaker)},
	{id: "caretaker5", roles: []desk.Role{{Name: desk.RoleCaretaker, Buildings: []string{"5"}}}}, // and the ticket is in building 3
	{id: "supervisor", roles: roleOf(desk.RoleSupervisor)},
	{id: "inspector", roles: roleOf(desk.RoleInspector)},
	{id: "requester", is: []string{"requester"}},
	{id: "filer", roles: roleOf(desk.RoleCaretaker), is: []string{"requester"}},
	{id: "neighbour"},
	{id: "stranger", stranger: true},
}

func roleOf(name desk.RoleName) []desk.Role { return []desk.Role{{Name: name}} }

func techOf(departments ...string) []desk.Role {
	return []desk.Role{{Name: desk.RoleTechnician, Departments: departments}}
}

// argsOfMatrix are what an action's own button carries.
var argsOfMatrix = map[desk.Action]string{
	desk.NotOurs: "cleaning", desk.Assign: "security", desk.PauseWork: "parts.1wd", desk.Reschedule: desk.AnyTime,
	desk.Rate: "good", desk.Wanting: "speed", desk.CallDone: "good", desk.Locate: "3-502",
}

// wordless need words that a press does not bring: it can only be refused.
var wordless = []desk.Action{desk.AddWords, desk.AddNote, desk.UsedParts}

var statesOfMatrix = []desk.State{
	desk.StateNew, desk.StateOffered, desk.StateTaken, desk.StateArrived, desk.StatePaused, desk.StateNoAccess,
	desk.StateDone, desk.StateClosed, desk.StateReworked, desk.StateCancelled,
}

// TestMatrix presses every action in every state as everybody, in private and
// in the group: whoever the table does not name is refused with a short answer,
// and nothing has changed.
func TestMatrix(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.gather()
	allowed := map[string][]string{} // who, by state and action
	var actions []desk.Action
	for _, cell := range desk.Table(desk.KindRepair) {
		allowed[string(cell.From)+" "+string(cell.Action)] = cell.Who
		if !slices.Contains(actions, cell.Action) {
			actions = append(actions, cell.Action)
		}
	}
	actions = append(actions, "steal", "open")
	cells, granted := 0, 0
	for _, state := range statesOfMatrix {
		for _, action := range actions {
			for _, who := range castOfMatrix {
				for _, chat := range []desk.ChatKind{desk.ChatGroup, desk.ChatPrivate} {
					if testing.Short() && chat == desk.ChatPrivate {
						continue
					}
					may := action != desk.Undo && slices.ContainsFunc(allowed[string(state)+" "+string(action)], func(capacity string) bool {
						return slices.Contains(who.is, capacity) && (capacity != "taker" || ticketOfMatrix(state, "x", o.now).Taker != "")
					})
					taker := "taker"
					if who.taker {
						taker = who.id
					}
					cell := fmt.Sprintf("%s presses %s of a %s ticket in a %s chat", who.id, action, state, chat)
					cells++
					if o.cell(cell, ticketOfMatrix(state, taker, o.now), who.id, chat, action, may && !slices.Contains(wordless, action)) {
						granted++
					}
				}
			}
		}
	}
	t.Logf("%d cells, %d granted", cells, granted)
	if granted < 300 {
		t.Errorf("only %d cells were granted: the matrix is not in the hard state", granted)
	}
}

// gather makes the cast, except the stranger. There is a residents' list, and
// none of them is on it: entry has to be confirmed.
func (o *office) gather() {
	o.t.Helper()
	listed := []desk.Resident{{Number: "1", Name: "Somebody"}}
	_, edition, err := storage.AllResidents(o.t.Context(), o.app.Store)
	if err == nil {
		err = storage.ReplaceResidents(o.t.Context(), o.app.Store, edition, listed, nil)
	}
	if err != nil {
		o.t.Fatal(err)
	}
	for _, who := range castOfMatrix {
		if who.stranger {
			continue
		}
		p := o.person(who.id, who.roles...)
		p.Suspended = who.suspended
		o.update(func(tx *storage.Tx) error { return storage.People.Put(tx, p) })
	}
}

// cell presses one button and tells whether it counted.
func (o *office) cell(name string, ticket desk.Ticket, who string, chat desk.ChatKind, action desk.Action, may bool) bool {
	o.t.Helper()
	o.reset(ticket)
	before, talksBefore := o.standing(ticket.ID)
	press := o.press(who, chat, desk.PressData(ticket.ID, action, argsOfMatrix[action]))
	after, talks := o.standing(ticket.ID)
	counted := after != before || talks != talksBefore
	answer, answered := o.answer(press)
	switch {
	case !answered:
		o.t.Errorf("%s: no answer", name)
	case counted && !may:
		o.t.Errorf("%s: counted, and must not: %s -> %s", name, before, after)
	case !counted && may:
		o.t.Errorf("%s: refused (%q), and may", name, answer.Drawn.Text)
	case !counted && (answer.Drawn.Text == "" || len(utf16.Encode([]rune(answer.Drawn.Text))) > 200):
		o.t.Errorf("%s: refused with %q", name, answer.Drawn.Text)
	}
	return counted
}

// standing is a ticket as it stands with its number of events, and how many
// conversations there are.
func (o *office) standing(id string) (ticket string, talks int) {
	o.view(func(tx *storage.Tx) error {
		t, _, err := storage.Tickets.Get(tx, id)
		if err != nil {
			return err
		}
		data, err := json.Marshal(t)
		if err != nil {
			return err
		}
		w := storage.NewWorld(tx, o.app.Site())
		ticket = fmt.Sprintf("%s with %d events", data, len(w.History(id)))
		return storage.Conversations.Scan(tx, storage.Range{}, func(desk.Conversation) error {
			talks++
			return nil
		})
	})
	return ticket, talks
}

// ticketOfMatrix is a ticket of engineering in a state, with what belongs to it.
func ticketOfMatrix(state desk.State, taker string, now time.Time) desk.Ticket {
	t := desk.Ticket{
		ID: "ticket" + string(state), Number: "R-1", Kind: desk.KindRepair, Category: "leak", Place: "3-502",
		Urgency: desk.Normal, Department: "engineering", Requester: "requester", FiledBy: "filer", Follower: "operator",
		State: state, Since: now, SaidAt: now, Created: now, Announced: now, Seq: 1,
		Recurs: true,
	}
	switch state {
	case desk.StateNew:
	case desk.StateOffered:
		t.Offered = "cleaning"
	default:
		t.Taker, t.TakenAt = taker, now
	}
	switch state {
	case desk.StatePaused:
		t.Pause = &desk.Pause{Reason: "resident", By: taker, At: now, Until: now.Add(time.Hour), From: desk.StateTaken}
	case desk.StateDone, desk.StateClosed:
		t.DoneAt, t.Call = now, &desk.Call{At: now}
	}
	return t
}
