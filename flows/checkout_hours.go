package flows

import (
	"slices"

	"frontdesk/desk"
)

// leaveDays are the days on which an inspector goes round, from today on: those of
// the building's own checkout while there is one.
func leaveDays(c *Context, a Answers) []desk.Date {
	room, _ := roomOf(c, a)
	building := desk.PlaceHead(room)
	if p, ok := c.site().Places.Get(room); ok {
		building = p.Building
	}
	today := desk.DateOf(c.World.Now(), c.site().Zone)
	from, to := today, today.AddDays(c.site().Checkout.Ahead)
	for _, b := range c.World.BatchesOf(building) {
		if b.Runs(today) && b.From.Compare(to) <= 0 {
			from, to = later(from, b.From), earlier(to, b.To)
			break
		}
	}
	express := a.Get("how") == "express"
	var days []desk.Date
	for day := from; day.Compare(to) <= 0; day = day.AddDays(1) {
		if express {
			days = append(days, day)
			continue
		}
		x := desk.SlotsFor(c.World, building, day)
		if len(x.Free(c.World, room, c.Person.Desk()))+len(x.Full(room)) > 0 {
			days = append(days, day)
		}
	}
	return days
}

func later(a, b desk.Date) desk.Date {
	if a.Compare(b) < 0 {
		return b
	}
	return a
}

func earlier(a, b desk.Date) desk.Date {
	if b.Compare(a) < 0 {
		return b
	}
	return a
}

// slotsOf is what the building of the room offers on a day.
func slotsOf(c *Context, a Answers, day desk.Date) (x desk.SlotsOn, room string) {
	room, _ = roomOf(c, a)
	building := desk.PlaceHead(room)
	if p, ok := c.site().Places.Get(room); ok {
		building = p.Building
	}
	return desk.SlotsFor(c.World, building, day), room
}

// mateHours are the hours of a day in which room-mates leave. Only who is known to
// live there learns them.
func mateHours(c *Context, a Answers, day desk.Date) []desk.ClockTime {
	if _, known := namedStay(c, a); !known {
		return nil
	}
	x, _ := slotsOf(c, a, day)
	room, but := roomOf(c, a)
	return x.Day.HourOf(room, but)
}

func checkoutDays(c *Context, a Answers) []Option {
	var list []Option
	for _, day := range leaveDays(c, a) {
		label := "option.checkout_day"
		if x, room := slotsOf(c, a, day); a.Get("how") != "express" && len(x.Free(c.World, room, c.Person.Desk())) == 0 {
			label = "option.checkout_full"
		}
		//locale:key option.checkout_day option.checkout_full
		list = append(list, Option{Key: day.String(), Label: desk.T(label, "day", desk.ClockTime(12*60).On(day, c.site().Zone))})
	}
	return list
}

func checkCheckoutDay(c *Context, a Answers, value string) (string, error) {
	day, err := desk.ParseDate(value)
	if err != nil {
		var ok bool
		if day, ok = desk.ComingDay(value, desk.DateOf(c.World.Now(), c.site().Zone)); !ok {
			return "", desk.Refuse("roster.which_day", "said", short(value, 20))
		}
	}
	if !slices.Contains(leaveDays(c, a), day) {
		return "", desk.Refuse("checkout.no_day", "day", desk.ClockTime(12*60).On(day, c.site().Zone))
	}
	return day.String(), nil
}

// askCheckoutDay says on which days room-mates leave, so that one visit does for
// all of them.
func askCheckoutDay(c *Context, a Answers) desk.Text {
	days := leaveDays(c, a)
	switch {
	case len(days) == 0:
		return desk.T("ask.checkout.no_day", "n", c.site().Checkout.Ahead)
	case a.Get("how") == "express":
		return desk.T("ask.checkout.day_express", "within", c.site().Checkout.Express)
	}
	for _, day := range days {
		if mates := mateHours(c, a, day); len(mates) > 0 {
			return desk.T("ask.checkout.day_mate", "at", mates[0].On(day, c.site().Zone))
		}
	}
	return desk.T("ask.checkout.day")
}

// checkoutHours are the hours that are free, first that in which a room-mate
// leaves, and what one can wait for.
func checkoutHours(c *Context, a Answers) []Option {
	day, err := desk.ParseDate(a.Get("day"))
	if err != nil {
		return nil
	}
	x, room := slotsOf(c, a, day)
	mates := mateHours(c, a, day)
	free := x.Free(c.World, room, c.Person.Desk())
	slices.SortStableFunc(free, func(p, q desk.ClockTime) int {
		return boolInt(slices.Contains(mates, q)) - boolInt(slices.Contains(mates, p))
	})
	var list []Option
	for _, at := range free {
		list = append(list, Option{Key: at.String(), Label: desk.Literal(at.String())})
	}
	full := x.Full(room)
	if len(full) > 1 {
		list = append(list, Option{Key: "w", Label: desk.T("option.checkout_wait"), Words: []string{"候补", "排队", "wait"}})
	}
	for _, at := range full {
		list = append(list, Option{Key: "w." + at.String(), Label: desk.T("option.checkout_wait_at", "at", at.On(day, c.site().Zone))})
	}
	return list
}

// checkCheckoutHour takes an hour that is offered, also as somebody says it: 下午5点.
func checkCheckoutHour(c *Context, a Answers, value string) (string, error) {
	offered := func(key string) bool {
		return slices.ContainsFunc(checkoutHours(c, a), func(o Option) bool { return o.Key == key })
	}
	if at, rest, ok := desk.ClockIn(value); ok && rest == "" && !offered(value) {
		value = at.String()
	}
	if !offered(value) {
		return "", desk.Refuse("flow.not_understood")
	}
	return value, nil
}

// namedStay is the stay that ends: the one that is known, or the one whose number and
// name somebody has said whom the desk does not know yet.
func namedStay(c *Context, a Answers) (desk.Stay, bool) {
	if s, ok := leavingStay(c, a); ok || forOther(c, a) {
		return s, ok
	}
	s, ok := desk.StayNamed(c.World, c.Person, a.Get("number"), a.Get("name"))
	return s, ok && s.Place == a.Get("place")
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func askCheckoutHour(c *Context, a Answers) desk.Text {
	day, _ := desk.ParseDate(a.Get("day"))
	x, room := slotsOf(c, a, day)
	noon := desk.ClockTime(12*60).On(day, c.site().Zone)
	switch mates := mateHours(c, a, day); {
	case len(x.Free(c.World, room, c.Person.Desk())) == 0:
		return desk.T("ask.checkout.hour_full", "day", noon, "hold", c.site().Checkout.Hold)
	case len(mates) > 0:
		return desk.T("ask.checkout.hour_mate", "day", noon, "at", mates[0].String())
	}
	return desk.T("ask.checkout.hour", "day", noon)
}

// checkoutSummary is what is confirmed.
func checkoutSummary(c *Context, a Answers) desk.Text {
	var d desk.CheckoutDraft
	chosen(a, &d)
	room, _ := roomOf(c, a)
	stay, known := namedStay(c, a)
	bed := a.Get("bed")
	if known {
		bed = stay.Bed
	}
	head := desk.T("confirm.checkout", "place", c.site().PlaceLabel(room), "bed", bed)
	if bed == "" {
		head = desk.T("confirm.checkout_room", "place", c.site().PlaceLabel(room))
	}
	lines := []desk.Text{head}
	if forOther(c, a) {
		name := a.Get("name")
		if known {
			name = stay.Name
		}
		lines = append(lines, desk.T("confirm.checkout_for", "name", name))
	}
	noon := desk.ClockTime(12*60).On(d.Day, c.site().Zone)
	switch {
	case d.Express:
		lines = append(lines, desk.T("confirm.checkout_express", "day", noon, "within", c.site().Checkout.Express))
	case d.Wait && len(d.Hours) > 0:
		lines = append(lines, desk.T("confirm.checkout_wait_at", "at", d.Hours[0].On(d.Day, c.site().Zone), "hold", c.site().Checkout.Hold))
	case d.Wait:
		lines = append(lines, desk.T("confirm.checkout_wait", "day", noon, "hold", c.site().Checkout.Hold))
	default:
		from, to := desk.SlotTimes(c.site(), d.Day, d.At)
		lines = append(lines, desk.T("confirm.checkout_slot", "from", from, "to", to))
	}
	return desk.Lines(lines...)
}
