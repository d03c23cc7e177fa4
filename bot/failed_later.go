package bot

import (
	"frontdesk/desk"
	"frontdesk/storage"
)

// failedLater deals with a message that the channel had taken and that did not
// arrive after all: staff can see it as if it had been refused at once, somebody
// phones where the person must know, and a card is shown anew when they write.
func (t *turn) failedLater() error {
	reason := Reason(t.in.Text)
	if knownWhy(t.in.Text) == "other" {
		reason = Unknown
	}
	for _, d := range t.w.DeliveriesAt(t.in.Address(), t.in.Ref) {
		if err := t.undelivered(d, reason); err != nil {
			return err
		}
	}
	return nil
}

func (t *turn) undelivered(d storage.Delivery, reason Reason) error {
	reader, ok := t.w.Person(d.Person)
	if !ok {
		reader, _ = t.w.PersonAt(d.Chat)
	}
	ticket, _ := t.w.Ticket(d.Ticket)
	said := ""
	if ticket.ID != "" {
		said = t.wr.Texts.Render(t.site().Language(reader.Lang), desk.Standing(t.w, ticket), t.w.Now())
	}
	if post, ok := t.w.Post(d.Post); ok && (post.Ref == d.Ref || post.Ref == "") {
		if drawn := DrawPost(t.w, t.wr, post); drawn.Text != "" {
			said = drawn.Text
		}
		t.out.Lost = append(t.out.Lost, post.ID)
	}
	effects, err := desk.WindowShut(t.w, ticket, reader, d.Class, said, d.ID)
	if err != nil {
		return err
	}
	t.out.Add(effects)
	t.out.Notes = append(t.out.Notes, desk.Note{
		Kind: "undelivered", Ticket: d.Ticket, Person: reader.ID,
		Facts: map[string]string{"class": string(d.Class), "why": string(reason), "chat": d.Chat.String()},
	})
	return nil
}
