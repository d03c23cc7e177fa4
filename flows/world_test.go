package flows

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"frontdesk/desk"
)

// fakeWorld is a desk in memory. Effects are applied to it as the real storage
// does, as far as conversations can tell.
type fakeWorld struct {
	site          *desk.Site
	now           time.Time
	ids, numbers  int
	tickets       map[string]desk.Ticket
	people        map[string]desk.Person
	conversations map[string]desk.Conversation
	jobs          map[string]desk.Job
	invites       map[string]desk.Invite
	residents     map[string]desk.Resident
	sealed        map[string]string
	changes       []desk.RosterChange
	meetings      meetingsInMemory
	works         worksInMemory
	rounds        map[string]desk.Round
	houseBook
	slots slotBook
}

var _ desk.Reader = (*fakeWorld)(nil)

func newWorld(t testing.TB) *fakeWorld {
	t.Helper()
	w := &fakeWorld{
		site: testSite(t), numbers: 1041,
		tickets: map[string]desk.Ticket{}, people: map[string]desk.Person{}, conversations: map[string]desk.Conversation{},
		jobs: map[string]desk.Job{}, invites: map[string]desk.Invite{}, rounds: map[string]desk.Round{},
	}
	w.now = time.Date(2026, 11, 24, 10, 20, 0, 0, w.site.Zone)
	w.people["limin"] = desk.Person{ID: "limin", Name: "李敏", Roles: []desk.Role{{Name: desk.RoleOperator}}, Addresses: []desk.Address{{Channel: "test", ID: "900"}}}
	w.people["chen"] = desk.Person{ID: "chen", Name: "陈刚", Phone: "13900000000", Roles: []desk.Role{{Name: desk.RoleDutyManager}}, Addresses: []desk.Address{{Channel: "test", ID: "901"}}}
	for id, name := range map[string]string{"902": "李师傅", "903": "周师傅"} {
		w.people[id] = desk.Person{ID: id, Name: name, Phone: "13700000" + id, Addresses: []desk.Address{{Channel: "test", ID: id}},
			Roles: []desk.Role{{Name: desk.RoleTechnician, Departments: []string{"engineering"}}}}
	}
	w.people["zhang"] = desk.Person{ID: "zhang", Name: "张三", Phone: "13800001111", Home: "5-203", Lang: "zh"}
	return w
}

func (w *fakeWorld) Now() time.Time { return w.now }
func (w *fakeWorld) NewID() string  { w.ids++; return fmt.Sprintf("id%010d", w.ids) }
func (w *fakeWorld) Number(letter string) string {
	w.numbers++
	return fmt.Sprintf("%s-%d", letter, w.numbers)
}
func (w *fakeWorld) Site() *desk.Site { return w.site }
func (w *fakeWorld) Ticket(id string) (desk.Ticket, bool) {
	t, ok := w.tickets[id]
	return t, ok
}
func (w *fakeWorld) TicketByNumber(number string) (desk.Ticket, bool) {
	for _, t := range w.tickets {
		if t.Number == number {
			return t, true
		}
	}
	return desk.Ticket{}, false
}
func (w *fakeWorld) Person(id string) (desk.Person, bool) {
	p, ok := w.people[id]
	return p, ok
}
func (w *fakeWorld) PersonAt(a desk.Address) (desk.Person, bool) {
	return w.person(func(p desk.Person) bool { return slices.Contains(p.Addresses, a) })
}
func (w *fakeWorld) Undelivered(time.Time, time.Time) int               { return 0 }
func (w *fakeWorld) Counted(time.Time) (desk.Counts, bool)              { return desk.Counts{}, false }
func (w *fakeWorld) Sealed(ticket string) string                        { return w.sealed[ticket] }
func (w *fakeWorld) SealedOf(string) []desk.Ticket                      { return nil }
func (w *fakeWorld) TicketsThemed(string, time.Time, int) []desk.Ticket { return nil }
func (w *fakeWorld) OpenAt(place string, n int) []desk.Ticket {
	var list []desk.Ticket
	for _, id := range slices.Sorted(maps.Keys(w.tickets)) {
		if t := w.tickets[id]; t.Place == place && t.State.Open() && len(list) < n {
			list = append(list, t)
		}
	}
	return list
}

func (w *fakeWorld) PersonByPhone(phone string) (desk.Person, bool) {
	return w.person(func(p desk.Person) bool { return p.Phone == phone })
}
func (w *fakeWorld) person(is func(desk.Person) bool) (desk.Person, bool) {
	for _, id := range slices.Sorted(maps.Keys(w.people)) {
		if is(w.people[id]) {
			return w.people[id], true
		}
	}
	return desk.Person{}, false
}
func (w *fakeWorld) Holders(role desk.RoleName) []desk.Person {
	var list []desk.Person
	for _, id := range slices.Sorted(maps.Keys(w.people)) {
		if w.people[id].Has(role) {
			list = append(list, w.people[id])
		}
	}
	return list
}
func (w *fakeWorld) Groups(department string) []desk.Group {
	return []desk.Group{{Address: desk.Address{Channel: "test", ID: "-" + department}, Department: department, Lang: "zh"}}
}
func (w *fakeWorld) GroupAt(desk.Address) (desk.Group, bool) { return desk.Group{}, false }
func (w *fakeWorld) Conversation(key string) (desk.Conversation, bool) {
	c, ok := w.conversations[key]
	return c, ok
}
func (w *fakeWorld) TicketsTaken(string) []desk.Ticket               { return nil }
func (w *fakeWorld) TicketsJoined(string, int) []desk.Ticket         { return nil }
func (w *fakeWorld) Find(desk.Search, int, int) desk.Hits            { return desk.Hits{} }
func (w *fakeWorld) PeopleNamed(string, int) []desk.Person           { return nil }
func (w *fakeWorld) PeopleByPhone(string, int) []desk.Person         { return nil }
func (w *fakeWorld) Posts(string) []desk.Post                        { return nil }
func (w *fakeWorld) Post(string) (desk.Post, bool)                   { return desk.Post{}, false }
func (w *fakeWorld) Invite(code string) (desk.Invite, bool)          { i, ok := w.invites[code]; return i, ok }
func (w *fakeWorld) Alarm(string) (desk.Alarm, bool)                 { return desk.Alarm{}, false }
func (w *fakeWorld) Open(string) []desk.Ticket                       { return nil }
func (w *fakeWorld) Between(time.Time, time.Time) []desk.Ticket      { return nil }
func (w *fakeWorld) EventsBetween(time.Time, time.Time) []desk.Event { return nil }
func (w *fakeWorld) CallsGiven(desk.RoleName, int) []desk.CallTask   { return nil }
func (w *fakeWorld) CallsWaiting(desk.RoleName, int) []desk.CallTask { return nil }
func (w *fakeWorld) Frame(string) (desk.Frame, bool)                 { return desk.Frame{}, false }
func (w *fakeWorld) LastDone(string, string, time.Time) (desk.Ticket, bool) {
	return desk.Ticket{}, false
}
func (w *fakeWorld) CallTasks() []desk.CallTask  { return nil }
func (w *fakeWorld) History(string) []desk.Event { return nil }

// apply writes effects in the order of the real storage. Conversations go
// through JSON, as they do there.
func (w *fakeWorld) apply(t testing.TB, e desk.Effects) {
	t.Helper()
	for _, ticket := range e.Tickets {
		w.tickets[ticket.ID] = ticket
	}
	for _, p := range e.People {
		w.people[p.ID] = p
	}
	for _, s := range e.Sealed {
		if w.sealed == nil {
			w.sealed = map[string]string{}
		}
		w.sealed[s.Ticket] = s.Person
	}
	for _, j := range e.Jobs {
		w.jobs[j.Key] = j
	}
	for _, key := range e.Cancel {
		delete(w.jobs, key)
	}
	for _, c := range e.Conversations {
		w.conversations[c.Key] = throughJSON(t, c)
	}
	for _, key := range e.Ended {
		delete(w.conversations, key)
	}
	for _, i := range e.Invites {
		w.invites[i.Code] = i
	}
	w.changes = append(w.changes, e.Duty.Changes...)
	w.write(e.House)
	w.slots.apply(e.House.Slots)
	w.meetings.apply(e.Meetings)
	w.works.apply(e.Works)
	for _, x := range e.Rounds.Rounds {
		w.rounds[x.ID] = x
	}
}

func throughJSON(t testing.TB, c desk.Conversation) desk.Conversation {
	t.Helper()
	data, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var back desk.Conversation
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	return back
}

// due runs the jobs that are due, in order, and hands out what each wants.
func (w *fakeWorld) due(t testing.TB, say func(desk.Effects)) {
	t.Helper()
	jobs := slices.SortedFunc(maps.Values(w.jobs), func(a, b desk.Job) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Key, b.Key))
	})
	for _, j := range jobs {
		if j.Due.After(w.now) {
			continue
		}
		delete(w.jobs, j.Key)
		for _, kind := range JobKinds {
			if kind.Name != j.Kind {
				continue
			}
			effects, err := kind.Run(w, j)
			if err != nil {
				t.Fatal(err)
			}
			w.apply(t, effects)
			say(effects)
		}
	}
}
