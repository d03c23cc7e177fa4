package flows

import (
	"slices"
	"unicode/utf8"

	"frontdesk/desk"
)

// maxLabel is how long the label of a button may be.
const maxLabel = 10

// placeOptions makes options of places.
func placeOptions(list []desk.Place, label func(desk.Place) desk.Text) []Option {
	var options []Option
	for _, p := range list {
		options = append(options, Option{Key: "p." + p.ID, Label: label(p)})
	}
	return options
}

// areaLabels names areas without the building and floor that were chosen before.
func areaLabels(places *desk.Places) func(desk.Place) desk.Text {
	return func(p desk.Place) desk.Text {
		return label10(areaName(places, p), p.Area)
	}
}

// areaName is an area's own name, as the site's list has it.
func areaName(places *desk.Places, p desk.Place) desk.Label {
	if p.Building == "" {
		return p.Label
	}
	b, _ := places.Building(p.Building)
	areas := b.Areas
	for _, f := range b.Floors {
		if f.ID == p.Floor {
			areas = f.Areas
		}
	}
	if i := slices.IndexFunc(areas, func(a desk.Area) bool { return a.ID == p.Area }); i >= 0 && len(areas[i].Label) > 0 {
		return areas[i].Label
	}
	return desk.Label{"en": p.Area}
}

// suggestLabel names a place that may have been meant: a room by its id, which is
// what people say.
func suggestLabel(places *desk.Places, p desk.Place) desk.Text {
	if p.Area == "" {
		return desk.Literal(short(p.ID, maxLabel))
	}
	name := areaName(places, p)
	if p.Building == "" {
		return label10(name, p.Area)
	}
	long := desk.Label{}
	for lang, text := range name {
		long[lang] = p.Building + "-" + p.Floor + text
		if p.Floor == "" {
			long[lang] = p.Building + " " + text
		}
	}
	return label10(long, p.ID)
}

// label10 makes a site's label fit a button: what is too long in a language gives
// way to the id, and that is cut.
func label10(label desk.Label, id string) desk.Text {
	fit := desk.Label{}
	for lang, text := range label {
		if utf8.RuneCountInString(text) > maxLabel {
			text = short(text, maxLabel)
			if utf8.RuneCountInString(id) <= maxLabel && lang != "zh" {
				text = id
			}
		}
		fit[lang] = text
	}
	return desk.T("flow.label", "label", fit)
}
