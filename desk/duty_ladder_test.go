package desk

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// How somebody on the ladder may be.
const (
	isThere       = "there"        // on duty, and said so
	isAsleep      = "not on"       // on duty, and did not say so in time
	isOnLeave     = "on leave"     // the roster has them, and so has the leave
	isBlocked     = "blocked"      // the bot
	isSuspended   = "suspended"    // has left
	isWithout     = "no address"   // an account that is gone
	isNotRostered = "not rostered" // holds the role, and is at home
	isNobody      = "nobody"       // there is no such person
)

var allStates = []string{isThere, isAsleep, isOnLeave, isBlocked, isSuspended, isWithout, isNotRostered, isNobody}

// ladderTown is a town with one person on each level of the ladder, in a state.
func ladderTown(t *testing.T, duty, centre, property, admin string) *town {
	t.Helper()
	w := newTown(t)
	w.site.Duty = DutyRule{Within: 15 * time.Minute, Ask: []string{"duty_manager"}}
	shift := &w.site.Roster.Shifts[0]
	delete(w.people, "nm")
	day := ShiftDay{Shift: *shift, Date: DateOf(w.now, w.site.Zone)}
	set := func(id, role, state string) {
		p := w.people[id]
		switch state {
		case isThere:
			w.duty.presences = append(w.duty.presences, Presence{Shift: day.Key(), Person: id, Until: w.now.Add(-time.Hour), On: w.now.Add(-time.Hour)})
		case isAsleep:
			w.duty.presences = append(w.duty.presences, Presence{Shift: day.Key(), Person: id, Until: w.now.Add(-time.Minute)})
		case isOnLeave:
			w.duty.changes = append(w.duty.changes, RosterChange{ID: "leave-" + id, Kind: ChangeLeave, Who: id, Dates: DateRange{From: day.Date}})
		case isBlocked:
			p.Unreachable = "blocked"
		case isSuspended:
			p.Suspended = true
		case isWithout:
			p.Addresses = nil
		case isNotRostered:
			delete(shift.Staff, role)
			w.site.Roster.Shifts[1].Staff[role] = []string{"x:other"} // Another one comes at night.
		}
		w.people[id] = p
		if state == isNobody {
			delete(w.people, id)
		}
	}
	set("dm", "duty_manager", duty)
	set("cm", "centre_manager", centre)
	set("pm", "property_manager", property)
	set("root", "administrator", admin)
	return w
}

// TestSomebodyIsReached goes through every combination of who is there, on every
// level: somebody who can be reached is told, or the groups hear that nobody was.
func TestSomebodyIsReached(t *testing.T) {
	admins := []string{isThere, isBlocked, isSuspended, isWithout, isNobody}
	cases, loud := 0, 0
	for _, duty := range allStates {
		for _, centre := range allStates {
			for _, property := range allStates {
				for _, admin := range admins {
					for level := range 3 {
						cases++
						name := fmt.Sprintf("%s, %s, %s, %s, level %d", duty, centre, property, admin, level)
						if ladderCase(t, name, []string{duty, centre, property}, admin, level) {
							loud++
						}
					}
				}
			}
		}
	}
	if want := 8 * 8 * 8 * 5 * 3; cases != want || loud == 0 || loud > cases/10 {
		t.Errorf("%d cases of %d, %d of them loud", cases, want, loud)
	}
}

// ladderCase checks one combination against rules of its own, and tells whether
// the desk was loud.
func ladderCase(t *testing.T, name string, states []string, admin string, level int) (loud bool) {
	t.Helper()
	ids := []string{"dm", "cm", "pm"}
	w := ladderTown(t, states[0], states[1], states[2], admin)
	out := ToLevel(w, level, Message{Text: T("take.manager"), Class: ClassReminder, Key: "k"})
	var told []string
	groups, keys := 0, map[string]bool{}
	for _, m := range out.Messages {
		if keys[m.Key] {
			t.Errorf("%s: two messages with the key %q, of which one is lost", name, m.Key)
		}
		keys[m.Key] = true
		if m.Person == "" {
			groups++
			continue
		}
		told = append(told, m.Person)
		if p := w.people[m.Person]; p.Suspended || p.Unreachable != "" || len(p.Addresses) == 0 {
			t.Errorf("%s: %s was told and cannot be", name, m.Person)
		}
	}
	// Who should be: of those who are there the first from the level on, then
	// downwards; then all who sleep; then all who are somewhere; then the
	// administrator.
	order := append(slices.Clone(ids[level:]), reversedStrings(ids[:level])...)
	with := func(wanted ...string) []string {
		var list []string
		for _, id := range order {
			if slices.Contains(wanted, states[slices.Index(ids, id)]) {
				list = append(list, id)
			}
		}
		return list
	}
	want := with(isThere)
	if len(want) > 0 {
		want = want[:1]
	} else if want = with(isAsleep); len(want) == 0 {
		want = with(isOnLeave, isNotRostered)
	}
	if len(want) == 0 && admin == isThere {
		want = []string{"root"}
	}
	if !slices.Equal(told, want) {
		t.Errorf("%s: told %q, want %q", name, told, want)
	}
	if loud = len(want) == 0; loud != (groups == 3) || loud != (len(out.Notes) == 1 && out.Notes[0].Kind == "nobody") {
		t.Errorf("%s: told %q, %d groups and %d notes", name, told, groups, len(out.Notes))
	}
	return loud
}

func reversedStrings(list []string) []string {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}

// TestDepartmentIsReached is the same for those who do the work: whoever can be
// reached is turned to, those who are there before all others.
func TestDepartmentIsReached(t *testing.T) {
	for _, first := range allStates {
		for _, second := range allStates {
			name := first + ", " + second
			w := newTown(t)
			w.site.Duty = DutyRule{Within: 15 * time.Minute, Ask: []string{"engineering"}}
			shift := &w.site.Roster.Shifts[0]
			shift.Staff["engineering"] = []string{"x:ghost"} // Who never wrote to the desk.
			day := ShiftDay{Shift: *shift, Date: DateOf(w.now, w.site.Zone)}
			for id, state := range map[string]string{"wang": first, "zhao": second} {
				p := w.people[id]
				switch state {
				case isThere:
					w.duty.presences = append(w.duty.presences, Presence{Shift: day.Key(), Person: id, Until: w.now, On: w.now})
				case isAsleep:
					w.duty.presences = append(w.duty.presences, Presence{Shift: day.Key(), Person: id, Until: w.now})
				case isOnLeave:
					w.duty.changes = append(w.duty.changes, RosterChange{ID: id, Kind: ChangeSick, Who: id, Dates: DateRange{From: day.Date}})
				case isBlocked:
					p.Unreachable = "blocked"
				case isSuspended:
					p.Suspended = true
				case isWithout:
					p.Addresses = nil
				}
				if state != isNotRostered {
					shift.Staff["engineering"] = append(shift.Staff["engineering"], "x:"+id)
				}
				if w.people[id] = p; state == isNobody {
					delete(w.people, id)
				}
			}
			var want []string
			for _, states := range [][]string{{isThere}, {isAsleep}, {isNotRostered}, {isOnLeave}} {
				if len(want) > 0 {
					break
				}
				for i, id := range []string{"wang", "zhao"} {
					if slices.Contains(states, []string{first, second}[i]) {
						want = append(want, id)
					}
				}
			}
			var got []string
			for _, p := range OnDuty(w, "engineering") {
				got = append(got, p.ID)
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
		}
	}
}

// TestLadderFollowsThePresses is the ladder over a morning: who does not say that
// they are there is passed over from then on, until they do.
func TestLadderFollowsThePresses(t *testing.T) {
	w := newTown(t)
	w.site.Duty = DutyRule{Within: 15 * time.Minute, Ask: []string{"operator", "duty_manager"}}
	w.clock("07:59")
	w.run(t, jobShifts)
	w.clock("08:00")
	w.run(t, jobShifts)
	if got := w.heard("dm"); !slices.Equal(got, []string{"shift.begin"}) {
		t.Fatalf("the duty manager heard %q", got)
	}
	first := func() string { return Managers(w, 0)[0].ID }
	w.clock("08:14")
	if first() != "dm" {
		t.Errorf("%s before the time was over", first())
	}
	w.say(t, "op")
	w.clock("08:15")
	w.runJob(t, jobShiftLate, "day.20261124")
	if first() != "cm" || Operators(w)[0].ID != "op" {
		t.Errorf("%s and %s when the duty manager did not press", first(), Operators(w)[0].ID)
	}
	if got := w.heard("cm"); !slices.Equal(got, []string{"shift.missing_head"}) {
		t.Errorf("the centre manager heard %q", got)
	}
	if got := w.heard("op"); len(got) != 1 {
		t.Errorf("the operator heard %q", got)
	}
	w.clock("08:40")
	w.say(t, "dm")
	if first() != "dm" {
		t.Errorf("%s after the press", first())
	}
}

// say is the press of somebody who is there.
func (w *town) say(t *testing.T, person string) {
	t.Helper()
	out, _, err := SayOn(w, w.people[person], "day.20261124")
	if err != nil {
		t.Fatal(err)
	}
	w.apply(out)
}

// run runs a job that is due.
func (w *town) run(t *testing.T, kind JobKind) { t.Helper(); w.runJob(t, kind, "") }

func (w *town) runJob(t *testing.T, kind JobKind, subject string) {
	t.Helper()
	out, err := kind.Run(lists{w}, Job{Kind: kind.Name, Subject: subject, Due: w.now})
	if err != nil {
		t.Fatal(err)
	}
	w.apply(out)
}

// lists is a town as a Reader, as far as these rules read.
type lists struct{ *town }

func (r lists) Open(string) []Ticket {
	return r.some(1000, func(t Ticket) bool { return t.State.Open() })
}

func (r lists) Between(from, to time.Time) []Ticket {
	return r.some(1000, func(t Ticket) bool { return !t.Created.Before(from) && t.Created.Before(to) })
}

func (r lists) EventsBetween(from, to time.Time) []Event {
	return slices.DeleteFunc(slices.Clone(r.events), func(e Event) bool { return e.At.Before(from) || !e.At.Before(to) })
}
func (r lists) CallTasks() []CallTask                { return nil }
func (r lists) History(string) []Event               { return nil }
func (r lists) Counted(time.Time) (Counts, bool)     { return Counts{}, false }
func (r lists) Find(Search, int, int) Hits           { return Hits{} }
func (r lists) PeopleNamed(string, int) []Person     { return nil }
func (r lists) PeopleByPhone(string, int) []Person   { return nil }
func (r lists) Undelivered(time.Time, time.Time) int { return 0 }

// TestNobodyIsReachedInTime: the take timer of an emergency says it loudly, in
// the group of the department too.
func TestTheTakeTimerIsLoud(t *testing.T) {
	w := ladderTown(t, isBlocked, isSuspended, isWithout, isNobody)
	id := w.open(Draft{Kind: KindRepair, Category: "leak", Words: "爆管了"})
	w.now = w.now.Add(16 * time.Minute)
	out, err := timerTake.Fire(w, w.tickets[id])
	if err != nil {
		t.Fatal(err)
	}
	loud := 0
	for _, m := range out.Messages {
		if m.Chat.ID != "" && strings.HasPrefix(m.Text.Key, "nobody.") && m.Lane == LaneEmergency {
			loud++
		}
	}
	if loud != 3 || len(out.Notes) != 1 {
		t.Errorf("%d groups were told, %d notes", loud, len(out.Notes))
	}
}
