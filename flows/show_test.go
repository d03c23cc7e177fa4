package flows

import (
	"fmt"
	"regexp"
	"strings"

	"frontdesk/desk"
)

// show writes down what is said and done, and checks what holds for every
// message of every flow.
func (d *dialogue) show(e desk.Effects) {
	d.t.Helper()
	for _, a := range e.Answers {
		if !a.Text.IsZero() {
			d.note2("toast", d.render(a.Text))
		}
	}
	for _, m := range e.Messages {
		if m.Chat.IsZero() {
			// Told to others: not the conversation's words.
			d.turns = append(d.turns, "told "+m.Person)
			continue
		}
		d.message(m)
	}
	for _, p := range e.People {
		fmt.Fprintf(&d.out, "  = person name=%s phone=%s lang=%s home=%s asked=%v\n", p.Name, p.Phone, strings.ReplaceAll(p.Lang, d.lang, "(same)"), p.Home, p.NameAsked)
	}
	for _, a := range e.Works.Askers {
		fmt.Fprintf(&d.out, "  = hears when it is back: %s\n", a.Person)
	}
	for _, t := range e.Tickets {
		d.opened(t)
	}
	for _, r := range e.House.Rooms {
		fmt.Fprintf(&d.out, "  = room %s %s\n", r.Place, r.State)
	}
	for _, s := range e.House.Stays {
		fmt.Fprintf(&d.out, "  = stay %s %s%s %s agreed=%d condition=%d\n", s.State, s.Place, s.Bed, s.Kind, len(s.Agreed), len(s.Condition))
	}
	for _, i := range e.Invites {
		fmt.Fprintf(&d.out, "  = invite %s %v %v until %s\n", i.Role.Name, i.Role.Departments, i.Role.Buildings, i.Expires.Format("15:04"))
	}
	if len(e.Ended) > 0 {
		d.note("= over")
	}
}

// opened writes down a ticket: what a conversation came to.
func (d *dialogue) opened(t desk.Ticket) {
	fmt.Fprintf(&d.out, "  = ticket %s %s %s %s %s", t.Number, t.State, t.Category, t.Place, t.Urgency)
	if t.Summary != "" {
		fmt.Fprintf(&d.out, " %q", t.Summary)
	}
	if t.Entry != "" {
		fmt.Fprintf(&d.out, " %s", t.Entry)
	}
	if !t.From.IsZero() {
		fmt.Fprintf(&d.out, " %s-%s", t.From.Format("01-02 15:04"), t.To.Format("15:04"))
	}
	for _, w := range t.Words {
		fmt.Fprintf(&d.out, " words=%q", short(w.Text, 40))
	}
	if n := len(t.Files) + len(t.Proof); n > 0 {
		fmt.Fprintf(&d.out, " files=%d", n)
	}
	if t.FiledBy != "" {
		fmt.Fprintf(&d.out, " for=%s by=%s", t.Requester, t.FiledBy)
	}
	if len(t.Parts) > 0 {
		fmt.Fprintf(&d.out, " parts=%q", t.Parts)
	}
	if t.Case != nil && t.Case.Cause != "" {
		fmt.Fprintf(&d.out, " cause=%s", t.Case.Cause)
	}
	fmt.Fprintln(&d.out)
	d.turns = append(d.turns, fmt.Sprint("ticket ", t.State, t.Category, t.Place, t.Urgency, t.Entry, t.From))
}

func (d *dialogue) note2(kind, words string) {
	fmt.Fprintf(&d.out, "  (%s) %s\n", kind, words)
	d.turns = append(d.turns, kind)
}

func (d *dialogue) render(t desk.Text) string {
	d.t.Helper()
	words := d.texts.Render(d.lang, t, d.w.now)
	if key := rawKey.FindString(words); key != "" {
		d.t.Errorf("%s: a raw key shows: %s in %q", d.lang, key, words)
	}
	return words
}

var rawKey = regexp.MustCompile(`\b(ask|flow|option|place|confirm|topic|slot|dialog|done|log|invite|profile|language|label|time|refuse|add|when)\.[a-z_]+|\{[a-z]`)

// message writes a message down and checks it.
func (d *dialogue) message(m desk.Message) {
	d.t.Helper()
	mark := "台: "
	if m.Edit != "" {
		mark = "✎ "
	}
	fmt.Fprintln(&d.out, mark+strings.ReplaceAll(d.render(m.Text), "\n", "\n    "))
	turn := "say"
	if m.Edit != "" {
		turn = "edit"
	}
	tokens, question, wayOut := map[string]string{}, false, false
	for _, row := range m.Buttons {
		var labels []string
		for _, b := range row {
			label := d.render(b.Label)
			if width(label) > maxLabel || label == "" {
				d.t.Errorf("%s: label %q is longer than %d", d.lang, label, maxLabel)
			}
			if len(b.Data) > desk.MaxButtonData {
				d.t.Errorf("data %q has %d bytes", b.Data, len(b.Data))
			}
			labels = append(labels, "["+label+"]")
			_, _, option, ok := parseToken(b.Data)
			if !ok {
				turn += " " + b.Data
				continue
			}
			tokens[option] = b.Data
			question = true
			wayOut = wayOut || option == optionCancel || option == "change" || option == "no" || option == optionBack
			turn += " " + option
		}
		fmt.Fprintln(&d.out, "    "+strings.Join(labels, " "))
	}
	if question {
		d.tokens = append(d.tokens, tokens)
		if !wayOut {
			d.t.Errorf("%s: no way out of %q", d.lang, d.render(m.Text))
		}
	}
	d.turns = append(d.turns, turn)
}
