package bot

import (
	"frontdesk/desk"
	"frontdesk/flows"
)

// danger looks for words of danger in whatever a person writes in private,
// whatever conversation they are in. The numbers to call come first, at once,
// and the duty manager is told at once; the conversation goes on.
func (t *turn) danger() {
	if t.in.Text == "" || t.in.Forwarded {
		return
	}
	kind, ok := flows.Danger(t.in.Text, t.lang())
	if !ok {
		return
	}
	t.alarmed = true
	// The same danger from the same person within ten minutes is told once.
	bucket := t.w.Now().Truncate(10 * 60 * 1e9).Format("2006-01-02T15:04")
	key := "danger/" + t.p.ID + "/" + kind + "/" + bucket
	t.out.Say(desk.Message{
		Chat: t.in.Address(), Lang: t.lang(), Lane: desk.LaneEmergency, Class: desk.ClassEmergency, Key: key + "/self",
		Text: desk.Lines(desk.T("danger.call."+kind), desk.T("danger.hotline", "hotlines", t.hotlines()), desk.T("danger.told")),
	})
	where := desk.Text{}
	if found := t.site().Places.Find(t.in.Text); found.Place != nil {
		where = desk.T("danger.place", "place", found.Place.Label)
	} else if t.p.Home != "" {
		where = desk.T("danger.home", "place", t.site().PlaceLabel(t.p.Home))
	}
	for _, p := range desk.Managers(t.w, 0) {
		t.out.Say(desk.Message{
			Person: p.ID, Lane: desk.LaneEmergency, Class: desk.ClassEmergency, Key: key + "/" + p.ID,
			Text: desk.Lines(desk.T("danger.manager", "name", t.p.Called(), "kind", desk.T("danger.kind."+kind)), where,
				desk.T("quote", "text", t.in.Text), t.phoneOf(t.p)),
		})
	}
	t.out.Notes = append(t.out.Notes, desk.Note{Kind: "danger", Person: t.p.ID, Facts: map[string]string{"kind": kind}})
}

func (t *turn) phoneOf(p desk.Person) desk.Text {
	if p.Phone == "" {
		return desk.Text{}
	}
	return desk.T("call.phone", "phone", p.Phone)
}
