package bot

import (
	"strconv"
	"strings"
	"time"

	"frontdesk/desk"
)

// cmdDigest shows the digest of the last day, or a list that one of its numbers
// was counted from: overdue.<when the day ended>.<page>.
func (t *turn) cmdDigest(arg string) error {
	if arg != "" {
		return t.countedList(arg)
	}
	text, rows, chart, keep := desk.DigestNow(t.w, t.p)
	t.out.Add(keep)
	if desk.GetsDigest(t.w, t.p) {
		rows = append(rows, desk.Row(desk.Button{Label: desk.T("button.digest_hour"), Data: desk.CommandData("digest_hour")}))
	}
	t.reply(text, rows...)
	t.out.Messages[len(t.out.Messages)-1].Chart = chart
	return nil
}

// countedPage is how many tickets one message of a list has.
const countedPage = 15

// countedList shows what a number was counted from, each ticket in its present
// state: what was open then may be done now, and is still what was counted.
func (t *turn) countedList(arg string) error {
	name, rest, _ := strings.Cut(arg, ".")
	when, pageText, _ := strings.Cut(rest, ".")
	minute, err := strconv.ParseInt(when, 36, 64)
	if err != nil || minute < 0 || minute > 1<<32 {
		return desk.Refuse("press.unknown")
	}
	c, ok := t.w.Counted(time.Unix(minute*60, 0).UTC())
	if !ok {
		return desk.Refuse("digest.gone")
	}
	c = c.For(t.w, t.p)
	list := desk.CountedList(name)
	//locale:prefix digest.list.
	head := desk.Lines(
		desk.T("digest.head", "from", c.From, "to", c.To),
		desk.T("digest.list."+name, "n", len(c.Lists[list]), "done", c.Done, "answered", c.Answered, "good", c.Good, "taken", c.NightTaken,
			"replied", len(c.Lists[desk.ListReplied]), "about", desk.ThemeText(t.w, c.TopTheme())))
	text, rows, err := t.pageOf(c.Lists[list], pageText, head,
		func(ticket desk.Ticket) desk.Text {
			line := t.countedLine(ticket, list)
			if list == desk.ListLate || list == desk.ListOverdue || list == desk.ListDone {
				line = desk.Lines(append([]desk.Text{line}, waited(t.w, ticket)...)...)
			}
			return line
		},
		func(page int) string { return desk.ListData(list, c.To, page) })
	if err != nil {
		return err
	}
	t.reply(text, rows...)
	return nil
}

// pageOf is a page of tickets, each on a line and with a button, and the buttons
// that turn the page.
func (t *turn) pageOf(
	ids []string, pageText string, head desk.Text, line func(desk.Ticket) desk.Text, data func(page int) string,
) (desk.Text, [][]desk.Button, error) {
	page, err := strconv.Atoi(pageText)
	if err != nil || page < 0 || page > len(ids)/countedPage || page*countedPage >= len(ids) {
		return desk.Text{}, nil, desk.Refuse("press.unknown")
	}
	lines := []desk.Text{head}
	var rows [][]desk.Button
	for _, id := range ids[page*countedPage : min(len(ids), (page+1)*countedPage)] {
		ticket, ok := t.w.Ticket(id)
		if !ok {
			lines = append(lines, desk.T("digest.erased"))
			continue
		}
		lines = append(lines, line(ticket))
		rows = append(rows, desk.Row(desk.Button{Label: desk.Literal(ticket.Number), Data: desk.LookData(ticket.ID)}))
	}
	rows = pairs(rows)
	var turn []desk.Button
	if page > 0 {
		turn = append(turn, desk.Button{Label: desk.T("option.page_before"), Data: data(page - 1)})
	}
	if (page+1)*countedPage < len(ids) {
		turn = append(turn, desk.Button{Label: desk.T("option.page_after"), Data: data(page + 1)})
	}
	if turn != nil {
		rows = append(rows, turn)
	}
	return desk.Lines(lines...), rows, nil
}

// countedLine is a ticket of a list: who has it, or what the resident said.
func (t *turn) countedLine(ticket desk.Ticket, list desk.CountedList) desk.Text {
	title := desk.Title(t.site(), ticket)
	switch {
	case ticket.Case != nil:
		return t.countedCase(ticket, list)
	case ticket.Rating != "" && (list == desk.ListRated || list == desk.ListCallback):
		//locale:prefix digest.said.
		return desk.T("digest.line_said", "number", ticket.Number, "title", title,
			"place", t.site().PlaceLabel(ticket.Place), "said", desk.T("digest.said."+ticket.Rating))
	case ticket.Taker != "":
		p, _ := t.w.Person(ticket.Taker)
		return desk.T("digest.line_taker", "number", ticket.Number, "title", title,
			"place", t.site().PlaceLabel(ticket.Place), "state", desk.T("state."+string(ticket.State)), "taker", p.Called())
	}
	return t.line(ticket, title)
}

// countedCase is a complaint of a list; of the prominent, the repeated and those left
// over the analysis goes along, or that there is none yet.
func (t *turn) countedCase(ticket desk.Ticket, list desk.CountedList) desk.Text {
	line := caseLine(t.site(), ticket)
	if list != desk.ListLeftOver && list != desk.ListRepeated && list != desk.ListProminent {
		return line
	}
	if ticket.Case.Cause == "" {
		return desk.Lines(line, desk.T("digest.no_analysis"))
	}
	return desk.Lines(line, Analysis(*ticket.Case))
}

// cmdDigestHour lets a reader choose when the digest comes.
func (t *turn) cmdDigestHour(arg string) error {
	if !desk.GetsDigest(t.w, t.p) {
		return desk.Refuse("digest.not_sent")
	}
	if arg == "" {
		t.offerDigestHours()
		return nil
	}
	choice := arg
	if choice == "usual" {
		choice = ""
	}
	p, ok := t.p.ChooseDigest(choice, t.w.Now())
	if !ok {
		return desk.Refuse("press.unknown")
	}
	t.out.People = append(t.out.People, p)
	said := desk.T("digest.hour_set", "clock", choice)
	switch choice {
	case "":
		said = desk.T("digest.hour_set", "clock", t.site().DigestUsual().String())
	case desk.DigestOff:
		said = desk.T("digest.hour_off")
	}
	if t.in.Press != nil {
		t.replace(said)
	} else {
		t.reply(said)
	}
	return nil
}

func (t *turn) offerDigestHours() {
	button := func(label desk.Text, choice string) desk.Button {
		return desk.Button{Label: label, Data: desk.CommandData("digest_hour|" + choice)}
	}
	var hours []desk.Button
	for _, at := range desk.DigestHours() {
		hours = append(hours, button(desk.Literal(at.String()), at.String()))
	}
	rows := [][]desk.Button{hours[:4], hours[4:]}
	last := []desk.Button{button(desk.T("button.digest_usual"), "usual")}
	if t.p.MayDoWithoutDigest() {
		last = append(last, button(desk.T("button.digest_off"), desk.DigestOff))
	}
	t.reply(desk.T("digest.hour_ask", "usual", t.site().DigestUsual().String()), append(rows, last)...)
}
