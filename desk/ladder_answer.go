package desk

import "slices"

// MayAnswer tells whether somebody may say that they come: whoever was called, does
// one of the duties that are called, or manages. A person at risk is the business
// of those who were called and of the managers alone.
func (l Ladder) MayAnswer(s *Site, p Person) bool {
	switch {
	case p.Suspended:
		return false
	case l.WasCalled(p), p.Manages():
		return true
	case l.private():
		return false
	}
	return slices.ContainsFunc(l.steps(s), func(step Step) bool {
		return slices.ContainsFunc(step.Call, func(duty string) bool { return s.MayDo(p, duty) })
	})
}

// Respond is somebody's word that they come. The first ends the ladder: calls that
// wait are withdrawn, the reporter and the others are told who it is. Whoever works
// for the ticket's department has it then.
func Respond(w World, l Ladder, by Actor) (Effects, error) {
	p := by.Person
	if !l.MayAnswer(w.Site(), p) {
		return Effects{}, Refuse("ladder.refused")
	}
	if l.Drill {
		return answerDrill(w, l, p), nil
	}
	if !l.Running() {
		return Effects{}, l.isOver(w)
	}
	var out Effects
	if t, ok := w.Ticket(l.Ticket); ok {
		if MayAct(t, Take, p) && t.State == StateNew && !slices.Contains(t.Not, p.ID) {
			return Act(w, t, Take, by, Args{}) // followLadder does the rest.
		}
		came, err := Act(w, t, Coming, Actor{}, With("person", p.ID))
		if err != nil {
			return out, err
		}
		out.Add(came)
	}
	out.Add(l.answered(w, p))
	return out, nil
}

// isOver says how the ladder ended, to somebody who presses too late.
func (l Ladder) isOver(w World) error {
	if n := len(l.Answers); n > 0 {
		first := l.Answers[0]
		if l.Unconfirmed() {
			return Refuse("ladder.checked", "name", nameOf(w, first.Person), "at", first.At)
		}
		return Refuse("ladder.already", "name", nameOf(w, first.Person), "at", first.At)
	}
	return Refuse("ladder.over")
}

// answered ends the ladder by an answer and tells everybody who comes.
func (l Ladder) answered(w World, p Person) Effects {
	l.Answers = append(slices.Clone(l.Answers), Answered{Person: p.ID, At: w.Now()})
	text := T("ladder.coming", "number", l.Number, "name", p.Called(), "at", w.Now())
	reporter := T("ladder.coming_reporter", "number", l.Number, "name", p.Called())
	switch {
	case l.Unconfirmed():
		text = T("ladder.checking", "name", p.Called(), "at", w.Now())
		reporter = T("ladder.checking_reporter", "name", p.Called())
	case l.private():
		text = T("ladder.risk_coming", "name", p.Called(), "at", w.Now())
		reporter = T("ladder.risk_reporter", "name", p.Called())
	}
	return l.end(w, LadderAnswered, p, text, reporter)
}

// end ends the ladder and tells everybody who was called, and the reporter. In a
// group that has the card its edit says it; only that nobody has to go any more is
// said aloud there too, because an edit does not ring and people may be running.
func (l Ladder) end(w World, how string, by Person, text, reporter Text) Effects {
	l.Ended, l.End = w.Now(), how
	var out Effects
	if !reporter.IsZero() && !by.Is(l.Reporter) {
		out.Add(l.tellReporter(w, reporter))
	}
	if !text.IsZero() {
		told := l
		if how != LadderFalse {
			told.Groups = l.uncarded(w)
		}
		out.Add(told.tellCalled(w, by, text))
	}
	l.keep(&out)
	return out
}

// tellReporter tells whoever reported it.
func (l Ladder) tellReporter(w World, text Text) Effects {
	var out Effects
	if p, ok := w.Person(l.Reporter); ok && !l.Drill && reachable(p) {
		out.Say(Message{Person: p.ID, Ticket: l.Ticket, Lane: LaneEmergency, Class: ClassEmergency, Text: text})
	}
	return out
}

// tellCalled tells those who were called, and the groups.
func (l Ladder) tellCalled(w World, but Person, text Text) Effects {
	var out Effects
	for _, c := range l.Called {
		p, ok := w.Person(c.Person)
		if !ok || but.Is(p.ID) || p.Is(l.Reporter) || !reachable(p) {
			continue
		}
		out.Say(Message{Person: p.ID, Ticket: l.Ticket, Lane: LaneEmergency, Class: ClassEmergency, Text: text})
	}
	for _, g := range l.Groups {
		group, ok := w.GroupAt(g)
		if ok && group.Dead != "" {
			continue
		}
		out.Say(Message{Chat: g, Lang: group.Lang, Ticket: l.Ticket, Lane: LaneEmergency, Class: ClassEmergency, Text: text})
	}
	return out
}

// uncarded are the groups that were called and have no card of the ticket that can be
// replaced.
func (l Ladder) uncarded(w World) []Address {
	posts := w.Posts(l.Ticket)
	return slices.DeleteFunc(slices.Clone(l.Groups), func(a Address) bool {
		return w.Site().Can(a).EditAnytime && slices.ContainsFunc(posts, func(p Post) bool {
			return p.Kind == PostGroup && p.Chat == a && p.Gone == "" && !p.Frozen && !p.Superseded
		})
	})
}

// located says where it is, once somebody knows.
func (l Ladder) located(w World, place string, by Person) Effects {
	l.Place = place
	var out Effects
	out.Emergency.Ladders = append(out.Emergency.Ladders, l)
	groups := l.Groups
	// The card of the ticket's own department shows it.
	l.Groups = slices.DeleteFunc(slices.Clone(groups), func(a Address) bool {
		return slices.ContainsFunc(w.Posts(l.Ticket), func(p Post) bool { return p.Kind == PostGroup && p.Chat == a })
	})
	out.Add(l.tellCalled(w, by, T("danger.located", "number", l.Number, "place", T("label", "label", w.Site().PlaceLabel(place)))))
	return out
}

// followLadder keeps the ladder of an emergency true to its ticket: who takes it
// answers; who gives it back lets the search begin anew; its end ends it.
func followLadder(w World, before, t Ticket, by Actor) Effects {
	l, ok := w.LadderOf(t.ID)
	if !ok {
		return Effects{}
	}
	switch {
	case !t.State.Open() && before.State.Open():
		return l.ticketEnded(w, t, by.Person)
	case t.Taker != "" && before.Taker == "" && l.Running():
		p, _ := w.Person(t.Taker)
		return l.answered(w, p)
	case t.State == StateNew && (before.Taker != "" || !before.State.Open()) && !l.Running():
		again := ladderOf(t)
		again.Round = 1 // It is marked as a repeat.
		return StartLadder(w, again, Told{})
	}
	return Effects{}
}

// ticketEnded ends the ladder with its ticket. Of a false alarm, and of one that
// ended before anybody came, those who were called are told.
func (l Ladder) ticketEnded(w World, t Ticket, by Person) Effects {
	switch {
	case t.State == StateCancelled:
		return l.end(w, LadderFalse, by, T("ladder.false", "number", l.Number, "name", by.Called()), Text{})
	case l.Running():
		return l.end(w, LadderOver, by, T("ladder.done", "number", l.Number), Text{})
	}
	return Effects{}
}
