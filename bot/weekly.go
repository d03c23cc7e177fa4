package bot

import (
	"strings"

	"frontdesk/desk"
)

// cmdReport shows the analysis of a week: of the last one that is over, or of the
// one that is named, "2026-W47". A button turns to another week, and asks for the
// picture by category or the spreadsheet: 2026-W47.book.
func (t *turn) cmdReport(arg string) error {
	named, part, _ := strings.Cut(arg, ".")
	week := desk.LastWeek(t.site(), t.w.Now())
	if named = strings.TrimSpace(named); named != "" {
		var ok bool
		if week, ok = desk.ParseWeek(named, desk.DateOf(t.w.Now(), t.site().Zone)); !ok {
			return desk.Refuse("weekly.which", "example", desk.LastWeek(t.site(), t.w.Now()).String())
		}
	}
	if !desk.WeekShown(t.site(), week, t.w.Now()) {
		return desk.Refuse("weekly.not_over", "week", week.String())
	}
	a := desk.WeekFor(t.w, t.p, week)
	switch {
	case part == desk.WeekSorts && a.SortsChart(t.site()) != nil:
		t.reply(desk.T("weekly.sorts", "week", week.Number))
		t.last().Chart = a.SortsChart(t.site())
	case part == desk.WeekBook && !a.Quiet():
		t.reply(desk.T("weekly.book", "week", week.Number))
		t.last().Book = a.Book(t.site())
	case part == "" || part == desk.WeekSorts || part == desk.WeekBook:
		t.reply(a.Summary(t.site()), desk.WeekButtons(t.site(), week, t.w.Now())...)
		t.last().Chart = a.DaysChart(t.site())
		if t.in.Press == nil && !a.Quiet() {
			t.reply(desk.T("weekly.book", "week", week.Number))
			t.last().Book = a.Book(t.site())
		}
	default:
		return desk.Refuse("press.unknown")
	}
	return nil
}

// last is the newest message of the turn, to be completed.
func (t *turn) last() *desk.Message { return &t.out.Messages[len(t.out.Messages)-1] }
