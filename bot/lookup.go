package bot

import (
	"strings"
	"unicode/utf8"

	"frontdesk/desk"
)

const (
	// lookupRunes is how long a name or place can be that is typed to look
	// somebody up; longer words are a sentence.
	lookupRunes = 30
	// lookupMost bounds the people, and the tickets, that one answer shows.
	lookupMost = 5
)

// lookup answers an operator or manager who types a phone number, a place or a
// name while somebody is on the phone: whose it is, what is open, and one
// sentence to read aloud. It reads a bounded number of rows.
func (t *turn) lookup() (handled bool, err error) {
	text := strings.TrimSpace(t.in.Text)
	if !t.p.Desk() || t.in.Kind != desk.InputText || t.in.Chat.Kind != desk.ChatPrivate || len(t.in.Files) > 0 ||
		t.in.Forwarded || t.in.ReplyTo != "" || text == "" || utf8.RuneCountInString(text) > lookupRunes {
		return false, nil
	}
	if phone := onlyPhone(text); phone != "" {
		people := t.w.PeopleByPhone(phone, lookupMost)
		if len(people) == 0 {
			t.reply(desk.T("lookup.unknown", "phone", phone), desk.Row(logButton("n", phone)))
			return true, nil
		}
		t.showPeople(people)
		return true, nil
	}
	if place, ok := t.onlyPlace(text); ok {
		t.showPlace(place)
		return true, nil
	}
	if people := t.called(text); len(people) > 0 {
		t.showPeople(people)
		return true, nil
	}
	return false, nil
}

// onlyPhone is a text that is a phone number and nothing else: seven figures
// or more.
func onlyPhone(text string) string {
	folded := desk.Fold(text)
	if strings.Trim(folded, "0123456789+-() ") != "" {
		return ""
	}
	if digits := desk.Digits(folded); len(digits) >= 7 && len(digits) <= 15 {
		return digits
	}
	return ""
}

// onlyPlace is a text that is a room or area and nothing else.
func (t *turn) onlyPlace(text string) (desk.Place, bool) {
	f := t.site().Places.Find(text)
	if f.Place == nil || f.Place.Room == "" && f.Place.Area == "" {
		return desk.Place{}, false
	}
	rest := strings.Trim(text[:f.Start]+text[f.End:], " 。.,,、??!!")
	return *f.Place, rest == ""
}

// called are the people whose name the text is.
func (t *turn) called(text string) []desk.Person {
	if utf8.RuneCountInString(text) < 2 {
		return nil
	}
	var list []desk.Person
	name := strings.Join(strings.Fields(desk.Fold(text)), " ")
	for _, p := range t.w.PeopleNamed(name, 50) {
		if desk.Fold(p.Name) == name || desk.Fold(p.Shown) == name {
			list = append(list, p)
		}
	}
	return list
}

func (t *turn) showPeople(people []desk.Person) {
	if len(people) == 1 {
		t.showPerson(people[0])
		return
	}
	lines := []desk.Text{desk.T("lookup.several", "n", len(people))}
	var rows [][]desk.Button
	for _, p := range people[:min(len(people), lookupMost)] {
		lines = append(lines, t.whose(p))
		rows = append(rows, desk.Row(desk.Button{Label: desk.Literal(label(p.Called())), Data: "o|p|" + p.ID}))
	}
	t.reply(desk.Lines(lines...), rows...)
}

// label cuts a name to what a button holds.
func label(name string) string {
	runes := []rune(name)
	return string(runes[:min(len(runes), 10)])
}

// whose is a person on one line: name, room and number, as far as they are
// known.
func (t *turn) whose(p desk.Person) desk.Text {
	line := desk.Literal(p.Called())
	add := func(fact desk.Text) { line = desk.T("lookup.facts", "first", line, "then", fact) }
	if p.Home != "" {
		add(desk.T("label", "label", t.site().PlaceLabel(p.Home)))
	}
	if p.Phone != "" {
		add(desk.Literal(p.Phone))
	}
	return line
}

func (t *turn) showPerson(p desk.Person) {
	var open []desk.Ticket
	recent := t.w.TicketsOf(p.ID, 2*lookupMost)
	for _, ticket := range recent {
		if pending(ticket) && t.site().Serves(t.p, ticket) {
			open = append(open, ticket)
		}
	}
	t.showOpen([]desk.Text{t.whose(p)}, open, p.Lang, logButton("p", p.ID))
}

func (t *turn) showPlace(place desk.Place) {
	head := []desk.Text{desk.T("label", "label", place.Label)}
	lang := ""
	if place.Room != "" {
		for _, p := range t.w.PeopleAt(place.ID, lookupMost) {
			head = append(head, t.whose(p))
		}
	}
	var open []desk.Ticket
	for _, ticket := range t.w.OpenAt(place.ID, lookupMost) {
		if t.site().Serves(t.p, ticket) {
			open = append(open, ticket)
			if p, ok := t.w.Person(ticket.Requester); ok && lang == "" {
				lang = p.Lang
			}
		}
	}
	t.showOpen(head, open, lang, logButton("r", place.ID))
}

// pending tells whether somebody may still ask about a ticket.
func pending(ticket desk.Ticket) bool { return ticket.State.Open() || ticket.State == desk.StateDone }

// showOpen says what is open, and the sentence to read aloud: in the operator's
// language, and in the caller's where that is another.
func (t *turn) showOpen(lines []desk.Text, open []desk.Ticket, lang string, log desk.Button) {
	if len(open) == 0 {
		t.reply(desk.Lines(append(lines, desk.T("lookup.none"))...), desk.Row(log))
		return
	}
	var row []desk.Button
	for _, ticket := range open[:min(len(open), lookupMost)] {
		lines = append(lines, t.line(ticket, desk.Title(t.site(), ticket)))
		row = append(row, desk.Button{Label: desk.Literal(ticket.Number), Data: desk.LookData(ticket.ID)})
	}
	say := t.aloud(open)
	lines = append(lines, desk.T("lookup.read", "sentence", say))
	if lang = t.site().Language(lang); lang != t.lang() {
		lines = append(lines, desk.T("lookup.read", "sentence", desk.Literal(t.wr.Texts.Render(lang, say, t.w.Now()))))
	}
	rows := make([][]desk.Button, 0, len(row)+1)
	for _, b := range row {
		rows = append(rows, desk.Row(b))
	}
	t.reply(desk.Lines(lines...), append(pairs(rows), desk.Row(log))...)
}

// aloud is the sentence to read: how the newest stands, and how many more there
// are.
func (t *turn) aloud(open []desk.Ticket) desk.Text {
	say := t.standing(open[0])
	if more := len(open) - 1; more > 0 {
		return desk.T("lookup.say_more", "sentence", say, "n", more)
	}
	return say
}

// standing says to the resident how a ticket stands.
//
//locale:key lookup.say.offered lookup.say.arrived lookup.say.paused lookup.say.no_access lookup.say.done lookup.say.done_request
func (t *turn) standing(ticket desk.Ticket) desk.Text {
	if ticket.Case != nil {
		return desk.T("lookup.say.case", "number", ticket.Number)
	}
	taker, _ := t.w.Person(ticket.Taker)
	d, _ := t.site().Department(ticket.Department)
	key := "lookup.say." + string(ticket.State)
	switch {
	case ticket.Overdue(t.w.Now()):
		key = "lookup.say.late"
	case ticket.State == desk.StateNew && (ticket.Clocks.Take.IsZero() || t.w.Now().After(ticket.Clocks.Take)):
		key = "lookup.say.waiting"
	case ticket.State == desk.StateTaken && !ticket.From.IsZero():
		key = "lookup.say.taken_slot"
	case ticket.State == desk.StateTaken && !ticket.Clocks.Arrive.After(t.w.Now()):
		key = "lookup.say.taken_soon"
	case ticket.State == desk.StateDone:
		key = ticket.Spoken(key)
	}
	until := ticket.Since
	if ticket.Pause != nil {
		until = ticket.Pause.Until
	}
	return desk.T(key, "number", ticket.Number, "title", desk.Title(t.site(), ticket), "department", d.Label,
		"take", ticket.Clocks.Take, "taker", taker.Called(), "taken", ticket.TakenAt, "by", ticket.Clocks.Arrive,
		"at", ticket.Since, "until", until, "slot", desk.T("slot", "from", ticket.From, "to", ticket.To))
}

func logButton(what, id string) desk.Button {
	return desk.Button{Label: desk.T("button.log_for"), Data: "o|l" + what + "|" + id}
}

// pressLookup shows somebody who was chosen, or begins to file for them with
// what is known.
func (t *turn) pressLookup(what, id string) error {
	if !t.p.Desk() || t.in.Chat.Kind != desk.ChatPrivate {
		return desk.Refuse("command.refused", "command", "find")
	}
	t.answer(desk.Text{})
	switch what {
	case "p":
		if p, ok := t.w.Person(id); ok {
			t.showPerson(p)
			return nil
		}
	case "ln":
		return t.start("log", map[string][]string{"caller": {id}})
	case "lr":
		return t.start("log", map[string][]string{"place": {id}})
	case "lp":
		p, ok := t.w.Person(id)
		if !ok {
			break
		}
		answers := map[string][]string{"caller": {strings.TrimSpace(p.Called() + " " + p.Phone)}}
		if p.Home != "" {
			answers["place"] = []string{p.Home}
		}
		return t.start("log", answers)
	}
	return desk.Refuse("press.unknown")
}
