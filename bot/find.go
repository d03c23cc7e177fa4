package bot

import (
	"strconv"
	"time"

	"frontdesk/desk"
)

// findPage is how many tickets one page of a search shows.
const findPage = 8

func finds(p desk.Person) bool {
	return p.Desk() || p.Has(desk.RoleTechnician) || p.Has(desk.RoleCaretaker) || p.Has(desk.RoleSupervisor)
}

// cmdFind looks for tickets by whatever was typed. What is found is what the
// person may see: see desk.Site.Serves.
func (t *turn) cmdFind(text string) error {
	asked := desk.Query{ID: t.w.NewID(), Person: t.p.ID, Text: text, At: t.w.Now()}
	s := desk.ParseSearch(t.w, t.p, text)
	if s.Empty() {
		t.reply(desk.T("find.how"))
		return nil
	}
	hits := t.w.Find(s, 0, findPage)
	if len(hits.Tickets) == 1 && hits.Count == 1 && len(s.Terms) > 0 && len(s.Terms[0].Numbers) == 1 && s.Terms[0].Text == "" && len(s.Terms[0].People) == 0 {
		return t.look(hits.Tickets[0].ID) // Asked for by its number.
	}
	t.out.Queries = append(t.out.Queries, asked)
	words, rows := t.foundPage(asked, hits, 0)
	t.reply(words, rows...)
	return nil
}

// pressFind turns to another page of a search, or goes on with what is older
// than what it looked through.
func (t *turn) pressFind(id, page, older string) error {
	asked, ok := t.w.Query(id)
	n, err := strconv.Atoi(page)
	if !ok || !t.p.Is(asked.Person) || err != nil || n < 0 || n > 1000 {
		return desk.Refuse("find.over")
	}
	if !finds(t.p) {
		return desk.Refuse("command.refused", "command", "find")
	}
	s := desk.ParseSearch(t.w, t.p, asked.Text)
	// The pages stay as they were, whatever is filed meanwhile.
	until := asked.At
	if sec, err := strconv.ParseInt(older, 36, 64); err == nil {
		until = time.Unix(sec, 0)
	}
	if s.To.IsZero() || until.Before(s.To) {
		s.To = until
	}
	hits := t.w.Find(s, n*findPage, findPage)
	words, rows := t.foundPage(asked, hits, n)
	t.answer(desk.Text{})
	t.replace(words, rows...)
	return nil
}

// foundPage is one page of a search: how many there are, a line and a button
// for each, and the way on.
func (t *turn) foundPage(asked desk.Query, hits desk.Hits, page int) (desk.Text, [][]desk.Button) {
	to := func(label string, page int, older string) desk.Button {
		data := "q|" + asked.ID + "|" + strconv.Itoa(page)
		if older != "" {
			data += "|" + older
		}
		return desk.Button{Label: desk.T(label), Data: data}
	}
	older := ""
	if parts := t.pressed(); len(parts[2]) > 0 {
		older = parts[2]
	}
	var nav []desk.Button
	if page > 0 {
		nav = append(nav, to("button.page_before", page-1, older))
	}
	if (page+1)*findPage < hits.Count {
		nav = append(nav, to("button.page_next", page+1, older))
	} else if !hits.Older.IsZero() {
		nav = append(nav, to("button.find_older", 0, strconv.FormatInt(hits.Older.Unix(), 36)))
	}
	if len(hits.Tickets) == 0 {
		text := desk.T("find.none", "text", shortened(asked.Text))
		if !hits.Older.IsZero() {
			text = desk.T("find.none_since", "since", hits.Older)
		}
		return desk.Lines(text, desk.T("find.how")), [][]desk.Button{nav}
	}
	head := desk.T("find.head", "n", hits.Count)
	if hits.More {
		head = desk.T("find.head_more", "n", hits.Count)
	}
	if hits.Count > findPage {
		head = desk.T("find.page", "head", head, "from", page*findPage+1, "to", page*findPage+len(hits.Tickets))
	}
	lines := []desk.Text{head}
	var rows [][]desk.Button
	for _, ticket := range hits.Tickets {
		lines = append(lines, t.foundLine(ticket))
		rows = append(rows, desk.Row(desk.Button{Label: desk.Literal(ticket.Number), Data: desk.LookData(ticket.ID)}))
	}
	return desk.Lines(lines...), append(pairs(rows), nav)
}

// foundLine is a ticket on one line: what somebody may not read of it is not
// there.
func (t *turn) foundLine(ticket desk.Ticket) desk.Text {
	if ticket.Case != nil {
		return caseLine(t.site(), ticket)
	}
	c, _ := t.site().Category(ticket.Category)
	title := desk.T("label", "label", c.Called())
	if t.p.ReadsWords(ticket) {
		title = desk.Title(t.site(), ticket)
	}
	key, taker := "find.line", ""
	if p, ok := t.w.Person(ticket.Taker); ok {
		key, taker = "find.line_taker", p.Called()
	}
	return desk.T(key, "number", ticket.Number, "title", title, "place", t.site().PlaceLabel(ticket.Place),
		"filed", ticket.Created, "state", desk.T("state."+string(ticket.State)), "taker", taker)
}

// pressed are the parts of what the pressed button carried, if one was.
func (t *turn) pressed() [3]string {
	if t.in.Press == nil {
		return [3]string{}
	}
	_, parts := desk.SplitData(t.in.Press.Data)
	return parts
}

// shortened keeps a text of somebody on one short line.
func shortened(text string) string {
	const most = 40
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
