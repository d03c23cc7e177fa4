package flows

import (
	"strconv"

	"frontdesk/desk"
)

// CheckoutBatch begins the checkout of a whole building: everybody who has a stay
// there is asked to book between two dates.
var CheckoutBatch = Flow{
	Name: "checkout_batch",
	May:  desk.Person.Manages,
	Questions: []Question{
		{Name: "building", Topic: topic("building"), Options: oneBuilding, PerRow: 3},
		{Name: "from", Topic: topic("roster_from"), Options: comingDays(1), PerRow: 3, Text: true, MaxRunes: 20, Check: checkDay},
		{Name: "to", Topic: topic("roster_to"), Options: lastDays, PerRow: 3, Text: true, MaxRunes: 20, Check: checkLastDay},
		{Name: "confirm", Confirm: true},
	},
	Summary: func(c *Context, a Answers) desk.Text {
		from, to := batchDates(a)
		places := 0
		for day := from; day.Compare(to) <= 0 && day.Compare(from.AddDays(62)) < 0; day = day.AddDays(1) {
			for _, h := range desk.SlotsFor(c.World, a.Get("building"), day).Plan.Hours {
				places += h.Places
			}
		}
		noon := desk.ClockTime(12 * 60)
		return desk.T("checkout.batch_sure", "building", c.site().PlaceLabel(a.Get("building")),
			"from", noon.On(from, c.site().Zone), "to", noon.On(to, c.site().Zone), "n", places)
	},
	Done: func(c *Context, a Answers) (Outcome, error) {
		from, to := batchDates(a)
		out, b, err := desk.StartBatch(c.World, a.Get("building"), from, to, c.Person)
		if refusal, refused := desk.AsUserError(err); refused {
			return Outcome{Say: refusal.Text}, nil
		}
		if err != nil {
			return Outcome{}, err
		}
		return Outcome{Effects: out, Say: desk.T("checkout.batch_started", "building", c.site().PlaceLabel(b.Building)),
			Buttons: [][]desk.Button{desk.Row(desk.Button{Label: desk.T("button.checkout_progress"), Data: desk.CommandData("leaving|p." + b.ID)})}}, nil
	},
}

func batchDates(a Answers) (from, to desk.Date) {
	from, _ = desk.ParseDate(a.Get("from"))
	to, err := desk.ParseDate(a.Get("to"))
	if err != nil {
		to = from
	}
	return from, to
}

func oneBuilding(c *Context, a Answers) []Option {
	list := buildings(c, a)
	return list[:len(list)-1] // Without "all".
}

// Slots enters what differs in the hours of inspectors: closed days, other hours,
// more or fewer inspectors or rooms.
var Slots = Flow{
	Name: "slots",
	May:  desk.Person.Manages,
	Questions: []Question{
		{Name: "buildings", Topic: topic("building"), Options: buildings, PerRow: 3, Text: true, MaxRunes: 200, Check: checkBuildings},
		{Name: "from", Topic: topic("roster_from"), Options: comingDays(0), PerRow: 3, Text: true, MaxRunes: 20, Check: checkDay},
		{Name: "to", Topic: topic("roster_to"), Options: lastDays, PerRow: 3, Text: true, MaxRunes: 20, Check: checkLastDay},
		{Name: "what", Topic: topic("slots_what"), Options: choices(
			Option{Key: "closed", Label: desk.T("option.slots_closed")}, Option{Key: "hours", Label: desk.T("option.slots_hours")},
			Option{Key: "inspectors", Label: desk.T("option.slots_inspectors")}, Option{Key: "rooms", Label: desk.T("option.slots_rooms")})},
		{Name: "hours", Topic: topic("slots_hours"), Text: true, MaxRunes: 80, Check: checkSlotHours, When: slotsWhat("hours")},
		{Name: "count", Topic: topic("slots_count"), Text: true, MaxRunes: 3, Check: checkSlotCount, PerRow: 4,
			Options: choices(Option{Key: "1", Label: desk.Literal("1")}, Option{Key: "2", Label: desk.Literal("2")}, Option{Key: "3", Label: desk.Literal("3")}, Option{Key: "4", Label: desk.Literal("4")}),
			When:    func(c *Context, a Answers) bool { return slotsWhat("inspectors")(c, a) || slotsWhat("rooms")(c, a) },
			Ask:     func(_ *Context, a Answers) desk.Text { return desk.T("ask.slots." + a.Get("what")) }},
		{Name: "reason", Topic: topic("reason"), Text: true, MaxRunes: 60, Optional: true, When: slotsWhat("closed")},
		{Name: "confirm", Confirm: true},
	},
	Summary: func(c *Context, a Answers) desk.Text {
		r := slotRule(a)
		n := 0
		for day := r.Dates.From; day.Compare(r.Last()) <= 0 && day.Compare(r.Dates.From.AddDays(62)) < 0; day = day.AddDays(1) {
			for _, b := range c.site().Places.Buildings() {
				if r.Applies(b.ID, day) {
					n += len(c.World.SlotDay(b.ID, day).Places)
				}
			}
		}
		if n == 0 {
			return desk.T("slots.sure", "rule", r.Text(c.World))
		}
		return desk.T("slots.sure_booked", "rule", r.Text(c.World), "n", n)
	},
	Done: func(c *Context, a Answers) (Outcome, error) {
		out, r, err := desk.EnterSlots(c.World, slotRule(a), c.Person)
		if err != nil {
			return Outcome{}, err
		}
		return Outcome{Effects: out, Say: desk.T("slots.done", "rule", r.Text(c.World)),
			Buttons: [][]desk.Button{desk.Row(desk.Button{Label: desk.T("button.slots"), Data: desk.CommandData("slots|l")})}}, nil
	},
}

//locale:key ask.slots.inspectors ask.slots.rooms

func slotsWhat(what string) func(*Context, Answers) bool {
	return func(_ *Context, a Answers) bool { return a.Get("what") == what }
}

// slotRule is the decision that the answers describe.
func slotRule(a Answers) desk.SlotRule {
	r := desk.SlotRule{Buildings: scope(a.Get("buildings")), Reason: a.Get("reason")}
	r.Dates.From, r.Dates.To = batchDates(a)
	switch a.Get("what") {
	case "closed":
		r.Closed = true
	case "hours":
		r.Hours, _ = desk.ParseSlotHours(a.Get("hours"))
	case "inspectors":
		r.Inspectors, _ = strconv.Atoi(a.Get("count"))
	case "rooms":
		r.Rooms, _ = strconv.Atoi(a.Get("count"))
	}
	return r
}

func checkSlotHours(_ *Context, _ Answers, value string) (string, error) {
	hours, err := desk.ParseSlotHours(value)
	if err != nil {
		return "", desk.Refuse("slots.bad_hours")
	}
	return hours.String(), nil
}

func checkSlotCount(_ *Context, _ Answers, value string) (string, error) {
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || n > 50 {
		return "", desk.Refuse("slots.bad_count")
	}
	return strconv.Itoa(n), nil
}
