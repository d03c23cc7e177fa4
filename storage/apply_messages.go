package storage

import (
	"time"

	"frontdesk/desk"
)

// messages turns what is to be said into outgoing rows: one for each address,
// in the recipient's language. What has no address is noted, so that staff can
// see it.
func (a *applying) messages(e desk.Effects) error {
	for _, m := range e.Messages {
		fresh, err := a.once(m.Key)
		if err != nil {
			return err
		}
		if !fresh {
			continue
		}
		for _, to := range a.recipients(m) {
			if err := a.say(m, to); err != nil {
				return err
			}
		}
	}
	return nil
}

// once tells whether a message's key is new, and remembers it.
func (a *applying) once(key string) (bool, error) {
	if key == "" {
		return true, nil
	}
	row := SeenRow{Key: "message/" + key, At: a.tx.Now()}
	if _, seen, err := Seen.Get(a.tx, row.Key); seen || err != nil {
		return false, err
	}
	return true, Seen.Put(a.tx, row)
}

// recipient is one address with its language.
type recipient struct {
	address desk.Address
	lang    string
	person  string
}

func (a *applying) recipients(m desk.Message) []recipient {
	switch {
	case m.Person != "":
		p, ok := a.w.Person(m.Person)
		if (!ok || p.Address().IsZero() || p.Unreachable != "") && a.w.secretOf(m.Ticket, p.ID, desk.Address{}) {
			a.note(desk.Note{Kind: "secret_lost", Ticket: m.Ticket, Facts: map[string]string{"class": string(m.Class)}})
			return nil
		}
		if !ok || p.Address().IsZero() || p.Unreachable != "" {
			a.note(desk.Note{Kind: "unreachable", Person: m.Person, Ticket: m.Ticket, Facts: map[string]string{
				"class": string(m.Class), "why": p.Unreachable,
			}})
			return nil
		}
		if !m.Urgent() {
			return []recipient{{p.Address(), a.Site.Language(p.Lang), p.ID}}
		}
		// An emergency goes wherever the person may look first.
		var list []recipient
		for _, address := range p.Reached() {
			list = append(list, recipient{address, a.Site.Language(p.Lang), p.ID})
		}
		return list
	case m.Department != "":
		var list []recipient
		for _, g := range a.w.Groups(m.Department) {
			list = append(list, recipient{g.Address, a.Site.Language(g.Lang), ""})
		}
		return list
	}
	lang := m.Lang
	if lang == "" {
		lang = a.Site.Languages[0]
	}
	return []recipient{{m.Chat, lang, ""}}
}

func (a *applying) note(n desk.Note) {
	n.ID, n.At = a.tx.NewID(), a.tx.Now()
	a.w.fail(Notes.Put(a.tx, n))
}

func (a *applying) say(m desk.Message, to recipient) error {
	o := Outgoing{
		Lane: m.Lane, Class: m.Class, Chat: to.address, Person: to.person, Ticket: m.Ticket,
		Drawn: a.Draw(m, to.lang, a.tx.Now()), NotBefore: m.NotBefore, Passing: m.Passing, Ladder: m.Ladder,
	}
	if a.w.secretOf(m.Ticket, m.Person, to.address) {
		o.Person, o.Secret = "", true
	}
	if m.ReplyToCard {
		for _, p := range a.w.Posts(m.Ticket) {
			if p.Chat == to.address && !p.Superseded {
				o.ReplyPost = p.ID
			}
		}
	}
	_, err := a.queue(o)
	return err
}

// Draw puts a message into words.
func (wr Writer) Draw(m desk.Message, lang string, now time.Time) desk.Drawn {
	d := desk.Drawn{
		Text: wr.Texts.Render(lang, m.Text, now), Photos: m.Photos, File: m.File, Silent: m.Silent, Edit: m.Edit,
	}
	d.Buttons = wr.DrawButtons(m.Buttons, lang, now)
	if m.Chart != nil {
		d.Chart = wr.drawChart(*m.Chart, lang, now)
	}
	if m.Book != nil {
		d.Book = wr.drawBook(*m.Book, lang, now)
	}
	if m.Paper != nil {
		page := m.Paper.Draw(func(lang string, t desk.Text) string { return wr.Texts.Render(lang, t, now) })
		d.Paper = &page
	}
	return d
}

func (wr Writer) drawChart(c desk.Chart, lang string, now time.Time) *desk.DrawnChart {
	d := &desk.DrawnChart{Title: wr.Texts.Render(lang, c.Title, now)}
	for _, label := range c.Labels {
		d.Labels = append(d.Labels, wr.Texts.Render(lang, label, now))
	}
	for _, s := range c.Series {
		d.Series = append(d.Series, desk.DrawnSeries{Name: wr.Texts.Render(lang, s.Name, now), Values: s.Values})
	}
	return d
}

// DrawButtons puts the labels of buttons into words; empty rows are left out.
func (wr Writer) DrawButtons(rows [][]desk.Button, lang string, now time.Time) [][]desk.DrawnMark {
	var drawn [][]desk.DrawnMark
	for _, row := range rows {
		var marks []desk.DrawnMark
		for _, b := range row {
			marks = append(marks, desk.DrawnMark{Label: wr.Texts.Render(lang, b.Label, now), Data: b.Data, URL: b.URL})
		}
		if len(marks) > 0 {
			drawn = append(drawn, marks)
		}
	}
	return drawn
}

func (a *applying) answers(e desk.Effects) error {
	for _, answer := range e.Answers {
		o := Outgoing{
			Lane: desk.LaneAnswer, Class: desk.ClassToast, Chat: answer.Chat, PressID: answer.PressID,
			URL: answer.URL, Alert: answer.Alert, Expires: a.tx.Now().Add(PressFor),
		}
		if !answer.Text.IsZero() {
			o.Drawn.Text = a.Texts.Render(a.Site.Language(answer.Lang), answer.Text, a.tx.Now())
		}
		if _, err := a.queue(o); err != nil {
			return err
		}
	}
	return nil
}
