package desk

import "time"

// CheckoutDraft is a booking before it is a ticket: an hour, a day without one, or
// a wait for one.
type CheckoutDraft struct {
	Stay               Stay
	Requester, FiledBy string
	Via                string
	SaidAt             time.Time
	Day                Date
	At                 ClockTime
	Express            bool
	Wait               bool
	Hours              []ClockTime // of a wait; none means any
}

// OpenCheckout books a checkout. A stay has one booking at a time; it is refused
// with a *UserError when there is one, when the hour is taken or shut, or when the
// stay cannot end.
func OpenCheckout(w World, d CheckoutDraft) (Effects, Ticket, error) {
	s, now := w.Site(), w.Now()
	if old, ok := openCheckout(w, d.Stay.ID); ok {
		return Effects{}, old, Refuse("checkout.already", "number", old.Number)
	}
	if d.Stay.State == StayOut {
		return Effects{}, Ticket{}, Refuse("checkout.out")
	}
	by, forWhom := d.Requester, ""
	if d.FiledBy != "" {
		by, forWhom = d.FiledBy, d.Requester
	}
	filer, _ := w.Person(by)
	said := d.SaidAt
	if said.IsZero() || said.After(now) || now.Sub(said) > 24*time.Hour {
		said = now
	}
	t := Ticket{
		ID: w.NewID(), Number: w.Number(Letter(KindCheckout)), Kind: KindCheckout, Place: d.Stay.Place, Urgency: Normal,
		Department: s.Checkout.Department, Requester: d.Requester, FiledBy: d.FiledBy,
		State: StateNew, Since: now, SaidAt: said, Created: now, Announced: now, Seq: 1,
		Checkout: &Checkout{Stay: d.Stay.ID, Building: buildingOf(s, d.Stay.Place), Bed: d.Stay.Bed},
	}
	t.Follower = follower(w, t)
	for _, batch := range w.BatchesOf(t.Checkout.Building) {
		if batch.Runs(DateOf(now, s.Zone)) {
			t.Checkout.Batch = batch.ID
			break
		}
	}
	b := &seat{w: w, t: &t, desk: filer.Desk()}
	var err error
	switch {
	case d.Express:
		err = b.express(d.Day)
	case d.Wait:
		err = b.wait(d.Day, d.Hours)
	default:
		err = b.book(d.Day, d.At)
	}
	if err != nil {
		return Effects{}, Ticket{}, err
	}
	out := b.out
	if stay := d.Stay; stay.State != StayExpected {
		stay.State = StayLeaving
		put, _ := PutStay(w, d.Stay, stay, "leaving", by, map[string]string{"ticket": t.ID})
		out.Add(put)
	}
	details := map[string]string{"day": t.Checkout.Day.String(), "how": t.Checkout.how()}
	if t.Checkout.HasSlot() {
		details["slot"] = t.Checkout.Slot.String()
	}
	out.Events = append(out.Events, Event{
		Ticket: t.ID, Seq: 1, At: now, SaidAt: d.SaidAt, Action: Opened, To: StateNew, By: by, For: forWhom, Via: d.Via, Details: details,
	})
	out.Add(requesterPost(w, t))
	out.Tickets = append(out.Tickets, t)
	return out, t, nil
}

// how names in what way somebody leaves: slot, express or wait; or none, when
// another day has to be chosen.
func (c Checkout) how() string {
	switch {
	case c.Express:
		return "express"
	case c.Waiting:
		return "wait"
	case c.HasSlot():
		return "slot"
	}
	return "none"
}

// OwnStays lists the stays of a person that have not ended, by account and by the
// number that they are verified with.
func OwnStays(w World, p Person) []Stay {
	var list []Stay
	seen := map[string]bool{}
	add := func(stays []Stay) {
		for _, s := range stays {
			if s.State != StayOut && !seen[s.ID] && (s.Person == "" || p.Is(s.Person)) {
				seen[s.ID] = true
				list = append(list, s)
			}
		}
	}
	add(w.StaysOf(p.ID))
	if _, ok := Entitled(w, p); ok {
		add(w.StaysByNumber(p.Number))
	}
	return list
}

// ClaimRoom finds the stay of somebody whose account the desk does not know yet, by
// what they say: the room, the bed, the number and the name must all be those of
// one stay. It counts attempts as Verify does; a room of which nothing is written
// down has a stay made of what they say, and the inspector sees who is there.
func ClaimRoom(w World, p Person, place, bed, number, name string) (Effects, Stay, error) {
	today := DateOf(w.Now(), w.Site().Zone)
	if p.TriedOn != today {
		p.TriedOn, p.Tries = today, 0
	}
	if p.Tries >= VerifyTries {
		return Effects{}, Stay{}, Refuse("checkout.tries")
	}
	list := w.StaysAt(place)
	for _, s := range list {
		if NumberKey(s.Number) == NumberKey(number) && NameKey(s.Name) == NameKey(name) && (bed == "" || Fold(s.Bed) == Fold(bed)) &&
			(s.Person == "" || p.Is(s.Person)) {
			before := s
			s.Person = p.ID
			out, s := PutStay(w, before, s, "tied", p.ID, nil)
			return out, s, nil
		}
	}
	if len(list) > 0 || len(w.StaysByNumber(number)) > 0 {
		p.Tries++
		return Effects{People: []Person{p}}, Stay{}, Refuse("checkout.no_stay")
	}
	s := Stay{
		ID: w.NewID(), Person: p.ID, Name: name, Number: number, Place: place, Bed: bed,
		From: ClockTime(0).On(today, w.Site().Zone), Undated: true, State: StayIn,
	}
	if r, ok := w.Resident(NumberKey(number)); ok && r.Kind != "" {
		s.Kind = r.Kind
	}
	out, s := PutStay(w, Stay{}, s, "unlisted", p.ID, nil)
	return out, s, nil
}

// UnlistedStay writes down a stay for somebody for whom the desk books, in a room of
// which nothing is written.
func UnlistedStay(w World, by Person, place, number, name string) (Effects, Stay, error) {
	s := Stay{
		ID: w.NewID(), Name: name, Number: number, Place: place,
		From: ClockTime(0).On(DateOf(w.Now(), w.Site().Zone), w.Site().Zone), Undated: true, State: StayIn,
	}
	if r, ok := w.Resident(NumberKey(number)); ok && r.Kind != "" {
		s.Kind = r.Kind
	}
	out, s := PutStay(w, Stay{}, s, "unlisted", by.ID, nil)
	return out, s, nil
}

// CheckoutText says how a booking stands, in one sentence or two.
func CheckoutText(w World, t Ticket) Text {
	c, s := t.Checkout, w.Site()
	switch {
	case t.State == StateCancelled:
		return T("checkout.mine_cancelled", "number", t.Number)
	case t.State == StateNoAccess && c.NoShows > 1:
		return T("checkout.mine_no_show_again", "number", t.Number)
	case t.State == StateNoAccess:
		return T("checkout.mine_no_show", "number", t.Number, "at", t.From)
	case !c.Lost.IsZero():
		return T("checkout.mine_lost", "number", t.Number)
	case c.Waiting && c.Offer != 0:
		from, _ := SlotTimes(s, c.Day, c.Offer)
		return T("checkout.mine_offer", "number", t.Number, "at", from, "by", c.OfferBy)
	case c.Waiting:
		return T("checkout.mine_wait", "number", t.Number, "day", midday(w, c.Day), "n", waitsAt(w, t), "hold", s.Checkout.Hold)
	case c.Express:
		return T("checkout.mine_express", "number", t.Number, "day", midday(w, c.Day), "within", s.Checkout.Express)
	}
	return T("checkout.mine_slot", "number", t.Number, "place", Where(s, t), "from", t.From, "to", t.To)
}

// waitsAt is the number on the waiting list.
func waitsAt(w World, t Ticket) int {
	for i, x := range w.SlotDay(t.Checkout.Building, t.Checkout.Day).Waiting {
		if x.Ticket == t.ID {
			return i + 1
		}
	}
	return 1
}
