package bot

import (
	"hash/fnv"
	"strconv"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// probe picks one row for a channel that is down. One that may be sent twice is
// better than one that may be lost.
func (o *Outbox) probe(tx *storage.Tx, c *choice, now time.Time, line *line, p pick) error {
	if !line.idle() {
		return nil
	}
	if p.row.Lane == desk.LaneEmergency {
		known, there := c.first[p.row.Chat.Channel]
		if !there || p.row.NotBefore.Before(known.row.NotBefore) {
			c.first[p.row.Chat.Channel] = p
		}
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

// probeFirst lets an emergency try each channel that is down, before anything of
// a lower lane does.
func (o *Outbox) probeFirst(c *choice, now time.Time) {
	for _, channel := range sortedNames(c.first) {
		p := c.first[channel]
		delete(c.first, channel)
		if o.line(channel).idle() && c.free(p.row) && o.worker(c, p.row.Lane) && o.take(c, now, &p) {
			o.addProbe(c, p)
		}
	}
}

func (o *Outbox) addProbe(c *choice, p pick) {
	p.probe = true
	o.line(p.row.Chat.Channel).probing = true
	c.picks = append(c.picks, p)
}

// take uses the limits for a pick. When they are used up it says in p.taken
// until when, and lets the step come again then.
func (o *Outbox) take(c *choice, now time.Time, p *pick) bool {
	ok, retryAt := o.limit(p.row.Chat.Channel).Take(now, p.chat, o.limitLane(p.row), p.cost)
	if p.taken = now; !ok {
		p.taken = retryAt
		c.wait(retryAt)
	}
	return ok
}

func (o *Outbox) giveBack(p pick) {
	if !p.taken.IsZero() {
		o.limit(p.row.Chat.Channel).Return(p.taken, p.chat, o.limitLane(p.row), p.cost)
	}
	if p.probe {
		o.line(p.row.Chat.Channel).probing = false
	}
}

func (o *Outbox) limit(channel string) *Limits {
	if o.limits[channel] == nil {
		o.limits[channel] = NewLimits(o.numbers(channel))
	}
	return o.limits[channel]
}

// numbers are the limits of a channel; one that is not there sends nothing.
func (o *Outbox) numbers(channel string) LimitNumbers {
	if numbers, ok := o.opts.Limits[channel]; ok {
		return numbers
	}
	if c := o.channels[channel]; c != nil {
		return c.Limits()
	}
	return LimitNumbers{}
}

// limitLane is the lane by which a row uses the limits: the answer to a press has
// none, unless it is a message like any other.
func (o *Outbox) limitLane(row storage.Outgoing) desk.Lane {
	if row.Lane == desk.LaneAnswer && o.can(row.Chat).AnswerIsMessage {
		return desk.LaneInteractive
	}
	return row.Lane
}

// can is what the channel of an address can do. One that is not there is refused
// with that reason.
func (o *Outbox) can(a desk.Address) desk.Capabilities {
	if c := o.channels[a.Channel]; c != nil {
		return c.Capabilities()
	}
	return desk.Capabilities{EditAnytime: true}
}

// offTheHour is when a routine row goes that would go in the first minute of an
// hour or of its second half, on a channel that asks for those to be avoided.
// Each row has its own place in that time, the same after a restart.
func (o *Outbox) offTheHour(row storage.Outgoing) time.Time {
	spread := o.numbers(row.Chat.Channel).OffTheHour
	due := laterOf(row.Created, row.NotBefore)
	half := due.Truncate(30 * time.Minute)
	if row.Lane != desk.LaneRoutine || spread <= 0 || due.Sub(half) >= time.Minute {
		return time.Time{}
	}
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(row.ID)) // It never fails.
	return half.Add(time.Minute + time.Duration(sum.Sum64()%uint64(spread)))
}

// replyMost is how long a reply waits for the card that it replies to.
const replyMost = time.Minute

// replyWaits says until when a row waits for the card to which it is a reply.
// It does not wait when the card stands behind it, and an emergency never does:
// then it goes without being a reply.
func (o *Outbox) replyWaits(tx *storage.Tx, c *choice, row storage.Outgoing, now time.Time) (time.Time, error) {
	until := row.Created.Add(replyMost)
	if row.ReplyPost == "" || row.Lane == desk.LaneEmergency || !until.After(now) {
		return time.Time{}, nil
	}
	post, ok, err := storage.Posts.Get(tx, row.ReplyPost)
	if err != nil || !ok || post.Stands() || post.Gone != "" {
		return time.Time{}, err
	}
	if c.posts[post.ID] {
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
func flightKey(row storage.Outgoing) string { return laneKey(row.Lane, row.Chat.Chat().String()) }

func laneKey(lane desk.Lane, chat string) string {
	return strconv.Itoa(int(min(lane, desk.LaneInteractive))) + " " + chat
}
