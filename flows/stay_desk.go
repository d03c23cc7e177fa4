package flows

import (
	"strings"

	"frontdesk/desk"
)

// MoveRoom puts somebody into another room or bed.
var MoveRoom = Flow{
	Name: "move_room",
	May:  receivesPeople,
	Questions: []Question{
		{Name: "place", Place: true, Rooms: true, Check: checkReceivedRoom, Topic: topic("room_place"), Ask: func(c *Context, a Answers) desk.Text {
			s, _ := c.World.Stay(a.Get("stay"))
			return desk.T("ask.move_room.place", "name", s.Name, "place", c.site().PlaceLabel(s.Place))
		}},
		bedQuestion(),
		{Name: "reason", Text: true, MaxRunes: 200, Topic: topic("room_reason")},
		{Name: "confirm", Confirm: true},
	},
	Summary: func(c *Context, a Answers) desk.Text {
		s, _ := c.World.Stay(a.Get("stay"))
		to := desk.Stay{Bed: a.Get("bed")}
		return desk.Lines(
			desk.T("checkin.move", "name", s.Name, "from", c.site().PlaceLabel(s.Place), "from_bed", s.BedText(),
				"to", c.site().PlaceLabel(a.Get("place")), "to_bed", to.BedText()),
			desk.T("rooms.why", "reason", a.Get("reason")))
	},
	Done: func(c *Context, a Answers) (Outcome, error) {
		s, ok := c.World.Stay(a.Get("stay"))
		if !ok {
			return Outcome{}, desk.Refuse("press.unknown")
		}
		out, next, err := desk.MoveStay(c.World, s, a.Get("place"), a.Get("bed"), a.Get("reason"), c.Person)
		if err != nil {
			return Outcome{}, err
		}
		return Outcome{Effects: out, Buttons: stayButton(next), Say: desk.T("checkin.moved", "name", next.Name,
			"place", c.site().PlaceLabel(next.Place), "bed", next.BedText())}, nil
	},
}

// Arrival writes down somebody at the door whom no roster has.
var Arrival = Flow{
	Name: "arrival",
	May:  receivesPeople,
	Questions: []Question{
		{Name: "name", Text: true, MaxRunes: 60, Check: checkListedName, Topic: topic("arrival_name")},
		{Name: "number", Text: true, MaxRunes: 60, Optional: true, Check: checkNumber, Topic: topic("arrival_number")},
		{Name: "kind", Topic: topic("arrival_kind"), Options: choices(
			Option{Key: desk.ResidentStudent, Label: desk.T("option.kind_student")}, Option{Key: desk.ResidentStaff, Label: desk.T("option.kind_staff")},
			Option{Key: desk.ResidentTenant, Label: desk.T("option.kind_tenant")}, Option{Key: desk.ResidentGuest, Label: desk.T("option.kind_guest")})},
		{Name: "place", Place: true, Rooms: true, Check: checkReceivedRoom, Topic: topic("room_place")},
		bedQuestion(),
		{Name: "to", Options: comingDays(1), PerRow: 3, Text: true, MaxRunes: 20, Check: checkDay, Topic: topic("arrival_to"),
			When: func(_ *Context, a Answers) bool { return a.Get("kind") == desk.ResidentGuest }},
		{Name: "confirm", Confirm: true},
	},
	Summary: func(c *Context, a Answers) desk.Text {
		s := enteredStay(c, a)
		//locale:prefix option.kind_
		lines := []desk.Text{desk.T("checkin.arrival", "name", s.Name, "number", numberText(s), "kind", desk.T("option.kind_"+s.Kind),
			"place", c.site().PlaceLabel(s.Place), "bed", s.BedText())}
		if !s.To.IsZero() {
			lines = append(lines, desk.T("checkin.until", "to", s.To))
		}
		return desk.Lines(lines...)
	},
	Done: func(c *Context, a Answers) (Outcome, error) {
		s := enteredStay(c, a)
		place, _ := c.site().Places.Get(s.Place)
		if !c.Person.Receives(place.Building) {
			return Outcome{}, desk.Refuse("checkin.may_not")
		}
		out, s, err := desk.NewStay(c.World, s, c.Person.ID)
		if err != nil {
			return Outcome{}, err
		}
		return Outcome{Effects: out, Buttons: stayButton(s), Say: desk.T("checkin.written", "name", s.Name,
			"place", c.site().PlaceLabel(s.Place), "bed", s.BedText())}, nil
	},
}

func receivesPeople(p desk.Person) bool { return p.Receives("") }

func numberText(s desk.Stay) desk.Text {
	if s.Number == "" {
		return desk.T("stays.no_number")
	}
	return desk.Literal(s.Number)
}

// enteredStay is the stay that the answers describe, from today on.
func enteredStay(c *Context, a Answers) desk.Stay {
	zone := c.site().Zone
	s := desk.Stay{
		Name: a.Get("name"), Number: a.Get("number"), Kind: a.Get("kind"), Place: a.Get("place"), Bed: a.Get("bed"), Unlisted: true,
		From: desk.ClockTime(0).On(desk.DateOf(c.World.Now(), zone), zone),
	}
	if to, err := desk.ParseDate(a.Get("to")); err == nil {
		s.To = desk.ClockTime(0).On(to, zone)
	}
	return s
}

func stayButton(s desk.Stay) [][]desk.Button {
	return [][]desk.Button{desk.Row(desk.Button{Label: desk.T("button.stay"), Data: desk.CheckInData("s." + s.ID)})}
}

// bedQuestion asks for the bed, where beds have names.
func bedQuestion() Question {
	return Question{
		Name: "bed", Text: true, MaxRunes: 20, Optional: true, Topic: topic("bed"), Options: freeBeds, PerRow: 4,
		Ask: func(*Context, Answers) desk.Text { return desk.T("ask.bed") }, Check: checkBed,
	}
}

// freeBeds offers the beds that are known of the room's stays, before and now, and
// that nobody has.
func freeBeds(c *Context, a Answers) []Option {
	taken := map[string]bool{}
	for _, s := range c.World.StaysAt(a.Get("place")) {
		taken[s.Bed] = true
	}
	var list []Option
	for _, bed := range []string{"A", "B", "C", "D"} {
		if !taken[bed] {
			list = append(list, Option{Key: bed, Label: desk.Literal(bed)})
		}
	}
	return list
}

// checkBed takes a short name (A, 1, 上铺) of a bed that nobody has.
func checkBed(c *Context, a Answers, value string) (string, error) {
	bed := desk.BedKey(value)
	if bed == "" || len([]rune(bed)) > 6 || strings.ContainsAny(bed, " |.") {
		return "", desk.Refuse("checkin.bad_bed")
	}
	for _, s := range c.World.StaysAt(a.Get("place")) {
		if s.Bed == bed && (s.State.Here() || s.Due(c.World)) {
			return "", desk.Refuse("stays.bed_taken", "place", c.site().PlaceLabel(s.Place), "bed", s.BedText(), "name", s.Name)
		}
	}
	return bed, nil
}

// checkReceivedRoom wants a room of a building in which the person receives others.
func checkReceivedRoom(c *Context, a Answers, value string) (string, error) {
	id, err := checkRoom(c, a, value)
	if err != nil {
		return "", err
	}
	place, _ := c.site().Places.Get(id)
	if !c.Person.Receives(place.Building) {
		return "", desk.Refuse("rooms.other_building")
	}
	return id, nil
}
