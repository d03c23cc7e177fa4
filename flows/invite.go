package flows

import (
	"maps"
	"slices"
	"strings"

	"frontdesk/desk"
)

// Invite makes a one-time link that grants a role.
var Invite = Flow{
	Name: "invite",
	May:  func(p desk.Person) bool { return p.Manages() },
	Questions: []Question{
		{Name: "role", Options: roles},
		{Name: "departments", Options: departments, Text: true, MaxRunes: 200, Check: checkDepartments,
			When: func(_ *Context, a Answers) bool { return a.Get("role") == string(desk.RoleTechnician) }},
		{Name: "buildings", Options: buildings, PerRow: 3, Text: true, MaxRunes: 200, Check: checkBuildings,
			When: func(_ *Context, a Answers) bool { return a.Get("role") == string(desk.RoleCaretaker) }},
	},
	Done: func(c *Context, a Answers) (Outcome, error) {
		now, s := c.World.Now(), c.site()
		role := desk.Role{Name: desk.RoleName(a.Get("role")), By: c.Person.ID, At: now}
		role.Departments, role.Buildings = scope(a.Get("departments")), scope(a.Get("buildings"))
		if !slices.ContainsFunc(roles(c, a), func(o Option) bool { return o.Key == a.Get("role") }) {
			return Outcome{}, desk.Refuse("flow.not_yours")
		}
		invite := desk.Invite{Code: c.World.NewID() + c.World.NewID(), Role: role, By: c.Person.ID, Expires: now.Add(s.Limits.InviteFor)}
		link := "/start i" + invite.Code
		if base := s.Links[c.Chat.Channel]; base != "" {
			link = base + "i" + invite.Code
		}
		out := Outcome{Effects: desk.Effects{Invites: []desk.Invite{invite}}}
		out.Say = desk.Lines(
			desk.T("invite.done", "role", desk.T("option.role."+a.Get("role")), "valid", s.Limits.InviteFor), desk.Literal(link))
		return out, nil
	},
}

// roles are what the person may grant: the higher ones only an administrator.
func roles(c *Context, _ Answers) []Option {
	high := []desk.RoleName{desk.RoleCentreManager, desk.RolePropertyManager, desk.RoleAdministrator}
	var list []Option
	for _, r := range desk.RoleNames {
		if c.Person.Has(desk.RoleAdministrator) || !slices.Contains(high, r) {
			list = append(list, Option{Key: string(r), Label: desk.T("option.role." + string(r))})
		}
	}
	return list
}

// everything is the scope without bounds.
const everything = "*"

func departments(c *Context, _ Answers) []Option {
	var list []Option
	for _, d := range c.site().Departments {
		if !d.Retired {
			list = append(list, Option{Key: d.ID, Label: label10(d.Label, d.ID)})
		}
	}
	return append(list, Option{Key: everything, Label: desk.T("option.all")})
}

func buildings(c *Context, _ Answers) []Option {
	var list []Option
	for _, b := range c.site().Places.Buildings() {
		list = append(list, Option{Key: b.ID, Label: label10(c.site().PlaceLabel(b.ID), b.ID)})
	}
	return append(list, Option{Key: everything, Label: desk.T("option.all")})
}

func checkDepartments(c *Context, a Answers, value string) (string, error) {
	return several(departments(c, a), value, "invite.bad_department")
}

func checkBuildings(c *Context, a Answers, value string) (string, error) {
	return several(buildings(c, a), value, "invite.bad_building")
}

// several reads one or more of the options, as in "1, 3": by id or by label.
func several(options []Option, value, refusal string) (string, error) {
	var ids []string
	for _, word := range strings.FieldsFunc(desk.Fold(value), func(r rune) bool { return strings.ContainsRune(" ,;/和", r) }) {
		i := slices.IndexFunc(options, func(o Option) bool {
			label, _ := o.Label.Args["label"].(desk.Label)
			return bare(o.Key) == word || slices.ContainsFunc(slices.Collect(maps.Values(label)), func(l string) bool { return bare(l) == word })
		})
		if i < 0 {
			return "", desk.Refuse(refusal, "said", short(word, 20)) //locale:key invite.bad_department invite.bad_building
		}
		if !slices.Contains(ids, options[i].Key) {
			ids = append(ids, options[i].Key)
		}
	}
	if len(ids) == 0 {
		return "", desk.Refuse("flow.not_understood")
	}
	if slices.Contains(ids, everything) {
		return everything, nil
	}
	return strings.Join(ids, ","), nil
}

// scope is the scope of a role; nil is everything.
func scope(answer string) []string {
	if answer == "" || answer == everything {
		return nil
	}
	return strings.Split(answer, ",")
}
