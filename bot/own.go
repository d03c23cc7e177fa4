package bot

import (
	"slices"
	"strings"

	"frontdesk/desk"
	"frontdesk/flows"
)

// What people say about tickets that they have: where it stands, hurry, it is
// good, it is not, never mind. A number that is named wins; one ticket that fits
// is meant; several are a question.

// ownLook is how many of a person's newest tickets are looked at.
const ownLook = 20

// fits lists the person's tickets that are in a state for it, those at the place
// that was named if there are any.
func (t *turn) fits(g flows.Guess, is func(desk.Ticket) bool) []desk.Ticket {
	if number := flows.Answers(g.Answers).Get("ticket"); number != "" {
		if ticket, ok := t.byNumber(number); ok && (t.owns(ticket) || t.p.Is(ticket.FiledBy) && ticket.Case == nil) {
			return []desk.Ticket{ticket}
		}
	}
	var list []desk.Ticket
	for _, ticket := range t.mine(ownLook) {
		if is(ticket) {
			list = append(list, ticket)
		}
	}
	for _, name := range []string{"place", "category"} {
		named := slices.DeleteFunc(slices.Clone(list), func(ticket desk.Ticket) bool {
			return !slices.Contains(g.Answers[name], map[string]string{"place": ticket.Place, "category": ticket.Category}[name])
		})
		if len(named) > 0 {
			list = named
		}
	}
	return list
}

func isOpen(ticket desk.Ticket) bool { return ticket.State.Open() }

// pick asks which of several tickets is meant.
func (t *turn) pick(question string, list []desk.Ticket, data func(desk.Ticket) string) {
	lines := []desk.Text{desk.T(question)}
	var rows [][]desk.Button
	for _, ticket := range list[:min(len(list), 9)] {
		lines = append(lines, t.line(ticket, desk.Title(t.site(), ticket)))
		rows = append(rows, desk.Row(desk.Button{Label: desk.Literal(ticket.Number), Data: data(ticket)}))
	}
	t.reply(desk.Lines(lines...), pairs(rows)...)
}

// status shows the ticket that was named, or one's own.
func (t *turn) status(g flows.Guess) error {
	if number := flows.Answers(g.Answers).Get("ticket"); number != "" {
		ticket, ok := t.byNumber(number)
		if !ok {
			return desk.Refuse("ticket.none", "number", number)
		}
		return t.look(ticket.ID)
	}
	return t.cmdMy("")
}

// chase passes the impatience on.
func (t *turn) chase(g flows.Guess) error {
	list := t.fits(g, isOpen)
	switch len(list) {
	case 0:
		return t.cmdMy("")
	case 1:
		out, err := desk.Act(t.w, list[0], desk.Chase, t.actor(), desk.Args{})
		if err != nil {
			return err
		}
		t.out.Add(out)
		t.reply(desk.T("pressed.chase", "number", list[0].Number))
		return nil
	}
	t.pick("own.chase", list, func(ticket desk.Ticket) string { return desk.PressData(ticket.ID, desk.Chase, "") })
	return nil
}

// cancelOwn asks whether the ticket shall really be cancelled.
func (t *turn) cancelOwn(g flows.Guess) error {
	list := t.fits(g, isOpen)
	switch len(list) {
	case 0:
		return t.cmdMy("")
	case 1:
		return t.begin("cancel_ticket", list[0], "", desk.Cancel)
	}
	t.pick("own.cancel", list, func(ticket desk.Ticket) string { return desk.StartData("cancel_ticket", ticket.ID) })
	return nil
}

// confirm closes what is done. If the desk has not heard yet that it is, whoever
// has the ticket hears it.
func (t *turn) confirm(g flows.Guess) error {
	list := t.fits(g, func(ticket desk.Ticket) bool { return ticket.State == desk.StateDone })
	switch len(list) {
	case 0:
		return t.passed(g, isOpen, func() error {
			t.reply(desk.T("own.glad"))
			return nil
		})
	case 1:
		out, err := desk.Act(t.w, list[0], desk.Rate, t.actor(), desk.With("rating", "good"))
		if err != nil {
			return err
		}
		t.out.Add(out)
		now := out.Tickets[0]
		t.reply(desk.T("own.confirmed", "number", now.Number, "days", t.site().Callback.ReopenFor), itsBack(now))
		return nil
	}
	t.pick("own.confirm", list, func(ticket desk.Ticket) string { return desk.PressData(ticket.ID, desk.Rate, "good") })
	return nil
}

// notFixed opens a rework of what was said to be done, with the words. What is
// still being worked on gets the words; without any ticket it is a new matter.
func (t *turn) notFixed(g flows.Guess) error {
	list := t.fits(g, func(ticket desk.Ticket) bool {
		since := t.site().Calendar.After(ticket.DoneAt, t.site().Callback.ReopenFor)
		return ticket.State == desk.StateDone || ticket.State == desk.StateClosed && !ticket.DoneAt.IsZero() && t.w.Now().Before(since)
	})
	switch len(list) {
	case 0:
		return t.passed(g, isOpen, func() error { return t.start(desk.KindRepair, g.Answers) })
	case 1:
		out, err := desk.Act(t.w, list[0], desk.NotFixed, t.actor(), desk.Args{})
		if err != nil {
			return err
		}
		t.out.Add(out)
		if next, ok := t.nextTicket(out.Tickets[0].Rework); ok {
			return t.addWords(next)
		}
		return nil
	}
	t.pick("own.not_fixed", list, func(ticket desk.Ticket) string { return desk.PressData(ticket.ID, desk.NotFixed, "") })
	return nil
}

// passed adds the words to the newest of the person's tickets that fit, and says
// so; without one, otherwise happens.
func (t *turn) passed(g flows.Guess, is func(desk.Ticket) bool, otherwise func() error) error {
	list := t.fits(g, is)
	if len(list) == 0 {
		return otherwise()
	}
	if err := t.addWords(list[0]); err != nil {
		return err
	}
	t.reply(desk.T("own.passed", "number", list[0].Number))
	return nil
}

func (t *turn) addWords(ticket desk.Ticket) error {
	if strings.TrimSpace(t.in.Text) == "" {
		return nil
	}
	out, err := desk.Act(t.w, ticket, desk.AddWords, t.actor(), desk.Args{Values: map[string]string{"text": t.in.Text}, Files: t.in.Files})
	t.out.Add(out)
	return err
}
