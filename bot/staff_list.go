package bot

import (
	"slices"
	"strconv"
	"strings"

	"frontdesk/desk"
)

// staffPage is how many people a page of /staff names.
const staffPage = 8

// cmdStaff shows who works here: a page of the list, or one person (p.<id>).
func (t *turn) cmdStaff(arg string) error {
	if id, ok := strings.CutPrefix(arg, "p."); ok {
		return t.staffPerson(id)
	}
	page, err := strconv.Atoi(arg)
	if err != nil || page < 1 {
		page = 1
	}
	people := t.w.Employees()
	if name := strings.TrimSpace(arg); err != nil && name != "" {
		people = slices.DeleteFunc(people, func(p desk.Person) bool { return !called(p, name) })
	}
	if len(people) == 0 {
		return desk.Refuse("suspend.none", "name", arg)
	}
	present := t.onDuty()
	slices.SortStableFunc(people, func(a, b desk.Person) int {
		if x, y := present[a.ID], present[b.ID]; x != y {
			return map[bool]int{true: -1, false: 1}[x]
		}
		return strings.Compare(a.Called(), b.Called())
	})
	pages := (len(people) + staffPage - 1) / staffPage
	page = min(page, pages)
	lines := []desk.Text{desk.T("staff.head", "n", len(people), "duty", len(present), "page", page, "pages", pages)}
	var rows [][]desk.Button
	for i, p := range people[(page-1)*staffPage : min(page*staffPage, len(people))] {
		n := (page-1)*staffPage + i + 1
		lines = append(lines, desk.T("staff.line", "n", n, "name", p.Called(), "roles", t.roleLines(p), "state", t.staffState(p, present[p.ID])))
		rows = append(rows, desk.Row(desk.Button{Label: shortName(p), Data: "c|staff|p." + p.ID}))
	}
	if strange := t.neverHere(); page == pages && len(strange) > 0 {
		lines = append(lines, desk.T("staff.never", "n", len(strange), "addresses", strange))
	}
	rows = pairs(rows)
	var turn []desk.Button
	if page > 1 {
		turn = append(turn, desk.Button{Label: desk.T("option.page_before"), Data: "c|staff|" + strconv.Itoa(page-1)})
	}
	if page < pages {
		turn = append(turn, desk.Button{Label: desk.T("option.page_after"), Data: "c|staff|" + strconv.Itoa(page+1)})
	}
	if len(turn) > 0 {
		rows = append(rows, turn)
	}
	t.show(desk.Lines(lines...), rows...)
	return nil
}

// neverHere are the addresses to which the configuration grants a role, and from
// which nobody ever wrote; at most 20.
func (t *turn) neverHere() []desk.Text {
	var list []desk.Text
	seen := map[desk.Address]bool{}
	for _, role := range desk.RoleNames {
		for _, a := range t.site().ConfiguredHolders(role) {
			if _, known := t.w.PersonAt(a); !known && !seen[a] && len(list) < 20 {
				seen[a] = true
				list = append(list, desk.Literal(a.String()))
			}
		}
	}
	return list
}

// staffPerson is one employee's page, with what the reader may do about them.
func (t *turn) staffPerson(id string) error {
	p, ok := t.w.Person(id)
	if !ok {
		return desk.Refuse("press.unknown")
	}
	lines := []desk.Text{desk.T("staff.person", "name", p.Called(), "state", t.staffState(p, t.onDuty()[p.ID]))}
	for _, r := range p.Roles {
		lines = append(lines, t.roleLine(r))
	}
	if len(p.Roles) == 0 {
		lines = append(lines, desk.T("roles.none"))
	}
	taken := slices.DeleteFunc(t.w.TicketsTaken(p.ID), t.hidden)
	if n := len(taken); n > 0 {
		lines = append(lines, desk.T("staff.taken", "n", n))
	}
	var row []desk.Button
	if p.ID != t.p.ID && (administers(t.p) || !administersOnce(p)) {
		if p.Suspended {
			row = append(row, desk.Button{Label: desk.T("button.restore"), Data: "r|" + p.ID})
		} else if len(p.Roles) > 0 {
			row = append(row, desk.Button{Label: desk.T("button.suspend"), Data: "x|" + p.ID})
		}
	}
	if administers(t.p) {
		row = append(row, desk.Button{Label: desk.T("button.roles"), Data: "c|roles|p." + p.ID})
	}
	row = append(row, desk.Button{Label: desk.T("button.back"), Data: "c|staff|1"})
	t.show(desk.Lines(lines...), row)
	return nil
}

// administersOnce tells whether somebody would be an administrator, were they
// not suspended.
func administersOnce(p desk.Person) bool {
	p.Suspended = false
	return administers(p)
}

// show answers a command in a new message, and a button in the message it is on.
func (t *turn) show(text desk.Text, rows ...[]desk.Button) {
	if t.in.Press != nil {
		t.replace(text, rows...)
		return
	}
	t.reply(text, rows...)
}

// onDuty are the ids of those whom the roster names now.
func (t *turn) onDuty() map[string]bool {
	present := map[string]bool{}
	for _, d := range desk.Shifts(t.w, t.w.Now()) {
		for _, duty := range t.site().Duties() {
			for _, p := range desk.Staffed(t.w, d, duty) {
				present[p.ID] = true
			}
		}
	}
	return present
}

// staffState says whether somebody is there, suspended, and when they last did
// something.
func (t *turn) staffState(p desk.Person, present bool) []desk.Text {
	var list []desk.Text
	switch {
	case p.Suspended:
		list = append(list, desk.T("staff.suspended"))
	case present:
		list = append(list, desk.T("staff.on_duty"))
	default:
		list = append(list, desk.T("staff.off_duty"))
	}
	if p.Unreachable != "" {
		list = append(list, desk.T("staff.unreachable"))
	}
	if !p.Pressed.IsZero() {
		list = append(list, desk.T("staff.pressed", "at", p.Pressed))
	}
	return list
}

// roleLines are a person's roles, each with its scope.
func (t *turn) roleLines(p desk.Person) []desk.Text {
	var list []desk.Text
	for _, r := range p.Roles {
		list = append(list, desk.T("staff.role", "role", desk.T("role."+string(r.Name)), "scope", t.scope(r)))
	}
	return list
}

// called tells whether a name is, or is part of, what somebody is called.
func called(p desk.Person, name string) bool {
	return strings.Contains(desk.NameKey(p.Called()), desk.NameKey(name))
}

// shortName is a label of at most 10 characters.
func shortName(p desk.Person) desk.Text {
	name := []rune(p.Called())
	if len(name) == 0 {
		return desk.T("button.someone")
	}
	if len(name) > 10 {
		name = append(name[:9], '…')
	}
	return desk.Literal(string(name))
}
