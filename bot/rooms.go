package bot

import (
	"strconv"
	"strings"

	"frontdesk/desk"
)

// cmdRooms shows how the rooms stand, by building and state; each number opens the
// list it was counted from, each room its page. What its buttons carry:
//
//	b.<building>                   a building
//	l.<building or *>.<state>.<page>  its rooms in a state
//	r.<place>                      a room
//	w.<place>.<state>              change it: asks for the rest
//	e.<place>.<seq>                its letting ends on its last day
//
// Who may is checked each time.
func (t *turn) cmdRooms(arg string) error {
	arg = strings.TrimSpace(arg)
	what, rest, _ := strings.Cut(arg, ".")
	switch {
	case !t.p.SeesRooms(""):
		return desk.Refuse("command.refused", "command", "rooms")
	case arg == "":
		return t.allRooms()
	case what == "b":
		return t.roomsOf(rest)
	case what == "l":
		return t.roomList(rest)
	case what == "r":
		return t.roomPage(rest)
	case what == "w":
		return t.changeRoom(rest)
	case what == "e":
		return t.endLetting(rest)
	}
	if place, ok := t.onlyPlace(arg); ok && place.Room != "" {
		return t.roomPage(place.ID)
	}
	return desk.Refuse("rooms.no_room")
}

// changesRooms tells which arguments of /rooms begin or make a change.
func changesRooms(arg string) bool {
	return strings.HasPrefix(arg, "w.") || strings.HasPrefix(arg, "e.")
}

// seenBuildings are the buildings whose rooms the person may see.
func (t *turn) seenBuildings() []desk.Building {
	var list []desk.Building
	for _, b := range t.site().Places.Buildings() {
		if t.p.SeesRooms(b.ID) && len(b.Floors) > 0 {
			list = append(list, b)
		}
	}
	return list
}

// allRooms are the numbers of each building, on a line.
func (t *turn) allRooms() error {
	buildings := t.seenBuildings()
	switch len(buildings) {
	case 0:
		return desk.Refuse("rooms.none")
	case 1:
		return t.roomsOf(buildings[0].ID)
	}
	lines := []desk.Text{desk.T("rooms.head", "site", t.site().Name)}
	var rows [][]desk.Button
	for _, b := range buildings {
		label := t.site().PlaceLabel(b.ID)
		list := desk.ListRooms(t.w, b.ID)
		lines = append(lines, desk.T("rooms.building", "building", label, "parts", roomParts(list)))
		rows = append(rows, desk.Row(desk.Button{Label: desk.Literal(label10(label.In(t.lang()), b.ID)), Data: desk.RoomsData("b." + b.ID)}))
	}
	if t.p.SeesRooms("") && (t.p.Desk() || t.p.Has(desk.RoleSupervisor)) {
		rows = append(pairs(rows), stateButtons(desk.ListRooms(t.w, ""), "*")...)
	} else {
		rows = pairs(rows)
	}
	t.show(desk.Lines(lines...), rows...)
	return nil
}

// label10 is a name on a button, or what is surely short enough.
func label10(name, id string) string {
	if n := len([]rune(name)); n > 0 && n <= 10 {
		return name
	}
	return label(id)
}

// roomParts are the numbers of a list, the rooms lived in with the whole.
func roomParts(list desk.RoomList) []desk.Text {
	parts := []desk.Text{desk.T("digest.rooms_in", "n", list.Count(desk.RoomOccupied), "of", list.Total)}
	for _, s := range desk.RoomStates {
		if n := list.Count(s); n > 0 && s != desk.RoomOccupied {
			parts = append(parts, desk.T("rooms.part", "state", s.Text(), "n", n))
		}
	}
	return parts
}

// stateButtons open the list of each state that has rooms.
func stateButtons(list desk.RoomList, building string) [][]desk.Button {
	var rows [][]desk.Button
	//locale:prefix button.rooms_
	for _, s := range desk.RoomStates {
		if n := list.Count(s); n > 0 {
			rows = append(rows, desk.Row(desk.Button{
				Label: desk.T("button.rooms_"+string(s), "n", n), Data: desk.RoomsData("l." + building + "." + string(s) + ".0"),
			}))
		}
	}
	return pairs(rows)
}

func (t *turn) roomsOf(building string) error {
	b, ok := t.site().Places.Building(building)
	if !ok || !t.p.SeesRooms(b.ID) {
		return desk.Refuse("rooms.other_building")
	}
	list := desk.ListRooms(t.w, b.ID)
	rows := stateButtons(list, b.ID)
	if len(t.seenBuildings()) > 1 {
		rows = append(rows, desk.Row(desk.Button{Label: desk.T("button.back"), Data: desk.CommandData("rooms")}))
	}
	t.show(desk.T("rooms.building", "building", t.site().PlaceLabel(b.ID), "parts", roomParts(list)), rows...)
	return nil
}

// roomsPage is how many rooms one message of a list has.
const roomsPage = 18

// roomList is a page of the rooms of a building, or of all, in a state.
func (t *turn) roomList(arg string) error {
	parts := strings.Split(arg, ".")
	if len(parts) != 3 {
		return desk.Refuse("press.unknown")
	}
	building, state := parts[0], desk.RoomState(parts[1])
	page, err := strconv.Atoi(parts[2])
	if building == "*" {
		building = ""
	}
	if err != nil || page < 0 || !state.Known() || building != "" && !t.p.SeesRooms(building) ||
		building == "" && !t.p.Desk() && !t.p.Has(desk.RoleSupervisor) {
		return desk.Refuse("rooms.other_building")
	}
	rooms := desk.ListRooms(t.w, building).ByState[state]
	if page*roomsPage >= len(rooms) {
		page = 0
	}
	shown := rooms[min(page*roomsPage, len(rooms)):min((page+1)*roomsPage, len(rooms))]
	lines := []desk.Text{desk.T("rooms.list", "state", state.Text(), "n", len(rooms))}
	var rows [][]desk.Button
	for _, id := range shown {
		r := t.w.Room(id)
		if line := t.roomLine(r); !line.IsZero() {
			lines = append(lines, line)
		}
		rows = append(rows, desk.Row(desk.Button{Label: desk.Literal(label(id)), Data: desk.RoomsData("r." + id)}))
	}
	rows = pairs(rows)
	var nav []desk.Button
	to := func(label string, page int) desk.Button {
		return desk.Button{Label: desk.T(label), Data: desk.RoomsData("l." + parts[0] + "." + parts[1] + "." + strconv.Itoa(page))}
	}
	if page > 0 {
		nav = append(nav, to("option.page_before", page-1))
	}
	if (page+1)*roomsPage < len(rooms) {
		nav = append(nav, to("option.page_after", page+1))
	}
	back := "rooms"
	if building != "" {
		back = "rooms|b." + building
	}
	nav = append(nav, desk.Button{Label: desk.T("button.back"), Data: desk.CommandData(back)})
	t.show(desk.Lines(lines...), append(rows, nav)...)
	return nil
}

// roomLine is a room of a list with what one wants to know of it; nothing for a room
// of which there is only its number.
func (t *turn) roomLine(r desk.Room) desk.Text {
	place := t.site().PlaceLabel(r.Place)
	switch {
	case r.State == desk.RoomLet:
		return desk.T("rooms.line_let", "place", place, "tenant", r.Tenant, "to", r.To)
	case r.Since.IsZero() || r.State == desk.RoomOccupied:
		return desk.Text{}
	}
	return desk.T("rooms.line", "place", place, "since", r.Since, "reason", desk.ReasonText(r.Reason))
}

// roomHistory is how many entries of a room's history its page shows.
const roomHistory = 8

// roomPage is how a room stands, who lives there, what happened to it, and what the
// reader may make of it.
func (t *turn) roomPage(id string) error {
	place, ok := t.site().Places.Get(id)
	if !ok || place.Public() {
		return desk.Refuse("rooms.no_room")
	}
	if !t.p.SeesRooms(place.Building) {
		return desk.Refuse("rooms.other_building")
	}
	r := t.w.Room(place.ID)
	lines := []desk.Text{desk.T("rooms.page", "place", place.Label, "state", r.State.Text())}
	if !r.Since.IsZero() {
		lines = append(lines, desk.T("rooms.since", "since", r.Since, "reason", desk.ReasonText(r.Reason)))
	}
	if r.State == desk.RoomLet {
		lines = append(lines, desk.T("rooms.let_to", "tenant", r.Tenant, "contact", r.ContactText(), "from", r.From, "to", r.To))
	}
	for _, s := range t.w.StaysAt(place.ID) {
		lines = append(lines, t.stayLine(s))
	}
	for _, task := range t.site().Rooms.Routine {
		if care := r.Care[task.ID]; !care.Done.IsZero() {
			lines = append(lines, desk.T("rooms.care", "what", task.Label, "at", care.Done, "name", t.called1(care.By)))
		}
	}
	events := t.w.RoomEvents(place.ID, roomHistory)
	if len(events) > 0 {
		lines = append(lines, desk.T("rooms.history"))
	}
	for _, e := range events {
		lines = append(lines, desk.T("rooms.event", "at", e.At, "from", e.From.Text(), "to", e.To.Text(),
			"reason", desk.ReasonText(e.Reason), "name", t.called1(e.By)))
	}
	var rows [][]desk.Button
	if t.p.MayChangeRooms() {
		//locale:prefix button.room_to_
		for _, s := range desk.RoomStates {
			if s != desk.RoomOccupied && (s != r.State || s == desk.RoomLet || r.Since.IsZero()) {
				rows = append(rows, desk.Row(desk.Button{
					Label: desk.T("button.room_to_" + string(s)), Data: desk.RoomsData("w." + place.ID + "." + string(s)),
				}))
			}
		}
	}
	rows = append(pairs(rows), desk.Row(desk.Button{Label: desk.T("button.back"), Data: desk.RoomsData("b." + place.Building)}))
	t.show(desk.Lines(lines...), rows...)
	return nil
}

// called1 is who did something, or that the desk did by a rule.
func (t *turn) called1(person string) desk.Text {
	if p, ok := t.w.Person(person); ok {
		return desk.Literal(p.Called())
	}
	return desk.T("card.by_desk")
}

// stayLine is somebody who lives in a room, or will.
func (t *turn) stayLine(s desk.Stay) desk.Text {
	return desk.T("stays.line", "name", s.Name, "number", s.Number, "bed", s.BedText(), "state", s.State.Text())
}

// changeRoom begins to change a room, with what the button already says.
func (t *turn) changeRoom(arg string) error {
	id, state, _ := strings.Cut(arg, ".")
	place, ok := t.site().Places.Get(id)
	switch {
	case !ok || !desk.RoomState(state).Known() || place.Public():
		return desk.Refuse("press.unknown")
	case !t.p.MayChangeRooms():
		return desk.Refuse("rooms.may_not")
	}
	r := t.w.Room(place.ID)
	answers := map[string][]string{"place": {place.ID}, "state": {state}, "seq": {strconv.Itoa(r.Seq)}}
	if r.State == desk.RoomLet && state == string(desk.RoomLet) {
		// The same tenant goes on, until another day.
		answers["tenant"], answers["contact"] = []string{r.Tenant}, []string{r.Contact}
		answers["from"] = []string{desk.DateOf(r.From, t.site().Zone).String()}
	}
	return t.start("room", answers)
}

func (t *turn) endLetting(arg string) error {
	id, text, _ := strings.Cut(arg, ".")
	seq, err := strconv.Atoi(text)
	if err != nil {
		return desk.Refuse("press.unknown")
	}
	out, r, err := desk.EndLetting(t.w, id, seq, t.p)
	if err != nil {
		return err
	}
	t.out.Add(out)
	t.show(desk.T("rooms.let_ends", "place", t.site().PlaceLabel(r.Place), "to", r.To))
	return nil
}
