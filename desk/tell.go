package desk

// What a turn says and to whom.

// Title is what a ticket is about in a few words: what the person called it,
// or the category's label.
func Title(s *Site, t Ticket) Text {
	if t.Case != nil {
		return caseTitle(s, t)
	}
	if t.Checkout != nil {
		return T("checkout.title")
	}
	if t.Summary != "" && !t.Discreet {
		return Literal(t.Summary)
	}
	if t.Kind == KindEmergency {
		return T("danger.kind." + t.Category)
	}
	c, _ := s.Category(t.Category)
	return T("label", "label", c.Called())
}

// Where is the ticket's place in words. Of an emergency it may not be known yet.
func Where(s *Site, t Ticket) Text {
	if t.Place == "" && t.Case != nil {
		return T("case.no_place")
	}
	if t.Place == "" {
		return T("card.no_place")
	}
	return T("label", "label", s.PlaceLabel(t.Place))
}

func (x *turn) place() Text { return Where(x.site(), x.t) }

func (x *turn) takerName() string {
	if x.t.Taker == "" {
		return nameOf(x.w, x.before.Taker)
	}
	return nameOf(x.w, x.t.Taker)
}

func (x *turn) tell(person string, text Text, class Class) {
	if person == "" {
		return
	}
	x.out.Say(Message{
		Person: person, Ticket: x.t.ID, Class: class, Lane: LaneInteractive, Text: text, Buttons: lookButtons(x.t),
	})
}

// tellTaker tells who has, or had, the ticket.
func (x *turn) tellTaker(text Text, class Class) {
	taker := x.t.Taker
	if taker == "" {
		taker = x.before.Taker
	}
	x.tell(taker, text, class)
	if n := len(x.out.Messages); taker != "" && !x.t.Urgency.Rings() && OffShift(x.w, taker) {
		x.out.Messages[n-1].Silent = true // Told, and not woken.
	}
}

func (x *turn) tellRequester(text Text, class Class) {
	if x.t.Requester == "" || x.actor.Person.Is(x.t.Requester) {
		return
	}
	x.tell(x.t.Requester, text, class)
}

// post adds a post of the ticket's card: to a person in private, or to a whole
// department.
func (x *turn) post(p Post) {
	if p.Kind == PostGroup {
		x.out.Add(dispatch(x.w, x.t, p.Department))
		return
	}
	person, ok := x.w.Person(p.Person)
	if !ok || person.Address().IsZero() {
		return
	}
	p.ID, p.Ticket, p.Created, p.Lane = x.w.NewID(), x.t.ID, x.now(), LaneInteractive
	p.Chat, p.Lang = person.Address(), x.site().Language(person.Lang)
	x.out.Posts = append(x.out.Posts, p)
}

// Spoken is the key of a text in the words of the ticket's kind: a repair is
// fixed, a request is done.
//
//locale:key button.its_back_request button.not_fixed_request callback.ask_request callback.remind_request
//locale:key mine.done_request mine.registered_request rated.good_request rated.good_complaint
//locale:key button.not_fixed_complaint button.its_back_complaint callback.ask_complaint callback.remind_complaint
func (t Ticket) Spoken(key string) string {
	if t.Case != nil {
		return key + "_complaint"
	}
	if t.Kind == KindRequest || t.Kind == KindEmergency {
		return key + "_request"
	}
	return key
}
