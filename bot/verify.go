package bot

import "frontdesk/desk"

// pressVerify carries out the buttons about who somebody is: the desk says it by
// hand, or decides between two accounts that claim one entry of the list.
//
//	verify|hand|<person>            ask for the number
//	verify|same|<person>|<number>   both accounts are one person
//	verify|give|<person>|<number>   the entry is this account's
//	verify|no|<person>              it is not theirs
func (t *turn) pressVerify(what, id, number string) error {
	if !t.p.Desk() {
		return desk.Refuse("refuse.desk")
	}
	p, ok := t.w.Person(id)
	if !ok {
		return desk.Refuse("press.unknown")
	}
	switch what {
	case "hand":
		if t.in.Chat.Kind == desk.ChatGroup {
			t.answer(desk.T("press.in_private"))
		}
		return t.start("verify_hand", map[string][]string{"person": {p.ID}})
	case "no":
		t.answer(desk.Text{})
		t.replace(desk.T("verify.refused", "name", p.Called(), "by", t.p.Called()))
		t.tell(p, desk.T("verify.refused_you"))
		return nil
	case "same", "give":
		return t.settle(p, number, what == "same")
	}
	return desk.Refuse("press.unknown")
}

// settle decides between two accounts. Whoever presses second finds it decided.
func (t *turn) settle(p desk.Person, number string, same bool) error {
	r, listed := t.w.Resident(number)
	other, claimed := t.w.PersonByNumber(number)
	if !listed || !claimed || other.ID == p.ID {
		t.answer(desk.T("verify.settled"))
		return nil
	}
	if same && len(p.Roles)+len(other.Roles) > 0 && !administers(t.p) {
		// Two accounts that become one share their roles, and those only an
		// administrator grants.
		return desk.Refuse("refuse.administrator")
	}
	var out desk.Effects
	var err error
	if same {
		if out, other, err = desk.Join(t.w, p, other); err == nil {
			t.answer(desk.Text{})
			t.replace(desk.T("verify.joined", "name", other.Called(), "by", t.p.Called()))
			out.Say(desk.Message{Person: other.ID, Text: desk.T("verify.joined_you"), Lane: desk.LaneInteractive, Class: desk.ClassNotice})
		}
	} else {
		if out, p, err = desk.EntitleByDesk(t.w, p, r, t.p.ID); err == nil {
			t.answer(desk.Text{})
			t.replace(desk.T("verify.hand_done", "name", p.Called(), "number", r.Number))
		}
	}
	t.out.Add(out)
	return err
}

// tell says something to a person, wherever they are.
func (t *turn) tell(p desk.Person, text desk.Text) {
	t.out.Say(desk.Message{Person: p.ID, Text: text, Lane: desk.LaneInteractive, Class: desk.ClassNotice})
}
