package wecom

import (
	"sync"
	"time"
)

// What WeCom delivers to one person from one application; the excess is dropped
// and answered with success, so nobody would ever know. The windows are a little
// longer than a minute and an hour, because messages do not travel equally fast.
// https://developer.work.weixin.qq.com/document/path/90236
const (
	minuteMost, minuteWindow = 30, 61 * time.Second
	hourMost, hourWindow     = 1000, time.Hour + time.Minute
)

// pace counts what went to each person in the last hour. The desk keeps to the
// limit of a minute by itself (bot.LimitNumbers); this is for what one message
// of the desk becomes several of, and for the hour. It is in memory: a restart
// forgets the hour, which nobody fills without a fault elsewhere.
type pace struct {
	mu    sync.Mutex
	sent  map[string][]time.Time
	swept time.Time
}

// take counts one message, or says how long to wait.
func (p *pace) take(now time.Time, user string) (wait time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sweep(now)
	list := recent(p.sent[user], now)
	if n := len(list); n >= minuteMost {
		wait = max(wait, list[n-minuteMost].Add(minuteWindow).Sub(now))
	}
	if n := len(list); n >= hourMost {
		wait = max(wait, list[n-hourMost].Add(hourWindow).Sub(now))
	}
	if wait <= 0 {
		list = append(list, now)
	}
	if p.sent == nil {
		p.sent = map[string][]time.Time{}
	}
	p.sent[user] = list
	return wait
}

// sweep forgets people to whom nothing went for an hour.
func (p *pace) sweep(now time.Time) {
	if now.Sub(p.swept) < hourWindow {
		return
	}
	p.swept = now
	for user, list := range p.sent {
		if list = recent(list, now); len(list) == 0 {
			delete(p.sent, user)
		}
	}
}

func recent(list []time.Time, now time.Time) []time.Time {
	for len(list) > 0 && !list[0].Add(hourWindow).After(now) {
		list = list[1:]
	}
	return list
}
