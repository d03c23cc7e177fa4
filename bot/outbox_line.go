package bot

import (
	"maps"
	"slices"
	"time"

	"frontdesk/desk"
)

const (
	// downAfter failures in a row, with no answer between, a channel is down.
	downAfter = 3
	// backoffMost is the longest wait between two attempts; an emergency waits no
	// longer than emergencyMost.
	backoffMost   = time.Minute
	emergencyMost = 5 * time.Second
	// authEvery is how often a refused token is tried again, and logged.
	authEvery = time.Minute
)

// line is whether a channel can be reached at all. When it is down the channel
// waits as one: a single row at a time tries it, instead of every row by
// itself.
type line struct {
	failures int
	down     bool
	backoff  time.Duration
	until    time.Time // when the next row may try
	last     time.Time // when one tried
	probing  bool
	logged   time.Time
}

func (o *Outbox) line(channel string) *line {
	if o.lines[channel] == nil {
		o.lines[channel] = &line{}
	}
	return o.lines[channel]
}

// idle tells whether nothing tries the channel at the moment.
func (l *line) idle() bool { return !l.probing }

// probeAt says when a row of a lane may try a channel that is down.
func (l *line) probeAt(lane desk.Lane) time.Time {
	if early := l.last.Add(emergencyMost); lane == desk.LaneEmergency && early.Before(l.until) {
		return early
	}
	return l.until
}

// heard notes how an attempt ended, and tells whether the channel went down or
// came up by it. While it is down only the failure of the row that tries it
// counts: others had been under way since before.
func (l *line) heard(now time.Time, err *SendError, probe bool) (down, up bool) {
	was := l.down
	if err == nil {
		*l = line{logged: l.logged}
		return false, was
	}
	switch err.Reason {
	case Network, Server, Unknown:
	case Auth, Untrusted:
		l.down, l.last, l.until, l.probing = true, now, now.Add(authEvery), false
		return !was, false
	default: // It answered.
		*l = line{logged: l.logged}
		return false, was
	}
	l.failures++
	if l.failures < downAfter || was && !probe {
		return false, false
	}
	l.probing = false
	l.backoff = min(max(2*l.backoff, time.Second), backoffMost)
	l.down, l.last, l.until = true, now, now.Add(l.backoff)
	return !was, false
}

// backoff is the wait after some failed attempts of one row.
func backoff(lane desk.Lane, attempts int) time.Duration {
	most := backoffMost
	if lane == desk.LaneEmergency {
		most = emergencyMost
	}
	return min(time.Second<<min(max(attempts-1, 0), 10), most)
}

func sortedNames[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }
