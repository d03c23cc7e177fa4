package desk

import (
	"slices"
	"testing"
	"time"
)

// TestNightFigures is the report of a night against a count by hand: what staff
// pressed and residents did, what was taken back, and what is the day's or last
// week's.
func TestNightFigures(t *testing.T) {
	w := nightTown(t)
	urgent := Draft{Kind: KindRequest, Category: "open", Place: "3-501"}
	// Last week's night: one urgent, answered in 10 minutes.
	w.clock("21:00")
	w.now = w.now.AddDate(0, 0, -7)
	last := w.open(urgent)
	w.now = w.now.Add(10 * time.Minute)
	w.act(t, last, "lead", Take)
	w.now = w.now.Add(7*24*time.Hour - 10*time.Minute)
	// The day: one urgent that nobody sees, one normal that is done and rated.
	w.clock("10:00")
	w.open(urgent)
	byDay := w.open(Draft{})
	w.act(t, byDay, "wang", Take)
	w.act(t, byDay, "wang", Finish)
	w.clock("12:00")
	w.act(t, byDay, "res", Rate, "rating", "good")
	// What was filed last night is answered today: it is the night's.
	for _, answer := range []string{"good", "fair"} {
		w.now = w.now.AddDate(0, 0, -1)
		w.clock("23:00")
		old := w.open(Draft{Place: "3-501"})
		w.act(t, old, "wang", Take)
		w.act(t, old, "wang", Finish)
		w.now = w.now.AddDate(0, 0, 1)
		w.clock("13:00")
		w.act(t, old, "res", Rate, "rating", answer)
	}
	// The night: three urgent, first pressed after 2, 6 and no minutes; one is given
	// back; the resident's own press is no answer. Two normal, one taken.
	w.clock("20:00")
	first, second, third := w.open(urgent), w.open(urgent), w.open(urgent)
	w.act(t, third, "res", Chase)
	w.now = w.now.Add(2 * time.Minute)
	w.act(t, first, "lead", Take)
	w.now = w.now.Add(4 * time.Minute)
	if refused := w.act(t, second, "dm", Assign, "department", "engineering"); refused != "" {
		t.Fatal(refused)
	}
	w.act(t, first, "lead", GiveBack)
	normal := w.open(Draft{})
	w.act(t, normal, "wang", Take)
	w.open(Draft{Place: "3-501"})
	// One round is walked with a fault, one missed; of two posts one is empty.
	nm := w.people["nm"]
	w.clock("22:30")
	w.tickRounds(t)
	x, _ := w.Round("walk.20261124.2230")
	out, x, err := BeginRound(w, x, nm)
	if err != nil {
		t.Fatal(err)
	}
	w.apply(out)
	out, x, err = ReachStop(w, x, 0, nm, "scan", nil)
	if err != nil {
		t.Fatal(err)
	}
	w.apply(out)
	if out, x, err = AddFinding(w, x, 0, Fault{Text: "坏", Category: "door", By: Actor{Person: nm}}); err != nil {
		t.Fatal(err)
	}
	w.apply(out)
	out, x, err = CheckStop(w, x, 0, nm, FoundGood, "")
	if err != nil {
		t.Fatal(err)
	}
	w.apply(out)
	w.atPlace(t, x, 1, "nm", FoundGood)
	w.clock("23:00")
	w.tickRounds(t)
	x, _ = w.Round("post.20261124.2300")
	if out, x, err = BeginRound(w, x, nm); err != nil {
		t.Fatal(err)
	}
	w.apply(out)
	w.atPlace(t, x, 0, "nm", FoundAbsent)
	for _, clock := range []string{"02:00", "02:15", "02:30"} {
		if clock == "02:00" {
			w.now = w.now.AddDate(0, 0, 1)
		}
		w.clock(clock)
		w.tickRounds(t)
	}
	// What happens after the night is not its.
	w.clock("08:00")
	w.act(t, third, "dm", Assign, "department", "engineering")
	w.clock("12:00")

	n := ReportNight(lists{w}, w.people["cm"], Date{2026, 11, 24})
	for name, f := range map[string]*NightFigures{"night": &n.Night, "day": &n.Day, "week": &n.Week} {
		if f.From.IsZero() || len(f.Lists[NightUrgent]) != f.Urgent || len(f.Lists[NightUntaken]) != f.Untaken || len(f.Lists[NightRated]) != f.Rated {
			t.Errorf("%s: the lists do not fit the figures: %+v", name, f)
		}
	}
	bare := func(f NightFigures) NightFigures { f.From, f.To, f.Lists = time.Time{}, time.Time{}, nil; return f }
	same := func(a, b NightFigures) bool {
		a, b = bare(a), bare(b)
		return a.Filed == b.Filed && a.Untaken == b.Untaken && a.Urgent == b.Urgent && a.Answered == b.Answered && a.Taken == b.Taken &&
			a.Usual == b.Usual && a.Wait == b.Wait && a.Rounds == b.Rounds && a.Walked == b.Walked && a.Missed == b.Missed && a.Partly == b.Partly &&
			a.Posts == b.Posts && a.Checked == b.Checked && a.Absent == b.Absent && a.Findings == b.Findings && a.Rated == b.Rated && a.Good == b.Good
	}
	if want := (NightFigures{
		Filed: 6, Untaken: 5, Urgent: 3, Answered: 2, Taken: 1, Usual: 2 * time.Minute, Wait: 6 * time.Minute,
		Rounds: 2, Walked: 1, Missed: 1, Posts: 2, Checked: 1, Absent: 1, Findings: 1, Rated: 2, Good: 1,
	}); !same(n.Night, want) {
		t.Errorf("the night %+v,\nwant %+v", bare(n.Night), want)
	}
	if want := (NightFigures{Filed: 2, Untaken: 1, Urgent: 1, Rated: 1, Good: 1}); !same(n.Day, want) {
		t.Errorf("the day %+v,\nwant %+v", bare(n.Day), want)
	}
	if want := (NightFigures{Filed: 1, Urgent: 1, Answered: 1, Taken: 1, Usual: 10 * time.Minute, Wait: 10 * time.Minute}); !same(n.Week, want) {
		t.Errorf("last week %+v,\nwant %+v", bare(n.Week), want)
	}
	if !n.Night.Wanting() || n.Week.Wanting() {
		t.Error("a night with an empty post is as it should be, or one without rounds is not")
	}
}

// TestNightOf: the shift that passes midnight, whatever the clocks do; without one
// the hours in which residents are not disturbed; without those the usual ones.
func TestNightOf(t *testing.T) {
	w := nightTown(t)
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	hours := func(s *Site, d Date) float64 { from, to := NightOf(s, d); return to.Sub(from).Hours() }
	if got := hours(w.site, Date{2026, 11, 24}); got != 14.5 {
		t.Errorf("a night of %v hours", got)
	}
	w.site.Zone, w.site.Calendar.Zone = berlin, berlin
	if a, b := hours(w.site, Date{2026, 3, 28}), hours(w.site, Date{2026, 10, 24}); a != 13.5 || b != 15.5 {
		t.Errorf("nights of %v and %v hours when clocks change", a, b)
	}
	w.site.Roster = Roster{}
	if got := hours(w.site, Date{2026, 11, 24}); got != 10 {
		t.Errorf("without a roster %v hours", got)
	}
	w.site.Quiet = QuietHours{From: 23 * 60, To: 6 * 60}
	if got := hours(w.site, Date{2026, 11, 24}); got != 7 {
		t.Errorf("by the quiet hours %v hours", got)
	}
}

// TestQuietNight is one line, and no line of the handover and the digest.
func TestQuietNight(t *testing.T) {
	w := nightTown(t)
	w.site.Rounds = nil
	w.now = w.now.AddDate(0, 0, 1)
	n := ReportNight(lists{w}, w.people["cm"], Date{2026, 11, 24})
	if text := n.Text(w.site); text.Key != "night.quiet" {
		t.Errorf("a quiet night is %+v", text)
	}
	if brief := n.Brief(true); len(brief) != 0 {
		t.Errorf("a quiet night has %d lines", len(brief))
	}
}

// TestBriefNight has two lines at most, the second without what the night did not
// have.
func TestBriefNight(t *testing.T) {
	full := NightReport{Night: NightFigures{Filed: 9, Untaken: 2, Urgent: 3, Answered: 3, Rounds: 2, Walked: 1, Missed: 1, Posts: 4, Checked: 3, Absent: 1, Findings: 2, Rated: 3, Good: 3}}
	keys := func(list []Text) (all []string) {
		for _, t := range list {
			all = append(all, t.Key)
			if parts, ok := t.Args["parts"].([]Text); ok {
				for _, p := range parts {
					all = append(all, "  "+p.Key)
				}
			}
		}
		return all
	}
	if got, want := keys(full.Brief(true)), []string{"night.beside", "night.brief", "  night.parts", "  night.parts", "  night.findings", "  night.rated"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	few := NightReport{Night: NightFigures{Rounds: 2, Walked: 2}}
	if got, want := keys(few.Brief(true)), []string{"night.brief", "  night.parts"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
