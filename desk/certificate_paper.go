package desk

// certificateOf makes the certificate of a checkout that is settled.
func certificateOf(w World, t Ticket, stay Stay) Certificate {
	i := t.Checkout.Inspection
	c := Certificate{
		Code: newCode(w), Stay: stay.ID, Person: stay.Person, Name: stay.Name, Number: stay.Number, Place: stay.Place, Bed: stay.Bed,
		Ticket: t.ID, Out: i.Finished, At: w.Now(),
		ValidUntil: w.Site().Calendar.After(w.Now(), w.Site().Inspection.Valid), Fees: i.Owed(),
	}
	if !stay.Undated {
		c.From = stay.From
	}
	for _, line := range i.Charges {
		if line.Fen > 0 {
			c.Lines = append(c.Lines, CertificateLine{Item: line.Label, State: line.State, Fen: line.Fen, Of: line.Of})
		}
	}
	return c
}

// certificatePaper is a certificate as a page, in the site's first two languages. It
// says what was and promises nothing.
func certificatePaper(w World, c Certificate) *Paper {
	s := w.Site()
	t, _ := w.Ticket(c.Ticket)
	fact := func(key string, value Text) PaperFact {
		return PaperFact{Label: T("paper." + key), Value: value} //locale:prefix paper.
	}
	p := &Paper{
		Name: "clearance-" + ShownCode(c.Code), Langs: s.Languages[:min(2, len(s.Languages))],
		From: T("label", "label", s.Name), Title: T("paper.title"),
		Facts: []PaperFact{fact("name", Literal(c.Name))}, Head: T("paper.fees"),
		Total: PaperLine{What: T("paper.total"), Sum: Yuan(c.Fees)},
		Notes: []Text{T("paper.note")}, Code: ShownCode(c.Code),
	}
	if c.Number != "" {
		p.Facts = append(p.Facts, fact("number", Literal(c.Number)))
	}
	p.Facts = append(p.Facts, fact("room", BedText(s, c.Place, c.Bed)))
	if !c.From.IsZero() {
		p.Facts = append(p.Facts, fact("from", Literal(DateOf(c.From, s.Zone).String())))
	}
	p.Facts = append(p.Facts, fact("out", Literal(DateOf(c.Out, s.Zone).String())), fact("issued", Literal(DateOf(c.At, s.Zone).String())),
		fact("reference", Literal(t.Number)))
	var sum int64
	for _, line := range c.Lines {
		p.Lines = append(p.Lines, PaperLine{What: certificateLine(line), Sum: Yuan(line.Fen)})
		sum += line.Fen
	}
	switch {
	case c.Fees == 0 && sum == 0:
		p.Total = PaperLine{What: T("paper.nothing"), Sum: Yuan(0)}
	case sum != c.Fees:
		p.Lines = append(p.Lines, PaperLine{What: T("paper.decided"), Sum: Yuan(c.Fees - sum)})
	}
	hint := "paper.hint_chat"
	if s.Inspection.VerifyURL != "" {
		p.Link, hint = s.Inspection.VerifyURL+c.Code, "paper.hint"
	}
	p.Hint = T(hint, "code", ShownCode(c.Code), "until", DateOf(c.ValidUntil, s.Zone).String()) //locale:key paper.hint paper.hint_chat
	return p
}

func certificateLine(line CertificateLine) Text {
	state := T("inspect.state." + string(line.State))
	if line.Of > 0 {
		return T("paper.line_shared", "item", line.Item, "state", state, "of", line.Of)
	}
	return T("paper.line", "item", line.Item, "state", state)
}
