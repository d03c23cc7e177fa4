package flows

import (
	"slices"
	"strings"

	"frontdesk/desk"
)

// Grant gives somebody a role, in the scope that an administrator chooses.
// Whether they are one is asked at the start, and again when it is done.
var Grant = Flow{
	Name: "grant",
	May:  func(p desk.Person) bool { return p.Has(desk.RoleAdministrator) },
	Questions: []Question{
		{Name: "role", Options: roles, Topic: topic("role"), Ask: func(c *Context, a Answers) desk.Text {
			p, _ := c.World.Person(a.Get("person"))
			return desk.T("ask.grant.role", "name", p.Called())
		}},
		{Name: "departments", Options: departments, Text: true, MaxRunes: 200, Check: checkDepartments, Topic: topic("scope"),
			When: func(_ *Context, a Answers) bool { return a.Get("role") == string(desk.RoleTechnician) }},
		{Name: "buildings", Options: buildings, PerRow: 3, Text: true, MaxRunes: 200, Check: checkBuildings, Topic: topic("scope"),
			When: func(_ *Context, a Answers) bool { return a.Get("role") == string(desk.RoleCaretaker) }},
		{Name: "confirm", Confirm: true},
	},
	Summary: func(c *Context, a Answers) desk.Text {
		p, _ := c.World.Person(a.Get("person"))
		return desk.T("grant.sure", "name", p.Called(), "role", desk.T("role."+a.Get("role")), "scope", granted(c, a).scopeText(c))
	},
	Done: func(c *Context, a Answers) (Outcome, error) {
		p, ok := c.World.Person(a.Get("person"))
		role := granted(c, a)
		if !ok || !slices.Contains(desk.RoleNames, role.Name) {
			return Outcome{}, desk.Refuse("flow.gone")
		}
		if !c.Person.Has(desk.RoleAdministrator) {
			return Outcome{}, desk.Refuse("flow.not_yours")
		}
		p.Roles = withRole(p.Roles, role.Role)
		name, scope := desk.T("role."+string(role.Name)), role.scopeText(c)
		out := Outcome{Say: desk.T("grant.done", "name", p.Called(), "role", name, "scope", scope, "by", c.Person.Called())}
		out.Effects.People = append(out.Effects.People, p)
		out.Effects.Jobs = append(out.Effects.Jobs, desk.Job{
			Key: desk.JobCommands + "/" + p.ID, Kind: desk.JobCommands, Subject: p.ID, Due: c.World.Now(),
		})
		out.Effects.Morning.Acts = append(out.Effects.Morning.Acts, desk.HandAct{
			ID: c.World.NewID(), At: c.World.Now(), By: c.Person.ID, Via: c.Input.Channel, What: desk.HandGrant, Person: p.ID,
			Facts: map[string]string{"role": string(role.Name)},
		})
		out.Effects.Notes = append(out.Effects.Notes, desk.Note{Kind: "role_granted", Person: p.ID, Facts: map[string]string{
			"role": string(role.Name), "by": c.Person.ID,
			"departments": strings.Join(role.Departments, ","), "buildings": strings.Join(role.Buildings, ","),
		}})
		if p.ID != c.Person.ID {
			out.Effects.Say(desk.Message{Person: p.ID, Text: desk.T("grant.you", "role", name, "scope", scope, "by", c.Person.Called()),
				Lane: desk.LaneInteractive, Class: desk.ClassNotice})
		}
		for _, admin := range c.World.Holders(desk.RoleAdministrator) {
			if admin.ID != c.Person.ID && admin.ID != p.ID {
				out.Effects.Say(desk.Message{Person: admin.ID, Text: out.Say, Lane: desk.LaneInteractive, Class: desk.ClassNotice})
			}
		}
		return out, nil
	},
}

// grantedRole is the role that the answers describe.
type grantedRole struct{ desk.Role }

func granted(c *Context, a Answers) grantedRole {
	return grantedRole{desk.Role{
		Name: desk.RoleName(a.Get("role")), By: c.Person.ID, At: c.World.Now(),
		Departments: scope(a.Get("departments")), Buildings: scope(a.Get("buildings")),
	}}
}

// scopeText names the departments or buildings, or says that it is all.
func (r grantedRole) scopeText(c *Context) []desk.Text {
	var list []desk.Text
	for _, id := range r.Departments {
		d, _ := c.site().Department(id)
		list = append(list, desk.T("flow.label", "label", d.Label))
	}
	for _, id := range r.Buildings {
		list = append(list, desk.T("flow.label", "label", c.site().PlaceLabel(id)))
	}
	if len(list) == 0 {
		list = append(list, desk.T("scope.all"))
	}
	return list
}

// withRole adds a role: with one of the same name, the scopes become one.
func withRole(list []desk.Role, add desk.Role) []desk.Role {
	var kept []desk.Role
	for _, r := range list {
		if r.Name != add.Name || r.By == "config" {
			kept = append(kept, r)
			continue
		}
		add.Departments, add.Buildings = union(r.Departments, add.Departments), union(r.Buildings, add.Buildings)
	}
	return append(kept, add)
}

// union is both scopes; nothing is the scope without bounds.
func union(a, b []string) []string {
	if len(a) == 0 || len(b) == 0 {
		return nil
	}
	all := slices.Clone(a)
	for _, id := range b {
		if !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	return all
}
