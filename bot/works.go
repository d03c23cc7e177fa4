package bot

import (
	"slices"
	"strings"

	"frontdesk/desk"
)

// worksShown is how many works a list shows.
const worksShown = 10

// cmdPlan shows the plans of tomorrow and the works that are ahead. What its buttons
// carry:
//
//	v.<id>   a work
//	y.<id>   yes to it
//	n.<id>   no, c.<id> it has to change: both ask for the reason
//	t.<id>   another time
//	x.<id>   take it back
//	o.<id>   it is over
func (t *turn) cmdPlan(arg string) error {
	what, id, ok := strings.Cut(strings.TrimSpace(arg), ".")
	if !ok {
		return t.plans()
	}
	x, found := t.w.Work(id)
	if !found || !desk.MayChangeWork(x, t.p) && !t.p.Desk() {
		return desk.Refuse("press.unknown")
	}
	flow := map[string]string{"n": "work_no", "c": "work_return", "t": "work_time", "x": "work_cancel"}[what]
	switch {
	case what == "v":
		return t.work(x)
	case what == "y":
		out, x, err := desk.DecideWork(t.w, x, t.p, desk.WorkApproved, "")
		if err != nil {
			return err
		}
		t.out.Add(out)
		t.show(desk.T("works.said_yes", "work", desk.WorkName(t.site(), x), "from", x.From, "to", x.To))
		return nil
	case what == "o":
		out, x, err := desk.EndWork(t.w, x, t.p)
		if err != nil {
			return err
		}
		t.out.Add(out)
		t.show(desk.T("works.ended", "work", desk.WorkName(t.site(), x)))
		return nil
	case flow == "":
		return desk.Refuse("press.unknown")
	case (what == "n" || what == "c") && !t.p.Manages():
		return desk.Refuse("works.managers")
	case (what == "n" || what == "c") && x.State != desk.WorkAsked:
		return desk.Refuse("works.decided", "work", desk.WorkName(t.site(), x))
	case (what == "t" || what == "x") && (!desk.MayChangeWork(x, t.p) || !x.Live()):
		return desk.Refuse("works.gone")
	}
	return t.start(flow, map[string][]string{"work": {x.ID}})
}

func (t *turn) plans() error {
	s := t.site()
	var lines []desk.Text
	if text, owed := desk.PlansText(t.w, s.Calendar.Date(t.w.Now()).AddDays(1)); owed {
		lines = append(lines, text)
	}
	var row []desk.Button
	list := slices.DeleteFunc(t.w.WorksFrom(t.w.Now(), 5*worksShown), func(x desk.Work) bool { return !x.Live() })
	slices.SortStableFunc(list, func(a, b desk.Work) int { return a.From.Compare(b.From) })
	for n, x := range list[:min(len(list), worksShown)] {
		lines = append(lines, desk.T("works.numbered", "n", n+1, "work", desk.WorkName(s, x), "from", x.From, "to", x.To, "state", t.workState(x)))
		row = append(row, desk.Button{Label: desk.T("button.item_n", "n", n+1), Data: desk.CommandData("plan|v." + x.ID)})
	}
	if len(list) == 0 {
		lines = append(lines, desk.T("works.none"))
	}
	rows := slices.Collect(slices.Chunk(row, 4))
	t.show(desk.Lines(lines...), append(rows, desk.Row(
		desk.Button{Label: desk.T("button.plan_write"), Data: desk.StartData("plan", "")},
		desk.Button{Label: desk.T("button.work_new"), Data: desk.StartData("work", "")}))...)
	return nil
}

//locale:prefix works.state.
func (t *turn) workState(x desk.Work) desk.Text { return desk.T("works.state." + string(x.State)) }

// work shows one work, with what the person can do with it.
func (t *turn) work(x desk.Work) error {
	if t.p.Manages() && x.State == desk.WorkAsked {
		text, rows := desk.YesText(t.w, x, t.p)
		t.show(text, rows...)
		return nil
	}
	var row []desk.Button
	if desk.MayChangeWork(x, t.p) && x.Live() {
		if x.Runs(t.w.Now()) {
			row = append(row, desk.Button{Label: desk.T("button.work_over"), Data: desk.CommandData("plan|o." + x.ID)})
		}
		row = append(row, desk.Button{Label: desk.T("button.work_time"), Data: desk.CommandData("plan|t." + x.ID)},
			desk.Button{Label: desk.T("button.work_cancel"), Data: desk.CommandData("plan|x." + x.ID)})
	}
	told := 0
	for _, one := range t.w.WorksTold(x.ID) {
		if one.Person != "" {
			told++
		}
	}
	t.show(desk.Lines(desk.WorkText(t.site(), "works.line", x, t.lang()), t.workState(x), desk.T("works.told", "n", told, "askers", len(t.w.WorkAskers(x.ID)))), row)
	return nil
}

// toldShown is how many of those who were told a list names.
const toldShown = 30

// cmdAnnounce begins an announcement; l.<id> says who was told, when.
func (t *turn) cmdAnnounce(arg string) error {
	id, ok := strings.CutPrefix(strings.TrimSpace(arg), "l.")
	if !ok {
		return t.start("announce", nil)
	}
	a, found := t.w.Announcement(id)
	if !found {
		return desk.Refuse("press.unknown")
	}
	told := slices.DeleteFunc(t.w.WorksTold(a.ID), func(x desk.WorkTold) bool { return x.Person == "" })
	slices.SortStableFunc(told, func(x, y desk.WorkTold) int { return x.At.Compare(y.At) })
	lines := []desk.Text{desk.T("announce.told", "n", len(told), "of", a.Count, "audience", desk.AudienceText(t.site(), a.To, a.Value), "at", a.At)}
	for _, one := range told[:min(len(told), toldShown)] {
		p, _ := t.w.Person(one.Person)
		lines = append(lines, desk.T("announce.told_line", "at", one.At, "name", p.Called()))
	}
	if more := len(told) - toldShown; more > 0 {
		lines = append(lines, desk.T("announce.more", "n", more))
	}
	t.reply(desk.Lines(lines...))
	return nil
}
