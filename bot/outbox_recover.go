package bot

import (
	"context"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// Recover takes up what an earlier run of the program left: rows that it had
// claimed are of unknown outcome, and what it sent lately counts against the
// limits, so that a restart does not make a burst. Only the first
// call does anything. It returns an error of the store.
func (o *Outbox) Recover(ctx context.Context) error {
	if o.recovered {
		return nil
	}
	var found []outcome
	err := o.store.Update(ctx, func(tx *storage.Tx) error {
		found = nil // The closure may run again.
		err := storage.Outbox.By(tx, "claimed", storage.Range{}, func(row storage.Outgoing) error {
			for i := range found {
				if one := &found[i]; row.Key != "" && one.row.Key == row.Key && one.row.Chat == row.Chat {
					one.also = append(one.also, sending{pick: pick{row: row}})
					return nil
				}
			}
			found = append(found, outcome{
				sending: sending{pick: pick{row: row}},
				err:     &SendError{Reason: Unknown, Err: errRestarted}, found: true,
			})
			return nil
		})
		if err != nil || len(found) == 0 {
			return err
		}
		wr := o.writer()
		m := &marking{tx: tx, wr: wr, w: storage.NewWorld(tx, wr.Site), now: tx.Now(), can: o.can}
		for _, out := range found {
			if err := m.all(out); err != nil {
				return err
			}
		}
		return m.w.Err()
	})
	if err != nil {
		return err
	}
	if len(found) > 0 {
		o.logger.Warn("rows were being sent when the program ended", "rows", len(found))
	}
	if err := o.seed(ctx, found); err != nil {
		return err
	}
	o.recovered = true
	return nil
}

// seed fills the limits with what was sent in the longest of their windows, and with what was found claimed,
// because it may have arrived just now. It remembers which chats said that there
// were too many messages.
func (o *Outbox) seed(ctx context.Context, found []outcome) error {
	o.limits = map[string]*Limits{}
	return o.store.View(ctx, func(tx *storage.Tx) error {
		now := tx.Now()
		longest := time.Duration(0)
		for name := range o.channels {
			longest = max(longest, o.numbers(name).longest())
		}
		since := storage.TimeKey(now.Add(-longest))
		err := storage.Deliveries.By(tx, "at", storage.Range{From: since}, func(d storage.Delivery) error {
			if now.Sub(d.At) >= o.numbers(d.Chat.Channel).longest() {
				return nil
			}
			group, err := isGroup(tx, storage.Outgoing{Chat: d.Chat, Person: d.Person})
			o.limit(d.Chat.Channel).Spent(d.At, LimitedChat{Chat: d.Chat, Group: group}, 1)
			return err
		})
		if err != nil {
			return err
		}
		for _, out := range found {
			if o.limitLane(out.row) == desk.LaneAnswer {
				continue
			}
			group, err := isGroup(tx, out.row)
			if err != nil {
				return err
			}
			o.limit(out.row.Chat.Channel).Spent(now, LimitedChat{Chat: out.row.Chat, Group: group}, cost(out.row))
		}
		for _, lane := range []desk.Lane{desk.LaneEmergency, desk.LaneInteractive, desk.LaneRoutine} {
			heads, err := laneHeads(tx, lane)
			if err != nil {
				return err
			}
			for _, head := range heads {
				row, _, err := storage.Outbox.Get(tx, head.id)
				if err != nil {
					return err
				}
				if chat := row.Chat.Chat().String(); row.Reason == string(Limited) && row.NotBefore.After(now) {
					o.held[chat] = laterOf(o.held[chat], row.NotBefore)
				}
			}
		}
		return nil
	})
}
