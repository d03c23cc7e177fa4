package bot

import (
	"strconv"
	"strings"

	"frontdesk/desk"
)

// cmdCheckout books a checkout, or shows the booking that there is. For who
// inspects and for the desk it is also the way to the list of the day and to the
// checkout of a whole building. What its buttons carry:
//
//	b                      book for oneself
//	o                      book for somebody else
//	x.<batch>, y.<batch>   end the checkout of a building early? asks; ends it
//
// Who may is checked each time.
func (t *turn) cmdCheckout(arg string) error {
	what, rest, _ := strings.Cut(strings.TrimSpace(arg), ".")
	switch what {
	case "":
		if t.p.Desk() || t.site().Inspector(t.p) || t.p.Has(desk.RoleSupervisor) {
			return t.checkoutMenu()
		}
		return t.checkoutOwn()
	case "b":
		return t.checkoutOwn()
	case "o":
		if !t.p.Desk() && !t.site().Inspector(t.p) {
			return desk.Refuse("checkout.desk_only")
		}
		return t.start("checkout", map[string][]string{"for": {"other"}})
	case "x", "y":
		return t.endBatch(rest, what == "y")
	}
	return desk.Refuse("press.unknown")
}

// cmdLeaving lists who leaves. What its buttons carry:
//
//	d.<date>    the list of a day
//	p           how the checkouts of buildings go
//	p.<batch>   one of them
//	l.<batch>.<standing>.<page>  who has got so far
//
// Who may is checked each time.
func (t *turn) cmdLeaving(arg string) error {
	what, rest, _ := strings.Cut(strings.TrimSpace(arg), ".")
	switch what {
	case "d":
		return t.visitDay(rest)
	case "", "p":
		return t.batches(rest)
	case "l":
		return t.batchList(rest)
	}
	return desk.Refuse("press.unknown")
}

func leavingButton(label, arg string) desk.Button {
	return desk.Button{Label: desk.T(label), Data: desk.CommandData("leaving|" + arg)}
}

// checkoutOwn shows the person's own booking, or begins one.
func (t *turn) checkoutOwn() error {
	for _, s := range desk.OwnStays(t.w, t.p) {
		for _, ticket := range t.w.CheckoutsOf(s.ID) {
			if ticket.State.Open() || ticket.State == desk.StateDone {
				return t.look(ticket.ID)
			}
		}
	}
	return t.start("checkout", nil)
}

func checkoutButton(label, arg string) desk.Button {
	return desk.Button{Label: desk.T(label), Data: desk.CommandData("checkout|" + arg)}
}

func (t *turn) checkoutMenu() error {
	today := t.site().Calendar.Date(t.w.Now())
	row := desk.Row(checkoutButton("button.checkout_book", "b"))
	if t.p.Desk() || t.site().Inspector(t.p) {
		row = append(row, checkoutButton("button.checkout_other", "o"))
	}
	rows := [][]desk.Button{row}
	if len(t.followed()) > 0 {
		rows = append(rows, desk.Row(leavingButton("button.checkout_today", "d."+today.String()),
			leavingButton("button.checkout_tomorrow", "d."+today.AddDays(1).String()), leavingButton("button.checkout_progress", "p")))
	}
	if t.p.Manages() {
		rows = append(rows, desk.Row(desk.Button{Label: desk.T("button.checkout_batch"), Data: desk.StartData("checkout_batch", "")},
			desk.Button{Label: desk.T("button.slots"), Data: desk.CommandData("slots")}))
	}
	t.show(desk.T("checkout.menu"), rows...)
	return nil
}

// followed are the buildings whose lists of the day somebody may see: those in
// which they inspect; for the desk and supervisors all.
func (t *turn) followed() []string {
	if !t.p.Desk() && !t.p.Has(desk.RoleSupervisor) {
		return desk.InspectedBuildings(t.site(), t.p)
	}
	var list []string
	for _, b := range t.site().Places.Buildings() {
		list = append(list, b.ID)
	}
	return list
}

// visitDay is the list of a day.
func (t *turn) visitDay(date string) error {
	buildings := t.followed()
	day, err := desk.ParseDate(date)
	if err != nil {
		return desk.Refuse("press.unknown")
	}
	if len(buildings) == 0 {
		return desk.Refuse("checkout.desk_only")
	}
	text, rows := visitListOf(t.site(), t.w, desk.VisitList{Buildings: buildings, Day: day})
	to := func(label string, d desk.Date) desk.Button { return leavingButton(label, "d."+d.String()) }
	t.show(text, append(rows, desk.Row(to("button.day_before", day.AddDays(-1)), to("button.day_after", day.AddDays(1))))...)
	return nil
}

// batches says how the checkouts of buildings go.
func (t *turn) batches(id string) error {
	list := desk.Batches(t.w, t.p)
	if id != "" {
		b, err := t.batch(id)
		if err != nil {
			return err
		}
		list = []desk.Batch{b}
	}
	switch {
	case len(t.followed()) == 0:
		return desk.Refuse("checkout.desk_only")
	case len(list) == 0:
		return desk.Refuse("checkout.no_batch")
	case len(list) == 1:
		t.progress(list[0])
		return nil
	}
	var rows [][]desk.Button
	for _, b := range list[:min(len(list), 12)] {
		rows = append(rows, desk.Row(desk.Button{Label: desk.Literal(b.Building + " " + b.From.String()[5:]), Data: desk.CommandData("leaving|p." + b.ID)}))
	}
	t.show(desk.T("checkout.which_batch"), rows...)
	return nil
}

// batch finds a checkout of a building that somebody may follow.
func (t *turn) batch(id string) (desk.Batch, error) {
	b, ok := t.w.Batch(id)
	if !ok || !desk.FollowsBatch(t.site(), t.p, b.Building) {
		return b, desk.Refuse("press.unknown")
	}
	return b, nil
}

// progress says how far the checkout of a building has got; each figure opens the
// list that it was counted from.
func (t *turn) progress(b desk.Batch) {
	p := desk.ProgressOf(t.w, b)
	noon := desk.ClockTime(12 * 60)
	lines := []desk.Text{desk.T("checkout.progress", "building", t.site().PlaceLabel(b.Building), "from", noon.On(b.From, t.site().Zone),
		"to", noon.On(b.To, t.site().Zone), "n", p.All)}
	if b.Invited.IsZero() && b.Ended.IsZero() {
		lines = append(lines, desk.T("checkout.inviting"))
	}
	var rows [][]desk.Button
	var row []desk.Button
	for _, standing := range desk.BatchStandings {
		n := len(p.Lists[standing])
		if n == 0 {
			continue
		}
		lines = append(lines, desk.T("checkout.standing."+string(standing), "n", n, "all", p.All))
		row = append(row, desk.Button{Label: desk.T("button.standing."+string(standing), "n", n),
			Data: desk.CommandData("leaving|l." + b.ID + "." + string(standing) + ".0")})
		if len(row) == 3 {
			rows, row = append(rows, row), nil
		}
	}
	//locale:prefix checkout.standing. button.standing.
	rows = append(rows, row)
	if t.p.Manages() && b.Runs(t.site().Calendar.Date(t.w.Now())) {
		rows = append(rows, desk.Row(checkoutButton("button.checkout_end", "x."+b.ID)))
	}
	t.show(desk.Lines(lines...), rows...)
}

// batchPage is how many stays one message of such a list has.
const batchPage = 20

// batchList lists who has got so far.
func (t *turn) batchList(arg string) error {
	part := strings.Split(arg, ".")
	if len(part) != 3 {
		return desk.Refuse("press.unknown")
	}
	b, err := t.batch(part[0])
	if err != nil {
		return err
	}
	list := desk.ProgressOf(t.w, b).Lists[desk.BatchStanding(part[1])]
	page, _ := strconv.Atoi(part[2])
	if page < 0 || len(list) == 0 {
		t.progress(b)
		return nil
	}
	page = min(page, (len(list)-1)/batchPage)
	lines := []desk.Text{desk.T("checkout.standing."+part[1], "n", len(list), "all", len(list))}
	if len(list) != 0 {
		lines[0] = desk.T("checkout.list_head", "standing", desk.T("button.standing."+part[1], "n", len(list)), "building", t.site().PlaceLabel(b.Building))
	}
	var row []desk.Button
	for _, entry := range list[page*batchPage : min(len(list), (page+1)*batchPage)] {
		stay, _ := t.w.Stay(entry.Stay)
		line := desk.T("checkout.list_line", "place", strings.TrimSpace(entry.Place+" "+entry.Bed), "name", stay.Name)
		for _, ticket := range t.w.CheckoutsOf(entry.Stay) {
			if ticket.State != desk.StateCancelled {
				row = append(row, desk.Button{Label: desk.Literal(ticket.Number), Data: desk.LookData(ticket.ID)})
				line = desk.T("checkout.list_ticket", "place", strings.TrimSpace(entry.Place+" "+entry.Bed), "name", stay.Name, "number", ticket.Number)
				break
			}
		}
		lines = append(lines, line)
	}
	var rows [][]desk.Button
	for len(row) > 0 {
		n := min(3, len(row))
		rows, row = append(rows, row[:n]), row[n:]
	}
	var turn []desk.Button
	to := func(label string, page int) desk.Button {
		return leavingButton(label, "l."+b.ID+"."+part[1]+"."+strconv.Itoa(page))
	}
	if page > 0 {
		turn = append(turn, to("option.page_before", page-1))
	}
	turn = append(turn, leavingButton("button.checkout_progress", "p."+b.ID))
	if (page+1)*batchPage < len(list) {
		turn = append(turn, to("option.page_after", page+1))
	}
	t.show(desk.Lines(lines...), append(rows, turn)...)
	return nil
}

// endBatch ends the checkout of a building early, after asking.
func (t *turn) endBatch(id string, sure bool) error {
	b, err := t.batch(id)
	if err != nil {
		return err
	}
	out, err := desk.EndBatch(t.w, b, t.p)
	if err != nil {
		return err
	}
	if !sure {
		t.show(desk.T("checkout.batch_end_sure", "building", t.site().PlaceLabel(b.Building)),
			desk.Row(checkoutButton("button.checkout_end", "y."+b.ID), leavingButton("button.checkout_progress", "p."+b.ID)))
		return nil
	}
	t.out.Add(out)
	t.show(desk.T("checkout.batch_ended_now", "building", t.site().PlaceLabel(b.Building), "name", t.p.Called()))
	return nil
}
