package desk

import (
	"testing"
	"time"
)

// TestCheckoutLateBooking reminds of a booking that was made late only by what is still
// ahead of it: of one within the day by the hour, of one within the hour by nothing, and
// so of one that was moved there.
func TestCheckoutLateBooking(t *testing.T) {
	w := leavers(t, 4, 2)
	w.site.Checkout.Usual.Hours = Hours{{From: 9 * 60, To: 18 * 60}}
	book := func(person, clock string, before time.Duration) string {
		t.Helper()
		at, _ := ParseClockTime(clock)
		w.now = at.On(day("2026-11-25"), w.site.Zone).Add(-before)
		id, refused := w.book(CheckoutDraft{Day: day("2026-11-25"), At: at, FiledBy: "op"}, person)
		if refused != "" {
			t.Fatal(refused)
		}
		return id
	}
	book("s00", "11:00", 23*time.Hour)
	w.hears(t, "2026-11-25", "09:59", "s00")
	w.hears(t, "2026-11-25", "10:00", "s00", "checkout.remind_hour")
	book("s02", "12:00", 61*time.Minute)
	w.hears(t, "2026-11-25", "10:59", "s02")
	w.hears(t, "2026-11-25", "11:00", "s02", "checkout.remind_hour")
	book("s04", "13:00", time.Hour)
	w.hears(t, "2026-11-25", "12:59", "s04")
	book("s06", "14:00", 10*time.Minute)
	w.hears(t, "2026-11-25", "13:59", "s06")
	moved := book("s05", "17:00", 2*time.Hour)
	w.now = w.wakeUp("2026-11-25", "15:20")
	if refused := w.does(moved, "op", MoveSlot, "day", "2026-11-25", "slot", "16:00"); refused != "" {
		t.Fatal(refused)
	}
	w.heard("s05")
	for _, person := range []string{"s04", "s05", "s06"} {
		w.hears(t, "2026-11-26", "12:00", person)
	}
}

// TestCheckoutOfferInTheEvening lets a place come free so late that half an hour to answer
// would reach into the night: nobody is asked before the morning, the clock of the offer
// begins then, and the place is not lost although its hour has been shut since ten.
func TestCheckoutOfferInTheEvening(t *testing.T) {
	for _, freed := range []string{"21:31", "21:59", "23:30"} {
		w := leavers(t, 5, 1)
		w.site.Checkout.Usual.Rooms, w.site.Checkout.Usual.Hours = 1, Hours{{From: 15 * 60, To: 16 * 60}}
		d := day("2026-11-25")
		has, _ := w.book(CheckoutDraft{Day: d, At: 15 * 60}, "s00")
		first, _ := w.book(CheckoutDraft{Day: d, Wait: true}, "s01")
		w.now = w.now.Add(time.Minute)
		second, _ := w.book(CheckoutDraft{Day: d, Wait: true}, "s02")
		w.now = w.now.Add(time.Minute)
		third, _ := w.book(CheckoutDraft{Day: d, Wait: true}, "s03")
		w.until(w.wakeUp("2026-11-24", freed))
		w.does(has, "s00", Cancel)
		for _, person := range []string{"s01", "s02", "s03"} {
			w.hears(t, "2026-11-25", "07:59", person)
		}
		if _, refused := w.book(CheckoutDraft{Day: d, At: 15 * 60, FiledBy: "op"}, "s04"); refused != "checkout.taken" {
			t.Errorf("freed at %s: the desk gives away what is kept for who waits: %q", freed, refused)
		}
		w.hears(t, "2026-11-25", "08:00", "s01", "checkout.offer")
		if c := w.tickets[first].Checkout; !c.OfferBy.Equal(w.wakeUp("2026-11-25", "08:30")) {
			t.Errorf("it is held until %s", c.OfferBy)
		}
		w.hears(t, "2026-11-25", "08:30", "s01", "checkout.missed_last")
		w.hears(t, "2026-11-25", "08:30", "s02", "checkout.offer")
		if refused := w.does(second, "s02", BookSlot); refused != "" {
			t.Errorf("freed at %s: %q", freed, refused)
		}
		w.hears(t, "2026-11-25", "08:32", "s01")
		w.hears(t, "2026-11-25", "08:32", "s03", "checkout.in_vain")
		if c := w.tickets[second].Checkout; !c.HasSlot() || w.tickets[third].Checkout.Waiting {
			t.Errorf("freed at %s: %+v", freed, c)
		}
		if _, refused := w.book(CheckoutDraft{Day: d, Wait: true}, "s04"); refused != "checkout.shut" {
			t.Errorf("in the morning somebody new can wait for it: %q", refused)
		}
	}
}

// TestCheckoutOfferBeforeTheNight is made as long as the whole hold is in the evening,
// and nobody is woken by its end.
func TestCheckoutOfferBeforeTheNight(t *testing.T) {
	w := leavers(t, 4, 1)
	w.site.Checkout.Usual.Rooms, w.site.Checkout.Usual.Hours = 1, Hours{{From: 15 * 60, To: 16 * 60}}
	d := day("2026-11-26")
	has, _ := w.book(CheckoutDraft{Day: d, At: 15 * 60}, "s00")
	w.book(CheckoutDraft{Day: d, Wait: true}, "s01")
	w.now = w.now.Add(time.Minute)
	w.book(CheckoutDraft{Day: d, Wait: true}, "s02")
	w.until(w.wakeUp("2026-11-24", "21:29"))
	w.does(has, "s00", Cancel)
	w.hears(t, "2026-11-24", "21:30", "s01", "checkout.offer")
	w.hears(t, "2026-11-24", "21:59", "s01", "checkout.missed")
	w.hears(t, "2026-11-25", "07:59", "s02")
	w.hears(t, "2026-11-25", "08:00", "s02", "checkout.offer")
}
