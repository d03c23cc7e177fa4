package bot

import (
	"maps"

	"frontdesk/desk"
	"frontdesk/flows"
)

// scan opens what a signed link says: a sticker's place, or a whole form that is
// nearly filled in. A link that is not the desk's own is greeted like anybody,
// with a hint; it is never told what was wrong with it.
func (t *turn) scan(payload string) error {
	link, ok := t.site().ReadLink(payload)
	f, found := flows.Find(link.Flow)
	if !ok || !found || !flows.Linkable(f, link.Answers) {
		t.greet(desk.T("scan.unknown"))
		return nil
	}
	lead, place := desk.Text{}, desk.Place{}
	if id := link.Answers["place"]; id != "" {
		if place, ok = t.site().Places.Offered(id); ok {
			lead = desk.T("scan.place", "site", t.site().Name, "place", place.Label)
		} else {
			lead = desk.T("scan.gone", "place", t.site().PlaceLabel(id))
			delete(link.Answers, "place")
		}
	}
	if conv, open := t.conversation(); open {
		if out, handled, err := t.scanInto(conv, link, place); handled || err != nil {
			t.out.Add(out)
			return err
		}
	}
	if len(link.Answers) == 1 && place.ID != "" && t.in.Press == nil {
		if handled, err := t.scanOnRound(place.ID); handled || err != nil {
			return err
		}
	}
	answers := map[string][]string{}
	for name, value := range link.Answers {
		answers[name] = []string{value}
	}
	before := len(t.out.Messages)
	if err := t.start(link.Flow, answers); err != nil {
		return err
	}
	if len(t.out.Messages) > before {
		m := &t.out.Messages[before]
		m.Text = desk.Lines(lead, m.Text)
		m.Buttons = append(m.Buttons, t.scanOther(link)...)
	}
	return nil
}

// scanInto lets the link go on with the conversation that is open: it answers
// the place, and a link that was opened twice asks what is open again. Any other
// conversation gives way, as to every new beginning.
func (t *turn) scanInto(conv desk.Conversation, link desk.Link, place desk.Place) (desk.Effects, bool, error) {
	if len(link.Answers) == 1 && place.ID != "" && (t.in.Press == nil || conv.Flow == link.Flow) {
		return flows.FillPlace(t.context(), conv, place.ID, desk.T("scan.filled", "place", place.Label))
	}
	if conv.Flow != link.Flow || !flows.Active(conv) || len(link.Answers) == 0 {
		return desk.Effects{}, false, nil
	}
	for name, value := range link.Answers {
		if flows.Answers(conv.Answers).Get(name) != value {
			return desk.Effects{}, false, nil
		}
	}
	out, err := flows.Reprompt(t.context(), conv)
	return out, true, err
}

// scanOther is the button that turns a sticker's repair into a request for
// service at the same place: one sticker hangs there, and is for both.
func (t *turn) scanOther(link desk.Link) [][]desk.Button {
	if link.Flow != flows.Repair.Name || len(link.Answers) != 1 || link.Answers["place"] == "" {
		return nil
	}
	other := desk.Link{Flow: flows.Request.Name, Answers: maps.Clone(link.Answers)}
	payload, err := t.site().SignLink(other)
	if err != nil || len(t.site().CategoriesOf(desk.KindRequest)) == 0 {
		return nil
	}
	data := desk.CommandData("start|" + payload)
	if len(data) > desk.MaxButtonData {
		return nil
	}
	return [][]desk.Button{desk.Row(desk.Button{Label: desk.T("button.scan_request"), Data: data})}
}
