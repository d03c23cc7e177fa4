package desk

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// town is a World in memory for the tests of rules: what a rule wants is put
// into it, as storage.Apply would.
type town struct {
	site      *Site
	now       time.Time
	ids       int
	numbers   int
	tickets   map[string]Ticket
	people    map[string]Person
	posts     map[string]Post
	events    []Event
	groups    []Group
	said      []Message
	residents map[string]Resident
	frames    map[string]Frame
	sealed    map[string]string
	duty      dutyBookInMemory
	house     houseInMemory
	slots     slotsInMemory
	due       map[string]Job
	morning   morningBookInMemory
	meetings  meetingsInMemory
	works     worksInMemory
	emergency emergencyBookInMemory
	erasures  map[string]Erasure
	rounds    roundBookInMemory
	jobs      []Job
}

var _ World = (*town)(nil)

func (w *town) Now() time.Time { return w.now }
func (w *town) NewID() string  { w.ids++; return fmt.Sprintf("id%d", w.ids) }
func (w *town) Number(letter string) string {
	w.numbers++
	return fmt.Sprintf("%s-%d", letter, 1000+w.numbers)
}
func (w *town) Site() *Site                              { return w.site }
func (w *town) Ticket(id string) (Ticket, bool)          { t, ok := w.tickets[id]; return t, ok }
func (w *town) Person(id string) (Person, bool)          { p, ok := w.people[id]; return p, ok }
func (w *town) Post(id string) (Post, bool)              { p, ok := w.posts[id]; return p, ok }
func (w *town) GroupAt(Address) (Group, bool)            { return Group{}, false }
func (w *town) Invite(string) (Invite, bool)             { return Invite{}, false }
func (w *town) Conversation(string) (Conversation, bool) { return Conversation{}, false }

func (w *town) TicketByNumber(number string) (Ticket, bool) {
	for _, t := range w.tickets {
		if t.Number == number {
			return t, true
		}
	}
	return Ticket{}, false
}

func (w *town) PersonAt(a Address) (Person, bool) {
	for _, p := range w.people {
		if slices.Contains(p.Addresses, a) {
			return p, true
		}
	}
	return Person{}, false
}

func (w *town) PersonByPhone(phone string) (Person, bool) {
	for _, p := range w.people {
		if Digits(p.Phone) == Digits(phone) && phone != "" {
			return p, true
		}
	}
	return Person{}, false
}

func (w *town) Holders(role RoleName) []Person {
	var list []Person
	for _, p := range w.people {
		if p.Has(role) {
			list = append(list, p)
		}
	}
	slices.SortFunc(list, func(a, b Person) int { return a.Created.Compare(b.Created) })
	return list
}

func (w *town) Groups(department string) []Group {
	var list []Group
	for _, g := range w.groups {
		if g.Department == department {
			list = append(list, g)
		}
	}
	return list
}

func (w *town) TicketsOf(person string, n int) []Ticket {
	return w.some(n, func(t Ticket) bool { return t.Requester == person })
}

func (w *town) TicketsTaken(person string) []Ticket {
	return w.some(100, func(t Ticket) bool { return t.Taker == person && t.State.Open() })
}

func (w *town) TicketsJoined(person string, n int) []Ticket {
	return w.some(n, func(t Ticket) bool { return slices.Contains(t.Joined, person) })
}

func (w *town) OpenAt(place string, n int) []Ticket {
	return w.some(n, func(t Ticket) bool { return t.Place == place && t.State.Open() })
}

func (w *town) CallsGiven(role RoleName, n int) []CallTask {
	from, to := w.site.today(w.now)
	return w.calls(n, func(c Call) bool { return c.Role == role && !c.Given.Before(from) && c.Given.Before(to) })
}

func (w *town) CallsWaiting(role RoleName, n int) []CallTask {
	from, _ := w.site.today(w.now)
	return w.calls(n, func(c Call) bool {
		return c.Role == role && c.Open() && c.Given.Before(from) && !c.NotBefore.After(w.now)
	})
}

func (w *town) calls(n int, is func(Call) bool) []CallTask {
	var list []CallTask
	for _, t := range w.tickets {
		if t.Call != nil && is(*t.Call) {
			list = append(list, t.callTask())
		}
	}
	slices.SortFunc(list, func(a, b CallTask) int { return a.Created.Compare(b.Created) })
	return list[:max(min(n, len(list)), 0)]
}

func (w *town) Frame(id string) (Frame, bool) { f, ok := w.frames[id]; return f, ok }

func (w *town) LastDone(place, category string, since time.Time) (Ticket, bool) {
	list := w.some(100, func(t Ticket) bool {
		return t.Place == place && t.Category == category && !t.DoneAt.Before(since) && finishedState(t.State)
	})
	slices.SortFunc(list, func(a, b Ticket) int { return b.DoneAt.Compare(a.DoneAt) })
	if len(list) == 0 {
		return Ticket{}, false
	}
	return list[0], true
}

func finishedState(s State) bool { return s == StateDone || s == StateClosed }

func (w *town) Sealed(ticket string) string { return w.sealed[ticket] }

func (w *town) SealedOf(person string) []Ticket {
	return w.some(100, func(t Ticket) bool { return w.sealed[t.ID] == person })
}

func (w *town) TicketsThemed(theme string, since time.Time, n int) []Ticket {
	return w.some(n, func(t Ticket) bool {
		return t.Case != nil && slices.Contains(t.Case.Themes, theme) && !t.Created.Before(since)
	})
}

func (w *town) some(n int, is func(Ticket) bool) []Ticket {
	var list []Ticket
	for _, t := range w.tickets {
		if is(t) {
			list = append(list, t)
		}
	}
	slices.SortFunc(list, func(a, b Ticket) int { return b.Created.Compare(a.Created) })
	return list[:min(n, len(list))]
}

func (w *town) Posts(ticket string) []Post {
	var list []Post
	for _, p := range w.posts {
		if p.Ticket == ticket {
			list = append(list, p)
		}
	}
	return list
}

// shown lists whose private chats, or which groups, have live posts of a kind of
// the ticket, by name.
func (w *town) shown(ticket string, kind PostKind) []string {
	var list []string
	for _, p := range w.Posts(ticket) {
		if p.Kind == kind && !p.Superseded {
			list = append(list, p.Chat.ID)
		}
	}
	slices.Sort(list)
	return list
}

// apply puts effects into the town.
func (w *town) apply(e Effects) {
	for _, t := range e.Tickets {
		w.tickets[t.ID] = t
	}
	for _, p := range e.Posts {
		w.posts[p.ID] = p
	}
	for _, f := range e.Frames {
		w.frames[f.ID] = f
	}
	for _, s := range e.Sealed {
		if w.sealed == nil {
			w.sealed = map[string]string{}
		}
		w.sealed[s.Ticket] = s.Person
	}
	w.events = append(w.events, e.Events...)
	w.duty.apply(e.Duty)
	w.house.apply(e.House)
	w.slots.apply(e.House.Slots)
	w.morning.apply(e.Morning)
	w.meetings.apply(e.Meetings)
	w.works.apply(e.Works)
	w.emergency.apply(e)
	w.rounds.apply(e.Rounds)
	w.setJobs(e)
	w.said = append(w.said, e.Messages...)
}

// heard lists the keys of what a person was told since the last call.
func (w *town) heard(person string) []string {
	var keys []string
	w.said = slices.DeleteFunc(w.said, func(m Message) bool {
		if m.Person != person {
			return false
		}
		key := m.Text.Key
		if key == "" && len(m.Text.Lines) > 0 {
			key = m.Text.Lines[0].Key
		}
		keys = append(keys, key)
		return true
	})
	return keys
}

// act lets somebody act and applies it; a refusal's key is returned.
func (w *town) act(t *testing.T, ticket string, person string, a Action, pairs ...string) (refused string) {
	t.Helper()
	now, ok := w.tickets[ticket]
	if !ok {
		t.Fatalf("no ticket %s", ticket)
	}
	var by Actor
	if person != "" {
		by.Person = w.people[person]
	}
	args := With(pairs...)
	if a == Finish {
		args.Files = []File{{Kind: FilePhoto, ID: "p1"}}
	}
	effects, err := Act(w, now, a, by, args)
	if err != nil {
		user, ok := AsUserError(err)
		if !ok {
			t.Fatalf("%s %s: %v", person, a, err)
		}
		return user.Text.Key
	}
	w.apply(effects)
	return ""
}

// newTown is a small campus on Tuesday 24 November 2026 at 10:20.
func newTown(t testing.TB) *town {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	places, err := NewPlaces([]Building{{ID: "3", Label: Label{"zh": "3号楼", "en": "Building 3"}, Floors: []Floor{{ID: "5", Rooms: []string{"01", "02"}}}}},
		[]Area{{ID: "canteen", Label: Label{"zh": "食堂", "en": "Canteen"}}})
	if err != nil {
		t.Fatal(err)
	}
	term := func(s string) Term {
		term, err := ParseTerm(s)
		if err != nil {
			t.Fatal(err)
		}
		return term
	}
	hours := WorkingHours{Hours: Hours{{From: 8 * 60, To: 17*60 + 30}}, EveryDay: true}
	always := WorkingHours{Hours: Hours{{From: 0, To: 24 * 60}}, EveryDay: true}
	day, night := Span{From: 8 * 60, To: 17*60 + 30}, Span{From: 17*60 + 30, To: 8 * 60}
	w := &town{
		now: time.Date(2026, 11, 24, 10, 20, 0, 0, zone), tickets: map[string]Ticket{}, people: map[string]Person{}, posts: map[string]Post{}, frames: map[string]Frame{},
		site: &Site{
			ID: "town", Zone: zone, Languages: []string{"zh", "en"}, Places: places, Calendar: Calendar{Zone: zone, Workweek: MondayToFriday()},
			Departments: []Department{
				{ID: "engineering", Label: Label{"zh": "工程部"}, Hours: hours}, {ID: "cleaning", Label: Label{"zh": "保洁部"}, Hours: hours},
				{ID: "security", Label: Label{"zh": "保安部"}, Hours: always},
			},
			Categories: []Category{
				{ID: "leak", Kind: KindRepair, Label: Label{"zh": "漏水"}, Call: true, UrgentWords: map[string][]string{"zh": {"爆管"}, "en": {"burst"}}},
				{ID: "door", Kind: KindRepair, Label: Label{"zh": "门锁"}},
				{ID: "clean", Kind: KindRequest, Label: Label{"zh": "保洁"}},
				{ID: "open", Kind: KindRequest, Label: Label{"zh": "开门"}, Urgency: Urgent},
			},
			Routes: []Route{
				{Categories: []string{"clean"}, Department: "cleaning"}, {Categories: []string{"open"}, Department: "security"},
				{Urgencies: []Urgency{Urgent}, Hours: &night, Places: []string{"canteen"}, Department: "security"},
				{Department: "engineering"},
			},
			Roster: Roster{Shifts: []Shift{
				{Name: "day", Span: day, Staff: map[string][]string{"operator": {"x:op"}, "duty_manager": {"x:dm"}, "centre_manager": {"x:cm"}, "property_manager": {"x:pm"}}},
				{Name: "night", Span: night, Staff: map[string][]string{"duty_manager": {"x:nm"}, "centre_manager": {"x:cm"}, "property_manager": {"x:pm"}}},
			}},
			Deadlines: map[Urgency]Deadlines{
				Normal: {Take: term("15m"), Arrive: term("15m"), FirstVisit: term("12h"), Done: term("24h"), Rework: term("24h")},
				Urgent: {OnSite: term("30m"), Arrive: term("15m")},
			},
			Pauses: []PauseReason{
				{ID: "parts", Label: Label{"zh": "待料"}, Limits: []Term{term("1wd"), term("3wd")}},
				{ID: "resident", Label: Label{"zh": "待客户"}, Limits: []Term{term("1d")}, Tell: true},
			},
			Callback: CallbackRule{AskAfter: term("30m"), RemindAfter: term("21h20m"), CallAfter: term("4h"), CloseAfter: term("7d"), ReopenFor: term("30d"), From: 9 * 60, To: 21*60 + 30,
				Policy: []CallPolicy{{Rework: true, Share: 100, Done: true}, {Marked: true, Share: 100, Done: true}}, RecursWithin: term("30d")},
			Quiet: QuietHours{From: 22 * 60, To: 8 * 60},
			Limits: Limits{ChaseEvery: 10 * time.Minute, ChaseTimes: 3, TakenAtOnce: 5, NewPerDay: 20, UndoFor: 2 * time.Minute,
				OfferFor: 15 * time.Minute},
		},
	}
	add := func(id string, roles ...Role) {
		w.people[id] = Person{ID: id, Name: id, Roles: roles, Addresses: []Address{{Channel: "x", ID: id}}, Created: w.now}
	}
	add("res")
	add("other")
	add("wang", Role{Name: RoleTechnician, Departments: []string{"engineering"}})
	add("zhao", Role{Name: RoleTechnician, Departments: []string{"engineering"}})
	add("clean", Role{Name: RoleTechnician, Departments: []string{"cleaning"}})
	add("op", Role{Name: RoleOperator})
	add("dm", Role{Name: RoleDutyManager})
	add("nm", Role{Name: RoleDutyManager})
	add("cm", Role{Name: RoleCentreManager})
	add("pm", Role{Name: RolePropertyManager})
	add("root", Role{Name: RoleAdministrator})
	for _, d := range w.site.Departments {
		w.groups = append(w.groups, Group{Address: Address{Channel: "x", ID: "g-" + d.ID}, Department: d.ID})
	}
	return w
}

// open files a leak in 3-502 for res and returns its id.
func (w *town) open(d Draft) string {
	if d.Category == "" {
		d.Kind, d.Category = KindRepair, "leak"
	}
	if d.Place == "" {
		d.Place = "3-502"
	}
	if d.Requester == "" {
		d.Requester = "res"
	}
	d.SaidAt = w.now
	effects, t := Open(w, d)
	w.apply(effects)
	return t.ID
}

func (w *town) clock(hhmm string) {
	c, err := ParseClockTime(hhmm)
	if err != nil {
		panic(err)
	}
	w.now = c.On(DateOf(w.now, w.site.Zone), w.site.Zone)
}
