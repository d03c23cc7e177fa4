package desk

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// phoned is a finished ticket about which somebody phones.
func phoned(t *testing.T, w *town) string {
	t.Helper()
	id := w.open(Draft{})
	w.act(t, id, "wang", Take)
	w.act(t, id, "wang", Finish)
	w.phone(t, id)
	return id
}

func (w *town) phone(t *testing.T, id string) {
	t.Helper()
	effects, err := callTask(w, w.tickets[id], false)
	if err != nil {
		t.Fatal(err)
	}
	w.apply(effects)
}

func TestCallResults(t *testing.T) {
	for _, c := range []struct {
		result  string
		state   State
		rating  string
		refused string
	}{
		{"good", StateClosed, "good", ""},
		{"fair", StateClosed, "fair", ""},
		{"no_answer", StateDone, "", ""},
		{"lapsed", StateDone, "", "refuse.which"}, // only the desk itself
		{"great", StateDone, "", "refuse.which"},
	} {
		w := newTown(t)
		id := phoned(t, w)
		if got := w.act(t, id, "op", CallDone, "result", c.result, "note", "hello"); got != c.refused {
			t.Errorf("%s: refused %q, want %q", c.result, got, c.refused)
		}
		got := w.tickets[id]
		if got.State != c.state || got.Rating != c.rating {
			t.Errorf("%s: %s, rated %q", c.result, got.State, got.Rating)
		}
		noted := len(got.Words) == 1 && got.Words[0].Internal && got.Words[0].Text == "hello" && got.Call.Note == "hello"
		if noted != (c.refused == "") {
			t.Errorf("%s: the note is kept as %+v", c.result, got.Words)
		}
		again := w.act(t, id, "op", CallDone, "result", "good")
		if want := map[State]string{StateClosed: "call.closed"}[c.state]; again != want {
			t.Errorf("%s: a second result: refused %q, want %q", c.result, again, want)
		}
	}
}

func TestCallForOthers(t *testing.T) {
	w := newTown(t)
	id := phoned(t, w)
	for _, who := range []string{"res", "other", "wang", "clean"} {
		if got := w.act(t, id, who, CallDone, "result", "good"); got == "" {
			t.Errorf("%s entered the result", who)
		}
		if got := w.act(t, id, who, TakeCall); got == "" || w.tickets[id].Calling(who) {
			t.Errorf("%s took the call", who)
		}
	}
	if !w.tickets[id].Calling("op") || w.tickets[id].Calling("dm") {
		t.Errorf("the call is %+v", w.tickets[id].Call)
	}
	w.act(t, id, "dm", TakeCall)
	if w.tickets[id].Calling("op") || !w.tickets[id].Calling("dm") {
		t.Errorf("taken over, the call is %+v", w.tickets[id].Call)
	}
	w.act(t, id, "res", Rate, "rating", "good")
	if got := w.tickets[id].Call; w.tickets[id].Calling("dm") || got.Result != "good" || got.By != "res" {
		t.Errorf("answered in chat, the call is %+v", got)
	}
}

// Nobody answers: the next day once more, and after the third time never again.
func TestCallIsTriedThreeTimes(t *testing.T) {
	w := newTown(t)
	id := phoned(t, w)
	for try := 1; try <= callTries; try++ {
		if got := w.act(t, id, "op", CallDone, "result", "no_answer"); got != "" {
			t.Fatalf("try %d: refused %q", try, got)
		}
		if try == callTries {
			break
		}
		if got := w.act(t, id, "op", TakeCall); got != "call.tomorrow" {
			t.Errorf("try %d: phoned again the same day, refused %q", try, got)
		}
		if n := len(w.CallsWaiting(RoleOperator, 9)); n != 0 {
			t.Errorf("try %d: it waits for the same day", try)
		}
		w.now = w.now.AddDate(0, 0, 1)
		if got := w.act(t, id, "op", TakeCall); got != "" {
			t.Errorf("try %d: refused %q the next day", try, got)
		}
	}
	if got := w.tickets[id].Call; got.Open() || got.Result != "no_answer" || got.Tries != callTries {
		t.Errorf("the call is %+v", got)
	}
}

// A ticket that is closed by rule needs no call any more.
func TestClosedByRuleEndsTheCall(t *testing.T) {
	w := newTown(t)
	id := phoned(t, w)
	w.act(t, id, "", Closed)
	if got := w.tickets[id]; got.Call.Result != "lapsed" || got.Rating != "" || got.ClosedBy != "rule" {
		t.Errorf("closed by %q, rated %q, the call is %q", got.ClosedBy, got.Rating, got.Call.Result)
	}
}

// The number of a day is never passed, whoever asks for one more.
func TestCallsOfADay(t *testing.T) {
	w := newTown(t)
	w.site.Callback.CallsPerDay = 4
	w.site.Callback.RecursWithin = Term{}
	var ids []string
	for range 6 {
		ids = append(ids, phoned(t, w))
		w.now = w.now.Add(time.Minute)
	}
	given := func() (n int) {
		for _, id := range ids {
			if w.tickets[id].Call.Holder != "" {
				n++
			}
		}
		return n
	}
	if n := given(); n != callsAtOnce {
		t.Fatalf("%d were handed out at once", n)
	}
	if got := w.act(t, ids[3], "op", TakeCall); got != "" {
		t.Errorf("the fourth: refused %q", got)
	}
	if got := w.act(t, ids[4], "op", TakeCall); got != "call.enough" {
		t.Errorf("the fifth: refused %q", got)
	}
	if got := w.act(t, ids[0], "dm", TakeCall); got != "" { // the same call for another is none more
		t.Errorf("taking over: refused %q", got)
	}
	w.now = w.now.AddDate(0, 0, 1)
	if waiting := w.CallsWaiting(RoleOperator, 9); len(waiting) != 6 || waiting[0].Ticket != ids[0] {
		t.Errorf("the next day %d wait, the first is %v", len(waiting), waiting[:1])
	}
}

// The second look leaves the rating of then, and can still find that it does not hold.
func TestSecondLook(t *testing.T) {
	for _, c := range []struct{ first, result, rating string }{{"fair", "good", "fair"}, {"", "good", "good"}} {
		w := newTown(t)
		id := w.open(Draft{})
		w.act(t, id, "wang", Take)
		w.act(t, id, "wang", Finish)
		if c.first != "" {
			w.act(t, id, "res", Rate, "rating", c.first)
		} else {
			w.act(t, id, "", Closed)
		}
		w.now = w.now.AddDate(0, 0, 31)
		if got := w.act(t, id, "res", NotFixed); got != "refuse.old" {
			t.Errorf("after a month: refused %q", got)
		}
		effects, err := callTask(w, w.tickets[id], true)
		if err != nil {
			t.Fatal(err)
		}
		w.apply(effects)
		second := *w
		second.tickets = map[string]Ticket{id: w.tickets[id]}
		if got := second.act(t, id, "op", NotFixed); got != "" || second.tickets[id].State != StateReworked {
			t.Errorf("the second look finds it broken: refused %q", got)
		}
		w.act(t, id, "op", CallDone, "result", c.result)
		if got := w.tickets[id]; got.Rating != c.rating || got.State != StateClosed {
			t.Errorf("rated %q, then %q on the phone: %q", c.first, c.result, got.Rating)
		}
	}
}

// From the second "not fixed" on, none of those who were there goes again.
func TestSomebodyElseGoes(t *testing.T) {
	w := newTown(t)
	id := w.open(Draft{})
	takers := []string{"wang", "zhao"}
	for _, taker := range takers {
		w.act(t, id, taker, Take)
		w.act(t, id, taker, Finish)
		w.act(t, id, "res", NotFixed)
		next := w.tickets[id].Rework
		if due := w.tickets[next].Clocks.Done; !due.Equal(w.now.Add(24 * time.Hour)) {
			t.Errorf("the rework is due at %v", due)
		}
		if heard := w.heard("dm"); !slices.Contains(heard, "rework.manager") {
			t.Errorf("the duty manager heard %v", heard)
		}
		id = next
	}
	if diff := cmp.Diff(takers, w.tickets[id].Not); diff != "" {
		t.Error(diff)
	}
	for _, taker := range takers {
		if got := w.act(t, id, taker, Take); got != "refuse.again" {
			t.Errorf("%s goes a third time: refused %q", taker, got)
		}
	}
}
