package desk

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// meetingTown meets on Tuesdays at 9:30; the centre manager is in the chair.
func meetingTown(t testing.TB) *town {
	t.Helper()
	w := newTown(t)
	w.site.Meeting = MeetingRule{
		On: true, Weekday: time.Tuesday, At: 9*60 + 30, Agenda: 16 * 60, Look: Term{Days: 30},
		Who: []string{"duty_manager", "centre_manager", "x:wang"}, Chair: []string{"centre_manager"},
	}
	return w
}

func (w *town) at(t testing.TB, local string) {
	t.Helper()
	w.now = w.parse(t, local)
}

// meetingDesk runs the jobs of the meeting until a time, every ten minutes as their
// schedules have it, and says each message with a key once, as the store does.
type meetingDesk struct {
	*town
	told map[string]int // by key
}

func newMeetingDesk(w *town) *meetingDesk {
	return &meetingDesk{town: w, told: map[string]int{}}
}

func (d *meetingDesk) do(t testing.TB, kind JobKind, subject string) {
	t.Helper()
	out, err := kind.Run(lists{d.town}, Job{Kind: kind.Name, Subject: subject, Due: d.now})
	if err != nil {
		t.Fatal(err)
	}
	out.Messages = slices.DeleteFunc(out.Messages, func(m Message) bool {
		if m.Key == "" {
			t.Errorf("%s says something without a key", kind.Name)
		}
		again := d.told[m.Key] > 0
		d.told[m.Key] = 1
		return again
	})
	d.apply(out)
	for _, j := range out.Jobs {
		if j.Kind == jobAgenda.Name {
			d.do(t, jobAgenda, j.Subject)
		}
	}
}

func (d *meetingDesk) until(t testing.TB, local string) {
	t.Helper()
	for to := d.parse(t, local); d.now.Before(to); d.now = d.now.Add(10 * time.Minute) {
		d.do(t, jobMeeting, "")
		if d.now.Minute() == 0 {
			d.do(t, jobItems, "")
		}
	}
}

func TestTheDayOfTheMeeting(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	on := func(s string) []DateRange {
		r, err := ParseDateRange(s)
		if err != nil {
			t.Fatal(err)
		}
		return []DateRange{r}
	}
	for _, tt := range []struct {
		name, now, at, agenda string
		change                func(*Site)
	}{
		{"the day before", "2026-11-29 09:00", "2026-12-01 09:30", "2026-11-30 16:00", nil},
		{"it is over", "2026-12-01 09:30", "2026-12-08 09:30", "2026-12-07 16:00", nil},
		{"on Monday the week before has only just ended", "2026-11-28 09:00", "2026-11-30 09:30", "2026-11-30 08:30", func(s *Site) { s.Meeting.Weekday = time.Monday }},
		{"even when Sunday is worked", "2026-11-28 09:00", "2026-11-30 09:30", "2026-11-30 08:30", func(s *Site) { s.Meeting.Weekday, s.Calendar.Workdays = time.Monday, on("2026-11-29") }},
		{"early", "2026-11-28 09:00", "2026-11-30 08:10", "2026-11-30 07:40", func(s *Site) { s.Meeting.Weekday, s.Meeting.At = time.Monday, 8*60+10 }},
		{"its day is free", "2026-11-29 09:00", "2026-12-02 09:30", "2026-12-02 08:30", func(s *Site) { s.Calendar.Holidays = on("2026-12-01") }},
		{"only Saturday is worked", "2026-09-28 09:00", "2026-10-03 09:30", "2026-10-03 08:30",
			func(s *Site) {
				s.Calendar.Holidays, s.Calendar.Workdays = on("2026-09-28..2026-10-09"), on("2026-10-03")
			}},
		{"two weeks are free", "2026-09-28 09:00", "2026-10-13 09:30", "2026-10-12 16:00", func(s *Site) { s.Calendar.Holidays = on("2026-09-28..2026-10-11") }},
		{"clocks change", "2026-03-28 09:00", "2026-03-30 09:30", "2026-03-30 08:30", func(s *Site) {
			s.Zone, s.Calendar.Zone, s.Meeting.Weekday = berlin, berlin, time.Monday
		}},
		{"the year ends", "2026-12-30 09:00", "2027-01-05 09:30", "2027-01-04 16:00", nil},
	} {
		w := meetingTown(t)
		if tt.change != nil {
			tt.change(w.site)
		}
		at, agenda, ok := NextMeeting(w.site, w.parse(t, tt.now))
		if !ok || !at.Equal(w.parse(t, tt.at)) || !agenda.Equal(w.parse(t, tt.agenda)) {
			t.Errorf("%s: %v at %v, agenda %v", tt.name, ok, at, agenda)
		}
	}
	w := meetingTown(t)
	w.site.Calendar.Workweek = [7]bool{}
	if _, _, ok := NextMeeting(w.site, w.now); ok {
		t.Error("a meeting where nobody works")
	}
}

// TestTheAgendaComesOnce: in every week, after a restart, after a downtime over its
// hour; but not when the meeting is over.
func TestTheAgendaComesOnce(t *testing.T) {
	w := meetingTown(t)
	d := newMeetingDesk(w)
	w.at(t, "2026-11-23 08:00")
	d.until(t, "2026-11-30 12:00")
	w.at(t, "2026-12-01 11:00") // It was down over the hour of the agenda and the meeting: they may still sit there.
	d.until(t, "2026-12-02 00:00")
	w.at(t, "2026-12-09 00:10") // A week in which it was down.
	d.until(t, "2026-12-20 00:00")
	for _, person := range []string{"dm", "nm", "cm", "wang"} {
		for day, want := range map[string]int{"2026-11-24": 1, "2026-12-01": 1, "2026-12-08": 0, "2026-12-15": 1} {
			if n := d.told["agenda/"+day+"/"+person]; n != want {
				t.Errorf("%s got the agenda of %s %d times, want %d", person, day, n, want)
			}
		}
	}
	if len(d.told) != 3*4 {
		t.Errorf("more was said: %v", d.told)
	}
	numbers := []string{}
	for _, m := range w.Meetings(10) {
		numbers = append(numbers, m.Number)
	}
	if strings.Join(numbers, " ") != "M-1003 M-1002 M-1001" {
		t.Errorf("numbers %v", numbers)
	}
}

// secretMeeting is a meeting after a week with a theme, a complaint about the duty
// manager dm and one about the engineers.
func secretMeeting(t testing.TB) (*meetingDesk, Meeting, Ticket, Ticket) {
	t.Helper()
	w := meetingTown(t)
	w.at(t, "2026-11-24 10:00")
	about := w.complain(CaseDraft{Kind: KindComplaint, Type: CaseManner, About: About{Kind: AboutPerson, Said: "dm", People: []string{"dm"}}, Words: "吼人", Requester: "res"})
	team := w.complain(CaseDraft{Kind: KindComplaint, Type: CaseQuality, About: About{Kind: AboutTeam, Team: "engineering"}, Words: "修了三次", Requester: "other"})
	for range 3 {
		w.open(Draft{Kind: KindRepair, Category: "door", Place: "3-501", Requester: "res"})
	}
	d := newMeetingDesk(w)
	w.at(t, "2026-11-30 15:50")
	d.until(t, "2026-11-30 16:20")
	m, ok := w.Meeting("2026-12-01")
	if !ok || m.Prepared.IsZero() {
		t.Fatal("no meeting was made")
	}
	return d, m, about, team
}

// pointOf finds the point that a ticket stands in.
func (m Meeting) pointOf(id string) int {
	return slices.IndexFunc(m.Points, func(pt MeetingPoint) bool { return pt.Kind == PointLeftOver && slices.Contains(pt.Tickets, id) })
}

// numbersIn are the numbers of tickets that a text names.
func numbersIn(t Text) []string {
	var found []string
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case Text:
			for _, line := range v.Lines {
				walk(line)
			}
			for _, arg := range v.Args {
				walk(arg)
			}
			walk(v.Literal)
		case []Text:
			for _, one := range v {
				walk(one)
			}
		case string:
			if strings.HasPrefix(v, "C-") {
				found = append(found, v)
			}
		}
	}
	walk(t)
	slices.Sort(found)
	return found
}

func TestWhoReadsWhichPoint(t *testing.T) {
	d, m, about, team := secretMeeting(t)
	for person, want := range map[string][]string{
		"cm": {about.Number, team.Number}, "nm": {team.Number}, "dm": {team.Number}, "wang": nil, "pm": {about.Number, team.Number},
	} {
		if about.Case.Floor == 0 && person == "nm" {
			t.Fatal("the complaint about a duty manager is open to the others")
		}
		slices.Sort(want)
		if got := numbersIn(AgendaText(d, m, d.people[person])); !slices.Equal(got, want) {
			t.Errorf("the agenda of %s has %v, want %v", person, got, want)
		}
	}
	// What does not stand in somebody's own analysis is not on their agenda, even if
	// they could look at every ticket of it.
	if own := slices.IndexFunc(m.Points, func(pt MeetingPoint) bool { return pt.Kind == PointProminent }); own < 0 || !m.ShownTo(d, d.people["wang"], own) {
		t.Error("the theme is not shown to wang")
	} else {
		less := m
		less.Points = slices.Clone(m.Points)
		less.Points[own].For = []string{"cm"}
		if less.ShownTo(d, d.people["wang"], own) {
			t.Error("a theme of other people's analysis is shown")
		}
	}
	// What is decided about it does not reach them either.
	cm := d.people["cm"]
	for _, id := range []string{about.ID, team.ID} {
		out, changed, err := SettlePoint(d, m, cm, m.pointOf(id), PointDecision{Words: "约谈" + id})
		if err != nil {
			t.Fatal(err)
		}
		d.apply(out)
		m = changed
	}
	out, m, err := SendMinutes(d, m, cm)
	if err != nil {
		t.Fatal(err)
	}
	d.apply(out)
	for person, want := range map[string][]string{"cm": {about.Number, team.Number}, "nm": {team.Number}, "dm": {team.Number}, "wang": nil} {
		slices.Sort(want)
		sent := 0
		for _, msg := range out.Messages {
			if msg.Person == person {
				sent++
				if got := numbersIn(msg.Text); !slices.Equal(got, want) {
					t.Errorf("the minutes of %s have %v, want %v", person, got, want)
				}
			}
		}
		if sent != 1 {
			t.Errorf("%s got the minutes %d times", person, sent)
		}
	}
	if got := numbersIn(MinutesText(d, m, d.people["op"])); got != nil {
		t.Errorf("an operator reads %v", got)
	}
}

// TestWhoMayInTheMeeting: for each person and each thing, whether it is theirs.
func TestWhoMayInTheMeeting(t *testing.T) {
	d, m, about, team := secretMeeting(t)
	cm := d.people["cm"]
	secret, open := m.pointOf(about.ID), m.pointOf(team.ID)
	theme := slices.IndexFunc(m.Points, func(pt MeetingPoint) bool { return pt.Kind == PointProminent })
	if secret < 0 || open < 0 || theme < 0 {
		t.Fatalf("points %+v", m.Points)
	}
	out, err := AddItem(d, m, cm, ActionItem{Point: theme, What: "换锁芯", Owner: "wang", Due: Date{2026, 12, 4}})
	if err != nil {
		t.Fatal(err)
	}
	d.apply(out)
	ours := out.Meetings.Items[0]
	out, err = AddItem(d, m, cm, ActionItem{Point: secret, What: "约谈", Owner: "pm", Due: Date{2026, 12, 4}})
	if err != nil {
		t.Fatal(err)
	}
	d.apply(out)
	theirs := out.Meetings.Items[0]
	may := func(err error) bool {
		_, refused := AsUserError(err)
		if err != nil && !refused {
			t.Fatal(err)
		}
		return err == nil
	}
	for _, tt := range []struct {
		person string
		want   string // of: d decide, s decide the secret one, m send, f finish ours, c change ours, x change theirs, l see theirs
	}{
		{"cm", "dsmfcxl"}, {"pm", "fcxl"}, {"nm", "fc"}, {"dm", "fc"}, {"wang", "f"}, {"zhao", ""}, {"op", ""}, {"res", ""}, {"root", "fc"},
	} {
		p := d.people[tt.person]
		_, _, decide := SettlePoint(d, m, p, open, PointDecision{Passed: true})
		_, _, secretly := SettlePoint(d, m, p, secret, PointDecision{Passed: true})
		_, _, send := SendMinutes(d, m, p)
		_, finish := FinishItem(d, ours, p, "好了", nil)
		_, change := MoveItem(d, ours, p, Date{2026, 12, 8})
		_, other := DropItem(d, theirs, p, "不用了")
		got := ""
		for letter, is := range map[string]bool{
			"d": may(decide), "s": may(secretly), "m": may(send), "f": may(finish), "c": may(change), "x": may(other), "l": SeesItem(d, p, theirs),
		} {
			if is {
				got += letter
			}
		}
		for _, letter := range "dsmfcxl" {
			if strings.ContainsRune(tt.want, letter) != strings.ContainsRune(got, letter) {
				t.Errorf("%s: %c is %v", tt.person, letter, strings.ContainsRune(got, letter))
			}
		}
	}
	// Nobody is given what is about them.
	for owner, want := range map[string]bool{"wang": false, "dm": true, "cm": true, "res": false} {
		if _, err := AddItem(d, m, cm, ActionItem{Point: open, What: "查", Owner: owner, Due: Date{2026, 12, 4}}); may(err) != want {
			t.Errorf("%s can be given what the engineers are complained of for: %v", owner, !want)
		}
	}
	// A suspended chair is none; then the managers who take part keep the minutes.
	cm.Suspended = true
	d.people["cm"] = cm
	if MayMinute(d, m, cm) || !MayMinute(d, m, d.people["nm"]) {
		t.Error("the chair is empty, and nobody takes it")
	}
}

// TestAPointThatTheChairMustNotSee is decided by a manager who may.
func TestAPointThatTheChairMustNotSee(t *testing.T) {
	w := meetingTown(t)
	w.site.Meeting.Who = append(w.site.Meeting.Who, "property_manager")
	w.at(t, "2026-11-24 10:00")
	c := w.complain(CaseDraft{Kind: KindComplaint, Type: CaseManner, About: About{Kind: AboutPerson, Said: "cm", People: []string{"cm"}}, Words: "不理人", Requester: "res"})
	d := newMeetingDesk(w)
	w.at(t, "2026-11-30 16:00")
	d.until(t, "2026-11-30 16:20")
	m, _ := w.Meeting("2026-12-01")
	i := m.pointOf(c.ID)
	if i < 0 || m.ShownTo(w, w.people["cm"], i) || MaySettle(w, m, w.people["cm"], i) || !MaySettle(w, m, w.people["pm"], i) {
		t.Errorf("point %d of %+v", i, m.Points)
	}
	if MayMinute(w, m, w.people["pm"]) {
		t.Error("who decides on it keeps all of the minutes")
	}
}
