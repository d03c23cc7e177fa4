package bot

import (
	"frontdesk/desk"
)

// group handles what is said in a group: commands, and replies to a card. All
// else is the group's own talk, and the desk stays silent.
func (t *turn) group() error {
	if ticket, ok := t.repliedTo(); ok && t.in.Command == "" {
		return t.repliedInGroup(ticket)
	}
	if t.in.Command == "" {
		return nil
	}
	c, ok := findCommand(t.in.Command)
	if !ok {
		return nil
	}
	if !c.Group {
		return desk.Refuse("command.private_only", "command", c.Name)
	}
	return t.runCommand(c, t.in.Arg)
}

// repliedInGroup takes a reply to a card: a photo of the taker finishes the
// work, words of an employee are kept as an internal note. Others are not
// answered: the group stays quiet.
func (t *turn) repliedInGroup(ticket desk.Ticket) error {
	if !t.p.WorksFor(ticket.Department) && !t.p.Desk() {
		return nil
	}
	if t.in.Kind == desk.InputPhoto {
		return t.finishWith(ticket)
	}
	if t.in.Text == "" {
		return nil
	}
	out, err := desk.Act(t.w, ticket, desk.AddNote, t.actor(), desk.With("text", t.in.Text))
	if err != nil {
		return err
	}
	t.out.Add(out)
	t.private(desk.T("note.kept", "number", ticket.Number))
	return nil
}

// finishWith takes a photo as the proof that the work is done. The other photos
// of the same album, and later ones, join it.
func (t *turn) finishWith(ticket desk.Ticket) error {
	action := desk.Finish
	if ticket.State == desk.StateDone && t.p.Is(ticket.Taker) {
		action = desk.AddProof
	}
	out, err := desk.Act(t.w, ticket, action, t.actor(), desk.Args{Files: t.in.Files})
	if err != nil {
		if user, ok := desk.AsUserError(err); ok && t.in.Chat.Kind == desk.ChatGroup {
			t.private(user.Text)
			return nil
		}
		return err
	}
	t.out.Add(out)
	if action == desk.Finish && t.in.Text != "" {
		note, err := desk.Act(t.w, out.Tickets[0], desk.AddNote, t.actor(), desk.With("text", t.in.Text))
		if err == nil {
			t.out.Add(note)
		}
	}
	return nil
}

// anonymous handles somebody who acts as the group itself: who they are is
// known only when they press.
func (t *turn) anonymous() error {
	if t.in.Press == nil && t.in.Command == "link" {
		t.offerBinding()
		return nil
	}
	if t.in.Press == nil && t.in.Command == "unlink" {
		t.offerUnbinding()
		return nil
	}
	if t.in.Command != "" {
		return desk.Refuse("anonymous.command")
	}
	return nil
}
