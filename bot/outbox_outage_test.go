package bot

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"frontdesk/desk"
)

// The network is away for ten minutes while 300 people go on asking: nothing is
// lost, each chat keeps its order, and nobody is told too early.
func TestOutboxOutage(t *testing.T) {
	for _, c := range []struct {
		name string
		err  func() (*SendError, bool)
	}{
		{"refuses", func() (*SendError, bool) { return &SendError{Reason: Network}, false }},
		{"fails", func() (*SendError, bool) { return &SendError{Reason: Server}, false }},
		{"hangs", func() (*SendError, bool) { return &SendError{Reason: Unknown}, false }},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { outage(t, c.err) })
		})
	}
}

func outage(t *testing.T, fail func() (*SendError, bool)) {
	const people, length = 300, 10 * time.Minute
	var begin, end time.Time
	random := rand.New(rand.NewPCG(1, 2))
	failed := 0
	d, stop := newRunningDesk(t, func(d *outboxDesk) {
		d.net.latency = func(outboxCall) time.Duration { return 80 * time.Millisecond }
		d.net.script = func(outboxCall) (*SendError, bool) {
			if now := time.Now(); now.Before(begin) || !now.Before(end) {
				return nil, false
			}
			failed++
			return fail()
		}
	})
	defer stop()
	begin, end = time.Now(), time.Now().Add(length)
	group := d.group("-1", "")
	for i := range people {
		d.person(fmt.Sprint(i))
	}
	want := map[string][]string{}
	for i := range 2 * people {
		chat := desk.Address{Channel: "net", ID: fmt.Sprint(random.IntN(people))}
		if i%20 == 0 {
			chat = group
		}
		words := fmt.Sprint("message ", i)
		d.interactive(chat, words, desk.ClassPrompt)
		want[chat.ID] = append(want[chat.ID], words)
		time.Sleep(length / (2 * people))
	}
	d.net.mu.Lock()
	if failed > 100 {
		t.Errorf("%d attempts in the outage: the channel does not wait as one", failed)
	}
	d.net.mu.Unlock()
	d.say(desk.Message{Chat: group, Text: desk.Literal("fire"), Class: desk.ClassEmergency, Lane: desk.LaneEmergency})
	want[group.ID] = append([]string{"fire"}, want[group.ID]...)
	time.Sleep(time.Minute + 2*time.Minute) // The group has 31 messages for 15 in a minute.
	synctest.Wait()
	got := map[string][]string{}
	for id := range want {
		got[id] = d.net.texts(desk.Address{Channel: "net", ID: id})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if rows := d.states(); rows != nil {
		t.Errorf("rows left: %d", len(rows))
	}
	d.net.mu.Lock()
	defer d.net.mu.Unlock()
	for _, c := range d.net.arrived {
		if c.M.Text == "fire" && c.At.Sub(end) > emergencyMost+time.Second {
			t.Errorf("the emergency took %v after the outage", c.At.Sub(end))
		}
	}
}

// A half-open line accepts everything and answers nothing. What may be repeated
// arrives; the rest arrives at most once, and most of it is kept for later.
func TestOutboxHalfOpenLine(t *testing.T) {
	d := newOutboxDesk(t)
	down := true
	d.net.script = func(outboxCall) (*SendError, bool) {
		if down {
			return &SendError{Reason: Unknown}, true
		}
		return nil, false
	}
	for i := range 50 {
		class := desk.ClassNotice
		if i%2 == 1 {
			class = desk.ClassPrompt
		}
		d.interactive(d.person(fmt.Sprint(i)), "words", class)
	}
	d.pass(10 * time.Minute)
	down = false
	d.pass(10 * time.Minute)
	for i := range 50 {
		n := len(d.net.texts(desk.Address{Channel: "net", ID: fmt.Sprint(i)}))
		if n == 0 || i%2 == 0 && n > 1 {
			t.Errorf("%d copies for person %d", n, i)
		}
	}
}
