package desk

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// windowTown is a town whose channel k can be written to for two days after somebody
// wrote.
func windowTown(t testing.TB) *town {
	w := newTown(t)
	w.site.Channels = map[string]Capabilities{"k": {PushWindow: 48 * time.Hour, PushMost: 5}}
	res := w.people["res"]
	res.Addresses, res.Phone = []Address{{Channel: "k", ID: "res"}}, "13800000000"
	w.people["res"] = res
	return w
}

// wrote lets the resident write at a time of November 2026.
func (w *town) wrote(t testing.TB, local string) {
	t.Helper()
	res := w.people["res"]
	res.Wrote = w.parse(t, local)
	w.people["res"] = res
}

func (w *town) parse(t testing.TB, local string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", local, w.site.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// The timetable of the question: within the window, in the hours in which people
// may be asked, or by phone. 2026-11-27 is a Friday.
func TestCallbackWithinTheWindow(t *testing.T) {
	for _, c := range []struct {
		name              string
		after             string // how long after done it is usually asked
		wrote, done, want string
		phone             bool
	}{
		{"plenty of time", "30m", "2026-11-24 10:00", "2026-11-24 14:20", "2026-11-24 14:50", false},
		{"the second day", "30m", "2026-11-24 10:00", "2026-11-26 08:20", "2026-11-26 09:00", false},
		{"shuts before the usual time", "30m", "2026-11-24 15:00", "2026-11-26 13:45", "2026-11-26 14:00", false},
		{"less than an hour is left", "30m", "2026-11-24 15:00", "2026-11-26 14:20", "2026-11-26 14:22", false},
		{"minutes are left", "30m", "2026-11-24 15:00", "2026-11-26 14:54", "2026-11-26 15:24", true},
		{"shut long ago", "30m", "2026-11-20 15:00", "2026-11-26 14:20", "2026-11-26 14:50", true},
		{"shuts in the night, done in the evening", "30m", "2026-11-24 02:00", "2026-11-25 21:05", "2026-11-25 21:20", false},
		{"shuts in the night, done late in the evening", "30m", "2026-11-24 02:00", "2026-11-25 21:25", "2026-11-25 21:27", false},
		{"shuts in the night, done in the night", "30m", "2026-11-24 08:00", "2026-11-25 23:00", "2026-11-26 09:00", true},
		{"shuts in the morning", "30m", "2026-11-24 09:30", "2026-11-25 23:00", "2026-11-26 09:00", false},
		{"a day later is in the window", "24h", "2026-11-24 10:00", "2026-11-24 20:00", "2026-11-25 20:00", false},
		{"a day later is not", "24h", "2026-11-24 10:00", "2026-11-25 14:20", "2026-11-26 09:00", false},
		{"on Monday it would be too late", "1wd", "2026-11-27 16:00", "2026-11-27 17:00", "2026-11-29 15:00", false},
		{"a night before the end, over the weekend", "1wd", "2026-11-27 08:30", "2026-11-27 17:00", "2026-11-28 21:20", false},
		{"written and done on Saturday", "2d", "2026-11-28 07:00", "2026-11-28 12:00", "2026-11-29 21:20", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := windowTown(t)
			after, err := ParseTerm(c.after)
			if err != nil {
				t.Fatal(err)
			}
			w.site.Callback.AskAfter = after
			w.wrote(t, c.wrote)
			w.now = w.parse(t, c.done).Add(-time.Hour)
			id := w.open(Draft{})
			w.act(t, id, "wang", Take)
			w.now = w.parse(t, c.done)
			if refused := w.act(t, id, "wang", Finish); refused != "" {
				t.Fatal(refused)
			}
			due := timerCallbackAsk.Due(w.site, w.tickets[id])
			if want := w.parse(t, c.want); !due.Equal(want) {
				t.Errorf("due %v, want %v", due.In(w.site.Zone), want)
			}
			w.said = nil
			w.now = due
			effects, err := timerCallbackAsk.Fire(w, w.tickets[id])
			if err != nil {
				t.Fatal(err)
			}
			w.apply(effects)
			asked, phoned := w.heard("res"), w.tickets[id].Call != nil
			if phoned != c.phone || len(asked) == 1 == c.phone {
				t.Errorf("asked %v, phoned %v", asked, phoned)
			}
		})
	}
}

// Whoever writes again after the work was done is asked in chat.
func TestCallbackAfterWritingAgain(t *testing.T) {
	w := windowTown(t)
	w.wrote(t, "2026-11-20 10:00")
	id := w.open(Draft{})
	w.act(t, id, "wang", Take)
	w.act(t, id, "wang", Finish)
	w.wrote(t, "2026-11-24 10:30")
	w.now = timerCallbackAsk.Due(w.site, w.tickets[id])
	w.heard("res")
	effects, err := timerCallbackAsk.Fire(w, w.tickets[id])
	if err != nil {
		t.Fatal(err)
	}
	w.apply(effects)
	if heard := w.heard("res"); len(heard) != 1 || heard[0] != "callback.ask" || w.tickets[id].Call != nil {
		t.Errorf("heard %v, call %v", heard, w.tickets[id].Call)
	}
}

// Whenever it is due in chat, it is in the window and in the hours.
func TestAskWithinModel(t *testing.T) {
	w := windowTown(t)
	start := w.parse(t, "2026-11-23 00:00")
	rapid.Check(t, func(t *rapid.T) {
		minutes := func(name string, most int) time.Duration {
			return time.Duration(rapid.IntRange(0, most).Draw(t, name)) * time.Minute
		}
		done := start.Add(minutes("done", 3*24*60))
		until := done.Add(minutes("left", 48*60))
		usual := w.site.callbackWindow(done.Add(30*time.Minute + minutes("after", 2*24*60)))
		first := done.Add(w.site.Limits.UndoFor)
		at, ok := askWithin(w.site, usual, first, until)
		possible := !w.site.callbackWindow(first).After(until.Add(-askLeast))
		switch {
		case ok != possible:
			t.Fatalf("in chat: %v, possible: %v", ok, possible)
		case !ok:
		case at.After(until.Add(-askLeast)) || at.Before(first) || at.After(usual):
			t.Fatalf("asked at %v, window %v to %v, usually %v", at, first, until, usual)
		case !w.site.callbackWindow(at).Equal(at):
			t.Fatalf("asked at %v", at)
		}
	})
}

func TestWindowShut(t *testing.T) {
	w := windowTown(t)
	id := w.open(Draft{})
	w.said = nil
	shut := func(class Class) int {
		effects, err := WindowShut(w, w.tickets[id], w.people["res"], class, "words", "row")
		if err != nil {
			t.Fatal(err)
		}
		w.apply(effects)
		return len(effects.CallTasks)
	}
	if n := shut(ClassCallback); n != 0 || len(w.said) != 0 {
		t.Errorf("%d call tasks for a ticket that is not done, said %v", n, w.said)
	}
	shut(ClassNotice)
	if heard := w.heard("op"); len(heard) != 0 {
		t.Errorf("a notice made the operator phone: %v", heard)
	}
	shut(ClassRegistration)
	if heard := w.heard("op"); len(heard) != 1 || heard[0] != "window.tell" {
		t.Errorf("heard %v", heard)
	}
	w.act(t, id, "wang", Take)
	w.act(t, id, "wang", Finish)
	w.said = nil
	if a, b := shut(ClassCallback), shut(ClassCallback); a != 1 || b != 0 {
		t.Errorf("%d, then %d call tasks", a, b)
	}
	if cards := w.shown(id, PostCall); len(cards) != 1 || cards[0] != "op" {
		t.Errorf("the call is shown to %v", cards)
	}
}
