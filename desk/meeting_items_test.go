package desk

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// itemTown is a meeting with one point, whose chair gives wang things to do.
func itemTown(t testing.TB) (*meetingDesk, Meeting) {
	t.Helper()
	w := meetingTown(t)
	m := Meeting{
		ID: "2026-11-24", Number: "M-1001", At: w.now, Who: []string{"cm", "wang"}, Prepared: w.now,
		Points: []MeetingPoint{{Kind: PointLeftOver, Tickets: []string{w.open(Draft{})}, For: []string{"cm", "wang"}}},
	}
	w.apply(Effects{Meetings: MeetingEntries{Meetings: []Meeting{m}}})
	return newMeetingDesk(w), m
}

func (d *meetingDesk) give(t testing.TB, m Meeting, due string) ActionItem {
	t.Helper()
	date, err := ParseDate(due)
	if err != nil {
		t.Fatal(err)
	}
	out, err := AddItem(d, m, d.people["cm"], ActionItem{What: "换阀", Owner: "wang", Due: date})
	if err != nil {
		t.Fatal(err)
	}
	d.apply(out)
	d.heard("wang")
	return out.Meetings.Items[0]
}

// TestRemindersOfAnActionItem: what the owner hears, with the time of it.
func TestRemindersOfAnActionItem(t *testing.T) {
	for _, tt := range []struct {
		name, due, want string
		change          func(*meetingDesk)
		jump            string // the desk is down until then
		until           string
	}{
		{"the day before and the day", "2026-11-27", "11-26 09:00 actions.remind, 11-27 09:00 actions.remind_day", nil, "", "2026-12-04 00:00"},
		{"over a weekend", "2026-11-30", "11-27 09:00 actions.remind, 11-30 09:00 actions.remind_day", nil, "", "2026-12-04 00:00"},
		{"given the day before", "2026-11-25", "11-25 09:00 actions.remind_day", nil, "", "2026-12-04 00:00"},
		{"the month ends", "2026-12-01", "11-30 09:00 actions.remind, 12-01 09:00 actions.remind_day", nil, "", "2026-12-04 00:00"},
		{"a week of downtime", "2026-11-27", "12-02 03:00 nothing, 12-02 09:00 actions.remind_over", nil, "2026-12-02 03:00", "2026-12-04 00:00"},
		{"due on a holiday", "2026-11-27", "11-25 09:00 actions.remind, 11-27 09:00 actions.remind_day", func(d *meetingDesk) {
			d.site.Calendar.Holidays = []DateRange{{From: Date{2026, 11, 26}, To: Date{2026, 11, 27}}}
		}, "", "2026-12-04 00:00"},
		{"off shift until the afternoon", "2026-11-27", "11-26 18:00 actions.remind, 11-27 18:00 actions.remind_day", func(d *meetingDesk) {
			d.rosterOf([]string{"x:zhao"}, []string{"x:wang"})
		}, "", "2026-12-04 00:00"},
	} {
		d, m := itemTown(t)
		d.give(t, m, tt.due)
		if tt.change != nil {
			tt.change(d)
		}
		var got []string
		if tt.jump != "" {
			d.at(t, tt.jump)
			got = append(got, strings.TrimPrefix(tt.jump, "2026-")+" nothing")
		}
		for to := d.parse(t, tt.until); d.now.Before(to); d.now = d.now.Add(10 * time.Minute) {
			if d.now.Minute() == 0 {
				d.do(t, jobItems, "")
			}
			for _, key := range d.heard("wang") {
				got = append(got, d.now.In(d.site.Zone).Format("01-02 15:04 ")+key)
			}
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("%s: %s\nwant %s", tt.name, strings.Join(got, ", "), tt.want)
		}
	}
}

// TestActionItemsModel: whatever happens to action items, in whatever order and with
// whatever downtime, each date has at most one reminder before and one on or after
// it, nothing that is over is reminded of, and what is counted as overdue is what a
// naive count finds.
func TestActionItemsModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d, m := itemTown(t)
		type model struct {
			due  Date
			over bool
		}
		items := map[string]*model{}
		var order []string
		reminded := map[string]int{}
		for range rapid.IntRange(1, 40).Draw(rt, "steps") {
			today := DateOf(d.now, d.site.Zone)
			pick := func() (string, *model) {
				id := order[rapid.IntRange(0, len(order)-1).Draw(rt, "which")]
				return id, items[id]
			}
			switch what := rapid.SampledFrom([]string{"add", "done", "move", "drop", "hour", "hour", "hour", "day", "week"}).Draw(rt, "what"); {
			case what == "add" || len(order) == 0:
				due := today.AddDays(rapid.IntRange(0, 12).Draw(rt, "due"))
				i := d.give(t, m, due.String())
				items[i.ID] = &model{due: due}
				order = append(order, i.ID)
			case what == "done" || what == "drop" || what == "move":
				id, is := pick()
				i, _ := d.ActionItem(id)
				due := today.AddDays(rapid.IntRange(0, 12).Draw(rt, "due"))
				out, err := FinishItem(d, i, d.people["wang"], "", nil)
				if what == "drop" {
					out, err = DropItem(d, i, d.people["cm"], "不用了")
				} else if what == "move" {
					out, err = MoveItem(d, i, d.people["cm"], due)
				}
				if (err != nil) != is.over {
					rt.Fatalf("%s of one that is over=%v: %v", what, is.over, err)
				}
				if err == nil {
					d.apply(out)
					is.over = what != "move"
					if what == "move" {
						is.due = due
					}
				}
				d.heard("wang")
			default:
				d.now = d.now.Add(map[string]time.Duration{"hour": time.Hour, "day": 25 * time.Hour, "week": 7*24*time.Hour + 3*time.Hour}[what])
				d.do(t, jobItems, "")
			}
			for _, m := range d.said {
				if m.Person != "wang" || !strings.HasPrefix(m.Text.Key, "actions.remind") {
					continue
				}
				id := strings.Split(m.Key, "/")[1]
				if items[id].over {
					rt.Fatalf("%s is over, and is reminded of", id)
				}
				reminded[m.Key]++
				if reminded[m.Key] > 1 {
					rt.Fatalf("%s twice", m.Key)
				}
			}
			d.said = nil
			overdue := 0
			for _, is := range items {
				if !is.over && is.due.Compare(DateOf(d.now, d.site.Zone)) < 0 {
					overdue++
				}
			}
			list := ItemsFor(d, d.people["cm"])
			if got := countOverdue(d, list); got != overdue {
				rt.Fatalf("%d are overdue, counted %d", overdue, got)
			}
			if !slices.IsSortedFunc(list, func(a, b ActionItem) int { return a.Due.Compare(b.Due) }) {
				rt.Fatal("not by their date")
			}
		}
		// In the end everything that is overdue has been said once, when the owner is there.
		d.now = ClockTime(10*60).On(DateOf(d.now, d.site.Zone).AddDays(1), d.site.Zone)
		d.do(t, jobItems, "")
		for id, is := range items {
			if i, _ := d.ActionItem(id); !is.over && i.Overdue(DateOf(d.now, d.site.Zone)) && d.told["item/"+id+"/"+is.due.String()+"/day"] != 1 {
				rt.Fatalf("%s is overdue and was never reminded of", id)
			}
		}
	})
}

// TestAMeasureIsLookedAt: thirty days after an action item is done, its owner and the
// managers hear whether the theme came back. The numbers are counted a second time
// here, from how the tickets were filed.
func TestAMeasureIsLookedAt(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d, m := itemTown(t)
		d.tickets = map[string]Ticket{}
		m.Points[0] = MeetingPoint{
			Kind: PointLeftOver, Class: OnEquipment, Concern: Concern{Category: "door", Place: "3"},
			Tickets: []string{d.open(Draft{Kind: KindRepair, Category: "leak", Place: "3-501", Requester: "res"})}, For: []string{"cm", "wang"},
		}
		d.apply(Effects{Meetings: MeetingEntries{Meetings: []Meeting{m}}})
		item := d.give(t, m, "2026-12-04")
		done := d.parse(t, "2026-12-02 15:00")
		before, after := 0, 0
		for i := range rapid.IntRange(0, 25).Draw(rt, "tickets") {
			hours := rapid.IntRange(-32*24, 32*24).Draw(rt, "hours")
			category := rapid.SampledFrom([]string{"door", "door", "leak"}).Draw(rt, "category")
			place := rapid.SampledFrom([]string{"3-501", "3-502", "canteen"}).Draw(rt, "place")
			cancelled := rapid.IntRange(0, 5).Draw(rt, "cancelled") == 0
			state := StateTaken
			if cancelled {
				state = StateCancelled
			}
			id := fmt.Sprint("t", i)
			d.tickets[id] = Ticket{
				ID: id, Number: "R-" + id, Kind: KindRepair, Category: category, Place: place, State: state, Department: "engineering",
				Created: done.Add(time.Duration(hours) * time.Hour),
			}
			if category != "door" || place == "canteen" || cancelled {
				continue
			}
			switch {
			case hours <= 0 && hours >= -720:
				before++
			case hours > 0 && hours < 720:
				after++
			}
		}
		d.now = done
		out, err := FinishItem(d, item, d.people["wang"], "换了", nil)
		if err != nil {
			t.Fatal(err)
		}
		d.apply(out)
		if len(out.Jobs) != 1 || !out.Jobs[0].Due.Equal(d.parse(t, "2027-01-02 09:00")) {
			rt.Fatalf("jobs %+v", out.Jobs)
		}
		d.said = nil
		d.now = out.Jobs[0].Due
		d.do(t, jobLook, out.Jobs[0].Subject)
		want := map[string]bool{"cm": true, "pm": true, "wang": true, "dm": true}
		key := "look.same"
		if after == 0 {
			key = "look.gone"
		} else if after < before {
			key = "look.less"
		}
		for _, msg := range d.said {
			if !want[msg.Person] {
				rt.Errorf("%s is told", msg.Person)
			}
			delete(want, msg.Person)
			counts := msg.Text.Lines[1].Args
			if counts["before"] != before || counts["after"] != after || counts["days"] != 30 || msg.Text.Lines[2].Key != key {
				rt.Errorf("%v and %s, want %d and %d, %s", counts, msg.Text.Lines[2].Key, before, after, key)
			}
			if (before+after > 0) != (len(msg.Buttons) == 1) {
				rt.Errorf("a list of %d: %v", before+after, msg.Buttons)
			}
		}
		if len(want) > 0 {
			rt.Errorf("not told: %v", want)
		}
		d.said = nil
		if d.do(t, jobLook, out.Jobs[0].Subject); len(d.said) > 0 {
			rt.Error("told twice")
		}
	})
}

// TestTheMeasureOfAComplaint is looked at too, and the accused hears nothing of it;
// one that came back has said so itself.
func TestTheMeasureOfAComplaint(t *testing.T) {
	w := newCaseTown(t)
	w.site.Meeting.Look = Term{Days: 30}
	c := w.complain(CaseDraft{Kind: KindComplaint, Type: CaseManner, About: About{Kind: AboutTeam, Team: "engineering"}, Place: "3-501", Words: "凶"})
	var job Job
	settle := func() {
		out, err := Act(w, w.tickets[c.ID], Finish, Actor{Person: w.people["dm"]},
			With("cause", "service", "what", "争执", "why", "没登记", "measure", "重新培训", "text", "给您添麻烦了"))
		if err != nil {
			t.Fatal(err)
		}
		w.apply(out)
		for _, j := range out.Jobs {
			if j.Kind == jobLook.Name {
				job = j
			}
		}
	}
	settle()
	if job.Subject != "c."+c.ID {
		t.Fatalf("no look is planned: %+v", job)
	}
	w.now = w.now.AddDate(0, 0, 3)
	again := w.complain(CaseDraft{Kind: KindComplaint, Type: CaseManner, About: About{Kind: AboutTeam, Team: "engineering"}, Place: "3-502", Words: "又凶"})
	w.complain(CaseDraft{Kind: KindComplaint, Type: CaseManner, About: About{Kind: AboutTeam, Team: "cleaning"}, Place: "3-502", Words: "慢"})
	w.said, w.now = nil, job.Due
	out, err := jobLook.Run(lists{w}, job)
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	for _, m := range out.Messages {
		told[m.Person] = true
		if counts := m.Text.Lines[1].Args; counts["before"] != 1 || counts["after"] != 1 {
			t.Errorf("%s reads %v", m.Person, counts)
		}
	}
	if !told["cm"] || !told["dm"] || told["wang"] || told["zhao"] || told["op"] {
		t.Errorf("told: %v", told)
	}
	for person, want := range map[string]bool{"cm": true, "wang": false, "op": false, "res": false} {
		m, ok := MeasureFor(lists{w}, w.people[person], job.Subject)
		if ok != want || ok && (len(m.After) != 1 || m.After[0].ID != again.ID) {
			t.Errorf("%s can open the list: %v %+v", person, ok, m.After)
		}
	}
	back := w.tickets[c.ID]
	back.State = StateTaken
	w.tickets[c.ID] = back
	if out, _ := jobLook.Run(lists{w}, job); len(out.Messages) > 0 {
		t.Error("the complaint is open again")
	}
}
