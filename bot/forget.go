package bot

import "frontdesk/desk"

// cmdForget tells a person what the desk can erase of them now, and what it keeps, why
// and until when; one press erases it. What its buttons carry is yes, no or undo.
func (t *turn) cmdForget(arg string) error {
	if t.p.Employee() {
		return desk.Refuse("forget.staff")
	}
	switch arg {
	case "yes":
		out, err := desk.Forget(t.w, t.p, t.in.Channel)
		if err != nil {
			return err
		}
		t.out.Add(out)
		t.show(desk.Lines(desk.T("forget.done", "for", t.site().Limits.UndoFor), t.kept()), desk.Row(forgetButton("button.undo", "undo")))
	case "no":
		t.show(desk.T("forget.kept"))
	case "undo":
		out, err := desk.Unforget(t.w, t.p)
		if err != nil {
			return err
		}
		t.out.Add(out)
		t.show(desk.T("forget.undone"))
	default:
		t.askForget()
	}
	return nil
}

func forgetButton(label, what string) desk.Button {
	return desk.Button{Label: desk.T(label), Data: desk.CommandData("forget|" + what)}
}

// askForget says what goes and what stays, and asks whether to.
func (t *turn) askForget() {
	if _, pending := desk.Forgetting(t.w, t.p); pending {
		t.show(desk.Lines(desk.T("forget.already"), t.kept()), desk.Row(forgetButton("button.forget_stop", "undo")))
		return
	}
	plan := desk.PlanForget(t.w, t.p)
	goes := desk.T("forget.goes", "n", len(plan.Tickets))
	if !plan.Identity {
		goes = desk.T("forget.goes_some", "n", len(plan.Tickets))
	}
	t.show(desk.Lines(desk.T("forget.ask"), goes, t.kept(), desk.T("forget.always")),
		desk.Row(forgetButton("button.forget_yes", "yes"), forgetButton("button.forget_no", "no")))
}

// keptLines bounds how many things that are kept are named.
const keptLines = 8

// kept says what is kept, why and until when; nothing when nothing is.
func (t *turn) kept() desk.Text {
	plan := desk.PlanForget(t.w, t.p)
	if len(plan.Keeps) == 0 {
		return desk.Text{}
	}
	lines := append([]desk.Text{desk.T("forget.keeps")}, plan.Keeps[:min(len(plan.Keeps), keptLines)]...)
	if more := len(plan.Keeps) - keptLines; more > 0 {
		lines = append(lines, desk.T("open.more", "n", more))
	}
	return desk.Lines(lines...)
}
