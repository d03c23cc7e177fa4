package scheduler_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"frontdesk/desk"
	"frontdesk/scheduler"
	"frontdesk/storage"
	"frontdesk/storage/bolt"
	"frontdesk/storage/memory"
)

// keys says a text as its key and the number in it, so that timetables are about
// what happens and not about words.
type keys struct{}

func (keys) Render(_ string, t desk.Text, now time.Time) string {
	if len(t.Lines) > 0 {
		return keys{}.Render("", t.Lines[0], now)
	}
	return strings.TrimSpace(fmt.Sprint(t.Key, " ", orEmpty(t.Args["number"])))
}

func orEmpty(v any) any {
	if v == nil {
		return ""
	}
	return v
}

// people are everybody of the campus; the digits are their chats.
var people = map[string]desk.Person{
	"zhang":    {ID: "zhang"},
	"wang":     {ID: "wang", Roles: []desk.Role{{Name: desk.RoleTechnician, Departments: []string{"engineering"}}}},
	"guard":    {ID: "guard", Roles: []desk.Role{{Name: desk.RoleTechnician, Departments: []string{"security"}}}},
	"limin":    {ID: "limin", Roles: []desk.Role{{Name: desk.RoleOperator}}},
	"chen":     {ID: "chen", Roles: []desk.Role{{Name: desk.RoleDutyManager}}},
	"centre":   {ID: "centre", Roles: []desk.Role{{Name: desk.RoleCentreManager}}},
	"property": {ID: "property", Roles: []desk.Role{{Name: desk.RolePropertyManager}}},
}

func testSite(zone *time.Location) *desk.Site {
	day := desk.WorkingHours{Hours: desk.Hours{{From: 8 * 60, To: 17*60 + 30}}}
	minutes := func(n int) desk.Term { return desk.Term{Duration: time.Duration(n) * time.Minute} }
	return &desk.Site{
		ID: "test", Zone: zone, Languages: []string{"zh", "en"},
		Departments: []desk.Department{
			{ID: "engineering", Hours: day},
			{ID: "security", Hours: desk.WorkingHours{EveryDay: true}},
		},
		Categories: []desk.Category{
			{ID: "heat", Kind: desk.KindRepair}, {ID: "leak", Kind: desk.KindRepair, Call: true},
			{ID: "fire", Kind: desk.KindRepair, Urgency: desk.Emergency},
		},
		Routes:   []desk.Route{{Categories: []string{"fire"}, Department: "security"}, {Department: "engineering"}},
		Calendar: desk.Calendar{Zone: zone, Workweek: desk.MondayToFriday()},
		Deadlines: map[desk.Urgency]desk.Deadlines{
			desk.Normal:    {Take: minutes(15), FirstVisit: minutes(12 * 60), Done: minutes(24 * 60), Rework: minutes(24 * 60)},
			desk.Urgent:    {OnSite: minutes(30), Arrive: minutes(15)},
			desk.Emergency: {Take: minutes(5), OnSite: minutes(30), Arrive: minutes(15)},
		},
		Pauses: []desk.PauseReason{{ID: "parts", Limits: []desk.Term{{Workdays: 3}}}},
		Callback: desk.CallbackRule{
			AskAfter: minutes(30), RemindAfter: desk.Term{Days: 1}, CallAfter: desk.Term{Days: 1},
			CloseAfter: desk.Term{Days: 7}, ReopenFor: desk.Term{Days: 30}, From: 9 * 60, To: 21*60 + 30,
			Policy: []desk.CallPolicy{{Rework: true, Share: 100, Done: true}, {Marked: true, Share: 100, Done: true}},
		},
		Complaints: desk.ComplaintRule{
			Reply: minutes(15), ReplyFrom: 8 * 60, ReplyTo: 22 * 60, ReplyBy: 9 * 60, Done: desk.Term{Days: 3}, LeftOver: desk.Term{Days: 3},
			Repeat: desk.Term{Days: 30}, Prominent: desk.Term{Days: 3}, Suggestion: desk.Term{Workdays: 3},
		},
		Quiet:     desk.QuietHours{From: 22 * 60, To: 8 * 60},
		Limits:    desk.Limits{OfferFor: 15 * time.Minute, UndoFor: 2 * time.Minute, ChaseEvery: 10 * time.Minute, ChaseTimes: 3},
		Schedules: desk.Schedules{Lists: "5 8 * * *", Digest: "10 8 * * *"},
	}
}

// campus is a desk whose clock the test moves.
type campus struct {
	t     testing.TB
	now   time.Time
	site  *desk.Site
	store *storage.Store
	s     *scheduler.Scheduler
	log   *logged
	said  string // the last outgoing row that was looked at
}

// logged keeps the lines of a log.
type logged struct {
	mu sync.Mutex
	bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Buffer.Write(p)
}

func (l *logged) count(part string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Count(l.String(), part)
}

type option func(*setup)

type setup struct {
	zone   string
	engine storage.Engine
	kinds  []desk.JobKind
	tasks  func(*storage.Store) []scheduler.Task
	clock  func() time.Time
}

func inZone(name string) option              { return func(s *setup) { s.zone = name } }
func withKinds(kinds ...desk.JobKind) option { return func(s *setup) { s.kinds = kinds } }
func withTasks(t ...scheduler.Task) option {
	return func(s *setup) { s.tasks = func(*storage.Store) []scheduler.Task { return t } }
}

// engines runs a test on each embedded engine.
func engines(t *testing.T, test func(*testing.T, option)) {
	t.Run("memory", func(t *testing.T) { test(t, func(*setup) {}) })
	t.Run("bolt", func(t *testing.T) {
		engine, err := bolt.Open(filepath.Join(t.TempDir(), "desk.db"), bolt.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = engine.Close() })
		test(t, func(s *setup) { s.engine = engine })
	})
}

// newCampus opens a desk at a local time such as "2026-03-02 10:00".
func newCampus(t testing.TB, at string, options ...option) *campus {
	t.Helper()
	conf := setup{zone: "Asia/Shanghai", engine: memory.New()}
	for _, o := range options {
		o(&conf)
	}
	zone, err := time.LoadLocation(conf.zone)
	if err != nil {
		t.Fatal(err)
	}
	c := &campus{t: t, site: testSite(zone), log: &logged{}}
	c.now = c.instant(at)
	clock := conf.clock
	if clock == nil {
		clock = func() time.Time { return c.now }
	}
	c.store, err = storage.Open(conf.engine, "test", storage.Options{
		Now: clock, Rand: rand.New(rand.NewSource(1)),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.store.Close() })
	var tasks []scheduler.Task
	if conf.tasks != nil {
		tasks = conf.tasks(c.store)
	}
	c.s = c.scheduler(conf.kinds, tasks)
	c.do(func(w desk.World) (desk.Effects, error) {
		var e desk.Effects
		for name, p := range people {
			p.Name, p.Addresses = name, []desk.Address{{Channel: "telegram", ID: name}}
			e.People = append(e.People, p)
		}
		e.Groups = []desk.Group{{Address: desk.Address{Channel: "telegram", ID: "group"}, Department: "engineering"}}
		return e, nil
	})
	return c
}

func (c *campus) scheduler(kinds []desk.JobKind, tasks []scheduler.Task) *scheduler.Scheduler {
	return scheduler.New(c.store, c.writer, kinds, tasks, scheduler.Options{
		Now: func() time.Time { return c.now }, Log: c.logger(),
	})
}

func (c *campus) logger() *slog.Logger { return slog.New(slog.NewTextHandler(io.Writer(c.log), nil)) }

func (c *campus) writer() storage.Writer { return storage.Writer{Texts: keys{}, Site: c.site} }

func (c *campus) instant(local string) time.Time {
	c.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", local, c.site.Zone)
	if err != nil {
		c.t.Fatal(err)
	}
	return at
}

// do writes what a rule wants.
func (c *campus) do(rule func(desk.World) (desk.Effects, error)) {
	c.t.Helper()
	err := c.store.Update(context.Background(), func(tx *storage.Tx) error {
		e, err := rule(storage.NewWorld(tx, c.site))
		if err != nil {
			return err
		}
		return c.writer().Apply(tx, e)
	})
	if err != nil {
		c.t.Fatal(err)
	}
}

// view looks at the desk.
func (c *campus) view(look func(*storage.Tx, desk.Reader)) {
	c.t.Helper()
	err := c.store.View(context.Background(), func(tx *storage.Tx) error {
		look(tx, storage.NewWorld(tx, c.site))
		return nil
	})
	if err != nil {
		c.t.Fatal(err)
	}
}

// open files a repair of a category and returns the ticket's id.
func (c *campus) open(category string) (id string) {
	c.t.Helper()
	c.do(func(w desk.World) (desk.Effects, error) {
		e, t := desk.Open(w, desk.Draft{Kind: desk.KindRepair, Category: category, Place: "3-502", Requester: "zhang"})
		id = t.ID
		return e, nil
	})
	return id
}

func (c *campus) act(id, who string, a desk.Action, pairs ...string) {
	c.t.Helper()
	c.do(func(w desk.World) (desk.Effects, error) {
		t, _ := w.Ticket(id)
		p, _ := w.Person(who)
		return desk.Act(w, t, a, desk.Actor{Person: p}, desk.With(pairs...))
	})
}

func (c *campus) ticket(id string) (t desk.Ticket) {
	c.view(func(_ *storage.Tx, r desk.Reader) { t, _ = r.Ticket(id) })
	return t
}

// step runs what is due now.
func (c *campus) step() time.Time {
	c.t.Helper()
	next, err := c.s.Step(context.Background(), c.now)
	if err != nil {
		c.t.Fatal(err)
	}
	return next
}

// until lets time pass, from one due job to the next.
func (c *campus) until(local string) {
	c.t.Helper()
	c.untilInstant(c.instant(local))
}

func (c *campus) untilInstant(end time.Time) {
	c.t.Helper()
	for next := c.step(); !next.IsZero() && !next.After(end); next = c.step() {
		c.now = next
	}
	c.now = end
	c.step()
}

// heard returns what was said since it was last asked: "chat: text".
func (c *campus) heard() []string {
	c.t.Helper()
	var list []string
	c.view(func(tx *storage.Tx, _ desk.Reader) {
		err := storage.Outbox.Scan(tx, storage.Range{After: c.said}, func(o storage.Outgoing) error {
			c.said = o.ID
			what := o.Drawn.Text
			if o.Post != "" {
				p, _, err := storage.Posts.Get(tx, o.Post)
				if err != nil {
					return err
				}
				n := len(p.Tickets)
				if p.Ticket != "" {
					n = 1
				}
				what = fmt.Sprintf("[%s %d]", p.Kind, n)
			}
			list = append(list, o.Chat.ID+": "+what)
			return nil
		})
		if err != nil {
			c.t.Fatal(err)
		}
	})
	return list
}

// want compares what was said since the last time.
func (c *campus) want(lines ...string) {
	c.t.Helper()
	got := c.heard()
	slices.Sort(got)
	slices.Sort(lines)
	if diff := cmp.Diff(lines, got); diff != "" {
		c.t.Errorf("at %s (-want +got):\n%s", c.now.In(c.site.Zone).Format("2006-01-02 15:04:05"), diff)
	}
}

// notes lists the notes by kind.
func (c *campus) notes() map[string][]string {
	list := map[string][]string{}
	c.view(func(tx *storage.Tx, _ desk.Reader) {
		if err := storage.Notes.Scan(tx, storage.Range{}, func(n desk.Note) error {
			list[n.Kind] = append(list[n.Kind], n.ID)
			return nil
		}); err != nil {
			c.t.Fatal(err)
		}
	})
	return list
}

// jobs lists the job rows.
func (c *campus) jobs() (list []desk.Job) {
	c.view(func(tx *storage.Tx, _ desk.Reader) {
		if err := storage.Jobs.By(tx, "due", storage.Range{}, func(j desk.Job) error {
			list = append(list, j)
			return nil
		}); err != nil {
			c.t.Fatal(err)
		}
	})
	return list
}
