package bot

import (
	"slices"

	"frontdesk/desk"
	"frontdesk/flows"
	"frontdesk/flows/examples"
	"frontdesk/storage"
)

// cmdTeach shows an administrator what was not understood, one sentence at a
// time: they say what it means, and the desk knows it from then on.
func (t *turn) cmdTeach(string) error {
	next, n := t.w.NextUnclear()
	if n == 0 {
		t.reply(desk.T("teach.none"), t.taughtButton())
		return nil
	}
	text, rows := t.lesson(next, n)
	t.reply(text, rows...)
	return nil
}

func (t *turn) taughtButton() []desk.Button {
	return desk.Row(desk.Button{Label: desk.T("button.taught"), Data: desk.TeachData("all", "list")})
}

// lesson is one sentence with what it may mean.
func (t *turn) lesson(u desk.Unclear, n int) (desk.Text, [][]desk.Button) {
	lines := []desk.Text{desk.T("teach.ask", "text", u.Text, "n", n)}
	likely := slices.Clone(u.Guesses)
	if u.Pressed != "" {
		key := "teach.pressed"
		if u.Pressed == "none" {
			key = "teach.pressed_none"
		} else if !slices.Contains(likely, u.Pressed) {
			likely = append([]string{u.Pressed}, likely...)
		}
		lines = append(lines, desk.T(key, "intent", flows.IntentLabel(u.Pressed)))
	}
	var rows [][]desk.Button
	for _, intent := range likely {
		if slices.Contains(teachable(), intent) {
			rows = append(rows, desk.Row(t.meansButton(u.ID, intent)))
		}
	}
	rows = pairs(rows)
	return desk.Lines(lines...), append(rows, desk.Row(
		desk.Button{Label: desk.T("button.teach_more"), Data: desk.TeachData(u.ID, "more")},
		desk.Button{Label: desk.T("button.teach_drop"), Data: desk.TeachData(u.ID, "drop")}), t.taughtButton())
}

func (t *turn) meansButton(id, intent string) desk.Button {
	return desk.Button{Label: flows.IntentLabel(intent), Data: desk.TeachData(id, "="+intent)}
}

// teachable are the intents that an example can have; that something means
// nothing can be taught as well.
func teachable() []string { return examples.Intents }

func (t *turn) pressTeach(id, what string) error {
	if !administers(t.p) || t.in.Chat.Kind != desk.ChatPrivate {
		return desk.Refuse("command.refused", "command", "teach")
	}
	t.answer(desk.Text{})
	if what == "list" {
		t.listTaught()
		return nil
	}
	if what == "un" {
		return t.unteach(id)
	}
	u, ok := t.w.Unclear(id)
	if !ok {
		t.replace(desk.T("teach.gone"), t.nextLesson())
		return nil
	}
	switch {
	case what == "drop":
		t.out.Cleared = append(t.out.Cleared, u.ID)
		t.replace(desk.T("teach.dropped", "text", u.Text), t.nextLesson())
	case what == "more":
		var rows [][]desk.Button
		for _, intent := range teachable() {
			rows = append(rows, desk.Row(t.meansButton(u.ID, intent)))
		}
		t.replace(desk.T("teach.which", "text", u.Text), pairs(rows)...)
	case slices.Contains(teachable(), what[min(1, len(what)):]):
		return t.teach(u, what[1:])
	default:
		return desk.Refuse("press.unknown")
	}
	return nil
}

func (t *turn) teach(u desk.Unclear, intent string) error {
	if len(t.w.Taught()) >= storage.MaxTaught {
		return desk.Refuse("teach.full", "limit", storage.MaxTaught)
	}
	t.out.Taught = append(t.out.Taught, desk.Taught{ID: u.ID, Text: u.Text, Means: intent, By: t.p.ID, At: t.w.Now()})
	t.out.Cleared = append(t.out.Cleared, u.ID)
	t.byHand(desk.HandTeach, "", "text", u.Text)
	t.replace(desk.T("teach.done", "text", u.Text, "intent", flows.IntentLabel(intent)),
		append(desk.Row(desk.Button{Label: desk.T("option.undo"), Data: desk.TeachData(u.ID, "un")}), t.nextLesson()...))
	return nil
}

func (t *turn) nextLesson() []desk.Button {
	return desk.Row(desk.Button{Label: desk.T("button.teach_next"), Data: desk.CommandData("teach")})
}

// unteach takes an example back; the sentence is asked about again.
func (t *turn) unteach(id string) error {
	taught, ok := t.w.TaughtExample(id)
	if !ok {
		t.replace(desk.T("teach.gone"), t.nextLesson())
		return nil
	}
	t.out.Untaught = append(t.out.Untaught, id)
	t.byHand(desk.HandUnteach, "", "text", taught.Text)
	t.out.Unclear = append(t.out.Unclear, desk.Unclear{ID: id, Text: taught.Text, Lang: t.lang(), Guesses: []string{taught.Means}, At: t.w.Now()})
	t.replace(desk.T("teach.undone", "text", taught.Text), t.nextLesson())
	return nil
}

// taughtShown is how many of the taught sentences are listed.
const taughtShown = 10

func (t *turn) listTaught() {
	all := t.w.Taught()
	if len(all) == 0 {
		t.replace(desk.T("teach.list_none"))
		return
	}
	lines := []desk.Text{desk.T("teach.list", "n", len(all))}
	var rows [][]desk.Button
	for i, taught := range all[:min(len(all), taughtShown)] {
		lines = append(lines, desk.T("teach.line", "n", i+1, "text", taught.Text, "intent", flows.IntentLabel(taught.Means)))
		rows = append(rows, desk.Row(desk.Button{Label: desk.T("teach.un", "n", i+1), Data: desk.TeachData(taught.ID, "un")}))
	}
	t.replace(desk.Lines(lines...), pairs(rows)...)
}
