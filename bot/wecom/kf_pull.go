package wecom

import (
	"context"
	"encoding/json"
	"errors"
	"sync/atomic"
	"time"

	"frontdesk/bot"
	"frontdesk/desk"
	"frontdesk/storage"
)

const (
	// kfEvery is how often messages are asked for without being told of any: what
	// was told may have been lost. WeCom allows few calls without a token.
	kfEvery = 3 * time.Minute
	// kfFirstAge is how old a message may be when the account is read for the first
	// time ever, which gives all of the last three days. Who wrote an hour ago or
	// before has found another way, or was answered by an employee.
	kfFirstAge = time.Hour
	// The waits after errors: the first, and the longest.
	kfFirstWait   = time.Second
	kfLongestWait = time.Minute
)

// kfCursor is how far an account was read.
type kfCursor struct {
	OpenKFID string `json:"open_kfid"`
	Cursor   string `json:"cursor"`
	// First tells that the messages from before the desk are still being read.
	First bool `json:"first,omitempty"`
}

var kfCursors = storage.NewTable("wecom_kf_cursors", func(c kfCursor) string { return c.OpenKFID })

// puller is what the callback and the loop share: the callback only leaves a
// token and wakes.
type puller struct {
	wake  chan struct{}
	token *atomic.Pointer[kfToken]
}

// kfToken lets messages be asked for without the limit of calls that nobody
// asked for.
type kfToken struct {
	token string
	until time.Time
}

func newPuller() puller {
	return puller{wake: make(chan struct{}, 1), token: &atomic.Pointer[kfToken]{}}
}

// told is what the callback calls when there is something to read
// (kf_msg_or_event). It returns at once; what it is told twice does no harm.
func (w *Weixin) told(token, openKFID string) {
	c := w.corp
	if openKFID != "" && openKFID != c.config.KFID {
		c.log.Warn("a message for an account of 微信客服 that is not configured", "open_kfid", openKFID)
		return
	}
	if token != "" {
		w.puller.token.Store(&kfToken{token: token, until: c.now().Add(kfTokenLife)})
	}
	select {
	case w.puller.wake <- struct{}{}:
	default:
	}
}

// Puller reads what customers wrote. WeCom only tells that there is something;
// it is asked for from a place (cursor) that is kept in the transaction of the
// last message before it. So nothing is lost when the program ends anywhere, and
// what is delivered again is recognised by its id.
type Puller struct {
	weixin   *Weixin
	receiver bot.Receiver
	restart  bool // the cursor was refused
	wait     time.Duration
	success  atomic.Int64
	problem  atomic.Pointer[string]
}

// Puller makes the loop that reads the account's messages. One runs at a time.
func (w *Weixin) Puller(receiver bot.Receiver) *Puller {
	return &Puller{weixin: w, receiver: receiver}
}

// LastSuccess is when WeCom last answered and all that it gave was committed;
// zero before the first time. One that hears has one less than four minutes ago.
func (p *Puller) LastSuccess() time.Time {
	n := p.success.Load()
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(0, n)
}

// Problem is why the last step failed, without secrets; empty when it did not.
func (p *Puller) Problem() string {
	if problem := p.problem.Load(); problem != nil {
		return *problem
	}
	return ""
}

// Woken is filled when the callback told of something to read.
func (w *Weixin) Woken() <-chan struct{} { return w.puller.wake }

// Run calls Step whenever it is woken, and now and then by itself, until ctx
// ends.
func (p *Puller) Run(ctx context.Context) {
	for ctx.Err() == nil {
		wait, err := p.Step(ctx)
		wake := p.weixin.puller.wake
		if err != nil {
			wake = nil // Another message does not make the store well.
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-timer.C:
		case <-wake:
		}
		timer.Stop()
	}
}

// Step reads all that there is and hands it to the receiver. It returns how long
// to wait when nobody wakes it. After an error the same messages come again.
func (p *Puller) Step(ctx context.Context) (time.Duration, error) {
	more, err := true, error(nil)
	for more && err == nil {
		more, err = p.page(ctx)
	}
	if err == nil {
		p.wait = 0
		p.success.Store(p.weixin.corp.now().UnixNano())
		p.problem.Store(nil)
		return kfEvery, nil
	}
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	problem := p.weixin.corp.mask.text(err.Error())
	p.problem.Store(&problem)
	p.wait = min(max(2*p.wait, kfFirstWait), kfLongestWait)
	wait := p.wait
	var send *bot.SendError
	if errors.As(err, &send) && send.RetryAfter > wait {
		wait = send.RetryAfter
	}
	p.weixin.corp.log.Warn("the messages of 微信客服 were not read", "error", problem, "wait", wait)
	return wait, err
}

// page reads one page and takes it to its commit.
func (p *Puller) page(ctx context.Context) (more bool, err error) {
	w := p.weixin
	var at kfCursor
	var known bool
	if err := w.view(ctx, func(tx *storage.Tx) (err error) {
		at, known, err = kfCursors.Get(tx, w.corp.config.KFID)
		return err
	}); err != nil {
		return false, err
	}
	if p.restart {
		at.Cursor = ""
	}
	page, err := w.sync(ctx, at.Cursor)
	if err != nil {
		if at.Cursor != "" && isRefused(err) {
			// Read from the beginning, once: what was handled is recognised.
			w.corp.log.Error("the place in the messages of 微信客服 was refused: the last three days are read again", "error", err)
			p.restart = true
			return true, nil
		}
		return false, err
	}
	p.restart = false
	items := w.items(page.List)
	first := !known || at.First
	if first {
		items = w.recent(items)
	}
	if err := w.named(ctx, items); err != nil {
		return false, err
	}
	next := kfCursor{OpenKFID: w.corp.config.KFID, Cursor: page.Next, First: first && page.More == 1}
	if next.Cursor == "" {
		next.Cursor = at.Cursor
	}
	if err := p.commit(ctx, items, next); err != nil {
		return false, err
	}
	// A page that leads nowhere would be read for ever.
	return page.More == 1 && page.Next != "" && page.Next != at.Cursor, nil
}

// sync makes the call. A token that is refused is forgotten: it is good for ten
// minutes, and without it the call is only rarer.
func (w *Weixin) sync(ctx context.Context, cursor string) (page kfPage, err error) {
	request := kfSyncRequest{Cursor: cursor, Limit: kfPageLimit, OpenKFID: w.corp.config.KFID}
	token := w.puller.token.Load()
	if token != nil && w.corp.now().Before(token.until) {
		request.Token = token.token
	}
	err = w.corp.call(ctx, kfSyncPath, request, &page)
	var api *apiError
	if errors.As(err, &api) && api.Code == codeKFBadToken && request.Token != "" {
		w.puller.token.CompareAndSwap(token, nil)
		request.Token, page = "", kfPage{}
		err = w.corp.call(ctx, kfSyncPath, request, &page)
	}
	return page, classifyKF(err)
}

// items decodes a page. An entry that cannot be read is logged and passed over,
// or nothing behind it would ever be read.
func (w *Weixin) items(list []json.RawMessage) []kfItem {
	var items []kfItem
	for _, raw := range list {
		it, ok, err := decodeKF(raw, w.corp.config.KFID)
		if err != nil {
			// The text of the error may quote the message, which is personal data.
			w.corp.log.Warn("a message of 微信客服 was passed over: it cannot be read", "bytes", len(raw))
		}
		if ok {
			items = append(items, it)
		}
	}
	return items
}

// recent leaves out what is too old to be answered when the account is read for
// the first time.
func (w *Weixin) recent(items []kfItem) []kfItem {
	var kept []kfItem
	for _, it := range items {
		if at := it.in.At; !at.IsZero() && w.corp.now().Sub(at) <= kfFirstAge {
			kept = append(kept, it)
		}
	}
	if n := len(items) - len(kept); n > 0 {
		w.corp.log.Info("messages of 微信客服 from before the desk were left out", "messages", n)
	}
	return kept
}

// commit hands a page to the receiver. First the windows are opened, in a
// transaction of their own: whoever answers a message must find the window that
// it opened. Then the inputs, those of different people side by side, and with
// the last of them the cursor.
func (p *Puller) commit(ctx context.Context, items []kfItem, next kfCursor) error {
	keep := func(tx *storage.Tx) error { return kfCursors.Put(tx, next) }
	var inputs []desk.Input
	for _, it := range items {
		if it.say {
			inputs = append(inputs, it.in)
		}
	}
	if len(items) == 0 {
		return p.receiver.Handle(ctx, nil, keep)
	}
	err := p.receiver.Handle(ctx, nil, func(tx *storage.Tx) error {
		for i, in := range inputs {
			var err error
			if inputs[i], err = understood(tx, in); err != nil {
				return err
			}
		}
		return p.weixin.note(tx, items)
	})
	if err != nil {
		return err
	}
	if n := len(inputs) - 1; n > 0 {
		if err := p.receiver.Handle(ctx, inputs[:n], nil); err != nil {
			return err
		}
		inputs = inputs[n:]
	}
	return p.receiver.Handle(ctx, inputs, keep)
}

// note writes what the entries say about the windows of people.
func (w *Weixin) note(tx *storage.Tx, items []kfItem) error {
	for _, it := range items {
		p, err := person(tx, it.in.From.ID)
		if err != nil {
			return err
		}
		if it.wrote && !(it.tapped && w.corp.config.KFTapsAreSilent) {
			p.wrote(it.in.UpdateID, it.in.At)
		}
		if it.shut && p.used(it.failed) {
			p.Shut = true
		}
		if until := it.in.At.Add(kfWelcomeLife); it.welcome != "" && tx.Now().Before(until) {
			p.Welcome, p.WelcomeUntil = it.welcome, until
		}
		if it.in.From.Name != "" || it.asked {
			p.Name, p.Asked = it.in.From.Name, true
		}
		if err := kfPeople.Put(tx, p); err != nil {
			return err
		}
	}
	return nil
}

func (w *Weixin) view(ctx context.Context, fn func(*storage.Tx) error) error {
	store := w.corp.store.Load()
	if store == nil {
		return errNoStore
	}
	return store.View(ctx, fn)
}
