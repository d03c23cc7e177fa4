package bot

import (
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
func (o *Outbox) replyWaits(tx *storage.Tx, c *choice, row storage.Outgoing, now time.Time) (time.Time, error) {
	until := row.Created.Add(replyMost)
	if row.ReplyPost == "" || row.Lane == desk.LaneEmergency || !until.After(now) {
		return time.Time{}, nil
	}
	post, ok, err := storage.Posts.Get(tx, row.ReplyPost)
	if err != nil || !ok || post.Ref != "" || post.Gone != "" {
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
