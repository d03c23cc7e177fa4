package bot

import (
	"context"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

const (
	// lateAfter is how long an emergency may wait for its group before the people
	// on duty are told in private instead.
	lateAfter = 5 * time.Second
	// loudAfter is when an emergency that is still waiting is an error.
	loudAfter = time.Minute
	// lateMost is how many waiting emergencies of one chat are told.
	lateMost = 50
)

// waits notes that a row waits until a time. Emergencies that a group cannot
// take for a while are late.
func (o *Outbox) waits(tx *storage.Tx, c *choice, now time.Time, p pick, until time.Time) error {
	c.wait(until)
	if p.row.Lane != desk.LaneEmergency {
		return nil
	}
	if now.Sub(p.row.Created) >= loudAfter {
		c.loud = append(c.loud, p.row)
	}
	if !p.chat.Group || until.Sub(now) <= lateAfter {
		return nil
	}
	rows, err := chatRows(tx, p.row.Lane, p.row.Chat, lateMost)
	for _, row := range rows {
		if !o.alarmed[row.ID] {
			c.late = append(c.late, row)
		}
	}
	return err
}

// alarm says loudly which emergencies are still not sent, and tells the people
// on duty in private of those that their group cannot be told of at the moment,
// once for a ticket.
func (o *Outbox) alarm(ctx context.Context, now time.Time, c choice) error {
	for _, row := range c.loud {
		if key := loudKey(row); !o.alarmed[key] {
			o.alarmed[key] = true
			o.logger.Error("an emergency message could not be sent for a minute", "row", row.ID, "ticket", row.Ticket)
		}
	}
	if len(c.late) == 0 {
		return nil
	}
	wr := o.writer()
	err := o.store.Update(ctx, func(tx *storage.Tx) error {
		m := &marking{tx: tx, wr: wr, w: storage.NewWorld(tx, wr.Site), now: now, can: o.can}
		var out desk.Effects
		for _, row := range c.late {
			out.Add(m.late(row))
		}
		if err := m.w.Err(); err != nil {
			return err
		}
		return wr.Apply(tx, out)
	})
	if err != nil {
		return err
	}
	for _, row := range c.late {
		o.alarmed[row.ID] = true
	}
	return nil
}

func loudKey(row storage.Outgoing) string { return "loud/" + row.ID }

func (m *marking) late(row storage.Outgoing) desk.Effects {
	t, ok := m.w.Ticket(row.Ticket)
	if !ok || !t.State.Open() {
		return desk.Effects{}
	}
	if !m.w.Site().Can(row.Chat).GroupButtons {
		return desk.Effects{} // It is a notice: the members have the card in private.
	}
	department := t.Department
	if post, ok := m.w.Post(row.Post); ok && post.Department != "" {
		department = post.Department
	}
	return m.toAll(desk.OnDuty(m.w, department), desk.Message{
		Ticket: t.ID, Class: desk.ClassEmergency, Lane: desk.LaneEmergency, Key: "late/" + t.ID,
		Text: desk.T("outbox.late", "number", t.Number, "title", desk.Title(m.w.Site(), t),
			"place", m.w.Site().PlaceLabel(t.Place)),
		Buttons: takeOrLook(t),
	})
}
