package desk

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// newCaseTown is the town with the clocks of complaints, and with people who have
// names.
func newCaseTown(t testing.TB) *town {
	w := newTown(t)
	w.site.Complaints = ComplaintRule{
		Reply: Term{Duration: 15 * time.Minute}, ReplyFrom: 8 * 60, ReplyTo: 22 * 60, ReplyBy: 9 * 60, Done: Term{Days: 3}, LeftOver: Term{Days: 3},
		Repeat: Term{Days: 30}, Prominent: Term{Days: 3}, Suggestion: Term{Workdays: 3},
	}
	for id, name := range map[string]string{"wang": "王师傅", "dm": "陈刚", "nm": "孙夜", "cm": "赵总", "pm": "钱总", "op": "李敏"} {
		p := w.people[id]
		p.Name = name
		w.people[id] = p
	}
	return w
}

func (w *town) complain(d CaseDraft) Ticket {
	if d.Kind == "" {
		d.Kind, d.Type = KindComplaint, CaseManner
	}
	if d.Requester == "" {
		d.Requester = "res"
	}
	d.SaidAt = w.now
	effects, t := OpenCase(w, d)
	w.apply(effects)
	return t
}

// night is last night, from half past five to eight.
func (w *town) night() (from, to time.Time) {
	today := DateOf(w.now, w.site.Zone)
	return ClockTime(17*60+30).On(today.AddDays(-1), w.site.Zone), ClockTime(8*60).On(today, w.site.Zone).Add(-time.Minute)
}

// Who answers for a complaint, and who sees it, by whom it is about.
func TestWhoLearnsOfAComplaint(t *testing.T) {
	everybody := []string{"res", "other", "wang", "zhao", "clean", "op", "dm", "nm", "cm", "pm", "root", "both", "sup"}
	w := newCaseTown(t)
	w.people["both"] = Person{ID: "both", Name: "both", Created: w.now, Roles: []Role{{Name: RoleDutyManager}, {Name: RoleTechnician, Departments: []string{"engineering"}}}}
	w.people["sup"] = Person{ID: "sup", Name: "周督", Created: w.now, Roles: []Role{{Name: RoleSupervisor}}}
	from, to := w.night()
	old := w.open(Draft{})
	w.act(t, old, "wang", Take)
	managed := w.open(Draft{})
	follower := w.tickets[managed]
	follower.Follower = "dm"
	w.tickets[managed] = follower
	for _, c := range []struct {
		what         string
		d            CaseDraft
		answers, see []string // and the supervisor, unless it is about them
	}{
		{"a place", CaseDraft{About: About{Kind: AboutPlace}, Place: "canteen", Words: "太脏"}, []string{"dm"}, []string{"dm", "nm", "both", "cm", "pm"}},
		{"a team", CaseDraft{About: About{Kind: AboutTeam, Team: "engineering"}}, []string{"dm"}, []string{"dm", "nm", "cm", "pm"}},
		{"a ticket", CaseDraft{About: About{Kind: AboutTicket, Ticket: old}}, []string{"dm"}, []string{"dm", "nm", "cm", "pm"}},
		{"a ticket that a manager follows", CaseDraft{About: About{Kind: AboutTicket, Ticket: managed}}, []string{"cm"}, []string{"cm", "pm"}},
		{"a technician", CaseDraft{About: About{Kind: AboutPerson, Said: "王师傅"}}, []string{"dm"}, []string{"dm", "nm", "both", "cm", "pm"}},
		{"the duty manager", CaseDraft{About: About{Kind: AboutPerson, Said: "陈经理"}}, []string{"cm"}, []string{"cm", "pm"}},
		{"the manager, in the words", CaseDraft{About: About{Kind: AboutOther}, Words: "陈刚骂我"}, []string{"cm"}, []string{"cm", "pm"}},
		{"the man last night", CaseDraft{About: About{Kind: AboutPerson, Said: "昨晚那个男的", From: from, To: to}}, []string{"cm"}, []string{"cm", "pm"}},
		{"somebody, nobody knows when", CaseDraft{About: About{Kind: AboutPerson, Said: "一个穿制服的"}}, []string{"cm"}, []string{"cm", "pm"}},
		{"the centre manager", CaseDraft{About: About{Kind: AboutPerson, Said: "赵总"}}, []string{"pm"}, []string{"pm"}},
		{"a supervisor", CaseDraft{About: About{Kind: AboutPerson, Said: "周督"}}, []string{"dm"}, []string{"dm", "nm", "both", "cm", "pm"}},
		{"all of them", CaseDraft{About: About{Kind: AboutPerson, Said: "陈刚、赵总和钱总"}}, []string{"sup"}, []string{"root"}},
		{"all of them and the supervisor", CaseDraft{About: About{Kind: AboutPerson, Said: "陈刚、赵总、钱总和周督"}}, []string{"root"}, []string{"root"}},
		{"the manager's own complaint", CaseDraft{Requester: "dm", About: About{Kind: AboutPlace}, Place: "canteen"}, []string{"cm"}, []string{"dm", "nm", "both", "cm", "pm"}},
	} {
		ticket := w.complain(c.d)
		var answers, see []string
		for _, p := range CaseHandlers(w, ticket) {
			answers = append(answers, p.ID)
		}
		for _, id := range everybody {
			if w.site.Serves(w.people[id], ticket) {
				see = append(see, id)
			}
		}
		if !strings.Contains(c.d.About.Said, "周督") {
			c.see = append(c.see, "sup")
		}
		slices.Sort(see)
		slices.Sort(c.see)
		if diff := cmp.Diff([][]string{c.answers, c.see}, [][]string{answers, see}); diff != "" {
			t.Errorf("%s: who answers and who sees (-want +got):\n%s", c.what, diff)
		}
		for _, p := range w.posts {
			if p.Ticket == ticket.ID && p.Kind != PostRequester && !slices.Contains(c.see, p.Person) {
				t.Errorf("%s: a card for %q%s", c.what, p.Person, p.Department)
			}
		}
		// The next is not a repeat of this one.
		delete(w.tickets, ticket.ID)
	}
}

// Every action of every kind of case, in every state, by everybody.
func TestCaseMatrix(t *testing.T) {
	w := newCaseTown(t)
	is := map[string][]capacity{ // of a complaint of res about wang, at the level of the duty manager
		"res": {asRequester}, "dm": {asHandler}, "cm": {asHandler}, "pm": {asHandler}, "boss": nil,
		"wang": nil, "zhao": nil, "op": nil, "other": nil, "root": nil, "gone": nil, "care": nil, "wangboss": nil,
	}
	w.people["boss"] = Person{ID: "boss", Roles: []Role{{Name: RoleSupervisor}}}
	w.people["gone"] = Person{ID: "gone", Suspended: true, Roles: []Role{{Name: RoleDutyManager}}}
	w.people["care"] = Person{ID: "care", Roles: []Role{{Name: RoleCaretaker}}}
	w.people["wangboss"] = Person{ID: "wangboss", Roles: []Role{{Name: RoleTechnician, Departments: []string{"engineering"}}, {Name: RolePropertyManager}}}
	granted := 0
	for _, kind := range []string{KindComplaint, KindSuggestion, KindPraise} {
		for _, action := range []Action{Take, Reply, AskBack, Higher, Analyse, Finish, HandOn, AddNote, AddWords, Cancel, Chase, Rate, NotFixed, CallDone, Closed, Assign, NotOurs, GiveBack, MakeUrge, ShowPhone} {
			for _, state := range always {
				for who, capacities := range is {
					ticket := Ticket{
						ID: "x", Number: "C-1", Kind: kind, State: state, Requester: "res", Seq: 1, Since: w.now, Created: w.now, SaidAt: w.now, DoneAt: w.now,
						Call: &Call{At: w.now},
						Case: &Case{Type: CaseManner, Against: []string{"wang"}, Teams: []string{"engineering"}, Cause: "service", What: "a", Why: "b", Measure: "c", About: About{Kind: AboutPerson}},
					}
					w.tickets["x"] = ticket
					row, in := find(ticket, action)
					may := in && slices.ContainsFunc(row.who, func(c capacity) bool { return slices.Contains(capacities, c) })
					refused := w.act(t, "x", who, action, "text", "words", "person", "zhao", "rating", "good", "result", "good")
					if may != (refused == "") && refused != "refuse.limit" {
						t.Errorf("%s %s of %s in %s: refused %q, may %v", who, action, kind, state, refused, may)
					}
					if may {
						granted++
					} else if diff := cmp.Diff(ticket, w.tickets["x"]); diff != "" {
						t.Errorf("%s %s of %s in %s was refused and changed:\n%s", who, action, kind, state, diff)
					}
				}
			}
		}
	}
	if granted < 150 {
		t.Errorf("only %d were granted: the matrix is not in the hard state", granted)
	}
}

// A complaint from its start to its end and back again.
func TestLifeOfAComplaint(t *testing.T) {
	w := newCaseTown(t)
	ticket := w.complain(CaseDraft{Type: CaseQuality, Kind: KindComplaint, About: About{Kind: AboutPlace}, Place: "canteen", Words: "太脏"})
	if ticket.Number[:2] != "C-" {
		t.Errorf("the number is %s", ticket.Number)
	}
	id := ticket.ID
	for _, s := range []struct {
		at, who string
		a       Action
		args    []string
		refused string
		then    State
	}{
		{"10:25", "dm", Finish, []string{"text", "好了"}, "refuse.which", StateNew},
		{"10:26", "dm", Reply, []string{"text", "马上看"}, "", StateTaken},
		{"10:30", "res", AddWords, []string{"text", "谢谢"}, "", StateTaken},
		{"11:00", "dm", Analyse, []string{"cause", "weather"}, "refuse.which", StateTaken},
		{"11:00", "dm", Analyse, []string{"cause", "service", "what", "脏", "why", "没人打扫", "measure", "加一班"}, "", StateTaken},
		{"11:30", "dm", Finish, []string{"text", "加了一班"}, "", StateDone},
		{"12:00", "res", NotFixed, nil, "", StateTaken},
		{"12:30", "cm", Finish, []string{"text", "再加一班"}, "", StateDone},
		{"13:00", "res", Rate, []string{"rating", "good"}, "", StateClosed},
	} {
		w.clock(s.at)
		if got := w.act(t, id, s.who, s.a, s.args...); got != s.refused {
			t.Fatalf("%s %s %s: refused %q, want %q", s.at, s.who, s.a, got, s.refused)
		}
		if got := w.tickets[id].State; got != s.then {
			t.Fatalf("%s %s: %s, want %s", s.at, s.a, got, s.then)
		}
		if s.a == NotFixed {
			now := w.tickets[id]
			if !now.LeftOver(w.site, w.now) || now.Case.Back != 1 || now.Case.Level != 1 {
				t.Errorf("it came back and is %+v", now.Case)
			}
		}
	}
	if !w.tickets[id].InTime() {
		t.Error("answered after six minutes is in time")
	}
	heard := w.heard("res")
	if !slices.Equal(heard, []string{"case.reply", "case.settled", "case.settled"}) {
		t.Errorf("the resident heard %v", heard)
	}
}

// The second of the same theme within the time is linked, marked, and a level
// higher at once.
func TestRepeatedComplaints(t *testing.T) {
	for _, c := range []struct {
		what          string
		first, second CaseDraft
		later         time.Duration
		repeated      bool
	}{
		{"the same theme", CaseDraft{Category: "leak", Place: "3-501", Requester: "res"}, CaseDraft{Category: "leak", Place: "3-502", Requester: "other"}, 29 * 24 * time.Hour, true},
		{"too late", CaseDraft{Category: "leak", Place: "3-501"}, CaseDraft{Category: "leak", Place: "3-502", Requester: "other"}, 31 * 24 * time.Hour, false},
		{"another theme", CaseDraft{Category: "leak", Place: "3-501"}, CaseDraft{Category: "door", Place: "3-502", Requester: "other"}, time.Hour, false},
		{"the same person complained of", CaseDraft{About: About{Kind: AboutPerson, Said: "王师傅"}}, CaseDraft{About: About{Kind: AboutPerson, Said: "小王"}, Requester: "other"}, time.Hour, true},
		{"the same team", CaseDraft{About: About{Kind: AboutTeam, Team: "cleaning"}}, CaseDraft{About: About{Kind: AboutTeam, Team: "cleaning"}, Requester: "other"}, time.Hour, true},
		{"the same room", CaseDraft{Place: "3-501"}, CaseDraft{Place: "3-501", Requester: "other"}, time.Hour, true},
		{"the same resident", CaseDraft{}, CaseDraft{}, time.Hour, true},
		{"an anonymous one has no resident", CaseDraft{Anonymous: true}, CaseDraft{Anonymous: true}, time.Hour, false},
	} {
		w := newCaseTown(t)
		first := w.complain(c.first)
		w.now = w.now.Add(c.later)
		second := w.complain(c.second)
		if got := slices.Equal(second.Case.Repeats, []string{first.ID}); got != c.repeated {
			t.Errorf("%s: repeats %v", c.what, second.Case.Repeats)
		}
		if got := second.Case.Level - first.Case.Level; got != map[bool]int{true: 1, false: 0}[c.repeated] {
			t.Errorf("%s: %d levels higher", c.what, got)
		}
		if len(first.Case.Repeats) > 0 {
			t.Errorf("%s: the first one repeats", c.what)
		}
	}
}

// Who deals with a complaint hears of it while they are on duty; off shift it is
// whoever is on duty of their level and may know of it.
func TestNobodyIsPingedOffShiftOfAComplaint(t *testing.T) {
	w := newCaseTown(t)
	about := w.complain(CaseDraft{About: About{Kind: AboutPlace}, Place: "canteen"})
	from, to := w.night()
	hidden := w.complain(CaseDraft{Requester: "other", Kind: KindComplaint, Type: CaseOther, About: About{Kind: AboutPerson, Said: "孙夜", From: from, To: to}})
	w.act(t, about.ID, "dm", Take)
	w.act(t, hidden.ID, "cm", Take)
	for _, c := range []struct {
		at         string
		dm, nm, cm int
	}{{"11:00", 1, 0, 1}, {"20:00", 0, 1, 1}} {
		w.said = nil
		w.clock(c.at)
		w.act(t, about.ID, "res", AddWords, "text", "还有")
		w.act(t, hidden.ID, "other", AddWords, "text", "还有")
		if dm, nm, cm := len(w.heard("dm")), len(w.heard("nm")), len(w.heard("cm")); dm != c.dm || nm != c.nm || cm != c.cm {
			t.Errorf("%s: the day heard %d, the night %d, the centre %d", c.at, dm, nm, cm)
		}
	}
}

// Nothing of an anonymous complaint names who filed it, and both can still write.
func TestAnonymousComplaint(t *testing.T) {
	w := newCaseTown(t)
	ticket := w.complain(CaseDraft{Anonymous: true, About: About{Kind: AboutPlace}, Place: "canteen", Words: "太脏"})
	if refused := w.act(t, ticket.ID, "dm", AskBack, "text", "哪一天?"); refused != "" {
		t.Fatal(refused)
	}
	if refused := w.act(t, ticket.ID, "other", AddWords, "text", "我来说"); refused == "" {
		t.Error("a stranger answers")
	}
	if refused := w.act(t, ticket.ID, "res", AddWords, "text", "昨天"); refused != "" {
		t.Fatal(refused)
	}
	now := w.tickets[ticket.ID]
	if now.Requester != "" || now.FiledBy != "" {
		t.Errorf("the ticket is of %q", now.Requester)
	}
	for _, words := range now.Words {
		if words.By == "res" {
			t.Errorf("%q names them", words.Text)
		}
	}
	for _, e := range w.events {
		if e.By == "res" || e.For == "res" || e.By == "" && (e.Via != "" || !e.SaidAt.IsZero()) {
			t.Errorf("the history tells: %+v", e)
		}
	}
	if len(w.heard("dm")) == 0 {
		t.Error("the manager did not hear the answer")
	}
	if heard := w.heard("res"); !slices.Equal(heard, []string{"mine.complaint", "case.ask_back_anonymous"}) {
		t.Errorf("the resident heard %v", heard)
	}
	for _, p := range w.posts {
		if p.Person == "res" {
			t.Error("a card in their chat would tell")
		}
	}
}

// Praise reaches whom it is for, and a manager where nobody knows who that is.
func TestPraise(t *testing.T) {
	for _, c := range []struct {
		about        About
		wang, dm     int
		open, chosen bool
	}{
		{About{Kind: AboutPerson, Said: "王师傅"}, 1, 0, false, false},
		{About{Kind: AboutPerson, Said: "高个子师傅"}, 0, 0, true, true},
		{About{Kind: AboutTeam, Team: "cleaning"}, 0, 0, false, false},
	} {
		w := newCaseTown(t)
		ticket := w.complain(CaseDraft{Kind: KindPraise, About: c.about, Words: "真好"})
		if ticket.State.Open() != c.open || len(w.heard("wang")) != c.wang {
			t.Errorf("%+v: %s", c.about, ticket.State)
		}
		if !c.chosen {
			continue
		}
		if refused := w.act(t, ticket.ID, "dm", HandOn, "person", "zhao"); refused != "" {
			t.Error(refused)
		}
		if !slices.Equal(w.heard("zhao"), []string{"case.praised"}) || w.tickets[ticket.ID].State != StateClosed {
			t.Error("the one who was chosen did not hear it")
		}
	}
}

// Who goes where it is loud learns neither who called nor from where; the
// caretaker of the building is told too.
func TestNoise(t *testing.T) {
	w := newCaseTown(t)
	w.site.Categories = append(w.site.Categories, Category{ID: "noise", Kind: KindRequest, Label: Label{"zh": "噪音扰民"}, Urgency: Urgent, NoVisit: true, Discreet: true, CaretakerToo: true})
	w.people["care3"] = Person{ID: "care3", Roles: []Role{{Name: RoleCaretaker, Buildings: []string{"3"}}}, Addresses: []Address{{Channel: "x", ID: "care3"}}}
	w.people["care5"] = Person{ID: "care5", Roles: []Role{{Name: RoleCaretaker, Buildings: []string{"5"}}}, Addresses: []Address{{Channel: "x", ID: "care5"}}}
	loud := w.people["other"]
	loud.Home = "3-501"
	w.people["other"] = loud
	id := w.open(Draft{Kind: KindRequest, Category: "noise", Summary: "我在502,隔壁太吵", Place: "3-501"})
	if got := w.heard("care3"); !slices.Equal(got, []string{"caretaker.told"}) {
		t.Errorf("the caretaker heard %v", got)
	}
	if got := w.heard("care5"); len(got) > 0 {
		t.Errorf("another building's caretaker heard %v", got)
	}
	ticket := w.tickets[id]
	if got := Title(w.site, ticket); got.Literal != "" {
		t.Errorf("the title is the caller's words: %+v", got)
	}
	if w.site.Joinable(ticket, loud) {
		t.Error("who lives in the loud room can see that somebody called")
	}
	if w.people["wang"].ReadsWords(Ticket{Discreet: true, Department: "engineering", Taker: "wang"}) {
		t.Error("the taker may search the caller's words")
	}
}

// A pause "waiting for the resident" that the resident denies was none: the clock
// runs on, and whoever paused is named.
func TestNotMe(t *testing.T) {
	for _, c := range []struct {
		reason, refused string
		then            State
	}{{"resident", "", StateTaken}, {"parts", "refuse.state", StatePaused}} {
		w := newTown(t)
		id := w.open(Draft{})
		w.act(t, id, "wang", Take)
		due := w.tickets[id].Clocks.Done
		w.act(t, id, "wang", PauseWork, "reason", c.reason, "limit", map[string]string{"resident": "1d", "parts": "1wd"}[c.reason])
		w.said = nil
		w.clock("12:20")
		if got := w.act(t, id, "other", NotMe); got == "" {
			t.Error("a stranger denies it")
		}
		if got := w.act(t, id, "res", NotMe); got != c.refused {
			t.Errorf("%s: refused %q", c.reason, got)
		}
		now := w.tickets[id]
		if now.State != c.then || now.State == StateTaken && (!now.Clocks.Done.Equal(due) || now.Paused != 0) {
			t.Errorf("%s: %s, due %s instead of %s, paused %s", c.reason, now.State, now.Clocks.Done, due, now.Paused)
		}
		if c.refused == "" && !slices.Equal(w.heard("wang"), []string{"pause.not_me"}) {
			t.Error("who paused did not hear of it")
		}
	}
}
