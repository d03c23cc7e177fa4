package desk

import (
	"slices"
	"testing"
	"time"
)

// TestWhoMayWalk is the matrix of who may press what on a round.
func TestWhoMayWalk(t *testing.T) {
	w := nightTown(t)
	w.clock("22:30")
	w.tickRounds(t)
	gone := w.people["nm"]
	gone.ID, gone.Suspended = "gone", true
	w.people["gone"] = gone
	key := func(err error) string {
		if user, ok := AsUserError(err); ok {
			return user.Text.Key
		}
		if err != nil {
			t.Fatal(err)
		}
		return ""
	}
	fresh, _ := w.Round("walk.20261124.2230")
	for who, want := range map[string]string{
		"nm": "", "cm": "", "pm": "", // on duty, or a manager on duty
		"dm": "round.not_yours", // off shift
		"op": "round.not_yours", "wang": "round.not_yours", "lead": "round.not_yours", "res": "round.not_yours", "gone": "round.not_yours",
	} {
		if _, _, err := BeginRound(w, fresh, w.people[who]); key(err) != want {
			t.Errorf("%s begins: %q, want %q", who, key(err), want)
		}
	}
	if _, _, err := ReachStop(w, fresh, 0, w.people["nm"], "scan", nil); key(err) != "round.not_begun" {
		t.Errorf("at a place before it has begun: %q", key(err))
	}
	out, begun, err := BeginRound(w, fresh, w.people["nm"])
	if err != nil {
		t.Fatal(err)
	}
	w.apply(out)
	out, there, err := ReachStop(w, begun, 0, w.people["nm"], "scan", nil)
	if err != nil {
		t.Fatal(err)
	}
	w.apply(out)
	for who, want := range map[string]string{
		"nm": "", "cm": "round.has", "dm": "round.has", "op": "round.has", "lead": "round.has", "res": "round.has", "gone": "round.has",
	} {
		p := w.people[who]
		_, _, reach := ReachStop(w, begun, 0, p, "scan", nil)
		_, _, check := CheckStop(w, there, 0, p, FoundGood, "")
		_, _, fault := AddFinding(w, there, 0, Fault{Text: "x", Category: "leak", By: Actor{Person: p}})
		for what, err := range map[string]error{"reach": reach, "check": check, "fault": fault} {
			if key(err) != want {
				t.Errorf("%s: %s: %q, want %q", who, what, key(err), want)
			}
		}
	}
	for what, err := range map[string]error{
		"round.photo":     third(ReachStop(w, begun, 1, w.people["nm"], "photo", nil)),
		"round.not_there": third(CheckStop(w, begun, 1, w.people["nm"], FoundGood, "")),
		"press.unknown":   third(CheckStop(w, there, 0, w.people["nm"], FoundAbsent, "")),
	} {
		if key(err) != what {
			t.Errorf("%q, want %q", key(err), what)
		}
	}
	if _, _, err := ReachStop(w, begun, 7, w.people["nm"], "scan", nil); key(err) != "press.unknown" {
		t.Errorf("a place that is not on it: %q", key(err))
	}
	// The day manager takes over in the morning only who is off shift by then, and
	// not what is over.
	if _, _, err := BeginRound(w, begun, w.people["cm"]); key(err) != "round.has" {
		t.Errorf("the centre manager takes it over: %q", key(err))
	}
	w.now = begun.Until
	if _, _, err := BeginRound(w, begun, w.people["dm"]); key(err) != "round.over" {
		t.Errorf("in the morning: %q", key(err))
	}
	if got := begun.Stands(w.now); got != RoundPartly {
		t.Errorf("in the morning it is %s", got)
	}
}

func third(_ Effects, _ Round, err error) error { return err }

// TestFindings: a fault opens a ticket of the ordinary kind, a second one about the
// same goes there, and nobody is asked whether it is mended.
func TestFindings(t *testing.T) {
	w := nightTown(t)
	w.site.Callback.Policy = []CallPolicy{{Share: 100, Done: true}}
	w.clock("22:30")
	w.tickRounds(t)
	x, _ := w.Round("walk.20261124.2230")
	nm := w.people["nm"]
	must := func(out Effects, next Round, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		w.apply(out)
		x = next
	}
	must(BeginRound(w, x, nm))
	must(ReachStop(w, x, 0, nm, "scan", nil))
	must(AddFinding(w, x, 0, Fault{Item: "tap", Text: "滴水", Category: "leak", By: Actor{Person: nm}}))
	must(AddFinding(w, x, 0, Fault{Text: "还在滴", Category: "leak", By: Actor{Person: nm}}))
	must(AddFinding(w, x, 0, Fault{Item: "gas", Category: "door", By: Actor{Person: nm}}))
	must(CheckStop(w, x, 0, nm, FoundGood, ""))
	found := x.Stops[0].Findings
	if len(found) != 3 || found[0].Ticket != found[1].Ticket || found[0].Linked || !found[1].Linked || found[2].Ticket == found[0].Ticket || x.Stops[0].Found != FoundFault {
		t.Fatalf("found %+v", x.Stops[0])
	}
	leak := w.tickets[found[0].Ticket]
	if leak.Place != "canteen" || leak.Category != "leak" || leak.Department != "engineering" || leak.Round != x.ID || leak.Summary != "滴水" || len(leak.Words) != 2 {
		t.Errorf("the ticket is %+v", leak)
	}
	if len(w.tickets) != 2 {
		t.Errorf("%d tickets", len(w.tickets))
	}
	w.act(t, leak.ID, "wang", Take)
	w.act(t, leak.ID, "wang", Finish)
	for _, job := range TicketJobs(w.site, w.tickets[leak.ID]) {
		if job.Kind != timerCallbackClose.Kind && job.Kind != JobFetch {
			t.Errorf("a job %s is set for what was found on a round", job.Kind)
		}
	}
}

// TestAbsentPost: the lead hears of it if they are on shift, else the duty manager,
// and when it is the duty manager who saw it the next level; taken back, they hear
// that too.
func TestAbsentPost(t *testing.T) {
	for name, c := range map[string]struct {
		change func(w *town)
		walker string
		told   string
	}{
		"the lead":                {func(*town) {}, "nm", "lead"},
		"the lead is off shift":   {func(w *town) { w.site.Roster.Shifts[0].Staff["security"] = []string{"x:lead"} }, "nm", "cm"},
		"the lead is on shift":    {func(w *town) { w.site.Roster.Shifts[1].Staff["security"] = []string{"x:lead"} }, "nm", "lead"},
		"no lead, another walker": {func(w *town) { w.site.Rounds[1].Leads = nil }, "cm", "nm"},
	} {
		w := nightTown(t)
		c.change(w)
		w.clock("23:00")
		w.tickRounds(t)
		w.said = nil
		x, _ := w.Round("post.20261124.2300")
		out, x, err := BeginRound(w, x, w.people[c.walker])
		if err != nil {
			t.Fatal(err)
		}
		w.apply(out)
		x = w.atPlace(t, x, 0, c.walker, FoundAbsent)
		for _, p := range []string{"lead", "nm", "cm", "dm", "pm"} {
			var want []string
			if p == c.told {
				want = []string{"post.absent_told"}
			}
			if got := w.heard(p); !slices.Equal(got, want) {
				t.Errorf("%s: %s heard %q, want %q", name, p, got, want)
			}
		}
		w.now = w.now.Add(time.Minute)
		if out, x, err = UndoCheck(w, x, 0, w.people[c.walker]); err != nil {
			t.Fatal(err)
		}
		w.apply(out)
		if got := w.heard(c.told); !slices.Equal(got, []string{"post.undone"}) || x.Stops[0].Done() {
			t.Errorf("%s: undone, %s heard %q", name, c.told, got)
		}
		x = w.atPlace(t, x, 0, c.walker, FoundPresent)
		w.now = w.now.Add(3 * time.Minute)
		if _, _, err := UndoCheck(w, x, 0, w.people[c.walker]); err == nil {
			t.Errorf("%s: it was undone after three minutes", name)
		}
	}
}
