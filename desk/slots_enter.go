package desk

import "time"

// slotRuleLongest is how many days a rule that is entered in chat holds at most.
const slotRuleLongest = 62

// EnterSlots writes down what a manager decides about the hours of inspectors, and
// lets the days that it touches be settled: bookings for which there is no place
// any more are told, and who waits moves up.
func EnterSlots(w World, r SlotRule, by Person) (Effects, SlotRule, error) {
	today := DateOf(w.Now(), w.Site().Zone)
	switch {
	case !by.Manages():
		return Effects{}, r, Refuse("slots.manager_only")
	case r.Dates.From.Compare(today) < 0 || r.Last().Compare(r.Dates.From) < 0 || r.Last().Compare(r.Dates.From.AddDays(slotRuleLongest)) > 0:
		return Effects{}, r, Refuse("slots.dates", "n", slotRuleLongest)
	case !r.Closed && len(r.Hours) == 0 && r.Inspectors <= 0 && r.Rooms <= 0:
		return Effects{}, r, Refuse("slots.nothing")
	}
	r.ID, r.By, r.At = w.NewID(), by.ID, w.Now()
	return slotsChanged(w, r), r, nil
}

// EndSlots takes such a decision back.
func EndSlots(w World, r SlotRule, by Person) (Effects, SlotRule, error) {
	switch {
	case !by.Manages():
		return Effects{}, r, Refuse("slots.manager_only")
	case !r.Ended.IsZero():
		return Effects{}, r, Refuse("slots.ended_already")
	}
	r.Ended, r.EndedBy = w.Now(), by.ID
	return slotsChanged(w, r), r, nil
}

func slotsChanged(w World, r SlotRule) Effects {
	return Effects{
		House: HouseEntries{Slots: SlotEntries{Rules: []SlotRule{r}}},
		Jobs:  []Job{{Key: "slots_changed/" + r.ID, Kind: "slots_changed", Subject: r.ID, Due: w.Now()}},
	}
}

// Text says a decision in one line.
func (r SlotRule) Text(w World) Text {
	var where, what []Text
	for _, b := range r.Buildings {
		where = append(where, T("label", "label", w.Site().PlaceLabel(b)))
	}
	if len(where) == 0 {
		where = append(where, T("scope.all"))
	}
	if r.Closed {
		what = append(what, T("slots.closed"))
	}
	if len(r.Hours) > 0 {
		what = append(what, Literal(r.Hours.String()))
	}
	if r.Inspectors > 0 {
		what = append(what, T("slots.inspectors", "n", r.Inspectors))
	}
	if r.Rooms > 0 {
		what = append(what, T("slots.rooms", "n", r.Rooms))
	}
	key := "slots.line_days"
	if r.Dates.To.IsZero() || r.Dates.To == r.Dates.From {
		key = "slots.line_day"
	}
	//locale:key slots.line_day slots.line_days
	line := T(key, "where", where, "from", midday(w, r.Dates.From), "to", midday(w, r.Last()), "what", what)
	if r.Reason != "" {
		return T("slots.line_reason", "line", line, "reason", r.Reason)
	}
	return line
}

// SlotsOn is what a building offers on a date, and what of it is booked.
type SlotsOn struct {
	Plan    SlotPlan
	Day     SlotDay
	Shut    map[ClockTime]bool // too late for residents
	Weekday time.Weekday
}

// SlotsFor looks up a day of a building.
func SlotsFor(w World, building string, day Date) SlotsOn {
	x := SlotsOn{Plan: planOf(w, building, day), Day: w.SlotDay(building, day), Shut: map[ClockTime]bool{}, Weekday: day.Weekday()}
	for _, h := range x.Plan.Hours {
		x.Shut[h.At] = slotShut(w, day, h.At)
	}
	return x
}

// Free lists the hours that somebody of a room can book: with desk those that are
// shut to residents too, as long as they have not begun.
func (x SlotsOn) Free(w World, room string, desk bool) []ClockTime {
	var list []ClockTime
	for _, h := range x.Plan.Hours {
		switch {
		case x.Shut[h.At] && (!desk || slotPast(w, x.Day.Day, h.At)):
		case x.Day.Free(x.Plan, h.At, room) > 0, x.Shut[h.At] && x.Day.left(x.Plan, h.At) > 0:
			list = append(list, h.At)
		}
	}
	return list
}

// Full lists the hours for which one can only wait.
func (x SlotsOn) Full(room string) []ClockTime {
	var list []ClockTime
	for _, h := range x.Plan.Hours {
		if !x.Shut[h.At] && x.Day.Free(x.Plan, h.At, room) == 0 {
			list = append(list, h.At)
		}
	}
	return list
}
