package desk

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// keeps are the keys of what a plan keeps.
func (p ForgetPlan) keeps() string {
	var keys []string
	for _, text := range p.Keeps {
		keys = append(keys, strings.TrimPrefix(text.Key, "forget.keep."))
	}
	slices.Sort(keys)
	return strings.Join(keys, " ")
}

// TestForgetTimetable is what is kept of somebody who moves out: all while they live
// there, then what was found and the certificate as long as they count, and nothing
// after that.
func TestForgetTimetable(t *testing.T) {
	w := newTown(t)
	out := w.now
	stay := Stay{ID: "s1", Person: "res", Name: "张同学", Place: "3-502", Bed: "A", From: out.AddDate(-1, 0, 0), State: StayIn}
	ticket := Ticket{
		ID: "b1", Number: "B-1", Kind: KindCheckout, Requester: "res", Place: "3-502", State: StateClosed, Created: out,
		Checkout: &Checkout{Stay: "s1", Inspection: &Inspection{
			Certificate: aForgottenCode, Charges: []Charge{{Fen: 100, Of: 2, Files: []File{{ID: "f"}}}},
			Object: &Objection{Words: "不是我", Why: "是他"},
		}},
	}
	set := func(state StayState) {
		stay.State, stay.OutAt = state, time.Time{}
		if state == StayOut {
			stay.OutAt = out
		}
		w.apply(Effects{House: HouseEntries{
			Stays:        []Stay{stay},
			Certificates: []Certificate{{Code: aForgottenCode, At: out.AddDate(0, 0, 10), ValidUntil: out.AddDate(0, 0, 100)}},
		}})
	}
	set(StayIn)
	if got := PlanForget(w, w.people["res"]); got.keeps() != "stay" || got.Identity {
		t.Errorf("who lives there: %+v", got)
	}
	set(StayOut)
	w.tickets["b1"] = ticket
	var table []string
	for _, days := range []int{11, 89, 91, 99, 101} {
		w.now = out.AddDate(0, 0, days)
		plan := PlanForget(w, w.people["res"])
		table = append(table, fmt.Sprintf("%d [%s] tickets %d stays %d all %v", days, plan.keeps(), len(plan.Tickets), len(plan.Stays), plan.Identity))
	}
	want := []string{
		"11 [certificate stay_over] tickets 0 stays 0 all false",
		"89 [certificate stay_over] tickets 0 stays 0 all false",
		"91 [certificate] tickets 0 stays 1 all false",
		"99 [certificate] tickets 0 stays 1 all false",
		"101 [] tickets 1 stays 1 all true",
	}
	if !slices.Equal(table, want) {
		t.Errorf("%s\nwant\n%s", strings.Join(table, "\n"), strings.Join(want, "\n"))
	}
	erased := ticket.Forget(w.now)
	i := erased.Checkout.Inspection
	if i.Charges[0].Fen != 100 || i.Charges[0].Of != 2 || i.Charges[0].Files != nil || i.Object.Words != "" || i.Object.Why != "" {
		t.Errorf("a share is kept as it was, and no word or photo of it: %+v", i)
	}
	if before := ticket.Checkout.Inspection; before.Charges[0].Files == nil || before.Object.Words == "" {
		t.Error("the ticket before it is changed too")
	}
}

const aForgottenCode = "K7QM3XNPV4TR"

// TestForgetWaitsForEmergencies: nobody vanishes while they are looked for.
func TestForgetWaitsForEmergencies(t *testing.T) {
	w := newTown(t)
	out, a := Raise(w, Alarm{Person: "res", Kind: AlarmRisk})
	w.apply(out)
	if got := PlanForget(w, w.people["res"]); got.keeps() != "alarm" || got.Identity {
		t.Errorf("a person at risk: %+v", got)
	}
	l := w.LaddersRunning()[0]
	out, err := Respond(w, l, Actor{Person: w.people["dm"]})
	if err != nil {
		t.Fatal(err)
	}
	w.apply(out)
	if got := PlanForget(w, w.people["res"]); got.keeps() != "alarm" {
		t.Errorf("who talks with somebody: %+v", got)
	}
	w.now = w.now.Add(ConfideFor)
	if got := PlanForget(w, w.people["res"]); got.keeps() != "" || !got.Identity || !slices.Equal(got.Alarms, []string{a.ID}) {
		t.Errorf("after somebody got in touch: %+v", got)
	}
	if _, err := Forget(w, w.people["dm"], "x"); err == nil {
		t.Error("an employee is forgotten")
	}
}

// TestForgetGoesOn: much is erased in several commits, and who it is of last; what is
// kept is looked at again every day.
func TestForgetGoesOn(t *testing.T) {
	w := newTown(t)
	for i := range forgetAtOnce + 5 {
		id := fmt.Sprint("t", i)
		w.tickets[id] = Ticket{ID: id, Number: "R-" + id, Kind: KindRepair, Requester: "res", State: StateClosed, Created: w.now, Words: []Words{{By: "res", Text: "漏"}}}
	}
	out, err := Forget(w, w.people["res"], "x")
	if err != nil {
		t.Fatal(err)
	}
	e := out.Erasures.Records[0]
	w.erasures = map[string]Erasure{e.ID: e}
	if _, err := Forget(w, w.people["res"], "x"); err == nil {
		t.Error("it begins twice")
	}
	run := func() (Erasing, []Job) {
		t.Helper()
		out, err := forget(lists{w}, Job{Key: forgetJob(e.ID), Subject: e.ID})
		if err != nil || len(out.Erasures.Erase) != 1 {
			t.Fatalf("%+v, %v", out, err)
		}
		x := out.Erasures.Erase[0]
		for _, id := range x.Tickets {
			w.tickets[id] = w.tickets[id].Forget(w.now)
		}
		return x, out.Jobs
	}
	first, again := run()
	if len(first.Tickets) != forgetAtOnce || first.Identity || !again[0].Due.Equal(w.now) {
		t.Errorf("first %d, %v, %+v", len(first.Tickets), first.Identity, again)
	}
	w.tickets["open"] = Ticket{ID: "open", Number: "R-open", Kind: KindRepair, Requester: "res", State: StateTaken, Created: w.now}
	second, again := run()
	if len(second.Tickets) != 5 || second.Identity || !again[0].Due.Equal(w.now.Add(forgetAgain)) {
		t.Errorf("then %d, %v, %+v", len(second.Tickets), second.Identity, again)
	}
	open := w.tickets["open"]
	open.State = StateClosed
	w.tickets["open"] = open
	if third, again := run(); len(third.Tickets) != 1 || !third.Identity || len(again) != 0 {
		t.Errorf("at last %+v, %+v", third, again)
	}
}
