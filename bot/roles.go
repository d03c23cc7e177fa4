package bot

import (
	"slices"
	"strconv"
	"strings"

	"frontdesk/desk"
)

// cmdRoles grants and revokes roles. What its buttons carry:
//
//	p.<id>      somebody's roles
//	g.<id>      grant one: a short conversation
//	x.<id>.<n>  revoke the role at n of desk.RoleNames? asks
//	y.<id>.<n>  revokes it
//
// Who may is checked each time, by Command.May.
func (t *turn) cmdRoles(arg string) error {
	parts := strings.Split(strings.TrimSpace(arg), ".")
	if len(parts) > 1 && len(parts[0]) == 1 {
		p, ok := t.w.Person(parts[1])
		if !ok {
			return desk.Refuse("press.unknown")
		}
		switch {
		case parts[0] == "p":
			t.rolesOf(p)
			return nil
		case parts[0] == "g":
			return t.start("grant", map[string][]string{"person": {p.ID}})
		case len(parts) == 3 && (parts[0] == "x" || parts[0] == "y"):
			n, err := strconv.Atoi(parts[2])
			if err != nil || n < 0 || n >= len(desk.RoleNames) {
				return desk.Refuse("press.unknown")
			}
			return t.revoke(p, desk.RoleNames[n], parts[0] == "y")
		}
	}
	people := t.meant(strings.TrimSpace(arg))
	switch len(people) {
	case 0:
		return desk.Refuse("roles.nobody", "said", arg)
	case 1:
		if arg != "" {
			t.rolesOf(people[0])
			return nil
		}
	}
	var rows [][]desk.Button
	for _, p := range people[:min(len(people), 24)] {
		rows = append(rows, desk.Row(desk.Button{Label: shortName(p), Data: "c|roles|p." + p.ID}))
	}
	t.show(desk.T("roles.who"), pairs(rows)...)
	return nil
}

// meant lists who is meant: by the card that is replied to, by a number of the
// list, a phone number, an address, or the name of an employee.
func (t *turn) meant(said string) []desk.Person {
	var list []desk.Person
	add := func(p desk.Person, ok bool) {
		if ok && p.ID != "" && !slices.ContainsFunc(list, func(q desk.Person) bool { return q.ID == p.ID }) {
			list = append(list, p)
		}
	}
	if said == "" {
		if ticket, ok := t.repliedTo(); ok {
			add(t.w.Person(ticket.Taker))
			add(t.w.Person(ticket.Requester))
			return list
		}
		return t.w.Employees()
	}
	add(t.w.PersonByNumber(said))
	if len(desk.Digits(said)) >= 5 {
		add(t.w.PersonByPhone(said))
	}
	if a, ok := desk.ParseAddress(said); ok {
		add(t.w.PersonAt(a))
	}
	for _, p := range t.w.Employees() {
		add(p, called(p, said))
	}
	return list
}

// roleLine is one role with its scope and where it comes from.
func (t *turn) roleLine(r desk.Role) desk.Text {
	role := desk.T("role." + string(r.Name))
	if r.By == "config" {
		return desk.T("roles.configured", "role", role, "scope", t.scope(r))
	}
	if by, ok := t.w.Person(r.By); ok {
		return desk.T("roles.granted", "role", role, "scope", t.scope(r), "by", by.Called(), "at", r.At)
	}
	return desk.T("staff.role", "role", role, "scope", t.scope(r))
}

// rolesOf shows somebody's roles: those of the configuration as such, the others
// with a button to revoke each.
func (t *turn) rolesOf(p desk.Person) {
	lines := []desk.Text{desk.T("roles.of", "name", p.Called())}
	var rows [][]desk.Button
	for _, r := range p.Roles {
		lines = append(lines, t.roleLine(r))
	}
	if len(p.Roles) == 0 {
		lines = append(lines, desk.T("roles.none"))
	}
	if p.Suspended {
		lines = append(lines, desk.T("staff.suspended"))
	}
	for n, name := range desk.RoleNames {
		if slices.ContainsFunc(p.Roles, func(r desk.Role) bool { return r.Name == name && r.By != "config" }) {
			rows = append(rows, desk.Row(desk.Button{
				Label: desk.T("roles.revoke", "role", desk.T("option.role."+string(name))), Data: "c|roles|x." + p.ID + "." + strconv.Itoa(n),
			}))
		}
	}
	rows = append(rows, desk.Row(desk.Button{Label: desk.T("button.grant"), Data: "c|roles|g." + p.ID},
		desk.Button{Label: desk.T("button.back"), Data: "c|staff|p." + p.ID}))
	t.show(desk.Lines(lines...), rows...)
}

// revoke takes a role from somebody, after asking. The last administrator keeps
// theirs: nobody could grant anything any more.
func (t *turn) revoke(p desk.Person, name desk.RoleName, sure bool) error {
	kept, gone := []desk.Role{}, []desk.Role{}
	for _, r := range p.Roles {
		if r.Name == name && r.By != "config" {
			gone = append(gone, r)
		} else {
			kept = append(kept, r)
		}
	}
	switch {
	case len(gone) == 0 && p.Has(name):
		return desk.Refuse("roles.from_config", "role", desk.T("role."+string(name)))
	case len(gone) == 0:
		return desk.Refuse("roles.gone")
	case name == desk.RoleAdministrator && !t.administeredWithout(p, kept):
		return desk.Refuse("roles.last")
	}
	role := desk.T("role." + string(name))
	n := strconv.Itoa(slices.Index(desk.RoleNames, name))
	if !sure {
		t.show(desk.T("roles.sure", "name", p.Called(), "role", role, "scope", t.scope(gone[0])), desk.Row(
			desk.Button{Label: desk.T("button.revoke"), Data: "c|roles|y." + p.ID + "." + n},
			desk.Button{Label: desk.T("button.back"), Data: "c|roles|p." + p.ID}))
		return nil
	}
	p.Roles = kept
	t.out.People = append(t.out.People, p)
	if p.ID == t.p.ID {
		t.p = p
	}
	t.out.Jobs = append(t.out.Jobs, commandsJob(t.w, p))
	t.giveBack(p)
	t.byHand(desk.HandRevoke, p.ID, "role", string(name))
	t.out.Notes = append(t.out.Notes, desk.Note{Kind: "role_revoked", Person: p.ID, Facts: map[string]string{
		"role": string(name), "by": t.p.ID,
		"departments": strings.Join(gone[0].Departments, ","), "buildings": strings.Join(gone[0].Buildings, ","),
	}})
	t.show(desk.T("roles.revoked", "name", p.Called(), "role", role, "by", t.p.Called()),
		desk.Row(desk.Button{Label: desk.T("button.roles"), Data: "c|roles|p." + p.ID}))
	if p.ID != t.p.ID {
		t.tell(p, desk.T("roles.revoked_you", "role", role))
	}
	for _, a := range t.w.Holders(desk.RoleAdministrator) {
		if a.ID != t.p.ID && a.ID != p.ID {
			t.tell(a, desk.T("roles.revoked", "name", p.Called(), "role", role, "by", t.p.Called()))
		}
	}
	return nil
}

// administeredWithout tells whether somebody could still grant roles if the
// person held no others than kept.
func (t *turn) administeredWithout(p desk.Person, kept []desk.Role) bool {
	p.Roles = kept
	return administers(p) || slices.ContainsFunc(t.w.Holders(desk.RoleAdministrator), func(q desk.Person) bool { return q.ID != p.ID })
}

// giveBack returns what somebody has taken and may not do any more.
func (t *turn) giveBack(p desk.Person) {
	for _, ticket := range t.w.TicketsTaken(p.ID) {
		if p.WorksFor(ticket.Department) {
			continue
		}
		out, err := desk.Act(t.w, ticket, desk.GiveBack, t.actor(), desk.Args{})
		if err != nil {
			continue // not given back from this state: it stays in the open list
		}
		t.out.Add(out)
	}
}
