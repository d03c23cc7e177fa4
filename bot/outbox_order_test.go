package bot

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"frontdesk/desk"
	"frontdesk/storage"
)

func TestOutboxKeepsOrderInChatAndLane(t *testing.T) {
	for seed := range uint64(8) {
		synctest.Test(t, func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 1))
			d, stop := newRunningDesk(t, func(d *outboxDesk) {
				d.net.latency = func(outboxCall) time.Duration { return time.Duration(random.IntN(900)+1) * time.Millisecond }
				d.net.script = func(c outboxCall) (*SendError, bool) {
					switch {
					case random.IntN(10) == 0:
						return &SendError{Reason: Network}, false
					case random.IntN(20) == 0:
						return &SendError{Reason: Limited, RetryAfter: 3 * time.Second}, false
					}
					return nil, false
				}
			})
			defer stop()
			chats := []desk.Address{d.person("1"), d.person("2"), d.group("-3", ""), d.group("-4", "7"), d.group("-4", "8")}
			want := map[string][]string{}
			for i := range 12 {
				for _, chat := range chats {
					for _, lane := range []desk.Lane{desk.LaneInteractive, desk.LaneRoutine} {
						words := fmt.Sprintf("%d %d", lane, i)
						d.say(desk.Message{Chat: chat, Text: desk.Literal(words), Lane: lane})
						want[chat.Chat().String()+fmt.Sprint(lane)] = append(want[chat.Chat().String()+fmt.Sprint(lane)], words)
					}
				}
			}
			time.Sleep(10 * time.Minute)
			synctest.Wait()
			got := map[string][]string{}
			for _, chat := range []desk.Address{chats[0], chats[1], chats[2], chats[3]} {
				for _, words := range d.net.texts(chat) {
					key := chat.Chat().String() + words[:1]
					got[key] = append(got[key], words)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("seed %d: %s", seed, diff)
			}
		})
	}
}

func TestOutboxEmergencyOvertakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, stop := newRunningDesk(t, func(d *outboxDesk) {
			d.net.latency = func(outboxCall) time.Duration { return 200 * time.Millisecond }
		})
		defer stop()
		group := d.group("-1", "")
		for i := range 1000 {
			if i%2 == 0 {
				d.interactive(group, "normal", desk.ClassNotice)
			} else {
				d.interactive(d.person(fmt.Sprint(100+i)), "normal", desk.ClassNotice)
			}
		}
		time.Sleep(5 * time.Second) // The group has used what lanes below emergency may.
		committed := time.Now()
		for i := range 5 {
			d.ticket(fmt.Sprint(i), desk.LaneEmergency, nil, group)
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		found := 0
		d.net.mu.Lock()
		for _, c := range d.net.arrived {
			if strings.HasPrefix(c.M.Text, "R-") {
				found++
				if late := c.At.Sub(committed); late > 2*time.Second {
					t.Errorf("an emergency took %v", late)
				}
			}
		}
		d.net.mu.Unlock()
		if found != 5 {
			t.Errorf("%d of 5 emergencies arrived", found)
		}
	})
}

// A server that does not answer holds all ordinary workers: emergencies and
// answers have their own.
func TestOutboxEmergencyPassesStuckSends(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, stop := newRunningDesk(t, func(d *outboxDesk) {
			d.net.latency = func(c outboxCall) time.Duration {
				if c.M.Text == "stuck" {
					return time.Hour
				}
				return 100 * time.Millisecond
			}
		})
		defer stop()
		for i := range 30 {
			d.interactive(d.person(fmt.Sprint(i)), "stuck", desk.ClassPrompt)
		}
		synctest.Wait()
		d.say(desk.Message{Chat: d.person("99"), Text: desk.Literal("fire"), Class: desk.ClassEmergency})
		time.Sleep(time.Second)
		if diff := cmp.Diff([]string{"fire"}, d.net.texts(desk.Address{Channel: "net", ID: "99"})); diff != "" {
			t.Error(diff)
		}
	})
}

func TestOutboxCoalescesEdits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, stop := newRunningDesk(t, func(d *outboxDesk) {
			d.net.latency = func(outboxCall) time.Duration { return 150 * time.Millisecond }
		})
		defer stop()
		group, private := d.group("-1", ""), d.person("2")
		d.ticket("1", desk.LaneInteractive, nil, group, private)
		const changes = 2000 // 200 a second for 10 s
		for i := range changes {
			d.change("1", fmt.Sprintf("change %d", i))
			time.Sleep(5 * time.Millisecond)
		}
		time.Sleep(3 * time.Minute)
		synctest.Wait()
		for _, chat := range []desk.Address{group, private} {
			texts := d.net.texts(chat)
			if last := texts[len(texts)-1]; last != fmt.Sprintf("R-1 change %d", changes-1) {
				t.Errorf("%s shows %q in the end", chat, last)
			}
			if len(texts) > 25 {
				t.Errorf("%s: %d messages for %d changes", chat, len(texts), changes)
			}
		}
		if len(d.net.messages) != 2 {
			t.Errorf("%d messages, want one card in each chat: %v", len(d.net.messages), d.net.messages)
		}
		if rows := d.rows(); len(rows) > 0 {
			t.Errorf("rows left: %v", rows)
		}
		if post := d.post("p1-0"); post.Shown != post.Want || post.Queued != "" {
			t.Errorf("post is not up to date: %+v", post)
		}
	})
}

func TestOutboxDropsWhatIsShownAlready(t *testing.T) {
	d := newOutboxDesk(t)
	chat := d.person("1")
	d.ticket("1", desk.LaneInteractive, nil, chat)
	d.pass(time.Minute)
	d.change("1", "other")
	d.change("1", "first")
	d.pass(time.Minute)
	if diff := cmp.Diff([]string{"R-1 first"}, d.net.texts(chat)); diff != "" {
		t.Error(diff)
	}
	if post := d.post("p1-0"); post.Shown != post.Want || post.Queued != "" {
		t.Errorf("post is not up to date: %+v", post)
	}
	if got := d.box.Stats(); got != (OutboxStats{Sent: 1, Dropped: 1}) {
		t.Errorf("stats %+v", got)
	}
}

func TestOutboxShowsWhatChangedWhileSending(t *testing.T) {
	d := newOutboxDesk(t)
	chat := d.person("1")
	changes := 0
	d.net.after = func(outboxCall) {
		if changes++; changes < 3 {
			d.change("1", fmt.Sprintf("change %d", changes))
		}
	}
	d.ticket("1", desk.LaneInteractive, nil, chat)
	d.pass(time.Minute)
	if diff := cmp.Diff([]string{"R-1 first", "R-1 change 1", "R-1 change 2"}, d.net.texts(chat)); diff != "" {
		t.Error(diff)
	}
}

func TestOutboxReplyWaitsForItsCard(t *testing.T) {
	d := newOutboxDesk(t)
	chat := d.group("-1", "")
	d.ticket("1", desk.LaneRoutine, nil, chat)
	d.say(desk.Message{
		Department: "eng", Ticket: "1", Text: desk.Literal("reply"), ReplyToCard: true, Lane: desk.LaneInteractive,
	})
	d.pass(time.Second)
	if diff := cmp.Diff([]string{"R-1 first", "reply"}, d.net.texts(chat)); diff != "" {
		t.Error(diff)
	}
	if reply := d.net.arrived[1].M.ReplyTo; reply != "1" {
		t.Errorf("reply to %q", reply)
	}
}

// A reply does not wait for ever for a card that cannot be sent.
func TestOutboxReplyWithoutCard(t *testing.T) {
	d := newOutboxDesk(t)
	chat := d.group("-1", "")
	d.net.script = func(c outboxCall) (*SendError, bool) {
		if strings.HasPrefix(c.M.Text, "R-") {
			return &SendError{Reason: Refused}, false
		}
		return nil, false
	}
	d.ticket("1", desk.LaneRoutine, nil, chat)
	d.say(desk.Message{
		Department: "eng", Ticket: "1", Text: desk.Literal("reply"), ReplyToCard: true, Lane: desk.LaneInteractive,
	})
	d.pass(2 * time.Minute)
	if diff := cmp.Diff([]string{"reply"}, d.net.texts(chat)); diff != "" {
		t.Error(diff)
	}
}

func TestOutboxDropsStaleReminders(t *testing.T) {
	d := newOutboxDesk(t)
	chat := d.person("1")
	ticket := d.ticket("1", desk.LaneInteractive, nil)
	remind := func(words string) {
		d.say(desk.Message{
			Person: "1", Ticket: "1", Text: desk.Literal(words), Class: desk.ClassReminder, Lane: desk.LaneInteractive,
		})
	}
	remind("take it")
	d.clock = d.clock.Add(time.Second)
	ticket.State, ticket.Since = desk.StateDone, d.clock
	d.update(func(tx *storage.Tx) error { return storage.Tickets.Put(tx, ticket) })
	remind("was it good?")
	d.pass(time.Minute)
	if diff := cmp.Diff([]string{"was it good?"}, d.net.texts(chat)); diff != "" {
		t.Error(diff)
	}
}

func TestOutboxAnswersExpire(t *testing.T) {
	d := newOutboxDesk(t)
	down := true
	d.net.script = func(outboxCall) (*SendError, bool) {
		if down {
			return &SendError{Reason: Network}, false
		}
		return nil, false
	}
	answer := func(press string) {
		d.apply(desk.Effects{Answers: []desk.Answer{{PressID: press, Text: desk.Literal("ok"), Chat: desk.Address{Channel: "net", ID: "-1"}}}})
	}
	answer("old")
	d.pass(storage.PressFor - 2*time.Second)
	answer("new")
	d.pass(3 * time.Second)
	down = false
	d.pass(time.Minute)
	var presses []string
	for _, c := range d.net.arrived {
		presses = append(presses, c.Press)
	}
	if diff := cmp.Diff([]string{"new"}, presses); diff != "" {
		t.Error(diff)
	}
	if rows := d.rows(); len(rows) > 0 {
		t.Errorf("rows left: %v", rows)
	}
	d.view(func(tx *storage.Tx) error {
		n, err := storage.Deliveries.Count(tx, "", storage.Range{})
		if n != 0 {
			t.Errorf("%d deliveries of answers", n)
		}
		return err
	})
}

func TestOutboxPanicOfOneDrawing(t *testing.T) {
	d := newOutboxDesk(t)
	chat := d.person("1")
	draw := d.draw
	d.draw = func(w *storage.World, wr storage.Writer, p desk.Post) desk.Drawn {
		if p.Ticket == "1" {
			panic("no such thing")
		}
		return draw(w, wr, p)
	}
	d.ticket("1", desk.LaneInteractive, nil, chat)
	d.ticket("2", desk.LaneInteractive, nil, chat)
	d.pass(time.Minute)
	if diff := cmp.Diff([]string{"R-2 first"}, d.net.texts(chat)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"dead refused"}, d.states()); diff != "" {
		t.Error(diff)
	}
}

func TestOutboxRunEndsWithoutLosingWhatIsUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, stop := newRunningDesk(t, func(d *outboxDesk) {
			d.net.latency = func(outboxCall) time.Duration { return 3 * time.Second }
		})
		chat := d.person("1")
		d.interactive(chat, "one", desk.ClassNotice)
		d.interactive(chat, "two", desk.ClassNotice)
		synctest.Wait()
		begun := time.Now()
		stop()
		if took := time.Since(begun); took > grace {
			t.Errorf("the end took %v", took)
		}
		d.open()
		defer d.store.Close()
		if diff := cmp.Diff([]string{"one"}, d.net.texts(chat)); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"waiting "}, d.states()); diff != "" {
			t.Error(diff)
		}
		if err := d.box.Run(canceled(t)); err != nil {
			t.Error(err)
		}
	})
}

func canceled(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}
