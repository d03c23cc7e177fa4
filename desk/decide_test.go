package desk

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// mornings is a town with its history, whose digests are kept.
type mornings struct {
	lists
	counted map[int64]Counts
}

func newMornings(w *town) mornings { return mornings{lists{w}, map[int64]Counts{}} }

func (r mornings) History(ticket string) []Event {
	return slices.DeleteFunc(slices.Clone(r.events), func(e Event) bool { return e.Ticket != ticket })
}

func (r mornings) Counted(to time.Time) (Counts, bool) {
	c, ok := r.counted[to.Unix()]
	return c, ok
}

// count is the digest of the last day, as it stays.
func (r mornings) count() Counts {
	from, to := DigestPeriod(r.site, r.now)
	c := Digest(r, from, to)
	r.counted[to.Unix()] = c
	return c
}

// What the digest asks about: at most two, one of a kind.
func TestTwoArePressing(t *testing.T) {
	work := func(id string, hours int) Issue {
		return Issue{Kind: IssueContractor, Ticket: id, Over: time.Duration(hours) * time.Hour}
	}
	theme := func(id string, n int) Issue { return Issue{Kind: IssueProject, Theme: id, N: n} }
	left := func(id string, hours int, grave bool) Issue {
		return Issue{Kind: IssueHigher, Ticket: id, Over: time.Duration(hours) * time.Hour, Grave: grave}
	}
	for _, c := range []struct {
		what string
		all  []Issue
		want []string
	}{
		{"nothing", nil, nil},
		{"one", []Issue{work("a", 19)}, []string{"contractor/a"}},
		{"the longest overdue of several", []Issue{work("a", 13), work("b", 30), work("c", 29)}, []string{"contractor/b"}},
		{"the most complained of", []Issue{theme("x", 3), theme("y", 7)}, []string{"project/y"}},
		{"work before a theme before what is left over", []Issue{left("l", 90, false), theme("x", 3), work("a", 13)}, []string{"contractor/a", "project/x"}},
		{"who waits for long comes first", []Issue{theme("x", 9), work("a", 99), left("l", 90, false), left("g", 200, true)}, []string{"higher/g", "contractor/a"}},
		{"the grave one, though another is older", []Issue{left("l", 300, false), left("g", 200, true), theme("x", 3)}, []string{"higher/g", "project/x"}},
		{"equal ones in the order in which they were found", []Issue{work("b", 13), work("a", 13)}, []string{"contractor/b"}},
	} {
		var got []string
		for _, m := range pressing(c.all) {
			got = append(got, m.Key())
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
}

// issuesTown is Friday morning after a bad week: a leak that is 19 hours over, a
// canteen that five complained of, and a complaint that nobody ended.
func issuesTown(t *testing.T) (w *town, r mornings, leak string, left Ticket) {
	t.Helper()
	w = newCaseTown(t)
	w.site.Pauses = append(w.site.Pauses, PauseReason{ID: "contractor", Label: Label{"zh": "外委"}, Limits: []Term{{Days: 1}, {Days: 3}, {Days: 7}}, Tell: true})
	r = newMornings(w)
	left = w.complain(CaseDraft{About: About{Kind: AboutPlace}, Place: "3-501", Words: "太脏"})
	w.now = w.now.AddDate(0, 0, 1).Add(50 * time.Minute) // Wednesday 11:10
	leak = w.open(Draft{})
	w.act(t, leak, "wang", Take)
	w.now = w.now.AddDate(0, 0, 1)
	for _, who := range []string{"res", "other", "clean"} {
		w.complain(CaseDraft{Requester: who, Kind: KindComplaint, Type: CaseEquipment, About: About{Kind: AboutPlace}, Place: "canteen", Words: "又没热水"})
	}
	w.now = w.now.AddDate(0, 0, 1)
	w.clock("8:12")
	return w, r, leak, left
}

func keysOf(all []Issue) []string {
	var list []string
	for _, m := range all {
		list = append(list, m.Key())
	}
	return list
}

func TestWhatIsAskedAndByWhom(t *testing.T) {
	w, r, leak, left := issuesTown(t)
	w.people["sup"] = Person{ID: "sup", Name: "周督", Created: w.now, Roles: []Role{{Name: RoleSupervisor}}}
	c := r.count()
	theme := "place/canteen/equipment"
	// The complaint is two days and 22 hours old: not left over yet.
	if got := keysOf(pressing(c.For(r, w.people["dm"]).issues(r))); !slices.Equal(got, []string{"contractor/" + leak, "project/" + theme}) {
		t.Fatalf("asked: %q", got)
	}
	for person, want := range map[string][2]bool{"dm": {true, true}, "cm": {true, true}, "sup": {false, true}, "op": {false, false}, "wang": {false, false}} {
		for i, m := range []Issue{{Kind: IssueContractor, Ticket: leak}, {Kind: IssueProject, Theme: theme}} {
			if MayDecide(r, w.people[person], m) != want[i] {
				t.Errorf("%s may decide %s: %v", person, m.Key(), !want[i])
			}
			if want[i] {
				continue
			}
			if out, err := Decide(r, m, Actor{Person: w.people[person]}); err == nil {
				t.Errorf("%s decided %s: %v", person, m.Key(), out.Tickets)
			}
		}
	}
	// Four days later it is left over, and may go up.
	w.now = w.now.AddDate(0, 0, 4)
	c = r.count()
	got := keysOf(c.For(r, w.people["dm"]).issues(r))
	if !slices.Contains(got, "higher/"+left.ID) {
		t.Errorf("asked: %q", got)
	}
	// Who filed it decides nothing on it, and nobody finds what they may not know of.
	if MayDecide(r, w.people["res"], Issue{Kind: IssueHigher, Ticket: left.ID}) {
		t.Error("who filed it may raise it")
	}
	if _, ok := c.IssueOf(r, w.people["wang"], "h"+left.ID); ok {
		t.Error("a technician finds the complaint by its button")
	}
}

func TestDecidingTwiceAndTakingItBack(t *testing.T) {
	w, r, leak, _ := issuesTown(t)
	c := r.count()
	decide := func(person string, m Issue) string {
		t.Helper()
		out, err := Decide(r, m, Actor{Person: w.people[person], Via: "x"})
		if user, refused := AsUserError(err); refused {
			return user.Text.Key
		} else if err != nil {
			t.Fatal(err)
		}
		// Before it is written the digest says so already.
		if _, _, held := DecidedNow(After(r, out), w.people[person], c, m); !held {
			t.Errorf("%s is not decided in what follows", m.Key())
		}
		w.apply(out)
		return ""
	}
	m := Issue{Kind: IssueContractor, Ticket: leak}
	if got := decide("dm", m); got != "" {
		t.Fatal(got)
	}
	if got := w.tickets[leak]; got.State != StatePaused || got.Pause.Reason != "contractor" || got.Pause.By != "dm" || !got.Pause.Until.Equal(w.now.AddDate(0, 0, 3)) {
		t.Errorf("it is %s, %+v", got.State, got.Pause)
	}
	if got := w.heard("wang"); !slices.Contains(got, "decide.told_contractor") {
		t.Errorf("the taker was told %q", got)
	}
	if got := w.heard("res"); !slices.Contains(got, "pause.tell") {
		t.Errorf("the resident was told %q", got)
	}
	if got := decide("cm", m); got != "decide.decided" {
		t.Errorf("the second was told %q", got)
	}
	if _, err := Undecide(r, m, Actor{Person: w.people["cm"]}); err == nil {
		t.Error("another took it back")
	}
	w.now = w.now.Add(time.Minute)
	out, err := Undecide(r, m, Actor{Person: w.people["dm"]})
	if err != nil {
		t.Fatal(err)
	}
	w.apply(out)
	if got := w.tickets[leak]; got.State != StateTaken || got.Pause != nil {
		t.Errorf("taken back it is %s", got.State)
	}
	if len(w.HandActs(w.now, w.now.Add(1))) != 1 {
		t.Error("no record of taking it back")
	}
	if got := decide("cm", m); got != "" {
		t.Errorf("after that the other was told %q", got)
	}
	// Taken back on the ticket itself it is open as well.
	if got := w.act(t, leak, "cm", Undo); got != "" {
		t.Fatal(got)
	}
	if got := decide("dm", m); got != "" {
		t.Errorf("after an undo on the ticket: %q", got)
	}
	// Too late.
	w.now = w.now.Add(3 * time.Minute)
	if _, err := Undecide(r, m, Actor{Person: w.people["dm"]}); err == nil {
		t.Error("taken back after three minutes")
	}
	// The digest that is looked at again still says it; the next one does not ask.
	if got := keysOf(c.For(r, w.people["dm"]).issues(r)); !slices.Contains(got, m.Key()) {
		t.Errorf("the same digest has %q", got)
	}
	w.now = w.now.AddDate(0, 0, 1)
	if got := keysOf(r.count().For(r, w.people["dm"]).issues(r)); slices.Contains(got, m.Key()) {
		t.Errorf("the next digest asks %q", got)
	}
}

func TestAProject(t *testing.T) {
	w, r, _, _ := issuesTown(t)
	c := r.count()
	m, ok := c.IssueOf(r, w.people["cm"], c.Code(Issue{Kind: IssueProject, Theme: "place/canteen/equipment"}))
	if !ok || m.N != 3 {
		t.Fatalf("found %+v", m)
	}
	out, err := Decide(r, m, Actor{Person: w.people["cm"]})
	if err != nil {
		t.Fatal(err)
	}
	w.apply(out)
	if got := w.Projects(); len(got) != 1 || got[0].Owner != "cm" || got[0].Until != DateOf(w.now, w.site.Zone).AddDays(projectFor) {
		t.Fatalf("projects: %+v", got)
	}
	if _, err := Undecide(r, m, Actor{Person: w.people["pm"]}); err == nil {
		t.Error("another took it back")
	}
	if _, err := Decide(r, m, Actor{Person: w.people["pm"]}); err == nil {
		t.Error("it was decided twice")
	}
	if _, err := FinishProject(r, m.Theme, Actor{Person: w.people["wang"]}); err == nil {
		t.Error("a technician ended it")
	}
	if _, err := MoveProject(r, m.Theme, Actor{Person: w.people["wang"]}); err == nil {
		t.Error("a technician put it off")
	}
	w.now = w.now.Add(time.Hour)
	out, err = FinishProject(r, m.Theme, Actor{Person: w.people["cm"]})
	if err != nil {
		t.Fatal(err)
	}
	w.apply(out)
	if len(w.Projects()) != 0 {
		t.Error("it still runs")
	}
	if _, err := FinishProject(r, m.Theme, Actor{Person: w.people["cm"]}); err == nil {
		t.Error("it was ended twice")
	}
}

// TestAProjectEnds: who decided on it is asked on its day, and a week later again,
// each once; what they say ends it or puts it off, and it is asked again then.
func TestAProjectEnds(t *testing.T) {
	w, r, _, _ := issuesTown(t)
	c := r.count()
	m, _ := c.IssueOf(r, w.people["cm"], c.Code(Issue{Kind: IssueProject, Theme: "place/canteen/equipment"}))
	out, err := Decide(r, m, Actor{Person: w.people["cm"]})
	if err != nil {
		t.Fatal(err)
	}
	w.apply(out)
	began := DateOf(w.now, w.site.Zone)
	var asked []string
	keys := map[string]bool{}
	for day := range 3 * projectFor {
		for hour := 9; hour < 21; hour++ {
			w.now = ClockTime(hour*60).On(began.AddDays(day), w.site.Zone)
			out, err := jobProjects.Run(r, Job{})
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range out.Messages {
				if !keys[m.Key] {
					asked = append(asked, fmt.Sprint(day, " ", m.Person))
				}
				keys[m.Key] = true
			}
		}
		if day == projectFor+8 {
			d := w.Projects()[0]
			if got, ok := ProjectOf(w, d.Code()); !ok || got.Issue != d.Issue {
				t.Fatal("its button finds nothing")
			}
			out, err := MoveProject(r, m.Theme, Actor{Person: w.people["dm"]})
			if err != nil {
				t.Fatal(err)
			}
			w.apply(out)
			if len(out.Messages) != 1 || out.Messages[0].Person != "cm" {
				t.Errorf("its owner is told %+v", out.Messages)
			}
		}
	}
	if want := []string{"14 cm", "21 cm", "36 cm"}; !slices.Equal(asked, want) {
		t.Errorf("asked %q, want %q", asked, want)
	}
}

func TestRaisingAsksFirst(t *testing.T) {
	w, r, _, left := issuesTown(t)
	w.now = w.now.AddDate(0, 0, 4)
	c := r.count()
	m, ok := c.IssueOf(r, w.people["dm"], "h"+left.ID)
	if !ok {
		t.Fatal("the button finds nothing")
	}
	if _, _, sure := m.Sure(r, c.To, "h"+left.ID); !sure {
		t.Error("raising does not ask first")
	}
	out, err := Decide(r, m, Actor{Person: w.people["dm"]})
	if err != nil {
		t.Fatal(err)
	}
	w.apply(out)
	if got := w.tickets[left.ID].Case.Level; got != 1 {
		t.Errorf("it is on level %d", got)
	}
	if _, err := Undecide(r, m, Actor{Person: w.people["dm"]}); err == nil {
		t.Error("what went up came down")
	}
	if !slices.Contains(w.heard("cm"), "case.up_raised") {
		t.Error("the next level was told nothing")
	}
}
