package desk

// handoverLines is how many tickets of each sort the card names; the buttons open
// all of them.
const handoverLines = 6

// Card is the handover in words: who hands over to whom, the report of the shift,
// and what goes on. With signed it has no button to sign and says who did.
func (h Handover) Card(w World, signed bool) (Text, [][]Button) {
	lines := []Text{
		T("handover.head", "at", h.At, "out", namesOf(w, h.Out), "in", namesOf(w, h.In)),
		T("handover.counts", "from", h.From, "new", h.Counts.New, "done", h.Counts.Done, "open", len(h.Open), "overdue", len(h.Overdue),
			"untaken", h.Counts.Untaken),
	}
	if c := h.Counts; c.Urgent > 0 {
		key := "handover.urgent"
		if c.Taken == 0 {
			key = "handover.urgent_free"
		}
		//locale:key handover.urgent handover.urgent_free
		lines = append(lines, T(key, "n", c.Urgent, "taken", c.Taken, "wait", c.Wait))
	}
	if c := h.Counts; c.Rated > 0 {
		lines = append(lines, T("handover.rated", "good", c.Good, "rated", c.Rated))
	}
	if h.Night != nil {
		lines = append(lines, h.Night.Brief(true)...)
	}
	if b := h.Before; b.New+b.Done > 0 {
		lines = append(lines, T("handover.before", "new", b.New, "done", b.Done, "urgent", b.Urgent))
	}
	//locale:key handover.emergencies handover.overdue handover.promised handover.calls
	for _, part := range []struct {
		head string
		ids  []string
	}{
		{"handover.emergencies", h.Emergencies}, {"handover.overdue", h.Overdue}, {"handover.promised", h.Promised}, {"handover.calls", h.Calls},
	} {
		lines = append(lines, ticketLines(w, part.head, part.ids)...)
	}
	for i, n := range h.Notes {
		if i == 0 {
			lines = append(lines, T("handover.notes"))
		}
		lines = append(lines, T("handover.note", "at", n.At, "name", nameOf(w, n.By), "text", n.Text))
	}
	if h.SignedOut != "" {
		lines = append(lines, T("handover.signed_out", "name", nameOf(w, h.SignedOut), "at", h.SignedOutAt))
	}
	if h.SignedIn != "" {
		lines = append(lines, T("handover.signed_in", "name", nameOf(w, h.SignedIn), "at", h.SignedInAt))
	}
	var row []Button
	if !signed {
		row = append(row, Button{Label: T("button.sign"), Data: CommandData("sign|" + h.ID)})
	}
	if len(h.Open) > 0 {
		row = append(row, Button{Label: T("button.digest_open", "n", len(h.Open)), Data: CommandData("open")})
	}
	if h.Night != nil && !h.Night.Night.Quiet() {
		row = append(row, h.Night.NightButton(w.Site()))
	}
	row = append(row, Button{Label: T("button.dutylog"), Data: CommandData("dutylog")})
	return Lines(lines...), [][]Button{row}
}

// ticketLines are the first tickets of a list, below its head, and how many more
// there are.
func ticketLines(w World, head string, ids []string) []Text {
	if len(ids) == 0 {
		return nil
	}
	lines := []Text{T(head, "n", len(ids))}
	for _, id := range ids[:min(len(ids), handoverLines)] {
		t, ok := w.Ticket(id)
		if !ok {
			continue
		}
		key := "handover.line"
		switch {
		case t.Kind == KindEmergency || !t.State.Open():
			key = "handover.line_state"
		case t.Taker != "":
			key = "handover.line_taker"
		}
		//locale:key handover.line handover.line_taker handover.line_state
		lines = append(lines, T(key, "number", t.Number, "title", Title(w.Site(), t), "place", Where(w.Site(), t), "taker", nameOf(w, t.Taker),
			"due", t.Clocks.Done, "state", T("state."+string(t.State))))
	}
	if more := len(ids) - handoverLines; more > 0 {
		lines = append(lines, T("open.more", "n", more))
	}
	return lines
}
