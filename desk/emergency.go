package desk

import (
	"slices"
	"time"
)

// emergencyTable is the table of emergencies: that of repairs, with who comes, and
// that nothing happened. It waits for no other department, no parts and no other day;
// who calls it off says that it was none.
var emergencyTable = append(
	slices.DeleteFunc(slices.Clone(table), func(r rule) bool {
		return slices.Contains([]Action{NotOurs, PauseWork, NoAccess, Reschedule, MakeUrge, Cancel}, r.action)
	}),
	rule{from: open, action: Coming, who: []capacity{asRule}, then: nil},
	rule{from: open, action: FalseAlarm, who: []capacity{asRequester, asTaker, asDesk}, to: StateCancelled, then: falseAlarm},
	rule{from: open, action: Cancel, who: []capacity{asRequester, asDesk}, to: StateCancelled, then: falseAlarm},
)

// alarmFor is for how long before its ticket an alarm may have been raised.
const alarmFor = 24 * time.Hour

// falseAlarm ends an emergency that was none: it is counted as such, and nobody is
// reproached. Those who were called are told by the end of the ladder.
func falseAlarm(x *turn) error {
	x.t.ClosedAt, x.t.ClosedBy = x.now(), "resident"
	if by := x.actor.Person; !by.Is(x.t.Requester) {
		x.t.ClosedBy = "desk"
		x.tellRequester(T("danger.closed_reporter", "name", by.Called()), ClassNotice)
	}
	x.out.Add(tellJoined(x.t, T("join.false_alarm", "number", x.t.Number, "category", categoryOf(x.w, x.t), "place", x.place())))
	if taker, ok := x.w.Person(x.t.Taker); ok {
		if l, called := x.w.LadderOf(x.t.ID); !called || !l.WasCalled(taker) {
			x.tellTaker(T("ladder.false", "number", x.t.Number, "name", x.actor.Person.Called()), ClassNotice)
		}
	}
	for _, a := range x.w.AlarmsBetween(x.t.Created.Add(-alarmFor), x.t.Created.Add(1)) {
		if a.Ticket == x.t.ID {
			a.State = AlarmFalse
			x.out.Alarms = append(x.out.Alarms, a)
		}
	}
	return nil
}
