package telegramtest

import (
	"context"
	"encoding/json"
	"slices"
	"time"
)

// How long Telegram keeps an update: github.com/tdlib/telegram-bot-api,
// Client.cpp.
const (
	messageLife = 24 * time.Hour
	pressLife   = 150 * time.Second
)

type update struct {
	id     int64
	kind   string
	key    string // Updates of one key are pushed one after another.
	raw    json.RawMessage
	until  time.Time
	pushes int
}

// enqueue makes an update. The lock is held.
func (s *Server) enqueue(kind string, content object, key string, life time.Duration) {
	if len(s.allowed) > 0 && !slices.Contains(s.allowed, kind) {
		return
	}
	raw, err := json.Marshal(object{"update_id": s.nextUpdate, kind: content})
	if err != nil {
		panic("telegramtest: " + err.Error())
	}
	s.updates = append(s.updates, &update{id: s.nextUpdate, kind: kind, key: key, raw: raw, until: s.now().Add(life)})
	s.nextUpdate++
	s.changed()
}

// Inject adds an update in its wire form without update_id, such as one of an
// unknown kind.
func (s *Server) Inject(fields map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fields["update_id"] = s.nextUpdate
	raw, err := json.Marshal(fields)
	if err != nil {
		panic("telegramtest: " + err.Error())
	}
	s.updates = append(s.updates, &update{id: s.nextUpdate, kind: "injected", key: "injected", raw: raw, until: s.now().Add(messageLife)})
	s.nextUpdate++
	s.changed()
}

// NextUpdate sets the number of the next update: after an idle week Telegram
// starts anew at any number.
func (s *Server) NextUpdate(id int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nextUpdate = id
}

// Pending is the number of updates that were not confirmed yet.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.expire()
	return len(s.updates)
}

// Expired are the kinds of the updates that nobody fetched in time.
func (s *Server) Expired() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.expire()
	return slices.Clone(s.expired)
}

func (s *Server) expire() {
	now := s.now()
	s.updates = slices.DeleteFunc(s.updates, func(u *update) bool {
		if now.Before(u.until) {
			return false
		}
		s.expired = append(s.expired, u.kind)
		return true
	})
}

// getUpdates has the semantics of Telegram: updates below the offset are
// confirmed, without an offset all unconfirmed ones come, and a newer poll ends
// an older one. https://core.telegram.org/bots/api#getupdates
func (s *Server) getUpdates(ctx context.Context, p params) (any, *failure) {
	s.mu.Lock()
	if s.hook.url != "" {
		s.mu.Unlock()
		return nil, &failure{code: 409, description: "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"}
	}
	s.poll++
	mine := s.poll
	s.changed()
	if list := p.get("allowed_updates"); list != "" {
		_ = json.Unmarshal([]byte(list), &s.allowed)
	}
	offset, limit := p.number("offset"), int(p.number("limit"))
	if limit <= 0 || limit > 100 {
		limit = 100
	}
	s.confirm(offset)
	s.mu.Unlock()
	timer := time.NewTimer(time.Duration(min(p.number("timeout"), 50)) * time.Second)
	defer timer.Stop()
	for over := false; ; {
		s.mu.Lock()
		if s.poll != mine {
			s.mu.Unlock()
			return nil, &failure{code: 409, description: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"}
		}
		s.expire()
		batch, wake := s.batch(limit), s.wake
		s.mu.Unlock()
		if len(batch) > 0 || over {
			return batch, nil
		}
		select {
		case <-wake:
		case <-timer.C:
			over = true
		case <-ctx.Done():
			return nil, &failure{code: 499, description: "the caller hung up"}
		}
	}
}

func (s *Server) confirm(offset int64) {
	if offset < 0 {
		s.updates = s.updates[max(0, len(s.updates)+int(offset)):]
		return
	}
	s.updates = slices.DeleteFunc(s.updates, func(u *update) bool { return u.id < offset })
}

// batch is what a poll gets: the oldest updates, mixed and repeated as the
// options want.
func (s *Server) batch(limit int) []json.RawMessage {
	take := s.updates[:min(limit, len(s.updates))]
	copies := max(s.opts.Redeliver, 1)
	var keys []string
	queues := map[string][]json.RawMessage{}
	out := []json.RawMessage{}
	for _, u := range take {
		if queues[u.key] == nil {
			keys = append(keys, u.key)
		}
		queues[u.key] = append(queues[u.key], u.raw)
		if s.opts.Shuffle == 0 {
			for range copies {
				out = append(out, u.raw)
			}
		}
	}
	if s.opts.Shuffle == 0 {
		return out
	}
	for k, q := range queues {
		queues[k] = slices.Repeat(q, copies)
	}
	for len(keys) > 0 {
		i := s.rand.IntN(len(keys))
		q := queues[keys[i]]
		out = append(out, q[0])
		if queues[keys[i]] = q[1:]; len(q) == 1 {
			keys = slices.Delete(keys, i, i+1)
		}
	}
	return out
}
