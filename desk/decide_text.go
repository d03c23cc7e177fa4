package desk

import (
	"strconv"
	"time"
)

// issueText asks about an issue in a few words.
//
//locale:key decide.ask.contractor decide.ask.project decide.ask.higher
func issueText(w World, m Issue, key string) Text {
	if m.Kind == IssueProject {
		return T(key+string(m.Kind), "about", ThemeText(w, m.Theme))
	}
	t, _ := w.Ticket(m.Ticket)
	return T(key+string(m.Kind), "number", t.Number)
}

// decidedText says who decided what, and when.
//
//locale:key decide.what.contractor decide.what.project decide.what.higher
func decidedText(w World, d Decision) Text {
	what := issueText(w, d.Issue, "decide.what.")
	if d.Issue.Kind == IssueProject && !d.Until.IsZero() {
		return T("decide.decided_project", "what", what, "name", nameOf(w, d.By), "at", d.At, "owner", nameOf(w, d.Owner),
			"until", ClockTime(12*60).On(d.Until, w.Site().Zone))
	}
	return T("decide.decided", "what", what, "name", nameOf(w, d.By), "at", d.At)
}

// asked is what a digest asks to be decided, what was decided since, and the buttons
// of what the reader may decide; sure is the code of an issue about which they were
// asked whether they are.
type asked struct {
	text    []Text
	buttons [][]Button
}

// asks works out what a digest asks its reader. All is what was counted for anybody, c
// what of it the reader may know of.
func (c Counts) asks(r Reader, p Person, all Counts, sure string) asked {
	var out asked
	var open []Text
	var row []Button
	for _, m := range pressing(c.issues(r)) {
		d, held := decisionOn(r, m)
		code := all.Code(m)
		switch {
		case held:
			out.text = append(out.text, decidedText(r, d))
			if undecidable(r, d, p) {
				row = append(row, Button{Label: T("button.undo"), Data: DecideData(c.To, code, "undo")})
			}
			continue
		case MayDecide(r, p, m) && code == sure:
			row = append(row, sureButtons(c.To, code)...)
		case MayDecide(r, p, m):
			//locale:key button.decide_contractor button.decide_project button.decide_higher
			row = append(row, Button{Label: T("button.decide_" + string(m.Kind)), Data: DecideData(c.To, code, "")})
		}
		open = append(open, issueText(r, m, "decide.ask."))
	}
	if len(open) > 0 {
		out.text = append([]Text{T("decide.today", "first", open[0], "second", append(open, Text{})[1])}, out.text...)
	}
	if row != nil {
		out.buttons = [][]Button{row}
	}
	return out
}

// sureButtons ask whether to do what cannot be taken back.
func sureButtons(to time.Time, code string) []Button {
	return Row(Button{Label: T("button.decide_sure"), Data: DecideData(to, code, "yes")},
		Button{Label: T("button.decide_not"), Data: DecideData(to, code, "no")})
}

// DecideData is the button that decides an issue of the digest of a day: what is empty,
// yes, no or undo.
func DecideData(to time.Time, code, what string) string {
	data := "decide|" + strconv.FormatInt(to.Unix()/60, 36) + "." + code
	if what != "" {
		data += "." + what
	}
	return CommandData(data)
}

// Sure is the question before an issue is decided that cannot be taken back; false for
// all others.
func (m Issue) Sure(w World, to time.Time, code string) (Text, []Button, bool) {
	if m.Kind != IssueHigher {
		return Text{}, nil, false
	}
	t, _ := w.Ticket(m.Ticket)
	return T("decide.sure_higher", "number", t.Number), sureButtons(to, code), true
}

// DigestAgain is the digest of a day that was counted, as it is now that something in
// it was decided; sure is the code of an issue about which the reader is asked whether
// they are. It reads a bounded number of rows.
func DigestAgain(r Reader, p Person, c Counts, sure string) (Text, [][]Button) {
	before, _ := r.Counted(r.Site().daysBefore(c.To, 7))
	return c.For(r, p).digest(r, p, c, before, sure)
}

// DecidedNow says what was decided on an issue, with the button that takes it back; false
// when nothing was.
func DecidedNow(r Reader, p Person, c Counts, m Issue) (Text, []Button, bool) {
	d, held := decisionOn(r, m)
	if !held {
		return Text{}, nil, false
	}
	var row []Button
	if undecidable(r, d, p) {
		row = Row(Button{Label: T("button.undo"), Data: DecideData(c.To, c.Code(m), "undo")})
	}
	return decidedText(r, d), row, true
}
