package desk

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// dormitory is a town with rooms: a caretaker of building 3, and the shipped routine.
func dormitory(t testing.TB, zone string) *town {
	t.Helper()
	w := newTown(t)
	if zone != "" {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		w.site.Zone, w.site.Calendar.Zone = loc, loc
		w.now = w.now.In(loc)
	}
	vacant := []RoomState{RoomVacant}
	w.site.Rooms = RoomRule{Ask: []int{60, 30}, At: 7*60 + 50, Label: Label{"zh": "例行巡查"}, Routine: []Routine{
		{ID: "look", States: vacant, Every: 1}, {ID: "air", States: vacant, Every: 7},
		{ID: "clean", States: vacant, Every: 10, Department: "cleaning"},
	}}
	w.site.CheckIn = CheckInRule{
		On: true, Agreement: SignedText{Version: "1"}, Keys: []KeyKind{{ID: "door"}}, Inventory: []InventoryItem{{ID: "bed", Category: "door"}},
		Within: 24 * time.Hour, Remind: 2 * time.Hour, After: 9 * 60, GuestAt: 10 * 60,
	}
	w.people["care"] = Person{ID: "care", Name: "care", Roles: []Role{{Name: RoleCaretaker, Buildings: []string{"3"}}}, Addresses: []Address{{Channel: "x", ID: "care"}}}
	return w
}

// change changes a room and applies it; the key of a refusal is returned.
func (w *town) change(t testing.TB, place string, to RoomState) string {
	t.Helper()
	e, err := ChangeRoom(w, place, to, "why", "dm", "")
	if err != nil {
		user, ok := AsUserError(err)
		if !ok {
			t.Fatal(err)
		}
		return user.Text.Key
	}
	w.apply(e)
	return ""
}

// morning sees to the rooms of building 3, as the job of the date does.
func (w *town) roomMorning(t testing.TB, date string) {
	t.Helper()
	d, err := ParseDate(date)
	if err != nil {
		t.Fatal(err)
	}
	w.now = w.site.Rooms.At.On(d, w.site.Zone)
	all, err := jobRooms.Run(lists{w}, Job{})
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range all.Jobs {
		e, err := jobRoomsOf.Run(lists{w}, j)
		if err != nil {
			t.Fatal(err)
		}
		w.apply(e)
	}
}

// open lists what is to be done by whom: "engineering 3-501:look".
func (w *town) upkeeps() []string {
	var list []string
	for _, t := range w.tickets {
		if t.Upkeep == nil || !t.State.Open() {
			continue
		}
		for _, r := range t.Upkeep.Rooms {
			if r.Waits() {
				list = append(list, t.Department+" "+r.Place+":"+strings.Join(r.Tasks, "+"))
			}
		}
	}
	slices.Sort(list)
	return list
}

// doRounds lets somebody do everything that is on the lists.
func (w *town) doRounds(t *testing.T) {
	t.Helper()
	for id, ticket := range w.tickets {
		if ticket.Upkeep == nil || !ticket.State.Open() {
			continue
		}
		who := map[string]string{"engineering": "wang", "cleaning": "clean"}[ticket.Department]
		if ticket.State == StateNew {
			w.act(t, id, who, Take)
		}
		for _, r := range ticket.Upkeep.Rooms {
			if r.Waits() {
				if refused := w.act(t, id, who, RoomDone, "place", r.Place); refused != "" {
					t.Fatal(refused)
				}
			}
		}
		if got := w.tickets[id]; got.State != StateClosed {
			t.Fatalf("all is done and the round is %s", got.State)
		}
	}
}

// TestRoutineTimetable goes through the routine of two vacant rooms, day by day, over a
// downtime, a leap day and changes of clocks: what is due is on one list a building
// and department, and never twice.
func TestRoutineTimetable(t *testing.T) {
	for _, c := range []struct{ name, zone, start string }{
		{"plain", "", "2026-11-24"}, {"leap day", "", "2028-02-25"}, {"clocks go on", "Europe/Berlin", "2026-03-25"}, {"clocks go back", "America/New_York", "2026-10-29"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := dormitory(t, c.zone)
			first, _ := ParseDate(c.start)
			w.now = ClockTime(15*60).On(first, w.site.Zone)
			for _, room := range []string{"3-501", "3-502"} {
				if refused := w.change(t, room, RoomVacant); refused != "" {
					t.Fatal(refused)
				}
			}
			day := func(n int) string { return first.AddDays(n).String() }
			both := func(what string) []string { return []string{"engineering 3-501:" + what, "engineering 3-502:" + what} }
			w.roomMorning(t, day(0))
			if got := w.upkeeps(); len(got) != 0 {
				t.Errorf("on the same day: %v", got)
			}
			for n := 1; n <= 6; n++ {
				w.roomMorning(t, day(n))
				events := len(w.events)
				w.roomMorning(t, day(n)) // a second run of the day doubles nothing
				if len(w.events) != events {
					t.Errorf("day %d: a second run makes %d more events", n, len(w.events)-events)
				}
				if got := w.upkeeps(); !slices.Equal(got, both("look")) {
					t.Errorf("day %d: %v", n, got)
				}
				w.doRounds(t)
			}
			w.roomMorning(t, day(7))
			if got := w.upkeeps(); !slices.Equal(got, both("look+air")) {
				t.Errorf("day 7: %v", got)
			}
			// Nobody does it for two days, and the desk is down for one more: the same list.
			w.roomMorning(t, day(8))
			w.roomMorning(t, day(10))
			if got, want := w.upkeeps(), append([]string{"cleaning 3-501:clean", "cleaning 3-502:clean"}, both("look+air")...); !slices.Equal(got, want) {
				t.Errorf("day 10: %v, want %v", got, want)
			}
			// One room is repaired: it is on no list any more, and the other stays.
			if refused := w.change(t, "3-501", RoomRepair); refused != "" {
				t.Fatal(refused)
			}
			if got := w.upkeeps(); !slices.Equal(got, []string{"cleaning 3-502:clean", "engineering 3-502:look+air"}) {
				t.Errorf("after the change: %v", got)
			}
			w.doRounds(t)
			w.roomMorning(t, day(11))
			if got := w.upkeeps(); !slices.Equal(got, []string{"engineering 3-502:look"}) {
				t.Errorf("day 11: %v", got)
			}
			if w.change(t, "3-502", RoomBlocked); len(w.upkeeps()) != 0 {
				t.Errorf("a blocked room has %v", w.upkeeps())
			}
			for _, ticket := range w.tickets {
				if ticket.Upkeep != nil && ticket.State.Open() {
					t.Errorf("%s is open with nothing to do", ticket.Number)
				}
			}
		})
	}
}

// TestRoundIsDiscreet: a round names no room to a group, is undone by who pressed, and
// comes again when it ends early.
func TestRoundIsDiscreet(t *testing.T) {
	w := dormitory(t, "")
	w.change(t, "3-501", RoomVacant)
	w.change(t, "3-502", RoomVacant)
	w.roomMorning(t, "2026-11-25")
	var id string
	for _, ticket := range w.tickets {
		id = ticket.ID
		if ticket.Place != "3" || ticket.Summary != "" || len(ticket.Words) > 0 || ticket.Requester != "" {
			t.Errorf("a group could read of it: %+v", ticket)
		}
	}
	if got := w.act(t, id, "clean", RoomDone, "place", "3-501"); got == "" {
		t.Error("who has not taken it ticks a room off")
	}
	w.now = ClockTime(9*60).On(DateOf(w.now, w.site.Zone), w.site.Zone)
	w.act(t, id, "wang", Take)
	w.act(t, id, "wang", RoomDone, "place", "3-501")
	if w.Room("3-501").Care["look"].Done.IsZero() {
		t.Error("the room does not know that somebody looked in")
	}
	if got := w.act(t, id, "wang", RoomDone, "place", "3-501"); got != "rooms.round_not" {
		t.Errorf("ticking it off again: %s", got)
	}
	w.act(t, id, "wang", RoomDone, "place", "3-502")
	if w.tickets[id].State != StateClosed {
		t.Errorf("the round is %s", w.tickets[id].State)
	}
	w.act(t, id, "wang", Undo)
	if got := w.upkeeps(); !slices.Equal(got, []string{"engineering 3-502:look"}) || !w.Room("3-502").Care["look"].Done.IsZero() {
		t.Errorf("after the undo: %v, %+v", got, w.Room("3-502").Care)
	}
	w.act(t, id, "wang", RestLeft)
	w.roomMorning(t, "2026-11-26")
	if got := w.upkeeps(); !slices.Equal(got, []string{"engineering 3-501:look", "engineering 3-502:look"}) {
		t.Errorf("the next day: %v", got)
	}
}

// TestLettingTimetable asks 60 and 30 days before the end of a letting, once each, also
// after a downtime, on a leap day and when clocks change; and once when it is over.
func TestLettingTimetable(t *testing.T) {
	for _, c := range []struct {
		name, zone, end string
		mornings        []string
		want            []string // on which of them it is asked
	}{
		{"every day", "", "2027-02-28", datesFrom("2026-12-25", 68), []string{"2026-12-30", "2027-01-29", "2027-03-01"}},
		{"leap day", "", "2028-02-29", datesFrom("2027-12-25", 70), []string{"2027-12-31", "2028-01-30", "2028-03-01"}},
		{"clocks go on", "Europe/Berlin", "2027-04-10", datesFrom("2027-02-05", 66), []string{"2027-02-09", "2027-03-11", "2027-04-11"}},
		{"clocks go back", "America/New_York", "2026-12-20", datesFrom("2026-11-24", 28), []string{"2026-11-24", "2026-12-21"}},
		{"down from 70 to 20 days before", "", "2027-02-28", []string{"2026-12-20", "2027-02-08", "2027-02-09", "2027-02-10"}, []string{"2027-02-08"}},
		{"down over the end", "", "2027-02-28", []string{"2027-01-29", "2027-03-20", "2027-03-21"}, []string{"2027-01-29", "2027-03-20"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := dormitory(t, c.zone)
			end, _ := ParseDate(c.end)
			e, err := LetRoom(w, "3-501", Letting{Tenant: "Books", From: DateOf(w.now, w.site.Zone), To: end}, "why", "dm")
			if err != nil {
				t.Fatal(err)
			}
			w.apply(e)
			var asked []string
			for _, date := range c.mornings {
				w.roomMorning(t, date)
				w.roomMorning(t, date)
				if keys := w.heard("dm"); len(keys) > 0 {
					if len(keys) > 1 {
						t.Errorf("%s: asked %v", date, keys)
					}
					asked = append(asked, date)
				}
			}
			if !slices.Equal(asked, c.want) {
				t.Errorf("asked on %v, want %v", asked, c.want)
			}
		})
	}
}

// datesFrom lists n dates from one on.
func datesFrom(from string, n int) []string {
	first, _ := ParseDate(from)
	var list []string
	for i := range n {
		list = append(list, first.AddDays(i).String())
	}
	return list
}

// TestLettingAnswers: who said that it ends is not asked again before, and is after; who
// extends it is asked for the new end; a manager who has left is not asked.
func TestLettingAnswers(t *testing.T) {
	w := dormitory(t, "")
	let := func(to string) {
		end, _ := ParseDate(to)
		e, err := LetRoom(w, "3-501", Letting{Tenant: "Books", From: DateOf(w.now, w.site.Zone), To: end}, "why", "cm")
		if err != nil {
			t.Fatal(err)
		}
		w.apply(e)
	}
	let("2027-02-28")
	w.roomMorning(t, "2026-12-30")
	if got := w.heard("cm"); !slices.Equal(got, []string{"rooms.let_ask"}) {
		t.Errorf("who let it is told %v", got)
	}
	if _, _, err := EndLetting(w, "3-501", 1, w.people["care"]); err == nil {
		t.Error("a caretaker ends a letting")
	}
	if _, _, err := EndLetting(w, "3-501", 7, w.people["cm"]); err == nil {
		t.Error("an old button ends a letting")
	}
	e, _, err := EndLetting(w, "3-501", 1, w.people["cm"])
	if err != nil {
		t.Fatal(err)
	}
	w.apply(e)
	w.roomMorning(t, "2027-01-29")
	if got := w.heard("cm"); len(got) != 0 {
		t.Errorf("asked again: %v", got)
	}
	w.roomMorning(t, "2027-03-01")
	if got := w.heard("cm"); !slices.Equal(got, []string{"rooms.let_ended"}) {
		t.Errorf("after the end: %v", got)
	}
	let("2027-09-30")
	cm := w.people["cm"]
	cm.Suspended = true
	w.people["cm"] = cm
	w.roomMorning(t, "2027-08-01")
	if got := append(w.heard("dm"), w.heard("nm")...); !slices.Contains(got, "rooms.let_ask") || len(w.heard("cm")) > 0 {
		t.Errorf("instead of who has left: %v", got)
	}
	if n := len(w.RoomEvents("3-501", 10)); n != 3 {
		t.Errorf("%d events of the room, want 3", n)
	}
}

// TestRoomRefusals: a state that does not fit who lives there is refused.
func TestRoomRefusals(t *testing.T) {
	w := dormitory(t, "")
	for _, c := range []struct {
		place string
		to    RoomState
		want  string
	}{
		{"canteen", RoomVacant, "rooms.no_room"}, {"9-999", RoomVacant, "rooms.no_room"}, {"3-501", "nosuch", "rooms.no_room"},
		{"3-501", RoomOccupied, "rooms.nobody"}, {"3-501", RoomVacant, ""}, {"3-501", RoomVacant, "rooms.already"}, {"3-501", RoomRepair, ""},
	} {
		if got := w.change(t, c.place, c.to); got != c.want {
			t.Errorf("%s to %s: %q, want %q", c.place, c.to, got, c.want)
		}
	}
	w.house.apply(HouseEntries{Stays: []Stay{{ID: "s", Name: "Ann", Place: "3-502", State: StayIn, Seq: 1}}})
	if got := w.change(t, "3-502", RoomBlocked); got != "rooms.still_in" {
		t.Errorf("a room with somebody in it is blocked: %q", got)
	}
	if got := w.Room("3-502").State; got != RoomOccupied {
		t.Errorf("a room with somebody in it is %s", got)
	}
}
