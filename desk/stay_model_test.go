package desk

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// bedsOf is a book of beds that knows nothing of the desk's code: who is in which.
type bedsOf struct {
	w    *town
	in   map[string]string // bed -> stay
	jobs map[string]Job
}

func (m *bedsOf) apply(e Effects) {
	m.w.apply(e)
	for _, p := range e.People {
		m.w.people[p.ID] = p
	}
	for _, j := range e.Jobs {
		m.jobs[j.Key] = j
	}
	for _, key := range e.Cancel {
		delete(m.jobs, key)
	}
}

// tomorrow lets a day pass, with what is due on the way.
func (m *bedsOf) tomorrow(t *rapid.T) {
	date := DateOf(m.w.now, m.w.site.Zone).AddDays(1)
	until := ClockTime(12*60).On(date, m.w.site.Zone)
	for {
		keys := slices.SortedFunc(maps.Keys(m.jobs), func(a, b string) int { return m.jobs[a].Due.Compare(m.jobs[b].Due) })
		if len(keys) == 0 || m.jobs[keys[0]].Due.After(until) {
			break
		}
		job := m.jobs[keys[0]]
		delete(m.jobs, job.Key)
		if job.Due.After(m.w.now) {
			m.w.now = job.Due
		}
		for _, kind := range JobKinds {
			if kind.Name != job.Kind {
				continue
			}
			e, err := kind.Run(lists{m.w}, job)
			if err != nil {
				t.Fatal(err)
			}
			m.apply(e)
		}
	}
	m.w.now = until
	for bed, id := range m.in { // by the model's own rule: a guest's last day is over
		s := m.w.house.stays[id]
		if s.Kind == ResidentGuest && !s.To.IsZero() && DateOf(s.To, m.w.site.Zone).Compare(date) < 0 {
			delete(m.in, bed)
		}
	}
}

// damages checks that nobody who has left keeps a damage open, and that what is fixed
// of it is owed by exactly those who left, once, wherever they live now.
func (m *bedsOf) damages(t *rapid.T) {
	owed := map[string]int64{}
	for _, s := range m.w.house.stays {
		if s.Moved != "" {
			continue // It goes on in another room.
		}
		for _, d := range s.Owes {
			owed[d.Damage] += d.Fen
		}
	}
	for _, d := range m.w.house.damages.list {
		for _, share := range d.Shares {
			if s := m.w.house.stays[share.Stay]; share.Frozen.IsZero() && !(s.State.Here() && s.Place == d.Place) {
				t.Fatalf("%s has left %s, and their part is open: %+v", s.Name, d.Place, d)
			}
		}
		if d.Fen-d.Rest() != owed[d.ID] {
			t.Fatalf("of %d of a damage %d are fixed, and %d owed", d.Fen, d.Fen-d.Rest(), owed[d.ID])
		}
		if !d.Open() && d.Rest() != 0 {
			t.Fatalf("it is closed, and %d of %d belong to nobody", d.Rest(), d.Fen)
		}
	}
}

// TestStayModel lets people be expected, come, move, leave and not come, in any order
// and over days: a bed has at most one person in at a time, and exactly whom the
// model has; the room's state and the person's home follow; guests end.
func TestStayModel(t *testing.T) {
	base := dormitory(t, "")
	rapid.Check(t, func(t *rapid.T) {
		w := *base
		w.people, w.tickets, w.posts = maps.Clone(base.people), map[string]Ticket{}, map[string]Post{}
		w.house, w.said, w.events, w.ids = houseInMemory{}, nil, nil, 0
		m := &bedsOf{w: &w, in: map[string]string{}, jobs: map[string]Job{}}
		care := w.people["care"]
		for n := range 5 {
			id := fmt.Sprint("p", n)
			w.people[id] = Person{ID: id, Name: id, Addresses: []Address{{Channel: "x", ID: id}}}
		}
		bed := func() (string, string) {
			return rapid.SampledFrom([]string{"3-501", "3-502"}).Draw(t, "room"), rapid.SampledFrom([]string{"A", "B"}).Draw(t, "bed")
		}
		some := func(is func(Stay) bool) (Stay, bool) {
			list := w.house.some(is)
			if len(list) == 0 {
				return Stay{}, false
			}
			return list[rapid.IntRange(0, len(list)-1).Draw(t, "stay")], true
		}
		key := func(place, bed string) string { return place + bed }
		holder := func(id string) string {
			for bed, in := range m.in {
				if in == id {
					return bed
				}
			}
			return ""
		}
		t.Repeat(map[string]func(*rapid.T){
			"expect": func(t *rapid.T) {
				place, bed := bed()
				s := Stay{Name: rapid.SampledFrom([]string{"p0", "p1", "p2", "p3", "p4"}).Draw(t, "who"), Kind: ResidentStudent, Place: place, Bed: bed}
				s.Person = s.Name
				for _, other := range w.house.stays { // one stay a person is enough here
					if other.Person == s.Person && other.State != StayOut {
						t.Skip("is here")
					}
				}
				from := DateOf(w.now, w.site.Zone).AddDays(rapid.IntRange(0, 3).Draw(t, "from"))
				s.From = ClockTime(0).On(from, w.site.Zone)
				if rapid.Bool().Draw(t, "guest") {
					s.Kind, s.To = ResidentGuest, ClockTime(0).On(from.AddDays(rapid.IntRange(0, 3).Draw(t, "nights")), w.site.Zone)
				}
				e, _, err := NewStay(&w, s, "care")
				if err == nil {
					m.apply(e)
				}
			},
			"come": func(t *rapid.T) {
				s, ok := some(func(s Stay) bool { return s.State == StayExpected })
				if !ok {
					t.Skip("nobody is expected")
				}
				early := DateOf(s.From, w.site.Zone).Compare(DateOf(w.now, w.site.Zone).AddDays(1)) > 0
				taken := m.in[key(s.Place, s.Bed)] != ""
				e, _, err := GiveKeys(&w, s, []string{"door"}, true, care)
				if (err == nil) != (!early && !taken) {
					t.Fatalf("%s comes to %s%s: %v; early %v, taken %v", s.Name, s.Place, s.Bed, err, early, taken)
				}
				if err == nil {
					m.apply(e)
					m.in[key(s.Place, s.Bed)] = s.ID
				}
			},
			"move": func(t *rapid.T) {
				s, ok := some(func(s Stay) bool { return s.State == StayIn })
				place, bed := bed()
				if !ok {
					t.Skip("nobody is here")
				}
				other := m.in[key(place, bed)]
				e, next, err := MoveStay(&w, s, place, bed, "why", care)
				if err == nil && other != "" {
					t.Fatalf("%s moves into the bed of %s", s.Name, other)
				}
				if err == nil {
					delete(m.in, holder(s.ID))
					m.apply(e)
					m.in[key(place, bed)] = next.ID
					if next.ConditionAt.IsZero() == next.ConditionBy.IsZero() || len(next.Condition) > 0 {
						t.Fatalf("after the move the condition is %+v", next)
					}
				}
			},
			"leave": func(t *rapid.T) {
				s, ok := some(func(s Stay) bool { return s.State.Here() })
				if !ok {
					t.Skip("nobody is here")
				}
				e, _, err := EndStay(&w, s, "left", care, "")
				if err != nil {
					t.Fatal(err)
				}
				m.apply(e)
				delete(m.in, holder(s.ID))
			},
			"not coming": func(t *rapid.T) {
				s, ok := some(func(s Stay) bool { return s.State == StayExpected })
				if !ok {
					t.Skip("nobody is expected")
				}
				e, _, err := NotComing(&w, s, care)
				if err != nil {
					t.Fatal(err)
				}
				m.apply(e)
			},
			"damage": func(t *rapid.T) {
				place, _ := bed()
				d := Damage{ID: w.NewID(), Place: place, Item: "bed", Fen: rapid.Int64Range(0, 999).Draw(t, "fen"), At: w.now}
				for _, s := range w.StaysAt(place) {
					if s.State.Here() {
						d.Shares = append(d.Shares, Share{Stay: s.ID})
					}
				}
				if len(d.Shares) == 0 {
					t.Skip("nobody lives there")
				}
				if rapid.Bool().Draw(t, "owned") {
					d.Owner = d.Shares[0].Stay
				}
				m.apply(Effects{House: HouseEntries{Damages: []Damage{d}}})
			},
			"tomorrow": m.tomorrow,
			"": func(t *rapid.T) {
				m.damages(t)
				in, home := map[string]string{}, map[string]string{}
				for id, s := range w.house.stays {
					if !s.State.Here() {
						continue
					}
					if other := in[key(s.Place, s.Bed)]; other != "" {
						t.Fatalf("%s and %s are in %s%s", other, id, s.Place, s.Bed)
					}
					in[key(s.Place, s.Bed)], home[s.Person] = id, s.Place
				}
				if !maps.Equal(in, m.in) {
					t.Fatalf("in are %v, the model has %v", in, m.in)
				}
				for _, place := range []string{"3-501", "3-502"} {
					lived := in[key(place, "A")] != "" || in[key(place, "B")] != ""
					if r := w.Room(place); (r.State == RoomOccupied) != lived {
						t.Fatalf("%s is %s, lived in: %v", place, r.State, lived)
					}
				}
				for n := range 5 {
					p := w.people[fmt.Sprint("p", n)]
					if p.Home != home[p.ID] {
						t.Fatalf("%s has the home %q, lives in %q", p.ID, p.Home, home[p.ID])
					}
				}
				for id, s := range w.house.stays {
					for _, j := range stayJobs(w.site, s) {
						if _, set := m.jobs[j.Key]; !set && j.Due.After(w.now) {
							t.Fatalf("%s lacks the job %s", id, j.Key)
						}
					}
				}
			},
		})
	})
}

// TestGuestRights: a guest is known to the desk until the end of the last day, and not
// after it, whether there is a residents' list or not; and is reminded the day before.
func TestGuestRights(t *testing.T) {
	w := dormitory(t, "")
	today := DateOf(w.now, w.site.Zone)
	guest := func() Person { return w.people["res"] }
	s := Stay{Name: "res", Person: "res", Kind: ResidentGuest, Place: "3-501", From: ClockTime(0).On(today, w.site.Zone), To: ClockTime(0).On(today.AddDays(2), w.site.Zone)}
	e, s, err := NewStay(w, s, "care")
	if err != nil {
		t.Fatal(err)
	}
	w.apply(e)
	e, s, err = GiveKeys(w, s, nil, true, w.people["care"])
	if err != nil {
		t.Fatal(err)
	}
	w.apply(e)
	w.people["res"] = e.People[0]
	w.heard("res")
	var due []string
	for _, j := range stayJobs(w.site, s) {
		due = append(due, j.Kind+" "+j.Due.In(w.site.Zone).Format("01-02 15:04"))
	}
	if want := []string{"condition 11-25 08:20", "condition_end 11-25 10:20", "guest 11-25 10:00", "guest_end 11-27 00:00"}; !slices.Equal(due, want) {
		t.Errorf("the jobs of the stay are %v, want %v", due, want)
	}
	for _, listed := range []bool{false, true} {
		if listed {
			w.residents = map[string]Resident{"1": {Number: "1", Name: "other"}}
		}
		w.now = EndOfDay.On(today.AddDays(2), w.site.Zone).Add(-time.Minute)
		if Unverified(w, guest()) {
			t.Errorf("on the last day the guest is not known (list: %v)", listed)
		}
		w.now = w.now.Add(2 * time.Minute)
		if !Unverified(w, guest()) {
			t.Errorf("after the last day the guest is still known (list: %v)", listed)
		}
	}
	e, err = jobGuestEnd.Run(lists{w}, Job{Subject: s.ID})
	if err != nil {
		t.Fatal(err)
	}
	w.apply(e)
	if got := w.house.stays[s.ID]; got.State != StayOut || w.Room("3-501").State != RoomVacant || e.People[0].Home != "" {
		t.Errorf("after the end: %s, room %s, home %q", got.State, w.Room("3-501").State, e.People[0].Home)
	}
}

// TestConditionTimetable: the reminder comes once, before the end and never into the
// quiet hours, and not when all is said; after a downtime over it nothing is said.
func TestConditionTimetable(t *testing.T) {
	w := dormitory(t, "")
	at := func(day int, clock string) time.Time {
		c, err := ParseClockTime(clock)
		if err != nil {
			t.Fatal(err)
		}
		return c.On(Date{Year: 2026, Month: 11, Day: day}, w.site.Zone)
	}
	for _, c := range []struct {
		in, remind time.Time
	}{
		{at(24, "10:20"), at(25, "08:20")}, {at(24, "08:30"), at(24, "21:50")}, {at(24, "09:59"), at(24, "21:50")}, {at(24, "23:30"), at(25, "21:30")},
		{at(24, "10:00"), at(25, "08:00")}, {at(24, "00:30"), at(24, "21:50")},
	} {
		s := Stay{ID: "s", Person: "res", Place: "3-501", State: StayIn, InAt: c.in, ConditionBy: c.in.Add(24 * time.Hour)}
		jobs := stayJobs(w.site, s)
		if len(jobs) != 2 || !jobs[0].Due.Equal(c.remind) || !jobs[1].Due.Equal(s.ConditionBy) {
			t.Errorf("in at %s: %v, want the reminder at %s", c.in, jobs, c.remind)
		}
	}
	s := Stay{ID: "s", Person: "res", Name: "res", Place: "3-501", State: StayIn, InAt: at(24, "10:20"), ConditionBy: at(25, "10:20"), Seq: 1}
	w.house.apply(HouseEntries{Stays: []Stay{s}})
	run := func(kind JobKind, now time.Time) []string {
		w.now = now
		e, err := kind.Run(lists{w}, Job{Subject: "s"})
		if err != nil {
			t.Fatal(err)
		}
		w.apply(e)
		return w.heard("res")
	}
	if got := run(jobCondition, at(25, "03:00")); len(got) != 0 {
		t.Errorf("at night: %v", got)
	}
	if got := run(jobCondition, at(25, "08:20")); !slices.Equal(got, []string{"condition.remind"}) {
		t.Errorf("the reminder is %v", got)
	}
	if got := run(jobCondition, at(25, "08:30")); len(got) != 0 {
		t.Errorf("a second reminder: %v", got)
	}
	if got := run(jobConditionEnd, at(25, "12:00")); len(got) != 0 || !w.house.stays["s"].ConditionAt.Equal(s.ConditionBy) {
		t.Errorf("the end says %v and leaves %+v", got, w.house.stays["s"])
	}
	if _, _, err := ReportCondition(w, w.house.stays["s"], w.people["res"], "bed", "late", nil); err == nil {
		t.Error("a defect is taken after the end")
	}
}
