package bot

import (
	"context"
	"fmt"
	"strings"
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
	// gist is what a post's drawing tells its reader that matters.
	gist string
	// said is the row's own words; m may hold those of others.
	said string
	// also are the other rows that m says.
	also []sending
	// message says that the answer to a press goes as a message.
	message bool
	// refused is why there is nothing to be sent, found when it was claimed.
	refused *SendError
}

// rows are all rows that a sending is for.
func (s sending) rows() []storage.Outgoing {
	rows := []storage.Outgoing{s.row}
	for _, other := range s.also {
		rows = append(rows, other.row)
	}
	return rows
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
				c.dropped = append(c.dropped, fate{row: p.row, reason: why})
			default:
				claimed = append(claimed, s)
			}
		}
		dropped = c.dropped
		return c.w.Err()
	})
	if err != nil {
		claimed, dropped = nil, nil
	}
	o.settle(picks, claimed)
	for _, d := range dropped {
		o.logger.Debug("not sent", "row", d.row.ID, "why", d.reason)
		if d.reason == whyHeld {
			o.observe(d.row, AttemptHeld, "")
			continue
		}
		o.counts.dropped.Add(1)
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
	// dropped are rows that are not to be sent.
	dropped []fate
}

// claim claims one row, perhaps with others that go as the same message, or says
// why it is not to be sent.
func (c *claiming) claim(p pick) (sending, string, error) {
	s, why, err := c.prepare(p)
	if why != "" || err != nil {
		return s, why, err
	}
	switch windowed := c.o.windowed(p.chat) != nil; {
	case s.refused == nil && windowed:
		s, why, err = c.admit(s)
	case s.message && !s.row.Alert:
		s, why, err = c.needless(s)
	}
	if why != "" || err != nil {
		return s, why, err
	}
	key := messageKey(s.row, s.m)
	s.m.Key = key
	c.again(&s)
	if s.row, err = c.mark(s, key); err != nil {
		return s, "", err
	}
	for i, other := range s.also {
		if s.also[i].row, err = c.mark(other, key); err != nil {
			return s, "", err
		}
	}
	return s, "", nil
}

// prepare works out what a row says now, or why it is not to be sent. What has
// lost its sense is deleted.
func (c *claiming) prepare(p pick) (s sending, why string, err error) {
	row, found, err := storage.Outbox.Get(c.tx, p.row.ID)
	if err != nil {
		return s, "", err
	}
	if !found || row.State != p.row.State || row.Chat != p.row.Chat {
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
	can := c.o.can(row.Chat)
	if row.PressID != "" && can.AnswerIsMessage {
		if row.URL != "" {
			row.Drawn.Text = strings.TrimSpace(row.Drawn.Text + "\n" + row.URL)
		}
		if s.message = true; row.Drawn.Text == "" {
			return s, "an answer without words", storage.Outbox.Delete(c.tx, row.ID)
		}
	}
	s.m = row.Drawn
	if !can.EditAnytime && can.EditFor == 0 {
		s.m.Edit = "" // What is said stays, and this comes after it.
	}
	if row.ReplyPost != "" && !can.NoReply {
		if post, ok := c.w.Post(row.ReplyPost); ok && post.Chat.Chat() == row.Chat.Chat() {
			s.m.ReplyTo = post.Ref
		}
	}
	s.said = s.m.Text
	s.refused = c.closed(row)
	return s, "", nil
}

// stale says why a message has lost its sense, if it has.
//
// A reminder speaks of the state in which its ticket was: when the ticket has
// changed its state since, it is dropped. So nobody is reminded of what they
// have just done, and the reminder of the callback question, which is said when
// the work is done, is not hit. What was asked after the change is always said. The
// same holds for news that passes: that the work waits for a part is none any more
// when it is done, however long the news had to wait.
func (c *claiming) stale(row storage.Outgoing) string {
	if !row.Expires.IsZero() && !c.now.Before(row.Expires) {
		return "expired"
	}
	if c.answered(row) {
		return "somebody comes already"
	}
	if row.Ticket == "" || !row.Passing && row.Class != desk.ClassReminder {
		return ""
	}
	if t, ok := c.w.Ticket(row.Ticket); ok && row.Outdated(t) {
		return "the ticket has gone on"
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

// messageKey names a message, the same in every attempt: by its row, and by what
// it says, because a card can say something else when it is sent again.
func messageKey(row storage.Outgoing, m desk.Drawn) string {
	m.Edit, m.ReplyTo = "", ""
	hash := hashOf(m)
	return row.ID + "-" + hash[:min(len(hash), 16)]
}

// again says so in an emergency that may have arrived before.
func (c *claiming) again(s *sending) {
	emergency := s.row.Class == desk.ClassEmergency || s.row.Lane == desk.LaneEmergency
	if s.row.Unknown && emergency && s.m.Edit == "" {
		s.m.Text += "\n" + c.wr.Texts.Render(c.language(s.row), desk.T("outbox.again"), c.tx.Now())
	}
}

// mark writes that a row is being sent, in the message of that key. Its post no
// longer waits for it.
func (c *claiming) mark(s sending, key string) (storage.Outgoing, error) {
	row := s.row
	if post, ok := c.w.Post(row.Post); ok {
		release(&post, row)
		if err := storage.Posts.Put(c.tx, post); err != nil {
			return row, err
		}
	}
	row.State, row.Key = storage.OutClaimed, key
	row.Attempts++
	return row, storage.Outbox.Put(c.tx, row)
}

// language is that of whoever reads a row's message.
func (c *claiming) language(row storage.Outgoing) string {
	lang := ""
	if post, ok := c.w.Post(row.Post); ok {
		lang = post.Lang
	} else if p, ok := c.w.Person(row.Person); ok {
		lang = p.Lang
	} else if g, ok := c.w.GroupAt(row.Chat); ok {
		lang = g.Lang
	}
	return c.wr.Site.Language(lang)
}
