package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/desk"
)

// outboxNet is a network on which a test watches the outbox. It keeps the
// truth: what arrived, when, in which order. It enforces limits of rate by its
// own reckoning, and fails the test at a call that comes before a retry_after
// was over, and at an edit of a message that was never sent.
type outboxNet struct {
	t   *testing.T
	now func() time.Time
	// latency is slept before a call is looked at; only for a fake clock.
	latency func(call outboxCall) time.Duration
	// script says how a call ends instead of well. It may accept the message and
	// then have the answer lost: reason Unknown with accept.
	script func(call outboxCall) (err *SendError, accept bool)
	// after is called once a message has arrived.
	after func(call outboxCall)

	mu       sync.Mutex
	arrived  []outboxCall
	refused  []outboxCall
	messages map[string]string // chat and ref: words shown now
	until    map[string]time.Time
	spent    map[string][]time.Time
	tokens   map[string]float64
	filled   map[string]time.Time
	limited  map[string]int
	lastRef  int
	name     string
	nameless bool // it gives messages no name
	// can and numbers are what the network is asked for.
	can     desk.Capabilities
	numbers LimitNumbers
}

// outboxCall is one call to the network.
type outboxCall struct {
	At     time.Time
	Chat   desk.Address
	M      desk.Drawn
	Press  string
	Reason Reason
}

func newOutboxNet(t *testing.T, now func() time.Time) *outboxNet {
	return &outboxNet{
		t: t, now: now, messages: map[string]string{}, until: map[string]time.Time{}, spent: map[string][]time.Time{},
		tokens: map[string]float64{}, filled: map[string]time.Time{}, limited: map[string]int{},
		name: "net", can: desk.Capabilities{EditAnytime: true}, numbers: TelegramLimits,
	}
}

func (n *outboxNet) Name() string { return n.name }

func (n *outboxNet) Limits() LimitNumbers { return n.numbers }

func (n *outboxNet) Capabilities() desk.Capabilities { return n.can }

func (n *outboxNet) Fetch(context.Context, desk.File) (io.ReadCloser, error) {
	return nil, errors.New("no files")
}

func (n *outboxNet) Chat(context.Context, desk.Address) (ChatInfo, error) { return ChatInfo{}, nil }

func (n *outboxNet) Commands(context.Context, CommandScope) error { return nil }

func (n *outboxNet) Answer(ctx context.Context, pressID, text, _ string, _ bool) error {
	_, err := n.call(ctx, outboxCall{Press: pressID, M: desk.Drawn{Text: text}})
	return err
}

func (n *outboxNet) Send(ctx context.Context, chat desk.Address, m desk.Drawn) (string, error) {
	return n.call(ctx, outboxCall{Chat: chat, M: m})
}

func (n *outboxNet) call(ctx context.Context, c outboxCall) (string, error) {
	if n.latency != nil {
		n.mu.Lock()
		length := n.latency(c)
		n.mu.Unlock()
		select {
		case <-time.After(length):
		case <-ctx.Done():
			return "", &SendError{Reason: Unknown, Err: ctx.Err()}
		}
	}
	ref, err := n.decide(c)
	if err == nil && n.after != nil {
		n.after(c)
	}
	if err != nil || n.nameless {
		return "", err
	}
	return ref, nil
}

func (n *outboxNet) decide(c outboxCall) (string, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	c.At = n.now()
	chat := c.Chat.Chat().String()
	if c.Press == "" && c.At.Before(n.until[chat]) {
		n.t.Errorf("%s was called %v before retry_after was over", chat, n.until[chat].Sub(c.At))
	}
	if n.script != nil {
		if err, accept := n.script(c); err != nil {
			c.Reason = err.Reason
			n.refused = append(n.refused, c)
			if err.Reason == Limited {
				n.until[chat] = c.At.Add(err.RetryAfter)
				n.limited[chat]++
			}
			if accept {
				n.accept(c)
			}
			if err.Err == nil {
				err.Err = errors.New("scripted")
			}
			return "", err
		}
	}
	if c.Press == "" {
		n.enforce(c)
	}
	return n.accept(c), nil
}

func (n *outboxNet) accept(c outboxCall) string {
	ref := c.M.Edit
	if ref == "" {
		n.lastRef++
		ref = fmt.Sprint(n.lastRef)
	} else if _, there := n.messages[c.Chat.Chat().String()+"#"+ref]; !there {
		n.t.Errorf("edit of %s in %s, which was never sent there", ref, c.Chat)
	}
	n.messages[c.Chat.Chat().String()+"#"+ref] = c.M.Text
	n.arrived = append(n.arrived, c)
	return ref
}

// enforce fails the test when there are too many messages.
func (n *outboxNet) enforce(c outboxCall) {
	chat := c.Chat.Chat().String()
	count := func(key string, length time.Duration, most int) {
		kept := n.spent[key][:0]
		for _, at := range n.spent[key] {
			if c.At.Sub(at) < length {
				kept = append(kept, at)
			}
		}
		n.spent[key] = append(kept, c.At)
		if len(n.spent[key]) > most {
			n.t.Errorf("%v: %d messages in %v to %q", c.At, len(n.spent[key]), length, key)
		}
	}
	count("", time.Second, 30)
	if strings.HasPrefix(c.Chat.ID, "-") {
		count(chat, time.Minute, 20)
		return
	}
	// A server allows short bursts, because messages do not travel equally fast.
	burst := 3.0
	if n.latency != nil {
		burst = 5
	}
	if n.filled[chat].IsZero() {
		n.tokens[chat], n.filled[chat] = burst, c.At
	}
	n.tokens[chat] = min(burst, n.tokens[chat]+c.At.Sub(n.filled[chat]).Seconds()) - 1
	n.filled[chat] = c.At
	if n.tokens[chat] < -1e-3 {
		n.t.Errorf("%v: too many messages to %s", c.At, chat)
	}
}

// texts lists the words that arrived in a chat, in order.
func (n *outboxNet) texts(chat desk.Address) []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	var list []string
	for _, c := range n.arrived {
		if c.Chat.Chat() == chat.Chat() && c.Press == "" {
			list = append(list, c.M.Text)
		}
	}
	return list
}
