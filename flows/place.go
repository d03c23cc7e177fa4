package flows

import (
	"strings"
	"unicode/utf8"

	"frontdesk/desk"
)

// A place is one question, from the building to the room; how far it has come is
// kept in Partial: public, building, floor ("*" are the parts of the building as
// a whole), suggest (ids of places that may have been meant), said, and room (a
// number that several buildings have).
//
// Keys of its options: b.<building>, l.<floor>, p.<place>, public, parts.

// placeView shows the step that is open.
func (e *engine) placeView(q Question) view {
	p, places := e.conv.Partial, e.c.site().Places
	switch {
	case p["suggest"] != "":
		return e.suggestView(strings.Split(p["suggest"], ","))
	case p["public"] != "":
		return view{text: desk.T("place.area"), options: placeOptions(places.PublicAreas(), areaLabels(places)), perRow: 3}
	case p["building"] == "":
		return e.buildingView(q)
	case p["floor"] == "":
		v := view{text: desk.T("place.floor", "building", e.c.site().PlaceLabel(p["building"])), perRow: 4}
		if q.Wide {
			v.options = append(v.options, Option{Key: "p." + p["building"], Label: desk.T("option.whole_building")})
		}
		for _, f := range places.Floors(p["building"]) {
			v.options = append(v.options, Option{Key: "l." + f.ID, Label: desk.Literal(f.ID)})
		}
		if !q.Floors && !q.Rooms {
			v.options = append(v.options, Option{Key: "parts", Label: desk.T("option.parts")})
		}
		return v
	case p["floor"] == "*":
		v := view{text: desk.T("place.area"), perRow: 3}
		v.options = append(placeOptions(places.Areas(p["building"], ""), areaLabels(places)),
			Option{Key: "p." + p["building"], Label: desk.T("option.whole_building")})
		return v
	}
	v := view{text: desk.T("place.room"), perRow: 4}
	if q.Wide {
		v.options = append(v.options, Option{Key: "p." + p["building"] + "-" + p["floor"] + "-floor", Label: desk.T("option.whole_floor")})
	}
	v.options = append(v.options, placeOptions(places.Rooms(p["building"], p["floor"]), func(r desk.Place) desk.Text { return desk.Literal(r.Room) })...)
	if !q.Rooms {
		v.options = append(v.options, placeOptions(places.Areas(p["building"], p["floor"]), areaLabels(places))...)
	}
	if len(v.options) == 0 {
		v.options = []Option{{Key: "p." + p["building"] + "-" + p["floor"] + "-floor", Label: desk.T("option.whole_floor")}}
	}
	return v
}

func (e *engine) buildingView(q Question) view {
	places := e.c.site().Places
	v := view{perRow: 3}
	if room := e.conv.Partial["room"]; room != "" {
		v.text = desk.T("place.building", "said", room)
	}
	if home, ok := places.Get(e.home()); ok && home.Room != "" && !q.Floors {
		v.options = append(v.options, Option{Key: "p." + home.ID, Label: homeLabel(home)})
	}
	for _, b := range places.Buildings() {
		label := e.c.site().PlaceLabel(b.ID)
		v.options = append(v.options, Option{Key: "b." + b.ID, Label: label10(label, b.ID)})
	}
	if !q.Floors && !q.Rooms && len(places.PublicAreas()) > 0 {
		v.options = append(v.options, Option{Key: "public", Label: desk.T("option.public"), Words: []string{"公共", "public"}})
	}
	return v
}

// home is the room that is offered first.
func (e *engine) home() string {
	if e.f.Home != nil {
		return e.f.Home(e.c, e.answers())
	}
	return e.c.Person.Home
}

func homeLabel(home desk.Place) desk.Text {
	if utf8.RuneCountInString(home.ID) > 6 {
		return desk.T("option.home")
	}
	return desk.T("option.home_room", "room", home.ID)
}

// suggestView asks which of a few places was meant.
func (e *engine) suggestView(ids []string) view {
	places := e.c.site().Places
	v := view{text: desk.T("place.which"), perRow: 3}
	if said := e.conv.Partial["said"]; said != "" {
		v.text = desk.T("place.near", "said", said)
	}
	for _, id := range ids {
		if p, ok := places.Get(id); ok {
			v.options = append(v.options, Option{Key: "p." + p.ID, Label: suggestLabel(places, p)})
		}
	}
	v.options = append(v.options, Option{Key: optionNone, Label: desk.T("option.none"), Words: []string{"不是", "no", "none"}})
	return v
}

// placeChoice takes the press of a building, a floor or a place.
func (e *engine) placeChoice(q Question, key string) step {
	kind, id, _ := strings.Cut(key, ".")
	delete(e.conv.Partial, "page")
	switch kind {
	case "p":
		return e.accept(q, id)
	case "b":
		return e.enterBuilding(q, id, "")
	case "l":
		if floor := e.conv.Partial["building"] + "-" + id + "-floor"; q.Floors {
			return e.accept(q, floor)
		}
		e.partial("floor", id)
	case "parts":
		e.partial("floor", "*")
	case "public":
		e.partial("public", "1")
	}
	return stepAsk
}

// enterBuilding goes on with the floors of a building; one that has neither
// floors nor parts is itself the place.
func (e *engine) enterBuilding(q Question, building, floor string) step {
	places := e.c.site().Places
	if len(places.Floors(building)) == 0 && len(places.Areas(building, "")) == 0 {
		return e.accept(q, building)
	}
	if found := places.FindIn(building, e.conv.Partial["room"]); found.Place != nil {
		return e.accept(q, found.Place.ID)
	}
	for _, step := range []string{"public", "suggest", "said", "page", "floor", "room"} {
		delete(e.conv.Partial, step)
	}
	e.partial("building", building)
	if floor != "" {
		e.partial("floor", floor)
	}
	return stepAsk
}

// placeBack leaves the innermost step of the place.
func (e *engine) placeBack() bool {
	for _, step := range []string{"suggest", "floor", "building", "public", "room"} {
		if e.conv.Partial[step] != "" {
			delete(e.conv.Partial, step)
			delete(e.conv.Partial, "page")
			delete(e.conv.Partial, "said")
			return true
		}
	}
	return false
}
