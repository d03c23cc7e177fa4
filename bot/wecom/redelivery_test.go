package wecom

import (
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/wecom/wecomtest"
	"frontdesk/desk"
	"frontdesk/flows"
	"frontdesk/flows/examples"
	"frontdesk/locale"
	"frontdesk/storage"
	"frontdesk/storage/memory"
)

// full is a store that has no room for some commits.
type full struct {
	*memory.Engine
	refuse atomic.Int32
}

func (e *full) Apply(ops []storage.Op) error {
	if e.refuse.Add(-1) >= 0 {
		return storage.ErrFull
	}
	return e.Engine.Apply(ops)
}

// campus is one building with one department.
func campus(t *testing.T) *desk.Site {
	t.Helper()
	always, err := desk.ParseHours("00:00-24:00")
	if err != nil {
		t.Fatal(err)
	}
	label := func(s string) desk.Label { return desk.Label{"zh": s, "en": s} }
	zone := time.FixedZone("CST", 8*60*60)
	site := &desk.Site{
		ID: "campus", Name: label("校区"), Zone: zone, Languages: []string{"zh", "en"},
		Calendar:  desk.Calendar{Zone: zone, Workweek: desk.MondayToFriday()},
		Deadlines: map[desk.Urgency]desk.Deadlines{},
		Limits: desk.Limits{ChaseEvery: time.Minute, ChaseTimes: 3, NewPerDay: 100, TakenAtOnce: 100, UndoFor: time.Minute,
			InviteFor: time.Minute, RemindDialog: time.Hour, CloseDialog: 24 * time.Hour},
		Departments: []desk.Department{{ID: "water", Label: label("水电部"), Hours: desk.WorkingHours{Hours: always, EveryDay: true}}},
		Routes:      []desk.Route{{Department: "water"}},
		Categories:  []desk.Category{{ID: "leak", Kind: desk.KindRepair, Label: label("漏水堵水"), Words: map[string][]string{"zh": {"漏水"}}}},
	}
	term, err := desk.ParseTerm("8h")
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range []desk.Urgency{desk.Normal, desk.Urgent, desk.Emergency} {
		site.Deadlines[u] = desk.Deadlines{Take: term, Arrive: term, OnSite: term, FirstVisit: term, Done: term, Rework: term}
	}
	rooms := desk.Floor{ID: "1", Rooms: []string{"01", "02"}}
	if site.Places, err = desk.NewPlaces([]desk.Building{{ID: "3", Floors: []desk.Floor{rooms}}}, nil); err != nil {
		t.Fatal(err)
	}
	return site
}

// listener understands sentences of the campus; learning takes a while.
var listener = func() func(*desk.Site) *flows.Listener {
	var once sync.Once
	var words *flows.Listener
	return func(site *desk.Site) *flows.Listener {
		once.Do(func() {
			set, err := examples.Load(nil)
			if err != nil {
				panic(err)
			}
			words = flows.NewListener(site, set)
		})
		return words
	}
}()

// newDesk puts the whole desk behind the callbacks of a corp.
func newDesk(t *testing.T) (*line, *full) {
	t.Helper()
	l, engine := newLine(t), &full{Engine: memory.New()}
	site := campus(t)
	store, err := storage.Open(engine, site.ID, storage.Options{Now: l.clock.Now, Migrations: storage.Migrations})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	l.store = store
	l.corp.Bind(store)
	l.update(t, func(tx *storage.Tx) error {
		p := desk.Person{ID: "p1", Name: "李杰", Shown: "李杰", Lang: "zh", NameAsked: true, Created: tx.Now(), Home: "3-101",
			Addresses: []desk.Address{{Channel: Name, ID: "lijie"}}}
		if err := storage.People.Put(tx, p); err != nil {
			return err
		}
		return storage.Addresses.Put(tx, storage.AddressRow{Address: "wecom:lijie", Person: "p1"})
	})
	texts, err := locale.Load(site.Zone, nil)
	if err != nil {
		t.Fatal(err)
	}
	words := listener(site)
	handler := bot.NewHandler(store, func() storage.Writer { return storage.Writer{Texts: texts, Site: site} },
		func(*storage.Tx) (flows.Understander, error) { return words, nil }, []bot.Channel{l.corp.App()},
		slog.New(slog.NewTextHandler(io.Discard, nil)))
	if l.To, err = l.corp.Callback(handler); err != nil {
		t.Fatal(err)
	}
	return l, engine
}

// offered finds the newest message to a person that has a button, and returns
// what the button carries.
func (l *line) offered(t *testing.T, label string) (data string) {
	t.Helper()
	var shown strings.Builder
	if err := l.store.View(t.Context(), func(tx *storage.Tx) error {
		return storage.Outbox.Scan(tx, storage.Range{}, func(row storage.Outgoing) error {
			shown.WriteString(row.Drawn.Text + "\n")
			for _, r := range row.Drawn.Buttons {
				for _, b := range r {
					shown.WriteString("[" + b.Label + "] ")
					if b.Label == label {
						data = b.Data
					}
				}
			}
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	if data == "" {
		t.Fatalf("nobody was offered %s:\n%s", label, shown.String())
	}
	return data
}

func (l *line) count(t *testing.T) (tickets, outgoing int) {
	t.Helper()
	if err := l.store.View(t.Context(), func(tx *storage.Tx) (err error) {
		if tickets, err = storage.Tickets.Count(tx, "", storage.Range{}); err != nil {
			return err
		}
		outgoing, err = storage.Outbox.Count(tx, "", storage.Range{})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return tickets, outgoing
}

// Every callback of a conversation comes one to five times, side by side, byte
// for byte and sealed anew: there is one ticket, and everything is said once.
func TestRedelivered(t *testing.T) {
	said := map[int]int{}
	for times := 1; times <= 5; times++ {
		l, _ := newDesk(t)
		// again tells something that was told already some more times, all at once.
		again := func(told wecomtest.Told) {
			t.Helper()
			if !told.Taken() {
				t.Fatalf("%v for %s", told.Statuses, told.Plain)
			}
			var all sync.WaitGroup
			for i := 1; i < times; i++ {
				all.Go(func() {
					query, body := told.Query, told.Body
					if i%2 == 0 {
						query, body = l.Seal(told.Plain)
					}
					if w := l.Post(query, body); w.Code != http.StatusOK {
						t.Errorf("%d for %s", w.Code, told.Plain)
					}
				})
			}
			all.Wait()
		}
		// first tells something for the first time, at once with its repetitions.
		first := func(tell func() wecomtest.Told) {
			t.Helper()
			real := l.To
			var all sync.WaitGroup
			l.To = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				for range times {
					all.Go(func() { l.taken(t, real, r.URL.RawQuery, string(body)) })
				}
				all.Wait()
			})
			told := tell()
			l.To = real
			again(told)
		}
		li := l.server.Member("lijie", "李杰", l.Callbacks)
		first(func() wecomtest.Told { return li.Say("厕所漏水") })
		press := func(label string) {
			data := l.offered(t, label)
			first(func() wecomtest.Told { return li.PressCard("T1-1", "button_interaction", data, "CODE-"+label) })
		}
		for _, label := range conversation {
			press(label)
		}
		tickets, outgoing := l.count(t)
		if said[times] = outgoing; tickets != 1 || outgoing != said[1] {
			t.Errorf("%d times: %d tickets, %d messages instead of %d", times, tickets, outgoing, said[1])
		}
	}
}

var conversation = []string{"本人 3-101", "尽快,没人也可进", "提交"}

// taken sends to a handler and wants it taken.
func (l *line) taken(t *testing.T, h http.Handler, query, body string) {
	c := l.server.Callbacks(testToken, testKey, CallbackPath, h)
	if w := c.Post(query, body); w.Code != http.StatusOK {
		t.Errorf("%d", w.Code)
	}
}

// A store without room acknowledges nothing and changes nothing; what WeCom
// tells again when there is room happens once.
func TestNoRoom(t *testing.T) {
	l, engine := newDesk(t)
	li := l.server.Member("lijie", "李杰", l.Callbacks)
	// The store looks again after some seconds.
	l.Again = func() { l.clock.Advance(time.Minute) }
	engine.refuse.Store(1000)
	if told := li.Say("厕所漏水"); told.Taken() || len(told.Statuses) != 4 {
		t.Errorf("%v", told.Statuses)
	}
	if tickets, outgoing := l.count(t); tickets != 0 || outgoing != 0 {
		t.Errorf("%d tickets, %d messages without room", tickets, outgoing)
	}
	engine.refuse.Store(0)
	l.Again()
	li.Say("厕所漏水")
	for _, label := range conversation {
		data := l.offered(t, label)
		engine.refuse.Store(2)
		if told := li.PressCard("T1-1", "button_interaction", data, "CODE-"+label); !told.Taken() || len(told.Statuses) != 3 { // two without room
			t.Errorf("%v", told.Statuses)
		}
	}
	if tickets, _ := l.count(t); tickets != 1 {
		t.Errorf("%d tickets", tickets)
	}
}
