package desk

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestDays goes by the weekday and by the calendar: holidays, make-up days,
// vacations and exams.
func TestDays(t *testing.T) {
	date := func(s string) Date {
		d, err := ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	c := Calendar{
		Zone: zoneOf(t, "Asia/Shanghai"), Workweek: MondayToFriday(),
		Holidays:  []DateRange{{From: date("2026-10-01"), To: date("2026-10-07")}},
		Workdays:  []DateRange{{From: date("2026-10-10")}},
		Vacations: []DateRange{{From: date("2027-01-18"), To: date("2027-02-28")}},
		Exams:     []DateRange{{From: date("2027-01-04"), To: date("2027-01-15")}},
	}
	for _, s := range []struct {
		words []string
		yes   []string
		no    []string
	}{
		{nil, []string{"2026-10-01", "2026-10-10", "2028-02-29"}, nil},
		{[]string{"mon", "wed"}, []string{"2026-09-28", "2026-09-30"}, []string{"2026-09-29", "2026-10-04"}},
		{[]string{"workdays"}, []string{"2026-09-30", "2026-10-10"}, []string{"2026-10-01", "2026-10-03", "2026-10-11"}},
		{[]string{"days_off"}, []string{"2026-10-01", "2026-10-11"}, []string{"2026-10-10", "2026-09-30"}},
		{[]string{"vacation"}, []string{"2027-01-18", "2027-02-28"}, []string{"2027-01-17", "2027-03-01"}},
		{[]string{"term"}, []string{"2027-01-17"}, []string{"2027-01-18"}},
		{[]string{"exams", "sat"}, []string{"2027-01-04", "2026-10-10"}, []string{"2027-01-18"}},
	} {
		days, err := ParseDays(s.words...)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range s.yes {
			if !days.Include(c, date(d)) {
				t.Errorf("%v leaves out %s", s.words, d)
			}
		}
		for _, d := range s.no {
			if days.Include(c, date(d)) {
				t.Errorf("%v includes %s", s.words, d)
			}
		}
	}
	if _, err := ParseDays("monday"); err == nil {
		t.Error("monday is read as a day")
	}
}

// TestOverlay is what changes make of a day's shift.
func TestOverlay(t *testing.T) {
	today := Date{2026, 11, 24}
	day := ShiftDay{Shift: Shift{Name: "day"}, Date: today}
	at := func(minute int) time.Time { return time.Date(2026, 11, 20, 8, minute, 0, 0, time.UTC) }
	on := DateRange{From: today}
	for name, s := range map[string]struct {
		changes []RosterChange
		want    []string
	}{
		"none":               {nil, []string{"a", "b"}},
		"leave":              {[]RosterChange{{Kind: ChangeLeave, Who: "a", Dates: on, At: at(1)}}, []string{"b"}},
		"leave tomorrow":     {[]RosterChange{{Kind: ChangeLeave, Who: "a", Dates: DateRange{From: today.AddDays(1)}, At: at(1)}}, []string{"a", "b"}},
		"leave of weeks":     {[]RosterChange{{Kind: ChangeLeave, Who: "a", Dates: DateRange{From: today.AddDays(-9), To: today}, At: at(1)}}, []string{"b"}},
		"sick at night only": {[]RosterChange{{Kind: ChangeSick, Who: "a", Dates: on, Shift: "night", At: at(1)}}, []string{"a", "b"}},
		"taken back":         {[]RosterChange{{Kind: ChangeLeave, Who: "a", Dates: on, At: at(1), Ended: at(2)}}, []string{"a", "b"}},
		"extra":              {[]RosterChange{{Kind: ChangeExtra, Who: "c", Dates: on, Shift: "day", Duty: "x", At: at(1)}}, []string{"a", "b", "c"}},
		"extra elsewhere":    {[]RosterChange{{Kind: ChangeExtra, Who: "c", Dates: on, Shift: "day", Duty: "y", At: at(1)}}, []string{"a", "b"}},
		"extra twice":        {[]RosterChange{{Kind: ChangeExtra, Who: "a", Dates: on, Shift: "day", Duty: "x", At: at(1)}}, []string{"a", "b"}},
		"leave, then asked to come": {[]RosterChange{
			{Kind: ChangeExtra, Who: "a", Dates: on, Shift: "day", Duty: "x", At: at(2)}, {Kind: ChangeLeave, Who: "a", Dates: on, At: at(1)},
		}, []string{"b", "a"}},
		"extra, then sick": {[]RosterChange{
			{Kind: ChangeSick, Who: "c", Dates: on, At: at(2)}, {Kind: ChangeExtra, Who: "c", Dates: on, Shift: "day", Duty: "x", At: at(1)},
		}, []string{"a", "b"}},
		"swap not accepted": {[]RosterChange{{Kind: ChangeSwap, Who: "a", With: "c", Dates: on, Shift: "day", Duty: "x", At: at(1)}}, []string{"a", "b"}},
		"swap":              {[]RosterChange{{Kind: ChangeSwap, Who: "a", With: "c", Dates: on, Shift: "day", Duty: "x", At: at(1), Accepted: at(2)}}, []string{"b", "c"}},
		"swap back": {[]RosterChange{
			{Kind: ChangeSwap, Who: "c", With: "b", Dates: DateRange{From: today.AddDays(3)}, Shift: "day", Duty: "x", BackShift: "day", BackDate: today, At: at(1), Accepted: at(2)},
		}, []string{"a", "c"}},
		"swap, then the other is sick": {[]RosterChange{
			{Kind: ChangeSwap, Who: "a", With: "c", Dates: on, Shift: "day", Duty: "x", At: at(1), Accepted: at(2)}, {Kind: ChangeSick, Who: "c", Dates: on, At: at(3)},
		}, []string{"b"}},
		"swapped on": {[]RosterChange{
			{Kind: ChangeSwap, Who: "a", With: "c", Dates: on, Shift: "day", Duty: "x", At: at(1), Accepted: at(2)},
			{Kind: ChangeSwap, Who: "c", With: "d", Dates: on, Shift: "day", Duty: "x", At: at(3), Accepted: at(4)},
		}, []string{"b", "d"}},
	} {
		if got := Overlay(day, "x", []string{"a", "b"}, s.changes); !slices.Equal(got, s.want) {
			t.Errorf("%s: %q, want %q", name, got, s.want)
		}
	}
}

// TestOverlayProperty: nobody works twice, leave that was entered last holds, and
// without changes it is the pattern.
func TestOverlayProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people := []string{"a", "b", "c", "d"}
		who := rapid.SampledFrom(people)
		day := ShiftDay{Shift: Shift{Name: "day"}, Date: Date{2028, 2, 29}}
		var changes []RosterChange
		for i := range rapid.IntRange(0, 8).Draw(t, "n") {
			at := time.Date(2028, 2, 1, 0, i, 0, 0, time.UTC)
			x := RosterChange{
				Kind: rapid.SampledFrom([]ChangeKind{ChangeLeave, ChangeSick, ChangeExtra, ChangeSwap}).Draw(t, "kind"),
				Who:  who.Draw(t, "who"), With: who.Draw(t, "with"), Duty: "x", At: at, Dates: DateRange{From: day.Date.AddDays(rapid.IntRange(-1, 1).Draw(t, "day"))},
			}
			if x.Kind == ChangeExtra || x.Kind == ChangeSwap {
				x.Shift, x.Accepted = "day", at
			}
			changes = append(changes, x)
		}
		got := Overlay(day, "x", []string{"a", "b"}, changes)
		if len(slices.Compact(slices.Sorted(slices.Values(got)))) != len(got) {
			t.Fatalf("%q has somebody twice", got)
		}
		if n := len(changes); n > 0 && changes[n-1].Away(day.Date) && slices.Contains(got, changes[n-1].Who) {
			t.Fatalf("%q has who is away", got)
		}
		if !slices.Equal(Overlay(day, "x", []string{"a", "b"}, nil), []string{"a", "b"}) {
			t.Fatal("a pattern without changes is not the pattern")
		}
	})
}

// TestComingDay reads days as people write them. 2026-11-24 is a Tuesday.
func TestComingDay(t *testing.T) {
	today := Date{2026, 11, 24}
	for said, want := range map[string]string{
		"今天": "2026-11-24", "明天": "2026-11-25", "后天": "2026-11-26", "Tomorrow": "2026-11-25", "today": "2026-11-24",
		"周二": "2026-11-24", "星期一": "2026-11-30", "周日": "2026-11-29", "Friday": "2026-11-27", "fri": "2026-11-27",
		"11-25": "2026-11-25", "11/25": "2026-11-25", "11月25日": "2026-11-25", "12.1": "2026-12-01", "25": "2026-11-25", "25日": "2026-11-25",
		"1号": "2026-12-01", "31": "2026-12-31", "1-3": "2027-01-03", "2027-02-28": "2027-02-28", "2026-11-01": "2026-11-01",
		"2-29": "2028-02-29", "2月30日": "", "13-1": "", "0": "", "32": "", "2027-02-29": "", "昨": "", "": "",
	} {
		got := ""
		if d, ok := ComingDay(said, today); ok {
			got = d.String()
		}
		if got != want {
			t.Errorf("%q is %q, want %q", said, got, want)
		}
	}
}

// TestEveryShiftDayOnce: over a change of clocks, the end of a month, a leap day
// and New Year each shift of each date begins once, and its key finds it.
func TestEveryShiftDayOnce(t *testing.T) {
	for _, zone := range []string{"Asia/Shanghai", "Europe/Berlin", "America/Santiago", "Australia/Lord_Howe", "Pacific/Apia"} {
		for _, s := range []struct{ from, to string }{
			{"2026-03-25", "2026-04-08"}, {"2026-10-20", "2026-11-05"}, {"2028-02-26", "2028-03-03"}, {"2026-12-29", "2027-01-03"}, {"2011-12-27", "2012-01-02"},
		} {
			c := Calendar{Zone: zoneOf(t, zone), Workweek: MondayToFriday()}
			r := Roster{Shifts: []Shift{
				{Name: "early", Span: Span{From: 2*60 + 30, To: 10 * 60}}, {Name: "day", Span: Span{From: 8 * 60, To: 17*60 + 30}},
				{Name: "night", Span: Span{From: 17*60 + 30, To: 8 * 60}}, {Name: "midnight", Span: Span{From: 0, To: 24 * 60}},
				{Name: "weekend", Span: Span{From: 8 * 60, To: 12 * 60}, Days: DayOff},
			}}
			from, _ := ParseDate(s.from)
			to, _ := ParseDate(s.to)
			seen := map[string]int{}
			// A step at a time, as the job does, at instants that fit nothing.
			at := ClockTime(0).On(from, c.Zone).Add(-7 * time.Minute)
			for end := ClockTime(0).On(to, c.Zone); at.Before(end); {
				next := at.Add(37 * time.Minute)
				for _, d := range r.Begin(c, at, next) {
					seen[d.Key()]++
					if found, ok := r.ShiftDay(c, d.Key()); !ok || !found.From.Equal(d.From) || !found.To.Equal(d.To) {
						t.Errorf("%s: %s is found as %v", zone, d.Key(), found)
					}
				}
				at = next
			}
			for date := from; date.Compare(to) < 0; date = date.AddDays(1) {
				for _, shift := range r.Shifts {
					if _, worked := shift.on(date, c); !worked {
						continue
					}
					if key := shift.Name + "." + date.compact(); seen[key] != 1 {
						t.Errorf("%s: %s began %d times", zone, key, seen[key])
					}
				}
			}
		}
	}
	if _, ok := (Roster{Shifts: []Shift{{Name: "day", Span: Span{From: 1, To: 2}}}}).ShiftDay(Calendar{}, "day.20260230"); ok {
		t.Error("30 February is a day")
	}
}

// TestNextChangeOfRareShifts: a shift that is worked on some days only is found
// however far ahead it is.
func TestNextChangeOfRareShifts(t *testing.T) {
	vacation, err := ParseDateRange("2027-01-18..2027-02-28")
	if err != nil {
		t.Fatal(err)
	}
	c := Calendar{Zone: zoneOf(t, "Asia/Shanghai"), Workweek: MondayToFriday(), Vacations: []DateRange{vacation}}
	r := Roster{Shifts: []Shift{{Name: "v", Span: Span{From: 9 * 60, To: 12 * 60}, Days: DayVacation}}}
	if got, want := r.NextChange(c.at(t, "2026-11-24 10:00"), c), c.at(t, "2027-01-18 09:00"); !got.Equal(want) {
		t.Errorf("%v, want %v", got, want)
	}
	if fmt.Sprint(r.Current(c, c.at(t, "2027-03-01 10:00"))) != "[]" {
		t.Error("the shift goes on after the vacation")
	}
}
