package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"frontdesk/desk"
	"frontdesk/storage"
)

// failOnce lets the first calls for some words end with the reasons, in order.
func failOnce(d *outboxDesk, words string, errs ...SendError) {
	d.net.script = func(c outboxCall) (*SendError, bool) {
		if len(errs) == 0 || !strings.HasPrefix(c.M.Text, words) {
			return nil, false
		}
		err := errs[0]
		errs = errs[1:]
		return &err, false
	}
}

func TestOutboxReasons(t *testing.T) {
	always := func(reason Reason) []SendError { return slices.Repeat([]SendError{{Reason: reason}}, 1000) }
	for _, c := range []struct {
		name   string
		errs   []SendError
		pass   time.Duration
		want   []string // that arrived
		states []string // of what remains
		tries  int      // that failed
	}{
		{"network", []SendError{{Reason: Network}, {Reason: Network}}, time.Minute, []string{"a"}, nil, 2},
		{"server", []SendError{{Reason: Server}, {Reason: Server}}, time.Minute, []string{"a"}, nil, 2},
		{"auth", []SendError{{Reason: Auth}}, 2 * time.Minute, []string{"a"}, nil, 1},
		{"limited", []SendError{{Reason: Limited, RetryAfter: 20 * time.Second}}, time.Minute, []string{"a"}, nil, 1},
		{"limited in vain", []SendError{{Reason: Limited, RetryAfter: 20 * time.Second}}, 19 * time.Second, nil, []string{"waiting limited"}, 1},
		{"refused", always(Refused), time.Hour, nil, []string{"dead refused"}, 1},
		{"unknown", always(Unknown), time.Hour, nil, []string{"dead unknown"}, 1},
		{"no message", always(NoMessage), time.Hour, nil, []string{"dead no_message"}, 1},
		{"moved nowhere", always(Moved), time.Hour, nil, []string{"dead gone"}, 1},
		{"unheard of", always("odd"), time.Hour, nil, []string{"dead unknown"}, 1},
		{"blocked", always(Blocked), time.Hour, nil, []string{"dead blocked"}, 1},
		{"outside", always(Outside), time.Hour, nil, []string{"dead outside"}, 1},
		{"unlicensed", always(Unlicensed), time.Hour, nil, []string{"dead unlicensed"}, 1},
		{"untrusted", []SendError{{Reason: Untrusted}}, 2 * time.Minute, []string{"a"}, nil, 1},
		{"gone", always(Gone), time.Hour, nil, []string{"dead gone"}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newOutboxDesk(t)
			failOnce(d, "a", c.errs...)
			chat := d.person("1")
			d.interactive(chat, "a", desk.ClassNotice)
			d.pass(c.pass)
			if diff := cmp.Diff(c.want, d.net.texts(chat)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.states, d.states()); diff != "" {
				t.Error(diff)
			}
			if len(d.net.refused) != c.tries {
				t.Errorf("%d failed attempts, want %d", len(d.net.refused), c.tries)
			}
		})
	}
}

// A message that the server never digests is given up while others get through.
func TestOutboxServerErrorOfOneMessage(t *testing.T) {
	d := newOutboxDesk(t)
	failOnce(d, "bad", slices.Repeat([]SendError{{Reason: Server}}, 1000)...)
	bad, good := d.person("1"), d.person("2")
	d.interactive(bad, "bad", desk.ClassPrompt)
	for range 120 {
		d.interactive(good, "good", desk.ClassPrompt)
		d.pass(2 * time.Second)
	}
	if diff := cmp.Diff([]string{"dead server"}, d.states()); diff != "" {
		t.Error(diff)
	}
	if len(d.net.refused) != attemptsMost {
		t.Errorf("tried %d times", len(d.net.refused))
	}
	d.view(func(tx *storage.Tx) error {
		rows, err := Undelivered(tx, 10)
		if len(rows) != 1 || rows[0].Reason != string(Server) {
			t.Errorf("undelivered: %v", rows)
		}
		notes, _ := storage.Notes.Count(tx, "", storage.Range{})
		if notes != 1 {
			t.Errorf("%d notes", notes)
		}
		return err
	})
}

func TestOutboxRetryAfterHoldsThatChatAlone(t *testing.T) {
	d := newOutboxDesk(t)
	failOnce(d, "a1", SendError{Reason: Limited, RetryAfter: 30 * time.Second})
	a, b := d.person("1"), d.person("2")
	for i := range 3 {
		d.interactive(a, fmt.Sprintf("a%d", i+1), desk.ClassNotice)
		d.interactive(b, fmt.Sprintf("b%d", i+1), desk.ClassNotice)
	}
	d.say(desk.Message{Chat: a, Text: desk.Literal("routine"), Lane: desk.LaneRoutine})
	d.pass(29 * time.Second)
	if texts := d.net.texts(a); texts != nil {
		t.Errorf("sent within retry_after: %v", texts)
	}
	if diff := cmp.Diff([]string{"b1", "b2", "b3"}, d.net.texts(b)); diff != "" {
		t.Error(diff)
	}
	d.open() // A restart forgets nothing of it.
	d.pass(10 * time.Second)
	if diff := cmp.Diff([]string{"a1", "a2", "a3", "routine"}, d.net.texts(a)); diff != "" {
		t.Error(diff)
	}
}

func TestOutboxUnknownOutcomeByClass(t *testing.T) {
	for _, class := range []desk.Class{
		desk.ClassEmergency, desk.ClassCard, desk.ClassRegistration, desk.ClassCallback, desk.ClassPrompt,
		desk.ClassNotice, desk.ClassReminder, desk.ClassDigest, desk.ClassToast,
	} {
		for _, accept := range []bool{true, false} {
			t.Run(fmt.Sprint(class, accept), func(t *testing.T) {
				d := newOutboxDesk(t)
				lost := false
				d.net.script = func(outboxCall) (*SendError, bool) {
					if lost {
						return nil, false
					}
					lost = true
					return &SendError{Reason: Unknown}, accept
				}
				chat := d.person("1")
				d.interactive(chat, "words", class)
				d.pass(time.Hour)
				checkCopies(t, class, accept, d.net.texts(chat))
			})
		}
	}
}

// The program dies between the moment at which the network has accepted a
// message, or has not, and the moment at which that is written.
func TestOutboxCrashWhileSendingByClass(t *testing.T) {
	for _, class := range []desk.Class{desk.ClassEmergency, desk.ClassPrompt, desk.ClassNotice, desk.ClassReminder} {
		for _, accept := range []bool{true, false} {
			t.Run(fmt.Sprint(class, accept), func(t *testing.T) {
				d := newOutboxDesk(t)
				chat := d.person("1")
				d.interactive(chat, "words", class)
				crashed := false
				d.net.script = func(outboxCall) (*SendError, bool) {
					if crashed {
						return nil, false
					}
					crashed = true
					d.store.Close()
					return &SendError{Reason: Server}, accept
				}
				if _, err := d.box.Step(t.Context(), d.clock); err == nil {
					t.Fatal("the step did not notice the crash")
				}
				d.open()
				if diff := cmp.Diff([]string{"claimed "}, d.states()); diff != "" {
					t.Error(diff)
				}
				d.pass(time.Hour)
				checkCopies(t, class, accept, d.net.texts(chat))
			})
		}
	}
}

func checkCopies(t *testing.T, class desk.Class, accepted bool, texts []string) {
	t.Helper()
	var want []string
	if accepted {
		want = append(want, "words")
	}
	switch {
	case class == desk.ClassEmergency:
		want = append(want, "words\nzh:outbox.again")
	case class.Repeats():
		want = append(want, "words")
	}
	if diff := cmp.Diff(want, texts); diff != "" {
		t.Error(diff)
	}
}

// An edit of unknown outcome is always made again.
func TestOutboxCrashWhileEditing(t *testing.T) {
	d := newOutboxDesk(t)
	chat := d.person("1")
	d.ticket("1", desk.LaneInteractive, nil, chat)
	d.pass(time.Minute)
	d.change("1", "second")
	d.net.after = func(outboxCall) { d.store.Close() }
	if _, err := d.box.Step(t.Context(), d.clock); err == nil {
		t.Fatal("the step did not notice the crash")
	}
	d.net.after = nil
	d.open()
	d.change("1", "third")
	d.pass(time.Minute)
	if diff := cmp.Diff([]string{"R-1 first", "R-1 second", "R-1 third"}, d.net.texts(chat)); diff != "" {
		t.Error(diff)
	}
	if rows := d.states(); rows != nil {
		t.Errorf("rows left: %v", rows)
	}
}

func TestOutboxRestartMakesNoBurst(t *testing.T) {
	d := newOutboxDesk(t)
	group := d.group("-1", "")
	for i := range 40 {
		d.interactive(group, fmt.Sprint(i), desk.ClassNotice)
	}
	for range 20 { // The network fails the test if a restart forgets the limits.
		d.pass(3 * time.Second)
		d.open()
	}
	d.pass(3 * time.Minute)
	if got := len(d.net.texts(group)); got != 40 {
		t.Errorf("%d of 40 arrived", got)
	}
}

func TestOutboxNoMessage(t *testing.T) {
	d := newOutboxDesk(t)
	chat := d.person("1")
	d.ticket("1", desk.LaneInteractive, nil, chat)
	d.pass(time.Minute)
	d.net.script = func(c outboxCall) (*SendError, bool) {
		if c.M.Edit == "1" {
			return &SendError{Reason: NoMessage}, false
		}
		return nil, false
	}
	d.change("1", "second")
	d.pass(time.Minute)
	d.change("1", "third")
	d.pass(time.Minute)
	if diff := cmp.Diff([]string{"R-1 first", "R-1 second", "R-1 third"}, d.net.texts(chat)); diff != "" {
		t.Error(diff)
	}
	if len(d.net.messages) != 2 {
		t.Errorf("messages %v, want one posted anew", d.net.messages)
	}
}

func TestOutboxNoMessageToReplyTo(t *testing.T) {
	d := newOutboxDesk(t)
	chat := d.group("-1", "")
	d.net.script = func(c outboxCall) (*SendError, bool) {
		if c.M.ReplyTo != "" {
			return &SendError{Reason: NoMessage}, false
		}
		return nil, false
	}
	d.ticket("1", desk.LaneInteractive, nil, chat)
	d.say(desk.Message{Department: "eng", Ticket: "1", Text: desk.Literal("reply"), ReplyToCard: true, Lane: desk.LaneInteractive})
	d.pass(time.Minute)
	if diff := cmp.Diff([]string{"R-1 first", "reply"}, d.net.texts(chat)); diff != "" {
		t.Error(diff)
	}
}
