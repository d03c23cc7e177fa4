package bot

import (
	"slices"
	"strings"

	"frontdesk/desk"
	"frontdesk/flows"
)

// press carries out a button. What the button carried is a token and is not
// trusted: who pressed, and what is allowed to them in the present state, is
// decided here each time.
func (t *turn) press() error {
	kind, parts := desk.SplitData(t.in.Press.Data)
	switch kind {
	case "f":
		return t.pressAnswer()
	case "t":
		return t.pressAction(parts[0], desk.Action(parts[1]), parts[2])
	case "m":
		return t.pressMenu(parts[0], parts[1])
	case "s":
		return t.pressStart(parts[0], parts[1])
	case "v":
		return t.pressLook(parts[0])
	case "c":
		return t.pressCommand(parts[0])
	case "e":
		return t.pressAlarm(parts[0], parts[1])
	case "g":
		if parts[1] == "say" {
			return t.pressComfort(parts[0])
		}
		return t.pressLadder(parts[0])
	case "i":
		return t.pressIncident(parts[0], parts[1])
	case "y":
		return t.pressTeach(parts[0], parts[1])
	case "verify":
		return t.pressVerify(parts[0], parts[1], parts[2])
	case "q":
		return t.pressFind(parts[0], parts[1], parts[2])
	case "o":
		return t.pressLookup(parts[0], parts[1])
	case "n":
		return t.pressUndelivered(parts[0], parts[1])
	case "j":
		return t.pressJoin(parts[0], parts[1])
	case "l", "u", "x", "r":
		return t.pressStaff(kind, parts[0], parts[1])
	}
	t.answer(desk.T("press.unknown"))
	return nil
}

// pressAnswer answers a question of a conversation. One that is over, or of
// another person, is stale: the engine says so.
func (t *turn) pressAnswer() error {
	conv, ok := t.conversation()
	if !ok || t.in.Chat.Kind != desk.ChatPrivate {
		t.out.Add(flows.Stale(t.context()))
		return nil
	}
	out, handled, err := flows.Continue(t.context(), conv, t.in)
	if err != nil {
		return err
	}
	if !handled {
		out = flows.Stale(t.context())
	}
	t.out.Add(out)
	return nil
}

// ticket finds the ticket of a button. An id that nobody has is a forged or
// very old button, and so is that of a case that the person must not know of.
func (t *turn) ticket(id string) (desk.Ticket, error) {
	ticket, ok := t.w.Ticket(id)
	if !ok || t.hidden(ticket) {
		return ticket, desk.Refuse("press.unknown")
	}
	return ticket, nil
}

// pressAction does something to a ticket. Actions that need more than the press
// begin a short conversation in private.
func (t *turn) pressAction(id string, a desk.Action, arg string) error {
	ticket, err := t.ticket(id)
	if err != nil {
		return err
	}
	if !a.Known() {
		return desk.Refuse("press.unknown")
	}
	args, flow := actionArgs(ticket, a, arg)
	if flow != "" {
		return t.begin(flow, ticket, arg, a)
	}
	out, err := desk.Act(t.w, ticket, a, t.actor(), args)
	if err != nil {
		return err
	}
	t.adopt(ticket)
	t.out.Add(out)
	t.after(ticket, out.Tickets[0], a, arg)
	return nil
}

// actionArgs reads what the button carried for the action; flow names the
// conversation that asks for the rest.
func actionArgs(ticket desk.Ticket, a desk.Action, arg string) (args desk.Args, flow string) {
	if ticket.Case != nil && a == desk.Finish {
		return desk.Args{}, "conclude"
	}
	switch a {
	case desk.NotOurs, desk.Assign:
		return desk.With("department", arg), ""
	case desk.PauseWork:
		reason, limit, _ := strings.Cut(arg, ".")
		if reason == "contractor" {
			return desk.Args{}, "pause_note"
		}
		return desk.With("reason", reason, "limit", limit), ""
	case desk.Finish:
		return desk.Args{}, "done"
	case desk.Cancel:
		if ticket.Checkout != nil {
			return desk.Args{}, "checkout_cancel"
		}
		return desk.Args{}, "cancel_ticket"
	case desk.Reschedule:
		return desk.With("slot", arg), ""
	case desk.RoomDone, desk.Locate:
		return desk.With("place", arg), ""
	case desk.Rate:
		return desk.With("rating", arg), ""
	case desk.Wanting:
		return desk.With("what", arg), ""
	case desk.CallDone:
		return desk.With("result", arg), ""
	case desk.DecideObjection:
		return desk.Args{}, flows.Decide.Name
	case desk.GoodsGone:
		return desk.With("n", arg), ""
	case desk.HandOn:
		return desk.With("person", arg), ""
	}
	return desk.Args{}, ""
}

// begin starts a conversation about a ticket, in private, if the action is open
// to the presser now. Somebody who never started the bot is led there.
func (t *turn) begin(flow string, ticket desk.Ticket, arg string, a desk.Action) error {
	if a != "" && !t.mayBegin(ticket, a) {
		_, err := desk.Act(t.w, ticket, a, t.actor(), desk.Args{})
		return err
	}
	if t.p.Unreachable != "" {
		t.open("d" + flowLetter(flow) + ticket.ID)
		return nil
	}
	answers := map[string][]string{"ticket": {ticket.ID}}
	if reason, limit, ok := strings.Cut(arg, "."); ok && flow == "pause_note" {
		answers["reason"], answers["limit"] = []string{reason}, []string{limit}
	}
	if flow == flows.Decide.Name && arg != "" {
		answers["decision"] = []string{arg}
	}
	if t.in.Press != nil && t.in.Chat.Kind == desk.ChatGroup {
		t.answer(desk.T("press.in_private"))
	}
	return t.start(flow, answers)
}

// flowsByLetter are the conversations that a start link can begin, by the
// letter in its payload: a payload is at most 64 characters.
var flowsByLetter = map[string]string{"d": "done", "n": "pause_note", "p": "parts", "a": "add", "w": "when", "c": "cancel_ticket", "k": "call"}

func flowLetter(flow string) string {
	for letter, name := range flowsByLetter {
		if name == flow {
			return letter
		}
	}
	return "v"
}

// flowActions are the actions that conversations about a ticket lead to.
var flowActions = map[string]desk.Action{
	"done": desk.Finish, "pause_note": desk.PauseWork, "parts": desk.UsedParts, "add": desk.AddWords,
	"when": desk.Reschedule, "cancel_ticket": desk.Cancel, "call": desk.CallDone,
	"checkout_move": desk.MoveSlot, "checkout_cancel": desk.Cancel,
	"reply": desk.Reply, "ask_back": desk.AskBack, "case_note": desk.AddNote, "conclude": desk.Finish,
	"inspect": desk.StartInspection, "object": desk.Object, "decide": desk.DecideObjection,
}

func (t *turn) pressStart(flow, id string) error {
	a, ok := flowActions[flow]
	if flow == desk.KindComplaint && id != "" {
		ticket, err := t.ticket(id)
		if err != nil || !t.owns(ticket) || t.in.Chat.Kind != desk.ChatPrivate {
			return desk.Refuse("press.unknown")
		}
		return t.start(flow, map[string][]string{"type": {desk.CaseManner}, "about": {desk.AboutTicket}, "own": {ticket.ID}})
	}
	if !ok {
		if id == "" && known(flow) {
			return t.start(flow, nil)
		}
		return desk.Refuse("press.unknown")
	}
	ticket, err := t.ticket(id)
	if err != nil {
		return err
	}
	a, _ = startAction(flow, ticket)
	if flow == "done" && ticket.Case != nil {
		flow = "conclude"
	}
	return t.begin(flow, ticket, "", a)
}

// adopt takes over a message that shows a card of which the desk does not know
// the message: sending it had an unknown outcome, and it did arrive.
func (t *turn) adopt(ticket desk.Ticket) {
	if _, known := t.w.PostAt(t.in.Address(), t.in.Press.Ref); known || t.in.Press.Ref == "" {
		return
	}
	for _, p := range t.w.Posts(ticket.ID) {
		isCard := p.Kind == desk.PostGroup || p.Kind == desk.PostMember
		if p.Ref == "" && p.Chat.Chat() == t.in.Address().Chat() && isCard && p.Gone == "" {
			p.Ref = t.in.Press.Ref
			t.out.Posts = append(t.out.Posts, p)
			return
		}
	}
}

// pressMenu opens a menu on the pressed card, for those who may use it.
func (t *turn) pressMenu(id, menu string) error {
	ticket, err := t.ticket(id)
	if err != nil {
		return err
	}
	post, ok := t.w.PostAt(t.in.Address(), t.in.Press.Ref)
	if !ok || post.Superseded {
		return &desk.UserError{Text: desk.Standing(t.w, ticket)}
	}
	if !t.mayOpen(ticket, menu) {
		_, err := desk.Act(t.w, ticket, firstOf(ticket, menu), t.actor(), desk.Args{})
		if err == nil {
			err = desk.Refuse("refuse.right", "number", ticket.Number)
		}
		return err
	}
	t.answer(desk.Text{})
	t.out.Menus = append(t.out.Menus, desk.MenuChange{Post: post.ID, Menu: menu})
	return nil
}

// menuActions are the actions that each menu offers.
var menuActions = map[string][]desk.Action{
	"not_ours": {desk.NotOurs}, "pause": {desk.PauseWork}, "assign": {desk.Assign},
	"more": {desk.GiveBack, desk.Finish, desk.NoAccess, desk.PauseWork, desk.NotOurs, desk.UsedParts, desk.Undo},
	"":     {desk.Take, desk.NotOurs, desk.Arrive, desk.PauseWork, desk.Finish, desk.Resume, desk.Assign, desk.GiveBack},
}

func (t *turn) mayOpen(ticket desk.Ticket, menu string) bool {
	name, _, _ := strings.Cut(menu, ".")
	return slices.ContainsFunc(menuActions[name], func(a desk.Action) bool { return desk.MayAct(ticket, a, t.p) })
}

func firstOf(ticket desk.Ticket, menu string) desk.Action {
	name, _, _ := strings.Cut(menu, ".")
	for _, a := range menuActions[name] {
		if desk.InTable(ticket, a) {
			return a
		}
	}
	return desk.Take
}
