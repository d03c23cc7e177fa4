package desk

import (
	"slices"
	"testing"
	"time"
)

// remindedVisits is a room that is left, with reminders of what is unfinished.
func remindedVisits(t *testing.T) *visits {
	t.Helper()
	v := newVisits(t)
	v.site.Inspection.RemindInspector, v.site.Inspection.RemindResident = 2*time.Hour, 4*time.Hour
	v.site.Callback.From, v.site.Callback.To = 9*60, 21*60+30
	delete(v.tickets, "tB")
	delete(v.tickets, "tC")
	return v
}

// An inspection that was begun and not finished: the inspector two hours after the last
// entry, a manager the next working morning, and nobody else or again.
func TestInspectionIsNotFinished(t *testing.T) {
	v := remindedVisits(t)
	v.by("lou", "tA", StartInspection) // Tuesday 10:20.
	v.until(v.wakeUp("2026-11-24", "12:00"))
	v.by("lou", "tA", MarkItem, "item", "chair", "state", "ok")
	v.hears(t, "2026-11-24", "13:59", "lou")
	v.hears(t, "2026-11-24", "14:00", "lou", "inspect.open")
	v.hears(t, "2026-11-25", "08:59", "dm")
	v.hears(t, "2026-11-25", "09:00", "dm", "inspect.open_manager")
	v.hears(t, "2026-11-30", "12:00", "lou")
	v.hears(t, "2026-11-30", "12:00", "dm")
	v.finish("tA")
	if w := remindedVisits(t); true {
		w.by("lou", "tA", StartInspection)
		w.finish("tA")
		w.heard("lou")
		w.hears(t, "2026-11-25", "12:00", "lou") // Finished in time, nobody is reminded.
	}
}

// In the evening it waits for the morning; the managers' working morning passes over a
// weekend and a holiday.
func TestInspectionIsNotFinishedInTheEvening(t *testing.T) {
	v := remindedVisits(t)
	v.site.Calendar.Holidays = []DateRange{{From: day("2026-11-30")}}
	v.now = v.wakeUp("2026-11-27", "20:30") // Friday.
	v.by("lou", "tA", StartInspection)
	v.hears(t, "2026-11-28", "07:59", "lou")
	v.hears(t, "2026-11-28", "08:00", "lou", "inspect.open")
	v.hears(t, "2026-12-01", "08:59", "dm")
	v.hears(t, "2026-12-01", "09:00", "dm", "inspect.open_manager")
}

// A resident who has not signed: reminded once, a manager hears of it the next working
// morning, and when the time is over it is decided as before.
func TestResidentHasNotSigned(t *testing.T) {
	v := remindedVisits(t)
	v.by("lou", "tA", StartInspection)
	v.by("lou", "tA", MarkItem, "item", "key", "state", "missing", "price", "lock")
	v.finish("tA")
	v.heard("res")
	v.heard("dm")
	v.hears(t, "2026-11-24", "14:19", "res")
	v.hears(t, "2026-11-24", "14:20", "res", "inspect.unsigned")
	v.hears(t, "2026-11-25", "08:59", "dm")
	v.hears(t, "2026-11-25", "09:00", "dm", "inspect.unsigned_manager")
	v.hears(t, "2026-11-27", "10:19", "dm")
	v.hears(t, "2026-11-27", "10:20", "dm", "inspect.photos", "inspect.silent")
	v.hears(t, "2026-11-27", "10:21", "res")
}

// Signed in time, nobody hears anything; at night nobody does at all.
func TestResidentSigns(t *testing.T) {
	v := remindedVisits(t)
	v.now = v.wakeUp("2026-11-24", "19:00")
	v.by("lou", "tA", StartInspection)
	v.finish("tA")
	v.heard("res")
	v.hears(t, "2026-11-25", "07:59", "res")
	v.hears(t, "2026-11-25", "08:00", "res", "inspect.unsigned")
	v.by("res", "tA", SignResident)
	v.heard("res")
	v.heard("dm")
	v.hears(t, "2026-11-30", "12:00", "dm")
}

// After a dropped key silence means yes: no manager is sent after it.
func TestExpressIsNotSigned(t *testing.T) {
	v := remindedVisits(t)
	x := v.tickets["tA"]
	x.Checkout.Express = true
	v.tickets["tA"] = x
	v.by("lou", "tA", StartInspection)
	v.finish("tA")
	v.heard("res")
	v.hears(t, "2026-11-24", "14:20", "res", "inspect.unsigned")
	v.hears(t, "2026-11-26", "10:19", "dm")
	v.until(v.wakeUp("2026-11-26", "10:21"))
	if v.tickets["tA"].State != StateClosed {
		t.Errorf("it is %s", v.tickets["tA"].State)
	}
}

// Fees that nobody confirms are not forgotten: each working morning the next level,
// three times.
func TestFeesAreNotConfirmed(t *testing.T) {
	v := remindedVisits(t)
	v.by("lou", "tA", StartInspection)
	v.by("lou", "tA", MarkItem, "item", "key", "state", "missing", "price", "lock")
	v.finish("tA")
	v.by("res", "tA", SignResident)
	for _, person := range []string{"dm", "cm", "pm"} {
		v.heard(person)
	}
	v.hears(t, "2026-11-25", "08:59", "dm")
	v.hears(t, "2026-11-25", "09:00", "dm", "inspect.fees_noid")
	v.hears(t, "2026-11-26", "09:00", "cm", "inspect.fees_noid")
	v.hears(t, "2026-11-27", "09:00", "pm", "inspect.fees_noid")
	v.until(v.wakeUp("2026-12-07", "12:00"))
	if said := slices.Concat(v.heard("dm"), v.heard("cm"), v.heard("pm")); len(said) > 0 {
		t.Errorf("again: %v", said)
	}
	v.by("dm", "tA", ConfirmFees)
}
