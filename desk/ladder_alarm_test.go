package desk

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// unconfirmed is a town in which somebody wrote of danger a minute ago and tapped
// nothing since.
func unconfirmed(t *testing.T, kind string) (*town, Alarm, Ladder, Effects) {
	t.Helper()
	w := newTown(t)
	w.site.Escalation.Webhook = WebhookAddress
	out, a := Raise(w, Alarm{Person: "res", Kind: kind, Words: []string{"好大的烟"}, Place: "3-502"})
	w.apply(out)
	w.now = w.now.Add(alarmWait)
	out, err := jobAlarm.Run(lists{w}, Job{Kind: "alarm", Subject: a.ID, Due: w.now})
	if err != nil {
		t.Fatal(err)
	}
	w.apply(out)
	a, _ = w.Alarm(a.ID)
	l, ok := w.Ladder(a.Ladder)
	if !ok || a.State != AlarmTold || !l.Unconfirmed() {
		t.Fatalf("nobody is called: %+v", a)
	}
	return w, a, l, out
}

// TestUnconfirmedClimbs is the timetable of danger that nobody confirms and nobody
// looks into: the managers, one after the other, what rings, and again. No group
// hears of it, and what rings learns no name.
func TestUnconfirmedClimbs(t *testing.T) {
	w, _, l, first := unconfirmed(t, "fire")
	if got := calls(first); !slices.Equal(got, []string{"dm"}) {
		t.Fatalf("at first %q are called", got)
	}
	w.arrives(l.ID)
	began := w.now
	var table []string
	for range 5 {
		out := w.climb(t, l.ID)
		table = append(table, fmt.Sprint(w.now.Sub(began), " ", calls(out)))
		for _, m := range out.Messages {
			switch {
			case m.Chat == WebhookAddress:
				body := string(m.File.Body)
				if !strings.Contains(body, `"unconfirmed":true`) || !strings.Contains(body, "502") || m.Text.Key != "ladder.unconfirmed" {
					t.Errorf("what rings is told %s, %+v", body, m.Text)
				}
			case m.Chat.ID != "":
				t.Errorf("the group %s hears of it", m.Chat.ID)
			case m.Ladder != "" && m.Text.Lines[0].Key != "danger.manager_again":
				t.Errorf("a repetition is not marked as one: %+v", m.Text)
			}
		}
	}
	want := []string{"3m0s [cm]", "6m0s [pm]", "9m0s [webhook]", "12m0s [dm]", "15m0s [cm]"}
	if !slices.Equal(table, want) {
		t.Errorf("%s\nwant\n%s", strings.Join(table, "\n"), strings.Join(want, "\n"))
	}
}

// TestUnconfirmedEnds: whoever looks into it ends the call and is told of what is
// said from then on; a tap of the sender ends it without a word to those who are
// called to the emergency itself; a false alarm is said to those who were called.
func TestUnconfirmedEnds(t *testing.T) {
	w, a, l, _ := unconfirmed(t, "fire")
	if _, err := Respond(w, l, Actor{Person: w.people["wang"]}); err == nil {
		t.Error("a technician may say that they look into it")
	}
	w.climb(t, l.ID)
	w.said = nil
	out, err := Respond(w, l, Actor{Person: w.people["cm"]})
	if err != nil {
		t.Fatal(err)
	}
	w.apply(out)
	if got := w.heard("res"); !slices.Contains(got, "ladder.checking_reporter") {
		t.Errorf("the sender heard %q", got)
	}
	if got := w.heard("dm"); !slices.Contains(got, "ladder.checking") {
		t.Errorf("the duty manager heard %q", got)
	}
	if got := calls(w.climb(t, l.ID)); len(got) > 0 {
		t.Errorf("%q are called although somebody looks into it", got)
	}
	if out = MoreSaid(w, a, "有人在里面", nil); len(out.Messages) != 1 || out.Messages[0].Person != "cm" {
		t.Errorf("what is said later goes to %+v", out.Messages)
	}
	if _, err = Respond(w, w.emergency.ladders[l.ID], Actor{Person: w.people["pm"]}); err == nil {
		t.Error("a second one looks into it")
	}

	w, a, l, _ = unconfirmed(t, "gas")
	w.said = nil
	out, ticket := SendHelp(w, a)
	w.apply(out)
	l, _ = w.Ladder(l.ID)
	sent, _ := w.LadderOf(ticket.ID)
	if l.Running() || l.End != LadderOver || !sent.Running() {
		t.Errorf("after the tap: %+v, %+v", l, sent)
	}
	if got := w.heard("dm"); slices.Contains(got, "ladder.checking") || slices.Contains(got, "danger.manager_false") {
		t.Errorf("the duty manager heard %q", got)
	}

	w, a, l, _ = unconfirmed(t, "flood")
	w.said = nil
	w.apply(NoDanger(w, a, w.people["res"]))
	if l, _ = w.Ladder(l.ID); l.Running() || l.End != LadderFalse {
		t.Errorf("after the false alarm: %+v", l)
	}
	if got := w.heard("dm"); !slices.Equal(got, []string{"danger.manager_false"}) {
		t.Errorf("the duty manager heard %q", got)
	}
	if got := w.heard("res"); len(got) > 0 {
		t.Errorf("the sender, who said so, heard %q", got)
	}
	w, a, _, _ = unconfirmed(t, "flood")
	w.said = nil
	w.apply(NoDanger(w, a, w.people["dm"]))
	if got := w.heard("res"); !slices.Equal(got, []string{"danger.closed_reporter"}) {
		t.Errorf("after the manager's false alarm the sender heard %q", got)
	}
}

// TestUnconfirmedBecomesRisk: once it is known that it is a person at risk, nobody of
// the managers is called any more who is not of that ladder.
func TestUnconfirmedBecomesRisk(t *testing.T) {
	w, a, l, _ := unconfirmed(t, AlarmOther)
	out, a := AtRisk(w, a)
	w.apply(out)
	if l, _ = w.Ladder(l.ID); l.Running() {
		t.Error("it is still called for")
	}
	if running := w.LaddersRunning(); len(running) != 1 || running[0].Kind != AlarmRisk || a.State != AlarmTold {
		t.Errorf("running: %+v", running)
	}
	if _, err := StartDrill(w, "fire", w.people["cm"]); err != nil {
		t.Errorf("a drill betrays a person at risk: %v", err)
	}
	w, _, _, _ = unconfirmed(t, "fire")
	if _, err := StartDrill(w, "fire", w.people["cm"]); err == nil {
		t.Error("a drill begins while an alarm is called for")
	}
}
