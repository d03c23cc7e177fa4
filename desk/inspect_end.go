package desk

import (
	"slices"
	"strconv"
)

// certify ends the checkout by the rule, as an entry of its own behind the present
// one.
func (x *turn) certify() error {
	first := x.event
	first.To = x.t.State
	x.t.Seq++
	x.event = Event{Ticket: x.t.ID, Seq: x.t.Seq, At: x.now(), Action: IssueCertificate, From: x.t.State}
	x.enter(StateClosed)
	x.out.Events = append(x.out.Events, first)
	return issue(x)
}

// issue ends the stay: the certificate, the room's state, and the tickets that
// follow.
func issue(x *turn) error {
	i := x.inspection()
	if !i.Settled() || i.Finished.IsZero() {
		return Refuse("inspect.not_settled", "number", x.t.Number)
	}
	stay, ok := x.w.Stay(x.t.Checkout.Stay)
	if !ok {
		return Refuse("inspect.no_stay", "number", x.t.Number)
	}
	stay.State, stay.OutAt = StayOut, i.Finished
	c := certificateOf(x.w, x.t, stay)
	if c.Code == "" {
		return Refuse("inspect.no_code")
	}
	i.Certificate = c.Code
	x.t.ClosedAt, x.t.ClosedBy = x.now(), "desk"
	x.out.House.Stays = append(x.out.House.Stays, stay)
	x.out.House.Certificates = append(x.out.House.Certificates, c)
	vacant, err := x.vacate(stay)
	if err != nil {
		return err
	}
	x.follow(vacant)
	x.out.Say(Message{
		Person: x.t.Requester, Ticket: x.t.ID, Class: ClassRegistration, Lane: LaneInteractive,
		Text: T("inspect.certificate", "number", x.t.Number, "days", x.site().Inspection.Valid), Paper: certificatePaper(x.w, c),
	})
	return nil
}

// vacate makes the room vacant when nobody has a bed there any more.
func (x *turn) vacate(stay Stay) (bool, error) {
	for _, s := range x.w.StaysAt(stay.Place) {
		if s.ID != stay.ID && s.State.Here() {
			return false, nil
		}
	}
	if state := x.w.Room(stay.Place).State; state != RoomOccupied && state != RoomLet {
		return state == RoomVacant, nil
	}
	out, err := ChangeRoom(withoutStay{x.w, stay}, stay.Place, RoomVacant, reasonLastLeft, "", x.t.ID)
	if err == nil {
		x.out.Add(out)
	}
	return err == nil, err
}

// withoutStay is the world once somebody has left.
type withoutStay struct {
	World
	left Stay
}

func (w withoutStay) Stay(id string) (Stay, bool) {
	if id == w.left.ID {
		return w.left, true
	}
	return w.World.Stay(id)
}

func (w withoutStay) StaysAt(place string) []Stay {
	return slices.DeleteFunc(slices.Clone(w.World.StaysAt(place)), func(s Stay) bool { return s.ID == w.left.ID })
}

// follow opens the tickets that follow: another lock, repairs, and the cleaning of a
// room that nobody has any more. What a group sees of them says nothing of that.
func (x *turn) follow(vacant bool) {
	i := x.inspection()
	rule := x.site().Inspection
	var numbers []Text
	add := func(category, words string) {
		c, ok := x.site().Category(category)
		if !ok || c.Retired {
			return
		}
		entry := EntryPresent
		if vacant {
			entry = EntryAnytime
		}
		if c.NoVisit {
			entry = EntryNone
		}
		out, t := Open(x.w, Draft{
			Kind: c.Kind, Category: c.ID, Words: words, Place: x.t.Place, Entry: entry, Requester: i.By, NoPost: true, SaidAt: x.now(),
		})
		for n := range out.Tickets {
			if out.Tickets[n].ID == t.ID {
				out.Tickets[n].After = x.t.ID
			}
		}
		x.out.Add(out)
		i.Follow = append(slices.Clone(i.Follow), t.ID)
		numbers = append(numbers, T("inspect.followed", "number", t.Number, "title", Title(x.site(), t)))
	}
	words := map[string]string{}
	var order []string
	for _, c := range i.Charges {
		if c.From != "" {
			continue // It was followed up when it was found there.
		}
		item, _ := ItemOf(x.w, x.before, c.Item)
		category := rule.follows(item, c.State)
		if category == "" || x.reportedAlready(c) {
			continue
		}
		if words[category] == "" {
			order = append(order, category)
		} else {
			words[category] += "\n"
		}
		words[category] += x.toMend(c)
	}
	for _, category := range order {
		add(category, words[category])
	}
	if vacant && rule.Cleaning != "" {
		add(rule.Cleaning, "")
	}
	if len(numbers) > 0 {
		x.tell(i.By, Lines(append([]Text{T("inspect.follow", "number", x.t.Number)}, numbers...)...), ClassNotice)
	}
}

// toMend says to who mends it what it is, and the line of the price list, which says
// what has to be done.
func (x *turn) toMend(c Charge) string {
	lang := x.site().Languages[0]
	what := c.Label.In(lang)
	m, _ := x.t.Checkout.Inspection.Mark(c.Item)
	if price, ok := x.site().Inspection.Price(m.Price); ok && price.Label.In(lang) != what {
		what += " · " + price.Label.In(lang)
	}
	return what
}

// reportedAlready tells whether a ticket has followed from the same damage before: it
// was found when a room-mate left.
func (x *turn) reportedAlready(c Charge) bool {
	m, _ := x.t.Checkout.Inspection.Mark(c.Item)
	d, known := x.w.Damage(m.Damage)
	return known && d.Ticket != x.t.ID
}

// fetchCertificate sends the certificate again, as long as it can be confirmed.
func fetchCertificate(x *turn) error {
	c, ok := x.w.Certificate(x.t.Checkout.Inspection.Certificate)
	if !ok || !c.Valid(x.now()) {
		return Refuse("inspect.expired", "until", c.ValidUntil)
	}
	x.out.Say(Message{
		Person: x.actor.Person.ID, Ticket: x.t.ID, Class: ClassPrompt, Lane: LaneInteractive,
		Text: T("inspect.certificate_again", "number", x.t.Number, "until", c.ValidUntil), Paper: certificatePaper(x.w, c),
	})
	return nil
}

// goodsDue reminds the office of what has been kept long enough.
func goodsDue(x *turn) error {
	i := x.inspection()
	i.Goods = slices.Clone(i.Goods)
	lines := []Text{T("inspect.goods_due", "number", x.t.Number, "place", x.place())}
	var rows [][]Button
	for n := range i.Goods {
		g := &i.Goods[n]
		if !g.Told.IsZero() || !g.Gone.IsZero() || x.now().Before(g.Until) {
			continue
		}
		g.Told = x.now()
		lines = append(lines, goodText(*g))
		rows = append(rows, Row(Button{Label: T("button.goods_gone", "n", n+1), Data: PressData(x.t.ID, GoodsGone, strconv.Itoa(n))}))
	}
	if rows == nil {
		return Refuse("refuse.state", "number", x.t.Number)
	}
	x.out.Add(tellInspectors(x.w, x.t, Lines(lines...), rows...))
	return nil
}

// goodsGone notes that something left behind was dealt with.
func goodsGone(x *turn) error {
	n, err := strconv.Atoi(x.args.Get("n"))
	i := x.inspection()
	if err != nil || n < 0 || n >= len(i.Goods) || !i.Goods[n].Gone.IsZero() {
		return Refuse("inspect.goods_already")
	}
	i.Goods = slices.Clone(i.Goods)
	i.Goods[n].Gone, i.Goods[n].By = x.now(), x.actor.Person.ID
	return nil
}

// tellInspectors says something to who inspects in the building: who has the ticket,
// those on duty, or else all of them; where there is nobody, to the managers.
func tellInspectors(w World, t Ticket, text Text, rows ...[]Button) Effects {
	var out Effects
	m := Message{Ticket: t.ID, Class: ClassNotice, Lane: LaneInteractive, Text: text, Buttons: append(rows, lookButtons(t)...)}
	people := Inspectors(w, t.Checkout.Building)
	if p, ok := w.Person(t.Taker); ok && t.Taker != "" && t.inspects(p) && p.Unreachable == "" {
		people = []Person{p}
	}
	for _, p := range people {
		if p.Is(t.Requester) || p.Address().IsZero() {
			continue
		}
		own := m
		own.Person = p.ID
		out.Say(own)
	}
	if len(out.Messages) == 0 {
		return ToManagers(w, m)
	}
	return out
}
