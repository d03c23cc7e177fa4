package bot

import "frontdesk/desk"

// cmdStart greets, or does what the payload of a link says. A payload is one
// letter for its type and a random or opaque id, or what the desk has signed.
func (t *turn) cmdStart(payload string) error {
	if len(payload) > 1 {
		rest := payload[1:]
		switch payload[0] {
		case 'i':
			return t.redeem(rest)
		case 't':
			return t.look(rest)
		case desk.LinkType:
			return t.scan(payload)
		case 'd':
			if len(rest) > 1 {
				if flow, ok := flowsByLetter[rest[:1]]; ok {
					ticket, err := t.ticket(rest[1:])
					if err != nil {
						return err
					}
					return t.begin(flow, ticket, "", flowActions[flow])
				}
			}
		}
	}
	t.greet(desk.Text{})
	return nil
}

// greet says who the desk is and what it does, after a hint if there is one.
func (t *turn) greet(hint desk.Text) {
	hello := desk.T("start.hello", "site", t.site().Name, "hotlines", t.hotlines())
	if t.p.Employee() {
		hello = desk.T("start.staff", "site", t.site().Name, "name", t.p.Called(), "roles", t.roles())
	}
	t.reply(desk.Lines(hint, hello), t.choices()...)
}

// roles are the names of the person's roles, each once.
func (t *turn) roles() []desk.Text {
	var names []desk.Text
	seen := map[desk.RoleName]bool{}
	for _, r := range t.p.Roles {
		if !seen[r.Name] {
			seen[r.Name] = true
			names = append(names, desk.T("role."+string(r.Name)))
		}
	}
	return names
}

// look shows a ticket to somebody who may see it, as a card that stays true.
func (t *turn) look(id string) error {
	ticket, err := t.ticket(id)
	if err != nil {
		return err
	}
	if ticket.Anonymous() && t.owns(ticket) {
		t.lookSecret(ticket)
		return nil
	}
	kind, ok := viewOf(t.site(), ticket, t.p)
	if !ok {
		return desk.Refuse("look.refused")
	}
	to := t.p.Address()
	if t.in.Chat.Kind == desk.ChatPrivate {
		to = t.in.Address()
	}
	t.out.Posts = append(t.out.Posts, desk.Post{
		ID: t.w.NewID(), Kind: kind, Ticket: ticket.ID, Person: t.p.ID, Chat: to, Lang: t.lang(),
		Created: t.w.Now(), Lane: desk.LaneInteractive,
	})
	return nil
}

// viewOf is which view of a ticket a person gets, if any.
func viewOf(s *desk.Site, ticket desk.Ticket, p desk.Person) (desk.PostKind, bool) {
	switch {
	case !s.Sees(p, ticket):
		return "", false
	case p.Is(ticket.Taker) && p.WorksFor(ticket.Department):
		return desk.PostTaker, true
	case p.Desk() && !p.Is(ticket.Requester):
		return desk.PostDesk, true
	case p.Is(ticket.Requester) || p.Is(ticket.FiledBy):
		return desk.PostRequester, true
	case !s.Serves(p, ticket):
		return desk.PostJoined, true
	}
	return desk.PostDesk, true
}

func (t *turn) pressLook(id string) error {
	if t.in.Chat.Kind == desk.ChatGroup && t.p.Unreachable != "" {
		t.open("t" + id)
		return nil
	}
	if err := t.look(id); err != nil {
		return err
	}
	if t.in.Chat.Kind == desk.ChatGroup {
		t.answer(desk.T("press.in_private"))
	} else {
		t.answer(desk.Text{})
	}
	return nil
}

// cmdTicket finds a ticket by its number: R-1042, r1042 or 1042.
func (t *turn) cmdTicket(arg string) error {
	number := ticketNumber(arg)
	if number == "" {
		return desk.Refuse("ticket.which")
	}
	ticket, ok := t.byNumber(number)
	if !ok {
		return desk.Refuse("ticket.none", "number", number)
	}
	return t.look(ticket.ID)
}

// ticketNumber reads a number however it is written; empty if it is none.
func ticketNumber(s string) string {
	s = desk.Fold(s)
	var letter byte = 'R'
	var digits []byte
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits = append(digits, c)
		case c >= 'a' && c <= 'z' && len(digits) == 0:
			letter = c - 'a' + 'A'
		case c == '-' || c == ' ' || c == '#':
		default:
			return ""
		}
	}
	if len(digits) == 0 || len(digits) > 9 {
		return ""
	}
	return string(letter) + "-" + string(digits)
}

// cmdMy shows one's own tickets: the taken ones of a technician first. With one
// open ticket it is shown at once.
func (t *turn) cmdMy(string) error {
	taken := t.w.TicketsTaken(t.p.ID)
	own := t.mine(10)
	joined := t.w.TicketsJoined(t.p.ID, 10)
	open := 0
	var only desk.Ticket
	for _, ticket := range own {
		if ticket.State.Open() || ticket.State == desk.StateDone {
			open++
			only = ticket
		}
	}
	if len(taken)+len(joined) == 0 && open == 1 && len(own) == 1 {
		return t.look(only.ID)
	}
	if len(taken)+len(own)+len(joined) == 0 {
		t.reply(desk.T("my.none"), t.choices()...)
		return nil
	}
	lines := []desk.Text{}
	var rows [][]desk.Button
	add := func(head string, list []desk.Ticket) {
		if len(list) == 0 {
			return
		}
		lines = append(lines, desk.T(head, "n", len(list)))
		for _, ticket := range list {
			lines = append(lines, t.line(ticket, desk.Title(t.site(), ticket)))
			rows = append(rows, desk.Row(desk.Button{Label: desk.Literal(ticket.Number), Data: desk.LookData(ticket.ID)}))
		}
	}
	add("my.taken", desk.WalkingOrder(t.site(), taken))
	add("my.own", own)
	add("my.joined", joined)
	t.reply(desk.Lines(lines...), pairs(rows)...)
	return nil
}

// line is a ticket on one line of a list.
func (t *turn) line(ticket desk.Ticket, title desk.Text) desk.Text {
	if ticket.Case != nil {
		return caseLine(t.site(), ticket)
	}
	return desk.T("ticket.line", "number", ticket.Number, "title", title,
		"place", desk.Where(t.site(), ticket), "state", desk.T("state."+string(ticket.State)))
}

// pairs puts single buttons two or three in a row.
func pairs(rows [][]desk.Button) [][]desk.Button {
	var packed [][]desk.Button
	for i := 0; i < len(rows); i += 3 {
		var row []desk.Button
		for _, r := range rows[i:min(i+3, len(rows))] {
			row = append(row, r...)
		}
		packed = append(packed, row)
	}
	return packed
}
