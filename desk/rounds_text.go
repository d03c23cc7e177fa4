package desk

import "strconv"

// RoundData is a button of a round: what it does, the round, and perhaps a stop.
func RoundData(what, id string, stop int) string {
	data := "round|" + what + "." + id
	if stop >= 0 {
		data += "." + strconv.Itoa(stop)
	}
	return CommandData(data)
}

func (x Round) beginButtons() [][]Button {
	return [][]Button{Row(Button{Label: T("button.round_begin"), Data: RoundData("b", x.ID, -1)})}
}

// Card is a round in words, as its walker sees it: the places in walking order,
// what is next, and the button for that.
func (x Round) Card(w World) (Text, [][]Button) {
	s := w.Site()
	key := "round.card"
	if x.Kind == RoundPost {
		key = "round.card_post"
	}
	d, _ := s.Department(x.Department)
	//locale:key round.card round.card_post
	lines := []Text{T(key, "round", x.Label, "at", x.Due, "n", len(x.Stops), "takes", x.Takes, "department", d.Label)}
	next := x.Next()
	for i, stop := range x.Stops {
		lines = append(lines, x.stopLine(w, stop, i, i == next))
	}
	switch {
	case !x.Ended.IsZero():
		lines = append(lines, T("round.done", "at", x.Ended, "name", nameOf(w, x.Walker)))
		return Lines(lines...), nil
	case !w.Now().Before(x.Until):
		return Lines(lines...), nil
	case x.Begun.IsZero():
		return Lines(lines...), x.beginButtons()
	}
	row := Row(Button{Label: T("button.round_here"), Data: RoundData("a", x.ID, next)})
	if len(x.Stops)-x.Seen() > 1 {
		row = append(row, Button{Label: T("button.round_other"), Data: RoundData("o", x.ID, -1)})
	}
	return Lines(append(lines, T("round.next", "place", s.PlaceLabel(x.Stops[next].Place)))...), [][]Button{row}
}

// Choose offers the places that are left, for who walks in another order.
func (x Round) Choose(w World) (Text, [][]Button) {
	lines := []Text{T("round.choose")}
	var rows [][]Button
	var row []Button
	for i, stop := range x.Stops {
		if stop.Done() {
			continue
		}
		lines = append(lines, x.stopLine(w, stop, i, false))
		if row = append(row, Button{Label: Literal(strconv.Itoa(i + 1)), Data: RoundData("a", x.ID, i)}); len(row) == buttonsPerRow {
			rows, row = append(rows, row), nil
		}
	}
	return Lines(lines...), append(rows, row)
}

// stopLine is a stop on a line: where, and how it was.
func (x Round) stopLine(w World, stop RoundStop, i int, next bool) Text {
	place := w.Site().PlaceLabel(stop.Place)
	switch {
	case stop.Done() && stop.Name != "":
		//locale:prefix round.found.
		return T("round.stop_named", "n", i+1, "place", place, "found", T("round.found."+stop.Found), "name", stop.Name, "at", stop.Checked)
	case stop.Done():
		return T("round.stop_found", "n", i+1, "place", place, "found", T("round.found."+stop.Found), "at", stop.Checked)
	case next && !x.Begun.IsZero():
		return T("round.stop_next", "n", i+1, "place", place)
	}
	return T("round.stop", "n", i+1, "place", place)
}

// Report is a round as those read it who answer for it: how it stands, what was
// found at each place, and by what it was shown that somebody was there.
func (x Round) Report(w World) Text {
	lines := []Text{x.Line(w)}
	for i, stop := range x.Stops {
		lines = append(lines, x.stopLine(w, stop, i, false))
		if stop.How != "" {
			//locale:prefix round.how.
			lines = append(lines, T("round.how."+stop.How, "at", stop.At))
		}
		for _, f := range stop.Findings {
			if t, ok := w.Ticket(f.Ticket); ok && f.Ticket != "" {
				lines = append(lines, T("round.finding_ticket", "finding", stop.finding(f), "number", t.Number, "state", T("state."+string(t.State))))
				continue
			}
			lines = append(lines, T("round.finding", "finding", stop.finding(f)))
		}
	}
	return Lines(lines...)
}

// Line is a round on one line: when, what, and how it stands.
func (x Round) Line(w World) Text {
	stands := x.Stands(w.Now())
	at := x.Ended
	switch stands {
	case RoundWalked, RoundPartly:
		at = x.Begun
	case RoundMissed:
		at = x.Missed
	}
	//locale:prefix round.stands.
	return T("round.line", "at", x.Due, "round", x.Label,
		"stands", T("round.stands."+stands, "name", nameOf(w, x.Walker), "at", at, "seen", x.Seen(), "n", len(x.Stops)))
}

// After is what the walker reads after a stop: how it was written down, and where
// to go next, or that the round is over.
func (x Round) After(w World, i int, p Person) (Text, [][]Button) {
	s := w.Site()
	stop := x.Stops[i]
	lines := []Text{T("round.noted", "place", s.PlaceLabel(stop.Place), "found", T("round.found."+stop.Found))}
	if stop.Name != "" {
		lines[0] = T("round.noted_named", "place", s.PlaceLabel(stop.Place), "found", T("round.found."+stop.Found), "name", stop.Name)
	}
	if len(stop.Told) > 0 {
		lines = append(lines, T("post.told", "names", namesOf(w, stop.Told)))
	}
	var row []Button
	if next := x.Next(); next >= 0 {
		lines = append(lines, T("round.next", "place", s.PlaceLabel(x.Stops[next].Place)))
		row = append(row, Button{Label: T("button.round_here"), Data: RoundData("a", x.ID, next)})
		if len(x.Stops)-x.Seen() > 1 {
			row = append(row, Button{Label: T("button.round_other"), Data: RoundData("o", x.ID, -1)})
		}
	} else {
		lines = append(lines, T("round.finished", "round", x.Label, "n", len(x.Stops), "findings", x.Findings(), "name", p.Called()))
	}
	if x.Kind == RoundPost && stop.Name == "" {
		row = append(row, Button{Label: T("button.post_name"), Data: RoundData("n", x.ID, i)})
	}
	return Lines(lines...), [][]Button{append(row, Button{Label: T("option.undo"), Data: RoundData("u", x.ID, i)})}
}

// Findings counts what was found on the round.
func (x Round) Findings() (n int) {
	for _, stop := range x.Stops {
		n += len(stop.Findings)
	}
	return n
}
