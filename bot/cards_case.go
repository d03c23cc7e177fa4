package bot

import (
	"time"

	"frontdesk/desk"
)

// caseDesk is a complaint, a suggestion or praise for who may know of it: what was
// said, by when who answers, and how it went.
func (c *card) caseDesk(viewer desk.Person) (desk.Text, [][]desk.Button) {
	t, about := c.t, c.caseAbout()
	if t.Kind == desk.KindPraise && !viewer.Manages() && !viewer.Has(desk.RoleSupervisor) {
		return desk.Lines(append([]desk.Text{desk.T("case.praised", "number", t.Number)}, c.caseWords(false)...)...), nil
	}
	head := desk.T("case.head", "number", t.Number, "title", desk.Title(c.s, t), "marks", c.marks())
	lines := []desk.Text{head, about, c.caseState(), c.caseWho(viewer), c.repeats(viewer)}
	lines = append(lines, c.caseWords(true)...)
	lines = append(lines, Analysis(*t.Case))
	return desk.Lines(append(lines, c.history(viewer)...)...), c.caseButtons(viewer)
}

// marks say what makes it more than an ordinary one.
func (c *card) marks() desk.Text {
	var list []desk.Text
	if c.t.Urgency.Rings() {
		list = append(list, desk.T("case.mark_urgent"))
	}
	if len(c.t.Case.Repeats) > 0 {
		list = append(list, desk.T("case.mark_repeated"))
	}
	if c.t.LeftOver(c.s, c.w.Now()) {
		list = append(list, desk.T("case.mark_left_over"))
	}
	if len(list) == 0 {
		return desk.Text{}
	}
	return desk.T("case.marks", "marks", list)
}

// caseAbout says whom or what it is about, and when that was.
func (c *card) caseAbout() desk.Text {
	a := c.t.Case.About
	var parts []desk.Text
	add := func(t desk.Text) { parts = append(parts, t) }
	switch a.Kind {
	case desk.AboutTicket:
		if old, ok := c.w.Ticket(a.Ticket); ok {
			add(desk.T("case.about_ticket", "number", old.Number, "title", desk.Title(c.s, old)))
		} else if a.Team != "" {
			add(desk.TeamText(c.s, a.Team))
		}
	case desk.AboutTeam:
		add(desk.TeamText(c.s, a.Team))
	case desk.AboutPerson:
		add(desk.T("quote", "text", a.Said))
	case desk.AboutService:
		if category, ok := c.s.Category(a.Service); ok {
			add(desk.T("label", "label", category.Called()))
		}
	}
	if c.t.Place != "" {
		add(desk.T("label", "label", c.s.PlaceLabel(c.t.Place)))
	}
	if !a.From.IsZero() {
		when := "case.when"
		if a.To.Sub(a.From) >= 24*time.Hour {
			when = "case.when_day" // Nobody said an hour.
		}
		add(desk.T(when, "from", a.From, "to", a.To)) //locale:key case.when case.when_day
	}
	if len(parts) == 0 {
		return desk.Text{}
	}
	return desk.T("case.about", "parts", parts)
}

// caseState says where it stands: by when it is answered, or when it was.
func (c *card) caseState() desk.Text {
	t := c.t
	switch {
	case t.Kind == desk.KindPraise && t.State.Open():
		return desk.T("case.praise_open")
	case t.Kind == desk.KindPraise:
		return desk.T("case.praise_closed")
	case t.State == desk.StateCancelled:
		return desk.T("case.cancelled")
	case t.State == desk.StateDone:
		return desk.T("case.done", "name", c.name(t.Taker), "at", t.DoneAt)
	case t.State == desk.StateClosed && t.Kind == desk.KindSuggestion:
		return desk.T("case.answered", "name", c.name(t.Taker), "at", t.Case.RepliedAt)
	case t.State == desk.StateClosed:
		return desk.T("case.closed", "at", t.ClosedAt)
	case t.Case.RepliedAt.IsZero():
		return desk.T("case.waiting", "said", t.SaidAt, "by", t.Case.ReplyBy)
	case t.Kind == desk.KindSuggestion:
		return desk.T("case.taken_suggestion", "name", c.name(t.Taker), "replied", t.Case.RepliedAt)
	}
	return desk.T("case.taken", "name", c.name(t.Taker), "replied", t.Case.RepliedAt, "done", t.Clocks.Done)
}

// caseWho says who filed it; of the anonymous that nobody knows.
func (c *card) caseWho(viewer desk.Person) desk.Text {
	p, _ := c.w.Person(c.t.Requester)
	switch {
	case c.t.Anonymous():
		return desk.T("case.anonymous")
	case p.Phone != "" && viewer.Desk():
		return desk.T("case.who_phone", "name", p.Called(), "phone", p.Phone)
	}
	return desk.T("case.who", "name", p.Called())
}

// repeats are the earlier ones of the same theme, as far as the viewer may know of
// them.
func (c *card) repeats(viewer desk.Person) desk.Text {
	var list []desk.Text
	for _, id := range c.t.Case.Repeats {
		if old, ok := c.w.Ticket(id); ok && c.s.Serves(viewer, old) {
			list = append(list, desk.T("case.repeat", "number", old.Number, "filed", old.Created))
		}
	}
	if len(list) == 0 {
		return desk.Text{}
	}
	return desk.T("case.repeats", "list", list)
}

// caseWords are what was said, and with the notes the handling log.
func (c *card) caseWords(notes bool) []desk.Text {
	var lines []desk.Text
	for _, words := range c.t.Words {
		switch {
		case words.Internal && !notes:
		case words.By == "" || words.By == c.t.Requester:
			lines = append(lines, desk.T("quote", "text", words.Text))
		case words.Internal:
			lines = append(lines, desk.T("case.note", "at", words.At, "name", c.name(words.By), "text", words.Text))
		default:
			lines = append(lines, desk.T("card.words", "at", words.At, "name", c.name(words.By), "text", words.Text))
		}
	}
	return lines
}

// Analysis are the class of cause and the three lines of a complaint, as far as
// they are known.
//
//locale:prefix case.cause.
func Analysis(c desk.Case) desk.Text {
	if c.Cause == "" {
		return desk.Text{}
	}
	return desk.Lines(desk.T("case.cause", "cause", desk.T("case.cause."+c.Cause)),
		desk.T("case.what", "text", c.What), desk.T("case.why", "text", c.Why), desk.T("case.measure", "text", c.Measure))
}

// caseButtons are what the viewer may do, from the transition table.
func (c *card) caseButtons(viewer desk.Person) [][]desk.Button {
	may := func(a desk.Action) bool { return desk.MayAct(c.t, a, viewer) }
	var rows [][]desk.Button
	var row []desk.Button
	add := func(b desk.Button) {
		if row = append(row, b); len(row) == 3 {
			rows, row = append(rows, row), nil
		}
	}
	if may(desk.HandOn) {
		rows = append(rows, desk.PraiseButtons(c.w, c.t)...)
	}
	if may(desk.Take) {
		add(c.act("button.take_case", desk.Take))
	}
	if may(desk.Reply) {
		add(c.start("button.reply", "reply"))
	}
	if may(desk.AskBack) {
		add(c.start("button.ask_back", "ask_back"))
	}
	if may(desk.Finish) {
		add(c.start("button.conclude", "conclude"))
	}
	if may(desk.AddNote) && c.t.State != desk.StateCancelled {
		add(c.start("button.case_note", "case_note"))
	}
	if may(desk.Higher) && c.t.Case.Level < 2 {
		add(c.act("button.raise", desk.Higher))
	}
	if c.t.Undoable(viewer.ID, c.s, c.w) {
		add(c.act("button.undo", desk.Undo))
	}
	return append(rows, row)
}

// CaseOwn is the view of whoever filed it.
func (c *card) caseOwn() (desk.Text, [][]desk.Button) {
	t := c.t
	switch {
	case t.Kind == desk.KindPraise:
		return desk.CaseReceipt(c.w, t), desk.CaseOwnButtons(t)
	case t.State == desk.StateCancelled:
		return desk.T("mine.case_cancelled", "number", t.Number), nil
	case t.State == desk.StateClosed && t.Kind == desk.KindSuggestion:
		return desk.T("mine.suggestion_closed", "number", t.Number), nil
	case t.State == desk.StateClosed:
		return desk.T("mine.case_closed", "number", t.Number), c.itsBack()
	case t.State == desk.StateDone:
		return desk.T("mine.case_done", "number", t.Number), [][]desk.Button{desk.Row(c.start("button.add", "add"))}
	case t.Taker != "":
		key := "mine.case_taken"
		if t.Kind == desk.KindSuggestion {
			key = "mine.suggestion_taken"
		}
		rows := desk.CaseOwnButtons(t)
		if t.Kind == desk.KindComplaint {
			rows = append(rows, desk.Row(c.act("button.chase", desk.Chase)))
		}
		return desk.T(key, "number", t.Number, "name", c.name(t.Taker), "done", t.Clocks.Done), rows
	}
	return desk.CaseReceipt(c.w, t), desk.CaseOwnButtons(t)
}
