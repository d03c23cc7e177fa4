package telegramtest

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"sync"
	"time"
)

// hook is the webhook as the program set it.
type hook struct {
	url, secret string
	most        int
	setAt       time.Time
	lastError   string
	lastAt      time.Time
}

var secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

func (s *Server) setWebhook(p params) (any, *failure) {
	if now := s.now(); now.Sub(s.hook.setAt) < time.Second {
		return nil, &failure{code: 429, description: "Too Many Requests: retry after 1", retryAfter: 1}
	}
	s.hook.setAt = s.now()
	if secret := p.get("secret_token"); secret != "" && !secretForm.MatchString(secret) {
		return nil, bad("secret token contains unallowed characters")
	}
	s.hook.url, s.hook.secret, s.hook.most = p.get("url"), p.get("secret_token"), int(p.number("max_connections"))
	if s.hook.most == 0 {
		s.hook.most = 40
	}
	if list := p.get("allowed_updates"); list != "" {
		_ = json.Unmarshal([]byte(list), &s.allowed)
	}
	s.drop(p)
	return true, nil
}

func (s *Server) deleteWebhook(p params) (any, *failure) {
	s.hook.url = ""
	s.drop(p)
	return true, nil
}

// drop throws waiting updates away if the program asks for it, which it never
// should.
func (s *Server) drop(p params) {
	if p.yes("drop_pending_updates") {
		s.violate("dropped %d pending updates", len(s.updates))
		s.updates = nil
	}
}

func (s *Server) webhookInfo(params) (any, *failure) {
	s.expire()
	o := object{"url": s.hook.url, "has_custom_certificate": false, "pending_update_count": len(s.updates)}
	if s.hook.lastError != "" {
		o["last_error_message"], o["last_error_date"] = s.hook.lastError, s.hook.lastAt.Unix()
	}
	return o, nil
}

// PushTo makes RunPush call h instead of the address that the program set.
func (s *Server) PushTo(h http.Handler) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pushTo = h
}

// RunPush pushes updates while a webhook is set, until ctx ends: several side by
// side, but of one chat, or one person's presses, one after another. A push that
// is not answered with 2xx is repeated at once, then after 2, 4, 8 up to 60
// seconds, until the update expires.
func (s *Server) RunPush(ctx context.Context) {
	var wg sync.WaitGroup
	defer wg.Wait()
	for {
		s.mu.Lock()
		wake := s.wake
		if s.hook.url != "" {
			for _, u := range s.updates {
				if !s.busy[u.key] && len(s.busy) < s.hook.most {
					s.busy[u.key] = true
					wg.Go(func() { s.push(ctx, u) })
				}
			}
		}
		s.mu.Unlock()
		select {
		case <-wake:
		case <-ctx.Done():
			return
		}
	}
}

// push delivers one update, as often as the options want.
func (s *Server) push(ctx context.Context, u *update) {
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.busy, u.key)
		s.changed()
	}()
	wait, want := time.Duration(0), max(s.opts.Redeliver, 1)
	for u.pushes < want {
		again, err := s.pushOnce(ctx, u)
		if err == "" {
			wait = 0
			u.pushes++
			continue
		}
		s.mu.Lock()
		s.hook.lastError, s.hook.lastAt = err, s.now()
		gone := !s.now().Before(u.until)
		s.mu.Unlock()
		if gone {
			break
		}
		timer := time.NewTimer(max(wait, again))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return
		}
		wait = min(max(2*wait, 2*time.Second), time.Minute)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.expire()
	for i, other := range s.updates {
		if other == u {
			s.updates = append(s.updates[:i], s.updates[i+1:]...)
			break
		}
	}
}

func (s *Server) pushOnce(ctx context.Context, u *update) (again time.Duration, problem string) {
	s.mu.Lock()
	target, secret, handler := s.hook.url, s.hook.secret, s.pushTo
	s.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, target, bytes.NewReader(u.raw))
	if err != nil {
		return 0, err.Error()
	}
	req.Header.Set("Content-Type", "application/json")
	if secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	}
	client := http.DefaultClient
	if handler != nil {
		client = &http.Client{Transport: HandlerTransport(handler)}
	}
	resp, err := client.Do(req)
	if err != nil {
		return 0, err.Error()
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode/100 == 2 {
		return 0, ""
	}
	seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
	return time.Duration(seconds) * time.Second, "Wrong response from the webhook: " + resp.Status
}
