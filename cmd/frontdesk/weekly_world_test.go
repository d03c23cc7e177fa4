package main

import (
	"context"
	"io"
	"log/slog"
	"math/rand"
	"slices"
	"testing"
	"time"

	"frontdesk/desk"
	"frontdesk/locale"
	"frontdesk/scheduler"
	"frontdesk/storage"
	"frontdesk/storage/memory"
)

// weeks is a desk on which three weeks are lived by chance, through the actions
// that people have, with its timers.
type weeks struct {
	t         *testing.T
	now       time.Time
	site      *desk.Site
	store     *storage.Store
	scheduler *scheduler.Scheduler
	writer    storage.Writer
	rng       *rand.Rand
	ids       []string // tickets
	people    map[string]desk.Person
}

func newWeeks(t *testing.T, seed int64, start string) *weeks {
	t.Helper()
	config := exampleTown(t)
	texts, err := locale.Load(config.Site.Zone, nil)
	if err != nil {
		t.Fatal(err)
	}
	w := &weeks{t: t, site: config.Site, rng: rand.New(rand.NewSource(seed)), people: map[string]desk.Person{}}
	w.writer = storage.Writer{Texts: texts, Site: w.site}
	w.now = w.at(start)
	w.store, err = storage.Open(memory.New(), "test", storage.Options{Now: func() time.Time { return w.now }, Rand: rand.New(rand.NewSource(seed))})
	if err != nil {
		t.Fatal(err)
	}
	w.scheduler = scheduler.New(w.store, func() storage.Writer { return w.writer }, nil, nil, scheduler.Options{
		Now: func() time.Time { return w.now }, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	add := func(id, chat string, roles ...desk.Role) {
		w.people[id] = desk.Person{
			ID: id, Name: id, Lang: "zh", Created: w.now, Roles: roles, Addresses: []desk.Address{{Channel: "telegram", ID: chat}},
		}
	}
	technician := func(department string) desk.Role {
		return desk.Role{Name: desk.RoleTechnician, Departments: []string{department}}
	}
	add("operator", "1001", desk.Role{Name: desk.RoleOperator})
	add("duty", "1002", desk.Role{Name: desk.RoleDutyManager})
	add("centre", "1003", desk.Role{Name: desk.RoleCentreManager})
	add("property", "1004", desk.Role{Name: desk.RolePropertyManager})
	add("supervisor", "1100", desk.Role{Name: desk.RoleSupervisor})
	add("wang", "2001", technician("engineering"))
	add("zhao", "2002", technician("engineering"))
	add("liu", "2101", technician("cleaning"))
	add("guard", "2201", technician("security"))
	for _, id := range []string{"r1", "r2", "r3", "r4", "r5", "r6"} {
		add(id, "500"+id[1:])
	}
	w.do(func(desk.World) (desk.Effects, error) {
		var e desk.Effects
		for _, p := range w.people {
			e.People = append(e.People, p)
		}
		slices.SortFunc(e.People, func(a, b desk.Person) int { return compareText(a.ID, b.ID) })
		return e, nil
	})
	return w
}

func compareText(a, b string) int {
	if a < b {
		return -1
	}
	return 1
}

func (w *weeks) at(local string) time.Time {
	w.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", local, w.site.Zone)
	if err != nil {
		w.t.Fatal(err)
	}
	return at
}

// do writes what a rule wants; what a rule refuses does not happen.
func (w *weeks) do(rule func(desk.World) (desk.Effects, error)) {
	w.t.Helper()
	err := w.store.Update(context.Background(), func(tx *storage.Tx) error {
		e, err := rule(storage.NewWorld(tx, w.site))
		if err != nil {
			return err
		}
		return w.writer.Apply(tx, e)
	})
	if _, refused := desk.AsUserError(err); err != nil && !refused {
		w.t.Fatal(err)
	}
}

func (w *weeks) read(look func(desk.Reader)) {
	w.t.Helper()
	err := w.store.View(context.Background(), func(tx *storage.Tx) error {
		look(storage.NewWorld(tx, w.site))
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *weeks) pass(d time.Duration) {
	w.t.Helper()
	end := w.now.Add(d)
	for {
		next, err := w.scheduler.Step(context.Background(), w.now)
		if err != nil {
			w.t.Fatal(err)
		}
		if next.IsZero() || next.After(end) {
			break
		}
		w.now = next
	}
	w.now = end
}

func pick[T any](rng *rand.Rand, list ...T) T { return list[rng.Intn(len(list))] }

// live lets people file and act until a time.
func (w *weeks) live(until string) {
	w.t.Helper()
	for end := w.at(until); w.now.Before(end); {
		w.pass(time.Duration(30+w.rng.Intn(60)) * time.Minute)
		if hour := w.now.In(w.site.Zone).Hour(); hour >= 7 || w.rng.Intn(4) == 0 {
			w.files()
		}
		for range 9 {
			w.acts()
		}
	}
}

func (w *weeks) files() {
	place := pick(w.rng, "3-502", "3-502", "3-503", "1-101", "3-5-corridor", "2-208", "canteen")
	resident := pick(w.rng, "r1", "r2", "r3", "r4", "r5", "r6")
	seed := w.rng.Int63()
	var t desk.Ticket
	w.do(func(world desk.World) (desk.Effects, error) {
		rng := rand.New(rand.NewSource(seed)) // What is written may be tried again.
		var e desk.Effects
		switch n := rng.Intn(20); {
		case n < 11:
			d := desk.Draft{Kind: desk.KindRepair, Category: pick(rng, "leak", "hot_water", "power", "door"), Place: place, Requester: resident, Via: "telegram"}
			if n < 2 {
				d.FiledBy = "operator"
			}
			if n == 5 {
				d.Summary = pick(rng, "=1+1", "+SUM(A1)", "-2", "@cmd", "\ttab", "\rreturn", "水龙头滴水")
			}
			e, t = desk.Open(world, d)
		case n < 14:
			e, t = desk.Open(world, desk.Draft{Kind: desk.KindRequest, Category: pick(rng, w.site.CategoriesOf(desk.KindRequest)...).ID, Place: place, Requester: resident})
		case n == 14:
			e, t = desk.Open(world, desk.Draft{Kind: desk.KindEmergency, Category: pick(rng, "fire", desk.AlarmRisk), Place: place, Requester: resident})
		case n == 15:
			e, t = desk.OpenCase(world, desk.CaseDraft{Kind: desk.KindSuggestion, Words: "灯再亮些", Requester: resident})
		case n == 16:
			e, t = desk.OpenCase(world, desk.CaseDraft{Kind: desk.KindPraise, Words: "谢谢", Requester: resident})
		default:
			d := desk.CaseDraft{Kind: desk.KindComplaint, Type: pick(rng, desk.CaseEquipment, desk.CaseManner, desk.CaseQuality), Words: "水又凉了", Place: place, Requester: resident}
			switch rng.Intn(4) {
			case 0:
				d.About = desk.About{Kind: desk.AboutTeam, Team: "engineering"}
			case 1: // That one the duty manager must not know of.
				d.About = desk.About{Kind: desk.AboutPerson, Said: "duty", People: []string{"duty"}}
			case 2:
				d.Category, d.Anonymous = "hot_water", true
			}
			e, t = desk.OpenCase(world, d)
		}
		return e, nil
	})
	w.ids = append(w.ids, t.ID)
}

// acts lets somebody do something to a ticket of the last days; much of it is
// refused, as in life.
func (w *weeks) acts() {
	if len(w.ids) == 0 {
		return
	}
	id := w.ids[max(len(w.ids)-1-w.rng.Intn(pick(w.rng, 8, 25, 150)), 0)]
	seed := w.rng.Int63()
	w.do(func(world desk.World) (desk.Effects, error) {
		rng := rand.New(rand.NewSource(seed))
		t, _ := world.Ticket(id)
		act := func(who string, a desk.Action, pairs ...string) (desk.Effects, error) {
			p, _ := world.Person(who)
			args := desk.With(pairs...)
			if a == desk.Finish {
				args.Files = []desk.File{{Kind: desk.FilePhoto, ID: "p"}}
			}
			return desk.Act(world, t, a, desk.Actor{Person: p, Via: "telegram"}, args)
		}
		if t.Case != nil {
			who := pick(rng, "duty", "centre", "property")
			switch rng.Intn(6) {
			case 0:
				return act(t.Requester, desk.Cancel)
			case 1:
				return act(t.Requester, desk.NotFixed)
			case 2:
				return act(who, desk.Take)
			case 3:
				return act(who, desk.Reply, "text", "我们来看")
			}
			return act(who, desk.Finish, "text", "修好了", "cause", pick(rng, desk.CaseCauses...), "what", "凉", "why", "阀", "measure", "换")
		}
		free := map[string]string{"engineering": pick(rng, "wang", "zhao"), "cleaning": "liu", "security": "guard"}
		who := cmpOr(t.Taker, free[t.Department])
		switch n := rng.Intn(24); {
		case t.State == desk.StateNew && n > 8:
			return act(who, desk.Take)
		case t.State == desk.StateTaken && n > 12:
			return act(who, desk.Arrive)
		case t.State == desk.StateArrived && n > 8:
			return act(who, desk.Finish)
		case t.State == desk.StateDone && n > 12:
			return act(t.Requester, desk.Rate, "rating", pick(rng, "good", "good", "fair"))
		}
		switch rng.Intn(16) {
		case 0:
			return act(pick(rng, t.Requester, "operator"), desk.Cancel)
		case 1:
			return act(who, desk.PauseWork, "reason", pick(rng, "contractor", "approval"), "limit", "1d")
		case 2:
			return act(who, desk.PauseWork, "reason", "parts", "limit", "1wd")
		case 3:
			return act(who, desk.Resume)
		case 4:
			return act(who, desk.Undo)
		case 5:
			return act(who, desk.NoAccess)
		case 6:
			return act(who, desk.GiveBack)
		case 7, 8:
			return act(who, desk.Arrive)
		case 9:
			return act(t.Requester, desk.NotFixed)
		case 10:
			return act(t.Requester, desk.Rate, "rating", pick(rng, "good", "good", "fair"))
		case 11, 12:
			return act(who, desk.Take)
		}
		return act(who, desk.Finish)
	})
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
