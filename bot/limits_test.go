package bot

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"frontdesk/desk"
)

// The limits are compared with a list of everything that went: no stretch of
// time may hold too much, and whoever is refused may come at the time named.
func TestLimitsModel(t *testing.T) {
	for name, n := range map[string]LimitNumbers{
		"by pace": TelegramLimits,
		"by the minute": {
			PrivateWindow: time.Minute, PrivateMost: 30, PrivateBelow: 24, PrivateEvery: 500 * time.Millisecond, PrivateBurst: 30,
			GroupWindow: time.Minute, GroupMost: 20, GroupBelow: 15,
		},
	} {
		t.Run(name, func(t *testing.T) { limitsModel(t, n) })
	}
}

func limitsModel(t *testing.T, n LimitNumbers) {
	rapid.Check(t, func(t *rapid.T) {
		type sent struct {
			at   time.Time
			chat LimitedChat
			lane desk.Lane
		}
		l := NewLimits(n)
		now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		var log []sent
		count := func(length time.Duration, which func(sent) bool) int {
			sum := 0
			for _, s := range log {
				if s.at.After(now.Add(-length)) && which(s) {
					sum++
				}
			}
			return sum
		}
		check := func(c LimitedChat) {
			if k := count(time.Second, func(sent) bool { return true }); n.Most > 0 && k > n.Most {
				t.Fatalf("%d in a second", k)
			}
			here := func(s sent) bool { return s.chat == c }
			if c.Group {
				if k := count(time.Minute, here); k > n.GroupMost {
					t.Fatalf("%d in a minute of a group", k)
				}
				return
			}
			if k := count(n.PrivateWindow, here); n.PrivateMost > 0 && k > n.PrivateMost {
				t.Fatalf("%d in %v of a private chat", k, n.PrivateWindow)
			}
			for _, length := range []time.Duration{time.Second, 5 * time.Second, time.Minute} {
				if k := count(length, here); k > n.PrivateBurst+int(length/n.PrivateEvery) {
					t.Fatalf("%d in %v of a private chat", k, length)
				}
			}
		}
		chats := []LimitedChat{}
		for i := range 6 {
			chats = append(chats, LimitedChat{Chat: desk.Address{Channel: "net", ID: fmt.Sprint(i)}, Group: i%2 == 0})
		}
		for range rapid.IntRange(1, 400).Draw(t, "steps") {
			now = now.Add(rapid.SampledFrom([]time.Duration{0, 0, 0, 0, 0, 0, time.Millisecond, 300 * time.Millisecond, 5 * time.Second}).Draw(t, "passes"))
			c := rapid.SampledFrom(chats).Draw(t, "chat")
			lane := rapid.SampledFrom(lanes).Draw(t, "lane")
			if lane == desk.LaneAnswer {
				if ok, _ := l.Take(now, c, lane, 1); !ok {
					t.Fatal("an answer was refused")
				}
				continue
			}
			spent := count(n.GroupWindow, func(s sent) bool { return s.chat == c })
			all := count(n.Window, func(sent) bool { return true })
			ok, retryAt := l.Take(now, c, lane, 1)
			if !ok {
				if !retryAt.After(now) {
					t.Fatalf("refused at %v until %v", now, retryAt)
				}
				if c.Group && lane == desk.LaneEmergency && spent < n.GroupMost && (n.Most == 0 || all < n.Most) {
					t.Fatal("an emergency was refused although there was room")
				}
				if rapid.Bool().Draw(t, "wait") {
					now = retryAt
					if ok, again := l.Take(now, c, lane, 1); !ok {
						t.Fatalf("refused at the time named: %v, now %v", now, again)
					}
				} else {
					continue
				}
			}
			if rapid.IntRange(0, 9).Draw(t, "give back") == 0 {
				l.Return(now, c, lane, 1)
				continue
			}
			log = append(log, sent{now, c, lane})
			check(c)
		}
	})
}

// A member who got 24 messages in a minute still gets an emergency.
func TestLimitsOfAMember(t *testing.T) {
	l := NewLimits(LimitNumbers{PrivateWindow: time.Minute, PrivateMost: 30, PrivateBelow: 24})
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	member := LimitedChat{Chat: desk.Address{Channel: "net", ID: "1"}}
	for i := range 40 {
		if ok, _ := l.Take(now, member, desk.LaneInteractive, 1); ok != (i < 24) {
			t.Errorf("message %d: %v", i, ok)
		}
	}
	for i := range 8 {
		if ok, _ := l.Take(now, member, desk.LaneEmergency, 1); ok != (i < 6) {
			t.Errorf("emergency %d: %v", i, ok)
		}
	}
	if ok, retryAt := l.Take(now, member, desk.LaneInteractive, 1); ok || !retryAt.Equal(now.Add(time.Minute)) {
		t.Errorf("taken %v, again at %v", ok, retryAt)
	}
	if ok, _ := l.Take(now.Add(time.Minute), member, desk.LaneInteractive, 1); !ok {
		t.Error("still refused after the minute")
	}
}

func TestLimitsLeaveRoomForEmergencies(t *testing.T) {
	l := NewLimits(TelegramLimits)
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	group := LimitedChat{Chat: desk.Address{Channel: "net", ID: "-1"}, Group: true}
	for i := range 30 {
		ok, _ := l.Take(now, group, desk.LaneRoutine, 1)
		if want := i < 15; ok != want {
			t.Errorf("message %d: %v", i, ok)
		}
	}
	for i := range 7 {
		ok, _ := l.Take(now, group, desk.LaneEmergency, 1)
		if want := i < 5; ok != want {
			t.Errorf("emergency %d: %v", i, ok)
		}
	}
	// Topics of a group count together.
	group.Chat.Thread = "7"
	if ok, _ := l.Take(now, group, desk.LaneEmergency, 1); ok {
		t.Error("a topic has limits of its own")
	}
	if ok, _ := l.Take(now.Add(TelegramLimits.GroupWindow), group, desk.LaneRoutine, 1); !ok {
		t.Error("still refused after the window")
	}
	// An album that is larger than a burst goes when nothing went before.
	private := LimitedChat{Chat: desk.Address{Channel: "net", ID: "2"}}
	if ok, _ := l.Take(now.Add(time.Hour), private, desk.LaneRoutine, 11); !ok {
		t.Error("an album is refused")
	}
	if ok, _ := l.Take(now.Add(time.Hour+8*time.Second), private, desk.LaneRoutine, 1); ok {
		t.Error("an album counts as one message")
	}
}
