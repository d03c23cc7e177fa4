package desk

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"
)

// leavers is a town in whose building 3 people leave: rooms of several beds, one
// inspector who does two rooms an hour from nine to eleven, and four days ahead.
func leavers(t testing.TB, rooms, beds int) *town {
	t.Helper()
	w := newTown(t)
	var numbers []string
	for i := range rooms {
		numbers = append(numbers, fmt.Sprintf("%02d", i+1))
	}
	places, err := NewPlaces([]Building{{ID: "3", Label: Label{"zh": "3号楼", "en": "Building 3"}, Floors: []Floor{{ID: "5", Rooms: numbers}}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	w.site.Places = places
	w.site.Checkout = CheckoutRule{
		Usual: SlotRule{Hours: Hours{{From: 9 * 60, To: 11 * 60}}, Inspectors: 1, Rooms: 2}, EveryDay: true,
		Lead: 12 * time.Hour, Ahead: 10, Hold: 30 * time.Minute, Express: 24 * time.Hour, NoShow: 10 * time.Minute, List: "0 8 * * *",
	}
	w.people["lou"] = Person{ID: "lou", Name: "楼管", Roles: []Role{{Name: RoleCaretaker, Buildings: []string{"3"}}}, Addresses: []Address{{Channel: "x", ID: "lou"}}}
	w.house.apply(HouseEntries{})
	for i := range rooms * beds {
		id := fmt.Sprintf("s%02d", i)
		room, bed := fmt.Sprintf("3-5%02d", i/beds+1), string(rune('A'+i%beds))
		w.people[id] = Person{ID: id, Name: id, Addresses: []Address{{Channel: "x", ID: id}}}
		w.house.stays["stay-"+id] = Stay{
			ID: "stay-" + id, Person: id, Name: id, Number: "2026" + id, Kind: ResidentStudent, Place: room, Bed: bed, State: StayIn, From: w.now.AddDate(0, -3, 0),
		}
	}
	return w
}

// again is the town as it was in the beginning, without what happened since.
func (w *town) again() *town {
	n := *w
	n.tickets, n.posts, n.events, n.said = map[string]Ticket{}, map[string]Post{}, nil, nil
	n.people = maps.Clone(w.people)
	n.house = houseInMemory{rooms: map[string]Room{}, stays: maps.Clone(w.house.stays), certificates: map[string]Certificate{}}
	n.slots = slotsInMemory{}
	n.slots.apply(SlotEntries{})
	n.due = map[string]Job{}
	return &n
}

// book books a checkout for somebody; a refusal's key is returned.
func (w *town) book(d CheckoutDraft, person string) (id, refused string) {
	d.Stay, d.Requester = w.house.stays["stay-"+person], person
	effects, t, err := OpenCheckout(w, d)
	if user, ok := AsUserError(err); ok {
		return "", user.Text.Key
	}
	w.happen(effects)
	return t.ID, ""
}

// does lets somebody act; a refusal's key is returned.
func (w *town) does(ticket, person string, a Action, pairs ...string) (refused string) {
	var by Actor
	if person != "" {
		by.Person = w.people[person]
	}
	effects, err := Act(w, w.tickets[ticket], a, by, With(pairs...))
	if user, ok := AsUserError(err); ok {
		return user.Text.Key
	}
	if err != nil {
		return err.Error()
	}
	w.happen(effects)
	return ""
}

// happen applies effects, their jobs too.
func (w *town) happen(e Effects) {
	w.apply(e)
	if w.due == nil {
		w.due = map[string]Job{}
	}
	for _, j := range e.Jobs {
		w.due[j.Key] = j
	}
	for _, key := range e.Cancel {
		delete(w.due, key)
	}
}

// until lets the time pass, and everything happen that comes due.
func (w *town) until(at time.Time) {
	for range 10000 {
		key, next := "", at
		for _, id := range slices.Sorted(maps.Keys(w.tickets)) {
			for _, j := range TicketJobs(w.site, w.tickets[id]) {
				if j.Due.Before(next) {
					key, next = j.Key, j.Due
				}
			}
		}
		for _, k := range slices.Sorted(maps.Keys(w.due)) {
			if j := w.due[k]; j.Due.Before(next) {
				key, next = k, j.Due
			}
		}
		if w.now.Before(next) {
			w.now = next
		}
		if key == "" {
			return
		}
		w.fire(key)
	}
	panic("something comes due again and again")
}

func (w *town) fire(key string) {
	var e Effects
	var err error
	if j, ok := w.due[key]; ok {
		delete(w.due, key)
		for _, kind := range JobKinds {
			if kind.Name == j.Kind {
				e, err = kind.Run(townReader{w}, j)
			}
		}
	} else {
		for _, t := range w.tickets {
			for _, j := range TicketJobs(w.site, t) {
				if timer, ok := TimerOf(j.Kind); ok && j.Key == key {
					e, err = timer.Fire(w, t)
				}
			}
		}
	}
	if err != nil {
		panic(key + ": " + err.Error())
	}
	w.happen(e)
}

// townReader lists what is in a town, as far as the jobs of checkouts need it.
type townReader struct{ *town }

var _ Reader = townReader{}

func (townReader) Open(string) []Ticket                       { return nil }
func (townReader) Between(time.Time, time.Time) []Ticket      { return nil }
func (townReader) EventsBetween(time.Time, time.Time) []Event { return nil }
func (townReader) CallTasks() []CallTask                      { return nil }
func (townReader) History(string) []Event                     { return nil }
func (townReader) Counted(time.Time) (Counts, bool)           { return Counts{}, false }
func (townReader) Find(Search, int, int) Hits                 { return Hits{} }
func (townReader) PeopleNamed(string, int) []Person           { return nil }
func (townReader) PeopleByPhone(string, int) []Person         { return nil }
func (townReader) Undelivered(time.Time, time.Time) int       { return 0 }
