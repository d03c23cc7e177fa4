package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"frontdesk/bot"
	"frontdesk/desk"
)

// The waits after errors: the first, and the longest.
const (
	firstWait   = 100 * time.Millisecond
	longestWait = 5 * time.Second
)

// Poller fetches updates with getUpdates. It tells Telegram that an update was
// received only after the receiver committed it.
type Poller struct {
	channel  *Channel
	receiver bot.Receiver
	started  bool
	// offset confirms all updates below it, and is 0 when there is nothing to
	// confirm. It never stays high: Telegram may start its numbers anew at a lower
	// one, and updates below a remembered offset would never be seen.
	// https://core.telegram.org/bots/api#update
	offset  int64
	wait    time.Duration
	success atomic.Int64
	problem atomic.Pointer[string]
}

// Poller makes the loop that receives in polling mode. One runs at a time.
func (c *Channel) Poller(receiver bot.Receiver) *Poller {
	return &Poller{channel: c, receiver: receiver}
}

// LastSuccess is when Telegram last answered and all that it gave was
// committed; zero before the first time. A long poll without updates succeeds
// within 40 s, so a desk that hears has one less than a minute ago.
func (p *Poller) LastSuccess() time.Time {
	n := p.success.Load()
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(0, n)
}

// Problem is why the last step failed, without secrets; empty when it did not.
func (p *Poller) Problem() string {
	if problem := p.problem.Load(); problem != nil {
		return *problem
	}
	return ""
}

// Run calls Step until ctx ends.
func (p *Poller) Run(ctx context.Context) {
	for ctx.Err() == nil {
		wait, _ := p.Step(ctx)
		if wait <= 0 {
			continue
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-timer.C:
		}
		timer.Stop()
	}
}

// Step fetches one batch of updates, waiting up to 40 s for one, and hands it
// to the receiver. It returns how long to wait before the next step. After an
// error nothing is confirmed and the same updates come again. The first step
// also calls Channel.Start.
func (p *Poller) Step(ctx context.Context) (time.Duration, error) {
	err := p.step(ctx)
	if err == nil {
		p.wait = 0
		p.success.Store(p.channel.now().UnixNano())
		p.problem.Store(nil)
		return 0, nil
	}
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	problem := p.channel.mask.text(err.Error())
	p.problem.Store(&problem)
	p.wait = min(max(2*p.wait, firstWait), longestWait)
	wait := p.wait
	var send *bot.SendError
	if errors.As(err, &send) && send.RetryAfter > wait {
		wait = send.RetryAfter
	}
	p.report(err, wait)
	return wait, err
}

func (p *Poller) step(ctx context.Context) error {
	if !p.started {
		if err := p.channel.Start(ctx); err != nil {
			return err
		}
		p.started = true
	}
	batch, next, err := p.fetch(ctx)
	if err != nil {
		return classify(err, chatNone)
	}
	// The call was answered: all below the offset is confirmed for good.
	p.offset = 0
	if len(batch) > 0 {
		if err := p.receiver.Handle(ctx, batch, nil); err != nil {
			return err
		}
	}
	p.offset = next
	return nil
}

// fetch makes the call. next confirms the batch; it is 0 when none came.
func (p *Poller) fetch(ctx context.Context) (batch []desk.Input, next int64, err error) {
	params := map[string]any{
		"timeout": int(pollTimeout / time.Second), "allowed_updates": AllowedUpdates,
	}
	if p.offset != 0 {
		params["offset"] = p.offset
	}
	var raws []json.RawMessage
	if err := p.channel.call(ctx, "getUpdates", params, &raws); err != nil {
		return nil, 0, err
	}
	for _, raw := range raws {
		in, ok := p.channel.read(raw)
		if ok {
			batch = append(batch, in)
		}
		var id struct {
			ID int64 `json:"update_id"`
		}
		if err := json.Unmarshal(raw, &id); err == nil && id.ID >= next {
			next = id.ID + 1
		}
	}
	return batch, next, nil
}

// read decodes an update. One that cannot be read is logged and then passed
// over, or Telegram would deliver it for a day and nothing behind it.
func (c *Channel) read(raw []byte) (desk.Input, bool) {
	in, ok, err := decode(raw, c.Identity())
	if err != nil {
		// The text of the error may quote the update, which is personal data.
		c.logger.Warn("update passed over: it cannot be read", "bytes", len(raw), "fingerprint", fingerprint(raw))
	}
	return in, ok
}

// report logs a failed step.
func (p *Poller) report(err error, wait time.Duration) {
	log := p.channel.logger.With("error", p.channel.mask.text(err.Error()), "wait", wait)
	var api *apiError
	if errors.As(err, &api) && api.code == http.StatusConflict {
		log.Error("telegram does not give its updates to this program: another one polls with the same token, or a webhook is set")
		return
	}
	var send *bot.SendError
	if errors.As(err, &send) && send.Reason == bot.Auth {
		log.Error("telegram does not accept the token of bot " + strconv.FormatInt(p.channel.Identity().ID, 10))
		return
	}
	log.Warn("poll failed")
}
