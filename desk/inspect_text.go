package desk

import "time"

// What an inspection says, in words.

// ChargeText is one line of the list, for the leaver: the item, what is wrong, and
// the sum. Who else shares it is not said.
func ChargeText(c Charge) Text {
	state := T("inspect.state." + string(c.State)) //locale:key inspect.state.missing inspect.state.damaged
	switch {
	case c.Before:
		return T("inspect.line_before", "item", c.Label, "state", state)
	case c.Of > 0:
		return T("inspect.line_shared", "item", c.Label, "state", state, "sum", Yuan(c.Fen), "whole", Yuan(c.Whole), "of", c.Of)
	case c.Fen == 0 && c.Whole > 0:
		return T("inspect.line_other", "item", c.Label, "state", state)
	case c.Fen == 0:
		return T("inspect.line_free", "item", c.Label, "state", state)
	}
	return T("inspect.line", "item", c.Label, "state", state, "sum", Yuan(c.Fen))
}

// InspectionText is the whole list as it is shown to who signs it.
func InspectionText(w World, t Ticket) Text {
	i := t.Checkout.Inspection
	charges, sum := Charges(w, t)
	lines := []Text{T("inspect.head", "number", t.Number, "where", BedText(w.Site(), t.Place, t.Checkout.Bed), "name", nameOf(w, i.By))}
	for _, c := range charges {
		lines = append(lines, ChargeText(c))
	}
	if len(charges) == 0 && (!i.Finished.IsZero() || len(Unmarked(w, t)) == 0) {
		lines = append(lines, T("inspect.all_well"))
	}
	lines = append(lines, readings(w, t)...)
	for _, g := range i.Goods {
		if g.Gone.IsZero() {
			lines = append(lines, goodText(g))
		}
	}
	if len(charges) > 0 {
		lines = append(lines, T("inspect.sum", "sum", Yuan(sum)))
	}
	return Lines(lines...)
}

func goodText(g LeftGood) Text {
	what := Literal(g.What)
	if g.What == "" {
		what = T("inspect.good_photo")
	}
	return T("inspect.good", "what", what, "until", g.Until)
}

// readings are the numbers of meters, one a line.
func readings(w World, t Ticket) []Text {
	var list []Text
	for _, item := range ItemsOf(w, t) {
		if m, ok := t.Checkout.Inspection.Mark(item.ID); ok && m.Reading != "" {
			list = append(list, T("inspect.reading", "item", item.Label, "reading", m.Reading, "unit", item.Unit))
		}
	}
	return list
}

// BedText is a room, with the bed where it has a name.
func BedText(s *Site, place, bed string) Text {
	if bed == "" {
		return T("label", "label", s.PlaceLabel(place))
	}
	return T("inspect.bed", "place", s.PlaceLabel(place), "bed", bed)
}

// FeesText asks whoever confirms for fees and deposit.
func FeesText(w World, t Ticket) Text {
	i := t.Checkout.Inspection
	stay, _ := w.Stay(t.Checkout.Stay)
	how := T("inspect.agreed")
	switch {
	case i.Object != nil:
		how = T("inspect.decided_by", "name", nameOf(w, i.Object.DecidedBy))
	case i.Lapsed:
		how = T("inspect.lapsed")
	}
	who := T("inspect.fees_noid", "number", t.Number, "name", stay.Name, "where", BedText(w.Site(), t.Place, t.Checkout.Bed))
	if stay.Number == "" {
		return Lines(who, T("inspect.fees_sum", "sum", Yuan(i.Owed()), "how", how))
	}
	return Lines(
		T("inspect.fees", "number", t.Number, "name", stay.Name, "id", stay.Number, "where", BedText(w.Site(), t.Place, t.Checkout.Bed)),
		T("inspect.fees_sum", "sum", Yuan(i.Owed()), "how", how),
	)
}

// InspectionStanding says in one line how far the signing has got.
func InspectionStanding(w World, t Ticket) Text {
	i := t.Checkout.Inspection
	switch {
	case t.State == StateClosed:
		return T("inspect.standing_closed", "at", t.ClosedAt)
	case i.Finished.IsZero():
		return T("inspect.standing_open", "at", i.Started)
	case i.Object.Open():
		return T("inspect.standing_objection", "at", i.Object.At)
	case i.Settled():
		return T("inspect.standing_fees", "sum", Yuan(i.Owed()))
	}
	return T("inspect.standing_signed", "by", i.AnswerBy)
}

// CertificateAnswer says whether a certificate is valid, and nothing more of whose it
// is than a stranger may know. One that nobody has is answered like any other wrong
// code.
func CertificateAnswer(s *Site, c Certificate, now time.Time) Text {
	switch {
	case c.Code == "":
		return T("verify.code_unknown")
	case !c.Valid(now):
		return T("verify.code_expired", "until", DateOf(c.ValidUntil, s.Zone).String())
	}
	return T("verify.code_valid", "name", MaskName(c.Name), "where", BedText(s, c.Place, ""), "out", DateOf(c.Out, s.Zone).String(),
		"until", DateOf(c.ValidUntil, s.Zone).String())
}
