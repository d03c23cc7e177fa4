package desk

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// accused are the people and departments that a case is about, or may by the time
// named be. In doubt somebody is among them: one manager too many is left out
// rather than one too few.
type accused struct {
	w      World
	people []string
	teams  []string
}

// accusedOf works out who must not know of a complaint.
func accusedOf(w World, d CaseDraft) *accused {
	x := &accused{w: w}
	switch d.About.Kind {
	case AboutTicket:
		x.ticket(d.About.Ticket)
	case AboutTeam:
		x.team(d.About)
	case AboutService:
		c, known := w.Site().Category(d.About.Service)
		if !known {
			x.desk(d.About)
			break
		}
		place, _ := w.Site().Places.Get(d.Place)
		to, _ := w.Site().RouteTo(matterOf(w.Site(), Ticket{Kind: c.Kind, Category: c.ID}, place, w.Now()))
		x.teams = append(x.teams, to)
	case AboutPerson:
		x.somebody(d.About)
	}
	text := Fold(d.Words + "\n" + d.About.Said)
	for _, p := range employees(w) {
		if calledIn(p, text) {
			x.add(p.ID)
		}
	}
	for _, department := range w.Site().Departments {
		if named(department, text) {
			x.teams = append(x.teams, department.ID)
		}
	}
	if slices.ContainsFunc(managerWords, func(word string) bool { return strings.Contains(text, word) }) {
		x.desk(d.About)
	}
	return x
}

// managerWords speak of those who sit at the desk.
var managerWords = []string{"经理", "主管", "值班", "前台", "接线", "manager", "supervisor", "on duty", "front desk", "operator"}

// named tells whether a folded text speaks of a department: 保安 of 保安部.
func named(d Department, text string) bool {
	for _, label := range d.Label {
		name := []rune(Fold(label))
		if last := len(name) - 1; last > 1 && slices.Contains([]rune("部队组科处"), name[last]) {
			name = name[:last]
		}
		if len(name) > 1 && strings.Contains(text, string(name)) {
			return true
		}
	}
	return false
}

func (x *accused) add(id string) {
	if id != "" && !slices.Contains(x.people, id) {
		x.people = append(x.people, id)
	}
}

// ticket are those who had to do with a ticket: its department, who has or had it,
// who follows it, and who acted on it.
func (x *accused) ticket(id string) {
	t, ok := x.w.Ticket(id)
	if !ok {
		return
	}
	x.teams = append(x.teams, t.Department)
	if t.Offered != "" {
		x.teams = append(x.teams, t.Offered)
	}
	ids := append([]string{t.Taker, t.Follower, t.EntryBy, t.FiledBy}, t.Not...)
	if t.Pause != nil {
		ids = append(ids, t.Pause.By)
	}
	if t.Call != nil {
		ids = append(ids, t.Call.By)
	}
	if t.Last != nil {
		ids = append(ids, t.Last.By)
	}
	for _, words := range t.Words {
		ids = append(ids, words.By)
	}
	for _, id := range ids {
		if p, ok := x.w.Person(id); ok && p.Employee() && p.ID != t.Requester {
			x.add(p.ID)
		}
	}
}

func (x *accused) team(a About) {
	if a.Team == TeamDesk {
		x.desk(a)
		return
	}
	x.teams = append(x.teams, a.Team)
}

// desk are those who sat at the desk then.
func (x *accused) desk(a About) {
	x.onDuty(a, string(RoleOperator), string(RoleDutyManager))
}

// somebody is a person whose name nobody may know: everybody of that name, and
// without a name everybody who was on duty then, the manager too. A guard can be
// anybody in a uniform, and at night one manager is the whole desk.
func (x *accused) somebody(a About) {
	meant := a.People
	for _, p := range employees(x.w) {
		if calledIn(p, Fold(a.Said)) {
			meant = append(meant, p.ID)
		}
	}
	for _, id := range meant {
		x.add(id)
	}
	if len(meant) > 0 {
		return
	}
	duties := []string{string(RoleOperator), string(RoleDutyManager), string(RoleCaretaker), string(RoleInspector)}
	for _, d := range x.w.Site().Departments {
		duties = append(duties, d.ID)
	}
	x.onDuty(a, duties...)
}

// onDuty adds who was on duty by the roster at any time of the span, and whoever
// holds a duty that the roster gives to nobody then, or of which nobody knows the
// time.
func (x *accused) onDuty(a About, duties ...string) {
	s := x.w.Site()
	b := bookAt(x.w, a.From)
	for _, duty := range duties {
		given := 0
		for at := a.From; !a.From.IsZero() && !at.After(a.To); at = at.Add(15 * time.Minute) {
			for _, d := range s.Roster.Current(s.Calendar, at) {
				ids := b.staff(d, duty)
				given += len(ids)
				for _, id := range ids {
					if p, ok := x.w.Person(id); ok {
						x.add(p.ID)
					}
				}
			}
		}
		if _, isDepartment := s.Department(duty); given == 0 && !isDepartment {
			for _, p := range x.w.Holders(RoleName(duty)) {
				x.add(p.ID)
			}
		}
	}
}

// floor is the lowest level of the escalation of which nobody is accused, and
// nobody of a level below it is asked either: colleagues talk.
func (x *accused) floor() int {
	floor := 0
	for level, role := range escalation {
		for _, id := range x.people {
			if p, ok := x.w.Person(id); ok && p.Has(role) {
				floor = level + 1
			}
		}
	}
	return floor
}

// employees lists everybody who holds a role.
func employees(w World) []Person {
	var list []Person
	for _, role := range RoleNames {
		for _, p := range w.Holders(role) {
			if !isAmong(list, p.ID) {
				list = append(list, p)
			}
		}
	}
	return list
}

// titles are what stands behind a family name: 王师傅, 陈经理.
var titles = []string{"师傅", "经理", "主管", "队长", "班长", "保安", "阿姨", "大姐", "老师", "先生", "女士", "小姐", "工", "姐", "哥", "叔", "总"}

// calledIn tells whether a folded text names the person: by the whole name, by the
// family name with a title, or by a Latin first or last name.
func calledIn(p Person, text string) bool {
	for _, name := range []string{Fold(p.Name), Fold(p.Shown)} {
		name = strings.Join(strings.Fields(name), " ")
		runes := []rune(name)
		if len(runes) < 2 {
			continue
		}
		if runes[0] > 0x2e80 {
			if strings.Contains(text, name) || slices.ContainsFunc(titles, func(title string) bool { return strings.Contains(text, string(runes[0])+title) }) {
				return true
			}
			for _, before := range []string{"小", "老"} {
				if strings.Contains(text, before+string(runes[0])) {
					return true
				}
			}
			continue
		}
		for _, word := range strings.Fields(name) {
			if utf8.RuneCountInString(word) > 2 && hasWord(text, word) {
				return true
			}
		}
	}
	return false
}

// hasWord tells whether a Latin word stands in a folded text by itself.
func hasWord(text, word string) bool {
	letter := func(b byte) bool { return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' }
	for from := 0; ; {
		at := strings.Index(text[from:], word)
		if at < 0 {
			return false
		}
		at += from
		end := at + len(word)
		if (at == 0 || !letter(text[at-1])) && (end == len(text) || !letter(text[end])) {
			return true
		}
		from = end
	}
}
