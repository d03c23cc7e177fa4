package bot

import (
	"time"

	"frontdesk/desk"
)

// LimitNumbers are how much a channel takes. The desk keeps to them by itself,
// so that being refused is the exception, and always leaves room for an
// emergency. A zero is no limit.
type LimitNumbers struct {
	// PrivateEvery is the pace in one private chat; PrivateBurst may go at once.
	PrivateEvery time.Duration
	PrivateBurst int
	// PrivateMost is how many one private chat takes in PrivateWindow; lanes below
	// emergency leave all but PrivateBelow of them. A second limit, for an hour,
	// is what the pace and the burst come to.
	PrivateWindow time.Duration
	PrivateMost   int
	PrivateBelow  int
	// GroupMost is how many messages and edits a group takes in GroupWindow, all
	// its topics together; lanes below emergency leave all but GroupBelow of
	// them.
	GroupWindow time.Duration
	GroupMost   int
	GroupBelow  int
	// Most and Below are the same for the whole channel in Window.
	Window time.Duration
	Most   int
	Below  int
	// OffTheHour spreads what is routine and comes due in the first minute of an
	// hour, or of its second half, over so long after that minute: some networks
	// ask for it. Zero means that they do not.
	OffTheHour time.Duration
}

// longest is after how long everything that was sent is forgotten.
func (n LimitNumbers) longest() time.Duration {
	return max(n.GroupWindow, n.PrivateWindow, n.Window, n.PrivateEvery*time.Duration(n.PrivateBurst))
}

// share is how many of most a lane may use: an emergency all of them.
func share(lane desk.Lane, most, below int) int {
	if lane == desk.LaneEmergency || below == 0 {
		return most
	}
	return below
}

// TelegramLimits are the numbers of
// https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this.
// The windows are a little longer than a minute and a second, because messages
// do not travel equally fast.
var TelegramLimits = LimitNumbers{
	PrivateEvery: time.Second, PrivateBurst: 3,
	GroupWindow: 61 * time.Second, GroupMost: 20, GroupBelow: 15,
	Window: 1100 * time.Millisecond, Most: 30, Below: 24,
}

// Limits is what one channel has used of its limits. It is a plain value in
// memory without a clock: after a restart it is filled with what Spent tells.
type Limits struct {
	numbers LimitNumbers
	all     sentWindow
	groups  map[string]*sentWindow
	private map[string]*chatBucket
	swept   time.Time
}

// NewLimits returns limits of which nothing is used.
func NewLimits(n LimitNumbers) *Limits {
	return &Limits{numbers: n, groups: map[string]*sentWindow{}, private: map[string]*chatBucket{}}
}

// LimitedChat is a chat as limits see it: a group counts with all its topics.
type LimitedChat struct {
	Chat  desk.Address
	Group bool
}

// Take uses up n messages of a lane in a chat, or uses nothing and says when to
// ask again. Answers to presses have no limits. What is larger than a limit as
// a whole goes when nothing else went before it.
func (l *Limits) Take(now time.Time, c LimitedChat, lane desk.Lane, n int) (ok bool, retryAt time.Time) {
	if lane == desk.LaneAnswer {
		return true, time.Time{}
	}
	retryAt = l.Room(now, lane, n)
	key := c.Chat.Chat().String()
	if c.Group {
		most := share(lane, l.numbers.GroupMost, l.numbers.GroupBelow)
		retryAt = laterOf(retryAt, l.group(key).room(now, l.numbers.GroupWindow, most, n))
	} else {
		retryAt = laterOf(retryAt, l.bucket(key, now).room(now, l.numbers, lane, n))
	}
	if retryAt.After(now) {
		return false, retryAt
	}
	l.Spent(now, c, n)
	return true, time.Time{}
}

// Room says when the channel as a whole takes n more messages of a lane; a time
// that is not after now means at once.
func (l *Limits) Room(now time.Time, lane desk.Lane, n int) time.Time {
	return l.all.room(now, l.numbers.Window, share(lane, l.numbers.Most, l.numbers.Below), n)
}

// Spent counts n messages that went at a time, whatever the limits say.
func (l *Limits) Spent(at time.Time, c LimitedChat, n int) {
	l.sweep(at)
	l.all.add(at, l.numbers.Window, n)
	key := c.Chat.Chat().String()
	if c.Group {
		l.group(key).add(at, l.numbers.GroupWindow, n)
	} else {
		b := l.bucket(key, at)
		b.tokens -= float64(n)
		b.recent.add(at, l.numbers.PrivateWindow, n)
	}
}

// Return gives back what Take used at that time, when nothing was sent after all.
func (l *Limits) Return(at time.Time, c LimitedChat, lane desk.Lane, n int) {
	if lane == desk.LaneAnswer {
		return
	}
	l.all.remove(at, n)
	key := c.Chat.Chat().String()
	if c.Group {
		l.group(key).remove(at, n)
	} else {
		b := l.bucket(key, at)
		b.tokens = min(b.tokens+float64(n), float64(l.numbers.PrivateBurst))
		b.recent.remove(at, n)
	}
}

func (l *Limits) group(key string) *sentWindow {
	if l.groups[key] == nil {
		l.groups[key] = &sentWindow{}
	}
	return l.groups[key]
}

// bucket returns what a private chat has left, brought up to date.
func (l *Limits) bucket(key string, now time.Time) *chatBucket {
	b := l.private[key]
	if b == nil {
		b = &chatBucket{tokens: float64(l.numbers.PrivateBurst), filled: now}
		l.private[key] = b
	}
	if passed := now.Sub(b.filled); passed > 0 && l.numbers.PrivateEvery > 0 {
		earned := float64(passed) / float64(l.numbers.PrivateEvery)
		b.tokens, b.filled = min(b.tokens+earned, float64(l.numbers.PrivateBurst)), now
	}
	return b
}

// sweep forgets chats that have all their limits again, so that memory is as
// large as the last minute and not as the list of everybody who ever wrote.
func (l *Limits) sweep(now time.Time) {
	if now.Sub(l.swept) < l.numbers.longest() {
		return
	}
	l.swept = now
	for key, w := range l.groups {
		if w.drop(now, l.numbers.GroupWindow); len(w.at) == 0 {
			delete(l.groups, key)
		}
	}
	for key := range l.private {
		b := l.bucket(key, now)
		b.recent.drop(now, l.numbers.PrivateWindow)
		if len(b.recent.at) == 0 && (l.numbers.PrivateEvery == 0 || b.tokens >= float64(l.numbers.PrivateBurst)) {
			delete(l.private, key)
		}
	}
}

// sentWindow counts what went in a stretch of time that ends now.
type sentWindow struct{ at []time.Time }

func (w *sentWindow) drop(now time.Time, length time.Duration) {
	for len(w.at) > 0 && !w.at[0].Add(length).After(now) {
		w.at = w.at[1:]
	}
}

func (w *sentWindow) room(now time.Time, length time.Duration, most, n int) time.Time {
	w.drop(now, length)
	if most == 0 {
		return time.Time{}
	}
	over := len(w.at) + n - most
	if over <= 0 || len(w.at) == 0 {
		return time.Time{}
	}
	return w.at[min(over, len(w.at))-1].Add(length)
}

func (w *sentWindow) add(at time.Time, length time.Duration, n int) {
	w.drop(at, length)
	for range n {
		w.at = append(w.at, at)
	}
}

func (w *sentWindow) remove(at time.Time, n int) {
	for i := len(w.at) - 1; i >= 0 && n > 0; i-- {
		if w.at[i].Equal(at) {
			w.at = append(w.at[:i:i], w.at[i+1:]...)
			n--
		}
	}
}

// chatBucket is what a private chat has left. It may be negative after something
// larger than a burst.
type chatBucket struct {
	tokens float64
	filled time.Time
	// recent is what went in PrivateWindow, where there is one.
	recent sentWindow
}

func (b *chatBucket) room(now time.Time, numbers LimitNumbers, lane desk.Lane, n int) time.Time {
	most := share(lane, numbers.PrivateMost, numbers.PrivateBelow)
	return laterOf(b.pace(now, numbers, n), b.recent.room(now, numbers.PrivateWindow, most, n))
}

func (b *chatBucket) pace(now time.Time, numbers LimitNumbers, n int) time.Time {
	if numbers.PrivateEvery == 0 {
		return time.Time{}
	}
	missing := min(float64(n), float64(numbers.PrivateBurst)) - b.tokens
	if missing <= 1e-6 { // Seconds are not exact: a hair less than a whole one is a whole one.
		return time.Time{}
	}
	// Rounded up, so that whoever comes at that time does not come too early.
	return now.Add(time.Duration(missing*float64(numbers.PrivateEvery)) + time.Microsecond)
}

// laterOf is the later of two times.
func laterOf(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
