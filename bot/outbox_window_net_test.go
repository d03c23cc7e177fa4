package bot

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// windowNet is a network that delivers to a person only for two days after they
// wrote, and five messages in that time. It edits nothing, and answers presses by
// messages. It fails the test when it gets more than it delivers.
type windowNet struct {
	*outboxNet
	wrote map[string]time.Time
	sent  map[string]int
	// one says how many messages fit in one, 0 that as many as there are; counted,
	// how many are left by the network's own reckoning when the desk asks.
	one     int
	counted func(left int) int
	keys    []string
	lock    sync.Mutex
}

const (
	windowFor  = 48 * time.Hour
	windowMost = 5
)

var (
	_ Windowed = (*windowNet)(nil)
	_ Merger   = (*windowNet)(nil)
)

func (n *windowNet) Window(_ *storage.Tx, a desk.Address) (Window, error) {
	n.lock.Lock()
	defer n.lock.Unlock()
	id := a.Chat().String()
	left := windowMost - n.sent[id]
	if n.counted != nil {
		left = n.counted(left)
	}
	return Window{Until: n.wrote[id].Add(windowFor), Left: left}, nil
}

func (n *windowNet) Merge(list []desk.Drawn) []desk.Drawn {
	if n.one > 0 && len(list) > n.one {
		return list
	}
	m := list[0]
	for _, next := range list[1:] {
		if len(m.Buttons) > 0 && len(next.Buttons) > 0 {
			return list // It has one menu.
		}
		m.Text += " + " + next.Text
		m.Buttons = append(m.Buttons, next.Buttons...)
	}
	return []desk.Drawn{m}
}

func (n *windowNet) Answer(context.Context, string, string, string, bool) error {
	n.t.Error("an answer that is no message")
	return nil
}

func (n *windowNet) Send(ctx context.Context, chat desk.Address, m desk.Drawn) (string, error) {
	id := chat.Chat().String()
	if m.Edit != "" {
		n.t.Errorf("an edit of %s", m.Edit)
	}
	if m.Key == "" || len(m.Key) > 32 {
		n.t.Errorf("the key %q", m.Key)
	}
	n.lock.Lock()
	shut := !n.now().Before(n.wrote[id].Add(windowFor)) || n.sent[id] >= windowMost
	if !shut {
		n.sent[id]++ // The network counts when it gets it.
	}
	n.lock.Unlock()
	if shut {
		if n.counted == nil {
			n.t.Errorf("%v: %q after the window of %s was shut", n.now(), m.Text, id)
		}
		return "", &SendError{Reason: Closed, Err: errors.New("95001")}
	}
	ref, err := n.outboxNet.Send(ctx, chat, m)
	n.lock.Lock()
	defer n.lock.Unlock()
	n.keys = append(n.keys, m.Key)
	if err != nil {
		n.sent[id]--
	}
	return ref, err
}

// newWindowDesk is a desk whose staff are on the network net and whose residents
// on kf.
func newWindowDesk(t *testing.T) (*outboxDesk, *windowNet) {
	d := newOutboxDesk(t)
	kf := addWindow(d)
	d.person("op", desk.Role{Name: desk.RoleOperator})
	return d, kf
}

// addWindow adds the network kf to a desk.
func addWindow(d *outboxDesk) *windowNet {
	kf := &windowNet{outboxNet: newOutboxNet(d.t, d.opts.Now), wrote: map[string]time.Time{}, sent: map[string]int{}}
	kf.name, kf.numbers = "kf", LimitNumbers{PrivateEvery: time.Second, PrivateBurst: 3}
	kf.can = desk.Capabilities{
		NoReply: true, AnswerIsMessage: true, PushWindow: windowFor, PushMost: windowMost, MaxText: 2048, TextInBytes: true,
	}
	d.site.Channels = map[string]desk.Capabilities{"kf": kf.can}
	d.site.Callback = desk.CallbackRule{From: 9 * 60, To: 21*60 + 30}
	d.others = []Channel{kf}
	d.store.Close()
	d.open()
	return kf
}

// resident adds somebody on kf who has just written.
func (d *outboxDesk) resident(kf *windowNet, id string) desk.Address {
	d.t.Helper()
	a := desk.Address{Channel: "kf", ID: id}
	d.apply(desk.Effects{People: []desk.Person{{ID: id, Name: "N" + id, Addresses: []desk.Address{a}, Wrote: d.clock, Created: d.clock}}})
	d.writes(kf, a)
	return a
}

// writes lets a resident write, as the handler does.
func (d *outboxDesk) writes(kf *windowNet, a desk.Address) {
	d.t.Helper()
	kf.wrote[a.String()], kf.sent[a.String()] = d.clock, 0
	var p desk.Person
	d.view(func(tx *storage.Tx) (err error) {
		p, _, err = storage.People.Get(tx, a.ID)
		return err
	})
	p.Wrote = d.clock
	d.apply(desk.Effects{People: []desk.Person{p}, Wrote: []desk.Address{a}})
}

// tell says something to a resident.
func (d *outboxDesk) tell(person, words string, class desk.Class, ticket string) {
	d.t.Helper()
	d.say(desk.Message{Person: person, Text: desk.Literal(words), Class: class, Lane: desk.LaneInteractive, Ticket: ticket})
}

// card shows a ticket to its requester.
func (d *outboxDesk) card(id string, a desk.Address) {
	d.t.Helper()
	d.ticket(id, desk.LaneInteractive, func(t *desk.Ticket) { t.Requester = a.ID })
	d.apply(desk.Effects{Posts: []desk.Post{{
		ID: "p" + id, Kind: desk.PostRequester, Ticket: id, Person: a.ID, Chat: a, Lang: "zh", Lane: desk.LaneInteractive,
		Created: d.clock,
	}}})
}

// turn changes a ticket.
func (d *outboxDesk) turn(id string, change func(*desk.Ticket)) {
	d.t.Helper()
	d.update(func(tx *storage.Tx) error {
		t, _, err := storage.Tickets.Get(tx, id)
		if err != nil {
			return err
		}
		was := t.State
		if change(&t); t.State != was {
			t.Since = tx.Now()
		}
		return d.writer().Apply(tx, desk.Effects{Tickets: []desk.Ticket{t}})
	})
}

// heard lists the beginnings of what arrived at an address.
func heard(n *outboxNet, a desk.Address, cut string) []string {
	var list []string
	for _, text := range n.texts(a) {
		head, _, _ := strings.Cut(text, cut)
		list = append(list, head)
	}
	return list
}
