package wecom

import (
	"context"
	"slices"

	"frontdesk/bot"
	"frontdesk/storage"
)

// keepCard remembers a card that was sent. It was sent in any case: an error of
// the store is only logged, and the card then cannot be replaced.
func (c *Corp) keepCard(ctx context.Context, user, taskID string, reply sentReply) {
	store := c.store.Load()
	if store == nil {
		return
	}
	err := store.Update(ctx, func(tx *storage.Tx) error {
		until := tx.Now().Add(codeLife)
		row := cardRow{TaskID: taskID, User: user, MsgID: reply.MsgID, Until: until}
		// A press may have been faster than the answer to sending.
		if known, found, err := cards.Get(tx, taskID); err != nil {
			return err
		} else if found {
			row.Pressed = known.Pressed
		}
		if reply.Code != "" {
			row.Sent = &code{Code: reply.Code, Until: until}
		}
		if err := cards.Put(tx, row); err != nil {
			return err
		}
		return sweepCards(tx)
	})
	if err != nil {
		c.log.Warn("a card could not be remembered", "error", err)
	}
}

// sweepMost bounds how many old cards one commit forgets.
const sweepMost = 20

// sweepCards forgets cards that can no longer be replaced.
func sweepCards(tx *storage.Tx) error {
	var old []string
	err := cards.By(tx, "until", storage.Range{Limit: sweepMost}, func(row cardRow) error {
		if row.Until.Before(tx.Now()) {
			old = append(old, row.TaskID)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range old {
		if err := cards.Delete(tx, id); err != nil {
			return err
		}
	}
	return nil
}

// keepAsked remembers the options that a chat was shown last.
func (c *Corp) keepAsked(ctx context.Context, row Asked) {
	store := c.store.Load()
	if store == nil {
		return
	}
	row.At = c.now()
	if err := store.Update(ctx, func(tx *storage.Tx) error { return asked.Put(tx, row) }); err != nil {
		c.log.Warn("options could not be remembered", "error", err)
	}
}

// cardAt reads a card. The error is a *bot.SendError.
func (c *Corp) cardAt(ctx context.Context, ref string) (row cardRow, found bool, err error) {
	store := c.store.Load()
	if store == nil || ref == "" {
		return row, false, nil
	}
	err = store.View(ctx, func(tx *storage.Tx) error {
		row, found, err = cards.Get(tx, ref)
		return err
	})
	if err != nil {
		return row, false, &bot.SendError{Reason: bot.Network, Err: err}
	}
	return row, found, nil
}

// codeFrom says where a code came from.
type codeFrom bool

const (
	fromPress codeFrom = false
	fromSend  codeFrom = true
)

// takeCode takes a code for a person's card out of the store: one of a press, if
// there is one, or else the one that came with sending. It is NoMessage when
// there is none (any more).
func (c *Corp) takeCode(ctx context.Context, user, ref string) (taken code, from codeFrom, err error) {
	store := c.store.Load()
	if store == nil {
		return taken, from, noMessage("nothing is known about the message")
	}
	why := ""
	err = store.Update(ctx, func(tx *storage.Tx) error {
		why, taken, from = "", code{}, fromPress
		row, found, err := cards.Get(tx, ref)
		if err != nil {
			return err
		}
		if !found || row.User != user {
			why = "the message is no card that is known"
			return nil
		}
		now := tx.Now()
		good := slices.DeleteFunc(row.Pressed, func(k code) bool { return !now.Before(k.Until) })
		switch {
		case len(good) > 0:
			taken, row.Pressed = good[0], good[1:]
		case row.Sent != nil && now.Before(row.Sent.Until):
			taken, from, row.Sent, row.Pressed = *row.Sent, fromSend, nil, nil
		default:
			why = "no code is left that replaces the card"
			return nil
		}
		return cards.Put(tx, row)
	})
	switch {
	case err != nil:
		return taken, from, &bot.SendError{Reason: bot.Network, Err: err}
	case why != "":
		return taken, from, noMessage(why)
	}
	return taken, from, nil
}

// giveBack puts a code back that was not used.
func (c *Corp) giveBack(ctx context.Context, ref string, unspent code, from codeFrom) {
	err := c.store.Load().Update(ctx, func(tx *storage.Tx) error {
		row, found, err := cards.Get(tx, ref)
		if err != nil || !found {
			return err
		}
		if from == fromSend {
			row.Sent = &unspent
		} else {
			row.Pressed = append([]code{unspent}, row.Pressed...)
		}
		return cards.Put(tx, row)
	})
	if err != nil {
		c.log.Warn("a code could not be kept", "error", err)
	}
}
