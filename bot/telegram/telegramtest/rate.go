package telegramtest

import (
	"fmt"
	"math"
	"time"
)

// The limits of rate. Telegram calls them guidelines and enforces them softly;
// this server enforces exactly these.
// https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
const (
	privateRate  = 1.0 // A second, in a private chat,
	privateBurst = 5.0 // with so many at once.
	groupRate    = 20  // A minute, in a group, edits too.
	overallRate  = 30  // A second, everywhere.
)

// rate is what a chat has used of its limits.
type rate struct {
	tokens  float64
	filled  time.Time
	recent  []time.Time // In a group: the last minute.
	blocked time.Time
}

// admit counts n messages or edits in a chat, or refuses them with 429. A call
// before the time that a 429 named is a violation.
func (s *Server) admit(c *chat, n int) *failure {
	if s.opts.NoLimits {
		return nil
	}
	now := s.now()
	if now.Before(c.rate.blocked) || now.Before(s.blockedAll) {
		until := c.rate.blocked
		if s.blockedAll.After(until) {
			until = s.blockedAll
		}
		s.violate("call to chat %d %v before retry_after was over", c.id, until.Sub(now))
		return tooMany(until.Sub(now))
	}
	s.overall = since(s.overall, now.Add(-time.Second))
	if len(s.overall)+n > overallRate && len(s.overall) > 0 {
		s.blockedAll = now.Add(time.Second)
		return tooMany(time.Second)
	}
	if wait := c.rate.take(c.kind == "private", now, n); wait > 0 {
		wait = time.Duration(math.Ceil(wait.Seconds())) * time.Second
		c.rate.blocked = now.Add(wait)
		return tooMany(wait)
	}
	for range n {
		s.overall = append(s.overall, now)
	}
	return nil
}

// take uses up n, or tells how long to wait. An album larger than the limit is
// let through when nothing else was sent.
func (r *rate) take(private bool, now time.Time, n int) time.Duration {
	if private {
		if r.filled.IsZero() {
			r.tokens, r.filled = privateBurst, now
		}
		r.tokens = min(privateBurst, r.tokens+now.Sub(r.filled).Seconds()*privateRate)
		r.filled = now
		need := min(float64(n), privateBurst)
		// A hair less than a whole token is a whole one: seconds are not exact.
		if r.tokens+1e-6 < need {
			return time.Duration((need - r.tokens) / privateRate * float64(time.Second))
		}
		r.tokens -= need
		return 0
	}
	r.recent = since(r.recent, now.Add(-time.Minute))
	if over := len(r.recent) + n - groupRate; over > 0 && len(r.recent) > 0 {
		return max(r.recent[min(over, len(r.recent))-1].Add(time.Minute).Sub(now), time.Second)
	}
	for range n {
		r.recent = append(r.recent, now)
	}
	return 0
}

func since(times []time.Time, after time.Time) []time.Time {
	for len(times) > 0 && !times[0].After(after) {
		times = times[1:]
	}
	return times
}

func tooMany(wait time.Duration) *failure {
	seconds := max(1, int(math.Ceil(wait.Seconds())))
	return &failure{code: 429, description: fmt.Sprintf("Too Many Requests: retry after %d", seconds), retryAfter: seconds}
}
