package bot

import (
	"context"
	"slices"
	"strconv"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// choice is what can be sent now, and when there will be more.
type choice struct {
	picks []pick
	// next is when a row becomes ready by the passing of time alone.
	next time.Time
	// late are emergency rows that must wait for long.
	late []storage.Outgoing
	// loud are emergency rows that have waited too long already.
	loud []storage.Outgoing
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
	c := choice{second: map[string]pick{}}
	err := o.store.View(ctx, func(tx *storage.Tx) error {
		for _, lane := range lanes {
			if o.full(&c, lane, now) {
				continue
			}
			heads, err := laneHeads(tx, lane)
			if err != nil {
				return err
			}
			for _, head := range heads {
				if err := o.consider(tx, &c, now, head); err != nil {
					return err
				}
			}
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
		if o.line(channel).idle() && o.free(&c, p.row) && o.worker(&c, p.row.Lane) && o.take(&c, now, &p) {
			o.addProbe(&c, p)
		}
	}
	return c, nil
}

// full tells whether a lane need not be looked at: no worker is free, or no
// channel takes anything more of it at the moment. Emergencies are always
// looked at, because their waiting is told.
func (o *Outbox) full(c *choice, lane desk.Lane, now time.Time) bool {
	if lane <= desk.LaneAnswer {
		return false
	}
	if !o.worker(c, lane) {
		return true
	}
	var soonest time.Time
	for name := range o.channels {
		room := o.limit(name).Room(now, lane, 1)
		if !room.After(now) {
			return false
		}
		if soonest.IsZero() || room.Before(soonest) {
			soonest = room
		}
	}
	c.wait(soonest)
	return !soonest.IsZero()
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

// free tells whether nothing of a row's chat, or of its post, is under way or
// chosen.
func (o *Outbox) free(c *choice, row storage.Outgoing) bool {
	same := func(p pick) bool {
		return flightKey(p.row) == flightKey(row) || row.Post != "" && p.row.Post == row.Post
	}
	return !o.busy[flightKey(row)] && !o.posts[row.Post] && !slices.ContainsFunc(c.picks, same)
}

func (c *choice) wait(until time.Time) {
	if !until.IsZero() && (c.next.IsZero() || until.Before(c.next)) {
		c.next = until
	}
}

// consider picks the first row of a chat in a lane, or finds out what it waits
// for. What waits for the end of a sending has no time: that end is a step.
func (o *Outbox) consider(tx *storage.Tx, c *choice, now time.Time, row storage.Outgoing) error {
	if !o.free(c, row) || !o.worker(c, row.Lane) {
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
	until := row.NotBefore
	if row.Lane != desk.LaneAnswer {
		until = laterOf(until, o.held[row.Chat.Chat().String()])
	}
	reply, err := o.replyWaits(tx, row, now)
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

// probe picks one row for a channel that is down. One that may be sent twice is
// better than one that may be lost.
func (o *Outbox) probe(tx *storage.Tx, c *choice, now time.Time, line *line, p pick) error {
	if !line.idle() {
		return nil
	}
	repeats, err := rowRepeats(tx, p.row)
	if err != nil {
		return err
	}
	channel := p.row.Chat.Channel
	if !repeats {
		if _, there := c.second[channel]; !there {
			c.second[channel] = p
		}
		return nil
	}
	if o.take(c, now, &p) {
		o.addProbe(c, p)
		return nil
	}
	return o.waits(tx, c, now, p, p.taken)
}

func (o *Outbox) addProbe(c *choice, p pick) {
	p.probe = true
	o.line(p.row.Chat.Channel).probing = true
	c.picks = append(c.picks, p)
}

// take uses the limits for a pick. When they are used up it says in p.taken
// until when, and lets the step come again then.
func (o *Outbox) take(c *choice, now time.Time, p *pick) bool {
	ok, retryAt := o.limit(p.row.Chat.Channel).Take(now, p.chat, p.row.Lane, p.cost)
	if p.taken = now; !ok {
		p.taken = retryAt
		c.wait(retryAt)
	}
	return ok
}

func (o *Outbox) giveBack(p pick) {
	if !p.taken.IsZero() {
		o.limit(p.row.Chat.Channel).Return(p.taken, p.chat, p.row.Lane, p.cost)
	}
	if p.probe {
		o.line(p.row.Chat.Channel).probing = false
	}
}

func (o *Outbox) limit(channel string) *Limits {
	if o.limits[channel] == nil {
		numbers, ok := o.opts.Limits[channel]
		if !ok {
			numbers = TelegramLimits
		}
		o.limits[channel] = NewLimits(numbers)
	}
	return o.limits[channel]
}

// replyMost is how long a reply waits for the card that it replies to.
const replyMost = time.Minute

// replyWaits says until when a row waits for the card to which it is a reply.
// It does not wait when the card stands behind it, and an emergency never does:
// then it goes without being a reply.
func (o *Outbox) replyWaits(tx *storage.Tx, row storage.Outgoing, now time.Time) (time.Time, error) {
	until := row.Created.Add(replyMost)
	if row.ReplyPost == "" || row.Lane == desk.LaneEmergency || !until.After(now) {
		return time.Time{}, nil
	}
	post, ok, err := storage.Posts.Get(tx, row.ReplyPost)
	if err != nil || !ok || post.Ref != "" || post.Gone != "" {
		return time.Time{}, err
	}
	if o.posts[post.ID] {
		return until, nil
	}
	card, ok, err := storage.Outbox.Get(tx, post.Queued)
	if err != nil || !ok || card.State != storage.OutWaiting || card.Lane == row.Lane && card.ID > row.ID {
		return time.Time{}, err
	}
	return until, nil
}

// isGroup tells whether a row goes to a group: to a chat that is nobody's.
func isGroup(tx *storage.Tx, row storage.Outgoing) (bool, error) {
	if row.Person != "" {
		return false, nil
	}
	_, private, err := storage.Addresses.Get(tx, row.Chat.Chat().String())
	return !private, err
}

// cost is how many messages a row becomes: channels send several photos one by
// one, and the words after them.
func cost(row storage.Outgoing) int {
	if n := len(row.Drawn.Photos); n > 1 {
		return n + 1
	}
	return 1
}

// flightKey is what has one message under way at a time: a chat, in which only
// emergencies and answers pass what is under way. So what a chat says to one
// message, such as to wait, is heeded by the next.
func flightKey(row storage.Outgoing) string {
	return strconv.Itoa(int(min(row.Lane, desk.LaneInteractive))) + " " + row.Chat.Chat().String()
}
