package bot

import (
	"strconv"
	"strings"

	"frontdesk/desk"
)

// receive is what who receives people does with one of them.
func (t *turn) receive(what, rest string) error {
	id, arg, _ := strings.Cut(rest, ".")
	s, ok := t.w.Stay(id)
	if !ok {
		return desk.Refuse("press.unknown")
	}
	if !t.p.Receives(t.buildingOf(s)) {
		return desk.Refuse("checkin.may_not")
	}
	switch what {
	case "k":
		return t.keyPage(s, arg)
	case "g", "p":
		return t.giveKeys(s, arg, what == "p")
	case "m":
		if s.State != desk.StayIn {
			return desk.Refuse("checkin.not_here", "name", s.Name)
		}
		return t.start("move_room", map[string][]string{"stay": {s.ID}})
	case "x":
		t.show(desk.T("checkin.not_coming_sure", "name", s.Name), desk.Row(
			desk.Button{Label: desk.T("button.not_coming"), Data: desk.CheckInData("z." + s.ID)},
			desk.Button{Label: desk.T("button.back"), Data: desk.CheckInData("s." + s.ID)}))
		return nil
	case "z":
		out, s, err := desk.NotComing(t.w, s, t.p)
		if err != nil {
			return err
		}
		t.out.Add(out)
		t.show(desk.T("checkin.not_coming", "name", s.Name, "by", t.p.Called()))
		return nil
	}
	return t.stayPage(s)
}

// stayPage is a stay with all that was done, for who receives people.
func (t *turn) stayPage(s desk.Stay) error {
	site := t.site()
	head, where := desk.T("checkin.page_who", "name", s.Name, "number", stayNumber(s)), "checkin.page_place"
	if s.Kind != "" {
		head = desk.T("checkin.page", "name", s.Name, "number", stayNumber(s), "kind", desk.T("option.kind_"+s.Kind)) //locale:prefix option.kind_
	}
	if s.Undated {
		where = "checkin.page_undated"
	}
	//locale:key checkin.page_place checkin.page_undated
	lines := []desk.Text{head, desk.T(where, "place", site.PlaceLabel(s.Place), "bed", s.BedText(), "from", s.From, "state", s.State.Text())}
	if !s.To.IsZero() {
		lines = append(lines, desk.T("checkin.until", "to", s.To))
	}
	if s.Unlisted {
		lines = append(lines, desk.T("checkin.page_unlisted"))
	}
	for _, a := range s.Agreed {
		//locale:prefix checkin.text_
		lines = append(lines, desk.T("checkin.page_agreed", "text", desk.T("checkin.text_"+a.Text), "version", a.Version, "at", a.At, "by", t.agreedBy(a)))
	}
	if k := s.Keys; k != nil {
		key := "checkin.page_keys"
		//locale:key checkin.page_keys checkin.page_keys_taken checkin.page_keys_paper
		switch {
		case k.Paper:
			key = "checkin.page_keys_paper"
		case !k.Taken.IsZero():
			key = "checkin.page_keys_taken"
		}
		lines = append(lines, desk.T(key, "keys", s.KeyNames(site), "by", t.called1(k.By), "at", k.At, "taken", k.Taken))
	}
	for _, c := range s.Condition {
		item, _ := site.CheckIn.Item(c.Item)
		lines = append(lines, desk.T("checkin.page_condition", "item", item.Label, "words", c.Words, "photos", len(c.Files)))
	}
	if s.State.Here() && !s.ConditionBy.IsZero() {
		if s.ConditionAt.IsZero() {
			lines = append(lines, desk.T("checkin.page_condition_by", "by", s.ConditionBy))
		} else {
			lines = append(lines, desk.T("checkin.page_condition_done", "at", s.ConditionAt))
		}
	}
	var row []desk.Button
	button := func(label, what string) {
		//locale:key button.give_keys button.move_room button.not_coming
		row = append(row, desk.Button{Label: desk.T(label), Data: desk.CheckInData(what + s.ID)})
	}
	switch {
	case s.State == desk.StayExpected:
		button("button.give_keys", "k.")
		button("button.not_coming", "x.")
	case s.State == desk.StayIn:
		if s.Keys == nil {
			button("button.give_keys", "k.")
		}
		button("button.move_room", "m.")
	}
	day := desk.DateOf(s.From, site.Zone).String()
	row = append(row, desk.Button{Label: desk.T("button.arrivals"), Data: desk.CheckInData("a." + t.buildingOf(s) + "." + day)})
	t.show(desk.Lines(lines...), row)
	return nil
}

func (t *turn) agreedBy(a desk.Agreed) desk.Text {
	if a.By == "" {
		return desk.T("checkin.agreed_self")
	}
	return desk.T("checkin.agreed_paper", "name", t.called1(a.By))
}

// allKeys names every kind of key.
func (t *turn) allKeys() int { return 1<<len(t.site().CheckIn.Keys) - 1 }

// keyPage asks which keys are handed over: a press turns each on or off.
func (t *turn) keyPage(s desk.Stay, arg string) error {
	mask := t.allKeys()
	if n, err := strconv.Atoi(arg); err == nil {
		mask = n & t.allKeys()
	}
	var rows [][]desk.Button
	for i, k := range t.site().CheckIn.Keys {
		bit := 1 << i
		mark := "button.key_off"
		//locale:key button.key_off button.key_on
		if mask&bit != 0 {
			mark = "button.key_on"
		}
		rows = append(rows, desk.Row(desk.Button{
			Label: desk.T(mark, "key", k.Label), Data: desk.CheckInData("k." + s.ID + "." + strconv.Itoa(mask^bit)),
		}))
	}
	rows = append(pairs(rows),
		desk.Row(
			desk.Button{Label: desk.T("button.hand_over"), Data: desk.CheckInData("g." + s.ID + "." + strconv.Itoa(mask))},
			desk.Button{Label: desk.T("button.on_paper"), Data: desk.CheckInData("p." + s.ID + "." + strconv.Itoa(mask))}),
		desk.Row(desk.Button{Label: desk.T("button.back"), Data: desk.CheckInData("s." + s.ID)}))
	t.show(desk.T("checkin.key_page", "name", s.Name, "number", stayNumber(s), "place", t.site().PlaceLabel(s.Place), "bed", s.BedText()), rows...)
	return nil
}

// giveKeys hands keys over. The resident presses too, unless they sign on paper.
func (t *turn) giveKeys(s desk.Stay, arg string, paper bool) error {
	mask, err := strconv.Atoi(arg)
	if err != nil || mask < 0 || mask > t.allKeys() {
		return desk.Refuse("press.unknown")
	}
	var kinds []string
	for i, k := range t.site().CheckIn.Keys {
		if mask&(1<<i) != 0 {
			kinds = append(kinds, k.ID)
		}
	}
	out, s, err := desk.GiveKeys(t.w, s, kinds, paper, t.p)
	if err != nil {
		return err
	}
	t.out.Add(out)
	back := desk.Row(desk.Button{Label: desk.T("button.arrivals"), Data: desk.CheckInData("a." + t.buildingOf(s) + "." + desk.DateOf(s.From, t.site().Zone).String())})
	if s.Keys.Taken.IsZero() {
		t.show(desk.T("checkin.keys_asked", "name", s.Name), back)
		return nil
	}
	t.show(desk.T("checkin.in_now", "name", s.Name, "place", t.site().PlaceLabel(s.Place), "bed", s.BedText()), back)
	return nil
}
