package desk

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// bookReader reads a town's books whole.
type bookReader struct{ lists }

func (r bookReader) History(ticket string) []Event {
	return slices.DeleteFunc(slices.Clone(r.events), func(e Event) bool { return e.Ticket != ticket })
}

// checkoutsNow is how the checkouts of a town stand now, read off the tickets themselves.
func checkoutsNow(w *town) map[CountedList]int {
	n := map[CountedList]int{}
	for _, t := range w.tickets {
		c := t.Checkout
		switch i := c.Inspection; {
		case t.State == StateNew && c.Waiting:
			n[ListWaiting]++
		case t.State == StateArrived, t.State == StateDone && i.Object == nil && i.Agreed.IsZero() && !i.Lapsed:
			n[ListUnsigned]++
		case t.State == StateDone && i.Object.Open():
			n[ListObjection]++
		}
		if c.Day == DateOf(w.now, w.site.Zone) && (c.HasSlot() || c.Express) && t.State != StateCancelled && t.State != StateNoAccess {
			n[ListLeaving]++
		}
	}
	return n
}

// TestCountOfCheckouts lets people leave for days, in every way; what the digest counts
// at eight is what stands on the tickets just then, and what is counted of that morning
// days later is the same.
func TestCountOfCheckouts(t *testing.T) {
	saw := map[CountedList]bool{}
	for seed := range uint64(6) {
		w := leavers(t, 7, 2)
		w.site.Inspection = InspectionRule{AnswerIn: Term{Days: 1}, ObjectIn: Term{Days: 1}, Valid: Term{Days: 90}, Inventories: []Inventory{{Items: []Item{{ID: "key", Kind: ItemKey, Bed: true, Label: Label{"zh": "钥匙"}}}}}}
		w.site.Callback.From, w.site.Callback.To = 9*60, 21*60
		random := rand.New(rand.NewPCG(seed, 7)) //nolint:gosec // A seeded story.
		period := map[Date]map[CountedList]int{}
		first := DateOf(w.now, w.site.Zone)
		done := map[CountedList]map[string]bool{ListInspected: {}, ListNoShow: {}}
		acts := func(list CountedList, id string, refused string) {
			if refused == "" {
				done[list][id] = true
			}
		}
		for range 260 {
			before := w.now
			w.until(w.now.Add(time.Duration(1+random.IntN(50)) * time.Minute))
			if at := ClockTime(8*60).On(DateOf(w.now, w.site.Zone), w.site.Zone); before.Before(at) && !w.now.Before(at) {
				t.Fatal("the morning was passed over")
			}
			who := fmt.Sprintf("s%02d", random.IntN(14))
			d := DateOf(w.now, w.site.Zone).AddDays(random.IntN(3))
			at := fmt.Sprintf("%02d:00", 9+random.IntN(2))
			clock, _ := ParseClockTime(at)
			switch random.IntN(5) {
			case 0:
				w.book(CheckoutDraft{Day: d, At: clock, FiledBy: []string{"", "op"}[random.IntN(2)]}, who)
			case 1:
				w.book(CheckoutDraft{Day: d, Express: true}, who)
			case 2:
				w.book(CheckoutDraft{Day: d, Wait: true}, who)
			}
			for _, id := range slices.Sorted(maps.Keys(w.tickets)) {
				x := w.tickets[id]
				switch n := random.IntN(30); {
				case n == 0:
					w.does(id, x.Requester, Cancel)
				case n == 1:
					w.does(id, "op", MoveSlot, "day", d.String(), "slot", at)
				case n == 2:
					w.does(id, x.Requester, WaitFor, "day", d.String())
				case n == 3 && x.Checkout.Offer != 0:
					w.does(id, x.Requester, BookSlot)
				case n < 6:
					refused := w.does(id, "lou", NoShow)
					acts(ListNoShow, id, refused)
					if refused == "" && random.IntN(2) == 0 && w.does(id, "lou", Undo) == "" {
						delete(done[ListNoShow], id)
					}
				case n < 10 && x.State == StateNew && x.Checkout.Day == DateOf(w.now, w.site.Zone):
					w.does(id, "lou", StartInspection)
				case n < 12 && x.State == StateArrived:
					w.does(id, "lou", MarkItem, "item", "*")
					acts(ListInspected, id, w.does(id, "lou", FinishInspection))
				case n < 15:
					w.does(id, "lou", SignInspector)
				case x.Requester[2]%3 == 0 && n < 19: // Some never answer.
				case n < 18:
					w.does(id, x.Requester, SignResident)
				case n < 19:
					w.does(id, x.Requester, Object, "text", "不对")
				case n < 21:
					w.does(id, "dm", DecideObjection, "decision", DecideKeep, "text", "看过了")
				}
			}
			eight := ClockTime(8*60).On(DateOf(w.now, w.site.Zone), w.site.Zone)
			if !eight.After(w.now) {
				eight = ClockTime(8*60).On(DateOf(w.now, w.site.Zone).AddDays(1), w.site.Zone)
			}
			if w.now.Add(51 * time.Minute).Before(eight) {
				continue
			}
			w.until(eight.Add(-1))
			want := checkoutsNow(w)
			for list, ids := range done {
				want[list] = len(ids)
				clear(ids)
			}
			for _, x := range w.tickets {
				if x.State == StateClosed && !x.ClosedAt.Before(eight.AddDate(0, 0, -1)) {
					want[ListCertificate]++
				}
			}
			w.now = eight
			today := DateOf(eight, w.site.Zone)
			if period[today] = want; today.Compare(first) == 0 {
				continue
			}
			for date, want := range period {
				to := ClockTime(8*60).On(date, w.site.Zone)
				c := Digest(bookReader{lists{w}}, to.AddDate(0, 0, -1), to)
				for _, list := range checkoutLists {
					saw[list] = saw[list] || want[list] > 0
					if got := len(c.Lists[list]); got != want[list] {
						t.Errorf("seed %d, %s counted on %s: %d %s, want %d", seed, date, today, got, list, want[list])
					}
				}
			}
		}
	}
	for _, list := range checkoutLists {
		if !saw[list] {
			t.Errorf("there was never any %s", list)
		}
	}
}

// TestCountOfArrivals counts who moves in today, and of yesterday's who came.
func TestCountOfArrivals(t *testing.T) {
	w := leavers(t, 4, 2)
	today := DateOf(w.now, w.site.Zone)
	midnight := func(days int) time.Time { return ClockTime(0).On(today.AddDays(days), w.site.Zone) }
	eight := midnight(0).Add(8 * time.Hour)
	for id, s := range map[string]Stay{
		"came": {From: midnight(-1), State: StayIn, InAt: eight.Add(-time.Hour)}, "late": {From: midnight(-1), State: StayIn, InAt: eight.Add(time.Hour)},
		"not": {From: midnight(-1), State: StayExpected}, "off": {From: midnight(-1), State: StayOut},
		"moved": {From: midnight(-1), State: StayIn, InAt: eight, MovedFrom: "x"}, "today": {From: midnight(0), State: StayExpected},
		"tomorrow": {From: midnight(1), State: StayExpected},
	} {
		s.ID, s.Place = id, "3-501"
		w.house.stays[id] = s
	}
	c := Digest(bookReader{lists{w}}, eight.AddDate(0, 0, -1), eight)
	if c.Arriving == nil || *c.Arriving != (Arriving{Today: 1, Came: 1, Of: 3, Missing: 2}) {
		t.Errorf("%+v", c.Arriving)
	}
	if c.Quiet() {
		t.Error("it is quiet, and people move in")
	}
	if c := Digest(bookReader{lists{w}}, eight.AddDate(0, 0, -21), eight.AddDate(0, 0, -20)); c.Arriving != nil || !c.Quiet() {
		t.Errorf("of a day without anybody: %+v", c.Arriving)
	}
}
