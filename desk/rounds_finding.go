package desk

import (
	"slices"
	"strings"
)

// Fault is something that the walker found at a stop.
type Fault struct {
	Item     string // of the checklist; empty for something else
	Text     string
	Category string
	Files    []File
	By       Actor
}

// maxSummary is how many bytes words may have that stand as the title of a card:
// sixteen Chinese characters.
const maxSummary = 48

// openAtPlace is how many open tickets of a place are looked at for one about the
// same.
const openAtPlace = 30

// AddFinding writes down what was found at a stop. On a round it opens a ticket
// through the ordinary Open, unless one of the same category is open at that place:
// then the words go there, and no second one is made. At a post it is kept for
// those who answer for the post.
func AddFinding(w World, x Round, i int, f Fault) (Effects, Round, error) {
	p := f.By.Person
	if err := x.walks(w, p, i); err != nil {
		return Effects{}, x, err
	}
	x.Stops = slices.Clone(x.Stops)
	s := &x.Stops[i]
	if s.At.IsZero() {
		return Effects{}, x, Refuse("round.not_there")
	}
	if s.Done() {
		return Effects{}, x, Refuse("round.checked", "place", w.Site().PlaceLabel(s.Place), "at", s.Checked)
	}
	kept := Finding{At: w.Now(), Item: f.Item, Text: strings.TrimSpace(f.Text), Files: f.Files}
	var out Effects
	if x.Kind == RoundWalk {
		var err error
		if out, kept, err = fileFinding(w, x, *s, f, kept); err != nil {
			return Effects{}, x, err
		}
	}
	s.Findings = append(slices.Clone(s.Findings), kept)
	out.Rounds.Rounds = append(out.Rounds.Rounds, x)
	return out, x, nil
}

// fileFinding opens the ticket of a finding, or adds to the one that is open.
func fileFinding(w World, x Round, stop RoundStop, f Fault, kept Finding) (Effects, Finding, error) {
	site := w.Site()
	c, ok := site.Category(f.Category)
	if !ok || c.Retired {
		return Effects{}, kept, Refuse("press.unknown")
	}
	item, named := stop.item(f.Item)
	for _, t := range w.OpenAt(stop.Place, openAtPlace) {
		if t.Case != nil || t.Category != c.ID {
			continue
		}
		kept.Ticket, kept.Linked = t.ID, true
		words := kept.Text
		if words == "" {
			words = item.Label.In(site.Languages[0])
		}
		if words == "" {
			return Effects{}, kept, nil
		}
		out, err := Act(w, t, AddNote, f.By, Args{Values: map[string]string{"text": words, "round": x.ID}})
		if _, refused := AsUserError(err); refused {
			return Effects{}, kept, nil // It is open, and deals with the same; the words are in the round.
		}
		return out, kept, err
	}
	d := Draft{
		Kind: c.Kind, Category: c.ID, Words: kept.Text, Files: f.Files, Place: stop.Place, Requester: f.By.Person.ID,
		Via: f.By.Via, SaidAt: f.By.SaidAt, NoPost: true, Round: x.ID,
	}
	// The card's title is what was found, as far as it fits there.
	switch short := kept.Text != "" && len(kept.Text) <= maxSummary; {
	case short:
		d.Summary = kept.Text
	case named:
		d.Summary = item.Label.In(site.Language(f.By.Person.Lang))
	}
	out, t := Open(w, d)
	kept.Ticket = t.ID
	return out, kept, nil
}

// item finds a point of the stop's checklist.
func (s RoundStop) item(id string) (RoundItem, bool) {
	i := slices.IndexFunc(s.Items, func(item RoundItem) bool { return item.ID == id })
	if i < 0 {
		return RoundItem{}, false
	}
	return s.Items[i], true
}

// finding is a finding in words.
func (s RoundStop) finding(f Finding) Text {
	item, named := s.item(f.Item)
	switch {
	case named && f.Text != "":
		return T("round.finding_item", "item", item.Label, "text", f.Text)
	case named:
		return T("label", "label", item.Label)
	}
	return Literal(f.Text)
}
