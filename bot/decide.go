package bot

import (
	"strconv"
	"strings"
	"time"

	"frontdesk/desk"
)

// cmdDecide decides what a digest asks about. What its buttons carry is
// <when the day ended>.<issue>, and after it .yes, .no or .undo. Who may, and what the
// reader may know of, is looked at each time.
func (t *turn) cmdDecide(arg string) error {
	parts := strings.Split(arg, ".")
	minute, err := strconv.ParseInt(parts[0], 36, 64)
	if err != nil || len(parts) < 2 || len(parts) > 3 || minute < 0 || minute > 1<<32 {
		return desk.Refuse("press.unknown")
	}
	c, ok := t.w.Counted(time.Unix(minute*60, 0).UTC())
	if !ok {
		return desk.Refuse("digest.gone")
	}
	issue, ok := c.IssueOf(t.w, t.p, parts[1])
	if !ok {
		return desk.Refuse("press.unknown")
	}
	what := strings.Join(parts[2:], "")
	if question, row, ask := issue.Sure(t.w, c.To, parts[1]); ask && what == "" {
		if _, _, decided := desk.DecidedNow(t.w, t.p, c, issue); !decided && desk.MayDecide(t.w, t.p, issue) {
			t.askSure(c, parts[1], question, row)
			return nil
		}
	}
	var out desk.Effects
	switch what {
	case "", "yes":
		out, err = desk.Decide(t.w, issue, t.actor())
	case "undo":
		out, err = desk.Undecide(t.w, issue, t.actor())
	case "no":
		t.decided(t.w, c, issue)
		return nil
	default:
		return desk.Refuse("press.unknown")
	}
	if user, refused := desk.AsUserError(err); refused && t.redraws() {
		t.denied = user.Text.Key
		t.answer(user.Text)
		t.redrawDigest(t.w, c, "")
		return nil
	}
	if err != nil {
		return err
	}
	t.out.Add(out)
	t.decided(desk.After(t.w, out), c, issue)
	return nil
}

// redraws tells whether the digest that was pressed can be put into other words, however
// old it is.
func (t *turn) redraws() bool { return t.in.Press != nil && t.site().Can(t.in.Address()).EditAnytime }

func (t *turn) redrawDigest(r desk.Reader, c desk.Counts, sure string) {
	text, rows := desk.DigestAgain(r, t.p, c, sure)
	t.replace(text, rows...)
}

// askSure asks before what cannot be taken back: in the digest, or below it.
func (t *turn) askSure(c desk.Counts, code string, question desk.Text, row []desk.Button) {
	if t.redraws() {
		t.answer(question)
		t.redrawDigest(t.w, c, code)
		return
	}
	t.reply(question, row)
}

// decided says what was decided, or that nothing was, with the button that takes it back.
func (t *turn) decided(r desk.Reader, c desk.Counts, issue desk.Issue) {
	text, row, held := desk.DecidedNow(r, t.p, c, issue)
	if !held {
		text = desk.T("decide.open")
	}
	if t.redraws() {
		t.answer(text)
		t.redrawDigest(r, c, "")
		return
	}
	if row == nil {
		t.reply(text)
		return
	}
	t.reply(text, row)
}

// cmdProject ends a project or puts its end off. What its buttons carry is done.<code>
// or later.<code>.
func (t *turn) cmdProject(arg string) error {
	what, code, _ := strings.Cut(arg, ".")
	d, ok := desk.ProjectOf(t.w, code)
	if !ok {
		return desk.Refuse("decide.project_over")
	}
	var out desk.Effects
	var err error
	switch what {
	case "done":
		out, err = desk.FinishProject(t.w, d.Issue.Theme, t.actor())
	case "later":
		out, err = desk.MoveProject(t.w, d.Issue.Theme, t.actor())
	default:
		return desk.Refuse("press.unknown")
	}
	if err != nil {
		return err
	}
	t.out.Add(out)
	t.replace(desk.ProjectText(t.w, out.Morning.Decisions[0], t.p))
	return nil
}
