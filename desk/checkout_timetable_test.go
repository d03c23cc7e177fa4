package desk

import (
	"slices"
	"testing"
	"time"
)

// wakeUp is an instant of a timetable, on the town's clocks.
func (w *town) wakeUp(day, clock string) time.Time {
	d, err := ParseDate(day)
	if err != nil {
		panic(err)
	}
	c, err := ParseClockTime(clock)
	if err != nil {
		panic(err)
	}
	return c.On(d, w.site.Zone)
}

// hears lets the time pass until then, and says what somebody heard since.
func (w *town) hears(t *testing.T, day, clock, person string, want ...string) {
	t.Helper()
	w.until(w.wakeUp(day, clock).Add(1))
	if got := w.heard(person); !slices.Equal(got, want) {
		t.Errorf("%s %s: %s heard %v, want %v", day, clock, person, got, want)
	}
}

func day(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// TestCheckoutReminders follows a booking from the day before to the door: each
// reminder once, and none to somebody who has just booked.
func TestCheckoutReminders(t *testing.T) {
	w := leavers(t, 3, 2)
	id, _ := w.book(CheckoutDraft{Day: day("2026-11-27"), At: 9 * 60}, "s00")
	w.hears(t, "2026-11-26", "08:59", "s00")
	w.hears(t, "2026-11-26", "09:00", "s00", "checkout.remind_day")
	w.hears(t, "2026-11-27", "07:59", "s00")
	w.hears(t, "2026-11-27", "08:00", "s00", "checkout.remind_hour")
	w.hears(t, "2026-11-27", "10:29", "lou")
	w.hears(t, "2026-11-27", "10:30", "lou", "checkout.past")
	w.hears(t, "2026-11-28", "20:00", "lou")
	if got := w.tickets[id].Checkout.Reminded; got != (CheckoutReminded{Day: true, Hour: true, Past: true}) {
		t.Errorf("the ticket says %+v", got)
	}
	w.hears(t, "2026-11-29", "12:00", "s00")

	w.now = w.wakeUp("2026-11-29", "12:00")
	w.book(CheckoutDraft{Day: day("2026-11-30"), At: 10 * 60}, "s02")
	w.hears(t, "2026-11-30", "08:59", "s02") // Booked less than a day before: that was reminder enough.
	w.hears(t, "2026-11-30", "09:00", "s02", "checkout.remind_hour")
}

// TestCheckoutRemindersMoved sends the reminders of the new hour, and none of the
// old.
func TestCheckoutRemindersMoved(t *testing.T) {
	w := leavers(t, 3, 2)
	id, _ := w.book(CheckoutDraft{Day: day("2026-11-27"), At: 9 * 60}, "s00")
	w.hears(t, "2026-11-26", "09:00", "s00", "checkout.remind_day")
	if refused := w.does(id, "s00", MoveSlot, "day", "2026-11-30", "slot", "10:00"); refused != "" {
		t.Fatal(refused)
	}
	w.hears(t, "2026-11-29", "09:59", "s00")
	w.hears(t, "2026-11-29", "10:00", "s00", "checkout.remind_day")
	w.does(id, "s00", Cancel)
	w.hears(t, "2026-12-01", "10:00", "s00")
}

// TestCheckoutRemindersInTheNight does not wake anybody: what would come at night
// comes in the morning, or not at all where the day before has to do.
func TestCheckoutRemindersInTheNight(t *testing.T) {
	w := leavers(t, 3, 2)
	w.site.Checkout.Usual.Hours = Hours{{From: 7 * 60, To: 9 * 60}}
	w.book(CheckoutDraft{Day: day("2026-11-27"), At: 7 * 60}, "s00")
	w.hears(t, "2026-11-26", "07:59", "s00")
	w.hears(t, "2026-11-26", "08:00", "s00", "checkout.remind_day")
	w.hears(t, "2026-11-27", "07:00", "s00")
}

// TestCheckoutClocksChange keeps the time of day where the clocks are changed in
// between: in Berlin they went back on 25 October 2026.
func TestCheckoutClocksChange(t *testing.T) {
	w := leavers(t, 3, 2)
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	w.site.Zone, w.site.Calendar.Zone = zone, zone
	w.now = w.wakeUp("2026-10-20", "12:00")
	id, refused := w.book(CheckoutDraft{Day: day("2026-10-25"), At: 9 * 60}, "s00")
	if refused != "" {
		t.Fatal(refused)
	}
	w.hears(t, "2026-10-24", "08:59", "s00")
	w.hears(t, "2026-10-24", "09:00", "s00", "checkout.remind_day") // 25 hours before.
	w.hears(t, "2026-10-25", "07:59", "s00")
	w.hears(t, "2026-10-25", "08:00", "s00", "checkout.remind_hour")
	if got := w.tickets[id].To.Sub(w.tickets[id].From); got != time.Hour {
		t.Errorf("the visit lasts %s", got)
	}
}

// TestCheckoutAfterADowntime says only what still makes sense.
func TestCheckoutAfterADowntime(t *testing.T) {
	w := leavers(t, 3, 2)
	id, _ := w.book(CheckoutDraft{Day: day("2026-11-27"), At: 9 * 60}, "s00")
	w.now = w.wakeUp("2026-11-27", "08:30")
	w.fire("checkout_day/" + id)
	if got := w.heard("s00"); len(got) > 0 {
		t.Errorf("half an hour before: %v, which is the other reminder's", got)
	}
	w.now = w.wakeUp("2026-11-27", "09:10")
	w.fire("checkout_hour/" + id)
	if got := w.heard("s00"); len(got) > 0 {
		t.Errorf("after the hour: %v", got)
	}
}

// TestCheckoutWaiting offers a free place in the order of the list, for half an
// hour each, and never at night.
func TestCheckoutWaiting(t *testing.T) {
	w := leavers(t, 4, 1)
	w.site.Checkout.Usual.Rooms, w.site.Checkout.Usual.Hours = 1, Hours{{From: 9 * 60, To: 10 * 60}}
	has, _ := w.book(CheckoutDraft{Day: day("2026-11-28"), At: 9 * 60}, "s00")
	first, _ := w.book(CheckoutDraft{Day: day("2026-11-28"), Wait: true}, "s01")
	w.now = w.now.Add(time.Minute)
	second, _ := w.book(CheckoutDraft{Day: day("2026-11-28"), Wait: true}, "s02")
	w.until(w.wakeUp("2026-11-24", "23:00"))
	w.does(has, "s00", Cancel)
	if got := append(w.heard("s01"), w.heard("s02")...); len(got) > 0 {
		t.Errorf("at night: %v", got)
	}
	if _, refused := w.book(CheckoutDraft{Day: day("2026-11-28"), At: 9 * 60}, "s03"); refused != "checkout.taken" {
		t.Errorf("who comes at night has the place of who waits: %q", refused)
	}
	w.hears(t, "2026-11-25", "08:00", "s01", "checkout.offer")
	w.hears(t, "2026-11-25", "08:29", "s02")
	w.hears(t, "2026-11-25", "08:30", "s01", "checkout.missed")
	w.hears(t, "2026-11-25", "08:30", "s02", "checkout.offer")
	if refused := w.does(first, "s01", BookSlot); refused != "checkout.offer_gone" {
		t.Errorf("too late: %q", refused)
	}
	if refused := w.does(second, "s02", BookSlot); refused != "" {
		t.Error(refused)
	}
	row := w.SlotDay("3", day("2026-11-28"))
	if len(row.Places) != 1 || row.Places[0].Ticket != second || len(row.Waiting) != 1 || row.Waiting[0].Ticket != first {
		t.Errorf("the day: %+v", row)
	}
	w.hears(t, "2026-11-27", "21:01", "s01", "checkout.in_vain")
}

// TestCheckoutSilenceGoesToTheEnd puts who says nothing behind all who wait.
func TestCheckoutSilenceGoesToTheEnd(t *testing.T) {
	w := leavers(t, 4, 1)
	w.site.Checkout.Usual.Rooms = 1
	d := day("2026-11-28")
	a, _ := w.book(CheckoutDraft{Day: d, At: 9 * 60}, "s00")
	b, _ := w.book(CheckoutDraft{Day: d, At: 10 * 60}, "s01")
	first, _ := w.book(CheckoutDraft{Day: d, Wait: true}, "s02")
	w.does(a, "s00", Cancel)
	w.until(w.now.Add(31 * time.Minute)) // Nobody else waits; s02 has missed it.
	second, _ := w.book(CheckoutDraft{Day: d, Wait: true, Hours: []ClockTime{10 * 60}}, "s03")
	row := w.SlotDay("3", d)
	if len(row.Waiting) != 2 || row.Waiting[0].Missed != 1 {
		t.Fatalf("%+v", row)
	}
	w.does(b, "s01", Cancel)
	if got := w.tickets[first].Checkout.Offer; got != 10*60 {
		t.Errorf("s02 waits longer, and is offered %s", got)
	}
	w.until(w.now.Add(31 * time.Minute))
	if got := w.tickets[second].Checkout.Offer; got != 10*60 {
		t.Errorf("after s02 said nothing, s03 is offered %s", got)
	}
	if c := w.tickets[first].Checkout; c.Waiting || c.Lost.IsZero() {
		t.Errorf("twice silent is the end of it: %+v", c)
	}
}

// TestCheckoutNoShow offers one new visit; the second time a manager hears of it.
func TestCheckoutNoShow(t *testing.T) {
	w := leavers(t, 3, 2)
	id, _ := w.book(CheckoutDraft{Day: day("2026-11-27"), At: 9 * 60}, "s00")
	w.until(w.wakeUp("2026-11-27", "09:05"))
	w.heard("s00")
	for who, want := range map[string]string{"s00": "refuse.right", "wang": "refuse.right", "lou": "checkout.soon"} {
		if got := w.does(id, who, NoShow); got != want {
			t.Errorf("%s: %q, want %q", who, got, want)
		}
	}
	w.until(w.wakeUp("2026-11-27", "09:10"))
	if got := w.does(id, "lou", NoShow); got != "" {
		t.Fatal(got)
	}
	w.hears(t, "2026-11-27", "09:11", "s00", "checkout.no_show")
	w.hears(t, "2026-11-28", "09:10", "s00", "checkout.lost_again")
	if got := w.does(id, "s00", MoveSlot, "day", "2026-11-30", "slot", "10:00"); got != "" {
		t.Fatal(got)
	}
	w.until(w.wakeUp("2026-11-30", "10:20"))
	w.heard("dm")
	w.heard("s00")
	w.does(id, "lou", NoShow)
	w.hears(t, "2026-11-30", "10:21", "s00", "checkout.no_show_again")
	w.hears(t, "2026-11-30", "10:22", "dm", "checkout.no_show_manager")
	if got := w.does(id, "s00", MoveSlot, "day", "2026-12-02", "slot", "10:00"); got != "checkout.no_more" {
		t.Errorf("a third booking by the resident: %q", got)
	}
	if got := w.does(id, "op", MoveSlot, "day", "2026-12-02", "slot", "10:00"); got != "" {
		t.Errorf("a third booking by the desk: %q", got)
	}
}

// TestCheckoutRoomMates are one visit: they take one place between them.
func TestCheckoutRoomMates(t *testing.T) {
	w := leavers(t, 3, 2)
	w.site.Checkout.Usual.Rooms = 1
	d := day("2026-11-27")
	a, _ := w.book(CheckoutDraft{Day: d, At: 9 * 60}, "s00")
	if _, refused := w.book(CheckoutDraft{Day: d, At: 9 * 60}, "s02"); refused != "checkout.taken" {
		t.Errorf("another room: %q", refused)
	}
	b, refused := w.book(CheckoutDraft{Day: d, At: 9 * 60}, "s01")
	if refused != "" {
		t.Fatal("a room-mate:", refused)
	}
	w.does(a, "s00", Cancel)
	if _, refused := w.book(CheckoutDraft{Day: d, At: 9 * 60}, "s02"); refused != "checkout.taken" {
		t.Errorf("while one of the room still leaves then: %q", refused)
	}
	w.does(b, "s01", Cancel)
	if _, refused := w.book(CheckoutDraft{Day: d, At: 9 * 60}, "s02"); refused != "" {
		t.Errorf("when both have cancelled: %q", refused)
	}
}

// TestCheckoutLead refuses residents what the desk still can, and nobody the past.
func TestCheckoutLead(t *testing.T) {
	w := leavers(t, 3, 2)
	id, _ := w.book(CheckoutDraft{Day: day("2026-11-25"), At: 10 * 60}, "s00")
	w.until(w.wakeUp("2026-11-24", "22:00").Add(time.Second))
	for _, a := range []Action{Cancel, MoveSlot} {
		if got := w.does(id, "s00", a, "day", "2026-11-27", "slot", "09:00"); got != "checkout.late" {
			t.Errorf("%s: %q", a, got)
		}
	}
	if _, refused := w.book(CheckoutDraft{Day: day("2026-11-25"), At: 9 * 60}, "s02"); refused != "checkout.shut" {
		t.Errorf("a resident: %q", refused)
	}
	if _, refused := w.book(CheckoutDraft{Day: day("2026-11-25"), At: 9 * 60, FiledBy: "op"}, "s02"); refused != "" {
		t.Errorf("the desk: %q", refused)
	}
	if _, refused := w.book(CheckoutDraft{Day: day("2026-11-24"), At: 9 * 60, FiledBy: "op"}, "s03"); refused != "checkout.shut" {
		t.Errorf("the desk, an hour that has begun: %q", refused)
	}
	if _, refused := w.book(CheckoutDraft{Day: day("2026-12-25"), At: 9 * 60}, "s03"); refused != "checkout.day_far" {
		t.Errorf("too far ahead: %q", refused)
	}
	if got := w.does(id, "op", Cancel); got != "" {
		t.Errorf("the desk cancels: %q", got)
	}
}

// TestSlotPlan merges the usual, the configuration's exceptions and what was entered
// in chat; the last word counts.
func TestSlotPlan(t *testing.T) {
	w := leavers(t, 1, 1)
	s := w.site
	s.Checkout.EveryDay = false
	s.Calendar.Holidays = []DateRange{{From: day("2027-01-01"), To: day("2027-01-03")}}
	s.Calendar.Workdays = []DateRange{{From: day("2027-01-09")}}
	s.Checkout.Rules = []SlotRule{{Dates: DateRange{From: day("2026-12-31")}, Closed: true, Reason: "盘点"}}
	places := func(d string, entered ...SlotRule) (n int) {
		for _, h := range PlanSlots(s, "3", day(d), entered).Hours {
			n += h.Places
		}
		return n
	}
	more := SlotRule{Dates: DateRange{From: day("2026-12-28"), To: day("2027-01-10")}, Inspectors: 3}
	open := SlotRule{Dates: DateRange{From: day("2026-12-31"), To: day("2027-01-02")}, Hours: Hours{{From: 14 * 60, To: 15*60 + 30}}}
	ended := SlotRule{Dates: open.Dates, Closed: true, Ended: w.now}
	for _, c := range []struct {
		day     string
		entered []SlotRule
		want    int
	}{
		{"2026-12-30", nil, 4}, {"2026-12-31", nil, 0}, {"2027-01-01", nil, 0}, {"2027-01-02", nil, 0}, {"2027-01-04", nil, 4},
		{"2027-01-09", nil, 4}, {"2027-01-10", nil, 0}, {"2028-02-29", nil, 4},
		{"2026-12-30", []SlotRule{more}, 12}, {"2026-12-31", []SlotRule{more}, 0}, {"2026-12-31", []SlotRule{open}, 2},
		{"2027-01-02", []SlotRule{open}, 2}, {"2027-01-01", []SlotRule{open, more, ended}, 6},
		{"2027-01-04", []SlotRule{{Buildings: []string{"4"}, Dates: DateRange{From: day("2027-01-04")}, Closed: true}}, 4},
	} {
		if got := places(c.day, c.entered...); got != c.want {
			t.Errorf("%s with %v: %d places, want %d", c.day, c.entered, got, c.want)
		}
	}
}

// TestCheckoutBlackout tells who has booked, takes nothing from others, and gives
// the place back to nobody.
func TestCheckoutBlackout(t *testing.T) {
	w := leavers(t, 3, 2)
	id, _ := w.book(CheckoutDraft{Day: day("2026-11-27"), At: 9 * 60}, "s00")
	other, _ := w.book(CheckoutDraft{Day: day("2026-11-28"), At: 9 * 60}, "s02")
	e, rule, err := EnterSlots(w, SlotRule{Dates: DateRange{From: day("2026-11-27")}, Closed: true}, w.people["dm"])
	if err != nil {
		t.Fatal(err)
	}
	w.happen(e)
	w.hears(t, "2026-11-24", "10:21", "s00", "checkout.displaced")
	if c := w.tickets[id].Checkout; c.HasSlot() || c.Lost.IsZero() || !w.tickets[id].From.IsZero() {
		t.Errorf("%+v", c)
	}
	if !w.tickets[other].Checkout.HasSlot() {
		t.Error("a booking of another day is gone")
	}
	w.hears(t, "2026-11-25", "10:30", "s00", "checkout.lost_again")
	if e, _, err = EndSlots(w, rule, w.people["dm"]); err != nil {
		t.Fatal(err)
	}
	w.happen(e)
	if refused := w.does(id, "s00", MoveSlot, "day", "2026-11-27", "slot", "09:00"); refused != "" {
		t.Error(refused)
	}
	if _, _, err := EnterSlots(w, SlotRule{Dates: DateRange{From: day("2026-11-27")}, Closed: true}, w.people["op"]); err == nil {
		t.Error("an operator closed a day")
	}
}
