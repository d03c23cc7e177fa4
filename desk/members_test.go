package desk

import (
	"slices"
	"testing"
)

// twoNetworks is the town with two channels: groups of a have buttons, those of b
// have none. wang is on a, zhao on b, mei on both; engineering has a group on
// each of the channels named.
func twoNetworks(t *testing.T, groups ...string) *town {
	t.Helper()
	w := newTown(t)
	w.site.Channels = map[string]Capabilities{"a": {EditAnytime: true, GroupButtons: true}, "b": {}}
	at := func(channel, id string) Address { return Address{Channel: channel, ID: id} }
	for id, addresses := range map[string][]Address{
		"wang": {at("a", "wang")}, "zhao": {at("b", "zhao")}, "mei": {at("b", "mei"), at("a", "mei")},
	} {
		p := w.people[id]
		p.ID, p.Name, p.Addresses, p.Created = id, id, addresses, w.now
		p.Roles = []Role{{Name: RoleTechnician, Departments: []string{"engineering"}}}
		w.people[id] = p
	}
	w.groups = nil
	for _, channel := range groups {
		w.groups = append(w.groups, Group{Address: at(channel, "group-"+channel), Department: "engineering"})
	}
	return w
}

// rosterOf puts people of engineering into the shifts.
func (w *town) rosterOf(day, night []string) {
	w.site.Roster.Shifts[0].Staff["engineering"], w.site.Roster.Shifts[1].Staff["engineering"] = day, night
}

func TestWhoSeesATicket(t *testing.T) {
	for _, c := range []struct {
		name, at, words string
		groups          []string
		day, night      []string // the roster; nil: nobody of engineering is on it
		without         []string // cannot be reached
		group, members  []string
		manager         []string
	}{
		{name: "one network with buttons", groups: []string{"a"}, group: []string{"group-a"}, members: []string{"zhao"}},
		{name: "one without", groups: []string{"b"}, group: []string{"group-b"}, members: []string{"mei", "wang", "zhao"}},
		{name: "mixed", groups: []string{"a", "b"}, group: []string{"group-a", "group-b"}, members: []string{"zhao"}},
		{name: "members only", members: []string{"mei", "wang", "zhao"}},
		{name: "the roster's", groups: []string{"b"}, day: []string{"b:zhao"}, night: []string{"a:wang"}, group: []string{"group-b"}, members: []string{"zhao"}},
		{name: "by either address", groups: []string{"b"}, day: []string{"a:mei"}, group: []string{"group-b"}, members: []string{"mei"}},
		{name: "a roster of strangers is none", day: []string{"b:gone"}, members: []string{"mei", "wang", "zhao"}},
		{name: "no group where one could be", day: []string{"a:wang"}, members: []string{"wang"}, manager: []string{"nogroup.manager"}},
		{name: "nobody on duty", groups: []string{"b"}, night: []string{"b:zhao"}, group: []string{"group-b"}, manager: []string{"nobody.head"}},
		{name: "nobody on duty, who see the group", groups: []string{"a"}, night: []string{"b:zhao"}, group: []string{"group-a"}},
		{name: "nobody can be reached", groups: []string{"b"}, day: []string{"b:zhao"}, without: []string{"zhao"}, group: []string{"group-b"}, manager: []string{"nobody.head"}},
		{name: "nobody at all", without: []string{"wang", "zhao", "mei"}, manager: []string{"nobody.head"}},
		{name: "at night a normal one waits", at: "23:10", groups: []string{"b"}, day: []string{"b:zhao"}, night: []string{"b:mei"}},
		{name: "at night an urgent one", at: "23:10", words: "爆管了", groups: []string{"b"}, day: []string{"b:zhao"}, night: []string{"b:mei"}, group: []string{"group-b"}, members: []string{"mei"}},
		{name: "off shift nobody is disturbed", at: "23:10", words: "爆管了", day: []string{"b:zhao", "a:wang", "b:mei"}, manager: []string{"nobody.head"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := twoNetworks(t, c.groups...)
			if c.at != "" {
				w.clock(c.at)
			}
			if c.day != nil || c.night != nil {
				w.rosterOf(c.day, c.night)
			}
			for _, id := range c.without {
				p := w.people[id]
				p.Unreachable = "blocked"
				w.people[id] = p
			}
			id := w.open(Draft{Kind: KindRepair, Category: "leak", Words: c.words})
			if got := w.shown(id, PostGroup); !slices.Equal(got, c.group) {
				t.Errorf("groups %v, want %v", got, c.group)
			}
			if got := w.shown(id, PostMember); !slices.Equal(got, c.members) {
				t.Errorf("members %v, want %v", got, c.members)
			}
			manager := "dm"
			if c.at != "" {
				manager = "nm"
			}
			if got := w.heard(manager); !slices.Equal(got, c.manager) {
				t.Errorf("the duty manager heard %v, want %v", got, c.manager)
			}
		})
	}
}

// Another department is asked where its people are; who must not take a second
// rework is not shown it.
func TestWhoSeesWhatIsNotOurs(t *testing.T) {
	w := twoNetworks(t, "b")
	p := w.people["clean"]
	p.Addresses = []Address{{Channel: "b", ID: "clean"}}
	w.people["clean"] = p
	id := w.open(Draft{})
	if refused := w.act(t, id, "zhao", NotOurs, "department", "cleaning"); refused != "" {
		t.Fatal(refused)
	}
	if got := w.shown(id, PostMember); !slices.Equal(got, []string{"clean", "mei", "wang", "zhao"}) {
		t.Errorf("the cards are before %v", got)
	}
	for range 2 {
		w.act(t, id, "clean", Decline)
		w.act(t, id, "dm", Assign, "department", "engineering")
		w.act(t, id, "zhao", Take)
		w.act(t, id, "zhao", Finish)
		w.act(t, id, "res", NotFixed)
		id = w.tickets[id].Rework
	}
	if got := w.shown(id, PostMember); !slices.Equal(got, []string{"mei", "wang"}) {
		t.Errorf("the second rework is before %v, the taker of the works that did not hold left out", got)
	}
}

// A card from the list is taken: only groups in which the work can go on get one.
func TestTakingFromAListTellsNobodyElse(t *testing.T) {
	for _, c := range []struct{ groups, want []string }{{[]string{"b"}, nil}, {[]string{"a", "b"}, []string{"group-a"}}, {nil, nil}} {
		w := twoNetworks(t, c.groups...)
		w.clock("23:10")
		id := w.open(Draft{})
		w.clock("23:20")
		w.said = nil
		if refused := w.act(t, id, "zhao", Take); refused != "" {
			t.Fatal(refused)
		}
		if got := w.shown(id, PostGroup); !slices.Equal(got, c.want) {
			t.Errorf("groups %v: cards in %v, want %v", c.groups, got, c.want)
		}
		if got := w.shown(id, PostMember); len(got) > 0 || len(w.said) > 0 {
			t.Errorf("groups %v: others were told: %v, %v", c.groups, got, w.said)
		}
	}
}

// What members see changes when it becomes somebody's or anybody's, and not with
// the work.
func TestWhatChangesForMembers(t *testing.T) {
	w := twoNetworks(t, "b")
	id := w.open(Draft{})
	for _, c := range []struct {
		who    string
		a      Action
		args   []string
		change bool
	}{
		{"res", Chase, nil, false}, {"res", AddWords, []string{"text", "快点"}, false},
		{"zhao", Take, nil, true}, {"zhao", Arrive, nil, false}, {"zhao", PauseWork, []string{"reason", "parts", "limit", "1wd"}, false},
		{"zhao", Resume, nil, false}, {"zhao", GiveBack, nil, true}, {"wang", Take, nil, true}, {"wang", Undo, nil, true},
		{"res", MakeUrge, nil, true}, {"mei", NotOurs, []string{"department", "cleaning"}, true}, {"clean", Accept, nil, true},
		{"dm", Assign, []string{"department", "engineering"}, true}, {"wang", Take, nil, true}, {"wang", Finish, nil, false},
		{"res", NotFixed, nil, false},
	} {
		before := w.tickets[id]
		if refused := w.act(t, id, c.who, c.a, c.args...); refused != "" {
			t.Fatalf("%s %s: %s", c.who, c.a, refused)
		}
		if same := SameForMembers(before, w.tickets[id]); same == c.change {
			t.Errorf("after %s of %s the members' cards change: %v, want %v", c.a, c.who, !same, c.change)
		}
	}
	untaken := w.tickets[w.open(Draft{})]
	if w.act(t, untaken.ID, "res", Cancel); SameForMembers(untaken, w.tickets[untaken.ID]) {
		t.Error("a cancelled ticket looks as before")
	}
}
