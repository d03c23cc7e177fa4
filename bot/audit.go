package bot

import (
	"slices"
	"strconv"
	"strings"

	"frontdesk/desk"
)

// auditPage is how many changes a page of the audit list has.
const auditPage = 12

// byHand writes into the audit list what the person changes that is in no ticket's
// history; pairs are its facts.
func (t *turn) byHand(what, person string, pairs ...string) {
	t.out.Morning.Acts = append(t.out.Morning.Acts, desk.HandAct{
		ID: t.w.NewID(), At: t.w.Now(), By: t.p.ID, Via: t.in.Channel, What: what, Person: person, Facts: desk.With(pairs...).Values,
	})
}

// cmdAudit lists what people changed by hand on a day, today without more; its buttons
// carry d.<date>.<page>.
func (t *turn) cmdAudit(arg string) error {
	s := t.site()
	day, page := s.Calendar.Date(t.w.Now()), 0
	if arg = strings.TrimSpace(arg); strings.HasPrefix(arg, "d.") {
		date, rest, _ := strings.Cut(arg[2:], ".")
		var err, err2 error
		day, err = desk.ParseDate(date)
		page, err2 = strconv.Atoi(rest)
		if err != nil || err2 != nil || page < 0 || page > 1000 {
			return desk.Refuse("press.unknown")
		}
	} else if arg != "" {
		var ok bool
		if day, ok = lastDay(arg, day); !ok {
			return desk.Refuse("audit.how")
		}
	}
	from, to := desk.ClockTime(0).On(day, s.Zone), desk.EndOfDay.On(day, s.Zone)
	all := desk.ChangesByHand(t.w, t.p, from, to)
	if page > 0 && page*auditPage >= len(all) {
		return desk.Refuse("press.unknown")
	}
	data := func(day desk.Date, page int) string {
		return desk.CommandData("audit|d." + day.String() + "." + strconv.Itoa(page))
	}
	lines := []desk.Text{desk.T("audit.head", "day", from, "n", len(all))}
	var looks []desk.Button
	for _, x := range all[page*auditPage : min(len(all), (page+1)*auditPage)] {
		lines = append(lines, t.changeLine(x))
		if x.Ticket.ID != "" && !slices.ContainsFunc(looks, func(b desk.Button) bool { return b.Data == desk.LookData(x.Ticket.ID) }) {
			looks = append(looks, desk.Button{Label: desk.Literal(x.Ticket.Number), Data: desk.LookData(x.Ticket.ID)})
		}
	}
	rows := slices.Collect(slices.Chunk(looks, 3))
	var turn []desk.Button
	if page > 0 {
		turn = append(turn, desk.Button{Label: desk.T("option.page_before"), Data: data(day, page-1)})
	}
	if (page+1)*auditPage < len(all) {
		turn = append(turn, desk.Button{Label: desk.T("option.page_after"), Data: data(day, page+1)})
	}
	if turn != nil {
		rows = append(rows, turn)
	}
	around := []desk.Button{{Label: desk.T("button.day_before"), Data: data(day.AddDays(-1), 0)}}
	if to.Before(t.w.Now()) {
		around = append(around, desk.Button{Label: desk.T("button.day_after"), Data: data(day.AddDays(1), 0)})
	}
	if len(all) == 0 {
		lines = []desk.Text{desk.T("audit.empty", "day", from)}
	}
	t.show(desk.Lines(lines...), append(rows, around)...)
	return nil
}

// changeLine is one change: when, what of which, who, and over which network.
func (t *turn) changeLine(x desk.Change) desk.Text {
	by, via := x.Event.By, x.Event.Via
	what := desk.Text{}
	switch {
	case x.Ticket.ID != "":
		what = desk.T("audit.ticket", "number", x.Ticket.Number, "what", t.changedHow(x.Event))
	case x.Act.What != "":
		by, via, what = x.Act.By, x.Act.Via, t.actText(x.Act)
	case x.Decision.By != "":
		by, via, what = x.Decision.By, x.Decision.Via, desk.T("decide.what.project", "about", desk.ThemeText(t.w, x.Decision.Issue.Theme))
	case x.Ended:
		by, what = x.Roster.EndedBy, desk.T("audit.roster_ended", "change", x.Roster.Text(t.w))
	default:
		by, what = x.Roster.By, desk.T("audit.roster", "change", x.Roster.Text(t.w))
	}
	who := desk.Literal(t.nameOf(by))
	switch p, _ := t.w.Person(by); {
	case by == "":
		who = desk.T("audit.machine")
	case x.Ticket.ID != "" && by == x.Ticket.Requester && !t.p.ReadsWords(x.Ticket), !p.Employee() && !t.p.Desk():
		who = desk.T("card.by_resident")
	}
	if x.Event.For != "" {
		who = desk.T("audit.for", "who", who, "for", t.nameOf(x.Event.For))
	}
	if via == "" {
		return desk.T("audit.line", "at", x.At, "who", who, "what", what)
	}
	return desk.T("audit.line_via", "at", x.At, "who", who, "what", what, "via", network(desk.Address{Channel: via}))
}

// changedHow is an event in a few words: why it waits and until when, to which
// department it went.
func (t *turn) changedHow(e desk.Event) desk.Text {
	switch e.Action {
	case desk.PauseWork:
		reason, _ := t.site().PauseReason(e.Details["reason"])
		if limit, err := desk.ParseTerm(e.Details["limit"]); err == nil && len(reason.Label) > 0 {
			return desk.T("audit.pause", "reason", reason.Label, "limit", limit)
		}
	case desk.NotOurs, desk.Assign:
		if d, ok := t.site().Department(e.Details["department"]); ok {
			return desk.T("audit.department", "what", t.loggedAct(e), "department", d.Label)
		}
	case desk.Higher:
		return desk.T("audit.raise")
	}
	return t.loggedAct(e)
}

// actText is an act beside tickets in a few words.
//
//locale:key audit.act.grant audit.act.revoke audit.act.suspend audit.act.restore audit.act.verify
//locale:key audit.act.teach audit.act.unteach audit.act.link audit.act.unlink audit.act.config audit.act.project audit.act.project_later
func (t *turn) actText(a desk.HandAct) desk.Text {
	role := desk.Text{}
	if a.Facts["role"] != "" {
		role = desk.T("role." + a.Facts["role"])
	}
	theme := desk.Text{}
	if a.Facts["theme"] != "" {
		theme = desk.ThemeText(t.w, a.Facts["theme"])
	}
	department := desk.T("label", "label", t.departmentLabel(a.Facts["department"]))
	return desk.T("audit.act."+a.What, "name", t.nameOf(a.Person), "role", role, "text", a.Facts["text"], "title", a.Facts["title"],
		"department", department, "changed", a.Facts["changed"], "about", theme)
}
