package desk

// HouseFlow is who left and who moved in during a period.
type HouseFlow struct {
	// Of checkouts: lists that were closed, visits at which nobody was there,
	// certificates issued, and objections made; each once a checkout.
	Inspected, NoShows, Certificates, Objections int
	// Of are the arrivals of the days of the period, Came those of them who came.
	Of, Came int
}

// visit keeps an event of the period that is counted of checkouts.
func (x *analysing) visit(e Event) {
	a := e.Action
	switch {
	case a == Undo && e.From == StateNoAccess:
		delete(x.visits[NoShow], e.Ticket)
		return
	case a != FinishInspection && a != NoShow && a != IssueCertificate && a != Object:
		return
	}
	if t, ok := x.r.Ticket(e.Ticket); !ok || t.Checkout == nil || !x.counts(t) {
		return
	}
	if x.visits == nil {
		x.visits = map[Action]map[string]bool{}
	}
	if x.visits[a] == nil {
		x.visits[a] = map[string]bool{}
	}
	x.visits[a][e.Ticket] = true
}

// house counts checkouts and arrivals.
func (x *analysing) house() {
	h := HouseFlow{
		Inspected: len(x.visits[FinishInspection]), NoShows: len(x.visits[NoShow]),
		Certificates: len(x.visits[IssueCertificate]), Objections: len(x.visits[Object]),
	}
	for day := DateOf(x.a.From, x.s.Zone); ClockTime(0).On(day, x.s.Zone).Before(x.a.To); day = day.AddDays(1) {
		for _, stays := range ArrivalsOn(x.r, day) {
			h.Of += len(stays)
			h.Came += len(Arrived(stays))
		}
	}
	x.a.House = h
}

// leaving is the line about checkouts; a week without any has none.
func (h HouseFlow) leaving() Text {
	var parts []Text
	add := func(key string, n int) {
		if n > 0 {
			parts = append(parts, T(key, "n", n))
		}
	}
	add("weekly.checkout.inspected", h.Inspected)
	add("weekly.checkout.no_show", h.NoShows)
	add("weekly.checkout.certificate", h.Certificates)
	add("weekly.checkout.object", h.Objections)
	if parts == nil {
		return Text{}
	}
	return T("weekly.checkouts", "parts", parts)
}

// arriving is the line about those who moved in.
func (h HouseFlow) arriving() Text {
	if h.Of == 0 {
		return Text{}
	}
	return T("weekly.arriving", "n", h.Came, "of", h.Of)
}
