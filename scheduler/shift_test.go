package scheduler_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// onShifts is a campus with a roster: chen by day and sun at night, wang by day
// and zhou at night.
func onShifts(t testing.TB, at string, options ...option) *campus {
	t.Helper()
	c := newCampus(t, at, append(options, withKinds(desk.JobKinds...))...)
	c.site.Roster = desk.Roster{Shifts: []desk.Shift{
		{Name: "day", Span: desk.Span{From: 8 * 60, To: 17*60 + 30}, Staff: map[string][]string{
			"operator": {"telegram:limin"}, "duty_manager": {"telegram:chen"}, "centre_manager": {"telegram:centre"}, "engineering": {"telegram:wang"},
		}},
		{Name: "night", Span: desk.Span{From: 17*60 + 30, To: 8 * 60}, Staff: map[string][]string{
			"duty_manager": {"telegram:sun"}, "centre_manager": {"telegram:centre"}, "engineering": {"telegram:zhou"},
		}},
	}}
	c.site.Duty = desk.DutyRule{
		Ask: []string{"operator", "duty_manager", "engineering"}, Within: 15 * time.Minute, Handover: 15 * time.Minute, Sign: 15 * time.Minute,
	}
	c.site.Schedules = desk.Schedules{}
	c.do(func(desk.World) (desk.Effects, error) {
		var e desk.Effects
		for name, role := range map[string]desk.Role{
			"sun": {Name: desk.RoleDutyManager}, "zhou": {Name: desk.RoleTechnician, Departments: []string{"engineering"}},
		} {
			e.People = append(e.People, desk.Person{ID: name, Name: name, Roles: []desk.Role{role}, Addresses: []desk.Address{{Channel: "telegram", ID: name}}})
		}
		return e, nil
	})
	c.step()
	c.heard()
	return c
}

// on is the press of people at the start of a shift.
func (c *campus) on(shift string, people ...string) {
	c.t.Helper()
	for _, who := range people {
		c.do(func(w desk.World) (desk.Effects, error) {
			p, _ := w.Person(who)
			e, _, err := desk.SayOn(w, p, shift)
			return e, err
		})
	}
}

// signs is the press of somebody on the card of a handover.
func (c *campus) signs(id, who string) {
	c.t.Helper()
	c.do(func(w desk.World) (desk.Effects, error) {
		p, _ := w.Person(who)
		h, ok := w.Handover(id)
		if !ok {
			c.t.Errorf("there is no handover %s", id)
		}
		e, _, err := desk.Sign(w, h, p)
		return e, err
	})
}

// TestAShift is the timetable of a day and a night. 2026-03-02 is a Monday.
func TestAShift(t *testing.T) {
	engines(t, func(t *testing.T, engine option) {
		c := onShifts(t, "2026-03-02 07:30", engine)
		c.at("2026-03-02 07:45", "chen: handover.head", "sun: handover.head")
		c.signs("20260302.0800", "sun")
		c.at("2026-03-02 08:00", "chen: shift.begin", "limin: shift.begin", "wang: shift.begin")
		c.signs("20260302.0800", "chen")
		c.at("2026-03-02 08:01", "chen: handover.complete", "sun: handover.complete")
		c.on("day.20260302", "chen", "limin")
		c.at("2026-03-02 08:14")
		c.at("2026-03-02 08:15", "chen: shift.missing_head")
		c.at("2026-03-02 08:30") // Signed, so that nobody is told.
		c.on("day.20260302", "wang")
		c.want("chen: shift.late_on")
		kept, due := c.open("heat"), c.open("heat")
		c.act(kept, "wang", desk.Take)
		c.act(due, "wang", desk.Take)
		c.act(kept, "wang", desk.PauseWork, "reason", "parts", "limit", "3wd")
		c.heard()
		c.at("2026-03-02 17:15", "chen: handover.head", "sun: handover.head")
		c.at("2026-03-02 17:30", "sun: shift.begin", "zhou: shift.begin", "wang: shift.returned")
		if a, b := c.ticket(kept), c.ticket(due); a.Taker != "wang" || b.Taker != "" || b.State != desk.StateNew {
			t.Errorf("kept by %q, given back to %q", a.Taker, b.Taker)
		}
		// Neither signs: one level up hears of it, once.
		c.on("night.20260302", "sun", "zhou")
		c.at("2026-03-02 17:45", "centre: handover.late")
		c.at("2026-03-02 23:00")
		if log := c.log.String(); log != "" {
			t.Error(log)
		}
	})
}

// Nobody who works on is asked again, or asked for their tickets.
func TestWhoWorksOnIsLeftAlone(t *testing.T) {
	c := onShifts(t, "2026-03-02 07:50")
	c.do(func(w desk.World) (desk.Effects, error) {
		chen, _ := w.Person("chen")
		return desk.EnterChange(w, desk.RosterChange{
			Kind: desk.ChangeExtra, Who: "wang", Shift: "night", Duty: "engineering", Dates: desk.DateRange{From: desk.Date{Year: 2026, Month: 3, Day: 2}},
		}, desk.Actor{Person: chen})
	})
	c.until("2026-03-02 08:00")
	c.on("day.20260302", "wang", "chen", "limin")
	c.until("2026-03-02 08:05")
	id := c.open("heat")
	c.act(id, "wang", desk.Take)
	c.act(id, "wang", desk.PauseWork, "reason", "parts", "limit", "3wd")
	c.until("2026-03-02 17:29")
	c.heard()
	c.at("2026-03-02 17:30", "sun: shift.begin", "zhou: shift.begin")
	if got := c.ticket(id); got.Taker != "wang" {
		t.Errorf("taken by %q", got.Taker)
	}
	c.until("2026-03-03 07:59")
	c.heard()
	// At eight both works of wang are over, and the day's shift begins: wang goes on.
	c.at("2026-03-03 08:00", "chen: shift.begin", "limin: shift.begin")
}

// TestFollowersPassOn: what those who leave the desk have followed passes to who
// sits there next, when both have signed, and not before.
func TestFollowersPassOn(t *testing.T) {
	simulates(t)
	c := onShifts(t, "2026-03-02 07:50")
	c.until("2026-03-02 08:00")
	c.on("day.20260302", "chen", "limin", "wang")
	var ids []string
	for range 120 { // more than one commit passes on
		ids = append(ids, c.open("heat"))
	}
	followers := func() map[string]int {
		n := map[string]int{}
		for _, id := range ids {
			n[c.ticket(id).Follower]++
		}
		return n
	}
	c.until("2026-03-02 17:20")
	c.signs("20260302.1730", "sun")
	c.until("2026-03-02 17:31")
	if got := followers(); got["limin"] != 120 {
		t.Fatalf("followed by %v before both have signed", got)
	}
	c.signs("20260302.1730", "chen")
	c.until("2026-03-02 17:40")
	if got := followers(); got["sun"] != 120 {
		t.Errorf("followed by %v", got)
	}
	c.view(func(_ *storage.Tx, r desk.Reader) {
		h := r.History(ids[0])
		if last := h[len(h)-1]; last.Action != desk.PassOn || last.Details["from"] != "limin" || last.Details["to"] != "sun" || last.Details["handover"] != "20260302.1730" {
			t.Errorf("the last event is %+v", last)
		}
	})
	c.on("night.20260302", "sun")
	c.until("2026-03-03 07:50")
	c.signs("20260303.0800", "sun")
	c.signs("20260303.0800", "chen")
	c.until("2026-03-03 08:01")
	c.on("day.20260303", "limin", "chen")
	c.until("2026-03-03 08:10")
	// Who has signed before eight passes on before the operator comes; the manager
	// who took over follows then.
	if got := followers(); got["sun"] != 0 {
		t.Errorf("in the morning followed by %v", got)
	}
}

// TestNobodyTakesOver: when who should come is sick, there is no card that nobody
// signs, and the next level hears that nobody comes.
func TestNobodyTakesOver(t *testing.T) {
	c := onShifts(t, "2026-03-02 12:00")
	c.do(func(w desk.World) (desk.Effects, error) {
		chen, _ := w.Person("chen")
		return desk.EnterChange(w, desk.RosterChange{Kind: desk.ChangeSick, Who: "sun", Dates: desk.DateRange{From: desk.Date{Year: 2026, Month: 3, Day: 2}}},
			desk.Actor{Person: chen})
	})
	c.want("sun: roster.entered")
	c.at("2026-03-02 17:15", "chen: handover.head", "centre: handover.nobody_in")
	id := c.open("fire")
	c.heard()
	c.act(id, "guard", desk.Take)
	c.act(id, "guard", desk.Arrive)
	c.act(id, "guard", desk.Finish)
	c.until("2026-03-02 17:29")
	c.heard()
	c.at("2026-03-02 17:31", "zhou: shift.begin")
	c.open("fire")
	c.heard()
	c.at("2026-03-02 17:36", "centre: take.manager R-1002", "guard: take.member R-1002")
}

// counts the messages of a kind to each person.
func (c *campus) tally(told map[string]int) {
	for _, line := range c.heard() {
		told[line]++
	}
}

// TestShiftsOnceADay: over changes of clocks, ends of months, a leap day and New
// Year everybody is asked once a shift, and each change has one card.
func TestShiftsOnceADay(t *testing.T) {
	for _, s := range []struct {
		zone, from string
		days       int
	}{
		{"Asia/Shanghai", "2028-02-27 12:00", 4}, {"Asia/Shanghai", "2026-12-30 12:00", 3}, {"Europe/Berlin", "2026-03-27 12:00", 4},
		{"Europe/Berlin", "2026-10-23 12:00", 4}, {"America/Santiago", "2026-04-03 12:00", 3}, {"America/Santiago", "2026-09-04 12:00", 3},
		{"Australia/Lord_Howe", "2026-10-02 12:00", 3},
	} {
		for _, change := range []desk.ClockTime{8 * 60, 2*60 + 30, 0, 1*60 + 45} {
			t.Run(fmt.Sprintf("%s %s %s", s.zone, s.from, change), func(t *testing.T) {
				t.Parallel()
				c := onShifts(t, s.from, inZone(s.zone))
				c.site.Roster.Shifts[0].Span.From, c.site.Roster.Shifts[1].Span.To = change, change
				c.step()
				c.heard()
				told := map[string]int{}
				day := desk.DateOf(c.now, c.site.Zone)
				c.untilInstant(desk.ClockTime(12*60).On(day.AddDays(s.days), c.site.Zone))
				c.tally(told)
				for line, want := range map[string]int{
					"chen: shift.begin": s.days, "sun: shift.begin": s.days, "chen: handover.head": 2 * s.days, "sun: handover.head": 2 * s.days,
				} {
					if told[line] != want {
						t.Errorf("%q %d times in %d days", line, told[line], s.days)
					}
				}
				if told["chen: shift.missing_head"]+told["centre: shift.missing_head"] != 2*s.days {
					t.Errorf("told of who is missing: %v", told)
				}
			})
		}
	}
}

// TestAWeekOfDowntime: what is over is left out; who is on duty is asked once, and
// one card is written, of the last change.
func TestAWeekOfDowntime(t *testing.T) {
	for _, up := range []string{"2026-03-09 10:00", "2026-03-09 17:20", "2026-03-10 03:00"} {
		t.Run(up, func(t *testing.T) {
			c := onShifts(t, "2026-03-02 12:00")
			c.until("2026-03-02 20:00")
			c.heard()
			c.now = c.instant(up)
			told := map[string]int{}
			c.step()
			c.tally(told)
			for line, n := range told {
				if n > 1 && !strings.HasPrefix(line, "group") {
					t.Errorf("%q %d times at once", line, n)
				}
			}
			begun := slices.Collect(func(yield func(string) bool) {
				for line := range told {
					if strings.HasSuffix(line, "shift.begin") && !yield(line) {
						return
					}
				}
			})
			want := 3
			if up == "2026-03-10 03:00" {
				want = 2
			}
			if len(begun) != want || told["chen: handover.head"] != 1 {
				t.Errorf("after a week: %v", told)
			}
			before := told["chen: handover.head"]
			c.until("2026-03-11 12:00")
			c.tally(told)
			if n := told["chen: handover.head"] - before; n < 3 || n > 4 {
				t.Errorf("%d handovers in the days after", n)
			}
		})
	}
}
