package desk

import "slices"

// moveIn is the moment from which somebody has the bed: their home is there, the room
// is lived in, and they are asked for its condition. One bed has one person at a time.
func moveIn(w World, before, s Stay, what string, by Person, details map[string]string) (Effects, Stay, error) {
	site := w.Site()
	place, _ := site.Places.Get(s.Place)
	r := w.Room(place.ID)
	switch {
	case before.State != StayExpected && before.ID != "":
		return Effects{}, s, Refuse("checkin.not_expected", "name", s.Name, "state", before.State.Text())
	case slices.Contains([]RoomState{RoomRepair, RoomFitOut, RoomBlocked}, r.State):
		return Effects{}, s, Refuse("checkin.room_not", "place", place.Label, "state", r.State.Text())
	}
	for _, other := range Here(w.StaysAt(place.ID)) {
		if s.Bed != "" && other.Bed == s.Bed && other.ID != s.ID {
			return Effects{}, s, Refuse("stays.bed_taken", "place", place.Label, "bed", s.BedText(), "name", other.Name)
		}
	}
	s.State, s.InAt = StayIn, w.Now()
	s.Condition, s.ConditionAt, s.Reminded = nil, zeroTime, false
	if len(site.CheckIn.Inventory) > 0 {
		s.ConditionBy = w.Now().Add(site.CheckIn.Within)
	}
	out, s := PutStay(w, before, s, what, by.ID, details)
	if r.State != RoomOccupied && r.State != RoomLet || r.State == RoomOccupied && r.Since.IsZero() {
		room, err := ChangeRoom(seeing{w, out}, place.ID, RoomOccupied, reasonMovedIn, by.ID, "")
		if err != nil {
			return Effects{}, s, err
		}
		room.House.RoomEvents[0].From = r.State // as it was before somebody had a bed
		out.Add(room)
	}
	if p, ok := lives(w, s, by); ok {
		if p.Home != place.ID {
			p.Home = place.ID
			out.People = append(out.People, p)
		}
		out.Add(askCondition(w, s, p))
	}
	return out, s, nil
}

// lives is the person of a stay. Who acts is taken as they are in this turn: what is
// written of them must not take back what the turn has changed already.
func lives(w World, s Stay, by Person) (Person, bool) {
	if s.Person == "" || by.Is(s.Person) {
		return by, s.Person != ""
	}
	return w.Person(s.Person)
}

// askCondition asks somebody who has just moved in how the room is.
func askCondition(w World, s Stay, p Person) Effects {
	var out Effects
	text := T("checkin.welcome", "name", s.Name, "place", w.Site().PlaceLabel(s.Place), "bed", s.BedText())
	m := Message{Person: p.ID, Class: ClassRegistration, Lane: LaneInteractive, Text: text}
	if !s.ConditionBy.IsZero() {
		m.Text = Lines(text, T("checkin.condition", "by", s.ConditionBy))
		m.Buttons = conditionButtons(s)
	}
	out.Say(m)
	return out
}

func conditionButtons(s Stay) [][]Button {
	return [][]Button{Row(
		Button{Label: T("button.condition"), Data: CheckInData("c." + s.ID)},
		Button{Label: T("button.all_sound"), Data: CheckInData("o." + s.ID)})}
}

// CheckInData is the button that does what /checkin does with an argument.
func CheckInData(arg string) string { return CommandData("checkin|" + arg) }

// EndStay frees a bed, without an inspection: the person has left. Their home is not there any more, and when
// they were the last one the room is vacant. by is who acts, as they are in this turn, or
// nobody for a rule; ticket is the matter it follows from.
func EndStay(w World, s Stay, what string, by Person, ticket string) (Effects, Stay, error) {
	if !s.State.Here() {
		return Effects{}, s, Refuse("checkin.not_here", "name", s.Name)
	}
	before := s
	damages, owed := leaveShares(w, s)
	s.Owes = append(slices.Clone(s.Owes), owed...)
	s.State, s.OutAt = StayOut, w.Now()
	if s.ConditionAt.IsZero() {
		s.ConditionAt = w.Now()
	}
	out, s := PutStay(w, before, s, what, by.ID, nil)
	out.House.Damages = damages
	switch {
	case s.Moved != "":
		out.Add(tellMoved(w, s, owed))
	case before.OutAt.IsZero(): // Whoever was inspected has it on the list.
		out.Add(tellLeft(w, s))
	}
	if p, ok := lives(w, s, by); ok && p.Home == s.Place {
		p.Home = ""
		out.People = append(out.People, p)
	}
	after := seeing{w, out}
	if r := w.Room(s.Place); r.State == RoomOccupied && len(Here(after.StaysAt(s.Place))) == 0 {
		room, err := changeRoom(after, s.Place, Room{State: RoomVacant, Reason: reasonLastLeft, By: by.ID}, ticket)
		if err != nil {
			return Effects{}, s, err
		}
		// Of a room of which nothing was written it is only seen now that it is empty.
		room.House.RoomEvents[0].From = RoomOccupied
		out.Add(room)
	}
	return out, s, nil
}

// MoveStay puts somebody into another bed: the old one is free, the new one theirs, and
// they are asked for the condition again. Both happen or neither does.
func MoveStay(w World, s Stay, place, bed, reason string, by Person) (Effects, Stay, error) {
	if !by.Receives(buildingOf(w.Site(), s.Place)) || !by.Receives(buildingOf(w.Site(), place)) {
		return Effects{}, s, Refuse("checkin.may_not")
	}
	to, ok := w.Site().Places.Get(place)
	switch {
	case !ok || to.Public():
		return Effects{}, s, Refuse("rooms.no_room")
	case s.State != StayIn:
		return Effects{}, s, Refuse("checkin.not_here", "name", s.Name)
	case to.ID == s.Place && bed == s.Bed:
		return Effects{}, s, Refuse("checkin.same_bed", "name", s.Name)
	}
	next := s
	next.ID, next.Place, next.Bed, next.Keys, next.Ticket = w.NewID(), to.ID, bed, nil, ""
	next.MovedFrom = s.ID
	next.From, next.Seq, next.OutAt = ClockTime(0).On(DateOf(w.Now(), w.Site().Zone), w.Site().Zone), 0, zeroTime
	old := s
	s.Moved = next.ID
	out, left, err := EndStay(w, s, "moved_out", by, "")
	if err != nil {
		return Effects{}, s, err
	}
	next.Owes = left.Owes
	next.ConditionBy = zeroTime
	after := seeing{w, out}
	if err := bedFree(after, next); err != nil {
		return Effects{}, s, err
	}
	// A person is written once, as they are in the end.
	out.People = nil
	details := map[string]string{"from": old.Place + " " + old.Bed, "reason": reason}
	in, next, err := moveIn(after, Stay{}, next, "moved_in", by, details)
	if err != nil {
		return Effects{}, s, err
	}
	out.Add(in)
	return out, next, nil
}

// NotComing takes somebody off the list of those who are expected.
func NotComing(w World, s Stay, by Person) (Effects, Stay, error) {
	switch {
	case !by.Receives(buildingOf(w.Site(), s.Place)):
		return Effects{}, s, Refuse("checkin.may_not")
	case s.State != StayExpected:
		return Effects{}, s, Refuse("checkin.not_expected", "name", s.Name, "state", s.State.Text())
	}
	before := s
	s.State, s.OutAt = StayOut, w.Now()
	out, s := PutStay(w, before, s, "not_coming", by.ID, nil)
	return out, s, nil
}

// Receives tells whether a person receives those who move into a building: its
// caretakers, operators and managers. An empty building asks for any.
func (p Person) Receives(building string) bool {
	if building == "" {
		return p.Desk() || p.Has(RoleCaretaker)
	}
	return p.Desk() || p.CaresFor(building)
}

// stayRights is the entry that a stay makes of a person: who is on the roster of
// arrivals, or lives here, is known to the desk although the residents' list does not
// have them yet. A guest's rights end with the last day, whatever the state says.
func stayRights(w World, p Person) (Resident, bool) {
	for _, s := range w.StaysOf(p.ID) {
		if !s.State.Here() && (s.State != StayExpected || !s.Due(w)) || s.Kind == ResidentGuest && s.Over(w) {
			continue
		}
		r := Resident{Number: s.Number, Name: s.Name, Room: s.Place, Kind: s.Kind}
		if !s.To.IsZero() {
			r.Until = DateOf(s.To, w.Site().Zone)
		}
		return r, true
	}
	return Resident{}, false
}

// wasGuest tells whether somebody was a guest whose stay is over.
func wasGuest(w World, p Person) bool {
	return slices.ContainsFunc(w.StaysOf(p.ID), func(s Stay) bool { return s.Kind == ResidentGuest && (s.State == StayOut || s.Over(w)) })
}
