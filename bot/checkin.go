package bot

import (
	"slices"
	"strconv"
	"strings"

	"frontdesk/desk"
)

// cmdCheckIn is moving in: for a resident their own, for who receives them the list of
// the day. What its buttons carry:
//
//	a.<building>.<date>            the arrivals of a building on a date
//	l.<building>.<date>.<in or exp>.<page>  those who came, or did not
//	s.<stay>                       a stay
//	k.<stay>.<keys>                which keys are handed over; a bit for each kind
//	g.<stay>.<keys>                hands them over, the card was compared
//	p.<stay>.<keys>                the same, signed on paper
//	y.<stay>, n.<stay>             the resident has them, or not
//	m.<stay>, x.<stay>, z.<stay>   moves; will not come: asks, does
//	u                              writes down somebody whom no roster has
//	c.<stay>, o.<stay>, r.<stay>.<n>  the condition: a defect, that is all, a repair
//	i                              the person's own moving in
//
// Who may is checked each time.
func (t *turn) cmdCheckIn(arg string) error {
	arg = strings.TrimSpace(arg)
	what, rest, dotted := strings.Cut(arg, ".")
	desked := t.p.Receives("")
	switch {
	case !t.site().CheckIn.On:
		return desk.Refuse("checkin.off")
	case arg == "i" || arg == "" && !desked:
		return t.start("checkin", nil)
	case dotted && slices.Contains([]string{"y", "n", "c", "o", "r"}, what):
		return t.ownCheckIn(what, rest)
	case !desked:
		return t.start("checkin", nil)
	case arg == "":
		return t.arrivals("", desk.DateOf(t.w.Now(), t.site().Zone))
	case arg == "u":
		return t.start("arrival", nil)
	case dotted && what == "a":
		building, date, _ := strings.Cut(rest, ".")
		day, err := desk.ParseDate(date)
		if err != nil {
			return desk.Refuse("press.unknown")
		}
		return t.arrivals(building, day)
	case dotted && what == "l":
		return t.arrivalList(rest)
	case dotted && slices.Contains([]string{"s", "k", "g", "p", "m", "x", "z"}, what):
		return t.receive(what, rest)
	}
	return t.findStay(arg)
}

// changesStays tells which arguments of /checkin begin or make a change.
func changesStays(arg string) bool {
	what, _, dotted := strings.Cut(arg, ".")
	return arg == "" || arg == "u" || arg == "i" || dotted && slices.Contains([]string{"g", "p", "y", "n", "m", "z", "c", "o", "r"}, what)
}

// ownCheckIn is what a resident says of their own stay.
func (t *turn) ownCheckIn(what, rest string) error {
	id, n, _ := strings.Cut(rest, ".")
	s, ok := t.w.Stay(id)
	if !ok || !t.p.Is(s.Person) {
		return desk.Refuse("press.unknown")
	}
	switch what {
	case "y", "n":
		out, s, err := desk.TakeKeys(t.w, s, t.p, what == "y")
		if err != nil {
			return err
		}
		t.out.Add(out)
		if what == "n" {
			t.show(desk.T("checkin.no_keys_said"))
			return nil
		}
		t.show(desk.T("checkin.keys_yours", "keys", s.KeyNames(t.site())))
		return nil
	case "c":
		if !s.ConditionAt.IsZero() || !t.w.Now().Before(s.ConditionBy) {
			return desk.Refuse("condition.over")
		}
		return t.start("condition", map[string][]string{"stay": {s.ID}})
	case "o":
		out, s, err := desk.CloseCondition(t.w, s, t.p)
		if err != nil {
			return err
		}
		t.out.Add(out)
		t.show(desk.T("condition.closed", "n", len(s.Condition)))
		return nil
	}
	index, err := strconv.Atoi(n)
	if err != nil {
		return desk.Refuse("press.unknown")
	}
	out, ticket, err := desk.RepairCondition(t.w, s, t.p, index, t.in.Channel)
	if err != nil {
		return err
	}
	t.out.Add(out)
	t.answer(desk.T("condition.repaired", "number", ticket.Number))
	return nil
}

// arrivals are the arrivals of a date: of each building of the person on a line, or of
// one building.
func (t *turn) arrivals(building string, day desk.Date) error {
	if building == "*" {
		building = ""
	}
	if !t.p.Receives(building) {
		return desk.Refuse("rooms.other_building")
	}
	all := desk.ArrivalsOn(t.w, day)
	noon := desk.ClockTime(12*60).On(day, t.site().Zone)
	lines := []desk.Text{desk.T("checkin.head", "day", noon)}
	var rows [][]desk.Button
	var shown []string
	for _, b := range all.Buildings() {
		if t.p.Receives(b) && (building == "" || b == building) {
			shown = append(shown, b)
		}
	}
	if len(shown) == 0 {
		lines = append(lines, desk.T("checkin.nobody"))
	}
	for _, b := range shown {
		stays := all[b]
		lines = append(lines, desk.T("checkin.building", "building", t.site().PlaceLabel(b), "of", len(stays),
			"came", len(desk.Arrived(stays)), "missing", len(desk.Missing(stays))))
		if len(shown) > 1 {
			label := t.site().PlaceLabel(b).In(t.lang())
			rows = append(rows, desk.Row(desk.Button{Label: desk.Literal(label10(label, b)), Data: desk.CheckInData("a." + b + "." + day.String())}))
			continue
		}
		list := func(label, which string, n int) {
			//locale:key button.arrivals_exp button.arrivals_in
			if n > 0 {
				rows = append(rows, desk.Row(desk.Button{Label: desk.T(label, "n", n), Data: desk.CheckInData("l." + b + "." + day.String() + "." + which + ".0")}))
			}
		}
		list("button.arrivals_exp", "exp", len(desk.Missing(stays)))
		list("button.arrivals_in", "in", len(desk.Arrived(stays)))
	}
	scope := building
	if scope == "" {
		scope = "*"
	}
	to := func(label string, d desk.Date) desk.Button {
		return desk.Button{Label: desk.T(label), Data: desk.CheckInData("a." + scope + "." + d.String())}
	}
	rows = append(pairs(rows),
		desk.Row(to("button.day_before", day.AddDays(-1)), to("button.day_after", day.AddDays(1))),
		desk.Row(desk.Button{Label: desk.T("button.unlisted"), Data: desk.CheckInData("u")}, desk.Button{Label: desk.T("button.own_checkin"), Data: desk.CheckInData("i")}))
	t.show(desk.Lines(append(lines, desk.T("checkin.find_hint"))...), rows...)
	return nil
}

// arrivalsPage is how many people one message of a list has.
const arrivalsPage = 12

// arrivalList is a page of those who came on a day, or did not.
func (t *turn) arrivalList(arg string) error {
	parts := strings.Split(arg, ".")
	if len(parts) != 4 {
		return desk.Refuse("press.unknown")
	}
	day, err := desk.ParseDate(parts[1])
	page, err2 := strconv.Atoi(parts[3])
	if err != nil || err2 != nil || page < 0 || parts[0] == "" {
		return desk.Refuse("press.unknown")
	}
	if !t.p.Receives(parts[0]) {
		return desk.Refuse("rooms.other_building")
	}
	stays := desk.ArrivalsOn(t.w, day)[parts[0]]
	head := "checkin.list_in"
	//locale:key checkin.list_in checkin.list_exp
	if parts[2] == "exp" {
		stays, head = desk.Missing(stays), "checkin.list_exp"
	} else {
		stays = desk.Arrived(stays)
	}
	if page*arrivalsPage >= len(stays) {
		page = 0
	}
	lines := []desk.Text{desk.T(head, "building", t.site().PlaceLabel(parts[0]), "day", desk.ClockTime(12*60).On(day, t.site().Zone), "n", len(stays))}
	var rows [][]desk.Button
	for _, s := range stays[min(page*arrivalsPage, len(stays)):min((page+1)*arrivalsPage, len(stays))] {
		lines = append(lines, t.arrivalLine(s))
		rows = append(rows, desk.Row(desk.Button{Label: desk.Literal(label(s.Name)), Data: desk.CheckInData("s." + s.ID)}))
	}
	rows = pairs(rows)
	var nav []desk.Button
	to := func(label string, page int) desk.Button {
		return desk.Button{Label: desk.T(label), Data: desk.CheckInData("l." + strings.Join(parts[:3], ".") + "." + strconv.Itoa(page))}
	}
	if page > 0 {
		nav = append(nav, to("option.page_before", page-1))
	}
	if (page+1)*arrivalsPage < len(stays) {
		nav = append(nav, to("option.page_after", page+1))
	}
	nav = append(nav, desk.Button{Label: desk.T("button.back"), Data: desk.CheckInData("a." + parts[0] + "." + parts[1])})
	t.show(desk.Lines(lines...), append(rows, nav)...)
	return nil
}

// arrivalLine is somebody of a list: where, who, and what they have done so far.
func (t *turn) arrivalLine(s desk.Stay) desk.Text {
	return desk.T("checkin.line", "place", desk.Literal(s.Place), "bed", s.BedText(), "name", s.Name, "number", stayNumber(s), "done", t.doneSoFar(s))
}

func stayNumber(s desk.Stay) desk.Text {
	if s.Number == "" {
		return desk.T("stays.no_number")
	}
	return desk.Literal(s.Number)
}

// doneSoFar is how far somebody's moving in is, in a few words.
func (t *turn) doneSoFar(s desk.Stay) desk.Text {
	switch {
	case s.State.Here():
		return desk.T("checkin.so_in", "at", s.InAt)
	case s.State == desk.StayOut:
		return s.State.Text()
	case s.Keys != nil:
		return desk.T("checkin.so_keys")
	case s.Person == "":
		return desk.T("checkin.so_nothing")
	case s.AllConfirmed(t.site().CheckIn):
		return desk.T("checkin.so_confirmed")
	}
	return desk.T("checkin.so_known")
}

// findStay finds somebody by number or name among those who are expected or here.
func (t *turn) findStay(text string) error {
	var found []desk.Stay
	for _, s := range t.w.StaysByNumber(text) {
		if s.State != desk.StayOut {
			found = append(found, s)
		}
	}
	if len(found) == 0 && desk.NameKey(text) != "" {
		for _, s := range t.w.StaysHere("") {
			if strings.Contains(desk.NameKey(s.Name), desk.NameKey(text)) {
				found = append(found, s)
			}
		}
	}
	found = slices.DeleteFunc(found, func(s desk.Stay) bool { return !t.p.Receives(t.buildingOf(s)) })
	switch len(found) {
	case 0:
		t.show(desk.T("checkin.none_found", "said", shortened(text)), desk.Row(desk.Button{Label: desk.T("button.unlisted"), Data: desk.CheckInData("u")}))
		return nil
	case 1:
		return t.stayPage(found[0])
	}
	lines := []desk.Text{desk.T("checkin.several", "n", len(found))}
	var rows [][]desk.Button
	for _, s := range found[:min(len(found), arrivalsPage)] {
		lines = append(lines, t.arrivalLine(s))
		rows = append(rows, desk.Row(desk.Button{Label: desk.Literal(label(s.Place + s.Bed)), Data: desk.CheckInData("s." + s.ID)}))
	}
	t.show(desk.Lines(lines...), pairs(rows)...)
	return nil
}

func (t *turn) buildingOf(s desk.Stay) string {
	if p, ok := t.site().Places.Get(s.Place); ok {
		return p.Building
	}
	return desk.PlaceHead(s.Place)
}
