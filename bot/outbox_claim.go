package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
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
	wr := o.writer()
	var claimed []sending
	var dropped []string
	err := o.store.Update(ctx, func(tx *storage.Tx) error {
		claimed, dropped = nil, nil // The closure may run again.
		c := claiming{o: o, tx: tx, wr: wr, w: storage.NewWorld(tx, wr.Site), now: now}
		for _, p := range picks {
			s, why, err := c.claim(p)
			switch {
			case err != nil:
				return err
			case why != "":
				dropped = append(dropped, p.row.ID+" "+why)
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
		o.logger.Debug("not sent", "row", d)
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
		if p, ok := c.w.Person(row.Person); ok && p.Unreachable != "" && p.Address().Chat() == row.Chat.Chat() {
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

// post claims the row of a post in its newest state.
func (c *claiming) post(s sending) (sending, string, error) {
	post, ok := c.w.Post(s.row.Post)
	if !ok {
		return s, "no such post", storage.Outbox.Delete(c.tx, s.row.ID)
	}
	if post.Chat != s.row.Chat {
		// The post was moved by somebody else: its row goes after it.
		s.row.Chat = post.Chat
		return s, "moved", storage.Outbox.Put(c.tx, s.row)
	}
	if why := c.useless(post); why != "" {
		return s, why, c.drop(s.row, post)
	}
	if s.refused = c.closed(s.row); s.refused != nil && post.Ref != "" {
		return s, "an edit for somebody cut off", c.drop(s.row, post)
	}
	var drawn bool
	if s.m, drawn = c.drawSafely(post); !drawn {
		s.refused = &SendError{Reason: Refused, Err: errDraw}
	} else if s.m.Text == "" {
		return s, "nothing to show", c.drop(s.row, post)
	}
	s.hash = hashOf(s.m)
	if post.Ref != "" && s.hash == post.Hash {
		post.Shown = post.Want
		return s, "shown already", c.drop(s.row, post)
	}
	s.m.Edit = post.Ref
	s.row.Want = post.Want
	release(&post, s.row)
	if err := storage.Posts.Put(c.tx, post); err != nil {
		return s, "", err
	}
	return c.mark(s, post.Lang)
}

// useless says why a post needs no showing, if it needs none.
func (c *claiming) useless(post desk.Post) string {
	switch {
	case post.Gone != "":
		return "its message is gone"
	case post.Ref == "" && post.Superseded:
		return "superseded before it was sent"
	case post.Ref != "" && !editable(c.o.channels[post.Chat.Channel], post, c.now):
		return "too old to be edited"
	}
	return ""
}

func editable(channel Channel, post desk.Post, now time.Time) bool {
	if channel == nil {
		return true // It is refused with that reason.
	}
	can := channel.Capabilities()
	return can.EditAnytime || now.Before(post.Created.Add(can.EditFor))
}

// drop deletes the row of a post.
func (c *claiming) drop(row storage.Outgoing, post desk.Post) error {
	release(&post, row)
	if err := storage.Posts.Put(c.tx, post); err != nil {
		return err
	}
	return storage.Outbox.Delete(c.tx, row.ID)
}

// release says that the row no longer waits to show the post. Another one may
// have been queued since.
func release(post *desk.Post, row storage.Outgoing) {
	if post.Queued == row.ID {
		post.Queued = ""
	}
}

// drawSafely draws a post. A card that cannot be drawn is one dead row, and
// does not stop all the others.
func (c *claiming) drawSafely(post desk.Post) (m desk.Drawn, ok bool) {
	defer func() {
		if value := recover(); value != nil {
			c.o.logger.Error("a post could not be drawn", "post", post.ID, "panic", value)
			m, ok = desk.Drawn{}, false
		}
	}()
	return c.o.draw(c.w, c.wr, post), true
}

// mark writes that the row is being sent. What may have arrived before and is
// an emergency says so.
func (c *claiming) mark(s sending, lang string) (sending, string, error) {
	emergency := s.row.Class == desk.ClassEmergency || s.row.Lane == desk.LaneEmergency
	if s.row.Unknown && emergency && s.m.Edit == "" {
		s.m.Text += "\n" + c.wr.Texts.Render(lang, desk.T("outbox.again"), c.tx.Now())
	}
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

// hashOf is of what is seen: words and buttons.
func hashOf(m desk.Drawn) string {
	b, err := json.Marshal(m)
	if err != nil {
		return "" // Never equal to a hash: it is shown once too often at most.
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:12])
}
