package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// TestTortureEndOfTerm lets a building leave within a week: a manager starts it, everybody
// is asked, most book, some wait, some are not there, some never answer. What the
// progress says must be what the messages say that were put into the outbox.
// FRONTDESK_TORTURE makes it 500 people.
func TestTortureEndOfTerm(t *testing.T) {
	t.Parallel()
	rooms, beds := 12, 5
	if torture() {
		rooms, beds = 125, 4
	}
	o := newOffice(t)
	site := o.app.Site()
	site.Checkout.EveryDay, site.Checkout.Usual.Rooms = true, max(1, rooms/40)
	people := rooms * beds
	o.person("boss", desk.Role{Name: desk.RoleDutyManager})
	o.person("lou", desk.Role{Name: desk.RoleCaretaker})
	var stays []desk.Stay
	for i := range people {
		s := desk.Stay{ID: fmt.Sprintf("stay%03d", i), Person: fmt.Sprintf("p%03d", i), Name: fmt.Sprintf("N%03d", i), Kind: desk.ResidentStudent,
			Place: fmt.Sprintf("3-%d%02d", i/beds/12+1, i/beds%12+1), Bed: string(rune('A' + i%beds)), State: desk.StayIn, From: o.now.AddDate(0, -3, 0)}
		if i%20 == 19 {
			s.Person = "" // Nobody knows an account.
		} else {
			o.person(s.Person)
		}
		stays = append(stays, s)
	}
	o.apply(func(w *storage.World) (desk.Effects, error) {
		return desk.Effects{House: desk.HouseEntries{Stays: stays}}, nil
	})
	first := desk.DateOf(o.now, site.Zone).AddDays(3)
	last := first.AddDays(6)
	var batch desk.Batch
	if err := o.apply(func(w *storage.World) (out desk.Effects, err error) {
		boss, _ := w.Person("boss")
		out, batch, err = desk.StartBatch(w, "3", first, last, boss)
		return out, err
	}); err != nil {
		t.Fatal(err)
	}
	told := tally{}
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // A seeded story.
	for day := range 11 {
		for _, hour := range []int{10, 12, 16, 21} {
			o.passes(t, site.Zone, day, hour)
			told.read(t, o)
			for _, s := range stays {
				if s.Person != "" && random.IntN(6) == 0 && !strings.HasSuffix(s.Person, "7") { // Some never answer.
					if o.someoneLeaves(s, first.AddDays(random.IntN(7)), random) {
						told.cancelled++ // As the resident said it, and not as the desk counts.
					}
				}
			}
			o.inspectorGoes(random)
		}
	}
	o.passes(t, site.Zone, 11, 12)
	told.read(t, o)
	o.view(func(tx *storage.Tx) error {
		w := storage.NewWorld(tx, site)
		p := desk.ProgressOf(w, batch)
		sum := 0
		for standing, list := range p.Lists {
			sum += len(list)
			t.Logf("%s %d", standing, len(list))
		}
		nobody := 0
		for i := range people {
			if stays[i].Person == "" {
				nobody++
			}
		}
		if sum != people || p.All != people || len(p.Lists[desk.BatchNobody]) != nobody {
			t.Errorf("%d in lists, %d in all, %d without an account; want %d and %d", sum, p.All, len(p.Lists[desk.BatchNobody]), people, nobody)
		}
		silent := 0
		for _, s := range stays {
			asked, reminded := told.asked[s.Person], told.reminded[s.Person]
			switch {
			case s.Person == "":
			case strings.HasSuffix(s.Person, "7"):
				silent++
				if asked != 1 || reminded != 3 {
					t.Errorf("%s never answered, was asked %d times and reminded %d times", s.Person, asked, reminded)
				}
			case asked > 1 || reminded > 3 || asked == 0 && len(w.CheckoutsOf(s.ID)) == 0:
				t.Errorf("%s was asked %d times and reminded %d times", s.Person, asked, reminded)
			}
		}
		booked := told.booked - told.cancelled
		if got := people - nobody - len(p.Lists[desk.BatchSilent]); got != booked {
			t.Errorf("%d have a booking, and the messages speak of %d", got, booked)
		}
		if len(p.Lists[desk.BatchSilent]) < silent {
			t.Errorf("%d are silent, and %d never said a word", len(p.Lists[desk.BatchSilent]), silent)
		}
		return wholeDays(t, w, first, 7)
	})
}

// wholeDays checks that no hour has more rooms than places, and that each place is
// of a ticket that says the same.
func wholeDays(t *testing.T, w *storage.World, first desk.Date, n int) error {
	t.Helper()
	for i := range n {
		x := desk.SlotsFor(w, "3", first.AddDays(i))
		for _, h := range x.Plan.Hours {
			if got := len(x.Day.Rooms(h.At)); got > h.Places {
				t.Errorf("%s %s: %d rooms for %d places", first.AddDays(i), h.At, got, h.Places)
			}
		}
		for _, p := range x.Day.Places {
			ticket, ok := w.Ticket(p.Ticket)
			if !ok || !p.Held && (ticket.Checkout.Day != first.AddDays(i) || ticket.Checkout.Slot != p.At) {
				t.Errorf("%s: a place of %s, which says %+v", first.AddDays(i), ticket.Number, ticket.Checkout)
			}
		}
	}
	return w.Err()
}

// tally counts what was put into the outbox, by its words.
type tally struct {
	asked, reminded   map[string]int
	booked, cancelled int
}

func (c *tally) read(t *testing.T, o *office) {
	t.Helper()
	if c.asked == nil {
		c.asked, c.reminded = map[string]int{}, map[string]int{}
	}
	o.view(func(tx *storage.Tx) error {
		return storage.Outbox.Scan(tx, storage.Range{}, func(r storage.Outgoing) error {
			if r.Class == desk.ClassRegistration && r.Post != "" {
				c.booked++ // The first time that a card of a booking is shown.
			}
			switch {
			case strings.Contains(r.Drawn.Text, "现在选时间,先约先得"):
				c.asked[r.Person]++
			case strings.Contains(r.Drawn.Text, "还没约退宿"):
				c.reminded[r.Person]++
			}
			return nil
		})
	})
	o.update(func(tx *storage.Tx) error {
		return wipe(tx, storage.Outbox, func(r storage.Outgoing) string { return r.ID })
	})
}

// apply writes what a rule wants.
func (o *office) apply(rule func(w *storage.World) (desk.Effects, error)) (refused error) {
	o.t.Helper()
	o.update(func(tx *storage.Tx) error {
		w := storage.NewWorld(tx, o.app.Site())
		out, err := rule(w)
		if refused = err; err != nil {
			return w.Err()
		}
		return o.app.writer().Apply(tx, out)
	})
	return refused
}

// passes lets the clock go on to an hour of a day, a quarter at a time, with
// everything that comes due.
func (o *office) passes(t *testing.T, zone *time.Location, day, hour int) {
	t.Helper()
	at := time.Date(2026, 11, 24+day, hour, 0, 0, 0, zone)
	for o.now.Before(at) {
		o.now = o.now.Add(15 * time.Minute)
		for range 5 {
			if _, err := o.app.Scheduler.Step(t.Context(), o.now); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// someoneLeaves books, waits, changes, cancels or takes what is offered.
func (o *office) someoneLeaves(s desk.Stay, day desk.Date, random *rand.Rand) (cancelled bool) {
	o.t.Helper()
	// A transaction may run again: chance has its turn before it.
	cancels, choice := random.IntN(8) == 0, random.IntN(1000)
	refused := o.apply(func(w *storage.World) (desk.Effects, error) {
		cancelled = false
		p, _ := w.Person(s.Person)
		s, _ := w.Stay(s.ID)
		for _, ticket := range w.CheckoutsOf(s.ID) {
			if !ticket.State.Open() {
				continue
			}
			by := desk.Actor{Person: p}
			switch {
			case ticket.Checkout.Offer != 0:
				return desk.Act(w, ticket, desk.BookSlot, by, desk.Args{})
			case cancels:
				cancelled = true
				return desk.Act(w, ticket, desk.Cancel, by, desk.Args{})
			}
			return desk.Act(w, ticket, desk.MoveSlot, by, desk.With("day", day.String(), "slot", "10:00"))
		}
		x := desk.SlotsFor(w, "3", day)
		d := desk.CheckoutDraft{Stay: s, Requester: p.ID, Day: day}
		if free := x.Free(w, s.Place, false); len(free) > 0 {
			d.At = free[choice%len(free)]
		} else {
			d.Wait = true
		}
		out, _, err := desk.OpenCheckout(w, d)
		return out, err
	})
	return cancelled && refused == nil
}

// inspectorGoes presses that nobody was there, at some of the visits that are over.
func (o *office) inspectorGoes(random *rand.Rand) {
	o.t.Helper()
	var over []desk.Ticket
	o.view(func(tx *storage.Tx) error {
		w := storage.NewWorld(tx, o.app.Site())
		for _, ticket := range desk.VisitsOf(w, desk.VisitList{Buildings: []string{"3"}, Day: desk.DateOf(o.now, o.app.Site().Zone)}) {
			if ticket.State == desk.StateNew && ticket.Checkout.HasSlot() && ticket.To.Before(o.now) && random.IntN(10) == 0 {
				over = append(over, ticket)
			}
		}
		return w.Err()
	})
	for _, ticket := range over {
		o.apply(func(w *storage.World) (desk.Effects, error) {
			lou, _ := w.Person("lou")
			return desk.Act(w, ticket, desk.NoShow, desk.Actor{Person: lou}, desk.Args{})
		})
	}
}
