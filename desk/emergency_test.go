package desk

import (
	"slices"
	"testing"
)

// TestFalseAlarm: whoever says that it was none, by a button or by calling it off:
// the alarm is counted as false, those who were called hear it once, and the reporter
// hears it from others only.
func TestFalseAlarm(t *testing.T) {
	for _, c := range []struct {
		who  string
		what Action
	}{{"res", FalseAlarm}, {"res", Cancel}, {"dm", FalseAlarm}, {"op", Cancel}} {
		w := newTown(t)
		ticket, _ := burning(t, w, "fire", "3-502")
		w.said = nil
		out, err := Act(w, ticket, c.what, Actor{Person: w.people[c.who]}, Args{})
		if err != nil {
			t.Fatalf("%s %s: %v", c.who, c.what, err)
		}
		w.apply(out)
		alarms := w.AlarmsBetween(w.now.Add(-alarmFor), w.now.Add(1))
		if len(alarms) != 1 || alarms[0].State != AlarmFalse {
			t.Errorf("%s %s: the alarm is %+v", c.who, c.what, alarms)
		}
		told := 0
		for _, key := range w.heard("dm") {
			if key == "ladder.false" {
				told++
			}
		}
		if told != 1 && c.who != "dm" || told > 0 && c.who == "dm" {
			t.Errorf("%s %s: the duty manager heard it %d times", c.who, c.what, told)
		}
		if got := slices.Contains(w.heard("res"), "danger.closed_reporter"); got != (c.who != "res") {
			t.Errorf("%s %s: the reporter heard %q", c.who, c.what, w.heard("res"))
		}
	}
}

// TestEmergencyIsNoRepair: an emergency waits for nothing and is handed to nobody
// else.
func TestEmergencyIsNoRepair(t *testing.T) {
	w := newTown(t)
	ticket, _ := burning(t, w, "fire", "3-502")
	for _, state := range []State{StateNew, StateTaken, StateArrived} {
		ticket.State, ticket.Taker = state, "dm"
		for _, a := range []Action{NotOurs, PauseWork, NoAccess, Reschedule, MakeUrge} {
			for id, p := range w.people {
				if MayAct(ticket, a, p) {
					t.Errorf("%s: %s may %s", state, id, a)
				}
			}
		}
	}
}
