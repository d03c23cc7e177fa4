package bot

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"frontdesk/desk"
	"frontdesk/storage"
)

var operator = desk.Address{Channel: "net", ID: "op"}

func compare(t *testing.T, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// The last message of a window is kept for the callback question; what found no
// room is said once the person has written, unless it spoke of a state that is over.
func TestWindowKeepsOneBack(t *testing.T) {
	d, kf := newWindowDesk(t)
	kf.one = 1
	a := d.resident(kf, "1")
	d.card("1", a)
	for i := range 6 {
		d.tell("1", fmt.Sprint(i), desk.ClassNotice, "1")
		d.pass(time.Second)
	}
	d.say(desk.Message{
		Person: "1", Ticket: "1", Text: desk.Literal("he waits for a part"), Class: desk.ClassNotice, Lane: desk.LaneInteractive, Passing: true,
	})
	d.pass(time.Second)
	compare(t, []string{"R-1 first", "0", "1", "2"}, kf.texts(a))
	compare(t, []string{"held ", "held ", "held ", "held "}, d.states())
	d.turn("1", func(t *desk.Ticket) { t.State = desk.StateDone })
	d.tell("1", "is it good?", desk.ClassCallback, "1")
	d.pass(time.Minute)
	compare(t, "is it good?", kf.texts(a)[4])
	d.clock = d.clock.Add(time.Hour)
	d.writes(kf, a)
	d.pass(time.Minute)
	compare(t, []string{"3", "4", "5"}, kf.texts(a)[5:])
	compare(t, []string(nil), d.states())
	compare(t, []string(nil), d.net.texts(operator))
}

// What waits at the same time goes as one message, and is recorded as what it was.
func TestWindowMerges(t *testing.T) {
	d, kf := newWindowDesk(t)
	a := d.resident(kf, "1")
	d.card("1", a)
	d.tell("1", "b", desk.ClassNotice, "1")
	d.say(desk.Message{Person: "1", Text: desk.Literal("c"), Class: desk.ClassNotice, Lane: desk.LaneRoutine})
	d.pass(time.Minute)
	compare(t, []string{"R-1 first + b + c"}, kf.texts(a))
	compare(t, []string(nil), d.states())
	d.view(func(tx *storage.Tx) error {
		told := storage.NewWorld(tx, d.site).DeliveriesAt(a, d.post("p1").Ref)
		var classes []desk.Class
		for _, one := range told {
			classes = append(classes, one.Class)
			if one.Edit {
				t.Error("a new message is recorded as an edit")
			}
		}
		compare(t, 3, len(classes))
		return nil
	})
	// Two menus do not fit in one message: what comes after stays after.
	d.card("2", a)
	d.card("3", a)
	d.tell("1", "d", desk.ClassNotice, "3")
	d.pass(time.Minute)
	compare(t, []string{"R-1 first + b + c", "R-2 first", "R-3 first + d"}, kf.texts(a))
}

// What found no room rides with a message that has some.
func TestWindowHeldRideAlong(t *testing.T) {
	d, kf := newWindowDesk(t)
	a := d.resident(kf, "1")
	d.ticket("1", desk.LaneInteractive, func(t *desk.Ticket) { t.Requester, t.State = "1", desk.StateDone })
	kf.sent[a.String()] = windowMost - 1
	d.tell("1", "a", desk.ClassNotice, "1")
	d.pass(time.Second)
	d.tell("1", "is it good?", desk.ClassCallback, "1")
	d.pass(time.Second)
	compare(t, []string{"a + is it good?"}, kf.texts(a))
	compare(t, []string(nil), d.states())
}

// Nobody knows whether the bundle arrived: the same is sent under the same key, and
// nothing joins it meanwhile.
func TestWindowRepeatsABundle(t *testing.T) {
	d, kf := newWindowDesk(t)
	a := d.resident(kf, "1")
	lost := true
	kf.script = func(outboxCall) (*SendError, bool) {
		if lost {
			lost = false
			return &SendError{Reason: Unknown}, true
		}
		return nil, false
	}
	d.card("1", a)
	d.tell("1", "b", desk.ClassNotice, "1")
	d.step()
	d.tell("1", "later", desk.ClassNotice, "1")
	d.pass(time.Minute)
	compare(t, []string{"R-1 first + b", "R-1 first + b", "later"}, kf.texts(a))
	if kf.keys[0] != kf.keys[1] || kf.keys[1] == kf.keys[2] {
		t.Errorf("keys %q", kf.keys)
	}
}

// The same when the program died while it was sent.
func TestWindowBundleAfterACrash(t *testing.T) {
	d, kf := newWindowDesk(t)
	a := d.resident(kf, "1")
	d.card("1", a)
	d.tell("1", "b", desk.ClassNotice, "1")
	kf.after = func(outboxCall) { d.store.Close() }
	if _, err := d.box.Step(t.Context(), d.clock); err == nil {
		t.Fatal("the step did not notice the crash")
	}
	kf.after = nil
	d.open()
	d.tell("1", "later", desk.ClassNotice, "1")
	d.pass(time.Minute)
	compare(t, []string{"R-1 first + b", "R-1 first + b", "later"}, kf.texts(a))
	if kf.keys[0] != kf.keys[1] {
		t.Errorf("keys %q", kf.keys)
	}
}

// A key is of what is said: a card that has changed since the attempt of which
// nobody knows is another message.
func TestWindowKeyOfAChangedCard(t *testing.T) {
	d, kf := newWindowDesk(t)
	a := d.resident(kf, "1")
	fails := 2
	kf.script = func(outboxCall) (*SendError, bool) {
		if fails--; fails >= 0 {
			return &SendError{Reason: Unknown}, false
		}
		return nil, false
	}
	d.card("1", a)
	d.step()
	d.pass(2 * time.Second)
	d.change("1", "second")
	d.pass(time.Minute)
	if len(kf.keys) != 3 || kf.keys[0] != kf.keys[1] || kf.keys[1] == kf.keys[2] {
		t.Errorf("keys %q", kf.keys)
	}
}

// After the window somebody phones for what must be known and for the callback; a
// card waits, and so does what is to be answered; a notice is seen by staff, a reminder is missed by nobody.
func TestWindowShut(t *testing.T) {
	for _, c := range []struct {
		name string
		shut func(d *outboxDesk, kf *windowNet, a desk.Address)
	}{
		{"time has passed", func(d *outboxDesk, _ *windowNet, _ desk.Address) { d.clock = d.clock.Add(windowFor) }},
		{"the network says so", func(_ *outboxDesk, kf *windowNet, a desk.Address) {
			kf.sent[a.String()] = windowMost
			kf.counted = func(int) int { return 3 }
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, kf := newWindowDesk(t)
			kf.one = 1
			a := d.resident(kf, "1")
			c.shut(d, kf, a)
			d.card("1", a)
			d.tell("1", "nobody opened", desk.ClassRegistration, "1")
			d.say(desk.Message{
				Person: "1", Ticket: "1", Text: desk.Literal("sign here"), Class: desk.ClassRegistration, Lane: desk.LaneInteractive,
				Buttons: [][]desk.Button{desk.Row(desk.Button{Label: desk.Literal("yes"), Data: "t|1|sign_resident"})},
			})
			d.tell("1", "a notice", desk.ClassNotice, "1")
			d.tell("1", "a reminder", desk.ClassReminder, "1")
			d.pass(time.Minute)
			compare(t, []string(nil), kf.texts(a))
			compare(t, []string{
				"zh:window.tell R-1 N1; zh:window.said R-1 first", "zh:window.tell R-1 N1; zh:window.said nobody opened",
				"zh:window.tell R-1 N1; zh:window.said sign here",
			}, d.net.texts(operator))
			compare(t, []string{"held ", "held "}, d.states())
			d.turn("1", func(t *desk.Ticket) { t.State = desk.StateDone })
			d.tell("1", "is it good?", desk.ClassCallback, "1")
			d.pass(time.Minute)
			compare(t, "call R-1", heard(d.net, operator, ";")[3])
			d.tell("1", "is it good?", desk.ClassCallback, "1")
			d.pass(time.Minute)
			compare(t, 4, len(d.net.texts(operator)))
			d.view(func(tx *storage.Tx) error {
				var classes []string
				return storage.Notes.Scan(tx, storage.Range{}, func(n desk.Note) error {
					classes = append(classes, n.Facts["class"]+" "+n.Facts["why"])
					compare(t, "notice closed", strings.Join(classes, ", "))
					return nil
				})
			})
			kf.counted = nil
			d.writes(kf, a)
			d.pass(time.Minute)
			compare(t, []string{"R-1 first", "sign here"}, kf.texts(a))
		})
	}
}

// An answer to a press is a message: without words it is not sent, and with words
// only when nothing else is said.
func TestWindowAnswers(t *testing.T) {
	d, kf := newWindowDesk(t)
	a := d.resident(kf, "1")
	answer := func(words string, also ...desk.Message) {
		d.apply(desk.Effects{Messages: also, Answers: []desk.Answer{
			{Channel: "kf", PressID: "press " + words, Text: desk.Literal(words), Chat: a},
		}})
		d.pass(time.Minute)
	}
	answer("")
	answer("passed on")
	answer("thanks", desk.Message{Person: "1", Text: desk.Literal("thank you"), Class: desk.ClassPrompt, Lane: desk.LaneInteractive})
	compare(t, []string{"passed on", "thank you"}, kf.texts(a))
	compare(t, []string(nil), d.states())
	d.view(func(tx *storage.Tx) error {
		n, err := storage.Deliveries.Count(tx, "", storage.Range{})
		compare(t, 2, n)
		return err
	})
}

// An old message is not said any more, and a question that was asked before the
// person wrote gives way to the next one.
func TestWindowHeldLoseTheirSense(t *testing.T) {
	d, kf := newWindowDesk(t)
	a := d.resident(kf, "1")
	kf.sent[a.String()] = windowMost
	d.tell("1", "old", desk.ClassNotice, "")
	d.pass(time.Second)
	d.clock = d.clock.Add(30 * time.Hour)
	d.tell("1", "new", desk.ClassNotice, "")
	d.tell("1", "which room?", desk.ClassPrompt, "")
	d.pass(time.Second)
	d.writes(kf, a)
	d.pass(time.Minute)
	compare(t, []string{"new"}, kf.texts(a))
	compare(t, []string(nil), d.states())
}

// Of what may have the last message of a window only one thing has it, also when
// several are sent side by side; for the other somebody phones.
func TestWindowLastMessageOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var kf *windowNet
		d, stop := newRunningDesk(t, func(d *outboxDesk) { kf = addWindow(d) })
		defer stop()
		kf.latency = func(outboxCall) time.Duration { return 300 * time.Millisecond }
		d.person("op", desk.Role{Name: desk.RoleOperator})
		a := desk.Address{Channel: "kf", ID: "1"}
		d.apply(desk.Effects{People: []desk.Person{{ID: "1", Name: "N1", Addresses: []desk.Address{a}, Wrote: time.Now()}}})
		d.ticket("1", desk.LaneInteractive, func(t *desk.Ticket) { t.Requester, t.State = "1", desk.StateDone })
		kf.lock.Lock()
		kf.wrote[a.String()], kf.sent[a.String()] = time.Now(), windowMost-1
		kf.lock.Unlock()
		d.apply(desk.Effects{Messages: []desk.Message{
			{Person: "1", Ticket: "1", Text: desk.Literal("is it good?"), Class: desk.ClassCallback, Lane: desk.LaneInteractive},
			{Person: "1", Ticket: "1", Text: desk.Literal("leave the house"), Class: desk.ClassEmergency, Lane: desk.LaneEmergency},
		}})
		time.Sleep(time.Minute)
		synctest.Wait()
		compare(t, []string{"leave the house"}, kf.texts(a))
		// It is midnight: the call waits for the hours in which people are asked.
		compare(t, []string(nil), d.net.texts(operator))
		d.view(func(tx *storage.Tx) error {
			waiting := storage.NewWorld(tx, d.site).CallTasks()
			if len(waiting) != 1 || waiting[0].Ticket != "1" || !waiting[0].Given.IsZero() {
				t.Errorf("the calls are %+v", waiting)
			}
			return nil
		})
	})
}
