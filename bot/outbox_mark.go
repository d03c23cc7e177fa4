package bot

import (
	"context"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// markFinished writes what became of everything that has finished, in one
// transaction, and then draws the conclusions for what is sent next. When the
// store fails the outcomes are kept, and their chats stay busy: nothing is sent
// whose sending cannot be written down.
func (o *Outbox) markFinished(ctx context.Context, now time.Time) error {
	o.mu.Lock()
	list := o.finished
	o.finished = nil
	o.mu.Unlock()
	err := o.mark(ctx, now, list)
	if err != nil {
		o.mu.Lock()
		o.finished = append(list, o.finished...)
		o.mu.Unlock()
	}
	return err
}

func (o *Outbox) mark(ctx context.Context, now time.Time, list []outcome) error {
	if len(list) == 0 {
		return nil
	}
	wr := o.writer()
	var fates []fate
	err := o.store.Update(ctx, func(tx *storage.Tx) error {
		m := &marking{tx: tx, wr: wr, w: storage.NewWorld(tx, wr.Site), now: now, can: o.can}
		for _, out := range list {
			if err := m.all(out); err != nil {
				return err
			}
		}
		fates = m.fates // Plain assignment: the closure may run again.
		return m.w.Err()
	})
	if err != nil {
		return err
	}
	for _, out := range list {
		o.landed(out.sending)
		o.conclude(now, out)
	}
	for _, f := range fates {
		o.count(now, f)
	}
	return nil
}

// conclude keeps what an outcome says about its chat and its channel.
func (o *Outbox) conclude(now time.Time, out outcome) {
	if out.err == nil {
		delete(o.alarmed, out.row.ID)
		delete(o.alarmed, loudKey(out.row))
	}
	if out.found || out.refused != nil {
		return
	}
	chat := out.row.Chat
	if out.err != nil && out.err.Reason == Limited && out.row.Lane != desk.LaneAnswer {
		o.counts.limited.Add(1)
		key := chat.Chat().String()
		o.held[key] = laterOf(o.held[key], now.Add(out.err.RetryAfter))
	}
	l := o.line(chat.Channel)
	down, up := l.heard(now, out.err, out.probe)
	switch {
	case down && (out.err.Reason == Auth || out.err.Reason == Untrusted):
	case down:
		o.logger.Warn("channel is down", "channel", chat.Channel, "reason", out.err.Reason)
	case up:
		o.logger.Info("channel is up again", "channel", chat.Channel)
	}
	if out.err != nil && now.Sub(l.logged) >= authEvery {
		switch out.err.Reason {
		case Auth:
			l.logged = now
			o.logger.Error("the channel refuses the token: nothing can be sent", "channel", chat.Channel)
		case Untrusted:
			l.logged = now
			o.logger.Error("the channel refuses this machine's address: nothing can be sent", "channel", chat.Channel)
		}
	}
	for key, until := range o.held {
		if !until.After(now) {
			delete(o.held, key)
		}
	}
}

// fate is how the attempt for a row ended.
type fate struct {
	row    storage.Outgoing
	state  storage.OutState // empty when the row is done
	reason string
	err    error
}

// marking is one transaction that writes outcomes.
type marking struct {
	tx    *storage.Tx
	wr    storage.Writer
	w     *storage.World
	now   time.Time
	can   func(desk.Address) desk.Capabilities
	fates []fate
}

// all writes one outcome for every row that the message said: as one message they
// arrived or not, and are sent again if one of them is.
func (m *marking) all(out outcome) error {
	for _, row := range out.rows() {
		repeats, err := rowRepeats(m.tx, row)
		if err != nil {
			return err
		}
		out.repeats = out.repeats || repeats
	}
	for _, s := range append([]sending{out.sending}, out.also...) {
		one := out
		one.sending.row, one.hash, one.gist, one.said = s.row, s.hash, s.gist, s.said
		if err := m.one(one); err != nil {
			return err
		}
	}
	return nil
}

// one writes the outcome for one row. A row that is no longer claimed was dealt with
// already.
func (m *marking) one(out outcome) error {
	row, found, err := storage.Outbox.Get(m.tx, out.row.ID)
	if err != nil || !found || row.State != storage.OutClaimed {
		return err
	}
	if out.err == nil {
		return m.sent(row, out)
	}
	return m.failed(row, out)
}

// sent deletes the row and writes what was told. The answer to a press leaves
// no trace, unless it is a message: only the presser saw it, for a moment.
func (m *marking) sent(row storage.Outgoing, out outcome) error {
	m.fates = append(m.fates, fate{row: row})
	if err := storage.Outbox.Delete(m.tx, row.ID); err != nil || row.PressID != "" && !out.message {
		return err
	}
	if err := m.called(row); err != nil {
		return err
	}
	if row.Secret {
		// That it was told is kept, and not to whom.
		if err := m.w.KeepSecretRef(out.row.Chat, out.ref, row.Ticket); err != nil {
			return err
		}
		out.row.Chat, out.ref = desk.Address{}, ""
	}
	err := storage.Deliveries.Put(m.tx, storage.Delivery{
		ID: m.tx.NewID(), Chat: out.row.Chat, Ref: out.ref, Person: row.Person, Ticket: row.Ticket, Post: row.Post,
		Class: row.Class, Lane: row.Lane, Edit: out.m.Edit != "", At: m.tx.Now(),
	})
	if err != nil || row.Post == "" {
		return err
	}
	post, ok := m.w.Post(row.Post)
	if !ok {
		return m.w.Err()
	}
	if post.Chat.Chat() != out.row.Chat.Chat() {
		// Its chat has moved while it was sent: the message is in the old one.
		if post.Queued == "" && m.open(post) {
			return storage.Redraw(m.tx, post)
		}
		return nil
	}
	if out.ref != "" {
		post.Ref = out.ref
	}
	if out.m.Edit == "" {
		post.Posted, post.Frozen = m.now, false
	}
	if out.gist != "" {
		post.Gist = out.gist
	}
	post.Hash, post.Shown = out.hash, row.Want
	if post.Want > row.Want && post.Queued == "" {
		return storage.Redraw(m.tx, post)
	}
	return storage.Posts.Put(m.tx, post)
}

// open tells whether somebody still needs a post: its ticket has not ended, or
// it is a list.
func (m *marking) open(post desk.Post) bool { return postOpen(m.w, post) }

func postOpen(w *storage.World, post desk.Post) bool {
	if post.Ticket == "" {
		return true
	}
	t, ok := w.Ticket(post.Ticket)
	return ok && (t.State.Open() || t.State == desk.StateDone)
}

// again puts a row back at its place, to be sent at a time. Its post must not
// queue another row meanwhile: this one will show the newest state.
func (m *marking) again(row storage.Outgoing, at time.Time, reason Reason, cause error) error {
	row.State, row.NotBefore, row.Reason = storage.OutWaiting, at, string(reason)
	m.fates = append(m.fates, fate{row: row, state: row.State, reason: row.Reason, err: cause})
	if post, ok := m.w.Post(row.Post); ok && post.Queued == "" {
		post.Queued = row.ID
		if err := storage.Posts.Put(m.tx, post); err != nil {
			return err
		}
	}
	return storage.Outbox.Put(m.tx, row)
}
