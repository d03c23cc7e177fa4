package desk

import "slices"

// praise lets praise reach whom it is for, if it is clear who that is: the one
// person of that name, who had the ticket, or those of a team who are on duty. If
// not, a manager passes it on.
func praise(w World, t *Ticket) Effects {
	c := *t.Case
	defer func() { t.Case = &c }()
	switch c.About.Kind {
	case AboutTicket:
		if old, ok := w.Ticket(c.About.Ticket); ok && old.Taker != "" {
			c.About.People = []string{old.Taker}
		}
	case AboutPerson:
		for _, p := range employees(w) {
			if calledIn(p, Fold(c.About.Said)) {
				c.About.People = append(c.About.People, p.ID)
			}
		}
	case AboutTeam:
		for _, p := range OnDuty(w, c.About.Team) {
			c.About.People = append(c.About.People, p.ID)
		}
	}
	if len(c.About.People) == 0 || c.About.Kind == AboutPerson && len(c.About.People) != 1 {
		return Effects{}
	}
	t.State, t.ClosedAt, t.ClosedBy = StateClosed, w.Now(), "rule"
	return praised(w, *t, c.About.People)
}

// praised tells people what was said of them. Who said it stays with the desk.
func praised(w World, t Ticket, people []string) Effects {
	var out Effects
	lines := []Text{T("case.praised", "number", t.Number)}
	for _, words := range t.Words {
		if !words.Internal {
			lines = append(lines, quoted(words.Text))
		}
	}
	for _, id := range people {
		out.Say(Message{Person: id, Ticket: t.ID, Class: ClassNotice, Lane: LaneInteractive, Text: Lines(lines...), Photos: t.Files})
	}
	return out
}

// handOn gives praise to the one a manager chose.
func handOn(x *turn) error {
	p, ok := x.w.Person(x.args.Get("person"))
	if !ok || !p.Employee() {
		return Refuse("refuse.which")
	}
	c := x.theCase()
	c.About.People = []string{p.ID}
	x.t.ClosedAt, x.t.ClosedBy, x.t.Taker = x.now(), "desk", x.actor.Person.ID
	x.out.Add(praised(x.w, x.t, c.About.People))
	return nil
}

// praiseChoices are who praise may be for: those who may be meant, else those on
// duty.
const praiseChoices = 9

// PraiseButtons let a manager choose whom praise is for.
func PraiseButtons(w World, t Ticket) [][]Button {
	var people []Person
	add := func(p Person, ok bool) {
		if ok && !isAmong(people, p.ID) && len(people) < praiseChoices {
			people = append(people, p)
		}
	}
	for _, id := range t.Case.About.People {
		add(w.Person(id))
	}
	if len(people) == 0 {
		for _, d := range w.Site().Departments {
			for _, p := range OnDuty(w, d.ID) {
				add(p, true)
			}
		}
	}
	var row []Button
	for _, p := range people {
		name := []rune(p.Called())
		row = append(row, Button{Label: Literal(string(name[:min(len(name), 10)])), Data: PressData(t.ID, HandOn, p.ID)})
	}
	return slices.Collect(slices.Chunk(row, 3))
}
