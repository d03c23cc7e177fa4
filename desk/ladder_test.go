package desk

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// burning is a town with an emergency for which help was sent.
func burning(t testing.TB, w *town, kind, place string) (Ticket, Ladder) {
	t.Helper()
	out, a := Raise(w, Alarm{Person: "res", Kind: kind, Words: []string{"着火了"}, Place: place})
	w.apply(out)
	out, ticket := SendHelp(w, a)
	w.apply(out)
	l, ok := w.LadderOf(ticket.ID)
	if !ok {
		t.Fatal("there is no ladder")
	}
	return ticket, l
}

// climb lets the desk look at a ladder when it is due.
func (w *town) climb(t testing.TB, id string) Effects {
	t.Helper()
	l, _ := w.Ladder(id)
	if next := l.next(); next.After(w.now) {
		w.now = next
	}
	out, err := jobLadder.Run(lists{w}, Job{Kind: ladderKind, Subject: id, Due: w.now})
	if err != nil {
		t.Fatal(err)
	}
	w.apply(out)
	return out
}

// arrive says that a call has arrived somewhere.
func (w *town) arrives(id string) {
	l := w.emergency.ladders[id]
	l.Heard = w.now
	w.emergency.ladders[id] = l
}

// calls are whom the last messages called, and whether the webhook was.
func calls(out Effects) (list []string) {
	for _, m := range out.Messages {
		switch {
		case m.Ladder == "":
		case m.Person != "":
			list = append(list, m.Person)
		case m.Chat == WebhookAddress:
			list = append(list, "webhook")
		default:
			list = append(list, "group "+m.Chat.ID)
		}
	}
	slices.Sort(list)
	return list
}

// TestLadderTimetable is the timetable of an emergency that nobody answers: rung by
// rung each three minutes, the webhook, and again from the start, without an end.
func TestLadderTimetable(t *testing.T) {
	w := newTown(t)
	w.site.Escalation.Webhook = WebhookAddress
	began := w.now
	out, a := Raise(w, Alarm{Person: "res", Kind: "fire", Words: []string{"着火了"}, Place: "3-502"})
	w.apply(out)
	out, ticket := SendHelp(w, a)
	w.apply(out)
	l, _ := w.LadderOf(ticket.ID)
	first := calls(out)
	w.arrives(l.ID)
	if !slices.Contains(first, "dm") || slices.Contains(first, "cm") {
		t.Fatalf("at first %q are called", first)
	}
	var table []string
	for range 6 {
		out := w.climb(t, l.ID)
		table = append(table, fmt.Sprint(w.now.Sub(began), " ", calls(out)))
		for _, m := range out.Messages {
			if m.Ladder != "" && (m.Text.Lines == nil && m.Text.Key != "ladder.again" || m.Text.Lines != nil && m.Text.Lines[0].Key != "ladder.again") {
				t.Errorf("a repetition is not marked as one: %+v", m.Text)
			}
			if m.Ladder != "" && !m.Urgent() {
				t.Error("a call that is not urgent")
			}
		}
	}
	// At first the group of security has the card of the ticket.
	again := append(slices.Clone(first), "group g-security")
	slices.Sort(again)
	want := []string{
		"3m0s [cm]", "6m0s [pm]", "9m0s [webhook]",
		"12m0s " + fmt.Sprint(again), "15m0s [cm]", "18m0s [pm]",
	}
	if !slices.Equal(table, want) {
		t.Errorf("%s\nwant\n%s", strings.Join(table, "\n"), strings.Join(want, "\n"))
	}
	if got := w.heard("res"); !slices.Contains(got, "ladder.nobody_yet") {
		t.Errorf("the reporter heard %q after the first round", got)
	}
}

// TestUnheardCallsEverybody: what arrives nowhere in time calls all rungs at once,
// well before a minute is over; what is lost at once does not even wait for that.
func TestUnheardCallsEverybody(t *testing.T) {
	w := newTown(t)
	w.site.Escalation.Webhook = WebhookAddress
	began := w.now
	_, l := burning(t, w, "fire", "3-502")
	out := w.climb(t, l.ID)
	if took := w.now.Sub(began); took > 20*time.Second {
		t.Errorf("looked after %s", took)
	}
	got := calls(out)
	for _, want := range []string{"dm", "cm", "pm", "webhook"} {
		if !slices.Contains(got, want) {
			t.Errorf("called %q, without %s", got, want)
		}
	}
	if l, _ = w.Ladder(l.ID); !l.Unheard(began.Add(LoudAfter)) || l.Unheard(began.Add(LoudAfter-time.Second)) {
		t.Error("it is not said loudly in time")
	}
	w.now = w.now.Add(time.Second)
	_, other := burning(t, w, "gas", "3-502")
	out = LadderLost(w, other.ID, "dm", "blocked")
	if got := calls(out); !slices.Contains(got, "webhook") || !slices.Contains(got, "cm") {
		t.Errorf("after a lost call %q are called", got)
	}
}

// TestWhoAnswers: the department takes the ticket by it, a manager comes without
// taking it, residents and people of other departments cannot.
func TestWhoAnswers(t *testing.T) {
	w := newTown(t)
	ticket, l := burning(t, w, "fire", "3-502")
	for _, id := range []string{"res", "op"} {
		if _, err := Respond(w, l, Actor{Person: w.people[id]}); err == nil {
			t.Errorf("%s can say that they come", id)
		}
	}
	suspended := w.people["dm"]
	suspended.Suspended = true
	if _, err := Respond(w, l, Actor{Person: suspended}); err == nil {
		t.Error("who has left can say that they come")
	}
	out, err := Respond(w, l, Actor{Person: w.people["dm"]})
	if err != nil {
		t.Fatal(err)
	}
	w.apply(out)
	if l, _ = w.LadderOf(ticket.ID); l.Running() || l.End != LadderAnswered || w.tickets[ticket.ID].State != StateNew {
		t.Errorf("%+v", l)
	}
	if got := w.heard("res"); !slices.Contains(got, "ladder.coming_reporter") {
		t.Errorf("the reporter heard %q", got)
	}
	if _, err := Respond(w, l, Actor{Person: w.people["cm"]}); err == nil {
		t.Error("a second answer is not told that somebody comes")
	}
	out, err = jobLadder.Run(lists{w}, Job{Kind: ladderKind, Subject: l.ID, Due: w.now})
	if err != nil || len(out.Messages) != 0 {
		t.Errorf("%d messages after the answer", len(out.Messages))
	}
}

// TestRiskIsPrivate: no group, no ticket, no webhook with a place, no words kept,
// and only those who were called may answer.
func TestRiskIsPrivate(t *testing.T) {
	w := newTown(t)
	w.site.Escalation = Escalation{Webhook: WebhookAddress, Ladders: map[string][]Step{
		AlarmRisk: {{Call: []string{"duty_manager", "engineering"}}, {Call: []string{"centre_manager"}}},
	}}
	w.groups = append(w.groups, Group{Address: Address{Channel: "x", ID: "-77"}, Department: "engineering", Lang: "zh"})
	p := w.people["res"]
	p.Home = "3-502"
	w.people["res"] = p
	out, a := Raise(w, Alarm{Person: "res", Kind: AlarmRisk, Words: []string{"不想活了"}, Place: "3-502", Files: []File{{Kind: FilePhoto, ID: "f"}}})
	w.apply(out)
	var all Effects
	all.Add(out)
	if len(out.Tickets) != 0 || len(out.Notes) != 0 || len(a.Words)+len(a.Files) != 0 || a.Place != "" || a.State != AlarmTold {
		t.Errorf("%d tickets, %d notes, kept %+v", len(out.Tickets), len(out.Notes), a)
	}
	l := out.Emergency.Ladders[0]
	if l.Place != "" {
		t.Error("the ladder keeps where")
	}
	w.arrives(l.ID)
	for range 5 {
		all.Add(w.climb(t, l.ID))
	}
	hooked := false
	for _, m := range all.Messages {
		if m.Person == "" && m.Chat != WebhookAddress {
			t.Errorf("said to %s", m.Chat)
		}
		if m.Chat == WebhookAddress {
			hooked = true
			body := string(m.File.Body)
			if !strings.Contains(body, `"private":true`) || strings.Contains(body, "502") || strings.Contains(body, "res") {
				t.Errorf("the webhook is told %s", body)
			}
		}
	}
	if !hooked {
		t.Error("the webhook was never called")
	}
	// Who works for a department of the ladder, and came on duty since.
	guard := Person{ID: "g", Roles: []Role{{Name: RoleTechnician, Departments: []string{"engineering"}}}}
	if l.MayAnswer(w.site, guard) || l.MayAnswer(w.site, w.people["res"]) || l.MayAnswer(w.site, w.people["op"]) {
		t.Error("somebody who was not called may answer")
	}
}

// TestLadderModel lets anything happen in any order: time, arrivals, lost calls,
// answers, taking, giving back, undo, ends. While somebody is sought there is a
// call within the patience of a step, whatever happened; once somebody comes, or
// the matter is over, nobody is called.
func TestLadderModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newTown(t)
		if rapid.Bool().Draw(rt, "webhook") {
			w.site.Escalation.Webhook = WebhookAddress
		}
		ticket, _ := burning(t, w, rapid.SampledFrom([]string{"fire", "fight", "flood", AlarmOther}).Draw(rt, "kind"), "3-502")
		guard := Person{ID: "guard", Name: "保安", Addresses: []Address{{Channel: "x", ID: "guard"}}, Roles: []Role{{Name: RoleTechnician, Departments: []string{ticket.Department}}}}
		w.people["guard"] = guard
		lastCall := w.now
		note := func(out Effects) {
			if len(calls(out)) > 0 {
				lastCall = w.now
			}
		}
		act := func(who string, a Action) {
			now := w.tickets[ticket.ID]
			out, err := Act(w, now, a, Actor{Person: w.people[who]}, Args{Files: []File{{Kind: FilePhoto, ID: "p"}}})
			if err == nil {
				w.apply(out)
				note(out)
			}
		}
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			l, _ := w.LadderOf(ticket.ID)
			switch rapid.SampledFrom([]string{"tick", "tick", "wait", "heard", "lost", "dm", "take", "back", "undo", "done", "false"}).Draw(rt, "what") {
			case "tick":
				running := l.Running()
				before := len(l.Called)
				out := w.climb(t, l.ID)
				note(out)
				if got := calls(out); !running && len(got) > 0 {
					rt.Fatalf("%q are called although somebody comes", got)
				}
				if after, _ := w.Ladder(l.ID); len(after.Called) < before {
					rt.Fatal("it is forgotten who was called")
				}
			case "wait":
				w.now = w.now.Add(time.Duration(rapid.IntRange(1, 170).Draw(rt, "seconds")) * time.Second)
			case "heard":
				w.arrives(l.ID)
			case "lost":
				out := LadderLost(w, l.ID, "dm", "blocked")
				w.apply(out)
				note(out)
			case "dm":
				if out, err := Respond(w, l, Actor{Person: w.people["dm"]}); err == nil {
					w.apply(out)
				}
			case "take":
				act("guard", Take)
			case "back":
				act("guard", GiveBack)
			case "undo":
				act("guard", Undo)
			case "done":
				act("guard", Finish)
			case "false":
				act("res", FalseAlarm)
			}
			l, _ = w.LadderOf(ticket.ID)
			now := w.tickets[ticket.ID]
			switch {
			case !now.State.Open() && l.Running():
				rt.Fatalf("somebody is sought for a ticket that is %s", now.State)
			case now.Taker != "" && l.Running():
				rt.Fatal("somebody is sought although the ticket has a taker")
			case l.Running() && l.next().Sub(lastCall) > w.site.Escalation.patience():
				rt.Fatalf("nobody is called until %s, the last was at %s", l.next(), lastCall)
			case now.State == StateNew && now.Taker == "" && !l.Running() && (l.End != LadderAnswered || l.Answers[0].Person == "guard"):
				// The guard has answered by taking it, and has given it back since.
				rt.Fatalf("nobody is sought although nobody comes: %+v", l)
			}
		}
	})
}

// TestComingIsSaidOnce: who comes is said to each who was called in private; in the
// group that has the card its edit says it, in another one a line.
func TestComingIsSaidOnce(t *testing.T) {
	w := newTown(t)
	w.site.Channels = map[string]Capabilities{"x": {EditAnytime: true, GroupButtons: true}}
	ticket, l := burning(t, w, "fire", "3-502")
	if len(l.Groups) < 2 {
		t.Fatalf("the groups called are %v", l.Groups)
	}
	w.said = nil
	out, err := Respond(w, l, Actor{Person: w.people["dm"]})
	if err != nil {
		t.Fatal(err)
	}
	carded := ""
	for _, p := range w.Posts(ticket.ID) {
		if p.Kind == PostGroup {
			carded = p.Chat.ID
		}
	}
	groups, people := []string{}, 0
	for _, m := range out.Messages {
		switch {
		case m.Chat.ID != "":
			groups = append(groups, m.Chat.ID)
		case m.Text.Key == "ladder.coming":
			people++
		}
	}
	if carded == "" || slices.Contains(groups, carded) || len(groups) != len(l.Groups)-1 {
		t.Errorf("it is said in %q; the card is in %q", groups, carded)
	}
	if people != len(l.Called)-1 {
		t.Errorf("%d of %d are told", people, len(l.Called)-1)
	}
	// Where the card cannot be replaced a line has to say it.
	w.site.Channels["x"] = Capabilities{GroupButtons: true}
	if out, err = Respond(w, l, Actor{Person: w.people["dm"]}); err != nil {
		t.Fatal(err)
	}
	lines := 0
	for _, m := range out.Messages {
		if m.Chat.ID != "" {
			lines++
		}
	}
	if lines != len(l.Groups) {
		t.Errorf("%d lines in %d groups without edits", lines, len(l.Groups))
	}
}
