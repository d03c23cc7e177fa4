package desk

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// worksDesk runs the jobs of works as the scheduler does: each at its time, and again
// when it set itself anew.
type worksDesk struct {
	*town
	jobs map[string]Job
	sent []Message
	keys map[string]bool
	most int // messages of one run
}

func newWorksDesk(w *town) *worksDesk {
	return &worksDesk{town: w, jobs: map[string]Job{}, keys: map[string]bool{}}
}

func (d *worksDesk) take(t testing.TB, out Effects, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, m := range out.Messages {
		if m.Key != "" && (strings.HasPrefix(m.Key, "work/") || strings.HasPrefix(m.Key, "announce/")) {
			if n++; d.keys[m.Key] {
				t.Errorf("%s is told twice", m.Key)
			}
			d.keys[m.Key] = true
			d.sent = append(d.sent, m)
		}
	}
	d.most = max(d.most, n)
	d.apply(out)
	for _, j := range out.Jobs {
		d.jobs[j.Key] = j
	}
}

// until lets time pass: what is due happens at its time, or at once after a downtime.
func (d *worksDesk) until(t testing.TB, local string) {
	t.Helper()
	to := d.parse(t, local)
	for {
		var next Job
		for _, j := range d.jobs {
			if !j.Due.After(to) && (next.Key == "" || j.Due.Before(next.Due)) {
				next = j
			}
		}
		if next.Key == "" {
			d.now = to
			return
		}
		delete(d.jobs, next.Key)
		d.now = maxTime(d.now, next.Due)
		kind := jobWork
		if next.Kind == kindAnnounce {
			kind = jobAnnounce
		}
		out, err := kind.Run(lists{d.town}, next)
		d.take(t, out, err)
	}
}

// told are the times and texts that a person was told, and forgets them.
func (d *worksDesk) told(person string) string {
	var list []string
	for _, m := range d.sent {
		if m.Person == person || "@"+m.Department == person {
			key := m.Text.Key
			if key == "" {
				key = m.Text.Lines[0].Key
			}
			for _, one := range d.WorksTold(strings.Split(m.Key, "/")[1]) {
				if one.Person == person && strings.Contains(m.Key, "/"+one.Stage+"/") {
					key = one.At.In(d.site.Zone).Format("02 15:04 ") + key
				}
			}
			list = append(list, strings.Replace(key, "works.", "", 1))
		}
	}
	return strings.Join(list, ", ")
}

// water is a work on the water of building 3, asked for by an engineer and approved.
func (d *worksDesk) water(t testing.TB, from, to string, urgent bool) Work {
	t.Helper()
	out, x, err := AskWork(d, Work{Kind: WorkWater, Place: "3", From: d.parse(t, from), To: d.parse(t, to), Urgent: urgent, Department: "engineering",
		Text: Label{"zh": "清洗水箱"}}, d.people["wang"])
	d.take(t, out, err)
	return x
}

func (d *worksDesk) yes(t testing.TB, x Work) Work {
	t.Helper()
	out, x, err := DecideWork(d, x, d.people["dm"], WorkApproved, "")
	d.take(t, out, err)
	return x
}

func worksTown(t testing.TB) *worksDesk {
	t.Helper()
	w := newTown(t)
	p := w.people["res"]
	p.Home = "3-501"
	w.people["res"] = p
	w.people["kt"] = Person{ID: "kt", Name: "kt", Roles: []Role{{Name: RoleCaretaker, Buildings: []string{"3"}}}, Addresses: []Address{{Channel: "x", ID: "kt"}}}
	return newWorksDesk(w)
}

// TestWhenAWorkIsToldOf: what a resident of the building hears, and when.
func TestWhenAWorkIsToldOf(t *testing.T) {
	for _, tt := range []struct {
		name, now, from, to string
		urgent              bool
		want                string
	}{
		{"a day and an hour before", "2026-11-24 10:20", "2026-11-26 14:00", "2026-11-26 17:00", false, "25 14:00 announced, 26 13:00 hour"},
		{"a late yes", "2026-11-26 09:00", "2026-11-26 14:00", "2026-11-26 17:00", false, "26 09:00 announced, 26 13:00 hour"},
		{"very late", "2026-11-26 12:30", "2026-11-26 14:00", "2026-11-26 17:00", false, "26 12:30 announced"},
		{"it has begun", "2026-11-26 14:30", "2026-11-26 14:00", "2026-11-26 17:00", false, "26 14:30 announced"},
		{"early in the morning: the evening before", "2026-11-24 10:20", "2026-11-26 06:00", "2026-11-26 09:00", false, "24 21:30 announced, 25 21:30 hour"},
		{"at nine", "2026-11-24 10:20", "2026-11-26 09:00", "2026-11-26 10:00", false, "25 09:00 announced, 26 08:00 hour"},
		{"at half past eight", "2026-11-24 10:20", "2026-11-26 08:30", "2026-11-26 10:00", false, "25 08:30 announced, 25 21:30 hour"},
		{"in the night", "2026-11-24 10:20", "2026-11-26 23:00", "2026-11-27 04:00", false, "25 21:30 announced, 26 21:30 hour"},
		{"a yes at night waits for the morning", "2026-11-25 23:00", "2026-11-26 14:00", "2026-11-26 17:00", false, "26 08:00 announced, 26 13:00 hour"},
		{"a yes at night for the same night is not told", "2026-11-25 23:00", "2026-11-26 03:00", "2026-11-26 05:00", false, ""},
		{"unless it is urgent", "2026-11-25 23:00", "2026-11-26 03:00", "2026-11-26 05:00", true, "25 23:00 announced, 26 02:00 hour"},
		{"over the end of the month", "2026-11-29 10:00", "2026-12-01 14:00", "2026-12-01 15:00", false, "30 14:00 announced, 01 13:00 hour"},
	} {
		d := worksTown(t)
		d.now = d.parse(t, tt.now)
		d.yes(t, d.water(t, tt.from, tt.to, tt.urgent))
		d.until(t, "2026-12-03 00:00")
		if got := d.told("res"); got != tt.want {
			t.Errorf("%s: %s\nwant %s", tt.name, got, tt.want)
		}
		for _, m := range d.sent {
			if at := d.now; m.Lane != LaneRoutine && m.Class != ClassReminder || at.IsZero() {
				t.Errorf("%s: %s in lane %d", tt.name, m.Key, m.Lane)
			}
		}
	}
}

// TestAWorkThatChanges: whoever was told hears of the new time, of the cancellation,
// of the end; who asked hears of the end; each once.
func TestAWorkThatChanges(t *testing.T) {
	d := worksTown(t)
	x := d.yes(t, d.water(t, "2026-11-26 14:00", "2026-11-26 17:00", false))
	d.until(t, "2026-11-25 15:00")
	out, x, err := MoveWork(d, x, d.people["wang"], d.parse(t, "2026-11-27 14:00"), d.parse(t, "2026-11-27 16:00"))
	d.take(t, out, err)
	d.until(t, "2026-11-25 16:00")
	if x.State != WorkAsked {
		t.Error("what the department changes needs no yes")
	}
	x = d.yes(t, x)
	d.until(t, "2026-11-27 14:30")
	d.take(t, AskedAbout(d, x, d.people["other"]), nil)
	d.until(t, "2026-11-27 16:20") // It is asked whether it is back.
	out, _, err = EndWork(d, x, d.people["wang"])
	d.take(t, out, err)
	d.until(t, "2026-11-28 12:00")
	for person, want := range map[string]string{
		"res": "25 14:00 announced, 25 16:00 changed, 27 13:00 hour, 27 16:20 over", "other": "27 16:20 over",
		"kt": "25 14:00 announced, 25 16:00 changed, 27 13:00 hour, 27 16:20 over", "@engineering": "25 14:00 announced, 25 16:00 changed, 27 16:20 over",
		"wang": "is_it_back", "clean": "", "op": "",
	} {
		if got := d.told(person); got != want {
			t.Errorf("%s: %s\nwant %s", person, got, want)
		}
	}

	d = worksTown(t)
	x = d.yes(t, d.water(t, "2026-11-26 14:00", "2026-11-26 17:00", false))
	d.until(t, "2026-11-25 23:30")
	out, _, err = CancelWork(d, x, d.people["wang"], "没到货")
	d.take(t, out, err)
	d.until(t, "2026-11-27 00:00")
	if got := d.told("res"); got != "25 14:00 announced, 26 08:00 cancelled" {
		t.Errorf("cancelled at night: %s", got)
	}
	// Moved before anybody was told: that is no change to them.
	d = worksTown(t)
	x = d.yes(t, d.water(t, "2026-11-27 14:00", "2026-11-27 17:00", false))
	out, _, err = MoveWork(d, x, d.people["dm"], d.parse(t, "2026-11-28 14:00"), d.parse(t, "2026-11-28 16:00"))
	d.take(t, out, err)
	if d.until(t, "2026-11-28 13:30"); d.told("res") != "27 14:00 announced, 28 13:00 hour" {
		t.Errorf("moved early: %s", d.told("res"))
	}
	d = worksTown(t)
	x = d.yes(t, d.water(t, "2026-11-27 14:00", "2026-11-27 17:00", false))
	out, _, err = CancelWork(d, x, d.people["dm"], "没到货")
	d.take(t, out, err)
	if d.until(t, "2026-11-28 00:00"); d.told("res") != "" {
		t.Errorf("nobody was told of it, and %s", d.told("res"))
	}
}

// TestWhatClashes: against what a time speaks.
func TestWhatClashes(t *testing.T) {
	day := func(d int) Date { return Date{2026, 11, d} }
	for _, tt := range []struct{ from, to, place, want string }{
		{"2026-11-24 09:00", "2026-11-24 11:30", "3", ""},
		{"2026-11-24 09:00", "2026-11-24 12:00", "3", ""},
		{"2026-11-24 11:00", "2026-11-24 12:01", "3", "midday"},
		{"2026-11-24 21:00", "2026-11-24 22:00", "3", ""},
		{"2026-11-24 21:00", "2026-11-24 22:01", "3", "quiet"},
		{"2026-11-24 07:59", "2026-11-24 09:00", "3", "quiet"},
		{"2026-11-24 08:00", "2026-11-24 09:00", "3", ""},
		{"2026-11-25 09:00", "2026-11-25 10:00", "3", "exam"},
		{"2026-11-27 20:00", "2026-11-28 00:00", "3", "quiet"},
		{"2026-11-28 09:00", "2026-11-28 10:00", "3", "holiday"},
		{"2026-11-26 09:00", "2026-11-26 10:00", "3", "work"},
		{"2026-11-26 10:00", "2026-11-26 11:00", "3", ""}, // The other one ends then.
		{"2026-11-26 09:00", "2026-11-26 10:00", "3-501", "work"},
		{"2026-11-26 09:00", "2026-11-26 10:00", "canteen", ""},
		{"2026-11-24 09:00", "2026-11-28 10:00", "3", "exam quiet midday holiday work"},
		{"2026-11-26 09:00", "2026-11-26 10:00", "canteen 3-501", "work_at 3-501"},
		{"2026-11-26 09:00", "2026-11-26 10:00", "3-502 canteen 3-501", "work_at 3-501 3-502"},
	} {
		d := worksTown(t)
		d.site.Calendar.Midday = Span{From: 12 * 60, To: 14 * 60}
		d.site.Calendar.Exams = []DateRange{{From: day(25)}}
		d.now = d.parse(t, "2026-11-23 10:00")
		d.water(t, "2026-11-26 08:30", "2026-11-26 10:00", false)
		d.apply(Effects{Works: WorkEntries{Works: []Work{{ID: "gone", Place: "3", From: d.parse(t, "2026-11-24 08:00"), To: d.parse(t, "2026-11-24 20:00"), State: WorkCancelled}}}})
		var got []string
		places := strings.Fields(tt.place)
		x := Work{ID: "new", Place: places[0], More: places[1:], From: d.parse(t, tt.from), To: d.parse(t, tt.to)}
		for _, clash := range Clashes(d, x) {
			if got = append(got, strings.TrimPrefix(clash.Key, "works.clash_")); clash.Key == "works.clash_work_at" {
				got = append(got, x.meet(d.site, Work{Place: "3"})...)
			}
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s to %s in %s: %v, want %s", tt.from, tt.to, tt.place, got, tt.want)
		}
	}
}

// TestWhoMayDecideAboutWorks: for each person, what they may.
func TestWhoMayDecideAboutWorks(t *testing.T) {
	for person, want := range map[string]string{"dm": "aymxe", "cm": "aymxe", "wang": "amxe", "clean": "", "op": "", "res": "", "zhao": "amxe", "root": "aymxe"} {
		got := ""
		for _, what := range "aymxe" {
			d := worksTown(t)
			x := d.water(t, "2026-11-26 14:00", "2026-11-26 17:00", false)
			p := d.people[person]
			var err error
			switch what {
			case 'a':
				_, _, err = AskWork(d, Work{Kind: WorkWater, Place: "3", From: x.From, To: x.To, Department: "engineering"}, p)
			case 'y':
				_, _, err = DecideWork(d, x, p, WorkApproved, "")
			case 'm':
				_, _, err = MoveWork(d, x, p, x.From.Add(time.Hour), x.To.Add(time.Hour))
			case 'x':
				_, _, err = CancelWork(d, x, p, "")
			case 'e':
				x = d.yes(t, x)
				d.now = x.From.Add(time.Minute)
				_, _, err = EndWork(d, x, p)
			}
			if err == nil {
				got += string(what)
			}
		}
		if got != want {
			t.Errorf("%s may %q, want %q", person, got, want)
		}
	}
	// A reason is owed for a no, and nothing is decided twice.
	d := worksTown(t)
	x := d.water(t, "2026-11-26 14:00", "2026-11-26 17:00", false)
	if _, _, err := DecideWork(d, x, d.people["dm"], WorkRefused, " "); err == nil {
		t.Error("refused without a reason")
	}
	out, x, err := DecideWork(d, x, d.people["dm"], WorkRefused, "考试")
	d.take(t, out, err)
	if _, _, err := DecideWork(d, x, d.people["cm"], WorkApproved, ""); err == nil {
		t.Error("decided twice")
	}
	if got := d.heard("wang"); !slices.Contains(got, "works.refused") {
		t.Errorf("who asked hears %v", got)
	}
}

// TestPlansOfTomorrow: whose is missing is named once, after the hour.
func TestPlansOfTomorrow(t *testing.T) {
	d := worksTown(t)
	d.site.Works = WorkRule{PlanBy: 17 * 60, Plans: []string{"engineering", "cleaning"}}
	if cron := jobPlans.Cron(d.site); cron != "0 17 * * *" {
		t.Errorf("at %s", cron)
	}
	d.now = d.parse(t, "2026-11-24 15:00")
	out, plan, err := EnterPlan(d, "engineering", Date{2026, 11, 25}, d.people["wang"], "检修水泵\n\n- 换灯")
	d.take(t, out, err)
	if len(plan.Lines) != 2 {
		t.Errorf("lines %q", plan.Lines)
	}
	if _, _, err := EnterPlan(d, "cleaning", Date{2026, 11, 25}, d.people["wang"], "x"); err == nil {
		t.Error("an engineer plans for the cleaners")
	}
	d.now = d.parse(t, "2026-11-24 17:00")
	d.said = nil
	d.run(t, jobPlans)
	if len(d.said) != 1 || d.said[0].Person != "dm" || d.said[0].Key == "" {
		t.Fatalf("%+v", d.said)
	}
	lines := d.said[0].Text.Lines
	if got := lines[len(lines)-1]; got.Key != "works.plans_missing" || len(got.Args["departments"].([]Text)) != 1 {
		t.Errorf("%+v", got)
	}
	// After a downtime over midnight it is too late to say.
	out, err = jobPlans.Run(lists{d.town}, Job{Due: d.now})
	if err != nil || len(out.Messages) != 1 {
		t.Error(err)
	}
	due := d.now
	d.now = d.parse(t, "2026-11-25 09:00")
	if out, _ := jobPlans.Run(lists{d.town}, Job{Due: due}); len(out.Messages) > 0 {
		t.Error("named on the day itself")
	}
}

func lists2(d *worksDesk) Reader { return lists{d.town} }
