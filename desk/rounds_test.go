package desk

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// nightTown is the town with a round and a post in the night, on Tuesday evening.
func nightTown(t testing.TB) *town {
	w := newTown(t)
	w.site.Rounds = []RoundPlan{
		{ID: "walk", Label: Label{"zh": "巡查"}, Kind: RoundWalk, Times: []ClockTime{22*60 + 30, 2 * 60}, Takes: 45 * time.Minute, Grace: 15 * time.Minute,
			By: string(RoleDutyManager), Places: []RoundPlace{
				{Place: "canteen", Items: []RoundItem{{ID: "gas", Label: Label{"zh": "燃气"}}, {ID: "tap", Label: Label{"zh": "水龙头"}, Category: "leak"}}},
				{Place: "3-501"},
			}},
		{ID: "post", Label: Label{"zh": "查岗"}, Kind: RoundPost, Department: "security", Leads: []Address{{Channel: "x", ID: "lead"}},
			Times: []ClockTime{23 * 60}, Days: Weekdays(time.Tuesday, time.Friday), Takes: 30 * time.Minute, Grace: 10 * time.Minute,
			By: string(RoleDutyManager), Places: []RoundPlace{{Place: "canteen"}, {Place: "3-502"}}},
	}
	w.people["lead"] = Person{ID: "lead", Name: "lead", Addresses: []Address{{Channel: "x", ID: "lead"}}, Created: w.now,
		Roles: []Role{{Name: RoleTechnician, Departments: []string{"security"}}}}
	w.rounds.clock = w.now
	return w
}

// TestRoundsDue is the timetable of a plan: nights, their days, and changes of
// clocks.
func TestRoundsDue(t *testing.T) {
	w := nightTown(t)
	at := func(zone, s string) time.Time {
		z, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		when, err := time.ParseInLocation("2006-01-02 15:04", s, z)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	for name, c := range map[string]struct {
		zone, from, to string
		want           []string
	}{
		"a night with posts":      {"Asia/Shanghai", "2026-11-24 12:00", "2026-11-25 12:00", []string{"walk.20261124.2230 22:30", "post.20261124.2300 23:00", "walk.20261125.0200 02:00"}},
		"a night without posts":   {"Asia/Shanghai", "2026-11-25 12:00", "2026-11-26 12:00", []string{"walk.20261125.2230 22:30", "walk.20261126.0200 02:00"}},
		"from is not of it":       {"Asia/Shanghai", "2026-11-24 22:30", "2026-11-24 23:00", []string{"post.20261124.2300 23:00"}},
		"no time at all":          {"Asia/Shanghai", "2026-11-24 22:30", "2026-11-24 22:30", nil},
		"clocks go forward":       {"Europe/Berlin", "2026-03-28 23:30", "2026-03-29 06:00", []string{"walk.20260329.0200 03:00"}},
		"clocks go back":          {"Europe/Berlin", "2026-10-24 23:30", "2026-10-25 06:00", []string{"walk.20261025.0200 02:00"}},
		"the end of the year":     {"Asia/Shanghai", "2026-12-31 22:00", "2027-01-01 03:00", []string{"walk.20261231.2230 22:30", "walk.20270101.0200 02:00"}},
		"a leap day":              {"Asia/Shanghai", "2028-02-28 23:30", "2028-02-29 23:30", []string{"walk.20280229.0200 02:00", "walk.20280229.2230 22:30", "post.20280229.2300 23:00"}},
		"the last of March, noon": {"Asia/Shanghai", "2026-03-31 12:00", "2026-03-31 13:00", nil},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		w.site.Zone, w.site.Calendar.Zone = zone, zone
		var got []string
		for _, d := range w.site.RoundsDue(at(c.zone, c.from), at(c.zone, c.to)) {
			got = append(got, d.ID+" "+d.At.In(zone).Format("15:04"))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	// 02:00 comes twice when clocks go back; it is the first of the two.
	w.site.Zone = at("Europe/Berlin", "2026-10-25 00:00").Location()
	due := w.site.RoundsDue(at("Europe/Berlin", "2026-10-24 23:30"), at("Europe/Berlin", "2026-10-25 06:00"))
	if want := time.Date(2026, 10, 25, 0, 0, 0, 0, time.UTC); len(due) != 1 || !due[0].At.Equal(want) {
		t.Errorf("due at %v, want %v", due, want)
	}
}

// tickRounds lets the town's jobs of the rounds run that are due by now.
func (w *town) tickRounds(t *testing.T) {
	t.Helper()
	w.run(t, jobRounds)
	for {
		i := slices.IndexFunc(w.jobs, func(j Job) bool { return !j.Due.After(w.now) })
		if i < 0 {
			return
		}
		job := w.jobs[i]
		w.jobs = slices.Delete(w.jobs, i, i+1)
		for _, kind := range []JobKind{jobRoundRemind, jobRoundMiss, jobRoundSlow} {
			if kind.Name == job.Kind {
				w.runJob(t, kind, job.Subject)
			}
		}
	}
}

// TestRoundNobodyBegins is a night in which nobody walks: a card, a reminder, and
// the level above hears of it, each once, whatever runs twice.
func TestRoundNobodyBegins(t *testing.T) {
	w := nightTown(t)
	w.clock("22:29")
	w.tickRounds(t)
	if got := w.heard("nm"); len(got) != 0 {
		t.Fatalf("before its time: %q", got)
	}
	for _, step := range []struct {
		clock    string
		nm, cm   []string
		dm, rest []string
	}{
		{clock: "22:30", nm: []string{"round.card"}},
		{clock: "22:44"},
		{clock: "22:45", nm: []string{"round.remind"}},
		{clock: "22:59"},
		{clock: "23:00", nm: []string{"round.card_post"}, cm: []string{"round.missed"}},
		{clock: "23:10", nm: []string{"round.remind"}},
		{clock: "23:20", cm: []string{"round.missed"}},
		{clock: "23:59"},
	} {
		w.clock(step.clock)
		for range 2 {
			w.tickRounds(t)
		}
		for who, want := range map[string][]string{"nm": step.nm, "cm": step.cm, "dm": step.dm, "lead": step.rest, "pm": nil, "op": nil} {
			if got := w.heard(who); !slices.Equal(got, want) {
				t.Errorf("%s: %s heard %q, want %q", step.clock, who, got, want)
			}
		}
	}
	for id, want := range map[string]string{"walk.20261124.2230": RoundMissed, "post.20261124.2300": RoundMissed} {
		if x, _ := w.Round(id); x.Stands(w.now) != want {
			t.Errorf("%s is %s, want %s", id, x.Stands(w.now), want)
		}
	}
	// Late is better than never, and is called late; in the morning it is over.
	x, _ := w.Round("walk.20261124.2230")
	out, x, err := BeginRound(w, x, w.people["nm"])
	if err != nil {
		t.Fatal(err)
	}
	w.apply(out)
	for i := range x.Stops {
		x = w.atPlace(t, x, i, "nm", FoundGood)
	}
	if got := x.Stands(w.now); got != RoundLate {
		t.Errorf("done late it is %s", got)
	}
}

// at arrives at a stop and says how it is there.
func (w *town) atPlace(t *testing.T, x Round, i int, who, found string) Round {
	t.Helper()
	out, x, err := ReachStop(w, x, i, w.people[who], "scan", nil)
	if err == nil {
		w.apply(out)
		out, x, err = CheckStop(w, x, i, w.people[who], found, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	w.apply(out)
	return x
}

// TestRoundAfterDowntime: what can still be done is asked for once, with its own
// time to begin; what is too late is written down as not asked for, and nobody is
// blamed; what is long over is left out.
func TestRoundAfterDowntime(t *testing.T) {
	for back, want := range map[string]struct {
		heard []string
		walk  string
	}{
		"22:50": {[]string{"round.card"}, RoundWaits},
		"23:00": {[]string{"round.card", "round.card_post"}, RoundWaits},
		"23:01": {[]string{"round.card_post"}, RoundUnasked},
	} {
		w := nightTown(t)
		w.clock(back)
		w.tickRounds(t)
		w.tickRounds(t)
		if got := w.heard("nm"); !slices.Equal(got, want.heard) {
			t.Errorf("%s: heard %q, want %q", back, got, want.heard)
		}
		if x, _ := w.Round("walk.20261124.2230"); x.Stands(w.now) != want.walk {
			t.Errorf("%s: %s, want %s", back, x.Stands(w.now), want.walk)
		}
		if want.walk == RoundUnasked {
			w.now = w.now.Add(time.Hour)
			w.tickRounds(t)
			if got := w.heard("cm"); slices.Contains(got, "round.missed") && len(got) > 1 {
				t.Errorf("%s: the level above heard %q of what nobody was asked for", back, got)
			}
		}
	}
	w := nightTown(t)
	w.now = w.now.AddDate(0, 0, 7)
	w.tickRounds(t)
	if n := len(w.rounds.rounds); n != 4 {
		t.Errorf("a week of downtime wrote down %d rounds, want those of the last two days", n)
	}
	for _, x := range w.rounds.rounds {
		if !x.Unasked {
			t.Errorf("%s was asked for in the morning", x.ID)
		}
	}
	if got := w.heard("nm"); len(got) != 0 {
		t.Errorf("after a week: %q", got)
	}
}

// TestRoundsFollowTheRoster: leave, a swap, nobody, who did not say that they are
// there; nobody off shift is asked.
func TestRoundsFollowTheRoster(t *testing.T) {
	today := Date{2026, 11, 24}
	on := DateRange{From: today}
	for name, c := range map[string]struct {
		change func(w *town)
		asked  []string
		level  []string // of the level above
	}{
		"as planned": {func(*town) {}, []string{"nm"}, nil},
		"leave":      {func(w *town) { w.change(RosterChange{Kind: ChangeLeave, Who: "nm", Dates: on}) }, nil, []string{"round.nobody"}},
		"swap": {func(w *town) {
			w.change(RosterChange{Kind: ChangeSwap, Who: "nm", With: "dm", Dates: on, Shift: "night", Duty: "duty_manager", Accepted: w.now})
		}, []string{"dm"}, nil},
		"two": {func(w *town) {
			w.change(RosterChange{Kind: ChangeExtra, Who: "dm", Dates: on, Shift: "night", Duty: "duty_manager"})
		}, []string{"dm", "nm"}, nil},
		"blocked": {func(w *town) {
			p := w.people["nm"]
			p.Unreachable = "blocked"
			w.people["nm"] = p
		}, nil, []string{"round.nobody"}},
	} {
		w := nightTown(t)
		c.change(w)
		w.clock("22:30")
		w.tickRounds(t)
		x, _ := w.Round("walk.20261124.2230")
		if got := slices.Sorted(slices.Values(x.Asked)); !slices.Equal(got, c.asked) {
			t.Errorf("%s: asked %q, want %q", name, got, c.asked)
		}
		for _, p := range []string{"dm", "nm"} {
			if heard := len(w.heard(p)) > 0; heard != slices.Contains(c.asked, p) {
				t.Errorf("%s: %s heard of it: %v", name, p, heard)
			}
		}
		if got := w.heard("cm"); !slices.Equal(got, c.level) {
			t.Errorf("%s: the level above heard %q, want %q", name, got, c.level)
		}
	}
}

func (w *town) change(x RosterChange) {
	x.ID, x.At = fmt.Sprint("change", len(w.duty.changes)), w.now
	w.duty.changes = append(w.duty.changes, x)
}

// TestWhoMayWalk is the matrix of who may press what on a round.
func TestWhoMayWalk(t *testing.T) {
	w := nightTown(t)
	w.clock("22:30")
	w.tickRounds(t)
	gone := w.people["nm"]
	gone.ID, gone.Suspended = "gone", true
	w.people["gone"] = gone
	key := func(err error) string {
		if user, ok := AsUserError(err); ok {
			return user.Text.Key
		}
		if err != nil {
			t.Fatal(err)
		}
		return ""
	}
	fresh, _ := w.Round("walk.20261124.2230")
	for who, want := range map[string]string{
		"nm": "", "cm": "", "pm": "", // on duty, or a manager on duty
		"dm": "round.not_yours", // off shift
		"op": "round.not_yours", "wang": "round.not_yours", "lead": "round.not_yours", "res": "round.not_yours", "gone": "round.not_yours",
	} {
		if _, _, err := BeginRound(w, fresh, w.people[who]); key(err) != want {
			t.Errorf("%s begins: %q, want %q", who, key(err), want)
		}
	}
	if _, _, err := ReachStop(w, fresh, 0, w.people["nm"], "scan", nil); key(err) != "round.not_begun" {
		t.Errorf("at a place before it has begun: %q", key(err))
	}
	out, begun, err := BeginRound(w, fresh, w.people["nm"])
	if err != nil {
		t.Fatal(err)
	}
	w.apply(out)
	out, there, err := ReachStop(w, begun, 0, w.people["nm"], "scan", nil)
	if err != nil {
		t.Fatal(err)
	}
	w.apply(out)
	for who, want := range map[string]string{
		"nm": "", "cm": "round.has", "dm": "round.has", "op": "round.has", "lead": "round.has", "res": "round.has", "gone": "round.has",
	} {
		p := w.people[who]
		_, _, reach := ReachStop(w, begun, 0, p, "scan", nil)
		_, _, check := CheckStop(w, there, 0, p, FoundGood, "")
		_, _, fault := AddFinding(w, there, 0, Fault{Text: "x", Category: "leak", By: Actor{Person: p}})
		for what, err := range map[string]error{"reach": reach, "check": check, "fault": fault} {
			if key(err) != want {
				t.Errorf("%s: %s: %q, want %q", who, what, key(err), want)
			}
		}
	}
	for what, err := range map[string]error{
		"round.photo":     third(ReachStop(w, begun, 1, w.people["nm"], "photo", nil)),
		"round.not_there": third(CheckStop(w, begun, 1, w.people["nm"], FoundGood, "")),
		"press.unknown":   third(CheckStop(w, there, 0, w.people["nm"], FoundAbsent, "")),
	} {
		if key(err) != what {
			t.Errorf("%q, want %q", key(err), what)
		}
	}
	if _, _, err := ReachStop(w, begun, 7, w.people["nm"], "scan", nil); key(err) != "press.unknown" {
		t.Errorf("a place that is not on it: %q", key(err))
	}
	// The day manager takes over in the morning only who is off shift by then, and
	// not what is over.
	if _, _, err := BeginRound(w, begun, w.people["cm"]); key(err) != "round.has" {
		t.Errorf("the centre manager takes it over: %q", key(err))
	}
	w.now = begun.Until
	if _, _, err := BeginRound(w, begun, w.people["dm"]); key(err) != "round.over" {
		t.Errorf("in the morning: %q", key(err))
	}
	if got := begun.Stands(w.now); got != RoundPartly {
		t.Errorf("in the morning it is %s", got)
	}
}

func third(_ Effects, _ Round, err error) error { return err }

// TestFindings: a fault opens a ticket of the ordinary kind, a second one about the
// same goes there, and nobody is asked whether it is mended.
func TestFindings(t *testing.T) {
	w := nightTown(t)
	w.site.Callback.Policy = []CallPolicy{{Share: 100, Done: true}}
	w.clock("22:30")
	w.tickRounds(t)
	x, _ := w.Round("walk.20261124.2230")
	nm := w.people["nm"]
	must := func(out Effects, next Round, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		w.apply(out)
		x = next
	}
	must(BeginRound(w, x, nm))
	must(ReachStop(w, x, 0, nm, "scan", nil))
	must(AddFinding(w, x, 0, Fault{Item: "tap", Text: "滴水", Category: "leak", By: Actor{Person: nm}}))
	must(AddFinding(w, x, 0, Fault{Text: "还在滴", Category: "leak", By: Actor{Person: nm}}))
	must(AddFinding(w, x, 0, Fault{Item: "gas", Category: "door", By: Actor{Person: nm}}))
	must(CheckStop(w, x, 0, nm, FoundGood, ""))
	found := x.Stops[0].Findings
	if len(found) != 3 || found[0].Ticket != found[1].Ticket || found[0].Linked || !found[1].Linked || found[2].Ticket == found[0].Ticket || x.Stops[0].Found != FoundFault {
		t.Fatalf("found %+v", x.Stops[0])
	}
	leak := w.tickets[found[0].Ticket]
	if leak.Place != "canteen" || leak.Category != "leak" || leak.Department != "engineering" || leak.Round != x.ID || leak.Summary != "滴水" || len(leak.Words) != 2 {
		t.Errorf("the ticket is %+v", leak)
	}
	if len(w.tickets) != 2 {
		t.Errorf("%d tickets", len(w.tickets))
	}
	w.act(t, leak.ID, "wang", Take)
	w.act(t, leak.ID, "wang", Finish)
	for _, job := range TicketJobs(w.site, w.tickets[leak.ID]) {
		if job.Kind != timerCallbackClose.Kind && job.Kind != JobFetch {
			t.Errorf("a job %s is set for what was found on a round", job.Kind)
		}
	}
}

// TestAbsentPost: the lead hears of it if they are on shift, else the duty manager,
// and when it is the duty manager who saw it the next level; taken back, they hear
// that too.
func TestAbsentPost(t *testing.T) {
	for name, c := range map[string]struct {
		change func(w *town)
		walker string
		told   string
	}{
		"the lead":                {func(*town) {}, "nm", "lead"},
		"the lead is off shift":   {func(w *town) { w.site.Roster.Shifts[0].Staff["security"] = []string{"x:lead"} }, "nm", "cm"},
		"the lead is on shift":    {func(w *town) { w.site.Roster.Shifts[1].Staff["security"] = []string{"x:lead"} }, "nm", "lead"},
		"no lead, another walker": {func(w *town) { w.site.Rounds[1].Leads = nil }, "cm", "nm"},
	} {
		w := nightTown(t)
		c.change(w)
		w.clock("23:00")
		w.tickRounds(t)
		w.said = nil
		x, _ := w.Round("post.20261124.2300")
		out, x, err := BeginRound(w, x, w.people[c.walker])
		if err != nil {
			t.Fatal(err)
		}
		w.apply(out)
		x = w.atPlace(t, x, 0, c.walker, FoundAbsent)
		for _, p := range []string{"lead", "nm", "cm", "dm", "pm"} {
			var want []string
			if p == c.told {
				want = []string{"post.absent_told"}
			}
			if got := w.heard(p); !slices.Equal(got, want) {
				t.Errorf("%s: %s heard %q, want %q", name, p, got, want)
			}
		}
		w.now = w.now.Add(time.Minute)
		if out, x, err = UndoCheck(w, x, 0, w.people[c.walker]); err != nil {
			t.Fatal(err)
		}
		w.apply(out)
		if got := w.heard(c.told); !slices.Equal(got, []string{"post.undone"}) || x.Stops[0].Done() {
			t.Errorf("%s: undone, %s heard %q", name, c.told, got)
		}
		x = w.atPlace(t, x, 0, c.walker, FoundPresent)
		w.now = w.now.Add(3 * time.Minute)
		if _, _, err := UndoCheck(w, x, 0, w.people[c.walker]); err == nil {
			t.Errorf("%s: it was undone after three minutes", name)
		}
	}
}
