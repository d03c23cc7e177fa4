package flows

import (
	"strconv"
	"strings"

	"frontdesk/desk"
)

// Room changes the state of a room, with the reason; of one that is let, to whom and
// until when.
var Room = Flow{
	Name: "room", Again: "rooms",
	May: desk.Person.MayChangeRooms,
	Questions: []Question{
		{Name: "place", Place: true, Rooms: true, Check: checkRoom, Topic: topic("room_place")},
		{Name: "state", Options: roomStates, PerRow: 3, Topic: topic("room_state"), Ask: askRoom("state")},
		{Name: "tenant", Text: true, MaxRunes: 60, When: letting, Topic: topic("room_tenant"), Ask: askRoom("tenant")},
		{Name: "contact", Text: true, MaxRunes: 80, Optional: true, When: letting, Topic: topic("room_contact")},
		{Name: "from", Options: comingDays(0), PerRow: 3, Text: true, MaxRunes: 20, When: letting, Check: checkPlainDay, Topic: topic("room_from")},
		{Name: "to", Options: letUntil, PerRow: 3, Text: true, MaxRunes: 20, When: letting, Check: checkLetEnd, Topic: topic("room_to")},
		{Name: "reason", Options: roomReasons, Text: true, MaxRunes: 200, Topic: topic("room_reason"), Ask: askRoom("reason")},
		{Name: "confirm", Confirm: true},
	},
	Summary: func(c *Context, a Answers) desk.Text {
		lines := []desk.Text{desk.T("rooms.change", "place", c.site().PlaceLabel(a.Get("place")),
			"from", c.World.Room(a.Get("place")).State.Text(), "to", desk.RoomState(a.Get("state")).Text())}
		if l, ok := enteredLetting(a); ok {
			zone := c.site().Zone
			lines = append(lines, desk.T("rooms.let_to", "tenant", l.Tenant, "contact", desk.Room{Contact: l.Contact}.ContactText(),
				"from", desk.ClockTime(0).On(l.From, zone), "to", desk.ClockTime(0).On(l.To, zone)))
		}
		return desk.Lines(append(lines, desk.T("rooms.why", "reason", desk.ReasonText(a.Get("reason"))))...)
	},
	Done: func(c *Context, a Answers) (Outcome, error) {
		place, state := a.Get("place"), desk.RoomState(a.Get("state"))
		if !c.Person.MayChangeRooms() {
			return Outcome{}, desk.Refuse("rooms.may_not")
		}
		if seq := a.Get("seq"); seq != "" && seq != strconv.Itoa(c.World.Room(place).Seq) {
			return Outcome{Say: desk.T("rooms.changed"), Buttons: roomButton(place)}, nil
		}
		var effects desk.Effects
		var err error
		if l, ok := enteredLetting(a); ok {
			effects, err = desk.LetRoom(c.World, place, l, a.Get("reason"), c.Person.ID)
		} else {
			effects, err = desk.ChangeRoom(c.World, place, state, a.Get("reason"), c.Person.ID, "")
		}
		if err != nil {
			return Outcome{}, err
		}
		return Outcome{Effects: effects, Buttons: roomButton(place),
			Say: desk.T("rooms.done", "place", c.site().PlaceLabel(place), "state", state.Text())}, nil
	},
}

func letting(_ *Context, a Answers) bool { return a.Get("state") == string(desk.RoomLet) }

// enteredLetting is to whom the room is let by the answers, if it is to be let.
func enteredLetting(a Answers) (desk.Letting, bool) {
	if !letting(nil, a) {
		return desk.Letting{}, false
	}
	l := desk.Letting{Tenant: a.Get("tenant"), Contact: a.Get("contact")}
	l.From, _ = desk.ParseDate(a.Get("from"))
	l.To, _ = desk.ParseDate(a.Get("to"))
	return l, true
}

func roomButton(place string) [][]desk.Button {
	return [][]desk.Button{desk.Row(desk.Button{Label: desk.T("button.room_look"), Data: desk.RoomsData("r." + place)})}
}

func askRoom(question string) func(*Context, Answers) desk.Text {
	//locale:key ask.room.state ask.room.tenant ask.room.reason
	return func(c *Context, a Answers) desk.Text {
		return desk.T("ask.room."+question, "place", c.site().PlaceLabel(a.Get("place")))
	}
}

func checkRoom(c *Context, _ Answers, value string) (string, error) {
	place, ok := c.site().Places.Get(value)
	if !ok || place.Public() {
		return "", desk.Refuse("rooms.no_room")
	}
	return place.ID, nil
}

// roomStates are what a room can become: anything but what it is, and that people
// live there only follows from their moving in.
func roomStates(c *Context, a Answers) []Option {
	now := c.World.Room(a.Get("place"))
	var list []Option
	//locale:prefix rooms.state.
	for _, s := range desk.RoomStates {
		if s != desk.RoomOccupied && (s != now.State || s == desk.RoomLet || now.Since.IsZero()) {
			list = append(list, Option{Key: string(s), Label: s.Text()})
		}
	}
	return list
}

func roomReasons(_ *Context, a Answers) []Option {
	var list []Option
	for _, key := range desk.RoomReasons(desk.RoomState(a.Get("state"))) {
		list = append(list, Option{Key: key, Label: desk.ReasonText(key)})
	}
	return list
}

// letUntil offers half a year, one and two years from the first day on.
func letUntil(_ *Context, a Answers) []Option {
	from, err := desk.ParseDate(a.Get("from"))
	if err != nil {
		return nil
	}
	var list []Option
	for _, months := range []int{6, 12, 24} {
		//locale:key option.let_6 option.let_12 option.let_24
		list = append(list, Option{Key: from.AddMonths(months).AddDays(-1).String(), Label: desk.T("option.let_" + strconv.Itoa(months))})
	}
	return list
}

// checkPlainDay reads a day of the past too, where the year stands.
func checkPlainDay(c *Context, _ Answers, value string) (string, error) {
	if day, err := desk.ParseDate(strings.TrimSpace(desk.Fold(value))); err == nil {
		return day.String(), nil
	}
	day, ok := desk.ComingDay(value, c.site().Calendar.Date(c.World.Now()))
	if !ok {
		return "", desk.Refuse("roster.which_day", "said", short(value, 20))
	}
	return day.String(), nil
}

// checkLetEnd reads the last day: not before the first, nor over.
func checkLetEnd(c *Context, a Answers, value string) (string, error) {
	text, err := checkPlainDay(c, a, value)
	if err != nil {
		return "", err
	}
	to, _ := desk.ParseDate(text)
	from, _ := desk.ParseDate(a.Get("from"))
	if to.Compare(from) < 0 || to.Compare(c.site().Calendar.Date(c.World.Now())) < 0 {
		return "", desk.Refuse("rooms.let_over")
	}
	return text, nil
}
