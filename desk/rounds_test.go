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
	// 01:00 on the night of Friday is on Saturday.
	w.site.Rounds = append(w.site.Rounds, RoundPlan{ID: "friday", Times: []ClockTime{60}, Days: Weekdays(time.Friday)})
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
		"the night of Friday":     {"Asia/Shanghai", "2026-11-27 00:30", "2026-11-28 01:00", []string{"walk.20261127.0200 02:00", "walk.20261127.2230 22:30", "post.20261127.2300 23:00", "friday.20261128.0100 01:00"}},
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
	// What runs again, with the clock or without, says nothing and changes nothing.
	before := fmt.Sprint(w.rounds.rounds)
	w.rounds.clock = w.now.Add(-3 * time.Hour)
	w.tickRounds(t)
	for _, kind := range []JobKind{jobRoundRemind, jobRoundMiss} {
		w.runJob(t, kind, "walk.20261124.2230")
	}
	if after := fmt.Sprint(w.rounds.rounds); after != before || len(w.said) > 0 {
		t.Errorf("run again: said %v, %s, want %s", w.said, after, before)
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
		"leave":      {func(w *town) { w.changeSeen(RosterChange{Kind: ChangeLeave, Who: "nm", Dates: on}) }, nil, []string{"round.nobody"}},
		"swap": {func(w *town) {
			w.changeSeen(RosterChange{Kind: ChangeSwap, Who: "nm", With: "dm", Dates: on, Shift: "night", Duty: "duty_manager", Accepted: w.now})
		}, []string{"dm"}, nil},
		"two": {func(w *town) {
			w.changeSeen(RosterChange{Kind: ChangeExtra, Who: "dm", Dates: on, Shift: "night", Duty: "duty_manager"})
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

func (w *town) changeSeen(x RosterChange) {
	x.ID, x.At = fmt.Sprint("change", len(w.duty.changes)), w.now
	w.duty.changes = append(w.duty.changes, x)
}
