package bot

import (
	"slices"

	"frontdesk/desk"
)

// redeem uses an invitation: once, while it is valid. A link that was used, is
// late or unknown grants nothing, and who made it is told.
func (t *turn) redeem(code string) error {
	invite, ok := t.w.Invite(code)
	switch {
	case !ok:
		return desk.Refuse("invite.unknown")
	case invite.UsedBy != "" && invite.UsedBy == t.p.ID:
		return desk.Refuse("invite.already")
	case invite.UsedBy != "", t.w.Now().After(invite.Expires):
		t.out.Say(desk.Message{
			Person: invite.By, Lane: desk.LaneInteractive, Class: desk.ClassNotice,
			Text: desk.T("invite.misused", "name", t.p.Called(), "role", desk.T("role."+string(invite.Role.Name))),
		})
		t.out.Notes = append(t.out.Notes, desk.Note{Kind: "invite_refused", Person: t.p.ID})
		return desk.Refuse("invite.used")
	case t.p.Suspended:
		return desk.Refuse("invite.suspended")
	}
	by, _ := t.w.Person(invite.By)
	if !by.Manages() {
		// The one who made it lost the right to do so meanwhile.
		return desk.Refuse("invite.used")
	}
	invite.UsedBy, invite.UsedAt = t.p.ID, t.w.Now()
	role := invite.Role
	role.By, role.At = invite.By, t.w.Now()
	p := t.p
	p.Roles = append(slices.DeleteFunc(slices.Clone(p.Roles), func(r desk.Role) bool {
		return r.Name == role.Name && slices.Equal(r.Departments, role.Departments) && slices.Equal(r.Buildings, role.Buildings)
	}), role)
	t.p = p
	t.out.Invites = append(t.out.Invites, invite)
	t.out.Morning.Acts = append(t.out.Morning.Acts, desk.HandAct{
		ID: t.w.NewID(), At: t.w.Now(), By: invite.By, What: desk.HandGrant, Person: p.ID, Facts: map[string]string{"role": string(role.Name)},
	})
	t.out.People = append(t.out.People, p)
	t.out.Jobs = append(t.out.Jobs, commandsJob(t.w, p))
	scope := t.scope(role)
	t.reply(desk.T("invite.welcome", "role", desk.T("role."+string(role.Name)), "scope", scope))
	t.out.Say(desk.Message{
		Person: invite.By, Lane: desk.LaneInteractive, Class: desk.ClassNotice,
		Text: desk.T("invite.joined", "name", p.Called(), "role", desk.T("role."+string(role.Name)), "scope", scope),
	})
	return nil
}

// scope says for which departments or buildings a role counts.
func (t *turn) scope(r desk.Role) []desk.Text {
	var list []desk.Text
	for _, d := range r.Departments {
		list = append(list, desk.T("label", "label", t.departmentLabel(d)))
	}
	for _, b := range r.Buildings {
		list = append(list, desk.T("label", "label", t.site().PlaceLabel(b)))
	}
	if len(list) == 0 {
		list = append(list, desk.T("scope.all"))
	}
	return list
}
