package bot

import (
	"frontdesk/desk"
	"frontdesk/flows"
)

// talk handles what is said in a private chat: an answer to the question of a
// conversation, a reply to a card, a bare word, or a first sentence.
func (t *turn) talk() error {
	if conv, ok := t.conversation(); ok && !t.elsewhere(conv) {
		out, handled, err := flows.Continue(t.context(), conv, t.in)
		if err != nil || handled {
			t.out.Add(out)
			return err
		}
	}
	if name := wordCommand(t.in.Text); name != "" && len(t.in.Files) == 0 {
		if c, ok := findCommand(name); ok && c.May(t.p) {
			return t.runCommand(c, "")
		}
	}
	if ticket, ok := t.repliedTo(); ok {
		return t.replied(ticket)
	}
	if number := ticketNumber(t.in.Text); number != "" && len(t.in.Files) == 0 {
		if ticket, ok := t.w.TicketByNumber(number); ok {
			return t.look(ticket.ID)
		}
	}
	if handled, err := t.lookup(); handled || err != nil {
		return err
	}
	return t.first()
}

// elsewhere tells whether the words are plainly no answer to "what may we call
// you?": a cry for help, a command, or a sentence that the desk understands.
func (t *turn) elsewhere(conv desk.Conversation) bool {
	if conv.Flow != flows.Profile.Name || t.in.Kind != desk.InputText {
		return false
	}
	guesses := t.understand.Understand(t.in.Text, t.lang())
	name := wordCommand(t.in.Text)
	return t.alarmed || name != "" && name != "back" && name != "cancel" || len(guesses) > 0 && guesses[0].Score >= flows.Sure
}

// repliedTo is the ticket of the message that this one replies to.
func (t *turn) repliedTo() (desk.Ticket, bool) {
	if t.in.ReplyTo == "" {
		return desk.Ticket{}, false
	}
	if p, ok := t.w.PostAt(t.in.Address(), t.in.ReplyTo); ok && p.Ticket != "" {
		return t.w.Ticket(p.Ticket)
	}
	if d, ok := t.w.DeliveryAt(t.in.Address(), t.in.ReplyTo); ok && d.Ticket != "" {
		return t.w.Ticket(d.Ticket)
	}
	return desk.Ticket{}, false
}

// replied takes a reply to a card in private: from the taker a photo finishes
// the work, from anybody else words and photos are added.
func (t *turn) replied(ticket desk.Ticket) error {
	if ticket.Taker == t.p.ID && t.in.Kind == desk.InputPhoto {
		return t.finishWith(ticket)
	}
	out, err := desk.Act(t.w, ticket, desk.AddWords, t.actor(), desk.Args{
		Values: map[string]string{"text": t.in.Text}, Files: t.in.Files,
	})
	if err != nil {
		return err
	}
	t.out.Add(out)
	t.reply(desk.T("add.done", "number", ticket.Number))
	return nil
}

// first understands a first sentence. Unsure, it shows the choices: never
// silence, never a silent guess.
func (t *turn) first() error {
	if t.in.Kind == desk.InputPhoto || t.in.Kind == desk.InputFile {
		return t.flowWithFiles()
	}
	if t.in.Kind != desk.InputText {
		t.reply(desk.T("talk.kind"), t.choices()...)
		return nil
	}
	if t.in.Forwarded {
		// What somebody forwards is not their own statement: they are asked.
		t.reply(desk.T("talk.forwarded"), t.choices()...)
		return nil
	}
	guesses := t.understand.Understand(t.in.Text, t.lang())
	if t.alarmed && (len(guesses) == 0 || guesses[0].Score < flows.Sure || !known(guesses[0].Flow)) {
		return nil // the numbers and the duty manager were the answer
	}
	if len(guesses) == 0 {
		t.reply(desk.T("talk.unknown"), t.choices()...)
		return nil
	}
	best := guesses[0]
	if best.Score < flows.Sure {
		t.unsure(guesses)
		return nil
	}
	switch {
	case known(best.Flow):
		return t.start(best.Flow, best.Answers)
	case best.Flow == "operator":
		return t.human()
	case best.Flow == "greeting":
		t.reply(desk.T("start.hello", "site", t.site().Name, "hotlines", t.hotlines()), t.choices()...)
		return nil
	}
	if c, ok := findCommand(best.Flow); ok {
		return t.runCommand(c, "")
	}
	if best.Flow == "chase" {
		return t.chaseLast()
	}
	t.reply(desk.T("talk.unknown"), t.choices()...)
	return nil
}

// unsure offers the best guesses; nothing is done silently.
func (t *turn) unsure(guesses []flows.Guess) {
	var row []desk.Button
	for _, g := range guesses[:min(len(guesses), 2)] {
		if _, ok := findCommand(g.Flow); ok {
			row = append(row, desk.Button{Label: desk.T("button.cmd_" + g.Flow), Data: desk.CommandData(g.Flow)})
		}
	}
	if len(row) == 0 {
		t.reply(desk.T("talk.unknown"), t.choices()...)
		return
	}
	human := desk.Button{Label: desk.T("button.cmd_human"), Data: desk.CommandData("human")}
	t.reply(desk.T("talk.unknown"), row, desk.Row(human))
}

// flowWithFiles begins a repair with a photo that came first; its caption counts
// as words.
func (t *turn) flowWithFiles() error {
	if guesses := t.understand.Understand(t.in.Text, t.lang()); len(guesses) > 0 && known(guesses[0].Flow) {
		return t.start(guesses[0].Flow, guesses[0].Answers)
	}
	return t.start("repair", nil)
}

// human passes the wish for a person to the operator on duty.
func (t *turn) human() error {
	text := desk.T("human.operator", "name", t.p.Called(), "text", t.in.Text)
	operators := desk.OnDuty(t.w, string(desk.RoleOperator))
	if len(operators) == 0 {
		operators = desk.Managers(t.w, 0)
	}
	for _, p := range operators {
		t.out.Say(desk.Message{Person: p.ID, Text: text, Lane: desk.LaneInteractive, Class: desk.ClassNotice})
	}
	t.reply(desk.T("human.resident", "hotlines", t.hotlines()))
	return nil
}

// chaseLast chases the newest open ticket when somebody just writes 催一下.
func (t *turn) chaseLast() error {
	for _, ticket := range t.w.TicketsOf(t.p.ID, 5) {
		if !ticket.State.Open() {
			continue
		}
		out, err := desk.Act(t.w, ticket, desk.Chase, t.actor(), desk.Args{})
		if err != nil {
			return err
		}
		t.out.Add(out)
		t.reply(desk.T("pressed.chase", "number", ticket.Number))
		return nil
	}
	return t.cmdMy("")
}

// edited never changes anything silently: a changed message is not a statement
// that the desk acts on.
func (t *turn) edited() error {
	if t.in.Chat.Kind == desk.ChatPrivate {
		t.reply(desk.T("talk.edited"))
	}
	return nil
}

func known(flow string) bool {
	_, ok := flows.Find(flow)
	return ok
}
