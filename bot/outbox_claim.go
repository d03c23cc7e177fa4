package bot

import (
	"context"
	"fmt"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// sending is a claimed row with what is sent for it.
type sending struct {
	pick
	m desk.Drawn
	// hash is of a post's drawing, to see whether a later one is any different.
	hash string
	// wasDown tells that the channel was down: then a failure says nothing about
	// the row.
	wasDown bool
	// refused is why there is nothing to be sent, found when it was claimed.
	refused *SendError
}

// claim marks rows as being sent and draws them, in one transaction without any
// sending. Rows that have lost their sense are deleted, and give back what they
// took of the limits.
func (o *Outbox) claim(ctx context.Context, now time.Time, picks []pick) ([]sending, error) {
	if len(picks) == 0 {
		return nil, nil
	}
	wr := o.writer()
	var claimed []sending
	var dropped []fate
	err := o.store.Update(ctx, func(tx *storage.Tx) error {
		claimed, dropped = nil, nil // The closure may run again.
		c := claiming{o: o, tx: tx, wr: wr, w: storage.NewWorld(tx, wr.Site), now: now}
		for _, p := range picks {
			s, why, err := c.claim(p)
			switch {
			case err != nil:
				return err
			case why != "":
				dropped = append(dropped, fate{row: p.row, reason: why})
			default:
				claimed = append(claimed, s)
			}
		}
		return c.w.Err()
	})
	if err != nil {
		claimed, dropped = nil, nil
	}
	o.settle(picks, claimed)
	for _, d := range dropped {
		o.counts.dropped.Add(1)
		o.logger.Debug("not sent", "row", d.row.ID, "why", d.reason)
		o.observe(d.row, AttemptDropped, "")
	}
	return claimed, err
}

// settle gives back the limits of what was not claimed.
func (o *Outbox) settle(picks []pick, claimed []sending) {
	kept := map[string]bool{}
	for _, s := range claimed {
		kept[s.row.ID] = true
	}
	for _, p := range picks {
		if !kept[p.row.ID] {
			o.giveBack(p)
		}
	}
}

// claiming is one transaction that claims.
type claiming struct {
	o   *Outbox
	tx  *storage.Tx
	wr  storage.Writer
	w   *storage.World
	now time.Time
}

// claim claims one row, or says why it is not to be sent.
func (c *claiming) claim(p pick) (s sending, why string, err error) {
	row, found, err := storage.Outbox.Get(c.tx, p.row.ID)
	if err != nil {
		return s, "", err
	}
	if !found || row.State != storage.OutWaiting || row.Chat != p.row.Chat {
		return s, "changed meanwhile", nil
	}
	s = sending{pick: p, wasDown: p.probe}
	s.row = row
	if row.Post != "" {
		return c.post(s)
	}
	if why := c.stale(row); why != "" {
		return s, why, storage.Outbox.Delete(c.tx, row.ID)
	}
	s.m = row.Drawn
	if row.ReplyPost != "" {
		if post, ok := c.w.Post(row.ReplyPost); ok && post.Chat.Chat() == row.Chat.Chat() {
			s.m.ReplyTo = post.Ref
		}
	}
	s.refused = c.closed(row)
	return c.mark(s, c.language(row))
}

// stale says why a message has lost its sense, if it has.
//
// A reminder speaks of the state in which its ticket was: when the ticket has
// changed its state since, it is dropped. So nobody is reminded of what they
// have just done, and the reminder of the callback question, which is said when
// the work is done, is not hit. What was asked after the change is always said.
func (c *claiming) stale(row storage.Outgoing) string {
	if !row.Expires.IsZero() && !c.now.Before(row.Expires) {
		return "expired"
	}
	if row.Class == desk.ClassReminder && row.Ticket != "" {
		if t, ok := c.w.Ticket(row.Ticket); ok && row.Created.Before(t.Since) {
			return "the ticket has gone on"
		}
	}
	return ""
}

// closed finds out that the recipient was cut off after the row was queued.
func (c *claiming) closed(row storage.Outgoing) *SendError {
	if row.Person != "" {
		if p, ok := c.w.Person(row.Person); ok && p.AwayAt(row.Chat) != "" {
			return &SendError{Reason: Blocked, Err: errCutOff}
		}
	}
	if g, ok := c.w.GroupAt(row.Chat); ok && g.Dead != "" {
		if g.Dead == string(TopicClosed) {
			return &SendError{Reason: TopicClosed, Err: errCutOff}
		}
		return &SendError{Reason: Gone, Err: errCutOff}
	}
	if c.o.channels[row.Chat.Channel] == nil {
		return &SendError{Reason: Refused, Err: fmt.Errorf("no channel %s", row.Chat.Channel)}
	}
	return nil
}

// mark writes that the row is being sent. What may have arrived before and is
// an emergency says so.
func (c *claiming) mark(s sending, lang string) (sending, string, error) {
	emergency := s.row.Class == desk.ClassEmergency || s.row.Lane == desk.LaneEmergency
	if s.row.Unknown && emergency && s.m.Edit == "" {
		s.m.Text += "\n" + c.wr.Texts.Render(lang, desk.T("outbox.again"), c.tx.Now())
	}
	s.m.Key = s.row.ID
	s.row.State = storage.OutClaimed
	s.row.Attempts++
	return s, "", storage.Outbox.Put(c.tx, s.row)
}

// language is that of whoever reads a row's message.
func (c *claiming) language(row storage.Outgoing) string {
	lang := ""
	if p, ok := c.w.Person(row.Person); ok {
		lang = p.Lang
	} else if g, ok := c.w.GroupAt(row.Chat); ok {
		lang = g.Lang
	}
	return c.wr.Site.Language(lang)
}
