package desk

import (
	"testing"
	"time"
)

// TestFiguresOfWorkCountWishes: what the desk does by itself, bookings and complaints
// are no repairs, in the digest, the week, the night, the handover and the visits.
func TestFiguresOfWorkCountWishes(t *testing.T) {
	w := newTown(t)
	from := w.now
	repair := w.open(Draft{Kind: KindRepair, Category: "heat", Place: "3-502", Requester: "res"})
	add := func(id string, change func(*Ticket)) {
		one := Ticket{
			ID: id, Number: id, Place: "3-501", Urgency: Urgent, State: StateNew, Since: w.now, Created: w.now, SaidAt: w.now, Seq: 1,
			From: w.now.Add(time.Hour), To: w.now.Add(2 * time.Hour), Clocks: Clocks{Done: w.now.Add(time.Minute)},
		}
		change(&one)
		w.tickets[id] = one
	}
	add("booking", func(t *Ticket) { t.Kind, t.Checkout = KindCheckout, &Checkout{} })
	add("care", func(t *Ticket) { t.Kind, t.Upkeep = KindUpkeep, &Upkeep{} })
	w.now = w.now.Add(time.Hour)
	c := Digest(lists{w}, from, w.now)
	if c.New != 1 || c.Open != 1 || c.Overdue != 0 || c.Night != 0 {
		t.Errorf("new %d, open %d, overdue %d, at night %d, want the repair alone", c.New, c.Open, c.Overdue, c.Night)
	}
	if n := countNight(lists{w}, func(Ticket) bool { return true }, from, w.now, true); n.Filed != 1 {
		t.Errorf("%d were filed in the night, want the repair alone", n.Filed)
	}
	if a := AnalysePeriod(lists{w}, Person{ID: "cm", Roles: []Role{{Name: RoleCentreManager}}}, from, w.now); len(a.Tickets) != 1 || a.Tickets[0].Ticket.ID != repair {
		t.Errorf("the week has %d tickets, want the repair alone", len(a.Tickets))
	}
	for _, one := range visitsToday(lists{w}) {
		if one.ID != repair {
			t.Errorf("%s is a visit that the caretaker is told of", one.ID)
		}
	}
}
