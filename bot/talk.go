package bot

import (
	"slices"

	"frontdesk/desk"
	"frontdesk/flows"
)

// talk handles what is said in a private chat: an answer to the question of a
// conversation, a reply to a card, a bare word, or a first sentence.
func (t *turn) talk() error {
	if t.confides() || t.aboutAlarm() {
		return nil
	}
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
		if ticket, ok := t.byNumber(number); ok {
			return t.look(ticket.ID)
		}
	}
	if handled, err := t.lookup(); handled || err != nil {
		return err
	}
	if t.moreOfAlarm() {
		return nil
	}
	return t.first()
}

// elsewhere tells whether the words are plainly no answer to "what may we call
// you?": a command, or a sentence that the desk understands.
func (t *turn) elsewhere(conv desk.Conversation) bool {
	if conv.Flow != flows.Profile.Name || t.in.Kind != desk.InputText {
		return false
	}
	name := wordCommand(t.in.Text)
	return name != "" && name != "back" && name != "cancel" || len(flows.Outages(t.in.Text)) > 0 || flows.Leaves(t.understand.Understand(t.in.Text, t.lang()))
}

// repliedTo is the ticket of the message that this one replies to.
func (t *turn) repliedTo() (desk.Ticket, bool) {
	if t.in.ReplyTo == "" {
		return desk.Ticket{}, false
	}
	visible := func(id string) (desk.Ticket, bool) {
		ticket, ok := t.w.Ticket(id)
		return ticket, ok && !t.hidden(ticket)
	}
	if p, ok := t.w.PostAt(t.in.Address(), t.in.ReplyTo); ok && p.Ticket != "" {
		return visible(p.Ticket)
	}
	if d, ok := t.w.DeliveryAt(t.in.Address(), t.in.ReplyTo); ok && d.Ticket != "" {
		return visible(d.Ticket)
	}
	if ticket, ok := t.w.SecretAt(t.in.Address(), t.in.ReplyTo); ok {
		return ticket, true
	}
	return desk.Ticket{}, false
}

// replied takes a reply to a card in private: from the taker a photo finishes
// the work, from anybody else words and photos are added; those of a colleague are
// an internal note.
func (t *turn) replied(ticket desk.Ticket) error {
	if t.p.Is(ticket.Taker) && t.in.Kind == desk.InputPhoto {
		return t.finishWith(ticket)
	}
	if ticket.Case != nil && !t.owns(ticket) {
		return desk.Refuse("case.how", "number", ticket.Number) // To whom it goes is chosen by a button.
	}
	action, said := desk.AddWords, "add.done"
	if t.in.Text != "" && !t.mayBegin(ticket, action) && desk.MayAct(ticket, desk.AddNote, t.p) {
		action, said = desk.AddNote, "note.kept" // As in the department's group.
	}
	out, err := desk.Act(t.w, ticket, action, t.actor(), desk.Args{
		Values: map[string]string{"text": t.in.Text}, Files: t.in.Files,
	})
	if err != nil {
		return err
	}
	t.out.Add(out)
	t.reply(desk.T(said, "number", ticket.Number)) //locale:key add.done note.kept
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
	if handled, err := t.outage(guesses); handled || err != nil {
		return err
	}
	if len(guesses) == 0 || guesses[0].Score < flows.Sure {
		return t.unsure(guesses)
	}
	return t.act(guesses[0])
}

// act does what a sentence wants.
func (t *turn) act(g flows.Guess) error {
	switch g.Flow {
	case desk.KindRepair, desk.KindRequest:
		return t.start(g.Flow, t.carried(g.Flow, g.Answers))
	case "place":
		g.Answers["alone"] = []string{"1"}
		return t.start(desk.KindRepair, g.Answers)
	case "status":
		return t.status(g)
	case "chase":
		return t.chase(g)
	case "confirm":
		return t.confirm(g)
	case "not_fixed":
		return t.notFixed(g)
	case "cancel":
		return t.cancelOwn(g)
	case "operator":
		return t.human()
	case desk.KindCheckout:
		return t.cmdCheckout("b")
	case "checkin":
		if t.site().CheckIn.On && !t.p.Receives("") {
			return t.start("checkin", nil)
		}
	case "help":
		return t.cmdHelp("")
	case "language":
		return t.start("language", nil)
	case desk.KindComplaint:
		return t.start(flows.Complaint.Name, flows.ComplaintAnswers(t.in.Text, g.Answers))
	case desk.KindSuggestion, desk.KindPraise:
		return t.start(g.Flow, flows.SaidAnswers(t.in.Text))
	case "greeting":
		t.reply(desk.T("start.hello", "site", t.site().Name, "hotlines", t.hotlines()), t.choices()...)
		return nil
	case "none":
		t.reply(desk.T("talk.none"))
		return nil
	}
	if slices.Contains(flows.Passed, g.Flow) {
		answers := map[string][]string{"intent": {g.Flow}, "said": {t.in.Text}}
		if place := g.Answers["place"]; len(place) > 0 {
			answers["place"] = place
		}
		return t.start(flows.Pass.Name, answers)
	}
	return t.unsure(nil)
}

// carried are the answers with where and when from a form of the other kind that
// the person has just left: they said it once.
func (t *turn) carried(flow string, answers map[string][]string) map[string][]string {
	conv, ok := t.conversation()
	if !ok || conv.Flow == flow || conv.Flow != desk.KindRepair && conv.Flow != desk.KindRequest {
		return answers
	}
	for _, name := range []string{"place", "when", "slot"} {
		if v := conv.Answers[name]; len(v) > 0 && len(answers[name]) == 0 && (name != "place" || len(answers["place_said"]) == 0) {
			answers[name] = v
		}
	}
	return answers
}

// intent does what a person chose when the desk was not sure, with the words that
// they had said.
func (t *turn) intent(intent, said string) (desk.Effects, error) {
	own := *t
	own.out = desk.Effects{}
	own.in.Press, own.in.Kind, own.in.Text = nil, desk.InputText, said
	g := flows.Guess{Flow: intent, Answers: map[string][]string{}}
	for _, guess := range t.understand.Understand(said, t.lang()) {
		if guess.Flow == intent {
			g = guess
		}
	}
	err := own.refused(own.act(g))
	return own.out, err
}

// unsure offers the best guesses; nothing is done silently. What was not
// understood is kept, without who said it.
func (t *turn) unsure(guesses []flows.Guess) error {
	choices := flows.Choices(guesses)
	t.out.Unclear = append(t.out.Unclear, desk.UnclearOf(t.in.Text, t.lang(), choices, t.w.Now()))
	if len(choices) == 0 {
		t.reply(desk.T("talk.unknown"), t.choices()...)
		return nil
	}
	return t.start(flows.Which.Name, map[string][]string{"said": {t.in.Text}, "guesses": choices})
}

// flowWithFiles begins a repair with a photo that came first; its caption counts
// as words.
func (t *turn) flowWithFiles() error {
	guesses := t.understand.Understand(t.in.Text, t.lang())
	switch {
	case len(guesses) == 0:
		return t.start(desk.KindRepair, nil)
	case guesses[0].Flow == desk.KindRequest || guesses[0].Score >= flows.Sure && (slices.Contains(flows.Passed, guesses[0].Flow) ||
		slices.Contains([]string{desk.KindComplaint, desk.KindSuggestion, desk.KindPraise}, guesses[0].Flow)):
		return t.act(guesses[0])
	}
	return t.start(desk.KindRepair, guesses[0].Answers)
}

// human passes the wish for a person to the operator on duty.
func (t *turn) human() error {
	text := desk.T("human.operator", "name", t.p.Called(), "text", t.in.Text)
	for _, p := range desk.Operators(t.w) {
		t.out.Say(desk.Message{Person: p.ID, Text: text, Lane: desk.LaneInteractive, Class: desk.ClassNotice})
	}
	t.reply(desk.T("human.resident", "hotlines", t.hotlines()))
	return nil
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
