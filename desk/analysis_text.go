package desk

import "strconv"

// kindText is a kind in words.
//
//locale:prefix weekly.kind.
func kindText(kind string) Text { return T("weekly.kind." + kind) }

// sortText is a sort of ticket in words: the category, or the type of a complaint.
func (x sorts) sortText(key string) Text {
	kind, rest := cutSort(key)
	switch {
	case rest == "":
		return kindText(kind)
	case kind == KindComplaint:
		//locale:prefix case.type.
		return T("weekly.sort_complaint", "type", T("case.type."+rest))
	}
	c, ok := x.s.Category(rest)
	if !ok {
		return Literal(rest)
	}
	return T("label", "label", c.Called())
}

// sorts puts the keys of tallies into words.
type sorts struct{ s *Site }

func cutSort(key string) (kind, rest string) {
	for i := range len(key) {
		if key[i] == '/' {
			return key[:i], key[i+1:]
		}
	}
	return key, ""
}

func (x sorts) place(key string) Text {
	if key == "" {
		return T("weekly.nowhere")
	}
	return T("label", "label", x.s.PlaceLabel(key))
}

func (x sorts) department(key string) Text {
	if key == "" {
		return TeamText(x.s, TeamDesk) // Cases are answered by the desk itself.
	}
	return TeamText(x.s, key)
}

func (x sorts) cause(key string) Text {
	if key == "" {
		return T("weekly.no_cause")
	}
	return T("case.cause." + key) //locale:prefix case.cause.
}

func (x sorts) hour(key string) Text {
	hour, _ := strconv.Atoi(key)
	return T("weekly.hour", "hour", hour, "next", hour+1)
}

//locale:prefix weekly.method.
func (x sorts) method(key string) Text { return T("weekly.method." + key) }

// about is a theme in words.
func (x sorts) about(t Theme) Text {
	what := Text{}
	if c, ok := x.s.Category(t.Category); ok {
		what = T("label", "label", c.Called())
	} else if t.Type != "" {
		what = T("weekly.sort_complaint", "type", T("case.type."+t.Type))
	} else {
		what = Literal(t.Category)
	}
	if t.Place == "" {
		return what
	}
	return T("weekly.about", "place", T("label", "label", x.s.PlaceLabel(t.Place)), "what", what)
}

// propose is the drafted line on what to do about it. It is a draft: what becomes of
// it is decided by people.
//
//locale:prefix weekly.propose.
func propose(situation string, class ProposalClass) Text {
	return T("weekly.propose." + situation + "." + string(class))
}

// Summary is the analysis in a few lines. A week in which nothing was there is one.
func (a Analysis) Summary(s *Site) Text {
	week := WeekOf(DateOf(a.From, s.Zone))
	args := []any{"week", week.Number, "from", a.From, "to", s.daysBefore(a.To, 1)}
	if a.Quiet() {
		return T("weekly.quiet", args...)
	}
	x := sorts{s}
	return Lines(
		T("weekly.head", args...),
		T("weekly.flow", "carried", a.Total.Carried, "new", a.Total.New, "done", a.Total.Done, "cancelled", a.Total.Cancelled, "open", a.Total.Open),
		a.trouble(),
		a.kinds(),
		a.most(x),
		a.shares(),
		partsLine(a.Parts),
		a.House.leaving(),
		a.House.arriving(),
		a.prominentLine(x),
		a.repeatedLine(x),
		a.leftOverLine(s),
	)
}

// trouble is what of the open has gone wrong.
func (a Analysis) trouble() Text {
	if a.Total.Overdue == 0 && a.Total.Unsolved == 0 {
		return Text{}
	}
	return T("weekly.trouble", "overdue", a.Total.Overdue, "unsolved", a.Total.Unsolved)
}

// kinds are how many of each kind are new.
func (a Analysis) kinds() Text {
	var list []Text
	for _, k := range a.Kinds {
		if k.New > 0 {
			list = append(list, T("weekly.count", "what", kindText(k.Key), "n", k.New))
		}
	}
	if a.Praise > 0 {
		list = append(list, T("weekly.count", "what", kindText(KindPraise), "n", a.Praise))
	}
	if len(list) == 0 {
		return Text{}
	}
	return T("weekly.kinds", "parts", list)
}

// most names what had the most new tickets: sort, place, department and hour.
func (a Analysis) most(x sorts) Text {
	var list []Text
	add := func(tallies []Tally, say func(string) Text) {
		best := Tally{}
		for _, t := range tallies {
			if t.Key != "" && t.New > best.New {
				best = t
			}
		}
		if best.New > 1 {
			list = append(list, T("weekly.most_count", "what", say(best.Key), "n", best.New))
		}
	}
	add(a.Sorts, x.sortText)
	add(a.Places, x.place)
	add(a.Departments, x.department)
	add(a.Hours, x.hour)
	if len(list) == 0 {
		return Text{}
	}
	return T("weekly.most", "parts", list)
}

// shares are the rates that there are, each with what it is a share of.
//
//locale:prefix weekly.rate.
func (a Analysis) shares() Text {
	var list []Text
	for _, r := range a.Rates {
		if r.Of == 0 {
			continue
		}
		key := "weekly.ratio"
		switch {
		case r.Beside > 0 && r.Name == RateSatisfied:
			key = "weekly.ratio_unrated"
		case r.Beside > 0 && r.Name == RateValid:
			key = "weekly.ratio_undecided"
		}
		list = append(list, T(key, "what", T("weekly.rate."+string(r.Name)), "n", r.N, "of", r.Of, "percent", r.Percent(), "beside", r.Beside))
	}
	if len(list) == 0 {
		return Text{}
	}
	return T("weekly.rates", "rates", list)
}

func (a Analysis) prominentLine(x sorts) Text {
	if a.Prominent == nil {
		return Text{}
	}
	return T("weekly.prominent", "about", x.about(*a.Prominent), "n", a.Prominent.N, "proposal", propose("prominent", a.Prominent.Class))
}

func (a Analysis) repeatedLine(x sorts) Text {
	if len(a.Repeated) == 0 {
		return Text{}
	}
	first := a.Repeated[0]
	return T("weekly.repeated", "cases", len(a.Repeated), "about", x.about(first), "n", first.N, "days", repeatedWithin,
		"proposal", propose("repeated", first.Class))
}

func (a Analysis) leftOverLine(s *Site) Text {
	if len(a.LeftOver) == 0 {
		return Text{}
	}
	first := a.LeftOver[0]
	return T("weekly.left_over", "n", len(a.LeftOver), "ticket", ticketShown(s, first.Ticket), "age", first.Age, "proposal", propose("left_over", first.Class))
}

// ticketShown names a ticket in statistics: number, matter, and where it is.
func ticketShown(s *Site, t Ticket) Text {
	where := whereShown(s, t)
	if where.Key == "weekly.nowhere" {
		return T("weekly.ticket_nowhere", "number", t.Number, "title", titleShown(s, t))
	}
	return T("weekly.ticket", "number", t.Number, "title", titleShown(s, t), "place", where)
}

// whereShown is the place of a ticket in statistics: only the building where the
// room would tell who it is about, and nothing of an emergency.
func whereShown(s *Site, t Ticket) Text {
	wide := wideOf(s, t.Place)
	switch {
	case t.Kind == KindEmergency || wide == "":
		return T("weekly.nowhere")
	case t.Case != nil || t.Discreet:
		return T("label", "label", s.PlaceLabel(wide))
	}
	return Where(s, t)
}

// wideOf is the building of a place, or an area of the site itself: the canteen.
func wideOf(s *Site, place string) string {
	if building := buildingOf(s, place); building != "" {
		return building
	}
	return place
}
