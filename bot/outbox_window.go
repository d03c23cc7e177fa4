package bot

import (
	"slices"
	"strings"

	"frontdesk/desk"
	"frontdesk/storage"
)

// Merger is a channel with a window that can say several messages as one.
type Merger interface {
	// Merge says messages to one person, in their order, as so few as can be. Where
	// the first two fit in one message, it returns one for them. It is asked for two
	// or more, and keeps nothing of them.
	Merge([]desk.Drawn) []desk.Drawn
}

// ridersMost is how many waiting messages are looked at to go with another one.
const ridersMost = 10

// windowed is the channel of a private chat if it has a window, else nil. A group
// has none.
func (o *Outbox) windowed(c LimitedChat) Windowed {
	w, ok := o.channels[c.Chat.Channel].(Windowed)
	if !ok || c.Group {
		return nil
	}
	return w
}

// windows are the names of the channels that have one: there one message at a time
// is under way to a person, so that what is left is certain.
func (o *Outbox) windows() map[string]bool {
	names := map[string]bool{}
	for name, channel := range o.channels {
		_, names[name] = channel.(Windowed)
	}
	return names
}

// Why rows of a window are not sent.
const (
	whyHeld  = "held until the person writes"
	whyWords = "said by another message"
)

// admit finds out whether a person can be told something now, and takes what else
// waits for them along. The last message of a window is kept for the callback
// question and for what the person must know.
func (c *claiming) admit(s sending) (sending, string, error) {
	window, err := c.o.windowed(s.chat).Window(c.tx, s.row.Chat)
	if err != nil {
		return s, "", err
	}
	open, left := c.now.Before(window.Until), window.Left-(s.cost-1)
	needed := s.row.Class == desk.ClassCallback || s.row.Class.MustKnow() || s.row.Lane == desk.LaneEmergency
	switch {
	case !open || left < 1 && needed:
		why, err := closing{c.tx, c.wr, c.w}.shut(s.row, s.said)
		return s, why, err
	case left < 1 || left == 1 && !needed:
		if s.row.PressID != "" {
			return s, whyHeld, storage.Outbox.Delete(c.tx, s.row.ID)
		}
		return s, whyHeld, storage.Hold(c.tx, s.row)
	case s.row.Lane == desk.LaneEmergency:
		return s, "", nil
	}
	riders, err := c.riders(s)
	if err != nil {
		return s, "", err
	}
	if s.message {
		if len(riders) > 0 {
			return s, whyWords, storage.Outbox.Delete(c.tx, s.row.ID)
		}
		return s, "", nil
	}
	return c.merge(s, riders), "", nil
}

// needless drops an answer that would be a message of its own where the same press
// already brings another one, or changes a card before the person's eyes.
func (c *claiming) needless(answer sending) (sending, string, error) {
	rows, err := waitingIn(c.tx, answer.row.Chat, ridersMost)
	if err != nil {
		return answer, "", err
	}
	for _, row := range rows {
		if !row.Created.Equal(answer.row.Created) || row.NotBefore.After(c.now) {
			continue
		}
		s, why, err := c.prepare(pick{row: row, chat: answer.chat, cost: cost(row)})
		switch {
		case err != nil:
			return answer, "", err
		case why != "":
			c.dropped = append(c.dropped, fate{row: row, reason: why})
		case s.refused == nil:
			return answer, whyWords, storage.Outbox.Delete(c.tx, answer.row.ID)
		}
	}
	return answer, "", nil
}

// riders prepares what else waits for a person, oldest first. What went as one
// message and may have arrived goes with nothing else.
func (c *claiming) riders(lead sending) ([]sending, error) {
	rows, err := heldIn(c.tx, lead.row.Chat, ridersMost)
	if err != nil {
		return nil, err
	}
	for _, lane := range []desk.Lane{desk.LaneInteractive, desk.LaneRoutine} {
		waiting, err := chatRows(c.tx, lane, lead.row.Chat, ridersMost)
		if err != nil {
			return nil, err
		}
		rows = append(rows, waiting...)
	}
	slices.SortFunc(rows, func(a, b storage.Outgoing) int { return strings.Compare(a.ID, b.ID) })
	var riders []sending
	for _, row := range rows {
		together := row.Unknown && row.Key == lead.row.Key
		later := laterOf(row.NotBefore, c.o.offTheHour(row)).After(c.now)
		if row.ID == lead.row.ID || (row.Unknown || lead.row.Unknown) && !together || later {
			continue
		}
		s, why, err := c.prepare(pick{row: row, chat: lead.chat, cost: cost(row)})
		switch {
		case err != nil:
			return nil, err
		case why != "":
			c.dropped = append(c.dropped, fate{row: row, reason: why})
		case s.refused == nil && s.cost == 1 && s.m.Edit == "":
			riders = append(riders, s)
		}
	}
	return riders, nil
}

// merge lets as many riders as the channel can go as one message, in order.
func (c *claiming) merge(lead sending, riders []sending) sending {
	channel, ok := c.o.channels[lead.row.Chat.Channel].(Merger)
	if !ok || lead.m.Edit != "" || lead.cost > 1 {
		return lead
	}
	together, m := []sending{lead}, lead.m
	for _, rider := range riders {
		more := append(slices.Clone(together), rider)
		slices.SortFunc(more, func(a, b sending) int { return strings.Compare(a.row.ID, b.row.ID) })
		var drawn []desk.Drawn
		for _, s := range more {
			drawn = append(drawn, s.m)
		}
		if merged := channel.Merge(drawn); len(merged) == 1 {
			together, m = more, merged[0]
		} else if rider.row.ID > lead.row.ID {
			break // What comes after it stays behind it.
		}
	}
	lead.also = slices.DeleteFunc(together, func(s sending) bool { return s.row.ID == lead.row.ID })
	lead.m = m
	return lead
}

// heldIn lists at most n rows that wait until somebody writes, oldest first.
func heldIn(tx *storage.Tx, chat desk.Address, n int) ([]storage.Outgoing, error) {
	var rows []storage.Outgoing
	r := storage.Range{Prefix: storage.Key(chat.Chat().String()), Limit: n}
	err := storage.Outbox.By(tx, "held", r, func(row storage.Outgoing) error {
		rows = append(rows, row)
		return nil
	})
	return rows, err
}
