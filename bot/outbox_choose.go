package bot

import (
	"context"
	"slices"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// choice is what can be sent now, and when there will be more.
type choice struct {
	picks []pick
	// busy are the chats, and posts the posts, that have something under way.
	busy, posts map[string]bool
	// chats are those in which anything at all is under way; windows are the
	// channels on which that counts.
	chats, windows map[string]bool
	// next is when a row becomes ready by the passing of time alone.
	next time.Time
	// late are emergency rows that must wait for long, and of which nobody was told.
	late []storage.Outgoing
	// loud are emergency rows that have waited too long already.
	loud []storage.Outgoing
	// first are, by channel, emergencies for probing that channel: the one that was
	// tried least lately, so that a chat that always fails hides no other.
	first map[string]pick
	// second are, by channel, rows for probing that channel if nothing better is there.
	second map[string]pick
}

// pick is a row that is to be claimed, with what it took of the limits.
type pick struct {
	row   storage.Outgoing
	chat  LimitedChat
	cost  int
	taken time.Time
	// probe marks the one row that tries a channel that is down.
	probe bool
}

var lanes = []desk.Lane{desk.LaneEmergency, desk.LaneAnswer, desk.LaneInteractive, desk.LaneRoutine}

// choose looks for rows that can be sent, in a read: the transaction that
// claims them then touches no others. It takes what they need of the limits.
func (o *Outbox) choose(ctx context.Context, now time.Time) (choice, error) {
	c := choice{
		first: map[string]pick{}, second: map[string]pick{}, busy: map[string]bool{}, posts: map[string]bool{}, chats: map[string]bool{}, windows: o.windows(),
	}
	err := o.store.View(ctx, func(tx *storage.Tx) error {
		if err := o.underWay(tx, &c); err != nil {
			return err
		}
		for _, lane := range lanes {
			if o.full(&c, lane, now) {
				continue
			}
			if err := o.chooseOf(tx, &c, now, lane); err != nil {
				return err
			}
			o.probeFirst(&c, now)
		}
		return nil
	})
	if err != nil {
		for _, p := range c.picks {
			o.giveBack(p)
		}
		return choice{}, err
	}
	for _, channel := range sortedNames(c.second) {
		p := c.second[channel]
		if o.line(channel).idle() && c.free(p.row) && o.worker(&c, p.row.Lane) && o.take(&c, now, &p) {
			o.addProbe(&c, p)
		}
	}
	return c, nil
}

// chooseOf looks at the heads of a lane, oldest first, for as long as something
// more of it can go out: the rows behind are not even read.
func (o *Outbox) chooseOf(tx *storage.Tx, c *choice, now time.Time, lane desk.Lane) error {
	heads, err := laneHeads(tx, lane)
	if err != nil {
		return err
	}
	for _, head := range heads {
		if !o.worker(c, lane) {
			return nil
		}
		if c.busy[laneKey(lane, head.chat)] {
			continue
		}
		row, found, err := storage.Outbox.Get(tx, head.id)
		if err != nil {
			return err
		}
		if !found {
			continue
		}
		picked := len(c.picks)
		if err := o.consider(tx, c, now, row); err != nil {
			return err
		}
		if len(c.picks) == picked && o.full(c, lane, now) {
			return nil // The limits are used up.
		}
	}
	return nil
}

// full tells whether a lane need not be looked at: no worker is free, or no
// channel takes anything more of it at the moment. So a backlog costs nothing
// while it can only wait. Emergencies are always looked at, because their
// waiting is told.
func (o *Outbox) full(c *choice, lane desk.Lane, now time.Time) bool {
	if lane <= desk.LaneAnswer {
		return false
	}
	if !o.worker(c, lane) {
		return true
	}
	for name := range o.channels {
		room, line := o.limit(name).Room(now, lane, 1), o.line(name)
		if line.down {
			room = laterOf(room, line.probeAt(lane))
		}
		if !room.After(now) && (!line.down || line.idle()) {
			return false
		}
		if room.After(now) {
			c.wait(room) // Otherwise the end of the attempt under way is a step.
		}
	}
	return len(o.channels) > 0
}

// worker tells whether one more of a lane can be under way. Without workers
// sends are one after the other.
func (o *Outbox) worker(c *choice, lane desk.Lane) bool {
	if o.opts.Workers == 0 {
		return len(c.picks) == 0
	}
	ordinary := o.ordinary
	for _, p := range c.picks {
		if p.row.Lane > desk.LaneAnswer {
			ordinary++
		}
	}
	if lane > desk.LaneAnswer {
		return ordinary < o.opts.Workers
	}
	return len(o.flying)+len(c.picks) < 2*o.opts.Workers
}

// underWay notes what is being sent. A chat may have moved meanwhile: then
// nothing goes to the new one before what was sent to the old one has ended.
func (o *Outbox) underWay(tx *storage.Tx, c *choice) error {
	for id, s := range o.flying {
		c.busy[flightKey(s.row)] = true
		c.chats[s.row.Chat.Chat().String()] = true
		for _, row := range s.rows() {
			if row.Post != "" {
				c.posts[row.Post] = true
			}
		}
		row, ok, err := storage.Outbox.Get(tx, id)
		if err != nil {
			return err
		}
		if ok {
			c.busy[flightKey(row)] = true
		}
	}
	return nil
}

// free tells whether nothing of a row's chat, or of its post, is under way or
// chosen. On a channel with a window nothing passes anything.
func (c *choice) free(row storage.Outgoing) bool {
	alone := c.windows[row.Chat.Channel]
	if alone && c.chats[row.Chat.Chat().String()] {
		return false
	}
	same := func(p pick) bool {
		return alone && p.row.Chat.Chat() == row.Chat.Chat() || flightKey(p.row) == flightKey(row) || row.Post != "" && p.row.Post == row.Post
	}
	return !c.busy[flightKey(row)] && !c.posts[row.Post] && !slices.ContainsFunc(c.picks, same)
}

func (c *choice) wait(until time.Time) {
	if !until.IsZero() && (c.next.IsZero() || until.Before(c.next)) {
		c.next = until
	}
}

// consider picks the first row of a chat in a lane, or finds out what it waits
// for. What waits for the end of a sending has no time: that end is a step.
func (o *Outbox) consider(tx *storage.Tx, c *choice, now time.Time, row storage.Outgoing) error {
	if !c.free(row) || !o.worker(c, row.Lane) {
		return nil
	}
	p := pick{row: row, cost: cost(row), chat: LimitedChat{Chat: row.Chat}}
	var err error
	if p.chat.Group, err = isGroup(tx, row); err != nil {
		return err
	}
	if !row.Expires.IsZero() && !now.Before(row.Expires) {
		c.picks = append(c.picks, p) // To be dropped.
		return nil
	}
	until := laterOf(row.NotBefore, o.offTheHour(row))
	if row.Lane != desk.LaneAnswer {
		until = laterOf(until, o.held[row.Chat.Chat().String()])
	}
	reply, err := o.replyWaits(tx, c, row, now)
	if err != nil {
		return err
	}
	until = laterOf(until, reply)
	line := o.line(row.Chat.Channel)
	if line.down {
		until = laterOf(until, line.probeAt(row.Lane))
	}
	if until.After(now) {
		return o.waits(tx, c, now, p, until)
	}
	if line.down {
		return o.probe(tx, c, now, line, p)
	}
	if o.take(c, now, &p) {
		c.picks = append(c.picks, p)
		return nil
	}
	return o.waits(tx, c, now, p, p.taken)
}
